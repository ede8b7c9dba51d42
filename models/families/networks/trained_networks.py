"""Trained networks as one classifier, and the same as an ONNX graph that needs no PyTorch."""

from __future__ import annotations

import io
import logging
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout

import numpy as np
import onnx
import torch
from onnx import ModelProto
from torch import Tensor, nn

from ...packaging import OPSET
from ..graphs import PROBABILITIES, SERIES
from ..learning_curves import LearningCurve
from ..scaling import Scaling
from .one_thread import one_thread

ROWS_AT_ONCE = 1024
_exporting = threading.Lock()  # the exporter keeps its state in the process


class Probabilities(nn.Module):
    """Unscaled series to probabilities: scaling, the networks' softmax, their mean.

    Args:
        scaling: from :class:`~..scaling.Scaling`.
        networks: each takes scaled series and gives logits ``(n, classes)``.
    """

    def __init__(self, scaling: Scaling, networks: Sequence[nn.Module]) -> None:
        super().__init__()
        self.register_buffer("mean", torch.from_numpy(scaling.mean))
        self.register_buffer("factor", torch.from_numpy(scaling.factor))
        self.networks = nn.ModuleList(networks)

    def forward(self, series: Tensor) -> Tensor:
        """float32 ``(n, classes)`` for float32 ``(n, dates, variables, …)``."""
        scaled = (series - self.mean) * self.factor
        parts = [torch.softmax(network(scaled), dim=1) for network in self.networks]
        return parts[0] if len(parts) == 1 else sum(parts[1:], parts[0]) / len(parts)


class KnownClasses(nn.Module):
    """A network that gives no class which none of its samples had.

    Args:
        network: gives logits ``(n, classes)``.
        known: bool ``(classes,)``: which classes occur among the samples.
    """

    def __init__(self, network: nn.Module, known: np.ndarray) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("offsets", torch.where(torch.from_numpy(known), 0.0, -1e4))

    def forward(self, series: Tensor) -> Tensor:
        """Logits, as those of the network."""
        return self.network(series) + self.offsets


class TrainedNetworks:
    """The classifier of :class:`~.network_family.NetworkFamily`; see :class:`~..family.Classifier`.

    Args:
        model: in evaluation mode.
        shape: ``(dates, variables, …)`` of a series.
        curves: how each network learnt.
    """

    def __init__(self, model: Probabilities, shape: tuple[int, ...], curves: Sequence[LearningCurve]) -> None:
        self._model = model.eval()
        self._shape = shape
        self._curves = tuple(curves)

    def predict_proba(self, values: np.ndarray) -> np.ndarray:
        """See :class:`~..family.Classifier`."""
        parts = []
        with one_thread(), torch.inference_mode():
            for start in range(0, max(1, len(values)), ROWS_AT_ONCE):
                series = torch.from_numpy(np.ascontiguousarray(values[start : start + ROWS_AT_ONCE], np.float32))
                parts.append(self._model(series).double().numpy())
        return np.concatenate(parts)

    def importance(self) -> None:
        """See :class:`~..family.Classifier`: it is measured by shuffling."""

    def learning_curves(self) -> tuple[LearningCurve, ...]:
        """See :class:`~..learning_curves.LearnsInEpochs`."""
        return self._curves

    def to_onnx(self) -> ModelProto:
        """See :class:`~..family.Classifier`. Batch normalisation becomes part of the convolutions before it."""
        file = io.BytesIO()
        example = torch.zeros(2, *self._shape)
        with _exporting, one_thread(), _quietly():
            torch.onnx.export(
                self._model,
                (example,),
                file,
                input_names=[SERIES],
                output_names=[PROBABILITIES],
                dynamic_axes={SERIES: {0: "n"}, PROBABILITIES: {0: "n"}},
                opset_version=OPSET,
                dynamo=False,  # the newer exporter needs one more package
            )
        return onnx.load_model_from_string(file.getvalue())


@contextmanager
def _quietly() -> Iterator[None]:
    """Without the exporter's remarks, which would stand in the user's log."""
    logger = logging.getLogger("torch.onnx")
    level = logger.level
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        logger.setLevel(logging.CRITICAL)
        try:
            yield
        finally:
            logger.setLevel(level)
