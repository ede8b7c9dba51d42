"""How right a finished model is on samples of its own choice: overall, by class, by region and by date coverage."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..core.errors import ChronocoverError
from ..core.feedback import Feedback
from ..core.samples.samples import Samples
from .card import CLASSIFIER, SEGMENTATION, ModelCard
from .scores import PartScores, Scores, score, score_part, score_parts
from .season import Season, find_season
from .session import ModelSession
from .validation import group_numbers

COVERAGES = ((0.9, 1.0), (0.75, 0.9), (0.5, 0.75), (0.0, 0.5))
"""Shares of values that were observed: above the first, up to the second."""
SEED = 1


@dataclass(frozen=True)
class ModelTest:
    """The result of a test.

    Attributes:
        scores: over all samples tested; classes that the model does not know come last.
        season: the season of the samples that the model was given.
        regions: for each region in the order of their names; empty without regions.
        coverage: by the share of values that were observed.
        without_data: samples left out, since a variable was never observed.
        notes: sentences on what weakens the result.
    """

    scores: Scores
    season: Season
    regions: list[PartScores]
    coverage: list[PartScores]
    without_data: int
    notes: list[str]


def evaluate_model(
    session: ModelSession,
    samples: Samples,
    season: str = "",
    feedback: Feedback | None = None,
) -> ModelTest:
    """Compare a model's labels with those of samples that it has not learnt from.

    Variables and classes match by name, dates by the model's season. Samples of a class that the model does not know
    count as wrong.

    Args:
        session: of a classifier.
        samples: at least one that can be classified, with windows if the model has a spatial context; their ``regions``
            are told apart where they have some.
        season: which one, see :func:`~.season.find_season`.
        feedback: checked for cancelling.

    Raises:
        ChronocoverError: the model is a clustering or a segmentation, variables or dates do not fit, windows are
            missing, or no sample can be classified.
        CancelledError: the user cancelled.
    """
    card = session.card
    if card.kind == SEGMENTATION:
        raise ChronocoverError(
            f"{session.path} is a segmentation, which needs whole patches of an image, but samples hold single pixels. "
            "Make a map with it and compare that with reference places."
        )
    if card.kind != CLASSIFIER:
        raise ChronocoverError(
            f"{session.path} is a clustering, whose clusters have no reference. Choose a classifier."
        )
    missing = [name for name in card.variables if name not in samples.variables]
    if missing:
        raise ChronocoverError(
            f"The samples lack {len(missing)} of the model's variables: {', '.join(missing)}.\n"
            f"Model:   {', '.join(card.variables)}\nSamples: {', '.join(samples.variables)}"
        )
    if card.window and samples.windows is None:
        raise ChronocoverError(
            f"The model {session.path} looks at {card.context} × {card.context} pixels, and samples hold only their "
            "own. Give the image time series that they were extracted from."
        )
    found = find_season(card.time_axis, samples.dates, season)
    dates = [samples.dates.index(date) for date in found.dates]
    variables = [samples.variables.index(name) for name in card.variables]
    values = (samples.windows if card.window else samples.values)[:, dates][:, :, variables].astype(np.float32)
    values = np.where(np.isfinite(values), values, np.float32(np.nan))
    labels, _ = session.predict(found.onto_axis(values), feedback)
    names = card.legend.names
    unknown = [name for name in samples.counts() if name not in names]
    index = {name: number for number, name in enumerate([*names, *unknown])}
    known = labels > 0
    if not known.any():
        raise ChronocoverError("None of the samples can be classified: each lacks a variable on all dates.")
    reference = np.array([index[name] for name in samples.classes])[known]
    position = {code: number for number, code in enumerate(card.legend.codes)}
    predicted = np.array([position[code] for code in labels[known].tolist()])
    clusters = group_numbers(None if samples.groups is None else np.asarray(samples.groups, object)[known])
    right = reference == predicted
    observed = np.isfinite(samples.values[:, dates][:, :, variables]).mean(axis=(1, 2))[known]
    counts = samples.counts()
    notes = [
        f"The model does not know the class “{name}”: its {counts[name]:,} samples count as wrong." for name in unknown
    ]
    if counts in _learnt_from(card):
        notes.append(
            "The samples have as many of each class as the model learnt from. If they are the same, the accuracy says "
            "nothing about new places: see the model's own validation."
        )
    return ModelTest(
        scores=score(reference, predicted, list(index), clusters, "groups", SEED),
        season=found,
        regions=[] if samples.regions is None else score_parts(samples.regions[known], right, clusters, SEED),
        coverage=_by_coverage(right, observed, clusters),
        without_data=int((~known).sum()),
        notes=notes,
    )


def _learnt_from(card: ModelCard) -> list[object]:
    """How many samples of each class a model has learnt from, and each member of an ensemble."""
    members: list[dict] = [{"samples": card.training.get("samples"), "parameters": card.parameters}]
    for member in members:  # which may be ensembles themselves
        members.extend(member["parameters"].get("members", []))
    return [member["samples"] for member in members]


def _by_coverage(right: np.ndarray, observed: np.ndarray, clusters: np.ndarray | None) -> list[PartScores]:
    parts = []
    for low, high in COVERAGES:
        rows = (observed > low) & (observed <= high) if low else observed <= high
        if rows.any():
            own = None if clusters is None else clusters[rows]
            parts.append(score_part(f"{low:.0%} to {high:.0%}", right[rows], own, SEED))
    return parts
