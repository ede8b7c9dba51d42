"""Segmentation networks as other programs write them: convolutions over all dates and variables of a patch."""

import numpy as np
import onnx
from foreign_models import TYPES
from onnx import TensorProto, helper, numpy_helper


def convolution_weights(classes=3, kernel=3, seed=7, dates=4, variables=3):
    """Float32 ``(classes, dates, variables, kernel, kernel)``."""
    shape = (classes, dates, variables, kernel, kernel)
    return (np.random.default_rng(seed).normal(size=shape) / kernel).astype(np.float32)


def write_segmentation(
    path, weights=None, layout="flat date-major", size=None, end="logits", kind=np.float32, batch="n", bias=None,
    halvings=0, keep_small=False, metadata=None, opset=17, labels=TensorProto.INT64,
):  # fmt: skip
    """Write a network of one convolution with zeros around the patch; returns the path as text.

    Args:
        path: of the file.
        weights: as :func:`convolution_weights`.
        layout: of the input, as in the parameter Layout.
        size: rows and columns of patches, or one number; None: any.
        end: logits, softmax, sigmoid (of the last class alone), labels (int64, counted from 0), whole (one class for
            the patch), or both (scores and labels, and a table that is no map).
        kind: NumPy's type of the numbers.
        batch: how many patches at a time, or a name for any number.
        bias: added to the scores, ``(classes, rows, columns)`` or ``(classes, 1, 1)``.
        halvings: how often patches are halved and enlarged again by a second branch, as in a U-Net.
        keep_small: leave its output halved.
        metadata: texts in the file.
        opset: of the operators.
        labels: ONNX's type of them.
    """
    weights = convolution_weights() if weights is None else weights
    classes, dates, variables, kernel = weights.shape[:4]
    channels = dates * variables
    rows, columns = (size, size) if isinstance(size, int) else size or ("rows", "columns")
    by_variable = layout in ("variables by dates", "flat variable-major")
    laid_out = weights.swapaxes(1, 2) if by_variable else weights
    flat = laid_out.reshape(classes, channels, kernel, kernel)
    constants = {"weights": flat.astype(kind), "all": np.array([0, channels, rows, columns] if size else [0], np.int64)}
    shape = {
        "dates by variables": [dates, variables],
        "variables by dates": [variables, dates],
    }.get(layout, [channels])
    nodes, image = [], "image"
    if len(shape) == 2:
        nodes.append(helper.make_node("Reshape", ["image", "all"], ["channels"]))
        image = "channels"
    nodes.append(helper.make_node("Conv", [image, "weights"], ["convolved"], pads=[kernel // 2] * 4))
    scores = "convolved"
    if bias is not None:
        constants["bias"] = np.asarray(bias, kind)[None]
        nodes.append(helper.make_node("Add", [scores, "bias"], ["shifted"]))
        scores = "shifted"
    if halvings:
        factor = 2**halvings
        nodes.append(helper.make_node("MaxPool", [scores], ["small"], kernel_shape=[factor] * 2, strides=[factor] * 2))
        constants["scales"] = np.array([1, 1, factor, factor], np.float32)
        nodes.append(helper.make_node("Resize", ["small", "", "scales"], ["large"], mode="nearest"))
        nodes.append(helper.make_node("Add", [scores, "large"], ["joined"]))
        scores = "small" if keep_small else "joined"
    number, outputs = TYPES[kind], []
    sides = [rows, columns] if not keep_small else ["small_rows", "small_columns"]
    if end in ("logits", "both"):
        nodes.append(helper.make_node("Identity", [scores], ["scores"]))
        outputs.append(helper.make_tensor_value_info("scores", number, [batch, classes, *sides]))
    elif end == "softmax":
        nodes.append(helper.make_node("Softmax", [scores], ["scores"], axis=1))
        outputs.append(helper.make_tensor_value_info("scores", number, [batch, classes, *sides]))
    elif end == "sigmoid":
        constants["last"] = np.array([classes - 1], np.int64)
        nodes.append(helper.make_node("Gather", [scores, "last"], ["one"], axis=1))
        nodes.append(helper.make_node("Sigmoid", ["one"], ["scores"]))
        outputs.append(helper.make_tensor_value_info("scores", number, [batch, 1, *sides]))
    elif end == "whole":
        nodes.append(helper.make_node("GlobalAveragePool", [scores], ["scores"]))
        outputs.append(helper.make_tensor_value_info("scores", number, [batch, classes, 1, 1]))
    if end in ("labels", "both"):
        nodes.append(helper.make_node("ArgMax", [scores], ["best"], axis=1, keepdims=0))
        nodes.append(helper.make_node("Cast", ["best"], ["labels"], to=labels))
        outputs.append(helper.make_tensor_value_info("labels", labels, [batch, *sides]))
    if end == "both":
        nodes.append(helper.make_node("ReduceMean", [scores], ["table"], axes=[2, 3], keepdims=0))
        outputs.append(helper.make_tensor_value_info("table", number, [batch, classes]))
    read = {name for node in nodes for name in node.input}
    graph = helper.make_graph(
        nodes,
        "somebody's network",
        [helper.make_tensor_value_info("image", number, [batch, *shape, rows, columns])],
        outputs,
        [numpy_helper.from_array(value, name) for name, value in constants.items() if name in read],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)
    helper.set_model_props(model, metadata or {})
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    return str(path)


def convolved(patches, weights):
    """Float64 ``(n, classes, rows, columns)`` of ``(n, dates, variables, rows, columns)``, zeros around each patch."""
    kernel = weights.shape[-1]
    around = np.pad(patches.astype(np.float64), [(0, 0)] * 3 + [(kernel // 2, kernel // 2)] * 2)
    views = np.lib.stride_tricks.sliding_window_view(around, (kernel, kernel), axis=(3, 4))
    return np.einsum("ntvyxij,ctvij->ncyx", views, weights, optimize=True)
