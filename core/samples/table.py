"""The samples layer: a GeoPackage of points that QGIS opens and people edit, written and read quickly.

OGR makes and describes the layer, so that any GDAL from 3.4 on reads it; the rows go through SQLite itself, which
is several times as fast as OGR's features. A sample without coordinates has a NULL geometry.
"""

from __future__ import annotations

import os
import sqlite3
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr, osr

from ..errors import ChronocoverError
from ..feedback import Feedback
from ..files import atomic_output
from ..geopackage import steady_dates
from ..labels.vector_style import write_vector_qml
from ..provenance import Provenance
from ..rasters import open_quietly, write_failure
from .columns import (
    CLASS,
    GROUP,
    ValueColumns,
    check_column_count,
    class_field,
    column_names,
    group_field,
    samples_of_rows,
    short_decimals,
    table_metadata,
)
from .samples import Samples

LAYER = "samples"
GEOMETRY = "geom"
ROWS_AT_ONCE = 5000
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)


def write_samples(
    samples: Samples,
    path: str,
    provenance: Provenance,
    feedback: Feedback | None = None,
    further: Mapping[str, np.ndarray] | None = None,
    write_style: Callable[[str], None] | None = None,
) -> None:
    """Write samples as a GeoPackage with its style (``.qml``) beside it; missing values are NULL.

    Args:
        samples: what to write.
        path: of the GeoPackage.
        provenance: where they come from.
        feedback: progress and cancelling.
        further: more columns ``(n,)`` by name, written after the group: whole numbers, real ones (NaN is NULL), or an
            object array of texts or numbers (None is NULL).
        write_style: writes the style beside the file that it is given; by default the colours of the classes.

    Raises:
        ChronocoverError: there are more columns than a table takes, or the file cannot be written.
    """
    further = further or {}
    check_column_count(len(samples.dates), len(samples.variables), len(further))
    check_path(path)
    with atomic_output(path) as target, steady_dates():
        try:
            _create_layer(target, samples, provenance, further)
            _insert_rows(target, samples, feedback or Feedback(), further)
            _index_points(target)
        except (RuntimeError, sqlite3.Error) as error:
            raise write_failure(path, str(error)) from error
        if write_style:
            write_style(target)
        else:
            write_vector_qml(target, CLASS, samples.legend, "point")


def check_path(path: str) -> None:
    """Raise ChronocoverError if ``path`` is not the name of a GeoPackage."""
    if os.path.splitext(path)[1].lower() != ".gpkg":
        raise ChronocoverError(f"The samples layer is a GeoPackage, and {path} does not end in .gpkg. Rename it.")


def read_samples(path: str, layer: str | None = None, feedback: Feedback | None = None) -> Samples:
    """Read a samples layer as it is now; ``layer`` is the table's name, by default ``samples`` or the only one.

    Raises:
        ChronocoverError: it is no GeoPackage with a samples table, or no row has a class.
    """
    feedback = feedback or Feedback()
    layer, fields, metadata, crs = describe_table(path, layer)
    where = f"The samples layer {os.path.basename(path)}"
    columns = ValueColumns.of_fields(fields, metadata, where)
    group = group_field(fields)
    try:
        with closing(sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro", uri=True)) as database:
            geometry = database.execute(
                "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (layer,)
            ).fetchone()
            selected = [
                _quoted(geometry[0]) if geometry else "NULL",
                _quoted(class_field(fields, where)),
                _quoted(group) if group else "NULL",
                *map(_quoted, columns.names),
            ]
            cursor = database.execute(f"SELECT {', '.join(selected)} FROM {_quoted(layer)}")
            points, classes, groups, values = [], [], [], []
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                feedback.check()
                points.append(np.array([point_of_blob(row[0]) for row in rows], dtype=np.float64))
                classes.extend(row[1] for row in rows)
                groups.extend(row[2] for row in rows)
                values.append(columns.arrange(np.array([row[3:] for row in rows], dtype=np.float64)))
    except (sqlite3.Error, ValueError) as error:
        raise ChronocoverError(f"{where} cannot be read: {error}. Check that the file is complete.") from error
    if not values:
        raise ChronocoverError(f"{where} is empty: it has no samples.")
    return samples_of_rows(
        columns,
        np.concatenate(values),
        classes,
        groups if group else None,
        np.concatenate(points),
        crs,
        metadata,
        where,
        feedback,
    )


def describe_table(path: str, layer: str | None = None) -> tuple[str, list[str], dict[str, str], str]:
    """Name, field names, layer metadata and CRS (WKT) of a table in a GeoPackage.

    Raises:
        ChronocoverError: the file cannot be opened, or has no such table.
    """
    dataset, reason = open_quietly(path, gdal.OF_VECTOR, ["GPKG"])
    if dataset is None:
        reason = reason or "it is not a GeoPackage"
        raise ChronocoverError(f"Cannot open the samples layer {path}: {reason}.")
    names = [dataset.GetLayer(i).GetName() for i in range(dataset.GetLayerCount())]
    if layer is None:
        layer = names[0] if len(names) == 1 else LAYER
    if layer not in names:
        raise ChronocoverError(f"{path} has no table “{layer}”. It has: {', '.join(names) or 'none'}.")
    table = dataset.GetLayerByName(layer)
    definition = table.GetLayerDefn()
    fields = [definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())]
    reference = table.GetSpatialRef()
    return layer, fields, table.GetMetadata() or {}, reference.ExportToWkt() if reference else ""


