"""The model file: one graph that fills gaps, classifies and names classes, and that anyone can run."""

import json

import numpy as np
import onnx
import onnxruntime
import pytest
from bare_python import labels_in_bare_python
from onnx import TensorProto, helper
from real_samples import mato_grosso, sinop
from series_samples import season_samples

from chronocover.core.errors import ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.provenance import Provenance
from chronocover.core.time_series.filling import fill_gaps
from chronocover.models.card import KEY, ModelCard
from chronocover.models.families.boosting import Boosting
from chronocover.models.families.random_forest import RandomForest
from chronocover.models.gap_filling import NodeList, add_gap_filling
from chronocover.models.packaging import package, save_model
from chronocover.models.training import TrainingSettings, train
from chronocover.models.validation import NONE, Validation

FAMILIES = [RandomForest(n_estimators=20), Boosting(max_iter=20, min_samples_leaf=5)]
UNVALIDATED = TrainingSettings(Validation(NONE))


def trained(family, samples, path):
    model = train(samples, family, UNVALIDATED, Provenance(), Feedback())
    model.save(str(path))
    return model, onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


def gap_filling_session(days, variables):
    nodes = NodeList("test")
    outputs = add_gap_filling(nodes, "series", days, variables)
    shape = ["n", len(days), variables]
    graph = helper.make_graph(
        nodes.nodes,
        "gap_filling",
        [helper.make_tensor_value_info("series", TensorProto.FLOAT, shape)],
        [
            helper.make_tensor_value_info(outputs[0], TensorProto.FLOAT, shape),
            helper.make_tensor_value_info(outputs[1], TensorProto.BOOL, ["n", 1]),
        ],
        nodes.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


@pytest.mark.parametrize(("dates", "variables"), [(1, 1), (2, 3), (9, 2), (68, 1)])
@pytest.mark.parametrize("missing", [0.0, 0.4, 0.95])
def test_the_graph_fills_gaps_as_training_does_and_as_numpy_does(dates, variables, missing):
    random = np.random.default_rng(dates)
    days = np.concatenate([[0], np.cumsum(random.integers(1, 40, dates - 1))])
    values = random.normal(size=(300, dates, variables)).astype(np.float32)
    values[random.random(values.shape) < missing] = np.nan

    session = gap_filling_session(tuple(days.tolist()), variables)
    filled, unobserved = session.run(None, {"series": values})

    same_rule = fill_gaps(values, days)
    never = np.isnan(same_rule).any(axis=(1, 2))
    np.testing.assert_array_equal(unobserved[:, 0], never)
    np.testing.assert_array_equal(filled[~never], same_rule[~never])
    by_variable = [array[~never].transpose(0, 2, 1).reshape(-1, dates) for array in (values, filled)]
    for series, result in zip(*by_variable):
        seen = np.isfinite(series)
        np.testing.assert_allclose(result, np.interp(days, days[seen], series[seen]), rtol=1e-5, atol=1e-6)


def test_infinite_values_count_as_missing():
    values = np.array([[[0.0], [np.inf], [4.0]], [[-np.inf], [np.nan], [np.inf]]], np.float32)
    filled, unobserved = gap_filling_session((0, 1, 4), 1).run(None, {"series": values})
    np.testing.assert_array_equal(filled[0, :, 0], [0, 1, 4])
    assert unobserved.tolist() == [[False], [True]]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
@pytest.mark.parametrize("size", [0, 1, 5000])
def test_any_batch_size(family, size, tmp_path):
    _, session = trained(family, season_samples(), tmp_path / "m.onnx")
    for hole in (False, True):
        values = np.random.default_rng(1).normal(size=(size, 8, 2)).astype(np.float32)
        values[:, 3, 1] = np.nan if hole else 0
        label, probabilities = session.run(["label", "probabilities"], {"series": values})
        assert label.shape == (size,) and label.dtype == np.int64
        assert probabilities.shape == (size, 3) and probabilities.dtype == np.float32


@pytest.mark.parametrize("names", [("a", "b"), ("a", "b", "c", "d")], ids=["two classes", "four classes"])
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_same_labels_as_scikit_learn_also_at_the_thresholds(family, names, tmp_path):
    """Values on a coarse grid lie exactly on the trees' thresholds, where float32 and float64 part ways."""
    samples = season_samples(noise=0.8, missing=0.2, names=names)
    samples.values[:] = np.round(samples.values, 1)
    model, session = trained(family, samples, tmp_path / "m.onnx")
    values = np.round(np.random.default_rng(2).normal(0, 2, (20_000, 8, 2)), 1).astype(np.float32)

    label, probabilities = session.run(["label", "probabilities"], {"series": values})

    expected = model.classifier.predict_proba(values)
    np.testing.assert_allclose(probabilities, expected, atol=2e-5)
    codes = np.array(model.card.legend.codes)
    differ = label != codes[expected.argmax(axis=1)]
    assert differ.mean() <= 0.001
    top = np.sort(expected[differ], axis=1)
    assert (top[:, -1] - top[:, -2] < 1e-5).all()  # ties only


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_same_labels_as_scikit_learn_on_real_series(family, data_folder, tmp_path):
    for number, samples in enumerate((mato_grosso(data_folder), sinop(data_folder))):
        model, session = trained(family, samples, tmp_path / f"{number}.onnx")
        label = session.run(["label"], {"series": samples.values})[0]
        expected = np.array(model.card.legend.codes)[model.classifier.predict_proba(model.data.filled).argmax(axis=1)]
        assert (label == expected).mean() >= 0.999


def test_gaps_in_a_map_give_the_label_of_the_filled_series(tmp_path):
    samples = season_samples(missing=0.3)
    model, session = trained(FAMILIES[0], samples, tmp_path / "m.onnx")
    gappy = session.run(["probabilities"], {"series": model.data.samples.values})[0]
    whole = session.run(["probabilities"], {"series": model.data.filled})[0]
    np.testing.assert_array_equal(gappy, whole)


def test_a_variable_never_observed_is_no_class(tmp_path):
    _, session = trained(FAMILIES[0], season_samples(), tmp_path / "m.onnx")
    values = np.zeros((3, 8, 2), np.float32)
    values[1, :, 1] = np.nan
    values[2] = np.nan
    label, probabilities = session.run(["label", "probabilities"], {"series": values})
    assert label[0] > 0 and label[1:].tolist() == [0, 0]
    assert np.isfinite(probabilities[0]).all() and np.isnan(probabilities[1:]).all()


def test_labels_are_the_codes_of_the_legend(tmp_path):
    samples = season_samples(names=("300", "7", "65535"))
    samples = type(samples)(**{**vars(samples), "legend": type(samples.legend).of_values([7, 300, 65535])})
    _, session = trained(FAMILIES[0], samples, tmp_path / "m.onnx")
    assert (session.run(["label"], {"series": samples.values})[0] == samples.codes).mean() > 0.95


def test_the_file_is_plain_onnx_of_an_old_enough_version_with_its_card(tmp_path):
    path = tmp_path / "été 2024.onnx"
    model, session = trained(FAMILIES[0], season_samples(), path)
    file = onnx.load(str(path))
    onnx.checker.check_model(file, full_check=True)
    assert file.ir_version <= 9
    read = {name for node in file.graph.node for name in node.input}
    assert {tensor.name for tensor in file.graph.initializer} <= read  # ONNX Runtime would warn of each other one
    assert {item.domain: item.version for item in file.opset_import} == {"": 17, "ai.onnx.ml": 3}
    text = session.get_modelmeta().custom_metadata_map[KEY]
    assert ModelCard.from_json(text, "m").legend == model.card.legend
    assert json.loads(text)["legend"][0]["name"] == "blé d'hiver"


def test_a_bare_python_runs_the_file(tmp_path):
    """Nothing but ONNX Runtime and NumPy: what a server or a phone has."""
    trained(FAMILIES[1], season_samples(), tmp_path / "m.onnx")
    known, unknown = labels_in_bare_python(tmp_path / "m.onnx", dates=8)
    assert known in (1, 2, 3) and unknown == 0


def test_a_file_that_disagrees_with_the_classifier_is_not_kept(tmp_path):
    model = train(season_samples(), FAMILIES[0], UNVALIDATED, Provenance(), Feedback())
    graph = package(model.classifier.to_onnx(), model.card)
    turned = np.roll(model.classifier.predict_proba(model.data.filled), 1, axis=1)
    with pytest.raises(ChronocoverError, match="disagrees"):
        save_model(str(tmp_path / "m.onnx"), graph, model.data.samples.values, turned)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    model = train(season_samples(), FAMILIES[0], UNVALIDATED, Provenance(), Feedback())
    with pytest.raises(ChronocoverError, match="Cannot write"):
        model.save(str(tmp_path / "file" / "m.onnx"))
