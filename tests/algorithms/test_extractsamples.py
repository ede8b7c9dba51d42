"""Extract samples as users run it, and the samples layer as QGIS shows and edits it."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProject,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor
from real_samples import mato_grosso
from scenes import write_raster, write_series

from chronocover.core.feedback import Feedback
from chronocover.core.samples.csv_reading import read_csv_samples
from chronocover.core.samples.table import read_samples

DATES = ["2021-03-06", "2021-05-01", "2021-07-01"]


@pytest.fixture
def series(tmp_path):
    """20 × 20 pixels of 10 m from (500000, 5100000), three dates, red and nir and a mask; 0 is nodata."""
    values = np.random.default_rng(0).integers(1000, 9000, (3, 3, 20, 20)).astype(np.uint16)
    folder = tmp_path / "données à moi"
    folder.mkdir()
    return write_series(folder / "série.tif", values, DATES, ["red", "nir", "scl"], ["scl"], scale=1e-4, nodata=0)


@pytest.fixture
def labels(qgis_app):
    """Two fields of wheat and one of maize, of two farms, in geographic coordinates."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:32633&field=crop:string&field=farm:string", "fields", "memory")
    for x, crop, farm in ((500_000, "blé d'été", "A"), (500_060, "blé d'été", "A"), (500_120, "maïs", "B"),
                          (500_160, None, "B")):  # fmt: skip
        feature = QgsFeature(layer.fields())
        feature.setAttributes([crop, farm])
        feature.setGeometry(
            QgsGeometry.fromWkt(f"POLYGON(({x} 5100000,{x + 40} 5100000,{x + 40} 5099960,{x} 5099960,{x} 5100000))")
        )
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    yield layer
    QgsProject.instance().clear()


def output(tmp_path, extension="gpkg"):
    return str(tmp_path / "mes échantillons" / f"samples.{extension}")


