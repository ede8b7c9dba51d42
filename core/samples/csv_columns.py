"""What the columns of a CSV of samples mean: by the names that the user gives, else by common names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import ChronocoverError

SAMPLE_NAMES = ("sample", "sample_id", "sampleid", "id", "fid", "point_id", "pixel_id", "plot_id")
DATE_NAMES = ("date", "time", "datetime", "day", "timestamp", "acquisition_date")
CLASS_NAMES = ("class", "label", "class_name", "classname", "landcover", "land_cover", "crop", "crop_type")
VARIABLE_NAMES = ("variable", "band", "index_name", "band_name")
VALUE_NAMES = ("value", "reflectance")
GROUP_NAMES = ("group", "group_id", "polygon", "polygon_id")
CRS_NAMES = ("crs",)
DEGREES = (("longitude", "latitude"), ("lon", "lat"), ("long", "lat"), ("lng", "lat"))
PLACES = (*DEGREES, ("x", "y"), ("easting", "northing"), ("xcoord", "ycoord"))
NEVER_VALUES = ("", "fid", "ogc_fid", "geometry", "geom", "wkt", "start_date", "end_date", "year", "month", "doy")


@dataclass(frozen=True)
class CsvColumnNames:
    """The column names that the user gives; those left empty are found by common names, whatever their case.

    ``value`` may name several columns, separated by commas, where each variable has its own.
    """

    sample: str = ""
    class_: str = ""
    date: str = ""
    variable: str = ""
    value: str = ""
    group: str = ""


@dataclass(frozen=True)
class CsvLayout:
    """Positions of columns; -1 where there is none.

    ``values`` are the columns of values with their variables; ``maybe_values`` those that are ones if they hold
    numbers; with ``variable`` there is one column of values, and its rows name theirs.
    """

    sample: int
    date: int
    class_: int
    variable: int
    group: int
    x: int
    y: int
    crs: int
    degrees: bool
    values: tuple[tuple[int, str], ...]
    maybe_values: tuple[tuple[int, str], ...]

    @classmethod
    def of_header(cls, header: Sequence[str], names: CsvColumnNames, where: str) -> CsvLayout:
        """Find the columns.

        Raises:
            ChronocoverError: a name that the user gave, or one that is needed, is not in the header; ``where`` names
                the file.
        """
        folded = [name.strip().lower() for name in header]

        def find(given: str, common: Sequence[str], what: str = "") -> int:
            wanted = [given.strip().lower()] if given.strip() else common
            found = next((folded.index(name) for name in wanted if name in folded), -1)
            if found < 0 and (what or given.strip()):
                searched = (
                    f"“{given.strip()}”" if given.strip() else f"for the {what} (such as {', '.join(common[:3])})"
                )
                raise ChronocoverError(
                    f"{where} has no column {searched}. It has: {', '.join(header)}. Name the column in the parameters."
                )
            return found

        sample = find(names.sample, SAMPLE_NAMES, "sample")
        date = find(names.date, DATE_NAMES, "date")
        class_ = find(names.class_, CLASS_NAMES, "class")
        variable = find(names.variable, VARIABLE_NAMES)
        group = find(names.group, GROUP_NAMES)
        crs = find("", CRS_NAMES)
        place = next((pair for pair in PLACES if pair[0] in folded and pair[1] in folded), None)
        x, y = (folded.index(place[0]), folded.index(place[1])) if place else (-1, -1)
        taken = {sample, date, class_, variable, group, crs, x, y}

        values: list[tuple[int, str]] = []
        if names.value.strip():
            for name in names.value.split(","):
                column = find(name, ())
                values.append((column, header[column].strip()))
        elif find("", VALUE_NAMES) >= 0 and variable >= 0:
            values.append((find("", VALUE_NAMES), ""))
        if variable >= 0 and len(values) != 1:
            raise ChronocoverError(
                f"{where} has a column of variable names, “{header[variable]}”, and so needs one column of values. "
                f"It has: {', '.join(header)}. Name it in the parameters."
            )
        maybe = () if values else tuple(
            (column, header[column].strip())
            for column, name in enumerate(folded)
            if column not in taken and name not in NEVER_VALUES
        )  # fmt: skip
        return cls(sample, date, class_, variable, group, x, y, crs, place in DEGREES, tuple(values), maybe)
