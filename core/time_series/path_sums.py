"""Sums over all warping paths of two series, for soft-DTW and the global alignment kernel.

A path weighs the product of the weights of its pairs of dates: ``e = exp(-squared distance × factor)`` for soft-DTW,
``e / (2 - e)`` for the alignment kernel. The sum is formed directly, which takes one exponential a pair of dates; many
series run side by side, one a lane of the processor's vectors. Where it leaves the range of a float, the pair of series
is computed again in logarithms.

All series are float64 ``(n, dates, variables)`` without missing values; a radius as wide as the series means no band.
"""

from __future__ import annotations

import math

import numba
import numpy as np

LANES = 32
SMALLEST, LARGEST = 1e-250, 1e250
"""Sums outside are computed in logarithms: near the end of a float's range paths would be lost."""
NEGLIGIBLE = -37.0
"""The exponential of less changes nothing when it is added to 1."""

# exp(x) = 2^n exp(r), |r| <= ln(2) / 2, with Taylor's series to the 13th power; the large number rounds to whole ones.
_ROUNDING, _LOG2_E = 6755399441055744.0, 1.4426950408889634
_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_TAYLOR = tuple(1.0 / math.factorial(power) for power in range(13, -1, -1))
_LEAST_EXPONENT = -700.0


@numba.njit(cache=True, nogil=True, fastmath={"contract"})
def exponentials(values: np.ndarray, scales: np.ndarray) -> None:
    """Replace values, 0 or less, by their exponentials to the last digit or two; below -700 is -700.

    ``scales`` float64 as long is scratch. Unlike the library's function it runs in the processor's vectors.
    """
    for lane in range(len(values)):
        value = values[lane] if values[lane] > _LEAST_EXPONENT else _LEAST_EXPONENT
        shifted = value * _LOG2_E + _ROUNDING
        scales[lane] = shifted
        whole = shifted - _ROUNDING
        rest = value - whole * _LN2_HIGH - whole * _LN2_LOW
        power = _TAYLOR[0]
        power = power * rest + _TAYLOR[1]
        power = power * rest + _TAYLOR[2]
        power = power * rest + _TAYLOR[3]
        power = power * rest + _TAYLOR[4]
        power = power * rest + _TAYLOR[5]
        power = power * rest + _TAYLOR[6]
        power = power * rest + _TAYLOR[7]
        power = power * rest + _TAYLOR[8]
        power = power * rest + _TAYLOR[9]
        power = power * rest + _TAYLOR[10]
        power = power * rest + _TAYLOR[11]
        power = power * rest + _TAYLOR[12]
        values[lane] = power * rest + _TAYLOR[13]
    bits = scales.view(np.int64)
    for lane in range(len(values)):
        bits[lane] = (bits[lane] + 1023) << 52  # what the large number left of the whole, as a float's exponent
    for lane in range(len(values)):
        values[lane] *= scales[lane]


@numba.njit(cache=True, nogil=True)
def load_lanes(series: np.ndarray, start: int, lanes: np.ndarray) -> int:
    """Put series from ``start`` on side by side into ``lanes`` ``(dates, variables, lanes)``, the last one repeated
    where there are too few; returns how many there are.
    """
    count = min(lanes.shape[2], len(series) - start)
    for lane in range(lanes.shape[2]):
        one = series[start + min(lane, count - 1)]
        for date in range(len(one)):
            for variable in range(one.shape[1]):
                lanes[date, variable, lane] = one[date, variable]
    return count


@numba.njit(cache=True, nogil=True)
def weigh_row(
    values: np.ndarray,
    other: np.ndarray,
    first: int,
    end: int,
    factor: float,
    kernel: bool,
    weights: np.ndarray,
    scratch: np.ndarray,
) -> None:
    """The weights of one date of the series, ``values`` ``(variables, lanes)``, with the dates ``first`` to ``end``
    (exclusive) of another series ``(dates, variables)``, into ``weights`` ``(dates, lanes)``.
    """
    for j in range(first, end):
        target, series, middle = weights[j], values[0], other[j, 0]
        for lane in range(len(target)):
            difference = series[lane] - middle
            target[lane] = -factor * (difference * difference)
        for variable in range(1, len(values)):
            series, middle = values[variable], other[j, variable]
            for lane in range(len(target)):
                difference = series[lane] - middle
                target[lane] -= factor * (difference * difference)
    _exponentials_of_row(weights[first:end].reshape(-1), kernel, scratch[first:end].reshape(-1))


@numba.njit(cache=True, nogil=True)
def _exponentials_of_row(weights: np.ndarray, kernel: bool, scratch: np.ndarray) -> None:
    exponentials(weights, scratch)
    if kernel:
        for place in range(len(weights)):
            weights[place] = weights[place] / (2.0 - weights[place])


