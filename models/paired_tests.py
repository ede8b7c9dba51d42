"""Whether two classifiers differ in accuracy by more than chance, when both are tested on the same samples.

McNemar's test (McNemar 1947; advised for classifiers by Dietterich 1998) looks at the samples that only one of the two
has right: if they are equally accurate, each is as likely to be the one. With ``b`` and ``c`` such samples, the exact
p-value is that of ``b`` heads in ``b + c`` throws of a coin.

Samples of one polygon or block share their errors, and the coin is then thrown once for each of them: under the null
hypothesis the two classifiers can be swapped within any group, which turns the sign of the group's ``b - c``. The
p-value is the share of all swaps that give a difference as large as the one found (an exact randomisation test). With
groups of one sample it is McNemar's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest, norm

MOST_STEPS = 50_000_000
"""Of exact counting; beyond them the differences of the groups are so many that their sum is normal."""


@dataclass(frozen=True)
class PairTest:
    """Two classifiers on the same samples.

    Attributes:
        only_first: samples that only the first has right.
        only_second: samples that only the second has right.
        p: of McNemar's exact test, samples taken as independent.
        p_groups: the same with whole groups swapped; ``p`` where samples stand alone.
    """

    only_first: int
    only_second: int
    p: float
    p_groups: float


def compare_pair(first: np.ndarray, second: np.ndarray, clusters: np.ndarray | None) -> PairTest:
    """Test two classifiers.

    Args:
        first: bool ``(n,)``, which samples the first has right.
        second: bool ``(n,)``, the same of the second.
        clusters: ``(n,)`` numbers of the polygons or blocks whose samples share their errors; None if independent.
    """
    difference = first.astype(np.int64) - second
    only_first, only_second = int((difference > 0).sum()), int((difference < 0).sum())
    p = mcnemar(only_first, only_second)
    if clusters is None:
        return PairTest(only_first, only_second, p, p)
    sums = np.zeros(int(clusters.max()) + 1, np.int64)
    np.add.at(sums, clusters, difference)
    return PairTest(only_first, only_second, p, swapped_groups(sums))


def mcnemar(only_first: int, only_second: int) -> float:
    """The exact two-sided p-value of McNemar's test; 1 without any difference."""
    discordant = only_first + only_second
    return float(binomtest(only_first, discordant).pvalue) if discordant else 1.0


def swapped_groups(differences: np.ndarray) -> float:
    """The share of all signs of ``differences`` whose sum is as far from 0 as theirs, ``(groups,)`` whole numbers.

    Counted exactly, by building up the distribution of the sum group by group; with very many groups from the normal
    distribution with the same variance.
    """
    sizes = np.abs(differences[differences != 0])
    found, most = abs(int(differences.sum())), int(sizes.sum())
    if not found:
        return 1.0
    if len(sizes) * most > MOST_STEPS:
        return float(2 * norm.sf(found / np.sqrt(float((sizes.astype(np.float64) ** 2).sum()))))
    shares = np.zeros(2 * most + 1)  # of each sum from -most to most
    shares[most] = 1.0
    for size in sizes.tolist():
        shares = 0.5 * (np.roll(shares, size) + np.roll(shares, -size))  # nothing reaches round the ends
    sums = np.abs(np.arange(-most, most + 1))
    return min(1.0, float(shares[sums >= found].sum()))


def holm(p_values: Sequence[float]) -> list[float]:
    """p-values adjusted for their number by Holm's step-down method (Holm 1979), in the same order."""
    order = np.argsort(p_values, kind="stable")
    adjusted, largest = np.empty(len(p_values)), 0.0
    for place, index in enumerate(order):
        largest = max(largest, min(1.0, (len(p_values) - place) * p_values[index]))
        adjusted[index] = largest
    return adjusted.tolist()
