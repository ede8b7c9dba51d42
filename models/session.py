"""Running a model: one ONNX Runtime session that all worker threads share, or the same forest in compiled code."""

from __future__ import annotations

import hashlib
import os

import numpy as np
import onnxruntime

from ..core.errors import ChronocoverError
from ..core.feedback import Feedback
from ..core.stopping import check_stopped
from .card import INPUT, KEY, LABEL, PROBABILITIES, SEGMENTATION, ModelCard
from .forest_walk import CompiledForest, compiled_forest
from .pixel_mapping import batch_size

DATES_AT_ONCE = 3072
"""Dates, of all pixels, that ONNX Runtime gets at a time. A network keeps some hundred numbers of each: with more, what
it works on leaves the processor's cache. With 4,096 pixels of 24 dates L-TAE ran at a quarter of its speed with 128, an
LSTM at half, and took 700 MB; trees and support vectors do not mind."""
FEWEST_AT_ONCE = 16
"""Pixels, however many dates they have."""


class ModelSession:
    """A model file ready to run, with its card.

    One thread computes a batch; for more speed call :meth:`predict` from several threads at once.
    """

    def __init__(
        self,
        path: str,
        card: ModelCard,
        session: onnxruntime.InferenceSession,
        forest: CompiledForest | None = None,
    ) -> None:
        self.path, self.card = path, card
        self._session, self._forest = session, forest
        self._codes = np.array(card.legend.codes, dtype=np.int64)

    def __reduce__(self) -> tuple:
        """It is pickled with the whole model, so that another computer needs no access to its file."""
        return ModelSession.of_bytes, (_content(self.path), self.path)

    @classmethod
    def open(cls, path: str) -> ModelSession:
        """Load a model.

        Raises:
            ChronocoverError: the file is missing, is no ONNX model, or was not made by Chronocover.
        """
        return cls.of_bytes(_content(path), path)

    @classmethod
    def of_bytes(cls, content: bytes, path: str) -> ModelSession:
        """Load a model from the content of its file, which errors call ``path``. Errors as :meth:`open`."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.inter_op.allow_spinning", "0")
        options.enable_cpu_mem_arena = False  # it keeps the largest batch of every thread for good
        options.log_severity_level = 3
        try:
            session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # ONNX Runtime's own exceptions have no common base
            raise ChronocoverError(
                f"{path} is not an ONNX model that can be run here ({_first_line(error)}). It may be damaged, or need "
                f"a newer onnxruntime than {onnxruntime.__version__}."
            ) from error
        text = session.get_modelmeta().custom_metadata_map.get(KEY)
        if text is None:
            raise ChronocoverError(
                f"The model {path} was made by another program: it has no Chronocover model card, so its classes, "
                "variables and dates are unknown. Give it a card with “Describe a foreign model”."
            )
        card = ModelCard.from_json(text, path)
        _check_interface(session, card, path)
        return cls(path, card, session, compiled_forest(content, card, session))

    def predict(self, values: np.ndarray, feedback: Feedback | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Classify pixel series.

        Args:
            values: float32 ``(n, dates, variables)`` on the card's time axis and in its order of variables, physical
                units, NaN for missing; ``(n, dates, variables, side, side)`` for a model with a spatial context.
            feedback: asked between batches whether to stop.

        Returns:
            Class codes int64 ``(n,)``, 0 where there is no data, and probabilities (of a clustering: distances) float32
            ``(n, classes)``.

        Raises:
            ChronocoverError: the values have another shape than the model takes, or the model fails.
        """
        expected = (len(self.card.time_axis.days), len(self.card.variables), *self.card.window)
        if values.shape[1:] != expected:
            raise ChronocoverError(
                f"The model {self.path} takes {self.card.input_in_words}, but got values of the shape {values.shape}."
            )
        labels = np.zeros(len(values), dtype=np.int64)
        scores = np.empty((len(values), len(self.card.legend)), dtype=np.float32)
        at_once = batch_size(self.card.context)
        for start in range(0, len(values), at_once):
            if feedback is not None:
                feedback.check()
            part = slice(start, start + at_once)
            batch = np.ascontiguousarray(values[part], dtype=np.float32)
            if self._forest is not None and np.isfinite(batch).all():
                scores[part] = self._forest.probabilities(batch)
                labels[part] = self._codes[scores[part].argmax(axis=1)]
            else:
                self._run(batch, labels[part], scores[part], feedback)
        return labels, scores

    def segment(self, patch: np.ndarray) -> np.ndarray:
        """Classify all pixels of a patch by a segmentation.

        Args:
            patch: float32 ``(dates, variables, rows, columns)`` of the card's sizes, otherwise as in :meth:`predict`.

        Returns:
            Probabilities float32 ``(classes, rows, columns)``, those of pixels without data too.

        Raises:
            ChronocoverError: the model fails.
        """
        try:
            return self._session.run([PROBABILITIES], {INPUT: patch[None]})[0][0]
        except Exception as error:
            raise ChronocoverError(f"The model {self.path} failed to run: {_first_line(error)}") from error

    def _run(self, batch: np.ndarray, labels: np.ndarray, scores: np.ndarray, feedback: Feedback | None) -> None:
        """Fill ``labels`` and ``scores`` by ONNX Runtime, some pixels at a time."""
        wanted = [LABEL, self.card.scores_output]
        at_once = max(FEWEST_AT_ONCE, DATES_AT_ONCE // len(self.card.time_axis.days))
        for start in range(0, len(batch), at_once):
            check_stopped()
            if feedback is not None:
                feedback.check()
            part = slice(start, start + at_once)
            try:
                labels[part], scores[part] = self._session.run(wanted, {INPUT: batch[part]})
            except Exception as error:
                raise ChronocoverError(f"The model {self.path} failed to run: {_first_line(error)}") from error

    def sha256(self) -> str:
        """The hash of the model file, which identifies it in what it makes."""
        with open(self.path, "rb") as file:
            digest = hashlib.sha256()
            while chunk := file.read(1 << 20):
                digest.update(chunk)
        return digest.hexdigest()


def _content(path: str) -> bytes:
    if not os.path.isfile(path):
        raise ChronocoverError(f"There is no model file {path}. Choose the .onnx file that a training step wrote.")
    with open(path, "rb") as file:
        return file.read()


def _check_interface(session: onnxruntime.InferenceSession, card: ModelCard, path: str) -> None:
    inputs = {item.name: item for item in session.get_inputs()}
    outputs = {item.name for item in session.get_outputs()}
    problem = ""
    needed = {card.scores_output} if card.kind == SEGMENTATION else {LABEL, card.scores_output}
    if set(inputs) != {INPUT} or not needed <= outputs:
        problem = f"it takes {', '.join(inputs)} and gives {', '.join(sorted(outputs))}"
    else:
        shape = inputs[INPUT].shape
        expected = (len(card.time_axis.days), len(card.variables), *card.window)
        fixed = [size for size in shape[1:] if isinstance(size, int)]
        if len(shape) != 1 + len(expected) or inputs[INPUT].type != "tensor(float)":
            problem = f"its input is {inputs[INPUT].type} with the shape {shape}"
        elif len(fixed) == len(expected) and tuple(fixed) != expected:
            found, known = (" × ".join(map(str, sizes)) for sizes in (fixed[2:], expected))
            own = f"{fixed[0]} dates × {fixed[1]} variables{' × ' if found else ''}{found}"
            problem = f"its input holds {own}, its card {known}"
    if problem:
        raise ChronocoverError(f"The model {path} does not fit its own card: {problem}. Train it again.")


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
