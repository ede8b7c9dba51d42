"""How much of each image is clouded, from the quality alone: what decides which dates are left out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

import numpy as np

from ..blocks import Block, EngineOptions
from ..engine import run_blocks
from ..errors import ChronocoverError
from ..feedback import Feedback
from ..time_series.cloud_masks import CLEAR, CLOUDED, MaskClouds, mask_state
from .processing import SeriesInput


@dataclass(frozen=True)
class CloudCover:
    """Pixels of the scene, and int64 ``(dates,)`` of them that are clear and that are clouded; the rest is unknown."""

    dates: tuple[datetime.date, ...]
    pixels: int
    clear: np.ndarray
    clouded: np.ndarray

    @property
    def covered_shares(self) -> np.ndarray:
        """float64 ``(dates,)`` share of the scene with a quality value, 0 to 1."""
        return (self.clear + self.clouded) / max(1, self.pixels)

    @property
    def clouded_shares(self) -> np.ndarray:
        """float64 ``(dates,)`` share of those pixels that is clouded, 0 to 1; NaN where there are none."""
        known = self.clear + self.clouded
        return np.where(known > 0, self.clouded / np.maximum(1, known), np.nan)

    def dates_beyond(self, percent: float, keep_unknown: bool = False) -> tuple[datetime.date, ...]:
        """Dates that are clouded by more than ``percent``; those without any quality value too, unless kept.

        Raises ChronocoverError if no date would be left.
        """
        if percent >= 100:
            return ()
        shares = np.where(np.isnan(self.clouded_shares), 0.0 if keep_unknown else 1.0, self.clouded_shares)
        beyond = tuple(date for date, share in zip(self.dates, shares) if 100 * share > percent)
        if len(beyond) == len(self.dates):
            raise ChronocoverError(
                f"All {len(beyond)} dates are clouded by more than {percent:g} % (the clearest by "
                f"{100 * shares.min():.1f} %). Raise the limit, or check that the kind of quality band is right."
            )
        return beyond

    def leave_out(self, step: MaskClouds, percent: float, feedback: Feedback) -> MaskClouds:
        """``step`` that also leaves out the dates beyond ``percent``, and tells them and what is unknown.

        Raises ChronocoverError if no date would be left.
        """
        self._warn_of_unknown(step.quality, step.keep_unknown, feedback)
        step = replace(step, dropped=self.dates_beyond(percent, step.keep_unknown))
        if step.dropped:
            days = ", ".join(date.isoformat() for date in step.dropped)
            feedback.info(f"Left out, clouded by more than {percent:g} %: {days}.")
        return step

    def _warn_of_unknown(self, variable: str, kept: bool, feedback: Feedback) -> None:
        """Raises ChronocoverError if no date has any quality value."""
        unknown = [date.isoformat() for date, share in zip(self.dates, self.covered_shares) if share == 0]
        if len(unknown) == len(self.dates):
            raise ChronocoverError(
                f"“{variable}” has no value on any date of the series: all is nodata. Choose another quality variable, "
                "or remove the nodata value from the masks if it means clear."
            )
        if unknown:
            what = "These dates are kept as they are" if kept else "Nothing of these dates is kept"
            feedback.warning(f"“{variable}” has no value on {', '.join(unknown)}. {what}.")


def measure_cloud_cover(
    quality: SeriesInput,
    step: MaskClouds,
    *,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> CloudCover:
    """Count in one pass over the quality alone. Raises what reading a series raises."""
    dates = quality.axes.dates
    clear, clouded = np.zeros(len(dates), dtype=np.int64), np.zeros(len(dates), dtype=np.int64)

    def consume(block: Block, counted: tuple[np.ndarray, np.ndarray]) -> None:
        clear[:] += counted[0]
        clouded[:] += counted[1]

    grid = quality.source.grid
    run_blocks(
        grid,
        [quality.source],
        _CloudCounts(step),
        consume,
        halo=step.grow,
        bytes_per_pixel=6 * len(dates),
        options=options,
        feedback=feedback,
    )
    return CloudCover(dates, grid.width * grid.height, clear, clouded)


@dataclass(frozen=True)
class _CloudCounts:
    """Clear and clouded pixels of one block by date; picklable."""

    step: MaskClouds

    def __call__(self, block: Block, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        state = mask_state(values[..., 0], self.step.rule, self.step.grow)[block.inner]
        return (state == CLEAR).sum(axis=(0, 1)), (state == CLOUDED).sum(axis=(0, 1))
