"""Splitting samples into training and test without leaks: no polygon, tile or block is ever on both sides."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import StratifiedKFold

from ..core.errors import ChronocoverError
from ..core.samples.samples import Samples
from .field_splits import given_split, leave_one_out
from .grouped_folds import folds_of_groups

AUTOMATIC = "automatic"
HOLD_OUT = "hold-out"
K_FOLD = "k-fold"
GROUP_K_FOLD = "group k-fold"
SPATIAL_BLOCKS = "spatial blocks"
LEAVE_ONE_OUT = "leave one out"
GIVEN = "given split"
NONE = "none"
METHODS = (AUTOMATIC, HOLD_OUT, K_FOLD, GROUP_K_FOLD, SPATIAL_BLOCKS, LEAVE_ONE_OUT, GIVEN, NONE)
BY_FIELD = (LEAVE_ONE_OUT, GIVEN)
BLOCKS_ALONG_EXTENT = 10
COMPARED_SAMPLES = 2_000
"""How many tested samples suffice to compare accuracies: a standard error of 1 % at most."""

Fold = tuple[np.ndarray, np.ndarray]
"""Row numbers to train on and to test on."""


@dataclass(frozen=True)
class Validation:
    """How to validate. ``test_share`` (0 to 1) is for hold-out, ``folds`` for k-fold and spatial blocks.

    ``block_size`` is the side of the spatial blocks in map units; 0 takes a tenth of the longer side of the samples'
    extent. ``field`` names what ``Samples.regions`` holds, by which “leave one out” and “given split” divide.
    """

    method: str = AUTOMATIC
    folds: int = 5
    test_share: float = 0.3
    block_size: float = 0.0
    field: str = ""


@dataclass(frozen=True)
class Splits:
    """The folds of a validation.

    Attributes:
        method: the method used, never ``automatic``.
        description: the method in words, with its numbers.
        folds: training and test rows of each fold; a row is tested at most once.
        groups: ``(n,)`` group number of each sample that the folds keep together; None if each stands alone.
        clusters: ``(n,)`` number of the polygon or block that each sample shares its errors with; None if each stands
            alone.
        cluster_name: ``groups`` or ``blocks``.
        warnings: sentences on what weakens the result.
        regions: ``(n,)`` what each sample is left out with (object array of str, None for nothing), if so split.
        field: the field that the split is by; empty for other splits.
        aside: bool ``(n,)`` what the split keeps aside to decide when to stop learning; None leaves it to the family.
    """

    method: str
    description: str
    folds: list[Fold]
    groups: np.ndarray | None
    clusters: np.ndarray | None
    cluster_name: str
    warnings: list[str]
    regions: np.ndarray | None = None
    field: str = ""
    aside: np.ndarray | None = None

    @property
    def is_random(self) -> bool:
        """Whether single samples were drawn at random, so that neighbours may be on both sides."""
        return self.groups is None and self.method not in BY_FIELD


def split(samples: Samples, targets: np.ndarray, validation: Validation, seed: int) -> Splits:
    """Split samples as ``validation`` says.

    Args:
        samples: the samples; ``groups``, ``coordinates`` and ``regions`` are used as far as the method needs them.
        targets: ``(n,)`` class indices.
        validation: the method and its numbers.
        seed: of the random order and of the origin of the blocks.

    Raises:
        ChronocoverError: the samples lack what the method needs.
    """
    clusters = group_numbers(samples.groups)
    method = validation.method
    if method == AUTOMATIC:
        method = GROUP_K_FOLD if separable(clusters, targets) else K_FOLD
    elif method == GROUP_K_FOLD and _each_alone(samples.groups):
        method = K_FOLD  # the same folds
    if method == NONE:
        return Splits(NONE, "none", [], None, clusters, "groups", [])
    if method in BY_FIELD:
        return _split_by_field(samples, clusters, method, validation.field or "region")

    groups, what = (clusters, "groups") if method in (GROUP_K_FOLD, HOLD_OUT) else (None, "")
    name = "groups"
    if method == GROUP_K_FOLD and not separable(clusters, targets):
        raise ChronocoverError(
            "The samples cannot be validated by groups: they carry none, one for all, or one for each "
            "class. Extract them with another group field, or choose “k-fold” or “spatial blocks”."
        )
    if method == SPATIAL_BLOCKS:
        groups, size = spatial_blocks(samples, clusters, validation.block_size, seed)
        clusters, name, what = groups, "blocks", f"blocks of {size:,.6g} map units"
    alerts = _alerts(samples, targets, groups, validation, method)
    if method == HOLD_OUT:
        folds = [hold_out(targets, groups, validation.test_share, seed)]
        words = f"Hold-out: {len(folds[0][1]) / len(targets):.0%} of the samples kept for testing"
    else:
        folds = k_fold(targets, groups, validation.folds, seed)
        words = f"{len(folds)}-fold cross-validation"
    if groups is not None:
        words += f", {len(np.unique(groups)):,} {what} never split"
    if not folds or any(len(train) == 0 or len(test) == 0 for train, test in folds):
        raise ChronocoverError(
            f"The {len(targets)} samples are too few to split into training and test. Add samples, or choose “none”."
        )
    return Splits(method, words, folds, groups, clusters, name, alerts)


def _split_by_field(samples: Samples, clusters: np.ndarray | None, method: str, field: str) -> Splits:
    if samples.regions is None:
        raise ChronocoverError(
            f"The validation “{method}” divides the samples by a field: choose it as “Field to split by”."
        )
    if method == LEAVE_ONE_OUT:
        folds, alerts = leave_one_out(samples.regions, samples.classes, clusters, field)
        words = (
            f"Each of the {len(folds)} values of “{field}” was left out in turn, and tested by a model of the others"
        )
        return Splits(method, words, folds, clusters, clusters, "groups", alerts, samples.regions, field)
    folds, aside, alerts = given_split(samples.regions, samples.classes, clusters, field)
    learning, tested = folds[0]
    marked = 0 if aside is None else int(aside[learning].sum())
    words = (
        f"The split given by “{field}”: {len(learning):,} samples to learn from"
        f"{f' ({marked:,} of them for validation)' if marked else ''}, {len(tested):,} to test"
    )
    return Splits(method, words, folds, clusters, clusters, "groups", alerts, field=field, aside=aside)


def group_numbers(groups: Sequence[object] | None) -> np.ndarray | None:
    """``(n,)`` group numbers; None if no group holds more than one sample. A sample without a group is one alone."""
    if groups is None:
        return None
    names = [f"g{group}" if group not in (None, "") else f"alone{row}" for row, group in enumerate(groups)]
    numbers = np.unique(names, return_inverse=True)[1]
    return numbers if len(names) and 1 < numbers.max() + 1 < len(names) else None


def _each_alone(groups: Sequence[object] | None) -> bool:
    """Whether each sample is a group of its own, as points are."""
    return groups is not None and len({group for group in groups if group not in (None, "")}) == len(groups)


def separable(groups: np.ndarray | None, targets: np.ndarray) -> bool:
    """Whether some class comes from two groups, so that it can be learnt from one and tested on the other.

    ``groups`` and ``targets`` are ``(n,)`` numbers; without groups it is not.
    """
    if groups is None:
        return False
    pairs = np.unique(np.column_stack([targets, groups]), axis=0)
    return bool(np.bincount(pairs[:, 0]).max() > 1)


def spatial_blocks(
    samples: Samples, groups: np.ndarray | None, block_size: float, seed: int
) -> tuple[np.ndarray, float]:
    """Number of the square block that each sample lies in, and the blocks' side.

    The grid of blocks starts at a random origin. A group goes to the block of its centre, so that it stays whole.

    Raises:
        ChronocoverError: no coordinates, or all samples in one block.
    """
    if samples.coordinates is None or not np.isfinite(samples.coordinates).all():
        raise ChronocoverError(
            "Some samples have no coordinates, so they cannot be validated by spatial blocks. Choose “k-fold”."
        )
    places = samples.coordinates
    size = block_size or float(f"{np.ptp(places, axis=0).max() / BLOCKS_ALONG_EXTENT:.3g}")
    if size <= 0:
        raise ChronocoverError("All samples lie at one place, so there are no spatial blocks. Choose “k-fold”.")
    if groups is not None:
        counts = np.bincount(groups)
        centres = [np.bincount(groups, weights=places[:, axis]) / counts for axis in (0, 1)]
        places = np.column_stack(centres)[groups]
    origin = np.random.default_rng(seed).uniform(0, size, 2)
    cells = np.floor((places - places.min(axis=0) + origin) / size).astype(np.int64)
    blocks = np.unique(cells, axis=0, return_inverse=True)[1].reshape(-1)
    if blocks.max() == 0:
        raise ChronocoverError(
            f"All samples lie in one block of {size:,.6g} map units. Choose a smaller block size (0: automatic)."
        )
    return blocks, size


def hold_out(targets: np.ndarray, groups: np.ndarray | None, share: float, seed: int) -> Fold:
    """Rows to learn from and rows kept aside: whole groups, in random order, until each class has its share.

    Args:
        targets: ``(n,)`` class indices.
        groups: ``(n,)`` numbers of what is never parted; None if each sample stands alone.
        share: of each class to keep aside, 0 to 1. The last group of a class always stays to be learnt from.
        seed: of the random order.
    """
    groups = np.arange(len(targets)) if groups is None else groups
    main_class, own = _main_classes(groups, targets)
    in_test = np.zeros(len(main_class), bool)
    random = np.random.default_rng(seed)
    for target in range(targets.max() + 1):
        members = random.permutation(np.flatnonzero(main_class == target))
        wanted = share * own[members].sum()
        before = np.concatenate([[0], np.cumsum(own[members])[:-1]]) if len(members) else members
        in_test[members[:-1][before[:-1] < wanted]] = True
    test = in_test[groups]
    return np.flatnonzero(~test), np.flatnonzero(test)


def _main_classes(groups: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The most frequent class of each group number, of equal ones the first, and its samples there; 0 of no group."""
    pairs, counts = np.unique(np.column_stack([groups, targets]), axis=0, return_counts=True)
    order = np.lexsort((-pairs[:, 1], counts))  # the last one written stays
    main_class, own = np.zeros((2, groups.max() + 1), np.int64)
    main_class[pairs[order, 0]] = pairs[order, 1]
    own[pairs[order, 0]] = counts[order]
    return main_class, own


