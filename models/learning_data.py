"""Samples as a classifier can learn from them: complete in time, at least two classes, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..core.errors import ChronocoverError
from ..core.labels.legend import Legend
from ..core.samples.samples import Samples
from ..core.time_series.filling import fill_gaps
from .surroundings import complete_windows
from .validation import group_numbers

FARTHEST = 1000
"""Times the range of the middle half of all values: no measurement lies so far from them."""


@dataclass(frozen=True)
class LearningData:
    """The samples that a model learns from.

    Attributes:
        samples: float32 values ``(n, dates, variables)`` with NaN for missing, complete rows only as far as a value can
            be filled; the legend holds just the classes that occur.
        filled: what a classifier is given: the same values without gaps, or the windows around them if the samples
            carry those, float32 ``(n, dates, variables, side, side)``.
        targets: int64 ``(n,)`` class indices in the order of the legend.
        dropped: number of samples left out, by reason.
        notes: sentences on classes that were lost.
    """

    samples: Samples
    filled: np.ndarray
    targets: np.ndarray
    dropped: dict[str, int]
    notes: list[str]

    @property
    def given(self) -> np.ndarray:
        """:attr:`filled` before filling, NaN for missing: what the model file is given."""
        return self.samples.values if self.samples.windows is None else self.samples.windows

    def groups_by_class(self) -> dict[str, int | None]:
        """Number of groups of each class; None where the samples carry none."""
        numbers = group_numbers(self.samples.groups)
        names = self.samples.legend.names
        return {n: None if numbers is None else len(np.unique(numbers[self.targets == i])) for i, n in enumerate(names)}

    def missing_share(self) -> dict[str, float]:
        """Share of missing values of each variable, before filling."""
        return dict(zip(self.samples.variables, np.isnan(self.samples.values).mean(axis=(0, 1)).tolist()))


def keep_variables(samples: Samples, names: list[str]) -> Samples:
    """Samples with the named variables only, in that order. Raises ChronocoverError if one is not there."""
    unknown = [name for name in names if name not in samples.variables]
    if unknown:
        raise ChronocoverError(
            f"The samples have no variable {', '.join(f'“{name}”' for name in unknown)}. "
            f"They have: {', '.join(samples.variables)}."
        )
    names = list(dict.fromkeys(names))
    columns = [samples.variables.index(name) for name in names]
    windows = None if samples.windows is None else samples.windows[:, :, columns]
    return replace(
        samples, values=np.ascontiguousarray(samples.values[:, :, columns]), variables=names, windows=windows
    )


def prepare(samples: Samples) -> LearningData:
    """Drop what cannot be learnt from and fill the gaps.

    Raises:
        ChronocoverError: no sample or only one class remains.
    """
    if not len(samples):
        raise ChronocoverError("There are no samples to train on. Check the samples layer and its filter.")
    values = _nan_if_missing(samples.values)
    days = np.array([(date - samples.dates[0]).days for date in samples.dates])
    filled = fill_gaps(values, days)
    complete = np.isfinite(filled).all(axis=(1, 2))
    dropped = {}
    if not complete.all():
        dropped["a variable was never observed there"] = int((~complete).sum())
    windows = None if samples.windows is None else _nan_if_missing(samples.windows)
    kept = replace(samples, values=values, windows=windows)
    if not complete.all():
        kept, filled = kept.subset(complete), filled[complete]
    found = kept.counts()
    lost = [name for name in samples.counts() if name not in found]
    notes = [f"No usable sample of the class “{name}” is left: the model does not know it." for name in lost]
    notes += _strange_values(kept)
    if not found:
        empty = [name for name, seen in zip(samples.variables, np.isfinite(values).any(axis=(0, 1))) if not seen]
        which = f"have no value of {', '.join(empty)}" if empty else "each lack a variable on all dates"
        raise ChronocoverError(
            f"None of the {len(samples):,} samples can be used: they {which}. Leave that variable out (Variables to "
            "keep), or check the series that the samples were extracted from."
        )
    if len(found) < 2:
        raise ChronocoverError(
            f"A classifier needs samples of at least two classes; the {len(kept):,} usable samples are all of the "
            f"class “{next(iter(found))}”. Check the class field that the samples were extracted with."
        )
    legend = Legend(tuple(c for c in samples.legend.classes if c.name in found))
    index = {name: i for i, name in enumerate(legend.names)}
    targets = np.array([index[name] for name in kept.classes], np.int64)
    if kept.windows is not None:
        flat = complete_windows(kept.windows).reshape(*kept.values.shape[:2], -1)
        filled = fill_gaps(flat, days).reshape(kept.windows.shape)
    return LearningData(replace(kept, legend=legend), filled, targets, dropped, notes)


def _strange_values(samples: Samples) -> list[str]:
    """Sentences on values so far from the usual ones that they must be something else, such as -9999 for no data."""
    notes = []
    for index, name in enumerate(samples.variables):
        values = samples.values[:, :, index]
        seen = np.isfinite(values)
        if not seen.any():
            continue
        low, high = np.percentile(values[seen], (25, 75))
        strange = seen & (np.abs(values - (low + high) / 2) > FARTHEST * (high - low)) & (high > low)
        if strange.any():
            notes.append(
                f"“{name}” has values such as {values[strange][0]:.6g} in {strange.any(axis=1).sum():,} samples, where "
                f"half of all lie between {low:.4g} and {high:.4g}. If they stand for no data, delete these rows or "
                "extract the samples again from a series that declares it: most classifiers are harmed."
            )
    return notes


def _nan_if_missing(values: np.ndarray) -> np.ndarray:
    """The values as float32, those that are not finite as NaN; the same array where nothing is to be changed."""
    infinite = np.isinf(values)
    if infinite.any():
        values = np.where(infinite, np.float32(np.nan), values)
    return values.astype(np.float32, copy=False)