def test_polygons_become_a_layer_a_csv_and_arrays(run, series, labels, tmp_path):
    results = run("extractsamples", SERIES=series, LABELS=labels, FIELD="crop", OUTPUT=output(tmp_path),
                  CSV=output(tmp_path, "csv"), NPZ=output(tmp_path, "npz"))  # fmt: skip

    assert (results["SAMPLES"], results["CLASSES"], results["GROUPS"], results["DROPPED"]) == (48, 2, 3, 0)
    samples = read_samples(results["OUTPUT"])
    assert samples.counts() == {"blé d'été": 32, "maïs": 16}
    assert samples.variables == ["red", "nir"]
    stored = gdal.Open(series).ReadAsArray().reshape(3, 3, 20, 20)[:, :2]
    columns = ((samples.coordinates[:, 0] - 500_000) // 10).astype(int)
    rows = ((5_100_000 - samples.coordinates[:, 1]) // 10).astype(int)
    np.testing.assert_allclose(samples.values, np.moveaxis(stored[:, :, rows, columns], 2, 0) * 1e-4, rtol=1e-5)
    from_csv = read_csv_samples([results["CSV"]])
    np.testing.assert_array_equal(from_csv.values, samples.values)
    assert from_csv.groups.tolist() == samples.groups.tolist()
    with np.load(results["NPZ"], allow_pickle=False) as arrays:
        np.testing.assert_array_equal(arrays["X"], samples.values)


def test_the_layer_says_where_it_came_from(run, series, labels, tmp_path):
    run("extractsamples", SERIES=series, LABELS=labels, FIELD="crop", SEED=9, OUTPUT=output(tmp_path))
    dataset = gdal.OpenEx(output(tmp_path), gdal.OF_VECTOR)
    metadata = dataset.GetLayer(0).GetMetadata()
    assert metadata["CHRONOCOVER_ALGORITHM"] == "chronocover:extractsamples"
    assert '"SEED": 9' in metadata["CHRONOCOVER_PARAMETERS"] and "série.tif" in metadata["CHRONOCOVER_PARAMETERS"]


def test_qgis_shows_points_in_the_colours_of_the_labels(run, series, labels, tmp_path):
    gold = QgsFillSymbol.createSimple({"color": "#ffd700"})
    labels.setRenderer(QgsCategorizedSymbolRenderer("crop", [QgsRendererCategory("maïs", gold, "maïs")]))
    results = run("extractsamples", SERIES=series, LABELS=labels, FIELD="crop", OUTPUT=output(tmp_path))

    shown = QgsVectorLayer(results["OUTPUT"], "samples", "ogr")
    assert shown.isValid() and shown.crs().authid() == "EPSG:32633" and shown.featureCount() == 48
    categories = shown.renderer().categories()
    shown_as = {c.value(): (c.symbol().color(), c.symbol().size()) for c in categories}
    assert set(shown_as) == {"blé d'été", "maïs"}
    assert shown_as["maïs"][0] == QColor("#ffd700") and shown_as["maïs"][1] < 2


def test_labels_in_another_crs_give_the_same_samples(run, series, labels, tmp_path):
    import processing

    geographic = processing.run(
        "native:reprojectlayer", {"INPUT": labels, "TARGET_CRS": "EPSG:4326", "OUTPUT": str(tmp_path / "g.gpkg")}
    )["OUTPUT"]
    here = run("extractsamples", SERIES=series, LABELS=labels, FIELD="crop", OUTPUT=output(tmp_path))
    there = run("extractsamples", SERIES=series, LABELS=geographic, FIELD="crop", OUTPUT=str(tmp_path / "o.gpkg"))
    expected = read_samples(here["OUTPUT"]).coordinates
    np.testing.assert_array_equal(read_samples(there["OUTPUT"]).coordinates, expected)


def test_selected_labels_only(run, series, labels, tmp_path):
    gold = QgsFillSymbol.createSimple({"color": "#ffd700"})
    labels.setRenderer(QgsCategorizedSymbolRenderer("crop", [QgsRendererCategory("maïs", gold, "maïs")]))
    labels.selectByIds([3])
    part = QgsProcessingFeatureSourceDefinition(labels.id(), selectedFeaturesOnly=True)
    results = run("extractsamples", SERIES=series, LABELS=part, FIELD="crop", OUTPUT=output(tmp_path))
    samples = read_samples(results["OUTPUT"])
    assert samples.counts() == {"maïs": 16}
    assert samples.legend.classes[0].color == (255, 215, 0)


@pytest.mark.parametrize(
    ("choice", "groups"),
    [
        ({"GROUP_BY": "feature"}, 3),
        ({"GROUP_BY": "field", "GROUP_FIELD": "farm"}, 2),
        ({"GROUP_BY": "spatial blocks", "BLOCK_SIZE": 100}, 2),
        ({"GROUP_BY": "spatial blocks"}, 12),
    ],
)
def test_groups(run, series, labels, tmp_path, choice, groups):
    results = run("extractsamples", SERIES=series, LABELS=labels, FIELD="crop", OUTPUT=output(tmp_path), **choice)
    assert results["GROUPS"] == groups == len(set(read_samples(results["OUTPUT"]).groups))


def test_a_number_per_class_with_a_buffer_and_a_distance(run, series, labels, tmp_path):
    results = run("extractsamples", SERIES=series, LABELS=labels, FIELD="crop", HOW="number per class", COUNT=2,
                  BUFFER=10, MIN_DISTANCE=14, VARIABLES="nir", OUTPUT=output(tmp_path))  # fmt: skip
    samples = read_samples(results["OUTPUT"])
    assert samples.counts() == {"blé d'été": 2, "maïs": 2} and samples.variables == ["nir"]
    offsets = (samples.coordinates[:, 0] - 500_000) % 60, 5_100_000 - samples.coordinates[:, 1]
    assert all(((offset > 10) & (offset < 30)).all() for offset in offsets)


def test_a_class_raster(run, series, tmp_path):
    codes = np.zeros((20, 20), dtype=np.uint8)
    codes[:4, :4], codes[10:12], codes[:4, 10:14] = 3, 4, 3
    results = run("extractsamples", SERIES=series, LABELS_RASTER=write_raster(tmp_path / "codes.tif", codes),
                  HOW="share of pixels", SHARE=50, OUTPUT=output(tmp_path))  # fmt: skip
    samples = read_samples(results["OUTPUT"])
    assert samples.counts() == {"3": 16, "4": 20} and samples.codes.max() == 4
    assert results["GROUPS"] == 3


def test_the_log_counts_classes_and_reasons(qgis_app, series, labels, tmp_path):
    import processing

    feedback = QgsProcessingFeedback(False)
    processing.run("chronocover:extractsamples",
                   {"SERIES": series, "LABELS": labels, "FIELD": "crop", "OUTPUT": output(tmp_path)},
                   feedback=feedback)  # fmt: skip
    assert "maïs: 16 samples of 16 pixels in 1 feature" in feedback.textLog()
    assert "In all 48 samples in 3 groups." in feedback.textLog()


def test_processing_shows_the_layer_in_its_colours(qgis_app, series, labels, tmp_path):
    """The dialog loads results without their default style; what it then calls brings the style back."""
    algorithm = QgsApplication.processingRegistry().algorithmById("chronocover:extractsamples").create()
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(QgsProject.instance())
    details = QgsProcessingContext.LayerDetails("Samples", QgsProject.instance(), "OUTPUT")
    context.addLayerToLoadOnCompletion(output(tmp_path), details)
    parameters = {"SERIES": series, "LABELS": labels, "FIELD": "crop", "OUTPUT": output(tmp_path)}
    _, ok = algorithm.run(parameters, context, feedback)
    assert ok
    layer = QgsVectorLayer(output(tmp_path), "Samples", "ogr", QgsVectorLayer.LayerOptions(False))
    assert layer.renderer().type() == "singleSymbol"
    context.layerToLoadOnCompletionDetails(output(tmp_path)).postProcessor().postProcessLayer(layer, context, feedback)
    assert layer.renderer().type() == "categorizedSymbol"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"LABELS": None}, "one of the two"),
        ({"FIELD": None}, "class field"),
        ({"GROUP_BY": "field"}, "group field"),
        ({"VARIABLES": "ndvi"}, "no variable ndvi"),
        ({"FIELD": "species"}, "species"),
        ({"HOW": "share of pixels", "SHARE": 0}, "more than 0"),
    ],
)
def test_wrong_choices_are_refused(run, series, labels, tmp_path, changed, message):
    parameters = {"SERIES": series, "LABELS": labels, "FIELD": "crop", "OUTPUT": output(tmp_path), **changed}
    with pytest.raises(QgsProcessingException, match=message):
        run("extractsamples", **parameters)
    assert not (tmp_path / "mes échantillons").exists()


