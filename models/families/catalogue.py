"""All families of classifiers, by the name that users choose them by; a family is imported when it is asked for."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from ...core.errors import ChronocoverError

if TYPE_CHECKING:
    from .family import Family

FAMILIES: dict[str, tuple[str, str]] = {
    "random forest": ("random_forest", "RandomForest"),
    "gradient boosting": ("boosting", "Boosting"),
    "extremely randomised trees": ("extra_trees", "ExtraTrees"),
    "support vector machine": ("support_vectors", "SupportVectorMachine"),
    "multilayer perceptron": ("perceptron", "Perceptron"),
    "k nearest neighbours": ("neighbours", "Neighbours"),
    "MiniRocket": ("minirocket", "MiniRocket"),
    "intervals": ("quant", "Quant"),
    "TempCNN": ("networks.tempcnn", "TempCnn"),
    "InceptionTime": ("networks.inception", "InceptionTime"),
    "LSTM": ("networks.lstm", "Lstm"),
    "L-TAE": ("networks.ltae", "Ltae"),
}
"""Module and class of each family."""
NETWORKS = "networks."


def packages_of(name: str) -> tuple[str, ...]:
    """The modules that the family of that name needs beyond those of all trainings."""
    return ("torch",) if FAMILIES[name][0].startswith(NETWORKS) else ()


def family_of(name: str) -> Family:
    """The family of that name with its defaults.

    Raises:
        ChronocoverError: there is none of that name.
        ImportError: a package that the family needs is missing.
    """
    if name not in FAMILIES:
        raise ChronocoverError(f"There is no family of classifiers “{name}”. There are: {', '.join(FAMILIES)}.")
    module, kind = FAMILIES[name]
    return getattr(importlib.import_module(f".{module}", __package__), kind)()
