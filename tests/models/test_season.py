"""Which season of a series a model is applied to, and how its dates get onto the model's axis."""

import datetime

import numpy as np
import pytest
from linear_model import card_for
from scenes import write_series

from chronocover.core.errors import ChronocoverError
from chronocover.core.series.image_series import ImageSeries
from chronocover.models.card import TimeAxis, VariableRange
from chronocover.models.matching import check_units, match_variables
from chronocover.models.season import find_season, season_starts, tolerance_of, widest_gap


def day(text):
    return datetime.date.fromisoformat(text)


def every(first, step, count):
    return [day(first) + datetime.timedelta(days=step * i) for i in range(count)]


MODIS = every("2011-09-14", 16, 23)
AXIS = TimeAxis.of_dates(MODIS)


def test_the_models_own_dates_are_taken_as_they_are():
    season = find_season(AXIS, MODIS)
    assert season.exact and season.dates == tuple(MODIS) and season.start == MODIS[0]
    values = np.random.default_rng(1).random((5, 23, 2), dtype=np.float32)
    assert season.onto_axis(values) is values
    values[0, 3, 1] = np.nan
    filled = season.onto_axis(values)
    np.testing.assert_allclose(filled[0, 3, 1], (values[0, 2, 1] + values[0, 4, 1]) / 2, rtol=1e-6)


def test_more_dates_than_the_models_are_not_read():
    season = find_season(AXIS, sorted([*MODIS, *every("2011-09-20", 16, 22)]))
    assert season.exact and season.dates == tuple(MODIS)


def test_another_year_is_interpolated_onto_the_axis():
    dates = every("2014-09-01", 10, 40)
    season = find_season(AXIS, dates)
    assert season.start == day("2014-09-14") and not season.exact
    ordinals = np.array([date.toordinal() for date in season.dates], dtype=np.float64)
    values = np.sin(ordinals / 30)[None, :, None].astype(np.float32)
    targets = [season.start.toordinal() + offset for offset in AXIS.days]
    np.testing.assert_allclose(
        season.onto_axis(values)[0, :, 0], np.interp(targets, ordinals, values[0, :, 0]), atol=1e-6
    )


def test_only_the_season_is_read_from_a_long_series():
    season = find_season(AXIS, every("2014-01-01", 5, 120))
    assert season.start == day("2014-09-14")
    assert season.dates[0] >= day("2014-08-29") and season.dates[-1] <= day("2015-09-13")


def test_a_season_may_stick_out_a_little():
    assert tolerance_of(AXIS) == 16
    late = [date for date in every("2014-09-01", 10, 40) if date >= day("2014-09-20")]
    assert find_season(AXIS, late).start == day("2014-09-14")
    later = [date for date in late if date > day("2014-09-25")]
    with pytest.raises(ChronocoverError, match="does not cover"):
        find_season(AXIS, later)


def test_a_series_that_ends_early_is_refused_with_both_timelines():
    with pytest.raises(ChronocoverError) as caught:
        find_season(AXIS, MODIS[:15])
    assert "2011-09-14" in str(caught.value) and "2012-08-31" in str(caught.value)
    assert MODIS[14].isoformat() in str(caught.value)


def test_several_seasons_are_asked_about():
    dates = every("2014-09-01", 10, 120)
    assert season_starts(AXIS, dates) == [day("2014-09-14"), day("2015-09-14"), day("2016-09-14")]
    with pytest.raises(ChronocoverError, match="2014-09-14, 2015-09-14, 2016-09-14"):
        find_season(AXIS, dates)
    assert find_season(AXIS, dates, "2015").start == day("2015-09-14")
    assert find_season(AXIS, dates, " 2016-09-14 ").start == day("2016-09-14")
    with pytest.raises(ChronocoverError, match=r"starts in 2019.* It covers the seasons that start on 2014-09-14"):
        find_season(AXIS, dates, "2019")


