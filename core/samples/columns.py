"""The columns of the samples table: ``class``, ``group``, and one a (date, variable) named ``<variable>_<YYYYMMDD>``.

The names alone tell dates and variables, so a table exported elsewhere, without our layer metadata, is read as well.
The metadata adds the true name of a variable whose name is no plain column name, and the legend.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..errors import ChronocoverError
from ..feedback import Feedback
from ..labels.legend import LARGEST_CODE, LandClass, Legend, distinct_color
from ..provenance import Provenance
from .samples import Samples

CLASS = "class"
GROUP = "group"
MAX_VALUE_COLUMNS = 1996
"""2,000 columns are SQLite's limit; the id, the geometry, the class and the group take four."""

FORMAT = "chronocover-samples-1"
_COLUMN = re.compile(r"(?P<variable>.+)_(?P<date>\d{8})")


def check_column_count(dates: int, variables: int, further: int = 0) -> None:
    """Raise ChronocoverError if a table of so many dates, variables and further fields is too wide to be written."""
    if dates * variables + further > MAX_VALUE_COLUMNS:
        others = f" and {further} further fields" if further else ""
        raise ChronocoverError(
            f"{dates} dates × {variables} variables make {dates * variables:,} columns{others}, and a samples table "
            f"takes at most {MAX_VALUE_COLUMNS:,}. Make a composite of fewer dates first, or choose fewer variables."
        )


def column_prefixes(variables: Sequence[str]) -> dict[str, str]:
    """The start of each variable's column names: letters, digits and ``_``, distinct also without regard to case."""
    prefixes: dict[str, str] = {}
    taken: set[str] = set()
    for variable in variables:
        plain = re.sub(r"\W+", "_", variable, flags=re.ASCII) or "variable"
        prefix, number = plain, 2
        while prefix.lower() in taken:
            prefix, number = f"{plain}_{number}", number + 1
        taken.add(prefix.lower())
        prefixes[variable] = prefix
    return prefixes


def column_names(dates: Sequence[datetime.date], variables: Sequence[str]) -> list[str]:
    """Names of the value columns, date-major."""
    prefixes = column_prefixes(variables)
    return [f"{prefixes[variable]}_{date:%Y%m%d}" for date in dates for variable in variables]


def table_metadata(samples: Samples, provenance: Provenance) -> dict[str, str]:
    """What the layer says about itself: format, dates, variables, legend and where it came from."""
    return {
        "CHRONOCOVER_FORMAT": FORMAT,
        "CHRONOCOVER_DATES": json.dumps([date.isoformat() for date in samples.dates]),
        "CHRONOCOVER_VARIABLES": json.dumps(column_prefixes(samples.variables), ensure_ascii=False),
        "CHRONOCOVER_LEGEND": json.dumps(samples.legend.as_dicts(), ensure_ascii=False),
        **provenance.as_metadata(),
    }


@dataclass(frozen=True)
class ValueColumns:
    """Which column of a table holds which date and variable."""

    names: tuple[str, ...]
    dates: list[datetime.date]
    variables: list[str]
    positions: np.ndarray
    """``(columns,)`` where each column belongs in a flattened ``(dates, variables)`` array."""

    @classmethod
    def of_fields(cls, fields: Sequence[str], metadata: Mapping[str, str], where: str) -> ValueColumns:
        """Find the value columns among a table's field names; other fields are left alone.

        Raises:
            ChronocoverError: there is none; ``where`` names the table.
        """
        true_names = {prefix.lower(): name for name, prefix in _variables_in(metadata).items()}
        found: list[tuple[str, datetime.date, str]] = []
        for field in fields:
            match = _COLUMN.fullmatch(field)
            date = _parse_date(match["date"]) if match else None
            if date is not None:
                found.append((field, date, true_names.get(match["variable"].lower(), match["variable"])))
        if not found:
            raise ChronocoverError(
                f"{where} has no columns of values named like “ndvi_20210306” (variable, date). Use a samples layer "
                "of “Extract samples” or “Import samples”; a shapefile cuts such names off, a GeoPackage does not."
            )
        dates = sorted({date for _, date, _ in found})
        present = {variable for _, _, variable in found}
        ordered = [name for name in _variables_in(metadata) if name in present]
        variables = list(dict.fromkeys(ordered + [variable for _, _, variable in found]))
        date_index = {date: i for i, date in enumerate(dates)}
        variable_index = {variable: i for i, variable in enumerate(variables)}
        positions = [date_index[date] * len(variables) + variable_index[variable] for _, date, variable in found]
        return cls(tuple(field for field, _, _ in found), dates, variables, np.array(positions, dtype=np.intp))

    def arrange(self, rows: np.ndarray) -> np.ndarray:
        """Values ``(n, columns)`` as float32 ``(n, dates, variables)``; a column that is not there is NaN."""
        flat = np.full((len(rows), len(self.dates) * len(self.variables)), np.nan, dtype=np.float32)
        flat[:, self.positions] = rows
        return flat.reshape(len(rows), len(self.dates), len(self.variables))


def class_field(fields: Sequence[str], where: str) -> str:
    """The name of the class field. Raises ChronocoverError if the table has none."""
    name = _field_called(fields, CLASS)
    if name is None:
        raise ChronocoverError(f"{where} has no field “{CLASS}”. It has: {', '.join(list(fields)[:12])}.")
    return name


