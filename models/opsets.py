"""Bringing graphs to one version of ONNX's operators, so that they can be parts of one model."""

from __future__ import annotations

import onnx
from onnx import ModelProto

from ..core.errors import ChronocoverError


def opset_of(model: ModelProto) -> int:
    """The version of ONNX's own operators that a model uses."""
    return max((item.version for item in model.opset_import if not item.domain), default=1)


def at_opset(model: ModelProto, version: int, what: str) -> ModelProto:
    """A model written in a version of ONNX's own operators.

    Args:
        model: of any version.
        version: the version wanted.
        what: names the model in the error.

    Raises:
        ChronocoverError: an operator cannot be written so.
    """
    own = opset_of(model)
    if own == version:
        return model
    copy = ModelProto()
    copy.CopyFrom(model)
    # The converter looks at the first of the operator sets only.
    imports = sorted(copy.opset_import, key=lambda item: bool(item.domain))
    del copy.opset_import[:]
    copy.opset_import.extend(imports)
    try:
        found = onnx.version_converter.convert_version(copy, version)
    except Exception as error:  # the converter's own exceptions have no common base
        raise ChronocoverError(
            f"{what} is written in the ONNX operators of version {own}, which cannot be brought to version {version} "
            f"({str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__}). "
            f"Export it with opset {version}."
        ) from error
    return found
