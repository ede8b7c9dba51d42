"""Trees in compiled code give what ONNX Runtime gives, to the bit; what are no such trees is left to ONNX Runtime."""

import sys
from concurrent.futures import ThreadPoolExecutor
from weakref import ref as weak

import numpy as np
import onnx
import onnxruntime
import pytest
from series_samples import season_samples

from chronocover.core.errors import ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.provenance import Provenance
from chronocover.models import tree_reading
from chronocover.models.card import INPUT, LABEL, PROBABILITIES
from chronocover.models.families.boosting import Boosting
from chronocover.models.families.extra_trees import ExtraTrees
from chronocover.models.families.quant import Quant
from chronocover.models.families.random_forest import RandomForest
from chronocover.models.model_bytes import ModelGraph
from chronocover.models.session import ModelSession, begin_session
from chronocover.models.training import TrainingSettings, train
from chronocover.models.tree_bytes import TreeBytes
from chronocover.models.tree_reading import read_trees
from chronocover.models.validation import NONE, Validation

MODELS = [
    RandomForest(n_estimators=1, max_depth=1),
    RandomForest(n_estimators=37, max_depth=None),
    RandomForest(n_estimators=100, max_depth=4, min_samples_leaf=5),
    ExtraTrees(n_estimators=20),
    Boosting(max_iter=1, min_samples_leaf=1000),  # trees that are but a leaf
    Boosting(max_iter=30),
]


def saved(family, classes, path, **more):
    samples = season_samples(names=[f"class {i}" for i in range(classes)], noise=0.4, **more)
    train(samples, family, TrainingSettings(Validation(NONE)), Provenance(), Feedback()).save(str(path))
    return samples, begin_session(path.read_bytes(), str(path))


def compiled(path):
    content = path.read_bytes()
    return read_trees(content, ModelGraph.of(content), lambda part: begin_session(part, ""))


def compiled_model(model, path):
    path.write_bytes(model.SerializeToString())
    return compiled(path)


def assert_same_bits(found, expected):
    assert found.dtype == expected.dtype == np.float32
    np.testing.assert_array_equal(found.view(np.uint32), expected.view(np.uint32))


def thresholds_of(compiled):
    known = compiled.trees.thresholds[np.isfinite(compiled.trees.thresholds)]
    return known if len(known) else np.zeros(1, np.float32)


@pytest.mark.parametrize("classes", [2, 3, 7])
@pytest.mark.parametrize("number", range(len(MODELS)))
def test_it_equals_onnx_runtime_to_the_bit(number, classes, tmp_path):
    samples, session = saved(MODELS[number], classes, tmp_path / "trees.onnx")
    trees = compiled(tmp_path / "trees.onnx")
    random = np.random.default_rng(1)
    shape = (1000, *samples.values.shape[1:])
    wild = random.normal(0, 10, size=shape).astype(np.float32)
    on_thresholds = random.choice(thresholds_of(trees), size=shape)
    beside = np.nextafter(on_thresholds, random.choice(np.float32([-np.inf, np.inf]), size=shape))
    smallest = random.choice(np.float32([0.0, -0.0, 1e-45, -1e-45, 1e-38, 3e38, -3e38]), size=shape)
    for values in (samples.values, wild, on_thresholds, beside, smallest, wild[:1], wild[:17], wild[:0]):
        assert_same_bits(trees.probabilities(values), session.run([PROBABILITIES], {INPUT: values})[0])


def test_hundreds_of_classes(tmp_path):
    samples, session = saved(RandomForest(n_estimators=5), 300, tmp_path / "forest.onnx", per_class=6)
    trees = compiled(tmp_path / "forest.onnx")
    assert_same_bits(trees.probabilities(samples.values), session.run([PROBABILITIES], {INPUT: samples.values})[0])


def test_batches_of_whatever_pixels_give_the_same_bits(tmp_path):
    samples, session = saved(Boosting(max_iter=20), 4, tmp_path / "trees.onnx")
    values = samples.values.copy()
    values[np.random.default_rng(0).random(values.shape) < 0.01] = np.nan
    gaps = np.isnan(values).any(axis=(1, 2))
    assert 0.05 < gaps.mean() < 0.5
    model = ModelSession.open(str(tmp_path / "trees.onnx"))
    labels, expected = session.run([LABEL, PROBABILITIES], {INPUT: values})
    orders = np.arange(len(values)), np.argsort(gaps, kind="stable")  # mixed; all complete ones first
    for order in orders:
        for size in (1, 50, len(values)):
            parts = [order[start : start + size] for start in range(0, len(order), size)]
            with ThreadPoolExecutor(4) as pool:
                found = list(pool.map(lambda rows: model.predict(values[rows]), parts))
            assert_same_bits(np.concatenate([probabilities for _, probabilities in found]), expected[order])
            np.testing.assert_array_equal(np.concatenate([each for each, _ in found]), labels[order])


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


