"""A model of another program in our form: gap filling, normalisation and a card around it, after a trial."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import onnx
import onnxruntime
from onnx import ModelProto, TensorProto, helper

from ..core.errors import ChronocoverError
from ..core.feedback import Feedback
from ..core.labels.legend import LandClass, Legend
from ..core.provenance import Provenance
from ..core.time_series.filling import fill_gaps
from .card import INPUT, PROBABILITIES, ModelCard, TimeAxis, VariableRange
from .foreign import ForeignModel
from .foreign_layout import AUTOMATIC as ANY_LAYOUT
from .foreign_layout import Normalisation, add_layout, choose_layout, lay_out
from .foreign_scores import AUTOMATIC as ANY_KIND
from .foreign_scores import ScoreOutput, check_own_labels, choose_output
from .gap_filling import NodeList
from .opsets import at_opset, opset_of
from .packaging import IR_VERSION, OPSET, OPSETS, package, save_model
from .trial_series import trial_series

FAMILY = "Foreign model"
SERIES = "values"
TRIED_SERIES = 300
LARGEST_DIFFERENCE = 1e-3


@dataclass(frozen=True)
class CardFacts:
    """What is known of a model's input and classes; empty: not known. ``classes`` are in the order of its output."""

    axis: TimeAxis | None = None
    variables: tuple[str, ...] = ()
    classes: tuple[LandClass, ...] = ()
    ranges: dict[str, VariableRange] = field(default_factory=dict)

    def or_else(self, other: CardFacts) -> CardFacts:
        """These, and where nothing is known the others'."""
        return CardFacts(
            self.axis or other.axis,
            self.variables or other.variables,
            self.classes or other.classes,
            {**other.ranges, **self.ranges},
        )

    @classmethod
    def of_card(cls, card: ModelCard) -> CardFacts:
        """What another model's card says."""
        return cls(card.time_axis, card.variables, card.legend.classes, card.ranges)

    @classmethod
    def of_values(cls, dates: Sequence[datetime.date], variables: Sequence[str], values: np.ndarray) -> CardFacts:
        """What a series or samples tell; ``values`` ``(…, variables)`` in physical units, NaN is missing."""
        flat, ranges = values.reshape(-1, len(variables)), {}
        for index, name in enumerate(variables):
            seen = flat[np.isfinite(flat[:, index]), index]
            if len(seen):
                low, high = np.percentile(seen, (1, 99))
                ranges[name] = VariableRange(float(low), float(high))
        return cls(TimeAxis.of_dates(list(dates)), tuple(variables), ranges=ranges)


@dataclass(frozen=True)
class Reading:
    """How a foreign model is to be read: names as in :mod:`.foreign_layout` and :mod:`.foreign_scores`."""

    layout: str = ANY_LAYOUT
    normalisation: Normalisation = field(default_factory=Normalisation)
    output_kind: str = ANY_KIND
    output_name: str = ""


@dataclass(frozen=True)
class DescribedModel:
    """A foreign model with its card; nothing is on disk yet.

    ``values`` float32 ``(n, dates, variables)`` are what it was tried on, ``expected`` ``(n, classes)`` what the
    original gave for them.
    """

    card: ModelCard
    proto: ModelProto
    values: np.ndarray
    expected: np.ndarray

    def save(self, path: str) -> int:
        """Write the model file and return its bytes. Raises as :func:`~.packaging.save_model`."""
        return save_model(path, self.proto, self.values, self.expected)


