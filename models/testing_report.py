"""The report of a model's test: as a page to read and as JSON to compute with."""

from __future__ import annotations

import json
import os
from dataclasses import asdict

from ..core.files import atomic_output
from ..core.labels.legend import hex_color
from ..core.provenance import Provenance
from ..core.reports.page import Page
from .card import ModelCard
from .testing import ModelTest
from .training_report import class_scores, key_scores, part_scores

UNKNOWN_COLOR = "#999999"


def write_test_html(path: str, test: ModelTest, card: ModelCard, model_path: str, provenance: Provenance) -> None:
    """Write the report as HTML. Raises ChronocoverError if it cannot be written."""
    scores = test.scores
    page = Page(f"Test of {os.path.basename(model_path)}", card.title)
    key_scores(page, scores)
    page.paragraph(
        f"The range is the 95 % confidence interval ({scores.interval_method}). The figures are shares of the samples, "
        f"not of the area of a map. {test.season.describe()}"
    )
    for note in test.notes:
        page.note(note)
    if test.without_data:
        page.note(f"{test.without_data:,} samples were left out: a variable was never observed there.")
    if "overall_accuracy" in card.scores:
        page.paragraph(
            f"Its own validation found {card.scores['overall_accuracy']:.1%} ({card.scores['accuracy_low']:.1%} to "
            f"{card.scores['accuracy_high']:.1%}): {card.scores['validation']}."
        )
    colors = [hex_color(land_class.color) for land_class in card.legend.classes]
    class_scores(page, scores, colors + [UNKNOWN_COLOR] * (len(scores.classes) - len(colors)))
    if test.regions:
        page.heading("By region")
        part_scores(page, "Region", test.regions)
    page.heading("By date coverage")
    page.paragraph("The share of a sample's values that were observed; the others were filled in time.")
    part_scores(page, "Observed", test.coverage)
    page.provenance(provenance)
    page.write(path)


def write_test_json(path: str, test: ModelTest, card: ModelCard, model_path: str, provenance: Provenance) -> None:
    """Write the report as JSON: ``model``, ``scores``, ``regions``, ``coverage``, ``without_data``, ``notes``.

    Raises ChronocoverError if it cannot be written.
    """
    plain = {
        "model": {"file": os.path.basename(model_path), "title": card.title, "family": card.family},
        "scores": {**asdict(test.scores), "matrix": test.scores.matrix.tolist()},
        "season_start": test.season.start.isoformat(),
        "regions": [asdict(part) for part in test.regions],
        "coverage": [asdict(part) for part in test.coverage],
        "without_data": test.without_data,
        "notes": test.notes,
        "provenance": asdict(provenance),
    }
    with atomic_output(path) as target, open(target, "w", encoding="utf-8") as file:
        json.dump(plain, file, ensure_ascii=False, indent=1, default=str)