def point_of_blob(blob: bytes | None) -> tuple[float, float]:
    """x and y of a GeoPackage geometry (OGC 12-128r18, 2.1.3); NaN for NULL and empty ones."""
    if blob is None:
        return np.nan, np.nan
    start = 8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 7]
    order = "<" if blob[start] else ">"
    if struct.unpack_from(f"{order}I", blob, start + 1)[0] % 1000 == ogr.wkbPoint:
        return struct.unpack_from(f"{order}2d", blob, start + 5)
    geometry = ogr.CreateGeometryFromWkb(bytes(blob[start:]))
    if geometry is None or geometry.IsEmpty():
        return np.nan, np.nan
    center = geometry.Centroid()  # a layer exported as multipoints
    return center.GetX(), center.GetY()


def _create_layer(path: str, samples: Samples, provenance: Provenance, further: Mapping[str, np.ndarray]) -> None:
    dataset = gdal.GetDriverByName("GPKG").Create(path, 0, 0, 0, gdal.GDT_Unknown)
    if dataset is None:
        raise RuntimeError(gdal.GetLastErrorMsg())
    reference = None
    if samples.crs:
        reference = osr.SpatialReference()
        reference.ImportFromWkt(samples.crs)
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    options = ["SPATIAL_INDEX=NO", f"GEOMETRY_NAME={GEOMETRY}", "FID=fid"]  # the index comes after the rows
    layer = dataset.CreateLayer(LAYER, reference, ogr.wkbPoint, options)
    if layer is None:
        raise RuntimeError(gdal.GetLastErrorMsg())
    for name in (CLASS, GROUP):
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    for name, column in further.items():
        layer.CreateField(ogr.FieldDefn(name, _field_type(column)))
    for name in column_names(samples.dates, samples.variables):
        layer.CreateField(ogr.FieldDefn(name, ogr.OFTReal))
    layer.SetMetadata(table_metadata(samples, provenance))
    dataset.FlushCache()
    if layer.GetLayerDefn().GetFieldCount() != 2 + len(further) + len(samples.dates) * len(samples.variables):
        raise RuntimeError(gdal.GetLastErrorMsg())


def _field_type(column: np.ndarray) -> int:
    kinds = {type(value) for value in column.tolist() if value is not None}
    return ogr.OFTInteger64 if kinds <= {int, bool} else ogr.OFTReal if kinds <= {int, bool, float} else ogr.OFTString


def _insert_rows(path: str, samples: Samples, feedback: Feedback, further: Mapping[str, np.ndarray]) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA synchronous = OFF")  # the file gets its name only when it is whole
        srs_id = database.execute("SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (LAYER,)).fetchone()[
            0
        ]
        names = [GEOMETRY, CLASS, GROUP, *further, *column_names(samples.dates, samples.variables)]
        marks = ", ".join("?" * len(names))
        database.executemany(
            f"INSERT INTO {LAYER} ({', '.join(map(_quoted, names))}) VALUES ({marks})",
            _rows(samples, srs_id, feedback, further),
        )
        if samples.coordinates is not None and not np.isnan(samples.coordinates).all():
            low, high = np.nanmin(samples.coordinates, axis=0), np.nanmax(samples.coordinates, axis=0)
            database.execute(
                "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
                (*low.tolist(), *high.tolist(), LAYER),
            )
        database.execute("UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = ?", (len(samples), LAYER))
        database.commit()


def _rows(
    samples: Samples, srs_id: int, feedback: Feedback, further: Mapping[str, np.ndarray]
) -> Iterator[list[object]]:
    header = struct.pack("<2sBBi", b"GP", 0, 1, srs_id) + struct.pack("<BI", 1, ogr.wkbPoint)
    for start in range(0, len(samples), ROWS_AT_ONCE):
        feedback.check()
        feedback.progress(start / len(samples))
        part = slice(start, start + ROWS_AT_ONCE)
        classes = samples.classes[part]
        values = short_decimals(samples.values[part]).reshape(len(classes), -1).tolist()
        groups = [None] * len(classes) if samples.groups is None else samples.groups[part]
        blobs = [None] * len(classes)
        if samples.coordinates is not None:
            points = samples.coordinates[part].astype("<f8")
            blobs = [
                None if unknown else header + point.tobytes()
                for point, unknown in zip(points, np.isnan(points).any(axis=1).tolist())
            ]
        more = zip(*(column[part].tolist() for column in further.values())) if further else [()] * len(classes)
        for blob, name, group, others, row in zip(blobs, classes, groups, more, values):
            yield [blob, name, group, *others, *row]  # SQLite stores NaN as NULL


def _index_points(path: str) -> None:
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_UPDATE)
    if dataset is None:
        raise RuntimeError(gdal.GetLastErrorMsg())
    result = dataset.ExecuteSQL(f"SELECT CreateSpatialIndex('{LAYER}', '{GEOMETRY}')")
    if result is not None:
        dataset.ReleaseResultSet(result)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
