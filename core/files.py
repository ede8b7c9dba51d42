"""Outputs that are whole or absent: everything is written in a folder beside the target and moved at the end."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from .errors import ChronocoverError

STALE_SIDECARS = (
    ".aux.xml",
    ".ovr",
    ".msk",
    ".warped",
    "-wal",
    "-shm",
    "-journal",
)  # the last three: of a GeoPackage open in QGIS

DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)


@contextmanager
def atomic_output(path: str) -> Iterator[str]:
    """Yield a path to write to; on success move what was written (sidecars too) to ``path``, else leave no trace.

    The yielded path has the final file name, inside a hidden folder beside the target, so that the move is a rename
    on one file system and sidecars written beside it (``.aux.xml``, ``.qml``, the folder ``.warped`` of a series) get
    their final names.

    Raises:
        ChronocoverError: the folder cannot be made or written to, its disk is full, or the target is open elsewhere.
    """
    path = os.path.abspath(path)
    folder, name = os.path.split(path)
    missing = _missing_folders(folder)
    try:
        os.makedirs(folder, exist_ok=True)
        work = tempfile.mkdtemp(prefix=f".{name}.", suffix=".partial", dir=folder)
    except OSError as error:
        raise ChronocoverError(
            f"Cannot write in the folder {folder} ({error.strerror}). Choose another output folder."
        ) from error
    try:
        yield os.path.join(work, name)
        _move_all(work, path)
    except OSError as error:
        if error.errno not in DISK_ERRORS:
            raise
        raise write_failure(path, error.strerror) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
        with suppress(OSError):  # something is in it, so it stays
            for made in missing:
                os.rmdir(made)


def _missing_folders(folder: str) -> list[str]:
    """A folder and those above it that do not exist, the innermost first."""
    missing = []
    while not os.path.lexists(folder) and os.path.dirname(folder) != folder:
        missing.append(folder)
        folder = os.path.dirname(folder)
    return missing


def write_failure(path: str, reason: str) -> ChronocoverError:
    """The error to raise when ``path`` could not be written: says how much room is left."""
    free = shutil.disk_usage(os.path.dirname(os.path.abspath(path))).free // 2**20
    return ChronocoverError(
        f"Writing {os.path.basename(path)} failed: {reason} ({free} MB are free there). "
        "Free some space or choose another folder."
    )


def _move_all(work: str, path: str) -> None:
    folder, name = os.path.split(path)
    written = sorted(os.listdir(work), key=lambda entry: entry == name)  # the main file last: it marks completion
    if name not in written:
        raise ChronocoverError(f"Nothing was written to {path}.")
    try:
        for stale in (path + sidecar for sidecar in STALE_SIDECARS if name + sidecar not in written):
            if os.path.isdir(stale):
                shutil.rmtree(stale)
            elif os.path.exists(stale):
                os.remove(stale)
        for entry in written:
            target = os.path.join(folder, entry)
            if os.path.isdir(target) and os.path.isdir(os.path.join(work, entry)):  # a rename replaces files only
                os.replace(target, os.path.join(work, entry + ".replaced"))
            os.replace(os.path.join(work, entry), target)
    except OSError as error:
        raise ChronocoverError(
            f"Cannot replace {path} ({error.strerror}). Is it open in another program? Close it or choose another name."
        ) from error


VECTORS = (".gpkg", ".shp", ".geojson", ".json", ".fgb", ".gml", ".kml", ".sqlite", ".tab")
RASTERS = (".tif", ".tiff", ".vrt", ".img", ".jp2", ".asc", ".nc", ".bil", ".dat", ".sdat", ".rst", ".kea")


def check_output_folder(folder: str) -> None:
    """Raise :class:`ChronocoverError` if nothing can be written in ``folder``, which need not exist yet."""
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
        ChronocoverError: a folder cannot be written to, an output is a folder, another output or an input, or its style
            would replace that of a layer of the other kind, raster or vector, with the same name.
    """
    inputs = [path for path in inputs if os.path.isfile(path)]
    paths = [os.path.abspath(path) for path in outputs]
    for path in paths:
        if paths.count(path) > 1:
            raise ChronocoverError(f"Two outputs are to be written to {path}. Choose a file of its own for each.")
        if os.path.isdir(path):
            raise ChronocoverError(f"The output {path} is a folder. Choose a file.")
        check_output_folder(os.path.dirname(path))
        refuse_overwriting_inputs(path, inputs)
    for path in styled:
        _keep_styles_of_others(os.path.abspath(path))


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
