"""Labelled places as plain values: what the rasterization and the extraction of samples work on."""

from __future__ import annotations

from dataclasses import dataclass

from .legend import Legend

POINT = "point"
POLYGON = "polygon"


@dataclass(frozen=True)
class LabelFeature:
    """One labelled point or polygon.

    ``geometry`` is WKB in the CRS of the target grid, valid; ``class_name`` is in the legend; ``group`` is the value of
    the group field or else the feature's own id, as text; a higher ``priority`` wins where features overlap.
    """

    id: int
    geometry: bytes
    class_name: str
    group: str
    priority: float = 0.0


@dataclass(frozen=True)
class LabelFeatures:
    """The features of a label layer that carry a class; ``kind`` is ``point`` or ``polygon``."""

    kind: str
    features: tuple[LabelFeature, ...]
    legend: Legend

    def counts(self) -> dict[str, int]:
        """Number of features of each class, in order of code."""
        numbers = dict.fromkeys(self.legend.names, 0)
        for feature in self.features:
            numbers[feature.class_name] += 1
        return numbers
