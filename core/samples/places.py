"""Places of interest in a series, points or polygons, and their curves over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from osgeo import ogr

from ..blocks import EngineOptions
from ..errors import ChronocoverError
from ..feedback import Feedback
from ..grid import Grid, Window
from ..labels.features import POINT, LabelFeature, LabelFeatures
from ..labels.rasterization import LabelBurner
from ..series.image_series import ImageSeries
from ..series.pixel_reading import PixelReader

MOST_PIXELS = 1000  # of one place that are read: their mean is that of all, near enough
BURNT_AT_ONCE = 4_000_000  # pixels
LOW, HIGH = 10, 90  # percentiles


@dataclass(frozen=True)
class Place:
    """One point or polygon on a grid.

    ``pixels`` are int64 row × width + column, ascending: those whose centre is in the polygon, or the one in which the
    point lies; of a polygon without such a pixel the one in its middle. Of a large polygon they are evenly thinned;
    ``size`` counts all.
    """

    id: int
    class_name: str
    pixels: np.ndarray
    size: int


@dataclass(frozen=True)
class PlaceCurve:
    """Values of a place over time, float64 ``(dates, variables)``, NaN where nothing was observed.

    ``low`` and ``high`` are the 10th and 90th percentile of its pixels, ``counts`` how many were observed.
    """

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    counts: np.ndarray


def choose_features(labels: LabelFeatures, count: int) -> LabelFeatures:
    """At most ``count`` features: as many of each class as there can be, spread evenly over the class's ids."""
    by_class: dict[str, list[LabelFeature]] = {}
    for feature in labels.features:
        by_class.setdefault(feature.class_name, []).append(feature)
    quotas = dict.fromkeys(by_class, 0)
    while sum(quotas.values()) < min(count, len(labels.features)):
        for name in by_class:
            if quotas[name] < len(by_class[name]) and sum(quotas.values()) < count:
                quotas[name] += 1
    chosen = []
    for name, features in by_class.items():
        middles = (np.arange(quotas[name]) + 0.5) * len(features) / max(1, quotas[name])
        chosen += [features[int(position)] for position in middles]
    order = dict(zip(labels.legend.names, labels.legend.codes))
    chosen.sort(key=lambda feature: (order[feature.class_name], feature.id))
    return replace(labels, features=tuple(chosen))


def find_places(
    labels: LabelFeatures, grid: Grid, most_pixels: int = MOST_PIXELS, feedback: Feedback | None = None
) -> list[Place]:
    """The places that lie on a grid; a pixel may be in several.

    Raises:
        ChronocoverError: none lies on it.
    """
    feedback = feedback or Feedback()
    places = []
    for feature in labels.features:
        feedback.check()
        pixels = _pixels_of(replace(labels, features=(feature,)), grid, feedback)
        if pixels.size:
            every = np.linspace(0, pixels.size - 1, min(pixels.size, max(1, most_pixels))).round().astype(np.int64)
            places.append(Place(feature.id, feature.class_name, pixels[every], int(pixels.size)))
    if not places:
        raise ChronocoverError(
            f"None of the {len(labels.features)} places lies on the image series. Check that they cover the same area, "
            "and that both have the right CRS."
        )
    outside = len(labels.features) - len(places)
    if outside:
        feedback.warning(
            f"{outside} of {len(labels.features)} places lie outside of the image series and are left out."
        )
    return places


def _pixels_of(feature: LabelFeatures, grid: Grid, feedback: Feedback) -> np.ndarray:
    shape = ogr.CreateGeometryFromWkb(feature.features[0].geometry)
    xmin, xmax, ymin, ymax = shape.GetEnvelope()
    margin = max(grid.resolution)
    window = grid.window_of((xmin - margin, ymin - margin, xmax + margin, ymax + margin))
    if window is None:
        return np.zeros(0, dtype=np.int64)
    burner, found = LabelBurner(feature, grid), []
    rows = max(1, BURNT_AT_ONCE // window.width)
    for start in range(0, window.height, rows):
        feedback.check()
        strip = Window(window.column, window.row + start, window.width, min(rows, window.height - start))
        row, column = np.nonzero(burner.burn(strip))
        found.append((row + strip.row).astype(np.int64) * grid.width + column + strip.column)
    pixels = np.concatenate(found)
    if pixels.size or feature.kind == POINT:
        return pixels
    middle = shape.PointOnSurface() or shape.Centroid()
    point = replace(feature.features[0], geometry=bytes(middle.ExportToWkb()))
    return _pixels_of(LabelFeatures(POINT, (point,), feature.legend), grid, feedback)


def pixels_within_memory(series: Sequence[ImageSeries], variables: int, places: int, options: EngineOptions) -> int:
    """How many pixels of each place can be read, at most :data:`MOST_PIXELS`, in a quarter of the memory budget."""
    values = max(len(one.dates) for one in series) * max(1, variables) * max(1, places)
    return int(np.clip(options.budget_bytes() // 4 // (4 * values), 1, MOST_PIXELS))


def read_curves(
    series: ImageSeries,
    variables: Sequence[str],
    places: Sequence[Place],
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> list[PlaceCurve]:
    """The curve of each place; only the blocks that hold its pixels are read.

    Args:
        series: on the grid on which the places were found.
        variables: names of axis 1 of the curves.
        places: see :func:`find_places`.
        options: memory and threads.
        feedback: progress and cancelling.
    """
    feedback = feedback or Feedback()
    pixels = np.unique(np.concatenate([place.pixels for place in places]))
    reader = PixelReader(series, variables, pixels, options or EngineOptions())
    values = reader.read(np.arange(len(pixels)), feedback)
    return [summarize(values[np.searchsorted(pixels, place.pixels)]) for place in places]


def summarize(values: np.ndarray) -> PlaceCurve:
    """The curve of values ``(n, dates, variables)``, NaN is missing."""
    missing = np.isnan(values).all(axis=0)
    shown = np.where(missing, 0.0, values.astype(np.float64))
    low, high = np.nanpercentile(shown, (LOW, HIGH), axis=0)
    mean = np.nanmean(shown, axis=0)
    for array in (mean, low, high):
        array[missing] = np.nan
    return PlaceCurve(mean, low, high, np.isfinite(values).sum(axis=0))


def class_curves(places: Sequence[Place], curves: Sequence[PlaceCurve]) -> dict[str, PlaceCurve]:
    """The curve of each class: mean and percentiles of the means of its places, by name, in order of the places."""
    means: dict[str, list[np.ndarray]] = {}
    for place, curve in zip(places, curves):
        means.setdefault(place.class_name, []).append(curve.mean)
    return {name: summarize(np.stack(each)) for name, each in means.items()}
