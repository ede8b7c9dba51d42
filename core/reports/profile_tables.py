"""Cluster profiles and centres as tables: CSV files, and a GeoPackage table that QGIS can chart."""

from __future__ import annotations

import csv
import datetime
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from osgeo import gdal, ogr

from ..errors import ChronocoverError
from ..files import atomic_output
from ..labels.legend import Legend
from ..provenance import Provenance
from ..rasters import write_failure

PROFILE_COLUMNS = ("cluster", "name", "pixels", "hectares", "date", "variable", "mean", "p10", "p90")
CENTRE_COLUMNS = ("cluster", "name", "date", "variable", "centre")
LAYER = "profiles"
DIGITS = 7  # of a number: what float32 holds


@dataclass(frozen=True)
class ProfileTable:
    """Profiles of clusters with what belongs to them. The only date of an image without one is None.

    ``mean``, ``low`` and ``high`` are ``(k, dates, variables)``, NaN where a cluster is empty; ``pixels`` and
    ``hectares`` ``(k,)``, the latter None where things are not pixels of a raster.
    """

    legend: Legend
    dates: Sequence[datetime.date | None]
    variables: Sequence[str]
    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    pixels: np.ndarray
    hectares: np.ndarray | None = None

    def rows(self) -> Iterator[list[object]]:
        """One row a cluster, date and variable: :data:`PROFILE_COLUMNS`, None where there is no value."""
        for k, cluster in enumerate(self.legend.classes):
            hectares = None if self.hectares is None else round(float(self.hectares[k]), 6)
            for t, date in enumerate(self.dates):
                day = date.isoformat() if date else None
                for v, name in enumerate(self.variables):
                    numbers = [_number(array[k, t, v]) for array in (self.mean, self.low, self.high)]
                    yield [cluster.code, cluster.name, int(self.pixels[k]), hectares, day, name, *numbers]


def write_profile_csv(path: str, table: ProfileTable) -> None:
    """Write profiles as CSV (UTF-8). Raises ChronocoverError if it cannot be written."""
    _write_csv(path, PROFILE_COLUMNS, table.rows())


def write_centre_csv(
    path: str, legend: Legend, dates: Sequence[datetime.date], variables: Sequence[str], centres: np.ndarray
) -> None:
    """Write centres ``(k, dates, variables)`` as CSV (UTF-8). Raises ChronocoverError if it cannot be written."""
    rows = (
        [cluster.code, cluster.name, date.isoformat(), name, _number(centres[k, t, v])]
        for k, cluster in enumerate(legend.classes)
        for t, date in enumerate(dates)
        for v, name in enumerate(variables)
    )
    _write_csv(path, CENTRE_COLUMNS, rows)


def check_profile_layer(path: str) -> None:
    """Raise ChronocoverError if ``path`` is not the name of a GeoPackage."""
    if os.path.splitext(path)[1].lower() != ".gpkg":
        raise ChronocoverError(f"The profile table is a GeoPackage, and {path} does not end in .gpkg. Rename it.")


def write_profile_layer(path: str, table: ProfileTable, provenance: Provenance) -> None:
    """Write profiles as a GeoPackage table without geometry, with real dates.

    Raises:
        ChronocoverError: the name does not end in ``.gpkg``, or it cannot be written.
    """
    check_profile_layer(path)
    with atomic_output(path) as target:
        try:
            dataset = gdal.GetDriverByName("GPKG").Create(target, 0, 0, 0, gdal.GDT_Unknown)
            layer = dataset.CreateLayer(LAYER, None, ogr.wkbNone) if dataset else None
            if layer is None:
                raise RuntimeError(gdal.GetLastErrorMsg())
            types = (ogr.OFTInteger, ogr.OFTString, ogr.OFTInteger64, ogr.OFTReal, ogr.OFTDate, ogr.OFTString)
            for name, kind in zip(PROFILE_COLUMNS, (*types, ogr.OFTReal, ogr.OFTReal, ogr.OFTReal)):
                layer.CreateField(ogr.FieldDefn(name, kind))
            layer.SetMetadata(provenance.as_metadata())
            layer.StartTransaction()
            for row in table.rows():
                feature = ogr.Feature(layer.GetLayerDefn())
                for index, value in enumerate(row):
                    if value is not None:
                        feature.SetField(index, value)
                if layer.CreateFeature(feature) != ogr.OGRERR_NONE:
                    raise RuntimeError(gdal.GetLastErrorMsg())
            layer.CommitTransaction()
            del feature, layer, dataset
        except RuntimeError as error:
            raise write_failure(path, str(error)) from error


def _write_csv(path: str, columns: Sequence[str], rows: Iterator[list[object]]) -> None:
    with atomic_output(path) as target, open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def _number(value: float) -> float | None:
    return float(f"{value:.{DIGITS}g}") if np.isfinite(value) else None