def k_fold(targets: np.ndarray, groups: np.ndarray | None, folds: int, seed: int) -> list[Fold]:
    """Rows to learn from and to test on, each tested once; empty if the samples are too few for two folds.

    Args:
        targets: ``(n,)`` class indices.
        groups: ``(n,)`` numbers of what is never parted; None if each sample stands alone.
        folds: how many at most.
        seed: of the random order.
    """
    most = len(np.unique(groups)) if groups is not None else len(targets)
    folds = min(folds, most, int(np.bincount(targets).max()))
    if folds < 2:
        return []
    if groups is not None:
        fold_of = folds_of_groups(targets, groups, folds, seed)
        found = [(np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)) for fold in range(folds)]
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of small classes: said in our own words
            found = list(StratifiedKFold(folds, shuffle=True, random_state=seed).split(targets, targets))
    return [(train, test) for train, test in found if len(test)]


def enough(folds: list[Fold]) -> list[Fold]:
    """The first folds that together test enough samples for a comparison: with many samples, one does."""
    tested = np.cumsum([len(test) for _, test in folds])
    return folds[: int(np.searchsorted(tested, COMPARED_SAMPLES)) + 1]


def _alerts(
    samples: Samples, targets: np.ndarray, groups: np.ndarray | None, validation: Validation, method: str
) -> list[str]:
    units, unit = np.arange(len(targets)), "sample"
    if groups is not None:
        units, unit = groups, "block" if method == SPATIAL_BLOCKS else "group"
    alerts = _rare_classes(samples, targets, units, unit, 2 if method == HOLD_OUT else validation.folds)
    if groups is None and method == K_FOLD and group_numbers(samples.groups) is not None:
        alerts.append("The samples carry groups, but “k-fold” splits them: the accuracy is likely too high.")
    elif groups is None:
        why = "Each sample is a group of its own" if _each_alone(samples.groups) else "The samples carry no groups"
        alerts.append(
            f"{why}, so that neighbours may be on both sides of the split. If they come from polygons or lie close "
            "together, the accuracy is likely too high: extract them with groups of several samples, or choose "
            "“spatial blocks”."
        )
    return alerts


def _rare_classes(samples: Samples, targets: np.ndarray, units: np.ndarray, unit: str, needed: int) -> list[str]:
    """Warnings of the classes that occur in one unit only, or in fewer than ``needed``."""
    single, few = [], []
    for target in np.unique(targets):
        rows = targets == target
        found = len(np.unique(units[rows]))
        name = samples.classes[np.argmax(rows)]
        if found == 1:
            single.append(f"“{name}”")
        elif found < needed:
            few.append(f"“{name}” ({found})")
    alerts = []
    if single:
        alerts.append(
            f"Classes with one {unit} only: {', '.join(single)}. A model that is tested on such a class has never seen "
            "it, or it is not tested at all: its scores say nothing."
        )
    if few:
        alerts.append(f"Classes with fewer {unit}s than the {needed} folds: {', '.join(few)}.")
    return alerts
