"""Several models as one: a graph that averages their probabilities, each model seeing its own dates and variables."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import onnx

from ..core.errors import ChronocoverError
from ..core.feedback import Feedback
from ..core.provenance import Provenance
from ..core.time_series.filling import fill_gaps
from .card import CLASSIFIER, SEGMENTATION, ModelCard, TimeAxis, VariableRange
from .common_axis import common_axis
from .ensemble_graph import Member, mean_graph
from .packaging import LARGEST_BYTES, package, save_model
from .session import ModelSession
from .surroundings import complete_windows
from .trial_series import trial_series

FAMILY = "Ensemble"
TRIED_SERIES = 512


@dataclass(frozen=True)
class Ensemble:
    """Models that go together, and the card of all."""

    members: list[Member]
    card: ModelCard

    def probabilities(self, values: np.ndarray) -> np.ndarray:
        """The weighted mean of the members' own probabilities, run one by one.

        Args:
            values: float32 ``(n, dates, variables)`` on the ensemble's axis, or windows as its card says; NaN is
                missing.

        Returns:
            Float64 ``(n, classes)``; NaN where a variable was never observed.
        """
        series = complete_windows(values) if self.card.window else values
        flat = series.reshape(len(series), len(self.card.time_axis.days), -1)
        filled = fill_gaps(flat, np.array(self.card.time_axis.days)).reshape(series.shape)
        total = np.zeros((len(values), len(self.card.legend)))
        for member in self.members:
            seen = filled[:, member.dates][:, :, member.variables]
            if self.card.window:
                edge = (self.card.context - member.card.context) // 2
                seen = seen[..., edge : self.card.context - edge, edge : self.card.context - edge]
                seen = seen.reshape(*seen.shape[:3], *member.card.window)
            total += member.share * member.session.predict(seen)[1][:, member.classes]
        return total

    def save(self, path: str) -> int:
        """Write the ensemble as one model file and return its bytes.

        It is tried on made-up series, and kept only if it gives the mean of its members.

        Raises:
            ChronocoverError: it cannot be written, is too large, or differs from the mean of its members.
        """
        size = sum(os.path.getsize(member.path) for member in self.members)
        if size > LARGEST_BYTES:
            raise ChronocoverError(
                f"The {len(self.members)} models take {size / 2**30:.1f} GB together, more than one file may hold "
                "(2 GB). Leave the largest out, or train smaller ones."
            )
        model = package(mean_graph(self.members, self.card), self.card)
        values = trial_series(self.card, TRIED_SERIES)
        return save_model(path, model, values, self.probabilities(values))


def parse_weights(text: str, count: int) -> list[float]:
    """The weights in a text such as “2, 1, 1”; equal ones if it is empty.

    Raises:
        ChronocoverError: there are not ``count`` of them, or one is no positive number.
    """
    words = text.replace(";", " ").replace(",", " ").split()
    if not words:
        return [1.0] * count
    try:
        weights = [float(word) for word in words]
    except ValueError:
        raise ChronocoverError(f"The weights “{text}” are not numbers such as “2, 1, 1”.") from None
    if len(weights) != count:
        raise ChronocoverError(
            f"There are {len(weights)} weights for {count} models. Give one for each, in the order of the models."
        )
    if not all(math.isfinite(weight) and weight > 0 for weight in weights):
        raise ChronocoverError(f"The weights “{text}” must all be above 0. Leave a model out that is to have no say.")
    return weights


def combine(
    paths: Sequence[str], weights: Sequence[float], provenance: Provenance, feedback: Feedback | None = None
) -> Ensemble:
    """Open models and see how they go together.

    Models match by the names of their variables and classes, and by the calendar: an ensemble sees the dates of all its
    members, and gives each those that it knows. It looks at windows of pixels if one of them does.

    Args:
        paths: two model files or more, of classifiers.
        weights: positive, one for each.
        provenance: where the ensemble comes from, for its card.
        feedback: told what is combined; checked for cancelling between models.

    Raises:
        ChronocoverError: a file is no such model, or variables, classes or seasons differ; both are printed.
        CancelledError: the user cancelled.
    """
    feedback = feedback or Feedback()
    if len(paths) < 2:
        raise ChronocoverError("An ensemble needs at least two models. Choose more model files.")
    sessions = []
    for path in paths:
        feedback.check()
        sessions.append(ModelSession.open(path))
        _check_kind(sessions[-1])
    first = sessions[0].card
    for session in sessions[1:]:
        _check_same(sessions[0], session, "variables", first.variables, session.card.variables)
        _check_same(sessions[0], session, "classes", first.legend.names, session.card.legend.names)
    axes = [session.card.time_axis for session in sessions]
    axis, dates = common_axis(axes, paths)
    members = [
        Member(
            session,
            session.sha256(),
            share,
            own_dates,
            np.array([first.variables.index(name) for name in session.card.variables]),
            np.array([session.card.legend.names.index(name) for name in first.legend.names]),
        )
        for session, share, own_dates in zip(sessions, _shares(weights), dates)
    ]
    _tell(members, axis, feedback)
    return Ensemble(members, _card(members, axis, provenance))


def _shares(weights: Sequence[float]) -> list[float]:
    """Positive weights as parts of 1, however large or small they are."""
    largest = max(weights)
    total = math.fsum(weight / largest for weight in weights)
    return [weight / largest / total for weight in weights]


def _tell(members: Sequence[Member], axis: TimeAxis, feedback: Feedback) -> None:
    cards = [member.card for member in members]
    for member in members:
        feedback.info(f"{member.share:.3f} × {os.path.basename(member.path)}: {member.card.title}")
    if len({member.sha256 for member in members}) < len(members):
        feedback.warning("A model is listed twice: this only gives it more weight.")
    if len(axis.days) > max(len(card.time_axis.days) for card in cards):
        feedback.info(f"The models see different dates. The ensemble sees all of them: {len(axis.days)} dates.")
    if any(card.legend.codes != cards[0].legend.codes for card in cards):
        feedback.info("The models number the classes differently. The ensemble takes the codes of the first.")
    if any(card.context != cards[0].context for card in cards):
        feedback.info("Some models look at the pixels around each. The ensemble reads the largest windows.")


def _check_kind(session: ModelSession) -> None:
    if session.card.kind == SEGMENTATION:
        raise ChronocoverError(
            f"The model {session.path} is a segmentation of patches, which cannot be combined with others in one file. "
            "Choose classifiers of pixels only."
        )
    if session.card.kind != CLASSIFIER:
        raise ChronocoverError(
            f"The model {session.path} is a clustering, which has no probabilities. Choose classifiers only."
        )


def _check_same(
    first: ModelSession, other: ModelSession, what: str, expected: Sequence[str], found: Sequence[str]
) -> None:
    if set(expected) != set(found):
        raise ChronocoverError(
            f"The models do not have the same {what}:\n{first.path}: {', '.join(expected)}\n"
            f"{other.path}: {', '.join(found)}\nAn ensemble needs models of the same {what}, in any order."
        )


def _card(members: Sequence[Member], axis: TimeAxis, provenance: Provenance) -> ModelCard:
    import onnxruntime

    cards = [member.card for member in members]
    ranges = {}
    for name in cards[0].variables:
        known = [card.ranges[name] for card in cards if name in card.ranges]
        if known:
            ranges[name] = VariableRange(min(item.p1 for item in known), max(item.p99 for item in known))
    samples = [card.training.get("samples") for card in cards]
    same = {"samples": samples[0]} if samples[0] and all(counts == samples[0] for counts in samples) else {}
    first, last = axis.trained_on[0], axis.trained_on[-1]
    card = ModelCard(
        title=f"Ensemble of {len(cards)} models, {len(cards[0].legend)} classes, "
        + (first if first == last else f"{first} to {last}"),
        family=FAMILY,
        legend=cards[0].legend,
        variables=cards[0].variables,
        time_axis=axis,
        ranges=ranges,
        training={**same, "algorithm": provenance.algorithm, "algorithm_parameters": provenance.parameters},
        parameters={
            "combination": "weighted mean of the models' probabilities",
            "members": [_plain(member) for member in members],
        },
        versions={
            "onnx": onnx.__version__,
            "onnxruntime": onnxruntime.__version__,
            "numpy": np.__version__,
            **provenance.versions,
        },
    )
    context = max(each.context for each in cards)
    return card.with_context(context) if context > 1 else card


def _plain(member: Member) -> dict[str, object]:
    """What the ensemble's card says of a member."""
    card = member.card
    return {
        "title": card.title,
        "family": card.family,
        "file": os.path.basename(member.path),
        "sha256": member.sha256,
        "weight": member.share,
        "overall_accuracy": card.scores.get("overall_accuracy"),
        "validation": card.scores.get("validation", "none"),
        "samples": card.training.get("samples"),
        "parameters": card.parameters,
    }
