"""Composite, through QGIS."""

import datetime
import warnings

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsProcessingFeedback
from scenes import write_series

from chronocover.core.series.image_series import ImageSeries

DATES = ["2020-12-28", "2021-01-05", "2021-01-21", "2021-01-30", "2021-03-02", "2021-03-20"]
MONTHS = {"2020-12-01": [0], "2021-01-01": [1, 2, 3], "2021-02-01": [], "2021-03-01": [4, 5]}
NAN = np.nan


@pytest.fixture(scope="module")
def values():
    """``(dates, variables, rows, columns)`` with clouds; the upper left pixel was never seen."""
    rng = np.random.default_rng(8)
    values = rng.random((6, 3, 30, 20)).astype(np.float32)
    values[:, 2] = 4
    values[:, :2][np.repeat(rng.random((6, 1, 30, 20)) < 0.3, 2, axis=1)] = NAN
    values[:, :2, 0, 0] = NAN
    values[0, :2, -1] = NAN
    return values


@pytest.fixture(scope="module")
def series(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("séries") / "série.tif"
    return write_series(path, values, DATES, ["red", "nir", "scl"], quality=["scl"], nodata=NAN)


def read(path, variables=2):
    array = gdal.Open(path).ReadAsArray()
    return array.reshape(-1, variables, *array.shape[-2:])


class Log(QgsProcessingFeedback):
    def __init__(self):
        super().__init__()
        self.text, self.warnings = "", ""

    def pushInfo(self, text):
        self.text += text + "\n"

    def pushWarning(self, text):
        self.warnings += text + "\n"


def run_logged(**parameters):
    import processing

    log = Log()
    return processing.run("chronocover:compositeseries", parameters, feedback=log), log


def test_monthly_medians(qgis_app, series, values, tmp_path):
    empty = np.full((2, 30, 20), NAN)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of NumPy, for pixels without any value
        expected = [np.nanmedian(values[dates, :2], axis=0) if dates else empty for dates in MONTHS.values()]
    results, log = run_logged(SERIES=series, OUTPUT=str(tmp_path / "out.tif"))
    composite = read(results["OUTPUT"])
    np.testing.assert_allclose(composite, expected, rtol=1e-6)
    assert (results["DATES"], results["EMPTY_PERIODS"], results["VARIABLE_NAMES"]) == (4, 1, "red,nir")
    assert results["MISSING_SHARE"] == pytest.approx(100 * np.isnan(composite[:, 0]).mean())
    assert "periods from 2021-02-01." in log.warnings
    assert "still has scl. Were its clouds masked?" in log.warnings
    never_seen_in_january = 100 * np.isnan(composite[1, 0]).mean()
    assert f"2021-01-01 – 2021-01-31      3  {never_seen_in_january:5.1f} %" in log.text
    described = ImageSeries.open(results["OUTPUT"])
    assert [str(date) for date in described.dates] == list(MONTHS)
    assert described.bands[2].date_end == datetime.date(2021, 1, 31)
    assert gdal.Open(results["OUTPUT"]).GetMetadataItem("CHRONOCOVER_ALGORITHM") == "chronocover:compositeseries"


def test_the_clearest_date_first(run, series, values, tmp_path):
    results = run(
        "compositeseries", SERIES=series, METHOD="clear pixel of the clearest date", OUTPUT=str(tmp_path / "o.tif")
    )
    shares = (~np.isnan(values[:, 0])).mean(axis=(1, 2))
    expected = np.full((2, 30, 20), NAN, dtype=np.float32)
    for date in sorted(MONTHS["2021-01-01"], key=lambda date: -shares[date]):
        expected = np.where(np.isnan(expected), values[date, :2], expected)
    np.testing.assert_array_equal(read(results["OUTPUT"])[1], expected)


def test_counted_as_integers(run, series, values, tmp_path):
    results = run(
        "compositeseries",
        SERIES=series,
        METHOD="mean",
        COUNT=True,
        STORAGE="int16 in steps of 0.0001",
        OUTPUT=str(tmp_path / "o.tif"),
    )
    dataset = gdal.Open(results["OUTPUT"])
    counts = dataset.GetRasterBand(6)
    assert (counts.GetDescription(), counts.GetScale() or 1.0) == ("2021-01-01 clear_count", 1.0)
    np.testing.assert_array_equal(counts.ReadAsArray(), (~np.isnan(values[1:4, 0])).sum(axis=0))
    described = ImageSeries.open(results["OUTPUT"])
    assert (described.variables, described.quality_variables) == (["red", "nir"], ["clear_count"])
    mean = dataset.GetRasterBand(4).ReadAsArray()
    sums, seen = np.nansum(values[1:4, 0], axis=0), (~np.isnan(values[1:4, 0])).sum(axis=0)
    np.testing.assert_array_equal(mean == -32768, seen == 0)
    np.testing.assert_allclose(mean[seen > 0] * 1e-4, sums[seen > 0] / seen[seen > 0], atol=0.51e-4)


def test_other_periods(run, series, tmp_path):
    def periods(**parameters):
        results = run("compositeseries", SERIES=series, OUTPUT=str(tmp_path / "o.tif"), **parameters)
        bands = ImageSeries.open(results["OUTPUT"]).bands[::2]
        return [f"{band.date}/{band.date_end}" for band in bands]

    assert periods(PERIOD="every n days", DAYS=60) == ["2020-12-28/2021-02-25", "2021-02-26/2021-04-26"]
    assert periods(PERIOD="every n days", DAYS=40, START="2021-01-01", END="2021-03-01") == [
        "2021-01-01/2021-02-09",
        "2021-02-10/2021-03-01",
    ]
    assert periods(PERIOD="list of dates", STARTS="2021-01-10\n2021-03-01; 20210310") == [
        "2021-01-10/2021-02-28",
        "2021-03-01/2021-03-09",
        "2021-03-10/2021-03-20",
    ]


def test_composites_can_be_composited_again(run, series, tmp_path):
    first = run(
        "compositeseries",
        SERIES=series,
        PERIOD="every n days",
        DAYS=8,
        METHOD="maximum",
        OUTPUT=str(tmp_path / "a.tif"),
    )
    again = run("compositeseries", SERIES=first["OUTPUT"], METHOD="maximum", OUTPUT=str(tmp_path / "b.tif"))
    at_once = run("compositeseries", SERIES=series, METHOD="maximum", OUTPUT=str(tmp_path / "c.tif"))
    # 2021-01-05 and 2021-03-02 lie in eight days that begin in the same month, as do the others.
    np.testing.assert_array_equal(read(again["OUTPUT"])[0], read(at_once["OUTPUT"])[0])
    assert ImageSeries.open(again["OUTPUT"]).dates[0] == datetime.date(2020, 12, 1)


def test_one_date(run, values, tmp_path):
    series = write_series(tmp_path / "s.tif", values[:1, :2], DATES[:1], ["red", "nir"], nodata=NAN)
    for method in ("medoid", "median", "clear pixel of the clearest date"):
        results = run("compositeseries", SERIES=series, METHOD=method, OUTPUT=str(tmp_path / "o.tif"))
        np.testing.assert_array_equal(read(results["OUTPUT"]), values[:1, :2])


@pytest.mark.parametrize(
    ("parameters", "match"),
    [
        ({"METHOD": "maximum of an index"}, "one of red, nir; “ndvi” is none"),
        ({"PERIOD": "list of dates"}, "list of dates is empty"),
        ({"PERIOD": "list of dates", "STARTS": "soon"}, "“soon”, which is no date"),
        ({"START": "2022-01-01"}, "before they begin"),
        ({"END": "yesterday"}, "End: “yesterday” is not a date"),
        ({"START": "1999-01-01", "END": "1999-12-31"}, "No date of the series"),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence(run, series, tmp_path, parameters, match):
    with pytest.raises(QgsProcessingException, match=match):
        run("compositeseries", SERIES=series, OUTPUT=str(tmp_path / "out.tif"), **parameters)
    assert list(tmp_path.iterdir()) == []


def test_landsat_scenes_of_three_paths(run, data_folder, tmp_path):
    """Monthly composites hold real, clear values only: no fill of a scene's slanted edge reaches them."""
    built = run("buildseries", FOLDER=str(data_folder / "new_york_landsat8"), OUTPUT=str(tmp_path / "s.vrt"))
    clear = run("maskclouds", SERIES=built["OUTPUT"], OUTPUT=str(tmp_path / "m.tif"))["OUTPUT"]
    results = run("compositeseries", SERIES=clear, METHOD="medoid", OUTPUT=str(tmp_path / "c.tif"))
    source, composite = ImageSeries.open(built["OUTPUT"]), ImageSeries.open(results["OUTPUT"])
    assert (results["DATES"], results["EMPTY_PERIODS"]) == (12, 1)
    stored, made = gdal.Open(built["OUTPUT"]), gdal.Open(results["OUTPUT"])
    cloud = [2800, 2976, 3008, 2752, 3776, *range(6816, 7900)]  # published values of clouds, shadows and cirrus
    for period, end in {band.date: band.date_end for band in composite.bands}.items():
        made_nir = made.GetRasterBand(composite.band(period, "nir").index).ReadAsArray()
        candidates = []
        for date in source.dates:
            if period <= date <= end:
                nir, bqa = source.band(date, "nir"), source.band(date, "bqa")
                raw = stored.GetRasterBand(nir.index).ReadAsArray().astype(float)
                code = stored.GetRasterBand(bqa.index).ReadAsArray()
                usable = (raw != nir.nodata) & ~np.isin(code, [0, 1, *cloud])
                candidates.append(np.where(usable, raw * nir.scale + nir.offset, NAN))
        candidates = np.array(candidates).reshape(-1, *made_nir.shape)
        np.testing.assert_array_equal(np.isnan(made_nir), np.isnan(candidates).all(axis=0))
        seen = ~np.isnan(made_nir)
        assert (np.abs(candidates - made_nir)[:, seen] < 1e-6).any(axis=0).all()
        assert not seen.any() or made_nir[seen].min() > 0
