"""The most memory that this process had in use since a moment, where the system tells."""

from __future__ import annotations

import os


class PeakMemory:
    """Counts from where it is made. On Linux alone; elsewhere nothing is known.

    The kernel keeps the peak of the whole process, and lets it be set back: so of two runs in one process at a time the
    earlier one loses its peak so far.
    """

    def __init__(self) -> None:
        try:
            with open("/proc/self/clear_refs", "w") as file:
                file.write("5")  # set the peak to what is in use now
        except OSError:
            pass
        self._before = _status("VmRSS")

    def megabytes(self) -> float | None:
        """What was in use at most beyond what was in use before, in MB of 2^20 bytes; None if it is not known."""
        most = _status("VmHWM")
        return None if most is None or self._before is None else max(0, most - self._before) / 1024


def _status(name: str) -> int | None:
    """A figure of this process in kB."""
    if not os.path.exists("/proc/self/status"):
        return None
    with open("/proc/self/status") as file:
        found = [line.split()[1] for line in file if line.startswith(f"{name}:")]
    return int(found[0]) if found else None
