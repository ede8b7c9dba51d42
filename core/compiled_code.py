"""Where numba keeps compiled code from one run to the next: beside the modules, else in the user's cache.

Where neither can be written (a plugin of the whole system, a container without a home), numba refuses to compile at
all, so such a process gets a folder of its own, for as long as it lives.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile

CHOSEN = "NUMBA_CACHE_DIR"


def provide_folder(beside: str = os.path.dirname(__file__)) -> None:
    """Give numba a folder if it will find none. To be called before any compiled function is defined."""
    if os.environ.get(CHOSEN) or _can_hold_files(os.path.join(beside, "__pycache__")):
        return
    caches = ("LOCALAPPDATA",) if os.name == "nt" else ("XDG_CACHE_HOME",)
    home = next((os.environ[name] for name in caches if os.environ.get(name)), os.path.expanduser("~/.cache"))
    if _can_hold_files(home):
        return
    # Of this process alone: code that others could write must not be run.
    folder = tempfile.mkdtemp(prefix="chronocover-compiled-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ[CHOSEN] = folder
    if "numba" in sys.modules:
        sys.modules["numba"].config.CACHE_DIR = folder


def _can_hold_files(folder: str) -> bool:
    """Whether files can be written in a folder, which may have to be made first."""
    while folder and not os.path.exists(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK)
