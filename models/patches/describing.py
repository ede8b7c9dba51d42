"""A segmentation network of another program in our form: normalisation, layout and a card around it, after a trial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import onnxruntime

from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from ...core.labels.legend import LARGEST_CODE, LandClass
from ...core.provenance import Provenance
from ...core.time_series.filling import fill_gaps
from ..card import INPUT, PROBABILITIES, SEGMENTATION, ModelCard
from ..describing import (
    LARGEST_DIFFERENCE,
    CardFacts,
    DescribedModel,
    Reading,
    card_of,
    check_known,
    classes_of,
    normalisation_of,
)
from ..foreign import ForeignModel
from ..foreign_layout import Normalisation, choose_layout, lay_out
from ..foreign_scores import (
    AUTOMATIC,
    LABELS,
    LOGITS,
    PLACES,
    ScoreOutput,
    check_own_labels,
    choose_output,
)
from ..foreign_scores import PROBABILITIES as PROBABILITIES_KIND
from ..trial_series import trial_series
from .graph import package_patches, working_memory
from .lattice import LARGEST_OVERLAP, PatchLattice, Spacing

USUAL_SIZE, USUAL_OVERLAP = 128, 25
MULTIPLES = (2, 4, 8, 16, 32, 64)
"""Sides that networks with halved maps within them may need multiples of."""
BACKGROUND = "background"
GREY = (190, 190, 190)
TRIED_PATCHES = 2


@dataclass(frozen=True)
class PatchWish:
    """The patches that a user wants: ``size`` in pixels, ``overlap`` in percent; None: as the file says, or usual."""

    size: int | None = None
    overlap: float | None = None


@dataclass(frozen=True)
class _Trial:
    """A model and how its input is laid out, to run it on patches without gaps."""

    model: ForeignModel
    normalisation: Normalisation
    layout: str

    def run(self, patches: np.ndarray) -> dict[str, np.ndarray]:
        """All outputs that tell something of each pixel, ``(pixels, values)``, for ``(n, dates, variables, …)``."""
        found = self.outputs(patches)
        pixels = patches.shape[-2] * patches.shape[-1]
        by_pixel = {}
        for name, array in found.items():
            if array.shape[-2:] == patches.shape[-2:]:
                columns = array.reshape(len(patches), -1, pixels).swapaxes(1, 2)
                by_pixel[name] = columns.reshape(len(patches) * pixels, -1)
        return by_pixel

    def outputs(self, patches: np.ndarray) -> dict[str, np.ndarray]:
        """All outputs, one patch at a time."""
        laid_out = lay_out(self.normalisation.apply(patches), self.layout)
        parts = [self.model.run(laid_out[index : index + 1]) for index in range(len(patches))]
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def describe_patch_model(
    model: ForeignModel,
    facts: CardFacts,
    reading: Reading,
    wish: PatchWish,
    title: str,
    provenance: Provenance,
    feedback: Feedback,
) -> DescribedModel:
    """Put a foreign segmentation into our form, and see on made-up patches that it gives what the original gives.

    Args:
        model: a model that takes patches.
        facts: its dates, variables and classes; classes may be missing where the file names them. A model that tells
            one class more than there are gets a first class “background”.
        reading: how its input is laid out and what its output means.
        wish: its patches.
        title: for the card; empty: the name of the file.
        provenance: where the new file comes from.
        feedback: told how the model is read.

    Raises:
        ChronocoverError: something is not known, does not fit the model, or the model fails on trial.
    """
    _check_task(model)
    check_known(facts)
    dates, variables = len(facts.axis.days), len(facts.variables)
    if len(model.shape) == 3 and model.shape[-1] == dates * variables != model.shape[0]:
        raise ChronocoverError(
            f"The model {model.path} takes its channels last ({_written(model.shape)}), but only models with channels "
            "before rows and columns can be used. Export it that way (tf2onnx: --inputs-as-nchw, --outputs-as-nchw)."
        )
    layout = choose_layout(model, dates, variables, reading.layout)
    normalisation = normalisation_of(model, reading.normalisation, layout, facts, feedback)
    classes = classes_of(model, facts.classes)
    trial = _Trial(model, normalisation, layout)
    lattice = _lattice_of(trial, dates, variables, wish)

    card = card_of(model, facts, classes, title, provenance)
    card = replace(card, kind=SEGMENTATION, patch={**lattice.as_card(), "pixel_size": _pixel_size(model)})
    values = trial_series(card, TRIED_PATCHES)
    found = trial.run(_filled(values, np.array(facts.axis.days)))
    if not found:
        raise ChronocoverError(
            f"The model {model.path} gives {model.describe_outputs()} for patches of {_written(card.window)} pixels, "
            "but no class for each of them. Export it so that its output has the resolution of its input."
        )
    background, kind = _read_classes(model, found, classes, reading)
    if background:
        classes = (_background_for(classes), *classes)
        feedback.info(f"The model tells one class more than were given: the first is “{classes[0].name}”.")
    if len(classes) < 2:
        raise ChronocoverError("A segmentation needs at least two classes. Give all that it tells apart.")
    names, codes = [item.name for item in classes], [item.code for item in classes]
    labels = [0, *codes[1:]] if background else codes
    output = choose_output(model, found, names, labels, kind, reading.output_name)
    probabilities = output.probabilities(found[output.name], len(classes))
    check_own_labels(model, found, probabilities, names, labels)

    card = replace(card, legend=card_of(model, facts, classes, title, provenance).legend)
    return _described(model, card, trial, output, np.argsort(codes), values, probabilities, feedback)


def _described(
    model: ForeignModel,
    card: ModelCard,
    trial: _Trial,
    output: ScoreOutput,
    order: np.ndarray,
    values: np.ndarray,
    probabilities: np.ndarray,
    feedback: Feedback,
) -> DescribedModel:
    normalisation, layout, window = trial.normalisation, trial.layout, card.window
    lattice = PatchLattice.of_card(card)
    feedback.info(
        f"Input “{model.input_name}”: {layout}, {len(card.time_axis.days)} dates × {len(card.variables)} variables × "
        f"patches of {_written(window)} pixels, which overlap by {lattice.rows.overlap} and {lattice.columns.overlap}."
    )
    feedback.info(f"Output “{output.name}” is read as {output.kind}.")
    listed = ", ".join(f"{card.legend.codes[place]} {card.legend.names[place]}" for place in np.argsort(order))
    feedback.info(f"Classes in the order of the output: {listed}")
    _tell_about_deepness(model, normalisation, feedback)
    card.parameters.update(
        {
            "layout": layout,
            "output": output.name,
            "output_kind": output.kind,
            "factor": normalisation.factor,
            "centre": list(normalisation.centre),
            "spread": list(normalisation.spread),
        }
    )
    unknown = _unknown_values(card, normalisation)
    card = replace(
        card,
        missing_values=f"{card.missing_values} A variable that was never observed in a pixel is taken as "
        + ", ".join(f"{name} {value:.4g}" for name, value in zip(card.variables, unknown))
        + ".",
        nodata_policy="A pixel with a variable that was never observed gets no class on a map (0).",
        usage=f"Input “series”: float32 (1, {len(card.time_axis.days)} dates, {len(card.variables)} variables, "
        f"{window[0]} rows, {window[1]} columns), physical units (stored value × scale + offset, in float32), NaN for "
        "missing, dates on time_axis, variables in the order given. Output: “probabilities” float32 (1, classes, rows, "
        "columns) in the order of legend. Patches overlap as patch says and are blended by raised cosines.",
    )
    # The card, which is in the graph, says how much memory the graph takes.
    without_memory = package_patches(model, card, normalisation, layout, output, order, unknown)
    card = replace(card, patch={**card.patch, "work_bytes": working_memory(without_memory)})
    proto = package_patches(model, card, normalisation, layout, output, order, unknown)
    expected = probabilities[:, order].reshape(len(values), -1, len(order)).swapaxes(1, 2)
    expected = expected.reshape(len(values), len(order), *window)
    _check_equal(model, proto, values, expected)
    return DescribedModel(card, proto, values[-1:], expected[-1:])


def _check_task(model: ForeignModel) -> None:
    """Refuse what Deepness says is no segmentation."""
    task = model.deepness("model_type")
    if isinstance(task, str) and task.lower() != "segmentor":
        raise ChronocoverError(
            f"The model {model.path} is a {task.lower()} of the plugin Deepness. Only segmentations (Segmentor), which "
            "give each pixel a class, can be used."
        )


def _tell_about_deepness(model: ForeignModel, normalisation: Normalisation, feedback: Feedback) -> None:
    """What Deepness would do with the model and is not done here."""
    if model.deepness("model_type") and normalisation.factor == 1:
        feedback.info("Deepness gives models values of 0 to 255 divided by 255. Set a factor if the series has others.")
    for key, usual in (("seg_thresh", 0.5), ("seg_small_segment", 0)):
        value = model.deepness(key)
        if isinstance(value, (int, float)) and value != usual:
            feedback.info(f"Deepness’s {key} = {value} is not applied: a pixel gets its most probable class.")


def _pixel_size(model: ForeignModel) -> float:
    """Metres that Deepness says a pixel of the model has; 0 if it does not."""
    centimetres = model.deepness("resolution")
    return float(centimetres) / 100 if isinstance(centimetres, (int, float)) and centimetres > 0 else 0.0


def _lattice_of(trial: _Trial, dates: int, variables: int, wish: PatchWish) -> PatchLattice:
    """The patches: fixed by the model, else wanted, else told by Deepness, else usual; the model is tried on them."""
    model = trial.model
    told = model.deepness("tile_size") or model.deepness("tiles_size")
    usual = told if isinstance(told, int) and told > 0 else USUAL_SIZE
    if wish.size and any(side not in (None, wish.size) for side in model.patch):
        raise ChronocoverError(
            f"The model {model.path} takes patches of {_written(model.patch)} pixels, not of {wish.size} × "
            f"{wish.size}. Leave the size of patches empty."
        )
    sides = tuple(side or wish.size or usual for side in model.patch)
    reason = _failure(trial, dates, variables, sides)
    if reason and all(model.patch):
        raise ChronocoverError(reason)
    if reason:
        for multiple in MULTIPLES:
            larger = tuple(-(-side // multiple) * multiple for side in sides)
            if larger != sides and not _failure(trial, dates, variables, larger):
                raise ChronocoverError(
                    f"The model {model.path} cannot be run on patches of {_written(sides)} pixels, but on "
                    f"{_written(larger)}. Choose such a size, a multiple of {multiple}."
                )
        raise ChronocoverError(reason)
    percent = wish.overlap
    if percent is None:
        told = model.deepness("tiles_overlap")
        percent = told if isinstance(told, (int, float)) and 0 <= told <= LARGEST_OVERLAP else USUAL_OVERLAP
    return PatchLattice(*(Spacing.of_percent(side, percent) for side in sides))


def _failure(trial: _Trial, dates: int, variables: int, sides: Sequence[int]) -> str:
    """Why the model cannot be used on patches of this size; empty if it can."""
    blank = np.zeros((1, dates, variables, *sides), np.float32)
    try:
        outputs = trial.outputs(blank)
    except ChronocoverError as error:
        return str(error)
    if any(array.shape[-2:] == tuple(sides) for array in outputs.values()):
        return ""
    maps = [array for array in outputs.values() if array.ndim > 2 and min(array.shape[-2:]) > 1]
    if not maps:
        return (
            f"The model {trial.model.path} gives {trial.model.describe_outputs()}, but no map: a class for a whole "
            f"patch of {_written(sides)} pixels is no use for a map of pixels."
        )
    return (
        f"The model {trial.model.path} gives maps of {_written(maps[0].shape[-2:])} pixels for patches of "
        f"{_written(sides)}. Its output must have the resolution and size of its input: export it with its maps "
        "enlarged, or padded."
    )


def _filled(values: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Patches ``(n, dates, variables, rows, columns)`` with all gaps filled in time, each pixel by itself."""
    return fill_gaps(values.reshape(*values.shape[:2], -1), days).reshape(values.shape)


