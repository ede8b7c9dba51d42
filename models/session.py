"""Running a model: one ONNX Runtime session that all worker threads share, compiled trees, or a device."""

from __future__ import annotations

import functools
import hashlib
import os
import threading
from collections.abc import Iterator, Sequence

import numpy as np
import onnxruntime

from ..core.errors import ChronocoverError
from ..core.feedback import Feedback
from ..core.freed_memory import FreedMemory
from ..core.stopping import check_stopped, when_stopped
from .card import INPUT, KEY, LABEL, PROBABILITIES, SEGMENTATION, ModelCard
from .device_choices import CPU
from .devices import DeviceRunner, first_line, open_on_device
from .model_bytes import ModelGraph, NotReadableError
from .pixel_mapping import batch_size
from .tree_reading import CompiledTrees, read_trees
from .workload import Workload

WHOLE_ROWS = 16
"""Fewer pixels than a whole multiple are filled up: ONNX Runtime multiplies single rows in another order of adding."""


class ProcessorSession:
    """A session of ONNX Runtime on the processor for the content of a model file, which errors call ``path``.

    It begins when it is first asked for, by whatever thread. ``keeps_memory``: for the next batch.
    """

    def __init__(self, content: bytes, path: str, keeps_memory: bool) -> None:
        self._content, self._path, self._keeps_memory = content, path, keeps_memory
        self._session: onnxruntime.InferenceSession | None = None
        self._lock = threading.Lock()

    def session(self) -> onnxruntime.InferenceSession:
        """The session. Raises ChronocoverError if it is no model that can be run here."""
        with self._lock:
            if self._session is None:
                self._session = begin_session(self._content, self._path, self._keeps_memory)
                self._content = b""
            return self._session


