"""Temporal statistics and the season, against NumPy and curves whose dates are known."""

import datetime

import numpy as np
import pytest

from chronocover.core.errors import ChronocoverError
from chronocover.core.time_series.metric_names import METRICS, SEASON, MetricBand, metric_bands, parse_percentiles
from chronocover.core.time_series.metrics import STATISTICS, TemporalMetrics, statistics
from chronocover.core.time_series.phenology import day_of_year, season_metrics

ORIGIN = datetime.date(2021, 9, 14)
START, PEAK, END, LENGTH, STEEP_START, STEEP_END, STEEP_LENGTH = range(7)


def curve(*values):
    return np.array([values], dtype=np.float32)


@pytest.mark.filterwarnings("ignore:All-NaN", "ignore:Mean of empty", "ignore:Degrees")
def test_statistics_are_those_of_numpy():
    rng = np.random.default_rng(5)
    values = rng.normal(size=(400, 31)).astype(np.float32)
    values[rng.random(values.shape) < 0.4] = np.nan
    values[7] = np.nan
    values[8, 1:] = np.nan
    days = np.cumsum(rng.integers(1, 20, 31)).astype(float)
    found = statistics(values, days, (0, 12.5, 50, 100))
    exact = values.astype(float)
    expected = np.column_stack(
        [
            np.nanmean(exact, axis=1),
            np.nanstd(exact, axis=1),
            np.nanmin(exact, axis=1),
            np.nanmax(exact, axis=1),
            np.nanmax(exact, axis=1) - np.nanmin(exact, axis=1),
            np.where(np.isnan(exact).all(axis=1), np.nan, days[np.argmax(np.nan_to_num(exact, nan=-9), axis=1)]),
            np.where(np.isnan(exact).all(axis=1), np.nan, days[np.argmin(np.nan_to_num(exact, nan=9), axis=1)]),
            *np.nanpercentile(exact, (0, 12.5, 50, 100), axis=1),
        ]
    )
    np.testing.assert_allclose(found, expected, rtol=2e-6, atol=1e-6)


def test_the_season_of_a_roof_is_exact():
    """Straight flanks: each threshold is crossed where arithmetic says."""
    days = np.array([0, 10, 30, 60, 100], dtype=float)
    found = season_metrics(curve(0.2, 0.2, 0.8, 0.4, 0.0), days, 0.25)[0]
    assert found[START] == pytest.approx(10 + 20 * 0.25)  # from 0.2 to 0.8
    assert found[END] == pytest.approx(60 + 40 * (0.4 - 0.2) / 0.4)  # a quarter of 0.8 above 0
    assert found[LENGTH] == pytest.approx(found[END] - found[START])
    assert (found[STEEP_START], found[STEEP_END]) == (20, 45)
    assert found[STEEP_LENGTH] == 25


def test_the_peak_is_the_vertex_of_the_parabola():
    days = np.array([0, 8, 24, 40, 47, 70], dtype=float)
    for top in (26.5, 31.25, 43.0):
        values = (0.9 - 0.0002 * (days - top) ** 2).astype(np.float32)[None]
        assert season_metrics(values, days, 0.2)[0, PEAK] == pytest.approx(top, abs=0.02)


def test_a_smooth_season_sampled_densely():
    """A double logistic: the dates from many samples are those of the function itself."""
    days = np.arange(0, 365.0)
    rise, fall = 1 / (1 + np.exp(-(days - 120) / 9)), 1 / (1 + np.exp((days - 260) / 14))
    values = (0.15 + 0.6 * (rise + fall - 1)).astype(np.float32)[None]
    found = season_metrics(values, days, 0.2)[0]
    assert found[START] == pytest.approx(120 - 9 * np.log(4), abs=0.3)  # where the logistic is 0.2
    assert found[END] == pytest.approx(260 + 14 * np.log(4), abs=0.3)
    assert found[STEEP_START] == pytest.approx(120, abs=1)
    assert found[STEEP_END] == pytest.approx(260, abs=1)


def slow_start(values, days, threshold):
    """The last day before the peak, on a fine time axis, at which the curve is at or below the threshold."""
    seen = ~np.isnan(values)
    peak = days[np.nanargmax(values)]
    fine = np.arange(days[0], peak + 1e-9, 0.01)
    line = np.interp(fine, days[seen], values[seen])
    level = line.min() + threshold * (np.nanmax(values) - line.min())
    below = np.flatnonzero(line <= level)
    return fine[below[-1]] if len(below) and line.min() < np.nanmax(values) else np.nan


def test_noisy_curves_with_gaps_against_a_fine_time_axis():
    rng = np.random.default_rng(9)
    days = np.cumsum(rng.integers(3, 20, 24)).astype(float)
    days -= days[0]
    values = (0.3 + 0.3 * np.sin(days / days[-1] * 6 - 1.5) + rng.normal(0, 0.05, (60, 24))).astype(np.float32)
    values[rng.random(values.shape) < 0.3] = np.nan
    found = season_metrics(values, days, 0.3)
    expected = [slow_start(row.astype(float), days, 0.3) for row in values]
    np.testing.assert_allclose(found[:, START], expected, atol=0.03)
    mirrored = season_metrics(np.ascontiguousarray(values[:, ::-1]), days[-1] - days[::-1], 0.3)
    np.testing.assert_allclose(found[:, END], days[-1] - mirrored[:, START], atol=1e-3)
    np.testing.assert_allclose(found[:, PEAK], days[-1] - mirrored[:, PEAK], atol=1e-3)


