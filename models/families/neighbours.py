"""The k nearest neighbours by Euclidean distance (Fix and Hodges 1951; Cover and Hart 1967)."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from onnx import ModelProto, TensorProto

from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from ..gap_filling import NodeList
from .family import TrainingSet
from .graphs import PROBABILITIES, SERIES, runner, series_model
from .scaling import Scaling
from .search_space import Between, Choice, SearchSpace

SAMPLES_AT_ONCE = 2048
"""Training samples whose distances are in memory at the same time."""
SMALLEST_STEP = 1e-12
"""Squared distances are rounded to this share of the largest norm: what differs by less is as near."""
UNIFORM, DISTANCE = "uniform", "distance"


class NearestNeighbours:
    """The samples themselves, and how they vote.

    Args:
        samples: float32 ``(samples, dates, variables)``, scaled.
        votes: float32 ``(samples, classes)``: the weight of each sample, in the column of its class.
        scaling: what brings series to the scale of ``samples``.
        neighbours: how many of them vote.
        by_distance: whether a vote is divided by the distance.
    """

    def __init__(
        self, samples: np.ndarray, votes: np.ndarray, scaling: Scaling, neighbours: int, by_distance: bool
    ) -> None:
        self._samples = samples
        self._votes = votes
        self._scaling = scaling
        self._neighbours = neighbours
        self._by_distance = by_distance
        self._run = runner(self.to_onnx())

    def predict_proba(self, values: np.ndarray) -> np.ndarray:
        """See :class:`~.family.Classifier`."""
        return self._run(values).astype(np.float64)

    def importance(self) -> None:
        """See :class:`~.family.Classifier`: a distance knows of none."""

    def to_onnx(self) -> ModelProto:
        """See :class:`~.family.Classifier`.

        Distances are computed in float64 as ``|x|² - 2 x·s + |s|²``: float32 would confuse near neighbours. The nearest
        are found part by part, so that memory does not grow with the samples. Of equally near ones the first count.
        """
        count, dates, variables = self._samples.shape
        nodes = NodeList("neighbours")
        scaled = nodes.add("Flatten", self._scaling.add_to(nodes, SERIES), axis=1)
        series = nodes.add("Cast", scaled, to=TensorProto.DOUBLE)
        own = nodes.add("ReduceSumSquare", series, axes=[1], keepdims=1)
        flat = self._samples.reshape(count, -1)
        norms = (flat.astype(np.float64) ** 2).sum(axis=1)
        step = SMALLEST_STEP * max(float(norms.max()), 1e-30)
        two = nodes.constant(np.float64(2))
        distances, places = [], []
        for start in range(0, count, SAMPLES_AT_ONCE):
            part = flat[start : start + SAMPLES_AT_ONCE]
            columns = nodes.add("Cast", nodes.constant(np.ascontiguousarray(part.T)), to=TensorProto.DOUBLE)
            product = nodes.add("Mul", nodes.add("MatMul", series, columns), two)
            with_norm = nodes.add("Sub", nodes.constant(norms[start : start + len(part)]), product)
            steps = nodes.add("Div", nodes.add("Add", with_norm, own), nodes.constant(np.float64(step)))
            found, place = self._nearest(nodes, nodes.add("Round", steps), min(self._neighbours, len(part)))
            distances.append(found)
            places.append(nodes.add("Add", place, nodes.constant(np.int64(start))))
        nearest, place = distances[0], places[0]
        if len(distances) > 1:
            candidates = nodes.add("Concat", *distances, axis=1)
            nearest, order = self._nearest(nodes, candidates, self._neighbours)
            place = nodes.add("GatherElements", nodes.add("Concat", *places, axis=1), order, axis=1)
        votes = nodes.add("Gather", nodes.constant(self._votes), place, axis=0)
        if self._by_distance:
            weight = nodes.add("Unsqueeze", self._weights(nodes, nearest), nodes.constant(np.array([2], np.int64)))
            votes = nodes.add("Mul", votes, weight)
        total = nodes.add("ReduceSum", votes, nodes.constant(np.array([1], np.int64)), keepdims=0)
        whole = nodes.add("ReduceSum", total, nodes.constant(np.array([1], np.int64)), keepdims=1)
        nodes.add("Div", total, whole, outputs=[PROBABILITIES])
        return series_model(nodes, PROBABILITIES, dates, variables)

    @staticmethod
    def _nearest(nodes: NodeList, distances: str, count: int) -> tuple[str, str]:
        number = len(nodes.nodes)
        outputs = [f"neighbours_nearest_{number}", f"neighbours_place_{number}"]
        nodes.add("TopK", distances, nodes.constant(np.array([count], np.int64)), outputs=outputs, axis=1, largest=0)
        return outputs[0], outputs[1]

    @staticmethod
    def _weights(nodes: NodeList, nearest: str) -> str:
        """One by the distance, as a share of the nearest one's; at distance 0 nothing farther counts."""
        distance = nodes.add("Sqrt", nodes.add("Max", nearest, nodes.constant(np.float64(0))))
        first = nodes.add("ReduceMin", distance, axes=[1], keepdims=1)
        zero = nodes.add("Equal", distance, nodes.constant(np.float64(0)))
        safe = nodes.add("Where", zero, nodes.constant(np.float64(1)), distance)
        share = nodes.add("Where", zero, nodes.constant(np.float64(1)), nodes.add("Div", first, safe))
        return nodes.add("Cast", share, to=TensorProto.FLOAT)


@dataclass(frozen=True)
class Neighbours:
    """Settings: ``n_neighbors`` and ``weights`` (uniform, distance) are those of ``KNeighborsClassifier``.

    With ``scale`` each variable is brought to mean 0 and standard deviation 1 over all dates first, so that none counts
    for more because of its unit. Sample weights weigh the votes.
    """

    n_neighbors: int = 5
    weights: str = UNIFORM
    scale: bool = True
    name = "K nearest neighbours"

    def search_space(self) -> SearchSpace:
        """See :class:`~.family.Family`. Up to 30 neighbours (Probst, Boulesteix and Bischl 2019), both weights."""
        return {"n_neighbors": Between(1, 30, whole=True), "weights": Choice((UNIFORM, DISTANCE))}

    def parameters(self) -> dict[str, object]:
        """See :class:`~.family.Family`."""
        return asdict(self)

    def fit(self, data: TrainingSet, seed: int, threads: int, feedback: Feedback) -> NearestNeighbours:
        """See :class:`~.family.Family`."""
        feedback.check()
        if self.weights not in (UNIFORM, DISTANCE):
            raise ChronocoverError(f"Neighbours' votes weigh “uniform” or by “distance”, not “{self.weights}”.")
        scaling = Scaling.by_variable(data.values) if self.scale else Scaling.none()
        votes = np.zeros((len(data.targets), data.classes), np.float32)
        votes[np.arange(len(votes)), data.targets] = data.weights
        neighbours = min(self.n_neighbors, len(votes))
        return NearestNeighbours(scaling.apply(data.values), votes, scaling, neighbours, self.weights == DISTANCE)