def _read_classes(
    model: ForeignModel, found: Mapping[str, np.ndarray], classes: Sequence[LandClass], reading: Reading
) -> tuple[bool, str]:
    """Whether the first class that the model tells is none of those given, and what kind of output it has.

    Scores show it by their number; of labels, 0 is that class where they are the codes of the others.
    """
    arrays = [found[reading.output_name]] if reading.output_name in found else list(found.values())
    widths = {array.shape[1] for array in arrays if array.dtype.kind == "f"}
    given, kind = len(classes), reading.output_kind
    if kind in (AUTOMATIC, PROBABILITIES_KIND, LOGITS) and widths:
        if given in widths - {1} or (given == 2 and 1 in widths):
            return False, kind
        if given + 1 in widths or (given == 1 and 1 in widths):
            return True, kind
    labels = {number for array in arrays if array.dtype.kind in "iu" for number in np.unique(array).tolist()}
    if kind != AUTOMATIC or not labels:
        return kind == LABELS, kind
    codes = {item.code for item in classes} | {0}
    if model.deepness_classes() or not labels <= codes:
        return False, PLACES
    if labels <= set(range(given)):
        raise ChronocoverError(
            f"The model {model.path} gives whole numbers, which can be the codes of the classes with 0 for the "
            f"background, or count the classes from 0. Choose “{LABELS}” or “{PLACES}” as kind of the output."
        )
    return True, LABELS


