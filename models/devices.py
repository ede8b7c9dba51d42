"""Running a model on a graphics card or the like, by ONNX Runtime's execution providers; the processor stands by.

A device gets large batches, from one thread at a time, while the others prepare the next ones. Whatever goes wrong with
it, the processor does its work, and the user is told.
"""

from __future__ import annotations

import contextlib
import io
import math
import re
import sys
import threading
from collections.abc import Sequence

import numpy as np
import onnxruntime

from ..core.errors import ChronocoverError
from ..core.feedback import Feedback
from ..core.notices import notice
from .card import INPUT, SEGMENTATION, ModelCard
from .device_choices import AUTOMATIC, CHOICES, COREML, CPU, CUDA, DIRECTML
from .trial_series import trial_series

PROVIDERS: dict[str, tuple[str, dict[str, str]]] = {
    # No rounding to ten bits, and no search for the fastest convolution at every new size of a batch.
    CUDA: ("CUDAExecutionProvider", {"use_tf32": "0", "cudnn_conv_algo_search": "HEURISTIC"}),
    DIRECTML: ("DmlExecutionProvider", {}),
    COREML: ("CoreMLExecutionProvider", {}),
}
"""ONNX Runtime's name of each device, and its options; in the order in which the automatic choice looks for them."""
PACKAGES = {CUDA: "onnxruntime-gpu[cuda,cudnn]", DIRECTML: "onnxruntime-directml", COREML: "onnxruntime"}
"""What brings each; only one onnxruntime may be installed at a time."""
SYSTEMS = {CUDA: {"linux": "Linux", "win32": "Windows"}, DIRECTML: {"win32": "Windows"}, COREML: {"darwin": "macOS"}}
"""Where there are such packages."""

LARGEST_BATCH, SMALLEST_BATCH = 65_536, 1_024  # pixels
BATCH_BYTES = 32 << 20  # of a batch's series: what a network makes of them takes some fifty times as much
TRIED_SERIES = 64
LONGEST_REASON = 200  # characters
WARNINGS, SILENT = 2, 4  # of ONNX Runtime's own log, which goes past the user's to where few look
ERROR_CODE = re.compile(r"^\[ONNXRuntimeError\] : \d+ : \w+ : ")
SOURCE_PLACE = re.compile(
    r"\S+\.(?:cc|cpp|cu|cuh|h|hpp):\d+ [^(\n]*\((?:[^()\n]|\([^()\n]*\))*\)(?: \[with [^]\n]*\])? ?"
)
"""What C++ says of itself: ``/core/framework/bfc_arena.cc:376 void* onnxruntime::BFCArena::Allocate(size_t)``."""
TOLERANCE = 0.01
"""Of probabilities, between a device and the processor: some devices round to 16 bits."""


