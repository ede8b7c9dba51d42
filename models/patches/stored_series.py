"""A series whose values become physical patch by patch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...core.grid import Grid
from ...core.series.image_series import ImageSeries
from ...core.series.reading import SeriesReader, SeriesSource


@dataclass(frozen=True)
class StoredSeries:
    """A series as a source of the engine that leaves the values of a block as they are stored.

    Small blocks of large patches are read with many times as many pixels around them: made physical as a whole, they
    would take more memory than everything else. See :class:`core.blocks.BlockSource` for the attributes.
    """

    source: SeriesSource
    working_bytes_per_pixel: int = 0

    @property
    def series(self) -> ImageSeries:
        """What is read."""
        return self.source.series

    @property
    def grid(self) -> Grid:
        """Of the series."""
        return self.source.grid

    @property
    def block_size(self) -> tuple[int, int]:
        """Of the series."""
        return self.source.block_size

    @property
    def bytes_per_pixel(self) -> int:
        """Of the stored values."""
        return self.source.bytes_per_pixel

    @property
    def cache_bytes(self) -> int:
        """Of the series."""
        return self.source.cache_bytes

    @property
    def open_bytes(self) -> int:
        """Of the series."""
        return self.source.open_bytes

    @property
    def files(self) -> Sequence[str]:
        """Of the series."""
        return self.source.files

    def open(self) -> SeriesReader:
        """A reader for the calling thread."""
        return self.source.open()

    def physical(self, stored: np.ndarray) -> np.ndarray:
        """The same, ``(rows, columns, dates × variables)``: ``source.physical`` makes physical what is cut out."""
        return stored
