"""Models of other programs: what an ONNX file takes and gives, read from the file and by running it."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import onnx
import onnxruntime
from onnx import ModelProto, NodeProto

from ..core.errors import ChronocoverError
from .card import KEY
from .opsets import opset_of
from .packaging import LARGEST_BYTES

NUMBERS = {"tensor(float)": np.float32, "tensor(double)": np.float64, "tensor(float16)": np.float16}
WHOLE = ("int64", "int32", "int16", "int8", "uint8", "uint16", "uint32")
LABELS = (*(f"tensor({name})" for name in WHOLE), "tensor(string)")

Shape = tuple["int | None", ...]
"""Sizes; None where any will do."""


@dataclass(frozen=True)
class ForeignModel:
    """An ONNX model of another program that takes one table of numbers.

    Attributes:
        path: the file.
        proto: the model, with its external data, without ``ZipMap`` and local functions; any number of rows.
        session: the same, but with the number of rows that it was made with.
        input_name: the name of its input.
        input_type: NumPy's type of it.
        shape: of the input without the rows: of one series, or one patch of an image.
        rows: the number of rows (series or patches) that it was made for; None if any.
        class_labels: what the graph says that its classes are, in the order of its probabilities; empty if nothing.
        metadata: the texts in the file.
    """

    path: str
    proto: ModelProto
    session: onnxruntime.InferenceSession
    input_name: str
    input_type: type
    shape: Shape
    rows: int | None
    class_labels: tuple[object, ...]
    metadata: Mapping[str, str]

    @classmethod
    def open(cls, path: str) -> ForeignModel:
        """Read and load a model.

        Raises:
            ChronocoverError: it is no ONNX model that can be run here, has a card already, or takes anything but one
                table of numbers.
        """
        proto = _load(path)
        metadata = {item.key: item.value for item in proto.metadata_props}
        if KEY in metadata:
            raise ChronocoverError(f"The model {path} has a card already. “Show model information” shows it.")
        if proto.functions:
            proto = onnx.inliner.inline_local_functions(proto)
        proto, mapped = _without_maps(proto)
        session = _session(proto, path)
        inputs = session.get_inputs()
        if len(inputs) != 1:
            names = ", ".join(item.name for item in inputs[:8])
            raise ChronocoverError(
                f"The model {path} takes {len(inputs)} inputs ({names}), but a series is one. Export it with one input "
                "that holds all dates and variables."
            )
        source = inputs[0]
        shape = [size if isinstance(size, int) and size > 0 else None for size in source.shape or []]
        if source.type not in NUMBERS:
            raise ChronocoverError(
                f"The model {path} takes {source.type}, not numbers with decimals. Export it with float32 input."
            )
        if not shape:
            raise ChronocoverError(
                f"The model {path} does not tell the shape of its input. Export it with one: (series, dates, "
                "variables), (series, variables, dates) or (series, values), each with the rows and columns of patches "
                "behind them for a segmentation."
            )
        if len(shape) not in (2, 3, 4, 5):
            written = " × ".join(str(size or "any") for size in shape)
            raise ChronocoverError(
                f"The model {path} takes an input {written}. A model of pixel series takes (series, dates, variables), "
                "(series, variables, dates) or (series, values); a segmentation has the rows and columns of its "
                "patches behind them."
            )
        return cls(
            path=path,
            proto=_any_rows(proto, source.name),
            session=session,
            input_name=source.name,
            input_type=NUMBERS[source.type],
            shape=tuple(shape[1:]),
            rows=shape[0],
            class_labels=mapped or _labels_in(proto),
            metadata=metadata,
        )

    @property
    def patch(self) -> Shape:
        """Rows and columns of the patches that a segmentation takes; empty for a model of pixel series."""
        return self.shape[-2:] if len(self.shape) > 2 else ()

    @property
    def series_shape(self) -> Shape:
        """The shape of one pixel's series in the input."""
        return self.shape[:-2] if len(self.shape) > 2 else self.shape

    def run(self, table: np.ndarray) -> dict[str, np.ndarray]:
        """All outputs that are tensors with a row a series, for a table of the shape that the model takes.

        Raises:
            ChronocoverError: it fails.
        """
        names = [item.name for item in self.session.get_outputs() if item.type in (*NUMBERS, *LABELS)]
        step = self.rows or len(table)
        parts = []
        for start in range(0, len(table), step):
            part = table[start : start + step].astype(self.input_type)
            whole = np.concatenate([part, np.repeat(part[-1:], step - len(part), axis=0)])
            try:
                found = self.session.run(names, {self.input_name: whole})
            except Exception as error:  # ONNX Runtime's own exceptions have no common base
                shape = " × ".join(str(size) for size in table.shape[1:])
                raise ChronocoverError(
                    f"The model {self.path} cannot be run on series of {shape} values: {_line(error)}"
                ) from error
            parts.append({name: array[: len(part)] for name, array in zip(names, found) if array.shape[:1] == (step,)})
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def label_outputs(self) -> list[str]:
        """Names of the outputs that hold whole numbers or texts."""
        return [item.name for item in self.session.get_outputs() if item.type in LABELS]

    def describe_outputs(self) -> str:
        """Names, types and shapes for messages."""
        return "; ".join(f"{item.name}: {item.type} {item.shape}" for item in self.session.get_outputs())

    def deepness(self, key: str) -> object:
        """What the plugin Deepness has written under a key, such as ``class_names``; None if nothing.

        It reads JSON and, as it does itself, values as Python writes them.
        """
        for read in (json.loads, ast.literal_eval):
            try:
                return read(self.metadata[key])
            except (KeyError, ValueError, SyntaxError, MemoryError, RecursionError):
                continue
        return None

    def deepness_number(self, key: str) -> float | None:
        """The same as a number, which may stand in a text; None if it is none."""
        value = self.deepness(key)
        try:
            number = float(value) if isinstance(value, (int, float, str)) else np.nan
        except (ValueError, OverflowError):
            return None
        return number if np.isfinite(number) else None

    def deepness_classes(self) -> tuple[str, ...]:
        """The names that Deepness has written for the classes 0, 1, …; empty if there are none that can be used."""
        named = self.deepness("class_names") or self.deepness("names")
        if isinstance(named, list) and len(named) == 1:  # one dictionary an output
            named = named[0]
        by_place = {str(key): str(name).strip() for key, name in named.items()} if isinstance(named, dict) else {}
        if set(by_place) != {str(place) for place in range(len(by_place))}:
            return ()
        names = tuple(by_place[str(place)] for place in range(len(by_place)))
        return names if all(names) and len(set(names)) == len(names) else ()


