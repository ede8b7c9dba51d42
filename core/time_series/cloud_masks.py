"""Masking clouds by a quality variable: codes, bit fields or a threshold, and growing the mask in space."""

from __future__ import annotations

import datetime
import functools
import math
from dataclasses import dataclass, field

import numba
import numpy as np

from ..errors import ChronocoverError
from ..series.image_series import QUALITY
from ..series.steps import SeriesAxes
from .quality_presets import HIGHEST_CODE, LOWEST_CODE, CodeRule, ThresholdRule

CLEAR, CLOUDED, UNKNOWN = 0, 1, 2
"""What a pixel is on a date; unknown is where there is no quality value, mostly because the image ends there."""


@dataclass(frozen=True)
class MaskClouds:
    """The step that makes clouded observations missing in all data variables.

    Attributes:
        quality: name of the quality variable.
        rule: which of its values are bad.
        grow: pixels by which the mask grows on all sides, as a disc; where the quality is unknown does not grow.
        keep_quality: whether the quality variable stays in the series; other quality variables always do.
        keep_unknown: whether observations without a quality value are kept; otherwise they become missing.
        dropped: dates that are left out.
    """

    quality: str
    rule: CodeRule | ThresholdRule
    grow: int = 0
    keep_quality: bool = False
    keep_unknown: bool = False
    dropped: tuple[datetime.date, ...] = field(default=())

    @property
    def halo(self) -> int:
        """As many pixels as the mask grows."""
        return self.grow

    def describe(self) -> str:
        """What is masked, in words."""
        grown = f" The mask is grown by {self.grow} pixel{'s' if self.grow > 1 else ''}." if self.grow else ""
        return self.rule.describe() + grown

    def axes_after(self, axes: SeriesAxes) -> SeriesAxes:
        """The axes without the dropped dates and the quality variable; if that is kept, its role is quality."""
        dates, variables = self._kept(axes)
        if not any(axes.variables[v] != self.quality for v in variables):
            raise ChronocoverError(
                f"The series has no variable beside “{self.quality}”, so there is nothing to mask. "
                "Choose another quality variable."
            )
        return SeriesAxes(
            tuple(axes.dates[t] for t in dates),
            tuple(axes.variables[v] for v in variables),
            tuple(QUALITY if axes.variables[v] == self.quality else axes.roles[v] for v in variables),
            tuple(axes.date_ends[t] for t in dates),
        )

    def apply(self, values: np.ndarray, axes: SeriesAxes) -> np.ndarray:
        """Mask a block, see :class:`core.series.steps.SeriesStep`."""
        dates, variables = self._kept(axes)
        quality = axes.index(self.quality)
        maskable = np.array([v in axes.data_indices and v != quality for v in variables])
        rows, columns = values.shape[:2]
        result = np.empty((rows, columns, len(dates), len(variables)), dtype=np.float32)
        state = mask_state(values[..., quality], self.rule, self.grow)
        masked = np.array([False, True, not self.keep_unknown])
        _mask(
            values.reshape(rows * columns, *values.shape[2:]),
            state.reshape(rows * columns, -1),
            masked,
            np.array(dates, dtype=np.int64),
            np.array(variables, dtype=np.int64),
            np.where(maskable, np.float32(np.nan), np.float32(0)),
            result.reshape(rows * columns, *result.shape[2:]),
        )
        return result

    def _kept(self, axes: SeriesAxes) -> tuple[list[int], list[int]]:
        quality = axes.index(self.quality)
        dates = [t for t, date in enumerate(axes.dates) if date not in self.dropped]
        return dates, [v for v in range(len(axes.variables)) if v != quality or self.keep_quality]


def mask_state(quality: np.ndarray, rule: CodeRule | ThresholdRule, grow: int = 0) -> np.ndarray:
    """Whether pixels are clear, clouded or unknown.

    Args:
        quality: float32 ``(rows, columns, dates)``, NaN where there is none. Codes are whole numbers from -32768 to
            65535; other ones count as unknown.
        rule: which are bad.
        grow: pixels by which clouded areas grow, as a disc.

    Returns:
        uint8 ``(rows, columns, dates)`` of :data:`CLEAR`, :data:`CLOUDED`, :data:`UNKNOWN`.
    """
    state = np.empty(quality.shape, dtype=np.uint8)
    if isinstance(rule, CodeRule):
        _look_up(quality, lookup_table(rule), state)
    else:
        _compare(quality, np.float32(rule.threshold), rule.bad_above, state)
    return grow_clouds(state, grow) if grow else state


