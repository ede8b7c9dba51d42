"""The trees in the bytes of a model file are those that the package onnx reads; parts of them are models too."""

import numpy as np
import onnx
import pytest
from series_samples import season_samples

from chronocover.core.errors import ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.provenance import Provenance
from chronocover.models.card import INPUT, PROBABILITIES
from chronocover.models.families.boosting import Boosting
from chronocover.models.families.perceptron import Perceptron
from chronocover.models.families.random_forest import RandomForest
from chronocover.models.model_bytes import NotReadableError
from chronocover.models.session import ModelSession, begin_session
from chronocover.models.training import TrainingSettings, train
from chronocover.models.tree_bytes import TREES, TreeBytes
from chronocover.models.validation import NONE, Validation


def saved(path, family):
    samples = season_samples(names=["wheat", "colza d'été", "forêt"], noise=0.4)
    train(samples, family, TrainingSettings(Validation(NONE)), Provenance(), Feedback()).save(str(path))
    return samples.values, path.read_bytes()


@pytest.fixture(scope="module")
def forest(tmp_path_factory):
    return saved(tmp_path_factory.mktemp("forest") / "forest.onnx", RandomForest(n_estimators=20))


def trees_of(model):
    (node,) = [node for node in model.graph.node if node.op_type == TREES]
    return {attribute.name: attribute for attribute in node.attribute}


@pytest.mark.parametrize("family", [RandomForest(n_estimators=20), Boosting(max_iter=4)])
def test_the_numbers_are_those_that_onnx_reads(family, tmp_path):
    _, content = saved(tmp_path / "m.onnx", family)
    found, expected = TreeBytes(content), trees_of(onnx.load_from_string(content))
    assert found.has(expected) and not found.has({"base_weights"})
    for name, attribute in expected.items():
        if attribute.type == onnx.AttributeProto.INTS:
            np.testing.assert_array_equal(found.integers(name), np.array(attribute.ints, np.int64), name)
        elif attribute.type == onnx.AttributeProto.FLOATS:
            np.testing.assert_array_equal(found.floats(name), np.array(attribute.floats, np.float32), name)
    np.testing.assert_array_equal(found.is_leaf, [mode == b"LEAF" for mode in expected["nodes_modes"].strings])
    assert found.transform == expected["post_transform"].s


def test_numbers_of_all_sizes(forest):
    model = onnx.load_from_string(forest[1])
    values = [0, 1, 64, 127, 128, 16384, 2**31, 2**62, -1, -(2**63), 0xA0, 64 << 7]
    trees_of(model)["nodes_featureids"].ints[:] = values
    found = TreeBytes(model.SerializeToString()).integers("nodes_featureids")
    assert found.tolist() == values


@pytest.mark.parametrize("nodes", [1, 300, 10**9])
def test_parts_vote_as_the_whole(forest, nodes):
    values, content = forest
    expected = begin_session(content, "").run([PROBABILITIES], {INPUT: values})[0]
    votes, ends = np.zeros_like(expected), []
    for first, last, part in TreeBytes(content).parts(nodes):
        votes += np.rint(20 * begin_session(part, "").run([PROBABILITIES], {INPUT: values})[0])
        ends += [first, last]
    assert ends[0] == 0 and ends[-1] == 20 and ends[1:-1:2] == ends[2::2]
    assert len(ends) == {1: 40, 10**9: 2}.get(nodes, len(ends))
    np.testing.assert_allclose(votes / 20, expected, atol=1e-6)


def field(number, content):
    return bytes([number << 3 | 2, len(content)]) + content


def test_numbers_without_tags_are_left_alone():
    numbers = field(1, b"nodes_featureids") + field(8, bytes([3, 1, 4]))
    content = field(7, field(1, field(4, TREES.encode()) + field(5, numbers)))
    assert list(trees_of(onnx.load_from_string(content))["nodes_featureids"].ints) == [3, 1, 4]
    with pytest.raises(NotReadableError):
        TreeBytes(content)


def test_an_attribute_that_is_there_twice(forest):
    """Which of them counts is for ONNX Runtime to say."""
    model = onnx.load_from_string(forest[1])
    (node,) = [node for node in model.graph.node if node.op_type == TREES]
    node.attribute.append(node.attribute[0])
    with pytest.raises(NotReadableError):
        TreeBytes(model.SerializeToString())


def test_a_model_without_trees(tmp_path):
    _, content = saved(tmp_path / "m.onnx", Perceptron(max_iter=5))
    with pytest.raises(NotReadableError):
        TreeBytes(content)


def test_damaged_files_are_never_read_as_something_else(forest):
    _, content = forest
    random = np.random.default_rng(0)
    for _ in range(300):
        broken = bytearray(content[: random.integers(0, len(content))] if random.random() < 0.5 else content)
        for place in random.integers(0, max(1, len(broken)), 3):
            broken[place : place + 1] = random.bytes(1)
        try:
            found = TreeBytes(bytes(broken))
            found.integers("nodes_treeids")
            found.floats("nodes_values")
        except (NotReadableError, KeyError):
            continue


def test_a_damaged_forest_is_refused_with_a_sentence_or_runs(forest, tmp_path):
    values, content = forest
    random = np.random.default_rng(1)
    for number in range(60):
        broken = bytearray(content)
        for place in random.integers(0, len(broken), 2):
            broken[place] ^= 1 << random.integers(0, 8)
        path = tmp_path / f"{number}.onnx"
        path.write_bytes(bytes(broken))
        try:
            session = ModelSession.open(str(path))
        except ChronocoverError:
            continue
        expected = begin_session(bytes(broken), "").run([PROBABILITIES], {INPUT: values})[0]
        np.testing.assert_array_equal(session.predict(values)[1], expected)
