"""Scores of clusterings against tslearn's and scikit-learn's."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from season_curves import DAYS, season_curves
from sklearn.metrics import adjusted_rand_score, davies_bouldin_score
from tslearn.clustering import silhouette_score
from tslearn.metrics import cdist_gak, cdist_soft_dtw_normalized

from chronocover.models.clustering.clustering import fit
from chronocover.models.clustering.scores import agreement, davies_bouldin, silhouette
from chronocover.models.clustering.settings import (
    ALIGNMENT_KERNEL,
    DTW,
    EUCLIDEAN,
    METHODS,
    RANDOM,
    SOFT_DTW,
    ClusteringSettings,
)


@pytest.mark.parametrize("variables", [1, 2])
@pytest.mark.parametrize(
    "options, peer",
    [
        ({"method": EUCLIDEAN}, {"metric": "euclidean"}),
        ({"method": DTW}, {"metric": "dtw"}),
        ({"method": DTW, "radius": 2}, {"metric": "dtw", "sakoe_chiba_radius": 2}),
        ({"method": SOFT_DTW, "gamma": 0.1}, {"metric": "softdtw", "metric_params": {"gamma": 0.1}}),
    ],
)
def test_silhouettes_are_those_of_tslearn(options, peer, variables):
    values, _ = season_curves(90, variables)
    found = fit(values, ClusteringSettings(clusters=4, iterations=4, **options), DAYS)
    series = values.astype(np.float64)
    if "sakoe_chiba_radius" in peer:
        peer = {"metric": "dtw", "metric_params": {"sakoe_chiba_radius": 2}}
    assert_allclose(silhouette(values, found.labels, found), silhouette_score(series, found.labels, **peer), atol=1e-9)
    sampled = silhouette_score(series, found.labels, sample_size=40, random_state=3, **peer)
    assert_allclose(silhouette(values, found.labels, found, sample=40, seed=3), sampled, atol=1e-9)


def test_the_davies_bouldin_index_by_euclidean_distance_is_that_of_scikit_learn():
    values, _ = season_curves(90, 2)
    found = fit(values, ClusteringSettings(EUCLIDEAN, 4, iterations=100), DAYS)
    expected = davies_bouldin_score(values.reshape(90, -1).astype(np.float64), found.labels)
    assert_allclose(davies_bouldin(values, found.labels, found), expected, rtol=1e-6)


def test_the_davies_bouldin_index_of_the_other_geometries_by_their_definitions():
    values, _ = season_curves(60)
    series = values.astype(np.float64)
    rows = np.arange(60)

    def index(own, apart, labels):
        widths = np.array([own[labels == k].mean() for k in (1, 2, 3)])
        pairs = [[(widths[i] + widths[j]) / apart[i, j] if i != j else 0 for j in range(3)] for i in range(3)]
        return np.max(pairs, axis=1).mean()

    soft = fit(values, ClusteringSettings(SOFT_DTW, 3, gamma=0.1, iterations=3), DAYS)
    own = cdist_soft_dtw_normalized(series, soft.centres, gamma=0.1)[rows, soft.labels - 1]
    apart = cdist_soft_dtw_normalized(soft.centres, soft.centres.copy(), gamma=0.1)
    assert_allclose(davies_bouldin(values, soft.labels, soft), index(own, apart, soft.labels), rtol=1e-6)

    kernel = fit(values, ClusteringSettings(ALIGNMENT_KERNEL, 3, references=60), DAYS)
    products = cdist_gak(series, sigma=kernel.references.sigma)
    member = (kernel.labels[:, None] == [1, 2, 3]) / np.bincount(kernel.labels)[1:]
    means = member.T @ products @ member
    norms = np.diag(means)
    own = np.sqrt(1 - 2 * (products @ member)[rows, kernel.labels - 1] + norms[kernel.labels - 1])
    apart = np.sqrt(np.maximum(norms[:, None] + norms - 2 * means, 0))
    assert_allclose(davies_bouldin(values, kernel.labels, kernel), index(own, apart, kernel.labels), rtol=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_clear_clusters_score_better_than_blurred_ones(method):
    settings = ClusteringSettings(method, 3, gamma=0.05, restarts=3, radius=2, iterations=10)
    scores = []
    for noise in (0.01, 0.3):
        values, _ = season_curves(80, kinds=3, noise=noise)
        found = fit(values, settings, DAYS)
        scores.append((silhouette(values, found.labels, found), davies_bouldin(values, found.labels, found)))
    assert scores[0][0] > scores[1][0] and scores[0][1] < scores[1][1]
    assert all(-1 <= score <= 1 for score, _ in scores)


def test_series_without_a_cluster_do_not_count():
    values, _ = season_curves(60)
    found = fit(values, ClusteringSettings(EUCLIDEAN, 3), DAYS)
    more, labels = np.concatenate([values, values[:5] * np.nan]), np.append(found.labels, np.zeros(5, np.int32))
    for score in (silhouette, davies_bouldin):
        assert score(more, labels, found) == score(values, found.labels, found)


def test_one_cluster_has_no_scores():
    values, _ = season_curves(20)
    found = fit(values, ClusteringSettings(EUCLIDEAN, 1), DAYS)
    assert np.isnan(silhouette(values, found.labels, found))
    assert np.isnan(davies_bouldin(values, found.labels, found))


def test_agreement_is_the_adjusted_rand_index_of_the_series_that_have_a_cluster():
    values, _ = season_curves(60, noise=0.01)
    values[3] = np.nan
    same = [fit(values, ClusteringSettings(EUCLIDEAN, 4, 5, seed), DAYS).labels for seed in (0, 1, 2)]
    assert agreement(same) == pytest.approx(1.0)
    one, other = (fit(values, ClusteringSettings(EUCLIDEAN, 9, 1, s, 1, start=RANDOM), DAYS).labels for s in (4, 5))
    expected = adjusted_rand_score(np.delete(one, 3), np.delete(other, 3))
    assert agreement([one, other]) == pytest.approx(expected) and expected < 1


@pytest.mark.parametrize("method", METHODS)
def test_scores_of_series_that_repeat(method):
    t = np.linspace(0, 2 * np.pi, 12)
    curves = np.stack([0.5 + 0.3 * np.sin(t), 0.5 + 0.3 * np.cos(t), 0.2 + 0.3 * np.sin(2 * t)])
    values = np.tile(curves, (20, 1))[:, :, None].astype(np.float32)
    found = fit(values, ClusteringSettings(method, 3, restarts=5, gamma=0.01), tuple(range(0, 12 * 16, 16)))
    assert_allclose(silhouette(values, found.labels, found), 1.0, atol=1e-6)
    assert 0 <= davies_bouldin(values, found.labels, found) < 0.05  # soft-DTW smooths its centres
