"""What the tests of all networks do."""

import numpy as np
import onnxruntime

from chronocover.core.feedback import Feedback
from chronocover.core.provenance import Provenance
from chronocover.core.time_series.filling import fill_gaps
from chronocover.models.fitting import TrainingSettings
from chronocover.models.training import train
from chronocover.models.validation import Validation


def parameter_count(network):
    return sum(each.numel() for each in network.parameters())


def trained_model(family, samples, path):
    """A model with its file at ``path``, validated by hold-out."""
    settings = TrainingSettings(validation=Validation(method="hold-out"), threads=1)
    model = train(samples, family, settings, Provenance(), Feedback())
    model.save(str(path))
    return model


def onnx_and_own_probabilities(family, samples, folder):
    """Of a model's file and of its classifier, for series of any number at a time with gaps; and its accuracy."""
    model = trained_model(family, samples, folder / "m.onnx")
    session = onnxruntime.InferenceSession(str(folder / "m.onnx"), providers=["CPUExecutionProvider"])
    random = np.random.default_rng(0)
    days = np.array([(date - samples.dates[0]).days for date in samples.dates])
    found, own = [], []
    for count in (1, 2, 7, 301):
        series = random.normal(size=(count, *samples.values.shape[1:])).astype(np.float32)
        series[random.random(series.shape) < 0.3] = np.nan
        series[:, 0] = 0.1  # each variable is observed once
        found.append(session.run(["probabilities"], {"series": series})[0])
        own.append(model.classifier.predict_proba(fill_gaps(series, days)))
    return found, own, model.evaluation.scores.accuracy
