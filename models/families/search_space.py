"""Ranges that a family's settings are searched in, and random settings out of them."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from .family import Family


class Range(Protocol):
    """What a setting can be."""

    def draw(self, random: np.random.Generator) -> object:
        """A value, each as likely as any other."""


@dataclass(frozen=True)
class Choice:
    """One of some values."""

    values: tuple[object, ...]

    def draw(self, random: np.random.Generator) -> object:
        """See :class:`Range`."""
        return self.values[int(random.integers(len(self.values)))]


@dataclass(frozen=True)
class Between:
    """A number from ``low`` to ``high``, both included; ``logarithmic``: each order of magnitude is as likely."""

    low: float
    high: float
    logarithmic: bool = False
    whole: bool = False

    def draw(self, random: np.random.Generator) -> float | int:
        """See :class:`Range`."""
        low, high = (math.log(self.low), math.log(self.high)) if self.logarithmic else (self.low, self.high)
        value = float(random.uniform(low, high))
        value = min(max(math.exp(value) if self.logarithmic else value, self.low), self.high)
        return round(value) if self.whole else value


SearchSpace = Mapping[str, Range]
"""Range of each setting that is worth searching, by its name."""


def draw_settings(family: Family, random: np.random.Generator) -> Family:
    """The family with random settings out of its search space; the others stay as they are."""
    space = family.search_space()
    return dataclasses.replace(family, **{name: space[name].draw(random) for name in sorted(space)})
