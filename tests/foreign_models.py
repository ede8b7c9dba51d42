"""ONNX files as other programs write them: a weighted sum of all values, in many shapes."""

import datetime

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

DATES = [datetime.date(2024, 4, 1) + datetime.timedelta(days=16 * step) for step in range(4)]
VARIABLES = ("red", "nir", "swir")
NAMES = ("maïs", "blé d'hiver", "forêt")
TYPES = {np.float32: TensorProto.FLOAT, np.float64: TensorProto.DOUBLE, np.float16: TensorProto.FLOAT16}


def weights_of(classes=3, seed=7):
    """Float32 ``(dates, variables, classes)``."""
    return np.random.default_rng(seed).normal(size=(len(DATES), len(VARIABLES), classes)).astype(np.float32)


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def expected_scores(values, weights):
    """Float64 ``(n, classes)`` for complete ``(n, dates, variables)``."""
    return np.einsum("ntv,tvc->nc", values.astype(np.float64), weights)


def write_foreign(
    path, weights=None, layout="flat date-major", end="softmax", kind=np.float32, rows="batch", opset=17,
    names=("input_1", "output_1"), metadata=None, external=False, bake_rows=False,
):  # fmt: skip
    """Write a model; ``end``: softmax, logits, column (n, classes, 1), sigmoid, label, texts, or both."""
    weights = weights_of() if weights is None else weights
    dates, variables, classes = weights.shape
    by_variable = layout in ("variables by dates", "flat variable-major")
    laid_out = weights.transpose(1, 0, 2) if by_variable else weights
    size = dates * variables
    shape = {"dates by variables": [dates, variables], "variables by dates": [variables, dates]}.get(layout, [size])
    constants = {
        "shape": np.array([rows if bake_rows else -1, size], np.int64),
        "weights": laid_out.reshape(size, classes).astype(kind),
        "last": np.array([2], np.int64),
    }
    nodes = [
        helper.make_node("Reshape", [names[0], "shape"], ["flat"]),
        helper.make_node("MatMul", ["flat", "weights"], ["scores"]),
    ]
    outputs, number = [], TYPES[kind]
    if end in ("softmax", "both"):
        nodes.append(helper.make_node("Softmax", ["scores"], [names[1]], axis=1))
        outputs.append(helper.make_tensor_value_info(names[1], number, [rows, classes]))
    elif end == "logits":
        nodes.append(helper.make_node("Identity", ["scores"], [names[1]]))
        outputs.append(helper.make_tensor_value_info(names[1], number, [rows, classes]))
    elif end == "column":
        nodes.append(helper.make_node("Softmax", ["scores"], ["flat_scores"], axis=1))
        nodes.append(helper.make_node("Unsqueeze", ["flat_scores", "last"], [names[1]]))
        outputs.append(helper.make_tensor_value_info(names[1], number, [rows, classes, 1]))
    elif end == "sigmoid":
        nodes.append(helper.make_node("Sigmoid", ["scores"], [names[1]]))
        outputs.append(helper.make_tensor_value_info(names[1], number, [rows, 1]))
    if end in ("label", "texts", "both"):
        nodes.append(helper.make_node("ArgMax", ["scores"], ["label"], axis=1, keepdims=0))
        outputs.append(helper.make_tensor_value_info("label", TensorProto.INT64, [rows]))
    if end == "texts":
        encoder = {"keys_int64s": list(range(classes)), "values_strings": list(NAMES)}
        nodes.append(helper.make_node("LabelEncoder", ["label"], ["text"], domain="ai.onnx.ml", **encoder))
        outputs[-1] = helper.make_tensor_value_info("text", TensorProto.STRING, [rows])
    read = {name for node in nodes for name in node.input}
    graph = helper.make_graph(
        nodes,
        "somebody's network",
        [helper.make_tensor_value_info(names[0], number, [rows, *shape])],
        outputs,
        [numpy_helper.from_array(value, name) for name, value in constants.items() if name in read],
    )
    opsets = [helper.make_opsetid("", opset), helper.make_opsetid("ai.onnx.ml", 2)]
    version = helper.find_min_ir_version_for(opsets)
    model = helper.make_model(graph, opset_imports=opsets, ir_version=version, producer_name="somebody")
    helper.set_model_props(model, metadata or {})
    onnx.checker.check_model(model)
    if external:
        onnx.save(model, str(path), save_as_external_data=True, location="weights.bin", size_threshold=0)
    else:
        onnx.save(model, str(path))
    return str(path)
