"""From an image series and a model to a map: the whole job, without QGIS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from osgeo import gdal

from ..core.engine import Block, EngineOptions, RunStatistics, plan_blocks, run_blocks
from ..core.errors import ChronocoverError
from ..core.feedback import Feedback
from ..core.files import refuse_overwriting_inputs
from ..core.grid import Extent, Grid, Window
from ..core.labels.legend import Legend, write_legend, write_qml
from ..core.provenance import Provenance
from ..core.raster_reading import RasterSource
from ..core.raster_writing import RasterOutput, raster_writer
from ..core.rasters import set_provenance
from ..core.series.image_series import ImageSeries
from ..core.series.reading import SeriesSource
from .card import ModelCard
from .matching import check_units, match_variables
from .season import Season, find_season, tolerance_of, widest_gap
from .session import BATCH, ModelSession

PROBABILITY_SCALE = 1e-4
NO_PROBABILITY = 65535


@dataclass(frozen=True)
class MapFiles:
    """Where the results go; empty: not wanted.

    ``class_map`` is byte or uint16, 0 = no data. The others are uint16 with the scale 1e-4 and nodata 65535:
    ``probabilities`` one band a class, ``confidence`` the highest probability, ``margin`` it minus the second highest.
    """

    class_map: str
    probabilities: str = ""
    confidence: str = ""
    margin: str = ""


@dataclass(frozen=True)
class MapSummary:
    """What a map holds: pixels with a class, pixels that were wanted but had no data, and of each class, by name."""

    pixels: int
    pixels_without_data: int
    class_pixels: dict[str, int]
    class_hectares: dict[str, float]
    season: Season
    statistics: RunStatistics


def classify_series(
    series_path: str,
    model_path: str,
    files: MapFiles,
    *,
    mask_path: str = "",
    extent: Extent | None = None,
    season: str = "",
    skip_units_check: bool = False,
    creation_options: Sequence[str] = (),
    provenance: Provenance | None = None,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> MapSummary:
    """Classify every pixel of an image series with a model.

    Args:
        series_path: the image series.
        model_path: the ``.onnx`` file.
        files: the outputs.
        mask_path: a raster; only where its first band is neither 0 nor nodata a class is given. On another grid it is
            taken onto the series' by nearest neighbour.
        extent: the part to map, in the CRS of the series; the map is as large as the pixels it touches.
        season: which season of the series, see :func:`models.season.find_season`.
        skip_units_check: do not compare the size of values with the training data's.
        creation_options: GDAL creation options for the outputs.
        provenance: what the outputs say of their origin; the model's hash is added.
        options: memory and threads.
        feedback: messages, progress, cancelling.

    Raises:
        ChronocoverError: series and model do not fit, a file cannot be read or written.
        CancelledError: the user cancelled; nothing is left.
    """
    feedback = feedback or Feedback()
    session = ModelSession.open(model_path)
    card = session.card
    if card.context != 1:
        raise ChronocoverError(f"The model {model_path} looks at more than one pixel. Update the plugin to use it.")
    series = ImageSeries.open(series_path)
    variables = match_variables(card, series)
    dates = sorted({band.date for band in series.bands if band.variable in variables})
    found = find_season(card.time_axis, dates, season)
    _tell(card, series, found, feedback)
    if not skip_units_check:
        check_units(card, series, found.dates)
    window = _window(series.grid, extent)
    source = SeriesSource(series, found.dates, variables)
    mask = RasterSource.on_grid(mask_path, series.grid) if mask_path else None
    outputs = _outputs(files, card.legend, (provenance or Provenance()).with_extra(model_sha256=session.sha256()))
    for output in outputs:
        refuse_overwriting_inputs(output.path, [series_path, model_path, mask_path, *source.files])

    sources = [source, *([mask] if mask else [])]
    # What a block's results need, and once more while they are put together.
    bytes_per_pixel = 2 * sum(output.bytes_per_pixel() for output in outputs)
    options = options or EngineOptions()
    plan = plan_blocks(
        series.grid, sources, window=window, bytes_per_pixel=bytes_per_pixel, divisible=True, options=options
    )
    counter = _Counter(series.grid, card.legend)
    with raster_writer(
        series.grid, outputs, window=window, tile=plan.tile, options=creation_options, feedback=feedback
    ) as writer:

        def compute(block: Block, values: np.ndarray, *masks: np.ndarray) -> tuple[list[np.ndarray], int]:
            wanted = _wanted(masks[0], mask_nodata) if masks else None
            return _classify_block(session, found, values, wanted, files, feedback)

        def consume(block: Block, result: tuple[list[np.ndarray], int]) -> None:
            arrays, wanted = result
            writer.write(block.window, *arrays)
            counter.add(block.window, arrays[0], wanted)

        def select(part: Window) -> bool:
            if mask_reader is None or _wanted(mask_reader.read(part), mask_nodata).any():
                return True
            writer.write(part, *[0 if output.nodata is None else output.nodata for output in outputs])
            return False

        mask_nodata = mask.nodata if mask else None
        mask_reader = mask.open() if mask else None
        statistics = run_blocks(
            series.grid, sources, compute, consume, select=select, options=options, feedback=feedback, plan=plan
        )
        if counter.pixels == 0:
            feedback.warning("No pixel got a class: there is no data in the series, or the mask leaves nothing.")
    return counter.summary(found, statistics)


def _tell(card: ModelCard, series: ImageSeries, season: Season, feedback: Feedback) -> None:
    feedback.info(f"Model: {card.title}. Classes: {', '.join(card.legend.names)}.")
    feedback.info(f"Series: {series.grid.describe()}; variables {', '.join(card.variables)}.")
    feedback.info(season.describe())
    gap = widest_gap(season)
    if gap > 2 * tolerance_of(season.axis):
        feedback.warning(f"The series has a gap of {gap} days within the season, over which values are interpolated.")


def _window(grid: Grid, extent: Extent | None) -> Window:
    if extent is None:
        return Window(0, 0, grid.width, grid.height)
    window = grid.window_of(extent)
    if window is None:
        raise ChronocoverError("The extent does not overlap the series. Choose another extent.")
    return window


def _outputs(files: MapFiles, legend: Legend, provenance: Provenance) -> list[RasterOutput]:
    """The class map, then what is wanted of probabilities, confidence and margin, in this order."""

    def describe_map(dataset: gdal.Dataset, path: str) -> None:
        dataset.GetRasterBand(1).SetDescription("class")
        set_provenance(dataset, provenance)
        write_legend(dataset, legend)
        write_qml(path, legend)

    def describe_probabilities(names: Sequence[str]) -> object:
        def describe(dataset: gdal.Dataset, path: str) -> None:
            set_provenance(dataset, provenance)
            for index, name in enumerate(names, start=1):
                dataset.GetRasterBand(index).SetDescription(name)
                dataset.GetRasterBand(index).SetScale(PROBABILITY_SCALE)
                dataset.GetRasterBand(index).SetOffset(0.0)

        return describe

    outputs = [RasterOutput(files.class_map, 1, legend.gdal_type, 0, describe_map)]
    for path, names in (
        (files.probabilities, legend.names),
        (files.confidence, ["confidence"]),
        (files.margin, ["margin"]),
    ):
        if path:
            described = describe_probabilities(names)
            outputs.append(RasterOutput(path, len(names), gdal.GDT_UInt16, NO_PROBABILITY, described))
    return outputs


def _wanted(mask: np.ndarray, nodata: float | None) -> np.ndarray:
    wanted = mask != 0
    if nodata is not None:
        wanted &= mask != nodata
    return wanted & ~np.isnan(mask) if mask.dtype.kind == "f" else wanted


def _classify_block(
    session: ModelSession,
    season: Season,
    values: np.ndarray,
    wanted: np.ndarray | None,
    files: MapFiles,
    feedback: Feedback,
) -> tuple[list[np.ndarray], int]:
    """The arrays of the outputs for one block, and the number of pixels that were wanted.

    ``values`` are float32 ``(rows, columns, dates, variables)``, ``wanted`` bool ``(rows, columns)``.
    """
    rows, columns = values.shape[:2]
    legend = session.card.legend
    pixels = values.reshape(rows * columns, *values.shape[2:])
    indices = None if wanted is None else np.flatnonzero(wanted)
    count = len(pixels) if indices is None else len(indices)
    codes = np.zeros(rows * columns, dtype=np.uint8 if legend.gdal_type == gdal.GDT_Byte else np.uint16)
    shapes = ((files.probabilities, len(legend)), (files.confidence, 1), (files.margin, 1))
    rest = [np.full((n, rows * columns), NO_PROBABILITY, np.uint16) if path else None for path, n in shapes]
    for start in range(0, count, BATCH):
        where = slice(start, min(start + BATCH, count)) if indices is None else indices[start : start + BATCH]
        batch = season.onto_axis(pixels[where])
        complete = ~np.isnan(batch[:, 0]).any(axis=1)  # gaps are filled: what misses one date misses all
        if not complete.all():
            batch = batch[complete]
            positions = np.arange(where.start, where.stop) if indices is None else where
            where = positions[complete]
        if not len(batch):
            continue
        labels, probabilities = session.predict(batch, feedback)
        codes[where] = labels
        for target, encoded in zip(rest, _encoded(probabilities, [array is not None for array in rest])):
            if target is not None:
                target[:, where] = encoded
    arrays = [codes.reshape(rows, columns)]
    arrays += [array.reshape(-1, rows, columns) for array in rest if array is not None]
    return arrays, count


def _encoded(probabilities: np.ndarray, needed: Sequence[bool]) -> list[np.ndarray | None]:
    """All probabilities, the highest, and its margin as uint16 ``(bands, n)``; None where not needed."""

    def encode(values: np.ndarray) -> np.ndarray:
        return np.rint(values / PROBABILITY_SCALE).astype(np.uint16)

    result: list[np.ndarray | None] = [encode(probabilities.T) if needed[0] else None, None, None]
    if needed[1] or needed[2]:
        top = probabilities.max(axis=1)
        result[1] = encode(top)[None] if needed[1] else None
        if needed[2]:
            several = probabilities.shape[1] > 1
            second = np.partition(probabilities, -2, axis=1)[:, -2] if several else np.zeros_like(top)
            result[2] = encode(top - second)[None]
    return result


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

    def summary(self, season: Season, statistics: RunStatistics) -> MapSummary:
        classes = self._legend.classes
        return MapSummary(
            pixels=self.pixels,
            pixels_without_data=self._wanted - self.pixels,
            class_pixels={c.name: int(self._pixels[c.code]) for c in classes},
            class_hectares={c.name: float(self._hectares[c.code]) for c in classes},
            season=season,
            statistics=statistics,
        )
