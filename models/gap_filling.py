"""The gap filling of :mod:`core.time_series.filling` as ONNX nodes, so that a model file carries it with it.

A complete batch passes untouched. Otherwise one pass forwards and one backwards in time carry the nearest observation
and its day to each date, and the value between the two is interpolated.
"""

from __future__ import annotations

import numpy as np
from onnx import GraphProto, NodeProto, TensorProto, helper, numpy_helper

FAR = np.float32(1e9)
"""A day that lies before, negated, or after every other."""
FILLED, UNOBSERVED = "filled_series", "unobserved"


class NodeList:
    """Collects nodes and constants, and gives every result a name of its own."""

    def __init__(self, prefix: str) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []
        self._prefix = prefix

    def constant(self, array: np.ndarray) -> str:
        """Add a constant and return its name."""
        name = f"{self._prefix}_constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def add(self, operation: str, *inputs: str, outputs: list[str] | None = None, **attributes: object) -> str:
        """Add a node and return the name of its first output."""
        names = outputs or [f"{self._prefix}_{operation.lower()}_{len(self.nodes)}"]
        self.nodes.append(helper.make_node(operation, list(inputs), names, **attributes))
        return names[0]

    def slice_dates(self, series: str, start: int, end: int) -> str:
        """Dates ``start`` to ``end`` (exclusive) of ``(n, dates, variables)``."""
        limits = [self.constant(np.array([value], np.int64)) for value in (start, end, 1)]
        return self.add("Slice", series, *limits)


def add_gap_filling(nodes: NodeList, series: str, days: tuple[int, ...], variables: int) -> tuple[str, str]:
    """Add the gap filling to ``nodes``.

    Args:
        nodes: the main graph's nodes.
        series: name of float32 ``(n, dates, variables)``; what is not finite is missing.
        days: the day of each date, strictly ascending.
        variables: the number of variables.

    Returns:
        Names of the filled series, finite everywhere (0 where a variable was never observed), and of bool ``(n, 1)``:
        whether a variable of that pixel was never observed.
    """
    total = nodes.add("ReduceSum", series, keepdims=0)  # not finite as soon as one value is not: one cheap pass
    difference = nodes.add("Sub", total, total)
    has_gaps = nodes.add("IsNaN", difference)
    nodes.add(
        "If",
        has_gaps,
        outputs=[FILLED, UNOBSERVED],
        then_branch=_filling(series, days, variables),
        else_branch=_nothing_missing(series),
    )
    return FILLED, UNOBSERVED


def _branch(name: str, nodes: NodeList) -> GraphProto:
    outputs = [
        helper.make_tensor_value_info(f"{name}_filled", TensorProto.FLOAT, None),
        helper.make_tensor_value_info(f"{name}_unobserved", TensorProto.BOOL, None),
    ]
    return helper.make_graph(nodes.nodes, name, [], outputs, nodes.constants)


def _nothing_missing(series: str) -> GraphProto:
    nodes = NodeList("complete")
    nodes.add("Identity", series, outputs=["complete_filled"])
    shape = nodes.add("Shape", series, start=0, end=1)
    one = nodes.constant(np.array([1], np.int64))
    column = nodes.add("Concat", shape, one, axis=0)
    false = numpy_helper.from_array(np.array([False]))
    nodes.add("ConstantOfShape", column, outputs=["complete_unobserved"], value=false)
    return _branch("complete", nodes)


