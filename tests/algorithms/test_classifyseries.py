"""Classify image time series, through QGIS, against the same model in numpy."""

import datetime
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import processing
import pytest
from linear_model import LEGEND, card_for, expected_probabilities, weights_for, write_linear_model
from osgeo import gdal
from processing.core.ProcessingConfig import ProcessingConfig
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsRasterLayer
from scenes import write_raster, write_series

from chronocover.core.engine import EngineOptions
from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.labels.legend import LandClass, Legend, read_legend
from chronocover.core.series.image_series import ImageSeries, describe_bands
from chronocover.models.mapping import MapFiles, classify_series
from chronocover.settings import DEVICE

DATES = [datetime.date(2021, 3, 1) + datetime.timedelta(days=20 * i) for i in range(6)]
VARIABLES = ["red", "nir"]
CODES = np.array(LEGEND.codes)
WEIGHTS = weights_for(6, 2, 3)
ROWS, COLUMNS = 150, 170


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("données de test")


@pytest.fixture(scope="module")
def model(folder):
    return write_linear_model(folder / "modèle.onnx", card_for(DATES, VARIABLES), WEIGHTS)


@pytest.fixture(scope="module")
def values():
    """Stored int16 ``(dates, variables, rows, columns)`` of 1e-4, -1 missing: some gaps, a variable never seen in one
    corner, and nothing at all in another.
    """
    random = np.random.default_rng(3)
    stored = random.integers(0, 10_000, (6, 2, ROWS, COLUMNS)).astype("int16")
    stored[random.random(stored.shape) < 0.1] = -1
    stored[:, 1, :10, :10] = -1
    stored[:, :, -20:, -15:] = -1
    return stored


@pytest.fixture(scope="module")
def series(folder, values):
    options = ["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"]
    return write_series(folder / "série.tif", values, DATES, VARIABLES, scale=1e-4, nodata=-1, options=options)


def expected_map(values, dates=DATES, targets=DATES):
    """Probabilities ``(rows, columns, classes)`` by np.interp; NaN where a variable was never seen."""
    physical = np.where(values == -1, np.nan, values * 1e-4).transpose(2, 3, 1, 0)
    days, wanted = [d.toordinal() for d in dates], [d.toordinal() for d in targets]
    filled = np.full((*physical.shape[:3], len(wanted)), np.nan)
    for index in np.ndindex(physical.shape[:3]):
        seen = ~np.isnan(physical[index])
        if seen.any():
            filled[index] = np.interp(wanted, np.array(days)[seen], physical[index][seen])
    pixels = filled.transpose(0, 1, 3, 2).reshape(-1, len(wanted), 2)
    return expected_probabilities(pixels, WEIGHTS).reshape(*physical.shape[:2], 3)


@pytest.fixture(scope="module")
def truth(values):
    return expected_map(values)


def codes_of(probabilities):
    return np.where(np.isnan(probabilities[..., 0]), 0, CODES[np.nan_to_num(probabilities).argmax(axis=-1)])


def read(path):
    return gdal.OpenEx(str(path)).ReadAsArray()


def same_map(found, probabilities):
    """Equal but where two classes tie to float32."""
    top = np.sort(np.nan_to_num(probabilities), axis=-1)
    tie = (top[..., -1] - top[..., -2] < 1e-5) & ~np.isnan(probabilities[..., 0])
    np.testing.assert_array_equal(found[~tie], codes_of(probabilities)[~tie])


