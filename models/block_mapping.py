"""Giving the pixels of a series codes block by block: the mask, writing and counting, for all kinds of maps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from ..core.engine import Block, BlockPlan, EngineOptions, RunStatistics, run_blocks
from ..core.errors import ChronocoverError
from ..core.feedback import Feedback
from ..core.grid import Extent, Grid, Window
from ..core.identity import RunIdentity
from ..core.labels.legend import Legend
from ..core.raster_reading import NUMPY_TYPES, RasterSource
from ..core.raster_writing import RasterOutput, raster_writer
from ..core.series.reading import SeriesSource


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


@dataclass(frozen=True)
class MapRun:
    """What maps of all kinds are made with, beside the series and what is done to it.

    Attributes:
        outputs: the first is the map, whose codes are counted; where a pixel gets nothing they hold their nodata.
        legend: the codes.
        mask: which pixels are wanted.
        window: the part of the grid to map, which the outputs cover; everything if None.
        observer: looks at pixels and their codes.
        settings: everything that the codes follow from beside the files, the mask and how the series is prepared (the
            model, say), as :func:`core.identity.plain` takes it; with them a run that was interrupted can go on.
        creation_options: GDAL creation options for the outputs.
        options: memory and threads.
        feedback: messages, progress, cancelling. It is warned if no pixel gets a code.
    """

    outputs: Sequence[RasterOutput]
    legend: Legend
    mask: PixelMask | None = None
    window: Window | None = None
    observer: PixelObserver | None = None
    settings: Mapping[str, Any] | None = None
    creation_options: Sequence[str] = ()
    options: EngineOptions = field(default_factory=EngineOptions)
    feedback: Feedback = field(default_factory=Feedback)

    @property
    def mask_sources(self) -> list[RasterSource]:
        """What is read beside the series."""
        return [self.mask.source] if self.mask else []

    @property
    def bytes_per_pixel(self) -> int:
        """What the results of a block need, and once more while they are put together."""
        return 2 * sum(output.bytes_per_pixel() for output in self.outputs)

    def blanks(self) -> tuple[Blank, ...]:
        """What pixels that get nothing hold."""
        return tuple(Blank.of(output) for output in self.outputs)

    def identity(self, source: SeriesSource, plan: BlockPlan, **how: Any) -> RunIdentity | None:
        """What tells whether an interrupted run was the same: ``how`` the series is prepared, and all else."""
        if self.settings is None:
            return None
        settings = {**self.settings, **how, "mask": self.mask.codes if self.mask else None}
        sources = [source, *self.mask_sources]
        return RunIdentity(settings, sources, plan, [source.series.path], self.options.temporary_folder)


def map_blocks(
    source: SeriesSource,
    run: MapRun,
    compute: Callable[..., tuple[list[np.ndarray], int, list[Any]]],
    plan: BlockPlan,
    *,
    halo: int = 0,
    **how: Any,
) -> PixelCounts:
    """Run ``compute`` on the blocks of a plan, write what it gives and count the codes.

    Args:
        source: what is read.
        run: the outputs and all that goes with them. Blocks that its mask leaves out are not read.
        compute: picklable; ``compute(block, values, *masks)`` gives the arrays ``(bands, rows, columns)`` of the
            outputs, how many pixels were wanted, and what the observer is to gather.
        plan: made for the source, then the mask's raster if there is one, with the same ``halo``.
        halo: pixels around each block that are read with it.
        how: how ``compute`` prepares the series, to know a run again.

    Raises:
        ChronocoverError: a file cannot be read or written.
        CancelledError: the user cancelled; no output is left.
    """
    grid, outputs, mask = source.grid, run.outputs, run.mask
    counter = _Counter(grid, run.legend)
    with raster_writer(
        grid,
        outputs,
        window=plan.window,
        tile=plan.tile,
        options=run.creation_options,
        feedback=run.feedback,
        identity=run.identity(source, plan, **how),
    ) as writer:

        def consume(block: Block, result: tuple[list[np.ndarray], int, list[Any]]) -> None:
            arrays, wanted, findings = result
            writer.write(block.window, *arrays)
            counter.add(block.window, arrays[0], wanted)
            for found in findings:
                run.observer.gather(found)

        def select(part: Window) -> bool:
            if mask_reader is None or mask.wanted(mask_reader.read(part)).any():
                return True
            writer.write(part, *[0 if output.nodata is None else output.nodata for output in outputs])
            return False

        mask_reader = mask.source.open() if mask else None
        statistics = run_blocks(
            grid,
            [source, *run.mask_sources],
            compute,
            consume,
            halo=halo,
            select=select,
            options=run.options,
            feedback=run.feedback,
            plan=plan,
            journal=writer.journal,
        )
        if counter.pixels == 0:
            run.feedback.warning("No pixel got a class: there is no data in the series, or the mask leaves nothing.")
    return counter.summary(statistics)


@dataclass(frozen=True)
class Blank:
    """The pixels of an output that get nothing."""

    bands: int
    nodata: float
    type_name: str

    @classmethod
    def of(cls, output: RasterOutput) -> Blank:
        """That of an output."""
        return cls(output.bands, 0 if output.nodata is None else output.nodata, NUMPY_TYPES[output.gdal_type])

    def filled(self, pixels: int) -> np.ndarray:
        """``(bands, pixels)`` of it."""
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
