"""Shares with their confidence intervals, one below the other: accuracies of several classifiers, say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .svg import FAINT, INK, LINE, circle, drawing, line, round_step, text, text_width

LENGTH, STEP, FONT = 480.0, 26.0, 12
COLOR, PARTS_COLOR = "#006e54", "#9fc7bb"
LONGEST_LABEL = 40


@dataclass(frozen=True)
class Interval:
    """A share from 0 to 1 with the limits of its interval, and the shares of its ``parts`` (folds, say)."""

    name: str
    value: float
    low: float
    high: float
    parts: Sequence[float] = ()


def interval_chart(intervals: Sequence[Interval], title: str) -> str:
    """A dot for each share, a line for its interval, and small dots for its parts, on one axis of per cent.

    Args:
        intervals: at least one, the first on top.
        title: what is shown, for readers who cannot see it.
    """
    shown = [number for each in intervals for number in (each.value, each.low, each.high, *each.parts)]
    step = max(0.002, round_step(max(1e-6, max(shown) - min(shown))))
    low = max(0.0, math.floor(min(shown) / step + 1e-9) * step)
    high = min(1.0, math.ceil(max(shown) / step - 1e-9) * step)
    low = low if low < high else max(0.0, high - step)
    high = max(high, low + step)
    labels = [
        each.name if len(each.name) <= LONGEST_LABEL else f"{each.name[: LONGEST_LABEL - 1]}…" for each in intervals
    ]
    left, height = max(text_width(label, FONT) for label in labels) + 14, len(intervals) * STEP

    def place(value: float) -> float:
        return left + (value - low) / (high - low) * LENGTH

    parts = []
    decimals = 0 if abs(100 * step - round(100 * step)) < 1e-6 else 1
    for index in range(math.floor((high - low) / step + 1e-9) + 1):
        value = low + index * step
        parts.append(line([(place(value), 0), (place(value), height)], LINE, 1))
        parts.append(text(place(value), height + 16, f"{value:.{decimals}%}", FONT - 1, FAINT, "middle"))
    for index, (each, label) in enumerate(zip(intervals, labels)):
        y = (index + 0.5) * STEP
        parts.append(text(left - 10, y + 4, label, FONT, INK, "end", title=each.name))
        parts.append(line([(place(each.low), y), (place(each.high), y)], COLOR, 2))
        parts += [circle(place(share), y, 3, PARTS_COLOR, "none", f"{share:.1%}") for share in each.parts]
        said = f"{each.name}: {each.value:.1%} ({each.low:.1%} to {each.high:.1%})"
        parts.append(circle(place(each.value), y, 5, COLOR, "#ffffff", said))
        parts.append(text(left + LENGTH + 14, y + 4, f"{each.value:.1%}", FONT, FAINT, "start"))
    return drawing(left + LENGTH + 72, height + 24, parts, title)