def test_a_map_with_probabilities_confidence_and_margin(run, folder, model, series, truth):
    names = {name: str(folder / f"{name} é.tif") for name in ("OUTPUT", "PROBABILITIES", "CONFIDENCE", "MARGIN")}
    result = run("classifyseries", SERIES=series, MODEL=model, **names)
    assert {name: result[name] for name in names} == names

    found = read(names["OUTPUT"])
    assert found.dtype == np.uint8
    same_map(found, truth)
    assert (found[:10, :10] == 0).all() and (found[-20:, -15:] == 0).all()
    assert result["PIXELS"] == (found > 0).sum()
    assert result["PIXELS_WITHOUT_DATA"] == (found == 0).sum()
    assert result["PIXELS_PER_SECOND"] > 0 and result["SEASON_START"] == "2021-03-01"
    areas = json.loads(result["CLASS_AREAS"])
    assert areas["forêt"] == {"pixels": int((found == 1).sum()), "hectares": pytest.approx((found == 1).sum() * 0.01)}

    nothing = np.isnan(truth[..., 0])
    probabilities = read(names["PROBABILITIES"]).astype(float)
    assert (probabilities[:, nothing] == 65535).all()
    np.testing.assert_allclose(probabilities[:, ~nothing] * 1e-4, truth[~nothing].T, atol=6e-5)
    ordered = np.sort(truth[~nothing], axis=-1)
    np.testing.assert_allclose(read(names["CONFIDENCE"])[~nothing] * 1e-4, ordered[:, -1], atol=6e-5)
    np.testing.assert_allclose(read(names["MARGIN"])[~nothing] * 1e-4, ordered[:, -1] - ordered[:, -2], atol=6e-5)


def test_the_map_carries_its_legend_and_origin(run, folder, model, series):
    output = str(folder / "legend.tif")
    run("classifyseries", SERIES=series, MODEL=model, OUTPUT=output, PROBABILITIES=str(folder / "p.tif"))
    dataset = gdal.OpenEx(output)
    assert read_legend(dataset) == LEGEND
    assert dataset.GetRasterBand(1).GetNoDataValue() == 0
    with open(model, "rb") as file:
        assert dataset.GetMetadataItem("CHRONOCOVER_MODEL_SHA256") == hashlib.sha256(file.read()).hexdigest()
    assert dataset.GetMetadataItem("CHRONOCOVER_ALGORITHM") == "chronocover:classifyseries"
    assert dataset.GetMetadataItem("CHRONOCOVER_MODEL") and dataset.GetMetadataItem("CHRONOCOVER_ONNXRUNTIME")
    assert (folder / "legend.qml").exists()
    layer = QgsRasterLayer(output, "map")
    assert [item.label for item in layer.renderer().classes()] == LEGEND.names
    probabilities = gdal.OpenEx(str(folder / "p.tif"))
    assert [probabilities.GetRasterBand(i + 1).GetDescription() for i in range(3)] == LEGEND.names
    assert probabilities.GetRasterBand(1).GetScale() == 1e-4


@pytest.mark.parametrize("extension", ["img", "tif", "dat", "sdat"])
def test_other_formats_by_extension(run, folder, model, series, truth, extension):
    output = str(folder / f"other.{extension}")
    run("classifyseries", SERIES=series, MODEL=model, OUTPUT=output, MASK=series)
    found = read(output)
    assert (found[found > 0] == codes_of(truth)[found > 0]).mean() > 0.999


def test_blocks_and_threads_change_nothing(folder, model, series, truth):
    maps = []
    for memory, threads in ((0, 1), (0, 4), (1, 3), (8, 2)):
        output = folder / f"blocks_{memory}_{threads}.tif"
        options = EngineOptions(memory_mb=memory, threads=threads)
        summary = classify_series(series, model, MapFiles(str(output)), options=options)
        maps.append(read(output))
        assert summary.pixels == (maps[-1] > 0).sum()
    assert all((other == maps[0]).all() for other in maps[1:])
    same_map(maps[0], truth)


@pytest.mark.parametrize("where", ["dialog", "options"])
def test_a_device_that_is_not_there(where, run, folder, model, series, truth, monkeypatch):
    import onnxruntime

    offered = [name for name in onnxruntime.get_available_providers() if not name.startswith("CUDA")]
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: offered)
    log, output = QgsProcessingFeedback(), str(folder / f"device {where}.tif")
    chosen = {"DEVICE": "CUDA"} if where == "dialog" else {}
    if where == "options":
        monkeypatch.setattr(ProcessingConfig.settings[DEVICE], "value", "CUDA")
    processing.run(
        "chronocover:classifyseries", {"SERIES": series, "MODEL": model, "OUTPUT": output, **chosen}, feedback=log
    )
    assert "CUDA cannot run the model: this onnxruntime" in log.textLog()
    assert "The processor (CPU) does." in log.textLog()
    same_map(read(output), truth)
    assert gdal.Open(output).GetMetadataItem("CHRONOCOVER_DEVICE") == "CPU"


