"""The comparison of families: as a page to read, as JSON to compute with, and as a CSV table."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict
from statistics import stdev

from ..core.files import atomic_output
from ..core.labels.legend import hex_color
from ..core.provenance import Provenance
from ..core.reports.interval_chart import Interval, interval_chart
from ..core.reports.page import Page
from .comparison import Comparison, Difference, FamilyResult
from .tuning import readable
from .tuning_report import tuning_as_plain_values

SIGNIFICANT = 0.05
MOST_COLUMNS = 12
MOST_NAMED = 4
NO_BREAK = "\u00a0"
CSV_COLUMNS = (
    "family", "accuracy", "accuracy_low", "accuracy_high", "macro_f1", "kappa", "accuracy_spread", "macro_f1_spread",
    "training_seconds", "pixels_per_second", "megabytes", "only_this_right", "only_best_right", "p_mcnemar", "p_groups",
    "p_adjusted", "problem",
)  # fmt: skip


def spread(shares: list[float]) -> float | None:
    """The standard deviation over the folds; None with one."""
    return stdev(shares) if len(shares) > 1 else None


def write_comparison_html(path: str, found: Comparison, provenance: Provenance) -> None:
    """Write the report as HTML. Raises ChronocoverError if it cannot be written."""
    samples, best = found.data.samples, found.results[0]
    first, last = samples.dates[0], samples.dates[-1]
    page = Page(
        "Comparison of classifiers",
        f"{len(samples):,} samples of {len(samples.legend)} classes, {len(samples.dates)} dates ({first} to {last}), "
        f"variables: {', '.join(samples.variables)}.",
    )
    page.key_figures(
        [
            (best.name, f"best by {found.criterion}"),
            (f"{best.scores.accuracy:.1%}", f"its accuracy ({best.scores.low:.1%} to {best.scores.high:.1%})"),
            (f"{best.scores.macro_f1:.3f}", "its macro F1"),
            (f"{best.scores.tested:,}", "samples tested"),
        ]
    )
    page.paragraph(
        f"{found.splits.description}, the same for all. Ranges are 95 % confidence intervals "
        f"({best.scores.interval_method}). The figures are shares of the samples, not of the area of a map."
    )
    for warning in found.splits.warnings:
        page.note(warning)
    if best.tuning is not None:
        tried = len(best.tuning.all_samples.trials)
        page.paragraph(
            f"The settings of each family were searched anew in each fold, among {tried}, by samples that the fold "
            "does not test: these are accuracies of search and training together."
        )
    chart = interval_chart(
        [Interval(r.name, r.scores.accuracy, r.scores.low, r.scores.high, r.fold_accuracies) for r in found.results],
        "Overall accuracy of each family",
    )
    page.svg(chart, "Overall accuracy with its 95 % confidence interval; pale dots are the folds.")
    _results(page, found)
    for name, problem in found.problems.items():
        page.note(f"{name} could not be compared: {problem}")
    _differences(page, found)
    _by_class(page, found)
    page.heading("Settings")
    page.table(["Family", "Settings"], [[r.name, _settings(r)] for r in found.results])
    page.provenance(provenance)
    page.write(path)


def _results(page: Page, found: Comparison) -> None:
    rows = []
    for place, result in enumerate(found.results, 1):
        scores, spreads = result.scores, (spread(result.fold_accuracies), spread(result.fold_f1))
        rows.append(
            [
                f"{place}  {result.name}",
                f"{scores.accuracy:.1%}"
                + ("" if spreads[0] is None else f"{NO_BREAK}±{NO_BREAK}{100 * spreads[0]:.1f}"),
                f"{scores.low:.1%}{NO_BREAK}to{NO_BREAK}{scores.high:.1%}",
                f"{scores.macro_f1:.3f}" + ("" if spreads[1] is None else f"{NO_BREAK}±{NO_BREAK}{spreads[1]:.3f}"),
                round(result.training_seconds, 3),
                round(result.pixels_per_second),
                round(result.megabytes, 3),
            ]
        )
    over_folds = len(found.splits.folds) > 1
    page.table(["Family", "Accuracy", "95 % interval", "Macro F1", "Training (s)", "Pixels/s", "MB"], rows)
    search = "" if found.results[0].tuning is None else " and search"
    sentences = ["After ±: the standard deviation over the folds."] if over_folds else []
    sentences += [
        f"Training: one fit to all samples on the threads of the Processing options, without validation{search}.",
        "Pixels/s: the model file in one thread. MB: its size.",
    ]
    page.paragraph(" ".join(sentences))


def _differences(page: Page, found: Comparison) -> None:
    if not found.differences:
        return
    best = found.results[0].name
    grouped = found.splits.clusters is not None
    page.heading("Is the best one better by more than chance?")
    sentences = [
        "McNemar's test (McNemar 1947, Dietterich 1998) compares accuracies by the samples that only one of two "
        "classifiers has right: a small p says that so uneven numbers are rarely chance."
    ]
    if grouped:
        kept = found.splits.cluster_name
        sentences.append(
            f"It takes samples as independent, which those within {kept} are not, so the next column swaps the two "
            f"classifiers in whole {kept}; that one counts."
        )
    pairs = len(found.differences)
    sentences.append(
        f"Adjusted: for {'the one pair' if pairs == 1 else f'all {pairs} pairs'} compared (Holm 1979); below "
        f"{SIGNIFICANT} the two differ."
    )
    page.paragraph(" ".join(sentences))
    against = against_best(found)
    header = ["Best against", "Only the best right", "Only the other right", "p (McNemar)"]
    header += [f"p ({found.splits.cluster_name} whole)"] * grouped + ["Adjusted p"]
    page.table(
        header,
        [
            [d.second, d.test.only_first, d.test.only_second, _p(d.test.p)]
            + [_p(d.test.p_groups)] * grouped
            + [_p(d.p_adjusted)]
            for d in against
        ],
    )
    equal = [d.second for d in against if d.p_adjusted >= SIGNIFICANT]
    if equal:
        page.paragraph(
            f"Not shown to be worse than {best}: {', '.join(equal)}. Among these speed and size may decide, or more "
            "samples."
        )
    names = [result.name for result in found.results]
    if 2 < len(names) <= MOST_COLUMNS:
        p = {(d.first, d.second): _p(d.p_adjusted) for d in found.differences}
        rows = [[f"{place + 1}  {a}", *(p.get((a, b), "") for b in names[1:])] for place, a in enumerate(names[:-1])]
        numbers = [f"{place}" for place in range(2, len(names) + 1)]
        page.table(["", *numbers], rows, "Adjusted p of each pair; numbers are those of the first table")


def against_best(found: Comparison) -> list[Difference]:
    """The tests of the best family and each other."""
    return found.differences[: len(found.results) - 1]


def _by_class(page: Page, found: Comparison) -> None:
    shown = found.results[:MOST_COLUMNS]
    legend = found.data.samples.legend
    page.heading("F1 of each class")
    rows = [
        [
            name,
            *(f"{result.scores.classes[place].f1:.3f}" for result in shown),
            found.results[0].scores.classes[place].support,
        ]
        for place, name in enumerate(legend.names)
    ]
    colors = [hex_color(each.color) for each in legend.classes]
    few = len(shown) <= MOST_NAMED
    header = [result.name if few else f"{place}" for place, result in enumerate(shown, 1)]
    page.table(
        ["Class", *header, "Tested"],
        rows,
        "" if few else "Numbers are those of the families in the first table",
        colors=colors,
    )


def _settings(result: FamilyResult) -> str:
    return ", ".join(f"{name}: {readable(value)}" for name, value in result.parameters.items())


def _p(value: float) -> str:
    return "< 0.0001" if value < 0.0001 else f"{value:.4f}" if value < 0.01 else f"{value:.3f}"


def write_comparison_json(path: str, found: Comparison, provenance: Provenance) -> None:
    """Write the comparison as JSON, plain values only.

    Keys: ``validation``, ``folds`` (their number), ``warnings``, ``criterion``, ``best``; ``families``, the best first
    (name, parameters, accuracy with its limits, macro_f1, kappa, their spread and values in each fold,
    training_seconds, pixels_per_second, megabytes, classes, confusion_matrix, tuning); ``differences`` of each pair
    (first, second, only_first, only_second, p, p_groups, p_adjusted); ``problems`` by family; ``provenance``.

    Raises:
        ChronocoverError: it cannot be written.
    """
    plain = {
        "validation": found.splits.description,
        "folds": len(found.splits.folds),
        "warnings": found.splits.warnings,
        "criterion": found.criterion,
        "best": found.results[0].name,
        "families": [
            {
                **_figures(result),
                "name": result.name,
                "parameters": result.parameters,
                "fold_accuracies": result.fold_accuracies,
                "fold_macro_f1": result.fold_f1,
                "classes": [asdict(each) for each in result.scores.classes],
                "confusion_matrix": result.scores.matrix.tolist(),
                "tuning": result.tuning and tuning_as_plain_values(result.tuning),
            }
            for result in found.results
        ],
        "differences": [
            {"first": d.first, "second": d.second, **asdict(d.test), "p_adjusted": d.p_adjusted}
            for d in found.differences
        ],
        "problems": found.problems,
        "provenance": asdict(provenance),
    }
    with atomic_output(path) as target, open(target, "w", encoding="utf-8") as file:
        json.dump(plain, file, ensure_ascii=False, indent=1, default=str)


def write_comparison_csv(path: str, found: Comparison) -> None:
    """Write a row for each family as CSV (UTF-8), the best first, :data:`CSV_COLUMNS`.

    Raises ChronocoverError if it cannot be written.
    """
    tests = {d.second: d for d in against_best(found)}
    with atomic_output(path) as target, open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, CSV_COLUMNS)
        writer.writeheader()
        for result in found.results:
            row = {"family": result.name, **_figures(result)}
            if result.name in tests:
                d = tests[result.name]
                row["only_this_right"], row["only_best_right"] = d.test.only_second, d.test.only_first
                row["p_mcnemar"], row["p_groups"], row["p_adjusted"] = d.test.p, d.test.p_groups, d.p_adjusted
            writer.writerow(row)
        for name, problem in found.problems.items():
            writer.writerow({"family": name, "problem": problem})


def _figures(result: FamilyResult) -> dict[str, float | None]:
    scores = result.scores
    return {
        "accuracy": scores.accuracy,
        "accuracy_low": scores.low,
        "accuracy_high": scores.high,
        "macro_f1": scores.macro_f1,
        "kappa": scores.kappa,
        "accuracy_spread": spread(result.fold_accuracies),
        "macro_f1_spread": spread(result.fold_f1),
        "training_seconds": result.training_seconds,
        "pixels_per_second": result.pixels_per_second,
        "megabytes": result.megabytes,
    }
