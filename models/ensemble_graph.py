"""The graph of an ensemble: each member beside the others, and the weighted mean of their probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper

from .card import PROBABILITIES, ModelCard
from .gap_filling import NodeList
from .opsets import at_opset, opset_of
from .packaging import IR_VERSION, OPSETS, classifier_of
from .session import ModelSession

SERIES = "values"


@dataclass(frozen=True)
class Member:
    """A model of an ensemble.

    Attributes:
        session: the model.
        sha256: the hash of its file.
        share: its weight; the weights of all members together are 1.
        dates: int64, where its dates are on the ensemble's time axis.
        variables: int64, where its variables are among the ensemble's.
        classes: int64, where the ensemble's classes are among its own.
    """

    session: ModelSession
    sha256: str
    share: float
    dates: np.ndarray
    variables: np.ndarray
    classes: np.ndarray

    @property
    def card(self) -> ModelCard:
        """The model's card."""
        return self.session.card

    @property
    def path(self) -> str:
        """The model's file."""
        return self.session.path


def mean_graph(members: Sequence[Member], card: ModelCard) -> ModelProto:
    """The weighted mean of models as a classifier that :func:`~.packaging.package` takes.

    Args:
        members: of the ensemble.
        card: the ensemble's.

    Raises:
        ChronocoverError: the operators of a model cannot be brought to the version of the newest.
    """
    classifiers = [classifier_of(onnx.load(member.path)) for member in members]
    newest = max(opset_of(model) for model in classifiers)
    nodes, opsets, weighted = NodeList("mean"), dict(OPSETS), []
    for number, (member, model) in enumerate(zip(members, classifiers), start=1):
        model = at_opset(model, newest, f"The model {member.path}")
        opsets.update({item.domain: max(item.version, opsets.get(item.domain, 0)) for item in model.opset_import})
        graph = onnx.compose.add_prefix_graph(model.graph, f"model{number}_")
        seen = _taken(nodes, SERIES, member.dates, 1, len(card.time_axis.days))
        seen = _taken(nodes, seen, member.variables, 2, len(card.variables))
        seen = _cropped(nodes, seen, card.context, member.card.context)
        nodes.add("Identity", seen, outputs=[graph.input[0].name])
        nodes.nodes.extend(graph.node)
        nodes.constants.extend(graph.initializer)
        found = _taken(nodes, graph.output[0].name, member.classes, 1, len(card.legend))
        weighted.append(nodes.add("Mul", found, nodes.constant(np.float32(member.share))))
    nodes.add("Sum", *weighted, outputs=[PROBABILITIES])
    shape = ["n", len(card.time_axis.days), len(card.variables), *card.window]
    graph = helper.make_graph(
        nodes.nodes,
        "ensemble",
        [helper.make_tensor_value_info(SERIES, TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(PROBABILITIES, TensorProto.FLOAT, ["n", None])],
        nodes.constants,
    )
    imports = [helper.make_opsetid(domain, version) for domain, version in opsets.items()]
    return helper.make_model(graph, opset_imports=imports, ir_version=IR_VERSION)


def _taken(nodes: NodeList, values: str, positions: np.ndarray, axis: int, size: int) -> str:
    """Positions along an axis of ``size``; the values themselves if that is all of them in order."""
    if np.array_equal(positions, np.arange(size)):
        return values
    return nodes.add("Gather", values, nodes.constant(positions.astype(np.int64)), axis=axis)


def _cropped(nodes: NodeList, windows: str, side: int, wanted: int) -> str:
    """The middle of windows; of the side 1 the pixel alone, ``(n, dates, variables)``."""
    if side == wanted:
        return windows
    if wanted == 1:
        row = nodes.add("Gather", windows, nodes.constant(np.int64(side // 2)), axis=3)
        return nodes.add("Gather", row, nodes.constant(np.int64(side // 2)), axis=3)
    edge = (side - wanted) // 2
    starts, ends, axes = ([edge] * 2, [side - edge] * 2, [3, 4])
    return nodes.add("Slice", windows, *(nodes.constant(np.array(each, np.int64)) for each in (starts, ends, axes)))