def test_no_season_where_there_is_none():
    days = np.arange(4) * 10.0
    assert np.isnan(season_metrics(curve(0.3, 0.3, 0.3, 0.3), days, 0.2)).all()
    assert np.isnan(season_metrics(curve(np.nan, np.nan, np.nan, np.nan), days, 0.2)).all()
    assert np.isnan(season_metrics(curve(0.1, np.nan, 0.6, np.nan), days, 0.2)).all()
    falling = season_metrics(curve(0.8, 0.6, 0.4, 0.2), days, 0.2)[0]
    assert np.isnan(falling[[START, LENGTH, STEEP_START]]).all()
    assert falling[PEAK] == 0 and falling[END] > 20
    assert np.isnan(season_metrics(curve(0.5), np.array([0.0]), 0.2)).all()


def test_days_of_the_year_go_over_new_year():
    days = np.array([0, 108, 109, 109.5, 108 + 366, np.nan])
    expected = [257, 365, 1, 1.5, 1, np.nan]
    expected[4] = (datetime.date(2021, 9, 14) + datetime.timedelta(days=474)).timetuple().tm_yday
    np.testing.assert_allclose(day_of_year(days, ORIGIN), expected)


def test_bands_say_variable_metric_and_unit():
    bands = metric_bands(["ndvi"], ["mean", "percentiles", "start of season", "length of season"], (10, 90))
    assert [band.description(None) for band in bands] == [
        "ndvi mean",
        "ndvi percentile 10",
        "ndvi percentile 90",
        "ndvi start of season (day of year)",
        "ndvi length of season (days)",
    ]
    assert bands[3].description(ORIGIN) == "ndvi start of season (days since 2021-09-14)"
    assert METRICS[-len(SEASON) :] == SEASON and set(STATISTICS) < set(METRICS)


def test_a_season_over_new_year_in_both_units():
    dates = tuple(ORIGIN + datetime.timedelta(days=30 * i) for i in range(8))
    values = np.array([[0, 0, 0, 0.2, 0.9, 0.5, 0, 0]], dtype=np.float32)[:, :, None]
    bands = (MetricBand("ndvi", "peak of season"), MetricBand("ndvi", "start of season"), MetricBand("ndvi", "maximum"))
    since = TemporalMetrics(bands, ("ndvi",), dates, 0.2, datetime.date(2021, 9, 4)).compute(values)[0]
    of_year = TemporalMetrics(bands, ("ndvi",), dates, 0.2).compute(values)[0]
    assert 120 < since[0] - 10 < 135 and since[1] < since[0]
    peak = ORIGIN + datetime.timedelta(days=float(since[0]) - 10)
    assert of_year[0] == pytest.approx(peak.timetuple().tm_yday + (since[0] % 1), abs=0.01)
    assert of_year[2] == since[2] == np.float32(0.9)


def test_variables_are_kept_apart():
    dates = tuple(ORIGIN + datetime.timedelta(days=10 * i) for i in range(3))
    values = np.array([[[1, 10], [2, 20], [3, 60]]], dtype=np.float32)
    bands = metric_bands(["b", "a"], ["mean", "maximum"], ())
    found = TemporalMetrics(bands, ("a", "b"), dates, 0.2).compute(values)
    assert found.tolist() == [[30, 60, 2, 3]]


def test_what_cannot_be_computed_is_refused():
    assert parse_percentiles("90; 10,50 %") == (10, 50, 90)
    for text, reason in (("ten", "no number"), ("101", "not between")):
        with pytest.raises(ChronocoverError, match=reason):
            parse_percentiles(text)
    with pytest.raises(ChronocoverError, match="needs percentiles"):
        metric_bands(["a"], ["percentiles"], ())
    with pytest.raises(ChronocoverError, match="Choose at least one"):
        metric_bands(["a"], [], ())


def test_missing_values_take_no_part_in_the_season():
    """The steepest rise is the one between two observations, and the peak lies on one, whatever is missing between."""
    days = np.array([0, 10, 20, 30, 40, 50, 60, 70, 80], dtype=float)
    values = curve(np.nan, 0.1, np.nan, np.nan, 0.7, 0.5, np.nan, 0.2, np.nan)
    seen = ~np.isnan(values[0])
    found = season_metrics(values, days, 0.2)
    np.testing.assert_array_equal(found, season_metrics(np.ascontiguousarray(values[:, seen]), days[seen], 0.2))
    assert found[0, STEEP_START] == 25 and found[0, STEEP_END] == 45
    late = season_metrics(curve(np.nan, np.nan, 0.9, 0.5, 0.3, np.nan, np.nan, np.nan, np.nan), days, 0.2)[0]
    assert late[PEAK] == 20 and np.isnan(late[START])
