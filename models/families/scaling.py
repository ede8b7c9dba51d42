"""Bringing values of different units to one scale, in training and in the graph alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..gap_filling import NodeList


@dataclass(frozen=True)
class Scaling:
    """Subtract ``mean``, then multiply by ``factor``; float32, they broadcast to ``(n, dates, variables, …)``."""

    mean: np.ndarray
    factor: np.ndarray

    @classmethod
    def by_value(cls, values: np.ndarray) -> Scaling:
        """To mean 0 and standard deviation 1 of each date and variable; what is constant becomes 0."""
        return cls._over(values, (0,))

    @classmethod
    def by_variable(cls, values: np.ndarray) -> Scaling:
        """To mean 0 and standard deviation 1 of each variable over all dates (and pixels of a window), so that seasons
        keep their shape.
        """
        return cls._over(values, (0, 1, *range(3, values.ndim)))

    @classmethod
    def none(cls) -> Scaling:
        """Leave values as they are."""
        return cls(np.zeros(1, np.float32), np.ones(1, np.float32))

    @classmethod
    def _over(cls, values: np.ndarray, axes: tuple[int, ...]) -> Scaling:
        mean = values.mean(axis=axes, dtype=np.float64, keepdims=True)[0]
        deviation = values.std(axis=axes, dtype=np.float64, keepdims=True)[0]
        constant = deviation <= 1e-7 * np.abs(mean)  # float32 keeps no more digits
        factor = np.where(constant, 1.0, 1.0 / np.where(constant, 1.0, deviation))
        return cls(mean.astype(np.float32), factor.astype(np.float32))

    def apply(self, values: np.ndarray) -> np.ndarray:
        """Scaled float32 values of the same shape."""
        return (values - self.mean) * self.factor

    def add_to(self, nodes: NodeList, series: str) -> str:
        """Add the same to a graph, bit by bit; returns the name of the scaled series."""
        centred = nodes.add("Sub", series, nodes.constant(self.mean))
        return nodes.add("Mul", centred, nodes.constant(self.factor))
