"""The trainings of neural networks as QGIS runs them."""

import importlib
import json
import sys

import pytest
from model_cards import card_of
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback
from series_samples import season_samples

from chronocover.core.provenance import Provenance
from chronocover.core.samples.table import write_samples

NETWORKS = {
    "traintempcnn": ("tempcnn", "TempCnn", {"FILTERS": 6, "KERNEL": 3, "LAYERS": 2, "DENSE": 8}),
    "traininception": (
        "inception", "InceptionTime", {"ARCHITECTURE": "InceptionTime", "FILTERS": 2, "KERNEL": 8, "DEPTH": 3},
    ),
}  # fmt: skip
QUICK = {"EPOCHS": 3, "NETWORKS": 2, "VALIDATION": "none"}
SHARED = {
    "BATCH_SIZE": 10, "LEARNING_RATE": 0.01, "WEIGHT_DECAY": 0.001, "DROPOUT": 0.25, "PATIENCE": 2,
    "KEEP": "best accuracy", "KEPT_ASIDE": 30, "SCHEDULE": "cosine", "SHIFT_DAYS": 8, "JITTER": 0.1,
    "DROPPED_DATES": 20,
}  # fmt: skip


@pytest.fixture
def layer(qgis_app, tmp_path):
    path = tmp_path / "échantillons d'été.gpkg"
    write_samples(season_samples(dates=10, missing=0.1, noise=0.2, per_class=30), str(path), Provenance())
    return str(path)


@pytest.mark.parametrize("name", NETWORKS)
def test_the_defaults_of_the_dialog_are_those_of_the_family(name, qgis_app):
    pytest.importorskip("torch", reason="PyTorch is not installed: requirements-deep.txt")
    module, kind, _ = NETWORKS[name]
    family = getattr(importlib.import_module(f"chronocover.models.families.networks.{module}"), kind)()
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"chronocover:{name}")
    assert algorithm.family({}, QgsProcessingContext()) == family


@pytest.mark.parametrize("name", NETWORKS)
def test_settings_reach_the_networks_and_the_report_shows_how_they_learnt(name, run, layer, tmp_path):
    pytest.importorskip("torch", reason="PyTorch is not installed: requirements-deep.txt")
    settings = NETWORKS[name][2]
    results = run(
        name, SAMPLES=layer, OUTPUT=str(tmp_path / "mon modèle.onnx"), REPORT=str(tmp_path / "r.html"),
        REPORT_JSON=str(tmp_path / "r.json"), **{**QUICK, **SHARED, **settings},
    )  # fmt: skip
    parameters = card_of(results["OUTPUT"]).parameters
    own = {setting.lower(): value for setting, value in settings.items()}
    assert own.items() <= parameters.items()
    assert {
        "epochs": 3, "networks": 2, "batch_size": 10, "learning_rate": 0.01, "weight_decay": 0.001, "dropout": 0.25,
        "patience": 2, "keep": "best accuracy", "validation_share": 0.3, "schedule": "cosine", "shift_days": 8.0,
        "jitter": 0.1, "drop_dates": 0.2,
    }.items() <= parameters.items()  # fmt: skip
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert (
        "Learning curves" in page and "Network 2" in page and "of the network kept, on the samples kept aside" in page
    )
    curves = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["learning_curves"]
    assert [curve["name"] for curve in curves] == ["network 1", "network 2"]
    assert set(curves[0]["epochs"][0]) == {
        "number", "loss", "accuracy", "validation_loss", "validation_accuracy", "time",
    }  # fmt: skip


def test_validation_trains_networks_side_by_side(run, layer, tmp_path):
    pytest.importorskip("torch", reason="PyTorch is not installed: requirements-deep.txt")
    output = str(tmp_path / "m.onnx")
    results = run("traintempcnn", SAMPLES=layer, OUTPUT=output, FILTERS=6, DENSE=8, DROPOUT=0, EPOCHS=10, FOLDS=2,
                  LEARNING_RATE=0.02)  # fmt: skip
    assert results["OVERALL_ACCURACY"] > 0.6
    assert card_of(output).scores["method"] == "group k-fold"


