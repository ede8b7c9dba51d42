"""Where the patches of a segmentation lie, and how much each counts for a pixel that several cover.

Patches lie on one lattice over the whole raster, so that a pixel's result depends neither on blocks nor on the part
that is mapped. The first patch begins ``overlap`` pixels before the raster, so that at its edges, too, each pixel is
well inside of a patch; what lies beyond the raster mirrors what lies within.

Where patches overlap they are blended by raised cosines, which are above 0 everywhere, in each direction by itself: the
mean of what all patches say of a pixel, weighted by how far it is from the edge of each. With overlaps of up to half a
patch the weights of a pixel sum to 1 by themselves; they are divided by their sum in any case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ..card import ModelCard

LARGEST_OVERLAP = 75
"""Percent: each pixel is computed 16 times then."""


@dataclass(frozen=True)
class Spacing:
    """The patches along one direction: their ``size`` in pixels, and how many of them each shares with the next."""

    size: int
    overlap: int

    @classmethod
    def of_percent(cls, size: int, percent: float) -> Spacing:
        """Patches that share at least this part of their size, at most :data:`LARGEST_OVERLAP`."""
        return cls(size, min(size - 1, int(np.ceil(size * percent / 100))))

    @property
    def stride(self) -> int:
        """Pixels from one patch to the next."""
        return self.size - self.overlap

    @property
    def reach(self) -> int:
        """Pixels around whole strides of the raster that the patches covering them take in at most."""
        return self.stride * max(1, -(-self.overlap // self.stride))

    def starts(self, first: int, end: int) -> range:
        """First pixels of all patches that cover any of the pixels ``first`` to ``end`` (exclusive), ascending.

        They are negative where patches begin before the raster.
        """
        return range(max(0, first) // self.stride * self.stride - self.overlap, end, self.stride)

    def weights(self, start: int, limit: int) -> np.ndarray:
        """Float32 ``(size,)``: the shares of the patch that begins at ``start`` in its pixels.

        The shares of all patches of the lattice in a pixel sum to 1; ``limit`` is the size of the raster.
        """
        pixels = np.arange(start, start + self.size)
        own = self._ramp()
        total = np.zeros(self.size)
        for other in self.starts(max(0, start), min(limit, start + self.size)):
            place = pixels - other
            inside = (place >= 0) & (place < self.size)
            total[inside] += own[place[inside]]
        return (own / np.maximum(total, own)).astype(np.float32)

    def _ramp(self) -> np.ndarray:
        """Above 0 and up to 1, ``(size,)``: rising over the pixels shared with the patch before, falling likewise."""
        if not self.overlap:
            return np.ones(self.size)
        length = min(self.overlap, self.size // 2)
        from_edge = np.minimum(np.arange(self.size), np.arange(self.size)[::-1])
        return np.where(from_edge < length, np.sin(np.pi / 2 * (from_edge + 0.5) / length) ** 2, 1.0)


@dataclass(frozen=True)
class PatchLattice:
    """The patches of a model on a raster; picklable."""

    rows: Spacing
    columns: Spacing

    @classmethod
    def of_card(cls, card: ModelCard) -> PatchLattice:
        """The patches that a segmentation wants."""
        overlap = card.patch["overlap"]
        return cls(Spacing(card.window[0], overlap[0]), Spacing(card.window[1], overlap[1]))

    def as_card(self) -> Mapping[str, object]:
        """What :meth:`of_card` reads."""
        return {
            "size": [self.rows.size, self.columns.size],
            "overlap": [self.rows.overlap, self.columns.overlap],
        }

    def corners(self, rows: tuple[int, int], columns: tuple[int, int]) -> Iterator[tuple[int, int]]:
        """Row and column of the upper left pixel of all patches that cover a part of the raster, row by row."""
        for row in self.rows.starts(*rows):
            for column in self.columns.starts(*columns):
                yield row, column


def mirrored(start: int, size: int, limit: int, reach: int) -> np.ndarray:
    """The pixels ``start`` to ``start + size`` of a raster of ``limit``, those beyond its edges mirrored into it.

    The pixel -1 is 0, the pixel ``limit`` is ``limit - 1``; after ``reach`` pixels the mirror turns round, so that no
    pixel farther from the edge is needed. Int64 ``(size,)``, each from 0 to ``limit`` (exclusive).
    """
    turn = min(reach, limit)
    pixels = np.arange(start, start + size)
    beyond = np.maximum(-1 - pixels, pixels - limit)
    place = beyond % (2 * turn)
    inwards = np.where(place < turn, place, 2 * turn - 1 - place)
    return np.where(beyond < 0, pixels, np.where(pixels < 0, inwards, limit - 1 - inwards))
