"""Telling the files of a run that still goes on from those of a killed one: the system drops a dead process's locks."""

from __future__ import annotations

import os
from typing import IO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

LOCKED_BYTE = 1 << 62  # on Windows nobody else can read what is locked, so it lies beyond the file's end


def try_lock(file: IO) -> bool | None:
    """Lock an open file until it is closed; False if another process or object has it, None if locks do not work here.

    Some network drives know no locks.
    """
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            position = file.tell()
            os.lseek(file.fileno(), LOCKED_BYTE, os.SEEK_SET)
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            finally:
                os.lseek(file.fileno(), position, os.SEEK_SET)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return None
    return True
