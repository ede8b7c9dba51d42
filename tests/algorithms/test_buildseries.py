"""Build image time series as users run it."""

import os

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
)
from scenes import write_raster, write_series

from chronocover.core.series.image_series import ImageSeries

PIXELS = np.arange(20, dtype=np.int16).reshape(4, 5)


@pytest.fixture
def images(tmp_path):
    """Three dates of two bands, and a cloud mask for each."""
    folder = tmp_path / "mes images é"
    folder.mkdir()
    for month in (1, 2, 3):
        write_raster(folder / f"S2_20200{month}01_NDVI.tif", PIXELS * month, nodata=-32768)
        write_raster(folder / f"S2_20200{month}01_CLM.tif", np.zeros((4, 5), np.uint8))
    return str(folder)


def test_a_folder_to_a_series(run, images, tmp_path):
    results = run("buildseries", FOLDER=images, SCALE=0.0001, QUALITY="CLM", OUTPUT=str(tmp_path / "s.vrt"))
    assert results == {
        "OUTPUT": str(tmp_path / "s.vrt"),
        "DATES": 3,
        "VARIABLES_COUNT": 2,
        "FIRST_DATE": "2020-01-01",
        "LAST_DATE": "2020-03-01",
        "VARIABLE_NAMES": "NDVI,CLM",
    }
    series = ImageSeries.open(results["OUTPUT"])
    assert (series.variables, series.quality_variables) == (["NDVI"], ["CLM"])
    assert [band.scale for band in series.bands[:2]] == [0.0001, 1.0]


def test_a_temporary_series(run, images):
    results = run("buildseries", FOLDER=images, OUTPUT="TEMPORARY_OUTPUT")
    assert results["OUTPUT"].endswith(".vrt")
    assert QgsRasterLayer(results["OUTPUT"], "s").isValid()
    assert gdal.Open(results["OUTPUT"]).ReadAsArray().max() == 57


def test_layers_of_the_project_with_dates_in_their_names(run, tmp_path):
    layers = []
    for index, name in enumerate(["NDVI 2020-02-01", "NDVI 2020-01-01"]):
        path = write_raster(tmp_path / f"OUTPUT{index}.tif", PIXELS)
        layers.append(QgsRasterLayer(path, name))
    QgsProject.instance().addMapLayers(layers)
    results = run("buildseries", LAYERS=layers, VARIABLES="NDVI", OUTPUT=str(tmp_path / "s.vrt"))
    assert [str(band.date) for band in ImageSeries.open(results["OUTPUT"]).bands] == ["2020-01-01", "2020-02-01"]
    QgsProject.instance().clear()


def test_a_series_grows_by_new_images(run, images, tmp_path):
    first = run("buildseries", FOLDER=images, END="2020-02-15", OUTPUT=str(tmp_path / "first.vrt"))
    assert first["DATES"] == 2
    second = run(
        "buildseries", LAYERS=[first["OUTPUT"]], FOLDER=images, START="2020-02-15", OUTPUT=str(tmp_path / "s.vrt")
    )
    assert second["DATES"] == 1, "the period holds for the layers too"
    third = run(
        "buildseries", LAYERS=[first["OUTPUT"]], FOLDER=images, PATTERN="*202003*", OUTPUT=str(tmp_path / "s.vrt")
    )
    assert (third["DATES"], third["VARIABLE_NAMES"]) == (3, "NDVI,CLM")


def test_two_series_become_one(run, tmp_path):
    paths = [
        write_series(tmp_path / f"{year}.tif", np.ones((2, 1, 4, 5), np.float32), [f"{year}-01-01", f"{year}-06-01"],
                     ["red"])
        for year in (2019, 2020)
    ]  # fmt: skip
    results = run("buildseries", LAYERS=paths, OUTPUT=str(tmp_path / "s.vrt"))
    assert (results["DATES"], results["FIRST_DATE"], results["LAST_DATE"]) == (4, "2019-01-01", "2020-06-01")


def test_a_table_of_images(run, images, tmp_path):
    table = tmp_path / "images.csv"
    table.write_text("path,date,variable\nmes images é/S2_20200101_NDVI.tif,2019-05-05,greenness\n", encoding="utf-8")
    results = run("buildseries", TABLE=str(table), OUTPUT=str(tmp_path / "s.vrt"))
    assert (results["FIRST_DATE"], results["VARIABLE_NAMES"]) == ("2019-05-05", "greenness")


def test_one_series_a_variable(run, images, tmp_path):
    folder = str(tmp_path / "per variable")
    results = run("buildseries", FOLDER=images, OUTPUT=str(tmp_path / "s.vrt"), FOLDER_PER_VARIABLE=folder)
    assert results["FOLDER_PER_VARIABLE"] == folder
    assert sorted(os.listdir(folder)) == ["CLM.qml", "CLM.vrt", "NDVI.qml", "NDVI.vrt"]


