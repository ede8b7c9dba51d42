"""Mapping a series by a segmentation network: patches, blended, in the blocks of the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ...core.blocks import USABLE
from ...core.engine import Block, BlockPlan, BlockSource, EngineOptions, plan_blocks
from ...core.feedback import Feedback
from ...core.grid import Grid, Window
from ...core.raster_writing import RasterOutput
from ...core.series.reading import SeriesSource
from ...core.stopping import check_stopped
from ..block_mapping import Blank, PixelCounts, PixelMask, map_blocks
from ..season import Season
from ..session import ModelSession
from .lattice import PatchLattice, mirrored

ENOUGH_STRIDES, FEWEST_STRIDES = 8, 4
"""Patches along a block's side: those at its border are computed for two blocks, 27 % more with 8, 56 % with 4."""
ENOUGH_BLOCKS = 4
"""Of a small raster, so that it is not left to one worker."""
OUTPUT_TILE = 64
OTHER_PIXELS = 1.5  # so many times larger or smaller, the pixels are other ones than a model knows

Encode = Callable[[np.ndarray], Sequence[np.ndarray]]
"""Float32 ``(n, classes)`` to one array for each output after the first, as :mod:`models.mapping` makes them."""


def map_patches(
    source: SeriesSource,
    outputs: Sequence[RasterOutput],
    season: Season,
    session: ModelSession,
    encode: Encode,
    *,
    mask: PixelMask | None = None,
    window: Window | None = None,
    settings: Mapping[str, Any] | None = None,
    creation_options: Sequence[str] = (),
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> PixelCounts:
    """Map a series by a segmentation.

    Args:
        source: what is read.
        outputs: the first is the map, whose codes are counted; where a pixel gets nothing they hold their nodata.
        season: brings the series onto the model's time axis.
        session: of a segmentation.
        encode: probabilities to the arrays of the other outputs; picklable.
        mask: which pixels are wanted. Those around them are looked at nevertheless.
        window: the part of the grid to map, which the outputs cover. It is mapped as it is in a map of everything.
        settings: what the codes follow from beside the files and ``season``, see :func:`~.block_mapping.map_blocks`.
        creation_options: GDAL creation options for the outputs.
        options: memory and threads.
        feedback: messages, progress, cancelling.

    Raises:
        ChronocoverError: a file cannot be read or written, or the model fails.
        CancelledError: the user cancelled; no output is left.
    """
    options, feedback = options or EngineOptions(), feedback or Feedback()
    card, lattice = session.card, PatchLattice.of_card(session.card)
    halo = halo_of(lattice, source.grid, window)
    plan = plan_patches(
        source.grid,
        [source, *([mask.source] if mask else [])],
        lattice,
        window=window,
        bytes_per_pixel=2 * sum(output.bytes_per_pixel() for output in outputs),
        working_bytes_per_pixel=20 * len(card.legend),
        bytes_per_worker=_work_bytes(session, source),
        options=options,
    )
    mapper = _PatchMapper(
        source.grid,
        tuple(Blank.of(output) for output in outputs),
        season.onto_axis,
        session,
        encode,
        lattice,
        mask,
    )
    _compare_pixel_sizes(float(card.patch["pixel_size"]), source.grid, feedback)
    feedback.info(
        f"Patches of {lattice.rows.size} × {lattice.columns.size} pixels, {lattice.rows.overlap} and "
        f"{lattice.columns.overlap} of which overlap and are blended."
    )
    return map_blocks(
        source,
        outputs,
        card.legend,
        mapper.compute,
        plan,
        halo=halo,
        mask=mask,
        settings=None if settings is None else {**settings, "prepare": season.onto_axis, "patches": lattice},
        creation_options=creation_options,
        options=options,
        feedback=feedback,
    )


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


def halo_of(lattice: PatchLattice, grid: Grid, window: Window | None) -> int:
    """Pixels around a block of :func:`plan_patches` that its patches take in, those mirrored at the edges too.

    It is less where ``window`` begins and ends with strides of the lattice.
    """
    part = window or Window(0, 0, grid.width, grid.height)
    ends = (part.row, part.height, grid.height, lattice.rows), (part.column, part.width, grid.width, lattice.columns)
    for start, length, limit, side in ends:
        if start % side.stride or ((start + length) % side.stride and start + length < limit):
            return max(lattice.rows.size, lattice.columns.size) - 1
    return max(lattice.rows.reach, lattice.columns.reach)


def plan_patches(
    grid: Grid,
    sources: Sequence[BlockSource],
    lattice: PatchLattice,
    *,
    window: Window | None,
    bytes_per_pixel: int,
    working_bytes_per_pixel: int,
    bytes_per_worker: int,
    options: EngineOptions,
) -> BlockPlan:
    """Choose the blocks of a run of patches.

    Their sides are multiples of the distance between patches, as many as fit into the memory budget, so that few
    patches are computed for two blocks. There are fewer workers where the model takes much memory for a patch.

    Args:
        grid: the grid of the run.
        sources: what is read.
        lattice: the patches.
        window: the part of the grid to run; everything if None.
        bytes_per_pixel: what a block's results need a pixel.
        working_bytes_per_pixel: what a block needs besides while it is computed.
        bytes_per_worker: what a worker needs for one patch.
        options: memory and threads.

    Raises:
        ChronocoverError: as :func:`core.blocks.plan_blocks`.
    """
    budget, halo = options.budget_bytes(), halo_of(lattice, grid, window)
    workers = max(1, min(options.thread_count(), budget // 2 // max(1, bytes_per_worker)))
    options = replace(options, threads=workers)
    usual = plan_blocks(grid, sources, window=window, halo=halo, bytes_per_pixel=bytes_per_pixel, options=options)
    part = usual.window
    others = usual.cache_bytes + usual.readers * usual.open_bytes + workers * bytes_per_worker
    stored_bytes = sum(source.bytes_per_pixel for source in sources)
    physical_bytes = sum(source.working_bytes_per_pixel for source in sources)

    def fits(height: int, width: int, under_way: int) -> bool:
        read = (height + 2 * halo) * (width + 2 * halo)
        waiting = read * stored_bytes + height * width * bytes_per_pixel
        working = read * physical_bytes + height * width * working_bytes_per_pixel
        return under_way * waiting + min(under_way, workers) * working <= budget * USABLE - others

    def sides(count: int) -> tuple[int, int]:
        rows, columns = _multiple(count, lattice.rows.stride), _multiple(count, lattice.columns.stride)
        return min(part.height, rows), min(part.width, columns)

    height, width, under_way, best = *sides(1), 1, 0.0
    for count in range(ENOUGH_STRIDES, 0, -1):
        rows, columns = sides(count)
        blocks = -(-part.height // rows) * -(-part.width // columns)
        if count > FEWEST_STRIDES and blocks < ENOUGH_BLOCKS:
            continue
        most = workers + usual.readers + 1
        fitting = next((number for number in range(most, 0, -1) if fits(rows, columns, number)), 0)
        # Workers that have something to do, times the share of their work that is not done for another block too.
        speed = min(workers, max(1, fitting - 1)) * (count / (count + 1)) ** 2 if fitting else 0.0
        if speed > best:
            height, width, under_way, best = rows, columns, fitting, speed
    return replace(usual, width=width, height=height, under_way=under_way, workers=workers, strips=1)


def _multiple(count: int, stride: int) -> int:
    """At most ``count`` strides and more than half as many, so that tiles of the outputs are whole if possible."""
    for fewer in range(count, count // 2, -1):
        if fewer * stride % OUTPUT_TILE == 0:
            return fewer * stride
    return count * stride


def _work_bytes(session: ModelSession, source: SeriesSource) -> int:
    """Bytes that a patch takes: cut out, on the time axis, as the model's input, in the model, and what it gives."""
    card = session.card
    rows, columns = card.window
    values = source.physical_bytes_per_pixel + 3 * 4 * len(card.time_axis.days) * len(card.variables)
    return rows * columns * (values + 12 * len(card.legend)) + int(card.patch["work_bytes"])


@dataclass(frozen=True)
class _PatchMapper:
    """What is done to one block; picklable."""

    grid: Grid
    blanks: tuple[Blank, ...]
    prepare: Callable[[np.ndarray], np.ndarray]
    session: ModelSession
    encode: Encode
    lattice: PatchLattice
    mask: PixelMask | None

    def compute(self, block: Block, values: np.ndarray, *masks: np.ndarray) -> tuple[list[np.ndarray], int, list[Any]]:
        """The arrays of the outputs, how many pixels were wanted, and no findings."""
        window, card = block.window, self.session.card
        shape = (window.height, window.width)
        wanted = self.mask.wanted(masks[0][block.inner]) if masks else np.ones(shape, dtype=bool)
        complete = np.zeros(shape, dtype=bool)
        sums = np.zeros((len(card.legend), *shape), dtype=np.float32)
        rows = (window.row, window.row + window.height)
        columns = (window.column, window.column + window.width)
        for row, column in self.lattice.corners(rows, columns):
            check_stopped()
            in_block, in_patch = _common(window, row, column, card.window)
            if not wanted[in_block].any():
                continue
            patch = self._patch(block, values, row, column)
            observed = ~np.isnan(patch[0]).any(axis=0)[in_patch]
            complete[in_block] |= observed
            if not (observed & wanted[in_block]).any():
                continue
            found = self.session.segment(patch)[:, in_patch[0], in_patch[1]]
            down = self.lattice.rows.weights(row, self.grid.height)[in_patch[0]]
            across = self.lattice.columns.weights(column, self.grid.width)[in_patch[1]]
            sums[:, in_block[0], in_block[1]] += found * (down[:, None] * across)
        count = int(wanted.sum())
        return self._outputs(sums, wanted & complete), count, []

    def _patch(self, block: Block, values: np.ndarray, row: int, column: int) -> np.ndarray:
        """Float32 ``(dates, variables, rows, columns)`` on the model's time axis; NaN where never observed."""
        size = self.session.card.window
        rows = mirrored(row, size[0], self.grid.height, self.lattice.rows.reach) - block.read_window.row
        columns = mirrored(column, size[1], self.grid.width, self.lattice.columns.reach) - block.read_window.column
        series = values[rows[:, None], columns]
        filled = self.prepare(series.reshape(-1, *series.shape[2:]))
        return np.ascontiguousarray(np.moveaxis(filled, 0, -1)).reshape(*filled.shape[1:], *size)

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
