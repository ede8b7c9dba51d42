"""Outputs that are whole or absent: everything is written in a folder beside the target and moved at the end."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO

from .errors import ChronocoverError
from .locking import try_lock

STALE_SIDECARS = (
    ".aux.xml",
    ".ovr",
    ".msk",
    ".warped",
    "-wal",
    "-shm",
    "-journal",
)  # the last three: of a GeoPackage open in QGIS

WORKING, JOURNAL, LOCK, REPLACED = ".partial", ".unfinished", ".lock", ".replaced"
JOURNAL_DAYS = 14  # an interrupted run that nobody goes on with is forgotten
DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)


@contextmanager
def atomic_output(path: str) -> Iterator[str]:
    """Yield a path to write to; on success move what was written (sidecars too) to ``path``, else leave no trace.

    The yielded path has the final file name, inside a hidden folder beside the target, so that the move is a rename
    on one file system and sidecars written beside it (``.aux.xml``, ``.qml``, the folder ``.warped`` of a series) get
    their final names. Folders that killed runs left there are removed, and so is the journal of an interrupted run
    once its output is there.

    Raises:
        ChronocoverError: the folder cannot be made or written to, its disk is full or not known to the system
            (``/vsis3/``), or the target is open elsewhere.
    """
    _refuse_virtual(path)
    path = os.path.abspath(path)
    folder, name = os.path.split(path)
    missing = _missing_folders(folder)
    try:
        os.makedirs(folder, exist_ok=True)
        _remove_leftovers(folder)
        work, lock = _working_folder(folder, name)
    except OSError as error:
        raise ChronocoverError(
            f"Cannot write in the folder {folder} ({error.strerror}). Choose another output folder."
        ) from error
    try:
        yield os.path.join(work, name)
        _move_all(work, path)
        with suppress(OSError):
            _remove_if_free(journal_path(path))
    except OSError as error:
        if not os.path.isdir(work):
            raise ChronocoverError(
                f"The folder {folder} vanished while {name} was written. Is a drive disconnected? Start again."
            ) from error
        if error.errno not in DISK_ERRORS:
            raise
        raise write_failure(path, error.strerror) from error
    finally:
        _remove_working(work, lock)
        with suppress(OSError):  # something is in it, so it stays
            for made in missing:
                os.rmdir(made)


def journal_path(path: str) -> str:
    """Where the journal of a run is whose (first) output is ``path``, see :mod:`core.journal`."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(folder, f".{name}{JOURNAL}")


def _working_folder(folder: str, name: str) -> tuple[str, IO[bytes]]:
    """A new hidden folder to write in, and the open file in it that is locked while this process lives."""
    while True:
        work = tempfile.mkdtemp(prefix=f".{name}.", suffix=WORKING, dir=folder)
        with suppress(FileNotFoundError):
            lock = open(os.path.join(work, LOCK), "wb")  # noqa: SIM115
            if try_lock(lock) is not False:
                return work, lock
            lock.close()  # another run took it for a leftover before it was locked


def _remove_working(work: str, lock: IO[bytes]) -> None:
    """Remove a folder to write in, its locked file last: whoever finds the folder can tell that nobody needs it."""
    with suppress(OSError):
        for entry in os.scandir(work):
            if entry.is_dir():
                shutil.rmtree(entry.path, ignore_errors=True)
            elif entry.name != LOCK:
                os.remove(entry.path)
    lock.close()  # Windows does not delete open files
    shutil.rmtree(work, ignore_errors=True)


def _remove_leftovers(folder: str) -> None:
    """Remove what killed runs left in a folder: half-written outputs, and journals that are too old."""
    for entry in os.scandir(folder):
        with suppress(OSError):
            if entry.name.startswith(".") and entry.name.endswith(WORKING):
                if os.listdir(entry.path) == []:
                    os.rmdir(entry.path)  # should it be a new one, its owner makes another
                    continue
                with open(os.path.join(entry.path, LOCK), "r+b") as file:
                    if try_lock(file):
                        _remove_working(entry.path, file)
            elif entry.name.startswith(".") and entry.name.endswith(JOURNAL) and _is_old(entry):
                _remove_if_free(entry.path)


def _is_old(journal: os.DirEntry) -> bool:
    return time.time() - journal.stat().st_mtime > JOURNAL_DAYS * 86400


def _remove_if_free(path: str) -> None:
    """Remove a journal, unless a run that still goes on has it."""
    with open(path, "r+b") as file:
        free = try_lock(file) is not False
    if free:
        os.remove(path)


def put_on_disk(path: str) -> None:
    """Wait until a file that was written is on the disk, not only in the system's memory."""
    with suppress(OSError), open(path, "r+b") as file:
        os.fsync(file.fileno())


def _missing_folders(folder: str) -> list[str]:
    """A folder and those above it that do not exist, the innermost first."""
    missing = []
    while not os.path.lexists(folder) and os.path.dirname(folder) != folder:
        missing.append(folder)
        folder = os.path.dirname(folder)
    return missing


def write_failure(path: str, reason: str, size: int = 0) -> ChronocoverError:
    """The error to raise when ``path`` could not be written: says how much room is left, and is needed.

    ``size`` is the file's uncompressed size in bytes, 0 if unknown.
    """
    needed = f", the file takes up to {size_in_words(size)}" if size else ""
    said = " ".join(reason.split()).rstrip(".")
    return ChronocoverError(
        f"Writing {os.path.basename(path)} failed: {said} ({free_room(path)} are free there{needed}). "
        "Free some space or choose another folder."
    )


def free_room(path: str) -> str:
    """How much room is left where ``path`` is to be, in words."""
    return size_in_words(shutil.disk_usage(os.path.dirname(os.path.abspath(path))).free)


