"""Stacking: which images make up each band of a series on the common grid, and writing it as a VRT.

A file that lies on the grid is only referred to; others are warped on the fly by a VRT of their own, in the folder
``NAME.vrt.warped`` beside the series. Where several images of one date and variable overlap, the first in alphabetical
order lies on top and shows the next where it is nodata.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from dataclasses import dataclass

from osgeo import gdal

from ..errors import ChronocoverError
from ..feedback import Feedback
from ..files import atomic_output
from ..grid import Grid, Window
from ..provenance import Provenance
from .common_grid import extent_of
from .image_series import DATA, QUALITY, SeriesBand
from .inventory import INTEGER_RANGES, Entry, Inventory, LeftOut
from .stack_vrt import BandSource, StackBand, write_vrt
from .warping import WarpedImage, warp_image

WARPED_FOLDER = ".warped"
SAME_GROUND = 0.95


@dataclass(frozen=True)
class Stack:
    """A planned series: its grid and, band by band, the images in it, the topmost first."""

    grid: Grid
    bands: tuple[tuple[Entry, ...], ...]

    @property
    def dates(self) -> list[datetime.date]:
        """All dates, ascending."""
        return sorted({entries[0].date for entries in self.bands})

    @property
    def variables(self) -> list[str]:
        """All variables, quality too, in band order."""
        return list(dict.fromkeys(entries[0].variable for entries in self.bands))

    def of_variable(self, variable: str) -> Stack:
        """The part of one variable."""
        return Stack(self.grid, tuple(entries for entries in self.bands if entries[0].variable == variable))


def plan_stack(inventory: Inventory, grid: Grid) -> Stack:
    """Sort the inventory into the bands of a series on ``grid``, date-major.

    Images that do not touch the grid are moved to ``inventory.left_out``.

    Raises:
        ChronocoverError: two images of one date and variable show the same ground (names both), or none touches the
            grid.
    """
    order = {variable: index for index, variable in enumerate(inventory.variables)}
    slots: dict[tuple, list[Entry]] = {}
    for entry in inventory.entries:
        if grid.window_of(extent_of(entry.grid, grid)) is None:
            inventory.left_out.append(LeftOut(entry.path, "does not touch the extent of the series"))
            continue
        slots.setdefault((entry.date, order[entry.variable]), []).append(entry)
    if not slots:
        raise ChronocoverError("No image touches the extent of the series. Check the extent and the reference layer.")
    bands = []
    for key in sorted(slots):
        entries = sorted(slots[key], key=lambda entry: (os.path.basename(entry.path), entry.path, entry.band))
        _refuse_duplicates(entries)
        bands.append(tuple(entries))
    return Stack(grid, tuple(bands))


def _refuse_duplicates(entries: Sequence[Entry]) -> None:
    for index, entry in enumerate(entries):
        for other in entries[:index]:
            if _same_ground(entry.grid, other.grid):
                raise ChronocoverError(
                    f"{_where(other)} and {_where(entry)} are both {entry.date} {entry.variable} of the same ground. "
                    "Take one of them out, or tell them apart by variables, a regular expression for dates or a table."
                )


def _where(entry: Entry) -> str:
    return f"{entry.path} (band {entry.band}, date from its {entry.date_source})"


def _same_ground(a: Grid, b: Grid) -> bool:
    """Whether two images show the same scene: the same CRS and, reprocessed with other edges too, nearly one extent.

    Neighbouring scenes and tiles overlap by much less, and those of two UTM zones differ in CRS.
    """
    if a.same_as(b):
        return True
    if not a.same_crs(b):
        return False
    width = min(a.extent[2], b.extent[2]) - max(a.extent[0], b.extent[0])
    height = min(a.extent[3], b.extent[3]) - max(a.extent[1], b.extent[1])
    if width <= 0 or height <= 0:
        return False
    areas = [(grid.extent[2] - grid.extent[0]) * (grid.extent[3] - grid.extent[1]) for grid in (a, b)]
    return width * height > SAME_GROUND * (sum(areas) - width * height)


def write_stack(
    path: str,
    stack: Stack,
    resampling: str,
    provenance: Provenance,
    feedback: Feedback,
) -> list[SeriesBand]:
    """Write a planned series as a VRT with its warped images beside it, whole or not at all.

    Args:
        path: the VRT to write.
        stack: what goes into it.
        resampling: a key of :data:`.warping.RESAMPLING` for data; quality is always taken from the nearest pixel.
        provenance: written into the metadata.
        feedback: progress and cancelling.

    Returns:
        The bands of the series.

    Raises:
        ChronocoverError: an image cannot be warped, or the folder cannot be written to.
        CancelledError: the user cancelled; nothing was written.
    """
    path = os.path.abspath(path)
    with atomic_output(path) as work_path:
        warper = _Warper(path, work_path, stack, resampling)
        described, planned = [], []
        for index, entries in enumerate(stack.bands, start=1):
            feedback.check()
            feedback.progress(index / len(stack.bands))
            band = _plan_band(index, entries, stack.grid, warper)
            planned.append(band)
            described.append(band.described)
        _warn_of_filling(planned, feedback)
        write_vrt(work_path, path, stack.grid, planned, provenance)
    return described


def _warn_of_filling(bands: Sequence[StackBand], feedback: Feedback) -> None:
    filled = [band.described for band in bands if band.is_filled]
    if filled:
        first = filled[0]
        feedback.warning(
            f"{len(filled)} bands cover the grid only in part and their files state no nodata value (the first is "
            f"{first.description}). Outside the images they hold {first.nodata:g} as nodata."
        )


class _Warper:
    """Makes the warped VRTs of a series, one for each image, role and nodata value."""

    def __init__(self, path: str, work_path: str, stack: Stack, resampling: str) -> None:
        self._grid, self._resampling = stack.grid, resampling
        self._folder, self._work_folder = path + WARPED_FOLDER, work_path + WARPED_FOLDER
        self._images: dict[tuple, WarpedImage] = {}
        self._bands: dict[tuple, set[int]] = {}
        for entries in stack.bands:
            for entry in entries:
                self._bands.setdefault(self._key(entry), set()).add(entry.band)

    @staticmethod
    def _key(entry: Entry) -> tuple:
        nodata = None if entry.nodata is None else repr(entry.nodata)
        return entry.path, entry.role == QUALITY, nodata, entry.gdal_type

    def warp(self, entry: Entry, window: Window, gdal_type: int, nodata: float) -> tuple[WarpedImage, int]:
        """The warped image that holds an entry, and the band of it."""
        key = self._key(entry)
        bands = sorted(self._bands[key])
        if key not in self._images:
            os.makedirs(self._work_folder, exist_ok=True)
            stem = "".join(c if c.isascii() and c.isalnum() else "_" for c in os.path.basename(entry.path))[-60:]
            name = f"{len(self._images) + 1:04d}_{stem}.vrt"
            self._images[key] = warp_image(
                entry,
                bands,
                self._grid.part(window),
                "nearest" if entry.role == QUALITY else self._resampling,
                (gdal_type, nodata),
                (os.path.join(self._folder, name), os.path.join(self._work_folder, name)),
            )
        return self._images[key], bands.index(entry.band) + 1


def _plan_band(index: int, entries: Sequence[Entry], grid: Grid, warper: _Warper) -> StackBand:
    top = entries[0]
    sources = [_plan_source(entry, grid, warper) for entry in entries]
    units = {(entry.scale, entry.offset) for entry in entries}
    mixed = len(units) > 1
    whole = any(source.is_whole for source in sources)
    gdal_type, nodata, is_filled = sources[0].gdal_type, sources[0].nodata, False
    for source in sources[1:]:
        gdal_type = gdal.DataTypeUnion(gdal_type, source.gdal_type)
        nodata = source.nodata if nodata is None else nodata
    if mixed:
        gdal_type, nodata = gdal.GDT_Float32, float("nan")
    elif nodata is None and not whole:
        gdal_type, nodata = filling(gdal_type, top.role)
        is_filled = True
    described = SeriesBand(
        index=index,
        date=top.date,
        variable=top.variable,
        role=top.role,
        date_end=top.date_end,
        nodata=nodata,
        scale=1.0 if mixed else top.scale,
        offset=0.0 if mixed else top.offset,
    )
    return StackBand(described, gdal_type, tuple(sources), mixed, is_filled)


def _plan_source(entry: Entry, grid: Grid, warper: _Warper) -> BandSource:
    units = {"scale": entry.scale, "offset": entry.offset}
    if grid.aligned_with(entry.grid):
        column = round((entry.grid.transform[0] - grid.transform[0]) / grid.transform[1])
        row = round((entry.grid.transform[3] - grid.transform[3]) / grid.transform[5])
        left, top = max(0, column), max(0, row)
        width = min(grid.width, column + entry.grid.width) - left
        height = min(grid.height, row + entry.grid.height) - top
        window = Window(left, top, width, height)
        return BandSource(
            path=entry.path,
            is_file=entry.is_file,
            band=entry.band,
            size=(entry.grid.width, entry.grid.height),
            block=entry.block,
            file_type=entry.gdal_type,
            gdal_type=entry.gdal_type,
            nodata=entry.nodata,
            origin=(left - column, top - row),
            window=window,
            is_whole=window == Window(0, 0, grid.width, grid.height),
            **units,
        )
    window = grid.window_of(extent_of(entry.grid, grid))
    gdal_type, nodata = entry.gdal_type, entry.nodata
    if nodata is None:
        gdal_type, nodata = filling(gdal_type, entry.role)
    image, band = warper.warp(entry, window, gdal_type, nodata)
    return BandSource(
        path=image.path,
        is_file=True,
        band=band,
        size=(window.width, window.height),
        block=image.block,
        file_type=gdal_type,
        gdal_type=gdal_type,
        nodata=nodata,
        origin=(0, 0),
        window=window,
        is_whole=window == Window(0, 0, grid.width, grid.height),
        **units,
    )


def filling(gdal_type: int, role: str) -> tuple[int, float]:
    """Data type and value for pixels outside an image that states no nodata value.

    The far end of an integer type; bytes of data, which use them all, become Int16; NaN for decimals.
    """
    if gdal_type == gdal.GDT_Byte and role == DATA:
        gdal_type = gdal.GDT_Int16
    if gdal_type not in INTEGER_RANGES:
        return gdal_type, float("nan")
    low, high = INTEGER_RANGES[gdal_type]
    return gdal_type, float(low if low < 0 else high)
