"""The ONNX graph of a segmentation: gap filling and normalisation before it, probabilities of classes behind it."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper

from ...core.errors import ChronocoverError
from ..card import INPUT, PROBABILITIES, ModelCard
from ..foreign import ForeignModel
from ..foreign_layout import Normalisation, add_layout
from ..foreign_scores import ScoreOutput
from ..gap_filling import NodeList, add_gap_filling
from ..opsets import at_opset, opset_of
from ..packaging import OPSET, model_with_card, names_read

PREFIX = "model_"
SCORES = "pixel_scores"
SCATTERED = 1.3
"""Memory in use, with what was freed in pieces too small to be taken again, over what is needed."""
LARGEST_READ = 1 << 12
"""Bytes of a constant from which shapes may follow."""
KEPT = 16 << 20
"""Bytes that ONNX Runtime and the C library keep for each thread."""


def package_patches(
    model: ForeignModel,
    card: ModelCard,
    normalisation: Normalisation,
    layout: str,
    output: ScoreOutput,
    order: np.ndarray,
    unknown: np.ndarray,
) -> ModelProto:
    """A segmentation as :mod:`models.card` describes it.

    Args:
        model: the original.
        card: its card, which gives the size of patches.
        normalisation: of its input, numbers a channel date by date.
        layout: of its input.
        output: which output tells the classes.
        order: the place in the output of each class of the card.
        unknown: ``(variables,)`` what stands for a variable that was never observed.

    Raises:
        ChronocoverError: it is too large for one file, or written in operators that cannot be brought to ours.
    """
    foreign = at_opset(model.proto, max(OPSET, opset_of(model.proto)), f"The model {model.path}")
    graph = onnx.compose.add_prefix_graph(foreign.graph, PREFIX)
    shape = (1, len(card.time_axis.days), len(card.variables), *card.window)
    nodes = NodeList("patch")
    values = normalisation.add_to(nodes, _add_filling(nodes, card, shape, unknown), shape)
    values = add_layout(nodes, values, layout, shape, model.input_type)
    if model.rows not in (None, 1):  # it takes so many at a time: this one so many times
        repeats = nodes.constant(np.array([model.rows] + [1] * len(model.shape), np.int64))
        values = nodes.add("Tile", values, repeats)
    nodes.add("Identity", values, outputs=[f"{PREFIX}{model.input_name}"])
    nodes.nodes.extend(graph.node)
    nodes.constants.extend(graph.initializer)

    scores = f"{PREFIX}{output.name}"
    if model.rows not in (None, 1):
        first = [nodes.constant(np.array([number], np.int64)) for number in (0, 1, 0)]
        scores = nodes.add("Slice", scores, *first)
    pixels = int(np.prod(card.window))
    columns = nodes.add("Reshape", scores, nodes.constant(np.array([-1, pixels], np.int64)))
    rows = nodes.add("Transpose", columns, perm=[1, 0], outputs=[SCORES])
    found = output.add_to(nodes, rows, len(order))
    ordered = nodes.add("Gather", found, nodes.constant(order.astype(np.int64)), axis=1)
    by_class = nodes.add("Transpose", ordered, perm=[1, 0])
    whole = nodes.constant(np.array([1, len(order), *card.window], np.int64))
    nodes.add("Reshape", by_class, whole, outputs=[PROBABILITIES])
    whole_graph = helper.make_graph(
        nodes.nodes,
        "chronocover",
        [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, list(shape))],
        [helper.make_tensor_value_info(PROBABILITIES, TensorProto.FLOAT, [1, len(order), *card.window])],
        nodes.constants,
    )
    try:
        return model_with_card(whole_graph, foreign, card)
    except onnx.checker.ValidationError as error:
        raise ChronocoverError(
            f"The model {model.path} cannot be put into a file with a card ({str(error).splitlines()[0][:200]}). "
            f"Export it with opset {OPSET}."
        ) from error


def _add_filling(nodes: NodeList, card: ModelCard, shape: tuple[int, ...], unknown: np.ndarray) -> str:
    """Add the filling of gaps in time, and of what was never observed; returns the name of values of ``shape``."""
    dates, variables, pixels = shape[1], shape[2], shape[3] * shape[4]
    observed = nodes.add("Less", nodes.add("Abs", INPUT), nodes.constant(np.float32(np.inf)))  # false for NaN too
    ones = nodes.add("Cast", observed, to=TensorProto.FLOAT)
    times = nodes.add("ReduceSum", ones, nodes.constant(np.array([1], np.int64)), keepdims=1)
    seen = nodes.add("Greater", times, nodes.constant(np.float32(0.5)))
    usual = nodes.constant(np.asarray(unknown, np.float32).reshape(1, 1, variables, 1, 1))
    known = nodes.add("Where", seen, INPUT, usual)
    series = nodes.add("Reshape", known, nodes.constant(np.array([1, dates, variables * pixels], np.int64)))
    filled, _ = add_gap_filling(nodes, series, card.time_axis.days, variables * pixels)
    return nodes.add("Reshape", filled, nodes.constant(np.array(shape, np.int64)))


def working_memory(model: ModelProto) -> int:
    """Bytes that running a graph takes at most at a time, as far as the shapes within it are known.

    Each result is counted from the node that makes it to the last one that reads it, in a branch too; what a branch
    gives, twice; and the input and output of a convolution again, which ONNX Runtime lays out anew. As it never takes
    all that was freed again, a share is added, and what it and the C library keep for each thread: with both, it covers
    what networks of many sizes were seen to take.
    """
    try:
        graph = onnx.shape_inference.infer_shapes(_without_weights(model), data_prop=True).graph
    except Exception as error:  # onnx's own exceptions have no common base
        raise ChronocoverError(f"The shapes within the model cannot be told: {str(error).strip()[:200]}") from error
    sizes = {item.name: _bytes_of(item) for item in [*graph.value_info, *graph.input, *graph.output]}
    last = {name: place for place, node in enumerate(graph.node) for name in names_read(node)}
    live, most, from_branches = {}, 0, 0
    for place, node in enumerate(graph.node):
        made = {name: sizes.get(name, 0) for name in node.output}
        live.update(made)
        again = 0
        if node.op_type in ("Conv", "ConvTranspose"):
            again = sizes.get(node.input[0], 0) + sum(made.values())
        elif node.op_type == "If":
            from_branches = max(from_branches, sum(made.values()))
        most = max(most, sum(live.values()) + again)
        live = {name: size for name, size in live.items() if last.get(name, -1) > place}
    return int((most + from_branches) * SCATTERED) + KEPT


def _without_weights(model: ModelProto) -> ModelProto:
    """The model with the shapes of its large constants alone, from which no other shapes follow."""
    light = ModelProto()
    light.opset_import.extend(model.opset_import)
    light.ir_version = model.ir_version
    graph = model.graph
    light.graph.name = graph.name
    light.graph.node.extend(graph.node)
    light.graph.input.extend(graph.input)
    light.graph.output.extend(graph.output)
    for tensor in graph.initializer:
        if tensor.ByteSize() <= LARGEST_READ:
            light.graph.initializer.append(tensor)
        else:
            light.graph.initializer.add(name=tensor.name, dims=tensor.dims, data_type=tensor.data_type)
    return light


def _bytes_of(item: onnx.ValueInfoProto) -> int:
    kind = item.type.tensor_type
    sides = [dimension.dim_value for dimension in kind.shape.dim]
    if not kind.elem_type or kind.elem_type == TensorProto.STRING:
        return 0
    return int(np.prod(sides)) * helper.tensor_dtype_to_np_dtype(kind.elem_type).itemsize
