"""QUANT's features (Dempster, Schmidt and Webb 2024) as an ONNX graph: quantiles over dyadic intervals.

They are taken of the series itself, of its smoothed first differences, of its second differences, and of the
magnitudes of its Fourier transform. Each is cut into 1, 2, 4, … intervals, and those once more moved by half of their
length; of an interval of ``m`` values come ``1 + (m - 1) // divisor`` quantiles, of which every second has the mean
subtracted.

All four are linear in the series but for the magnitudes, and quantiles are linear in the sorted values, so that the
graph is matrix products and sorting. They are computed in float64 and rounded, so that trees decide on the same float32
on every computer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from onnx import ModelProto, TensorProto

from ..gap_filling import NodeList
from .graphs import SERIES, series_model

SMOOTHED = 5
"""Differences in a moving mean."""


@dataclass(frozen=True)
class IntervalQuantiles:
    """The transform of series ``(n, dates, variables)``.

    ``depth`` is the most levels of intervals, ``divisor`` the values of an interval to a quantile.
    """

    dates: int
    variables: int
    depth: int = 6
    divisor: int = 4

    def graph(self) -> tuple[NodeList, str, int]:
        """Nodes that read the series, the name of float32 ``(n, features)`` and the number of features.

        The order is representation by representation, in it intervals by their length, then variable by variable.
        """
        nodes = NodeList("intervals")
        by_variable = nodes.add("Transpose", SERIES, perm=[0, 2, 1])
        exact = nodes.add("Cast", self._rows(nodes, by_variable, self.dates), to=TensorProto.DOUBLE)
        parts, count = [], 0
        for representation, length in self._representations(nodes, exact):
            rounded = nodes.add("Cast", representation, to=TensorProto.FLOAT)
            for places in by_length(intervals(length, self.depth)):
                weights = quantile_weights(places.shape[1], self.divisor)
                values = nodes.add("Gather", rounded, nodes.constant(places), axis=1)
                number = self.variables * len(places) * weights.shape[1]
                parts.append(self._rows(nodes, self._quantiles(nodes, values, weights), number))
                count += number
        together = parts[0] if len(parts) == 1 else nodes.add("Concat", *parts, axis=1)
        return nodes, nodes.add("Cast", together, to=TensorProto.FLOAT), count

    def _representations(self, nodes: NodeList, exact: str) -> Iterator[tuple[str, int]]:
        """Names of float64 ``(n × variables, length)`` and their lengths; differences need enough dates."""
        yield exact, self.dates
        if self.dates > 1:
            yield nodes.add("MatMul", exact, nodes.constant(smoothed_differences(self.dates))), self.dates - 1
        if self.dates > 2:
            second = np.diff(np.eye(self.dates), n=2, axis=0).T
            yield nodes.add("MatMul", exact, nodes.constant(np.ascontiguousarray(second))), self.dates - 2
        waves = np.fft.rfft(np.eye(self.dates), axis=1)
        real, imaginary = (
            nodes.add("MatMul", exact, nodes.constant(np.ascontiguousarray(part))) for part in (waves.real, waves.imag)
        )
        squares = nodes.add("Add", nodes.add("Mul", real, real), nodes.add("Mul", imaginary, imaginary))
        yield nodes.add("Sqrt", squares), waves.shape[1]

    @staticmethod
    def _rows(nodes: NodeList, values: str, length: int) -> str:
        """As a matrix with rows of ``length``: ONNX Runtime multiplies those fastest, and empty ones at all."""
        return nodes.add("Reshape", values, nodes.constant(np.array([-1, length], np.int64)))

    def _quantiles(self, nodes: NodeList, values: str, weights: np.ndarray) -> str:
        """float32 ``(n × variables, intervals, m)`` → float64 ``(n × variables × intervals, quantiles)``."""
        length = len(weights)
        if length > 1:
            outputs = [f"intervals_sorted_{len(nodes.nodes)}", f"intervals_order_{len(nodes.nodes)}"]
            size = nodes.constant(np.array([length], np.int64))
            nodes.add("TopK", values, size, outputs=outputs, axis=2, largest=0)
            values = outputs[0]
        exact = nodes.add("Cast", self._rows(nodes, values, length), to=TensorProto.DOUBLE)
        return nodes.add("MatMul", exact, nodes.constant(weights))

    def model(self) -> ModelProto:
        """The transform alone, as :func:`~.graphs.runner` takes it."""
        nodes, features, _ = self.graph()
        return series_model(nodes, features, self.dates, self.variables)


def intervals(length: int, depth: int) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each interval: 1, 2, 4, … of them, then the same moved by half of their length."""
    found: list[tuple[int, int]] = []
    for level in range(min(depth, length.bit_length())):
        parts = 2**level
        ends = [length * number // parts for number in range(parts + 1)]
        own = list(zip(ends[:-1], ends[1:]))
        found += own
        lengths = sorted(end - start for start, end in own)
        if parts > 1 and lengths[(parts - 1) // 2] > 1:
            shift = -(-length // (2 * parts))
            found += [(start + shift, end + shift) for start, end in own[:-1]]
    return found


def by_length(found: list[tuple[int, int]]) -> list[np.ndarray]:
    """int64 ``(intervals, m)``: the places of all intervals of each length ``m``, the longest first."""
    lengths = sorted({end - start for start, end in found}, reverse=True)
    return [np.array([range(*each) for each in found if each[1] - each[0] == m], np.int64) for m in lengths]


def quantile_weights(length: int, divisor: int) -> np.ndarray:
    """float64 ``(length, quantiles)``: what sorted values are multiplied by."""
    number = 1 + (length - 1) // divisor
    places = np.array([0.5]) if number == 1 else np.linspace(0, 1, number)
    places = places * (length - 1)
    below = np.minimum(np.floor(places).astype(int), max(length - 2, 0))
    weights = np.zeros((length, number))
    columns = np.arange(number)
    weights[below, columns] = 1 - (places - below)
    if length > 1:
        weights[below + 1, columns] += places - below
        if number > 1:
            weights[:, 1::2] -= 1 / length
    return weights


def smoothed_differences(dates: int) -> np.ndarray:
    """float64 ``(dates, dates - 1)``: differences from date to date, in a moving mean, the ends repeated."""
    differences = np.diff(np.eye(dates), axis=0)
    half = SMOOTHED // 2
    padded = np.pad(differences, ((half, half), (0, 0)), "edge")
    windows = [padded[start : start + dates - 1] for start in range(SMOOTHED)]
    return np.ascontiguousarray((sum(windows) / SMOOTHED).T)
