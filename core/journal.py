"""The journal of a long run: the results of its finished blocks, from which it goes on after it was interrupted.

It is one file beside the output, to which results are appended as they come. Each record has a checksum, so that one
that was cut short by a crash is simply not there. A run that is started again with the same identity takes these
results instead of computing their blocks, and makes of them, in the same order, what it would have made: outputs,
counts and files are the same to the byte. Nothing is executed when a journal is read (no pickle).
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Any

import numpy as np

from .errors import ChronocoverError
from .feedback import Feedback
from .files import journal_path, put_on_disk
from .identity import RunIdentity, what_differs
from .locking import try_lock

BEGIN_AFTER = 5.0  # seconds: shorter runs are not worth a file; what was finished before is computed again
KEEP_AFTER = 30.0  # seconds: what a shorter run has finished is not worth keeping when it is cancelled
SYNC_EVERY = 10.0  # seconds: what was finished before is safe from a power failure
SYNC_BYTES = 64 << 20
FREE_AT_LEAST = 128 << 20  # bytes
JOIN_SECONDS = 0.3  # a slow disk takes longer to write, and a user who cancelled does not wait for it
MAGIC = b"chronocover journal 1\n"
RECORD = struct.Struct("<QQI")  # index, bytes, checksum of the record
LEAST_LENGTH = 4  # bytes of a result, see :func:`_encoded`; after a power failure a file may end in zeros


class Journal:
    """The journal of one run; used by one thread. Made by :func:`run_journal`."""

    def __init__(self, path: str, identity: RunIdentity, output_bytes: int, feedback: Feedback) -> None:
        """``output_bytes``: uncompressed size of all outputs, for which room must remain."""
        self._path, self._identity, self._feedback = path, identity, feedback
        self._output_bytes = output_bytes
        self._file: IO[bytes] | None = None
        self._where: dict[int, tuple[int, int, int]] = {}
        self._end = self._synced_end = 0
        self._start = self._synced = time.monotonic()
        self._syncing: threading.Thread | None = None
        self._temporary = _is_inside(path, identity.temporary_folder)
        self._usable, self._resumed = True, False
        self._stamps = identity.stamps()
        if not self._temporary and os.path.exists(path):
            self._take_over()

    @property
    def begun(self) -> bool:
        """Whether the run is long enough to have a journal."""
        return self._file is not None

    def results_of(self, indices: Sequence[int]) -> list[Any] | None:
        """The results that were kept of these blocks; None if one is missing or damaged."""
        if self._file is None or not all(index in self._where for index in indices):
            return None
        results = []
        for index in indices:
            position, length, checksum = self._where[index]
            payload = bytearray(length)
            try:
                self._file.seek(position)
                whole = self._file.readinto(payload) == length
            except OSError as error:
                self._give_up(error.strerror or str(error))
                return None
            if not whole or zlib.crc32(payload, _seed(index, length)) != checksum:
                del self._where[index]
                return None
            results.append(_decoded(payload, self._path))
        return results

    def add(self, index: int, result: Any) -> None:
        """Keep the result of a block: None, numbers, texts, arrays, and tuples, lists and dictionaries of them."""
        now = time.monotonic()
        if not self._usable or (self._file is None and now - self._start < BEGIN_AFTER):
            return
        if self._temporary:
            if now - self._start >= KEEP_AFTER:
                self._give_up("its output is a temporary file")
            return
        try:
            pieces = _encoded(result)
            if self._file is None:
                self._begin()
            length = sum(memoryview(piece).nbytes for piece in pieces)
            checksum = _seed(index, length)
            for piece in pieces:
                checksum = zlib.crc32(piece, checksum)
            self._file.seek(self._end)
            self._file.write(RECORD.pack(index, length, checksum))
            for piece in pieces:
                self._file.write(piece)
            self._where[index] = (self._end + RECORD.size, length, checksum)
            self._end += RECORD.size + length
            if now - self._synced >= SYNC_EVERY or self._end - self._synced_end >= SYNC_BYTES:
                self._synced, self._synced_end = now, self._end
                self._sync()
        except OSError as error:
            self._give_up(error.strerror or str(error))
        except TypeError as error:  # of what is computed; the run itself is all right
            self._give_up(str(error))

    def end(self, whole: bool) -> None:
        """Close it, and remove it unless it is worth keeping. ``whole``: the run was finished, not interrupted.

        After a finished run the file stays until the outputs have their names: :func:`core.files.atomic_output` removes
        it then.
        """
        if self._file is None:
            return
        keep = whole or self._resumed or time.monotonic() - self._start >= KEEP_AFTER
        size = self._end
        self._close()
        if not keep:
            _remove(self._path)
        elif not whole:
            self._feedback.info(
                f"What is finished is kept ({size / 1e6:,.1f} MB in {self._path}): start again with the same inputs, "
                "settings and output to go on from there."
            )

    def _take_over(self) -> None:
        """Go on with the journal of an earlier run, or remove it."""
        try:
            file = open(self._path, "r+b")  # noqa: SIM115
        except OSError as error:
            self._give_up(error.strerror or str(error))
            return
        if try_lock(file) is False:
            file.close()
            self._usable = False
            self._feedback.warning(
                f"Another run is writing the same output now (it has {self._path}): the one that ends last stays."
            )
            return
        new = json.loads(json.dumps(self._identity.facts(self._feedback)))
        try:
            old = _header(file)
            if old == new:
                self._file, self._resumed = file, True
                self._end = file.tell()
                self._find_records()
                file.truncate(self._end)  # what was cut short by a crash
        except OSError as error:
            file.close()
            self._give_up(error.strerror or str(error))
            return
        if old != new:
            file.close()
            _remove(self._path)
            why = f"it was another one: {what_differs(old, new)} changed" if old else "nothing in it can be used"
            self._feedback.info(f"An interrupted run left {os.path.basename(self._path)}, but {why}. Starting anew.")
            return
        self._feedback.info(f"Going on with an interrupted run: {len(self._where):,} parts of it are finished.")

    def _find_records(self) -> None:
        size = os.fstat(self._file.fileno()).st_size
        while True:
            self._file.seek(self._end)
            header = self._file.read(RECORD.size)
            if len(header) < RECORD.size:
                return
            index, length, checksum = RECORD.unpack(header)
            if length < LEAST_LENGTH or self._end + RECORD.size + length > size:
                return
            self._where[index] = (self._end + RECORD.size, length, checksum)
            self._end += RECORD.size + length

    def _begin(self) -> None:
        if not self._has_room():
            raise OSError("the outputs may need the room")
        facts = self._identity.facts(self._feedback)
        if self._identity.stamps() != self._stamps:  # else what was computed before would count as of the new files
            raise OSError("an input was changed meanwhile")
        file = open(self._path, "x+b")  # noqa: SIM115
        if try_lock(file) is False:
            raise BlockingIOError("it is locked")
        self._file = file
        self._end = file.write(MAGIC + json.dumps(facts).encode() + b"\n")

    def _sync(self) -> None:
        """Have the system write it to the disk, meanwhile; make sure that it leaves room for the outputs."""
        if not self._has_room():
            raise OSError("the outputs may need the room")
        if self._syncing is None or not self._syncing.is_alive():
            self._file.flush()
            self._syncing = threading.Thread(target=put_on_disk, args=(self._path,), daemon=True)
            self._syncing.start()

    def _has_room(self) -> bool:
        left = max(0, self._output_bytes - self._end)
        return shutil.disk_usage(os.path.dirname(self._path)).free >= left + FREE_AT_LEAST

    def _give_up(self, reason: str) -> None:
        self._usable = False
        self._where.clear()
        if self._file is not None:
            self._close()
            _remove(self._path)
        self._feedback.info(f"This run could not go on if it were interrupted: {reason}.")

    def _close(self) -> None:
        """Close the file, whatever becomes of its last bytes: a run never fails for its journal."""
        if self._syncing:
            self._syncing.join(JOIN_SECONDS)
        with suppress(OSError):
            self._file.close()
        self._file = None


@contextmanager
def run_journal(output: str, identity: RunIdentity, output_bytes: int, feedback: Feedback) -> Iterator[Journal]:
    """The journal of a run whose first output is ``output``: taken over from an interrupted one, or made in time."""
    journal = Journal(journal_path(output), identity, output_bytes, feedback)
    whole = False
    try:
        yield journal
        whole = True
    finally:
        journal.end(whole)


def _is_inside(path: str, folder: str) -> bool:
    path, folder = (os.path.normcase(os.path.realpath(name)) if name else "" for name in (path, folder))
    return bool(folder) and path.startswith(os.path.join(folder, ""))


def _seed(index: int, length: int) -> int:
    return zlib.crc32(struct.pack("<QQ", index, length))


def _remove(path: str) -> None:
    with suppress(OSError):
        os.remove(path)


def _header(file: IO[bytes]) -> Any:
    """The facts in a journal's header; None if there are none."""
    if file.read(len(MAGIC)) != MAGIC:
        return None
    try:
        return json.loads(file.readline())
    except ValueError:
        return None