def describe_model(
    model: ForeignModel, facts: CardFacts, reading: Reading, title: str, provenance: Provenance, feedback: Feedback
) -> DescribedModel:
    """Put a foreign model into our form, and see on made-up series that it gives what the original gives.

    Args:
        model: the model.
        facts: its dates, variables and classes; classes may be missing where the file names them.
        reading: how its input is laid out and what its output means.
        title: for the card; empty: the name of the file.
        provenance: where the new file comes from.
        feedback: told how the model is read.

    Raises:
        ChronocoverError: something is not known, does not fit the model, or the model fails on trial.
    """
    classes = classes_of(model, facts.classes)
    if len(classes) < 2:
        raise ChronocoverError("A classifier needs at least two classes. Give all that it tells apart.")
    check_known(facts)
    dates, variables = len(facts.axis.days), len(facts.variables)
    layout = choose_layout(model, dates, variables, reading.layout)
    normalisation = normalisation_of(model, reading.normalisation, layout, facts, feedback)
    card = card_of(model, facts, classes, title, provenance)

    values = trial_series(card, TRIED_SERIES)
    filled = fill_gaps(values, np.array(facts.axis.days))
    found = model.run(lay_out(normalisation.apply(filled), layout))
    names, codes = [item.name for item in classes], [item.code for item in classes]
    output = choose_output(model, found, names, codes, reading.output_kind, reading.output_name)
    probabilities = output.probabilities(found[output.name], len(classes))
    check_own_labels(model, found, probabilities, names, codes)
    feedback.info(f"Input “{model.input_name}”: {layout}, {dates} dates × {variables} variables.")
    feedback.info(f"Output “{output.name}” is read as {output.kind}.")
    feedback.info("Classes in the order of the output: " + ", ".join(f"{item.code} {item.name}" for item in classes))

    order = np.argsort(codes)
    settings = {
        "layout": layout,
        "output": output.name,
        "output_kind": output.kind,
        "factor": normalisation.factor,
        "centre": list(normalisation.centre),
        "spread": list(normalisation.spread),
    }
    card.parameters.update(settings)
    proto = _packaged(model, card, normalisation, layout, output, order)
    expected = probabilities[:, order]
    _check_equal(model, proto, values, expected)
    return DescribedModel(card, proto, values, expected)


def check_known(facts: CardFacts) -> None:
    """Raise ChronocoverError unless dates and variables are known."""
    if facts.axis is None:
        raise ChronocoverError("The dates of the model are not known. Give them as text, by a series or by samples.")
    if not facts.variables:
        raise ChronocoverError("The variables of the model are not known. Give their names, a series or samples.")


def classes_of(model: ForeignModel, classes: Sequence[LandClass]) -> tuple[LandClass, ...]:
    """The classes in the order of the model's output: as the file names them, else as they were given.

    Raises ChronocoverError if neither tells them.
    """
    labels = model.class_labels
    if not classes:
        labels = model.deepness_classes() or labels
        if not labels:
            raise ChronocoverError(
                f"The classes of the model {model.path} are not known: the file does not name them. Give them in the "
                "order of its output, one a line."
            )
        classes = _classes_of_labels(labels)
    for by in ({item.name: item for item in classes}, {item.code: item for item in classes}):
        if len(labels) == len(by) and set(labels) == set(by):
            return tuple(by[label] for label in labels)
    return tuple(classes)


def _classes_of_labels(labels: Sequence[object]) -> tuple[LandClass, ...]:
    """A class for each label of a model, in their order; where they count from 0, “class 0” has the code 1."""
    if 0 in labels:
        return Legend.of_codes({f"class {label}": place for place, label in enumerate(labels, 1)}).classes
    by_name = {item.name: item for item in Legend.of_values(labels).classes}
    return tuple(by_name[str(label).strip()] for label in labels)


def normalisation_of(
    model: ForeignModel, given: Normalisation, layout: str, facts: CardFacts, feedback: Feedback
) -> Normalisation:
    """What was given, else what the plugin Deepness wrote into the file, if it can be used.

    Numbers a channel are in the order date by date then.
    """
    dates, variables = len(facts.axis.days), facts.variables
    means, deviations = model.deepness("standardization_mean"), model.deepness("standardization_std")
    if given.centre or (means is None and deviations is None):
        return given.by_date(layout, dates, len(variables))
    told = f"The file tells the means {means} and standard deviations {deviations}"
    try:
        found = Normalisation.of_numbers(given.factor, means, deviations, (), (), variables, dates)
    except (ChronocoverError, TypeError, ValueError):  # whatever somebody wrote there
        feedback.warning(f"{told}, which do not suit {len(variables)} variables: values are left as they are.")
        return given
    feedback.info(f"{told}: values are normalised by them.")
    return found.by_date(layout, dates, len(variables))