def test_a_season_can_be_moved():
    season = find_season(AXIS, every("2014-01-01", 10, 60), "2014-03-01")
    assert season.start == day("2014-03-01")
    with pytest.raises(ChronocoverError, match="neither a year nor a date"):
        find_season(AXIS, MODIS, "last summer")


def test_a_season_that_starts_on_29_february():
    axis = TimeAxis.of_dates(every("2020-02-29", 20, 5))
    assert axis.season_start == "02-29"
    assert find_season(axis, every("2021-02-20", 10, 15)).start == day("2021-02-28")


def test_a_season_over_new_year_and_longer_than_a_year():
    axis = TimeAxis.of_dates(every("2018-11-01", 30, 20))
    assert find_season(axis, every("2019-10-25", 15, 50)).start == day("2019-11-01")


def test_a_model_of_one_date():
    axis = TimeAxis.of_dates([day("2021-07-01")])
    season = find_season(axis, [day("2023-07-04")])
    assert season.start == day("2023-07-01")
    values = np.array([[[0.5]]], dtype=np.float32)
    np.testing.assert_array_equal(season.onto_axis(values), values)
    with pytest.raises(ChronocoverError, match="does not cover"):
        find_season(axis, [day("2023-08-04")])


def test_a_gap_within_the_season_is_known():
    dates = [date for date in MODIS if not day("2012-01-01") < date < day("2012-04-01")]
    assert widest_gap(find_season(AXIS, dates)) > 90


DATES = every("2021-03-01", 30, 4)


def series(tmp_path, values, variables=("red", "nir"), **more):
    path = write_series(tmp_path / "s.tif", values, DATES, list(variables), **more)
    return ImageSeries.open(path)


def test_variables_match_by_name_in_the_models_order(tmp_path):
    found = series(tmp_path, np.zeros((4, 3, 8, 8), "uint8"), ["nir", "blue", "red"])
    assert match_variables(card_for(DATES, ["red", "nir"]), found) == ("red", "nir")
    with pytest.raises(ChronocoverError, match=r"lacks 1 .*swir[\s\S]*Model:  red, swir\nSeries: nir, blue, red"):
        match_variables(card_for(DATES, ["red", "swir"]), found)


def reflectance(shape=(4, 2, 60, 70), level=0.3):
    return (np.random.default_rng(2).random(shape) * 2 * level).astype("float32")


RANGES = {"red": VariableRange(0.02, 0.4), "nir": VariableRange(0.1, 0.6)}


def test_raw_integers_against_reflectance_are_refused_with_both_ranges(tmp_path):
    raw = series(tmp_path, (reflectance() * 10_000).astype("int16"))
    with pytest.raises(ChronocoverError, match=r"red: model 0.02 to 0.4, series [\s\S]*scale factor"):
        check_units(card_for(DATES, ["red", "nir"], ranges=RANGES), raw, DATES)


def test_reflectance_against_raw_integers_is_refused(tmp_path):
    ranges = {"red": VariableRange(200, 4000), "nir": VariableRange(1000, 6000)}
    with pytest.raises(ChronocoverError, match="another size"):
        check_units(card_for(DATES, ["red", "nir"], ranges=ranges), series(tmp_path, reflectance()), DATES)


def test_scaled_integers_dark_water_and_clouds_are_accepted(tmp_path):
    card = card_for(DATES, ["red", "nir"], ranges=RANGES)
    scaled = series(tmp_path, (reflectance() * 10_000).astype("int16"), scale=1e-4)
    check_units(card, scaled, DATES)
    water = reflectance(level=0.05)
    water[:, 1] /= 50
    check_units(card, series(tmp_path, water), DATES)
    clouds = reflectance()
    clouds[:, :, :20] = 5.0
    check_units(card, series(tmp_path, clouds), DATES)


def test_a_series_without_data_says_nothing_of_units(tmp_path):
    empty = series(tmp_path, np.full((4, 2, 10, 10), -1, "int16"), nodata=-1)
    check_units(card_for(DATES, ["red", "nir"], ranges=RANGES), empty, DATES)
