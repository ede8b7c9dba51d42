"""Trying a segmentation of another program: which patches it can be run on, and whether our form gives the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import onnxruntime
from onnx import ModelProto

from ...core.errors import ChronocoverError
from ...core.time_series.filling import fill_gaps
from ..card import INPUT, PROBABILITIES
from ..describing import LARGEST_DIFFERENCE
from ..foreign import ForeignModel
from ..foreign_layout import Normalisation, lay_out
from .lattice import LARGEST_OVERLAP, PatchLattice, Spacing

USUAL_SIZE, USUAL_OVERLAP = 128, 25
MULTIPLES = (2, 4, 8, 16, 32, 64)
"""Sides that networks with halved maps within them may need multiples of."""
LARGEST_SHARE = 0.01
"""Of pixels that may differ: where half precision rounds otherwise, or a label stands between two classes."""


@dataclass(frozen=True)
class PatchWish:
    """The patches that a user wants: ``size`` in pixels, ``overlap`` in percent; None: as the file says, or usual."""

    size: int | None = None
    overlap: float | None = None


@dataclass(frozen=True)
class PatchTrial:
    """A model and how its input is laid out, to run it on patches without gaps."""

    model: ForeignModel
    normalisation: Normalisation
    layout: str

    def run(self, patches: np.ndarray, days: np.ndarray) -> dict[str, np.ndarray]:
        """All outputs that tell something of each pixel, ``(pixels, values)``.

        Args:
            patches: float32 ``(n, dates, variables, rows, columns)``; gaps, which are NaN, are filled in time.
            days: of the dates.
        """
        found = self.outputs(fill_gaps(patch.reshape(1, len(days), -1), days).reshape(patch.shape) for patch in patches)
        pixels = patches.shape[-2] * patches.shape[-1]
        by_pixel = {}
        for name, array in found.items():
            if array.shape[-2:] == patches.shape[-2:]:
                columns = array.reshape(len(patches), -1, pixels).swapaxes(1, 2)
                by_pixel[name] = columns.reshape(len(patches) * pixels, -1)
        return by_pixel

    def outputs(self, patches: Iterable[np.ndarray]) -> dict[str, np.ndarray]:
        """All outputs for patches ``(dates, variables, rows, columns)`` without gaps, one after the other."""
        parts = [self.model.run(lay_out(self.normalisation.apply(patch[None]), self.layout)) for patch in patches]
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}

    def failure(self, dates: int, variables: int, sides: Sequence[int]) -> str:
        """Why the model cannot be used on patches of these rows and columns; empty if it can."""
        try:
            outputs = self.outputs(np.zeros((1, dates, variables, *sides), np.float32))
        except ChronocoverError as error:
            return str(error)
        if any(array.shape[-2:] == tuple(sides) for array in outputs.values()):
            return ""
        maps = [array for array in outputs.values() if array.ndim > 2 and min(array.shape[-2:]) > 1]
        if not maps:
            return (
                f"The model {self.model.path} gives {self.model.describe_outputs()}, but no map: a class for a whole "
                f"patch of {written(sides)} pixels is no use for a map of pixels."
            )
        return (
            f"The model {self.model.path} gives maps of {written(maps[0].shape[-2:])} pixels for patches of "
            f"{written(sides)}. Its output must have the resolution and size of its input: export it with its maps "
            "enlarged, or padded."
        )


def choose_lattice(trial: PatchTrial, dates: int, variables: int, wish: PatchWish) -> PatchLattice:
    """The patches: fixed by the model, else wanted, else told by Deepness, else usual; the model is tried on them.

    Raises:
        ChronocoverError: it takes others than those wanted, or fails on them; says which it could be run on.
    """
    model = trial.model
    told = model.deepness_number("tile_size") or model.deepness_number("tiles_size")
    usual = int(told) if told and told >= 1 else USUAL_SIZE
    if wish.size and any(side not in (None, wish.size) for side in model.patch):
        raise ChronocoverError(
            f"The model {model.path} takes patches of {written(model.patch)} pixels, not of {wish.size} × "
            f"{wish.size}. Leave the size of patches empty."
        )
    sides = tuple(side or wish.size or usual for side in model.patch)
    reason = trial.failure(dates, variables, sides)
    if reason and not all(model.patch):
        for multiple in MULTIPLES:
            larger = tuple(-(-side // multiple) * multiple for side in sides)
            if larger != sides and not trial.failure(dates, variables, larger):
                raise ChronocoverError(
                    f"The model {model.path} cannot be run on patches of {written(sides)} pixels, but on "
                    f"{written(larger)}. Choose such a size, a multiple of {multiple}."
                )
    if reason:
        raise ChronocoverError(reason)
    percent = wish.overlap
    if percent is None:
        told = model.deepness_number("tiles_overlap")
        percent = told if told is not None and 0 <= told <= LARGEST_OVERLAP else USUAL_OVERLAP
    return PatchLattice(*(Spacing.of_percent(side, percent) for side in sides))


def probabilities_in_our_form(
    model: ForeignModel, proto: ModelProto, values: np.ndarray, expected: np.ndarray
) -> np.ndarray:
    """What the packaged model gives for patches.

    Args:
        model: the original.
        proto: the same with a card.
        values: float32 ``(n, dates, variables, rows, columns)``; NaN is missing.
        expected: ``(n, classes, rows, columns)``, the original's probabilities for them.

    Returns:
        Float32 of the same shape.

    Raises:
        ChronocoverError: it fails, or gives others than the original for more than :data:`LARGEST_SHARE` of the pixels.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    reason, found = "", np.empty(0, np.float32)
    try:
        session = onnxruntime.InferenceSession(proto.SerializeToString(), options, providers=["CPUExecutionProvider"])
        found = np.concatenate([session.run([PROBABILITIES], {INPUT: patch[None]})[0] for patch in values])
    except Exception as error:  # ONNX Runtime's own exceptions have no common base
        reason = str(error).strip().splitlines()[0][:300]
    if not reason and found.shape != expected.shape:
        reason = f"it gives the shape {found.shape}"
    elif not reason:
        other = ~np.isclose(found, expected, rtol=1e-5, atol=LARGEST_DIFFERENCE).all(axis=1)
        if other.mean() > LARGEST_SHARE:
            largest = np.abs(found - expected).max()
            reason = f"its probabilities differ in {other.mean():.0%} of the pixels, by up to {largest:.2g}"
    if reason and model.input_type == np.float16:
        reason += ". It computes in half precision, which is too coarse for large values: check the normalisation, or "
        reason += "export it in float32"
    if reason:
        raise ChronocoverError(f"The model {model.path} does not give the same in a file with a card: {reason}.")
    return found


def written(shape: Sequence[int | None]) -> str:
    """Rows and columns for messages."""
    return " × ".join(str(size or "any") for size in shape)