def _packaged(
    model: ForeignModel, card: ModelCard, normalisation: Normalisation, layout: str, output: ScoreOutput,
    order: np.ndarray,
) -> ModelProto:  # fmt: skip
    foreign = at_opset(model.proto, max(OPSET, opset_of(model.proto)), f"The model {model.path}")
    dates, variables = len(card.time_axis.days), len(card.variables)
    graph = onnx.compose.add_prefix_graph(foreign.graph, "model_")
    nodes = NodeList("read")
    shape = (-1, dates, variables)
    values = normalisation.add_to(nodes, SERIES, shape)
    values = add_layout(nodes, values, layout, shape, model.input_type)
    nodes.add("Identity", values, outputs=[f"model_{model.input_name}"])
    nodes.nodes.extend(graph.node)
    nodes.constants.extend(graph.initializer)
    scores = output.add_to(nodes, f"model_{output.name}", len(order))
    nodes.add("Gather", scores, nodes.constant(order.astype(np.int64)), axis=1, outputs=[PROBABILITIES])
    whole = helper.make_graph(
        nodes.nodes,
        "foreign",
        [helper.make_tensor_value_info(SERIES, TensorProto.FLOAT, ["n", dates, variables])],
        [helper.make_tensor_value_info(PROBABILITIES, TensorProto.FLOAT, ["n", None])],
        nodes.constants,
    )
    own = {item.domain: item.version for item in foreign.opset_import}
    imports = {**own, **{domain: max(version, own.get(domain, 0)) for domain, version in OPSETS.items()}}
    classifier = helper.make_model(
        whole, opset_imports=[helper.make_opsetid(*item) for item in imports.items()], ir_version=IR_VERSION
    )
    try:
        return package(classifier, card)
    except onnx.checker.ValidationError as error:
        raise ChronocoverError(
            f"The model {model.path} cannot be put into a file with a card ({str(error).splitlines()[0][:200]}). "
            f"Export it with opset {OPSET}."
        ) from error


def _check_equal(model: ForeignModel, proto: ModelProto, values: np.ndarray, expected: np.ndarray) -> None:
    """Raise ChronocoverError unless the packaged model gives the original's probabilities, at any number of series."""
    reason = ""
    try:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(proto.SerializeToString(), options, providers=["CPUExecutionProvider"])
        for size in (1, len(values)):
            found = session.run([PROBABILITIES], {INPUT: values[:size]})[0]
            if found.shape != expected[:size].shape:
                reason = f"it gives the shape {found.shape} for {size} series"
            elif not np.allclose(found, expected[:size], atol=LARGEST_DIFFERENCE):
                reason = f"its probabilities differ by {np.abs(found - expected[:size]).max():.2g}"
    except Exception as error:  # ONNX Runtime's own exceptions have no common base
        reason = str(error).strip().splitlines()[0][:300]
    if reason and model.rows is not None:
        raise ChronocoverError(
            f"The model {model.path} works on {model.rows} series at a time only. Export it with a dynamic batch "
            "dimension."
        )
    if reason:
        raise ChronocoverError(f"The model {model.path} does not give the same in a file with a card: {reason}.")


def card_of(
    model: ForeignModel, facts: CardFacts, classes: Sequence[LandClass], title: str, provenance: Provenance
) -> ModelCard:
    """The card of a foreign model, without how it is read."""
    import hashlib

    legend = Legend(tuple(sorted(classes, key=lambda land_class: land_class.code)))

    with open(model.path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    producer = f"{model.proto.producer_name} {model.proto.producer_version}".strip()
    return ModelCard(
        title=title or os.path.splitext(os.path.basename(model.path))[0],
        family=FAMILY,
        legend=legend,
        variables=facts.variables,
        time_axis=facts.axis,
        ranges={name: facts.ranges[name] for name in facts.variables if name in facts.ranges},
        training={
            "original_file": os.path.basename(model.path),
            "original_sha256": digest,
            "original_producer": producer or "unknown",
            "algorithm": provenance.algorithm,
            "algorithm_parameters": provenance.parameters,
        },
        versions={"onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__, **provenance.versions},
    )
