"""Writing the rasters of a run: several at once, block by block, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

import numpy as np
from osgeo import gdal

from .errors import ChronocoverError
from .feedback import Feedback
from .files import atomic_output, put_on_disk, size_in_words
from .grid import Grid, Window
from .identity import RunIdentity
from .journal import Journal, run_journal
from .rasters import DRIVER_BY_EXTENSION, close_raster, create_raster, errors_as_told, write_failure

LEAST_SHARE = 0.1  # of the uncompressed size that a compressed raster takes at the least, in practice


@dataclass(frozen=True)
class RasterOutput:
    """One raster to write.

    ``describe(dataset, path)`` is called on the new file before any pixel: names, legend, provenance; ``path`` is where
    it is being written, for sidecars. ``geotiff_options`` are creation options that only a GeoTIFF gets.
    """

    path: str
    bands: int
    gdal_type: int
    nodata: float | None = None
    describe: Callable[[gdal.Dataset, str], None] | None = None
    geotiff_options: Sequence[str] = ()

    def bytes_per_pixel(self) -> int:
        """Uncompressed size of a pixel."""
        return self.bands * max(1, gdal.GetDataTypeSize(self.gdal_type) // 8)


class RasterWriter:
    """The open outputs of a run; used by one thread.

    ``journal`` is for :func:`core.engine.run_blocks`; None if the run has no identity.
    """

    def __init__(self, origin: Window, feedback: Feedback, journal: Journal | None = None) -> None:
        self.journal = journal
        self._origin, self._feedback = origin, feedback
        self._rasters: list[tuple[gdal.Dataset, RasterOutput, int]] = []

    def write(self, window: Window, *arrays: np.ndarray | float) -> None:
        """Write one array an output: ``(rows, columns)``, ``(bands, rows, columns)``, or one number for all pixels.

        ``window`` is in the grid that the writer's own window was given in.

        Raises:
            ChronocoverError: the disk is full, for instance.
            CancelledError: the user cancelled, which is looked at after each band.
        """
        column, row = window.column - self._origin.column, window.row - self._origin.row
        for (dataset, output, tile_rows), values in zip(self._rasters, arrays):
            shape = (output.bands, window.height, window.width)
            planes = np.full(shape, values) if np.ndim(values) == 0 else values.reshape(shape)
            gdal.ErrorReset()
            gdal.PushErrorHandler("CPLQuietErrorHandler")
            try:
                for index in range(output.bands):
                    self._feedback.check()
                    band = dataset.GetRasterBand(index + 1)
                    failed = band.WriteArray(planes[index], column, row)
                    if not failed and tile_rows and self._ends_tile(row + window.height, tile_rows):
                        band.FlushCache()  # now, in this thread, not later by a reader that needs room in the cache
                reason = gdal.GetLastErrorMsg() if gdal.GetLastErrorType() >= gdal.CE_Failure else ""
            except RuntimeError as error:
                failed, reason = True, str(error)
            finally:
                gdal.PopErrorHandler()
            if failed or reason:
                raise write_failure(output.path, reason or "unknown error", self._size_of(output))

    def _size_of(self, output: RasterOutput) -> int:
        return self._origin.width * self._origin.height * output.bytes_per_pixel()

    def _ends_tile(self, bottom: int, tile_rows: int) -> bool:
        return bottom % tile_rows == 0 or bottom == self._origin.height

    def _add(self, dataset: gdal.Dataset, output: RasterOutput, tile_rows: int) -> None:
        """``tile_rows``: the height of its tiles if blocks are whole ones, else 0."""
        self._rasters.append((dataset, output, tile_rows))

    def _close(self) -> None:
        """Finish the files; some formats find out only now that the disk is full, and tell the error handler alone."""
        failures: list[str] = []

        def collect(kind: int, number: int, message: str) -> None:
            if kind >= gdal.CE_Failure:
                failures.append(message)

        with errors_as_told():
            gdal.PushErrorHandler(collect)
            try:
                while self._rasters:
                    dataset, output, _ = self._rasters.pop()
                    close_raster(dataset, output.path)
                    del dataset  # the last reference: GDAL writes what is left
                    if failures:
                        raise write_failure(output.path, failures[0], self._size_of(output))
            finally:
                gdal.PopErrorHandler()


@contextmanager
def raster_writer(
    grid: Grid,
    outputs: Sequence[RasterOutput],
    *,
    window: Window | None = None,
    tile: tuple[int, int] = (256, 256),
    options: Sequence[str] = (),
    feedback: Feedback | None = None,
    identity: RunIdentity | None = None,
) -> Iterator[RasterWriter]:
    """Create outputs, yield their writer, and move them to their names when the body ends well.

    Args:
        grid: the grid of the run.
        outputs: the rasters; their formats follow from their extensions.
        window: the part of the grid that they cover; everything if None.
        tile: ``(columns, rows)`` of GeoTIFF tiles, see :attr:`core.engine.BlockPlan.tile`.
        options: GDAL creation options, which win over the defaults; for all outputs.
        feedback: is warned if room on the disk may be short.
        identity: what the outputs follow from, so that a run that was interrupted can go on.

    Raises:
        ChronocoverError: two outputs are the same file, one cannot be created, or the disk is too full for them.
    """
    part, feedback = window or Window(0, 0, grid.width, grid.height), feedback or Feedback()
    names = [os.path.abspath(output.path) for output in outputs]
    for name in names:
        if names.count(name) > 1:
            raise ChronocoverError(f"Two outputs are to be written to {name}. Give them different names.")
    with ExitStack() as stack:
        working = [stack.enter_context(atomic_output(output.path)) for output in outputs]
        _check_room(part, outputs, feedback)
        journal = None
        if identity is not None:
            size = part.width * part.height * sum(output.bytes_per_pixel() for output in outputs)
            kinds = [[os.path.basename(o.path), o.bands, o.gdal_type, o.nodata] for o in outputs]
            identity = replace(identity, settings={**identity.settings, "outputs": kinds})
            journal = stack.enter_context(run_journal(outputs[0].path, identity, size, feedback))
        writer = RasterWriter(part, feedback, journal)
        stack.callback(writer._rasters.clear)
        for output, path in zip(outputs, working):
            tiling = _tiling(path, output, tile, options)
            own = output.geotiff_options if _is_geotiff(path) else ()
            dataset = create_raster(
                path, grid.part(part), output.bands, output.gdal_type, output.nodata, [*tiling, *own, *options]
            )
            if output.describe is not None:
                output.describe(dataset, path)
            writer._add(dataset, output, tile[1] if tiling else 0)
            del dataset
        yield writer
        writer._close()
        if journal is not None and journal.begun:
            for path in working:
                put_on_disk(path)  # before its name says that it is whole, lest the power fails


def _tiling(path: str, output: RasterOutput, tile: tuple[int, int], options: Sequence[str]) -> list[str]:
    """Creation options that make blocks whole tiles; empty where the format or the user decides that."""
    given = {option.split("=", 1)[0].upper() for option in options}
    if not _is_geotiff(path):
        return []
    if given & {"TILED", "BLOCKXSIZE", "BLOCKYSIZE", "INTERLEAVE"}:
        return []
    return [f"BLOCKXSIZE={tile[0]}", f"BLOCKYSIZE={tile[1]}", *(["INTERLEAVE=BAND"] if output.bands > 1 else [])]


def _is_geotiff(path: str) -> bool:
    return DRIVER_BY_EXTENSION.get(os.path.splitext(path)[1].lower(), "GTiff") == "GTiff"


def _check_room(part: Window, outputs: Sequence[RasterOutput], feedback: Feedback) -> None:
    needed: dict[int, int] = {}
    folders: dict[int, str] = {}
    for output in outputs:
        folder = os.path.dirname(os.path.abspath(output.path))
        device = os.stat(folder).st_dev
        folders[device] = folder
        needed[device] = needed.get(device, 0) + part.width * part.height * output.bytes_per_pixel()
    for device, size in needed.items():
        free = shutil.disk_usage(folders[device]).free
        room, sizes = size_in_words(free), size_in_words(size)
        text = f"{folders[device]}: {room} are free, and the outputs are {sizes} uncompressed."
        if free < LEAST_SHARE * size:
            raise ChronocoverError(f"There is too little room in {text} Free some space or choose another folder.")
        if free < size:
            feedback.warning(f"There may be too little room in {text}")