def _background_for(classes: Sequence[LandClass]) -> LandClass:
    """A class with a name and a code that the others leave free."""
    names, codes = {item.name for item in classes}, {item.code for item in classes}
    name = next(name for name in (BACKGROUND, *(f"{BACKGROUND} {n}" for n in range(2, 9999))) if name not in names)
    code = max(codes) + 1
    if code > LARGEST_CODE:
        code = next(number for number in range(1, LARGEST_CODE) if number not in codes)
    return LandClass(code, name, GREY)


def _unknown_values(card: ModelCard, normalisation: Normalisation) -> np.ndarray:
    """Float32 ``(variables,)``: what stands for a variable that was never observed, its usual value as far as known."""
    typical = normalisation.typical(len(card.variables))
    if typical is None:
        limits = [card.ranges.get(name) for name in card.variables]
        typical = np.array([(item.p1 + item.p99) / 2 if item else 0.0 for item in limits])
    return typical.astype(np.float32)


def _check_equal(model: ForeignModel, proto: object, values: np.ndarray, expected: np.ndarray) -> None:
    """Raise ChronocoverError unless the packaged model gives the original's probabilities."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(proto.SerializeToString(), options, providers=["CPUExecutionProvider"])
        found = np.concatenate([session.run([PROBABILITIES], {INPUT: patch[None]})[0] for patch in values])
        reason = "" if found.shape == expected.shape else f"it gives the shape {found.shape}"
        if not reason and not np.allclose(found, expected, atol=LARGEST_DIFFERENCE):
            reason = f"its probabilities differ by {np.abs(found - expected).max():.2g}"
    except Exception as error:  # ONNX Runtime's own exceptions have no common base
        reason = str(error).strip().splitlines()[0][:300]
    if reason:
        raise ChronocoverError(f"The model {model.path} does not give the same in a file with a card: {reason}.")


def _written(shape: Sequence[int | None]) -> str:
    return " × ".join(str(size or "any") for size in shape)
