"""Confident learning, against the definitions of the paper and against its authors' package."""

import numpy as np
import pytest

from chronocover.models.quality.confident_learning import (
    CLASS,
    CLASS_AND_NOISE_RATE,
    CONFIDENT_JOINT,
    NOISE_RATE,
    PRUNINGS,
    find_label_errors,
    label_quality,
    whole_counts,
)


def noisy_problem(n=60, k=4, seed=5):
    """Given classes, a sixth of them wrong, and probabilities that go by the true ones."""
    random = np.random.default_rng(seed)
    true = random.integers(0, k, n)
    given = true.copy()
    wrong = random.choice(n, n // 6, replace=False)
    given[wrong] = (true[wrong] + random.integers(1, k, len(wrong))) % k
    scores = random.normal(0, 1, (n, k))
    scores[np.arange(n), true] += 2.2
    p = np.exp(scores)
    p = np.round(p / p.sum(axis=1, keepdims=True), 6)
    return given, p / p.sum(axis=1, keepdims=True), given != true


def test_equals_what_the_authors_package_finds():
    """The numbers are those of cleanlab 2.9.0 for the same problem."""
    given, p, _ = noisy_problem()
    expected = {
        NOISE_RATE: [12, 19, 25, 28, 35, 36, 40, 43, 46, 54],
        CLASS: [12, 19, 25, 28, 35, 36, 40, 43, 46, 54, 55],
        CLASS_AND_NOISE_RATE: [12, 19, 25, 28, 35, 36, 40, 43, 46, 54],
        CONFIDENT_JOINT: [12, 19, 25, 28, 35, 40, 43, 54],
    }
    for pruning in PRUNINGS:
        found = find_label_errors(given, p, pruning)
        assert np.flatnonzero(found.suspects).tolist() == expected[pruning], pruning
    assert np.round(found.thresholds, 6).tolist() == [0.566283, 0.555287, 0.744389, 0.46854]
    assert found.confident_joint.tolist() == [[10, 0, 0, 2], [2, 10, 0, 1], [0, 0, 4, 0], [0, 1, 2, 11]]
    assert whole_counts(found.joint).tolist() == [[14, 0, 0, 3], [3, 12, 0, 1], [0, 0, 8, 0], [0, 1, 3, 15]]


@pytest.mark.parametrize(("n", "k", "seed"), [(300, 3, 1), (500, 6, 2), (90, 9, 3)])
def test_follows_the_papers_definitions_word_by_word(n, k, seed):
    given, p, _ = noisy_problem(n, k, seed)
    found = find_label_errors(given, p)
    # Equation 2: a class's threshold is the mean self-confidence of the samples labelled so.
    thresholds = [np.mean([p[i, j] for i in range(n) if given[i] == j]) for j in range(k)]
    np.testing.assert_allclose(found.thresholds, thresholds)
    # Equation 1: counted is the most probable among the classes whose threshold is reached.
    joint = np.zeros((k, k), int)
    for i in range(n):
        reached = [j for j in range(k) if p[i, j] >= thresholds[j]]
        if reached:
            joint[given[i], max(reached, key=lambda j: p[i, j])] += 1
    assert found.confident_joint.tolist() == joint.tolist()
    # Equation 3, times n: rows add up to the samples given so, in the proportions of the counts.
    counts = np.bincount(given, minlength=k)
    scaled = np.maximum(joint, np.eye(k, dtype=int))
    np.testing.assert_allclose(found.joint, scaled / scaled.sum(axis=1)[:, None] * counts[:, None])
    assert found.noise_share() == pytest.approx(1 - found.joint.trace() / n)
    # Normalised margin.
    for i in (0, n // 2, n - 1):
        other = max(p[i, j] for j in range(k) if j != given[i])
        assert found.quality[i] == pytest.approx((p[i, given[i]] - other + 1) / 2)


@pytest.mark.parametrize("pruning", PRUNINGS)
def test_finds_most_wrong_labels_with_few_false_alarms(pruning):
    given, p, wrong = noisy_problem(3000, 5, 4)
    suspects = find_label_errors(given, p, pruning).suspects
    assert (suspects & wrong).sum() > 0.6 * wrong.sum()
    assert (suspects & wrong).sum() > 0.6 * suspects.sum()


def test_quality_ranks_wrong_labels_first():
    given, p, wrong = noisy_problem(3000, 5, 4)
    assert wrong[np.argsort(label_quality(given, p))[:100]].mean() > 0.9


def test_nothing_is_suspected_where_the_classifier_agrees():
    given = np.array([0, 1, 2] * 20)
    p = np.full((60, 3), 0.1)
    p[np.arange(60), given] = 0.8
    for pruning in PRUNINGS:
        found = find_label_errors(given, p, pruning)
        assert not found.suspects.any() and found.noise_share() == 0


def test_a_class_is_never_suspected_as_a_whole():
    """All of class 1 look like class 0, and class 2 has no sample at all."""
    given = np.array([0] * 20 + [1] * 5)
    p = np.tile([0.9, 0.05, 0.05], (25, 1))
    found = find_label_errors(given, p, CLASS)
    assert found.suspects[20:].sum() == 4
    assert np.isinf(found.thresholds[2]) and np.isnan(found.noise_shares()[2])


def test_whole_counts_keep_the_sums_of_the_rows():
    counts = whole_counts(np.array([[1.5, 0.75, 0.75], [2.6, 0.4, 0.0], [0.0, 0.0, 0.0]]))
    assert counts.sum(axis=1).tolist() == [3, 3, 0]
    assert counts[1, 1] == 1  # at least one stays
