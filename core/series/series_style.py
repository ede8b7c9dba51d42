"""How QGIS shows a series when it opens: one date in good colours, and the series' period as temporal properties."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np
from osgeo import gdal

from ..feedback import Feedback
from ..files import atomic_output
from ..rasters import open_raster
from .image_series import DATA, SeriesBand

COMPOSITES = (("red", "green", "blue"), ("nir", "red", "green"), ("mir", "nir", "red"), ("nir", "red", "blue"))
SAMPLE = 256  # pixels a side that the stretch is computed from
STRETCH = (2, 98)  # percentiles


def write_series_qml(path: str, bands: Sequence[SeriesBand], feedback: Feedback) -> None:
    """Write the QGIS style beside a series, with which QGIS opens it.

    An image that cannot be read, because it is damaged, is told as a warning.

    Raises ChronocoverError if the style cannot be written.
    """
    shown = _bands_to_show(bands)
    text = _qml(bands, shown, _stretches(path, shown, feedback))
    with atomic_output(os.path.splitext(path)[0] + ".qml") as style, open(style, "w", encoding="utf-8") as file:
        file.write(text)


def _bands_to_show(bands: Sequence[SeriesBand]) -> list[SeriesBand]:
    data = [band for band in bands if band.role == DATA] or list(bands)
    by_date: dict = {}
    for band in data:
        by_date.setdefault(band.date, {}).setdefault(band.variable.lower(), band)
    dates = sorted(by_date)
    from_the_middle = sorted(range(len(dates)), key=lambda index: abs(index - len(dates) // 2))
    for names in COMPOSITES:
        for index in from_the_middle:
            day = by_date[dates[index]]
            if all(name in day for name in names):
                return [day[name] for name in names]
    day = by_date[dates[len(dates) // 2]]
    return [next(iter(day.values()))]


def _stretches(path: str, bands: Sequence[SeriesBand], feedback: Feedback) -> list[tuple[float, float]]:
    """Lowest and highest value to show for each band, in physical units."""
    dataset = open_raster(path, "image series")
    result = []
    for band in bands:
        values = _sample(dataset, band, feedback)
        valid = np.isfinite(values)
        if band.nodata is not None and np.isfinite(band.nodata):
            valid &= ~np.isclose(values, band.nodata, rtol=1e-6, atol=0)
        values = values[valid] * band.scale + band.offset
        low, high = np.percentile(values, STRETCH) if values.size else (0.0, 1.0)
        result.append((float(low), float(high) if high > low else float(low) + 1.0))
    return result


def _sample(dataset: gdal.Dataset, band: SeriesBand, feedback: Feedback) -> np.ndarray:
    columns, rows = min(SAMPLE, dataset.RasterXSize), min(SAMPLE, dataset.RasterYSize)
    gdal.ErrorReset()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        values = dataset.GetRasterBand(band.index).ReadAsArray(buf_xsize=columns, buf_ysize=rows)
        reason = gdal.GetLastErrorMsg()
    except RuntimeError as error:
        values, reason = None, str(error)
    finally:
        gdal.PopErrorHandler()
    if values is None:
        feedback.warning(f"The image of {band.description} cannot be read: {reason.rstrip('.')}. Is it complete?")
        return np.empty(0)
    return values.astype(np.float64)


def _qml(bands: Sequence[SeriesBand], shown: Sequence[SeriesBand], stretches: Sequence[tuple[float, float]]) -> str:
    first = min(band.date for band in bands)
    last = max(band.date_end or band.date for band in bands)
    if len(shown) == 3:
        colors = dict(zip(("red", "green", "blue"), zip(shown, stretches)))
        numbers = " ".join(f'{color}Band="{band.index}"' for color, (band, _) in colors.items())
        enhancements = "\n".join(
            _enhancement(f"{color}ContrastEnhancement", *item[1]) for color, item in colors.items()
        )
        renderer = f'<rasterrenderer type="multibandcolor" {numbers} opacity="1" alphaBand="-1" nodataColor="">'
    else:
        enhancements = _enhancement("contrastEnhancement", *stretches[0])
        renderer = (
            f'<rasterrenderer type="singlebandgray" grayBand="{shown[0].index}" gradient="BlackToWhite" opacity="1" '
            'alphaBand="-1" nodataColor="">'
        )
    return f"""<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Temporal">
  <temporal enabled="1" mode="0" fetchMode="0">
    <fixedRange>
      <start>{first.isoformat()}T00:00:00Z</start>
      <end>{last.isoformat()}T23:59:59Z</end>
    </fixedRange>
  </temporal>
  <pipe>
    {renderer}
{enhancements}
    </rasterrenderer>
    <brightnesscontrast brightness="0" contrast="0" gamma="1"/>
    <huesaturation saturation="0" grayscaleMode="0" colorizeOn="0"/>
    <rasterresampler maxOversampling="2"/>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
"""


def _enhancement(tag: str, low: float, high: float) -> str:
    return f"""      <{tag}>
        <minValue>{low:.9g}</minValue>
        <maxValue>{high:.9g}</maxValue>
        <algorithm>StretchToMinimumMaximum</algorithm>
      </{tag}>"""
