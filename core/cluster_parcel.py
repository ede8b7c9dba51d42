"""What travels to the workers of a cluster: Chronocover's own code and one job. This file's text goes along with it.

A scheduler and its workers need not have Chronocover, and may serve several versions of it at the same time. So a
parcel is pickled as builtins only: the text of this module, executed where the parcel arrives, and bytes. It uses
nothing but the standard library and, on a worker, ``distributed``.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
import tempfile
import threading
import types
import zipfile

OPEN = (
    "(space := {'__name__': 'chronocover_parcel'}, exec(source, space), space['Parcel'](source, package, code, job))[2]"
)

WRITTEN = 1_000_000_000  # seconds since 1970: one time for all files


class Parcel:
    """Code and job, opened when the first block is run; freed together with their open files when Dask drops it.

    Args:
        source: the text of this module.
        package: the name that the code gets on the workers, other for other code.
        code: a zip file of the package.
        job: see :class:`core.cluster_worker.Work`.
    """

    def __init__(self, source: str, package: str, code: bytes, job: bytes) -> None:
        self._contents = {"source": source, "package": package, "code": code, "job": job}
        self._lock = threading.Lock()
        self._work = None

    def __reduce__(self) -> tuple:
        return eval, (OPEN, dict(self._contents))

    def __sizeof__(self) -> int:
        return sum(len(part) for part in self._contents.values())

    def run(self, block: tuple) -> bytes:
        """Read and compute a block; see :meth:`core.cluster_worker.Work.run`."""
        from distributed import get_worker

        with self._lock:
            if self._work is None:
                worker, package = get_worker(), self._contents["package"]
                _install(package, self._contents["code"], worker.local_directory)
                work = importlib.import_module(f"{package}.core.cluster_worker").Work
                self._work = work.of_job(self._contents["job"], package, worker.state.nthreads, worker.address)
        return self._work.run(block)

    def __del__(self) -> None:
        if self._work is not None:
            self._work.close()


def _install(package: str, code: bytes, own_folder: str) -> None:
    if package in sys.modules:
        return
    module = types.ModuleType(package)
    module.__path__ = [_unpacked(package, code, own_folder)]
    sys.modules.setdefault(package, module)


def _unpacked(package: str, code: bytes, own_folder: str) -> str:
    """The folder of the code: beside the worker's own one, for all workers of a machine, as is what numba compiled."""
    folder = os.path.join(os.path.dirname(own_folder), package)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and os.stat(folder).st_uid != os.getuid():  # code of somebody else is not to be trusted
        folder = tempfile.mkdtemp(dir=own_folder)
    with zipfile.ZipFile(io.BytesIO(code)) as archive:
        for item in archive.infolist():
            path = os.path.join(folder, *item.filename.split("/"))
            if os.path.isfile(path) and os.path.getsize(path) == item.file_size:
                continue
            os.makedirs(os.path.dirname(path), exist_ok=True)
            handle, unfinished = tempfile.mkstemp(dir=os.path.dirname(path))
            with os.fdopen(handle, "wb") as file:
                file.write(archive.read(item))
            os.utime(unfinished, (WRITTEN, WRITTEN))  # numba compiles again what is newer
            os.replace(unfinished, path)
    return folder
