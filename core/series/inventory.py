"""The inventory of a series: every band with its date, variable, role and units; and what is left out, and why."""

from __future__ import annotations

import datetime
import math
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from osgeo import gdal

from ..dates import LAST_RESORT, day_in_metadata, day_in_path
from ..errors import ChronocoverError
from ..feedback import Feedback
from ..grid import Grid
from .image_facts import BandFacts, ImageFacts, read_image
from .image_series import DATA, QUALITY
from .naming import NamedBand, VariableNames
from .sensors import (
    AUTOMATIC,
    KNOWN_QUALITY,
    LANDSAT,
    SENTINEL_2,
    SensorBand,
    sensor_of,
    sentinel_2_offset,
    sentinel_2_resolution,
    variable_order,
)
from .sources import Source

MADE_BY = ("CHRONOCOVER_ALGORITHM", "chronocover:buildseries")
FIRST_DAY_WITH_OFFSET = datetime.date(2022, 1, 25)

INTEGER_RANGES = {
    gdal.GDT_Byte: (0, 255),
    gdal.GDT_UInt16: (0, 65535),
    gdal.GDT_Int16: (-32768, 32767),
    gdal.GDT_UInt32: (0, 2**32 - 1),
    gdal.GDT_Int32: (-(2**31), 2**31 - 1),
}
if hasattr(gdal, "GDT_Int8"):  # GDAL 3.7
    INTEGER_RANGES[gdal.GDT_Int8] = (-128, 127)


@dataclass(frozen=True)
class Rules:
    """What the user says of the images. Empty or None leaves it to the images themselves.

    ``variables`` name the bands of each image in order, or are what is sought in names and descriptions; ``keep`` are
    the variables to take, ``quality`` those that tell quality; ``scale``, ``offset`` and ``nodata`` replace those of
    data variables; ``start`` and ``end`` are the first and the last day.
    """

    sensor: str = AUTOMATIC
    date_regex: re.Pattern[str] | None = None
    variables: Sequence[str] = ()
    keep: Sequence[str] = ()
    quality: Sequence[str] = ()
    scale: float | None = None
    offset: float | None = None
    nodata: float | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None


@dataclass(frozen=True)
class Entry:
    """One band of one image, for one date and variable. Physical value = stored × scale + offset."""

    path: str
    band: int
    date: datetime.date
    variable: str
    grid: Grid
    gdal_type: int
    block: tuple[int, int]
    role: str = DATA
    date_end: datetime.date | None = None
    date_source: str = ""
    nodata: float | None = None
    scale: float = 1.0
    offset: float = 0.0
    is_file: bool = True


@dataclass(frozen=True)
class LeftOut:
    """A raster, or one band of it (``band`` from 1, 0 for all), that does not go into the series, and the reason."""

    path: str
    reason: str
    band: int = 0


@dataclass
class Inventory:
    """What goes into the series and what does not. ``variables`` are in the series' order, data before quality."""

    entries: list[Entry]
    left_out: list[LeftOut]
    variables: list[str] = field(default_factory=list)


def take_inventory(sources: Sequence[Source], rules: Rules, feedback: Feedback) -> Inventory:
    """Open every source once and decide what each of its bands is.

    Raises:
        ChronocoverError: a source that the user named cannot be read, a date cannot be found or is ambiguous (names
            the file), a variable to keep or of quality does not exist, or nothing is left.
        CancelledError: the user cancelled.
    """
    left_out: list[LeftOut] = []
    images = _read_all(sources, left_out, feedback)
    names = VariableNames(images, rules.variables, rules.quality)
    named = []
    for image in images:
        sensor = sensor_of(rules.sensor, image.source.file)
        named.append((image, sensor, names.name_bands(image, sensor)))
    quality = _quality_names(rules, [band for _, _, bands in named for band in bands])
    kept = {name.lower() for name in (*rules.keep, *(rules.quality if rules.keep else ()))}
    _refuse_unknown(rules.keep, [band.variable for _, _, bands in named for band in bands], "to keep")

    entries: list[Entry] = []
    for image, sensor, bands in named:
        feedback.check()
        for item in bands:
            reason = item.reason
            if not reason and kept and item.variable.lower() not in kept:
                reason = f"{item.variable} is not among the variables to keep"
            if not reason:
                entry = _entry(image, item, sensor is SENTINEL_2, quality, rules)
                reason = _outside(entry.date, rules)
                if not reason:
                    entries.append(entry)
            if reason:
                left_out.append(LeftOut(image.source.path, reason, item.band.index if len(image.bands) > 1 else 0))
    entries = _finest_copies(_one_spelling(entries, rules), left_out)
    if not entries:
        reasons = "; ".join(dict.fromkeys(item.reason.rstrip(".") for item in left_out[:20]))
        raise ChronocoverError(f"No image is left for the series: {reasons or 'there are no images'}.")
    _warn_of_unknown_offsets(entries, named, rules, feedback)
    return Inventory(entries, left_out, _order(entries, rules))