def test_tensorboard_logs(run, layer, tmp_path):
    pytest.importorskip("torch", reason="PyTorch is not installed: requirements-deep.txt")
    pytest.importorskip("tensorboard", reason="TensorBoard is not installed: requirements-deep.txt")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    folder = tmp_path / "journaux d'été"
    results = run(
        "traintempcnn", SAMPLES=layer, OUTPUT=str(tmp_path / "blé.onnx"), REPORT_JSON=str(tmp_path / "r.json"),
        TENSORBOARD=str(folder), **{**QUICK, "NETWORKS": 1},
    )  # fmt: skip
    assert results["TENSORBOARD"] == str(folder)
    (own,) = folder.iterdir()
    assert own.name.startswith("blé 20")
    (curve,) = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["learning_curves"]
    for part, figure in (("learnt from", "loss"), ("kept aside", "validation_loss")):
        logs = EventAccumulator(str(own / "network" / part)).Reload()
        found = [(event.step, event.value) for event in logs.Scalars("loss")]
        expected = [(epoch["number"], pytest.approx(epoch[figure], rel=1e-6)) for epoch in curve["epochs"]]
        assert found == expected
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []


class Impatient(QgsProcessingFeedback):
    """Cancels in the first epoch of the final training."""

    def pushInfo(self, text):
        if text.startswith("Training on all"):
            self.cancel()


def test_cancelling_leaves_nothing(qgis_app, layer, tmp_path):
    pytest.importorskip("torch", reason="PyTorch is not installed: requirements-deep.txt")
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("chronocover:traintempcnn")
    parameters = {
        "SAMPLES": layer, "OUTPUT": str(tmp_path / "out" / "m.onnx"), "REPORT": str(tmp_path / "out" / "r.html"),
        "TENSORBOARD": str(tmp_path / "logs"), "EPOCHS": 100000, "VALIDATION": "none",
    }  # fmt: skip
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        algorithm.run(parameters, QgsProcessingContext(), Impatient(), {}, False)
    assert not (tmp_path / "out").exists() and not (tmp_path / "logs").exists()


@pytest.mark.parametrize(
    ("module", "given", "command"),
    [
        ("torch", {}, 'install "torch>=2.5,<2.14" --index-url https://download.pytorch.org/whl/cpu'),
        ("tensorboard", {"TENSORBOARD": "logs"}, "install tensorboard"),
    ],
)
def test_without_the_package_the_command_is_said(module, given, command, run, layer, tmp_path, monkeypatch):
    if module == "tensorboard":
        pytest.importorskip("torch", reason="PyTorch is not installed: requirements-deep.txt")
    monkeypatch.setitem(sys.modules, module, None)
    given = {name: str(tmp_path / value) for name, value in given.items()}
    with pytest.raises(QgsProcessingException) as caught:
        run("traintempcnn", SAMPLES=layer, OUTPUT=str(tmp_path / "m.onnx"), **given)
    said = str(caught.value)
    assert command in said.replace(" --user", "").replace(" --break-system-packages", "")
    assert "ModuleNotFoundError" in said and not (tmp_path / "m.onnx").exists()


def test_a_tensorboard_folder_that_cannot_be_written(run, layer, tmp_path):
    pytest.importorskip("torch", reason="PyTorch is not installed: requirements-deep.txt")
    (tmp_path / "file").write_text("")
    with pytest.raises(QgsProcessingException, match="Cannot write in the folder"):
        run("traintempcnn", SAMPLES=layer, OUTPUT=str(tmp_path / "m.onnx"), TENSORBOARD=str(tmp_path / "file" / "logs"))
    assert not (tmp_path / "m.onnx").exists()
