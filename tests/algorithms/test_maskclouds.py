"""Mask clouds, through QGIS."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import NULL, QgsProcessingException, QgsProcessingFeedback
from scenes import write_raster, write_series

from chronocover.core.series.image_series import ImageSeries

DATES = ["2021-03-01", "2021-03-11", "2021-04-20", "2021-05-01", "2021-06-30"]
NAN = np.nan
CLEAR_CODES, BAD_CODES = [2, 4, 5, 6, 7, 11], [0, 1, 3, 8, 9, 10]


@pytest.fixture(scope="module")
def values():
    """``(dates, variables, rows, columns)``: the third date is all cloud, the upper left pixel is never clear."""
    rng = np.random.default_rng(2)
    values = rng.random((5, 3, 40, 30)).astype(np.float32)
    clouded = rng.random((5, 40, 30)) < np.array([0.2, 0.6, 1.0, 0.0, 0.3])[:, None, None]
    clouded[:, 0, 0] = True
    values[:, 2] = np.where(clouded, rng.choice(BAD_CODES, clouded.shape), rng.choice(CLEAR_CODES, clouded.shape))
    values[4, :2, 10:14] = NAN  # a hole that is no cloud
    return values


@pytest.fixture(scope="module")
def series(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("séries nuageuses") / "série.tif"
    return write_series(path, values, DATES, ["red", "nir", "scl"], quality=["scl"], nodata=NAN)


def read(path, variables=2):
    array = gdal.Open(path).ReadAsArray()
    return array.reshape(-1, variables, *array.shape[-2:])


def masked(values):
    expected = values[:, :2].copy()
    expected[np.repeat(np.isin(values[:, 2:], BAD_CODES), 2, axis=1)] = NAN
    return expected


class Log(QgsProcessingFeedback):
    def __init__(self):
        super().__init__()
        self.lines, self.warnings = [], []

    def pushInfo(self, text):
        self.lines.append(text)

    def pushWarning(self, text):
        self.warnings.append(text)


def run_logged(**parameters):
    import processing

    log = Log()
    return processing.run("chronocover:maskclouds", parameters, feedback=log), log


def test_the_log_says_what_is_masked(series, qgis_app):
    _, log = run_logged(SERIES=series, ALSO=["cloud shadow", "snow and ice"], GROW=2, OUTPUT="TEMPORARY_OUTPUT")
    assert "“scl”: Masked where the value is 0, 1, 3, 9, 11. The mask is grown by 2 pixels." in log.lines


def test_masks_by_the_only_quality_variable(run, series, values, tmp_path):
    results = run("maskclouds", SERIES=series, OUTPUT=str(tmp_path / "out.tif"))
    expected = masked(values)
    np.testing.assert_array_equal(read(results["OUTPUT"]), expected)
    clear = ~np.isnan(expected).all(axis=1)
    assert results["CLEAR_SHARE"] == pytest.approx(100 * clear.mean())
    assert results["NEVER_CLEAR_SHARE"] == pytest.approx(100 * (~clear.any(axis=0)).mean()) and not clear[:, 0, 0].any()
    assert (results["DATES"], results["DATES_DROPPED"], results["VARIABLE_NAMES"]) == (5, 0, "red,nir")
    items = gdal.Open(results["OUTPUT"]).GetMetadata()
    assert items["CHRONOCOVER_ALGORITHM"] == "chronocover:maskclouds"
    assert "cloud shadow" in json.loads(items["CHRONOCOVER_PARAMETERS"])["ALSO"]


def test_snow_too_and_the_quality_kept(run, series, values, tmp_path):
    also = ["snow and ice", "cloud shadow", "thin cirrus", "clouds of medium confidence"]
    results = run("maskclouds", SERIES=series, ALSO=also, KEEP_QUALITY=True, OUTPUT=str(tmp_path / "out.tif"))
    result = read(results["OUTPUT"], 3)
    np.testing.assert_array_equal(result[:, 2], values[:, 2])
    np.testing.assert_array_equal(np.isnan(result[3, 0]), np.isin(values[3, 2], [*BAD_CODES, 11]))
    assert ImageSeries.open(results["OUTPUT"]).quality_variables == ["scl"]


def test_clouded_dates_are_left_out_and_reported(qgis_app, series, values, tmp_path):
    report = tmp_path / "clear é.html"
    results, log = run_logged(SERIES=series, MAX_CLOUDED=50, OUTPUT=str(tmp_path / "o.tif"), REPORT=str(report))
    assert (results["DATES"], results["DATES_DROPPED"]) == (3, 2)
    np.testing.assert_array_equal(read(results["OUTPUT"]), masked(values)[[0, 3, 4]])
    assert any("2021-03-11, 2021-04-20" in line for line in log.lines)
    text = report.read_text(encoding="utf-8")
    assert results["REPORT"] == str(report)
    rows = dict(re.findall(r"<tr><td>(20[\d-]+)</td>(.*?)</tr>", text))
    assert list(rows) == DATES
    assert "left out" in rows["2021-04-20"] and "100.0 %" in rows["2021-04-20"]
    clear = 100 * (~np.isnan(masked(values)[4, 0])).mean()
    assert f"<td>{clear:.1f} %</td>" in rows["2021-06-30"]
    assert "Masked where the value is 0, 1, 3, 8, 9, 10." in text
    assert text.count("<svg") == 2 and "have no clear observation on any date" in text


def test_grown_masks_do_not_depend_on_the_blocks(run, tmp_path):
    rng = np.random.default_rng(4)
    quality = np.where(rng.random((2, 1, 300, 280)) < 0.001, 9, 4)
    values = np.concatenate([rng.integers(1, 9000, quality.shape), quality], axis=1).astype(np.uint16)
    options = {"options": ["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"]}
    series = write_series(
        tmp_path / "s.tif", values, DATES[:2], ["red", "scl"], ["scl"], scale=1e-4, nodata=0, **options
    )
    out = run("maskclouds", SERIES=series, GROW=7, OUTPUT=str(tmp_path / "o.tif"))["OUTPUT"]
    rows, columns = np.mgrid[:300, :280]
    for date in range(2):
        near = np.zeros((300, 280), dtype=bool)
        for row, column in np.argwhere(quality[date, 0] == 9):
            near |= (rows - row) ** 2 + (columns - column) ** 2 <= 49
        np.testing.assert_array_equal(np.isnan(read(out, 1)[date, 0]), near)


def test_codes_survive_in_an_integer_file(run, tmp_path):
    values = np.array([[[[0.5, 0.25]], [[21824, 22280]]]], dtype=np.float32)
    series = write_series(tmp_path / "s.tif", values, DATES[:1], ["red", "qa_pixel"], ["qa_pixel"], nodata=NAN)
    out = run(
        "maskclouds",
        SERIES=series,
        KEEP_QUALITY=True,
        STORAGE="int16 in steps of 0.0001",
        OUTPUT=str(tmp_path / "o.tif"),
    )
    assert gdal.Open(out["OUTPUT"]).ReadAsArray().tolist() == [[[5000, -32768]], [[21824, 22280]]]


@pytest.mark.parametrize("code", [32768, 54596, 0.25])
def test_codes_that_int16_would_change_are_refused(run, tmp_path, code):
    """54596 is high-confidence cirrus of Landsat Collection 2, 0.25 a cloud probability."""
    values = np.array([[[[0.5, 0.25]], [[21824, 22280]], [[0, code]]]], dtype=np.float32)
    series = write_series(tmp_path / "s.tif", values, DATES[:1], ["red", "qa_pixel", "more"], ["qa_pixel", "more"])
    parameters = {"SERIES": series, "QUALITY": "qa_pixel"}
    fails(run, "cannot be stored as int16", tmp_path, STORAGE="int16 in steps of 0.0001", **parameters)
    kept = run("maskclouds", OUTPUT=str(tmp_path / "float.tif"), **parameters)["OUTPUT"]
    assert read(kept)[0, 1, 0, 1] == np.float32(code)


def test_single_mask_layers_become_a_series_of_masks(run, images, tmp_path):
    """A mask for all dates but one, each a file of its own; the date without one is masked, or kept on request."""
    rng = np.random.default_rng(8)
    masks = (rng.random((4, 40, 30)) < 0.3).astype(np.uint8)
    files = [write_raster(tmp_path / f"cloudmask_{day.replace('-', '')}.tif", m) for day, m in zip(DATES[1:], masks)]
    built = run("buildseries", LAYERS=files, OUTPUT=str(tmp_path / "masks.vrt"))["OUTPUT"]
    for keep in (False, True):
        results = run(
            "maskclouds", SERIES=images, MASK_SERIES=built, KEEP_UNKNOWN=keep, OUTPUT=str(tmp_path / f"{keep}.tif")
        )
        result, expected = read(results["OUTPUT"]), read(images)
        expected[1:] = np.where(masks[:, None] == 1, NAN, expected[1:])
        expected[0] = expected[0] if keep else NAN
        np.testing.assert_array_equal(result, expected)


def test_masks_of_another_place_and_of_a_part(run, images, tmp_path):
    masks = np.zeros((5, 40, 30), np.uint8)
    for place in ({"origin": (900000, 5100000)}, {"epsg": 4326}):
        far = write_raster(tmp_path / "far.tif", masks, **place)
        for algorithm in ("maskclouds", "prepareseries"):
            with pytest.raises(QgsProcessingException, match="do not cover any of the series"):
                run(algorithm, SERIES=images, MASK_SERIES=far, OUTPUT=str(tmp_path / "out.tif"))
    part = write_raster(tmp_path / "part.tif", masks, origin=(500150, 5100000))
    _, log = run_logged(SERIES=images, MASK_SERIES=part, OUTPUT=str(tmp_path / "part_out.tif"))
    assert "The masks cover only 50 % of the series. The rest has no quality value." in log.warnings


@pytest.mark.parametrize(
    ("parameters", "bad"),
    [
        ({"PRESET": "HLS Fmask", "ALSO": ""}, [2, 3, 6, 7, 10, 11]),
        ({"PRESET": "HLS Fmask", "ALSO": NULL}, [2, 3, 6, 7, 10, 11]),  # ALSO= of qgis_process
        ({"PRESET": "values", "VALUES": "3, 8-10"}, [3, 8, 9, 10]),
        ({"PRESET": "bit fields", "BITS": "0:2:3; 3:1:1"}, [3, 7, 8, 9, 10, 11]),
        ({"PRESET": "cloud probability above a threshold", "THRESHOLD": 7.5}, [8, 9, 10, 11]),
        ({"PRESET": "clear-sky score below a threshold", "THRESHOLD": 3}, [0, 1, 2]),
        ({"PRESET": "HLS Fmask", "ALSO": []}, [2, 3, 6, 7, 10, 11]),
    ],
)
def test_other_kinds_of_quality(run, series, values, tmp_path, parameters, bad):
    result = read(run("maskclouds", SERIES=series, OUTPUT=str(tmp_path / "out.tif"), **parameters)["OUTPUT"])
    np.testing.assert_array_equal(np.isnan(result[:4, 1]), np.isin(values[:4, 2], bad))


@pytest.fixture
def images(tmp_path, values):
    return write_series(tmp_path / "images.tif", values[:, :2], DATES, ["red", "nir"], nodata=NAN)


def test_separate_masks_as_a_series(run, images, values, tmp_path):
    order = [0, 1, 2, 4]  # one date has no mask
    masks = write_series(
        tmp_path / "masks.tif", values[order, 2:].astype(np.uint8), [DATES[i] for i in order], ["scl"], ["scl"]
    )
    expected = masked(values)
    result, log = run_logged(SERIES=images, MASK_SERIES=masks, OUTPUT=str(tmp_path / "out.tif"))
    assert any("2021-05-01" in text and "Nothing of these dates is kept" in text for text in log.warnings)
    np.testing.assert_array_equal(read(result["OUTPUT"])[order], expected[order])
    assert np.isnan(read(result["OUTPUT"])[3]).all()
    kept, _ = run_logged(SERIES=images, MASK_SERIES=masks, KEEP_UNKNOWN=True, OUTPUT=str(tmp_path / "kept.tif"))
    np.testing.assert_array_equal(read(kept["OUTPUT"])[3], values[3, :2])


def test_separate_masks_as_bands_on_a_coarser_grid(run, images, values, tmp_path):
    coarse = (values[:, 2, ::2, ::2] == 9).astype(np.uint8)[:, :15]  # and not as far south
    masks = write_raster(tmp_path / "masks.tif", coarse, pixel=20.0)
    out = run("maskclouds", SERIES=images, MASK_SERIES=masks, PRESET="mask of ones", OUTPUT=str(tmp_path / "out.tif"))
    expected = values[:, :2].copy()
    expected[np.repeat(np.kron(coarse, np.ones((2, 2)))[:, None] == 1, 2, axis=1).nonzero()] = NAN
    expected[:, :, 30:] = NAN
    np.testing.assert_array_equal(read(out["OUTPUT"]), expected)


def test_separate_masks_in_another_crs(run, images, values, tmp_path):
    import processing

    half = np.where(np.arange(30) < 15, 1, 0).astype(np.uint8)
    masks = write_raster(tmp_path / "utm.tif", np.tile(half, (5, 40, 1)), nodata=255)
    warped = processing.run(
        "gdal:warpreproject", {"INPUT": masks, "TARGET_CRS": "EPSG:4326", "OUTPUT": str(tmp_path / "degrees.tif")}
    )["OUTPUT"]
    out = run("maskclouds", SERIES=images, MASK_SERIES=warped, PRESET="mask of ones", OUTPUT=str(tmp_path / "out.tif"))
    result = read(out["OUTPUT"])
    assert np.isnan(result[..., 2:38, 1:13]).all()  # a pixel of leeway at the edges
    np.testing.assert_array_equal(result[..., 2:38, 17:28], values[:, :2, 2:38, 17:28])


def test_a_probability_among_the_data(run, tmp_path):
    values = np.array([[[[0.2, 0.3]], [[0.9, 0.1]]]], dtype=np.float32)
    series = write_series(tmp_path / "s.tif", values, DATES[:1], ["red", "clp"])
    options = {"PRESET": "cloud probability above a threshold", "THRESHOLD": 0.4, "QUALITY": "clp"}
    results = run("maskclouds", SERIES=series, KEEP_QUALITY=True, OUTPUT=str(tmp_path / "out.tif"), **options)
    np.testing.assert_array_equal(read(results["OUTPUT"])[0, :, 0], np.array([[NAN, 0.3], [0.9, 0.1]], np.float32))
    assert results["CLEAR_SHARE"] == 50
    assert ImageSeries.open(results["OUTPUT"]).quality_variables == ["clp"]


def test_no_input_is_overwritten(run, images, values, tmp_path):
    masks = write_series(tmp_path / "masks.tif", values[:, 2:].astype(np.uint8), DATES, ["scl"], ["scl"])
    stack = str(tmp_path / "stack.vrt")
    gdal.Translate(stack, images, format="VRT")
    for parameters, target in (
        ({"SERIES": images, "MASK_SERIES": masks}, masks),
        ({"SERIES": images, "MASK_SERIES": masks}, images),
        ({"SERIES": stack, "MASK_SERIES": masks}, images),
    ):
        with pytest.raises(QgsProcessingException, match="is one of the inputs"):
            run("maskclouds", OUTPUT=target, **parameters)
    assert gdal.Open(masks).RasterCount == 5 and gdal.Open(images).RasterCount == 10


def test_masks_of_the_same_name_are_told_apart(run, series, values, tmp_path):
    clear = np.full((5, 1, 40, 30), 4, dtype=np.uint8)
    masks = write_series(tmp_path / "masks.tif", clear, DATES, ["scl"], ["scl"])
    results = run("maskclouds", SERIES=series, MASK_SERIES=masks, OUTPUT=str(tmp_path / "out.tif"))
    assert results["VARIABLE_NAMES"] == "red,nir,scl"
    np.testing.assert_array_equal(read(results["OUTPUT"], 3), values)


def test_real_cloud_masks(run, data_folder, tmp_path):
    """Sentinel-2 dates whose publisher's masks are 1 in clouds; about 60 % is clear."""
    folder = data_folder / "slovenia_sentinel2"
    ndvi, masks = (sorted(folder.glob(f"S2_*_{name}.tif")) for name in ("NDVI", "CLM"))
    dates = [f"{p.name[3:7]}-{p.name[7:9]}-{p.name[9:11]}" for p in ndvi]
    clm = np.stack([gdal.Open(str(path)).ReadAsArray() for path in masks])
    values = np.stack([np.stack([gdal.Open(str(path)).ReadAsArray(), mask]) for path, mask in zip(ndvi, clm)])
    series = write_series(
        tmp_path / "s.tif", values.astype(np.int16), dates, ["ndvi", "clm"], ["clm"], 1e-4, nodata=-32768
    )
    results = run("maskclouds", SERIES=series, OUTPUT=str(tmp_path / "out.tif"))
    assert results["CLEAR_SHARE"] == pytest.approx(100 * (clm == 0).mean(), abs=0.1)
    assert 55 < results["CLEAR_SHARE"] < 65 and results["DATES"] == len(ndvi)


