"""A report as one self-contained HTML file: headings, tables and pictures, no script, nothing fetched."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

from ..files import atomic_output
from ..provenance import Provenance

STYLE = """
body { font: 15px/1.5 "Noto Sans", "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #22302a; background: #fff;
       margin: 2em auto; max-width: 62em; padding: 0 1.5em; }
h1 { font-size: 1.6em; margin: 0 0 .2em; } h2 { font-size: 1.2em; margin: 1.8em 0 .5em; }
table { border-collapse: collapse; margin: .6em 0; } caption { text-align: left; color: #5c6b64; padding-bottom: .3em; }
th, td { padding: .25em .8em; border-bottom: 1px solid #dfe6e2; text-align: left; vertical-align: top; }
th { background: #f1f5f3; font-weight: 600; } td.number, th.number { text-align: right; white-space: nowrap; }
.key { display: inline-block; margin: 0 2.2em .6em 0; vertical-align: top; } .key b { display: block; font-size: 1.7em; line-height: 1.2; }
.key span { color: #5c6b64; } .note { background: #fff7e0; border-left: 4px solid #e6a700; padding: .5em 1em; margin: .8em 0; }
td.short { white-space: nowrap; }
.swatch { display: inline-block; width: .9em; height: .9em; margin-right: .5em; border: 1px solid #0003; vertical-align: -.1em; }
figure { margin: .8em 0; } figcaption { color: #5c6b64; font-size: .9em; } img, svg { max-width: 100%; height: auto; }
.provenance { color: #5c6b64; font-size: .85em; border-top: 1px solid #dfe6e2; margin-top: 2.5em; padding-top: .8em; overflow-wrap: anywhere; }
"""  # noqa: E501
SHORT, SHORT_NAME = ' class="short"', 30


class Page:
    """Collects the parts of a report; :meth:`write` makes the file. All texts are escaped here."""

    def __init__(self, title: str, subtitle: str = "") -> None:
        self.title = title
        self._parts = [f"<h1>{escape(title)}</h1>"]
        if subtitle:
            self.paragraph(subtitle)

    def heading(self, text: str) -> None:
        """Start a section."""
        self._parts.append(f"<h2>{escape(text)}</h2>")

    def paragraph(self, text: str) -> None:
        """A paragraph of plain text."""
        self._parts.append(f"<p>{escape(text)}</p>")

    def note(self, text: str) -> None:
        """A highlighted remark."""
        self._parts.append(f'<p class="note">{escape(text)}</p>')

    def key_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Large figures side by side: ``(value, what it is)``."""
        items = "".join(
            f'<div class="key"><b>{escape(value)}</b><span>{escape(name)}</span></div>' for value, name in figures
        )
        self._parts.append(f"<div>{items}</div>")

    def table(
        self, header: Sequence[str], rows: Sequence[Sequence[object]], caption: str = "", colors: Sequence[str] = ()
    ) -> None:
        """A table; numbers are right-aligned, floats shown with three decimals.

        ``colors`` (``#rrggbb``, one a row) puts a swatch before each row's first cell.
        """
        numeric = [bool(rows) and all(isinstance(row[i], (int, float)) for row in rows) for i in range(len(header))]
        classes = [' class="number"' if is_number else "" for is_number in numeric]
        head = "".join(f"<th{cls}>{escape(name)}</th>" for name, cls in zip(header, classes))
        body = []
        for index, row in enumerate(rows):
            cells = [f"<td{cls}>{escape(_text(cell))}</td>" for cell, cls in zip(row, classes)]
            if colors:  # a short name stays on one line with its swatch
                text = _text(row[0])
                swatch = f'<span class="swatch" style="background:{colors[index]}"></span>'
                cells[0] = f"<td{SHORT if len(text) <= SHORT_NAME else ''}>{swatch}{escape(text)}</td>"
            body.append(f"<tr>{''.join(cells)}</tr>")
        title = f"<caption>{escape(caption)}</caption>" if caption else ""
        self._parts.append(f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>")

    def svg(self, svg: str, caption: str = "") -> None:
        """A drawing; ``svg`` is markup made by :mod:`core.reports.charts`."""
        self._parts.append(f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>")

    def png(self, data: bytes, caption: str = "", width: int | None = None) -> None:
        """A picture, given as the bytes of a PNG file."""
        size = f' width="{width}"' if width else ""
        source = base64.b64encode(data).decode("ascii")
        self._parts.append(
            f'<figure><img{size} alt="{escape(caption)}" src="data:image/png;base64,{source}"/>'
            f"<figcaption>{escape(caption)}</figcaption></figure>"
        )

    def provenance(self, provenance: Provenance) -> None:
        """A last paragraph that says where the report came from."""
        items = {**provenance.parameters, **provenance.versions, **provenance.extra}
        text = "; ".join(f"{name}: {value}" for name, value in items.items())
        self._parts.append(f'<p class="provenance">{escape(provenance.algorithm)}<br/>{escape(text)}</p>')

    def write(self, path: str) -> None:
        """Write the report. Raises ChronocoverError if the folder cannot be written."""
        body = "\n".join(self._parts)
        text = (
            f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"/><title>{escape(self.title)}</title>'
            f"<style>{STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
        )
        with atomic_output(path) as target, open(target, "w", encoding="utf-8") as file:
            file.write(text)


def _text(cell: object) -> str:
    return f"{cell:,.3f}" if isinstance(cell, float) else f"{cell:,}" if isinstance(cell, int) else str(cell)
