"""A fitted scikit-learn classifier on flattened series, as training and packaging use it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import joblib
import numpy as np
import threadpoolctl
from onnx import ModelProto
from sklearn.base import ClassifierMixin

from ..packaging import OPSETS


class ScikitLearnClassifier:
    """An estimator fitted on float32 ``(n, dates × variables)``, date-major.

    Args:
        estimator: fitted on class indices.
        classes: the number of classes; those that the estimator has not seen get the probability 0.
        shape: dates and variables.
        share: ``(dates × variables,)`` importance of each value, if the estimator knows it.
    """

    def __init__(
        self, estimator: ClassifierMixin, classes: int, shape: tuple[int, int], share: np.ndarray | None = None
    ) -> None:
        self._estimator = estimator
        self._classes = classes
        self._shape = shape
        self._share = share

    def predict_proba(self, values: np.ndarray) -> np.ndarray:
        """See :class:`~.family.Classifier`."""
        result = np.zeros((len(values), self._classes))
        if len(values):
            with threads_only():
                result[:, self._estimator.classes_] = self._estimator.predict_proba(flat(values))
        return result

    def importance(self) -> np.ndarray | None:
        """See :class:`~.family.Classifier`."""
        return None if self._share is None else self._share.reshape(self._shape)

    def to_onnx(self) -> ModelProto:
        """See :class:`~.family.Classifier`. Every class must have occurred in the training."""
        from skl2onnx import convert_sklearn
        from skl2onnx.common.data_types import FloatTensorType

        features = FloatTensorType([None, self._shape[0] * self._shape[1]])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # about how skl2onnx calls onnx: nobody here can act
            return convert_sklearn(
                self._estimator, initial_types=[("features", features)], options={"zipmap": False}, target_opset=OPSETS
            )


def flat(values: np.ndarray) -> np.ndarray:
    """``(n, dates, variables)`` as ``(n, dates × variables)``, date-major."""
    return values.reshape(len(values), -1)


def round_down(thresholds: np.ndarray) -> None:
    """Round trees' float64 thresholds down to float32, in place.

    For float32 values ``x <= threshold`` stays the same. ONNX has float32 thresholds, and skl2onnx rounds them to the
    nearest, which sends values that lie on a threshold the other way.
    """
    with np.errstate(over="ignore"):
        nearest = thresholds.astype(np.float32)
    below = np.nextafter(nearest, np.float32(-np.inf))
    thresholds[:] = np.where(nearest > thresholds, below, nearest)


@contextmanager
def threads_only(threads: int | None = None) -> Iterator[None]:
    """Keep joblib to threads (its processes outlive ``qgis_process``) and OpenMP to ``threads`` of them."""
    with joblib.parallel_config(backend="threading"), threadpoolctl.threadpool_limits(threads, user_api="openmp"):
        yield
