"""Drawing pixels of a series to learn from without labels: spread over the scene, or over the classes of a mask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..blocks import Block, EngineOptions
from ..engine import run_blocks
from ..errors import ChronocoverError
from ..feedback import Feedback
from ..grid import Grid
from ..labels.class_codes import class_codes
from ..raster_reading import RasterSource
from ..series.image_series import ImageSeries
from ..series.pixel_reading import PixelReader
from .selection import random_keys

SCENE, CLASSES = "scene", "classes"
SPREADS = (SCENE, CLASSES)
CANDIDATES = 16  # random pixels for each one wanted, among which the spread is made
SPARE = 3  # times the pixels wanted that are read, since some have no data
KEYS = float(2**64)


@dataclass(frozen=True)
class PixelDraw:
    """Which pixels to draw.

    ``size`` how many; ``spread`` over the ``scene`` (about one from each square of a regular net) or the ``classes`` of
    the mask (as many from each); ``mask`` a class raster on the series' grid, or None; ``codes`` those of its classes
    that are wanted, all but 0 if empty; ``seed`` of the random choice.
    """

    size: int
    spread: str = SCENE
    mask: RasterSource | None = None
    codes: tuple[int, ...] = ()
    seed: int = 0

    def __post_init__(self) -> None:
        if self.size < 1:
            raise ChronocoverError(f"The sample has {self.size} pixels. Give at least 1.")
        if self.spread not in SPREADS:
            raise ChronocoverError(f"There is no sample spread over “{self.spread}”. Choose {' or '.join(SPREADS)}.")
        if self.spread == CLASSES and self.mask is None:
            raise ChronocoverError("A sample spread over classes needs a class raster as its mask.")


@dataclass(frozen=True)
class DrawnPixels:
    """Pixels and their values.

    ``pixels`` int64 ``(n,)`` row × width + column; ``values`` float32 ``(n, dates, variables)`` in physical units, NaN
    is missing; ``wanted`` how many pixels there were to draw from.
    """

    pixels: np.ndarray
    values: np.ndarray
    wanted: int


def draw_pixels(
    series: ImageSeries,
    variables: list[str],
    draw: PixelDraw,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> DrawnPixels:
    """Draw pixels of which every variable was observed at least once, and read them.

    The draw depends on the seed and the pixels that may be drawn, not on blocks or threads. There may be fewer pixels
    than wanted where many have no data.

    Raises:
        ChronocoverError: the mask leaves no pixel, or holds no classes; no pixel has data; the sample is too large for
            the memory.
        CancelledError: the user cancelled.
    """
    options, feedback = options or EngineOptions(), feedback or Feedback()
    counts = _count_pixels(series.grid, draw, options, feedback.part(0.0, 0.1, quiet=True))
    wanted = sum(counts.values())
    if not wanted:
        raise ChronocoverError(_nothing_left(draw))
    bytes_per_pixel = 4 * len(series.dates) * len(variables)
    needed = min(draw.size, wanted) * bytes_per_pixel
    if needed > options.budget_bytes() // 2:
        raise ChronocoverError(
            f"A sample of {min(draw.size, wanted):,} pixels needs {needed / 2**20:,.0f} MB, more than half of the "
            f"memory budget of {options.budget_bytes() >> 20:,} MB. Learn from fewer pixels."
        )
    pixels = _candidates(series.grid, draw, counts, options, feedback.part(0.1, 0.2, quiet=True))
    most = max(draw.size, min(SPARE * draw.size, options.budget_bytes() // 4 // max(1, bytes_per_pixel)))
    chosen = np.sort(pixels[:most])
    values = PixelReader(series, variables, chosen, options).read(
        np.arange(len(chosen)), feedback.part(0.2, 1.0, quiet=True)
    )
    complete = np.isfinite(values).any(axis=1).all(axis=1)
    preferred = pixels[:most]
    usable = preferred[complete[np.searchsorted(chosen, preferred)]][: draw.size]
    if not len(usable):
        raise ChronocoverError(
            f"None of the {len(chosen):,} pixels that were looked at has an observation of every variable. Leave out "
            "variables without data, or check the mask and the nodata value of the images."
        )
    usable = np.sort(usable)
    return DrawnPixels(usable, values[np.searchsorted(chosen, usable)], wanted)


def _count_pixels(grid: Grid, draw: PixelDraw, options: EngineOptions, feedback: Feedback) -> dict[int, int]:
    """Pixels that may be drawn by stratum: by code where classes count, else all as 1."""
    if draw.mask is None:
        return {1: grid.width * grid.height}
    counts: dict[int, int] = {}

    def compute(block: Block, stored: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        strata = _strata(stored, draw)
        return np.unique(strata[strata > 0], return_counts=True)

    def consume(block: Block, result: tuple[np.ndarray, np.ndarray]) -> None:
        for code, number in zip(*(part.tolist() for part in result)):
            counts[code] = counts.get(code, 0) + number

    run_blocks(grid, [draw.mask], compute, consume, bytes_per_pixel=40, options=options, feedback=feedback)
    return counts


def _strata(stored: np.ndarray, draw: PixelDraw) -> np.ndarray:
    """int64: 0 where a pixel may not be drawn, else its class code, or 1 where classes do not count."""
    codes = class_codes(stored, draw.mask.nodata, draw.mask.path) if draw.spread == CLASSES else _whole(stored, draw)
    if draw.codes:
        codes = np.where(np.isin(codes, draw.codes), codes, 0)
    return codes if draw.spread == CLASSES else (codes != 0).astype(np.int64)


def _whole(stored: np.ndarray, draw: PixelDraw) -> np.ndarray:
    missing = np.isnan(stored) if stored.dtype.kind == "f" else np.zeros(stored.shape, dtype=bool)
    if draw.mask.nodata is not None:
        missing |= stored == draw.mask.nodata
    return np.where(missing, 0, stored)


def _candidates(
    grid: Grid, draw: PixelDraw, counts: dict[int, int], options: EngineOptions, feedback: Feedback
) -> np.ndarray:
    """Pixel numbers in the order in which they are to be taken."""
    largest = max(counts)
    limits = np.zeros(largest + 1)
    for code, number in counts.items():
        limits[code] = min(1.0, CANDIDATES * draw.size / (len(counts) * number)) * KEYS
    found: list[tuple[np.ndarray, ...]] = []

    def compute(block: Block, *stored: np.ndarray) -> tuple[np.ndarray, ...]:
        window = block.window
        rows = np.arange(window.row, window.row + window.height, dtype=np.int64)[:, None]
        numbers = rows * grid.width + np.arange(window.column, window.column + window.width, dtype=np.int64)
        strata = _strata(stored[0], draw) if stored else np.ones(numbers.shape, np.int64)
        keys = random_keys(numbers.ravel(), draw.seed)
        taken = keys < limits[strata.ravel()]
        return numbers.ravel()[taken], strata.ravel()[taken], keys[taken]

    run_blocks(
        grid,
        [draw.mask] if draw.mask else [],
        compute,
        lambda block, result: found.append(result),
        bytes_per_pixel=60,
        options=options,
        feedback=feedback,
    )
    pixels, strata, keys = (np.concatenate(parts) for parts in zip(*found))
    if draw.spread == SCENE:
        side = max(1, round((sum(counts.values()) / draw.size) ** 0.5))
        rows, columns = np.divmod(pixels, grid.width)
        strata = rows // side * (grid.width // side + 1) + columns // side
    order = np.lexsort((keys, strata))
    starts = np.flatnonzero(np.diff(strata[order], prepend=-1))
    ranks = np.arange(len(order)) - np.repeat(starts, np.diff(starts, append=len(order)))
    return pixels[order[np.lexsort((keys[order], ranks))]]


def _nothing_left(draw: PixelDraw) -> str:
    held = f"none of the wanted classes ({', '.join(map(str, draw.codes))})" if draw.codes else "nothing but 0"
    return f"The mask {draw.mask.path} leaves no pixel: it holds {held} there. Check mask and class."