def _filling(series: str, days: tuple[int, ...], variables: int) -> GraphProto:
    nodes = NodeList("gaps")
    # Pixels innermost: every step below runs along long rows, and a plain matrix transpose is the fastest there is.
    rows = nodes.add("Transpose", nodes.add("Flatten", series, axis=1), perm=[1, 0])
    by_date = nodes.add("Reshape", rows, nodes.constant(np.array([len(days), variables, -1], np.int64)))
    magnitude = nodes.add("Abs", by_date)
    valid = nodes.add("Less", magnitude, nodes.constant(np.float32(np.inf)))  # false for NaN too
    day_of_date = np.asarray(days, np.float32).reshape(-1, 1, 1)
    own_day = nodes.constant(day_of_date)
    left, left_day = _last_observations(nodes, by_date, valid, own_day, "before", -FAR)
    right, right_day = _last_observations(nodes, by_date, valid, own_day, "after", FAR)

    low = nodes.add("Where", nodes.add("Greater", left_day, nodes.constant(-FAR)), left, right)
    high = nodes.add("Where", nodes.add("Less", right_day, nodes.constant(FAR)), right, left)
    # On a date of its own the span is 0; at the ends high equals low, so that the weight does not matter.
    span = nodes.add("Max", nodes.add("Sub", right_day, left_day), nodes.constant(np.float32(1)))
    weight = nodes.add("Div", nodes.add("Sub", own_day, left_day), span)
    filled = nodes.add("Add", low, nodes.add("Mul", weight, nodes.add("Sub", high, low)))

    missing = nodes.add("IsNaN", filled)
    kept = nodes.add("Where", missing, nodes.constant(np.float32(0)), filled)
    rows = nodes.add("Reshape", kept, nodes.constant(np.array([len(days) * variables, -1], np.int64)))
    columns = nodes.add("Transpose", rows, perm=[1, 0])
    nodes.add(
        "Reshape", columns, nodes.constant(np.array([-1, len(days), variables], np.int64)), outputs=["gaps_filled"]
    )
    # One observation reaches every date, so the first date tells whether there is any.
    first_date = nodes.add("Gather", missing, nodes.constant(np.int64(0)), axis=0)
    # A sum, not a maximum: later opsets write the axes of a maximum otherwise, and a model may bring such an opset.
    by_variable = nodes.add("Cast", first_date, to=TensorProto.FLOAT)
    count = nodes.add("ReduceSum", by_variable, nodes.constant(np.array([0], np.int64)), keepdims=0)
    column = nodes.add("Unsqueeze", count, nodes.constant(np.array([1], np.int64)))
    nodes.add("Greater", column, nodes.constant(np.float32(0.5)), outputs=["gaps_unobserved"])
    return _branch("gaps", nodes)


def _last_observations(
    nodes: NodeList, by_date: str, valid: str, own_day: str, side: str, nothing: np.float32
) -> tuple[str, str]:
    """Value and day of the nearest observation on one side of each date (NaN and ``nothing`` where there is none)."""
    nan = nodes.constant(np.float32(np.nan))
    one_date = nodes.add("Shape", by_date, start=1)
    empty = nodes.add("Expand", nan, one_date)
    never = nodes.add("Expand", nodes.constant(nothing), one_date)

    body = NodeList(side)
    names = [f"{side}_{name}" for name in ("last", "last_day", "value", "valid", "day")]
    last, last_day, value, is_valid, day = names
    outputs = [f"{side}_{name}" for name in ("next", "next_day", "found", "found_day")]
    body.add("Where", is_valid, value, last, outputs=[outputs[0]])
    body.add("Where", is_valid, day, last_day, outputs=[outputs[1]])
    body.add("Identity", outputs[0], outputs=[outputs[2]])
    body.add("Identity", outputs[1], outputs=[outputs[3]])
    types = [TensorProto.FLOAT, TensorProto.FLOAT, TensorProto.FLOAT, TensorProto.BOOL, TensorProto.FLOAT]
    step = helper.make_graph(
        body.nodes,
        side,
        [helper.make_tensor_value_info(name, kind, None) for name, kind in zip(names, types)],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
    )
    backwards = int(side == "after")
    values, days = f"{side}_values", f"{side}_days"
    nodes.add(
        "Scan",
        empty, never, by_date, valid, own_day,
        outputs=[f"{side}_final", f"{side}_final_day", values, days],
        body=step,
        num_scan_inputs=3,
        scan_input_directions=[backwards] * 3,
        scan_output_directions=[backwards] * 2,
    )  # fmt: skip
    return values, days