def test_onnx_runtime_is_asked_for_some_trees_at_a_time_and_later_begun_once_for_all_threads(tmp_path, monkeypatch):
    samples, session = saved(RandomForest(n_estimators=30), 4, tmp_path / "forest.onnx")
    monkeypatch.setattr(tree_reading, "NODES_AT_ONCE", len(compiled(tmp_path / "forest.onnx").trees.features) // 3)
    begun, begin = [], onnxruntime.InferenceSession

    def noted(*arguments, **settings):
        made = begin(*arguments, **settings)
        begun.append(weak(made))
        return made

    monkeypatch.setattr(onnxruntime, "InferenceSession", noted)
    opened = ModelSession.open(str(tmp_path / "forest.onnx"))
    opened.predict(samples.values)
    assert len(begun) - tree_reading.SUMS in (3, 4)
    assert not any(each() for each in begun)
    begun.clear()
    gaps = samples.values.copy()
    gaps[:, 2] = np.nan
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: opened.predict(gaps)[1], range(8)))
    assert len(begun) == 1
    for each in found:
        assert_same_bits(each, session.run([PROBABILITIES], {INPUT: gaps})[0])


def test_a_graph_without_input_is_left_to_onnx_runtime(tmp_path):
    saved(RandomForest(n_estimators=3), 3, tmp_path / "forest.onnx")
    model = onnx.load(str(tmp_path / "forest.onnx"))
    del model.graph.input[:]
    assert compiled_model(model, tmp_path / "other.onnx") is None


def test_trees_on_something_else_than_the_series_are_left_to_onnx_runtime(tmp_path):
    saved(Quant(n_estimators=5), 3, tmp_path / "intervals.onnx")
    assert compiled(tmp_path / "intervals.onnx") is None


def change(node, name, replace):
    """Replace the values of an attribute."""
    (attribute,) = [each for each in node.attribute if each.name == name]
    values = replace(list(onnx.helper.get_attribute_value(attribute)))
    node.attribute.remove(attribute)
    node.attribute.append(onnx.helper.make_attribute(name, values))


def first(value):
    return lambda values: [value, *values[1:]]


def class_of_half(node):
    """Of two classes, the first half of the trees votes for the first, the others for the second."""
    (trees,) = [list(each.ints) for each in node.attribute if each.name == "class_treeids"]
    change(node, "class_ids", lambda _: [int(tree > max(trees) / 2) for tree in trees])


def leaf_twice(node):
    """The first leaf gives the same class two weights, which ONNX Runtime adds."""
    for name in ("class_treeids", "class_nodeids", "class_ids", "class_weights"):
        change(node, name, lambda values: [values[0], *values])


def nothing(name):
    """An attribute that is there, but empty."""

    def empty(node):
        (attribute,) = [each for each in node.attribute if each.name == name]
        del attribute.ints[:], attribute.floats[:]

    return empty


STRANGE = {
    "no thresholds": nothing("nodes_values"),
    "no leaves with weights": nothing("class_nodeids"),
    "not a number": lambda node: change(node, "nodes_values", first(float("nan"))),
    "a vote that is not a number": lambda node: change(node, "class_weights", first(float("nan"))),
    "a value that there is not": lambda node: change(node, "nodes_featureids", first(10**6)),
    "its own child": lambda node: change(node, "nodes_truenodeids", first(0)),
    "a child of two nodes": lambda node: change(node, "nodes_falsenodeids", lambda values: [1, *values[1:]]),
    "a child of no tree": lambda node: change(node, "nodes_falsenodeids", first(10**6)),
    "a class that there is not": lambda node: change(node, "class_ids", first(99)),
    "the other comparison": lambda node: change(node, "nodes_modes", first(b"BRANCH_LT")),
    "two weights": leaf_twice,
}


@pytest.mark.parametrize("what", STRANGE)
def test_trees_that_are_written_otherwise_are_left_to_onnx_runtime(what, tmp_path):
    saved(RandomForest(n_estimators=3), 3, tmp_path / "forest.onnx")
    model = onnx.load(str(tmp_path / "forest.onnx"))
    (node,) = [each for each in model.graph.node if each.op_type == "TreeEnsembleClassifier"]
    assert compiled_model(model, tmp_path / "same.onnx") is not None
    STRANGE[what](node)
    assert compiled_model(model, tmp_path / "strange.onnx") is None


def test_votes_for_either_of_two_classes_are_left_to_onnx_runtime(tmp_path, monkeypatch):
    """It takes those for one class as a score, but adds up those for two of them."""
    saved(RandomForest(n_estimators=6), 2, tmp_path / "forest.onnx")
    monkeypatch.setattr(tree_reading, "NODES_AT_ONCE", 1)
    model = onnx.load(str(tmp_path / "forest.onnx"))
    (node,) = [each for each in model.graph.node if each.op_type == "TreeEnsembleClassifier"]
    assert compiled_model(model, tmp_path / "same.onnx") is not None
    class_of_half(node)
    assert compiled_model(model, tmp_path / "strange.onnx") is None