def size_in_words(size: float) -> str:
    """Bytes as "1,234 MB", or as "56 kB" if they are fewer."""
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 else f"{size / 1e3:,.0f} kB"


def _move_all(work: str, path: str) -> None:
    folder, name = os.path.split(path)
    written = [entry for entry in os.listdir(work) if entry != LOCK]
    written.sort(key=lambda entry: entry == name)  # the main file last: it marks completion
    if name not in written:
        raise ChronocoverError(f"Nothing was written to {path}.")
    moved: list[tuple[str, str]] = []

    def move(source: str, target: str) -> None:
        os.replace(source, target)
        moved.append((source, target))

    try:
        for stale in (path + sidecar for sidecar in STALE_SIDECARS if name + sidecar not in written):
            if os.path.exists(stale):
                move(stale, os.path.join(work, os.path.basename(stale) + REPLACED))
        for entry in written:
            target = os.path.join(folder, entry)
            is_folder = os.path.isdir(os.path.join(work, entry))
            if os.path.exists(target) and entry != name and os.path.isdir(target) == is_folder:
                move(target, os.path.join(work, entry + REPLACED))
            move(os.path.join(work, entry), target)
    except OSError as error:
        for source, target in reversed(moved):
            with suppress(OSError):
                os.replace(target, source)
        raise ChronocoverError(
            f"Cannot replace {path} ({error.strerror}). Is it open in another program? Close it or choose another name."
        ) from error


VECTORS = (".gpkg", ".shp", ".geojson", ".json", ".fgb", ".gml", ".kml", ".sqlite", ".tab")
RASTERS = (".tif", ".tiff", ".vrt", ".img", ".jp2", ".asc", ".nc", ".bil", ".dat", ".sdat", ".rst", ".kea")


def check_output_folder(folder: str) -> None:
    """Raise :class:`ChronocoverError` if nothing can be written in ``folder``, which need not exist yet."""
    _refuse_virtual(folder)
    folder = os.path.abspath(folder)
    existing = folder
    while not os.path.lexists(existing) and os.path.dirname(existing) != existing:
        existing = os.path.dirname(existing)
    if os.path.isdir(existing):
        reason = "" if os.access(existing, os.W_OK | os.X_OK) else f"there is no permission to write in {existing}"
    else:
        reason = f"{existing} is a file" if os.path.exists(existing) else f"{existing} does not exist"
    if reason:
        raise ChronocoverError(f"Cannot write in the folder {folder}: {reason}. Choose another output folder.")


def check_output_files(outputs: Sequence[str], inputs: Iterable[str] = (), styled: Sequence[str] = ()) -> None:
    """Check where a run is to write, before it starts.

    Args:
        outputs: the files to write.
        inputs: the files that it reads.
        styled: those of the outputs that get a style file, ``NAME.qml``.

    Raises:
        ChronocoverError: a folder cannot be written to, an output is not on a disk, a folder, another output or an
            input, read-only or in use, or its style would replace that of a layer of the other kind, raster or vector,
            with the same name.
    """
    inputs = [path for path in inputs if os.path.isfile(path)]
    for path in outputs:
        _refuse_virtual(path)
    paths = [os.path.abspath(path) for path in outputs]
    for path in paths:
        if paths.count(path) > 1:
            raise ChronocoverError(f"Two outputs are to be written to {path}. Choose a file of its own for each.")
        if os.path.isdir(path):
            raise ChronocoverError(f"The output {path} is a folder. Choose a file.")
        check_output_folder(os.path.dirname(path))
        refuse_overwriting_inputs(path, inputs)
        _check_replaceable(path)
    for path in styled:
        _keep_styles_of_others(os.path.abspath(path))


def _refuse_virtual(path: str) -> None:
    """Raise ChronocoverError for a path that only GDAL knows: what is written there cannot be renamed at the end."""
    if path.startswith("/vsi"):
        raise ChronocoverError(
            f"The output {path} is not on a disk. Choose a file on one, and copy it there afterwards."
        )


def _check_replaceable(path: str) -> None:
    """Raise ChronocoverError if ``path`` is a file that may not be replaced, or cannot be."""
    if not os.path.exists(path):
        return
    if not os.stat(path).st_mode & 0o222 or not os.access(path, os.W_OK):
        raise ChronocoverError(f"The output {path} is a read-only file. Choose another file, or allow writing to it.")
    try:
        os.rename(path, path)  # Windows refuses that while another program, or a layer in QGIS, has the file open
        with open(path, "r+b") as file:
            free = try_lock(file) is not False
    except OSError:
        free = False
    if not free:
        raise ChronocoverError(
            f"The output {path} is open in another program or a layer of the project. Close it there or choose another "
            "file."
        )


def _keep_styles_of_others(path: str) -> None:
    folder, name = os.path.split(path)
    stem, extension = os.path.splitext(name)
    of_other_kind = RASTERS if extension.lower() in VECTORS else VECTORS
    if not os.path.exists(os.path.join(folder, f"{stem}.qml")):
        return
    for entry in sorted(os.listdir(folder)):
        other, extension = os.path.splitext(entry)
        if other == stem and extension.lower() in of_other_kind:
            raise ChronocoverError(
                f"The output {path} would replace the style of {entry}, {stem}.qml. Choose another name for the output."
            )


def refuse_overwriting_inputs(output: str, inputs: Iterable[str]) -> None:
    """Raise :class:`ChronocoverError` if ``output`` is one of the input files."""
    for source in inputs:
        if source and os.path.exists(output) and os.path.exists(source) and os.path.samefile(output, source):
            raise ChronocoverError(f"The output {output} is one of the inputs. Choose another output file.")
