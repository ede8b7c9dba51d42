"""The assignment of series to clusters as an ONNX graph, with the preparation in it.

Every method can be written as a graph. DTW, soft-DTW and the alignment kernel share one recurrence, run along the
anti-diagonals of the table of dates, whose cells do not depend on each other; the alignment kernel is soft-DTW with
gamma 1 and the local cost ``-log(local kernel)``. Centres are taken one after the other, so that memory does not grow
with their number. Computed in float32, so that two centres equally near to 6 digits may be told apart otherwise than in
:func:`clustering.assign`, which is float64, much faster for these three methods, and what the plugin itself runs.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import ModelProto, TensorProto, helper

from ...core.time_series.alignment_kernel import log_self_kernel
from ...core.time_series.dtw import band_of
from ...core.time_series.scaling import CONSTANT
from ...core.time_series.shape_distance import SMALLEST_NORM, shifted
from .. import card as cards
from ..card import ModelCard
from ..gap_filling import NodeList, add_gap_filling
from ..packaging import IR_VERSION, OPSET
from .clustering import Clustering
from .settings import ALIGNMENT_KERNEL, DTW, EUCLIDEAN, K_SHAPE, MIN_MAX, NONE, SOFT_DTW, Z_SCORE

FAR = np.float32(1e30)
"""A cost beyond all real ones that sums stay finite with."""


def clustering_graph(clustering: Clustering, card: ModelCard) -> ModelProto:
    """The model of a clustering: see :mod:`models.card` for its input and outputs."""
    nodes = NodeList("clustering")
    clusters, dates, variables = clustering.centres.shape
    filled, unobserved = add_gap_filling(nodes, cards.INPUT, clustering.days, variables)
    prepared = _add_preparation(nodes, filled, clustering)
    raw = _add_distances(nodes, prepared, clustering)
    nearest = nodes.add("ArgMin", raw, axis=1, keepdims=0)
    label = nodes.add("Gather", nodes.constant(np.array(card.legend.codes, np.int64)), nearest)
    flat = nodes.add("Squeeze", unobserved, nodes.constant(np.array([1], np.int64)))
    nodes.add("Where", flat, nodes.constant(np.int64(0)), label, outputs=[cards.LABEL])
    nodes.add("Where", unobserved, nodes.constant(np.float32(np.nan)), raw, outputs=[cards.DISTANCES])
    graph = helper.make_graph(
        nodes.nodes,
        "chronocover",
        [helper.make_tensor_value_info(cards.INPUT, TensorProto.FLOAT, ["n", dates, variables])],
        [
            helper.make_tensor_value_info(cards.LABEL, TensorProto.INT64, ["n"]),
            helper.make_tensor_value_info(cards.DISTANCES, TensorProto.FLOAT, ["n", clusters]),
        ],
        nodes.constants,
    )
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="chronocover",
        producer_version=card.versions.get("chronocover", ""),
        doc_string=f"{card.title}. {card.usage}",
    )
    helper.set_model_props(model, {cards.KEY: card.to_json()})
    onnx.checker.check_model(model)
    return model


def _add_preparation(nodes: NodeList, series: str, clustering: Clustering) -> str:
    """Smoothing and scaling of ``(n, dates, variables)``, as :class:`preparation.Preparation` does them."""
    preparation = clustering.preparation
    if preparation.smoothing is not None:
        series = nodes.add("MatMul", nodes.constant(preparation.smoothing.astype(np.float32)), series)
    if preparation.scaling == NONE:
        return series
    largest = nodes.add("ReduceMax", nodes.add("Abs", series), axes=[1], keepdims=1)
    least = nodes.add("Mul", largest, nodes.constant(np.float32(CONSTANT)))
    if preparation.scaling == Z_SCORE:
        shifted_series = nodes.add("Sub", series, nodes.add("ReduceMean", series, axes=[1], keepdims=1))
        square = nodes.add("Mul", shifted_series, shifted_series)
        spread = nodes.add("Sqrt", nodes.add("ReduceMean", square, axes=[1], keepdims=1))
    else:
        assert preparation.scaling == MIN_MAX, preparation.scaling
        shifted_series = nodes.add("Sub", series, nodes.add("ReduceMin", series, axes=[1], keepdims=1))
        spread = nodes.add("ReduceMax", shifted_series, axes=[1], keepdims=1)
    varies = nodes.add("Greater", spread, least)
    divisor = nodes.add("Where", varies, spread, nodes.constant(np.float32(1)))
    return nodes.add("Where", varies, nodes.add("Div", shifted_series, divisor), nodes.constant(np.float32(0)))


def _add_distances(nodes: NodeList, series: str, clustering: Clustering) -> str:
    """Distances ``(n, k)`` of prepared series ``(n, dates, variables)``."""
    settings, centres = clustering.settings, clustering.centres
    flat = nodes.add("Flatten", series, axis=1)
    if settings.method == EUCLIDEAN:
        return _add_euclidean(nodes, flat, centres)
    if settings.method == K_SHAPE:
        return _add_shape(nodes, flat, centres)
    dates = centres.shape[1]
    side_by_side = nodes.add("Transpose", series, perm=[1, 2, 0])
    if settings.method in (DTW, SOFT_DTW):
        gamma = settings.gamma if settings.method == SOFT_DTW else 0.0
        allowed = _diagonals(dates, band_of(settings.radius, dates))
        sums = _scan_over_centres(nodes, side_by_side, centres, allowed, _Recurrence(gamma, None))
        return nodes.add("Sqrt", sums) if settings.method == DTW else sums
    assert settings.method == ALIGNMENT_KERNEL and clustering.references is not None
    references = clustering.references
    recurrence, everywhere = _Recurrence(1.0, references.sigma), _diagonals(dates, dates)
    sums = _scan_over_centres(nodes, side_by_side, references.series, everywhere, recurrence)
    reversed_series = nodes.add(
        "Slice", side_by_side, *(nodes.constant(np.array([i], np.int64)) for i in (-1, -9999, 0, -1))
    )
    pads = nodes.constant(np.array([dates - 1, 0, 0, dates - 1, 0, 0], np.int64))
    own_sums = _add_recurrence(
        nodes, "own", side_by_side, nodes.add("Pad", reversed_series, pads), everywhere, recurrence
    )
    half = nodes.constant(np.float32(0.5))
    own = nodes.add("Mul", nodes.add("Unsqueeze", own_sums, nodes.constant(np.array([1], np.int64))), half)
    theirs = 0.5 * log_self_kernel(references.series, references.sigma)
    # The recurrence gives -log kernel; the normalised kernel is what remains after half of both own logarithms.
    log_kernel = nodes.add("Sub", nodes.add("Sub", own, sums), nodes.constant(theirs[None].astype(np.float32)))
    averaging = nodes.constant(references.averaging().astype(np.float32))
    mean = nodes.add("MatMul", nodes.add("Exp", log_kernel), averaging)
    two = nodes.constant(np.float32(2))
    return nodes.add("Sub", two, nodes.add("Mul", two, mean))


def _add_euclidean(nodes: NodeList, flat: str, centres: np.ndarray) -> str:
    body = NodeList("euclidean")
    difference = body.add("Sub", flat, "centre")
    body.add("ReduceSumSquare", difference, axes=[1], keepdims=0, outputs=["euclidean_square"])
    squares = _scan(nodes, body, centres.reshape(len(centres), -1), "euclidean_square")
    return nodes.add("Sqrt", squares)


def _add_shape(nodes: NodeList, flat: str, centres: np.ndarray) -> str:
    body = NodeList("shape")
    correlations = body.add("MatMul", flat, "centre")
    body.add("ReduceMax", correlations, axes=[1], keepdims=0, outputs=["shape_best"])
    best = _scan(nodes, body, np.stack([shifted(centre) for centre in centres]), "shape_best")
    norms = np.linalg.norm(centres, axis=(1, 2))[None].astype(np.float32)
    products = nodes.add("Mul", nodes.add("ReduceL2", flat, axes=[1], keepdims=1), nodes.constant(norms))
    is_flat = nodes.add("Less", products, nodes.constant(np.float32(SMALLEST_NORM)))
    one = nodes.constant(np.float32(1))
    share = nodes.add("Div", best, nodes.add("Where", is_flat, one, products))
    return nodes.add("Sub", one, nodes.add("Where", is_flat, nodes.constant(np.float32(0)), share))


def _scan(nodes: NodeList, body: NodeList, centres: np.ndarray, output: str) -> str:
    """Run ``body`` for one of ``centres`` after the other, named “centre”; its output ``(n,)`` becomes ``(n, k)``."""
    step = helper.make_graph(
        body.nodes,
        output,
        [helper.make_tensor_value_info("centre", TensorProto.FLOAT, list(centres.shape[1:]))],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)],
        body.constants,
    )
    rows = nodes.add("Scan", nodes.constant(centres.astype(np.float32)), body=step, num_scan_inputs=1)
    return nodes.add("Transpose", rows, perm=[1, 0])


class _Recurrence:
    """Which recurrence: the best path for gamma 0, else all paths softly; ``sigma`` for the kernel's local costs."""

    def __init__(self, gamma: float, sigma: float | None) -> None:
        self.gamma, self.sigma = gamma, sigma

    def add_local_cost(self, nodes: NodeList, square: str) -> str:
        if self.sigma is None:
            return square
        exponent = nodes.add("Mul", square, nodes.constant(np.float32(0.5 / self.sigma**2)))
        near = nodes.add("Exp", nodes.add("Neg", exponent))
        rest = nodes.add("Log", nodes.add("Sub", nodes.constant(np.float32(2)), near))
        return nodes.add("Add", exponent, rest)

    def add_least(self, nodes: NodeList, *before: str) -> str:
        least = nodes.add("Min", *before)
        if self.gamma == 0:
            return least
        gamma = nodes.constant(np.float32(self.gamma))
        powers = [nodes.add("Exp", nodes.add("Div", nodes.add("Sub", least, one), gamma)) for one in before]
        return nodes.add("Sub", least, nodes.add("Mul", gamma, nodes.add("Log", nodes.add("Sum", *powers))))


