"""A small real model for the tests: softmax of a weighted sum of all values."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from chronocover.core.labels.legend import LandClass, Legend
from chronocover.models.card import INPUT, KEY, LABEL, PROBABILITIES, ModelCard, TimeAxis, VariableRange

LEGEND = Legend(
    (LandClass(1, "forêt", (0, 100, 0)), LandClass(3, "water body", (0, 0, 200)), LandClass(7, "crop", (230, 160, 0)))
)


def weights_for(dates, variables, classes, seed=5):
    """Float32 ``(dates × variables, classes)``."""
    return np.random.default_rng(seed).normal(size=(dates * variables, classes)).astype(np.float32)


def card_for(dates, variables, legend=LEGEND, ranges=None, **more):
    """A card for a model of these dates (``datetime.date``) and variables, trained on values from 0 to 1."""
    ranges = ranges or {name: VariableRange(0.01, 0.9) for name in variables}
    return ModelCard("Test model", "linear", legend, tuple(variables), TimeAxis.of_dates(dates), ranges, **more)


def write_linear_model(path, card, weights=None, metadata=True):
    """Write the model and return its path."""
    dates, variables = len(card.time_axis.days), len(card.variables)
    weights = weights_for(dates, variables, len(card.legend)) if weights is None else weights
    constants = {"shape": np.array([-1, dates * variables], np.int64), "weights": weights}
    constants["codes"] = np.array(card.legend.codes, np.int64)
    nodes = [
        helper.make_node("Reshape", [INPUT, "shape"], ["flat"]),
        helper.make_node("MatMul", ["flat", "weights"], ["scores"]),
        helper.make_node("Softmax", ["scores"], [PROBABILITIES], axis=1),
        helper.make_node("ArgMax", ["scores"], ["best"], axis=1, keepdims=0),
        helper.make_node("Gather", ["codes", "best"], [LABEL]),
    ]
    graph = helper.make_graph(
        nodes,
        "test",
        [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["n", dates, variables])],
        [
            helper.make_tensor_value_info(LABEL, TensorProto.INT64, ["n"]),
            helper.make_tensor_value_info(PROBABILITIES, TensorProto.FLOAT, ["n", len(card.legend)]),
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    if metadata:
        helper.set_model_props(model, {KEY: card.to_json()})
    onnx.save(model, str(path))
    return str(path)


def expected_probabilities(values, weights):
    """The same in numpy, float64: ``values`` ``(n, dates, variables)`` without gaps."""
    scores = values.reshape(len(values), -1).astype(np.float64) @ weights
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
