"""The report on a search of clusterings: the table, the best first, and how scores change with the clusters."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from ...core.labels.legend import distinct_color, hex_color
from ...core.provenance import Provenance
from ...core.reports.line_charts import legible
from ...core.reports.number_chart import NumberLine, number_chart
from ...core.reports.page import Page
from .search import CRITERIA, Candidate, describe

NUMBER_OF_CLUSTERS = "number of clusters"


def write_search_report(
    path: str, source: str, candidates: Sequence[Candidate], criterion: str, provenance: Provenance
) -> None:
    """Write the HTML report; ``candidates`` come the best first. Raises ChronocoverError if it cannot be written."""
    best = candidates[0]
    page = Page("Search of clusterings", source)
    page.key_figures(
        [
            (describe(best.settings), f"the best by {criterion}"),
            (str(best.settings.clusters), "clusters"),
            *((_score(value), name) for name, value in zip(CRITERIA, _scores(best))),
        ]
    )
    if len({candidate.settings.method for candidate in candidates}) > 1:
        page.note(
            "Silhouette, Davies-Bouldin and inertia are taken by each method's own distance. They compare numbers of "
            "clusters and bands of one method well, but different methods only roughly: look at the curves and the map "
            "of the best of each."
        )
    if any(candidate.loss < 0 for candidate in candidates):
        page.note(
            "With this gamma, soft-DTW has distances below 0. Their squares say nothing, so its inertia is not drawn. "
            "A smaller gamma gives distances above 0."
        )
    _add_chart(
        page, candidates, "Inertia as a share of that of the fewest clusters (elbow)", _relative_inertia(candidates)
    )
    for name, value in (
        ("Silhouette (more is better)", lambda candidate: candidate.silhouette),
        ("Davies-Bouldin index (less is better)", lambda candidate: candidate.davies_bouldin),
        ("Stability: adjusted Rand index between seeds (more is better)", lambda candidate: candidate.stability),
    ):
        _add_chart(page, candidates, name, value)
    page.heading("All settings, the best first")
    rows = []
    for rank, found in enumerate(candidates, start=1):
        scores = map(_score, (*_scores(found), found.inertia))
        seconds = f"{found.seconds:.1f}"
        rows.append([rank, describe(found.settings), found.settings.clusters, *scores, seconds, found.problem])
    header = ["Rank", "Method", "Clusters", "Silhouette", "Davies-Bouldin", "Stability", "Inertia", "Seconds", ""]
    page.table(header, rows)
    page.provenance(provenance)
    page.write(path)


def _scores(candidate: Candidate) -> tuple[float, ...]:
    return candidate.silhouette, candidate.davies_bouldin, candidate.stability


def _score(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.4g}"


def _relative_inertia(candidates: Sequence[Candidate]) -> Callable[[Candidate], float]:
    """By settings without the number of clusters: the candidate's inertia over that of the fewest clusters."""
    first: dict[str, Candidate] = {}
    for found in sorted(candidates, key=lambda candidate: candidate.settings.clusters):
        if found.loss > 0:
            first.setdefault(describe(found.settings), found)

    def share(candidate: Candidate) -> float:
        base = first.get(describe(candidate.settings))
        return candidate.inertia / base.inertia if base and candidate.loss >= 0 else math.nan

    return share


def _add_chart(page: Page, candidates: Sequence[Candidate], title: str, value: Callable[[Candidate], float]) -> None:
    lines: dict[str, list[tuple[int, float]]] = {}
    for found in sorted(candidates, key=lambda candidate: candidate.settings.clusters):
        lines.setdefault(describe(found.settings), []).append((found.settings.clusters, value(found)))
    drawn = [
        NumberLine(name, legible(hex_color(distinct_color(index))), points)
        for index, (name, points) in enumerate(sorted(lines.items()))
    ]
    if not any(math.isfinite(number) for each in drawn for _, number in each.points):
        return
    best = (candidates[0].settings.clusters, value(candidates[0]))
    page.svg(number_chart(title, NUMBER_OF_CLUSTERS, drawn, [best] if math.isfinite(best[1]) else []))
