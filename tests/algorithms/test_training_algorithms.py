"""The training algorithms as QGIS runs them."""

import json
import sys

import numpy as np
import pytest
from model_cards import card_of
from osgeo import ogr
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)
from real_samples import mato_grosso
from series_samples import season_samples

from chronocover.core.provenance import Provenance
from chronocover.core.samples.table import write_samples

FAST = {"trainrandomforest": {"TREES": 20}, "trainboosting": {"ITERATIONS": 10, "MIN_LEAF": 5}}


@pytest.fixture
def layer(qgis_app, tmp_path):
    path = tmp_path / "échantillons d'été.gpkg"
    write_samples(season_samples(missing=0.1), str(path), Provenance())
    return str(path)


@pytest.mark.parametrize("name", FAST)
def test_samples_become_a_model_with_report_and_figures(name, run, layer, tmp_path):
    output = str(tmp_path / "mon modèle.onnx")
    results = run(
        name, SAMPLES=layer, OUTPUT=output, REPORT=str(tmp_path / "r.html"), REPORT_JSON=str(tmp_path / "r.json"),
        **FAST[name],
    )  # fmt: skip
    assert results["OUTPUT"] == output
    card = card_of(output)
    assert card.legend.names == ["blé d'hiver", "forêt", "maïs"]
    assert card.variables == ("red", "nir") and card.time_axis.season_start == "03-01"
    assert card.training["samples"] == {"blé d'hiver": 60, "forêt": 60, "maïs": 60}
    assert card.training["groups"] == {"blé d'hiver": 10, "forêt": 10, "maïs": 10}
    assert card.training["algorithm"] == f"chronocover:{name}"
    assert {"chronocover", "qgis", "scikit-learn", "onnx", "skl2onnx", "numpy"} <= set(card.versions)

    assert results["OVERALL_ACCURACY"] > 0.9
    assert results["ACCURACY_LOW"] <= results["OVERALL_ACCURACY"] <= results["ACCURACY_HIGH"]
    assert (results["SAMPLES_USED"], results["CLASSES"]) == (180, 3)
    assert {"MACRO_F1", "KAPPA", "RANDOM_SPLIT_ACCURACY"} <= set(results)

    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.count("<svg") >= 4 and "blé d&#x27;hiver" in page and "A random split would have claimed" in page
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert report["scores"]["overall_accuracy"] == results["OVERALL_ACCURACY"]
    assert report["scores"]["method"] == "group k-fold"
    assert np.sum(report["scores"]["confusion_matrix"]) == 180
    assert np.shape(report["importance"]["values"]) == (8, 2)
    assert report["provenance"]["parameters"]["SAMPLES"] == layer


def test_a_selection_in_the_layer_is_honoured(run, layer, tmp_path):
    samples = QgsVectorLayer(layer, "samples", "ogr")
    samples.selectByExpression("\"class\" <> 'maïs'")
    QgsProject.instance().addMapLayer(samples)
    chosen = QgsProcessingFeatureSourceDefinition(samples.id(), selectedFeaturesOnly=True)
    results = run("trainrandomforest", SAMPLES=chosen, OUTPUT=str(tmp_path / "m.onnx"), TREES=5)
    assert (results["SAMPLES_USED"], results["CLASSES"]) == (120, 2)
    QgsProject.instance().removeMapLayer(samples.id())


def test_variables_to_keep(run, layer, tmp_path):
    results = run("trainrandomforest", SAMPLES=layer, OUTPUT=str(tmp_path / "m.onnx"), VARIABLES=" nir ", TREES=5)
    assert card_of(results["OUTPUT"]).variables == ("nir",)
    with pytest.raises(QgsProcessingException, match=r"no variable “swir”. They have: red, nir"):
        run("trainrandomforest", SAMPLES=layer, OUTPUT=str(tmp_path / "n.onnx"), VARIABLES="swir, nir", TREES=5)


def test_without_validation_there_is_no_accuracy(run, layer, tmp_path):
    results = run(
        "trainboosting", SAMPLES=layer, OUTPUT=str(tmp_path / "m.onnx"), REPORT=str(tmp_path / "r.html"),
        REPORT_JSON=str(tmp_path / "r.json"), VALIDATION="none", ITERATIONS=5,
    )  # fmt: skip
    assert "OVERALL_ACCURACY" not in results
    assert "not validated" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["importance"] is None


@pytest.mark.parametrize(
    "settings",
    [
        {"MAX_FEATURES": "share", "FEATURES_SHARE": 0.5, "MAX_SAMPLES": 0.5, "CRITERION": "entropy"},
        {"MAX_FEATURES": "all", "MAX_DEPTH": 0, "MIN_LEAF": 3, "MIN_SPLIT": 8, "CLASS_WEIGHTS": "balanced"},
    ],
)
def test_settings_of_the_forest_reach_scikit_learn(settings, run, layer, tmp_path):
    results = run(
        "trainrandomforest", SAMPLES=layer, OUTPUT=str(tmp_path / "m.onnx"), VALIDATION="hold-out", TREES=7, **settings
    )
    used = card_of(results["OUTPUT"]).parameters
    assert used["n_estimators"] == 7
    assert used["max_features"] == (0.5 if settings["MAX_FEATURES"] == "share" else None)
    assert used["max_depth"] == (None if settings.get("MAX_DEPTH") == 0 else 25)
    assert used["class_weights"] == settings.get("CLASS_WEIGHTS", "none")