def _load(path: str) -> ModelProto:
    if not os.path.isfile(path):
        raise ChronocoverError(f"There is no model file {path}. Choose an .onnx file.")
    try:
        proto = onnx.load(path)
        size = proto.ByteSize()
    except Exception as error:  # protobuf's, onnx's and the system's own have no common base
        raise ChronocoverError(
            f"{path} is not an ONNX model that can be read ({_line(error)}). It may be damaged, or its external data "
            "are not beside it."
        ) from error
    if not proto.graph.node:
        raise ChronocoverError(f"{path} is not an ONNX model: there is nothing to compute in it.")
    if opset_of(proto) > onnx.defs.onnx_opset_version():
        raise ChronocoverError(
            f"The model {path} is written in opset {opset_of(proto)}, newer than the package onnx knows here "
            f"({onnx.defs.onnx_opset_version()}). Update it, or export the model with an older opset."
        )
    if size > LARGEST_BYTES:
        raise ChronocoverError(f"The model {path} takes {size / 2**30:.1f} GB, more than one file may hold (2 GB).")
    return proto


def _session(proto: ModelProto, path: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4  # what fails on trial is told in our own words
    try:
        return onnxruntime.InferenceSession(proto.SerializeToString(), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's own exceptions have no common base
        raise ChronocoverError(
            f"The model {path} cannot be run here ({_line(error)}). It may need a newer onnxruntime than "
            f"{onnxruntime.__version__}, or operators that ONNX Runtime does not have."
        ) from error


def _without_maps(proto: ModelProto) -> tuple[ModelProto, tuple[object, ...]]:
    """The model with plain tables for scikit-learn's maps of classes to probabilities, and the classes of these."""
    maps = [node for node in proto.graph.node if node.op_type == "ZipMap"]
    if not maps:
        return proto, ()
    result = ModelProto()
    result.CopyFrom(proto)
    graph, labels = result.graph, ()
    del graph.node[:]
    graph.node.extend(node for node in proto.graph.node if node.op_type != "ZipMap")
    for node in maps:
        labels = _labels_of(node) or labels
        kept = [item for item in graph.output if item.name not in node.output]
        del graph.output[:]
        graph.output.extend([*kept, onnx.helper.make_tensor_value_info(node.input[0], onnx.TensorProto.FLOAT, None)])
    return result, labels


def _any_rows(proto: ModelProto, name: str) -> ModelProto:
    """The model for any number of rows: what the file says of the shapes behind the input may be for another one."""
    result = ModelProto()
    result.CopyFrom(proto)
    del result.graph.value_info[:]
    for item in result.graph.input:
        if item.name == name:
            item.type.tensor_type.shape.dim[0].dim_param = "n"
    return result


def _labels_in(proto: ModelProto) -> tuple[object, ...]:
    """The classes that the one node of a classifier names."""
    found = {_labels_of(node) for node in _nodes(proto.graph.node)} - {()}
    return found.pop() if len(found) == 1 else ()


def _labels_of(node: NodeProto) -> tuple[object, ...]:
    for attribute in node.attribute:
        if attribute.name in ("classlabels_strings", "classlabels_string"):
            return tuple(text.decode("utf-8", "replace") for text in attribute.strings)
        if attribute.name in ("classlabels_int64s", "classlabels_ints"):
            return tuple(attribute.ints)
    return ()


def _nodes(nodes: Sequence[NodeProto]) -> Iterator[NodeProto]:
    for node in nodes:
        yield node
        for attribute in node.attribute:
            yield from _nodes(attribute.g.node)


def _line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:300] if lines else type(error).__name__