def fails(run, match, tmp_path, **parameters):
    with pytest.raises(QgsProcessingException, match=match):
        run("maskclouds", OUTPUT=str(tmp_path / "out.tif"), **parameters)
    assert not (tmp_path / "out.tif").exists()


def test_what_does_not_fit_is_told_in_a_sentence(run, series, images, values, tmp_path):
    fails(run, "has no quality variable; its variables are red, nir", tmp_path, SERIES=images)
    fails(run, "no variable “fmask”. It has: red, nir, scl", tmp_path, SERIES=series, QUALITY="fmask")
    fails(run, "“nir” does not tell what its codes mean", tmp_path, SERIES=series, QUALITY="nir")
    fails(run, "needs a threshold", tmp_path, SERIES=series, PRESET="cloud probability above a threshold")
    fails(run, "cannot be read", tmp_path, SERIES=series, PRESET="bit fields", BITS="3")
    fails(run, "The clearest by|the clearest by", tmp_path, SERIES=series, MAX_CLOUDED=0, GROW=40)
    plain = write_raster(tmp_path / "plain.tif", np.zeros((3, 40, 30), np.uint8))
    fails(run, "is not an image series", tmp_path, SERIES=plain)
    fails(run, "3 bands, but the series has 5 dates", tmp_path, SERIES=images, MASK_SERIES=plain)
    later = write_series(tmp_path / "later.tif", values[:1, 2:], ["2022-01-01"], ["scl"], ["scl"])
    fails(run, "no date in common", tmp_path, SERIES=images, MASK_SERIES=later)
    empty = write_series(tmp_path / "e.tif", np.zeros((5, 1, 40, 30), np.uint8), DATES, ["scl"], ["scl"], nodata=0)
    fails(run, "has no value on any date", tmp_path, SERIES=images, MASK_SERIES=empty)
    fails(run, "nothing to mask", tmp_path, SERIES=empty)