def test_other_dates_are_interpolated_onto_the_models(run, folder, model, values):
    later = [datetime.date(2023, 2, 20) + datetime.timedelta(days=25 * i) for i in range(6)]
    path = write_series(folder / "later.tif", values, later, VARIABLES, scale=1e-4, nodata=-1)
    output = folder / "later_map.tif"
    result = run("classifyseries", SERIES=path, MODEL=model, OUTPUT=str(output))
    targets = [date.replace(year=2023) for date in DATES]
    same_map(read(output), expected_map(values, later, targets))
    assert result["SEASON_START"] == "2023-03-01"


def test_several_years_ask_for_the_season(run, folder, model, values):
    dates = [*DATES, *(date.replace(year=2022) for date in DATES)]
    path = write_series(
        folder / "years.tif", np.concatenate([values, values[::-1]]), dates, VARIABLES, scale=1e-4, nodata=-1
    )
    output = folder / "years_map.tif"
    with pytest.raises(QgsProcessingException, match="2021-03-01, 2022-03-01"):
        run("classifyseries", SERIES=path, MODEL=model, OUTPUT=str(output))
    assert not output.exists()
    run("classifyseries", SERIES=path, MODEL=model, OUTPUT=str(output), SEASON="2022")
    same_map(read(output), expected_map(values[::-1]))


