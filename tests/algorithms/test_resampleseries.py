"""Resample dates, through QGIS."""

import datetime

import numpy as np
import pytest
from linear_model import card_for, write_linear_model
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsProcessingFeedback
from scenes import write_raster, write_series

from chronocover.core.series.image_series import ImageSeries
from chronocover.core.time_series.filling import interpolate_series

DATES = ["2021-03-01", "2021-03-11", "2021-03-16", "2021-04-20", "2021-05-01", "2021-05-31"]
DAYS = np.array([0, 10, 15, 50, 61, 91])
NAN = np.nan


@pytest.fixture(scope="module")
def values():
    """``(dates, variables, rows, columns)``, the last variable a scene classification."""
    generator = np.random.default_rng(1)
    values = generator.random((6, 3, 20, 30)).astype("float32")
    values[generator.random(values.shape) < 0.3] = NAN
    return values


@pytest.fixture(scope="module")
def series(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("à régulariser") / "série.tif"
    return write_series(path, values, DATES, ["red", "nir", "scl"], quality=["scl"], nodata=NAN)


@pytest.fixture
def resample(run, series, tmp_path):
    """Run it; returns the results, the dates, and the values ``(dates, variables, rows, columns)``."""

    def run_resampling(**parameters):
        results = run("resampleseries", **{"SERIES": series, "OUTPUT": str(tmp_path / "out.tif"), **parameters})
        made = ImageSeries.open(results["OUTPUT"])
        array = gdal.Open(results["OUTPUT"]).ReadAsArray()
        array = array.reshape(len(made.dates), len(made.variables), *array.shape[-2:])
        return results, [date.isoformat() for date in made.dates], array

    return run_resampling


def on_days(values, targets, method="linear", longest_gap=np.inf, tolerance=16):
    dates, _, rows, columns = values.shape
    pixels = np.moveaxis(values[:, :2].reshape(dates, 2, -1), 2, 0)
    result = interpolate_series(pixels, DAYS, np.asarray(targets), method, longest_gap, tolerance)
    return np.moveaxis(result, 0, 2).reshape(len(targets), 2, rows, columns)


def test_every_ten_days_by_default(resample, values):
    results, dates, array = resample()
    assert dates[:3] == ["2021-03-01", "2021-03-11", "2021-03-21"] and dates[-1] == "2021-05-30"
    np.testing.assert_array_equal(array, on_days(values, np.arange(0, 91, 10)))
    assert (results["DATES"], results["VARIABLE_NAMES"]) == (10, "red,nir")
    assert results["MISSING"] == pytest.approx(100 * np.isnan(array).mean())
    assert 0 < results["MISSING"] < 20


@pytest.mark.parametrize("method", ["nearest", "spline", "cubic"])
def test_a_step_a_period_and_another_method(resample, values, method):
    period = {"STEP": 15, "START": "2021-03-08", "END": "20210601", "METHOD": method}
    results, _, array = resample(**period, TOLERANCE=3, LONGEST_GAP=40)
    assert (results["FIRST_DATE"], results["LAST_DATE"]) == ("2021-03-08", "2021-05-22")
    np.testing.assert_array_equal(array, on_days(values, np.arange(7, 90, 15), method, 40, 3))


def test_a_list_of_dates(resample, values):
    _, dates, array = resample(TARGET="list of dates", DATES_LIST="2021-05-01, 2021-03-11\n2021-04-01")
    assert dates == ["2021-03-11", "2021-04-01", "2021-05-01"]
    np.testing.assert_array_equal(array, on_days(values, [10, 31, 61]))


def test_the_dates_of_another_series(resample, values, tmp_path):
    days = ["2021-03-06", "2021-04-06"]
    other = write_series(tmp_path / "other.tif", np.zeros((2, 1, 3, 3), "uint8"), days, ["vv"], epsg=4326, pixel=0.1,
                         origin=(10, 50))  # fmt: skip
    _, dates, array = resample(TARGET="dates of another series", OTHER=other)
    assert dates == days
    np.testing.assert_array_equal(array, on_days(values, [5, 36]))


def model_of(path, first, days):
    start = datetime.date.fromisoformat(first)
    return write_linear_model(path, card_for([start + datetime.timedelta(days=day) for day in days], ["red"]))


def test_the_time_axis_of_a_model_of_another_year(resample, values, tmp_path):
    model = model_of(tmp_path / "modèle.onnx", "2018-03-05", [0, 30, 60, 80])
    _, dates, array = resample(TARGET="time axis of a model", MODEL=model)
    assert dates == ["2021-03-05", "2021-04-04", "2021-05-04", "2021-05-24"]
    np.testing.assert_array_equal(array, on_days(values, [4, 34, 64, 84]))


def test_a_model_on_a_series_of_several_years(resample, tmp_path):
    dates = [datetime.date(2020, 3, 1) + datetime.timedelta(days=15 * i) for i in range(50)]  # to March 2022
    series = write_series(tmp_path / "years.tif", np.ones((50, 1, 2, 2), "float32"), dates, ["red"])
    model = model_of(tmp_path / "model.onnx", "2018-04-01", [0, 90, 180])
    _, found, _ = resample(SERIES=series, TARGET="time axis of a model", MODEL=model)
    assert found == ["2020-04-01", "2020-06-30", "2020-09-28", "2021-04-01", "2021-06-30", "2021-09-28"]
    _, found, _ = resample(SERIES=series, TARGET="time axis of a model", MODEL=model, SEASON="2021")
    assert found == ["2021-04-01", "2021-06-30", "2021-09-28"]


def test_dates_outside_of_the_series_are_empty_and_told(qgis_app, series, tmp_path):
    import processing

    feedback = QgsProcessingFeedback(False)
    parameters = {"SERIES": series, "TARGET": "list of dates", "DATES_LIST": "2021-03-01,2022-03-01"}
    results = processing.run(
        "chronocover:resampleseries", {**parameters, "OUTPUT": str(tmp_path / "o.tif")}, feedback=feedback
    )
    assert "1 new dates are outside of the series and stay empty: 2022-03-01" in feedback.textLog()
    array = gdal.Open(results["OUTPUT"]).ReadAsArray()
    assert np.isnan(array[2:]).all() and not np.isnan(array[:2]).all()


def test_what_is_wrong_is_said(resample, tmp_path):
    def refused(message, **parameters):
        with pytest.raises(QgsProcessingException, match=message):
            resample(**parameters)

    refused("Last day: “never” is not a date", END="never")
    refused("end 2021-02-01 is before the start", END="2021-02-01")
    refused("list of dates is empty", TARGET="list of dates")
    refused("“soon”, which is no date", TARGET="list of dates", DATES_LIST="soon")
    refused("None of the 1 new dates", TARGET="list of dates", DATES_LIST="2019-01-01")
    refused("Choose the other series", TARGET="dates of another series")
    plain = write_raster(tmp_path / "plain.tif", np.ones((3, 3), "float32"))
    refused("is not an image series", TARGET="dates of another series", OTHER=plain)
    refused("Choose the model", TARGET="time axis of a model")
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no model")
    refused("not an ONNX model", TARGET="time axis of a model", MODEL=str(broken))
    winter = model_of(tmp_path / "winter.onnx", "2018-10-01", [0, 60, 120])
    refused(r"does not cover the model's season[\s\S]*10-01", TARGET="time axis of a model", MODEL=winter)
    assert not (tmp_path / "out.tif").exists()
