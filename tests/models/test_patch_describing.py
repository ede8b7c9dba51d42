"""Segmentation networks of other programs with a card of ours around them: what they take and give."""

import json

import numpy as np
import onnx
import onnxruntime
import pytest
from foreign_models import DATES, NAMES, VARIABLES, softmax
from onnx import TensorProto, helper
from patch_networks import convolution_weights, convolved, write_segmentation

from chronocover.core.errors import ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.peak_memory import PeakMemory
from chronocover.core.provenance import Provenance
from chronocover.core.time_series.filling import fill_gaps
from chronocover.models.card import INPUT, PROBABILITIES, TimeAxis, VariableRange
from chronocover.models.card_texts import parse_classes
from chronocover.models.describing import CardFacts, Reading
from chronocover.models.ensembles import combine
from chronocover.models.foreign import ForeignModel
from chronocover.models.foreign_layout import Normalisation
from chronocover.models.patches.describing import describe_patch_model
from chronocover.models.patches.graph import KEPT, SCATTERED, working_memory
from chronocover.models.patches.trial import PatchWish
from chronocover.models.session import ModelSession

AXIS = TimeAxis.of_dates(DATES)
FACTS = CardFacts(AXIS, VARIABLES, parse_classes("\n".join(NAMES)))
FLAT = {"layout": "flat date-major"}
UNLIKELY_FIRST = np.array([-1000, 0, 0, 0], np.float32).reshape(4, 1, 1)


class Log(Feedback):
    def __init__(self):
        self.lines = []

    def info(self, text):
        self.lines.append(text)


def described(path, facts=FACTS, wish=None, log=None, **reading):
    """The session of a network with its card."""
    wish = wish or PatchWish(16)
    model = describe_patch_model(
        ForeignModel.open(path), facts, Reading(**reading), wish, "", Provenance("test"), log or Log()
    )
    output = path.replace(".onnx", " with card.onnx")
    model.save(output)
    return ModelSession.open(output)


def patch(size=16, gaps=False, seed=3):
    """Float32 ``(dates, variables, size, size)``."""
    random = np.random.default_rng(seed)
    values = random.random((len(DATES), len(VARIABLES), size, size)).astype(np.float32)
    if gaps:
        values[random.random(values.shape) < 0.2] = np.nan
        values[1] = 0.4
    return values


def expected(values, weights):
    return softmax(convolved(values[None], weights))[0]