def _read_all(sources: Sequence[Source], left_out: list[LeftOut], feedback: Feedback) -> list[ImageFacts]:
    images: list[ImageFacts] = []
    for number, source in enumerate(sources):
        feedback.check()
        feedback.progress(number / len(sources))
        try:
            found = read_image(source)
        except ChronocoverError as error:
            if source.required:
                raise
            left_out.append(LeftOut(source.path, str(error)))
            continue
        if not source.required and MADE_BY in found[0].items.items():
            left_out.append(LeftOut(source.path, "a series built before; give it as a layer to add its dates"))
            continue
        images.extend(found)
    return images


def _entry(image: ImageFacts, item: NamedBand, is_sentinel_2: bool, quality: set[str], rules: Rules) -> Entry:
    band, source = item.band, image.source
    date, date_source = _date_of(image, band, rules)
    role = band.role or (item.known.role if item.known else DATA)
    if item.variable.lower() in quality:
        role = QUALITY
    scale, offset, nodata = band.scale, band.offset, band.nodata
    if band.gdal_type in INTEGER_RANGES and item.known:
        scale, offset, nodata = _known_units(band, item.known, is_sentinel_2, source.file)
    if role == QUALITY:
        scale, offset = 1.0, 0.0
    else:
        scale = scale if rules.scale is None else rules.scale
        offset = offset if rules.offset is None else rules.offset
        nodata = nodata if rules.nodata is None else _fitting_nodata(rules.nodata, band, source.path)
    return Entry(
        path=source.path,
        band=band.index,
        date=date,
        variable=item.variable,
        grid=image.grid,
        gdal_type=band.gdal_type,
        block=band.block,
        role=role,
        date_end=band.date_end,
        date_source=date_source,
        nodata=nodata,
        scale=scale,
        offset=offset,
        is_file=source.is_file,
    )


def _known_units(
    band: BandFacts, known: SensorBand, is_sentinel_2: bool, path: str
) -> tuple[float, float, float | None]:
    scale, offset = band.scale, band.offset
    # MOD13Q1 in HDF4 states 10,000 as its scale and means a divisor.
    if (scale, offset) == (1.0, 0.0) or scale > 1:
        scale, offset = known.scale, known.offset
        if is_sentinel_2 and known.role == DATA:
            offset = sentinel_2_offset(path) or 0.0
    nodata = band.nodata
    if nodata is None and known.nodata is not None:
        low, high = INTEGER_RANGES[band.gdal_type]
        nodata = known.nodata if low <= known.nodata <= high else None
    return scale, offset, nodata


def _fitting_nodata(nodata: float, band: BandFacts, path: str) -> float:
    limits = INTEGER_RANGES.get(band.gdal_type)
    if limits and not (limits[0] <= nodata <= limits[1] and nodata == math.floor(nodata)):
        kind = gdal.GetDataTypeName(band.gdal_type)
        raise ChronocoverError(
            f"The nodata value {nodata:g} does not fit {path}, whose numbers are {kind} "
            f"({limits[0]} to {limits[1]}). Choose another nodata value."
        )
    return nodata


