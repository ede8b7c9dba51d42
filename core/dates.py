"""The date of an image: from its metadata, from the names of its file and folders, or by the user's regular expression.

Nothing is guessed: where names hold several different dates and no known product name decides, that is an error.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Mapping

from .errors import ChronocoverError

FIRST_YEAR, LAST_YEAR = 1970, 2100

METADATA_ITEMS = (
    "ACQUISITIONDATETIME",  # GDAL's IMAGERY domain, for the products whose metadata files it reads
    "START_TIME",
    "START_DATETIME",  # STAC
    "DATETIME",  # STAC
    "FORCE_DATE",  # the item Date in FORCE's own domain
    "ACQUISITION_TIME",  # ENVI
    "DATE_ACQUIRED",  # Landsat
    "SENSING_TIME",  # HLS
    "PRODUCT_START_TIME",  # Sentinel-2
    "RANGEBEGINNINGDATE",  # MODIS
)
LAST_RESORT = "TIFFTAG_DATETIME"  # often the day on which the file was written

# Product names that hold several dates; the group is the day of acquisition.
PRODUCT_NAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![A-Z0-9])S2[A-D]_MSIL\d[A-Z]_(\d{8})T\d{6}_",
        r"(?<![A-Z0-9])S2[A-D]_OPER_.*_V(\d{8})T\d{6}_",
        r"(?<![A-Z0-9])S2[A-D]_OPER_MSI_.*_S(\d{8})T\d{6}_",
        r"(?<![A-Z0-9])S1[A-D]_[A-Z0-9]{2}_[A-Z0-9_]{4}_\w{4}_(\d{8})T\d{6}_\d{8}T\d{6}_",
        r"(?<![A-Z0-9])S3[A-D]_\w+?_(\d{8})T\d{6}_\d{8}T\d{6}_",
        r"(?<![A-Z0-9])L[COTEM]\d\d_L\w{3}_\d{6}_(\d{8})_\d{8}_\d\d_\w\w",
        r"(?<![A-Z0-9])L[COTEM]\d\d{6}(\d{7})(?!\d)",
        r"(?<![A-Z0-9])HLS\.[LS]30\.T\w{5}\.(\d{7})T\d{6}",
        r"(?<![A-Z0-9])(?:M[OYC]D|VNP|VJ1)\w+\.A(\d{7})\.",
        r"(?<![A-Z0-9])(\d{8})_\d{6}_(?:\d+_)?[0-9a-f]{4}_(?:1|3)[AB]_",
    )
)
# A digit before or after makes it part of a longer number: a tile, an orbit, a time stamp.
DATE_IN_NAME = re.compile(r"(?<!\d)(?:(\d{4})([-_.]?)(\d\d)\2(\d\d)|(\d{4})(\d{3}))(?!\d)")


def day_of_text(text: str) -> datetime.date | None:
    """The day that a text starts with: ``2021-03-06…``, ``2021:03:06…``, ``20210306…``, ``2021065``, ``2021-03``.

    A month without a day gives its first. None if it is no date or outside the years 1970 to 2100.
    """
    text = text.strip()
    match = re.match(r"(\d{4})[-:/_.](\d\d?)[-:/_.](\d\d?)(?!\d)", text) or re.match(
        r"(\d{4})(\d\d)(\d\d)(?:T?\d{6}.*|T.*)?$", text
    )
    if match:
        return _day(*map(int, match.groups()))
    match = re.match(r"(\d{4})-?(\d{3})$", text)
    if match:
        return _day_of_year(int(match.group(1)), int(match.group(2)))
    match = re.match(r"(\d{4})[-_.]?(\d\d)$", text)
    return _day(int(match.group(1)), int(match.group(2)), 1) if match else None


def day_typed(text: str | None, what: str) -> datetime.date | None:
    """A day that the user typed; None if empty. Raises ChronocoverError naming ``what`` it is if it is no date."""
    if not text or not text.strip():
        return None
    day = day_of_text(text)
    if day is None:
        raise ChronocoverError(
            f"{what}: “{text}” is not a date. Write it as 2021-03-06, a year from {FIRST_YEAR} to {LAST_YEAR}."
        )
    return day


def day_in_name(name: str) -> datetime.date | None:
    """The day that a file or folder name holds; None if it holds none.

    Known products (Sentinel-1, -2 and -3, Landsat, HLS, MODIS, VIIRS, Planet) give their day of acquisition, others
    the one date in the name: YYYYMMDD, YYYY-MM-DD, YYYY_MM_DD, YYYY.MM.DD or YYYYDDD.

    Raises:
        ChronocoverError: there are two different dates and no known product name says which.
    """
    for product in PRODUCT_NAMES:
        match = product.search(name)
        day = day_of_text(match.group(1)) if match else None
        if day:
            return day
    found = {}
    for match in DATE_IN_NAME.finditer(name):
        year, _, month, day_number, doy_year, doy = match.groups()
        day = _day_of_year(int(doy_year), int(doy)) if doy else _day(int(year), int(month), int(day_number))
        if day:
            found.setdefault(day, match.group(0))
    if len(found) > 1:
        raise ChronocoverError(
            f"The name {name} holds several dates ({', '.join(found.values())}). Say which one is meant with a "
            "regular expression for the date or a table, or narrow the file pattern if it is no image of the series."
        )
    return next(iter(found), None)


def day_in_path(
    path: str, layer_name: str = "", root: str = "", regex: re.Pattern[str] | None = None
) -> tuple[datetime.date, str] | None:
    """The day in the file name, else in the layer's name, else in the folder names, the nearest first; and where.

    ``root`` is the last folder looked at (four levels up if empty). With ``regex`` only its matches count.

    Raises:
        ChronocoverError: see :func:`day_in_name`; or the regular expression matches what is no date.
    """
    levels = len(os.path.relpath(path, root).split(os.sep)) if root else 4
    folder, name = os.path.split(path)
    candidates = [(name, "file name"), (layer_name, "layer name")]
    for _ in range(levels):
        folder, name = os.path.split(folder)
        candidates.append((name, f"folder {name}"))
    for name, where in candidates:
        try:
            day = day_by_regex(name, regex) if regex else day_in_name(name)
        except ChronocoverError as error:
            raise ChronocoverError(f"{error} The image is {path}.") from error
        if day:
            return day, where
    return None


def compile_date_regex(text: str | None) -> re.Pattern[str] | None:
    """The user's regular expression; None if empty. Raises ChronocoverError if it cannot be one for dates."""
    if not text or not text.strip():
        return None
    try:
        regex = re.compile(text.strip(), re.IGNORECASE)
    except re.error as error:
        raise ChronocoverError(f"The regular expression for dates “{text}” is wrong: {error}.") from error
    named = set(regex.groupindex)
    if (named and "year" not in named) or (not named and regex.groups > 1):
        raise ChronocoverError(
            f"The regular expression for dates “{text}” needs one group around the date, or named groups "
            "(?P<year>…), (?P<month>…), (?P<day>…) or (?P<year>…), (?P<doy>…)."
        )
    return regex


