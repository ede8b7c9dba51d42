"""Smooth, through QGIS."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException
from scenes import write_series
from scipy.ndimage import median_filter
from scipy.signal import savgol_filter

from chronocover.core.series.image_series import ImageSeries

DATES = ["2021-04-01", "2021-04-11", "2021-04-21", "2021-05-01", "2021-05-11", "2021-05-21", "2021-05-31"]
NAN = np.nan


@pytest.fixture(scope="module")
def values():
    generator = np.random.default_rng(1)
    values = generator.random((7, 3, 20, 30)).astype("float32")
    values[:, 2] = generator.choice([0, 50, 100], (7, 20, 30))
    return values


@pytest.fixture(scope="module")
def series(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("à lisser") / "série.tif"
    return write_series(path, values, DATES, ["red", "nir", "clouds"], quality=["clouds"], nodata=NAN)


@pytest.fixture
def smooth(run, series, tmp_path):
    def run_smoothing(**parameters):
        parameters = {"SERIES": series, "OUTPUT": str(tmp_path / "out.tif"), **parameters}
        path = run("smoothseries", **parameters)["OUTPUT"]
        array = gdal.Open(path).ReadAsArray()
        return array.reshape(len(ImageSeries.open(path).dates), -1, *array.shape[1:])

    return run_smoothing


def test_savitzky_golay_is_the_default(smooth, values):
    result = smooth()
    expected = savgol_filter(values[:, :2].astype(float), 5, 2, axis=0, mode="interp")
    np.testing.assert_allclose(result[:, :2], expected, atol=1e-6)
    np.testing.assert_array_equal(result[:, 2], values[:, 2])


def test_window_and_order_are_taken(smooth, values):
    result = smooth(WINDOW=7, ORDER=3, VARIABLES="nir")
    expected = savgol_filter(values[:, 1].astype(float), 7, 3, axis=0, mode="interp")
    np.testing.assert_allclose(result[:, 1], expected, atol=1e-6)
    np.testing.assert_array_equal(result[:, 0], values[:, 0])


def test_moving_median(smooth, values):
    result = smooth(METHOD="moving median", WINDOW=3)
    np.testing.assert_array_equal(result[1:-1, :2], median_filter(values, (3, 1, 1, 1))[1:-1, :2])


def dense(values, strength, weights):
    second = np.diff(np.eye(7), 2, axis=0)
    curve = np.empty(values.shape)
    for place in np.ndindex(values.shape[1:]):
        weight = weights[(slice(None), *place)]
        system = np.diag(weight) + strength * second.T @ second
        curve[(slice(None), *place)] = np.linalg.solve(system, weight * values[(slice(None), *place)])
    return curve


def test_whittaker(smooth, values):
    result = smooth(METHOD="Whittaker", LAMBDA=3)
    np.testing.assert_allclose(result[:, 0], dense(values[:, 0], 3, np.ones((7, 20, 30))), atol=1e-5)


def test_whittaker_with_weights_from_a_cloud_probability(smooth, values):
    result = smooth(METHOD="Whittaker", LAMBDA=3, WEIGHT_VARIABLE="clouds", WEIGHTS="0=1, 100=0.2")
    expected = dense(values[:, 0], 3, 1 - 0.008 * values[:, 2])
    np.testing.assert_allclose(result[:, 0], expected, atol=1e-5)
    np.testing.assert_array_equal(result[:, 2], values[:, 2])


def test_whittaker_bridges_gaps_and_the_others_leave_them(smooth, values, tmp_path):
    cloudy = values[:, :1].copy()
    cloudy[2:4] = NAN
    series = write_series(tmp_path / "cloudy.tif", cloudy, DATES, ["red"], nodata=NAN)
    assert not np.isnan(smooth(SERIES=series, METHOD="Whittaker")).any()
    for method in ("Savitzky-Golay", "moving median"):
        assert (np.isnan(smooth(SERIES=series, METHOD=method)) == np.isnan(cloudy)).all()


def test_what_does_not_fit_is_said(smooth, tmp_path):
    with pytest.raises(QgsProcessingException, match="must be odd"):
        smooth(WINDOW=4)
    with pytest.raises(QgsProcessingException, match="longer than the series, which has 7"):
        smooth(WINDOW=9)
    with pytest.raises(QgsProcessingException, match="order 5 does not fit a window of 5"):
        smooth(ORDER=5)
    with pytest.raises(QgsProcessingException, match="no variable “scl”"):
        smooth(METHOD="Whittaker", WEIGHT_VARIABLE="scl")
    with pytest.raises(QgsProcessingException, match="“good”, which is not value=weight"):
        smooth(METHOD="Whittaker", WEIGHT_VARIABLE="clouds", WEIGHTS="good")
    assert not (tmp_path / "out.tif").exists()