def test_settings_of_the_boosting_reach_scikit_learn(run, layer, tmp_path):
    results = run(
        "trainboosting", SAMPLES=layer, OUTPUT=str(tmp_path / "m.onnx"), VALIDATION="spatial blocks", FOLDS=3,
        BLOCK_SIZE=600, ITERATIONS=30, LEARNING_RATE=0.5, MAX_LEAF_NODES=4, MAX_DEPTH=3, L2=2, MAX_FEATURES=0.5,
        MAX_BINS=32, EARLY_STOPPING="yes", CLASS_WEIGHTS="balanced",
    )  # fmt: skip
    card = card_of(results["OUTPUT"])
    expected = {
        "learning_rate": 0.5, "max_iter": 30, "max_leaf_nodes": 4, "max_depth": 3, "l2_regularization": 2.0,
        "max_features": 0.5, "max_bins": 32, "early_stopping": True,
    }  # fmt: skip
    assert expected.items() <= card.parameters.items()
    assert card.scores["validation"].startswith("3-fold cross-validation")
    assert "blocks of 600 map units never split" in card.scores["validation"]


def add_field(path, name, kind, values):
    file = ogr.Open(path, 1)
    table = file.GetLayer(0)
    table.CreateField(ogr.FieldDefn(name, kind))
    for feature, value in zip(table, values):
        if value is not None:
            feature.SetField(name, value)
            table.SetFeature(feature)
    table = file = None


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        (ogr.OFTString, ["Nord", "Sud", "Île"], ["Nord", "Sud", "Île"]),
        (ogr.OFTReal, [2021.0, 2022.0, 2023.0], ["2021", "2022", "2023"]),
        (ogr.OFTInteger, [0, 1, None], ["0", "1"]),
        (ogr.OFTDate, ["2021/03/04", "2022/05/06", "2022/12/31"], ["2021", "2022"]),
        (ogr.OFTDateTime, ["2021/03/04 10:00:00", "2022/05/06 23:59:59", None], ["2021", "2022"]),
    ],
)
def test_a_region_or_year_is_left_out(kind, values, expected, run, layer, tmp_path):
    add_field(layer, "où", kind, [values[row // 6 % 3] for row in range(180)])
    results = run(
        "trainrandomforest", SAMPLES=layer, OUTPUT=str(tmp_path / "m.onnx"), REPORT=str(tmp_path / "r.html"),
        REPORT_JSON=str(tmp_path / "r.json"), VALIDATION="leave one out", SPLIT_FIELD="où", TREES=10,
    )  # fmt: skip
    scores = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["scores"]
    assert [part["name"] for part in scores["regions"]] == expected
    assert sum(part["tested"] for part in scores["regions"]) == scores["tested_samples"]
    assert scores["tested_samples"] == (120 if None in values else 180)
    assert scores["shares"]["test"] == pytest.approx(1 / len(expected))
    assert results["SAMPLES_USED"] == 180
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "By “où”" in page and f"<td>{expected[1]}</td>" in page
    assert card_of(results["OUTPUT"]).scores["regions"] == scores["regions"]
    report = str(tmp_path / "card.html")
    run("modelinfo", MODEL=results["OUTPUT"], REPORT=report)
    with open(report, encoding="utf-8") as file:
        assert f"<td>{expected[0]}</td>" in file.read()


def test_a_given_split_and_resampling_are_on_record(run, layer, tmp_path):
    sides = ["train", "validation", "test"]
    add_field(layer, "side", ogr.OFTString, [sides[row // 6 % 3] for row in range(180)])
    results = run(
        "trainmlp", SAMPLES=layer, OUTPUT=str(tmp_path / "m.onnx"), REPORT=str(tmp_path / "r.html"),
        VALIDATION="given split", SPLIT_FIELD="side", RESAMPLING="SMOTE", EARLY_STOPPING=True, EPOCHS=40,
    )  # fmt: skip
    card = card_of(results["OUTPUT"])
    assert card.parameters["resampling"] == "SMOTE"
    assert card.scores["validation"] == (
        "The split given by “side”: 120 samples to learn from (60 of them for validation), 60 to test; 50% of those "
        "learnt from are kept aside to decide when to stop"
    )
    assert card.scores["shares"] == pytest.approx({"learning": 1 / 3, "validation": 1 / 3, "test": 1 / 3})
    assert "evens out what is learnt from" in (tmp_path / "r.html").read_text(encoding="utf-8")
    plain = run(
        "trainknn", SAMPLES=layer, OUTPUT=str(tmp_path / "k.onnx"), VALIDATION="given split", SPLIT_FIELD="side"
    )
    validation = card_of(plain["OUTPUT"]).scores["validation"]
    assert validation.endswith("; this classifier keeps none aside, and learns from those for validation too")


def test_a_validation_by_a_field_needs_one_that_is_there(run, layer, tmp_path):
    output = str(tmp_path / "m.onnx")
    for field, message in ((None, "needs a field of the samples"), ("nowhere", "nowhere")):
        with pytest.raises(QgsProcessingException, match=message):
            run("trainknn", SAMPLES=layer, OUTPUT=output, VALIDATION="leave one out", SPLIT_FIELD=field)
    assert not (tmp_path / "m.onnx").exists()


def test_without_imbalanced_learn_only_smote_is_missing(run, layer, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "imblearn", None)
    output = str(tmp_path / "m.onnx")
    with pytest.raises(QgsProcessingException, match=r"install .*imbalanced-learn"):
        run("trainknn", SAMPLES=layer, OUTPUT=output, RESAMPLING="SMOTE")
    assert not (tmp_path / "m.onnx").exists()
    assert run("trainknn", SAMPLES=layer, OUTPUT=output, VALIDATION="none", RESAMPLING="oversample")["OUTPUT"] == output


def test_one_class_is_refused_and_leaves_nothing(run, qgis_app, tmp_path):
    write_samples(season_samples(names=("forêt",)), str(tmp_path / "s.gpkg"), Provenance())
    with pytest.raises(QgsProcessingException, match=r"at least two classes.*all of the class “forêt”"):
        run("trainrandomforest", SAMPLES=str(tmp_path / "s.gpkg"), OUTPUT=str(tmp_path / "out" / "m.onnx"))
    assert not (tmp_path / "out" / "m.onnx").exists()


def test_the_model_never_replaces_the_samples(run, layer):
    with pytest.raises(QgsProcessingException, match="is one of the inputs"):
        run("trainrandomforest", SAMPLES=layer, OUTPUT=layer)


def test_the_report_never_replaces_the_model(run, layer, tmp_path):
    with pytest.raises(QgsProcessingException, match="Two outputs"):
        run("trainrandomforest", SAMPLES=layer, OUTPUT=str(tmp_path / "a.html"), REPORT=str(tmp_path / "a.html"))


def test_an_output_folder_that_cannot_be(run, layer, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(QgsProcessingException, match="Cannot write in the folder"):
        run("trainrandomforest", SAMPLES=layer, OUTPUT=str(tmp_path / "file" / "m.onnx"), VALIDATION="none", TREES=2)


def test_cancelling_leaves_nothing(qgis_app, layer, tmp_path):
    class CancelsAtHalf(QgsProcessingFeedback):
        def setProgress(self, progress):
            if progress >= 40:
                self.cancel()

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("chronocover:trainrandomforest")
    parameters = {"SAMPLES": layer, "OUTPUT": str(tmp_path / "out" / "m.onnx"), "TREES": 40}
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        algorithm.run(parameters, QgsProcessingContext(), CancelsAtHalf(), {}, False)
    assert not (tmp_path / "out").exists()


def test_real_points_by_spatial_blocks_with_default_settings(run, data_folder, tmp_path):
    """MODIS, Mato Grosso: five crops, 23 dates. Random splits claim 0.99; whole blocks of land are the honest test."""
    write_samples(mato_grosso(data_folder), str(tmp_path / "s.gpkg"), Provenance())
    for name in FAST:
        results = run(
            name, SAMPLES=str(tmp_path / "s.gpkg"), OUTPUT=str(tmp_path / f"{name}.onnx"), VALIDATION="spatial blocks"
        )
        assert results["OVERALL_ACCURACY"] >= 0.90
        assert results["RANDOM_SPLIT_ACCURACY"] >= results["OVERALL_ACCURACY"]


def test_real_points_with_the_west_left_out(run, data_folder, tmp_path):
    """MODIS, Mato Grosso: fields of each half of the land, mapped by what was learnt from the other half."""
    samples = mato_grosso(data_folder)
    path = str(tmp_path / "s.gpkg")
    write_samples(samples, path, Provenance())
    middle = np.median(samples.coordinates[:, 0])
    add_field(path, "half", ogr.OFTString, np.where(samples.coordinates[:, 0] < middle, "west", "east").tolist())
    results = run(
        "trainextratrees",
        SAMPLES=path,
        OUTPUT=str(tmp_path / "m.onnx"),
        VALIDATION="leave one out",
        SPLIT_FIELD="half",
        TREES=30,
    )
    parts = card_of(results["OUTPUT"]).scores["regions"]
    assert [(part["name"], part["tested"] > 140) for part in parts] == [("east", True), ("west", True)]
    assert 0.3 <= results["OVERALL_ACCURACY"] < results["RANDOM_SPLIT_ACCURACY"]
