"""How a long step talks to whoever runs it. One mechanism for the dialogs, ``qgis_process`` and a notebook."""

from __future__ import annotations

from .errors import CancelledError


class Feedback:
    """Messages, progress and cancelling. This base class is silent and never cancelled."""

    def info(self, text: str) -> None:
        """Tell the user a fact."""

    def warning(self, text: str) -> None:
        """Tell the user something that may be wrong though the run goes on."""

    def progress(self, fraction: float) -> None:
        """Report progress, 0 to 1."""

    def is_cancelled(self) -> bool:
        """Whether the user has asked to stop."""
        return False

    def check(self) -> None:
        """Raise :class:`CancelledError` if the user has asked to stop. Call it in every loop that may take a second."""
        if self.is_cancelled():
            raise CancelledError

    def part(self, start: float, end: float, quiet: bool = False) -> Feedback:
        """A feedback whose progress 0 to 1 fills this one's ``start`` to ``end``, for a step of several.

        A ``quiet`` one passes on warnings, but no facts.
        """
        return _Part(self, start, end, quiet)


class _Part(Feedback):
    def __init__(self, whole: Feedback, start: float, end: float, quiet: bool) -> None:
        self._whole, self._start, self._end, self._quiet = whole, start, end, quiet

    def info(self, text: str) -> None:
        if not self._quiet:
            self._whole.info(text)

    def warning(self, text: str) -> None:
        self._whole.warning(text)

    def progress(self, fraction: float) -> None:
        self._whole.progress(self._start + (self._end - self._start) * fraction)

    def is_cancelled(self) -> bool:
        return self._whole.is_cancelled()
