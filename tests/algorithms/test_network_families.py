"""Training LSTM and L-TAE as QGIS does, and what a spatial context asks of the steps around."""

import pytest
from osgeo import gdal
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback
from series_samples import season_samples
from window_samples import texture_samples, texture_scene

torch = pytest.importorskip("torch")

from chronocover.core.provenance import Provenance  # noqa: E402
from chronocover.core.samples.table import write_samples  # noqa: E402
from chronocover.models.families.networks.lstm import Lstm  # noqa: E402
from chronocover.models.families.networks.ltae import Ltae  # noqa: E402
from chronocover.models.session import ModelSession  # noqa: E402

FAST = {"EPOCHS": 12, "BATCH_SIZE": 16, "VALIDATION": "hold-out"}
SETTINGS = {
    "trainlstm": (
        {"LAYERS": 2, "HIDDEN": 6, "DROPOUT": 0.1, "LEARNING_RATE": 0.02},
        {"layers": 2, "hidden": 6, "context": 1, "dropout": 0.1, "learning_rate": 0.02, "weight_decay": 1e-6},
    ),
    "trainattention": (
        {"HEADS": 2, "WIDTH": 16, "KEY_SIZE": 3, "PERIOD": 500, "LEARNING_RATE": 0.01},
        {"heads": 2, "width": 16, "key_size": 3, "period": 500.0, "dropout": 0.2, "learning_rate": 0.01},
    ),
}
SMALL = {"LAYERS": 1, "HIDDEN": 6, "CONTEXT": "3 x 3 pixels", **FAST}


@pytest.fixture
def layer(qgis_app, tmp_path):
    path = tmp_path / "échantillons d'été.gpkg"
    write_samples(season_samples(dates=10, missing=0.1, noise=0.2, per_class=30), str(path), Provenance())
    return str(path)


@pytest.fixture
def scene(tmp_path):
    """A series, the class codes of its pixels, and a samples layer."""
    path, codes = texture_scene(tmp_path / "série été.tif")
    write_samples(texture_samples(path, codes, side=1), str(tmp_path / "s.gpkg"), Provenance())
    return path, codes, str(tmp_path / "s.gpkg")


@pytest.mark.parametrize("name", SETTINGS)
def test_samples_become_a_model_with_the_settings(name, run, layer, tmp_path):
    settings, expected = SETTINGS[name]
    results = run(
        name,
        SAMPLES=layer,
        OUTPUT=str(tmp_path / "mon modèle.onnx"),
        REPORT=str(tmp_path / "r.html"),
        **settings,
        **FAST,
    )
    card = ModelSession.open(results["OUTPUT"]).card
    assert card.legend.names == ["blé d'hiver", "forêt", "maïs"]
    assert expected.items() <= card.parameters.items()
    assert results["OVERALL_ACCURACY"] > 0.8
    assert "Epoch" in (tmp_path / "r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "family"), [("trainlstm", Lstm()), ("trainattention", Ltae())])
def test_the_dialog_begins_with_the_defaults_of_the_family(name, family, qgis_app):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"chronocover:{name}")
    assert algorithm.family({}, QgsProcessingContext()) == family


def test_a_spatial_context_from_samples_to_map_and_test(run, scene, tmp_path):
    series, codes, layer = scene
    model = run("trainlstm", SAMPLES=layer, SERIES=series, OUTPUT=str(tmp_path / "m.onnx"), **SMALL)["OUTPUT"]
    assert run("modelinfo", MODEL=model)["CONTEXT"] == 3
    found = run("classifyseries", SERIES=series, MODEL=model, OUTPUT=str(tmp_path / "map.tif"))
    classes = gdal.Open(found["OUTPUT"]).ReadAsArray()
    assert (classes == codes).mean() > 0.95
    assert classes[4, 4] == classes[20, 20] == 0  # never observed, which their neighbours do not change
    write_samples(texture_samples(series, codes, seed=8, side=1), str(tmp_path / "others.gpkg"), Provenance())
    others = {"MODEL": model, "SAMPLES": str(tmp_path / "others.gpkg")}
    assert run("evaluatemodel", SERIES=series, **others)["OVERALL_ACCURACY"] > 0.95
    with pytest.raises(QgsProcessingException, match=r"looks at 3 × 3 pixels.*Give the image time series"):
        run("evaluatemodel", **others)


def test_a_spatial_context_needs_the_series_of_the_samples(run, scene, tmp_path):
    _, _, layer = scene
    given = {"SAMPLES": layer, "OUTPUT": str(tmp_path / "out" / "m.onnx"), **SMALL}
    with pytest.raises(
        QgsProcessingException, match="needs the image time series that the samples were extracted from"
    ):
        run("trainlstm", **given)
    other, _ = texture_scene(tmp_path / "other.tif", seed=7)
    with pytest.raises(QgsProcessingException, match="samples have other values than the series"):
        run("trainlstm", SERIES=other, **given)
    assert not list((tmp_path).glob("out/*"))


def test_a_pixel_alone_needs_no_series(run, scene, tmp_path):
    series, _, layer = scene
    alone = {**SMALL, "CONTEXT": "pixel alone"}
    model = run("trainlstm", SAMPLES=layer, SERIES=series, OUTPUT=str(tmp_path / "m.onnx"), **alone)["OUTPUT"]
    assert ModelSession.open(model).card.context == 1


def test_cancelling_leaves_nothing(qgis_app, scene, tmp_path):
    series, _, layer = scene
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("chronocover:trainlstm")
    feedback = QgsProcessingFeedback()
    feedback.progressChanged.connect(lambda progress: progress > 20 and feedback.cancel())
    given = {"SAMPLES": layer, "SERIES": series, "OUTPUT": str(tmp_path / "out" / "m.onnx"), **SMALL}
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        algorithm.run(given, QgsProcessingContext(), feedback, {}, False)
    assert not list((tmp_path).glob("out/*"))


def test_features_that_heads_cannot_share(run, layer, tmp_path):
    with pytest.raises(QgsProcessingException, match=r"100 cannot be shared by 16 heads. Choose a multiple of 32"):
        run("trainattention", SAMPLES=layer, OUTPUT=str(tmp_path / "m.onnx"), WIDTH=100)
    assert not (tmp_path / "m.onnx").exists()
