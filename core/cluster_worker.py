"""The part of a run on a Dask cluster that its workers do: reading and computing blocks."""

from __future__ import annotations

import io
import os
import pickle
import sys
import tempfile
import threading
import traceback
import uuid
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from osgeo import gdal

from .blocks import Block, BlockReader, BlockSource, strip_arrays, strips_of
from .errors import ChronocoverError
from .gdal_cache import limited_gdal_cache
from .grid import Window
from .notices import gathered_notices

LEAST_CACHE = 64 << 20  # bytes of GDAL's block cache
VIRTUAL, MEMORY = "/vsi", "/vsimem"
DONE, REFUSED, FAILED = "done", "refused", "failed"
DIGITS_DEPEND_ON = ("numpy", "scipy", "numba", "onnxruntime")


class Work:
    """One run's sources and compute function on one worker. Each of its threads keeps its readers from block to block.

    A job is what :meth:`packed` makes of the first three arguments; ``threads`` and ``name`` are the worker's.
    """

    def __init__(
        self, sources: Sequence[BlockSource], compute: Callable[..., Any], strips: int, threads: int = 1, name: str = ""
    ) -> None:
        self._sources, self._compute, self._strips, self._name = sources, compute, strips, name
        self._readers: dict[int, list[BlockReader]] = {}
        self._notices: list[str] = []
        self._open = ExitStack()
        cache_bytes = threads * sum(source.cache_bytes for source in sources)
        self._open.enter_context(limited_gdal_cache(max(LEAST_CACHE, cache_bytes)))

    @staticmethod
    def packed(sources: Sequence[BlockSource], compute: Callable[..., Any], strips: int, package: str) -> bytes:
        """A job. ``package``: what Chronocover's own package is called here."""
        content = io.BytesIO()
        pickler = _Pickler(content, _temporary_vrts(sources), _relative_paths(sources))
        pickler.dump((list(sources), compute, strips))
        return pickle.dumps((package, content.getvalue(), pickler.files), protocol=5)

    @classmethod
    def of_job(cls, job: bytes, package: str, threads: int = 1, name: str = "") -> Work:
        """The work that a job describes. ``package``: what Chronocover's own package is called here."""
        package_there, content, files = pickle.loads(job)
        folder = f"{MEMORY}/chronocover-{uuid.uuid4().hex}"
        for number, text in enumerate(files):
            gdal.FileFromMemBuffer(f"{folder}/{number}.vrt", text)
        with gathered_notices() as notices:
            work = cls(*_Unpickler(content, package_there, package, folder).load(), threads, name)
        work._notices = notices
        for number in range(len(files)):
            work._open.callback(gdal.Unlink, f"{folder}/{number}.vrt")
        return work

    def run(self, block: tuple[int, tuple[int, ...], tuple[int, ...]]) -> bytes:
        """Read and compute a block, given as its index and the numbers of its two windows.

        Returns:
            The pickled outcome, :func:`environment`, what was noticed while the job was opened and the block computed,
            and with the outcome ``DONE`` ``[(index, result) of each strip]``, with ``REFUSED`` the sentence of a
            ChronocoverError, with ``FAILED`` a traceback. Errors are no exceptions of the task, so that Dask does not
            try again what fails again.
        """
        index, window, read_window = block
        with gathered_notices() as notices:
            try:
                outcome, payload = DONE, self._results_of(Block(index, Window(*window), Window(*read_window)))
            except ChronocoverError as error:
                outcome, payload = REFUSED, self._unseen() or f"{error} (Said by the worker {self._name}.)"
            except MemoryError:
                outcome = REFUSED
                payload = f"The worker {self._name} ran out of memory. Give workers more, or lower the memory budget."
            except Exception:
                outcome, payload = FAILED, traceback.format_exc()
        return pickle.dumps((outcome, environment(), [*self._notices, *notices], payload), protocol=5)

    def _unseen(self) -> str:
        """A sentence about the first file that is not there for this worker; empty if it sees all."""
        for path in dict.fromkeys(path for source in self._sources for path in source.files):
            if os.path.isabs(path) and not path.startswith(VIRTUAL) and not os.path.exists(path):
                return (
                    f"The worker {self._name} does not see {path}. Workers read images by the same path as this "
                    "computer: keep them in a folder that all share, or where /vsis3/ or /vsicurl/ reads them."
                )
        return ""

    def _results_of(self, block: Block) -> list[tuple[int, Any]]:
        readers = self._readers.get(threading.get_ident())
        if readers is None:
            readers = []
            for source in self._sources:
                readers.append(source.open())
            self._readers[threading.get_ident()] = readers
        stored = tuple(reader.read_stored(block.read_window) for reader in readers)
        return [
            (strip.index, self._compute(strip, *strip_arrays(self._sources, block, strip, stored)))
            for strip in strips_of(block, self._strips)
        ]

    def close(self) -> None:
        """Close the files of all threads."""
        for readers in self._readers.values():
            for reader in readers:
                with suppress(Exception):
                    reader.close()
        self._readers.clear()
        self._open.close()


class _Pickler(pickle.Pickler):
    """Takes along the files at ``paths``: each is pickled as its number in ``files``, their contents.

    The paths ``relative`` to this process's folder are pickled as absolute ones: workers run in other folders.
    """

    def __init__(self, target: io.BytesIO, paths: Sequence[str], relative: Sequence[str]) -> None:
        super().__init__(target, protocol=5)
        self._paths, self._relative = list(paths), set(relative)
        self.files = [Path(path).read_bytes() for path in self._paths]

    def persistent_id(self, value: Any) -> int | str | None:
        if not isinstance(value, str):
            return None
        if value in self._paths:
            return self._paths.index(value)
        return os.path.abspath(value) if value in self._relative else None


class _Unpickler(pickle.Unpickler):
    """Finds the classes of the package ``there`` in the package ``here``: the plugin's folder may have any name.

    Files that came along are in ``folder``.
    """

    def __init__(self, content: bytes, there: str, here: str, folder: str) -> None:
        super().__init__(io.BytesIO(content))
        self._there, self._here, self._folder = there, here, folder

    def persistent_load(self, known: int | str) -> str:
        return known if isinstance(known, str) else f"{self._folder}/{known}.vrt"

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith(self._there + "."):
            module = self._here + module[len(self._there) :]
        return super().find_class(module, name)


def _temporary_vrts(sources: Sequence[BlockSource]) -> list[str]:
    """The VRTs in this computer's temporary folder, which others cannot read: masks on the grid of a series, say.

    Those that refer to files beside them stay, for they would not find them elsewhere.
    """
    folder = os.path.realpath(tempfile.gettempdir()) + os.sep
    files = sorted({path for source in sources for path in source.files})
    vrts = [path for path in files if path.endswith(".vrt") and os.path.realpath(path).startswith(folder)]
    return [path for path in vrts if b'relativeToVRT="1"' not in Path(path).read_bytes()]


def _relative_paths(sources: Sequence[BlockSource]) -> list[str]:
    """The files that are named from this process's folder, but for names that may be those of other things."""
    files = {path for source in sources for path in source.files}
    return [path for path in files if not os.path.isabs(path) and not path.isidentifier() and os.path.isfile(path)]


def environment() -> dict[str, str]:
    """The versions of what computes in this process, on which the last digits of results may depend."""
    found = {name: sys.modules[name].__version__ for name in DIGITS_DEPEND_ON if name in sys.modules}
    llvm = sys.modules.get("llvmlite.binding")
    return {**found, "processor": llvm.get_host_cpu_name()} if llvm else found
