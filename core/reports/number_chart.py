"""Lines over whole numbers: how a figure changes with the number of clusters, say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .svg import FAINT, INK, LINE, circle, drawing, line, round_step, text, text_width

WIDTH, HEIGHT = 860.0, 220.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 20.0, 24.0, 40.0
FONT = 11
MOST_DOTS = 120
"""Of a line; more would hide it."""


@dataclass(frozen=True)
class NumberLine:
    """A line through ``(number, value)``, ascending by number; values that are not finite are left out.

    Of several lines that are drawn alike, one stands ``in_legend``.
    """

    name: str
    color: str
    points: Sequence[tuple[int, float]]
    in_legend: bool = True


def number_chart(
    title: str,
    numbers_title: str,
    lines: Sequence[NumberLine],
    marked: Sequence[tuple[int, float]],
    said: str = "the best",
) -> str:
    """The lines as SVG, with dots unless there are many, a legend below, and a ring around each ``marked`` point.

    ``said`` is what a ring means, shown under the mouse.

    Raises:
        ValueError: no line has a finite value.
    """
    shown = [(each, [point for point in each.points if math.isfinite(point[1])]) for each in lines]
    points = [point for _, finite in shown for point in finite]
    if not points:
        raise ValueError("A chart needs at least one value.")
    numbers, values = sorted({number for number, _ in points}), [value for _, value in points]
    step = round_step(max(values) - min(values) or max(1e-6, abs(values[0])))
    low, high = math.floor(min(values) / step) * step, math.ceil(max(values) / step) * step
    high = high if high > low else low + step
    width = WIDTH - LEFT - RIGHT

    def place(number: float, value: float) -> tuple[float, float]:
        share = (number - numbers[0]) / (numbers[-1] - numbers[0]) if len(numbers) > 1 else 0.5
        return LEFT + 12 + share * (width - 24), TOP + HEIGHT * (1 - (value - low) / (high - low))

    parts = [text(LEFT, 14, title, FONT + 1, INK, "start")]
    for index in range(round((high - low) / step) + 1):
        value = low + index * step
        y = place(numbers[0], value)[1]
        parts.append(line([(LEFT, y), (LEFT + width, y)], LINE, 1))
        parts.append(text(LEFT - 7, y + 4, f"{round(value, 10) + 0.0:.6g}", FONT, FAINT, "end"))
    every = max(1, math.ceil(len(numbers) * 22 / width))
    for number in numbers[::every]:
        parts.append(text(place(number, low)[0], TOP + HEIGHT + 16, str(number), FONT, FAINT, "middle"))
    parts.append(text(LEFT + width / 2, TOP + HEIGHT + 32, numbers_title, FONT, FAINT, "middle"))
    for each, finite in shown:
        if len(finite) > 1:
            parts.append(line([place(*point) for point in finite], each.color, 1.8))
        for number, value in finite if len(finite) <= MOST_DOTS else ():
            parts.append(circle(*place(number, value), 2.6, each.color, "none", f"{each.name}, {number}: {value:.4g}"))
    parts += [circle(*place(*point), 7, "none", INK, said) for point in marked]
    legend, height = _legend([each for each, finite in shown if finite and each.in_legend], TOP + HEIGHT + BOTTOM)
    return drawing(WIDTH, height, parts + legend, title)


def _legend(lines: Sequence[NumberLine], y: float) -> tuple[list[str], float]:
    """Names and colours in rows from a height on, and the height below them."""
    parts, x, y = [], LEFT, y + 14
    for each in lines:
        width = 30 + text_width(each.name, FONT)
        if x + width > WIDTH and x > LEFT:
            x, y = LEFT, y + 17
        parts.append(line([(x, y - 4), (x + 18, y - 4)], each.color, 2.5))
        parts.append(text(x + 23, y, each.name, FONT, INK, "start"))
        x += width + 10
    return parts, y + 8
