"""The files of an extraction: the samples layer, and for use elsewhere CSV in long form and NumPy arrays."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from contextlib import ExitStack

import numpy as np
from osgeo import osr

from ..feedback import Feedback
from ..files import atomic_output
from ..provenance import Provenance
from .columns import short_decimals
from .samples import Samples
from .table import write_samples

CSV_COLUMNS = ("sample", "date", "variable", "value", "class", "group", "x", "y", "crs")
SAMPLES_AT_ONCE = 1000


def write_sample_files(
    samples: Samples, layer: str, csv_path: str, npz_path: str, provenance: Provenance, feedback: Feedback
) -> None:
    """Write the samples layer, and CSV and arrays where their paths are not empty: all of them or none.

    Raises:
        ChronocoverError: a file cannot be written.
    """
    with ExitStack() as files:
        works = [files.enter_context(atomic_output(path)) if path else "" for path in (layer, csv_path, npz_path)]
        write_samples(samples, works[0], provenance, feedback)
        if csv_path:
            write_csv(samples, works[1], feedback)
        if npz_path:
            write_npz(samples, works[2], provenance)
        feedback.check()


def write_csv(samples: Samples, path: str, feedback: Feedback | None = None) -> None:
    """Write one row for each sample, date and variable, in UTF-8: :data:`CSV_COLUMNS`.

    ``sample`` counts from 1; a missing value, an unknown group, place or CRS is empty. ``crs`` is a code such as
    ``EPSG:32633``, or a PROJ string for a CRS without one.

    Raises:
        ChronocoverError: the file cannot be written.
    """
    feedback = feedback or Feedback()
    with atomic_output(path) as target, open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(CSV_COLUMNS)
        for start in range(0, len(samples), SAMPLES_AT_ONCE):
            feedback.check()
            writer.writerows(_csv_rows(samples, slice(start, start + SAMPLES_AT_ONCE)))


def _csv_rows(samples: Samples, part: slice) -> Iterator[tuple[object, ...]]:
    steps = [(date.isoformat(), variable) for date in samples.dates for variable in samples.variables]
    crs = crs_text(samples.crs)
    values = short_decimals(samples.values[part])
    for number, row in enumerate(values.reshape(len(values), -1).tolist(), part.start):
        group = "" if samples.groups is None else samples.groups[number]
        x, y = (math.nan, math.nan) if samples.coordinates is None else samples.coordinates[number].tolist()
        place = ("", "", "") if math.isnan(x) else (repr(x), repr(y), crs)
        end = (samples.classes[number], group, *place)
        for (date, variable), value in zip(steps, row):
            yield (number + 1, date, variable, "" if math.isnan(value) else repr(value), *end)


def crs_text(wkt: str) -> str:
    """A CRS as short text: its authority's code, else a PROJ string; empty if there is none."""
    if not wkt:
        return ""
    reference = osr.SpatialReference()
    reference.ImportFromWkt(wkt)
    if reference.GetAuthorityCode(None):
        return f"{reference.GetAuthorityName(None)}:{reference.GetAuthorityCode(None)}"
    return reference.ExportToProj4()


def write_npz(samples: Samples, path: str, provenance: Provenance) -> None:
    """Write compressed NumPy arrays, none of them pickled (``numpy.load(path, allow_pickle=False)``).

    ``X`` float32 ``(n, dates, variables)`` with NaN for missing; ``y`` int64 ``(n,)`` class codes; ``classes`` ``(n,)``
    class names; ``class_codes`` and ``class_names`` the legend; ``groups`` ``(n,)`` texts, empty if unknown; ``dates``
    ISO 8601; ``variables``; ``coordinates`` float64 ``(n, 2)``, NaN if unknown, in ``crs`` (WKT); ``provenance`` JSON.

    Raises:
        ChronocoverError: the file cannot be written.
    """
    count = len(samples)
    coordinates = np.full((count, 2), np.nan) if samples.coordinates is None else samples.coordinates
    with atomic_output(path) as target, open(target, "wb") as file:
        np.savez_compressed(
            file,
            X=samples.values,
            y=samples.codes,
            classes=samples.classes.astype(str),
            class_codes=np.array(samples.legend.codes, dtype=np.int64),
            class_names=np.array(samples.legend.names, dtype=str),
            groups=np.full(count, "") if samples.groups is None else samples.groups.astype(str),
            dates=np.array([date.isoformat() for date in samples.dates], dtype=str),
            variables=np.array(samples.variables, dtype=str),
            coordinates=coordinates,
            crs=np.array(samples.crs),
            provenance=np.array(json.dumps(provenance.as_metadata(), ensure_ascii=False)),
        )