def _encoded(value: Any) -> list[bytes | memoryview]:
    """A result as pieces of bytes: its structure as JSON, then the arrays. Raises TypeError for other values."""
    arrays: list[np.ndarray] = []
    text = json.dumps(_structure(value, arrays)).encode()
    return [struct.pack("<I", len(text)), text, *(memoryview(a.reshape(-1)).cast("B") for a in arrays if a.size)]


def _structure(item: Any, arrays: list[np.ndarray]) -> Any:
    """A value with its arrays replaced by their types and shapes; they are added to ``arrays``."""
    if item is None or type(item) in (bool, int, float, str):
        return item
    if isinstance(item, (np.ndarray, np.generic)) and item.dtype.kind in "biufc":
        arrays.append(np.ascontiguousarray(item))
        return {"array": [item.dtype.str, list(item.shape)], "scalar": isinstance(item, np.generic)}
    if type(item) in (tuple, list):
        return {type(item).__name__: [_structure(part, arrays) for part in item]}
    if isinstance(item, dict) and all(isinstance(key, str) for key in item):
        return {"dict": {key: _structure(part, arrays) for key, part in item.items()}}
    raise TypeError(f"a journal keeps no {type(item).__qualname__}")


def _decoded(payload: bytearray, path: str) -> Any:
    """The reverse of :func:`_encoded`; arrays can be written to."""
    (length,) = struct.unpack_from("<I", payload)
    try:
        return _value(json.loads(bytes(payload[4 : 4 + length])), payload, [4 + length])
    except (ValueError, KeyError, TypeError) as error:  # its checksum is right, so it was not written by us
        raise ChronocoverError(f"The journal {path} is not from this plugin. Delete it and start again.") from error


def _value(item: Any, payload: bytearray, position: list[int]) -> Any:
    """The reverse of :func:`_structure`; ``position`` is where the next array begins, and is moved on."""
    if not isinstance(item, dict):
        return item
    if "array" in item:
        name, shape = item["array"]
        dtype = np.dtype(name)
        count = int(np.prod(shape, dtype=np.int64))
        array = np.frombuffer(payload, dtype, count, position[0]).reshape(shape)
        position[0] += count * dtype.itemsize
        return array[()] if item["scalar"] else array
    kind, parts = next(iter(item.items()))
    if kind == "dict":
        return {key: _value(part, payload, position) for key, part in parts.items()}
    values = [_value(part, payload, position) for part in parts]
    return tuple(values) if kind == "tuple" else values
