"""Forests of decision trees in compiled code: the probabilities of ONNX Runtime, to the bit, several times as fast.

A forest's trees are taken from the model file itself. Nodes lie breadth-first, the two children of a node side by side,
so that a step down is ``child + (value > threshold)``. A leaf is its own child, so that all pixels take as many steps
as the tree has levels, without a branch. Sixteen pixels go down a tree in lockstep: while the memory fetches a node for
one, the processor works for the others. ONNX Runtime stays the reference: a forest is used only if it agrees with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numba
import numpy as np
import onnxruntime

from .card import INPUT, PROBABILITIES, ModelCard

if TYPE_CHECKING:
    from onnx import AttributeProto

LOCKSTEP = 16  # pixels that go down a tree together
TILE = 1024  # pixels whose values stay in a core's cache while all trees pass over them
PROBES = 512  # series on which a forest must agree with ONNX Runtime
FOREST_GRAPH = {
    *("ReduceSum", "Sub", "IsNaN", "If", "Reshape", "TreeEnsembleClassifier", "Div"),
    *("ArgMax", "Gather", "Concat", "Squeeze", "Where"),
}


@dataclass(frozen=True)
class CompiledForest:
    """The trees of a forest, all nodes in one row.

    Attributes:
        features: ``(nodes,)`` uint32, which value a node looks at.
        thresholds: ``(nodes,)`` float32; a larger value goes to the second child. Infinite for leaves.
        children: ``(nodes,)`` uint32, the first child; a leaf is its own.
        roots: ``(trees,)`` uint32, the first node of each tree.
        levels: ``(trees,)`` int64, steps from the root to the deepest leaf.
        leaves: ``(nodes,)`` uint32, the row of a leaf in ``votes``.
        votes: ``(leaves, classes)`` float32.
    """

    features: np.ndarray
    thresholds: np.ndarray
    children: np.ndarray
    roots: np.ndarray
    levels: np.ndarray
    leaves: np.ndarray
    votes: np.ndarray

    def probabilities(self, values: np.ndarray) -> np.ndarray:
        """Class probabilities float32 ``(n, classes)`` of finite series, float32 ``(n, dates, variables)``."""
        features = np.ascontiguousarray(
            values.reshape(len(values), values.shape[1] * values.shape[2]), dtype=np.float32
        )
        votes = np.zeros((len(features), self.votes.shape[1]), dtype=np.float32)
        _add_votes(
            features,
            self.features,
            self.thresholds,
            self.children,
            self.roots,
            self.levels,
            self.leaves,
            self.votes,
            votes,
        )
        votes /= np.float32(len(self.roots))
        if votes.shape[1] == 2:
            votes[:, 0] = np.float32(1) - votes[:, 1]
        return votes


def compiled_forest(content: bytes, card: ModelCard, session: onnxruntime.InferenceSession) -> CompiledForest | None:
    """The forest in the content of a model file.

    None if the model is no forest alone, or the forest disagrees with ``session`` on any probe. It needs the package
    ``onnx`` to read the trees; without it, None.
    """
    try:
        import onnx
    except ImportError:
        return None
    graph = onnx.load_from_string(content).graph
    ensembles = [node for node in graph.node if node.op_type == "TreeEnsembleClassifier"]
    if len(ensembles) != 1 or not {node.op_type for node in graph.node} <= FOREST_GRAPH:
        return None
    attributes = {each.name: each for each in ensembles[0].attribute}
    if not _is_plain(attributes):
        return None
    forest = _breadth_first(attributes)
    probes = _probes(forest, (len(card.time_axis.days), len(card.variables)))
    expected = session.run([PROBABILITIES], {INPUT: probes})[0]
    return forest if np.array_equal(forest.probabilities(probes), expected) else None


def _is_plain(attributes: Mapping[str, AttributeProto]) -> bool:
    """Whether the trees are written as those of our own forests: a model of another program may hold any."""
    needed = {"nodes_values", "class_treeids", "class_nodeids", "class_ids", "class_weights", "classlabels_int64s"}
    needed |= {"nodes_modes", "nodes_treeids", "nodes_nodeids", "nodes_truenodeids", "nodes_falsenodeids"}
    if not needed <= set(attributes) or "base_values" in attributes:
        return False
    if "post_transform" in attributes and attributes["post_transform"].s != b"NONE":
        return False
    if not set(attributes["nodes_modes"].strings) <= {b"BRANCH_LEQ", b"LEAF"}:
        return False
    trees, nodes = (np.fromiter(attributes[name].ints, np.int64) for name in ("nodes_treeids", "nodes_nodeids"))
    if len(trees) == 0 or trees[0] != 0 or not np.isin(np.diff(trees), (0, 1)).all():
        return False
    return np.array_equal(nodes, np.arange(len(trees)) - np.searchsorted(trees, trees))


def _breadth_first(attributes: Mapping[str, AttributeProto]) -> CompiledForest:
    def integers(name: str) -> np.ndarray:
        return np.fromiter(attributes[name].ints, dtype=np.int64)

    trees = integers("nodes_treeids")
    start = np.searchsorted(trees, np.arange(trees[-1] + 1))
    is_leaf = np.fromiter((mode == b"LEAF" for mode in attributes["nodes_modes"].strings), dtype=bool)
    first_child = start[trees] + integers("nodes_truenodeids")
    second_child = start[trees] + integers("nodes_falsenodeids")
    feature = integers("nodes_featureids")
    threshold = np.fromiter(attributes["nodes_values"].floats, dtype=np.float32)
    votes = np.zeros((len(trees), len(attributes["classlabels_int64s"].ints)), dtype=np.float32)
    voting = start[integers("class_treeids")] + integers("class_nodeids")
    # Of two classes only the second has votes, whatever class they name.
    votes[voting, integers("class_ids") if votes.shape[1] > 2 else 1] = np.fromiter(
        attributes["class_weights"].floats, dtype=np.float32
    )

    nodes = len(trees)
    features, children = np.zeros(nodes, dtype=np.uint32), np.zeros(nodes, dtype=np.uint32)
    thresholds, old = np.full(nodes, np.inf, dtype=np.float32), np.zeros(nodes, dtype=np.int64)
    levels, placed = [], 0
    roots = np.zeros(len(start), dtype=np.uint32)
    for tree, root in enumerate(start):
        roots[tree] = placed
        level, depth = np.array([root]), 0
        while len(level):
            at = np.arange(placed, placed + len(level))
            placed += len(level)
            old[at] = level
            inner = ~is_leaf[level]
            children[at[~inner]] = at[~inner]
            children[at[inner]] = placed + 2 * np.arange(inner.sum())
            features[at[inner]] = feature[level[inner]]
            thresholds[at[inner]] = threshold[level[inner]]
            level = np.stack([first_child[level[inner]], second_child[level[inner]]], axis=1).ravel()
            depth += 1
        levels.append(depth - 1)
    ends = np.flatnonzero(is_leaf[old])
    leaves = np.zeros(nodes, dtype=np.uint32)
    leaves[ends] = np.arange(len(ends))
    return CompiledForest(
        features, thresholds, children, roots, np.array(levels, dtype=np.int64), leaves, votes[old[ends]]
    )


def _probes(forest: CompiledForest, shape: tuple[int, int]) -> np.ndarray:
    """Series whose values are thresholds of the forest, or lie between and beyond them."""
    random = np.random.default_rng(0)
    known = forest.thresholds[np.isfinite(forest.thresholds)]
    if not len(known):
        known = np.zeros(1, dtype=np.float32)
    values = random.choice(known, size=(PROBES, shape[0] * shape[1]))
    for column in range(values.shape[1]):
        own = forest.thresholds[(forest.features == column) & np.isfinite(forest.thresholds)]
        if len(own):
            values[:, column] = random.choice(own, size=PROBES)
    values[1::2] += random.normal(0, np.std(known) + 1e-3, size=values[1::2].shape).astype(np.float32)
    return values.reshape(PROBES, *shape).astype(np.float32)


@numba.njit(cache=True, nogil=True)
def _add_votes(
    values: np.ndarray,
    features: np.ndarray,
    thresholds: np.ndarray,
    children: np.ndarray,
    roots: np.ndarray,
    levels: np.ndarray,
    leaves: np.ndarray,
    leaf_votes: np.ndarray,
    votes: np.ndarray,
) -> None:
    # Unsigned indices spare the test for negative ones. Votes are added tree by tree, in ONNX Runtime's order.
    count, classes = values.shape[0], leaf_votes.shape[1]
    nodes = np.empty(LOCKSTEP, np.uint32)
    for begin in range(0, count, TILE):
        end = min(begin + TILE, count)
        for tree in range(roots.shape[0]):
            for first in range(begin, end, LOCKSTEP):
                if first + LOCKSTEP <= end:
                    for i in range(LOCKSTEP):
                        nodes[i] = roots[tree]
                    for _ in range(levels[tree]):
                        for i in range(LOCKSTEP):
                            node = nodes[i]
                            larger = values[np.uint64(first + i), features[node]] > thresholds[node]
                            nodes[i] = children[node] + np.uint32(larger)
                    for i in range(LOCKSTEP):
                        row = leaves[nodes[i]]
                        for label in range(classes):
                            votes[first + i, label] += leaf_votes[row, label]
                else:
                    for pixel in range(first, end):
                        node = roots[tree]
                        for _ in range(levels[tree]):
                            larger = values[np.uint64(pixel), features[node]] > thresholds[node]
                            node = children[node] + np.uint32(larger)
                        row = leaves[node]
                        for label in range(classes):
                            votes[pixel, label] += leaf_votes[row, label]
