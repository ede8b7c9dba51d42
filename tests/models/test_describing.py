"""Models of other programs with a card of ours around them."""

import json
import shutil

import numpy as np
import onnx
import onnxruntime
import pytest
from foreign_models import DATES, NAMES, VARIABLES, expected_scores, softmax, weights_of, write_foreign
from onnx import TensorProto, helper
from skl2onnx import to_onnx
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from chronocover.core.errors import ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.labels.legend import LandClass
from chronocover.core.provenance import Provenance
from chronocover.core.time_series.filling import fill_gaps
from chronocover.models.card import TimeAxis, VariableRange
from chronocover.models.card_texts import parse_classes, parse_dates, parse_names, parse_numbers
from chronocover.models.describing import CardFacts, Reading, describe_model
from chronocover.models.ensembles import combine
from chronocover.models.foreign import ForeignModel
from chronocover.models.foreign_layout import LAYOUTS, Normalisation
from chronocover.models.session import ModelSession

CLASSES = parse_classes("\n".join(NAMES))
FACTS = CardFacts(TimeAxis.of_dates(DATES), VARIABLES, CLASSES)
TEXTS = CardFacts(TimeAxis.of_dates(DATES), VARIABLES)


def described(path, facts=FACTS, name="described.onnx", **reading):
    """The session of a foreign model with its card."""
    model = describe_model(ForeignModel.open(path), facts, Reading(**reading), "", Provenance("test"), Feedback())
    output = path.replace(".onnx", "") + name
    model.save(output)
    return ModelSession.open(output)


def series(count=80, gaps=True, seed=2):
    random = np.random.default_rng(seed)
    values = random.random((count, len(DATES), len(VARIABLES))).astype(np.float32)
    if gaps:
        values[random.random(values.shape) < 0.2] = np.nan
        values[:, 1] = 0.5  # so that each variable is seen
    return values


def filled(values):
    return fill_gaps(values, np.array(FACTS.axis.days))


@pytest.mark.parametrize("layout", LAYOUTS[1:])
@pytest.mark.parametrize("kind", [np.float32, np.float64, np.float16], ids=lambda kind: kind.__name__)
def test_layouts_and_number_types(layout, kind, tmp_path):
    session = described(write_foreign(tmp_path / "m.onnx", layout=layout, kind=kind), layout=layout)
    values = series()
    values[3] = np.nan
    labels, found = session.predict(values)
    expected = softmax(expected_scores(filled(values), weights_of()))
    tolerance = 5e-3 if kind == np.float16 else 1e-6
    np.testing.assert_allclose(found, expected, atol=tolerance)
    assert labels[3] == 0 and set(np.delete(labels, 3)) <= {1, 2, 3}


@pytest.mark.parametrize("layout", ["dates by variables", "variables by dates"])
def test_the_shape_tells_the_layout(layout, tmp_path):
    session = described(write_foreign(tmp_path / "m.onnx", layout=layout))
    assert session.card.parameters["layout"] == layout


def test_a_shape_that_does_not_tell_the_layout_is_asked_about(tmp_path):
    path = write_foreign(tmp_path / "m.onnx")
    with pytest.raises(ChronocoverError, match="takes 12 values a series, which can be flat date-major or flat var"):
        described(path)
    one = CardFacts(TimeAxis.of_dates(DATES * 1), ("ndvi",), CLASSES)
    single = write_foreign(tmp_path / "one.onnx", weights=weights_of()[:, :1])
    assert described(single, one).card.parameters["layout"] == "flat date-major"  # one variable: both are the same


@pytest.mark.parametrize(
    ("end", "found"),
    [("softmax", "probabilities"), ("logits", "logits"), ("column", "probabilities"), ("both", "probabilities")],
)
def test_kinds_of_scores(end, found, tmp_path):
    session = described(write_foreign(tmp_path / "m.onnx", end=end), layout="flat date-major")
    assert session.card.parameters["output_kind"] == found
    values = series()
    expected = softmax(expected_scores(filled(values), weights_of()))
    np.testing.assert_allclose(session.predict(values)[1], expected, atol=1e-6)


