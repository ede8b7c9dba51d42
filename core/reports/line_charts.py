"""Charts of values over time: observations as dots, curves as lines with a band, on an axis of months."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .svg import FAINT, INK, LINE, area, circle, drawing, line, moved, rectangle, round_step, text, text_width

WIDTH, HEIGHT = 860.0, 190.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 14.0, 24.0, 38.0
FONT = 11
MASKED = "#9aa8a1"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SHORTEST_MONTH_LABEL = 30.0  # pixels from one to the next
SHORT_SPAN = 75  # days: fewer get single days on the axis
BEYOND = 0.5  # of the range of what counts: so far masked observations widen it


@dataclass(frozen=True)
class Observations:
    """Dots. ``values`` is ``(dates,)``, NaN is missing; where ``valid`` is False the dot is hollow and grey.

    ``low`` and ``high``, if given, are the ends of a faint upright line through each valid dot.
    """

    dates: Sequence[datetime.date]
    values: np.ndarray
    valid: np.ndarray
    low: np.ndarray | None = None
    high: np.ndarray | None = None


@dataclass(frozen=True)
class Curve:
    """A line, broken where ``values`` ``(dates,)`` are NaN, and a band from ``low`` to ``high`` if given."""

    name: str
    color: str
    dates: Sequence[datetime.date]
    values: np.ndarray
    low: np.ndarray | None = None
    high: np.ndarray | None = None


@dataclass(frozen=True)
class TimeChart:
    """One chart; ``title`` stands above its axis, with the names of the curves if there are several.

    ``span`` are values that the axis of values covers at least, so that several charts can be compared.
    """

    title: str
    observations: Observations | None = None
    curves: tuple[Curve, ...] = ()
    span: tuple[float, float] | None = None


def time_chart(chart: TimeChart) -> str:
    """The chart as SVG."""
    parts, height = _chart_parts(chart)
    return drawing(WIDTH, height, parts, f"{chart.title} over time")


def sheet_of_charts(title: str, sections: Sequence[tuple[str, str, Sequence[TimeChart]]]) -> str:
    """Charts below each other in one drawing, for a picture.

    Args:
        title: at the top.
        sections: title, colour ``#rrggbb`` (empty: none) and charts of each.
    """
    margin, y = 20.0, 44.0
    parts = [text(margin, 30, title, 18, INK, "start")]
    for name, color, charts in sections:
        if color:
            parts.append(rectangle(margin, y + 5, 12, 12, color, "#00000033"))
        parts.append(text(margin + (20 if color else 0), y + 16, name, 14, INK, "start"))
        y += 26
        for chart in charts:
            drawn, height = _chart_parts(chart)
            parts.append(moved(margin, y, drawn))
            y += height + 4
        y += 8
    background = rectangle(0, 0, WIDTH + 2 * margin, y + margin, "#ffffff", "none")
    return drawing(WIDTH + 2 * margin, y + margin, [background, *parts], title)


def signs(observed: bool, masked: bool, spread: bool, curve: str, color: str) -> str:
    """What the signs in charts mean, as SVG; ``curve`` names the line, if there is one."""
    box = area([(0, 18), (18, 18)], [(0, 6), (18, 6)], color, 0.16)
    names = [
        (observed, circle(9, 12, 2.6, INK, "none"), "observed"),
        (masked, circle(9, 12, 2.6, "#ffffff", MASKED), "masked"),
        (bool(curve), line([(0, 12), (18, 12)], color, 1.8), curve),
        (spread, box, "10th to 90th percentile of the pixels"),
    ]
    parts, x = [], 4.0
    for wanted, sign, name in names:
        if wanted:
            parts.append(moved(x, 0, [sign, text(25, 16, name, FONT + 1, FAINT, "start")]))
            x += text_width(name, FONT + 1) + 46
    return drawing(WIDTH, 24, parts, "Signs")


def legible(color: str) -> str:
    """A colour dark enough for a line on white: light ones are darkened."""
    channels = [int(color[i : i + 2], 16) for i in (1, 3, 5)]
    light = 0.299 * channels[0] + 0.587 * channels[1] + 0.114 * channels[2]
    share = min(1.0, 165.0 / max(light, 1.0))
    return "#{:02x}{:02x}{:02x}".format(*(round(channel * share) for channel in channels))


def _chart_parts(chart: TimeChart) -> tuple[list[str], float]:
    """The parts, with the origin in the upper left corner, and the height."""
    rows = _legend_rows(chart)
    top = TOP + 16 * max(0, len(rows) - 1)
    dates = [date for each in (chart.observations, *chart.curves) if each is not None for date in each.dates]
    if not dates:
        raise ValueError("A chart needs at least one date.")
    axis = _Axis(min(dates), max(dates), *_value_range(chart), top)
    parts = [text(LEFT, 15, chart.title, FONT + 1, INK, "start")]
    parts += [part for row in rows for part in row]
    parts += axis.grid()
    for curve in chart.curves:
        parts += _band(curve, axis)
    if chart.observations is not None:
        if not chart.curves:
            parts += _link(chart.observations, axis)
        parts += _dots(chart.observations, axis)
    for curve in chart.curves:
        parts += [line(run, curve.color, 1.8) for run in _runs(curve.dates, curve.values, axis) if len(run) > 1]
        parts += [
            circle(*run[0], 2.2, curve.color, "none") for run in _runs(curve.dates, curve.values, axis) if len(run) == 1
        ]
    if not _has_values(chart):
        parts.append(text(LEFT + axis.width / 2, top + HEIGHT / 2, "no observation", FONT + 1, FAINT, "middle"))
    return parts, top + HEIGHT + BOTTOM


def _legend_rows(chart: TimeChart) -> list[list[str]]:
    """Names of several curves with their colours, in as many rows as they need, beside the title."""
    if len(chart.curves) < 2:
        return []
    start = LEFT + text_width(chart.title, FONT + 1) + 24
    rows: list[list[str]] = [[]]
    x = start
    for curve in chart.curves:
        width = 24 + text_width(curve.name, FONT) + 8
        if x + width > WIDTH and rows[-1]:
            rows.append([])
            x = start
        y = 15 + 16 * (len(rows) - 1)
        rows[-1] += [line([(x, y - 4), (x + 18, y - 4)], curve.color, 2.5)]
        rows[-1] += [text(x + 23, y, curve.name, FONT, INK, "start")]
        x += width
    return rows


def _has_values(chart: TimeChart) -> bool:
    everything = [*chart.curves, *([chart.observations] if chart.observations is not None else [])]
    return any(np.isfinite(each.values).any() for each in everything)


def _value_range(chart: TimeChart) -> tuple[float, float, float]:
    """Both ends of the value axis and its step: round numbers around what counts, and masked dots if not too far."""
    counting, masked = [], np.zeros(0)
    seen = chart.observations
    if seen is not None:
        counting += [array[seen.valid] for array in (seen.values, seen.low, seen.high) if array is not None]
        masked = seen.values[~seen.valid]
    counting += [a for curve in chart.curves for a in (curve.values, curve.low, curve.high) if a is not None]
    values = np.concatenate(counting) if counting else np.zeros(0)
    values, masked = values[np.isfinite(values)], masked[np.isfinite(masked)]
    if not values.size:
        values = masked
    if not values.size:
        return 0.0, 1.0, 0.2
    if chart.span is not None:
        values = np.concatenate([values, np.asarray(chart.span)])
    low, high = float(values.min()), float(values.max())
    reach = BEYOND * (high - low)
    near = masked[(masked >= low - reach) & (masked <= high + reach)]
    if near.size:
        low, high = min(low, float(near.min())), max(high, float(near.max()))
    if high - low < 1e-9 * max(1.0, abs(high)):
        low, high = low - max(0.05, 0.1 * abs(low)), high + max(0.05, 0.1 * abs(high))
    step = round_step(high - low)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step, step


class _Axis:
    """Where dates and values are in a chart."""

    def __init__(
        self, first: datetime.date, last: datetime.date, low: float, high: float, step: float, top: float
    ) -> None:
        days = max(1, (last - first).days)
        self._start = first.toordinal()
        self._first = self._start - 0.02 * days - 1
        self._last = last.toordinal() + 0.02 * days + 1
        self._low, self._high, self._step, self._top = low, high, step, top
        self.width = WIDTH - LEFT - RIGHT

    def x(self, ordinal: float) -> float:
        return LEFT + (ordinal - self._first) / (self._last - self._first) * self.width

    def y(self, value: float) -> float:
        """The height of a value; of one beyond the axis, that of its end."""
        share = (min(max(value, self._low), self._high) - self._low) / (self._high - self._low)
        return self._top + HEIGHT * (1 - share)

    def grid(self) -> list[str]:
        bottom = self._top + HEIGHT
        parts = []
        for index in range(round((self._high - self._low) / self._step) + 1):
            value = self._low + index * self._step
            y = self.y(value)
            parts.append(line([(LEFT, y), (LEFT + self.width, y)], LINE, 1))
            parts.append(text(LEFT - 7, y + 4, f"{round(value, 10) + 0.0:.6g}", FONT, FAINT, "end"))
        parts += self._days() if self._last - self._first < SHORT_SPAN else self._calendar()
        parts.append(line([(LEFT, bottom), (LEFT + self.width, bottom)], FAINT, 1))
        return parts

    def _days(self) -> list[str]:
        """Lines at single days, for spans of a few weeks."""
        bottom = self._top + HEIGHT
        first, last = self._start, math.floor(self._last)
        every = next(n for n in (1, 2, 5, 7, 14) if (last - first) / n <= 10)
        parts = []
        for ordinal in range(first, last + 1, every):
            day, x = datetime.date.fromordinal(ordinal), self.x(ordinal)
            parts.append(line([(x, self._top), (x, bottom + 3)], LINE, 1))
            if x + 20 < WIDTH:
                parts.append(text(x, bottom + 15, f"{day.day} {MONTHS[day.month - 1]}", FONT, FAINT, "middle"))
            if ordinal == first or (ordinal - every < day.replace(month=1, day=1).toordinal() and x + 20 < WIDTH):
                parts.append(text(x, bottom + 29, str(day.year), FONT, INK, "middle"))
        return parts

    def _calendar(self) -> list[str]:
        """Lines at the first of months and years."""
        every, named = self._months()
        bottom, year_end, parts = self._top + HEIGHT, -math.inf, []
        month = datetime.date.fromordinal(math.ceil(self._first)).replace(day=1)
        while month.toordinal() <= self._last:
            x = self.x(month.toordinal())
            if x >= LEFT - 0.5 and (month.month - 1) % every == 0:
                new_year = month.month == 1
                parts.append(line([(x, self._top), (x, bottom + (6 if new_year else 3))], LINE, 1.6 if new_year else 1))
                if named and x + 12 < WIDTH:
                    parts.append(text(x, bottom + 15, MONTHS[month.month - 1], FONT, FAINT, "middle"))
                if (new_year or year_end == -math.inf) and x > year_end and x + 16 < WIDTH:
                    parts.append(text(x, bottom + (29 if named else 16), str(month.year), FONT, INK, "middle"))
                    year_end = x + 34
            month = (month + datetime.timedelta(days=32)).replace(day=1)
        return parts

    def _months(self) -> tuple[int, bool]:
        """Every how many months there is a line, and whether it has the month's name."""
        month = self.width * 30.4 / (self._last - self._first)
        for every in (1, 2, 3, 6):
            if every * month >= SHORTEST_MONTH_LABEL:
                return every, True
        return 12, False


