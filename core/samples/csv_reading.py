"""Samples from CSV files: a row for each sample and date, with one variable a row or one a column."""

from __future__ import annotations

import codecs
import csv
import datetime
import math
import os
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from osgeo import gdal, osr

from ..dates import day_of_text
from ..errors import ChronocoverError
from ..feedback import Feedback
from .columns import check_column_count, known_groups, legend_of_names
from .csv_columns import CsvColumnNames, CsvLayout
from .samples import Samples
from .seasons import come_from_several_years, onto_one_season
from .selection import random_keys

MISSING = frozenset(("", "na", "nan", "n/a", "null", "none", "-", "inf", "-inf"))
DELIMITERS = ",;\t|"
AUTOMATIC, ONE_SEASON, AS_DATED = YEARS = ("automatic", "one season", "as dated")
ROWS_BETWEEN_CHECKS = 50_000
NO_CLASS = ("", "0")


def read_csv_samples(
    paths: Sequence[str],
    names: CsvColumnNames | None = None,
    crs: str = "",
    years: str = AUTOMATIC,
    feedback: Feedback | None = None,
) -> Samples:
    """Read samples from one or several CSV files.

    Separator (comma, semicolon, tab), encoding (UTF-8 or else Windows-1252) and decimal commas are recognized. A
    sample's id counts within its file. The dates are all that occur; where a sample has no value for one, it is NaN.
    Rows without a class (empty or 0) are left out and counted.

    Args:
        paths: the files.
        names: column names, where the common ones do not do.
        crs: WKT of the coordinates; if empty a column ``crs`` tells, or columns such as longitude and latitude, which
            are WGS 84.
        years: what to do with samples of several years: ``one season`` puts them all onto one (see
            :mod:`core.samples.seasons`), ``as dated`` keeps all dates, ``automatic`` does the former if every sample
            covers one season at most.
        feedback: progress, cancelling and warnings.

    Returns:
        Samples in the order of the files. Groups are None without a group column: they are not known then.

    Raises:
        ChronocoverError: a row cannot be read, a sample has two classes or two values for a date and variable (file
            and line are named), there is nothing to read, or a samples table cannot hold so many dates.
    """
    feedback = feedback or Feedback()
    if not paths:
        raise ChronocoverError("No CSV file is given. Add at least one.")
    table = _Table(names or CsvColumnNames(), feedback)
    for number, path in enumerate(paths):
        table.read(path)
        feedback.progress((number + 1) / len(paths))
    return table.samples(crs, years)


def draw_per_class(samples: Samples, count: int, seed: int) -> Samples:
    """At most ``count`` random samples of each class, in their order; the same ones for the same seed."""
    keys = random_keys(np.arange(len(samples)), seed)
    keep = np.zeros(len(samples), dtype=bool)
    for name in samples.legend.names:
        of_class = np.flatnonzero(samples.classes == name)
        keep[of_class[np.argsort(keys[of_class], kind="stable")[:count]]] = True
    return samples.subset(keep)


