"""Which labels are likely wrong, by the probabilities of a classifier that has not seen them: confident learning.

Northcutt, Jiang and Chuang (2021), Confident learning: estimating uncertainty in dataset labels, Journal of Artificial
Intelligence Research 70, 1373–1411, https://doi.org/10.1613/jair.1.12125. A sample counts as *likely of* a class if its
probability is at least the mean probability that the samples labelled so get for it. Counting given against likely
classes gives the confident joint, which, scaled to the number of samples of each given class, estimates how many labels
are wrong. As many of the least supported are suspects.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

CLASS_AND_NOISE_RATE = "class and noise rate"
NOISE_RATE = "noise rate"
CLASS = "class"
CONFIDENT_JOINT = "confident joint"
PRUNINGS = (CLASS_AND_NOISE_RATE, NOISE_RATE, CLASS, CONFIDENT_JOINT)
"""The paper's ways from counts to suspects: C+NR, PBNR, PBC, and the samples that the confident joint counted."""


@dataclass(frozen=True)
class LabelFindings:
    """What confident learning found.

    Attributes:
        thresholds: ``(classes,)`` mean probability of each class among its own samples; infinite without any.
        confident_joint: int64 ``(classes, classes)`` confident samples by given (rows) and likely class (columns).
        joint: float64 ``(classes, classes)`` estimated number of samples by given and true class; the sum of a row is
            the number of samples given as that class.
        suspects: bool ``(n,)``.
        suggested: int64 ``(n,)`` the most probable class.
        quality: float64 ``(n,)`` how well the label is supported, 0 to 1: half of 1 plus the probability of the given
            class minus that of the most probable other one (the normalised margin).
    """

    thresholds: np.ndarray
    confident_joint: np.ndarray
    joint: np.ndarray
    suspects: np.ndarray
    suggested: np.ndarray
    quality: np.ndarray

    def noise_shares(self) -> np.ndarray:
        """Estimated share of wrong labels of each given class, ``(classes,)``; NaN for one without samples."""
        totals = self.joint.sum(axis=1)
        with np.errstate(invalid="ignore"):
            return 1.0 - self.joint.diagonal() / np.where(totals > 0, totals, np.nan)

    def noise_share(self) -> float:
        """Estimated share of wrong labels of all."""
        return float(1.0 - self.joint.trace() / self.joint.sum())


def find_label_errors(
    targets: np.ndarray, probabilities: np.ndarray, pruning: str = CLASS_AND_NOISE_RATE
) -> LabelFindings:
    """Find samples whose label is likely wrong.

    Args:
        targets: int64 ``(n,)`` indices of the given classes.
        probabilities: ``(n, classes)`` of classifiers that have not seen the sample; finite.
        pruning: one of :data:`PRUNINGS`.

    Returns:
        The findings. A sample whose most probable class is the given one is never a suspect, and neither are all
        samples of a class.
    """
    thresholds = confident_thresholds(targets, probabilities)
    likely = likely_classes(probabilities, thresholds)
    classes = probabilities.shape[1]
    confident = np.zeros((classes, classes), np.int64)
    sure = likely >= 0
    np.add.at(confident, (targets[sure], likely[sure]), 1)
    joint = calibrated(confident, np.bincount(targets, minlength=classes))
    suggested = probabilities.argmax(axis=1)
    if pruning == CONFIDENT_JOINT:
        suspects = sure & (likely != targets)
    else:
        suspects = np.ones(len(targets), bool)
        wanted = whole_counts(joint)
        if pruning in (CLASS, CLASS_AND_NOISE_RATE):
            suspects &= _least_confident(targets, probabilities, wanted)
        if pruning in (NOISE_RATE, CLASS_AND_NOISE_RATE):
            suspects &= _widest_margins(targets, probabilities, wanted)
    suspects &= suggested != targets
    return LabelFindings(thresholds, confident, joint, suspects, suggested, label_quality(targets, probabilities))


def confident_thresholds(targets: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """The mean probability of each class among the samples labelled so (equation 2); infinite without any."""
    counts = np.bincount(targets, minlength=probabilities.shape[1])
    own = probabilities[np.arange(len(targets)), targets]
    sums = np.bincount(targets, own, minlength=probabilities.shape[1])
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.inf)


def likely_classes(probabilities: np.ndarray, thresholds: np.ndarray) -> np.ndarray:
    """The most probable among the classes whose threshold a sample reaches (equation 1); -1 if it reaches none."""
    reached = probabilities >= thresholds - 1e-6  # a mean is not exact: equal probabilities all reach their own
    best = np.where(reached, probabilities, -1.0).argmax(axis=1)
    return np.where(reached.any(axis=1), best, -1)


def calibrated(confident_joint: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The confident joint scaled so that each row adds up to the samples of its class (equation 3), times n.

    A class of which no sample is confidently itself counts as if one were: it would be all noise otherwise.
    """
    joint = confident_joint.astype(np.float64)
    occurring = np.flatnonzero(counts)
    joint[occurring, occurring] = np.maximum(joint[occurring, occurring], 1.0)
    return joint * (counts / np.maximum(joint.sum(axis=1), 1.0))[:, None]


def whole_counts(joint: np.ndarray) -> np.ndarray:
    """Each row of ``joint`` in whole numbers of the same sum (largest remainders); at least one on the diagonal."""
    whole = np.floor(joint + 1e-9).astype(np.int64)
    for row, (numbers, wholes) in enumerate(zip(joint, whole)):
        total = round(numbers.sum())
        order = np.argsort(wholes - numbers, kind="stable")
        wholes[order[: total - wholes.sum()]] += 1
        if total and not wholes[row]:
            wholes[wholes.argmax()] -= 1
            wholes[row] = 1
    return whole


def label_quality(targets: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """See :attr:`LabelFindings.quality`."""
    rows = np.arange(len(targets))
    given = probabilities[rows, targets].astype(np.float64)
    others = probabilities.astype(np.float64)
    others[rows, targets] = -np.inf
    return (given - others.max(axis=1) + 1.0) / 2.0


def _least_confident(targets: np.ndarray, probabilities: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Prune by class: of each class as many as it has wrong labels, those with the lowest probability of it."""
    found = np.zeros(len(targets), bool)
    for target in np.unique(targets):
        rows = np.flatnonzero(targets == target)
        number = len(rows) - wanted[target, target]
        found[rows[np.argsort(probabilities[rows, target], kind="stable")[:number]]] = True
    return found


def _widest_margins(targets: np.ndarray, probabilities: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Prune by noise rate: for each pair of classes as many as are mixed up, those with the widest margin."""
    found = np.zeros(len(targets), bool)
    for target in np.unique(targets):
        rows = np.flatnonzero(targets == target)
        for other in np.flatnonzero(wanted[target]):
            if other != target:
                margins = probabilities[rows, other] - probabilities[rows, target]
                found[rows[np.argsort(-margins, kind="stable")[: wanted[target, other]]]] = True
    return found
