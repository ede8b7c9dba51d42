"""The self-organising map, and what neighbours on it say of labels."""

import numpy as np
import pytest
from season_curves import season_curves

from chronocover.core.errors import CancelledError
from chronocover.core.feedback import Feedback
from chronocover.core.time_series.chunk_pool import ChunkPool
from chronocover.models.quality.map_neighbours import ANALYZE, CLEAN, RADIUS, REMOVE, look_at_neighbours
from chronocover.models.quality.self_organising_map import (
    LAST_RADIUS,
    ROUNDS,
    SelfOrganisingMap,
    after_one_round,
    automatic_side,
    evenly_scaled,
    learn_map,
)


@pytest.fixture(scope="module")
def curves():
    values, kind = season_curves(400, variables=2, kinds=4, seed=3)
    return evenly_scaled(values), kind


def test_alike_series_share_neurons_and_neighbours_are_alike(curves):
    rows, kind = curves
    found = learn_map(rows, 6)
    nearest = found.nearest(rows, ChunkPool(1))
    majority = [np.bincount(kind[nearest == neuron]).argmax() for neuron in range(36) if (nearest == neuron).any()]
    purity = sum((kind[nearest == n] == m).sum() for n, m in zip(np.unique(nearest), majority)) / len(kind)
    assert purity > 0.97
    grid = found.neurons.reshape(6, 6, -1)
    beside = np.mean(np.linalg.norm(grid[:, 1:] - grid[:, :-1], axis=2))
    across = np.linalg.norm(grid[0, 0] - grid[5, 5])
    assert beside < 0.6 * across
    own = np.linalg.norm(rows - found.neurons[nearest], axis=1).mean()
    assert own < 0.6 * np.linalg.norm(rows - rows.mean(axis=0), axis=1).mean()


@pytest.mark.parametrize("radius", [2.0, LAST_RADIUS])
def test_a_round_moves_neurons_to_the_weighted_means_of_the_batch_algorithm(curves, radius):
    """Reference: the batch rule of Kohonen (2001, 2013), written out for every neuron."""
    rows = curves[0][:150]
    found = learn_map(rows, 4)
    places = np.array([(i, j) for i in range(4) for j in range(4)])
    nearest = [np.argmin([np.sum((row - neuron) ** 2) for neuron in found.neurons]) for row in rows]
    moved = after_one_round(found, rows, radius, ChunkPool(1))
    for neuron, place in zip(moved.neurons, places):
        squares = np.array([np.sum((places[own] - place) ** 2) for own in nearest])
        weights = np.exp(-squares / (2 * radius**2))
        np.testing.assert_allclose(neuron, (weights[:, None] * rows).sum(axis=0) / weights.sum(), atol=1e-9)


def test_the_map_depends_on_the_seed_alone(curves):
    rows, _ = curves
    one = learn_map(rows, 5, 7, ChunkPool(1))
    with ChunkPool(3) as pool:
        again = learn_map(rows, 5, 7, pool)
    assert np.array_equal(one.neurons, again.neurons)


def test_every_variable_weighs_the_same(curves):
    values, _ = season_curves(200, variables=3, seed=1)
    values[..., 1] *= 10_000  # raw integers
    values[..., 2] = 5.0  # constant
    scaled = evenly_scaled(values).reshape(values.shape)
    spreads = np.square(scaled - scaled.mean(axis=0)).mean(axis=(0, 1))
    np.testing.assert_allclose(spreads, [1, 1, 0], atol=1e-9)


def test_the_automatic_size_grows_with_the_root_of_the_samples():
    assert [automatic_side(n) for n in (2, 291, 1218, 100_000, 10**9)] == [2, 6, 8, 25, 40]


def test_more_neurons_than_samples_and_equal_samples_are_no_problem():
    rows = np.zeros((3, 4))
    found = learn_map(rows, 5)
    assert np.isfinite(found.neurons).all() and set(found.nearest(rows, ChunkPool(1))) == {0}