@pytest.mark.parametrize("kind", [np.float32, np.float16], ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(
    "layout", ["flat date-major", "flat variable-major", "dates by variables", "variables by dates"]
)
def test_layouts_and_number_types(layout, kind, tmp_path):
    weights = convolution_weights()
    path = write_segmentation(tmp_path / "m.onnx", weights, layout, 16, kind=kind)
    named = {"layout": layout} if layout.startswith("flat") else {}
    session = described(path, wish=PatchWish(), **named)
    assert session.card.parameters["layout"] == layout
    assert (session.card.kind, session.card.window, session.card.patch["overlap"]) == ("segmentation", (16, 16), [4, 4])
    tolerance = 1e-2 if kind == np.float16 else 1e-5
    np.testing.assert_allclose(session.segment(patch()), expected(patch(), weights), atol=tolerance)


def test_anyone_can_run_the_file_with_gaps_in_its_input(tmp_path):
    """Gaps are filled in time; a variable that was never observed is what is usual, here the middle of its range."""
    weights = convolution_weights()
    facts = CardFacts(AXIS, VARIABLES, FACTS.classes, {"nir": VariableRange(0.2, 0.6)})
    path = described(write_segmentation(tmp_path / "m.onnx", weights), facts, **FLAT).path
    values = patch(gaps=True)
    values[:, 1, 5, 6] = np.nan
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    found = session.run([PROBABILITIES], {INPUT: values[None]})[0][0]
    filled = fill_gaps(values.reshape(4, 3, -1).transpose(2, 0, 1), np.array(AXIS.days)).transpose(1, 2, 0)
    filled = np.where(np.isnan(filled), 0.4, filled).reshape(values.shape)
    np.testing.assert_allclose(found, expected(filled, weights), atol=1e-5)


def test_a_fixed_number_of_patches_at_a_time(tmp_path):
    weights = convolution_weights()
    session = described(write_segmentation(tmp_path / "m.onnx", weights, size=16, batch=4), wish=PatchWish(), **FLAT)
    np.testing.assert_allclose(session.segment(patch()), expected(patch(), weights), atol=1e-5)


def test_patches_that_are_no_squares(tmp_path):
    session = described(write_segmentation(tmp_path / "m.onnx", size=(8, 24)), wish=PatchWish(None, 30), **FLAT)
    assert session.card.patch["size"] == [8, 24] and session.card.patch["overlap"] == [3, 8]
    values = np.random.default_rng(1).random((4, 3, 8, 24)).astype(np.float32)
    np.testing.assert_allclose(session.segment(values), expected(values, convolution_weights()), atol=1e-5)


def test_kinds_of_output(tmp_path):
    weights = convolution_weights()
    scores = convolved(patch()[None], weights)[0]
    best = scores.argmax(axis=0)
    for end, kind in (("logits", "logits"), ("softmax", "probabilities"), ("both", "logits")):
        session = described(write_segmentation(tmp_path / f"{end}.onnx", weights, end=end), **FLAT)
        assert session.card.parameters["output_kind"] == kind
        np.testing.assert_allclose(session.segment(patch()), softmax(scores[None])[0], atol=1e-5)

    for number in (TensorProto.INT64, TensorProto.UINT8):
        path = write_segmentation(tmp_path / "labels.onnx", weights, end="labels", labels=number)
        session = described(path, output_kind="labels from 0", **FLAT)
        assert np.array_equal(session.segment(patch()), np.arange(3)[:, None, None] == best)

    pair = CardFacts(AXIS, VARIABLES, parse_classes("other, maïs"))
    session = described(write_segmentation(tmp_path / "one.onnx", weights, end="sigmoid"), pair, **FLAT)
    np.testing.assert_allclose(session.segment(patch())[1], 1 / (1 + np.exp(-scores[2])), atol=1e-5)


def test_a_class_more_than_were_given_is_the_background(tmp_path):
    """It gets a code of its own; the classes keep theirs."""
    weights = convolution_weights(4)
    facts = CardFacts(AXIS, VARIABLES, parse_classes("9 = maïs, 2 = forêt, 5 = background"))
    log = Log()
    session = described(write_segmentation(tmp_path / "m.onnx", weights), facts, log=log, **FLAT)
    legend = session.card.legend
    assert list(zip(legend.codes, legend.names)) == [(2, "forêt"), (5, "background"), (9, "maïs"), (10, "background 2")]
    assert any("the first is “background 2”" in line for line in log.lines)
    np.testing.assert_allclose(session.segment(patch()), expected(patch(), weights)[[2, 3, 1, 0]], atol=1e-5)

    one = CardFacts(AXIS, VARIABLES, parse_classes("7 = maïs"))
    session = described(write_segmentation(tmp_path / "one.onnx", weights, end="sigmoid"), one, **FLAT)
    assert list(zip(session.card.legend.codes, session.card.legend.names)) == [(7, "maïs"), (8, "background")]
    second = 1 / (1 + np.exp(-convolved(patch()[None], weights)[0, 3]))
    np.testing.assert_allclose(session.segment(patch()), np.stack([second, 1 - second]), atol=1e-5)

    coded = CardFacts(AXIS, VARIABLES, parse_classes("1 = a, 2 = b, 3 = c"))
    labels = write_segmentation(tmp_path / "labels.onnx", weights, end="labels")
    session = described(labels, coded, **FLAT)
    assert (
        session.card.legend.names == ["a", "b", "c", "background"]
        and session.card.parameters["output_kind"] == "labels"
    )
    best = convolved(patch()[None], weights)[0].argmax(axis=0)
    assert np.array_equal(session.segment(patch()).argmax(axis=0), (best - 1) % 4)


def test_normalisation_a_variable_and_a_channel(tmp_path):
    weights, values = convolution_weights(), patch() * 5
    random = np.random.default_rng(5)
    means, deviations = random.random(12).round(3), (random.random(12) + 0.5).round(3)
    for layout, shape in (("flat date-major", (4, 3)), ("flat variable-major", (3, 4))):
        by_date = [
            numbers.reshape(shape) if shape == (4, 3) else numbers.reshape(shape).T for numbers in (means, deviations)
        ]
        centre, spread = (numbers[..., None, None] for numbers in by_date)
        path = write_segmentation(tmp_path / "m.onnx", weights, layout)
        scaling = Normalisation.of_numbers(2.0, list(means), list(deviations), (), (), VARIABLES, len(DATES))
        session = described(path, layout=layout, normalisation=scaling)
        found = session.segment(values)
        np.testing.assert_allclose(found, expected((values * 2 - centre) / spread, weights), atol=1e-4)
    scaling = Normalisation.of_numbers(1.0, (), (), (0, 1, 2), (4, 5, 6), VARIABLES, len(DATES))
    session = described(write_segmentation(tmp_path / "v.onnx", weights), normalisation=scaling, **FLAT)
    low = np.array([0, 1, 2])[:, None, None]
    np.testing.assert_allclose(session.segment(values), expected((values - low) / 4, weights), atol=1e-4)
    values[:, 2, 3, 3] = np.nan
    filled = np.where(np.isnan(values), 4, values)  # the middle of 2 and 6
    np.testing.assert_allclose(session.segment(values), expected((filled - low) / 4, weights), atol=1e-4)


def test_what_deepness_wrote_is_a_default(tmp_path):
    metadata = {
        "model_type": json.dumps("Segmentor"),
        "class_names": json.dumps([{"0": "other", "1": "été", "2": "water"}]),
        "tile_size": json.dumps(24),
        "tiles_overlap": json.dumps(40),
        "standardization_mean": json.dumps([0.1, 0.2, 0.3]),
        "standardization_std": json.dumps([1, 2, 3]),
        "resolution": json.dumps(1000),
        "seg_thresh": json.dumps(0.7),
    }
    weights, log = convolution_weights(), Log()
    path = write_segmentation(tmp_path / "m.onnx", weights, metadata=metadata)
    session = described(path, CardFacts(AXIS, VARIABLES), PatchWish(), log, **FLAT)
    card = session.card
    assert card.legend.names == ["other", "water", "été"]  # by code, in alphabetical order
    assert card.patch["size"] == [24, 24] and card.patch["overlap"] == [10, 10] and card.patch["pixel_size"] == 10
    assert card.parameters["centre"] == [0.1, 0.2, 0.3] and card.parameters["spread"] == [1, 2, 3]
    assert any("seg_thresh = 0.7 is not applied" in line for line in log.lines)
    assert any("bytes divided by 255" in line for line in log.lines)
    centre, spread = np.array([0.1, 0.2, 0.3])[:, None, None], np.array([1, 2, 3])[:, None, None]
    found = session.segment(patch(24))
    np.testing.assert_allclose(found, expected((patch(24) - centre) / spread, weights)[[0, 2, 1]], atol=1e-5)
    given = described(path, FACTS, PatchWish(32, 0), **FLAT)
    assert given.card.patch["size"] == [32, 32] and given.card.patch["overlap"] == [0, 0]
    assert given.card.legend.names == list(NAMES)


def test_the_memory_of_a_graph_counts_what_its_branches_read():
    """Values wait for a branch that reads them, and what it gives is made twice."""
    numbers = helper.make_tensor_value_info("large", TensorProto.FLOAT, [1000])
    branches = {
        f"{name}_branch": helper.make_graph(
            [helper.make_node("Identity", ["copy"], [name])],
            name, [], [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1000])],
        )
        for name in ("then", "else")
    }  # fmt: skip
    nodes = [
        helper.make_node("Neg", ["large"], ["copy"]),
        helper.make_node("ReduceSum", ["large"], ["sum"], keepdims=0),
        helper.make_node("IsNaN", ["sum"], ["gaps"]),
        helper.make_node("If", ["gaps"], ["filled"], **branches),
    ]
    filled = helper.make_tensor_value_info("filled", TensorProto.FLOAT, [1000])
    graph = helper.make_graph(nodes, "filling", [numbers], [filled])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    onnx.checker.check_model(model)
    needed = 4000 + 4000 + 1 + 4000  # the copy, what a branch gives, the condition, that again
    assert working_memory(model) == int(needed * SCATTERED) + KEPT


