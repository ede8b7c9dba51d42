"""From an image series and a model to a map: the whole job, without QGIS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import onnxruntime
from osgeo import gdal

from ..core.engine import EngineOptions, RunStatistics
from ..core.errors import ChronocoverError
from ..core.feedback import Feedback
from ..core.files import refuse_overwriting_inputs
from ..core.grid import Extent
from ..core.labels.legend import Legend, write_legend, write_qml
from ..core.notices import gathered_notices
from ..core.provenance import Provenance
from ..core.raster_writing import RasterOutput
from ..core.rasters import close_raster, open_quietly, set_provenance
from ..core.series.image_series import ImageSeries
from ..core.series.reading import SeriesSource
from .block_mapping import MapRun, PixelMask, window_of
from .card import CLUSTERING, SEGMENTATION
from .device_choices import CPU
from .matching import match_series
from .patches.mapping import map_patches
from .pixel_mapping import map_pixels
from .season import Season
from .session import ModelSession

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
    device: str = CPU,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> MapSummary:
    """Classify every pixel of an image series with a model, a segmentation of patches too.

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
        provenance: what the outputs say of their origin; the model's hash and what ran it are added.
        device: what is to run the model, one of :data:`models.device_choices.CHOICES`. Only the processor
            gives the same probabilities to the last digit whatever the number of threads and the size of blocks.
        options: memory and threads.
        feedback: messages, progress, cancelling.

    Raises:
        ChronocoverError: series and model do not fit, a file cannot be read or written.
        CancelledError: the user cancelled; no output is left.
    """
    feedback = feedback or Feedback()
    session = ModelSession.open(model_path, device, feedback)
    card = session.card
    if card.kind == CLUSTERING:
        raise ChronocoverError(
            f"The model {model_path} is a clustering, which has no classes to predict. Use “Assign clusters” for it."
        )
    series = ImageSeries.open(series_path)
    found = match_series(card, series, season, skip_units_check, feedback)
    window = window_of(series.grid, extent)
    source = SeriesSource(series, found.dates, card.variables)
    mask = PixelMask.on_grid(mask_path, series.grid) if mask_path else None
    origin = (provenance or Provenance()).with_extra(
        model=card.title,
        model_sha256=session.sha256(),
        model_seed=card.parameters.get("seed", ""),
        onnxruntime=onnxruntime.__version__,
        device=session.device,
    )
    outputs = _outputs(files, card.legend, origin)
    for output in outputs:
        refuse_overwriting_inputs(output.path, [series_path, model_path, mask_path, *source.files])

    prediction = _Prediction(session, tuple(bool(path) for path in list(vars(files).values())[1:]))
    run = MapRun(
        outputs,
        card.legend,
        mask,
        window,
        settings={
            "model": session.sha256(),
            "dates": found.dates,
            "variables": card.variables,
            "device": session.device,
            "versions": {**(provenance.versions if provenance else {}), "onnxruntime": onnxruntime.__version__},
        },
        creation_options=creation_options,
        options=options or EngineOptions(),
        feedback=feedback,
    )
    with gathered_notices() as notices:  # of the workers of a cluster: those here are the session's
        if card.kind == SEGMENTATION:
            counts = map_patches(source, run, found, session, prediction.encode)
        else:
            batch = session.pixels_at_once
            counts = map_pixels(source, run, found.onto_axis, prediction, context=card.context, batch=batch)
    for sentence in session.troubles:
        feedback.warning(sentence)
    if session.troubles or notices:
        _name_processor_too(session, outputs)
    return MapSummary(
        counts.pixels,
        counts.pixels_without_data,
        counts.class_pixels,
        counts.class_hectares,
        found,
        counts.statistics,
    )


def _name_processor_too(session: ModelSession, outputs: Sequence[RasterOutput]) -> None:
    for output in outputs:
        dataset, _ = open_quietly(output.path, gdal.OF_RASTER | gdal.OF_UPDATE)
        if dataset is not None:
            dataset.SetMetadataItem("CHRONOCOVER_DEVICE", f"{session.device} and {CPU}")
            close_raster(dataset, output.path)


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


@dataclass(frozen=True)
class _Prediction:
    """What a model finds in a batch: codes, then what is ``needed`` of probabilities, confidence and margin."""

    session: ModelSession
    needed: tuple[bool, ...]

    def __call__(self, batch: np.ndarray) -> list[np.ndarray]:
        codes, probabilities = self.session.predict(batch)
        return [codes, *self.encode(probabilities)]

    def encode(self, probabilities: np.ndarray) -> list[np.ndarray]:
        """Float32 ``(n, classes)`` as the outputs after the map hold them."""
        return _encoded(probabilities, self.needed)


def _encoded(probabilities: np.ndarray, needed: Sequence[bool]) -> list[np.ndarray]:
    """What is needed of all probabilities, the highest, and its margin, as uint16 ``(bands, n)``."""

    def encode(values: np.ndarray) -> np.ndarray:
        return np.rint(values / PROBABILITY_SCALE).astype(np.uint16)

    result = [encode(probabilities.T)] if needed[0] else []
    if needed[1] or needed[2]:
        top = probabilities.max(axis=1)
        result += [encode(top)] if needed[1] else []
        if needed[2]:
            several = probabilities.shape[1] > 1
            second = np.partition(probabilities, -2, axis=1)[:, -2] if several else np.zeros_like(top)
            result.append(encode(top - second))
    return result
