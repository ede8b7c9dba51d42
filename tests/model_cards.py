"""The card of a model file, read as anyone with ONNX Runtime reads it."""

import onnxruntime

from chronocover.models.card import KEY, ModelCard


def card_of(path):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return ModelCard.from_json(session.get_modelmeta().custom_metadata_map[KEY], path)
