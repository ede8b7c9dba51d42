"""The open files of a reader thread: kept from block to block, without running out of handles or memory."""

from __future__ import annotations

import threading

from osgeo import gdal

from ..open_file_memory import allowed
from ..rasters import open_raster

_lock = threading.Lock()
_open_everywhere = 0


class OpenFiles:
    """Opens files when they are first needed and keeps as many open as the process may have.

    A series is read file after file, again and again. So when there are too many, the file used last is closed: it is
    the one that is needed again latest.
    """

    def __init__(self, bytes_of_one: int) -> None:
        self._most = max(1, allowed() // max(1, bytes_of_one))
        self._files: dict[str, gdal.Dataset] = {}
        self._last = ""

    def get(self, path: str, what: str) -> gdal.Dataset:
        """The open file. Raises ChronocoverError that names it and ``what`` it is if it cannot be opened."""
        global _open_everywhere
        dataset = self._files.get(path)
        if dataset is None:
            if self._files and (len(self._files) >= self._most or _open_everywhere >= HANDLES):
                del self._files[self._last]
                with _lock:
                    _open_everywhere -= 1
            dataset = self._files[path] = open_raster(path, what)
            with _lock:
                _open_everywhere += 1
        self._last = path
        return dataset

    def close(self) -> None:
        """Close them all."""
        global _open_everywhere
        with _lock:
            _open_everywhere -= len(self._files)
        self._files.clear()


def _handles() -> int:
    try:
        import resource
    except ImportError:  # Windows has no such limit on GDAL's files
        return 2000
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 2000 if soft == resource.RLIM_INFINITY else max(32, min(2000, soft // 2))


HANDLES = _handles()  # for all readers; the rest is left to QGIS
