"""Decision trees in compiled code: the probabilities of ONNX Runtime, to the bit, several times as fast.

Nodes lie breadth-first, the two children of a node side by side, so that a step down is
``child + (value > threshold)``. A leaf is its own child, so that all pixels take as many steps as the tree has levels,
without a branch. Sixteen pixels go down a tree in lockstep: while the memory fetches a node for one, the processor
works for the others. How trees are found in a model file, and compared with ONNX Runtime, is in
:mod:`models.tree_reading`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numba
import numpy as np

LOCKSTEP = 16  # pixels that go down a tree together
TILE = 1024  # pixels whose values stay in a core's cache while all trees pass over them


@dataclass(frozen=True)
class Trees:
    """The trees of a model, all nodes in one row.

    Attributes:
        features: ``(nodes,)`` uint32, which value a node looks at.
        thresholds: ``(nodes,)`` float32; a larger value goes to the second child. Infinite for leaves.
        children: ``(nodes,)`` uint32, the first child; a leaf is its own.
        roots: ``(trees,)`` uint32, the first node of each tree.
        levels: ``(trees,)`` int64, steps from the root to the deepest leaf.
        leaves: ``(nodes,)`` uint32, the number of a leaf among all leaves.
    """

    features: np.ndarray
    thresholds: np.ndarray
    children: np.ndarray
    roots: np.ndarray
    levels: np.ndarray
    leaves: np.ndarray

    def arrays(self) -> tuple[np.ndarray, ...]:
        """All of them, as the compiled code takes them."""
        return self.features, self.thresholds, self.children, self.roots, self.levels, self.leaves

    def part(self, first: int, last: int) -> Trees:
        """The trees from ``first`` to before ``last``; the nodes are not copied."""
        return replace(self, roots=self.roots[first:last], levels=self.levels[first:last])

    def of_leaves(self, nodes: np.ndarray) -> Trees:
        """A leaf of each tree alone, given by the nodes of these."""
        return replace(self, roots=nodes.astype(np.uint32), levels=np.zeros_like(self.levels))


@dataclass(frozen=True)
class CompiledForest:
    """A forest, whose trees vote: ``votes`` float32 ``(leaves, classes)``, in the end divided by ``divisor``."""

    trees: Trees
    votes: np.ndarray
    divisor: int

    def probabilities(self, values: np.ndarray) -> np.ndarray:
        """Class probabilities float32 ``(n, classes)`` of finite series, float32 ``(n, dates, variables)``."""
        found = np.zeros((len(values), self.votes.shape[1]), dtype=np.float32)
        targets = np.zeros(len(self.trees.roots), dtype=np.int64)
        _add_leaves(_flat(values), *self.trees.arrays(), self.votes, targets, found)
        found /= np.float32(self.divisor)
        if found.shape[1] == 2:
            found[:, 0] = np.float32(1) - found[:, 1]
        return found

    def part(self, first: int, last: int) -> CompiledForest:
        """The votes of some trees, divided by the same number."""
        return replace(self, trees=self.trees.part(first, last))

    def of_leaves(self, nodes: np.ndarray) -> CompiledForest:
        """The votes of a leaf of each tree, whatever the values."""
        return replace(self, trees=self.trees.of_leaves(nodes))


@dataclass(frozen=True)
class CompiledBoosting:
    """Boosted trees, each of which adds to the score of one class.

    Attributes:
        trees: the trees.
        weights: float32 ``(leaves, 1)``, what a leaf adds.
        targets: ``(trees,)`` int64, the class that a tree adds to.
        start: float32 ``(scores,)``, added to the sums: one score a class, or one for two classes.
    """

    trees: Trees
    weights: np.ndarray
    targets: np.ndarray
    start: np.ndarray

    def probabilities(self, values: np.ndarray) -> np.ndarray:
        """Class probabilities float32 ``(n, classes)`` of finite series, float32 ``(n, dates, variables)``."""
        scores = np.zeros((len(values), len(self.start)), dtype=np.float32)
        _add_leaves(_flat(values), *self.trees.arrays(), self.weights, self.targets, scores)
        scores += self.start
        if len(self.start) == 1:
            return _logistic(scores[:, 0])
        _softmax(scores)
        return scores

    def part(self, first: int, last: int) -> CompiledBoosting:
        """What some trees give, from the same start."""
        return replace(self, trees=self.trees.part(first, last), targets=self.targets[first:last])

    def of_leaves(self, nodes: np.ndarray) -> CompiledBoosting:
        """What a leaf of each tree gives, whatever the values."""
        return replace(self, trees=self.trees.of_leaves(nodes))


def load_code() -> None:
    """Load the compiled code, for whoever has something else to do meanwhile: it takes a tenth of a second."""
    one = np.zeros(1, dtype=np.uint32)
    leaf = Trees(one, np.full(1, np.inf, dtype=np.float32), one, one, np.zeros(1, dtype=np.int64), one)
    CompiledForest(leaf, np.zeros((1, 3), dtype=np.float32), 1).probabilities(np.zeros((1, 1, 1), dtype=np.float32))


def _flat(values: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(values.reshape(len(values), values.shape[1] * values.shape[2]), dtype=np.float32)


@numba.njit(cache=True, nogil=True)
def _add_leaves(
    values: np.ndarray,
    features: np.ndarray,
    thresholds: np.ndarray,
    children: np.ndarray,
    roots: np.ndarray,
    levels: np.ndarray,
    leaves: np.ndarray,
    given: np.ndarray,
    targets: np.ndarray,
    sums: np.ndarray,
) -> None:
    """Add what the leaves give, ``(leaves, m)``, to ``m`` of the sums, from a tree's target on.

    Unsigned indices spare the test for negative ones. Trees follow one another in ONNX Runtime's order of adding.
    """
    count, width = values.shape[0], given.shape[1]
    nodes = np.empty(LOCKSTEP, np.uint32)
    for begin in range(0, count, TILE):
        end = min(begin + TILE, count)
        for tree in range(roots.shape[0]):
            target = np.uint64(targets[tree])
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
                        for label in range(width):
                            sums[first + i, target + np.uint64(label)] += given[row, label]
                else:
                    for pixel in range(first, end):
                        node = roots[tree]
                        for _ in range(levels[tree]):
                            larger = values[np.uint64(pixel), features[node]] > thresholds[node]
                            node = children[node] + np.uint32(larger)
                        row = leaves[node]
                        for label in range(width):
                            sums[pixel, target + np.uint64(label)] += given[row, label]


@numba.njit(cache=True, nogil=True)
def _softmax(scores: np.ndarray) -> None:
    """In ONNX Runtime's order of operations, all of them in float32."""
    for row in range(scores.shape[0]):
        largest = scores[row, 0]
        for label in range(1, scores.shape[1]):
            largest = max(largest, scores[row, label])
        total = np.float32(0)
        for label in range(scores.shape[1]):
            scores[row, label] = math.exp(np.float32(scores[row, label] - largest))
            total += scores[row, label]
        for label in range(scores.shape[1]):
            scores[row, label] /= total


@numba.njit(cache=True, nogil=True)
def _logistic(scores: np.ndarray) -> np.ndarray:
    """``(n, 2)``, in ONNX Runtime's order of operations, all of them in float32."""
    found = np.empty((scores.shape[0], 2), np.float32)
    one = np.float32(1)
    for row in range(scores.shape[0]):
        score = scores[row]
        upper = np.float32(one / np.float32(one + np.float32(math.exp(np.float32(-abs(score))))))
        lower = np.float32(one - upper)
        found[row, 1] = upper if score >= 0 else lower
        found[row, 0] = lower if score > 0 else upper
    return found
