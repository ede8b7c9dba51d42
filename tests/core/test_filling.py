"""Filling gaps in time, against SciPy."""

import pickle

import numpy as np
import pytest
from real_ndvi import slovenia_ndvi
from scipy.interpolate import Akima1DInterpolator, CubicSpline, interp1d
from steps_on_arrays import axes, block

from chronocover.core.errors import ChronocoverError
from chronocover.core.series.image_series import QUALITY
from chronocover.core.time_series.filling import FillGaps, fill_gaps, interpolate_series
from chronocover.core.time_series.method_names import INTERPOLATION_METHODS as METHODS

NAN = np.nan
DAYS = np.array([0, 10, 15, 40, 45, 75, 80, 85, 110])


def scipy_curve(days, values, method):
    """What is between observations, by the rules for short series."""
    if len(days) == 1:
        return lambda day: np.full(np.shape(day), values[0])
    if method == "linear" or (method != "nearest" and len(days) == 2):
        return lambda day: np.interp(day, days, values)
    if method == "nearest":
        return interp1d(days, values, kind="nearest")
    if method == "cubic" or len(days) < 5:
        return CubicSpline(days, values, bc_type="natural")
    return Akima1DInterpolator(days, values)


def by_scipy(series, days, targets, method):
    seen = ~np.isnan(series)
    if not seen.any():
        return np.full(len(targets), NAN)
    inside = np.clip(targets, days[seen][0], days[seen][-1])  # the ends take the nearest
    return scipy_curve(days[seen], series[seen].astype(float), method)(inside)


def cloudy_series(count, share, seed=1):
    generator = np.random.default_rng(seed)
    values = generator.random((count, len(DAYS), 2)).astype(np.float32)
    values[generator.random(values.shape) < share] = NAN
    return values


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("share", [0.2, 0.6, 0.9])
def test_every_method_agrees_with_scipy(method, share):
    values = cloudy_series(100, share)
    targets = np.arange(-20, 131)
    result = interpolate_series(values, DAYS, targets, method)
    for pixel in range(100):
        for variable in range(2):
            expected = by_scipy(values[pixel, :, variable], DAYS, targets, method)
            np.testing.assert_allclose(result[pixel, :, variable], expected, atol=2e-6)


@pytest.mark.parametrize("method", METHODS)
def test_real_cloudy_ndvi_agrees_with_scipy(method, data_folder):
    values, days = slovenia_ndvi(data_folder)
    values = values[::500]
    filled = FillGaps(method).apply(values[None].copy(), axes(days))[0]
    for pixel in range(len(values)):
        expected = by_scipy(values[pixel, :, 0], days, days, method)
        np.testing.assert_allclose(filled[pixel, :, 0], expected, atol=1e-5)
    observed = ~np.isnan(values)
    assert 0.5 < observed.mean() < 0.7
    assert (filled[observed] == values[observed]).all()


@pytest.mark.parametrize("method", ["linear", "nearest", "spline"])
def test_hidden_clear_observations_are_met_better_than_by_the_previous_clear_value(method, data_folder):
    values, days = slovenia_ndvi(data_folder)
    hidden = (np.random.default_rng(1).random(values.shape) < 0.2) & ~np.isnan(values)
    hidden[:, 0] = False
    seen = np.where(hidden, np.float32(NAN), values)
    previous = seen.copy()
    for date in range(1, len(days)):
        missing = np.isnan(previous[:, date])
        previous[:, date][missing] = previous[:, date - 1][missing]
    filled = FillGaps(method).apply(seen[None].copy(), axes(days))[0]
    judged = hidden & ~np.isnan(previous)

    def error(curve):
        return np.sqrt(np.mean((curve - values)[judged] ** 2))

    assert judged.sum() > 50_000
    assert error(filled) < 0.8 * error(previous)


def test_a_flat_stretch_and_a_step_are_akimas_special_cases():
    values = np.array([0, 0, 0, 0, 1, 1, 1, 1, 1], np.float32)[None, :, None]
    targets = np.arange(0, 111)
    result = interpolate_series(values, DAYS, targets, "spline")[0, :, 0]
    np.testing.assert_allclose(result, Akima1DInterpolator(DAYS, values[0, :, 0])(targets), atol=1e-6)
    assert result.min() >= 0 and result.max() <= 1


def test_the_step_fills_linearly_as_the_models_do():
    values = cloudy_series(50, 0.5)
    filled = FillGaps("linear").apply(values[None].copy(), axes(DAYS, ["red", "nir"]))[0]
    np.testing.assert_array_equal(filled, fill_gaps(values, DAYS))


def test_a_longest_gap_leaves_longer_holes_and_far_ends():
    values = block([NAN, NAN, 1, NAN, 2, NAN, NAN, 3, NAN])
    filled = FillGaps("linear", longest_gap=30).apply(values, axes(DAYS))[0, 0, :, 0]
    # 15 to 45 is bridged, 45 to 85 is not; day 110 is 25 days after the last observation
    np.testing.assert_allclose(filled, [1, 1, 1, 1 + 25 / 30, 2, NAN, NAN, 3, 3])
    values = block([NAN, NAN, 1, NAN, 2, NAN, NAN, 3, NAN])
    filled = FillGaps("linear", longest_gap=14).apply(values, axes(DAYS))[0, 0, :, 0]
    np.testing.assert_allclose(filled, [NAN, 1, 1, NAN, 2, NAN, NAN, 3, NAN])


def test_what_counts_is_the_date_not_the_index():
    values = block([0, NAN, NAN, 1])
    filled = FillGaps("linear").apply(values, axes([0, 1, 9, 10]))[0, 0, :, 0]
    np.testing.assert_allclose(filled, [0, 0.1, 0.9, 1])


def test_only_the_chosen_variables_are_filled_and_quality_never_by_default():
    three = axes([0, 10, 20], ["red", "nir", "scl"], ["data", "data", QUALITY])
    values = np.stack([block([1, NAN, 3])[..., 0]] * 3, axis=-1)
    filled = FillGaps().apply(values.copy(), three)[0, 0]
    np.testing.assert_array_equal(filled, [[1, 1, 1], [2, 2, NAN], [3, 3, 3]])
    filled = FillGaps(variables=("nir",)).apply(values.copy(), three)[0, 0]
    np.testing.assert_array_equal(filled, [[1, 1, 1], [NAN, 2, NAN], [3, 3, 3]])


def test_what_was_missing_is_counted_over_all_blocks():
    step = FillGaps("linear", longest_gap=15)
    step.apply(block([1, NAN, 3]), axes([0, 5, 10]))
    step.apply(block([NAN, NAN, NAN]), axes([0, 5, 10]))
    assert (step.counts.values, step.counts.before, step.counts.after, step.counts.unobserved) == (6, 4, 3, 3)
    assert step.counts.percent(step.counts.before) == pytest.approx(66.67, abs=0.01)
    copy = pickle.loads(pickle.dumps(step))
    assert copy == step and copy.counts.values == 0


def test_what_does_not_fit_is_refused():
    with pytest.raises(ChronocoverError, match=r"no variable “blue”.*red, nir"):
        FillGaps(variables=("blue",)).axes_after(axes(DAYS, ["red", "nir"]))
    with pytest.raises(ChronocoverError, match="no method “magic”"):
        FillGaps("magic").axes_after(axes(DAYS))
    with pytest.raises(ChronocoverError, match="only quality variables"):
        FillGaps().axes_after(axes(DAYS, ["scl"], [QUALITY]))