def begin_session(content: bytes, path: str, keeps_memory: bool = False) -> onnxruntime.InferenceSession:
    """ONNX Runtime with one thread of the processor. Arguments and errors as of :class:`ProcessorSession`."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = keeps_memory
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's own exceptions have no common base
        raise ChronocoverError(
            f"{path} is not an ONNX model that can be run here ({first_line(error)}). It may be damaged, or "
            f"need a newer onnxruntime than {onnxruntime.__version__}."
        ) from error


class ModelSession:
    """A model file ready to run, with its card.

    One thread computes a batch; for more speed call :meth:`predict` from several threads at once.
    """

    def __init__(
        self,
        path: str,
        card: ModelCard,
        processor: ProcessorSession,
        workload: Workload,
        sha256: str,
        trees: CompiledTrees | None = None,
        on_device: DeviceRunner | None = None,
    ) -> None:
        self.path, self.card, self._sha256 = path, card, sha256
        self._processor, self._trees, self._on_device = processor, trees, on_device
        self._pixels = workload.pixels_at_once(len(card.time_axis.days))
        self._codes = np.array(card.legend.codes, dtype=np.int64)

    def __reduce__(self) -> tuple:
        """It is pickled with the whole model, so that another computer needs no access to its file. That one takes the
        same device, if it has it. Raises ChronocoverError if the file is another one by now.
        """
        content = _content(self.path)
        if hashlib.sha256(content).hexdigest() != self._sha256:
            raise ChronocoverError(f"The model {self.path} was replaced since this run began. Start it again.")
        return ModelSession.of_bytes, (content, self.path, self.device)

    @classmethod
    def open(cls, path: str, device: str = CPU, feedback: Feedback | None = None) -> ModelSession:
        """Load a model.

        Args:
            path: the model file.
            device: what is to run it, one of :data:`models.device_choices.CHOICES`; the processor if that fails.
            feedback: is told what runs it, and warned of a device that cannot.

        Raises:
            ChronocoverError: the file is missing, is no ONNX model, or was not made by Chronocover.
        """
        return cls.of_bytes(_content(path), path, device, feedback)

    @classmethod
    def of_bytes(cls, content: bytes, path: str, device: str = CPU, feedback: Feedback | None = None) -> ModelSession:
        """Load a model from the content of its file, which errors call ``path``. Otherwise as :meth:`open`."""
        graph = _graph(content)
        workload = Workload.of(graph)
        processor = ProcessorSession(content, path, workload.keeps_little)
        of_parts: list[onnxruntime.InferenceSession] = []

        def begin_part(part: bytes) -> onnxruntime.InferenceSession:
            of_parts[:] = [begin_session(part, path)]
            return of_parts[0]

        trees = read_trees(content, graph, begin_part) if graph is not None else None
        session = of_parts.pop() if trees is not None else processor.session()  # but for the trees, they are the same
        card = _card(session, path)
        runner = open_on_device(
            content, card, session, device, workload.suits_device, trees is not None, feedback or Feedback()
        )
        del session
        FreedMemory().give_back_now()
        return cls(path, card, processor, workload, hashlib.sha256(content).hexdigest(), trees, runner)

    @property
    def device(self) -> str:
        """What runs the model: a device of :mod:`models.device_choices`, or the processor."""
        return self._on_device.name if self._on_device else CPU

    @property
    def troubles(self) -> list[str]:
        """What went wrong with the device so far, a sentence each. The processor did its work."""
        return self._on_device.troubles if self._on_device else []

    @property
    def pixels_at_once(self) -> int:
        """How many pixels :meth:`predict` is best given at a time."""
        return self._on_device.pixels_at_once if self._on_device else batch_size(self.card.context)

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
        found: list[Sequence[np.ndarray]] = []
        if not len(values):
            return np.empty(0, dtype=np.int64), np.empty((0, len(self.card.legend)), dtype=np.float32)
        for start in range(0, len(values), self.pixels_at_once):
            if feedback is not None:
                feedback.check()
            batch = np.ascontiguousarray(values[start : start + self.pixels_at_once], dtype=np.float32)
            found += self._predicted(batch, feedback)
        labels, scores = found[0] if len(found) == 1 else map(np.concatenate, zip(*found))
        return labels, scores

    def _predicted(self, batch: np.ndarray, feedback: Feedback | None) -> list[Sequence[np.ndarray]]:
        """Labels and scores of a batch, in parts."""
        if self._trees is not None and np.isfinite(batch).all():
            scores = self._trees.probabilities(batch)
            return [(self._codes[scores.argmax(axis=1)], scores)]
        wanted = [LABEL, self.card.scores_output]
        by_device = self._on_device.run(wanted, batch) if self._on_device else None
        return [by_device] if by_device is not None else list(self._by_processor(wanted, batch, feedback))

    def segment(self, patch: np.ndarray) -> np.ndarray:
        """Classify all pixels of a patch by a segmentation.

        Args:
            patch: float32 ``(dates, variables, rows, columns)`` of the card's sizes, otherwise as in :meth:`predict`.

        Returns:
            Probabilities float32 ``(classes, rows, columns)``, those of pixels without data too.

        Raises:
            ChronocoverError: the model fails.
        """
        found = self._on_device.run([PROBABILITIES], patch[None]) if self._on_device else None
        return (found or self._outputs([PROBABILITIES], patch[None]))[0][0]

    def _by_processor(
        self, wanted: list[str], batch: np.ndarray, feedback: Feedback | None
    ) -> Iterator[Sequence[np.ndarray]]:
        """The outputs of ONNX Runtime, some pixels at a time."""
        for start in range(0, len(batch), self._pixels):
            check_stopped()
            if feedback is not None:
                feedback.check()
            part = batch[start : start + self._pixels]
            rows = len(part)
            if rows % WHOLE_ROWS:
                more = WHOLE_ROWS - rows % WHOLE_ROWS
                part = np.concatenate([part, np.broadcast_to(part[:1], (more, *part.shape[1:]))])
            yield [each[:rows] for each in self._outputs(wanted, part)]

    def _outputs(self, wanted: list[str], batch: np.ndarray) -> list[np.ndarray]:
        """The outputs of ONNX Runtime, which ends between two steps of the graph when the run is stopped."""
        session, options = self._processor.session(), onnxruntime.RunOptions()
        try:
            with when_stopped(functools.partial(setattr, options, "terminate", True)):
                return session.run(wanted, {INPUT: batch}, options)
        except Exception as error:
            check_stopped()
            raise ChronocoverError(f"The model {self.path} failed to run: {first_line(error)}") from error

    def sha256(self) -> str:
        """The hash of the model file as it was opened, which identifies it in what it makes."""
        return self._sha256


def _content(path: str) -> bytes:
    if not os.path.isfile(path):
        raise ChronocoverError(f"There is no model file {path}. Choose the .onnx file that a training step wrote.")
    with open(path, "rb") as file:
        return file.read()


def _graph(content: bytes) -> ModelGraph | None:
    """The graph of a model, to choose how to run it. None if it cannot be read, what ONNX Runtime explains better."""
    try:
        return ModelGraph.of(content)
    except NotReadableError:
        return None


def _card(session: onnxruntime.InferenceSession, path: str) -> ModelCard:
    """The card of a model, which fits it. Raises ChronocoverError if there is none, or another one."""
    try:
        text = session.get_modelmeta().custom_metadata_map.get(KEY)
        if text is None:
            raise ChronocoverError(
                f"The model {path} was made by another program: it has no Chronocover model card, so its classes, "
                "variables and dates are unknown. Give it a card with “Describe a foreign model”."
            )
        card = ModelCard.from_json(text, path)
        _check_interface(session, card, path)
    except UnicodeDecodeError as error:
        raise ChronocoverError(f"The texts in the model {path} are damaged ({error}). Get the file again.") from error
    return card


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
