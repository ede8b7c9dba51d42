"""Bringing series onto other dates."""

import datetime

import numpy as np
import pytest
from real_ndvi import slovenia_ndvi
from steps_on_arrays import FIRST, axes, block

from chronocover.core.errors import ChronocoverError
from chronocover.core.series.image_series import QUALITY
from chronocover.core.series.steps import SeriesAxes
from chronocover.core.time_series.filling import interpolate_series
from chronocover.core.time_series.resampling import ResampleDates, listed_dates, regular_dates

NAN = np.nan


def after(*days):
    return tuple(FIRST + datetime.timedelta(days=day) for day in days)


def test_values_between_two_dates_lie_on_a_line_by_days():
    step = ResampleDates(after(0, 5, 12, 30))
    result = step.apply(block([0, 1, 4]), axes([0, 10, 30]))
    np.testing.assert_allclose(result[0, 0, :, 0], [0, 0.5, 1.3, 4], rtol=1e-6)


def test_missing_values_are_bridged_unless_the_gap_is_too_long():
    values, days = [0, NAN, 4, NAN, NAN, 8], [0, 10, 20, 30, 40, 100]
    bridged = ResampleDates(after(10, 60)).apply(block(values), axes(days))[0, 0, :, 0]
    np.testing.assert_allclose(bridged, [2, 6])
    limited = ResampleDates(after(10, 60), longest_gap=20).apply(block(values), axes(days))[0, 0, :, 0]
    np.testing.assert_allclose(limited, [2, NAN])


def test_beyond_the_ends_the_nearest_is_taken_within_the_tolerance():
    step = ResampleDates(after(-20, -5, 0, 15, 40, 60), tolerance=10)
    result = step.apply(block([NAN, 1, 2, NAN]), axes([0, 10, 30, 60]))
    np.testing.assert_allclose(result[0, 0, :, 0], [NAN, NAN, 1, 1.25, 2, NAN])
    assert step.dates_outside(axes([0, 10, 30, 60])) == [FIRST - datetime.timedelta(days=20)]
    assert (step.counts.values, step.counts.after) == (6, 3)


def test_composites_and_quality_variables_become_plain_data():
    dates = after(0, 31)
    monthly = SeriesAxes(dates, ("red", "scl", "nir"), ("data", QUALITY, "data"), after(30, 58))
    step = ResampleDates(after(0, 31))
    new = step.axes_after(monthly)
    assert (new.variables, new.roles, new.date_ends) == (("red", "nir"), ("data", "data"), (None, None))
    values = np.arange(12, dtype=np.float32).reshape(1, 2, 2, 3)
    np.testing.assert_array_equal(step.apply(values.copy(), monthly), values[..., [0, 2]])


@pytest.mark.parametrize("method", ["linear", "nearest", "spline", "cubic"])
def test_real_irregular_dates_become_regular_ones(method, data_folder):
    values, days = slovenia_ndvi(data_folder)
    image = values.reshape(101, 100, len(days), 1)
    target = regular_dates(FIRST, FIRST + datetime.timedelta(days=int(days[-1])), 38)
    assert len(target) == 24
    result = ResampleDates(target, method, tolerance=200).apply(image, axes(days))
    assert result.shape == (101, 100, 24, 1) and not np.isnan(result).any()
    expected = interpolate_series(values, days, np.arange(24) * 38, method)
    np.testing.assert_array_equal(result.reshape(-1, 24, 1), expected)


def test_regular_dates_end_at_the_last_that_fits():
    assert regular_dates(FIRST, FIRST + datetime.timedelta(days=25), 10) == after(0, 10, 20)
    assert regular_dates(FIRST, FIRST, 10) == after(0)
    with pytest.raises(ChronocoverError, match="end 2021-02-28 is before the start 2021-03-01"):
        regular_dates(FIRST, FIRST - datetime.timedelta(days=1), 10)
    with pytest.raises(ChronocoverError, match="at least 1"):
        regular_dates(FIRST, FIRST, 0)
    with pytest.raises(ChronocoverError, match="too many"):
        regular_dates(datetime.date(1970, 1, 1), datetime.date(2021, 1, 1), 1)


def test_a_list_of_dates_is_read_in_any_order():
    assert listed_dates(" 2021-03-11,2021-03-01;\n2021-03-11  20210321") == after(0, 10, 20)
    with pytest.raises(ChronocoverError, match="“tomorrow”, which is no date"):
        listed_dates("2021-03-01 tomorrow")
    with pytest.raises(ChronocoverError, match="empty"):
        listed_dates(" , \n")


def test_dates_of_another_time_are_refused():
    with pytest.raises(ChronocoverError, match=r"None of the 2 new dates \(2021-06-09 to 2021-06-19\)"):
        ResampleDates(after(100, 110)).axes_after(axes([0, 10, 20]))