def test_one_number_for_two_classes(tmp_path):
    weights = weights_of(1)
    path = write_foreign(tmp_path / "m.onnx", weights=weights, end="sigmoid")
    two = CardFacts(FACTS.axis, VARIABLES, parse_classes("other, crop"))
    values = series()
    crop = 1 / (1 + np.exp(-expected_scores(filled(values), weights)))
    found = described(path, two, layout="flat date-major").predict(values)[1]
    np.testing.assert_allclose(found, np.hstack([1 - crop, crop]), atol=1e-6)
    path = write_foreign(tmp_path / "logit.onnx", weights=weights, end="logits")
    found = described(path, two, layout="flat date-major").predict(values)[1]
    np.testing.assert_allclose(found, np.hstack([1 - crop, crop]), atol=1e-6)


def test_labels_only(tmp_path):
    values = series()
    best = expected_scores(filled(values), weights_of()).argmax(axis=1)
    texts = described(write_foreign(tmp_path / "t.onnx", end="texts"), layout="flat date-major")
    labels, found = texts.predict(values)
    assert np.array_equal(labels, best + 1) and np.array_equal(found, np.eye(3)[best])
    path = write_foreign(tmp_path / "n.onnx", end="label")
    facts = CardFacts(FACTS.axis, VARIABLES, parse_classes("9 = maïs, 4 = blé, 2 = forêt"))
    labels = described(path, facts, layout="flat date-major").predict(values)[0]
    assert np.array_equal(labels, np.array([9, 4, 2])[best])
    assert np.array_equal(
        described(path, layout="flat date-major", output_kind="labels from 0").predict(values)[0], best + 1
    )
    with pytest.raises(ChronocoverError, match="gives the label “0”, which is not among the classes"):
        described(path, layout="flat date-major", output_kind="labels")


def test_labels_that_may_be_codes_or_places_are_asked_about(tmp_path):
    weights = weights_of()
    weights[..., 0] -= 50  # the first class never wins
    path = write_foreign(tmp_path / "m.onnx", weights=weights, end="label")
    with pytest.raises(ChronocoverError, match="codes of the classes or count them from 0"):
        described(path, layout="flat date-major")
    labels = described(path, layout="flat date-major", output_kind="labels from 0").predict(series())[0]
    assert np.array_equal(labels, expected_scores(filled(series()), weights).argmax(axis=1) + 1)


def test_codes_in_any_order(tmp_path):
    """The columns of the file are in the order of the output, the card's legend in that of the codes."""
    facts = CardFacts(FACTS.axis, VARIABLES, parse_classes("30 = maïs #aabbcc\n5 = blé\n7 = forêt"))
    session = described(write_foreign(tmp_path / "m.onnx"), facts, layout="flat date-major")
    assert [(c.code, c.name) for c in session.card.legend.classes] == [(5, "blé"), (7, "forêt"), (30, "maïs")]
    assert session.card.legend.classes[2].color == (0xAA, 0xBB, 0xCC)
    values = series()
    expected = softmax(expected_scores(filled(values), weights_of()))
    labels, found = session.predict(values)
    np.testing.assert_allclose(found, expected[:, [1, 2, 0]], atol=1e-6)
    assert np.array_equal(labels, np.array([30, 5, 7])[expected.argmax(axis=1)])


def test_normalisation_and_units(tmp_path):
    path = write_foreign(tmp_path / "m.onnx", end="logits")
    cases = (
        ((10, [1, 2, 3], [2, 3, 4], [], []), lambda x: (x * 10 - [1, 2, 3]) / [2, 3, 4]),
        ((1, [], [], [0.1], [0.6, 0.7, 0.9]), lambda x: (x - 0.1) / [0.5, 0.6, 0.8]),
    )
    for number, (given, applied) in enumerate(cases):
        normalisation = Normalisation.of_numbers(*given, VARIABLES)
        session = described(path, name=f"{number}.onnx", layout="flat date-major", normalisation=normalisation)
        values = series()
        expected = softmax(expected_scores(applied(filled(values)), weights_of()))
        np.testing.assert_allclose(session.predict(values)[1], expected, atol=1e-5)


def test_what_deepness_wrote_is_a_default(tmp_path):
    metadata = {
        "class_names": json.dumps({"0": "maïs", "2": "forêt", "1": "blé d'hiver"}),
        "standardization_mean": json.dumps([0.1, 0.2, 0.3]),
        "standardization_std": json.dumps([0.5, 0.6, 0.7]),
    }
    session = described(write_foreign(tmp_path / "m.onnx", metadata=metadata), TEXTS, layout="flat date-major")
    values = series()
    expected = softmax(expected_scores((filled(values) - [0.1, 0.2, 0.3]) / [0.5, 0.6, 0.7], weights_of()))
    order = [NAMES.index(name) for name in session.card.legend.names]
    np.testing.assert_allclose(session.predict(values)[1], expected[:, order], atol=1e-5)


