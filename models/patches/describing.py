"""A segmentation network of another program in our form: normalisation, layout and a card around it, after a trial."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from onnx import helper

from ...core.errors import ChronocoverError
from ...core.feedback import Feedback
from ...core.labels.legend import LARGEST_CODE, LandClass, Legend
from ...core.provenance import Provenance
from ..card import KEY, SEGMENTATION, ModelCard
from ..describing import (
    CardFacts,
    DescribedModel,
    Reading,
    card_of,
    check_known,
    classes_of,
    normalisation_of,
)
from ..foreign import ForeignModel
from ..foreign_layout import Normalisation, choose_layout
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
from .lattice import PatchLattice
from .trial import USUAL_SIZE, PatchTrial, PatchWish, choose_lattice, probabilities_in_our_form, written

BACKGROUND = "background"
GREY = (190, 190, 190)
TRIED_PATCHES = 2
PART = 64  # pixels of the side of a large patch that are made up: all its numbers would take too much memory


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
    _check_channels_first(model, dates, variables)
    layout = choose_layout(model, dates, variables, reading.layout)
    normalisation = normalisation_of(model, reading.normalisation, layout, facts, feedback)
    classes = classes_of(model, facts.classes)
    trial = PatchTrial(model, normalisation, layout)
    lattice = choose_lattice(trial, dates, variables, wish)

    card = card_of(model, facts, classes, title, provenance)
    card = replace(card, kind=SEGMENTATION, patch={**lattice.as_card(), "pixel_size": _pixel_size(model)})
    values = _trial_patches(card)
    found = trial.run(values, np.array(facts.axis.days))
    if not found:
        raise ChronocoverError(
            f"The model {model.path} gives {model.describe_outputs()} for patches of {written(card.window)} pixels, "
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

    card = replace(card, legend=Legend(tuple(sorted(classes, key=lambda item: item.code))))
    return _described(model, card, trial, output, np.argsort(codes), values, probabilities, feedback)


def _described(
    model: ForeignModel,
    card: ModelCard,
    trial: PatchTrial,
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
        f"patches of {written(window)} pixels, which overlap by {lattice.rows.overlap} and {lattice.columns.overlap}."
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
    proto = package_patches(model, card, normalisation, layout, output, order, unknown)
    card = replace(card, patch={**card.patch, "work_bytes": working_memory(proto)})
    helper.set_model_props(proto, {KEY: card.to_json()})
    expected = probabilities[:, order].reshape(len(values), -1, len(order)).swapaxes(1, 2)
    expected = expected.reshape(len(values), len(order), *window)
    found = probabilities_in_our_form(model, proto, values, expected)
    return DescribedModel(card, proto, values[-1:], found[-1:])


def _check_task(model: ForeignModel) -> None:
    """Refuse what Deepness says is no segmentation."""
    task = model.deepness("model_type")
    if isinstance(task, str) and task.lower() != "segmentor":
        raise ChronocoverError(
            f"The model {model.path} is a {task.lower()} of the plugin Deepness. Only segmentations (Segmentor), which "
            "give each pixel a class, can be used."
        )


def _check_channels_first(model: ForeignModel, dates: int, variables: int) -> None:
    """Refuse (rows, columns, channels), and (dates, rows, columns, variables)."""
    fitting = {3: [(dates * variables,)], 4: [(dates, variables), (variables, dates)]}[len(model.shape)]
    as_it_is = any(_may_be(model.series_shape, shape) for shape in fitting)
    channels = (model.shape[-1],) if len(model.shape) == 3 else (model.shape[0], model.shape[-1])
    if not as_it_is and None not in channels and any(_may_be(channels, shape) for shape in fitting):
        raise ChronocoverError(
            f"The model {model.path} takes its channels last ({written(model.shape)}), but only models with channels "
            "before rows and columns can be used. Export it that way (tf2onnx: --inputs-as-nchw, --outputs-as-nchw)."
        )


def _may_be(taken: Sequence[int | None], shape: Sequence[int]) -> bool:
    return all(size in (None, wanted) for size, wanted in zip(taken, shape))


def _tell_about_deepness(model: ForeignModel, normalisation: Normalisation, feedback: Feedback) -> None:
    """What Deepness would do with the model and is not done here."""
    if model.deepness("model_type") and normalisation.factor == 1:
        feedback.info(
            "Deepness gives its models values from 0 to 1: bytes divided by 255. If the series has others, give the "
            "factor that makes them so, such as 0.0039216 for bytes."
        )
    for key, usual in (("seg_thresh", 0.5), ("seg_small_segment", 0)):
        value = model.deepness_number(key)
        if value not in (None, usual):
            feedback.info(f"Deepness’s {key} = {value:g} is not applied: a pixel gets its most probable class.")


def _pixel_size(model: ForeignModel) -> float:
    """Metres that Deepness says a pixel of the model has; 0 if it does not."""
    return max(0.0, model.deepness_number("resolution") or 0.0) / 100


def _trial_patches(card: ModelCard) -> np.ndarray:
    """Made-up patches of a segmentation, float32 ``(n, dates, variables, rows, columns)``.

    Large ones repeat a part, and have no gaps, whose filling within the graph takes ten times the memory of a patch.
    """
    sides = card.window
    if max(sides) <= USUAL_SIZE:
        return trial_series(card, TRIED_PATCHES)
    part = replace(card, patch={**card.patch, "size": [min(side, PART) for side in sides]})
    times = [-(-side // size) for side, size in zip(sides, part.window)]
    complete = trial_series(part, 2 * TRIED_PATCHES)[::2]
    return np.tile(complete, (1, 1, 1, *times))[..., : sides[0], : sides[1]]


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
    whole = "iuf" if kind == LABELS else "iu"
    labels = {number for array in arrays if array.dtype.kind in whole for number in np.unique(array).tolist()}
    if kind != AUTOMATIC or not labels:
        return kind == LABELS and 0 in labels, kind
    codes = {item.code for item in classes} | {0}
    if model.deepness_classes() or not labels <= codes:
        return False, PLACES
    if labels <= set(range(given)):
        raise ChronocoverError(
            f"The model {model.path} gives whole numbers, which can be the codes of the classes with 0 for the "
            f"background, or count the classes from 0. Choose “{LABELS}” or “{PLACES}” as kind of the output."
        )
    return 0 in labels, LABELS


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