@numba.njit(cache=True, nogil=True)
def sum_row(above: np.ndarray, weights: np.ndarray, first: int, end: int, here: np.ndarray) -> None:
    """Sums over the paths to one date of the series. Column j + 1 of ``above`` and ``here`` ``(dates + 1, lanes)``
    belongs to the other's date j.
    """
    here[first] = 0.0
    if end < len(weights):
        here[end + 1] = 0.0
    for j in range(first, end):
        diagonal, top, left, weight, target = above[j], above[j + 1], here[j], weights[j], here[j + 1]
        for lane in range(len(target)):
            target[lane] = weight[lane] * (diagonal[lane] + top[lane] + left[lane])


@numba.njit(cache=True, nogil=True)
def log_sums(
    series: np.ndarray, others: np.ndarray, factor: float, kernel: bool, radius: int, result: np.ndarray
) -> None:
    """Logarithms of the sums for all pairs, into ``result`` ``(n, m)``."""
    dates, variables = series.shape[1:]
    lanes = np.empty((dates, variables, LANES))
    sums, weights = np.empty((2, dates + 1, LANES)), np.empty((dates, LANES))
    scratch, row = np.empty((dates, LANES)), np.empty(dates + 1)
    for start in range(0, len(series), LANES):
        count = load_lanes(series, start, lanes)
        for k in range(len(others)):
            sums[0] = 0.0
            sums[0, 0] = 1.0
            for i in range(dates):
                first, end = max(0, i - radius), min(dates, i + radius + 1)
                weigh_row(lanes[i], others[k], first, end, factor, kernel, weights, scratch)
                sum_row(sums[i % 2], weights, first, end, sums[(i + 1) % 2])
            last = sums[dates % 2, dates]
            for lane in range(count):
                if SMALLEST < last[lane] < LARGEST:
                    result[start + lane, k] = math.log(last[lane])
                else:
                    result[start + lane, k] = log_sum(series[start + lane], others[k], factor, kernel, radius, row)


@numba.njit(cache=True, nogil=True)
def log_self_sums(series: np.ndarray, factor: float, kernel: bool, radius: int, result: np.ndarray) -> None:
    """Logarithms of the sums of each series and itself, into ``result`` ``(n,)``."""
    dates, variables = series.shape[1:]
    lanes = np.empty((dates, variables, LANES))
    sums, weights = np.empty((2, dates + 1, LANES)), np.empty((dates, LANES))
    scratch, row = np.empty((dates, LANES)), np.empty(dates + 1)
    for start in range(0, len(series), LANES):
        count = load_lanes(series, start, lanes)
        sums[0] = 0.0
        sums[0, 0] = 1.0
        for i in range(dates):
            first, end = max(0, i - radius), min(dates, i + radius + 1)
            for j in range(first, end):
                target = weights[j]
                target[:] = 0.0
                for variable in range(variables):
                    one, other = lanes[i, variable], lanes[j, variable]
                    for lane in range(LANES):
                        difference = one[lane] - other[lane]
                        target[lane] -= factor * (difference * difference)
            _exponentials_of_row(weights[first:end].reshape(-1), kernel, scratch[first:end].reshape(-1))
            sum_row(sums[i % 2], weights, first, end, sums[(i + 1) % 2])
        last = sums[dates % 2, dates]
        for lane in range(count):
            one = series[start + lane]
            usable = SMALLEST < last[lane] < LARGEST
            result[start + lane] = math.log(last[lane]) if usable else log_sum(one, one, factor, kernel, radius, row)


@numba.njit(cache=True, nogil=True)
def log_add(a: float, b: float, c: float) -> float:
    """``log(exp(a) + exp(b) + exp(c))``."""
    most = max(a, b, c)
    if most == -np.inf:
        return most
    total = 0.0
    for value in (a - most, b - most, c - most):
        if value == 0.0:
            total += 1.0
        elif value > NEGLIGIBLE:
            total += math.exp(value)
    return most if total == 1.0 else most + math.log(total)


@numba.njit(cache=True, nogil=True)
def log_weight(one: np.ndarray, other: np.ndarray, factor: float, kernel: bool) -> float:
    """Logarithm of the weight of a pair of dates, both ``(variables,)``."""
    square = 0.0
    for variable in range(len(one)):
        difference = one[variable] - other[variable]
        square += difference * difference
    exponent = -factor * square
    return exponent - math.log(2.0 - math.exp(exponent)) if kernel else exponent


@numba.njit(cache=True, nogil=True)
def log_sum(one: np.ndarray, other: np.ndarray, factor: float, kernel: bool, radius: int, row: np.ndarray) -> float:
    """The logarithm of the sum for two series, formed in logarithms; ``row`` ``(dates + 1,)`` is scratch."""
    dates = len(one)
    row[:] = -np.inf
    for i in range(dates):
        first, end = max(0, i - radius), min(dates, i + radius + 1)
        diagonal = 0.0 if i == 0 else row[first]
        row[first] = -np.inf
        for j in range(first, end):
            top = row[j + 1]
            row[j + 1] = log_add(top, row[j], diagonal) + log_weight(one[i], other[j], factor, kernel)
            diagonal = top
    return row[dates]
