"""One ``.onnx`` file out of a classifier: gap filling, classifier, class codes and the model card in one graph."""

from __future__ import annotations

import os
from collections.abc import Iterable

import numpy as np
import onnx
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper

from ..core.errors import ChronocoverError
from ..core.files import atomic_output
from . import card as cards
from .card import ModelCard
from .gap_filling import FILLED, NodeList, add_gap_filling
from .surroundings import FILLED_WINDOWS, add_window_filling

OPSET = 17
ML_OPSET = 3
IR_VERSION = 8  # what ONNX Runtime 1.16 reads
OPSETS = {"": OPSET, "ai.onnx.ml": ML_OPSET}
RAW = "classifier_probabilities"
LARGEST_BYTES = 2**31 - 2**20  # a protobuf message ends at 2 GiB
LARGEST_DISAGREEMENT = 0.001
TIE = 1e-5
"""Two probabilities this close are a tie, which float32 and float64 may break differently."""


def package(classifier: ModelProto, card: ModelCard) -> ModelProto:
    """Wrap a classifier's graph into a model as :mod:`models.card` describes it.

    Args:
        classifier: a graph with one input, float32 ``(n, dates, variables)`` without missing values or float32
            ``(n, dates × variables)`` date-major, and an output ``probabilities`` float32 ``(n, classes)``. The model
            takes its opsets where they are newer than :data:`OPSETS`. With a spatial context its input is float32
            ``(n, dates, variables, side, side)`` without missing values.
        card: the card; its legend gives the class codes in the order of the probabilities.

    Raises:
        ChronocoverError: the model is too large for one file.
    """
    dates, variables, classes = len(card.time_axis.days), len(card.variables), len(card.legend)
    nodes = NodeList("chronocover")
    if card.window:
        filled, unobserved = add_window_filling(nodes, cards.INPUT, card.time_axis.days, variables, card.context)
    else:
        filled, unobserved = add_gap_filling(nodes, cards.INPUT, card.time_axis.days, variables)

    graph = onnx.compose.add_prefix_graph(classifier.graph, "classifier_")
    source = graph.input[0]
    if len(source.type.tensor_type.shape.dim) == 2:
        nodes.add("Reshape", filled, nodes.constant(np.array([-1, dates * variables], np.int64)), outputs=[source.name])
    else:
        nodes.add("Identity", filled, outputs=[source.name])
    needed = _needed_for(RAW, graph.node)
    nodes.nodes.extend(needed)
    read = {name for node in needed for name in names_read(node)}

    largest = nodes.add("ArgMax", RAW, axis=1, keepdims=0)
    label = nodes.add("Gather", nodes.constant(np.array(card.legend.codes, np.int64)), largest)
    flat = nodes.add("Squeeze", unobserved, nodes.constant(np.array([1], np.int64)))
    nodes.add("Where", flat, nodes.constant(np.int64(0)), label, outputs=[cards.LABEL])
    nodes.add("Where", unobserved, nodes.constant(np.float32(np.nan)), RAW, outputs=[cards.PROBABILITIES])

    whole = helper.make_graph(
        nodes.nodes,
        "chronocover",
        [helper.make_tensor_value_info(cards.INPUT, TensorProto.FLOAT, ["n", dates, variables, *card.window])],
        [
            helper.make_tensor_value_info(cards.LABEL, TensorProto.INT64, ["n"]),
            helper.make_tensor_value_info(cards.PROBABILITIES, TensorProto.FLOAT, ["n", classes]),
        ],
        [*nodes.constants, *(tensor for tensor in graph.initializer if tensor.name in read)],
    )
    return model_with_card(whole, classifier, card)


def model_with_card(graph: GraphProto, part: ModelProto, card: ModelCard) -> ModelProto:
    """A whole graph as a model with its card, in the opsets of the ``part`` that it was built around.

    Raises:
        ChronocoverError: the model is too large for one file.
    """
    opsets = _opsets(part)
    model = helper.make_model(
        graph,
        opset_imports=opsets,
        ir_version=max(IR_VERSION, helper.find_min_ir_version_for(opsets, ignore_unknown=True)),
        producer_name="chronocover",
        producer_version=card.versions.get("chronocover", ""),
        doc_string=f"{card.title}. {card.usage}",
    )
    helper.set_model_props(model, {cards.KEY: card.to_json()})
    size = model.ByteSize()
    if size > LARGEST_BYTES:
        raise ChronocoverError(
            f"The model would take {size / 2**30:.1f} GB, more than one file may hold. Train fewer or shallower trees, "
            "or with more samples a leaf."
        )
    onnx.checker.check_model(model)
    return model


