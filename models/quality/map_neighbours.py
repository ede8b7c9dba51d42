"""How well a sample's label goes with its neighbours on a self-organising map.

Santos, Ferreira, Camara, Picoli and Simoes (2021), Quality control and class noise reduction of satellite image time
series, ISPRS Journal of Photogrammetry and Remote Sensing 177, 75–88, https://doi.org/10.1016/j.isprsjprs.2021.04.014,
as the R package sits does it (``sits_som_map``, ``sits_som_clean_samples``): the share of the label's class in its
neuron is the prior probability, and the neurons around it make the posterior. Both thresholds are 0.6, the radius is 2.

Here neither a sample nor anything of its own group counts: in sits a sample vouches for itself, and the pixels of a
wrongly labelled polygon, which fill a neuron of their own, vouch for each other. If a neuron holds nothing else, the
nearest one that does stands in for it. Neurons without samples are left out of the neighbourhood.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np

CLEAN, ANALYZE, REMOVE = "clean", "analyze", "remove"
VERDICTS = (CLEAN, ANALYZE, REMOVE)
THRESHOLD = 0.6
RADIUS = 2  # neurons, along rows and columns
SMALLEST_ETA = 1e-7


@dataclass(frozen=True)
class MapFindings:
    """What the map says of each sample; NaN and -1 where it holds no other group.

    Attributes:
        prior: ``(n,)`` share of the given class in the neuron.
        agreement: ``(n,)`` the posterior probability of the given class.
        suggested: int64 ``(n,)`` the class with the highest posterior probability.
        suggested_agreement: ``(n,)`` its posterior probability.
    """

    prior: np.ndarray
    agreement: np.ndarray
    suggested: np.ndarray
    suggested_agreement: np.ndarray

    def verdicts(self) -> np.ndarray:
        """Object array ``(n,)``: ``remove`` if the prior is below the threshold, ``analyze`` if only the posterior is,
        else ``clean``; None where unknown."""
        found = np.where(self.prior < THRESHOLD, REMOVE, np.where(self.agreement < THRESHOLD, ANALYZE, CLEAN))
        found = found.astype(object)
        found[self.suggested < 0] = None
        return found


def look_at_neighbours(
    rows: np.ndarray,
    neurons: np.ndarray,
    side: int,
    nearest: np.ndarray,
    targets: np.ndarray,
    groups: np.ndarray | None,
    classes: int,
) -> MapFindings:
    """Compare each sample's label with those around it on the map.

    Args:
        rows: float64 ``(n, values)``.
        neurons: float64 ``(side * side, values)``.
        side: neurons along each side.
        nearest: int64 ``(n,)`` the neuron of each sample.
        targets: int64 ``(n,)`` class indices.
        groups: int64 ``(n,)`` numbers of what does not vouch for itself; None if each sample stands alone.
        classes: their number.
    """
    groups = np.arange(len(rows)) if groups is None else groups
    order = np.argsort(groups, kind="stable")
    counts = np.zeros((side * side, classes), np.int64)
    np.add.at(counts, (nearest, targets), 1)
    prior, agreement, best = (np.full(len(rows), np.nan) for _ in range(3))
    suggested = np.full(len(rows), -1, np.int64)
    _look(rows, neurons, side, nearest, targets, groups, order, counts, prior, agreement, suggested, best)
    return MapFindings(prior, agreement, suggested, best)


@numba.njit(cache=True, nogil=True)
def _look(
    rows: np.ndarray,
    neurons: np.ndarray,
    side: int,
    nearest: np.ndarray,
    targets: np.ndarray,
    groups: np.ndarray,
    order: np.ndarray,
    counts: np.ndarray,
    prior: np.ndarray,
    agreement: np.ndarray,
    suggested: np.ndarray,
    best: np.ndarray,
) -> None:
    """Group by group: take its samples off the map, look at the others, and put them back."""
    classes = counts.shape[1]
    totals = counts.sum(axis=1)
    shares, means, squares = np.zeros(classes), np.zeros(classes), np.zeros(classes)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and groups[order[end]] == groups[order[start]]:
            counts[nearest[order[end]], targets[order[end]]] -= 1
            totals[nearest[order[end]]] -= 1
            end += 1
        for place in range(start, end):
            sample = order[place]
            home = nearest[sample]
            if totals[home] == 0:
                home = _nearest_with_samples(rows[sample], neurons, totals)
                if home < 0:
                    continue
            largest = 0.0
            for c in range(classes):
                shares[c] = counts[home, c] / totals[home]
                largest = max(largest, shares[c])
                means[c] = squares[c] = 0.0
            around = 0
            for i in range(max(0, home // side - RADIUS), min(side, home // side + RADIUS + 1)):
                for j in range(max(0, home % side - RADIUS), min(side, home % side + RADIUS + 1)):
                    other = i * side + j
                    if other != home and totals[other] > 0:
                        around += 1
                        for c in range(classes):
                            share = counts[other, c] / totals[other]
                            means[c] += share
                            squares[c] += share * share
            eta = max(1.0 - largest, SMALLEST_ETA)
            for c in range(classes):
                posterior = shares[c]
                if around > 1:
                    mean = means[c] / around
                    variance = max(0.0, (squares[c] - around * mean * mean) / (around - 1))
                    posterior = (variance * shares[c] + eta * mean) / (variance + eta)
                if c == targets[sample]:
                    prior[sample], agreement[sample] = shares[c], posterior
                if suggested[sample] < 0 or posterior > best[sample]:
                    suggested[sample], best[sample] = c, posterior
        for place in range(start, end):
            counts[nearest[order[place]], targets[order[place]]] += 1
            totals[nearest[order[place]]] += 1
        start = end


@numba.njit(cache=True, nogil=True)
def _nearest_with_samples(row: np.ndarray, neurons: np.ndarray, totals: np.ndarray) -> int:
    found, least = -1, np.inf
    for neuron in range(len(neurons)):
        if totals[neuron] > 0:
            total = 0.0
            for place in range(len(row)):
                difference = row[place] - neurons[neuron, place]
                total += difference * difference
            if total < least:
                found, least = neuron, total
    return found
