"""What a foreign model's output means, and how it becomes probabilities of classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from onnx import TensorProto

from ..core.errors import ChronocoverError
from .foreign import ForeignModel
from .gap_filling import NodeList

AUTOMATIC, PROBABILITIES, LOGITS = "automatic", "probabilities", "logits"
LABELS, PLACES = "labels", "labels from 0"
OUTPUT_KINDS = (AUTOMATIC, PROBABILITIES, LOGITS, LABELS, PLACES)
ROUNDING = 1e-3  # how far the sum of probabilities of half precision may be from 1
UNKNOWN = -1
SURE = 0.1
"""So much above the second, the most probable class is the label too, also of those that find it in another way."""


@dataclass(frozen=True)
class ScoreOutput:
    """The output that tells the classes.

    Attributes:
        name: of the output.
        kind: probabilities, logits or labels.
        single: whether it is one number a series, of the second of two classes.
        labels: of the kind labels, the label of each class, texts or whole numbers.
    """

    name: str
    kind: str
    single: bool = False
    labels: tuple[object, ...] = ()

    def probabilities(self, found: np.ndarray, classes: int) -> np.ndarray:
        """Float64 ``(n, classes)`` of an array of this output."""
        if self.kind == LABELS:
            flat = found.reshape(len(found))
            return np.stack([flat == label for label in self.labels], axis=1).astype(float)
        scores = found.reshape(len(found), 1 if self.single else classes).astype(float)
        if self.single:
            second = 1 / (1 + np.exp(-scores)) if self.kind == LOGITS else np.clip(scores, 0, 1)
            return np.concatenate([1 - second, second], axis=1)
        if self.kind == LOGITS:
            powers = np.exp(scores - scores.max(axis=1, keepdims=True))
            return powers / powers.sum(axis=1, keepdims=True)
        return np.clip(scores, 0, 1)

    def add_to(self, nodes: NodeList, output: str, classes: int) -> str:
        """The same as nodes behind the tensor ``output``; returns the name of float32 ``(n, classes)``."""
        column = nodes.constant(np.array([-1, 1], np.int64))
        if self.kind == LABELS:
            if isinstance(self.labels[0], str):
                output = nodes.add(
                    "LabelEncoder", output, domain="ai.onnx.ml", keys_strings=list(self.labels),
                    values_int64s=list(range(classes)), default_int64=UNKNOWN,
                )  # fmt: skip
                numbers = np.arange(classes)
            else:
                output, numbers = nodes.add("Cast", output, to=TensorProto.INT64), np.array(self.labels)
            each = nodes.add("Reshape", output, column)
            same = nodes.add("Equal", each, nodes.constant(numbers.astype(np.int64).reshape(1, -1)))
            return nodes.add("Cast", same, to=TensorProto.FLOAT)
        output = nodes.add("Cast", output, to=TensorProto.FLOAT)
        zero, one = nodes.constant(np.float32(0)), nodes.constant(np.float32(1))
        if self.single:
            output = nodes.add("Reshape", output, column)
            second = nodes.add("Sigmoid", output) if self.kind == LOGITS else nodes.add("Clip", output, zero, one)
            return nodes.add("Concat", nodes.add("Sub", one, second), second, axis=1)
        output = nodes.add("Reshape", output, nodes.constant(np.array([-1, classes], np.int64)))
        if self.kind == LOGITS:
            return nodes.add("Softmax", output, axis=1)
        return nodes.add("Clip", output, zero, one)


def choose_output(
    model: ForeignModel,
    found: Mapping[str, np.ndarray],
    names: Sequence[str],
    codes: Sequence[int],
    kind: str = AUTOMATIC,
    wanted: str = "",
) -> ScoreOutput:
    """The output of a model that tells the classes, by what it gave on trial.

    Args:
        model: the model.
        found: its outputs for ``n`` series.
        names: of the classes in the order of the output.
        codes: of the classes in the same order.
        kind: one of :data:`OUTPUT_KINDS`.
        wanted: the name of the output; empty to look for it.

    Raises:
        ChronocoverError: no output fits, several do, or it is not of that kind.
    """
    if wanted and wanted not in found:
        raise ChronocoverError(f"The model {model.path} has no output “{wanted}”. It has {', '.join(found)}.")
    candidates = {wanted: found[wanted]} if wanted else found
    if kind not in (LABELS, PLACES):
        scores = {name: array for name, array in candidates.items() if _columns(array) in _widths(len(names))}
        telling = [name for name in scores if "prob" in name.lower()]
        chosen = list(scores) if len(scores) == 1 else telling
        if len(chosen) == 1:
            return _scores(model, chosen[0], scores[chosen[0]], kind)
        if len(scores) > 1:
            raise ChronocoverError(
                f"Several outputs of the model {model.path} may be the classes' scores: {', '.join(scores)}. "
                "Name the right one in the advanced parameter Output."
            )
    if kind in (AUTOMATIC, LABELS, PLACES):
        labels = {name: array for name, array in candidates.items() if _is_labels(array, kind)}
        if labels:
            name, array = next(iter(labels.items()))
            return ScoreOutput(name, LABELS, labels=_labels_of_classes(model, array, names, codes, kind))
    if kind in (LABELS, PLACES):
        raise ChronocoverError(
            f"The model {model.path} gives {model.describe_outputs()}, but no labels. Choose “{AUTOMATIC}” as kind of "
            "the output."
        )
    raise ChronocoverError(
        f"The model {model.path} gives {model.describe_outputs()}, which does not fit {len(names)} classes "
        f"({', '.join(names[:12])}{', …' if len(names) > 12 else ''}). Give the classes that it tells apart, in the "
        "order of its output."
    )


def check_own_labels(
    model: ForeignModel, found: Mapping[str, np.ndarray], probabilities: np.ndarray, names: Sequence[str],
    codes: Sequence[int],
) -> None:  # fmt: skip
    """See whether the labels that a model gives beside its probabilities are those of the classes in this order.

    Raises:
        ChronocoverError: they name other classes.
    """
    top = np.sort(probabilities, axis=1)
    sure = top[:, -1] - top[:, -2] > SURE
    best = probabilities.argmax(axis=1)[sure]
    for output in model.label_outputs():
        own = found.get(output, np.empty(0))
        if own.size != len(probabilities):
            continue
        own = own.reshape(-1)[sure]
        if own.dtype.kind in "iu" and np.mean(own == best) > np.mean(own == np.array(codes)[best]):
            continue  # it counts the classes from 0, in the same order
        called = [str(item) for item in (codes if own.dtype.kind in "iu" else names)]
        texts = own.astype(str)
        for place, name in enumerate(called):
            usual = _most_frequent(texts[best == place])
            # A rare class may be called another now and then: only labels that belong to this class alone contradict.
            if usual in called and usual != name and _most_frequent(best[texts == usual]) == place:
                raise ChronocoverError(
                    f"The model {model.path} itself calls class {place + 1} of its output “{usual}”, but the classes "
                    f"call it “{name}”. Give the classes in the order of its output."
                )


def _most_frequent(items: np.ndarray) -> object:
    """None of nothing."""
    values, counts = np.unique(items, return_counts=True)
    return values[counts.argmax()].item() if len(values) else None


def _widths(classes: int) -> tuple[int, ...]:
    return (classes, 1) if classes == 2 else (classes,)


def _columns(array: np.ndarray) -> int:
    """Numbers a series of a floating-point output; 0 if it is no such output."""
    return int(np.prod(array.shape[1:])) if array.dtype.kind == "f" and array.ndim else 0


def _is_labels(array: np.ndarray, kind: str) -> bool:
    if array.ndim == 0 or array.size != len(array):
        return False
    return array.dtype.kind != "f" or (kind != AUTOMATIC and bool((array == np.rint(array)).all()))


def _scores(model: ForeignModel, name: str, array: np.ndarray, kind: str) -> ScoreOutput:
    scores = array.reshape(len(array), -1).astype(float)
    if not np.isfinite(scores).all():
        raise ChronocoverError(
            f"The model {model.path} gives values that are no numbers in its output “{name}”, for values in the range "
            "of the card. Check the normalisation."
        )
    single = scores.shape[1] == 1
    inside = (scores >= -ROUNDING).all() and (scores <= 1 + ROUNDING).all()
    are = inside and (single or np.abs(scores.sum(axis=1) - 1).max() <= ROUNDING)
    if kind == PROBABILITIES and not are:
        raise ChronocoverError(
            f"The output “{name}” of the model {model.path} holds no probabilities: they lie between "
            f"{scores.min():.4g} and {scores.max():.4g}"
            + ("" if single else f" and their sums between {scores.sum(axis=1).min():.4g} and "
               f"{scores.sum(axis=1).max():.4g}")
            + ". Choose “logits” as kind of the output."
        )  # fmt: skip
    if kind == AUTOMATIC and inside and not are:
        raise ChronocoverError(
            f"The output “{name}” of the model {model.path} lies between 0 and 1, but its sums do not make 1. Choose "
            "“logits” as kind of the output if softmax is to make probabilities of it, or export the model with them."
        )
    return ScoreOutput(name, PROBABILITIES if are and kind != LOGITS else LOGITS, single)


def _labels_of_classes(
    model: ForeignModel, array: np.ndarray, names: Sequence[str], codes: Sequence[int], kind: str
) -> tuple[object, ...]:
    """What stands for each class: its name, its code, or its place from 0 on; all that the trial gave is among them."""
    places = list(range(len(names)))
    if array.dtype.kind in "iuf":
        array = np.rint(array).astype(np.int64)
        given = set(array.reshape(-1).tolist())
        readings = {LABELS: [list(codes)], PLACES: [places], AUTOMATIC: [list(codes), places]}[kind]
    else:
        given = set(array.reshape(-1).tolist())
        readings = [list(names)]
    fitting = [labels for labels in readings if given <= set(labels)]
    if len(fitting) > 1 and sorted(model.class_labels, key=str) == sorted(codes, key=str):
        fitting = fitting[:1]
    if len(fitting) > 1:
        raise ChronocoverError(
            f"The model {model.path} gives whole numbers, which can be the codes of the classes or count them from 0. "
            f"Choose “{LABELS}” or “{PLACES}” as kind of the output."
        )
    if fitting:
        return tuple(fitting[0])
    strange = sorted(str(item) for item in given - set(readings[-1]))
    raise ChronocoverError(
        f"The model {model.path} gives the label “{strange[0]}”, which is not among the classes: "
        + ", ".join(f"{code} {name}" for code, name in zip(codes, names))
        + ". Give the classes by the labels of the model."
    )