def classifier_of(model: ModelProto) -> ModelProto:
    """The classifier in a model, without what :func:`package` puts around it: its inverse.

    Args:
        model: one of :func:`package`, or of another origin with the same interface, which is then taken whole.

    Returns:
        A graph with one input, float32 ``(n, dates, variables)`` or windows, without missing values, and the output
        ``probabilities``.
    """
    source = model.graph.input[0]
    made = {name for node in model.graph.node for name in node.output}
    begin = next((name for name in (FILLED_WINDOWS, FILLED) if name in made), cards.INPUT)
    nodes = [node for node in model.graph.node if begin not in node.output]
    end = RAW if RAW in made else cards.PROBABILITIES
    needed = _needed_for(end, nodes)
    if end == RAW:
        needed.append(helper.make_node("Identity", [RAW], [cards.PROBABILITIES]))
    read = {name for node in needed for name in names_read(node)}
    shape = [size.dim_value or size.dim_param for size in source.type.tensor_type.shape.dim]
    graph = helper.make_graph(
        needed,
        "classifier",
        [helper.make_tensor_value_info(begin, TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(cards.PROBABILITIES, TensorProto.FLOAT, ["n", None])],
        [tensor for tensor in model.graph.initializer if tensor.name in read],
    )
    return helper.make_model(graph, opset_imports=list(model.opset_import), ir_version=model.ir_version)


def _opsets(classifier: ModelProto) -> list[onnx.OperatorSetIdProto]:
    own = {item.domain: item.version for item in classifier.opset_import}
    newest = {domain: max(version, own.get(domain, 0)) for domain, version in OPSETS.items()}
    return [helper.make_opsetid(domain, version) for domain, version in {**own, **newest}.items()]


def _needed_for(output: str, nodes: Iterable[NodeProto]) -> list[NodeProto]:
    """The nodes that ``output`` depends on, in order: a converter adds others, such as its own labels."""
    wanted, kept = {output}, []
    for node in reversed(list(nodes)):
        if wanted.intersection(node.output):
            kept.append(node)
            wanted |= names_read(node)
    return kept[::-1]


def names_read(node: NodeProto) -> set[str]:
    """The names that a node reads, those that its branches and loop bodies take from outside among them."""
    names = {name for name in node.input if name}
    for attribute in node.attribute:
        for inner in attribute.g.node:
            names |= names_read(inner)
    return names


def save_model(path: str, model: ModelProto, check_values: np.ndarray, expected: np.ndarray) -> int:
    """Write a model file, whole or not at all, after running it as any user of the file will.

    Args:
        path: the ``.onnx`` file to write.
        model: from :func:`package`.
        check_values: float32 ``(n, dates, variables)``, windows or one patch, to try it on; NaN is missing.
        expected: float ``(n, classes)`` or of a patch ``(1, classes, rows, columns)``, the classifier's own
            probabilities for them.

    Returns:
        The size of the file in bytes.

    Raises:
        ChronocoverError: it cannot be written, or its labels differ from the classifier's by more than 0.1 %, ties
            aside.
    """
    with atomic_output(path) as target:
        with open(target, "wb") as file:
            file.write(model.SerializeToString())
        _verify(target, check_values, expected)
        return os.path.getsize(target)


def _verify(path: str, values: np.ndarray, expected: np.ndarray) -> None:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # its remarks on the graph would stand in the user's log
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    found = session.run([cards.PROBABILITIES], {cards.INPUT: values})[0]
    found, expected = (np.moveaxis(each, 1, -1).reshape(-1, each.shape[1]) for each in (found, expected))
    rows = np.arange(len(expected))
    best = expected.argmax(axis=1)
    # Where the model prefers another class: how much less the classifier itself gave to that one.
    lost = expected[rows, best] - expected[rows, np.nan_to_num(found).argmax(axis=1)]
    wrong = float(np.mean((lost > TIE) | ~np.isfinite(found).all(axis=1))) if len(values) else 0.0
    if wrong > LARGEST_DISAGREEMENT:
        raise ChronocoverError(
            f"The model file disagrees with the trained classifier on {wrong:.1%} of the samples, so it was not "
            "written. Please report this with the versions of scikit-learn, skl2onnx and onnxruntime."
        )
