"""Comparing classifiers, and searching their settings, as QGIS runs them."""

import csv
import json
import sys

import numpy as np
import pytest
from model_cards import card_of
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback
from series_samples import season_samples

from chronocover.core.provenance import Provenance
from chronocover.core.samples.table import write_samples
from chronocover.models import comparison

QUICK = ["support vector machine", "k nearest neighbours"]


@pytest.fixture(autouse=True)
def quick_speed(monkeypatch):
    monkeypatch.setattr(comparison, "SECONDS_OF_MAPPING", 0.01)


def layer_of(samples, tmp_path):
    path = tmp_path / "échantillons d'été.gpkg"
    write_samples(samples, str(path), Provenance())
    return str(path)


@pytest.fixture
def layer(qgis_app, tmp_path):
    return layer_of(season_samples(dates=8, noise=0.8, missing=0.1), tmp_path)


def test_families_become_a_table_a_report_and_the_best_model(run, layer, tmp_path):
    results = run(
        "comparemodels", SAMPLES=layer, FAMILIES=[*QUICK, "MiniRocket"], REPORT=str(tmp_path / "r é.html"),
        REPORT_JSON=str(tmp_path / "r.json"), CSV=str(tmp_path / "r.csv"), OUTPUT=str(tmp_path / "m é.onnx"),
    )  # fmt: skip
    rows = list(csv.DictReader((tmp_path / "r.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["family"] for row in rows][-1] == "MiniRocket" and "9 dates" in rows[-1]["problem"]
    assert results["BEST_FAMILY"] == rows[0]["family"] and results["FAMILIES_COMPARED"] == 2
    assert results["BEST_ACCURACY"] == float(rows[0]["accuracy"]) and results["BEST_MACRO_F1"] > 0.5
    assert results["REPORT"] == str(tmp_path / "r é.html")
    card = card_of(results["OUTPUT"])
    assert card.family.lower() == results["BEST_FAMILY"]
    assert card.training["algorithm"] == "chronocover:comparemodels"
    assert card.scores["overall_accuracy"] == results["BEST_ACCURACY"]
    plain = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert plain["provenance"]["parameters"]["FAMILIES"] == [*QUICK, "MiniRocket"]
    page = (tmp_path / "r é.html").read_text(encoding="utf-8")
    assert "Comparison of classifiers" in page and "MiniRocket could not be compared" in page


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"VALIDATION": "none"}, "choose another than “none”"),
        ({"FAMILIES": []}, "has nothing chosen. Choose from: random forest, "),
        ({"FAMILIES": ["random woods"]}, "is “random woods”. Choose from: random forest, "),
        ({"VALIDATION": "leave one out"}, "Field to split by"),
        ({"FAMILIES": ["MiniRocket"]}, "None of the families could be trained"),
        ({"VARIABLES": "swir"}, "no variable “swir”"),
    ],
)
def test_what_cannot_be_compared_ends_in_a_sentence(settings, words, run, layer, tmp_path):
    with pytest.raises(QgsProcessingException, match=words):
        run("comparemodels", **{"SAMPLES": layer, "FAMILIES": QUICK, "REPORT": str(tmp_path / "r.html"), **settings})
    assert not (tmp_path / "r.html").exists()


def test_samples_of_one_class(run, qgis_app, tmp_path):
    layer = layer_of(season_samples(names=("forêt",)), tmp_path)
    with pytest.raises(QgsProcessingException, match="at least two classes"):
        run("comparemodels", SAMPLES=layer, FAMILIES=QUICK, REPORT=str(tmp_path / "r.html"))


def test_networks_without_pytorch_are_left_out(run, layer, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    results = run("comparemodels", SAMPLES=layer, FAMILIES=["TempCNN", QUICK[1]], REPORT=str(tmp_path / "r.html"))
    assert results["FAMILIES_COMPARED"] == 1
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "TempCNN could not be compared" in page and "pip install" in page
    with pytest.raises(QgsProcessingException, match="torch"):
        run("comparemodels", SAMPLES=layer, FAMILIES=["TempCNN"], REPORT=str(tmp_path / "r.html"))


def test_cancelling_leaves_nothing_behind(layer, tmp_path):
    class Impatient(QgsProcessingFeedback):
        def __init__(self):
            super().__init__()
            self.progressChanged.connect(lambda progress: progress > 30 and self.cancel())

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("chronocover:comparemodels")
    files = {name: str(tmp_path / f"{name}.out") for name in ("REPORT", "CSV", "OUTPUT")}
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        algorithm.run({"SAMPLES": layer, "FAMILIES": QUICK, **files}, QgsProcessingContext(), Impatient(), {}, False)
    assert not list(tmp_path.glob("*.out"))


def test_a_training_searches_settings(run, layer, tmp_path):
    settings = {"SAMPLES": layer, "NEIGHBOURS": 30, "TRIALS": 5, "BEST_BY": "macro F1", "FOLDS": 3}
    results = run(
        "trainknn", **settings, OUTPUT=str(tmp_path / "m.onnx"), REPORT=str(tmp_path / "r.html"),
        REPORT_JSON=str(tmp_path / "r.json"),
    )  # fmt: skip
    tuning = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["tuning"]
    chosen = tuning["trials"][tuning["chosen_trial"]]
    card = card_of(results["OUTPUT"])
    assert chosen["settings"].items() <= card.parameters.items()
    assert chosen["macro_f1"] == max(trial["macro_f1"] for trial in tuning["trials"]) == tuning["score"]
    assert card.training["tuning"]["settings_tried"] == len(tuning["trials"]) == 6
    assert len(tuning["chosen_in_folds"]) == 3
    assert "Search of settings" in (tmp_path / "r.html").read_text(encoding="utf-8")
    again = run("trainknn", **settings, OUTPUT=str(tmp_path / "again.onnx"))
    assert card_of(again["OUTPUT"]).parameters == card.parameters
    assert again["OVERALL_ACCURACY"] == results["OVERALL_ACCURACY"]
    assert np.isfinite(results["RANDOM_SPLIT_ACCURACY"])