def test_an_attribute_that_is_not_known_is_left_to_onnx_runtime(tmp_path):
    saved(RandomForest(n_estimators=3), 3, tmp_path / "forest.onnx")
    model = onnx.load(str(tmp_path / "forest.onnx"))
    (node,) = [each for each in model.graph.node if each.op_type == "TreeEnsembleClassifier"]
    none = onnx.helper.make_tensor("none", onnx.TensorProto.DOUBLE, [0], [])
    node.attribute.append(onnx.helper.make_attribute("class_weights_as_tensor", none))
    assert compiled_model(model, tmp_path / "other.onnx") is None


@pytest.mark.parametrize("sizes", [(8, 2**62), (2**40, 1), (10**4, 10**3)])
def test_a_series_of_absurd_size_is_refused_with_a_sentence(sizes, tmp_path):
    saved(RandomForest(n_estimators=3), 3, tmp_path / "forest.onnx")
    model = onnx.load(str(tmp_path / "forest.onnx"))
    for size, number in zip(model.graph.input[0].type.tensor_type.shape.dim[1:], sizes):
        size.dim_value = number
    (tmp_path / "other.onnx").write_bytes(model.SerializeToString())
    with pytest.raises(ChronocoverError):
        ModelSession.open(str(tmp_path / "other.onnx"))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("threshold", [3.4e38, -3.4e38, 1e-45, -0.0])
def test_thresholds_at_the_ends_of_float32(threshold, tmp_path):
    samples, _ = saved(RandomForest(n_estimators=3), 3, tmp_path / "forest.onnx")
    model = onnx.load(str(tmp_path / "forest.onnx"))
    (node,) = [each for each in model.graph.node if each.op_type == "TreeEnsembleClassifier"]
    change(node, "nodes_values", first(threshold))
    trees = compiled_model(model, tmp_path / "other.onnx")
    session = begin_session(model.SerializeToString(), "")
    assert_same_bits(trees.probabilities(samples.values), session.run([PROBABILITIES], {INPUT: samples.values})[0])


@pytest.mark.parametrize("family", [RandomForest(n_estimators=40), Boosting(max_iter=20)])
@pytest.mark.parametrize("classes", [2, 4])
def test_the_order_in_which_all_trees_are_added_is_checked(family, classes, tmp_path, monkeypatch):
    """Parts of a tree each agree even if another ONNX Runtime added the trees in another order."""
    saved(family, classes, tmp_path / "trees.onnx")
    content = (tmp_path / "trees.onnx").read_bytes()
    trees = TreeBytes(content).integers("nodes_treeids").max() + 1
    monkeypatch.setattr(tree_reading, "NODES_AT_ONCE", 1)

    class Otherwise:
        """The scores of a session, one of them in its last bit if there are several trees."""

        def __init__(self, content):
            self.session, self.content = begin_session(content, ""), content

        def run(self, outputs, inputs):
            (found,) = self.session.run(outputs, inputs)
            if len(set(TreeBytes(self.content).integers("nodes_treeids"))) > 1:
                found[0, 0] = np.nextafter(found[0, 0], np.float32(0.5))
            return [found]

    begun = []
    graph = ModelGraph.of(content)
    assert read_trees(content, graph, lambda part: begun.append(part) or begin_session(part, "")) is not None
    assert len(begun) == trees + tree_reading.SUMS
    assert read_trees(content, graph, Otherwise) is None


def test_a_forest_that_disagrees_is_not_used(tmp_path):
    saved(RandomForest(n_estimators=5), 3, tmp_path / "one.onnx")
    _, other = saved(RandomForest(n_estimators=6), 3, tmp_path / "other.onnx")
    content = (tmp_path / "one.onnx").read_bytes()
    graph = ModelGraph.of(content)
    assert read_trees(content, graph, lambda part: begin_session(part, "")) is not None
    assert read_trees(content, graph, lambda part: other) is None


def test_without_the_package_onnx_models_run_all_the_same(tmp_path, monkeypatch):
    samples, session = saved(RandomForest(n_estimators=5), 3, tmp_path / "forest.onnx")
    monkeypatch.setitem(sys.modules, "onnx", None)
    opened = ModelSession.open(str(tmp_path / "forest.onnx"))
    assert opened._trees is not None
    labels, probabilities = opened.predict(samples.values)
    expected = session.run([LABEL, PROBABILITIES], {INPUT: samples.values})
    np.testing.assert_array_equal(labels, expected[0])
    assert_same_bits(probabilities, expected[1])
