"""What a model file says about itself, as QGIS shows it."""

import hashlib

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback
from series_samples import season_samples

from chronocover.algorithms.modelinfo import ModelInfo
from chronocover.core.feedback import Feedback
from chronocover.core.provenance import Provenance
from chronocover.models.families.random_forest import RandomForest
from chronocover.models.training import TrainingSettings, train
from chronocover.models.validation import NONE, Validation


@pytest.fixture
def model(tmp_path):
    """The path of a model file, and what was trained."""

    def make(name="mon modèle d'été.onnx", **settings):
        family = RandomForest(n_estimators=5)
        trained = train(
            season_samples(missing=0.1), family, TrainingSettings(**settings), Provenance("test"), Feedback()
        )
        trained.save(str(tmp_path / name))
        return tmp_path / name, trained

    return make


def test_the_card_as_figures_log_and_report(run, model, tmp_path):
    path, trained = model()
    results = run("modelinfo", MODEL=str(path), REPORT=str(tmp_path / "r.html"))
    assert results["CLASS_NAMES"] == "blé d'hiver, forêt, maïs" and results["CLASSES"] == 3
    assert (results["VARIABLE_NAMES"], results["DATES"]) == ("red, nir", 8)
    assert (results["SEASON_START"], results["FIRST_DATE"]) == ("03-01", "2024-03-01")
    assert (results["FAMILY"], results["TITLE"]) == ("Random forest", trained.card.title)
    assert results["OVERALL_ACCURACY"] == trained.evaluation.scores.accuracy
    assert results["VALIDATION"].startswith("5-fold cross-validation")
    assert results["BYTES"] == path.stat().st_size
    assert results["SHA256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    for text in ("blé d&#x27;hiver", "2024-03-01", "n_estimators", "scikit-learn version", results["SHA256"], "<svg"):
        assert text in page


def test_the_log_tells_the_card(qgis_app, model):
    path, _ = model(validation=Validation(NONE))
    feedback = QgsProcessingFeedback()
    results, ok = ModelInfo().create().run({"MODEL": str(path)}, QgsProcessingContext(), feedback)
    assert ok and "OVERALL_ACCURACY" not in results
    for text in ("Variables: red, nir", "3 classes: 1 blé d'hiver", "was not validated", "8 dates from 03-01"):
        assert text in feedback.textLog()


def test_other_files_are_refused(run, model, tmp_path):
    graph = helper.make_graph(
        [helper.make_node("Identity", ["x"], ["y"])],
        "foreign",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 2])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 2])],
    )
    foreign = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(foreign, str(tmp_path / "foreign.onnx"))
    path, _ = model(validation=Validation(NONE))
    (tmp_path / "cut.onnx").write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    (tmp_path / "noise.onnx").write_bytes(np.arange(999, dtype=np.uint8).tobytes())
    for name, message in (
        ("foreign.onnx", "made by another program"),
        ("cut.onnx", "not an ONNX model that can be run"),
        ("noise.onnx", "not an ONNX model that can be run"),
        ("absent.onnx", "absent.onnx"),
    ):
        with pytest.raises(QgsProcessingException, match=message):
            run("modelinfo", MODEL=str(tmp_path / name), REPORT=str(tmp_path / "r.html"))
    assert not (tmp_path / "r.html").exists()


def test_a_report_that_cannot_be_written(run, model, tmp_path):
    path, _ = model(validation=Validation(NONE))
    with pytest.raises(QgsProcessingException, match=r"[Ww]rit"):
        run("modelinfo", MODEL=str(path), REPORT=str(path / "under a file" / "r.html"))
