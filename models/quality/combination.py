"""What the probabilities and the map say of each sample, and both together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .confident_learning import LabelFindings
from .map_neighbours import THRESHOLD, MapFindings
from .self_organising_map import SelfOrganisingMap


@dataclass(frozen=True)
class ProbabilityCheck:
    """What the probabilities say. ``rows`` are the samples that have some; ``probabilities`` ``(rows, classes)``."""

    rows: np.ndarray
    targets: np.ndarray
    probabilities: np.ndarray
    findings: LabelFindings


@dataclass(frozen=True)
class MapCheck:
    """What the map says. ``rows`` are the samples on it, ``neurons`` ``(rows,)`` and ``targets`` are theirs."""

    rows: np.ndarray
    targets: np.ndarray
    neurons: np.ndarray
    map: SelfOrganisingMap
    findings: MapFindings


def combined_findings(
    count: int, by_probability: ProbabilityCheck | None, by_map: MapCheck | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Checked, suspects, suggested and quality, as :class:`~.checking.SampleCheck` says, of ``count`` samples.

    Both together find as many suspects as the probabilities estimate to be wrong: those with the lowest mean of both
    qualities, unless their most probable class is the given one. A sample without probabilities is judged by the map.
    """
    suggested = np.full(count, -1)
    qualities = np.full((2, count), np.nan)
    candidates = np.zeros(count, bool)
    if by_map is not None:
        found = by_map.findings
        suggested[by_map.rows] = found.suggested
        qualities[0, by_map.rows] = map_quality(found, by_map.targets)
        candidates[by_map.rows] = map_suspects(found, by_map.targets)
    if by_probability is not None:
        labels = by_probability.findings
        suggested[by_probability.rows] = labels.suggested
        qualities[1, by_probability.rows] = labels.quality
        candidates[by_probability.rows] = (
            labels.suspects if by_map is None else labels.suggested != by_probability.targets
        )
    checked = np.isfinite(qualities).any(axis=0)
    quality = np.full(count, np.nan)
    quality[checked] = np.nanmean(qualities[:, checked], axis=0)
    if by_probability is not None and by_map is not None:
        wrong = round(by_probability.findings.noise_share() * len(by_probability.rows))
        lowest = np.argsort(np.where(checked, quality, np.inf), kind="stable")[:wrong]
        candidates &= np.isin(np.arange(count), lowest)
    return checked, candidates & checked, suggested, quality


def map_suspects(found: MapFindings, targets: np.ndarray) -> np.ndarray:
    """Bool ``(n,)``: where another class holds the surroundings, and the given one does not hold the neuron."""
    return (found.prior < THRESHOLD) & (found.suggested != targets) & (found.suggested_agreement >= THRESHOLD)


def map_quality(found: MapFindings, targets: np.ndarray) -> np.ndarray:
    """Half of 1 plus the posterior probability of the given class minus the highest, 0 to 1: 0.5 if that is its own."""
    other = np.where(found.suggested == targets, 0.0, found.suggested_agreement)
    return (found.agreement - other + 1.0) / 2.0
