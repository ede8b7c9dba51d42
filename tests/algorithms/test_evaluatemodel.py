"""A finished model tested on samples, as QGIS runs it."""

import datetime
import json
from dataclasses import replace

import numpy as np
import pytest
from osgeo import ogr
from qgis.core import QgsProcessingException, QgsProcessingFeatureSourceDefinition, QgsProject, QgsVectorLayer
from series_samples import season_samples
from sklearn.metrics import accuracy_score, cohen_kappa_score, confusion_matrix, f1_score

from chronocover.core.feedback import Feedback
from chronocover.core.labels.legend import Legend
from chronocover.core.provenance import Provenance
from chronocover.core.samples.table import write_samples
from chronocover.models.families.random_forest import RandomForest
from chronocover.models.session import ModelSession
from chronocover.models.testing import evaluate_model
from chronocover.models.training import TrainingSettings, train
from chronocover.models.validation import NONE, Validation


@pytest.fixture
def model(tmp_path):
    """The path of a model of winter wheat, maize and forest."""
    settings = TrainingSettings(Validation(NONE))
    trained = train(season_samples(noise=0.5), RandomForest(20), settings, Provenance("test"), Feedback())
    trained.save(str(tmp_path / "modèle.onnx"))
    return str(tmp_path / "modèle.onnx")


def noisy(**changes):
    return season_samples(**{"noise": 0.8, "seed": 9, "per_class": 50, "missing": 0.2, **changes})


def layer_of(samples, path):
    write_samples(samples, str(path), Provenance())
    return str(path)


def test_figures_and_reports(run, model, tmp_path):
    samples = noisy()
    results = run(
        "evaluatemodel", MODEL=model, SAMPLES=layer_of(samples, tmp_path / "s é.gpkg"), REPORT=str(tmp_path / "r.html"),
        REPORT_JSON=str(tmp_path / "r.json"),
    )  # fmt: skip
    labels = ModelSession.open(model).predict(samples.values)[0]
    assert results["OVERALL_ACCURACY"] == pytest.approx(accuracy_score(samples.codes, labels))
    assert results["KAPPA"] == pytest.approx(cohen_kappa_score(samples.codes, labels))
    assert results["MACRO_F1"] == pytest.approx(f1_score(samples.codes, labels, average="macro"))
    assert results["ACCURACY_LOW"] < results["OVERALL_ACCURACY"] < results["ACCURACY_HIGH"]
    assert (results["SAMPLES_TESTED"], results["SAMPLES_WITHOUT_DATA"]) == (150, 0)
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert report["scores"]["matrix"] == confusion_matrix(samples.codes, labels).tolist()
    assert sum(part["tested"] for part in report["coverage"]) == 150
    assert "model_sha256" in report["provenance"]["extra"]
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "blé d&#x27;hiver" in page and "By date coverage" in page and "By region" not in page and "<svg" in page


def test_regions_are_told_apart(run, model, tmp_path):
    samples = noisy()
    path = layer_of(samples, tmp_path / "s.gpkg")
    file = ogr.Open(path, 1)
    layer = file.GetLayer(0)
    layer.CreateField(ogr.FieldDefn("région", ogr.OFTString))
    for number, feature in enumerate(layer):
        if number % 3:
            feature.SetField("région", ["Nord", "Sud"][number % 2])
            layer.SetFeature(feature)
    layer = file = None
    run("evaluatemodel", MODEL=model, SAMPLES=path, REGION="région", REPORT_JSON=str(tmp_path / "r.json"))
    found = {part["name"]: part for part in json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["regions"]}
    right = ModelSession.open(model).predict(samples.values)[0] == samples.codes
    numbers = np.arange(150)
    for name, rows in (
        ("(none)", numbers % 3 == 0),
        ("Nord", (numbers % 3 > 0) & (numbers % 2 == 0)),
        ("Sud", (numbers % 3 > 0) & (numbers % 2 == 1)),
    ):
        assert found[name]["tested"] == rows.sum() == 50
        assert found[name]["accuracy"] == pytest.approx(right[rows].mean())


def test_a_selection_is_honoured(run, model, tmp_path):
    layer = QgsVectorLayer(layer_of(noisy(), tmp_path / "s.gpkg"), "samples", "ogr")
    layer.selectByExpression("\"class\" = 'maïs'")
    QgsProject.instance().addMapLayer(layer)
    chosen = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
    assert run("evaluatemodel", MODEL=model, SAMPLES=chosen, REGION="group")["SAMPLES_TESTED"] == 50
    QgsProject.instance().removeMapLayer(layer.id())


def test_variables_match_by_name_and_dates_by_season(model):
    """The next year's samples, with their variables in another order and one more."""
    samples = noisy(missing=0.0)
    swapped = replace(
        samples,
        values=np.concatenate([samples.values[:, :, ::-1], samples.values[:, :, :1]], axis=2),
        variables=["nir", "red", "swir"],
        dates=[day + datetime.timedelta(days=365) for day in samples.dates],
    )
    session = ModelSession.open(model)
    expected = evaluate_model(session, samples)
    found = evaluate_model(session, swapped)
    assert found.season.start == datetime.date(2025, 3, 1)
    np.testing.assert_array_equal(found.scores.matrix, expected.scores.matrix)


def test_unknown_classes_count_as_wrong(model):
    samples = noisy()
    classes = samples.classes.copy()
    classes[:30] = "vignes"
    found = evaluate_model(
        ModelSession.open(model), replace(samples, classes=classes, legend=Legend.of_values(classes))
    )
    assert found.scores.classes[-1].name == "vignes" and found.scores.classes[-1].recall == 0
    assert found.scores.matrix[-1].sum() == 30
    assert found.notes == ["The model does not know the class “vignes”: its 30 samples count as wrong."]


def test_the_learning_samples_themselves_are_noticed(model):
    assert (
        "says nothing about new places" in evaluate_model(ModelSession.open(model), season_samples(noise=0.5)).notes[0]
    )


def test_samples_without_data_are_left_out(model):
    samples = noisy()
    samples.values[:7, :, 1] = np.nan
    assert evaluate_model(ModelSession.open(model), samples).without_data == 7


def test_what_does_not_fit(run, model, tmp_path):
    other = noisy(variables=("ndvi", "red"))
    winter = noisy()
    winter = replace(winter, dates=[day + datetime.timedelta(days=150) for day in winter.dates])
    empty = noisy()
    empty.values[:, :, 0] = np.nan
    for samples, message in (
        (other, "lack 1 of the model's variables: nir"),
        (winter, "does not cover the model's season"),
        (empty, "None of the samples can be classified|observed"),
    ):
        path = layer_of(samples, tmp_path / f"{message[:4]}.gpkg")
        with pytest.raises(QgsProcessingException, match=message):
            run("evaluatemodel", MODEL=model, SAMPLES=path, REPORT=str(tmp_path / "r.html"))
    assert not (tmp_path / "r.html").exists()
