"""The algorithms of the families of classifiers as QGIS runs them."""

import json

import pytest
from model_cards import card_of
from qgis.core import QgsProcessingException
from series_samples import season_samples

from chronocover.core.provenance import Provenance
from chronocover.core.samples.table import write_samples

SETTINGS = {
    "trainextratrees": (
        {"TREES": 7, "MAX_DEPTH": 0, "MIN_LEAF": 2, "MAX_FEATURES": "share", "FEATURES_SHARE": 0.5, "BOOTSTRAP": True,
         "MIN_SPLIT": 5, "CRITERION": "entropy"},
        {"n_estimators": 7, "max_depth": None, "min_samples_leaf": 2, "max_features": 0.5, "bootstrap": True,
         "min_samples_split": 5, "criterion": "entropy"},
    ),
    "trainsvm": ({"KERNEL": "linear", "C": 3, "GAMMA": 0.2}, {"kernel": "linear", "C": 3.0, "gamma": 0.2}),
    "trainmlp": (
        {"LAYERS": "30, 10", "EPOCHS": 40, "LEARNING_RATE": 0.01, "ALPHA": 0.1, "EARLY_STOPPING": True,
         "ACTIVATION": "tanh", "BATCH_SIZE": 20, "PATIENCE": 5},
        {"hidden_layer_sizes": [30, 10], "max_iter": 40, "learning_rate_init": 0.01, "alpha": 0.1,
         "early_stopping": True, "activation": "tanh", "batch_size": 20, "n_iter_no_change": 5},
    ),
    "trainknn": (
        {"NEIGHBOURS": 3, "WEIGHTS": "distance", "SCALE": False},
        {"n_neighbors": 3, "weights": "distance", "scale": False},
    ),
    "trainminirocket": (
        {"FEATURES": 200, "HEAD": "logistic", "C": 0.5}, {"n_features": 200, "head": "logistic", "C": 0.5},
    ),
    "trainintervals": (
        {"TREES": 9, "DEPTH": 3, "DIVISOR": 2, "MIN_LEAF": 2, "MAX_DEPTH": 8, "FEATURES_SHARE": 0.3,
         "CRITERION": "gini"},
        {"n_estimators": 9, "depth": 3, "divisor": 2, "min_samples_leaf": 2, "max_depth": 8, "max_features": 0.3,
         "criterion": "gini"},
    ),
}  # fmt: skip


@pytest.fixture
def layer(qgis_app, tmp_path):
    path = tmp_path / "échantillons d'été.gpkg"
    write_samples(season_samples(dates=10, missing=0.1, noise=0.2, per_class=30), str(path), Provenance())
    return str(path)


@pytest.mark.parametrize("name", SETTINGS)
def test_samples_become_a_model_with_report_and_figures(name, run, layer, tmp_path):
    results = run(
        name, SAMPLES=layer, OUTPUT=str(tmp_path / "mon modèle.onnx"), REPORT=str(tmp_path / "r.html"),
        REPORT_JSON=str(tmp_path / "r.json"), FOLDS=3,
    )  # fmt: skip
    card = card_of(results["OUTPUT"])
    assert card.legend.names == ["blé d'hiver", "forêt", "maïs"]
    assert card.training["algorithm"] == f"chronocover:{name}"
    assert results["OVERALL_ACCURACY"] > 0.9
    assert card.family.lower() in (tmp_path / "r.html").read_text(encoding="utf-8").lower()
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert report["scores"]["overall_accuracy"] == results["OVERALL_ACCURACY"]
    assert report["importance"]["kind"] == ("impurity" if name == "trainextratrees" else "permutation")


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_reach_the_classifier(name, run, layer, tmp_path):
    settings, expected = SETTINGS[name]
    results = run(name, SAMPLES=layer, OUTPUT=str(tmp_path / "m.onnx"), VALIDATION="none", **settings)
    assert expected.items() <= card_of(results["OUTPUT"]).parameters.items()


@pytest.mark.parametrize("text", ["100,", "many", "0", "1.5", "-3", "99999"])
def test_layers_that_are_no_numbers(text, run, layer, tmp_path):
    with pytest.raises(QgsProcessingException, match="Neurons of the hidden layers"):
        run("trainmlp", SAMPLES=layer, OUTPUT=str(tmp_path / "m.onnx"), LAYERS=text)
    assert not (tmp_path / "m.onnx").exists()


def test_series_too_short_for_minirocket(run, tmp_path, qgis_app):
    write_samples(season_samples(dates=8), str(tmp_path / "s.gpkg"), Provenance())
    with pytest.raises(QgsProcessingException, match="needs at least 9 dates"):
        run("trainminirocket", SAMPLES=str(tmp_path / "s.gpkg"), OUTPUT=str(tmp_path / "m.onnx"))
    assert not (tmp_path / "m.onnx").exists()