def _dots(seen: Observations, axis: _Axis) -> list[str]:
    parts = []
    order = np.argsort(seen.valid, kind="stable")  # valid ones on top
    for index in order[np.isfinite(seen.values[order])].tolist():
        date, value, valid = seen.dates[index], float(seen.values[index]), bool(seen.valid[index])
        x, y = axis.x(date.toordinal()), axis.y(value)
        if valid and seen.low is not None and seen.high is not None:
            ends = [(x, axis.y(float(seen.low[index]))), (x, axis.y(float(seen.high[index])))]
            parts.append(line(ends, INK, 1, 0.35))
        said = f"{date.isoformat()}: {value:.4g}{'' if valid else ', masked'}"
        parts.append(circle(x, y, 2.6, INK, "none", said) if valid else circle(x, y, 2.6, "#ffffff", MASKED, said))
    return parts


def _link(seen: Observations, axis: _Axis) -> list[str]:
    """A faint line from valid dot to valid dot."""
    kept = np.flatnonzero(seen.valid & np.isfinite(seen.values)).tolist()
    points = [(axis.x(seen.dates[i].toordinal()), axis.y(float(seen.values[i]))) for i in kept]
    return [line(points, INK, 1, 0.35)] if len(points) > 1 else []


def _band(curve: Curve, axis: _Axis) -> list[str]:
    if curve.low is None or curve.high is None:
        return []
    lower, upper = _runs(curve.dates, curve.low, axis), _runs(curve.dates, curve.high, axis)
    return [area(low, high, curve.color, 0.16) for low, high in zip(lower, upper) if len(low) > 1]


def _runs(dates: Sequence[datetime.date], values: np.ndarray, axis: _Axis) -> list[list[tuple[float, float]]]:
    """The pieces of a line between missing values, as places in the chart."""
    runs: list[list[tuple[float, float]]] = [[]]
    for date, value in zip(dates, values.tolist()):
        if math.isfinite(value):
            runs[-1].append((axis.x(date.toordinal()), axis.y(value)))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]
