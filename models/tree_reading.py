"""Finding the trees of a forest, or of gradient boosting, in a model file, for :mod:`models.forest_walk`.

ONNX Runtime stays the reference and the fallback: trees are used only if they are written exactly as those of our own
models, and agree with ONNX Runtime to the bit on made-up series about their thresholds. It is asked for a few trees at
a time, since it takes ten times the memory of a model file; and for single leaves of all trees, since float32 depends
on the order of adding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Union

import numpy as np
import onnxruntime

from .card import INPUT, PROBABILITIES
from .forest_walk import CompiledBoosting, CompiledForest, Trees, load_code
from .model_bytes import ModelGraph, NotReadableError, Step
from .tree_bytes import TREES, TreeBytes

CompiledTrees = Union[CompiledForest, CompiledBoosting]

PROBES = 512  # series on which trees must agree with ONNX Runtime
NODES_AT_ONCE = 20_000  # of trees that ONNX Runtime is asked for together: 20 MB
SUMS = 4  # of a leaf of each tree that must agree too, where it is not asked for all trees together
MOST_VALUES = 1 << 15  # of a series: the probes take 64 MB then
MOST_VOTES = 1 << 27  # numbers, of all leaves for all classes: 512 MB
FILLED = "filled_series"  # as models.gap_filling, which needs the package onnx, names the series without gaps
BEFORE_AND_AFTER = {
    *("ReduceSum", "Sub", "IsNaN", "If", "Reshape", TREES, "Div"),
    *("ArgMax", "Gather", "Concat", "Squeeze", "Where"),
}
NEEDED = {
    *("nodes_treeids", "nodes_nodeids", "nodes_modes", "nodes_featureids", "nodes_values"),
    *("nodes_truenodeids", "nodes_falsenodeids"),
    *("class_treeids", "class_nodeids", "class_ids", "class_weights", "classlabels_int64s"),
}
KNOWN = {*NEEDED, "nodes_hitrates", "nodes_missing_value_tracks_true", "base_values", "post_transform"}


def read_trees(
    content: bytes, graph: ModelGraph, begin_session: Callable[[bytes], onnxruntime.InferenceSession]
) -> CompiledTrees | None:
    """The trees in a model file, compiled.

    Args:
        content: the bytes of the file.
        graph: its graph.
        begin_session: runs the content of a model file on one thread of the processor.

    Returns:
        None if the model is anything else than trees, or if they disagree with ONNX Runtime on any probe.
    """
    shape = graph.input_shape[1:]
    if not {step.operator for step in graph.steps} <= BEFORE_AND_AFTER or len(shape) != 2:
        return None
    if not 1 <= shape[0] * shape[1] <= MOST_VALUES or not _look_at_the_series(graph):
        return None
    try:
        with ThreadPoolExecutor(1) as beside:
            beside.submit(load_code)
            there = TreeBytes(content)
            compiled = _compiled(there) if _is_plain(there, shape[0] * shape[1]) else None
            there.forget_numbers()
        if compiled is None:
            return None
        probes = _probes(compiled[0].trees, shape)
        parts = _some_trees(*compiled, there)
        return compiled[0] if all(_agree(*part, probes, begin_session) for part in parts) else None
    except NotReadableError:
        return None


def _agree(
    trees: CompiledTrees,
    content: bytes,
    probes: np.ndarray,
    begin_session: Callable[[bytes], onnxruntime.InferenceSession],
) -> bool:
    """Whether ONNX Runtime gives the same probabilities, to the bit, for the content of a model file of these trees."""
    try:
        expected = begin_session(content).run([PROBABILITIES], {INPUT: probes})[0]
    except Exception:  # the whole model is tried then, and tells what is wrong with it
        return False
    found = trees.probabilities(probes)
    return found.shape == expected.shape and np.array_equal(_bits(found), _bits(expected))


def _some_trees(trees: CompiledTrees, place: np.ndarray, there: TreeBytes) -> Iterator[tuple[CompiledTrees, bytes]]:
    """Parts of the trees, each with the model file of the same; then all trees, each as one of its leaves.

    ``place`` is where each node of the model lies in the trees.
    """
    count = len(trees.trees.roots)
    for first, last, content in there.parts(NODES_AT_ONCE):
        yield trees.part(first, last), content
        if last - first == count:
            return
    starts = np.searchsorted(there.integers("nodes_treeids"), np.arange(count))
    weighted = starts[there.integers("class_treeids")] + there.integers("class_nodeids")
    smallest = weighted[there.floats("class_weights").argmin()]  # ONNX Runtime tells negative weights from others
    random, leaves = np.random.default_rng(0), np.flatnonzero(there.is_leaf)
    limits = np.searchsorted(leaves, np.append(starts, len(there.is_leaf)))
    chosen = []
    for _ in range(SUMS):
        of_each = leaves[random.integers(limits[:-1], limits[1:])]
        of_each[there.integers("nodes_treeids")[smallest]] = smallest
        chosen.append((of_each, np.flatnonzero(np.isin(weighted, of_each))))
    for (of_each, _), content in zip(chosen, there.single_leaves(chosen)):
        yield trees.of_leaves(place[of_each]), content


def _bits(values: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(values).view(np.uint32)


def _look_at_the_series(graph: ModelGraph) -> bool:
    """Whether the trees look at the series themselves, their gaps filled, not at what the graph makes of them."""
    made_by: dict[str, Step] = {name: step for step in graph.steps for name in step.outputs}
    sources = [made_by.get(step.inputs[0]) for step in graph.steps if step.operator == TREES and step.inputs]
    if len(sources) != 1 or sources[0] is None:
        return False
    return sources[0].operator == "Reshape" and sources[0].inputs[:1] == (FILLED,)


def _is_plain(ensemble: TreeBytes, features: int) -> bool:
    """Whether the trees are written as those of our own models: a model of another program may hold any."""
    if not ensemble.has(NEEDED) or not ensemble.has_only(KNOWN) or not ensemble.is_even(NEEDED):
        return False
    trees, nodes = ensemble.integers("nodes_treeids"), ensemble.integers("nodes_nodeids")
    if len(trees) == 0 or trees[0] != 0 or not np.isin(np.diff(trees), (0, 1)).all():
        return False
    if not np.array_equal(nodes, np.arange(len(trees)) - np.searchsorted(trees, trees)):
        return False
    inner = ~ensemble.is_leaf
    values = ensemble.floats("nodes_values")[inner]
    looked_at = ensemble.integers("nodes_featureids")[inner]
    if not all(np.isfinite(each).all() for each in (values, ensemble.floats("class_weights"))):
        return False
    if not ((looked_at >= 0) & (looked_at < features)).all():
        return False
    labels, of_tree = ensemble.integers("class_ids"), ensemble.integers("class_treeids")
    if not ((labels >= 0) & (labels < len(ensemble.integers("classlabels_int64s")))).all():
        return False
    if not ((of_tree >= 0) & (of_tree <= trees[-1])).all():
        return False
    sizes = np.bincount(trees)
    leaves = ensemble.integers("class_nodeids")
    return bool(((leaves >= 0) & (leaves < sizes[of_tree])).all())


def _compiled(ensemble: TreeBytes) -> tuple[CompiledTrees, np.ndarray] | None:
    """The trees with what their leaves give, and where each node of the model lies in them.

    None if they are not as our own models have them.
    """
    found = _breadth_first(ensemble)
    if found is None:
        return None
    trees, place = found
    classes = len(ensemble.integers("classlabels_int64s"))
    tree_of, labels = ensemble.integers("class_treeids"), ensemble.integers("class_ids")
    weights = ensemble.floats("class_weights")
    starts = np.searchsorted(ensemble.integers("nodes_treeids"), np.arange(len(trees.roots)))
    nodes = starts[tree_of] + ensemble.integers("class_nodeids")
    if not ensemble.is_leaf[nodes].all():
        return None
    leaves = trees.leaves[place[nodes]].astype(np.int64)
    count = int(np.isinf(trees.thresholds).sum())
    transform, has_start = ensemble.transform, ensemble.has({"base_values"})
    if classes == 2 and len(np.unique(labels)) != 1:  # one score, whatever class it is said to be of
        return None
    if transform == b"NONE" and not has_start:
        # Of two classes only the second has votes.
        labels = labels if classes > 2 else np.ones_like(labels)
        twice = len(np.unique(leaves * classes + labels)) < len(leaves)
        if classes < 2 or count * classes > MOST_VOTES or twice:
            return None
        votes = np.zeros((count, classes), dtype=np.float32)
        votes[leaves, labels] = weights
        return CompiledForest(trees, votes, len(trees.roots)), place
    if transform == (b"LOGISTIC" if classes == 2 else b"SOFTMAX"):
        scores = 1 if classes == 2 else classes
        start = ensemble.floats("base_values") if has_start else np.zeros(scores, dtype=np.float32)
        targets = np.zeros(len(trees.roots), dtype=np.int64)
        targets[tree_of] = labels if scores > 1 else 0
        one_each = len(leaves) == count == len(np.unique(leaves))
        if len(start) != scores or not one_each or (scores > 1 and not np.array_equal(targets[tree_of], labels)):
            return None
        own = np.zeros((count, 1), dtype=np.float32)
        own[leaves, 0] = weights
        return CompiledBoosting(trees, own, targets, start), place
    return None


def _breadth_first(ensemble: TreeBytes) -> tuple[Trees, np.ndarray] | None:
    """The trees, and where each node of the model lies in them; None if they are no trees."""
    of_tree, is_leaf = ensemble.integers("nodes_treeids"), ensemble.is_leaf
    start = np.searchsorted(of_tree, np.arange(of_tree[-1] + 1))
    first_child = start[of_tree] + ensemble.integers("nodes_truenodeids")
    second_child = start[of_tree] + ensemble.integers("nodes_falsenodeids")
    feature = ensemble.integers("nodes_featureids")
    threshold = ensemble.floats("nodes_values")

    nodes = len(of_tree)
    ends = np.append(start[1:], nodes)[of_tree]
    for child in (first_child, second_child):
        if not (is_leaf | ((child >= start[of_tree]) & (child < ends))).all():
            return None
    features, children = np.zeros(nodes, dtype=np.uint32), np.zeros(nodes, dtype=np.uint32)
    thresholds, place = np.full(nodes, np.inf, dtype=np.float32), np.full(nodes, -1, dtype=np.int64)
    levels, placed = [], 0
    roots = np.zeros(len(start), dtype=np.uint32)
    for tree, root in enumerate(start):
        roots[tree] = placed
        level, depth = np.array([root]), 0
        while len(level):
            if placed + len(level) > nodes:  # a node that is the child of several
                return None
            at = np.arange(placed, placed + len(level))
            placed += len(level)
            place[level] = at
            inner = ~is_leaf[level]
            children[at[~inner]] = at[~inner]
            children[at[inner]] = placed + 2 * np.arange(inner.sum())
            features[at[inner]] = feature[level[inner]]
            thresholds[at[inner]] = threshold[level[inner]]
            level = np.stack([first_child[level[inner]], second_child[level[inner]]], axis=1).ravel()
            depth += 1
        levels.append(depth - 1)
    if placed != nodes or (place < 0).any():
        return None
    ends = place[is_leaf]
    leaves = np.zeros(nodes, dtype=np.uint32)
    leaves[ends] = np.arange(len(ends))
    return Trees(features, thresholds, children, roots, np.array(levels, dtype=np.int64), leaves), place


def _probes(trees: Trees, shape: tuple[int, int]) -> np.ndarray:
    """Series whose values are thresholds of the trees, or lie between and beyond them."""
    random = np.random.default_rng(0)
    inner = np.flatnonzero(np.isfinite(trees.thresholds))
    by_feature = inner[np.argsort(trees.features[inner], kind="stable")]
    known = trees.thresholds[by_feature] if len(inner) else np.zeros(1, dtype=np.float32)
    values = random.choice(known, size=(PROBES, shape[0] * shape[1]))
    limits = np.searchsorted(trees.features[by_feature], np.arange(values.shape[1] + 1))
    for column, (begin, end) in enumerate(zip(limits[:-1], limits[1:])):
        if end > begin:
            values[:, column] = random.choice(known[begin:end], size=PROBES)
    spread = np.std(known, dtype=np.float64) + 1e-3
    largest = np.finfo(np.float32).max
    beside = values[1::2] + random.normal(0, spread, size=values[1::2].shape)
    values[1::2] = np.clip(beside, -largest, largest)
    return values.reshape(PROBES, *shape)
