"""Temporal statistics and phenology, through QGIS."""

import datetime
import json

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsProcessingFeedback
from scenes import write_series

from chronocover.core.time_series.metric_names import METRICS
from chronocover.core.time_series.phenology import season_metrics

FIRST = datetime.date(2021, 9, 14)
DAYS = np.array([0, 14, 33, 50, 70, 95, 120, 133, 160, 200, 230, 250])
DATES = [str(FIRST + datetime.timedelta(days=int(day))) for day in DAYS]
NAN = np.nan


@pytest.fixture(scope="module")
def values():
    """``(dates, variables, rows, columns)``: a season over New Year, with gaps; one pixel was never seen."""
    rng = np.random.default_rng(6)
    peak = rng.uniform(90, 150, (40, 25))
    values = np.empty((12, 3, 40, 25), dtype=np.float32)
    values[:, 0] = 0.2 + 0.6 * np.exp(-(((DAYS[:, None, None] - peak) / 50) ** 2)) + rng.normal(0, 0.01, (12, 40, 25))
    values[:, 1] = rng.random((12, 40, 25))
    values[:, 0][rng.random((12, 40, 25)) < 0.25] = NAN
    values[:, :2, 0, 0] = NAN
    values[:, 2] = 4
    return values


@pytest.fixture(scope="module")
def series(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("séries") / "série.tif"
    return write_series(path, values, DATES, ["ndvi", "red", "scl"], quality=["scl"], nodata=NAN)


def bands(results):
    dataset = gdal.Open(results["OUTPUT"])
    found = [dataset.GetRasterBand(index + 1) for index in range(dataset.RasterCount)]
    return {band.GetDescription(): band.ReadAsArray() for band in found}


@pytest.mark.filterwarnings("ignore:All-NaN", "ignore:Mean of empty", "ignore:Degrees")
def test_statistics_of_all_data_variables(run, series, values, tmp_path):
    results = run(
        "temporalmetrics",
        SERIES=series,
        METRICS=["mean", "standard deviation", "percentiles"],
        PERCENTILES="10, 90",
        OUTPUT=str(tmp_path / "out.tif"),
    )
    found = bands(results)
    assert list(found) == [
        f"{variable} {metric}"
        for variable in ("ndvi", "red")
        for metric in ("mean", "standard deviation", "percentile 10", "percentile 90")
    ]
    assert results["BANDS"] == 8 and results["BAND_NAMES"] == "; ".join(found)
    for v, variable in enumerate(("ndvi", "red")):
        exact = values[:, v].astype(float)
        np.testing.assert_allclose(found[f"{variable} mean"], np.nanmean(exact, axis=0), rtol=1e-5)
        np.testing.assert_allclose(found[f"{variable} standard deviation"], np.nanstd(exact, axis=0), rtol=1e-4)
        np.testing.assert_allclose(found[f"{variable} percentile 90"], np.nanpercentile(exact, 90, axis=0), rtol=1e-5)
    dataset = gdal.Open(results["OUTPUT"])
    assert np.isnan(dataset.GetRasterBand(1).GetNoDataValue()) and np.isnan(found["ndvi mean"][0, 0])
    assert json.loads(dataset.GetMetadataItem("CHRONOCOVER_PARAMETERS"))["PERCENTILES"] == "10, 90"


def test_a_season_over_new_year(run, series, values, tmp_path):
    both = {}
    for unit in ("day of year", "days since the start of the season"):
        results = run(
            "temporalmetrics",
            SERIES=series,
            VARIABLES="ndvi",
            METRICS=["start of season", "peak of season", "end of season", "length of season"],
            SEASON_START="2021-09-01",
            DAY_UNIT=unit,
            THRESHOLD=50,
            OUTPUT=str(tmp_path / "out.tif"),
        )
        both[unit] = bands(results)
    since = both["days since the start of the season"]
    expected = season_metrics(np.ascontiguousarray(values[:, 0].reshape(12, -1).T), DAYS, 0.5)
    for i, name in enumerate(("start", "peak", "end")):
        band = since[f"ndvi {name} of season (days since 2021-09-01)"]
        np.testing.assert_allclose(band.ravel(), expected[:, i] + 13, rtol=1e-6)
    np.testing.assert_allclose(since["ndvi length of season (days)"].ravel(), expected[:, 3], rtol=1e-6)
    peaks = since["ndvi peak of season (days since 2021-09-01)"]
    of_year = both["day of year"]["ndvi peak of season (day of year)"]
    in_new_year = peaks >= 122  # 1 January 2022
    assert in_new_year.any() and (~in_new_year & ~np.isnan(peaks)).any()
    np.testing.assert_allclose(of_year[in_new_year], peaks[in_new_year] - 121, atol=1e-3)
    old = ~in_new_year & ~np.isnan(peaks)
    np.testing.assert_allclose(of_year[old], peaks[old] + 244, atol=1e-3)


def test_dates_outside_the_season_are_left_out(run, series, values, tmp_path):
    results = run(
        "temporalmetrics",
        SERIES=series,
        VARIABLES="red",
        METRICS=["maximum", "day of maximum"],
        SEASON_START=DATES[2],
        SEASON_END=DATES[5],
        DAY_UNIT="days since the start of the season",
        OUTPUT=str(tmp_path / "out.tif"),
    )
    found = bands(results)
    part = values[2:6, 1, 1:]
    np.testing.assert_array_equal(found["red maximum"][1:], part.max(axis=0))
    expected = DAYS[2:6][part.argmax(axis=0)] - DAYS[2]
    np.testing.assert_array_equal(found[f"red day of maximum (days since {DATES[2]})"][1:], expected)


def test_the_same_for_any_number_of_threads(run, tmp_path, series):
    from chronocover.core.blocks import EngineOptions
    from chronocover.core.series.image_series import ImageSeries
    from chronocover.core.series.metrics_raster import write_metrics
    from chronocover.core.time_series.metric_names import metric_bands

    opened = ImageSeries.open(series)
    wanted = metric_bands(["ndvi", "red"], METRICS, (25,))
    arrays = []
    for threads, memory in ((1, 0), (3, 1)):
        path = str(tmp_path / f"{threads}.tif")
        write_metrics(opened, wanted, path, dates=opened.dates, options=EngineOptions(memory, threads))
        arrays.append(gdal.Open(path).ReadAsArray())
    np.testing.assert_array_equal(*arrays)
    assert arrays[0].shape == (2 * len(METRICS), 40, 25)


def test_several_years_and_few_dates_are_warned_of(qgis_app, values, tmp_path):
    import processing

    class Log(QgsProcessingFeedback):
        text = ""

        def pushWarning(self, text):
            Log.text += text

    dates = [f"{2019 + i}-06-01" for i in range(3)]
    series = write_series(tmp_path / "s.tif", values[:3, :1], dates, ["ndvi"], nodata=NAN)
    parameters = {"SERIES": series, "OUTPUT": str(tmp_path / "out.tif")}
    processing.run("chronocover:temporalmetrics", parameters, feedback=Log())
    assert "span 731 days" in Log.text and "3 dates is a rough guess" in Log.text


def test_one_date(run, values, tmp_path):
    series = write_series(tmp_path / "s.tif", values[:1, 1:2], DATES[:1], ["red"], nodata=NAN)
    found = bands(run("temporalmetrics", SERIES=series, METRICS=list(METRICS), OUTPUT=str(tmp_path / "out.tif")))
    np.testing.assert_array_equal(found["red mean"], values[0, 1])
    assert np.nanmax(found["red standard deviation"]) == 0
    assert np.isnan(found["red start of season (day of year)"]).all()


@pytest.mark.parametrize(
    ("parameters", "match"),
    [
        ({"VARIABLES": "ndvi, evi"}, "no variable “evi”. It has: ndvi, red, scl"),
        ({"METRICS": ["percentiles"], "PERCENTILES": ""}, "needs percentiles"),
        ({"PERCENTILES": "101"}, "not between 0 and 100"),
        ({"SEASON_START": "spring"}, "First day: “spring” is not a date"),
        ({"SEASON_START": "2030-01-01"}, "no date from 2030-01-01"),
        ({"SEASON_START": "2022-03-01", "SEASON_END": "2022-01-01"}, "no date from 2022-03-01 to 2022-01-01"),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence(run, series, tmp_path, parameters, match):
    with pytest.raises(QgsProcessingException, match=match):
        run("temporalmetrics", SERIES=series, OUTPUT=str(tmp_path / "out.tif"), **parameters)
    assert list(tmp_path.iterdir()) == []


def test_a_series_of_masks_alone_has_nothing_to_describe(run, tmp_path):
    masks = write_series(
        tmp_path / "m.tif", np.zeros((2, 1, 3, 3), "uint8"), ["2021-03-01", "2021-04-01"], ["scl"], ["scl"]
    )
    with pytest.raises(QgsProcessingException, match="only quality variables"):
        run("temporalmetrics", SERIES=masks, OUTPUT=str(tmp_path / "out.tif"))


def test_the_season_of_soya_fields(run, data_folder, tmp_path):
    """Mato Grosso, sown in spring of the south: the main season rises in October to December, over New Year."""
    files = sorted((data_folder / "mato_grosso_modis").glob("*.tif"))
    evi = np.stack([gdal.Open(str(path)).ReadAsArray()[:1] for path in files]).astype(np.float32)
    dates = [f"{p.name[8:12]}-{p.name[12:14]}-{p.name[14:16]}" for p in files]
    series = write_series(tmp_path / "s.tif", evi, dates, ["evi"])
    found = bands(run("temporalmetrics", SERIES=series, SEASON_END="2012-03-01", OUTPUT=str(tmp_path / "out.tif")))
    start, end = found["evi start of season (day of year)"], found["evi end of season (day of year)"]
    crops = found["evi amplitude"] > 0.35
    assert crops.sum() > 100
    assert 270 <= np.nanmedian(start[crops]) <= 350
    assert np.nanmedian(end[crops]) < 80