@pytest.mark.parametrize(
    ("means", "deviations"),
    [
        ('["a", "b", "c"]', "[1, 1, 1]"), ("[null, 0, 0]", "[1, 1, 1]"), ("[[0], [0], [0]]", "[1, 1, 1]"),
        ("[NaN, 0, 0]", "[1, 1, 1]"), ("[0, 0, 0]", "[0, 1, 1]"), ("[0, 0]", "[1, 1]"), ('{"a": 1}', "[1]"), ("3", "2"),
        ("[0, 0, 0]", ""),
    ],
)  # fmt: skip
def test_normalisation_of_deepness_that_cannot_be_used_is_said_and_left_aside(means, deviations, tmp_path):
    said = []

    class Log(Feedback):
        def warning(self, text):
            said.append(text)

    path = write_foreign(
        tmp_path / "m.onnx", metadata={"standardization_mean": means, "standardization_std": deviations}
    )
    model = describe_model(
        ForeignModel.open(path), FACTS, Reading(layout="flat date-major"), "", Provenance("test"), Log()
    )
    assert model.card.parameters["centre"] == []
    assert len(said) == 1 and "do not suit 3 variables: values are left as they are" in said[0]


def test_one_mean_of_deepness_stands_for_all_variables(tmp_path):
    metadata = {"standardization_mean": "[0.1]", "standardization_std": "[2]"}
    session = described(write_foreign(tmp_path / "m.onnx", metadata=metadata), layout="flat date-major")
    assert session.card.parameters["centre"] == [0.1] * 3


@pytest.mark.parametrize(
    "names",
    [
        '["a", "b", "c"]', '{"0": "", "1": "b", "2": "c"}', '{"²": "a", "1": "b", "2": "c"}', "3", "{}", '{"0": "a"',
        '{"0": "a", "1": "a", "2": "b"}', '{"1": "a", "2": "b", "3": "c"}', '{"0": "a", "00": "b", "1": "c"}',
    ],
)  # fmt: skip
def test_class_names_of_deepness_that_cannot_be_used_are_asked_for(names, tmp_path):
    path = write_foreign(tmp_path / "m.onnx", metadata={"class_names": names})
    with pytest.raises(ChronocoverError, match="the file does not name them"):
        described(path, TEXTS, layout="flat date-major")


def test_classes_that_count_from_0_keep_their_order(tmp_path):
    """The eleventh is not the third, as it would be by the alphabet."""
    values = np.random.default_rng(1).random((240, 12)).astype(np.float32)
    forest = RandomForestClassifier(5, random_state=1).fit(values, np.arange(240) % 12)
    path = tmp_path / "m.onnx"
    path.write_bytes(to_onnx(forest, values[:1], options={"zipmap": False}, target_opset=17).SerializeToString())
    legend = described(str(path), TEXTS, layout="flat date-major").card.legend
    assert list(zip(legend.codes, legend.names)) == [(number + 1, f"class {number}") for number in range(12)]


@pytest.mark.parametrize("opset", [13, 18, 21])
def test_opsets_older_and_newer_than_ours(opset, tmp_path):
    session = described(write_foreign(tmp_path / "m.onnx", end="column", opset=opset), layout="flat date-major")
    versions = {item.domain: item.version for item in onnx.load(session.path).opset_import}
    assert versions[""] == max(17, opset)
    values = series()
    expected = softmax(expected_scores(filled(values), weights_of()))
    np.testing.assert_allclose(session.predict(values)[1], expected, atol=1e-6)
    assert session.predict(series()[:1])[1].shape == (1, 3)


def test_models_of_different_programs_in_one_ensemble(tmp_path):
    new = described(write_foreign(tmp_path / "new.onnx", opset=21, end="logits"), layout="flat date-major")
    old = described(write_foreign(tmp_path / "old.onnx", weights=weights_of(seed=1)), layout="flat date-major")
    combine([new.path, old.path], [1, 1], Provenance()).save(str(tmp_path / "e.onnx"))
    values = series()
    expected = (new.predict(values)[1] + old.predict(values)[1]) / 2
    np.testing.assert_allclose(ModelSession.open(str(tmp_path / "e.onnx")).predict(values)[1], expected, atol=1e-6)


