"""Reading an image series, or one band of a raster, block by block as physical values."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from osgeo import gdal

from ..errors import ChronocoverError
from ..grid import Grid, Window
from ..raster_reading import BUFFER_TYPES, NUMPY_TYPES, read_into
from ..rasters import open_raster
from ..stopping import check_stopped
from .image_series import ImageSeries, SeriesBand
from .open_files import OpenFiles
from .vrt_sources import CopiedBand, calculates, copied_bands

KEPT_AS_STORED = {"uint8", "uint16", "int16"}
EXACT_AS_FLOAT32 = {*KEPT_AS_STORED, "int8", "float32"}
CHUNK = 1 << 15  # values converted at once
OPEN_FILE = 256 << 10  # bytes that any open file takes
COMPLEX = {gdal.GDT_CInt16, gdal.GDT_CInt32, gdal.GDT_CFloat32, gdal.GDT_CFloat64}


@dataclass(frozen=True)
class _Read:
    """One call of GDAL: ``bands`` of a file to equally spaced slots (date × variable) of the buffer."""

    path: str
    bands: tuple[int, ...]
    first_slot: int
    slot_step: int
    column: int
    row: int
    window: Window
    dates: str


class SeriesSource:
    """An image series as a source of the engine.

    A reader gives float32 ``(rows, columns, dates, variables)`` in physical units; NaN where the file has nodata or an
    infinite value, and where a variable was not observed on a date. Until they are computed with, values wait as they
    are stored, which takes half the memory. Where the series is a VRT, the bands that merely copy a file's are read
    from that file.

    Attributes:
        series: what is read.
        dates: the dates of axis 2, ascending (all of the series' by default).
        variables: the names of axis 3 (all data variables by default).
        physical_bytes_per_pixel: of the values that a reader gives.
    """

    def __init__(
        self,
        series: ImageSeries,
        dates: Sequence[datetime.date] | None = None,
        variables: Sequence[str] | None = None,
    ) -> None:
        """Raises ChronocoverError if the series cannot be opened or has complex numbers."""
        self.series = series
        self.grid: Grid = series.grid
        self.dates = tuple(series.dates if dates is None else dates)
        self.variables = tuple(series.variables if variables is None else variables)
        slots = [series.band(date, variable) for date in self.dates for variable in self.variables]
        dataset = open_raster(series.path, "image series")
        wanted = [(slot, band) for slot, band in enumerate(slots) if band is not None]
        types = {slot: _stored_type(dataset.GetRasterBand(band.index), series.path) for slot, band in wanted}
        self._signed_bytes = tuple(slot for slot, name in types.items() if name == "int8")
        copied = copied_bands(dataset)
        self._reads = _plan_reads(series, wanted, copied)
        self._type = _common_type(types, wanted, self.files)
        self._prefilled = tuple(
            (slot, float(band.nodata))
            for slot, band in wanted
            if band.index in copied and copied[band.index].window != _whole(series.grid)
        )
        self._conversion = _Conversion.of(slots, types, "float64" if self._type == "float64" else "float32")
        self.bytes_per_pixel = len(slots) * np.dtype(self._type).itemsize
        self.physical_bytes_per_pixel = 4 * len(slots)
        self.working_bytes_per_pixel = 0 if self._type == "float32" else self.physical_bytes_per_pixel
        first = self._reads[0].path if self._reads else series.path
        self.block_size, self.cache_bytes, self._file_bytes = _tiling(first)
        self.open_bytes = len(self.files) * self._file_bytes

    @property
    def files(self) -> list[str]:
        """All files that are read."""
        return sorted({call.path for call in self._reads})

    def open(self) -> SeriesReader:
        """A reader for the calling thread."""
        return SeriesReader(self)

    def physical(self, stored: np.ndarray) -> np.ndarray:
        """Float32 ``(rows, columns, dates, variables)`` of whole rows that :meth:`SeriesReader.read_stored` gave."""
        for slot in self._signed_bytes:  # GDAL before 3.7 gives them as 0 to 255
            plane = stored[:, :, slot]
            plane[plane > 127] -= 256
        with np.errstate(all="ignore"):  # what lies in slots without a band is arbitrary until they are made NaN
            values = self._conversion.to_physical(stored)
        return values.reshape(*stored.shape[:2], len(self.dates), len(self.variables))


class SeriesReader:
    """Reads windows of a :class:`SeriesSource`; used by one thread."""

    def __init__(self, source: SeriesSource) -> None:
        self._source = source
        self._files = OpenFiles(source._file_bytes)

    def read(self, window: Window) -> np.ndarray:
        """The window's values, float32 ``(rows, columns, dates, variables)``.

        Raises:
            ChronocoverError: a file cannot be opened or is damaged; names the file and the date.
        """
        return self._source.physical(self.read_stored(window))

    def read_stored(self, window: Window) -> np.ndarray:
        """The window's values ``(rows, columns, dates × variables)`` as they are stored. Errors as of :meth:`read`."""
        source = self._source
        count = len(source.dates) * len(source.variables)
        stored = np.empty((window.height, window.width, count), dtype=source._type)
        for slot, nodata in source._prefilled:
            stored[:, :, slot] = nodata
        for call, following in zip(source._reads, [*source._reads[1:], None]):
            check_stopped()
            self._read_file(call, window, stored, following is None or following.path != call.path)
        return stored

    def _read_file(self, call: _Read, window: Window, stored: np.ndarray, last: bool) -> None:
        left, top = max(window.column, call.window.column), max(window.row, call.window.row)
        right = min(window.column + window.width, call.window.column + call.window.width)
        bottom = min(window.row + window.height, call.window.row + call.window.height)
        if right <= left or bottom <= top:
            return
        part = Window(
            call.column + left - call.window.column, call.row + top - call.window.row, right - left, bottom - top
        )
        pixel, size = stored.strides[1], stored.itemsize
        start = (top - window.row) * stored.strides[0] + (left - window.column) * pixel + call.first_slot * size
        dataset = self._files.get(call.path, f"image of {call.dates}")
        read_into(
            dataset,
            part,
            list(call.bands),
            BUFFER_TYPES[stored.dtype.name],
            memoryview(stored).cast("B")[start:],
            (pixel, stored.strides[0], call.slot_step * size),
            f"{call.path} ({call.dates})",
        )
        if last and _whole_tiles(dataset, call.bands[0], part):
            dataset.FlushCache()  # what GDAL keeps of them is asked for no more

    def close(self) -> None:
        """Close all files."""
        self._files.close()


def _plan_reads(
    series: ImageSeries, wanted: list[tuple[int, SeriesBand]], copied: dict[int, CopiedBand]
) -> tuple[_Read, ...]:
    """One call for all bands of a file that lie at equal distances in the buffer."""
    by_file: dict[tuple, list[tuple[int, int, datetime.date]]] = {}
    whole = _whole(series.grid)
    for slot, band in wanted:
        copy = copied.get(band.index) or CopiedBand(series.path, band.index, 0, 0, whole)
        key = (copy.path, copy.column, copy.row, copy.window)
        by_file.setdefault(key, []).append((slot, copy.band, band.date))
    reads = []
    for (path, column, row, window), slots in by_file.items():
        while slots:
            step = slots[1][0] - slots[0][0] if len(slots) > 1 else 1
            count = 1
            while count < len(slots) and slots[count][0] - slots[count - 1][0] == step:
                count += 1
            run, slots = slots[:count], slots[count:]
            reads.append(
                _Read(
                    path, tuple(r[1] for r in run), run[0][0], step, column, row, window, _span(run[0][2], run[-1][2])
                )
            )
    return tuple(reads)


def _span(first: datetime.date, last: datetime.date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"


def _whole(grid: Grid) -> Window:
    return Window(0, 0, grid.width, grid.height)


def _common_type(types: dict[int, str], bands: list[tuple[int, SeriesBand]], files: Sequence[str]) -> str:
    """In what numbers all bands are read: as they are stored, if it is the same for all and holds every nodata.

    What a VRT calculates is not stored.
    """
    kept = set(types.values())
    if len(kept) == 1 and kept <= KEPT_AS_STORED and not any(map(calculates, files)):
        limits = np.iinfo(next(iter(kept)))
        known = [band.nodata for _, band in bands if band.nodata is not None]
        if all(limits.min <= nodata <= limits.max and float(nodata).is_integer() for nodata in known):
            return next(iter(kept))
    return "float32" if kept <= EXACT_AS_FLOAT32 else "float64"


def _whole_tiles(dataset: gdal.Dataset, band: int, window: Window) -> bool:
    """Whether a window consists of whole tiles of a file. The tiles of a VRT are not those of its files."""
    if dataset.GetDriver().ShortName == "VRT":
        return False
    columns, rows = dataset.GetRasterBand(band).GetBlockSize()
    right, bottom = window.column + window.width, window.row + window.height
    return (
        window.column % columns == 0
        and window.row % rows == 0
        and (right % columns == 0 or right == dataset.RasterXSize)
        and (bottom % rows == 0 or bottom == dataset.RasterYSize)
    )


def _stored_type(band: gdal.Band, path: str) -> str:
    if band.DataType in COMPLEX:
        raise ChronocoverError(f"{path} holds complex numbers. Use amplitudes or indices instead.")
    if band.DataType == gdal.GDT_Byte and band.GetMetadataItem("PIXELTYPE", "IMAGE_STRUCTURE") == "SIGNEDBYTE":
        return "int8"
    if gdal.GetDataTypeName(band.DataType) == "Int8":
        return "int16"
    return NUMPY_TYPES.get(band.DataType, "float64")


@dataclass(frozen=True)
class _Conversion:
    """From stored to physical values, slot (date × variable) by slot.

    ``nodata`` is NaN where a slot has none; None if none has. ``scale`` and ``offset`` are None where they change
    nothing. ``absent`` are the slots without a band. ``check_finite``: there may be infinite values.
    """

    nodata: np.ndarray | None
    scale: np.ndarray | None
    offset: np.ndarray | None
    absent: tuple[int, ...]
    check_finite: bool

    @classmethod
    def of(cls, slots: list[SeriesBand | None], types: dict[int, str], number_type: str) -> _Conversion:
        nodata, scale = np.full(len(slots), np.nan), np.ones(len(slots))
        offset = np.zeros(len(slots))
        for slot, band in enumerate(slots):
            if band is None:
                continue
            scale[slot], offset[slot] = band.scale, band.offset
            if band.nodata is not None:
                # A file may say -3.4e38 with fewer digits than its float32 pixels hold.
                rounded = types[slot] == "float32" and np.isfinite(band.nodata)
                nodata[slot] = np.float32(band.nodata) if rounded else band.nodata
        return cls(
            None if np.isnan(nodata).all() else nodata.astype(number_type),
            None if (scale == 1).all() else scale.astype(number_type),
            None if (offset == 0).all() else offset.astype(number_type),
            tuple(slot for slot, band in enumerate(slots) if band is None),
            any(name.startswith("float") for name in types.values()),
        )

    def to_physical(self, stored: np.ndarray) -> np.ndarray:
        """Float32 ``(rows, columns, slots)``, in place if ``stored`` is float32."""
        values = stored if stored.dtype == np.float32 else np.empty(stored.shape, dtype=np.float32)
        rows = max(1, CHUNK // max(1, stored[0].size))  # what stays in the processor's cache from step to step
        for start in range(0, len(stored), rows):
            part, result = stored[start : start + rows], values[start : start + rows]
            if part.dtype != np.float64 and part is not result:
                np.copyto(result, part)
                part = result
            missing = None if self.nodata is None else part == self.nodata
            if self.scale is not None:
                part *= self.scale
            if self.offset is not None:
                part += self.offset
            if part is not result:
                np.copyto(result, part, casting="same_kind")
            if missing is not None:
                np.copyto(result, np.nan, where=missing)
            if self.check_finite:
                np.copyto(result, np.nan, where=np.isinf(result))
        for slot in self.absent:
            values[:, :, slot] = np.nan
        return values


def _tiling(path: str) -> tuple[tuple[int, int], int, int]:
    """Tile ``(columns, rows)`` of a file, the bytes of cache that one reader needs, and the memory of an open file."""
    dataset = open_raster(path, "image")
    if dataset.GetDriver().ShortName == "VRT":
        dataset = _first_mosaicked(dataset) or dataset
    band = dataset.GetRasterBand(1)
    columns, rows = band.GetBlockSize()
    tile_bytes = columns * rows * max(1, gdal.GetDataTypeSize(band.DataType) // 8)
    interleaved = dataset.GetMetadataItem("INTERLEAVE", "IMAGE_STRUCTURE") == "PIXEL"
    all_bands = tile_bytes * (dataset.RasterCount if interleaved else 1)
    if dataset.GetDriver().ShortName.startswith("JP2"):  # decoders work on integers of all bands, and keep them
        return (columns, rows), 2 * all_bands, 12 * columns * rows * dataset.RasterCount
    return (columns, rows), 2 * all_bands, 2 * all_bands + OPEN_FILE  # a tile as it is stored, and decoded


def _first_mosaicked(dataset: gdal.Dataset) -> gdal.Dataset | None:
    """The first file of a VRT at its own resolution: its tiles are what reading decodes. None for a warped one."""
    if "VRTWarpedDataset" in (dataset.GetMetadata("xml:VRT") or [""])[0][:2000]:
        return None
    own = Grid.of_dataset(dataset)
    for path in (dataset.GetFileList() or [])[1:]:
        try:
            source = open_raster(path)
            if source.GetDriver().ShortName != "VRT" and Grid.of_dataset(source).resolution == own.resolution:
                return source
        except ChronocoverError:  # a sidecar, say
            continue
    return None