def day_by_regex(name: str, regex: re.Pattern[str]) -> datetime.date | None:
    """The day by the user's expression; None if it does not match.

    Named groups ``year`` (two or four digits), ``month``, ``day``, ``doy``; a missing month or day is the first.
    Without names, the one group or the whole match is read by :func:`day_of_text`.

    Raises:
        ChronocoverError: it matches, but what it gives is no date.
    """
    match = regex.search(name)
    if match is None:
        return None
    parts = {key: value for key, value in match.groupdict().items() if value}
    try:
        if "year" in parts:
            year = int(parts["year"])
            if len(parts["year"]) == 2:
                year += 1900 if year >= FIRST_YEAR % 100 else 2000
            if "doy" in parts:
                day = _day_of_year(year, int(parts["doy"]))
            else:
                day = _day(year, int(parts.get("month", 1)), int(parts.get("day", 1)))
        else:
            day = day_of_text(match.group(1) if regex.groups else match.group(0))
    except ValueError:
        day = None
    if day is None:
        raise ChronocoverError(
            f"The regular expression for dates matches “{match.group(0)}” in {name}, which is no date. Correct it."
        )
    return day


def day_in_metadata(
    items: Mapping[str, str], names: tuple[str, ...] = METADATA_ITEMS
) -> tuple[datetime.date, str] | None:
    """The day in a raster's metadata items (any case), in the order of ``names``; with the item it came from."""
    by_name = {key.upper().replace(" ", "_"): value for key, value in items.items()}
    for name in names:
        day = day_of_text(by_name[name].split(";")[0].strip("{ \"'")) if name in by_name else None
        if day:
            return day, f"metadata {name}"
    return None


def day_of_netcdf_band(
    band_items: Mapping[str, str], dataset_items: Mapping[str, str]
) -> tuple[datetime.date, str] | None:
    """The day of a NetCDF band by its time dimension (CF conventions: ``days since 1970-01-01``).

    Raises:
        ChronocoverError: the units or the calendar are none that give days of the ordinary calendar.
    """
    for key, value in band_items.items():
        if not key.upper().startswith("NETCDF_DIM_"):
            continue
        dimension = key[len("NETCDF_DIM_") :]
        units = dataset_items.get(f"{dimension}#units", "")
        if " since " not in units:
            continue
        calendar = dataset_items.get(f"{dimension}#calendar", "standard").lower()
        return netcdf_day(float(value), units, calendar), f"metadata {key}"
    return None


def netcdf_day(value: float, units: str, calendar: str = "standard") -> datetime.date:
    """A CF time value as a day. Raises ChronocoverError for months, years and other calendars."""
    match = re.match(
        r"(second|sec|s|minute|min|hour|hr|h|day|d)s?\s+since\s+(\d{1,4})-(\d\d?)-(\d\d?)(.*)$", units, re.I
    )
    if match is None or calendar not in ("standard", "gregorian", "proleptic_gregorian"):
        raise ChronocoverError(
            f"The time axis “{units}” (calendar {calendar}) cannot be read as days. Give the dates in a table."
        )
    seconds = {"s": 1, "m": 60, "h": 3600, "d": 86400}[match.group(1)[0].lower()]
    origin = datetime.datetime(*map(int, match.groups()[1:4]))
    clock = re.match(r"[T\s]+(\d\d?):(\d\d?)(?::(\d\d?))?", match.group(5))
    if clock:
        hours, minutes, rest = (int(part or 0) for part in clock.groups())
        origin += datetime.timedelta(hours=hours, minutes=minutes, seconds=rest)
    return (origin + datetime.timedelta(seconds=value * seconds)).date()


def _day(year: int, month: int, day: int) -> datetime.date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _day_of_year(year: int, doy: int) -> datetime.date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= doy <= 366:
        return None
    day = datetime.date(year, 1, 1) + datetime.timedelta(days=doy - 1)
    return day if day.year == year else None
