"""What a model file says about itself, as a page to read and as lines for the log."""

from __future__ import annotations

import os
from collections.abc import Mapping

import numpy as np

from ..core.labels.legend import hex_color
from ..core.provenance import Provenance
from ..core.reports.charts import confusion_matrix
from ..core.reports.page import Page
from .card import CLUSTERING, SEGMENTATION, ModelCard
from .session import ModelSession

LONGEST_VALUE = 400
"""Characters of a setting in the report."""
NOT_VALIDATED = "The model was not validated: nothing is known about its accuracy."


def card_lines(card: ModelCard) -> list[str]:
    """The card in sentences: what the model tells apart, what it needs, how right it is, where it comes from."""
    dates = card.time_axis.trained_on
    kind = "clusters" if card.kind == CLUSTERING else "classes"
    lines = [
        card.title,
        f"{card.family}: {len(card.legend)} {kind}: "
        + ", ".join(f"{land_class.code} {land_class.name}" for land_class in card.legend.classes),
        f"Variables: {', '.join(card.variables)}",
        f"Season: {len(dates)} dates from {card.time_axis.season_start} (month-day) over "
        f"{card.time_axis.days[-1]} days; learnt from {dates[0]} to {dates[-1]}",
        f"Missing values: {card.missing_values} {card.nodata_policy}",
    ]
    if card.context > 1:
        lines.append(f"Spatial context: windows of {card.context} × {card.context} pixels")
    if card.kind == SEGMENTATION:
        lines.append(_patches(card))
    if "overall_accuracy" in card.scores:
        scores = card.scores
        lines.append(
            f"Overall accuracy {scores['overall_accuracy']:.3f} (95 % confidence interval {scores['accuracy_low']:.3f} "
            f"to {scores['accuracy_high']:.3f}). {scores['validation']}."
        )
    elif card.kind != CLUSTERING:
        lines.append(_not_validated(card))
    for member in card.parameters.get("members", []):
        lines.append(f"Member: {member['title']} ({member['file']}), weight {member['weight']:.3f}{_accuracy(member)}")
    lines.append("Made with " + ", ".join(f"{name} {version}" for name, version in card.versions.items()))
    return lines


def write_card_report(path: str, session: ModelSession, provenance: Provenance) -> None:
    """Write a model's card as HTML. Raises ChronocoverError if it cannot be written."""
    card = session.card
    page = Page(f"Model: {os.path.basename(session.path)}", card.title)
    figures = [
        (str(len(card.legend)), "clusters" if card.kind == CLUSTERING else "classes"),
        (str(len(card.variables)), "variables"),
        (str(len(card.time_axis.days)), "dates"),
        (f"{os.path.getsize(session.path) / 1e6:,.2f} MB", "file"),
    ]
    if "overall_accuracy" in card.scores:
        figures.insert(0, (f"{card.scores['overall_accuracy']:.1%}", "overall accuracy"))
    page.key_figures(figures)
    _needs(page, card)
    _classes(page, card)
    _scores(page, card)
    _members(page, card)
    page.heading("How it was made")
    settings = {name: value for name, value in card.parameters.items() if name != "members"}
    _settings(page, {**settings, **{f"{name} version": text for name, text in card.versions.items()}})
    _settings(page, {name: value for name, value in card.training.items() if name not in ("samples", "groups")})
    page.heading("Running it elsewhere")
    page.paragraph(f"The file is an ONNX model, which ONNX Runtime runs without QGIS. {card.usage}")
    page.paragraph(f"SHA-256 of the file: {session.sha256()}")
    page.provenance(provenance)
    page.write(path)


def _not_validated(card: ModelCard) -> str:
    if card.kind == SEGMENTATION:
        return f"{NOT_VALIDATED} Compare a map of it with reference places that the model has not learnt from."
    return f"{NOT_VALIDATED} “Test model on samples” tells it, by samples that the model has not learnt from."


def _patches(card: ModelCard) -> str:
    (rows, columns), overlap = card.patch["size"], card.patch["overlap"]
    size = f", made for pixels of {card.patch['pixel_size']:g} m" if card.patch["pixel_size"] else ""
    return f"Patches of {rows} × {columns} pixels that overlap by {overlap[0]} and {overlap[1]} and are blended{size}"


