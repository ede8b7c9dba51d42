"""Cutting a raster into blocks: what is read, how large a block is, and how many fit into memory."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from osgeo import gdal

from .errors import ChronocoverError
from .grid import Grid, Window

OUTPUT_TILE = 256  # of the rasters that are written; blocks are multiples of it where memory allows
SMALLEST_TILE = 16  # GeoTIFF tiles are multiples of it
ENOUGH_PIXELS = 1 << 16  # in a block: larger ones gain no speed
STRIP_PIXELS = 1 << 13  # of a block that are computed at once, where a block can be divided
READERS_AT_MOST = 8
USABLE = 0.9  # of the memory for blocks: the rest is what Python and the system cannot give back at once
SMALLEST_CACHE = 32 << 20  # bytes of GDAL's block cache
ENOUGH_OPEN = 8 << 20  # bytes of open files for each reader
LEAST_CACHE = 8 << 20  # with a budget that is smaller than any of use


@dataclass(frozen=True)
class EngineOptions:
    """What a run may use: ``memory_mb`` for its blocks (0: a quarter of RAM, at most 2048), worker ``threads`` (0: one
    per core), and the address of a cluster's ``scheduler`` (empty: this machine alone). Outputs in ``temporary_folder``
    have other names in the next run, so that nothing of an interrupted one is kept for them.
    """

    memory_mb: int = 0
    threads: int = 0
    scheduler: str = ""
    temporary_folder: str = ""

    def here(self) -> EngineOptions:
        """The same without a cluster: for passes whose function cannot be sent, or is not worth it."""
        return replace(self, scheduler="")

    def budget_bytes(self) -> int:
        """The memory for all blocks under way, in bytes."""
        return (self.memory_mb if self.memory_mb > 0 else min(2048, max(256, _ram_mb() // 4))) << 20

    def thread_count(self) -> int:
        """The number of worker threads."""
        return self.threads if self.threads > 0 else max(1, os.cpu_count() or 1)


class BlockReader(Protocol):
    """An open source, used by one thread only."""

    def read_stored(self, window: Window) -> np.ndarray:
        """The pixels of a window of the source's grid ``(rows, columns, ...)``, in a form that takes little memory."""

    def close(self) -> None:
        """Close the files."""


class BlockSource(Protocol):
    """A raster to read in blocks. Picklable: it describes what to open and holds no open file.

    Attributes:
        grid: the grid that windows refer to.
        block_size: ``(columns, rows)`` of the file's own tiling.
        bytes_per_pixel: what a reader's ``read_stored`` needs a pixel.
        working_bytes_per_pixel: what ``physical`` needs a pixel beside that.
        cache_bytes: what GDAL's block cache must hold for one reader so that no tile is decoded twice for one window.
        open_bytes: what one reader's open files hold if all of them stay open.
        files: all files that are read, as GDAL opens them.
    """

    grid: Grid
    block_size: tuple[int, int]
    bytes_per_pixel: int
    working_bytes_per_pixel: int
    cache_bytes: int
    open_bytes: int
    files: Sequence[str]

    def open(self) -> BlockReader:
        """Open it for the calling thread."""

    def physical(self, stored: np.ndarray) -> np.ndarray:
        """What is computed with, of whole rows of what ``read_stored`` gave; may change these."""


@dataclass(frozen=True)
class Block:
    """One piece of work: ``window`` is to be computed; ``read_window`` is it with the halo, cut at the grid's edges."""

    index: int
    window: Window
    read_window: Window

    @property
    def inner(self) -> tuple[slice, slice]:
        """Rows and columns of ``window`` within an array that was read for ``read_window``."""
        row, column = self.window.row - self.read_window.row, self.window.column - self.read_window.column
        return slice(row, row + self.window.height), slice(column, column + self.window.width)