def _diagonals(dates: int, radius: int) -> np.ndarray:
    """What to add to local costs on each anti-diagonal, float32 ``(2 dates - 1, dates, 1)``: 0, or :data:`FAR` outside
    the table and the band. Cell i of anti-diagonal d is the series' date i and the centre's date d - i.
    """
    i, d = np.arange(dates)[None, :], np.arange(2 * dates - 1)[:, None]
    inside = (d - i >= 0) & (d - i < dates) & (np.abs(d - 2 * i) <= radius)
    return np.where(inside, np.float32(0), FAR)[:, :, None]


def _scan_over_centres(
    nodes: NodeList, series: str, centres: np.ndarray, outside: np.ndarray, recurrence: _Recurrence
) -> str:
    """Accumulated costs ``(n, k)`` of series ``(dates, variables, n)`` along their best or all paths."""
    dates = centres.shape[1]
    padded = np.pad(centres[:, ::-1], ((0, 0), (dates - 1, dates - 1), (0, 0)))[..., None]
    body = NodeList("alignment")
    total = _add_recurrence(body, "each", series, "centre", outside, recurrence)
    return _scan(nodes, body, padded, total)


def _add_recurrence(
    nodes: NodeList, name: str, series: str, padded: str, outside: np.ndarray, recurrence: _Recurrence
) -> str:
    """Accumulated costs ``(n,)`` of series ``(dates, variables, n)`` against ``padded``: one series ``(…, variables,
    1)`` or as many, its dates reversed, with ``dates - 1`` more before and after.
    """
    diagonals, dates = outside.shape[:2]
    shape = nodes.add(
        "Concat", nodes.constant(np.array([dates], np.int64)), nodes.add("Shape", series, start=2), axis=0
    )
    row_shape = nodes.add(
        "Concat", nodes.constant(np.array([1], np.int64)), nodes.add("Shape", series, start=2), axis=0
    )
    far = nodes.constant(FAR)
    nothing, far_row = nodes.add("Expand", far, shape), nodes.add("Expand", far, row_shape)
    below = nodes.constant(np.array([[0.0]] + [[FAR]] * (dates - 1), np.float32))  # every path begins here
    start = nodes.add("Expand", below, shape)

    body = NodeList(f"{name}_diagonal")
    last, before, begin, added = (f"{name}_{word}" for word in ("last", "before", "begin", "outside"))
    limits = [body.constant(np.array([value], np.int64)) for value in (dates, 0, 1)]
    other = body.add("Slice", padded, begin, body.add("Add", begin, limits[0]), limits[1], limits[2])
    difference = body.add("Sub", series, other)
    square = body.add("ReduceSumSquare", difference, axes=[1], keepdims=0)
    cost = body.add("Add", recurrence.add_local_cost(body, square), added)
    without_last = body.add("Slice", last, limits[1], body.constant(np.array([-1], np.int64)), limits[1], limits[2])
    moved = body.add("Concat", far_row, without_last, axis=0)
    least = recurrence.add_least(body, last, moved, before)
    body.add("Add", cost, least, outputs=[f"{name}_next"])
    body.add("Identity", moved, outputs=[f"{name}_next_before"])
    step = helper.make_graph(
        body.nodes,
        f"{name}_diagonal",
        [
            helper.make_tensor_value_info(last, TensorProto.FLOAT, None),
            helper.make_tensor_value_info(before, TensorProto.FLOAT, None),
            helper.make_tensor_value_info(begin, TensorProto.INT64, [1]),
            helper.make_tensor_value_info(added, TensorProto.FLOAT, [dates, 1]),
        ],
        [
            helper.make_tensor_value_info(f"{name}_next", TensorProto.FLOAT, None),
            helper.make_tensor_value_info(f"{name}_next_before", TensorProto.FLOAT, None),
        ],
        body.constants,
    )
    begins = nodes.constant(np.arange(diagonals - 1, -1, -1, dtype=np.int64)[:, None])
    final = f"{name}_final"
    nodes.add(
        "Scan", nothing, start, begins, nodes.constant(outside),
        outputs=[final, f"{name}_final_before"],
        body=step,
        num_scan_inputs=2,
    )  # fmt: skip
    return nodes.add("Gather", final, nodes.constant(np.int64(dates - 1)), axis=0)