def test_an_extent_and_a_reference(run, images, tmp_path):
    results = run(
        "buildseries", FOLDER=images, EXTENT="500010,500030,5099970,5099990", OUTPUT=str(tmp_path / "a.vrt")
    )  # fmt: skip
    assert ImageSeries.open(results["OUTPUT"]).grid.extent == (500010, 5099970, 500030, 5099990)
    degrees = "15.0002,15.0003,46.0533,46.0535 [EPSG:4326]"
    results = run("buildseries", FOLDER=images, EXTENT=degrees, OUTPUT=str(tmp_path / "c.vrt"))
    assert ImageSeries.open(results["OUTPUT"]).grid.extent == (500010, 5099960, 500030, 5100000)
    reference = write_raster(tmp_path / "reference.tif", np.ones((8, 10), np.uint8), pixel=5)
    results = run("buildseries", FOLDER=images, REFERENCE=reference, OUTPUT=str(tmp_path / "b.vrt"))
    assert ImageSeries.open(results["OUTPUT"]).grid.resolution == (5, 5)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({}, "There are no images"),
        ({"FOLDER": "IMAGES", "START": "2020-03-01", "END": "2020-01-01"}, "is after the last day"),
        ({"FOLDER": "IMAGES", "START": "soon"}, "First day: “soon” is not a date"),
        ({"FOLDER": "IMAGES", "DATE_REGEX": "(("}, "regular expression"),
        ({"FOLDER": "IMAGES", "DATE_REGEX": r"x(\d{8})"}, "No date found for .*S2_20200101_CLM.tif"),
        ({"FOLDER": "IMAGES", "GRID": "reference layer"}, "Choose a reference layer"),
        ({"FOLDER": "IMAGES", "PATTERN": "*.hdf"}, "matches"),
        ({"FOLDER": "IMAGES", "KEEP": "EVI"}, "EVI, which the images do not have"),
    ],
)
def test_wrong_inputs_say_what_to_do(run, images, tmp_path, parameters, message):
    parameters = {key: images if value == "IMAGES" else value for key, value in parameters.items()}
    with pytest.raises(QgsProcessingException, match=message):
        run("buildseries", **parameters, OUTPUT=str(tmp_path / "s.vrt"))
    assert not (tmp_path / "s.vrt").exists()


def test_a_series_is_always_a_vrt(run, images, tmp_path):
    with pytest.raises(QgsProcessingException, match=r"does not end in \.vrt"):
        run("buildseries", FOLDER=images, OUTPUT=str(tmp_path / "series.tif"))
    assert not (tmp_path / "series.tif").exists()


@pytest.mark.parametrize(("names", "warned"), [("", True), ("ndvi", False)])
def test_names_of_places_that_are_taken_for_variables_are_warned_of(qgis_app, tmp_path, names, warned):
    import processing

    write_raster(tmp_path / "north_20200101.tif", PIXELS)
    write_raster(tmp_path / "south_20200201.tif", PIXELS)
    feedback = QgsProcessingFeedback()
    values = {"FOLDER": str(tmp_path), "VARIABLES": names, "OUTPUT": str(tmp_path / "s.vrt")}
    results = processing.run("chronocover:buildseries", values, feedback=feedback)
    assert results["VARIABLE_NAMES"] == (names or "north,south")
    assert ("No two variables (north, south) are of the same date" in feedback.textLog()) == warned


def test_a_layer_that_cannot_be_opened_is_named(qgis_app, images, tmp_path):
    """Inside a model, where QGIS does not look at the parameters first and would drop the layer."""
    good, bad = os.path.join(images, "S2_20200101_NDVI.tif"), str(tmp_path / "gone.tif")
    algorithm = QgsApplication.processingRegistry().algorithmById("chronocover:buildseries").create()
    parameters = {"LAYERS": [good, bad], "OUTPUT": str(tmp_path / "s.vrt")}
    with pytest.raises(QgsProcessingException, match=bad):
        algorithm.run(parameters, QgsProcessingContext(), QgsProcessingFeedback(), {}, False)


def test_qgis_opens_it_with_its_period_and_in_colours(run, tmp_path):
    for month in (1, 2, 3):
        for word, value in (("red", 100), ("green", 200), ("blue", 300)):
            write_raster(tmp_path / f"a_20200{month}01_{word}.tif", PIXELS + value * month)
    results = run("buildseries", FOLDER=str(tmp_path), SCALE=0.01, OUTPUT=str(tmp_path / "s.vrt"))
    series = ImageSeries.open(results["OUTPUT"])
    layer = QgsRasterLayer(results["OUTPUT"], "s")
    renderer = layer.renderer()
    bands = [renderer.redBand(), renderer.greenBand(), renderer.blueBand()]
    assert [series.bands[band - 1].description for band in bands] == [
        "2020-02-01 red",
        "2020-02-01 green",
        "2020-02-01 blue",
    ]
    assert 2.0 <= renderer.redContrastEnhancement().minimumValue() < 2.1
    layer.loadDefaultStyle()
    period = layer.temporalProperties().fixedTemporalRange()
    assert layer.temporalProperties().isActive()
    assert (period.begin().date().toPyDate().isoformat(), period.end().date().toPyDate().isoformat()) == (
        "2020-01-01",
        "2020-03-01",
    )


