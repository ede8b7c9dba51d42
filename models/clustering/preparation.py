"""What happens to series before their distances are taken: gaps filled, smoothed, scaled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...core.errors import ChronocoverError
from ...core.time_series.filling import fill_gaps
from ...core.time_series.scaling import to_unit_range, to_z_scores
from ...core.time_series.smoothing import HIGHEST_ORDER, savitzky_golay
from ...core.time_series.whittaker import whittaker
from .settings import MIN_MAX, NONE, SAVITZKY_GOLAY, Z_SCORE, ClusteringSettings


@dataclass(frozen=True)
class Preparation:
    """Prepares series of given dates.

    Attributes:
        days: the day of each date, ascending.
        scaling: as in :class:`ClusteringSettings`.
        smoothing: float64 ``(dates, dates)`` that a complete series is multiplied by, None for no smoothing. All
            smoothing that is offered is linear on a series without gaps.
    """

    days: tuple[int, ...]
    scaling: str
    smoothing: np.ndarray | None

    @classmethod
    def of(cls, settings: ClusteringSettings, days: tuple[int, ...]) -> Preparation:
        """The preparation that settings ask for, on series with these days.

        Raises:
            ChronocoverError: the smoothing does not fit the number of dates.
        """
        return cls(tuple(days), settings.effective_scaling, _smoothing_matrix(settings, days))

    @property
    def is_gap_filling(self) -> bool:
        """Whether gaps are filled and nothing else, so that complete series stay as they are."""
        return self.smoothing is None and self.scaling == NONE

    def apply(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Prepare series.

        Args:
            values: float32 or float64 ``(n, dates, variables)``, physical units; what is not finite is missing.

        Returns:
            float64 ``(n, dates, variables)`` and bool ``(n,)``: whether every variable was observed at least once.
            Where not, the series is 0 throughout.
        """
        values = np.asarray(values)
        finite = np.isfinite(values)
        complete = np.ones(len(values), bool)
        prepared = values.astype(np.float64)
        if not finite.all():
            gaps = ~finite.all(axis=(1, 2))
            known = np.where(finite[gaps], values[gaps], np.nan).astype(np.float32)
            prepared[gaps] = fill_gaps(known, np.asarray(self.days))
            complete[gaps] = ~np.isnan(prepared[gaps]).any(axis=(1, 2))
            prepared[~complete] = 0.0
        if self.smoothing is not None:
            prepared = np.matmul(self.smoothing, prepared)
        prepared = np.ascontiguousarray(prepared)
        if self.scaling == Z_SCORE:
            to_z_scores(prepared)
        elif self.scaling == MIN_MAX:
            to_unit_range(prepared)
        return prepared, complete


def _smoothing_matrix(settings: ClusteringSettings, days: tuple[int, ...]) -> np.ndarray | None:
    if settings.smoothing == NONE:
        return None
    dates = len(days)
    impulses = np.eye(dates, dtype=np.float32)[:, :, None]  # smoothing them gives the matrix, row by row transposed
    if settings.smoothing == SAVITZKY_GOLAY:
        window, order = settings.smoothing_window, settings.smoothing_order
        if window % 2 == 0 or not 3 <= window <= dates or not 0 <= order < window or order > HIGHEST_ORDER:
            raise ChronocoverError(
                f"Savitzky-Golay with a window of {window} dates and order {order} does not fit {dates} dates: the "
                f"window must be odd, 3 to {dates}, and the order below it and at most {HIGHEST_ORDER}."
            )
        savitzky_golay(impulses, np.asarray(days), [0], window, order)
    else:
        if not settings.smoothing_strength > 0:
            raise ChronocoverError(f"Whittaker's lambda is {settings.smoothing_strength:g}. It must be above 0.")
        whittaker(impulses, np.asarray(days), [0], settings.smoothing_strength)
    return impulses[:, :, 0].T.astype(np.float64)