def test_weights_in_a_file_of_their_own(tmp_path):
    path = write_foreign(tmp_path / "m.onnx", external=True)
    session = described(path, layout="flat date-major")
    shutil.move(tmp_path / "weights.bin", tmp_path / "elsewhere")
    assert ModelSession.open(session.path).predict(series())[1].shape == (80, 3)  # the weights are inside now
    with pytest.raises(ChronocoverError, match="external data are not beside it"):
        described(path, layout="flat date-major")


def test_a_model_of_one_series_at_a_time(tmp_path):
    """The number of series is only written into the shapes: then it can be any."""
    session = described(write_foreign(tmp_path / "m.onnx", rows=1, layout="dates by variables"))
    values = series()
    expected = softmax(expected_scores(filled(values), weights_of()))
    np.testing.assert_allclose(session.predict(values)[1], expected, atol=1e-6)
    for rows in (1, 4):
        path = write_foreign(tmp_path / f"{rows}.onnx", rows=rows, layout="dates by variables", bake_rows=True)
        with pytest.raises(ChronocoverError, match=f"works on {rows} series at a time only"):
            described(path)


def learnt(estimator, labels=None, options=None, **changes):
    """A fitted scikit-learn classifier, as its converter writes it."""
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import FloatTensorType

    values = series(300, gaps=False, seed=5)
    targets = expected_scores(values, weights_of()).argmax(axis=1)
    labels = np.array(NAMES) if labels is None else np.array(labels)
    estimator.fit(values.reshape(300, -1), labels[targets])
    features = [("X", FloatTensorType([None, values[0].size]))]
    return estimator, convert_sklearn(estimator, initial_types=features, options=options, **changes)


@pytest.mark.parametrize(
    "estimator",
    [
        RandomForestClassifier(10, random_state=0),
        make_pipeline(StandardScaler(), LogisticRegression()),
        MLPClassifier((8,), max_iter=60, random_state=0),
        make_pipeline(StandardScaler(), SVC(probability=True, random_state=0)),
    ],
    ids=["forest", "logistic", "network", "svm"],
)
@pytest.mark.parametrize("zipmap", [True, False])
@pytest.mark.filterwarnings("ignore")
def test_scikit_learn(estimator, zipmap, tmp_path):
    """Classes are matched by the names in the file, whatever the order that they are given in."""
    fitted, model = learnt(estimator, options={"zipmap": zipmap})
    onnx.save(model, str(tmp_path / "m.onnx"))
    alphabetical = CardFacts(FACTS.axis, VARIABLES, parse_classes("\n".join(sorted(NAMES))))
    session = described(str(tmp_path / "m.onnx"), alphabetical, layout="flat date-major")
    values = series()
    expected = fitted.predict_proba(filled(values).reshape(len(values), -1))
    np.testing.assert_allclose(session.predict(values)[1], expected, atol=1e-5)
    assert session.card.legend.names == sorted(NAMES)


@pytest.mark.filterwarnings("ignore")
def test_the_file_names_its_classes(tmp_path):
    from_zero = ["class 0", "class 1", "class 2"]
    for labels, names in ((NAMES, sorted(NAMES)), ([3, 1, 40], ["1", "3", "40"]), ([0, 1, 2], from_zero)):
        fitted, model = learnt(RandomForestClassifier(5, random_state=0), labels)
        onnx.save(model, str(tmp_path / "m.onnx"))
        session = described(str(tmp_path / "m.onnx"), TEXTS, layout="flat date-major")
        assert session.card.legend.names == names
        values = filled(series())
        expected = fitted.predict_proba(values.reshape(len(values), -1))
        np.testing.assert_allclose(session.predict(values)[1], expected, atol=1e-5)
    with pytest.raises(ChronocoverError, match="not known: the file does not name them"):
        described(write_foreign(tmp_path / "n.onnx"), TEXTS, layout="flat date-major")