def _needs(page: Page, card: ModelCard) -> None:
    page.heading("What it needs")
    axis = card.time_axis
    page.paragraph(
        f"A season of {axis.days[-1]} days that begins about {axis.season_start} (month-day). {card.missing_values} "
        f"{card.nodata_policy}"
    )
    if card.context > 1:
        page.paragraph(f"It looks at windows of {card.context} × {card.context} pixels.")
    if card.kind == SEGMENTATION:
        page.paragraph(f"It looks at whole parts of an image at a time. {_patches(card)}.")
    rows = []
    for name in card.variables:
        limits = card.ranges.get(name)
        rows.append([name, *([f"{limits.p1:.4g}", f"{limits.p99:.4g}"] if limits else ["–", "–"])])
    page.table(["Variable", "1st percentile", "99th percentile"], rows)
    page.table(["Date learnt from", "Day of the season"], [[day, str(n)] for day, n in zip(axis.trained_on, axis.days)])


def _classes(page: Page, card: ModelCard) -> None:
    page.heading("Clusters" if card.kind == CLUSTERING else "Classes")
    samples, groups = (_by_class(card.training.get(name)) for name in ("samples", "groups"))
    rows = [[str(c.code), c.name, samples.get(c.name, "–"), groups.get(c.name) or "–"] for c in card.legend.classes]
    colors = [hex_color(land_class.color) for land_class in card.legend.classes]
    page.table(["Code", "Name", "Samples", "Groups"], rows, colors=colors)


def _by_class(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _scores(page: Page, card: ModelCard) -> None:
    if card.kind == CLUSTERING:
        return
    scores = card.scores
    page.heading("Accuracy")
    if "overall_accuracy" not in scores:
        page.note(_not_validated(card))
        return
    page.paragraph(
        f"Overall accuracy {scores['overall_accuracy']:.1%} ({scores['accuracy_low']:.1%} to "
        f"{scores['accuracy_high']:.1%}: {scores['confidence_interval']}), macro F1 {scores['macro_f1']:.3f}, Cohen's "
        f"kappa {scores['kappa']:.3f}. {scores['validation']}. A random split would have claimed "
        f"{scores['random_split_accuracy']:.1%}."
    )
    for warning in scores.get("warnings", []):
        page.note(warning)
    names = card.legend.names
    colors = [hex_color(land_class.color) for land_class in card.legend.classes]
    page.svg(confusion_matrix(names, np.array(scores["confusion_matrix"]), colors), "Counts of tested samples.")
    rows = [[c["name"], c["precision"], c["recall"], c["f1"], c["support"]] for c in scores["classes"]]
    page.table(["Class", "Precision (user's)", "Recall (producer's)", "F1", "Tested"], rows, colors=colors)
    if scores.get("regions"):
        rows = [[r["name"], r["tested"], r["accuracy"], r["low"], r["high"]] for r in scores["regions"]]
        page.table([scores["field"], "Tested", "Overall accuracy", "From", "To (95 %)"], rows)


def _members(page: Page, card: ModelCard) -> None:
    """The models of an ensemble."""
    members = card.parameters.get("members", [])
    if not members:
        return
    page.heading("Members")
    rows = []
    for member in members:
        accuracy = member["overall_accuracy"]
        known = "–" if accuracy is None else f"{accuracy:.1%}"
        rows.append([member["title"], f"{member['weight']:.3f}", known, member["validation"], member["sha256"][:12]])
    page.table(["Model", "Weight", "Overall accuracy", "Validation", "SHA-256"], rows)


def _accuracy(member: Mapping[str, object]) -> str:
    accuracy = member["overall_accuracy"]
    return "" if accuracy is None else f", overall accuracy {accuracy:.3f}"


def _settings(page: Page, settings: Mapping[str, object]) -> None:
    rows = []
    for name, value in settings.items():
        text = str(value)
        rows.append([name, text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"])
    if rows:
        page.table(["What", "Value"], rows)