def test_large_patches_are_tried_in_little_memory(tmp_path):
    """Of 23 MB each; made up as a whole, and with gaps to fill, they took 20 times as much."""
    variables = tuple(f"v{number}" for number in range(30))
    path = write_segmentation(tmp_path / "m.onnx", convolution_weights(variables=30))
    facts = CardFacts(AXIS, variables, FACTS.classes)
    described(path, facts, PatchWish(16), **FLAT)  # loads compiled steps
    memory = PeakMemory()
    card = described(path, facts, PatchWish(220), **FLAT).card
    if memory.megabytes() is None:
        pytest.skip("this system does not tell how much memory a process takes")
    assert card.patch["size"] == [220, 220] and memory.megabytes() < 15 * 23


def test_numbers_that_somebody_wrote_as_texts(tmp_path):
    """Deepness itself reads them so."""
    metadata = {"tile_size": '"24"', "tiles_overlap": '"50"', "resolution": '"1000"', "seg_thresh": '"much"'}
    card = described(write_segmentation(tmp_path / "m.onnx", metadata=metadata), wish=PatchWish(), **FLAT).card
    assert (card.patch["size"], card.patch["overlap"], card.patch["pixel_size"]) == ([24, 24], [12, 12], 10)


def test_half_precision_may_round_otherwise_in_a_few_pixels(tmp_path):
    """Scores of thousands: where two classes are close, one step of the rounding is a lot of probability."""
    random, weights = np.random.default_rng(2), convolution_weights() * 1000
    weights[1] = weights[0] + random.normal(size=weights[0].shape) * 20
    path = write_segmentation(tmp_path / "m.onnx", weights, kind=np.float16, end="softmax")
    found = described(path, **FLAT).segment(patch()).argmax(axis=0)
    assert np.mean(found == convolved(patch()[None], weights)[0].argmax(axis=0)) > 0.9