def test_learning_can_be_cancelled(curves):
    class Cancelled(Feedback):
        calls = 0

        def is_cancelled(self):
            self.calls += 1
            return self.calls > 3

    feedback = Cancelled()
    with pytest.raises(CancelledError):
        learn_map(curves[0], 4, feedback=feedback)
    assert feedback.calls < ROUNDS


def made_up_map(side=3, classes=2):
    """Neurons at the corners of a grid, one value apart."""
    return SelfOrganisingMap(side, np.arange(side * side, dtype=np.float64)[:, None])


def test_prior_and_posterior_follow_sits_without_the_own_group():
    """Reference: the formulas of sits, written out for each sample with its group taken off the map."""
    random = np.random.default_rng(2)
    side, classes, count = 5, 3, 200
    nearest, targets = random.integers(0, side * side, count), random.integers(0, classes, count)
    groups = random.integers(0, 40, count)
    found = look_at_neighbours(
        nearest[:, None].astype(float), made_up_map(side).neurons, side, nearest, targets, groups, classes
    )
    for i in range(0, count, 7):
        others = groups != groups[i]
        if not (others & (nearest == nearest[i])).any():
            continue

        def shares(neuron, others=others):
            own = targets[others & (nearest == neuron)]
            return np.bincount(own, minlength=classes) / len(own) if len(own) else None

        row, column = divmod(nearest[i], side)
        around = [
            shares(r * side + c)
            for r in range(side)
            for c in range(side)
            if (r, c) != (row, column) and max(abs(r - row), abs(c - column)) <= RADIUS
        ]
        around = np.array([share for share in around if share is not None])
        prior = shares(nearest[i])
        eta, variance, mean = max(1 - prior.max(), 1e-7), around.var(axis=0, ddof=1), around.mean(axis=0)
        posterior = variance / (eta + variance) * prior + eta / (eta + variance) * mean
        assert found.prior[i] == pytest.approx(prior[targets[i]])
        assert found.agreement[i] == pytest.approx(posterior[targets[i]])
        assert found.suggested[i] == posterior.argmax()
        assert found.suggested_agreement[i] == pytest.approx(posterior.max())


def test_a_wrongly_labelled_polygon_does_not_vouch_for_itself():
    """A neuron full of one polygon: without it, the nearest neuron with other samples speaks."""
    nearest = np.array([4] * 20 + [5] * 10)
    targets = np.array([1] * 20 + [0] * 10)
    groups = np.array([0] * 20 + list(range(1, 11)))
    rows = nearest[:, None].astype(float)
    neurons = made_up_map().neurons
    alone = look_at_neighbours(rows, neurons, 3, nearest, targets, None, 2)
    assert (alone.prior[:20] == 1).all()
    grouped = look_at_neighbours(rows, neurons, 3, nearest, targets, groups, 2)
    assert (grouped.prior[:20] == 0).all() and (grouped.suggested[:20] == 0).all()
    assert set(grouped.verdicts()[:20]) == {REMOVE}


def test_verdicts_and_what_the_map_cannot_say():
    nearest = np.array([0, 0, 0, 0, 8, 8])
    targets = np.array([0, 0, 0, 1, 1, 1])
    rows = nearest[:, None].astype(float)
    found = look_at_neighbours(rows, made_up_map().neurons, 3, nearest, targets, None, 2)
    assert found.prior.tolist() == pytest.approx([2 / 3, 2 / 3, 2 / 3, 0, 1, 1])
    assert found.verdicts()[3] == REMOVE and found.verdicts()[4] in (CLEAN, ANALYZE)
    one_group = look_at_neighbours(rows, made_up_map().neurons, 3, nearest, targets, np.zeros(6, int), 2)
    assert np.isnan(one_group.prior).all() and (one_group.suggested == -1).all()
    assert one_group.verdicts().tolist() == [None] * 6