def test_two_quality_variables_need_a_choice(run, values, tmp_path):
    both = np.concatenate([values, values[:, 2:]], axis=1)
    series = write_series(tmp_path / "s.tif", both, DATES, ["red", "nir", "scl", "cld"], ["scl", "cld"], nodata=NAN)
    fails(run, "several quality variables: scl, cld", tmp_path, SERIES=series)
    results = run("maskclouds", SERIES=series, QUALITY="scl", OUTPUT=str(tmp_path / "ok.tif"))
    np.testing.assert_array_equal(read(results["OUTPUT"], 3)[:, 2], values[:, 2])


def test_a_damaged_series_and_an_unwritable_place(run, series, values, tmp_path):
    damaged = Path(
        write_series(
            tmp_path / "damaged.tif", values, DATES, ["red", "nir", "scl"], ["scl"], options=["COMPRESS=DEFLATE"]
        )
    )
    content = bytearray(damaged.read_bytes())
    content[5000:30000] = b"\xff" * 25000
    damaged.write_bytes(content)
    fails(run, r"damaged\.tif", tmp_path, SERIES=str(damaged))
    (tmp_path / "file").write_text("a file")
    with pytest.raises(QgsProcessingException, match="Cannot write"):
        run("maskclouds", SERIES=series, OUTPUT=str(tmp_path / "file" / "out.tif"))
    with pytest.raises(QgsProcessingException, match="one of the inputs"):
        run("maskclouds", SERIES=series, OUTPUT=series)


def test_a_cancelled_run_leaves_nothing(qgis_app, series, tmp_path):
    import processing

    class Cancelled(QgsProcessingFeedback):
        def setProgress(self, progress):
            if progress > 15:
                self.cancel()

    with pytest.raises(QgsProcessingException, match="Cancelled"):
        processing.run(
            "chronocover:maskclouds", {"SERIES": series, "OUTPUT": str(tmp_path / "o.tif")}, feedback=Cancelled()
        )
    assert list(tmp_path.iterdir()) == []