@pytest.mark.filterwarnings("ignore")
def test_classes_in_an_order_that_the_file_contradicts(tmp_path):
    """The names are not in the graph's classifier node, but the label beside the probabilities tells."""
    _, model = learnt(MLPClassifier((8,), max_iter=60, random_state=0), options={"zipmap": False})
    onnx.save(model, str(tmp_path / "m.onnx"))
    wrong = CardFacts(FACTS.axis, VARIABLES, parse_classes("\n".join(sorted(NAMES)[::-1])))
    with pytest.raises(ChronocoverError, match=r"itself calls class .* of its output"):
        described(str(tmp_path / "m.onnx"), wrong, layout="flat date-major")


@pytest.mark.filterwarnings("ignore")
def test_foreign_trees_run_compiled_only_if_they_are_like_ours(tmp_path):
    """Text classes, other modes and softmax behind the trees go through ONNX Runtime, with the right result."""
    fitted, model = learnt(RandomForestClassifier(10, random_state=0), [2, 5, 9], {"zipmap": False})
    numbers = CardFacts(FACTS.axis, VARIABLES, parse_classes("2 = a, 5 = b, 9 = c"))
    values = filled(series())
    expected = fitted.predict_proba(values.reshape(len(values), -1))
    onnx.save(model, str(tmp_path / "plain.onnx"))
    session = described(str(tmp_path / "plain.onnx"), numbers, layout="flat date-major")
    np.testing.assert_allclose(session.predict(values)[1], expected, atol=1e-5)
    (trees,) = [node for node in model.graph.node if node.op_type == "TreeEnsembleClassifier"]
    for attribute in trees.attribute:
        if attribute.name == "post_transform":
            attribute.s = b"SOFTMAX"
    onnx.save(model, str(tmp_path / "softmax.onnx"))
    session = described(str(tmp_path / "softmax.onnx"), numbers, layout="flat date-major")
    np.testing.assert_allclose(session.predict(values)[1], softmax(expected), atol=1e-5)


def test_a_pytorch_network(tmp_path):
    torch = pytest.importorskip("torch")

    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.convolution = torch.nn.Conv1d(len(VARIABLES), 6, 3, padding=1)
            self.memory = torch.nn.LSTM(6, 5, batch_first=True, bidirectional=True)
            self.head = torch.nn.Linear(10, len(NAMES))

        def forward(self, series):
            states, _ = self.memory(torch.relu(self.convolution(series)).transpose(1, 2))
            return self.head(states[:, -1])

    torch.manual_seed(0)
    network, path = Network().eval(), str(tmp_path / "m.onnx")
    example = torch.zeros(2, len(VARIABLES), len(DATES))
    names = {"input_names": ["series"], "output_names": ["scores"], "opset_version": 17, "dynamo": False}
    torch.onnx.export(network, (example,), path, dynamic_axes={"series": {0: "n"}}, **names)
    session = described(path)
    assert session.card.parameters["layout"] == "variables by dates"
    values = series()
    with torch.no_grad():
        expected = torch.softmax(network(torch.from_numpy(filled(values).transpose(0, 2, 1).copy())), 1).numpy()
    np.testing.assert_allclose(session.predict(values)[1], expected, atol=1e-5)