def test_variables_in_another_order_and_more_of_them(run, folder, model, values, truth):
    stored = np.stack([values[:, 1], values[:, 0] // 2, values[:, 0]], axis=1)
    path = write_series(folder / "order.tif", stored, DATES, ["nir", "blue", "red"], scale=1e-4, nodata=-1)
    run("classifyseries", SERIES=path, MODEL=model, OUTPUT=str(folder / "order_map.tif"))
    same_map(read(folder / "order_map.tif"), truth)


def test_missing_variable_and_wrong_units_are_refused(run, folder, model, values):
    path = write_series(folder / "swir.tif", values, DATES, ["red", "swir"], scale=1e-4, nodata=-1)
    with pytest.raises(QgsProcessingException, match=r"nir[\s\S]*Series: red, swir"):
        run("classifyseries", SERIES=path, MODEL=model, OUTPUT=str(folder / "no.tif"))
    raw = write_series(folder / "raw.tif", values, DATES, VARIABLES, nodata=-1)
    with pytest.raises(QgsProcessingException, match="scale factor"):
        run("classifyseries", SERIES=raw, MODEL=model, OUTPUT=str(folder / "no.tif"))
    assert not (folder / "no.tif").exists()
    run("classifyseries", SERIES=raw, MODEL=model, OUTPUT=str(folder / "no.tif"), SKIP_UNITS_CHECK=True)


def test_an_extent_in_another_crs(run, folder, model, series, truth):
    output = folder / "part.tif"
    extent = "500333,500888,5099011,5099555 [EPSG:32633]"
    run("classifyseries", SERIES=series, MODEL=model, OUTPUT=str(output), EXTENT=extent)
    dataset = gdal.OpenEx(str(output))
    assert dataset.GetGeoTransform() == (500330, 10, 0, 5099560, 0, -10)
    same_map(dataset.ReadAsArray(), truth[44:99, 33:89])
    with pytest.raises(QgsProcessingException, match="does not overlap"):
        run("classifyseries", SERIES=series, MODEL=model, OUTPUT=str(output), EXTENT="10,11,45,46 [EPSG:4326]")


@pytest.mark.parametrize("extension", ["tif", "img"])
def test_a_mask_on_any_grid(run, folder, model, series, truth, extension):
    mask = np.zeros((40, 40), "uint8")
    mask[5:20, 8:30] = 1
    mask[10, 10] = 255
    path = write_raster(folder / "mask.tif", mask, origin=(500200, 5099700), pixel=20, nodata=255)
    output, probabilities = folder / f"masked.{extension}", folder / f"masked_p.{extension}"
    names = {"OUTPUT": str(output), "PROBABILITIES": str(probabilities)}
    result = run("classifyseries", SERIES=series, MODEL=model, MASK=path, **names)
    wanted = np.zeros((ROWS, COLUMNS), bool)
    wanted[30:110, 20:100] = (mask == 1).repeat(2, 0).repeat(2, 1)
    found = read(output)
    same_map(found[wanted], truth[wanted])
    assert (found[~wanted] == 0).all() and result["PIXELS"] == wanted.sum()
    assert (read(probabilities)[:, ~wanted] == 65535).all()


def test_a_mask_that_leaves_nothing_gives_an_empty_map(run, folder, model, series):
    path = write_raster(folder / "empty.tif", np.zeros((ROWS, COLUMNS), "uint8"))
    result = run("classifyseries", SERIES=series, MODEL=model, MASK=path, OUTPUT=str(folder / "nothing.tif"))
    assert result["PIXELS"] == 0 and (read(folder / "nothing.tif") == 0).all()


def test_large_class_codes_need_uint16(run, folder, series):
    legend = Legend((LandClass(5, "a", (1, 2, 3)), LandClass(1200, "b & <c>", (4, 5, 6))))
    weights = weights_for(6, 2, 2)
    path = write_linear_model(folder / "large.onnx", card_for(DATES, VARIABLES, legend), weights)
    run("classifyseries", SERIES=series, MODEL=path, OUTPUT=str(folder / "large.tif"))
    found = read(folder / "large.tif")
    assert found.dtype == np.uint16 and set(np.unique(found)) == {0, 5, 1200}
    assert read_legend(gdal.OpenEx(str(folder / "large.tif"))) == legend


def test_cancelling_in_the_middle_leaves_nothing(folder, model, series):
    class Stopping(Feedback):
        stopped = False

        def progress(self, fraction):
            self.stopped = fraction > 0.3

        def is_cancelled(self):
            return self.stopped

    target = folder / "a" / "new folder"
    with pytest.raises(CancelledError):
        classify_series(
            series,
            model,
            MapFiles(str(target / "map.tif"), str(target / "p.tif")),
            options=EngineOptions(memory_mb=1),
            feedback=Stopping(),
        )
    assert not (folder / "a").exists()


def test_cancelling_through_qgis(qgis_app, folder, model, series):
    import processing

    feedback = QgsProcessingFeedback()
    feedback.cancel()
    parameters = {"SERIES": series, "MODEL": model, "OUTPUT": str(folder / "stopped.tif")}
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        processing.run("chronocover:classifyseries", parameters, feedback=feedback)
    assert not (folder / "stopped.tif").exists()


def test_a_damaged_image_is_named(folder, model, values):
    options = ["COMPRESS=DEFLATE", "TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"]
    path = write_series(folder / "damaged.tif", values, DATES, VARIABLES, scale=1e-4, nodata=-1, options=options)
    data = Path(path).read_bytes()
    Path(path).write_bytes(data[: len(data) * 2 // 3])
    with pytest.raises(ChronocoverError, match=r"damaged\.tif"):
        classify_series(path, model, MapFiles(str(folder / "damaged_map.tif")), skip_units_check=True)
    assert not (folder / "damaged_map.tif").exists()


def test_unwritable_and_doubled_outputs(run, folder, model, series):
    (folder / "file").write_text("")
    with pytest.raises(QgsProcessingException, match="Cannot write in the folder"):
        run("classifyseries", SERIES=series, MODEL=model, OUTPUT=str(folder / "file" / "map.tif"))
    same = str(folder / "same.tif")
    with pytest.raises(QgsProcessingException, match="Two outputs"):
        run("classifyseries", SERIES=series, MODEL=model, OUTPUT=same, CONFIDENCE=same)
    with pytest.raises(QgsProcessingException, match="one of the inputs"):
        run("classifyseries", SERIES=series, MODEL=model, OUTPUT=series)
    with pytest.raises(QgsProcessingException, match="NAME=VALUE"):
        run("classifyseries", SERIES=series, MODEL=model, OUTPUT=same, CREATION_OPTIONS="LZW")
    for options in ("BLOCKXSIZE=17", "COMPRESS=NONSENSE", "NO_SUCH=1"):
        with pytest.raises(QgsProcessingException, match=r"Cannot create same\.tif"):
            run("classifyseries", SERIES=series, MODEL=model, OUTPUT=same, CREATION_OPTIONS=options)


@pytest.mark.parametrize("output", ["OUTPUT", "CONFIDENCE"])
@pytest.mark.parametrize("replaced", ["mask", "model", "an image", "a link to the series"])
def test_no_output_replaces_what_it_is_made_from(run, tmp_path, model, values, replaced, output):
    image = write_series(tmp_path / "image.tif", values, DATES, VARIABLES)
    series = str(tmp_path / "series.vrt")
    dataset = gdal.BuildVRT(series, [image])
    describe_bands(dataset, ImageSeries.open(image).bands)
    dataset = None
    mask = write_raster(tmp_path / "mask.tif", np.ones(values.shape[2:], "uint8"))
    (tmp_path / "link.tif").symlink_to(series)
    own_model = shutil.copy(model, tmp_path / "model.onnx")
    targets = {"mask": mask, "model": own_model, "an image": image, "a link to the series": str(tmp_path / "link.tif")}
    before = {name: Path(path).read_bytes() for name, path in targets.items()}
    outputs = {"OUTPUT": str(tmp_path / "map.tif"), output: str(targets[replaced])}
    with pytest.raises(QgsProcessingException, match="is one of the inputs"):
        run("classifyseries", SERIES=series, MODEL=str(own_model), MASK=mask, SKIP_UNITS_CHECK=True, **outputs)
    left = {name: Path(path).read_bytes() for name, path in targets.items()}
    assert all(left[name] == before[name] for name in ("mask", "model", "an image"))
    assert (tmp_path / "link.tif").is_symlink() and ImageSeries.open(series).grid.width == COLUMNS
    assert not (tmp_path / "map.tif").exists()


def test_creation_options_win(run, folder, model, series, truth):
    output = folder / "options.tif"
    options = "COMPRESS=LZW|TILED=NO"
    run("classifyseries", SERIES=series, MODEL=model, OUTPUT=str(output), CREATION_OPTIONS=options)
    dataset = gdal.OpenEx(str(output))
    assert dataset.GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE") == "LZW"
    assert dataset.GetRasterBand(1).GetBlockSize()[0] == COLUMNS
    same_map(dataset.ReadAsArray(), truth)


def test_a_raster_that_is_no_series(run, folder, model):
    plain = write_raster(folder / "plain.tif", np.zeros((5, 5), "uint8"))
    with pytest.raises(QgsProcessingException, match="Build image time series"):
        run("classifyseries", SERIES=plain, MODEL=model, OUTPUT=str(folder / "no.tif"))


def test_areas_in_degrees(folder, model, values):
    path = write_series(
        folder / "degrees.tif", values, DATES, VARIABLES, scale=1e-4, nodata=-1, epsg=4326, origin=(10, 60), pixel=0.1
    )
    summary = classify_series(path, model, MapFiles(str(folder / "degrees_map.tif")))
    found = read(folder / "degrees_map.tif")
    latitudes = np.radians(60 - 0.1 * (np.arange(ROWS) + 0.5))
    curvature = 1 - 0.00669437999014 * np.sin(latitudes) ** 2  # of WGS 84
    areas = (6378137 * np.radians(0.1) / curvature) ** 2 * (1 - 0.00669437999014) * np.cos(latitudes) / 10_000
    expected = ((found == 1) * areas[:, None]).sum()
    assert summary.class_hectares["forêt"] == pytest.approx(expected, rel=1e-4)


def test_it_runs_without_qgis(folder, model, series):
    """In a plain Python that cannot import qgis."""
    root = Path(__file__).resolve().parents[2]
    code = f"""
import importlib.util, sys
sys.modules["qgis"] = None
spec = importlib.util.spec_from_file_location("chronocover", {str(root / "__init__.py")!r},
                                              submodule_search_locations=[{str(root)!r}])
module = importlib.util.module_from_spec(spec); sys.modules["chronocover"] = module; spec.loader.exec_module(module)
from chronocover.core.series.image_series import ImageSeries, describe_bands
from chronocover.models.mapping import MapFiles, classify_series
print(classify_series({series!r}, {model!r}, MapFiles({str(folder / "plain_map.tif")!r})).pixels)
"""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == (read(folder / "plain_map.tif") > 0).sum()
