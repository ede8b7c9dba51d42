"""Every family of classifiers with settings that are trained in no time."""

import importlib.util
from dataclasses import fields, replace

from chronocover.core.feedback import Feedback
from chronocover.core.provenance import Provenance
from chronocover.models.families.catalogue import FAMILIES, NETWORKS, family_of
from chronocover.models.training import TrainingSettings, train
from chronocover.models.validation import NONE, Validation

SMALL = {
    **{"n_estimators": 5, "max_iter": 10, "hidden_layer_sizes": (8,), "n_features": 84, "epochs": 1, "networks": 1},
    **{"layers": 1, "hidden": 8, "filters": 4, "dense": 8, "depth": 3, "width": 32, "heads": 2, "key_size": 4},
}
HAS_TORCH = importlib.util.find_spec("torch") is not None
FAMILY_NAMES = [name for name, (module, _) in FAMILIES.items() if HAS_TORCH or not module.startswith(NETWORKS)]


def small(name):
    """A family with settings that are trained in no time."""
    family = family_of(name)
    return replace(family, **{item.name: SMALL[item.name] for item in fields(family) if item.name in SMALL})


def trained(family, samples, path):
    """Train a family, write the model and return its path."""
    model = train(samples, family, TrainingSettings(Validation(NONE), threads=1), Provenance(), Feedback())
    model.save(str(path))
    return str(path)