def other_graph(path, inputs, output=("y", TensorProto.FLOAT, ["n", 3])):
    nodes = [helper.make_node("Identity", [inputs[0][0]], [output[0]])]
    values = [helper.make_tensor_value_info(*item) for item in inputs]
    graph = helper.make_graph(nodes, "other", values, [helper.make_tensor_value_info(*output)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, str(path))
    return str(path)


def test_what_cannot_be_described(tmp_path):
    number = TensorProto.FLOAT
    deep = other_graph(tmp_path / "d.onnx", [("x", number, ["n", 1, 2, 3, 4, 5])], ("y", number, ["n", 1, 2, 3, 4, 5]))
    two = other_graph(tmp_path / "t.onnx", [("x", number, ["n", 3]), ("z", number, ["n", 3])])
    whole = other_graph(tmp_path / "w.onnx", [("x", TensorProto.INT64, ["n", 3])], ("y", TensorProto.INT64, ["n", 3]))
    unshaped, newer = (onnx.load(write_foreign(tmp_path / f"{name}.onnx")) for name in ("unshaped", "newer"))
    unshaped.graph.input[0].type.tensor_type.ClearField("shape")
    onnx.save(unshaped, str(tmp_path / "unshaped.onnx"))
    newer.opset_import[0].version = 99
    onnx.save(newer, str(tmp_path / "newer.onnx"))
    (tmp_path / "noise.onnx").write_bytes(np.arange(999, dtype=np.uint8).tobytes())
    (tmp_path / "empty.onnx").write_bytes(b"")
    ours = described(write_foreign(tmp_path / "m.onnx"), layout="flat date-major").path
    for path, message in (
        (deep, "takes an input any × 1 × 2 × 3 × 4 × 5. A model of pixel series takes"),
        (two, r"takes 2 inputs \(x, z\)"),
        (whole, "not numbers with decimals"),
        (str(tmp_path / "unshaped.onnx"), "does not tell the shape of its input"),
        (str(tmp_path / "newer.onnx"), "written in opset 99, newer than"),
        (str(tmp_path / "noise.onnx"), "not an ONNX model"),
        (str(tmp_path / "empty.onnx"), "not an ONNX model"),
        (str(tmp_path / "no.onnx"), "There is no model file"),
        (ours, "has a card already"),
    ):
        with pytest.raises(ChronocoverError, match=message):
            ForeignModel.open(path)


def test_what_does_not_fit_the_card(tmp_path):
    path = write_foreign(tmp_path / "m.onnx", layout="dates by variables")
    texts = write_foreign(tmp_path / "l.onnx", end="logits")
    flat = {"layout": "flat date-major"}
    for file, facts, reading, message in (
        (path, CardFacts(FACTS.axis, ("red",), CLASSES), {}, "takes 4 × 3 values a series, but the card says 4"),
        (path, FACTS, {"layout": "variables by dates"}, "is not the layout “variables by dates” of 4 dates × 3"),
        (path, CardFacts(FACTS.axis, VARIABLES, CLASSES[:2]), {}, "does not fit 2 classes"),
        (path, CardFacts(None, VARIABLES, CLASSES), {}, "dates of the model are not known"),
        (path, CardFacts(FACTS.axis, (), CLASSES), {}, "variables of the model are not known"),
        (path, CardFacts(FACTS.axis, VARIABLES, CLASSES[:1]), {}, "at least two classes"),
        (path, FACTS, {"output_name": "scores"}, "has no output “scores”. It has output_1"),
        (texts, FACTS, {**flat, "output_kind": "probabilities"}, "holds no probabilities"),
    ):  # fmt: skip
        with pytest.raises(ChronocoverError, match=message):
            described(file, facts, **reading)


def test_scores_between_0_and_1_that_are_no_probabilities(tmp_path):
    path = write_foreign(tmp_path / "m.onnx", end="sigmoid")
    with pytest.raises(ChronocoverError, match="its sums do not make 1"):
        described(path, layout="flat date-major")
    values = series()
    scores = 1 / (1 + np.exp(-expected_scores(filled(values), weights_of())))
    session = described(path, layout="flat date-major", output_kind="logits")
    np.testing.assert_allclose(session.predict(values)[1], softmax(scores), atol=1e-6)


def test_branches_that_read_names_from_outside(tmp_path):
    """A condition, whose branches take what was computed before them, and an output that is no table."""
    path = write_foreign(tmp_path / "m.onnx", end="logits")
    model = onnx.load(path)
    branches = {}
    for name, operation in (("then_branch", "Identity"), ("else_branch", "Neg")):
        output = helper.make_tensor_value_info(name, TensorProto.FLOAT, None)
        branches[name] = helper.make_graph([helper.make_node(operation, ["scores"], [name])], name, [], [output])
    model.graph.node.pop()
    model.graph.node.extend(
        [
            helper.make_node("ReduceSum", ["input_1"], ["total"], keepdims=0),
            helper.make_node("Less", ["total", "limit"], ["small"]),
            helper.make_node("If", ["small"], ["output_1"], **branches),
        ]
    )
    model.graph.initializer.append(helper.make_tensor("limit", TensorProto.FLOAT, [], [1e9]))
    model.graph.output.append(helper.make_tensor_value_info("total", TensorProto.FLOAT, []))
    onnx.save(model, path)
    values = series()
    expected = softmax(expected_scores(filled(values), weights_of()))
    session = described(path, layout="flat date-major")
    np.testing.assert_allclose(session.predict(values)[1], expected, atol=1e-6)
    combine([session.path, session.path], [1, 1], Provenance()).save(str(tmp_path / "e.onnx"))
    np.testing.assert_allclose(ModelSession.open(str(tmp_path / "e.onnx")).predict(values)[1], expected, atol=1e-6)


def test_several_outputs(tmp_path):
    path = write_foreign(tmp_path / "m.onnx", end="logits")
    model = onnx.load(path)
    model.graph.node.append(helper.make_node("Neg", ["scores"], ["attention"]))
    model.graph.output.append(helper.make_tensor_value_info("attention", TensorProto.FLOAT, ["batch", 3]))
    onnx.save(model, path)
    with pytest.raises(ChronocoverError, match=r"Several outputs .* output_1, attention"):
        described(path, layout="flat date-major")
    session = described(path, layout="flat date-major", output_name="output_1")
    values = series()
    expected = softmax(expected_scores(filled(values), weights_of()))
    np.testing.assert_allclose(session.predict(values)[1], expected, atol=1e-6)


def test_many_classes(tmp_path):
    names = [f"classe n° {number}, été" for number in range(300)]
    facts = CardFacts(FACTS.axis, VARIABLES, parse_classes("\n".join(names)))
    session = described(write_foreign(tmp_path / "m.onnx", weights=weights_of(300)), facts, layout="flat date-major")
    assert session.predict(series())[1].shape == (80, 300) and session.card.legend.names == names


def test_the_card_tells_the_origin(tmp_path):
    ranges = {"red": VariableRange(0.0, 0.4)}
    facts = FACTS.or_else(CardFacts(ranges=ranges))
    session = described(write_foreign(tmp_path / "réseau.onnx"), facts, layout="flat date-major")
    card = session.card
    assert (card.title, card.family, card.ranges) == ("réseau", "Foreign model", ranges)
    assert card.training["original_producer"] == "somebody" and len(card.training["original_sha256"]) == 64
    plain = onnxruntime.InferenceSession(session.path, providers=["CPUExecutionProvider"])
    assert {item.name for item in plain.get_outputs()} == {"label", "probabilities"}


def test_classes_as_text():
    assert parse_classes("forest; crop #0a0b0c") == (
        LandClass(1, "forest", (0, 158, 115)), LandClass(2, "crop", (10, 11, 12))
    )  # fmt: skip
    assert [c.name for c in parse_classes("1 = blé, tendre\n2=maïs\n\n")] == ["blé, tendre", "maïs"]
    assert parse_classes("") == ()
    for text, message in (
        ("1 = a, b", "“b” has no code"),
        ("1 = a, 1 = b", "code “1” stands for two"),
        ("a, a", "name “a” stands for two"),
        ("0 = a, 1 = b", "code 0 cannot be used"),
        ("70000 = a, 1 = b", "70000"),
    ):
        with pytest.raises(ChronocoverError, match=message):
            parse_classes(text)


def test_dates_names_and_numbers_as_text():
    assert parse_dates("2024-04-01 + 0, 16 32;48") == DATES
    assert parse_dates(", ".join(str(day) for day in DATES)) == DATES
    assert parse_numbers("1, 2.5;3", "Means") == [1, 2.5, 3] and parse_numbers("", "Means") == []
    assert parse_names(" red, nir ,", "Variables") == ("red", "nir")
    for parse, text, message in (
        (parse_dates, "2024-04-01, 2024-03-01", "must ascend"),
        (parse_dates, "April", "cannot be read"),
        (parse_dates, "April + 1, 2", "cannot be read"),
        (parse_dates, "2024-04-01 + a", "cannot be read"),
        (parse_dates, "2024-04-01 + 99999999999", "cannot be read"),
        (lambda text: parse_numbers(text, "Means"), "1, x", "Means: “1, x” are not numbers"),
        (lambda text: parse_names(text, "Variables"), "red, red", "“red” is listed twice"),
    ):
        with pytest.raises(ChronocoverError, match=message):
            parse(text)
    for numbers, message in (
        ((0, [], [], [], []), "factor"),
        ((1, [1], [1], [0], [1]), "not both"),
        ((1, [1], [], [], []), "hold 1 and 0 numbers for 3"),
        ((1, [1, 2], [1], [], []), "hold 2 and 1 numbers"),
        ((1, [1], [0], [], []), "must be above 0"),
        ((1, [], [], [1], [0]), "highest values above lowest"),
    ):
        with pytest.raises(ChronocoverError, match=message):
            Normalisation.of_numbers(*numbers, VARIABLES)
