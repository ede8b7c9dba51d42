"""Smoothing by Savitzky-Golay, the moving median and Whittaker, against SciPy, plain medians and a dense solution."""

import numpy as np
import pytest
from real_ndvi import slovenia_ndvi
from scipy.ndimage import median_filter
from scipy.signal import savgol_filter
from steps_on_arrays import axes, block

from chronocover.core.errors import ChronocoverError
from chronocover.core.series.image_series import QUALITY
from chronocover.core.time_series.smoothing import MovingMedian, SavitzkyGolay
from chronocover.core.time_series.whittaker import Whittaker, weights_of_text

NAN = np.nan
EVEN = np.arange(0, 240, 10)
UNEVEN = np.array([0, 5, 15, 16, 30, 50, 55, 60, 90, 95, 110, 140])


def noisy(days, count=40, variables=2, missing=0.0, seed=1):
    generator = np.random.default_rng(seed)
    curve = np.sin(np.asarray(days) / 60)[None, :, None]
    values = (curve + 0.2 * generator.standard_normal((count, len(days), variables))).astype(np.float32)
    values[generator.random(values.shape) < missing] = NAN
    return values


def smoothed(step, values, days, **names):
    names = names or {"variables": [f"v{i}" for i in range(values.shape[2])]}
    return step.apply(values[None].copy(), axes(days, **names))[0]


def each_series(values):
    return ((pixel, variable) for pixel in range(values.shape[0]) for variable in range(values.shape[2]))


@pytest.mark.parametrize(("window", "order"), [(5, 2), (7, 3), (9, 1), (3, 0), (5, 4), (23, 5)])
def test_savitzky_golay_on_even_dates_is_the_classical_filter(window, order):
    values = noisy(EVEN)
    result = smoothed(SavitzkyGolay(window, order), values, EVEN)
    expected = savgol_filter(values.astype(float), window, order, axis=1, mode="interp")
    np.testing.assert_allclose(result, expected, atol=1e-6)


