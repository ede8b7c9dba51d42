"""The blocks of a run of patches: as large as the memory budget allows, since patches at their borders count twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...core.blocks import USABLE
from ...core.engine import BlockPlan, BlockSource, EngineOptions, plan_blocks
from ...core.feedback import Feedback
from ...core.grid import Grid, Window
from .lattice import PatchLattice

ENOUGH_STRIDES, FEWEST_STRIDES = 8, 4
"""Patches along a block's side: those at its border are computed for two blocks, 27 % more with 8, 56 % with 4."""
ENOUGH_BLOCKS = 4
"""Of a small raster, so that it is not left to one worker."""
OUTPUT_TILE = 64


@dataclass(frozen=True)
class PatchNeeds:
    """Bytes that a run of patches takes beside what is read.

    Attributes:
        per_pixel: of what a block gives, until it is written.
        working_per_pixel: of a block's window while it is computed.
        per_worker: for one patch.
    """

    per_pixel: int
    working_per_pixel: int
    per_worker: int


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
    needs: PatchNeeds,
    window: Window | None,
    options: EngineOptions,
    feedback: Feedback,
) -> BlockPlan:
    """Choose the blocks of a run of patches.

    Their sides are multiples of the distance between patches, as many as fit into the memory budget, so that few
    patches are computed for two blocks. There are fewer workers where the model takes much memory for a patch.

    Args:
        grid: the grid of the run.
        sources: what is read.
        lattice: the patches.
        needs: what is needed beside what is read.
        window: the part of the grid to run; everything if None.
        options: memory and threads.
        feedback: warned if the budget is too small for one patch at a time.

    Raises:
        ChronocoverError: as :func:`core.blocks.plan_blocks`.
    """
    budget, halo = options.budget_bytes(), halo_of(lattice, grid, window)
    workers = max(1, min(options.thread_count(), budget // 2 // max(1, needs.per_worker)))
    options = replace(options, threads=workers)
    usual = plan_blocks(grid, sources, window=window, halo=halo, bytes_per_pixel=needs.per_pixel, options=options)
    part = usual.window
    others = usual.cache_bytes + usual.readers * usual.open_bytes + workers * needs.per_worker
    stored_bytes = sum(source.bytes_per_pixel for source in sources)
    working_bytes = sum(source.working_bytes_per_pixel for source in sources)

    def taken(height: int, width: int, under_way: int) -> int:
        read = min(height + 2 * halo, grid.height) * min(width + 2 * halo, grid.width)
        waiting = read * stored_bytes + height * width * needs.per_pixel
        working = read * working_bytes + height * width * needs.working_per_pixel
        return int((under_way * waiting + min(under_way, workers) * working + others) / USABLE)

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
        fitting = next((number for number in range(most, 0, -1) if taken(rows, columns, number) <= budget), 0)
        # Workers that have something to do, times the share of their work that is not done for another block too.
        speed = min(workers, blocks, max(1, fitting - 1)) * (count / (count + 1)) ** 2 if fitting else 0.0
        if speed > best:
            height, width, under_way, best = rows, columns, fitting, speed
    if not best:
        feedback.warning(
            f"One patch after the other takes about {taken(height, width, 1) >> 20:,} MB, more than the memory budget "
            f"of {budget >> 20:,} MB. Raise it in the Processing options, or describe the model with smaller patches."
        )
    return replace(usual, width=width, height=height, under_way=under_way, workers=workers, strips=1)


def _multiple(count: int, stride: int) -> int:
    """At most ``count`` strides and more than half as many, so that tiles of the outputs are whole if possible."""
    for fewer in range(count, count // 2, -1):
        if fewer * stride % OUTPUT_TILE == 0:
            return fewer * stride
    return count * stride
