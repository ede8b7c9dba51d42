"""Prepare series, through QGIS: one pass gives what the single algorithms give one after the other."""

import datetime

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsProcessingFeedback
from scenes import write_series

from chronocover.core.series.image_series import ImageSeries

NAN = np.nan
FIRST = datetime.date(2021, 3, 3)
DATES = [str(FIRST + datetime.timedelta(days=int(day))) for day in (0, 5, 11, 20, 28, 41, 47, 55, 70, 74, 85, 99)]
BAD_CODES = [0, 1, 3, 8, 9, 10]


@pytest.fixture(scope="module")
def values():
    """Int16 ``(dates, variables, rows, columns)``: the third date is all cloud, the upper left pixel is never clear."""
    rng = np.random.default_rng(5)
    values = np.empty((len(DATES), 4, 90, 70), dtype=np.int16)
    values[:, :3] = rng.integers(100, 6000, (len(DATES), 3, 90, 70))
    clouded = rng.random((len(DATES), 90, 70)) < 0.3
    clouded[2] = True
    clouded[:, 0, 0] = True
    values[:, 3] = np.where(clouded, rng.choice(BAD_CODES, clouded.shape), rng.choice([4, 5, 6], clouded.shape))
    values[4, :3, 20:30] = -32768
    return values


@pytest.fixture(scope="module")
def series(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("séries à préparer") / "série.tif"
    tiles = ["TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=32"]
    return write_series(path, values, DATES, ["blue", "red", "nir", "scl"], ["scl"], 1e-4, nodata=-32768, options=tiles)


def read(path):
    return gdal.Open(path).ReadAsArray()


class Log(QgsProcessingFeedback):
    def __init__(self):
        super().__init__()
        self.warnings = []

    def pushWarning(self, text):
        self.warnings.append(text)


def prepare_logged(**parameters):
    import processing

    log = Log()
    return processing.run("chronocover:prepareseries", parameters, feedback=log), log.warnings


EVERYTHING = [
    (
        {"SMOOTH": "Savitzky-Golay", "INDICES": ["NDVI", "EVI"]},
        [
            ("maskclouds", {}),
            ("resampleseries", {}),
            ("fillgaps", {}),
            ("smoothseries", {}),
            ("spectralindices", {"INDICES": ["NDVI", "EVI"]}),
        ],
    ),
    (
        {
            "MASK": "values", "MASK_VALUES": "8-10", "MASK_GROW": 2, "MASK_MAX_CLOUDED": 90,
            "REGULAR": "composite: calendar months", "COMPOSITE_METHOD": "maximum of an index", "COMPOSITE_COUNT": True,
            "FILL": "nearest", "FILL_VARIABLES": "red,ndvi", "INDICES": ["NDVI"],
        },
        [
            ("maskclouds", {"PRESET": "values", "VALUES": "8-10", "GROW": 2, "MAX_CLOUDED": 90}),
            ("spectralindices", {"INDICES": ["NDVI"]}),
            ("compositeseries", {"METHOD": "maximum of an index", "COUNT": True}),
            ("fillgaps", {"METHOD": "nearest", "VARIABLES": "red,ndvi"}),
        ],
    ),
    (
        {
            "REGULAR": "composite: every n days", "DAYS": 25, "START": "2021-03-06", "END": "2021-06-01",
            "COMPOSITE_METHOD": "clear pixel of the clearest date", "FILL": "none", "MASK_MAX_CLOUDED": 80,
        },
        [
            ("maskclouds", {"MAX_CLOUDED": 80}),
            (
                "compositeseries",
                {
                    "PERIOD": "every n days", "DAYS": 25, "START": "2021-03-06", "END": "2021-06-01",
                    "METHOD": "clear pixel of the clearest date",
                },
            ),
        ],
    ),
    (
        {
            "REGULAR": "as they are", "FILL": "none", "SMOOTH": "Whittaker", "SMOOTH_LAMBDA": 3, "INDEX_FIRST": True,
            "INDEX_EXPRESSIONS": "ratio = nir / red", "INDEX_MODE": "replace the variables",
        },
        [
            ("maskclouds", {}),
            ("spectralindices", {"INDICES": [], "EXPRESSIONS": "ratio = nir / red", "MODE": "replace the variables"}),
            ("smoothseries", {"METHOD": "Whittaker", "LAMBDA": 3}),
        ],
    ),
    (
        {
            "REGULAR": "as they are", "FILL": "none", "SMOOTH": "Whittaker", "MASK_KEEP_QUALITY": True,
            "SMOOTH_WEIGHT_VARIABLE": "scl", "SMOOTH_WEIGHTS": "4=1, 6=0.2",
        },
        [
            ("maskclouds", {"KEEP_QUALITY": True}),
            ("smoothseries", {"METHOD": "Whittaker", "WEIGHT_VARIABLE": "scl", "WEIGHTS": "4=1, 6=0.2"}),
        ],
    ),
    (
        {"MASK": "none", "REGULAR": "resample: list of dates", "DATES_LIST": "2021-03-20 2021-05-01", "FILL": "none"},
        [("resampleseries", {"TARGET": "list of dates", "DATES_LIST": "2021-03-20 2021-05-01"})],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("parameters", "steps"), EVERYTHING)
def test_one_pass_equals_the_steps_one_by_one(run, series, tmp_path, parameters, steps):
    path = series
    for number, (name, given) in enumerate(steps):
        path = run(name, SERIES=path, OUTPUT=str(tmp_path / f"{number}.tif"), **given)["OUTPUT"]
    results = run("prepareseries", SERIES=series, OUTPUT=str(tmp_path / "prepared.tif"), **parameters)
    np.testing.assert_array_equal(read(results["OUTPUT"]), read(path))
    prepared, expected = (ImageSeries.open(each).bands for each in (results["OUTPUT"], path))
    assert [band.metadata() for band in prepared] == [band.metadata() for band in expected]
    assert not np.isnan(read(path)).all()


def test_as_it_is_set_the_result_is_regular_and_without_gaps(run, series, values, tmp_path):
    results = run("prepareseries", SERIES=series, OUTPUT=str(tmp_path / "out.tif"))
    days = ImageSeries.open(results["OUTPUT"]).dates
    assert {(later - day).days for day, later in zip(days, days[1:])} == {10}
    missing = np.isnan(read(results["OUTPUT"]))
    assert missing[:, 0, 0].all() and missing.sum() == len(missing)  # only the pixel that is never clear
    clear = ~np.isin(values[:, 3], BAD_CODES) & (values[:, 0] != -32768)
    assert results["CLEAR_SHARE"] == pytest.approx(100 * clear.mean())
    assert results["NEVER_CLEAR_SHARE"] == pytest.approx(100 / (90 * 70))
    assert results["MISSING_SHARE"] == pytest.approx(100 / (90 * 70))
    assert (results["DATES"], results["VARIABLE_NAMES"], results["DATES_DROPPED"]) == (10, "blue,red,nir", 0)


def test_without_a_quality_variable_nothing_is_masked_and_that_is_told(qgis_app, values, tmp_path):
    plain = write_series(tmp_path / "s.tif", values[:, :3], DATES, ["blue", "red", "nir"], scale=1e-4, nodata=-32768)
    results, warnings = prepare_logged(SERIES=plain, OUTPUT=str(tmp_path / "out.tif"))
    assert len(warnings) == 1 and "no quality variable, so no clouds are masked" in warnings[0]
    assert results["CLEAR_SHARE"] == pytest.approx(100 * (values[:, 0] != -32768).mean())
    _, warnings = prepare_logged(SERIES=plain, MASK="none", OUTPUT=str(tmp_path / "out.tif"))
    assert warnings == []


def test_separate_masks(run, series, values, tmp_path):
    images = write_series(tmp_path / "s.tif", values[:, :3], DATES, ["blue", "red", "nir"], scale=1e-4, nodata=-32768)
    masks = write_series(tmp_path / "m.tif", values[:, 3:], DATES, ["scl"], ["scl"])
    own, separate = (
        run("prepareseries", OUTPUT=str(tmp_path / name), **given)["OUTPUT"]
        for name, given in (("a.tif", {"SERIES": series}), ("b.tif", {"SERIES": images, "MASK_SERIES": masks}))
    )
    np.testing.assert_array_equal(read(separate), read(own))


def fails(run, match, tmp_path, **parameters):
    with pytest.raises(QgsProcessingException, match=match):
        run("prepareseries", OUTPUT=str(tmp_path / "out.tif"), **parameters)
    assert not (tmp_path / "out.tif").exists()


def test_what_does_not_fit_is_told_in_a_sentence(run, series, values, tmp_path):
    plain = write_series(tmp_path / "s.tif", values[:, :3], DATES, ["blue", "red", "nir"])
    fails(run, "has no quality variable; its variables are", tmp_path, SERIES=plain, MASK="HLS Fmask")
    fails(run, "no variable “fmask”", tmp_path, SERIES=plain, MASK_QUALITY="fmask")
    fails(run, "window of 99 dates is longer", tmp_path, SERIES=series, SMOOTH="moving median", SMOOTH_WINDOW=99)
    fails(run, "“START”|“Start”|First day|Start", tmp_path, SERIES=series, START="yesterday")
    fails(run, "is before the start", tmp_path, SERIES=series, START="2021-05-01", END="2021-04-01")
    fails(run, "list of dates is empty", tmp_path, SERIES=series, REGULAR="composite: list of dates")
    fails(run, "EVI needs reflectances", tmp_path, SERIES=plain, INDICES=["EVI"])
    fails(run, "Raise the limit", tmp_path, SERIES=series, MASK_MAX_CLOUDED=0)
    nothing = {"MASK": "none", "REGULAR": "as they are", "FILL": "none"}
    fails(run, "nothing to do", tmp_path, SERIES=series, **nothing)


def test_a_cancelled_run_leaves_nothing(qgis_app, series, tmp_path):
    import processing

    feedback = QgsProcessingFeedback()
    feedback.cancel()
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        processing.run(
            "chronocover:prepareseries", {"SERIES": series, "OUTPUT": str(tmp_path / "o.tif")}, feedback=feedback
        )
    assert list(tmp_path.iterdir()) == []


def test_a_real_cloudy_series_becomes_regular_and_free_of_gaps(run, data_folder, tmp_path):
    """67 uneven Sentinel-2 dates with cloud masks; 24 months of them."""
    folder = str(data_folder / "slovenia_sentinel2")
    raw = run("buildseries", FOLDER=folder, PATTERN="S2_*.tif", OUTPUT=str(tmp_path / "s.vrt"))["OUTPUT"]
    two_years = {"START": "2016-01-01", "END": "2017-12-31", "REGULAR": "composite: calendar months"}
    results = run("prepareseries", SERIES=raw, OUTPUT=str(tmp_path / "months.tif"), **two_years)
    months = ImageSeries.open(results["OUTPUT"]).dates
    assert months == [datetime.date(year, month, 1) for year in (2016, 2017) for month in range(1, 13)]
    assert results["MISSING_SHARE"] == 0 and not np.isnan(read(results["OUTPUT"])).any()
    assert 55 < results["CLEAR_SHARE"] < 65
    every = run("prepareseries", SERIES=raw, DAYS=38, SMOOTH="Whittaker", OUTPUT=str(tmp_path / "even.tif"))
    assert (every["DATES"], every["MISSING_SHARE"]) == (24, 0)


def test_real_composites_have_no_stripes_at_the_edges_of_scenes(run, data_folder, tmp_path):
    """Monthly Landsat composites of three overlapping paths: the fill around a scene darkens no pixel beside it."""
    folder = str(data_folder / "new_york_landsat8")
    raw = run("buildseries", FOLDER=folder, OUTPUT=str(tmp_path / "s.vrt"))["OUTPUT"]
    monthly = {"REGULAR": "composite: calendar months", "FILL": "none"}
    results = run("prepareseries", SERIES=raw, OUTPUT=str(tmp_path / "months.tif"), **monthly)
    assert results["DATES"] == 12 and 10 < results["CLEAR_SHARE"] < 40
    described, stored = ImageSeries.open(results["OUTPUT"]), read(results["OUTPUT"])
    checked = 0
    for month in described.dates:
        blue = stored[described.band(month, "blue").index - 1]
        seen = ~np.isnan(blue)
        edge = seen & ~(np.roll(seen, 1, 1) & np.roll(seen, -1, 1) & np.roll(seen, 1, 0) & np.roll(seen, -1, 0))
        if (seen & ~edge).sum() > 300:
            inside = blue[seen & ~edge]
            assert blue[edge].min() > 0.8 * np.percentile(inside, 0.5)  # half fill would be below 0
            checked += 1
    assert checked >= 6
