"""What models that look at the pixels around each do about missing ones, in training and as ONNX nodes.

A neighbour's variable that was never observed, beyond the raster's edge for instance, takes the values of the pixel in
the middle. What is missing besides is filled in time, each pixel by itself.
"""

from __future__ import annotations

import numpy as np
from onnx import GraphProto, TensorProto, helper

from .gap_filling import NodeList, add_gap_filling

FILLED_WINDOWS = "filled_windows"


def complete_windows(windows: np.ndarray) -> np.ndarray:
    """Windows in which a never observed variable of a neighbour is that of the middle.

    Args:
        windows: float32 ``(n, dates, variables, side, side)``; NaN is missing.
    """
    middle = windows.shape[-1] // 2
    never = np.isnan(windows).all(axis=1, keepdims=True)
    if not never.any():
        return windows
    return np.where(never, windows[..., middle : middle + 1, middle : middle + 1], windows)


def add_window_filling(
    nodes: NodeList, windows: str, days: tuple[int, ...], variables: int, side: int
) -> tuple[str, str]:
    """Add :func:`complete_windows` and the gap filling of each pixel to a graph.

    Args:
        nodes: the main graph's nodes.
        windows: name of float32 ``(n, dates, variables, side, side)``; what is not finite is missing.
        days: the day of each date, strictly ascending.
        variables: the number of variables.
        side: of the windows, odd.

    Returns:
        Names of the filled windows, finite everywhere, and of bool ``(n, 1)``: whether a variable of the pixel in the
        middle was never observed.
    """
    dates, pixels = len(days), side * side
    by_pixel = nodes.constant(np.array([-1, dates, variables, pixels], np.int64))
    flat = nodes.constant(np.array([-1, dates, variables * pixels], np.int64))
    series = nodes.add("Reshape", windows, by_pixel)
    total = nodes.add("ReduceSum", series, keepdims=0)  # not finite as soon as one value is not
    has_gaps = nodes.add("IsNaN", nodes.add("Sub", total, total))
    completed = "completed_windows"
    nodes.add(
        "If",
        has_gaps,
        outputs=[completed],
        then_branch=_branch("completing", series, pixels // 2),
        else_branch=_branch("untouched", series, None),
    )
    filled, unobserved = add_gap_filling(nodes, nodes.add("Reshape", completed, flat), days, variables * pixels)
    shape = nodes.constant(np.array([-1, dates, variables, side, side], np.int64))
    # The middle is the last resort of all, so that something never observed is left only where it was not either.
    return nodes.add("Reshape", filled, shape, outputs=[FILLED_WINDOWS]), unobserved


def _branch(name: str, series: str, middle: int | None) -> GraphProto:
    """The graph that completes ``(n, dates, variables, pixels)``, or hands it through without a ``middle``."""
    nodes, output = NodeList(name), f"{name}_windows"
    if middle is None:
        nodes.add("Identity", series, outputs=[output])
    else:
        observed = nodes.add("Less", nodes.add("Abs", series), nodes.constant(np.float32(np.inf)))  # false for NaN too
        ones = nodes.add("Cast", observed, to=TensorProto.FLOAT)
        times = nodes.add("ReduceSum", ones, nodes.constant(np.array([1], np.int64)), keepdims=1)
        seen = nodes.add("Greater", times, nodes.constant(np.float32(0.5)))
        centre = nodes.add("Gather", series, nodes.constant(np.array([middle], np.int64)), axis=3)
        nodes.add("Where", seen, series, centre, outputs=[output])
    return helper.make_graph(
        nodes.nodes, name, [], [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)], nodes.constants
    )