def local_fit(series, days, date, window, order):
    """A polynomial through what is observed in the window, at its date."""
    start = min(max(0, date - window // 2), len(days) - window)
    inside = np.arange(start, start + window)
    inside = inside[~np.isnan(series[inside])]
    if len(inside) <= order + 1:
        return series[date]
    return np.polyval(np.polyfit(days[inside] - days[date], series[inside].astype(float), order), 0)


@pytest.mark.parametrize("missing", [0.0, 0.3, 0.7])
def test_savitzky_golay_on_uneven_dates_fits_polynomials_in_days(missing):
    values = noisy(UNEVEN, missing=missing)
    result = smoothed(SavitzkyGolay(7, 2), values, UNEVEN)
    for pixel, variable in each_series(values):
        series = values[pixel, :, variable]
        expected = [
            NAN if np.isnan(series[date]) else local_fit(series, UNEVEN, date, 7, 2) for date in range(len(UNEVEN))
        ]
        np.testing.assert_allclose(result[pixel, :, variable], expected, atol=1e-5)


def test_savitzky_golay_reproduces_a_parabola_on_any_dates_with_gaps():
    parabola = (3 - 0.1 * UNEVEN + 0.002 * UNEVEN**2).astype(np.float32)
    parabola[[2, 6]] = NAN
    result = smoothed(SavitzkyGolay(7, 2), parabola[None, :, None], UNEVEN)
    np.testing.assert_allclose(result[0, :, 0], parabola, rtol=1e-5)


@pytest.mark.parametrize("window", [3, 5, 9])
@pytest.mark.parametrize("missing", [0.0, 0.5])
def test_the_moving_median_is_the_median_of_what_is_in_the_window(window, missing):
    values = noisy(EVEN, missing=missing)
    result = smoothed(MovingMedian(window), values, EVEN)
    half = window // 2
    for pixel, variable in each_series(values):
        series = values[pixel, :, variable]
        for date in range(len(EVEN)):
            around = series[max(0, date - half) : date + half + 1]
            expected = NAN if np.isnan(series[date]) else np.nanmedian(around)
            np.testing.assert_allclose(result[pixel, date, variable], expected, rtol=1e-6)


def test_the_moving_median_agrees_with_scipy_away_from_the_ends():
    values = noisy(EVEN)
    result = smoothed(MovingMedian(5), values, EVEN)
    np.testing.assert_array_equal(result[:, 2:-2], median_filter(values, (1, 5, 1))[:, 2:-2])


def dense_whittaker(series, days, strength, weights=None):
    """Eilers' equations solved densely, with his divided differences (times 2, so that even steps give 1, -2, 1)."""
    time = (days - days[0]) / np.diff(days).mean()
    first = np.diff(np.eye(len(days)), axis=0) / np.diff(time)[:, None]
    second = 2 * np.diff(first, axis=0) / (time[2:] - time[:-2])[:, None]
    weights = np.ones(len(days)) if weights is None else weights
    weights = np.where(np.isnan(series), 0, weights)
    observed = np.nan_to_num(series.astype(float))
    curve = np.linalg.solve(np.diag(weights) + strength * second.T @ second, weights * observed)
    seen = np.flatnonzero(weights)
    return curve[np.clip(np.arange(len(days)), seen[0], seen[-1])]  # held at the ends


@pytest.mark.parametrize("strength", [0.1, 10.0, 10000.0])
@pytest.mark.parametrize("missing", [0.0, 0.5])
@pytest.mark.parametrize("days", [EVEN, UNEVEN], ids=["even", "uneven"])
def test_whittaker_agrees_with_a_dense_solution(strength, missing, days):
    values = noisy(days, missing=missing)
    result = smoothed(Whittaker(strength), values, days)
    for pixel, variable in each_series(values):
        series = values[pixel, :, variable]
        np.testing.assert_allclose(result[pixel, :, variable], dense_whittaker(series, days, strength), atol=1e-5)


def test_whittaker_on_real_cloudy_ndvi_agrees_with_a_dense_solution(data_folder):
    values, days = slovenia_ndvi(data_folder)
    values = values[::300]
    result = smoothed(Whittaker(10.0), values, days)
    for pixel in range(len(values)):
        np.testing.assert_allclose(result[pixel, :, 0], dense_whittaker(values[pixel, :, 0], days, 10.0), atol=1e-5)


def test_savitzky_golay_on_real_cloudy_ndvi_agrees_with_plain_fits(data_folder):
    values, days = slovenia_ndvi(data_folder)
    values = values[::1000]
    result = smoothed(SavitzkyGolay(9, 2), values, days)
    for pixel in range(len(values)):
        series = values[pixel, :, 0]
        expected = [np.nan if np.isnan(v) else local_fit(series, days, i, 9, 2) for i, v in enumerate(series)]
        np.testing.assert_allclose(result[pixel, :, 0], expected, atol=1e-4)


def test_whittaker_on_even_dates_uses_plain_second_differences():
    values = noisy(EVEN, count=1, variables=1)
    plain = np.diff(np.eye(len(EVEN)), 2, axis=0)
    expected = np.linalg.solve(np.eye(len(EVEN)) + 5 * plain.T @ plain, values[0, :, 0])
    np.testing.assert_allclose(smoothed(Whittaker(5.0), values, EVEN)[0, :, 0], expected, atol=1e-6)


def test_whittaker_with_few_observations():
    def curve(*series):
        return Whittaker(10.0).apply(block(series), axes(range(0, 10 * len(series), 10)))[0, 0, :, 0]

    np.testing.assert_array_equal(curve(NAN, NAN, NAN), [NAN] * 3)
    np.testing.assert_allclose(curve(NAN, 4, NAN), [4, 4, 4])
    np.testing.assert_allclose(curve(NAN, 1, NAN, 3, NAN), [1, 1, 2, 3, 3], rtol=1e-6)
    np.testing.assert_allclose(curve(7), [7])
    np.testing.assert_allclose(curve(7, 8), [7, 8])


def test_whittaker_weighs_dates_by_a_quality_variable():
    values = noisy(UNEVEN, variables=2)
    generator = np.random.default_rng(2)
    reliability = generator.choice([0, 1, 3, NAN], (len(values), len(UNEVEN)), p=[0.5, 0.3, 0.15, 0.05])
    weight = np.select([reliability == 0, reliability == 1], [1.0, 0.5], 0.0)
    three = {"variables": ["red", "nir", "reliability"], "roles": ["data", "data", QUALITY]}
    stack = np.concatenate([values, reliability[:, :, None].astype(np.float32)], axis=2)
    step = Whittaker(10.0, weight_variable="reliability", weights=weights_of_text("1=0.5; 0=1, 3=0"))
    result = smoothed(step, stack, UNEVEN, **three)
    for pixel, variable in each_series(values):
        expected = dense_whittaker(values[pixel, :, variable], UNEVEN, 10.0, weight[pixel])
        np.testing.assert_allclose(result[pixel, :, variable], expected, atol=1e-5)
    np.testing.assert_array_equal(result[:, :, 2], reliability)


def test_a_quality_may_be_the_weight_itself():
    values = noisy(UNEVEN, variables=1)
    weight = np.random.default_rng(3).random((len(values), len(UNEVEN), 1)).astype(np.float32)
    names = {"variables": ["ndvi", "weight"], "roles": ["data", QUALITY]}
    result = smoothed(
        Whittaker(10.0, weight_variable="weight"), np.concatenate([values, weight], axis=2), UNEVEN, **names
    )
    for pixel in range(len(values)):
        expected = dense_whittaker(values[pixel, :, 0], UNEVEN, 10.0, weight[pixel, :, 0].astype(float))
        np.testing.assert_allclose(result[pixel, :, 0], expected, atol=1e-5)


@pytest.mark.parametrize("step", [SavitzkyGolay(3, 1), MovingMedian(3), Whittaker(5.0)])
def test_only_the_chosen_variables_change(step):
    values = noisy(EVEN, variables=3)
    names = {"variables": ["red", "nir", "scl"], "roles": ["data", "data", QUALITY]}
    result = smoothed(step, values, EVEN, **names)
    assert (result != values).any(axis=(0, 1)).tolist() == [True, True, False]
    chosen = type(step)(**{**step.__dict__, "variables": ("nir",)})
    result = smoothed(chosen, values, EVEN, **names)
    assert (result != values).any(axis=(0, 1)).tolist() == [False, True, False]


@pytest.mark.parametrize("step", [SavitzkyGolay(5, 2), MovingMedian(5), Whittaker(5.0)])
def test_a_series_that_was_never_observed_stays_missing(step):
    values = np.full((1, 1, 12, 1), NAN, np.float32)
    assert np.isnan(step.apply(values, axes(UNEVEN))).all()


def test_what_does_not_fit_is_refused():
    def refused(step, days=UNEVEN):
        with pytest.raises(ChronocoverError) as caught:
            step.axes_after(axes(days))
        return str(caught.value)

    assert "must be odd" in refused(SavitzkyGolay(4, 2))
    assert "must be odd" in refused(MovingMedian(1))
    assert "longer than the series, which has 3" in refused(SavitzkyGolay(5, 2), [0, 10, 20])
    assert "order 5 does not fit a window of 5" in refused(SavitzkyGolay(5, 5))
    assert "must be above 0" in refused(Whittaker(0.0))
    assert "no variable “scl”" in refused(Whittaker(1.0, weight_variable="scl"))
    assert "no variable that they belong to" in refused(Whittaker(1.0, weights=((0, 1),)))
    assert "weight -1 is not allowed" in refused(Whittaker(1.0, weight_variable="ndvi", weights=((0, -1),)))
    for text in ("0:1", "a=1", "0=1=2"):
        with pytest.raises(ChronocoverError, match="not value=weight"):
            weights_of_text(text)
    with pytest.raises(ChronocoverError, match="twice"):
        weights_of_text("0=1, 0=0")
