"""Forests in compiled code give what ONNX Runtime gives, to the bit; what is no forest is left to ONNX Runtime."""

import sys

import numpy as np
import onnxruntime
import pytest
from series_samples import season_samples

from chronocover.core.feedback import Feedback
from chronocover.core.provenance import Provenance
from chronocover.models.card import INPUT, KEY, LABEL, PROBABILITIES, ModelCard
from chronocover.models.families.boosting import Boosting
from chronocover.models.families.extra_trees import ExtraTrees
from chronocover.models.families.random_forest import RandomForest
from chronocover.models.forest_walk import compiled_forest
from chronocover.models.session import ModelSession
from chronocover.models.training import TrainingSettings, train
from chronocover.models.validation import NONE, Validation

FORESTS = [
    RandomForest(n_estimators=1, max_depth=1),
    RandomForest(n_estimators=37, max_depth=None),
    RandomForest(n_estimators=100, max_depth=4, min_samples_leaf=5),
    ExtraTrees(n_estimators=20),
]


def saved(family, classes, path):
    samples = season_samples(names=[f"class {i}" for i in range(classes)], noise=0.4)
    train(samples, family, TrainingSettings(Validation(NONE)), Provenance(), Feedback()).save(str(path))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # several threads add up shares of votes in an order of their own
    return samples, onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def compiled(path, session):
    card = ModelCard.from_json(session.get_modelmeta().custom_metadata_map[KEY], str(path))
    return compiled_forest(path.read_bytes(), card, session)


@pytest.mark.parametrize("classes", [2, 3, 7])
@pytest.mark.parametrize("family", FORESTS, ids=lambda family: f"{family.name} {family.n_estimators}")
def test_it_equals_onnx_runtime_to_the_bit(family, classes, tmp_path):
    samples, session = saved(family, classes, tmp_path / "forest.onnx")
    forest = compiled(tmp_path / "forest.onnx", session)
    random = np.random.default_rng(1)
    wild = random.normal(0, 10, size=(1000, *samples.values.shape[1:])).astype(np.float32)
    on_thresholds = random.choice(forest.thresholds[np.isfinite(forest.thresholds)], size=wild.shape)
    for values in (samples.values, wild, on_thresholds, wild[:1], wild[:0]):
        expected = session.run([PROBABILITIES], {INPUT: values})[0]
        np.testing.assert_array_equal(forest.probabilities(values), expected)


def test_a_session_labels_as_onnx_runtime_does_with_and_without_gaps(tmp_path):
    samples, session = saved(RandomForest(n_estimators=30), 4, tmp_path / "forest.onnx")
    gaps = samples.values.copy()
    gaps[np.random.default_rng(0).random(gaps.shape) < 0.3] = np.nan
    gaps[0, :, 0] = np.nan
    infinite = samples.values.copy()
    infinite[::5, 3, 1] = np.inf  # counts as missing
    for values in (samples.values, gaps, infinite):
        labels, probabilities = session.run([LABEL, PROBABILITIES], {INPUT: values})
        found = ModelSession.open(str(tmp_path / "forest.onnx")).predict(values)
        np.testing.assert_array_equal(found[0], labels)
        np.testing.assert_array_equal(found[1], probabilities)


def test_only_forests_are_compiled(tmp_path):
    _, session = saved(Boosting(max_iter=5), 3, tmp_path / "boosting.onnx")
    assert compiled(tmp_path / "boosting.onnx", session) is None


def test_a_forest_that_disagrees_is_not_used(tmp_path):
    saved(RandomForest(n_estimators=5), 3, tmp_path / "one.onnx")
    _, other = saved(RandomForest(n_estimators=6), 3, tmp_path / "other.onnx")
    assert compiled(tmp_path / "one.onnx", other) is None


def test_without_the_package_onnx_models_run_all_the_same(tmp_path, monkeypatch):
    samples, session = saved(RandomForest(n_estimators=5), 3, tmp_path / "forest.onnx")
    monkeypatch.setitem(sys.modules, "onnx", None)
    assert compiled(tmp_path / "forest.onnx", session) is None
    labels, _ = ModelSession.open(str(tmp_path / "forest.onnx")).predict(samples.values)
    assert set(labels) <= {1, 2, 3}
