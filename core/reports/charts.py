"""Charts for reports as inline SVG: no script, no font file, readable with two classes or forty."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .svg import FAINT, INK, LINE, drawing, rectangle, text, text_width

RIGHT, WRONG = (0, 110, 84), (196, 78, 30)
LOW, HIGH = (247, 250, 248), (0, 110, 84)
LONGEST_LABEL = 30
SLANT = 60  # degrees of the column labels
MOST_CELL_LABELS = 24
MOST_NAMED_COLUMNS = 16
ROWS_TITLE, COLUMNS_TITLE = "Reference class", "Predicted class"


def confusion_matrix(
    names: Sequence[str],
    matrix: np.ndarray,
    colors: Sequence[str] = (),
    rows_title: str = ROWS_TITLE,
    columns_title: str = COLUMNS_TITLE,
) -> str:
    """The confusion matrix with its counts; shades are shares of the row, so that rare classes show as well.

    Many classes are numbered, and the numbers stand for the names above the columns.

    Args:
        names: class names.
        matrix: ``(classes, classes)`` counts; rows are the reference, columns the prediction.
        colors: ``#rrggbb`` of each class, shown beside the row labels.
        rows_title: what the rows are.
        columns_title: what the columns are.
    """
    count = len(names)
    digits = len(f"{int(np.max(matrix, initial=0)):,}")
    numbered = count > MOST_NAMED_COLUMNS
    font = 13 if count <= 12 else 11 if not numbered else 9 if count <= 30 else 8
    cell = max(round(font * 0.62 * digits) + (8 if not numbered else 2), font + (13 if not numbered else 8))
    prefixes = [f"{i + 1}  " if numbered else "" for i in range(count)]
    labels = [prefix + _shortened(name) for prefix, name in zip(prefixes, names)]
    above = [prefix.strip() if numbered else label for prefix, label in zip(prefixes, labels)]
    slant = 0 if numbered else SLANT
    longest = max(text_width(label, font) for label in above)
    left = max(text_width(label, font) for label in [*labels, rows_title]) + 26
    top = 22 + font if numbered else _slanted_height(longest) + 26
    lean = 0 if numbered else longest * math.cos(math.radians(SLANT))
    width = max(left + count * cell + lean + 16, left + text_width(columns_title, font))
    parts = [
        text(left, 14, columns_title, font, FAINT, "start"),
        text(left - 22, top - 7, rows_title, font, FAINT, "end"),
    ]
    totals = np.maximum(matrix.sum(axis=1), 1)
    for i, label in enumerate(labels):
        y, x = top + i * cell, left + i * cell
        parts.append(text(left - 22, y + cell / 2 + font * 0.35, label, font, INK, "end", title=names[i]))
        if len(colors):
            parts.append(rectangle(left - 16, y + (cell - 10) / 2, 10, 10, colors[i], "#00000033"))
        anchor, offset = ("middle", 0.0) if numbered else ("start", font * 0.3)
        parts.append(text(x + cell / 2 + offset, top - 7, above[i], font, INK, anchor, -slant, names[i]))
        for j in range(count):
            share = matrix[i, j] / totals[i]
            fill = _mix((255, 255, 255), RIGHT if i == j else WRONG, share if i == j else min(1.0, share * 1.6))
            said = f"{names[i]} predicted as {names[j]}: {matrix[i, j]:,} ({share:.0%})"
            parts.append(rectangle(left + j * cell, y, cell, cell, fill, LINE, said))
            if matrix[i, j]:
                ink = "#ffffff" if _is_dark(fill) else INK
                middle = left + (j + 0.5) * cell
                parts.append(text(middle, y + cell / 2 + font * 0.35, f"{matrix[i, j]:,}", font, ink, "middle"))
    return drawing(width, top + count * cell + 6, parts, "Confusion matrix")


def heat_map(rows: Sequence[str], columns: Sequence[str], values: np.ndarray, title: str, width: float = 860.0) -> str:
    """A grid of shades from the least (white) to the greatest value; negative values count as 0.

    Args:
        rows: labels of axis 0.
        columns: labels of axis 1; with many, only some are written.
        values: ``(rows, columns)``.
        title: what is shown, for readers who cannot see it.
        width: of the drawing, in pixels, at most; few columns take less.
    """
    font = 12
    labels = [_shortened(row) for row in rows]
    left = max(text_width(label, font) for label in labels) + 12
    longest = max(text_width(column, font) for column in columns)
    top = _slanted_height(longest) + 8
    lean = longest * math.cos(math.radians(SLANT)) + 8
    cell_width = min(34.0, (width - left - lean) / len(columns))
    cell_height = 24.0 if len(rows) <= 12 else 16.0
    every = max(1, math.ceil(len(columns) / MOST_CELL_LABELS), math.ceil((font + 3) / cell_width))
    scale = max(float(np.max(values, initial=0.0)), 1e-12)
    parts = []
    for j, column in enumerate(columns):
        if j % every == 0:
            x = left + (j + 0.5) * cell_width + font * 0.3
            parts.append(text(x, top - 6, column, font, INK, "start", -SLANT))
    for i, label in enumerate(labels):
        y = top + i * cell_height
        parts.append(text(left - 7, y + cell_height / 2 + font * 0.35, label, font, INK, "end", title=rows[i]))
        for j, column in enumerate(columns):
            fill = _mix(LOW, HIGH, max(0.0, float(values[i, j])) / scale)
            said = f"{column}, {rows[i]}: {values[i, j]:.4f}"
            edge = "#ffffff" if cell_width > 6 else "none"
            parts.append(rectangle(left + j * cell_width, y, cell_width, cell_height, fill, edge, said))
    bottom = top + len(rows) * cell_height
    parts.extend(_scale_bar(left, bottom + 12, scale, font))
    needed = max(left + len(columns) * cell_width + lean, left + 260)
    return drawing(needed, bottom + 34, parts, title)


def bars(
    labels: Sequence[str], values: Sequence[float], title: str, colors: Sequence[str] = (), decimals: int = 3
) -> str:
    """Horizontal bars with their values; negative values get no bar.

    Args:
        labels: one a bar.
        values: one a bar.
        title: what is shown, for readers who cannot see it.
        colors: ``#rrggbb`` of each bar; one green for all if empty.
        decimals: of the values that are written.
    """
    many = len(labels) > 30
    font, step = (10, 14) if many else (12, 20)
    shown = [_shortened(label) for label in labels]
    left, length = max(text_width(label, font) for label in shown) + 12, 420.0
    scale = max(max(values, default=0.0), 1e-12)
    parts = []
    for i, (label, value) in enumerate(zip(shown, values)):
        y = i * step
        bar = max(0.0, value) / scale * length
        parts.append(text(left - 7, y + step / 2 + font * 0.35, label, font, INK, "end", title=labels[i]))
        fill = colors[i] if len(colors) else _mix(LOW, HIGH, 0.75)
        parts.append(rectangle(left, y + 2, max(bar, 0.75), step - 4, fill, "none", f"{labels[i]}: {value:.4f}"))
        parts.append(text(left + bar + 6, y + step / 2 + font * 0.35, _decimal(value, decimals), font, FAINT, "start"))
    return drawing(left + length + 64, len(labels) * step + 4, parts, title)


def _decimal(value: float, decimals: int) -> str:
    return f"{round(value, decimals) + 0.0:,.{decimals}f}"


def stacked_columns(
    labels: Sequence[str],
    parts: Sequence[tuple[str, str, Sequence[float]]],
    title: str,
    top: float | None = None,
    width: float = 860.0,
) -> str:
    """Upright columns, each of parts on top of each other, with a legend if there are several parts.

    Args:
        labels: one a column, such as dates; with many, only some are written.
        parts: name, colour ``#rrggbb`` and values (one a column, none negative) of each part, the lowest first.
        title: what is shown, for readers who cannot see it.
        top: value at the upper edge; a round one above the highest column if None.
        width: of the drawing, in pixels, at most.
    """
    font, height, left, head = 11, 180.0, 44.0, 26.0 if len(parts) > 1 else 10.0
    count = max(1, len(labels))
    step = min(36.0, (width - left - 20) / count)
    highest = max((sum(column) for column in zip(*(values for _, _, values in parts))), default=0.0)
    scale = height / (top if top is not None else _round_top(highest))
    drawn, legend_end = [], left
    for name, color, _ in parts if len(parts) > 1 else ():
        swatch = rectangle(legend_end, 2, 10, 10, color, "#00000033")
        drawn += [swatch, text(legend_end + 15, 11, name, font, INK, "start")]
        legend_end += text_width(name, font) + 36
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = head + height * (1 - share)
        drawn.append(rectangle(left, y, count * step, 0.6, LINE, "none"))
        drawn.append(text(left - 6, y + font * 0.35, f"{share * height / scale:.3g}", font, FAINT, "end"))
    for i in range(len(labels)):
        base = head + height
        for name, color, values in parts:
            tall = min(values[i] * scale, base - head)
            if tall > 0:
                said = f"{labels[i]}, {name}: {values[i]:.1f}"
                drawn.append(
                    rectangle(left + i * step + step * 0.1, base - tall, step * 0.8, tall, color, "none", said)
                )
                base -= tall
    every = max(1, math.ceil(len(labels) / MOST_CELL_LABELS), math.ceil((font + 4) / step))
    longest = max((text_width(label, font) for label in labels), default=0.0)
    slant = SLANT if longest > every * step else 0
    for i in range(0, len(labels), every):
        middle, y = left + (i + 0.5) * step, head + height + font + 5
        anchor = "end" if slant else "middle"
        drawn.append(text(middle + (font * 0.3 if slant else 0), y, labels[i], font, INK, anchor, -slant))
    below = _slanted_height(longest) if slant else font + 10
    return drawing(max(left + count * step + 12, legend_end), head + height + below + 4, drawn, title)


def _round_top(highest: float) -> float:
    """Four times the least of 1, 2, 2.5, 5 times a power of ten that reaches above the highest value."""
    power = 10.0 ** math.floor(math.log10(max(highest, 1e-12) / 4))
    return next(4 * step * power for step in (1, 2, 2.5, 5, 10) if 4 * step * power >= highest)


def _scale_bar(x: float, y: float, scale: float, font: int) -> list[str]:
    steps = 20
    parts = [text(x, y + 11, "0", font, FAINT, "start")]
    for step in range(steps):
        parts.append(rectangle(x + 14 + step * 7, y, 7.5, 14, _mix(LOW, HIGH, (step + 0.5) / steps), "none"))
    parts.append(text(x + 14 + steps * 7 + 7, y + 11, f"{scale:.3g}", font, FAINT, "start"))
    return parts


def _mix(low: tuple[int, int, int], high: tuple[int, int, int], share: float) -> str:
    return "#{:02x}{:02x}{:02x}".format(*(round(a + (b - a) * min(1.0, share)) for a, b in zip(low, high)))


def _is_dark(color: str) -> bool:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140


def _shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def _slanted_height(width: float) -> float:
    return width * math.sin(math.radians(SLANT)) + 10
