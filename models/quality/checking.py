"""Which samples are likely mislabelled: by cross-validated probabilities, by neighbours on a map, or by both."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace

import numpy as np

from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from ...core.labels.legend import Legend
from ...core.samples.samples import Samples
from ...core.time_series.chunk_pool import ChunkPool
from ..families.family import Family
from ..fitting import TrainingSettings
from ..learning_data import LearningData, prepare
from ..validation import GROUP_K_FOLD, Splits, split
from .combination import MapCheck, ProbabilityCheck, combined_findings
from .confident_learning import CLASS_AND_NOISE_RATE, find_label_errors
from .cross_probabilities import cross_probabilities
from .map_neighbours import MapFindings, look_at_neighbours
from .self_organising_map import automatic_side, evenly_scaled, learn_map

BOTH = "both"
CONFIDENT_LEARNING = "confident learning"
SELF_ORGANISING_MAP = "self-organising map"
METHODS = (BOTH, CONFIDENT_LEARNING, SELF_ORGANISING_MAP)
NAMED_CLASSES = 10
UNLIKELY_SHARE = 0.25  # of wrong labels


@dataclass(frozen=True)
class CheckSettings:
    """How to check samples.

    Attributes:
        method: one of :data:`METHODS`.
        training: validation, seed and threads of the classifiers; its folds test each sample once.
        pruning: see :func:`~.confident_learning.find_label_errors`; not used by ``both``.
        side: neurons along each side of the map; 0 is automatic.
        most_samples: that each classifier learns from.
    """

    method: str = BOTH
    training: TrainingSettings = field(default_factory=TrainingSettings)
    pruning: str = CLASS_AND_NOISE_RATE
    side: int = 0
    most_samples: int = 10_000


@dataclass(frozen=True)
class SampleCheck:
    """What was found about samples; arrays are of all ``n`` samples given.

    Attributes:
        samples: those given, with the variables that were used.
        data: those that could be used, without gaps.
        usable: bool ``(n,)``: those in ``data``.
        legend: the classes that ``suggested`` and the matrices are of.
        splits: the folds, and what was kept together.
        checked: bool ``(n,)``: those that something can be said about.
        suspects: bool ``(n,)``.
        suggested: int64 ``(n,)`` index of the class that fits best, also where that is the given one; -1 if unchecked.
        quality: ``(n,)`` how well the label is supported, 0 to 1; NaN if unchecked.
        by_probability: None if the method does not use them.
        by_map: None if the method does not use it.
        notes: sentences on what was left out or weakens the result.
    """

    samples: Samples
    data: LearningData
    usable: np.ndarray
    legend: Legend
    splits: Splits
    checked: np.ndarray
    suspects: np.ndarray
    suggested: np.ndarray
    quality: np.ndarray
    by_probability: ProbabilityCheck | None
    by_map: MapCheck | None
    notes: list[str]

    def figures(self) -> dict[str, float]:
        """Numbers for the log, the outputs of the algorithm and the report."""
        checked, suspects = int(self.checked.sum()), int(self.suspects.sum())
        found = {
            "SUSPECTS": suspects,
            "SUSPECT_SHARE": suspects / max(1, checked),
            "CHECKED": checked,
            "UNCHECKED": len(self.samples) - checked,
        }
        if self.by_probability is not None:
            found["NOISE_SHARE"] = self.by_probability.findings.noise_share()
        return found

    @property
    def targets(self) -> np.ndarray:
        """int64 ``(n,)`` index of the given class; -1 where a sample could not be used."""
        found = np.full(len(self.samples), -1)
        found[self.usable] = self.data.targets
        return found

    def columns(self) -> dict[str, np.ndarray]:
        """The findings as columns for :func:`core.samples.table.write_samples`, None or NaN where nothing is known."""
        count = len(self.samples)
        names = np.array([*self.legend.names, None], object)
        suspect = np.where(self.checked, self.suspects.astype(int), None)
        found = {"suspect": suspect, "suggested": names[self.suggested], "quality": np.round(self.quality, 4)}
        if self.by_probability is not None:
            check = self.by_probability
            own = check.probabilities[np.arange(len(check.rows)), check.targets]
            found["given_prob"] = _spread(own, check.rows, count)
            found["suggested_prob"] = _spread(check.probabilities.max(axis=1), check.rows, count)
        if self.by_map is not None:
            check = self.by_map
            found["som_agreement"] = _spread(check.findings.agreement, check.rows, count)
            verdicts, neurons = np.full(count, None, object), np.full(count, None, object)
            verdicts[check.rows] = check.findings.verdicts()
            neurons[check.rows] = check.neurons + 1
            found["som_verdict"], found["som_neuron"] = verdicts, neurons
        return found


COLUMNS = (
    *("suspect", "suggested", "quality", "given_prob", "suggested_prob", "som_agreement", "som_verdict", "som_neuron"),
)
"""All that :meth:`SampleCheck.columns` may give."""


def check_samples(samples: Samples, family: Family | None, settings: CheckSettings, feedback: Feedback) -> SampleCheck:
    """Find samples whose label is likely wrong.

    Nothing ever vouches for itself: neither a sample nor its group (polygon, tile or block). By ``confident learning``
    suspects are found as :func:`~.confident_learning.find_label_errors` says. By ``self-organising map`` they are those
    in whose surroundings another class has a posterior probability of 0.6 at least, and the given one a prior
    probability below. By ``both`` they are as many as confident learning estimates to be wrong, those with the lowest
    mean of both qualities.

    Args:
        samples: with the variables to use.
        family: of classifiers, for the probabilities; None if the method uses none.
        settings: the method and its options.
        feedback: messages, progress, cancelling.

    Raises:
        ChronocoverError: less than two classes, or nothing to compare with.
        CancelledError: the user cancelled.
    """
    training = replace(settings.training, threads=settings.training.threads or os.cpu_count() or 1)
    data = prepare(samples)
    usable = np.isfinite(samples.values).any(axis=1).all(axis=1)
    if np.bincount(data.targets).max() < 2:
        raise ChronocoverError(
            "Each class has one usable sample only, so there is nothing to compare a sample with. Add samples."
        )
    splits = split(data.samples, data.targets, training.validation, training.seed)
    known = _known_elsewhere(data.targets, splits.groups)
    if not known.any():
        raise ChronocoverError(
            f"Each class has samples of one of the {splits.cluster_name} only, so there is nothing to compare them "
            "with. Add samples of other places, or choose the validation “k-fold”."
        )
    probability_check = map_check = None
    if settings.method != SELF_ORGANISING_MAP:
        feedback.info(f"Probabilities: {family.name}, {splits.description}.")
        part = feedback.part(0.0, 0.8 if settings.method == BOTH else 1.0)
        probabilities = cross_probabilities(data, splits, family, training, settings.most_samples, part)
        rows = np.flatnonzero(np.isfinite(probabilities).all(axis=1))
        if not len(rows):
            raise ChronocoverError(
                "No classifier has seen the class that it was tested on, so there are no probabilities. Choose another "
                "validation, or the method “self-organising map”."
            )
        targets, found = data.targets[rows], probabilities[rows]
        findings = find_label_errors(targets, found, settings.pruning)
        probability_check = ProbabilityCheck(rows, targets, found, findings)
    if settings.method != CONFIDENT_LEARNING:
        part = feedback.part(0.8 if settings.method == BOTH else 0.0, 1.0)
        map_check = _check_on_map(data, splits, known, settings, training, part)
    combined = combined_findings(len(data.targets), probability_check, map_check)
    positions = np.flatnonzero(usable)
    checked, suspects = np.zeros((2, len(samples)), bool)
    suggested, quality = np.full(len(samples), -1), np.full(len(samples), np.nan)
    checked[positions], suspects[positions], suggested[positions], quality[positions] = combined
    result = SampleCheck(
        samples=samples,
        data=data,
        usable=usable,
        legend=data.samples.legend,
        splits=splits,
        checked=checked,
        suspects=suspects,
        suggested=suggested,
        quality=quality,
        by_probability=_at(probability_check, positions),
        by_map=_at(map_check, positions),
        notes=[
            *_notes(data, splits, checked[positions], settings),
            *_doubts(suspects, checked, suggested[positions] == data.targets),
        ],
    )
    for note in result.notes:
        feedback.warning(note)
    return result


def _check_on_map(
    data: LearningData,
    splits: Splits,
    known: np.ndarray,
    settings: CheckSettings,
    training: TrainingSettings,
    feedback: Feedback,
) -> MapCheck:
    side = settings.side or automatic_side(len(data.targets))
    if settings.side and side * side >= len(data.targets):
        raise ChronocoverError(
            f"A map of {side} × {side} neurons has no fewer neurons than there are usable samples "
            f"({len(data.targets):,}). Choose a smaller map, or 0 for an automatic size."
        )
    feedback.info(f"Self-organising map: {side} × {side} neurons.")
    rows = evenly_scaled(data.filled)
    with ChunkPool(training.threads) as pool:
        found = learn_map(rows, side, training.seed, pool, feedback)
        nearest = found.nearest(rows, pool)
    classes = len(data.samples.legend)
    findings = look_at_neighbours(rows, found.neurons, side, nearest, data.targets, splits.groups, classes)
    kept = np.flatnonzero(known & (findings.suggested >= 0))
    findings = MapFindings(
        findings.prior[kept], findings.agreement[kept], findings.suggested[kept], findings.suggested_agreement[kept]
    )
    return MapCheck(kept, data.targets[kept], nearest[kept], found, findings)


def _known_elsewhere(targets: np.ndarray, groups: np.ndarray | None) -> np.ndarray:
    """Bool ``(n,)``: whether the class of each sample occurs in another group, too."""
    pairs = np.column_stack([targets, np.arange(len(targets)) if groups is None else groups])
    return np.bincount(np.unique(pairs, axis=0)[:, 0])[targets] > 1


def _at(check: ProbabilityCheck | MapCheck | None, positions: np.ndarray) -> ProbabilityCheck | MapCheck | None:
    return None if check is None else replace(check, rows=positions[check.rows])


def _spread(values: np.ndarray, rows: np.ndarray, count: int) -> np.ndarray:
    found = np.full(count, np.nan)
    found[rows] = np.round(values.astype(np.float64), 4)
    return found


def _notes(data: LearningData, splits: Splits, checked: np.ndarray, settings: CheckSettings) -> list[str]:
    notes = [f"{_counted(count)} could not be checked: {reason}." for reason, count in data.dropped.items()]
    if not checked.all():
        names = [data.samples.legend.names[target] for target in np.unique(data.targets[~checked])]
        shown = ", ".join(f"“{name}”" for name in names[:NAMED_CLASSES])
        more = f" and {len(names) - NAMED_CLASSES} more" if len(names) > NAMED_CLASSES else ""
        notes.append(
            f"{_counted(int((~checked).sum()))} could not be checked, since there are too few other "
            f"{'samples' if splits.groups is None else splits.cluster_name} of their class: {shown}{more}."
        )
    if splits.groups is None and data.samples.groups is None:
        notes.append(
            "The samples carry no groups: if they come from polygons, the pixels of a wrongly labelled polygon vouch "
            "for each other and go unnoticed. Extract them with groups, or choose the validation “spatial blocks”."
        )
    elif splits.groups is None and len(np.unique(data.samples.groups)) < len(data.targets):
        notes.append(
            f"The validation is “{splits.method}”, so that pixels of one polygon vouch for each other, and a wrongly "
            f"labelled polygon goes unnoticed. Where groups tell, choose “{GROUP_K_FOLD}”."
        )
    most = max(len(train) for train, _ in splits.folds)
    if settings.method != SELF_ORGANISING_MAP and most > settings.most_samples:
        notes.append(
            f"Each classifier learnt from about {settings.most_samples:,} random ones of {most:,} samples (see "
            "“Samples to learn from”)."
        )
    return notes


def _doubts(suspects: np.ndarray, checked: np.ndarray, agrees: np.ndarray) -> list[str]:
    """What is to be said if so many labels can hardly be wrong; ``agrees``: where the class that fits best is given."""
    share = suspects.sum() / checked.sum()
    if share <= UNLIKELY_SHARE:
        return []
    return [
        f"{share:.0%} of the samples are suspects, more than is likely. Rather, the classes cannot be told apart by "
        f"these series: the class that fits best is the given one for {agrees.sum() / checked.sum():.0%} of them only. "
        "Check the series, the variables and the class field first; do not delete suspects."
    ]


def _counted(number: int) -> str:
    return f"{number:,} sample{'' if number == 1 else 's'}"
