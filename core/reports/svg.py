"""The parts that charts are drawn of, as SVG markup without script, style sheet or font file."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from xml.sax.saxutils import escape

FONT = "Noto Sans, Segoe UI, Helvetica Neue, Arial, sans-serif"
INK, FAINT, LINE = "#22302a", "#5c6b64", "#dfe6e2"
QUOTE = '"'
Points = Sequence[tuple[float, float]]


def drawing(width: float, height: float, parts: Sequence[str], title: str) -> str:
    """A whole drawing of that size in pixels; ``title`` is for readers who cannot see it."""
    w, h = math.ceil(width), math.ceil(height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title, {QUOTE: "&quot;"})}" '
        f'width="{w}" height="{h}" viewBox="0 0 {w} {h}" font-family="{FONT}">{"".join(parts)}</svg>'
    )


def moved(x: float, y: float, parts: Sequence[str]) -> str:
    """Parts with their origin at a place."""
    return f'<g transform="translate({x:.1f} {y:.1f})">{"".join(parts)}</g>'


def text(x: float, y: float, label: str, size: int, fill: str, anchor: str, turn: float = 0, title: str = "") -> str:
    """A line of text on the base line ``y``; ``anchor`` is start, middle or end, ``title`` shown under the mouse."""
    rotation = f' transform="rotate({turn:g} {x:.1f} {y:.1f})"' if turn else ""
    tip = f"<title>{escape(title)}</title>" if title and title != label else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"{rotation}>'
        f"{tip}{escape(label)}</text>"
    )


def rectangle(x: float, y: float, width: float, height: float, fill: str, edge: str, title: str = "") -> str:
    """A rectangle; ``edge`` is a colour, one with two digits more is faint, or ``none``."""
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.2f}" height="{height:.2f}" fill="{fill}"'
    stroke = "" if edge == "none" else f' stroke="{edge[:7]}"' + (' stroke-opacity="0.2"' if len(edge) > 7 else "")
    return f"<rect {place}{stroke}><title>{escape(title)}</title></rect>" if title else f"<rect {place}{stroke}/>"


def circle(x: float, y: float, radius: float, fill: str, edge: str, title: str = "") -> str:
    """A dot; ``fill`` and ``edge`` are colours or ``none``."""
    tip = f"<title>{escape(title)}</title>" if title else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="{edge}">{tip}</circle>'


def line(points: Points, color: str, width: float, opacity: float = 1.0) -> str:
    """Straight pieces through points."""
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return (
        f'<polyline points="{places}" fill="none" stroke="{color}" stroke-width="{width:g}" '
        f'stroke-opacity="{opacity:g}" stroke-linejoin="round"/>'
    )


def area(lower: Points, upper: Points, color: str, opacity: float) -> str:
    """What lies between two lines."""
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in (*lower, *reversed(upper)))
    return f'<polygon points="{places}" fill="{color}" fill-opacity="{opacity:g}"/>'


def text_width(label: str, font: int) -> float:
    """The width of a text in pixels, a little generous: SVG cannot measure it."""
    return sum(1.05 if unicodedata.east_asian_width(sign) in "WF" else 0.6 for sign in label) * font


def round_step(span: float) -> float:
    """The least of 1, 2, 2.5, 5 times a power of ten that divides a span into at most five."""
    power = 10.0 ** math.floor(math.log10(span / 5))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power * 5 >= span * (1 - 1e-9))
