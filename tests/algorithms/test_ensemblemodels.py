"""Several models combined to one, as QGIS runs it."""

import datetime

import numpy as np
import pytest
from linear_model import card_for, write_linear_model
from osgeo import gdal
from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback
from scenes import write_series
from series_samples import season_samples

from chronocover.algorithms.ensemblemodels import EnsembleModels
from chronocover.core.feedback import Feedback
from chronocover.core.provenance import Provenance
from chronocover.core.samples.table import write_samples
from chronocover.models.families.perceptron import Perceptron
from chronocover.models.families.random_forest import RandomForest
from chronocover.models.session import ModelSession
from chronocover.models.training import TrainingSettings, train

DATES = [datetime.date(2024, 4, 1) + datetime.timedelta(days=15 * step) for step in range(4)]


@pytest.fixture
def models(tmp_path):
    """The paths of a forest and a network, each validated."""
    paths = []
    for family in (RandomForest(10), Perceptron((8,), max_iter=30)):
        model = train(season_samples(noise=0.8), family, TrainingSettings(threads=1), Provenance("test"), Feedback())
        paths.append(str(tmp_path / f"modèle {family.name}.onnx"))
        model.save(paths[-1])
    return paths


def test_train_combine_test_and_show(run, models, tmp_path):
    output = str(tmp_path / "très bon.onnx")
    made = run("ensemblemodels", MODELS=models, WEIGHTS="3, 1", OUTPUT=output)
    assert made["MEMBERS"] == 2 and made["BYTES"] > 1000 and made["TITLE"].startswith("Ensemble of 2 models")

    samples = season_samples(noise=0.8, seed=9, per_class=40, missing=0.2)
    write_samples(samples, str(tmp_path / "s.gpkg"), Provenance())
    tested = run("evaluatemodel", MODEL=output, SAMPLES=str(tmp_path / "s.gpkg"))
    probabilities = [ModelSession.open(path).predict(samples.values)[1] for path in models]
    best = np.average(probabilities, axis=0, weights=[3, 1]).argmax(axis=1) + 1
    assert tested["OVERALL_ACCURACY"] == pytest.approx((best == samples.codes).mean())

    shown = run("modelinfo", MODEL=output, REPORT=str(tmp_path / "r.html"))
    assert shown["FAMILY"] == "Ensemble" and "OVERALL_ACCURACY" not in shown
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    for text in ("Members", "Random forest, 3 classes", "0.750", "5-fold", ModelSession.open(models[1]).sha256()[:12]):
        assert text in page


def test_a_map_is_that_of_the_mean(run, tmp_path):
    card = card_for(DATES, ("red", "nir"))
    paths = [write_linear_model(tmp_path / "1.onnx", card)]
    paths.append(write_linear_model(tmp_path / "2.onnx", card_for(DATES, ("nir", "red"))))
    random = np.random.default_rng(1)
    values = random.random((4, 2, 9, 11)).astype(np.float32)
    values[random.random(values.shape) < 0.2] = np.nan
    series = write_series(tmp_path / "s.tif", values, DATES, ("red", "nir"))
    run("ensemblemodels", MODELS=paths, OUTPUT=str(tmp_path / "e.onnx"))
    maps = []
    for path in [*paths, str(tmp_path / "e.onnx")]:
        run("classifyseries", SERIES=series, MODEL=path, OUTPUT=path + ".tif", PROBABILITIES=path + ".p.tif")
        maps.append(gdal.Open(path + ".p.tif").ReadAsArray().astype(float))
    seen = maps[0][0] < 65535
    assert seen.mean() > 0.9
    np.testing.assert_allclose(maps[2][:, seen], (maps[0] + maps[1])[:, seen] / 2, atol=1.01)  # in 1/10,000


def test_the_log_tells_the_shares(qgis_app, models, tmp_path):
    feedback = QgsProcessingFeedback()
    given = {"MODELS": [*models, models[0]], "OUTPUT": str(tmp_path / "e.onnx")}
    _, ok = EnsembleModels().create().run(given, QgsProcessingContext(), feedback)
    assert ok
    for text in ("0.333 × modèle Random forest.onnx", "listed twice"):
        assert text in feedback.textLog()


def test_wrong_inputs(run, models, tmp_path):
    other = write_linear_model(tmp_path / "other.onnx", card_for(DATES, ("red", "ndvi")))
    (tmp_path / "cut.onnx").write_bytes((tmp_path / "other.onnx").read_bytes()[:500])
    for given, message in (
        ({"MODELS": []}, "at least two models"),
        ({"MODELS": models[:1]}, "at least two models"),
        ({"MODELS": models[0]}, "at least two models"),
        ({"MODELS": [models[0], str(tmp_path / "no.onnx")]}, "There is no model file"),
        ({"MODELS": [models[0], other]}, "(?s)same variables.*red, nir.*red, ndvi"),
        ({"MODELS": [models[0], str(tmp_path / "cut.onnx")]}, "not an ONNX model that can be run"),
        ({"MODELS": models, "WEIGHTS": "1"}, "1 weights for 2 models"),
        ({"MODELS": models, "WEIGHTS": "1, -1"}, "above 0"),
    ):
        with pytest.raises(QgsProcessingException, match=message):
            run("ensemblemodels", **given, OUTPUT=str(tmp_path / "e.onnx"))
    assert not (tmp_path / "e.onnx").exists()
    with pytest.raises(QgsProcessingException, match=r"[Ww]rit"):
        run("ensemblemodels", MODELS=models, OUTPUT=str(tmp_path / "cut.onnx" / "e.onnx"))
    with pytest.raises(QgsProcessingException):
        run("ensemblemodels", MODELS=models, OUTPUT=models[0])