@dataclass(frozen=True)
class BlockPlan:
    """How a run is cut: the part of the grid, the shape of a block, the blocks under way at once, and the teams.

    Each block is read as one and computed in ``strips``, so that no worker waits long for another at the end. Of the
    memory budget, ``cache_bytes`` are for GDAL's cache and ``open_bytes`` for each reader's open files.
    """

    window: Window
    width: int
    height: int
    under_way: int
    readers: int
    workers: int
    strips: int = 1
    cache_bytes: int = 0
    open_bytes: int = 0

    @property
    def tile(self) -> tuple[int, int]:
        """``(columns, rows)`` of output tiles of which each block writes whole ones, where tiles of 16 allow it."""
        return _tile_side(self.width), _tile_side(self.height)


def plan_blocks(
    grid: Grid,
    sources: Sequence[BlockSource] = (),
    *,
    window: Window | None = None,
    halo: int = 0,
    bytes_per_pixel: int = 0,
    working_bytes_per_pixel: int = 0,
    bytes_per_worker: int = 0,
    divisible: bool = False,
    options: EngineOptions | None = None,
) -> BlockPlan:
    """Choose the blocks of a run; arguments as in :func:`run_blocks`.

    A block is a multiple of the source's tiles (the full width where the source is stored in rows) and of the output
    tiles, large enough for speed. Where memory does not allow that, fewer blocks are under way, then blocks get
    smaller: rows first. GDAL's cache and the open files of all readers take at most a quarter of the memory each.

    ``working_bytes_per_pixel`` are needed only while a block is computed; ``bytes_per_worker`` is what a worker needs
    at a time whatever the size of its block.

    Raises:
        ChronocoverError: the window is outside of the grid, or sources are on other grids.
    """
    options = options or EngineOptions()
    part = window or Window(0, 0, grid.width, grid.height)
    inside = part.column >= 0 and part.row >= 0 and part.width > 0 and part.height > 0
    if not inside or part.column + part.width > grid.width or part.row + part.height > grid.height:
        raise ChronocoverError(f"The part {part} is not inside the raster of {grid.width} × {grid.height} pixels.")
    for source in sources:
        if not source.grid.same_as(grid):
            raise ChronocoverError(f"Inputs are on different grids: {source.grid.describe()} and {grid.describe()}.")

    tile_width = max([source.block_size[0] for source in sources], default=OUTPUT_TILE)
    tile_height = max([source.block_size[1] for source in sources], default=OUTPUT_TILE)
    rowwise = tile_width >= grid.width
    step_x = part.width if rowwise else math.lcm(tile_width, _output_tile_for(tile_width))
    step_y = math.lcm(tile_height, SMALLEST_TILE if rowwise else _output_tile_for(tile_height))
    if step_x > 4 * tile_width:
        step_x = tile_width
    if step_y > 4 * max(tile_height, OUTPUT_TILE):
        step_y = tile_height
    # Blocks start at the part's corner, as the output's tiles do. Larger ones then cut fewer of the source's tiles.
    off_tiling = bool(sources) and bool(part.row % tile_height or (part.column % tile_width and not rowwise))
    wanted = ENOUGH_PIXELS * (4 if off_tiling else 1)
    width, height = min(step_x, part.width), min(step_y, part.height)
    while width * height < wanted and (width < part.width or height < part.height):
        if height < part.height and (height <= width or width >= part.width):
            height = min(height + step_y, part.height)
        else:
            width = min(width + step_x, part.width)

    workers = options.thread_count()
    share = options.budget_bytes() // 4
    readers, cache_bytes, open_bytes = _reading(sources, min(workers, READERS_AT_MOST), share)
    others = cache_bytes + readers * open_bytes + workers * bytes_per_worker
    budget = max(share // 2, int(USABLE * (options.budget_bytes() - others)))
    divisible = divisible and bool(sources) and not halo
    # The strips of one block keep several workers busy; of others, one more may wait for an earlier one.
    under_way = readers + (math.ceil(workers / _strips(width, height)) if divisible else workers + 1)
    stored = sum(source.bytes_per_pixel for source in sources)
    working = working_bytes_per_pixel + sum(source.working_bytes_per_pixel for source in sources)

    def cost(blocks: int) -> int:
        read = (width + 2 * halo) * (height + 2 * halo)
        waiting = blocks * (read * stored + width * height * bytes_per_pixel)
        parts = _strips(width, height) if divisible else 1
        at_once = width * _strip_height(height, parts) if divisible else read
        return waiting + min(blocks * parts, workers) * at_once * working

    while under_way > 3 and cost(under_way) > budget:
        under_way -= 1
    while cost(under_way) > budget and (height > SMALLEST_TILE or width > SMALLEST_TILE):
        if height > SMALLEST_TILE:
            height = _halved(height)
        else:
            width = _halved(width)
    strips = _strips(width, height) if divisible else 1
    return BlockPlan(part, width, height, under_way, readers, workers, strips, cache_bytes, open_bytes)


def _strips(width: int, height: int) -> int:
    """Into how many strips a block is best cut."""
    return max(1, min(width * height // STRIP_PIXELS, height // SMALLEST_TILE))


def _reading(sources: Sequence[BlockSource], readers: int, share: int) -> tuple[int, int, int]:
    """The number of readers, GDAL's cache in bytes, and the bytes for each reader's open files.

    There are fewer readers where ``share``, for the cache and for open files, is too little for their tiles.
    """
    if not sources:
        return 0, max(LEAST_CACHE, min(SMALLEST_CACHE, share)), 0
    cache_each = sum(source.cache_bytes for source in sources)
    open_each = sum(source.open_bytes for source in sources)
    readers = max(1, min(readers, share // max(1, cache_each + min(open_each, ENOUGH_OPEN))))
    cache = max(LEAST_CACHE, min(max(SMALLEST_CACHE, readers * cache_each), share))
    return readers, cache, min(open_each, share // readers)


def planned_blocks(grid: Grid, plan: BlockPlan, halo: int = 0) -> Iterator[Block]:
    """The blocks of a plan, row by row."""
    part, index = plan.window, 0
    for row in range(part.row, part.row + part.height, plan.height):
        height = min(plan.height, part.row + part.height - row)
        for column in range(part.column, part.column + part.width, plan.width):
            width = min(plan.width, part.column + part.width - column)
            left, top = max(0, column - halo), max(0, row - halo)
            right, bottom = min(grid.width, column + width + halo), min(grid.height, row + height + halo)
            yield Block(index, Window(column, row, width, height), Window(left, top, right - left, bottom - top))
            index += 1


def _strip_height(height: int, count: int) -> int:
    """The rows of a strip, where a block of so many rows is cut into at most ``count``."""
    return min(height, math.ceil(height / count / SMALLEST_TILE) * SMALLEST_TILE)


def strip_arrays(
    sources: Sequence[BlockSource], block: Block, strip: Block, stored: Sequence[np.ndarray]
) -> tuple[np.ndarray, ...]:
    """What a strip is computed from, of what was read for its block."""
    if strip is not block:
        top = strip.window.row - block.window.row
        stored = [array[top : top + strip.window.height] for array in stored]
    return tuple(source.physical(array) for source, array in zip(sources, stored))


def strips_of(block: Block, count: int) -> list[Block]:
    """A block without halo cut into at most ``count`` strips of whole rows, each a block of its own."""
    window = block.window
    height = _strip_height(window.height, count)
    strips = []
    for row in range(0, window.height, height):
        strip = Window(window.column, window.row + row, window.width, min(height, window.height - row))
        strips.append(block if count == 1 else Block(block.index * count + len(strips), strip, strip))
    return strips


def _output_tile_for(source_side: int) -> int:
    """The output tile side that goes with a source tile side: 256, or less where that side is no divisor of 256."""
    return OUTPUT_TILE if source_side % SMALLEST_TILE == 0 else SMALLEST_TILE


def _tile_side(block_side: int) -> int:
    side = math.gcd(block_side, OUTPUT_TILE)
    return side if side >= SMALLEST_TILE else OUTPUT_TILE


def _halved(side: int) -> int:
    return max(SMALLEST_TILE, -(-side // 2 // SMALLEST_TILE) * SMALLEST_TILE)


def _ram_mb() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    except (AttributeError, OSError, ValueError):
        return gdal.GetUsablePhysicalRAM() >> 20 or 4096
