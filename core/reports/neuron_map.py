"""A self-organising map as a picture: a square a neuron, in the colour of the class that most of its samples are of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .svg import FAINT, INK, drawing, rectangle, text, text_width

LARGEST_CELL, SMALLEST_CELL, WIDTH = 44.0, 12.0, 560.0
FONT = 10
EDGE = "#dfe6e2"
FAINTEST = 0.25  # share of the colour in a square, however mixed its neuron is
SMALLEST_WITH_NUMBERS = 26.0


def neuron_map(names: Sequence[str], colors: Sequence[str], counts: np.ndarray, side: int) -> str:
    """The map as SVG: the purer a neuron, the fuller its colour; the number is that of its samples.

    Args:
        names: of the classes.
        colors: ``#rrggbb`` of the classes.
        counts: ``(side * side, classes)`` samples of each class in each neuron, row by row.
        side: neurons along each side.
    """
    cell = min(LARGEST_CELL, max(SMALLEST_CELL, WIDTH / side))
    parts = []
    for neuron, found in enumerate(counts):
        x, y = neuron % side * cell, neuron // side * cell
        total = int(found.sum())
        if not total:
            parts.append(rectangle(x, y, cell - 1, cell - 1, "#ffffff", EDGE, f"Neuron {neuron + 1}: no sample"))
            continue
        order = np.argsort(-found, kind="stable")
        order = order[found[order] > 0]
        shares = ", ".join(f"{names[k]} {found[k] / total:.0%} ({found[k]:,})" for k in order[:5])
        fill = _paled(colors[order[0]], FAINTEST + (1 - FAINTEST) * found[order[0]] / total)
        parts.append(rectangle(x, y, cell - 1, cell - 1, fill, EDGE, f"Neuron {neuron + 1}: {shares}"))
        label = f"{total:,}"
        if cell >= SMALLEST_WITH_NUMBERS and text_width(label, FONT) < cell - 2:
            ink = INK if _light(fill) else "#ffffff"
            parts.append(text(x + cell / 2, y + cell / 2 + FONT * 0.35, label, FONT, ink, "middle"))
    left, y = side * cell + 18, 0.0
    shown = [k for k in range(len(names)) if counts[:, k].any()]
    rows = max(1, int(side * cell // 18))
    for number, k in enumerate(shown[:rows]):
        last = number == rows - 1 and len(shown) > rows
        label = f"… and {len(shown) - rows + 1} more" if last else names[k]
        y = number * 18.0
        if not last:
            parts.append(rectangle(left, y + 2, 11, 11, colors[k], "#00000033"))
        parts.append(text(left + 18, y + 12, label, FONT + 2, FAINT if last else INK, "start"))
    widest = max((text_width(names[k], FONT + 2) for k in shown[:rows]), default=0.0)
    return drawing(left + 26 + widest, side * cell + 2, parts, "Self-organising map")


def _paled(color: str, share: float) -> str:
    channels = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return "#{:02x}{:02x}{:02x}".format(*(round(255 + (channel - 255) * share) for channel in channels))


def _light(color: str) -> bool:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue > 140