@functools.lru_cache(maxsize=16)
def lookup_table(rule: CodeRule) -> np.ndarray:
    """uint8 ``(98304,)``: :data:`CLOUDED` or :data:`CLEAR` for each code, from -32768 on."""
    codes = np.arange(LOWEST_CODE, HIGHEST_CODE + 1)
    bad = np.zeros(len(codes), dtype=bool)
    for low, high in rule.ranges:
        bad |= (codes >= low) & (codes <= high)
    for bits in rule.fields:
        bad |= np.isin((codes >> bits.first) & ((1 << bits.count) - 1), bits.bad)
    table = np.where(bad, CLOUDED, CLEAR).astype(np.uint8)
    table.setflags(write=False)
    return table


def grow_clouds(state: np.ndarray, radius: int) -> np.ndarray:
    """Clouded areas grown by a disc: clouded is what lies at most ``radius`` pixels from a clouded pixel's centre.

    Args:
        state: uint8 ``(rows, columns, dates)`` as of :func:`mask_state`; unknown pixels stay unknown.
        radius: in pixels.

    Returns:
        An array like ``state``.
    """
    rows, columns, dates = state.shape
    distance = np.empty((rows, columns, dates), dtype=np.uint16)
    _distance_in_row(state, radius, distance)
    reach = np.array([math.isqrt(radius * radius - dy * dy) for dy in range(radius + 1)], dtype=np.uint16)
    grown = state.copy()
    _grow(distance, reach, grown)
    return grown


@numba.njit(cache=True, nogil=True)
def _look_up(quality: np.ndarray, table: np.ndarray, state: np.ndarray) -> None:
    for row in range(quality.shape[0]):
        for column in range(quality.shape[1]):
            for date in range(quality.shape[2]):
                value = quality[row, column, date]
                if -32768.0 <= value <= 65535.0:  # False for NaN
                    state[row, column, date] = table[np.int64(np.rint(value)) + 32768]
                else:
                    state[row, column, date] = 2


@numba.njit(cache=True, nogil=True)
def _compare(quality: np.ndarray, threshold: float, bad_above: bool, state: np.ndarray) -> None:
    for row in range(quality.shape[0]):
        for column in range(quality.shape[1]):
            for date in range(quality.shape[2]):
                value = quality[row, column, date]
                if math.isnan(value):
                    state[row, column, date] = 2
                else:
                    state[row, column, date] = value > threshold if bad_above else value < threshold


@numba.njit(cache=True, nogil=True)
def _distance_in_row(state: np.ndarray, radius: int, distance: np.ndarray) -> None:
    """Columns to the next clouded pixel of the row, ``radius + 1`` where it is farther."""
    rows, columns, dates = state.shape
    far = radius + 1
    for row in range(rows):
        for column in range(columns):
            for date in range(dates):
                if state[row, column, date] == 1:
                    distance[row, column, date] = 0
                elif column == 0:
                    distance[row, column, date] = far
                else:
                    distance[row, column, date] = min(distance[row, column - 1, date] + 1, far)
        for column in range(columns - 2, -1, -1):
            for date in range(dates):
                step = distance[row, column + 1, date] + 1
                if step < distance[row, column, date]:
                    distance[row, column, date] = step


@numba.njit(cache=True, nogil=True)
def _grow(distance: np.ndarray, reach: np.ndarray, grown: np.ndarray) -> None:
    rows, columns, dates = grown.shape
    radius = len(reach) - 1
    for row in range(rows):
        for near in range(max(0, row - radius), min(rows, row + radius + 1)):
            width = reach[abs(near - row)]
            for column in range(columns):
                for date in range(dates):
                    if distance[near, column, date] <= width and grown[row, column, date] == 0:
                        grown[row, column, date] = 1


@numba.njit(cache=True, nogil=True)
def _mask(
    values: np.ndarray,
    state: np.ndarray,
    masked: np.ndarray,
    dates: np.ndarray,
    variables: np.ndarray,
    mark: np.ndarray,
    result: np.ndarray,
) -> None:
    """Copy the kept dates and variables, plus ``mark`` (NaN or 0 for each variable) where the state is a masked one."""
    for pixel in range(values.shape[0]):
        for t in range(len(dates)):
            if masked[state[pixel, dates[t]]]:
                for v in range(len(variables)):
                    result[pixel, t, v] = values[pixel, dates[t], variables[v]] + mark[v]
            else:
                for v in range(len(variables)):
                    result[pixel, t, v] = values[pixel, dates[t], variables[v]]
