"""Composites against slow plain versions, and the periods they are made over."""

import datetime
import pickle

import numpy as np
import pytest

from chronocover.core.errors import ChronocoverError
from chronocover.core.series.image_series import DATA, QUALITY
from chronocover.core.series.steps import SeriesAxes
from chronocover.core.time_series.compositing import Composite
from chronocover.core.time_series.periods import EVERY, LISTED, MONTHS, Period, dates_within, make_periods

DAY = datetime.timedelta(days=1)
START = datetime.date(2020, 11, 20)


def day(text):
    return datetime.date.fromisoformat(text)


def axes(count, variables=("red", "nir", "ndvi", "scl"), step=6):
    roles = tuple(QUALITY if name == "scl" else DATA for name in variables)
    return SeriesAxes(tuple(START + step * i * DAY for i in range(count)), variables, roles, (None,) * count)


@pytest.fixture
def cloudy():
    rng = np.random.default_rng(11)
    values = rng.normal(0.3, 0.2, (6, 7, 25, 4)).astype(np.float32)
    values[rng.random((6, 7, 25)) < 0.5] = np.nan  # clouds
    values[..., 1][rng.random((6, 7, 25)) < 0.1] = np.nan  # a band with holes of its own
    values[0, 0] = np.nan
    return values


PERIODS = make_periods(MONTHS, axes(25).dates)
EVERY_METHOD = [(method, {}) for method in ("median", "mean", "minimum", "maximum")]
EVERY_METHOD += [("percentile", {"percentile": p}) for p in (0, 12.5, 75, 100)]


@pytest.mark.filterwarnings("ignore:All-NaN", "ignore:Mean of empty")
@pytest.mark.parametrize(("method", "more"), EVERY_METHOD)
def test_statistics_are_those_of_numpy(cloudy, method, more):
    before = axes(25)
    result = Composite(PERIODS, method, **more).apply(cloudy.copy(), before)
    reference = {
        "median": lambda v: np.nanmedian(v, axis=2),
        "mean": lambda v: np.nanmean(v.astype(float), axis=2),
        "minimum": lambda v: np.nanmin(v, axis=2),
        "maximum": lambda v: np.nanmax(v, axis=2),
        "percentile": lambda v: np.nanpercentile(v.astype(float), more.get("percentile", 0), axis=2),
    }[method]
    assert result.shape == (6, 7, len(PERIODS), 3) and result.dtype == np.float32
    for p, part in enumerate(dates_within(PERIODS, before.dates)):
        np.testing.assert_allclose(result[:, :, p], reference(cloudy[:, :, part, :3]), rtol=1e-5, atol=1e-6)
    assert np.isnan(result[0, 0]).all()


def one_observation(cloudy, before, choose):
    """The observation that ``choose(complete ones (k, variables), their dates)`` takes, pixel by pixel."""
    parts = dates_within(PERIODS, before.dates)
    expected = np.full((*cloudy.shape[:2], len(parts), 3), np.nan, dtype=np.float32)
    for row, column in np.ndindex(cloudy.shape[:2]):
        for p, part in enumerate(parts):
            dates = np.arange(25)[part]
            values = cloudy[row, column, part, :3]
            present = (~np.isnan(values)).sum(axis=1)
            most = present == present.max()
            if present.max() > 0:
                expected[row, column, p] = values[most][choose(values[most], dates[most])]
    return expected


def test_the_medoid_has_the_least_sum_of_distances(cloudy):
    def medoid(values, dates):
        sums = [sum(np.sqrt(np.nansum((a.astype(float) - b.astype(float)) ** 2)) for b in values) for a in values]
        return int(np.argmin(np.round(sums, 12)))

    before = axes(25)
    result = Composite(PERIODS, "medoid").apply(cloudy.copy(), before)
    np.testing.assert_array_equal(result, one_observation(cloudy, before, medoid))


def test_the_clearest_date_gives_its_clear_pixels(cloudy):
    before = axes(25)
    shares = np.random.default_rng(0).random(25).round(1)  # with ties
    step = Composite(PERIODS, "clear pixel of the clearest date", clear_shares=tuple(shares))
    expected = one_observation(cloudy, before, lambda values, dates: int(np.argmax(shares[dates])))
    np.testing.assert_array_equal(step.apply(cloudy.copy(), before), expected)


def test_the_maximum_of_an_index_brings_all_variables_of_its_day(cloudy):
    before = axes(25)
    cloudy[1, 1, :, 2] = np.nan
    cloudy[2, 2, :, 2] = 0.5
    result = Composite(PERIODS, "maximum of an index", index_variable="ndvi").apply(cloudy.copy(), before)
    for p, part in enumerate(dates_within(PERIODS, before.dates)):
        for row, column in np.ndindex(cloudy.shape[:2]):
            values = cloudy[row, column, part, :3]
            values = values[~np.isnan(values[:, 2])]
            complete = (~np.isnan(values)).sum(axis=1)
            values = values[complete == complete.max()] if len(values) else values
            expected = values[np.argmax(values[:, 2])] if len(values) else np.full(3, np.nan, np.float32)
            np.testing.assert_array_equal(result[row, column, p], expected)
    assert np.isnan(result[1, 1]).all()


