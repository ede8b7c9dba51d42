"""Folds of whole groups in which each class has its share, for as many groups as there are samples."""

from __future__ import annotations

import numpy as np

ALIKE = 1e-5
"""Evenness that differs by less, relatively, is equal; then the smaller fold takes the group."""


def folds_of_groups(targets: np.ndarray, groups: np.ndarray, folds: int, seed: int) -> np.ndarray:
    """The fold, 0 to ``folds`` - 1, that tests each sample, int64 ``(n,)``.

    Greedily, as scikit-learn's ``StratifiedGroupKFold``: the groups, those with the most uneven counts of classes
    first and equal ones in random order, go one by one to the fold where the shares of each class then differ least
    between folds. Counts are compared as whole numbers, and only those of the group's own classes, so that 100,000
    groups take seconds instead of minutes.

    Args:
        targets: ``(n,)`` class indices.
        groups: ``(n,)`` numbers of what is never parted.
        folds: how many, at most as many as there are groups.
        seed: of the random order.
    """
    _, targets, totals = np.unique(targets, return_inverse=True, return_counts=True)
    _, groups, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    classes = len(totals)
    pairs, counts = np.unique(groups.astype(np.int64) * classes + targets, return_counts=True)
    owners, kinds = np.divmod(pairs, classes)
    starts = np.searchsorted(owners, np.arange(len(sizes) + 1))
    unevenness = classes * np.add.reduceat(counts**2, starts[:-1]) - sizes**2  # a variance, in whole numbers
    order = np.random.RandomState(seed).permutation(len(sizes))
    order = order[np.argsort(-unevenness[order], kind="stable")]

    inside = np.zeros((folds, classes), np.int64)  # samples of each class
    filled = np.zeros(folds, np.int64)
    spread = np.zeros(classes)  # standard deviation over folds of the share of each class
    fold_of_group = np.empty(len(sizes), np.int64)
    for group in order:
        part = slice(starts[group], starts[group + 1])
        own, added = kinds[part], counts[part]
        now = inside[:, own]
        sums = now.sum(axis=0) + added
        squares = (now**2).sum(axis=0) + 2 * now * added + added**2  # (folds, own classes): if that fold takes it
        spreads = np.sqrt(folds * squares - sums**2) / (folds * totals[own])
        others = spread.sum() - spread[own].sum()
        uneven = others + spreads.sum(axis=1)
        best = np.flatnonzero(uneven <= uneven.min() * (1 + ALIKE))
        chosen = best[filled[best].argmin()]
        inside[chosen, own] += added
        filled[chosen] += sizes[group]
        spread[own] = spreads[chosen]
        fold_of_group[group] = chosen
    return fold_of_group[groups]