def test_labels_that_never_are_0_make_no_background(tmp_path):
    """A network that gives the codes of the classes, from 1 on."""
    path = write_segmentation(tmp_path / "m.onnx", convolution_weights(4), bias=UNLIKELY_FIRST, end="labels")
    for kind in ("labels", "automatic"):
        coded = CardFacts(AXIS, VARIABLES, parse_classes("1 = a, 2 = b, 3 = c"))
        assert described(path, coded, output_kind=kind, **FLAT).card.legend.names == ["a", "b", "c"]


def test_classes_as_python_writes_them(tmp_path):
    path = write_segmentation(tmp_path / "m.onnx", metadata={"names": "{0: 'a', 1: 'b', 2: 'c'}"})
    assert described(path, CardFacts(AXIS, VARIABLES), **FLAT).card.legend.names == ["a", "b", "c"]


def test_sizes_that_a_network_cannot_halve(tmp_path):
    path = write_segmentation(tmp_path / "m.onnx", halvings=3)
    with pytest.raises(ChronocoverError, match="cannot be run on patches of 20 × 20 pixels, but on 24 × 24"):
        described(path, wish=PatchWish(20), **FLAT)
    assert described(path, wish=PatchWish(), **FLAT).card.window == (128, 128)


@pytest.mark.parametrize(
    ("network", "reading", "message"),
    [
        ({"halvings": 1, "keep_small": True}, {}, "gives maps of 8 × 8 pixels for patches of 16 × 16"),
        ({"end": "whole"}, {}, "but no map: a class for a whole patch of 16 × 16 pixels"),
        ({"size": 24}, {}, "takes patches of 24 × 24 pixels, not of 16 × 16"),
        ({"weights": convolution_weights(6)}, {}, "does not fit 3 classes"),
        ({"weights": convolution_weights(3, dates=5)}, {}, "takes 15 values a series, but the card says 4 dates × 3"),
        ({}, {"layout": "automatic"}, "can be flat date-major or flat variable-major"),
        ({"metadata": {"model_type": '"Detector"'}}, {}, "is a detector of the plugin Deepness"),
        ({"end": "labels"}, {}, "codes of the classes with 0 for the background, or count the classes from 0"),
        ({}, {"output_kind": "labels"}, "gives scores: .* but no labels. Choose “automatic”"),
    ],
)
def test_what_cannot_be_used_is_refused(network, reading, message, tmp_path):
    coded = parse_classes("1 = a, 2 = b, 3 = c") if network.get("end") == "labels" else FACTS.classes
    path = write_segmentation(tmp_path / "m.onnx", **network)
    with pytest.raises(ChronocoverError, match=message):
        described(path, CardFacts(AXIS, VARIABLES, coded), **{**FLAT, **reading})


@pytest.mark.parametrize("shape", [["n", 16, 16, 12], ["n", 4, 16, 16, 3], ["n", 3, 16, 16, 4]])
def test_channels_last_are_refused(shape, tmp_path):
    proto = onnx.load(write_segmentation(tmp_path / "m.onnx"))
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)
    last = helper.make_tensor_value_info("last", TensorProto.FLOAT, None)
    proto.graph.CopyFrom(helper.make_graph([helper.make_node("Identity", ["image"], ["last"])], "", [image], [last]))
    onnx.save(proto, str(tmp_path / "last.onnx"))
    with pytest.raises(ChronocoverError, match="takes its channels last"):
        described(str(tmp_path / "last.onnx"))


def test_other_steps_refuse_it(tmp_path):
    session = described(write_segmentation(tmp_path / "m.onnx"), **FLAT)
    with pytest.raises(ChronocoverError, match="is a segmentation of patches, which cannot be combined"):
        combine([session.path, session.path], [1, 1], Provenance("test"))