class DeviceRunner:
    """A model on a device; :meth:`run` may be called from several threads.

    Attributes:
        name: of the device.
        pixels_at_once: how many it gets at a time; fewer once it failed.
    """

    def __init__(self, name: str, session: onnxruntime.InferenceSession, card: ModelCard) -> None:
        self.name, self._session = name, session
        size = 4 * len(card.time_axis.days) * len(card.variables) * math.prod(card.window)
        largest = _power_of_two(max(SMALLEST_BATCH, min(LARGEST_BATCH, BATCH_BYTES // size)))
        # Patches come one by one.
        self.pixels_at_once, self._smallest = (1, 1) if card.kind == SEGMENTATION else (largest, SMALLEST_BATCH)
        self._failures, self._reason = 0, ""
        self._batch: int = self.pixels_at_once
        self._lock = threading.Lock()

    def run(self, wanted: Sequence[str], batch: np.ndarray) -> list[np.ndarray] | None:
        """The outputs for a batch; None if the processor must compute it, because the device failed.

        After a failure, which is mostly a lack of memory, batches are half as large; a device that fails with small
        ones gets none any more.
        """
        parts, done = [], 0
        while done < len(batch):
            with self._lock:
                if not self._works:
                    return None
                part = batch[done : done + self._batch]
                try:
                    found = self._session.run(wanted, {INPUT: _padded(part, self._batch)})
                except Exception as error:  # ONNX Runtime's own exceptions have no common base
                    self._failed(error)
                    return None
            parts.append([array[: len(part)] for array in found])
            done += len(part)
        return [np.concatenate(arrays) for arrays in zip(*parts)]

    @property
    def troubles(self) -> list[str]:
        """What went wrong so far, in a sentence, however often; empty if nothing did."""
        if not self._failures:
            return []
        batches = "a batch" if self._failures == 1 else f"{self._failures} batches"
        follows = (
            f"It goes on with batches of {self._batch:,} pixels"
            if self._works
            else "The processor (CPU) computes the rest"
        )
        return [
            f"{self.name} failed on {batches} of pixels, which the processor (CPU) computed instead: {self._reason}. "
            f"{follows}."
        ]

    @property
    def _works(self) -> bool:
        return self._batch >= self._smallest

    def _failed(self, error: Exception) -> None:
        self._batch //= 2
        self._failures, self._reason = self._failures + 1, first_line(error)
        if self._failures == 1 or not self._works:
            notice(self.troubles[0])


def open_on_device(
    content: bytes,
    card: ModelCard,
    processor: onnxruntime.InferenceSession,
    choice: str,
    suits: bool,
    trees: bool,
    feedback: Feedback,
) -> DeviceRunner | None:
    """The model on the device that the user chose, or on one that is there and worthwhile; None for the processor.

    Args:
        content: of the model file.
        card: its card.
        processor: the model on the processor, which a device must agree with.
        choice: one of :data:`models.device_choices.CHOICES`.
        suits: whether a device is likely to be faster.
        trees: whether the model is run as compiled trees, which no device has.
        feedback: is told what the model runs on, and warned why not on the chosen device.

    Raises:
        ChronocoverError: there is no such choice.
    """
    if choice not in CHOICES:
        raise ChronocoverError(f"There is no device “{choice}”. Choose one of: {', '.join(CHOICES)}.")
    offered = onnxruntime.get_available_providers()
    there = [name for name, (provider, _) in PROVIDERS.items() if provider in offered]
    wanted = [choice] if choice in PROVIDERS else there if choice == AUTOMATIC and suits and not trees else []
    for name in wanted:
        if trees:
            reason = "the model is made of trees, for which it has no steps"
        elif name not in there and sys.platform not in SYSTEMS[name]:
            reason = f"there is no {name} but for {' and '.join(SYSTEMS[name].values())}"
        elif name not in there:
            known = ", ".join([CPU, *there])
            reason = (
                f"this onnxruntime {onnxruntime.__version__} offers {known} only. The package {PACKAGES[name]}, in "
                "place of the present one, brings it"
            )
        else:
            session, reason = _started(content, name)
            reason = reason or _disagreement(session, card, processor)
            if not reason:
                feedback.info(f"The model runs on {name}{_share(session, name)}.")
                return DeviceRunner(name, session, card)
        sentence = f"{name} cannot run the model: {reason}. The processor (CPU) does."
        feedback.warning(sentence)
        notice(sentence)
    if not wanted:
        why = "" if choice == CPU else ", which suits it best" if there else ": onnxruntime offers nothing else"
        feedback.info(f"The model runs on the processor (CPU){why}.")
    return None


def first_line(error: Exception) -> str:
    """What an error says, in one line without a full stop; ONNX Runtime can go on for a page.

    Where its message comes from (a step, a file of its own, a function) is left out: it stands before what happened.
    """
    text = SOURCE_PLACE.sub("", str(error).strip().rpartition("Status Message: ")[2] or str(error))
    lines = [line.strip() for line in ERROR_CODE.sub("", text).splitlines() if line.strip()]
    line = lines[0].rstrip(".:") if lines else type(error).__name__
    return line if len(line) <= LONGEST_REASON else f"{line[:LONGEST_REASON]}…"


def _started(content: bytes, name: str) -> tuple[onnxruntime.InferenceSession | None, str]:
    """A session on a device, and what went wrong, if anything."""
    provider, settings = PROVIDERS[name]
    options = onnxruntime.SessionOptions()
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.enable_mem_pattern = name != DIRECTML  # which can do neither that nor steps side by side
    options.add_session_config_entry("session.record_ep_graph_assignment_info", "1")
    options.log_severity_level = SILENT  # what fails is told below
    onnxruntime.set_default_logger_severity(SILENT)
    lacking = _lacking_libraries() if name == CUDA else ""
    try:
        # Else ONNX Runtime would go over to the processor by itself whenever the device fails, and nobody would know.
        session = onnxruntime.InferenceSession(
            content, options, providers=[(provider, settings), "CPUExecutionProvider"], enable_fallback=0
        )
    except Exception as error:
        return None, first_line(error)
    finally:
        onnxruntime.set_default_logger_severity(WARNINGS)
    if provider not in session.get_providers():  # it was left out, with nothing but a log
        return None, f"it could not be started{lacking}. Check that the device, its driver and its libraries are there"
    if _placed(session).get(provider, 1) == 0:
        return None, "it has none of the model's steps"
    return session, ""


def _lacking_libraries() -> str:
    """Load the libraries of CUDA that come as Python packages; what is said of the first that is nowhere."""
    if not hasattr(onnxruntime, "preload_dlls"):
        return ""
    said = io.StringIO()
    with contextlib.suppress(Exception), contextlib.redirect_stdout(said):
        onnxruntime.preload_dlls()
    failures = [line for line in said.getvalue().splitlines() if line.startswith("Failed to load")]
    return f" ({failures[0].rstrip('.')})" if failures else ""


def _placed(session: onnxruntime.InferenceSession) -> dict[str, int]:
    """Steps of the graph by provider; empty where this onnxruntime does not tell."""
    try:
        groups = session.get_provider_graph_assignment_info()
        found: dict[str, int] = dict.fromkeys(session.get_providers(), 0)
        for group in groups:
            found[group.ep_name] = found.get(group.ep_name, 0) + len(group.get_nodes())
    except Exception:  # not in onnxruntime before 1.24, or not for this provider
        return {}
    return found


def _share(session: onnxruntime.InferenceSession, name: str) -> str:
    placed = _placed(session)
    total, own = sum(placed.values()), placed.get(PROVIDERS[name][0], 0)
    return f" ({own} of its {total} steps, the others on the processor)" if own < total else ""


def _disagreement(
    session: onnxruntime.InferenceSession, card: ModelCard, processor: onnxruntime.InferenceSession
) -> str:
    """Why a device cannot be trusted with a model; empty if it gives what the processor gives."""
    values = trial_series(card, 1 if card.kind == SEGMENTATION else TRIED_SERIES)
    expected = processor.run([card.scores_output], {INPUT: values})[0]
    try:
        found = session.run([card.scores_output], {INPUT: values})[0]
    except Exception as error:
        return f"it failed on a trial ({first_line(error)})"
    if found.shape != expected.shape or not np.allclose(found, expected, rtol=0, atol=TOLERANCE, equal_nan=True):
        return "it gives other probabilities than the processor. Its driver may be out of date"
    return ""


def _padded(part: np.ndarray, batch: int) -> np.ndarray:
    """A last, smaller part filled up with its first pixel, to a few sizes: devices prepare themselves for each."""
    size = batch
    while size // 2 >= max(len(part), SMALLEST_BATCH):
        size //= 2
    if len(part) == size:
        return part
    return np.concatenate([part, np.broadcast_to(part[:1], (size - len(part), *part.shape[1:]))])


def _power_of_two(number: int) -> int:
    return 1 << (number.bit_length() - 1)
