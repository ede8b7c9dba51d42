"""Mapping a series by a segmentation network: patches, blended, in the blocks of the engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...core.engine import Block
from ...core.feedback import Feedback
from ...core.freed_memory import FreedMemory
from ...core.grid import Grid, Window
from ...core.series.reading import SeriesSource
from ...core.stopping import check_stopped
from ..block_mapping import Blank, MapRun, PixelCounts, PixelMask, map_blocks
from ..season import Season
from ..session import ModelSession
from .lattice import PatchLattice, mirrored
from .planning import PatchNeeds, halo_of, plan_patches
from .stored_series import StoredSeries

ROWS_AT_ONCE = 16
"""Of a patch that are cut out and brought onto the time axis, so that what this takes besides is little."""
OTHER_PIXELS = 1.5  # so many times larger or smaller, the pixels are other ones than a model knows

Encode = Callable[[np.ndarray], Sequence[np.ndarray]]
"""Float32 ``(n, classes)`` to one array for each output after the first, as :mod:`models.mapping` makes them."""


def map_patches(
    source: SeriesSource, run: MapRun, season: Season, session: ModelSession, encode: Encode
) -> PixelCounts:
    """Map a series by a segmentation.

    Args:
        source: what is read.
        run: the outputs and all that goes with them. Pixels around the wanted ones are looked at nevertheless, and a
            window is mapped as it is in a map of everything.
        season: brings the series onto the model's time axis.
        session: of a segmentation.
        encode: probabilities to the arrays of the other outputs; picklable.

    Raises:
        ChronocoverError: a file cannot be read or written, or the model fails.
        CancelledError: the user cancelled; no output is left.
    """
    card, lattice = session.card, PatchLattice.of_card(session.card)
    stored = StoredSeries(source)
    needs = PatchNeeds(run.bytes_per_pixel, 20 * len(card.legend), _work_bytes(session, source))
    sources = [stored, *run.mask_sources]
    plan = plan_patches(source.grid, sources, lattice, needs, run.window, run.options, run.feedback)
    mapper = _PatchMapper(source, run.blanks(), season.onto_axis, session, encode, lattice, run.mask)
    _compare_pixel_sizes(float(card.patch["pixel_size"]), source.grid, run.feedback)
    run.feedback.info(
        f"Patches of {lattice.rows.size} × {lattice.columns.size} pixels, {lattice.rows.overlap} and "
        f"{lattice.columns.overlap} of which overlap and are blended."
    )
    halo = halo_of(lattice, source.grid, run.window)
    return map_blocks(stored, run, mapper.compute, plan, halo=halo, prepare=season.onto_axis, patches=lattice)


def _compare_pixel_sizes(wanted: float, grid: Grid, feedback: Feedback) -> None:
    """Warn if the pixels are of another size in metres than those that a model was made for; 0: unknown."""
    reference = grid.spatial_reference()
    if not wanted or not reference.IsProjected():
        return
    own = grid.resolution[0] * reference.GetLinearUnits()
    if not 1 / OTHER_PIXELS < own / wanted < OTHER_PIXELS:
        feedback.warning(
            f"The model was made for pixels of {wanted:g} m, but those of the series have {own:g} m: to it, everything "
            "has another size and shape than it learnt."
        )


def _work_bytes(session: ModelSession, source: SeriesSource) -> int:
    """Bytes that a patch takes: itself, some rows of it on their way there, in the model, and what that gives."""
    card = session.card
    rows, columns = card.window
    values = 4 * len(card.time_axis.days) * len(card.variables)
    on_their_way = (
        min(rows, ROWS_AT_ONCE) * columns * (source.bytes_per_pixel + 2 * source.physical_bytes_per_pixel + values)
    )
    return rows * columns * (values + 12 * len(card.legend)) + on_their_way + int(card.patch["work_bytes"])


@dataclass(frozen=True)
class _PatchMapper:
    """What is done to one block; picklable."""

    source: SeriesSource
    blanks: tuple[Blank, ...]
    prepare: Callable[[np.ndarray], np.ndarray]
    session: ModelSession
    encode: Encode
    lattice: PatchLattice
    mask: PixelMask | None

    def compute(self, block: Block, stored: np.ndarray, *masks: np.ndarray) -> tuple[list[np.ndarray], int, list[Any]]:
        """The arrays of the outputs, how many pixels were wanted, and no findings."""
        window, card = block.window, self.session.card
        shape = (window.height, window.width)
        wanted = self.mask.wanted(masks[0][block.inner]) if masks else np.ones(shape, dtype=bool)
        complete = np.zeros(shape, dtype=bool)
        sums = np.zeros((len(card.legend), *shape), dtype=np.float32)
        patch = np.empty((len(card.time_axis.days), len(card.variables), *card.window), dtype=np.float32)
        freed = FreedMemory()
        rows = (window.row, window.row + window.height)
        columns = (window.column, window.column + window.width)
        for row, column in self.lattice.corners(rows, columns):
            check_stopped()
            in_block, in_patch = _common(window, row, column, card.window)
            if not wanted[in_block].any():
                continue
            self._cut_out(block, stored, row, column, patch)
            observed = ~np.isnan(patch[0]).any(axis=0)[in_patch]
            complete[in_block] |= observed
            if not (observed & wanted[in_block]).any():
                continue
            found = self.session.segment(patch)[:, in_patch[0], in_patch[1]]
            down = self.lattice.rows.weights(row, self.source.grid.height)[in_patch[0]]
            across = self.lattice.columns.weights(column, self.source.grid.width)[in_patch[1]]
            sums[:, in_block[0], in_block[1]] += found * (down[:, None] * across)
            del found
            freed.give_back_now()  # within one block, the C library would come to hold twice of what a patch takes
        count = int(wanted.sum())
        return self._outputs(sums, wanted & complete), count, []

    def _cut_out(self, block: Block, stored: np.ndarray, row: int, column: int, patch: np.ndarray) -> None:
        """Fill float32 ``(dates, variables, rows, columns)`` on the model's time axis; NaN where never observed."""
        height, width = patch.shape[2:]
        grid, lattice = self.source.grid, self.lattice
        rows = mirrored(row, height, grid.height, lattice.rows.reach) - block.read_window.row
        columns = mirrored(column, width, grid.width, lattice.columns.reach) - block.read_window.column
        for top in range(0, height, ROWS_AT_ONCE):
            values = self.source.physical(stored[rows[top : top + ROWS_AT_ONCE, None], columns])
            filled = self.prepare(values.reshape(-1, *values.shape[2:]))
            by_pixel = filled.reshape(*values.shape[:2], *filled.shape[1:])
            patch[:, :, top : top + ROWS_AT_ONCE] = by_pixel.transpose(2, 3, 0, 1)

    def _outputs(self, sums: np.ndarray, mapped: np.ndarray) -> list[np.ndarray]:
        pixels = np.flatnonzero(mapped)
        probabilities = np.ascontiguousarray(sums.reshape(len(sums), -1)[:, pixels].T)
        usable = np.isfinite(probabilities).all(axis=1) & (probabilities > 0).any(axis=1)  # no label that is no class
        if not usable.all():
            pixels, probabilities = pixels[usable], probabilities[usable]
        results = [blank.filled(mapped.size) for blank in self.blanks]
        if len(pixels):
            codes = np.array(self.session.card.legend.codes, dtype=np.int64)
            found = [codes[probabilities.argmax(axis=1)], *self.encode(np.clip(probabilities, 0, 1))]
            for result, part in zip(results, found):
                result[:, pixels] = part
        return [result.reshape(-1, *mapped.shape) for result in results]


def _common(
    window: Window, row: int, column: int, size: tuple[int, int]
) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """The pixels that a block's window and a patch share, as rows and columns in the one and in the other."""
    in_window, in_patch = [], []
    for first, extent, start, length in (
        (window.row, window.height, row, size[0]),
        (window.column, window.width, column, size[1]),
    ):
        low, high = max(first, start), min(first + extent, start + length)
        in_window.append(slice(low - first, high - first))
        in_patch.append(slice(low - start, high - start))
    return tuple(in_window), tuple(in_patch)
