"""Clustering series: the same clusters as tslearn's, and an answer for every input."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from season_curves import DAYS, season_curves
from sklearn.metrics import adjusted_rand_score
from tslearn.clustering import KernelKMeans, KShape, TimeSeriesKMeans
from tslearn.preprocessing import TimeSeriesScalerMeanVariance, TimeSeriesScalerMinMax

from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.time_series.filling import fill_gaps
from chronocover.core.time_series.whittaker import whittaker
from chronocover.models.clustering.clustering import assign, fit
from chronocover.models.clustering.settings import (
    ALIGNMENT_KERNEL,
    DTW,
    EUCLIDEAN,
    K_SHAPE,
    METHODS,
    MIN_MAX,
    RANDOM,
    SAVITZKY_GOLAY,
    SOFT_DTW,
    WHITTAKER,
    Z_SCORE,
    ClusteringSettings,
)

PEERS = {
    EUCLIDEAN: ({}, {"metric": "euclidean"}),
    DTW: ({}, {"metric": "dtw"}),
    "banded dtw": ({"method": DTW, "radius": 2}, {"metric": "dtw", "metric_params": {"sakoe_chiba_radius": 2}}),
    SOFT_DTW: ({"gamma": 0.1}, {"metric": "softdtw", "metric_params": {"gamma": 0.1}, "max_iter": 8}),
}


class Listener(Feedback):
    def __init__(self):
        self.warnings = []

    def warning(self, text):
        self.warnings.append(text)


@pytest.mark.parametrize("variables", [1, 2])
@pytest.mark.parametrize("name", PEERS)
def test_from_equal_starting_centres_the_clusters_are_those_of_tslearn(name, variables):
    options, peer = PEERS[name]
    values, _ = season_curves(90, variables)
    series = values.astype(np.float64)
    initial = series[[3, 1, 14, 15]].copy()
    expected = TimeSeriesKMeans(4, init=initial, **{"max_iter": 50, **peer}).fit(series)
    settings = ClusteringSettings(**{"method": name, "clusters": 4, "iterations": peer.get("max_iter", 50), **options})
    found = fit(values, settings, DAYS, initial=initial)
    assert_array_equal(found.labels, expected.labels_ + 1)
    assert_allclose(found.centres, expected.cluster_centers_, atol=1e-5)
    assert_allclose(found.inertia, expected.inertia_, rtol=1e-6)
    assert found.iterations == expected.n_iter_
    distances = expected.transform(series).min(axis=1)
    assert_allclose(found.distances, distances, atol=1e-6)
    others, _ = season_curves(60, variables, seed=8)
    labels, distances = assign(others, found)
    assert_array_equal(labels, expected.predict(others.astype(np.float64)) + 1)
    assert_allclose(distances, expected.transform(others.astype(np.float64)).min(axis=1), atol=1e-6)


@pytest.mark.parametrize("variables", [1, 2])
def test_k_shape_is_that_of_tslearn(variables):
    values, _ = season_curves(90, variables)
    scaled = TimeSeriesScalerMeanVariance().fit_transform(values.astype(np.float64))
    initial = scaled[[3, 1, 14, 15]].copy()
    expected = KShape(4, init=initial, max_iter=50).fit(scaled)
    found = fit(values, ClusteringSettings(method=K_SHAPE, clusters=4), DAYS, initial=initial)
    assert_array_equal(found.labels, expected.labels_ + 1)
    assert_allclose(found.centres, expected.cluster_centers_, atol=1e-5)
    assert_allclose(found.inertia, expected.inertia_, rtol=1e-6)
    others, _ = season_curves(60, variables, seed=8)
    assert_array_equal(assign(others, found)[0], expected.predict(others.astype(np.float64)) + 1)


@pytest.mark.parametrize("sigma", [None, 1.5])
def test_kernel_k_means_is_that_of_tslearn(sigma):
    values, _ = season_curves(90, 2)
    expected = KernelKMeans(4, random_state=2, n_init=3, kernel_params={"sigma": "auto" if sigma is None else sigma})
    expected.fit(values.astype(np.float64))
    settings = ClusteringSettings(method=ALIGNMENT_KERNEL, clusters=4, restarts=3, seed=2, sigma=sigma, references=90)
    found = fit(values, settings, DAYS)
    assert_array_equal(found.labels, expected.labels_ + 1)
    assert_allclose(found.inertia, expected.inertia_, rtol=1e-9)
    others, _ = season_curves(60, 2, seed=8)
    assert_array_equal(assign(others, found)[0], expected.predict(others.astype(np.float64)) + 1)


def test_a_few_references_stand_for_the_clusters_of_kernel_k_means():
    values, _ = season_curves(400)
    settings = ClusteringSettings(method=ALIGNMENT_KERNEL, clusters=4, references=10)
    found = fit(values, settings, DAYS)
    assert len(found.references.series) == 40
    assert adjusted_rand_score(assign(values, found)[0], found.labels) > 0.95


@pytest.mark.parametrize("method", METHODS)
def test_the_same_seed_draws_the_same_clusters_as_tslearn_whatever_the_threads(method):
    values, kind = season_curves(80)
    settings = ClusteringSettings(method=method, clusters=4, restarts=2, seed=7, gamma=0.1)
    found = fit(values, settings, DAYS, threads=1)
    again = fit(values, settings, DAYS, threads=5)
    assert_array_equal(found.labels, again.labels)
    assert_array_equal(found.centres, again.centres)
    assert found.inertia == again.inertia
    if method in (EUCLIDEAN, DTW):
        peer = TimeSeriesKMeans(4, metric=method, random_state=7, n_init=2).fit(values.astype(np.float64))
        assert_array_equal(found.labels, peer.labels_ + 1)
    if method == EUCLIDEAN:
        assert adjusted_rand_score(found.labels, kind) > 0.9


@pytest.mark.parametrize("scaling, peer", [(Z_SCORE, TimeSeriesScalerMeanVariance), (MIN_MAX, TimeSeriesScalerMinMax)])
def test_series_are_filled_smoothed_and_scaled_before_they_are_compared(scaling, peer):
    values, _ = season_curves(50, 2)
    values[::3, 4:8, 1] = np.nan
    values[7, -2:] = np.inf  # not finite is missing
    smoothed = fill_gaps(np.where(np.isfinite(values), values, np.float32(np.nan)), DAYS)
    whittaker(smoothed, DAYS, [0, 1], 5.0)
    prepared = peer().fit_transform(smoothed.astype(np.float64))
    expected = TimeSeriesKMeans(3, random_state=0).fit(prepared)
    settings = ClusteringSettings(EUCLIDEAN, 3, scaling=scaling, smoothing=WHITTAKER, smoothing_strength=5.0)
    found = fit(values, settings, DAYS)
    assert_array_equal(found.labels, expected.labels_ + 1)
    assert_allclose(found.centres, expected.cluster_centers_, atol=1e-5)
    assert_array_equal(assign(values, found)[0], found.labels)


@pytest.mark.parametrize("method", METHODS)
def test_a_series_with_a_variable_never_observed_gets_no_cluster(method):
    values, _ = season_curves(40, 2)
    values[5, :, 1] = np.nan
    settings = ClusteringSettings(method, 3, iterations=5)
    found = fit(values, settings, DAYS)
    labels, distances = assign(values, found)
    for one, other in ((found.labels, found.distances), (labels, distances)):
        assert one.dtype == np.int32 and other.dtype == np.float32
        assert one[5] == 0 and np.isnan(other[5])
        assert set(np.delete(one, 5)) == {1, 2, 3}
        assert np.isfinite(np.delete(other, 5)).all()
    without = fit(np.delete(values, 5, axis=0), settings, DAYS)
    assert_array_equal(np.delete(found.labels, 5), without.labels)
    assert [len(part) for part in assign(values[:0], found)] == [0, 0]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("dates", [1, 2, 20])
def test_one_cluster_holds_all(method, dates):
    values = season_curves(30)[0][:, :dates]
    found = fit(values, ClusteringSettings(method, 1, iterations=4), DAYS[:dates])
    assert (found.labels == 1).all()
    assert found.centres.shape == (1, dates, 1) and np.isfinite(found.centres).all()
    assert (assign(values, found)[0] == 1).all()


@pytest.mark.parametrize("method", METHODS)
def test_constant_series_are_clustered_too(method):
    values, _ = season_curves(30)
    values[:4] = 0.3
    values[4:6] = 0.7
    found = fit(values, ClusteringSettings(method, 2, iterations=5, scaling=Z_SCORE), DAYS)
    assert len(set(found.labels[:6])) == 1 and found.labels.all()
    assert np.isfinite(found.distances).all()


@pytest.mark.parametrize("method", METHODS)
def test_fewer_different_series_than_clusters_are_refused(method):
    values = np.repeat(season_curves(2)[0], 10, axis=0)
    with pytest.raises(ChronocoverError, match=r"Only 2 of the 20 .* Ask for no more than 2"):
        fit(values, ClusteringSettings(method, 3), DAYS)
    assert len(set(fit(values, ClusteringSettings(method, 2), DAYS).labels)) == 2


def test_series_that_differ_but_not_by_dtw_leave_a_cluster_empty_with_a_warning():
    values = np.zeros((12, 6, 1), np.float32)
    for row in range(12):
        values[row, 1 + row % 4 :] = 1.0  # steps at four dates, all the same to DTW
    listener = Listener()
    found = fit(values, ClusteringSettings(DTW, 2), np.arange(6), feedback=listener)
    assert set(found.labels) == {1}
    assert "1 of the 2 clusters have no series" in listener.warnings[0]


def test_a_cluster_that_runs_empty_is_given_the_farthest_series():
    values = np.array([0, 0.1, 0.2, 5, 5.1, 9], np.float32)[:, None, None]
    initial = np.array([0.1, 5, 50.0])[:, None, None]  # nothing is near the last
    found = fit(values, ClusteringSettings(EUCLIDEAN, 3), [0], initial=initial)
    assert found.labels.tolist() == [1, 1, 1, 2, 2, 3]
    assert_allclose(found.centres.ravel(), [0.1, 5.05, 9], atol=1e-6)


def test_starting_centres_can_be_drawn_at_random():
    values, kind = season_curves(60)
    settings = ClusteringSettings(DTW, 4, start=RANDOM, restarts=5, radius=2)
    assert adjusted_rand_score(fit(values, settings, DAYS).labels, kind) > 0.8


def test_more_restarts_are_never_worse():
    values, _ = season_curves(80, kinds=6)
    one = fit(values, ClusteringSettings(EUCLIDEAN, 6, start=RANDOM), DAYS)
    many = fit(values, ClusteringSettings(EUCLIDEAN, 6, start=RANDOM, restarts=8), DAYS)
    assert many.inertia <= one.inertia


def test_of_soft_dtw_runs_the_one_with_the_nearest_centres_is_kept_though_distances_are_negative():
    values, _ = season_curves(80, kinds=6)
    settings = ClusteringSettings(SOFT_DTW, 6, gamma=0.1, start=RANDOM, iterations=10)
    one = fit(values, settings, DAYS)
    many = fit(values, replace(settings, restarts=6), DAYS)
    assert one.distances.mean() < 0
    assert many.distances.mean() < one.distances.mean() and many.loss < one.loss
    assert many.inertia > one.inertia  # their squares grow


def test_a_large_gamma_is_said():
    values, _ = season_curves(40)
    for gamma, warned in ((1.0, True), (0.001, False)):
        listener = Listener()
        fit(values, ClusteringSettings(SOFT_DTW, 3, gamma=gamma, iterations=2), DAYS, feedback=listener)
        assert any("Try a tenth" in text for text in listener.warnings) == warned


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"method": "ward"}, "method “ward” is unknown"),
        ({"scaling": "log"}, "scaling “log” is unknown"),
        ({"clusters": 0}, "0 clusters were asked for"),
        ({"clusters": 251}, "Choose 1 to 250"),
        ({"restarts": 0}, "number of restarts is 0"),
        ({"iterations": 0}, "number of iterations is 0"),
        ({"tolerance": float("nan")}, "tolerance is nan"),
        ({"radius": -1}, "must not be negative"),
        ({"method": SOFT_DTW, "gamma": 0.0}, "for no smoothing choose DTW"),
        ({"sigma": -1.0}, "sigma of the alignment kernel"),
        ({"smoothing": SAVITZKY_GOLAY, "smoothing_window": 4}, "window must be odd, 3 to 20"),
        ({"smoothing": WHITTAKER, "smoothing_strength": 0.0}, "must be above 0"),
    ],
)
def test_an_option_out_of_range_is_refused(wrong, sentence):
    with pytest.raises(ChronocoverError, match=sentence):
        fit(season_curves(20)[0], replace(ClusteringSettings(clusters=2), **wrong), DAYS)


def test_inputs_that_do_not_fit_are_refused():
    values, _ = season_curves(20)
    settings = ClusteringSettings(EUCLIDEAN, 2)
    with pytest.raises(ChronocoverError, match="does not fit 5 dates"):
        fit(values, settings, DAYS[:5])
    with pytest.raises(ChronocoverError, match="None of the 20 series has an observation of every variable"):
        fit(np.full_like(values, np.nan), settings, DAYS)
    with pytest.raises(ChronocoverError, match="starting centres have the shape"):
        fit(values, settings, DAYS, initial=np.zeros((3, 20, 1)))
    with pytest.raises(ChronocoverError, match="takes no starting centres"):
        fit(values, replace(settings, method=ALIGNMENT_KERNEL), DAYS, initial=np.zeros((2, 20, 1)))
    with pytest.raises(ChronocoverError, match="takes 20 dates × 1 variables"):
        assign(np.zeros((3, 20, 2), np.float32), fit(values, settings, DAYS))
    with pytest.raises(ChronocoverError, match=r"sigma .* cannot be estimated"):
        flat = np.zeros((9, 20, 1), np.float32)
        flat[0, 0] = 1
        fit(flat, replace(settings, method=ALIGNMENT_KERNEL), DAYS)
    with pytest.raises(ChronocoverError, match="at most 5,000"):
        fit(np.random.default_rng(0).random((5001, 2, 1)), replace(settings, method=ALIGNMENT_KERNEL), [0, 1])


@pytest.mark.parametrize("method", METHODS)
def test_cancelling_ends_it_in_the_middle(method):
    class Stopping(Feedback):
        asked = 0

        def is_cancelled(self):
            self.asked += 1
            return self.asked > 2

    with pytest.raises(CancelledError):
        fit(season_curves(100)[0], ClusteringSettings(method, 4), DAYS, feedback=Stopping())
