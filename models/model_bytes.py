"""The bytes of a model file: the steps of its graph, read without the package onnx and without unpacking its numbers.

The format is that of https://protobuf.dev/programming-guides/encoding; the numbers of fields are those of onnx.proto,
https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

VARINT, EIGHT_BYTES, LENGTH, FOUR_BYTES = 0, 1, 2, 5  # how a field is written
LONGEST_NUMBER = 10  # bytes

GRAPH_OF_MODEL = 7
NODE_OF_GRAPH, INPUT_OF_GRAPH = 1, 11
INPUT_OF_NODE, OUTPUT_OF_NODE, OPERATOR_OF_NODE, ATTRIBUTE_OF_NODE, DOMAIN_OF_NODE = 1, 2, 4, 5, 7
TYPE_OF_VALUE, TENSOR_OF_TYPE, SHAPE_OF_TENSOR, SIZE_OF_SHAPE, NUMBER_OF_SIZE = 2, 1, 2, 1, 1


class NotReadableError(Exception):
    """The bytes are no such file, or one that is written in another way."""


class Field(NamedTuple):
    """A field of a message: its number, how it is written, and where it begins, its value begins, and it ends."""

    number: int
    kind: int
    begin: int
    value: int
    end: int


@dataclass(frozen=True)
class Step:
    """A step of a graph: its operator, the operator's domain, and what it takes and gives, by name."""

    operator: str
    domain: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class ModelGraph:
    """The steps of a model's graph, not of those within its steps; and the shape of its first input.

    ``input_shape`` has 0 for a size that is not fixed; it is empty if there is no input.
    """

    steps: tuple[Step, ...]
    input_shape: tuple[int, ...]

    @classmethod
    def of(cls, content: bytes) -> ModelGraph:
        """That of the content of a model file. Raises NotReadableError if it is none."""
        data = memoryview(content)
        steps, shapes = [], []
        for graph in inside(data, whole(data), GRAPH_OF_MODEL):
            for field in fields(data, graph):
                if field.number == NODE_OF_GRAPH:
                    steps.append(_step(data, field))
                elif field.number == INPUT_OF_GRAPH:
                    shapes.append(_shape(data, field))
        if not steps:
            raise NotReadableError
        return cls(tuple(steps), shapes[0] if shapes else ())


def whole(data: memoryview) -> Field:
    """The message that fills a file."""
    return Field(0, LENGTH, 0, 0, len(data))


def inside(data: memoryview, message: Field, number: int) -> Iterator[Field]:
    """The messages or texts with a number within a message."""
    return (field for field in fields(data, message) if field.number == number and field.kind == LENGTH)


def fields(data: memoryview, message: Field) -> Iterator[Field]:
    """The fields of a message. Raises NotReadableError if it is none."""
    at = message.value
    while at < message.end:
        field = field_at(data, at, message.end)
        yield field
        at = field.end


def field_at(data: memoryview, at: int, end: int) -> Field:
    """The field that begins at a byte of a message, which ends before ``end``. Raises NotReadableError if none does."""
    tag, value = varint(data, at, end)
    kind = tag & 7
    if kind == VARINT:
        _, stop = varint(data, value, end)
    elif kind == LENGTH:
        length, value = varint(data, value, end)
        stop = value + length
    elif kind in (EIGHT_BYTES, FOUR_BYTES):
        stop = value + (8 if kind == EIGHT_BYTES else 4)
    else:
        raise NotReadableError
    if stop > end or tag >> 3 == 0:  # no field has the number 0, which a file that was never filled is full of
        raise NotReadableError
    return Field(tag >> 3, kind, at, value, stop)


def varint(data: memoryview, at: int, end: int) -> tuple[int, int]:
    """A number, and where the next byte is. Raises NotReadableError if there is none."""
    found = 0
    for shift in range(0, 7 * LONGEST_NUMBER, 7):
        if at >= end:
            break
        found |= (data[at] & 0x7F) << shift
        at += 1
        if data[at - 1] < 0x80:
            return found, at
    raise NotReadableError


def length_header(number: int, length: int) -> bytes:
    """What stands before a message or text of so many bytes."""
    found = bytearray()
    for value in (number << 3 | LENGTH, length):
        while value > 0x7F:
            found.append(value & 0x7F | 0x80)
            value >>= 7
        found.append(value)
    return bytes(found)


def text(data: memoryview, field: Field) -> str:
    """The text of a field."""
    return bytes(data[field.value : field.end]).decode("utf-8", "replace")


def _step(data: memoryview, node: Field) -> Step:
    texts: dict[int, list[str]] = {}
    for field in fields(data, node):
        if field.kind == LENGTH and field.number != ATTRIBUTE_OF_NODE:
            texts.setdefault(field.number, []).append(text(data, field))
    return Step(
        texts.get(OPERATOR_OF_NODE, [""])[-1],
        texts.get(DOMAIN_OF_NODE, [""])[-1],
        tuple(texts.get(INPUT_OF_NODE, ())),
        tuple(texts.get(OUTPUT_OF_NODE, ())),
    )


def _shape(data: memoryview, value: Field) -> tuple[int, ...]:
    sizes = [
        size
        for kind in inside(data, value, TYPE_OF_VALUE)
        for tensor in inside(data, kind, TENSOR_OF_TYPE)
        for shape in inside(data, tensor, SHAPE_OF_TENSOR)
        for size in inside(data, shape, SIZE_OF_SHAPE)
    ]
    found = []
    for size in sizes:
        known = [field for field in fields(data, size) if (field.number, field.kind) == (NUMBER_OF_SIZE, VARINT)]
        found.append(varint(data, known[-1].value, known[-1].end)[0] if known else 0)
    return tuple(found)