class _Table:
    """The values of all files, as long as the dates and variables are not all known."""

    def __init__(self, names: CsvColumnNames, feedback: Feedback) -> None:
        self._names, self._feedback = names, feedback
        self._days: dict[datetime.date, int] = {}
        self._variables: dict[str, int] = {}
        self._classes: list[str] = []
        self._groups: list[str] = []
        self._places: list[tuple[float, float]] = []
        self._crs_texts: dict[str, None] = {}
        self._degrees: set[bool] = set()
        self._unlabelled = 0
        # One entry a value.
        self._sample, self._day, self._variable = array("q"), array("q"), array("q")
        self._value, self._line = array("f"), array("q")
        self._files: list[tuple[str, int]] = []

    def read(self, path: str) -> None:
        where = os.path.basename(path)
        self._files.append((where, len(self._value)))
        with _open_csv(path, where) as (reader, decimal_comma):
            header = next(reader, None)
            if not header:
                raise ChronocoverError(f"{where} is empty. Choose a CSV file with a header line.")
            layout = CsvLayout.of_header(header, self._names, where)
            self._degrees.add(layout.degrees)
            self._read_rows(reader, layout, len(header), where, decimal_comma)

    def _read_rows(
        self, reader: Iterator[list[str]], layout: CsvLayout, width: int, where: str, decimal_comma: bool
    ) -> None:
        ids: dict[str, int] = {}
        days: dict[str, int] = {}
        values = layout.values
        for count, row in enumerate(reader):
            if count % ROWS_BETWEEN_CHECKS == 0:
                self._feedback.check()
            if not row:
                continue
            line = reader.line_num
            if len(row) < width or any(map(str.strip, row[width:])):  # a decimal comma or row names shift columns
                raise ChronocoverError(
                    f"{where}, line {line}: {len(row)} columns instead of {width}. Correct the file."
                )
            class_name = row[layout.class_].strip()
            if class_name in NO_CLASS:
                self._unlabelled += 1
                continue
            try:
                sample = ids.get(row[layout.sample])
                if sample is None:
                    sample = ids[row[layout.sample]] = self._add_sample(row, layout, class_name, decimal_comma)
                elif self._classes[sample] != class_name:
                    raise ValueError(
                        f"the sample {row[layout.sample]} is of the class {self._classes[sample]} and {class_name}"
                    )
                day = days.get(row[layout.date])
                if day is None:
                    day = days[row[layout.date]] = self._day_index(row[layout.date])
                if not values:
                    values = self._numeric_columns(row, layout, where, decimal_comma)
                for column, variable in values:
                    name = row[layout.variable].strip() if layout.variable >= 0 else variable
                    self._value.append(_number(row[column], decimal_comma))
                    self._variable.append(self._variables.setdefault(name, len(self._variables)))
                    self._sample.append(sample)
                    self._day.append(day)
                    self._line.append(line)
            except ValueError as error:
                raise ChronocoverError(f"{where}, line {line}: {error}. Correct the file.") from error

    def _add_sample(self, row: list[str], layout: CsvLayout, class_name: str, decimal_comma: bool) -> int:
        if not row[layout.sample].strip():
            raise ValueError("the sample has no id")
        place = (math.nan, math.nan)
        if layout.x >= 0:
            place = _number(row[layout.x], decimal_comma), _number(row[layout.y], decimal_comma)
            if layout.degrees and (abs(place[0]) > 360 or abs(place[1]) > 90):
                raise ValueError(f"longitude {place[0]:g} and latitude {place[1]:g} are no place in degrees")
        self._classes.append(class_name)
        self._groups.append(row[layout.group].strip() if layout.group >= 0 else "")
        self._places.append(place)
        if layout.crs >= 0 and row[layout.crs].strip():
            self._crs_texts[row[layout.crs].strip()] = None
        return len(self._classes) - 1

    def _day_index(self, text: str) -> int:
        day = day_of_text(text)
        if day is None:
            raise ValueError(f"“{text}” is no date like 2021-03-06")
        return self._days.setdefault(day, len(self._days))

    def _numeric_columns(
        self, row: list[str], layout: CsvLayout, where: str, decimal_comma: bool
    ) -> tuple[tuple[int, str], ...]:
        numeric, other = [], []
        for column, name in layout.maybe_values:
            try:
                _number(row[column], decimal_comma)
                numeric.append((column, name))
            except ValueError:
                other.append(name)
        if not numeric:
            raise ValueError("no column holds values; name it in the parameters")
        if other:
            self._feedback.info(f"{where}: these columns hold no numbers and are left out: {', '.join(other)}.")
        self._feedback.info(f"{where}: values are read from {', '.join(name for _, name in numeric)}.")
        return tuple(numeric)

    def samples(self, crs: str, years: str) -> Samples:
        if self._unlabelled:
            self._feedback.warning(f"{self._unlabelled:,} rows have no class and are left out.")
        if not self._classes:
            raise ChronocoverError(f"There are no labelled samples in {', '.join(name for name, _ in self._files)}.")
        dates, variables = sorted(self._days), list(self._variables)
        classes = np.array(self._classes, dtype=object)
        places = np.array(self._places, dtype=np.float64)
        known = ~np.isnan(places).any(axis=1)
        places[~known] = np.nan
        if not known.any():
            self._feedback.warning("The samples have no coordinates, so they cannot be shown on a map.")
        day = np.array([dates.index(date) for date in self._days], dtype=np.intp)[np.asarray(self._day)]
        samples = Samples(
            values=self._cube(day, dates, variables),
            dates=dates,
            variables=variables,
            classes=classes,
            legend=legend_of_names(self._classes),
            groups=known_groups(self._groups, np.ones(len(classes), dtype=bool)),
            coordinates=places if known.any() else None,
            crs=self._crs(crs) if known.any() else "",
        )
        seen = np.zeros((len(classes), len(dates)), dtype=bool)
        seen[np.asarray(self._sample), day] = True
        if years == ONE_SEASON or (years == AUTOMATIC and come_from_several_years(dates, seen)):
            samples = onto_one_season(samples, seen)
            self._feedback.info(
                f"The samples have {len(dates)} dates from {dates[0]} to {dates[-1]}. They are put onto one season, "
                f"{samples.dates[0]} to {samples.dates[-1]}, by whole years."
            )
        check_column_count(len(samples.dates), len(variables))
        return samples

    def _cube(self, day: np.ndarray, dates: list[datetime.date], variables: list[str]) -> np.ndarray:
        flat = (np.asarray(self._sample) * len(dates) + day) * len(variables) + np.asarray(self._variable)
        order = np.argsort(flat, kind="stable")
        twins = np.flatnonzero(np.diff(flat[order]) == 0)
        if twins.size:
            entry = int(order[twins + 1].min())
            where = next(name for name, start in reversed(self._files) if start <= entry)
            raise ChronocoverError(
                f"{where}, line {self._line[entry]}: this sample has {variables[self._variable[entry]]} of "
                f"{dates[day[entry]].isoformat()} twice. Keep one of them."
            )
        cube = np.full(len(self._classes) * len(dates) * len(variables), np.nan, dtype=np.float32)
        cube[flat] = np.asarray(self._value)
        return cube.reshape(len(self._classes), len(dates), len(variables))

    def _crs(self, given: str) -> str:
        if given:
            return given
        if len(self._crs_texts) > 1:
            raise ChronocoverError(
                f"The samples are in several CRS: {', '.join(self._crs_texts)}. Import the files one by one."
            )
        text = next(iter(self._crs_texts), "EPSG:4326" if self._degrees == {True} else "")
        if not text:
            self._feedback.warning("The CRS of the coordinates is not known. Give it in the parameters.")
            return ""
        reference = osr.SpatialReference()
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        try:
            wrong = reference.SetFromUserInput(text) != 0
        except RuntimeError:
            wrong = True
        finally:
            gdal.PopErrorHandler()
        if wrong:
            raise ChronocoverError(f"The CRS “{text}” is not known. Give the CRS in the parameters.")
        return reference.ExportToWkt()