def test_labels_and_a_class_raster_at_once_are_refused(run, series, labels, tmp_path):
    codes = write_raster(tmp_path / "codes.tif", np.ones((20, 20), dtype=np.uint8))
    with pytest.raises(QgsProcessingException, match="one of the two"):
        run("extractsamples", SERIES=series, LABELS=labels, FIELD="crop", LABELS_RASTER=codes, OUTPUT=output(tmp_path))
    with pytest.raises(QgsProcessingException, match="no fields"):
        run("extractsamples", SERIES=series, LABELS_RASTER=codes, GROUP_BY="field", OUTPUT=output(tmp_path))


def test_a_raster_that_is_no_series_is_refused(run, labels, tmp_path):
    raster = write_raster(tmp_path / "plain.tif", np.ones((20, 20), dtype=np.uint8))
    with pytest.raises(QgsProcessingException, match="not an image series"):
        run("extractsamples", SERIES=raster, LABELS=labels, FIELD="crop", OUTPUT=output(tmp_path))


def test_too_many_dates_are_refused_before_the_work(run, labels, tmp_path):
    dates = [f"{year}-{month:02}-{day:02}" for year in (2020, 2021) for month in range(1, 13) for day in range(1, 29)]
    values = np.ones((len(dates), 3, 2, 2), dtype=np.uint8)
    wide = write_series(tmp_path / "wide.tif", values, dates, ["a", "b", "c"])
    with pytest.raises(QgsProcessingException, match="composite"):
        run("extractsamples", SERIES=wide, LABELS=labels, FIELD="crop", OUTPUT=output(tmp_path))


def test_the_labels_are_never_overwritten(run, series, labels, tmp_path):
    import processing

    path = str(tmp_path / "labels.gpkg")
    processing.run("native:savefeatures", {"INPUT": labels, "OUTPUT": path})
    with pytest.raises(QgsProcessingException, match="one of the inputs"):
        run("extractsamples", SERIES=series, LABELS=path, FIELD="crop", OUTPUT=path)
    assert QgsVectorLayer(path, "labels", "ogr").featureCount() == 4


