"""Outputs that are whole or absent: everything is written in a folder beside the target and moved at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

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


@contextmanager
def atomic_output(path: str) -> Iterator[str]:
    """Yield a path to write to; on success move what was written (sidecars too) to ``path``, else leave no trace.

    The yielded path has the final file name, inside a hidden folder beside the target, so that the move is a rename
    on one file system and sidecars written beside it (``.aux.xml``, ``.qml``, the folder ``.warped`` of a series) get
    their final names.

    Raises:
        ChronocoverError: the folder cannot be made or written to, or the target is open elsewhere.
    """
    path = os.path.abspath(path)
    folder, name = os.path.split(path)
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
    finally:
        shutil.rmtree(work, ignore_errors=True)


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


def refuse_overwriting_inputs(output: str, inputs: Iterable[str]) -> None:
    """Raise :class:`ChronocoverError` if ``output`` is one of the input files."""
    for source in inputs:
        if source and os.path.exists(output) and os.path.exists(source) and os.path.samefile(output, source):
            raise ChronocoverError(f"The output {output} is one of the inputs. Choose another output file.")
