"""The distances and barycentres of time series against tslearn's."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from season_curves import season_curves
from tslearn.barycenters import softdtw_barycenter
from tslearn.barycenters.dba import dtw_barycenter_averaging_petitjean
from tslearn.metrics import cdist_dtw, cdist_gak, cdist_soft_dtw, sigma_gak
from tslearn.metrics.cycc import cdist_normalized_cc, y_shifted_sbd_vec

from chronocover.core.time_series import (
    alignment_kernel,
    dtw,
    euclidean,
    path_sums,
    scaling,
    shape_distance,
    soft_dtw,
)

BANDS = [None, 0, 2, 40]


def band(radius):
    return {} if radius is None else {"sakoe_chiba_radius": radius}


def some_series(count, variables, seed=1):
    return season_curves(count, variables, seed=seed)[0].astype(np.float64)


@pytest.mark.parametrize("variables", [1, 3])
@pytest.mark.parametrize("radius", BANDS)
def test_dtw_is_that_of_tslearn(variables, radius):
    series, centres = some_series(70, variables), some_series(5, variables, seed=2)
    expected = cdist_dtw(series, centres, **band(radius))
    assert_array_equal(dtw.dtw_distances(series, centres, radius), expected)
    nearest, distances = dtw.nearest_by_dtw(series, centres, radius)
    assert_array_equal(nearest, expected.argmin(axis=1))
    assert_array_equal(distances, expected.min(axis=1))


def test_of_equally_near_centres_the_first_is_taken():
    centres = np.stack([some_series(1, 1)[0]] * 3)
    assert dtw.nearest_by_dtw(centres, centres)[0].tolist() == [0, 0, 0]
    assert euclidean.nearest_by_euclid(centres, centres)[0].tolist() == [0, 0, 0]


@pytest.mark.parametrize("variables", [1, 3])
@pytest.mark.parametrize("radius", BANDS)
def test_the_dtw_barycentre_is_that_of_tslearn(variables, radius):
    series = some_series(37, variables)
    expected = dtw_barycenter_averaging_petitjean(series, init_barycenter=series[3], metric_params=band(radius))
    assert_allclose(dtw.dtw_barycentre(series, series[3], radius), expected, atol=1e-12)


@pytest.mark.parametrize("variables", [1, 3])
@pytest.mark.parametrize("radius", BANDS)
@pytest.mark.parametrize("gamma", [2.0, 0.1, 1e-5])  # with the last, sums leave the range of a float
def test_soft_dtw_and_its_barycentre_are_those_of_tslearn(variables, radius, gamma):
    series, centres = some_series(40, variables), some_series(3, variables, seed=2)
    expected = cdist_soft_dtw(series, centres, gamma=gamma, **band(radius))
    assert_allclose(soft_dtw.soft_dtw_distances(series, centres, gamma, radius), expected, rtol=1e-12, atol=1e-12)
    own = np.diag(cdist_soft_dtw(series, gamma=gamma, **band(radius)))
    assert_allclose(soft_dtw.soft_dtw_self_distances(series, gamma, radius), own, rtol=1e-12, atol=1e-12)
    expected = softdtw_barycenter(series[:9], gamma=gamma, init=centres[0].copy(), max_iter=100, **band(radius))
    assert_allclose(soft_dtw.soft_dtw_barycentre(series[:9], centres[0], gamma, radius), expected, atol=1e-5)


@pytest.mark.parametrize("variables", [1, 3])
@pytest.mark.parametrize("sigma", [3.0, 0.2, 0.004])
def test_the_alignment_kernel_is_that_of_tslearn(variables, sigma):
    series, others = some_series(40, variables), some_series(6, variables, seed=2)
    others[0] = series[0]
    found = alignment_kernel.alignment_kernel(series, others, sigma)
    assert_allclose(found, cdist_gak(series, others, sigma=sigma), rtol=1e-10, atol=1e-14)
    assert_allclose(found[0, 0], 1.0)


def test_the_alignment_kernel_holds_for_series_whose_sums_overflow():
    series = np.random.default_rng(0).random((3, 500, 1))
    assert_allclose(alignment_kernel.alignment_kernel(series, series, 5.0), cdist_gak(series, sigma=5.0), rtol=1e-9)


def test_sigma_is_estimated_as_tslearn_does():
    series = some_series(50, 2)
    assert alignment_kernel.estimate_sigma(series, np.random.RandomState(4)) == sigma_gak(series, random_state=4)


@pytest.mark.parametrize("variables", [1, 3])
def test_the_shape_distance_and_alignment_are_those_of_tslearn(variables):
    series = scaling.to_z_scores(some_series(30, variables))
    series[4] = 0.0
    centres = series[:6].copy()
    norms = np.linalg.norm(series, axis=(1, 2))
    expected = 1 - cdist_normalized_cc(series, centres, norms, norms[:6], False)
    found = shape_distance.shape_distances(series, centres)
    assert_allclose(found, expected, atol=1e-12)
    assert (found[4] == 1).all()
    expected = y_shifted_sbd_vec(centres[0], series, -1.0, norms)
    assert_array_equal(shape_distance.align_to(centres[0], series)[norms > 0], expected[norms > 0])


def test_euclidean_distances_over_all_variables():
    series, centres = some_series(77, 3), some_series(4, 3, seed=2)
    expected = np.linalg.norm(series[:, None] - centres[None], axis=(2, 3))
    nearest, distances = euclidean.nearest_by_euclid(series, centres)
    assert_array_equal(nearest, expected.argmin(axis=1))
    assert_allclose(distances, expected.min(axis=1))


def test_exponentials_side_by_side_are_exact_to_two_digits_of_the_last_place():
    values = np.concatenate([-np.random.default_rng(0).random(5000) * 699, [0.0, -1e-300, -699.999]])
    found = values.copy()
    path_sums.exponentials(found, np.empty_like(found))
    assert_allclose(found, np.exp(values), rtol=5e-16)


def test_scaling_leaves_constant_variables_at_zero():
    series = np.array([[[1.0, 0.3], [3.0, 0.3], [5.0, 0.3]]])
    series[0, 1, 1] += 1e-9  # the rounding of float32 is no signal
    assert_allclose(scaling.to_unit_range(series.copy())[0].T, [[0, 0.5, 1], [0, 0, 0]])
    assert_allclose(scaling.to_z_scores(series.copy())[0].T, [[-(1.5**0.5), 0, 1.5**0.5], [0, 0, 0]], atol=1e-12)
