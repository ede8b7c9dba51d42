"""Giving every pixel of a series a code: reading, masking, batches, writing and counting, for all kinds of maps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from ..core.engine import Block, EngineOptions, RunStatistics, plan_blocks, run_blocks
from ..core.errors import ChronocoverError
from ..core.feedback import Feedback
from ..core.grid import Extent, Grid, Window
from ..core.identity import RunIdentity
from ..core.labels.legend import Legend
from ..core.raster_reading import NUMPY_TYPES, RasterSource
from ..core.raster_writing import RasterOutput, raster_writer
from ..core.series.reading import SeriesSource
from ..core.series.surroundings import cut_windows
from ..core.stopping import check_stopped

BATCH = 4096  # pixels: what fits into a core's cache with its intermediate results


def batch_size(context: int) -> int:
    """Pixels at a time for a model that looks at windows of ``context`` × ``context`` pixels."""
    return max(1, BATCH // context**2)


@dataclass(frozen=True)
class PixelMask:
    """Which pixels are wanted: those where a raster is neither 0 nor nodata, or holds one of ``codes`` if there are
    any.
    """

    source: RasterSource
    codes: tuple[int, ...] = ()

    @classmethod
    def on_grid(cls, path: str, grid: Grid, codes: Sequence[int] = ()) -> PixelMask:
        """The mask of a raster's first band, taken onto ``grid`` by nearest neighbour.

        Raises:
            ChronocoverError: the raster cannot be opened.
        """
        return cls(RasterSource.on_grid(path, grid), tuple(codes))

    def wanted(self, stored: np.ndarray) -> np.ndarray:
        """Bool, where the raster's stored values let pixels through."""
        wanted = np.isin(stored, self.codes) if self.codes else stored != 0
        if self.source.nodata is not None:
            wanted &= stored != self.source.nodata
        return wanted & ~np.isnan(stored) if stored.dtype.kind == "f" else wanted


class PixelObserver(Protocol):
    """Looks at the values of pixels and the codes that they got, beside the mapping."""

    bytes_per_pixel: int

    def look(self, pixels: np.ndarray, values: np.ndarray, codes: np.ndarray) -> Any:
        """Run in worker threads. ``pixels`` int64 ``(n,)`` row × width + column, ``values`` float32 ``(n, dates,
        variables)`` as they were given to ``predict``, ``codes`` ``(n,)``.
        """

    def gather(self, findings: Any) -> None:
        """Run in the calling thread with what :meth:`look` returned, in an order that depends on nothing but blocks."""


@dataclass(frozen=True)
class PixelCounts:
    """Pixels and hectares of each class by name, pixels with a code, and wanted ones that had no data."""

    pixels: int
    pixels_without_data: int
    class_pixels: dict[str, int]
    class_hectares: dict[str, float]
    statistics: RunStatistics


def window_of(grid: Grid, extent: Extent | None) -> Window:
    """The pixels that an extent touches; all if it is None. Raises ChronocoverError if it touches none."""
    if extent is None:
        return Window(0, 0, grid.width, grid.height)
    window = grid.window_of(extent)
    if window is None:
        raise ChronocoverError("The extent does not overlap the series. Choose another extent.")
    return window


