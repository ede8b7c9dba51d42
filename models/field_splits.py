"""Splits by a field of the samples: each region or year left out in turn, or the split that the user was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..core.errors import ChronocoverError

if TYPE_CHECKING:
    from .validation import Fold

MOST_VALUES = 100
"""Each takes a training of its own."""
FEW_VALUES = 5
LEARNING = ("train", "training", "learn", "learning")
VALIDATION = ("validation", "valid", "val", "dev")
TEST = ("test", "testing")


def leave_one_out(
    values: np.ndarray, classes: np.ndarray, groups: np.ndarray | None, field: str
) -> tuple[list[Fold], list[str]]:
    """A fold for each value of a field: tested there, learnt from the others.

    Samples of a group that also lies at the value tested leave the learning side. A sample without a value may lie
    anywhere, so it is on no side.

    Args:
        values: ``(n,)`` object array of str, None where there is no value.
        classes: ``(n,)`` class names.
        groups: ``(n,)`` numbers of what is never parted; None if each sample stands alone.
        field: the field's name, for messages.

    Returns:
        The folds in the order of the values, and sentences on what weakens the result.

    Raises:
        ChronocoverError: one value, too many, a class for each, or nothing left to learn from.
    """
    known = np.array([value is not None for value in values], bool)
    names = sorted(set(values[known]))
    if len(names) < 2:
        found = f"one value only, “{names[0]}”" if names else "no values"
        raise ChronocoverError(
            f"The field “{field}” has {found}, so there is nothing to leave out. Choose a field with several regions "
            "or years, or another validation."
        )
    if len(names) > MOST_VALUES:
        raise ChronocoverError(
            f"The field “{field}” has {len(names):,} values, and leaving out each takes a training of its own; at most "
            f"{MOST_VALUES} are possible. Choose a field of regions or years, or “group k-fold”."
        )
    numbers = np.full(len(values), -1)
    numbers[known] = np.searchsorted(names, values[known].astype(str))
    found, targets = np.unique(classes[known].astype(str), return_inverse=True)
    places = _partners(targets, numbers[known])
    if places.max() == 1:
        raise ChronocoverError(
            f"Each class occurs at one value of the field “{field}” only, so no model could know the class that it is "
            "tested on. Choose another field or validation."
        )
    folds = []
    for number, name in enumerate(names):
        learning, tested = np.flatnonzero(known & (numbers != number)), np.flatnonzero(numbers == number)
        learning = without_groups_of(tested, learning, groups)
        if not len(learning):
            raise ChronocoverError(
                f"Without the samples of “{name}” (field “{field}”) there are none to learn from: all the other "
                "samples are of groups that also lie there. Choose another field or validation, or give the samples "
                "groups that lie at one value each."
            )
        folds.append((learning, tested))
    alerts = []
    alone = [f"“{name}”" for name, count in zip(found, places) if count == 1]
    if alone:
        alerts.append(
            f"Classes at one value of “{field}” only: {', '.join(alone)}. The model that is tested there has never "
            "seen them, so that they count as wrong."
        )
    if not known.all():
        alerts.append(
            f"{int((~known).sum()):,} samples have no value in “{field}”: the validation neither tests them nor learns "
            "from them."
        )
    shared = 0 if groups is None else int((_partners(groups[known], numbers[known]) > 1).sum())
    if shared:
        alerts.append(
            f"{shared:,} groups lie at several values of “{field}”: where one of these is tested, their other samples "
            "are not learnt from, so that no group is on both sides."
        )
    if len(names) < FEW_VALUES:
        alerts.append(
            f"“{field}” has {len(names)} values only, so the confidence interval is rough: see the accuracy of each."
        )
    return folds, alerts


def given_split(
    values: np.ndarray, classes: np.ndarray, groups: np.ndarray | None, field: str
) -> tuple[list[Fold], np.ndarray | None, list[str]]:
    """The fold that a field of “train”, “validation” and “test” describes.

    The samples of “validation” are learnt from, and are those that a classifier keeps aside to decide when to stop;
    without “test” they are tested. Samples of a group that is tested are not learnt from. Arguments as
    :func:`leave_one_out`.

    Returns:
        The fold, bool ``(n,)`` what to keep aside in whole groups (None for nothing), and sentences on what is left
        out.

    Raises:
        ChronocoverError: there is nothing to learn from or nothing to test.
    """
    words = np.array(["" if value is None else str(value).strip().lower() for value in values])
    learnt, kept, tested = (np.isin(words, spellings) for spellings in (LEARNING, VALIDATION, TEST))
    if not tested.any():
        tested, kept = kept, np.zeros(len(words), bool)
    if not learnt.any() or not tested.any():
        found = ", ".join(f"“{value}”" for value in sorted({str(v) for v in values if v is not None})[:6])
        raise ChronocoverError(
            f"The field “{field}” does not say which samples to learn from and which to test: it must hold “train” and "
            f"“test” (and may hold “validation”). It holds: {found or 'nothing'}."
        )
    alerts = []
    rest = int((~(learnt | kept | tested)).sum())
    if rest:
        alerts.append(
            f"{rest:,} samples are neither “train” nor “validation” nor “test” in “{field}”: the validation leaves "
            "them out."
        )
    test = np.flatnonzero(tested)
    wanted = np.flatnonzero(learnt | kept)
    learning = without_groups_of(test, wanted, groups)
    if len(learning) < len(wanted):
        alerts.append(
            f"{len(wanted) - len(learning):,} samples are not learnt from, since “{field}” puts other samples of their "
            "groups in the test."
        )
    if groups is not None:
        kept = np.isin(groups, groups[kept])
    if not kept.any() or kept[learning].all():
        kept = None
    if not len(learning):
        raise ChronocoverError(
            f"No sample is left to learn from: each lies in a group that “{field}” also puts in the test. Extract the "
            "samples with smaller groups, or choose another validation."
        )
    unseen = sorted(set(classes[test]) - set(classes[learning]))
    if unseen:
        alerts.insert(
            0,
            f"Classes to test but not to learn from: {', '.join(f'“{name}”' for name in unseen)}. They count as wrong.",
        )
    return [(learning, test)], kept, alerts


def without_groups_of(tested: np.ndarray, learning: np.ndarray, groups: np.ndarray | None) -> np.ndarray:
    """The rows of ``learning`` whose group is not among those of the rows ``tested``."""
    return learning if groups is None else learning[~np.isin(groups[learning], groups[tested])]


def _partners(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """How many different numbers of ``second`` come with each number of ``first``."""
    return np.bincount(np.unique(np.column_stack([first, second]), axis=0)[:, 0])