def test_a_layer_that_is_loaded_after_the_run_shows_its_period(qgis_app, images, tmp_path):
    algorithm = QgsApplication.processingRegistry().algorithmById("chronocover:buildseries").create()
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(QgsProject.instance())
    output = str(tmp_path / "s.vrt")
    context.addLayerToLoadOnCompletion(
        output, QgsProcessingContext.LayerDetails("Series", QgsProject.instance(), "OUTPUT")
    )
    results, ok = algorithm.run({"FOLDER": images, "OUTPUT": output}, context, feedback)
    assert ok
    layer = QgsRasterLayer(results["OUTPUT"], "Series")
    context.layerToLoadOnCompletionDetails(output).postProcessor().postProcessLayer(layer, context, feedback)
    assert layer.temporalProperties().isActive()


@pytest.mark.parametrize(
    ("folder", "pattern", "parameters", "dates", "variables"),
    [
        (
            "mato_grosso_modis",
            "*.tif",
            {"VARIABLES": "EVI,NDVI,RED,BLUE,NIR,MIR,DOY", "KEEP": "EVI,NDVI,RED,BLUE,NIR,MIR"},
            (23, "2011-09-14", "2012-08-28"),
            "EVI,NDVI,RED,BLUE,NIR,MIR",
        ),
        ("sinop_modis", "*.jp2", {"SCALE": 0.0001}, (12, "2013-09-14", "2014-08-29"), "NDVI"),
        ("slovenia_sentinel2", "S2_*.tif", {"SCALE": 0.0001}, (67, "2015-07-11", "2017-12-22"), "NDVI,CLM"),
        (
            "new_york_landsat8",
            "*.tif",
            {},
            (17, "2018-01-06", "2018-12-17"),
            "blue,green,red,nir,swir1,swir2,coastal,cirrus,thermal1,pan,thermal2,bqa",
        ),
    ],
)
def test_real_imagery(run, data_folder, tmp_path, folder, pattern, parameters, dates, variables):
    results = run(
        "buildseries",
        FOLDER=str(data_folder / folder),
        PATTERN=pattern,
        OUTPUT=str(tmp_path / "s.vrt"),
        **parameters,
    )
    assert (results["DATES"], results["FIRST_DATE"], results["LAST_DATE"]) == dates
    assert results["VARIABLE_NAMES"] == variables
    series = ImageSeries.open(results["OUTPUT"])
    values = gdal.Open(results["OUTPUT"]).ReadAsArray()
    for band in series.bands:
        if band.role == "data" and band.variable not in ("thermal1", "thermal2"):
            stored = values[band.index - 1].astype(np.float64)
            valid = stored[stored != band.nodata] * band.scale + band.offset
            assert valid.size and -0.5 < np.median(valid) < 1.5, band.description


def test_the_new_york_scenes_lie_where_they_should(run, data_folder, tmp_path):
    """A pixel of the series holds what the scene itself holds at that place."""
    folder = data_folder / "new_york_landsat8"
    output = run("buildseries", FOLDER=str(folder), KEEP="red", RESAMPLING="nearest", OUTPUT=str(tmp_path / "s.vrt"))
    series = ImageSeries.open(output["OUTPUT"])
    scene = gdal.Open(str(next(folder.glob("LC08_L1TP_014032_20180615*/*_B4.TIF"))))
    origin = scene.GetGeoTransform()
    expected = scene.ReadAsArray()
    band = next(band for band in series.bands if str(band.date) == "2018-06-15")
    dataset = gdal.Open(output["OUTPUT"])
    shown = dataset.GetRasterBand(band.index).ReadAsArray()
    x0, x_size, _, y0, _, y_size = series.grid.transform
    rows, columns = np.mgrid[0 : series.grid.height, 0 : series.grid.width]
    column = np.floor((x0 + (columns + 0.5) * x_size - origin[0]) / origin[1]).astype(int)
    row = np.floor((y0 + (rows + 0.5) * y_size - origin[3]) / origin[5]).astype(int)
    inside = (column >= 0) & (row >= 0) & (column < scene.RasterXSize) & (row < scene.RasterYSize)
    np.testing.assert_array_equal(shown[inside], expected[row[inside], column[inside]])
    assert (shown[~inside] == band.nodata).all()