@contextmanager
def _open_csv(path: str, where: str) -> Iterator[tuple[Iterator[list[str]], bool]]:
    """A CSV reader, and whether numbers may have decimal commas."""
    try:
        with open(path, encoding=_encoding_of(path), newline="") as file:
            header = file.readline()
            file.seek(0)
            delimiter = max(DELIMITERS, key=header.count)
            yield csv.reader(file, delimiter=delimiter), delimiter != ","
    except OSError as error:
        raise ChronocoverError(f"Cannot read {path}: {error.strerror}. Check that the file exists.") from error
    except (csv.Error, UnicodeError) as error:
        raise ChronocoverError(f"{where} cannot be read as CSV: {error}. Is it a text file?") from error


def _encoding_of(path: str) -> str:
    with open(path, "rb") as file:
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while part := file.read(1 << 20):
                decoder.decode(part)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _number(text: str, decimal_comma: bool) -> float:
    try:
        value = float(text)
    except ValueError:
        plain = text.strip().lower()
        if plain in MISSING:
            return math.nan
        if not (decimal_comma and plain.count(",") == 1 and "." not in plain):
            raise ValueError(f"“{text}” is not a number") from None
        try:
            value = float(plain.replace(",", "."))
        except ValueError:
            raise ValueError(f"“{text}” is not a number") from None
    return value if math.isfinite(value) else math.nan
