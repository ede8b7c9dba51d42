"""What the steps of a model's graph tell about running it: how many pixels at a time, and whether a device helps."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .model_bytes import ModelGraph

DATES_OF_NETWORKS = 1536
"""Dates, of all pixels, that ONNX Runtime gets at a time of a neural network. It keeps some hundred numbers of each:
with more, what it works on leaves the processor's cache. With 4,096 pixels of 24 dates L-TAE ran at a quarter of its
speed with 64, an LSTM at half, and took 700 MB."""
DATES_OF_WIDE_STEPS = 12_288
"""Of models that keep less: MiniRocket, intervals, distances to many samples."""
DATES_OF_OTHERS = 98_304
"""Of linear models and perceptrons, which spend up to half of their time on beginning and ending with less."""
FEWEST_PIXELS = 16
PROCESSOR_ONLY = "ai.onnx.ml"  # trees, support vectors, scalers of scikit-learn: devices have no such steps
LEARNT_LAYERS = {"LSTM", "GRU", "RNN", "LayerNormalization", "BatchNormalization", "InstanceNormalization"}
WIDE_STEPS = {"Conv", "TopK", "ReduceSumSquare", "TreeEnsembleClassifier"}


@dataclass(frozen=True)
class Workload:
    """How a model is run best.

    Attributes:
        dates_at_once: dates, of all pixels, that the processor gets at a time.
        suits_device: whether a graphics card or the like is likely to be faster than the processor.
        keeps_little: whether what it works on is so small that ONNX Runtime may keep the memory for the next batch.
    """

    dates_at_once: int = DATES_OF_NETWORKS
    suits_device: bool = False
    keeps_little: bool = False

    @classmethod
    def of(cls, graph: ModelGraph | None) -> Workload:
        """What the steps of a graph tell; the careful choice where it is not known."""
        if graph is None:
            return cls()
        steps = Counter(step.operator for step in graph.steps)
        # One Softmax makes the probabilities; more of them are attention.
        network = bool(LEARNT_LAYERS & steps.keys()) or steps["Softmax"] > 1 or {"Conv", "Relu"} <= steps.keys()
        on_device = (network or "Conv" in steps) and all(step.domain != PROCESSOR_ONLY for step in graph.steps)
        if network:
            return cls(DATES_OF_NETWORKS, on_device)
        wide = bool(WIDE_STEPS & steps.keys())
        return cls(DATES_OF_WIDE_STEPS if wide else DATES_OF_OTHERS, on_device, not wide)

    def pixels_at_once(self, dates: int) -> int:
        """Pixels of so many dates, with all pixels of their windows, that the processor gets at a time."""
        return max(FEWEST_PIXELS, self.dates_at_once // dates // FEWEST_PIXELS * FEWEST_PIXELS)