def test_clear_observations_are_counted(cloudy):
    before = axes(25)
    step = Composite(PERIODS, "mean", count=True)
    after = step.axes_after(before)
    assert after.variables == ("red", "nir", "ndvi", "clear_count") and after.roles[-1] == QUALITY
    result = step.apply(cloudy.copy(), before)[..., 3]
    for p, part in enumerate(dates_within(PERIODS, before.dates)):
        expected = (~np.isnan(cloudy[:, :, part, :3])).any(axis=3).sum(axis=2)
        np.testing.assert_array_equal(result[:, :, p], expected)


def test_a_composite_bears_its_period_and_no_quality():
    after = Composite(PERIODS).axes_after(axes(25))
    assert after.dates[:2] == (day("2020-11-01"), day("2020-12-01"))
    assert after.date_ends[:2] == (day("2020-11-30"), day("2020-12-31"))
    assert after.variables == ("red", "nir", "ndvi")


def test_quality_may_stand_before_the_data():
    before = axes(3, ("scl", "red", "ndvi"), step=40)
    values = np.arange(9, dtype=np.float32).reshape(1, 1, 3, 3)
    periods = make_periods(MONTHS, before.dates)
    for method, more in (("median", {}), ("medoid", {}), ("maximum of an index", {"index_variable": "ndvi"})):
        result = Composite(periods, method, **more).apply(values.copy(), before)
        seen = [p for p, part in enumerate(dates_within(periods, before.dates)) if part.stop > part.start]
        np.testing.assert_array_equal(result[0, 0, seen], values[0, 0, :, 1:])


def test_months_are_whole_unless_they_are_cut():
    dates = [day("2020-11-20"), day("2021-02-03")]
    whole = make_periods(MONTHS, dates)
    assert [(str(p.first), str(p.last)) for p in whole] == [
        ("2020-11-01", "2020-11-30"),
        ("2020-12-01", "2020-12-31"),
        ("2021-01-01", "2021-01-31"),
        ("2021-02-01", "2021-02-28"),
    ]
    cut = make_periods(MONTHS, dates, start=day("2020-12-15"), end=day("2021-01-10"))
    assert cut == (Period(day("2020-12-15"), day("2020-12-31")), Period(day("2021-01-01"), day("2021-01-10")))


def test_equal_periods_cover_the_series():
    dates = [START, START + 33 * DAY]
    periods = make_periods(EVERY, dates, days=16)
    assert [(p.last - p.first).days for p in periods] == [15, 15, 15]
    assert periods[0].first == START and periods[-1].first == START + 32 * DAY
    assert make_periods(EVERY, dates, days=16, end=START + 33 * DAY)[-1].last == START + 33 * DAY
    assert len(make_periods(EVERY, [START], days=16)) == 1


def test_listed_periods_end_before_the_next():
    dates = [START, START + 100 * DAY]
    first, second = make_periods(LISTED, dates, starts=[START, START + 60 * DAY])
    assert (first.last, second.last) == (START + 59 * DAY, START + 100 * DAY)
    assert make_periods(LISTED, dates, starts=[START], end=START + 9 * DAY) == (Period(START, START + 9 * DAY),)


def test_periods_that_cannot_be_are_refused():
    with pytest.raises(ChronocoverError, match="before they begin"):
        make_periods(MONTHS, [START], start=START, end=START - DAY)
    with pytest.raises(ChronocoverError, match="before they begin"):
        make_periods(LISTED, [START], starts=[START + DAY])
    with pytest.raises(ChronocoverError, match="Take longer periods"):
        make_periods(EVERY, [START, START + 20_000 * DAY], days=1)
    with pytest.raises(ChronocoverError, match="No date of the series"):
        Composite((Period(day("1999-01-01"), day("1999-12-31")),)).axes_after(axes(3))


def test_an_unknown_index_is_refused():
    with pytest.raises(ChronocoverError, match=r"one of red, nir, ndvi; “evi” is none"):
        Composite(PERIODS, "maximum of an index", index_variable="evi").axes_after(axes(25))
    with pytest.raises(ChronocoverError, match="one of red, nir, ndvi; “scl” is none"):
        Composite(PERIODS, "maximum of an index", index_variable="scl").axes_after(axes(25))


def test_the_step_travels_between_processes():
    step = Composite(PERIODS, "percentile", 20.0, count=True)
    assert pickle.loads(pickle.dumps(step)) == step
