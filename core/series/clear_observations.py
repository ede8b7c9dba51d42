"""Counting clear observations over a whole series: a date's clear share, a pixel's number of clear dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numba
import numpy as np

from ..blocks import Block, EngineOptions
from ..engine import run_blocks
from ..feedback import Feedback
from ..time_series.compositing import Composite
from ..time_series.method_names import CLEAREST
from .processing import SeriesInput
from .steps import SeriesAxes, SeriesStep, apply_all, axes_after_all


class ClearObservations:
    """How often pixels were observed: at least one data variable is there. A tally of a series' blocks.

    Attributes:
        pixels: pixels counted.
        by_date: int64 ``(dates,)`` pixels that are clear on each date.
        by_count: int64 ``(dates + 1,)`` pixels with 0, 1, 2, ... clear dates.
    """

    def __init__(self, axes: SeriesAxes) -> None:
        self.axes = axes
        self.pixels = 0
        self.by_date = np.zeros(len(axes.dates), dtype=np.int64)
        self.by_count = np.zeros(len(axes.dates) + 1, dtype=np.int64)

    def count(self, values: np.ndarray, axes: SeriesAxes) -> tuple[np.ndarray, np.ndarray]:
        """``by_date`` and ``by_count`` of one block ``(rows, columns, dates, variables)``, NaN is missing."""
        by_date, by_count = np.zeros_like(self.by_date), np.zeros_like(self.by_count)
        _count_clear(values, np.array(axes.data_indices, dtype=np.int64), by_date, by_count)
        return by_date, by_count

    def add(self, counted: tuple[np.ndarray, np.ndarray]) -> None:
        """Add the counts of a block."""
        self.by_date += counted[0]
        self.by_count += counted[1]
        self.pixels += int(counted[1].sum())

    @property
    def shares(self) -> np.ndarray:
        """float64 ``(dates,)`` share of the scene that is clear on each date, 0 to 1."""
        return self.by_date / max(1, self.pixels)

    @property
    def share(self) -> float:
        """Share of all pixels and dates that is clear, 0 to 1."""
        return float(self.by_date.sum()) / max(1, self.pixels * len(self.by_date))

    @property
    def never_share(self) -> float:
        """Share of the pixels that are clear on no date, 0 to 1."""
        return float(self.by_count[0]) / max(1, self.pixels)


def count_clear_observations(
    source: SeriesInput,
    steps: Sequence[SeriesStep] = (),
    *,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> ClearObservations:
    """Count in a pass that writes nothing, after ``steps``. Raises what reading a series raises."""
    before = source.axes
    after = axes_after_all(steps, before)
    tally = ClearObservations(after)

    working = 8 * len(before.dates) * len(before.variables)
    run_blocks(
        source.source.grid,
        [source.source],
        _ClearCounts(tuple(steps), before, tally),
        lambda block, counted: tally.add(counted),
        halo=sum(step.halo for step in steps),
        bytes_per_pixel=working,
        options=options,
        feedback=feedback,
    )
    return tally


@dataclass(frozen=True)
class _ClearCounts:
    """What is clear in one block after the steps; picklable."""

    steps: tuple[SeriesStep, ...]
    before: SeriesAxes
    tally: ClearObservations

    def __call__(self, block: Block, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return self.tally.count(apply_all(self.steps, values, self.before)[block.inner], self.tally.axes)


def needs_clear_shares(steps: Sequence[SeriesStep]) -> bool:
    """Whether a composite among the steps ranks dates by how much of the scene is clear."""
    return any(isinstance(step, Composite) and step.method == CLEAREST for step in steps)


def with_clear_shares(
    steps: Sequence[SeriesStep],
    source: SeriesInput,
    *,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> list[SeriesStep]:
    """The steps, where such a composite knows what is clear after the steps before it: measured in a pass of its own.

    Raises what reading a series raises.
    """
    complete: list[SeriesStep] = []
    for step in steps:
        if needs_clear_shares([step]):
            counted = count_clear_observations(source, complete, options=options, feedback=feedback)
            step = replace(step, clear_shares=tuple(counted.shares))
        complete.append(step)
    return complete


@numba.njit(cache=True, nogil=True)
def _count_clear(values: np.ndarray, variables: np.ndarray, by_date: np.ndarray, by_count: np.ndarray) -> None:
    rows, columns, dates, _ = values.shape
    for row in range(rows):
        for column in range(columns):
            clear = 0
            for date in range(dates):
                seen = 0
                for v in variables:  # without branches: clouds are irregular
                    value = values[row, column, date, v]
                    seen |= value == value
                by_date[date] += seen
                clear += seen
            by_count[clear] += 1
