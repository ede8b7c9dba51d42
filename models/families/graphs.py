"""Writing classifiers as ONNX graphs by hand, where no converter does it well enough."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper

from ..gap_filling import NodeList
from ..packaging import IR_VERSION, OPSETS

SERIES = "values"
PROBABILITIES = "probabilities"
ROWS_AT_ONCE = 512


def series_model(nodes: NodeList, output: str, dates: int, variables: int) -> ModelProto:
    """A model of nodes that read :data:`SERIES` float32 ``(n, dates, variables)`` and end in a float32 ``output``."""
    graph = helper.make_graph(
        nodes.nodes,
        "series",
        [helper.make_tensor_value_info(SERIES, TensorProto.FLOAT, ["n", dates, variables])],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["n", None])],
        nodes.constants,
    )
    opsets = [helper.make_opsetid(domain, version) for domain, version in OPSETS.items()]
    return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)


def add_head(nodes: NodeList, features: str, head: ModelProto) -> None:
    """Add a classifier of float32 ``(n, features)`` behind the node called ``features``; it ends in probabilities."""
    graph = onnx.compose.add_prefix_graph(head.graph, "head_")
    nodes.add("Identity", features, outputs=[graph.input[0].name])
    nodes.nodes.extend(graph.node)
    nodes.constants.extend(graph.initializer)
    nodes.add("Identity", f"head_{PROBABILITIES}", outputs=[PROBABILITIES])


def runner(model: ModelProto, threads: int = 1) -> Callable[[np.ndarray], np.ndarray]:
    """A function that runs a model of :func:`series_model`, some series at a time."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])

    def run(values: np.ndarray) -> np.ndarray:
        starts = range(0, max(1, len(values)), ROWS_AT_ONCE)
        parts = [session.run(None, {SERIES: values[start : start + ROWS_AT_ONCE]})[0] for start in starts]
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    return run