def _date_of(image: ImageFacts, band: BandFacts, rules: Rules) -> tuple[datetime.date, str]:
    source = image.source
    if source.date:
        return source.date, "table"
    if band.date and band.role:
        return band.date, band.date_source
    if rules.date_regex is None:
        if band.date:
            return band.date, band.date_source
        found = day_in_metadata(image.items)
        if found:
            return found
    found = day_in_path(source.file, source.name, source.root, rules.date_regex)
    if found is None and rules.date_regex is None:
        found = day_in_metadata(image.items, (LAST_RESORT,))
    if found is None:
        how = (
            "The regular expression for dates matches neither its name nor its folders'."
            if rules.date_regex
            else "Neither its metadata nor its name has one. Rename it, give a regular expression for the date, or a "
            "table; or narrow the file pattern if it is no image of the series."
        )
        raise ChronocoverError(f"No date found for {source.path}. {how}")
    return found


def _outside(date: datetime.date, rules: Rules) -> str:
    if rules.start and date < rules.start:
        return f"{date} is before {rules.start}"
    if rules.end and date > rules.end:
        return f"{date} is after {rules.end}"
    return ""


def _quality_names(rules: Rules, bands: Sequence[NamedBand]) -> set[str]:
    _refuse_unknown(rules.quality, [band.variable for band in bands], "of quality")
    return {name.lower() for name in rules.quality} | KNOWN_QUALITY


def _refuse_unknown(names: Sequence[str], variables: Sequence[str], which: str) -> None:
    found = {name.lower(): name for name in variables if name}
    missing = [name for name in names if name.lower() not in found]
    if missing and found:
        raise ChronocoverError(
            f"The variables {which} include {', '.join(missing)}, which the images do not have. They have: "
            f"{', '.join(found.values())}."
        )


def _one_spelling(entries: list[Entry], rules: Rules) -> list[Entry]:
    spelling = {name.lower(): name for name in (*rules.quality, *rules.keep, *rules.variables)}
    result = []
    for entry in entries:
        name = spelling.setdefault(entry.variable.lower(), entry.variable)
        result.append(entry if name == entry.variable else Entry(**{**entry.__dict__, "variable": name}))
    return result


def _finest_copies(entries: list[Entry], left_out: list[LeftOut]) -> list[Entry]:
    """Of the same Sentinel-2 band at 10, 20 and 60 m in one SAFE folder take the finest."""
    copies: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if sentinel_2_resolution(entry.path):
            scene = os.path.basename(entry.path).rsplit("_", 1)[0]
            copies.setdefault((scene, entry.variable), []).append(entry)
    dropped = set()
    for same in copies.values():
        finest = min(sentinel_2_resolution(entry.path) for entry in same)
        for entry in same:
            if sentinel_2_resolution(entry.path) > finest:
                dropped.add(id(entry))
                left_out.append(LeftOut(entry.path, f"there is a copy of {finest} m"))
    return [entry for entry in entries if id(entry) not in dropped]


def _order(entries: Sequence[Entry], rules: Rules) -> list[str]:
    variables = variable_order(list(dict.fromkeys(entry.variable for entry in entries)))
    typed = [name.lower() for name in (rules.keep or rules.variables)]
    if typed:
        variables.sort(key=lambda name: typed.index(name.lower()) if name.lower() in typed else len(typed))
    quality = {entry.variable for entry in entries if entry.role == QUALITY}
    return sorted(variables, key=lambda name: name in quality)


def _warn_of_unknown_offsets(
    entries: Sequence[Entry], named: Sequence[tuple], rules: Rules, feedback: Feedback
) -> None:
    sensors = {image.source.path: sensor for image, sensor, _ in named}
    if rules.offset is None and any(
        sensors[entry.path] is SENTINEL_2
        and entry.role == DATA
        and entry.offset == 0
        and entry.date >= FIRST_DAY_WITH_OFFSET
        and sentinel_2_offset(entry.path) is None
        for entry in entries
    ):
        feedback.warning(
            "The names of the Sentinel-2 images after 25 January 2022 do not tell their processing baseline. If their "
            "numbers carry the added 1,000 of baseline 04.00, run again with the offset -0.1."
        )
    if any(
        sensors[entry.path] is LANDSAT and entry.variable.startswith("thermal") and entry.scale == 1.0
        for entry in entries
    ):
        feedback.info("The thermal bands of Landsat Level 1 keep their stored numbers.")
