"""How a classifier learnt, epoch by epoch: as a section of the training report and as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from ..core.reports.number_chart import NumberLine, number_chart
from ..core.reports.page import Page
from .families.learning_curves import LearningCurve

LEARNT, KEPT_ASIDE = ("learnt from", "#b08a2e"), ("kept aside", "#006e54")


def add_learning_curves(page: Page, curves: Sequence[LearningCurve]) -> None:
    """Add the section: what the curves mean, both charts, and a table if there are several networks."""
    held = curves[0].epochs[0].validation_loss is not None
    page.heading("Learning curves")
    text = "After each epoch, for the samples that the network learns from"
    if held:
        text += (
            " and for those kept aside. The former are measured while the network changes, with dropout and "
            "augmentation, which make it harder. Where the loss of the samples kept aside rises again, the network has "
            "begun to learn the others by heart. A ring marks the epoch whose network was kept."
        )
    else:
        text += ", measured while the network changes. None were kept aside, so the last network was kept."
    page.paragraph(text)
    for title, figures in (("Loss (cross entropy)", ("loss", "validation_loss")),
                           ("Accuracy", ("accuracy", "validation_accuracy"))):  # fmt: skip
        lines, marked = [], []
        for number, curve in enumerate(curves):
            for (name, color), figure in zip((LEARNT, KEPT_ASIDE), figures):
                points = [(epoch.number, getattr(epoch, figure)) for epoch in curve.epochs]
                if points[0][1] is not None:
                    lines.append(NumberLine(name, color, points, in_legend=number == 0))
            if held:
                marked.append((curve.kept, getattr(curve.epochs[curve.kept - 1], figures[1])))
        page.svg(number_chart(title, "Epoch", lines, marked, "kept"))
    if len(curves) > 1:
        caption = f"Loss and accuracy of the network kept, on the samples {'kept aside' if held else 'learnt from'}."
        header = ["Network", "Epochs", "Kept", "Loss", "Accuracy"]
        page.table(header, [_row(curve, held) for curve in curves], caption)


def _row(curve: LearningCurve, held: bool) -> list[object]:
    kept = curve.epochs[curve.kept - 1]
    figures = [kept.validation_loss, kept.validation_accuracy] if held else [kept.loss, kept.accuracy]
    return [curve.name.capitalize(), len(curve.epochs), curve.kept, *figures]


def curves_as_plain_values(curves: Sequence[LearningCurve]) -> list[dict[str, object]]:
    """For the JSON report: ``name``, ``kept`` and ``epochs`` of each network, each with the fields of an epoch."""
    return [asdict(curve) for curve in curves]
