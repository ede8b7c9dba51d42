"""Whittaker's smoother on dated series with gaps and weights.

Of all curves z it takes the one that makes ``sum(w (y - z)²) + strength · sum((D z)²)`` least, where D z are second
divided differences in time. Missing values have the weight 0, so that the curve bridges gaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numba
import numpy as np

from ..errors import ChronocoverError
from ..series.steps import SeriesAxes


def whittaker(
    values: np.ndarray,
    days: np.ndarray,
    variables: Sequence[int],
    strength: float,
    weights: np.ndarray | None = None,
) -> None:
    """Smooth series in place, missing values included.

    Time is counted in mean steps of the dates, so that on evenly spaced ones ``D z`` is ``z[i-1] - 2 z[i] + z[i+1]``
    and ``strength`` the lambda of the literature. Before the first and after the last observation, where the curve
    would go straight on, it keeps its value there. A single observation gives a constant, two a straight line; a
    series with no observation stays missing.

    Args:
        values: float32 ``(n, dates, variables)``, C-contiguous; NaN is missing. It is changed.
        days: ``(dates,)`` day numbers, strictly ascending.
        variables: positions on axis 2 of the variables to smooth.
        strength: lambda, above 0.
        weights: float32 ``(n, dates)``, the same for all variables: 1 counts fully, 0 or NaN not at all. None: all 1.

    Source: Eilers (2003), A perfect smoother, Analytical Chemistry 75, 3631-3636, with its divided differences for
    unequal spacing; a banded Cholesky solution, factorised anew where the weights change.
    """
    chosen = np.asarray(variables, dtype=np.int64)
    weighted = weights is not None
    given = np.ascontiguousarray(weights, dtype=np.float32) if weighted else np.empty((0, 0), dtype=np.float32)
    _whittaker(values, chosen, second_differences(days) * np.sqrt(strength), given, weighted)


def second_differences(days: np.ndarray) -> np.ndarray:
    """The three coefficients of each second difference, ``(dates - 2, 3)``, with time in mean steps of the dates."""
    days = np.asarray(days, dtype=np.float64)
    if len(days) < 3:
        return np.empty((0, 3))
    time = (days - days[0]) * (len(days) - 1) / (days[-1] - days[0])
    before, after = time[1:-1] - time[:-2], time[2:] - time[1:-1]
    span = 0.5 * (before + after)
    return np.stack((1 / (before * span), -1 / (before * span) - 1 / (after * span), 1 / (after * span)), axis=1)


@dataclass(frozen=True)
class Whittaker:
    """The step for :func:`whittaker`. Quality variables pass unchanged.

    Attributes:
        strength: lambda.
        variables: names of those to smooth; empty for all data variables.
        weight_variable: name of the variable that says how far each date counts; empty for none. Where it is
            missing, the weight is 0.
        weights: pairs of its value, ascending, and the weight there, linear in between; empty if its values are the
            weights.
    """

    strength: float = 10.0
    variables: tuple[str, ...] = ()
    weight_variable: str = ""
    weights: tuple[tuple[float, float], ...] = ()
    halo: int = 0

    def axes_after(self, axes: SeriesAxes) -> SeriesAxes:
        """The same axes. Raises ChronocoverError if lambda or a weight is out of range, or a variable is unknown."""
        if not 0 < self.strength < np.inf:
            raise ChronocoverError(f"Lambda is {self.strength:g}. It must be above 0.")
        if self.weights and not self.weight_variable:
            raise ChronocoverError("There are weights, but no variable that they belong to. Name the quality variable.")
        wrong = [weight for _, weight in self.weights if not 0 <= weight < np.inf]
        if wrong:
            raise ChronocoverError(f"The weight {wrong[0]:g} is not allowed. Weights are 0 or more, usually 0 to 1.")
        axes.chosen_indices(self.variables)
        if self.weight_variable:
            axes.index(self.weight_variable)
        return axes

    def apply(self, values: np.ndarray, axes: SeriesAxes) -> np.ndarray:
        """Smooth a block; shapes as in :class:`core.series.steps.SeriesStep`."""
        values = np.ascontiguousarray(values)
        series = values.reshape(-1, *values.shape[2:])
        weights = None
        if self.weight_variable:
            weights = self._weights(series[:, :, axes.index(self.weight_variable)])
        whittaker(series, axes.days, axes.chosen_indices(self.variables), self.strength, weights)
        return values

    def _weights(self, quality: np.ndarray) -> np.ndarray:
        if not self.weights:
            return quality
        known, weight = zip(*self.weights)
        return np.interp(quality, known, weight).astype(np.float32)  # NaN stays NaN


def weights_of_text(text: str) -> tuple[tuple[float, float], ...]:
    """Pairs of quality value and weight from a text such as ``0=1, 1=0.5, 3=0``; none if it is empty.

    Raises:
        ChronocoverError: a part is not of the form value=weight, or a value comes twice.
    """
    pairs: dict[float, float] = {}
    for part in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        try:
            value, weight = (float(number) for number in part.split("="))
        except ValueError as error:
            raise ChronocoverError(
                f"The weights hold “{part}”, which is not value=weight. Write them as 0=1, 1=0.5, 3=0."
            ) from error
        if value in pairs:
            raise ChronocoverError(f"The weights name the quality value {value:g} twice. Keep one of them.")
        pairs[value] = weight
    return tuple(sorted(pairs.items()))


@numba.njit(cache=True, nogil=True)
def _whittaker(
    values: np.ndarray, variables: np.ndarray, differences: np.ndarray, weights: np.ndarray, weighted: bool
) -> None:
    samples, dates = values.shape[:2]
    weight, z, factor = np.zeros(dates), np.empty(dates), np.empty((3, dates))
    for sample in range(samples):
        for variable in variables:
            first, last, changed = dates, -1, False
            for date in range(dates):
                value = values[sample, date, variable]
                own = np.float64(weights[sample, date]) if weighted else 1.0
                if value == value and own > 0:  # neither is NaN
                    first, last = min(first, date), date
                    z[date] = own * value
                else:
                    own = z[date] = 0.0
                changed |= own != weight[date]
                weight[date] = own
            if last < 0:
                values[sample, :, variable] = np.nan
                continue
            if changed:  # the variables of a pixel mostly share their gaps, and complete series their factors
                _factorise(weight, differences, first, last, factor)
            _solve(factor, z, first, last)
            for date in range(dates):
                values[sample, date, variable] = z[min(max(date, first), last)]


@numba.njit(cache=True, nogil=True)
def _factorise(weight: np.ndarray, differences: np.ndarray, first: int, last: int, factor: np.ndarray) -> None:
    """L D L' of ``diag(weight) + differences' differences`` on the dates ``first`` to ``last``.

    ``factor`` receives 1 / D and the first and second subdiagonals of L, each at the column's date.
    """
    inverse, near, far = factor[0], factor[1], factor[2]
    for i in range(first, last + 1):
        inverse[i], near[i], far[i] = weight[i], 0.0, 0.0
    for i in range(first, last - 1):
        a, b, c = differences[i]
        inverse[i] += a * a
        inverse[i + 1] += b * b
        inverse[i + 2] += c * c
        near[i] += a * b
        near[i + 1] += b * c
        far[i] += a * c
    for i in range(first, last + 1):  # here inverse holds the diagonal, near and far the entries beside it
        inverse[i] = 1.0 / inverse[i]
        beside, beyond = near[i], far[i]
        near[i] *= inverse[i]
        far[i] *= inverse[i]
        if i < last:
            inverse[i + 1] -= near[i] * beside
            near[i + 1] -= near[i] * beyond
        if i + 1 < last:
            inverse[i + 2] -= far[i] * beyond


@numba.njit(cache=True, nogil=True)
def _solve(factor: np.ndarray, z: np.ndarray, first: int, last: int) -> None:
    """Replace the right-hand side ``z`` by the solution, on the dates ``first`` to ``last``."""
    inverse, near, far = factor[0], factor[1], factor[2]
    for i in range(first + 1, last + 1):
        z[i] -= near[i - 1] * z[i - 1]
        if i > first + 1:
            z[i] -= far[i - 2] * z[i - 2]
    for i in range(last, first - 1, -1):
        z[i] *= inverse[i]
        if i < last:
            z[i] -= near[i] * z[i + 1]
        if i + 1 < last:
            z[i] -= far[i] * z[i + 2]
