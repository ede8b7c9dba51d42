"""The trees in the bytes of a model file: read without unpacking it, and taken apart into models of a few trees each.

What the package onnx makes of a forest takes six times the memory of its file, ONNX Runtime ten times. The numbers of
trees lie in the file as lists, an item after the other, tree after tree; so they are read as arrays, and a model of
some of the trees is the file without the bytes of the others. A file that is written otherwise is left alone.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .model_bytes import (
    ATTRIBUTE_OF_NODE,
    FOUR_BYTES,
    GRAPH_OF_MODEL,
    LENGTH,
    LONGEST_NUMBER,
    NODE_OF_GRAPH,
    OPERATOR_OF_NODE,
    VARINT,
    Field,
    NotReadableError,
    field_at,
    fields,
    inside,
    length_header,
    text,
    whole,
)

TREES = "TreeEnsembleClassifier"
BRANCH, LEAF = b"BRANCH_LEQ", b"LEAF"

NAME_OF_ATTRIBUTE, TEXT_OF_ATTRIBUTE, FLOATS, INTEGERS, STRINGS = 1, 4, 7, 8, 9
ITEM_TAGS = {FLOATS: FLOATS << 3 | FOUR_BYTES, INTEGERS: INTEGERS << 3 | VARINT, STRINGS: STRINGS << 3 | LENGTH}
TYPE_TAG = b"\xa0\x01"  # of field 20, the last one of an attribute


@dataclass(frozen=True)
class _Attribute:
    """An attribute of the trees: ``items`` of one kind between two parts of the message."""

    kind: int
    head: bytes
    items: memoryview
    tail: bytes
    text: bytes


class TreeBytes:
    """The trees in the content of a model file."""

    def __init__(self, content: bytes) -> None:
        """Raises NotReadableError if there is not exactly one ensemble of trees, written as onnx writes it."""
        data = memoryview(content)
        graphs = list(inside(data, whole(data), GRAPH_OF_MODEL))
        found = [node for graph in graphs for node in inside(data, graph, NODE_OF_GRAPH) if _is_trees(data, node)]
        if len(graphs) != 1 or len(found) != 1:
            raise NotReadableError
        self._data, self._graph, self._node = data, graphs[0], found[0]
        self._attributes: dict[str, _Attribute] = {}
        self._others: list[memoryview] = []
        for field in fields(data, self._node):
            if field.number == ATTRIBUTE_OF_NODE:
                name, attribute = _attribute(data, field)
                if name in self._attributes:
                    raise NotReadableError
                self._attributes[name] = attribute
            else:
                self._others.append(data[field.begin : field.end])
        self._arrays: dict[str, np.ndarray] = {}

    def has(self, names: Collection[str]) -> bool:
        """Whether all these attributes are there."""
        return set(names) <= set(self._attributes)

    def has_only(self, names: Collection[str]) -> bool:
        """Whether there are no other attributes than these."""
        return set(self._attributes) <= set(names)

    def integers(self, name: str) -> np.ndarray:
        """An attribute of whole numbers, int64."""
        if name not in self._arrays:
            self._arrays[name] = _integers(self._items(name, INTEGERS))
        return self._arrays[name]

    def floats(self, name: str) -> np.ndarray:
        """An attribute of numbers, float32."""
        if name not in self._arrays:
            self._arrays[name] = _floats(self._items(name, FLOATS))
        return self._arrays[name]

    @functools.cached_property
    def is_leaf(self) -> np.ndarray:
        """Bool, of each node. Raises NotReadableError if there are other nodes than leaves and ``BRANCH_LEQ``."""
        return _is_leaf(self._items("nodes_modes", STRINGS))

    @property
    def transform(self) -> bytes:
        """What is done with the sums."""
        return self._attributes["post_transform"].text if self.has({"post_transform"}) else b"NONE"

    def is_even(self, needed: Collection[str]) -> bool:
        """Whether every node has all that nodes have, and every weight all that weights have.

        What is not ``needed`` may be empty.
        """
        for prefix in ("nodes_", "class_"):
            counts = {name: self._count(name) for name in self._attributes if name.startswith(prefix)}
            if len({count for name, count in counts.items() if count or name in needed}) != 1:
                return False
        return True

    def forget_numbers(self) -> None:
        """Let go the arrays that were read so far, until they are asked for again."""
        self._arrays.clear()

    def parts(self, nodes_at_once: int) -> Iterator[tuple[int, int, bytes]]:
        """Model files of at most so many nodes, or a single tree: the first tree, the one after the last, the content.

        Raises NotReadableError if the trees do not follow one another.
        """
        trees = _cut_points(self.integers("nodes_treeids"), nodes_at_once)
        items = {name: [attribute.items] * (len(trees) - 1) for name, attribute in self._attributes.items()}
        for prefix, owner in (("nodes_", "nodes_treeids"), ("class_", "class_treeids")):
            owners = self.integers(owner)
            if (np.diff(owners) < 0).any():
                raise NotReadableError
            limits = np.searchsorted(owners, trees)
            for name, attribute in self._attributes.items():
                if name.startswith(prefix):
                    items[name] = _cut(attribute, limits, len(owners))
        for number, (first, last) in enumerate(zip(trees[:-1], trees[1:])):
            yield first, last, self._with_items({name: each[number] for name, each in items.items()})

    def single_leaves(self, chosen: Sequence[tuple[np.ndarray, np.ndarray]]) -> list[bytes]:
        """Model files whose trees are but a leaf each, given by the places of these leaves and of their weights."""
        items = [{name: attribute.items for name, attribute in self._attributes.items()} for _ in chosen]
        for name, attribute in self._attributes.items():
            owner = ("nodes_", "class_").index(name[:6]) if name[:6] in ("nodes_", "class_") else None
            if owner is None or not len(attribute.items):
                continue
            starts = _item_starts(attribute.items, attribute.kind)
            for each, places in zip(items, chosen):
                limits = zip(starts[places[owner]].tolist(), starts[places[owner] + 1].tolist())
                each[name] = b"".join(attribute.items[begin:end] for begin, end in limits)
        return [self._with_items(each) for each in items]

    def _count(self, name: str) -> int:
        attribute = self._attributes[name]
        return len(_item_starts(attribute.items, attribute.kind)) - 1 if attribute.kind else 0

    def _items(self, name: str, kind: int) -> memoryview:
        attribute = self._attributes[name]
        if attribute.kind != kind and len(attribute.items):
            raise NotReadableError
        return attribute.items

    def _with_items(self, items: Mapping[str, memoryview]) -> bytes:
        node = list(self._others)
        for name, attribute in self._attributes.items():
            message = b"".join((attribute.head, items.get(name, b""), attribute.tail))
            node += [length_header(ATTRIBUTE_OF_NODE, len(message)), message]
        graph = _replaced(self._data, self._graph.value, self._graph.end, self._node, node)
        return b"".join(_replaced(self._data, 0, len(self._data), self._graph, graph))


def _replaced(
    data: memoryview, begin: int, end: int, field: Field, parts: list[memoryview | bytes]
) -> list[memoryview | bytes]:
    """A message whose ``field`` holds ``parts`` instead."""
    header = length_header(field.number, sum(map(len, parts)))
    return [data[begin : field.begin], header, *parts, data[field.end : end]]


def _is_trees(data: memoryview, node: Field) -> bool:
    return any(text(data, field) == TREES for field in inside(data, node, OPERATOR_OF_NODE))


def _attribute(data: memoryview, message: Field) -> tuple[str, _Attribute]:
    """An attribute and its name. Its items are not looked at one by one: fields come in the order of their numbers."""
    name, content = "", b""
    at, kind, begin, end = message.value, 0, message.end, message.end
    while at < message.end:
        field = field_at(data, at, message.end)
        if field.number == NAME_OF_ATTRIBUTE:
            name = text(data, field)
        elif field.number == TEXT_OF_ATTRIBUTE:
            content = bytes(data[field.value : field.end])
        elif field.number in ITEM_TAGS:
            if kind or data[at] != ITEM_TAGS[field.number]:  # lists of several kinds, or written without tags
                raise NotReadableError
            kind, begin, end = field.number, at, _end_of_items(data, message)
            at = end
            continue
        at = field.end
    head, tail = bytes(data[message.value : begin]), bytes(data[end : message.end])
    return name, _Attribute(kind, head, data[begin:end], tail, content)


def _end_of_items(data: memoryview, message: Field) -> int:
    """Where the items of an attribute end: before its type, which onnx writes as its last field, in three bytes."""
    end = message.end
    return end - 3 if bytes(data[end - 3 : end - 1]) == TYPE_TAG and data[end - 1] < 0x80 else end


def _item_starts(items: memoryview, kind: int) -> np.ndarray:
    """Where each item begins, int64, and lastly their end. Raises NotReadableError if there is anything else."""
    found = np.frombuffer(items, dtype=np.uint8)
    if kind == FLOATS:
        starts = np.arange(0, len(found) + 1, 5)
        complete = len(found) % 5 == 0
    elif kind == INTEGERS:  # tags, and last bytes of numbers, are those below 128, in turns
        ends = np.flatnonzero(found < 0x80)
        starts = np.append(ends[0::2], len(found))
        complete = len(ends) % 2 == 0 and (len(found) == 0 or (ends[0] == 0 and ends[-1] == len(found) - 1))
        complete = complete and bool((ends[2::2] == ends[1:-1:2] + 1).all())
    else:
        tagged = np.flatnonzero(found == ITEM_TAGS[STRINGS])
        starts, complete = np.append(tagged, len(found)), len(found) == 0 or (len(tagged) > 0 and tagged[0] == 0)
    if not complete or not (found[starts[:-1]] == ITEM_TAGS[kind]).all():
        raise NotReadableError
    return starts


def _integers(items: memoryview) -> np.ndarray:
    starts = _item_starts(items, INTEGERS)
    lengths = np.diff(starts) - 1
    if len(lengths) and not 1 <= lengths.min() <= lengths.max() <= LONGEST_NUMBER:
        raise NotReadableError
    data = np.frombuffer(items, dtype=np.uint8)
    found = np.zeros(len(lengths), dtype=np.uint64)
    for place in range(lengths.max(initial=0)):
        there = lengths > place
        digit = data[starts[:-1][there] + 1 + place] & 0x7F
        found[there] |= digit.astype(np.uint64) << np.uint64(7 * place)
    return found.view(np.int64)


def _floats(items: memoryview) -> np.ndarray:
    _item_starts(items, FLOATS)
    rows = np.frombuffer(items, dtype=np.uint8).reshape(-1, 5)
    return np.ascontiguousarray(rows[:, 1:]).view("<f4").ravel()


def _is_leaf(items: memoryview) -> np.ndarray:
    starts = _item_starts(items, STRINGS)
    data, lengths = np.frombuffer(items, dtype=np.uint8), np.diff(starts)
    leaf = lengths == len(LEAF) + 2
    for mode, those in ((LEAF, leaf), (BRANCH, ~leaf)):
        begin = starts[:-1][those]
        expected = bytes([ITEM_TAGS[STRINGS], len(mode)]) + mode
        if not (lengths[those] == len(expected)).all():
            raise NotReadableError
        for place, byte in enumerate(expected):
            if not (data[begin + place] == byte).all():
                raise NotReadableError
    return leaf


def _cut_points(of_tree: np.ndarray, nodes_at_once: int) -> list[int]:
    """The tree that each part begins with, and their number. ``of_tree`` is that of each node, ascending from 0."""
    limits = np.searchsorted(of_tree, np.arange(of_tree[-1] + 2)).tolist()
    points = [0]
    for tree in range(1, len(limits) - 1):
        if limits[tree + 1] - limits[points[-1]] > nodes_at_once:
            points.append(tree)
    return [*points, len(limits) - 1]


def _cut(attribute: _Attribute, limits: np.ndarray, count: int) -> list[memoryview]:
    """The items between each two limits, of ``count`` in all; none of none."""
    starts = _item_starts(attribute.items, attribute.kind) if attribute.kind else np.zeros(1, dtype=np.int64)
    if len(starts) == 1:
        return [attribute.items] * (len(limits) - 1)
    if len(starts) != count + 1:
        raise NotReadableError
    places = starts[limits].tolist()
    return [attribute.items[begin:end] for begin, end in zip(places[:-1], places[1:])]
