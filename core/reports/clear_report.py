"""The report of “Mask clouds”: how clear each date and each pixel is."""

from __future__ import annotations

import datetime
from collections.abc import Collection

import numpy as np

from ..provenance import Provenance
from ..series.clear_observations import ClearObservations
from ..series.cloud_cover import CloudCover
from .charts import stacked_columns
from .page import Page

CLEAR_COLOR, CLOUDED_COLOR, DROPPED_COLOR = "#2f8f5b", "#b9c4cc", "#d98b5f"
MOST_COLUMNS = 40


def write_clear_report(
    path: str,
    name: str,
    cover: CloudCover,
    clear: ClearObservations,
    dropped: Collection[datetime.date],
    rule: str,
    provenance: Provenance,
) -> None:
    """Write the report as HTML.

    Args:
        path: the file to make.
        name: what the series is called.
        cover: how much of each image is clouded, by the quality alone.
        clear: the clear observations of the resulting series.
        dropped: dates that were left out.
        rule: what was masked, in words.
        provenance: written below.

    Raises:
        ChronocoverError: the file cannot be written.
    """
    page = Page("Clear observations", name)
    page.key_figures(
        [
            (f"{100 * clear.share:.1f} %", "clear, of all dates and pixels kept"),
            (f"{len(clear.by_date)}", "dates kept"),
            (f"{len(dropped)}", "dates left out"),
            (f"{_median_count(clear.by_count)}", "clear dates at the median pixel"),
            (f"{100 * clear.never_share:.1f} %", "of the pixels are never clear"),
        ]
    )
    page.paragraph(rule)
    if clear.never_share > 0:
        pixels = int(clear.by_count[0])
        page.note(
            f"{pixels:,} of {clear.pixels:,} pixels have no clear observation on any date. They stay missing whatever "
            "step follows."
        )
    kept_share = dict(zip(clear.axes.dates, clear.shares))
    page.heading("Dates")
    clear_parts, clouded_parts, dropped_parts, rows = [], [], [], []
    for date, covered, clouded in zip(cover.dates, cover.covered_shares, cover.clouded_shares):
        left_out = date in dropped
        clear_share = float(covered * (1 - np.nan_to_num(clouded))) if left_out else float(kept_share[date])
        clear_parts.append(0.0 if left_out else 100 * clear_share)
        dropped_parts.append(100 * float(covered) if left_out else 0.0)
        clouded_parts.append(0.0 if left_out else 100 * max(0.0, float(covered) - clear_share))
        rows.append(
            (
                date.isoformat(),
                f"{100 * covered:.1f} %",
                "–" if np.isnan(clouded) else f"{100 * clouded:.1f} %",
                f"{100 * clear_share:.1f} %",
                "left out" if left_out else "no quality values" if covered == 0 else "",
            )
        )
    parts = [("clear", CLEAR_COLOR, clear_parts), ("clouded or missing", CLOUDED_COLOR, clouded_parts)]
    if dropped:
        parts.append(("left out", DROPPED_COLOR, dropped_parts))
    labels = [date.isoformat() for date in cover.dates]
    page.svg(
        stacked_columns(labels, parts, "Share of the scene that is clear on each date, in percent", top=100.0),
        "Percent of the scene on each date. The white above a column is outside of the image.",
    )
    page.heading("Pixels")
    names, shares = _histogram(clear.by_count)
    page.svg(
        stacked_columns(names, [("pixels", CLEAR_COLOR, shares)], "Pixels by their number of clear dates, in percent"),
        "Percent of the pixels by their number of clear dates.",
    )
    page.heading("All dates")
    page.table(
        ("Date", "Covered by the image", "Clouded, of that", "Clear, of the scene", ""),
        rows,
        "Clear is what is neither masked nor missing in the resulting series.",
    )
    page.provenance(provenance)
    page.write(path)


def _median_count(by_count: np.ndarray) -> int:
    return int(np.searchsorted(np.cumsum(by_count), by_count.sum() / 2))


def _histogram(by_count: np.ndarray) -> tuple[list[str], list[float]]:
    """Names and percents of bins of equal width; the pixels that are never clear have one of their own."""
    shares = 100 * by_count / max(1, by_count.sum())
    width = -(-len(by_count) // MOST_COLUMNS)
    names, values = ["0"], [float(shares[0])]
    for first in range(1, len(by_count), width):
        last = min(first + width, len(by_count)) - 1
        names.append(str(first) if last == first else f"{first}–{last}")
        values.append(float(shares[first : last + 1].sum()))
    return names, values
