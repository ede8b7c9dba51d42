"""The steps of a model's graph, read from the bytes of its file, are those that the package onnx reads."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper
from series_samples import season_samples
from small_families import FAMILY_NAMES, small, trained

from chronocover.models.model_bytes import ModelGraph, NotReadableError, fields, whole


def as_onnx_reads(model):
    """Operators, domains, names, and the input's shape."""
    steps = [(node.op_type, node.domain, tuple(node.input), tuple(node.output)) for node in model.graph.node]
    return steps, tuple(size.dim_value for size in model.graph.input[0].type.tensor_type.shape.dim)


def as_bytes_tell(content):
    graph = ModelGraph.of(content)
    return [(step.operator, step.domain, step.inputs, step.outputs) for step in graph.steps], graph.input_shape


@pytest.mark.parametrize("name", FAMILY_NAMES)
def test_models_of_all_families(name, tmp_path):
    path = trained(small(name), season_samples(dates=12, names=["blé", "maïs grain", "forêt"]), tmp_path / "é m.onnx")
    content = Path(path).read_bytes()
    assert as_bytes_tell(content) == as_onnx_reads(onnx.load_from_string(content))


def test_free_sizes_missing_inputs_and_own_domains():
    shape = ["n", 300, None, 1 << 40]
    graph = helper.make_graph(
        [
            helper.make_node("Clip", ["x", "", "most"], ["y"]),
            helper.make_node("Sauvage", ["y"], ["z", ""], domain="pays.forêt"),
        ],
        "g",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("z", TensorProto.FLOAT, None)],
        [helper.make_tensor("most", TensorProto.FLOAT, [], [1.0])],
    )
    model = helper.make_model(graph)
    assert as_bytes_tell(model.SerializeToString()) == as_onnx_reads(model)
    assert ModelGraph.of(model.SerializeToString()).input_shape == (0, 300, 0, 1 << 40)


@pytest.mark.parametrize("content", [b"", b"\0", b"PK\3\4 no model", b"\x3a\x05abc", b"\xff" * 40])
def test_what_is_no_model(content):
    with pytest.raises(NotReadableError):
        ModelGraph.of(content)


def test_a_file_of_zeros_is_given_up_at_once():
    """A download that was never filled; it would be read as millions of fields."""
    data = memoryview(bytes(1000))
    with pytest.raises(NotReadableError):
        next(fields(data, whole(data)))


def test_damaged_files_end_with_one_kind_of_error(tmp_path):
    content = Path(trained(small("random forest"), season_samples(names=["a", "b"]), tmp_path / "m.onnx")).read_bytes()
    random = np.random.default_rng(0)
    for _ in range(500):
        broken = bytearray(content[: random.integers(0, len(content))])
        for place in random.integers(0, max(1, len(broken)), 3):
            broken[place : place + 1] = random.bytes(1)
        try:
            ModelGraph.of(bytes(broken))
        except NotReadableError:
            continue