class TestReadingTheLayerBack:
    """What “Train …” gets of a samples layer in the project."""

    @pytest.fixture
    def layer(self, run, series, labels, tmp_path):
        path = run("extractsamples", SERIES=series, LABELS=labels, FIELD="crop", OUTPUT=output(tmp_path))["OUTPUT"]
        layer = QgsVectorLayer(path, "samples of 2021", "ogr")
        QgsProject.instance().addMapLayer(layer)
        return layer

    def read(self, value):
        from qgis.core import QgsProcessingAlgorithm, QgsProcessingParameterFeatureSource

        from chronocover.algorithms.samples_layer import read_samples_parameter

        class Reads(QgsProcessingAlgorithm):
            def initAlgorithm(self, configuration=None):
                self.addParameter(QgsProcessingParameterFeatureSource("SAMPLES", "Samples"))

            def createInstance(self):
                return Reads()

        algorithm = Reads()
        algorithm.initAlgorithm()
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        return read_samples_parameter(algorithm, {"SAMPLES": value}, "SAMPLES", context, Feedback())

    def test_whole_layers_and_files_are_the_same(self, layer):
        for value in (layer, layer.id(), layer.source(), QgsProcessingFeatureSourceDefinition(layer.id())):
            samples = self.read(value)
            assert samples.counts() == {"blé d'été": 32, "maïs": 16}
            np.testing.assert_array_equal(samples.values, read_samples(layer.source()).values)

    def test_selected_rows(self, layer):
        layer.selectByIds([40, 2, 7])
        part = self.read(QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True))
        whole = read_samples(layer.source())
        np.testing.assert_array_equal(part.values, whole.values[[1, 6, 39]])
        np.testing.assert_array_equal(part.coordinates, whole.coordinates[[1, 6, 39]])
        assert part.groups.tolist() == whole.groups[[1, 6, 39]].tolist()
        assert part.variables == ["red", "nir"]

    def test_a_filter(self, layer):
        layer.setSubsetString("\"class\" = 'maïs'")
        samples = self.read(layer)
        assert samples.counts() == {"maïs": 16}
        assert samples.codes.tolist() == [2] * 16  # the code that the whole layer gives it

    def test_unsaved_edits(self, layer):
        layer.startEditing()
        layer.deleteFeatures([1, 2])
        layer.changeAttributeValue(3, layer.fields().indexOf("class"), "seigle")
        layer.changeAttributeValue(4, layer.fields().indexOf("red_20210306"), None)
        edited = self.read(layer)
        assert edited.counts() == {"blé d'été": 29, "maïs": 16, "seigle": 1}
        assert np.isnan(edited.values[1, 0, 0])
        assert len(read_samples(layer.source())) == 48
        layer.commitChanges()
        assert read_samples(layer.source()).counts() == edited.counts()

    def test_another_format_without_metadata(self, layer, tmp_path):
        path = str(tmp_path / "exported.geojson")
        gdal.VectorTranslate(path, layer.source(), format="GeoJSON", layerCreationOptions=["RFC7946=NO"])
        samples = self.read(path)
        np.testing.assert_array_equal(samples.values, read_samples(layer.source()).values)
        assert samples.legend.names == ["blé d'été", "maïs"]

    def test_a_layer_that_is_no_samples_layer_is_refused(self, labels):
        from chronocover.core.errors import ChronocoverError

        with pytest.raises(ChronocoverError, match="“fields” has no columns of values"):
            self.read(labels)

    def test_an_empty_selection_is_refused(self, layer):
        from chronocover.core.errors import ChronocoverError

        layer.setSubsetString("\"class\" = 'none'")
        with pytest.raises(ChronocoverError, match="empty"):
            self.read(layer)


def test_real_points_on_real_images(run, data_folder, tmp_path):
    """MODIS and 291 points of Mato Grosso, against values that GDAL alone reads at the points."""
    folder = data_folder / "mato_grosso_modis"
    series = run("buildseries", FOLDER=str(folder), PATTERN="*.tif", VARIABLES="EVI,NDVI,RED,BLUE,NIR,MIR,DOY",
                 KEEP="EVI,NDVI,RED,BLUE,NIR,MIR", OUTPUT=str(tmp_path / "series.vrt"))["OUTPUT"]  # fmt: skip

    results = run("extractsamples", SERIES=series, LABELS=str(folder / "samples.gpkg"), FIELD="label",
                  OUTPUT=output(tmp_path))  # fmt: skip

    samples, reference = read_samples(results["OUTPUT"]), mato_grosso(data_folder)
    assert samples.dates == reference.dates and samples.legend.names == reference.legend.names
    place_of = {series.tobytes(): i for i, series in enumerate(reference.values)}
    found = [place_of[series.tobytes()] for series in samples.values]  # exactly equal, holes too
    assert samples.classes.tolist() == [reference.classes[i] for i in found]
    assert len(set(found)) == len(samples) == results["SAMPLES"]
    assert np.abs(samples.coordinates - reference.coordinates[found]).max() <= 231.66 / 2