def group_field(fields: Sequence[str]) -> str | None:
    """The name of the group field; None if the table has none."""
    return _field_called(fields, GROUP)


def short_decimals(values: np.ndarray) -> np.ndarray:
    """float32 values as float64 that show as people wrote them (0.3883, not 0.38830000162) and convert back equal."""
    result = values.astype(np.float64)
    todo = np.ones(result.shape, dtype=bool)
    for decimals in (4, 6, 8):
        rounded = np.round(result, decimals)
        same = todo & (rounded.astype(np.float32) == values)
        result[same] = rounded[same]
        todo &= ~same
    return result


def _field_called(fields: Sequence[str], wanted: str) -> str | None:
    return next((field for field in fields if field.lower() == wanted), None)


def samples_of_rows(
    columns: ValueColumns,
    values: np.ndarray,
    classes: Sequence[object],
    groups: Sequence[object] | None,
    coordinates: np.ndarray,
    crs: str,
    metadata: Mapping[str, str],
    where: str,
    feedback: Feedback,
    regions: Sequence[object] | None = None,
) -> Samples:
    """Make samples of a table's rows as they are now, whatever the user edited since they were written.

    Rows without a class are left out and counted. Classes that the metadata knows keep code and colour; a new or
    renamed class gets a code of its own; a class that no row has any more is left out of the legend, with a warning.

    Args:
        values: float32 ``(n, dates, variables)``.
        classes: n values of the class field; None is no class.
        groups: n values of the group field, None where a row has none; None if there is no such field.
        coordinates: float64 ``(n, 2)``, NaN where a row has no geometry.
        regions: n values of the field that tells regions, None where a row has none; None if there is no such field.

    Raises:
        ChronocoverError: no row has a class; ``where`` names the table.
    """
    names = np.array([_text(value) for value in classes], dtype=object)
    keep = np.array([has_class(value) for value in classes])
    if not keep.any():
        raise ChronocoverError(f"{where} has no samples with a class. Check the layer and its filter.")
    if not keep.all():
        feedback.warning(f"{where}: {int((~keep).sum()):,} rows have no class and are left out.")
    names = names[keep]
    legend = current_legend(names, metadata, where, feedback)
    coordinates = coordinates[keep]
    return Samples(
        values=values[keep],
        dates=columns.dates,
        variables=columns.variables,
        classes=names,
        legend=legend,
        groups=None if groups is None else known_groups([_text(value) for value in groups], keep),
        coordinates=None if np.isnan(coordinates).all() else coordinates,
        crs=crs,
        regions=None if regions is None else np.array([_text(value) or None for value in regions], object)[keep],
    )


def has_class(value: object) -> bool:
    """Whether the class field's value is a class: 0 is none."""
    return _text(value) not in ("", "0")


def current_legend(classes: np.ndarray, metadata: Mapping[str, str], where: str, feedback: Feedback) -> Legend:
    """The legend of the classes that occur, with the codes and colours that the metadata gives them."""
    occurring = sorted(set(classes.tolist()))
    known = _legend_in(metadata)
    if known is None:
        return legend_of_names(occurring)
    emptied = [name for name in known.names if name not in occurring]
    if emptied:
        feedback.warning(f"{where}: no sample is left of the class {', '.join(emptied)}; it is left out.")
    kept = [land_class for land_class in known.classes if land_class.name in occurring]
    taken = set(known.codes)
    numbered = all(_is_code(name) for name in (*known.names, *occurring))
    for name in occurring:
        if name in known.names:
            continue
        code = int(name) if numbered else max(taken, default=0) + 1
        if code > LARGEST_CODE:
            code = next(free for free in range(1, LARGEST_CODE + 1) if free not in taken)
        feedback.info(f"{where}: the class {name} is new; it gets the code {code}.")
        kept.append(LandClass(code, name, distinct_color(len(taken))))
        taken.add(code)
    return Legend(tuple(sorted(kept, key=lambda land_class: land_class.code)))


def legend_of_names(names: Iterable[str]) -> Legend:
    """The legend of class names alone: whole numbers are their own codes, if all are."""
    distinct = set(names)
    return Legend.of_values([int(name) for name in distinct] if all(map(_is_code, distinct)) else distinct)


def _is_code(name: str) -> bool:
    return name.isdecimal() and name == str(int(name)) and 0 < int(name) <= LARGEST_CODE


def known_groups(groups: Sequence[str], keep: np.ndarray) -> np.ndarray | None:
    """Object array of the kept rows' groups; one without is a group of its own, and None if all are without."""
    texts = np.array(groups, dtype=object)
    if not (texts[keep] != "").any():
        return None
    for row in np.flatnonzero(texts == ""):
        texts[row] = f"row {row + 1}"
    return texts[keep]


def _text(value: object) -> str:
    if value is None or value != value:  # NaN is not itself
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _parse_date(digits: str) -> datetime.date | None:
    try:
        return datetime.datetime.strptime(digits, "%Y%m%d").date()
    except ValueError:
        return None


def _variables_in(metadata: Mapping[str, str]) -> dict[str, str]:
    return json.loads(metadata.get("CHRONOCOVER_VARIABLES", "{}"))


def _legend_in(metadata: Mapping[str, str]) -> Legend | None:
    text = metadata.get("CHRONOCOVER_LEGEND")
    return Legend.from_dicts(json.loads(text)) if text else None
