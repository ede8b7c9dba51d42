"""The samples of a classification: one labelled pixel series each, with the group that validation must not split."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

import numpy as np

from ..errors import ChronocoverError
from ..labels.legend import Legend


@dataclass(frozen=True)
class Samples:
    """Labelled pixel time series.

    Attributes:
        values: float32 ``(n, dates, variables)`` in physical units; NaN is missing.
        dates: the dates of axis 1, ascending.
        variables: the names of axis 2.
        classes: ``(n,)`` class names (object array of str).
        groups: ``(n,)`` object array of str: the polygon, tile or block each sample came from; None if unknown.
        coordinates: float64 ``(n, 2)`` x and y in ``crs``; None if unknown.
        crs: WKT of the coordinates, empty if unknown.
        legend: the classes, at least those that occur.
        regions: ``(n,)`` object array of str: the region, year or part of a split that a field tells of each sample,
            None where it is empty; None if no field was read.
        windows: float32 ``(n, dates, variables, side, side)``, the pixels around each sample, itself in the middle, for
            classifiers that look at them; None if they were not read.
    """

    values: np.ndarray
    dates: list[datetime.date]
    variables: list[str]
    classes: np.ndarray
    legend: Legend
    groups: np.ndarray | None = None
    coordinates: np.ndarray | None = None
    crs: str = ""
    regions: np.ndarray | None = None
    windows: np.ndarray | None = None

    def __post_init__(self) -> None:
        expected = (len(self.classes), len(self.dates), len(self.variables))
        if self.values.shape != expected:
            raise ChronocoverError(f"The samples' values have the shape {self.values.shape}, not {expected}.")
        if self.windows is not None and self.windows.shape[:3] != expected:
            raise ChronocoverError(f"The samples' windows have the shape {self.windows.shape}, not that of the values.")

    def __len__(self) -> int:
        return len(self.classes)

    @property
    def codes(self) -> np.ndarray:
        """``(n,)`` int64 class codes by the legend."""
        codes = {land_class.name: land_class.code for land_class in self.legend.classes}
        return np.array([codes[name] for name in self.classes], dtype=np.int64)

    def subset(self, keep: np.ndarray) -> Samples:
        """The samples at the given indices or where the given mask is True."""
        return replace(
            self,
            values=self.values[keep],
            classes=self.classes[keep],
            groups=None if self.groups is None else self.groups[keep],
            coordinates=None if self.coordinates is None else self.coordinates[keep],
            regions=None if self.regions is None else self.regions[keep],
            windows=None if self.windows is None else self.windows[keep],
        )

    def counts(self) -> dict[str, int]:
        """Number of samples of each class that occurs, in order of code."""
        names, numbers = np.unique(self.classes.astype(str), return_counts=True)
        found = dict(zip(names.tolist(), numbers.tolist()))
        return {name: found[name] for name in self.legend.names if name in found}
