"""Folds of whole groups."""

import numpy as np
import pytest
from sklearn.model_selection import StratifiedGroupKFold

from chronocover.models.grouped_folds import folds_of_groups


def polygons(count, size, classes, seed=0):
    """Class indices and groups: most samples of a group are of one class."""
    random = np.random.default_rng(seed)
    groups = np.repeat(random.permutation(count), size)
    main = random.integers(0, classes, count)[groups]
    return np.where(random.random(len(main)) < 0.9, main, random.integers(0, classes, len(main))), groups


def unevenness(targets, fold_of, folds):
    """The standard deviation over folds of the share of a class that they test, the mean over classes."""
    counts = np.zeros((folds, targets.max() + 1))
    np.add.at(counts, (fold_of, targets), 1)
    return (counts / counts.sum(axis=0)).std(axis=0).mean()


@pytest.mark.parametrize(
    ("count", "size", "classes"), [(120, 5, 4), (43, 7, 3), (10, 40, 5), (300, 9, 30), (600, 2, 8)]
)
def test_classes_are_spread_as_evenly_as_by_scikit_learn(count, size, classes):
    targets, groups = polygons(count, size, classes)
    found = folds_of_groups(targets, groups, 5, seed=1)
    assert all(len(np.unique(found[groups == group])) == 1 for group in range(count))
    reference = np.empty(len(targets), int)
    for fold, (_, test) in enumerate(
        StratifiedGroupKFold(5, shuffle=True, random_state=1).split(targets, targets, groups)
    ):
        reference[test] = fold
    assert unevenness(targets, found, 5) <= 1.1 * unevenness(targets, reference, 5)
    assert np.ptp(np.bincount(found)) <= np.ptp(np.bincount(reference)) + 2 * size


def test_a_seed_gives_the_same_folds_and_another_one_others():
    targets, groups = polygons(100, 3, 4)
    one, same, other = (folds_of_groups(targets, groups, 4, seed) for seed in (1, 1, 2))
    assert np.array_equal(one, same) and not np.array_equal(one, other)


def test_as_many_groups_as_samples_and_three_hundred_classes():
    targets = np.random.default_rng(0).integers(0, 300, 20_000)
    found = folds_of_groups(targets, np.arange(20_000), 5, seed=1)
    assert np.ptp(np.bincount(found)) <= 5
    tested = np.zeros((5, 300), int)
    np.add.at(tested, (found, targets), 1)
    assert np.ptp(tested, axis=0).max() <= 1


def test_numbers_of_groups_and_classes_may_have_gaps():
    found = folds_of_groups(np.array([7, 7, 2, 2]), np.array([900, 5, 900, 5]), 2, seed=1)
    assert found[0] == found[2] != found[1] == found[3]
