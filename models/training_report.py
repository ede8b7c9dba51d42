"""The report of a training: as a page to read and as JSON to compute with."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence

from ..core.files import atomic_output
from ..core.labels.legend import hex_color
from ..core.provenance import Provenance
from ..core.reports.charts import bars, confusion_matrix, heat_map
from ..core.reports.page import Page
from .evaluation import Evaluation, scores_as_plain_values
from .families.learning_curves import LearnsInEpochs
from .importance import IMPURITY
from .learning_curves_report import add_learning_curves, curves_as_plain_values
from .resampling import NONE, resampled_counts, resampling_notes
from .scores import PartScores, Scores
from .training import TrainedModel
from .tuning_report import tuning_as_plain_values, tuning_section
from .validation import GIVEN, LEAVE_ONE_OUT

MOST_DATE_BARS = 60


def write_html(path: str, model: TrainedModel, model_path: str, provenance: Provenance) -> None:
    """Write the report as HTML. Raises ChronocoverError if it cannot be written."""
    card = model.card
    page = Page(f"Training report: {_within_a_sentence(card.family)}", card.title)
    _accuracy(page, model)
    if model.evaluation.tuning is not None:
        tuning_section(page, model.evaluation.tuning)
    _learning_data(page, model)
    if isinstance(model.classifier, LearnsInEpochs):
        add_learning_curves(page, model.classifier.learning_curves())
    _importance(page, model)
    page.heading("Model")
    size = os.path.getsize(model_path)
    page.paragraph(f"{os.path.basename(model_path)}, {_readable_size(size)}, ONNX.")
    page.table(["Setting", "Value"], [[name, str(value)] for name, value in card.parameters.items()])
    page.provenance(provenance)
    page.write(path)


def _accuracy(page: Page, model: TrainedModel) -> None:
    evaluation = model.evaluation
    scores = evaluation.scores
    if scores is None:
        page.note("The model was not validated, so nothing is known about its accuracy.")
        return
    key_scores(page, scores)
    page.paragraph(
        f"{evaluation.splits.description}. The range is the 95 % confidence interval ({scores.interval_method}). "
        "The figures are shares of the samples, not of the area of a map."
    )
    for warning in evaluation.splits.warnings:
        page.note(warning)
    if not evaluation.splits.is_random:
        page.paragraph(random_split_sentence(evaluation))
    class_scores(page, scores, [hex_color(c.color) for c in model.card.legend.classes])
    if evaluation.regions:
        page.heading(f"By “{evaluation.splits.field}”")
        page.paragraph("Each was tested by a model that has learnt from the others.")
        part_scores(page, evaluation.splits.field, evaluation.regions)


def key_scores(page: Page, scores: Scores) -> None:
    """The figures to read first."""
    page.key_figures(
        [
            (f"{scores.accuracy:.1%}", f"overall accuracy ({scores.low:.1%} to {scores.high:.1%})"),
            (f"{scores.macro_f1:.3f}", "macro F1"),
            (f"{scores.kappa:.3f}", "Cohen's kappa"),
            (f"{scores.tested:,}", "samples tested"),
        ]
    )


def class_scores(page: Page, scores: Scores, colors: Sequence[str]) -> None:
    """The confusion matrix and a table of the classes."""
    names = [item.name for item in scores.classes]
    page.svg(confusion_matrix(names, scores.matrix, colors), "Counts of tested samples. Shades are shares of each row.")
    rows = [[c.name, c.precision, c.recall, c.f1, c.support] for c in scores.classes]
    page.table(["Class", "Precision (user's)", "Recall (producer's)", "F1", "Tested"], rows, colors=colors)


def part_scores(page: Page, title: str, parts: Sequence[PartScores]) -> None:
    """A table of the accuracy of parts of the samples; ``title`` says what the parts are."""
    rows = [
        [part.name, f"{part.tested:,}", f"{part.accuracy:.1%}", f"{part.low:.1%} to {part.high:.1%}"] for part in parts
    ]
    page.table([title, "Tested", "Overall accuracy", "95 % confidence interval"], rows)


def random_split_sentence(evaluation: Evaluation) -> str:
    """What a random split would have claimed, and what the difference means."""
    scores, claimed = evaluation.scores, evaluation.random_accuracy
    kept = evaluation.splits.cluster_name
    start = f"A random split would have claimed {claimed:.1%}."
    if evaluation.splits.method == LEAVE_ONE_OUT:
        field = evaluation.splits.field
        if claimed > scores.high:
            return (
                f"{start} The difference of {100 * (claimed - scores.accuracy):.1f} percentage points is the price of "
                f"a “{field}” that the model has not learnt from."
            )
        return f"{start} That lies within the range, so the model carries over to another “{field}”."
    if evaluation.splits.method == GIVEN:
        less = "The samples to test are less like those to learn from than in a split at random."
        return f"{start} {less}" if claimed > scores.high else start
    if claimed > scores.high:
        return (
            f"{start} The difference of {100 * (claimed - scores.accuracy):.1f} percentage points comes from "
            f"neighbouring pixels of the same {kept} on both sides of such a split; expect {scores.accuracy:.1%} for "
            "places that the model has not seen."
        )
    return f"{start} That lies within the range, so the accuracy hardly comes from neighbours in the same {kept}."


def _learning_data(page: Page, model: TrainedModel) -> None:
    samples = model.data.samples
    page.heading("Learning data")
    first, last = samples.dates[0], samples.dates[-1]
    page.paragraph(
        f"{len(samples):,} samples of {len(samples.legend)} classes, {_counted(len(samples.dates), 'date')} "
        f"({first if first == last else f'{first} to {last}'}), {_counted(len(samples.variables), 'variable')}."
    )
    for reason, count in model.data.dropped.items():
        page.note(f"{count:,} samples were left out: {reason}.")
    for note in model.data.notes:
        page.note(note)
    counts, groups = samples.counts(), model.data.groups_by_class()
    rows = [[name, counts[name], "–" if groups[name] is None else groups[name]] for name in counts]
    colors = [hex_color(c.color) for c in samples.legend.classes]
    header = ["Class", "Samples", "Groups"]
    method = model.card.parameters["resampling"]
    if method != NONE:
        for note in resampling_notes(counts, method):
            page.note(note)
        if model.evaluation.shares["validation"]:
            page.paragraph(f"Resampling ({method}) evens out what is learnt from, not what is kept aside.")
        else:
            header.append(f"After resampling ({method})")
            rows = [[*row, count] for row, count in zip(rows, resampled_counts(list(counts.values()), method))]
    page.table(header, rows, colors=colors)
    missing = model.data.missing_share()
    rows = [
        [name, f"{missing[name]:.1%}", f"{limits.p1:.4g}", f"{limits.p99:.4g}"]
        for name, limits in model.card.ranges.items()
    ]
    page.table(["Variable", "Missing, filled in time", "1st percentile", "99th percentile"], rows)


def _importance(page: Page, model: TrainedModel) -> None:
    importance = model.evaluation.importance
    if importance is None:
        return
    dates = [date.isoformat() for date in model.data.samples.dates]
    variables = list(model.data.samples.variables)
    page.heading("What the model looks at")
    page.paragraph(
        "Share of each date and variable in the decisions of the trees (mean decrease of impurity; all shares make 1). "
        "Among values that tell the same, the share is spread."
        if importance.kind == IMPURITY
        else "How much the probability of the true class falls when a value is shuffled among samples that the model "
        "has not seen. Where values tell the same, shuffling one of them costs little, so the totals of whole dates "
        "and variables are shuffled together."
    )
    page.svg(heat_map(variables, dates, importance.values.T, "Importance by date and variable"), "By date and variable")
    page.svg(bars(variables, importance.variables.tolist(), "Importance by variable"), "By variable, all dates")
    if len(dates) <= MOST_DATE_BARS:
        page.svg(bars(dates, importance.dates.tolist(), "Importance by date"), "By date, all variables")
    else:
        page.svg(heat_map(["all variables"], dates, importance.dates[None], "Importance by date"), "By date")


def write_json(path: str, model: TrainedModel, model_path: str, provenance: Provenance) -> None:
    """Write the report as JSON, plain values only.

    Keys: ``model`` (file, bytes, title, family, parameters, versions), ``classes`` (code, name, colour), ``scores`` (as
    in the model card; absent figures: not validated), ``tuning`` (as :func:`~.tuning_report.tuning_as_plain_values`
    gives it; null without a search), ``learning_data`` (samples and groups a class, dropped by reason,
    dates, variables, missing share and value range a variable), ``importance`` (kind; ``values`` as one list a date;
    ``dates``; ``variables``; null if not measured), ``learning_curves`` (of each network; null if it does not learn in
    epochs) and ``provenance``.

    Raises:
        ChronocoverError: it cannot be written.
    """
    card, data, importance = model.card, model.data, model.evaluation.importance
    plain = {
        "model": {
            "file": os.path.basename(model_path),
            "bytes": os.path.getsize(model_path),
            "title": card.title,
            "family": card.family,
            "parameters": card.parameters,
            "versions": card.versions,
        },
        "classes": card.legend.as_dicts(),
        "scores": scores_as_plain_values(model.evaluation),
        "tuning": model.evaluation.tuning and tuning_as_plain_values(model.evaluation.tuning),
        "learning_data": {
            "samples": data.samples.counts(),
            "groups": data.groups_by_class(),
            "dropped": data.dropped,
            "notes": data.notes,
            "dates": [date.isoformat() for date in data.samples.dates],
            "variables": list(data.samples.variables),
            "missing_share": data.missing_share(),
            "ranges": {name: {"p1": r.p1, "p99": r.p99} for name, r in card.ranges.items()},
        },
        "importance": importance
        and {
            "kind": importance.kind,
            "values": importance.values.tolist(),
            "dates": importance.dates.tolist(),
            "variables": importance.variables.tolist(),
        },
        "learning_curves": curves_as_plain_values(model.classifier.learning_curves())
        if isinstance(model.classifier, LearnsInEpochs)
        else None,
        "provenance": {
            "algorithm": provenance.algorithm,
            "parameters": provenance.parameters,
            "versions": provenance.versions,
        },
    }
    with atomic_output(path) as target, open(target, "w", encoding="utf-8") as file:
        json.dump(plain, file, ensure_ascii=False, indent=1, default=str)


def _within_a_sentence(name: str) -> str:
    """“Random forest” begins with a small letter, “TempCNN” stays as it is."""
    first, *rest = name.split()
    return " ".join([first.lower() if first == first.capitalize() else first, *rest])


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _readable_size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.0f} kB"