def map_pixels(
    source: SeriesSource,
    outputs: Sequence[RasterOutput],
    legend: Legend,
    prepare: Callable[[np.ndarray], np.ndarray],
    predict: Callable[[np.ndarray], Sequence[np.ndarray]],
    *,
    context: int = 1,
    mask: PixelMask | None = None,
    window: Window | None = None,
    observer: PixelObserver | None = None,
    settings: Mapping[str, Any] | None = None,
    creation_options: Sequence[str] = (),
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> PixelCounts:
    """Map a series pixel by pixel.

    Args:
        source: what is read.
        outputs: the first is the map, whose codes are counted; where a pixel gets nothing they hold their nodata.
        legend: the codes that ``predict`` gives.
        prepare: float32 ``(n, dates, variables)`` of the source, NaN for missing, to float32 ``(n, model dates,
            variables)``. A pixel that misses a variable on the first of these dates then gets no code: gaps are filled,
            so it misses all. Like ``predict`` and ``observer`` it is picklable: blocks may be mapped elsewhere.
        predict: complete pixels to one array an output: codes ``(n,)``, of the others ``(n,)`` or ``(bands, n)``.
        context: side of the window of pixels that is looked at, odd. Beyond 1 the values that ``prepare`` and
            ``predict`` get have two more axes of that size, NaN outside of the raster; a pixel is complete if the one
            in the middle is.
        mask: which pixels are wanted.
        window: the part of the grid to map, which the outputs cover.
        observer: looks at pixels and their codes.
        settings: what the codes follow from beside the files and ``prepare`` (the model, say), as
            :func:`core.identity.plain` takes it; with them a run that was interrupted can go on.
        creation_options: GDAL creation options for the outputs.
        options: memory and threads.
        feedback: messages, progress, cancelling. It is warned if no pixel gets a code.

    Raises:
        ChronocoverError: a file cannot be read or written.
        CancelledError: the user cancelled; nothing is left.
    """
    options, feedback = options or EngineOptions(), feedback or Feedback()
    grid = source.grid
    sources = [source, *([mask.source] if mask else [])]
    halo = context // 2
    # What a block's results need, and once more while they are put together.
    bytes_per_pixel = 2 * sum(output.bytes_per_pixel() for output in outputs)
    bytes_per_pixel += observer.bytes_per_pixel if observer else 0
    plan = plan_blocks(
        grid,
        sources,
        window=window,
        halo=halo,
        bytes_per_pixel=bytes_per_pixel,
        bytes_per_worker=3 * batch_size(context) * context**2 * source.bytes_per_pixel,  # cut out, filled, in the model
        divisible=True,
        options=options,
    )
    mapper = _BlockMapper(grid, outputs, prepare, predict, context, mask, observer)
    counter = _Counter(grid, legend)
    identity = None
    if settings is not None:
        identity = RunIdentity(
            {**settings, "prepare": prepare, "context": context, "mask": mask.codes if mask else None},
            sources,
            plan,
            [source.series.path],
            options.temporary_folder,
        )
    with raster_writer(
        grid,
        outputs,
        window=window,
        tile=plan.tile,
        options=creation_options,
        feedback=feedback,
        identity=identity,
    ) as writer:

        def consume(block: Block, result: tuple[list[np.ndarray], int, list[Any]]) -> None:
            arrays, wanted, findings = result
            writer.write(block.window, *arrays)
            counter.add(block.window, arrays[0], wanted)
            for found in findings:
                observer.gather(found)

        def select(part: Window) -> bool:
            if mask_reader is None or mask.wanted(mask_reader.read(part)).any():
                return True
            writer.write(part, *[0 if output.nodata is None else output.nodata for output in outputs])
            return False

        mask_reader = mask.source.open() if mask else None
        statistics = run_blocks(
            grid,
            sources,
            mapper.compute,
            consume,
            halo=halo,
            select=select,
            options=options,
            feedback=feedback,
            plan=plan,
            journal=writer.journal,
        )
        if counter.pixels == 0:
            feedback.warning("No pixel got a class: there is no data in the series, or the mask leaves nothing.")
    return counter.summary(statistics)


class _BlockMapper:
    """What is done to one block; picklable."""

    def __init__(
        self,
        grid: Grid,
        outputs: Sequence[RasterOutput],
        prepare: Callable[[np.ndarray], np.ndarray],
        predict: Callable[[np.ndarray], Sequence[np.ndarray]],
        context: int,
        mask: PixelMask | None,
        observer: PixelObserver | None,
    ) -> None:
        self._width = grid.width
        self._blanks = [_Blank.of(output) for output in outputs]
        self._prepare, self._predict, self._context = prepare, predict, context
        self._mask, self._observer = mask, observer

    def compute(self, block: Block, values: np.ndarray, *masks: np.ndarray) -> tuple[list[np.ndarray], int, list[Any]]:
        """The arrays of the outputs, how many pixels were wanted, and what the observer found."""
        rows, columns = block.window.height, block.window.width
        indices = np.flatnonzero(self._mask.wanted(masks[0][block.inner])) if masks else None
        count = rows * columns if indices is None else len(indices)
        results, findings = [blank.filled(rows * columns) for blank in self._blanks], []
        at_once = batch_size(self._context)
        for start in range(0, count, at_once):
            check_stopped()
            end = min(start + at_once, count)
            where = slice(start, end) if indices is None else indices[start:end]
            batch = self._prepare(self._series(block, values, where))
            complete = ~np.isnan(self._own(batch[:, 0])).any(axis=1)
            if not complete.all():
                batch = batch[complete]
                where = (np.arange(start, end) if indices is None else where)[complete]
            if not len(batch):
                continue
            found = self._predict(batch)
            for result, part in zip(results, found):
                result[:, where] = part
            if self._observer is not None:
                numbers = np.arange(start, end) if isinstance(where, slice) else where
                findings.append(self._observer.look(self._numbers(block.window, numbers), batch, found[0]))
        return [result.reshape(-1, rows, columns) for result in results], count, findings

    def _series(self, block: Block, values: np.ndarray, where: slice | np.ndarray) -> np.ndarray:
        """The series, or their windows, of the pixels ``where`` of a block."""
        if self._context == 1:
            return values.reshape(-1, *values.shape[2:])[where]
        positions = np.arange(where.start, where.stop) if isinstance(where, slice) else where
        rows, columns = np.divmod(positions, block.window.width)
        top, left = block.inner[0].start, block.inner[1].start
        return cut_windows(values, rows + top, columns + left, self._context)

    def _own(self, values: np.ndarray) -> np.ndarray:
        """The values ``(n, variables)`` of the pixels themselves."""
        middle = self._context // 2
        return values if self._context == 1 else values[..., middle, middle]

    def _numbers(self, window: Window, positions: np.ndarray) -> np.ndarray:
        rows, columns = np.divmod(positions, window.width)
        return (rows + window.row) * self._width + columns + window.column


@dataclass(frozen=True)
class _Blank:
    """The pixels of an output that get nothing."""

    bands: int
    nodata: float
    type_name: str

    @classmethod
    def of(cls, output: RasterOutput) -> _Blank:
        return cls(output.bands, 0 if output.nodata is None else output.nodata, NUMPY_TYPES[output.gdal_type])

    def filled(self, pixels: int) -> np.ndarray:
        return np.full((self.bands, pixels), self.nodata, self.type_name)


class _Counter:
    """Pixels and hectares of each class."""

    def __init__(self, grid: Grid, legend: Legend) -> None:
        self._legend, self._areas = legend, np.array(grid.pixel_areas_ha())
        size = max(legend.codes, default=0) + 1
        self._pixels, self._hectares = np.zeros(size, dtype=np.int64), np.zeros(size)
        self._wanted = 0

    def add(self, window: Window, codes: np.ndarray, wanted: int) -> None:
        size = len(self._pixels)
        self._pixels += np.bincount(codes.ravel(), minlength=size)
        areas = np.repeat(self._areas[window.row : window.row + window.height], window.width)
        self._hectares += np.bincount(codes.ravel(), weights=areas, minlength=size)
        self._wanted += wanted

    @property
    def pixels(self) -> int:
        return int(self._pixels[1:].sum())

    def summary(self, statistics: RunStatistics) -> PixelCounts:
        classes = self._legend.classes
        return PixelCounts(
            pixels=self.pixels,
            pixels_without_data=self._wanted - self.pixels,
            class_pixels={c.name: int(self._pixels[c.code]) for c in classes},
            class_hectares={c.name: float(self._hectares[c.code]) for c in classes},
            statistics=statistics,
        )
