"""Several models in one file: the mean of what each gives alone."""

import datetime
from dataclasses import replace

import numpy as np
import onnx
import onnxruntime
import pytest
from linear_model import LEGEND, card_for, write_linear_model
from onnx import TensorProto, helper
from series_samples import season_samples

from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.labels.legend import Legend
from chronocover.core.provenance import Provenance
from chronocover.core.time_series.filling import fill_gaps, interpolate_series
from chronocover.models.card import CLUSTERING
from chronocover.models.ensembles import combine, parse_weights
from chronocover.models.families.minirocket import MiniRocket
from chronocover.models.families.perceptron import Perceptron
from chronocover.models.families.random_forest import RandomForest
from chronocover.models.gap_filling import FILLED, NodeList
from chronocover.models.opsets import at_opset
from chronocover.models.packaging import package
from chronocover.models.session import ModelSession
from chronocover.models.testing import evaluate_model
from chronocover.models.training import TrainingSettings, train
from chronocover.models.validation import NONE, Validation

MARCH = [datetime.date(2024, 3, 1) + datetime.timedelta(days=10 * step) for step in range(6)]
FOREST, NETWORK, KERNELS = RandomForest(10), Perceptron((8,), max_iter=30), MiniRocket(n_features=84)


def trained(family, path, **changes):
    samples = season_samples(**{"noise": 0.8, "per_class": 30, "dates": 9, **changes})
    model = train(samples, family, TrainingSettings(Validation(NONE)), Provenance("test"), Feedback())
    model.save(str(path))
    return str(path)


def combined(paths, folder, weights=None, name="ensemble.onnx"):
    ensemble = combine(paths, weights or [1] * len(paths), Provenance("test"))
    ensemble.save(str(folder / name))
    return ModelSession.open(str(folder / name))


def series(dates=9, variables=2, count=400, seed=3):
    """Series of which some have gaps, one lacks a variable and one has nothing at all."""
    random = np.random.default_rng(seed)
    values = random.normal(size=(count, dates, variables)).astype(np.float32)
    values[random.random(values.shape) < 0.3] = np.nan
    values[0] = 0.5
    values[1, :, 0] = np.nan
    values[2] = np.nan
    return values


@pytest.mark.parametrize("weights", [[1, 1, 1], [2, 1, 0.5]])
def test_the_probabilities_are_the_mean_of_the_members(weights, tmp_path):
    paths = [trained(family, tmp_path / f"{i}.onnx") for i, family in enumerate((FOREST, NETWORK, KERNELS))]
    values = series()
    labels, found = combined(paths, tmp_path, weights).predict(values)
    alone = [run_plainly(path, values)[1] for path in paths]
    np.testing.assert_allclose(found, np.average(alone, axis=0, weights=weights), atol=1e-6)
    assert labels[1:3].tolist() == [0, 0] and np.isnan(found[1:3]).all() and np.isfinite(found[3:]).all()
    for size in (0, 1, 5000):
        assert run_plainly(str(tmp_path / "ensemble.onnx"), np.resize(values, (size, 9, 2)))[1].shape == (size, 3)


def run_plainly(path, values):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return session.run(["label", "probabilities"], {"series": values})


def test_gaps_are_filled_once(tmp_path):
    paths = [trained(FOREST, tmp_path / "a.onnx"), trained(NETWORK, tmp_path / "b.onnx")]
    combined(paths, tmp_path)
    nodes = onnx.load(str(tmp_path / "ensemble.onnx")).graph.node
    assert [node.op_type for node in nodes].count("If") == 1
    assert sum(FILLED in node.output for node in nodes) == 1


def test_variables_and_classes_go_together_by_name(tmp_path):
    dates, names = MARCH, ("red", "nir", "swir")
    turned = Legend.of_codes({"crop": 2, "forêt": 5, "water body": 4})
    first = write_linear_model(tmp_path / "1.onnx", card_for(dates, names))
    second = write_linear_model(tmp_path / "2.onnx", card_for(dates, names[::-1], legend=turned))
    session = combined([first, second], tmp_path)
    values = fill_gaps(series(6, 3), np.array(session.card.time_axis.days))
    one, two = run_plainly(first, values)[1], run_plainly(second, values[:, :, ::-1].copy())[1]
    labels, found = session.predict(values)
    expected = (one + two[:, [2, 1, 0]]) / 2  # crop, water body, forêt → forêt, water body, crop
    np.testing.assert_allclose(found[3:], expected[3:], atol=1e-6)
    assert session.card.legend == LEGEND and session.card.variables == names
    assert set(labels) == {0, 1, 3, 7}


def test_each_member_sees_its_own_dates(tmp_path):
    """A model of every tenth day and one that begins ten days later, trained in another year."""
    later = [day.replace(year=2022) + datetime.timedelta(days=4) for day in MARCH[1::2]]
    first = write_linear_model(tmp_path / "1.onnx", card_for(MARCH, ("red", "nir")))
    second = write_linear_model(tmp_path / "2.onnx", card_for(later, ("red", "nir")))
    for order in ([first, second], [second, first]):
        session = combined(order, tmp_path)
        axis = session.card.time_axis
        assert axis.season_start == "03-01" and axis.days == (0, 10, 14, 20, 30, 34, 40, 50, 54)
        assert axis.trained_on[2].endswith("-03-15")
        days = np.array([0, 7, 21, 33, 41, 54])
        seen = np.random.default_rng(2).normal(size=(50, 6, 2)).astype(np.float32)
        alone = [
            run_plainly(first, interpolate_series(seen, days, np.arange(0, 51, 10)))[1],
            run_plainly(second, interpolate_series(seen, days, np.array([14, 34, 54])))[1],
        ]
        found = session.predict(interpolate_series(seen, days, np.array(axis.days)))[1]
        np.testing.assert_allclose(found, np.mean(alone, axis=0), atol=1e-6)


def test_a_season_across_new_year(tmp_path):
    winter = [datetime.date(2023, 12, 28) + datetime.timedelta(days=8 * step) for step in range(4)]
    first = write_linear_model(tmp_path / "1.onnx", card_for(winter, ("red",)))
    second = write_linear_model(tmp_path / "2.onnx", card_for([day.replace(year=2025) for day in winter[1:]], ("red",)))
    axis = combined([second, first], tmp_path).card.time_axis
    assert (axis.season_start, axis.days) == ("12-28", (0, 8, 16, 24))


def write_window_model(path, card, side):
    """A linear model of windows of pixels, as the trainings write them."""
    card = card.with_context(side)
    size = len(card.time_axis.days) * len(card.variables) * side * side
    nodes = NodeList("test")
    flat = nodes.add("Reshape", "values", nodes.constant(np.array([-1, size], np.int64)))
    weights = np.random.default_rng(side).normal(size=(size, len(card.legend))).astype(np.float32)
    nodes.add("Softmax", nodes.add("MatMul", flat, nodes.constant(weights)), axis=1, outputs=["probabilities"])
    shape = ["n", len(card.time_axis.days), len(card.variables), side, side]
    graph = helper.make_graph(
        nodes.nodes,
        "windows",
        [helper.make_tensor_value_info("values", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["n", None])],
        nodes.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(package(model, card), str(path))
    return str(path)


def test_models_of_pixels_and_of_their_surroundings(tmp_path):
    card = card_for(MARCH, ("red", "nir"))
    paths = [write_linear_model(tmp_path / "1.onnx", card)]
    paths += [write_window_model(tmp_path / f"{side}.onnx", card, side) for side in (3, 5)]
    session = combined(paths, tmp_path)
    assert session.card.context == 5 and "(n, dates, variables, 5, 5)" in session.card.usage
    random = np.random.default_rng(4)
    values = random.normal(size=(60, 6, 2, 5, 5)).astype(np.float32)
    values[random.random(values.shape) < 0.2] = np.nan
    values[:20, ..., 0] = np.nan  # beyond the edge of the image
    days = np.array(session.card.time_axis.days)
    alone = [
        run_plainly(paths[0], fill_gaps(values[..., 2, 2], days))[1],
        run_plainly(paths[1], np.ascontiguousarray(values[..., 1:4, 1:4]))[1],
        run_plainly(paths[2], values)[1],
    ]
    np.testing.assert_allclose(session.predict(values)[1], np.mean(alone, axis=0), atol=1e-6)


def test_an_ensemble_in_an_ensemble(tmp_path):
    paths = [trained(family, tmp_path / f"{i}.onnx") for i, family in enumerate((FOREST, NETWORK, KERNELS))]
    combined(paths[:2], tmp_path, name="pair.onnx")
    session = combined([str(tmp_path / "pair.onnx"), paths[2]], tmp_path, [2, 1])
    values = series()
    equal = np.mean([run_plainly(path, values)[1] for path in paths], axis=0)
    np.testing.assert_allclose(session.predict(values)[1], equal, atol=1e-6)
    assert session.card.parameters["members"][0]["parameters"]["members"][1]["family"] == "Multilayer perceptron"


def test_a_forest_in_an_ensemble_is_not_taken_for_the_whole(tmp_path):
    forest = trained(FOREST, tmp_path / "f.onnx")
    for number, other in enumerate((forest, trained(RandomForest(5), tmp_path / "g.onnx"))):
        session = combined([forest, other], tmp_path, [3, 1], f"{number}.onnx")
        assert session._trees is None
        values = np.nan_to_num(series())
        expected = 0.75 * run_plainly(forest, values)[1] + 0.25 * run_plainly(other, values)[1]
        np.testing.assert_allclose(session.predict(values)[1], expected, atol=1e-6)


def test_members_of_different_opsets(tmp_path):
    """A member that other software wrote may need newer operators than ours."""
    old, new = (trained(family, tmp_path / f"{i}.onnx") for i, family in enumerate((KERNELS, NETWORK)))
    onnx.save(at_opset(onnx.load(new), 20, "the model"), new)
    session = combined([old, new], tmp_path)
    versions = {item.domain: item.version for item in onnx.load(session.path).opset_import}
    assert versions[""] == 20
    values = series()
    expected = (run_plainly(old, values)[1] + run_plainly(new, values)[1]) / 2
    np.testing.assert_allclose(session.predict(values)[1], expected, atol=1e-6)


def test_the_card_names_the_members(tmp_path):
    paths = [trained(FOREST, tmp_path / "a.onnx"), trained(NETWORK, tmp_path / "b.onnx", noise=2.0)]
    session = combined(paths, tmp_path, [3, 1])
    card, members = session.card, session.card.parameters["members"]
    assert card.family == "Ensemble" and card.title.startswith("Ensemble of 2 models, 3 classes")
    assert [member["weight"] for member in members] == [0.75, 0.25]
    assert [member["sha256"] for member in members] == [ModelSession.open(path).sha256() for path in paths]
    wide, narrow = ModelSession.open(paths[1]).card.ranges["red"], ModelSession.open(paths[0]).card.ranges["red"]
    assert card.ranges["red"].p99 == max(wide.p99, narrow.p99)


def test_samples_that_a_member_has_learnt_from_are_noticed(tmp_path):
    paths = [trained(FOREST, tmp_path / "a.onnx"), trained(NETWORK, tmp_path / "b.onnx", per_class=40)]
    session = combined([paths[0], paths[1]], tmp_path)
    for per_class, notes in ((40, 1), (30, 1), (20, 0)):
        test = evaluate_model(session, season_samples(noise=0.8, per_class=per_class))
        assert sum("says nothing about new places" in note for note in test.notes) == notes


def test_what_does_not_go_together_is_refused(tmp_path):
    good = write_linear_model(tmp_path / "good.onnx", card_for(MARCH, ("red", "nir")))
    autumn = [day + datetime.timedelta(days=170) for day in MARCH]
    fewer = replace(LEGEND, classes=LEGEND.classes[:2])
    cases = {
        "same variables:.*red, nir.*red, ndvi": card_for(MARCH, ("red", "ndvi")),
        "same classes:.*forêt, water body, crop.*forêt, water body\n": card_for(MARCH, ("red", "nir"), legend=fewer),
        "different seasons.*from 03-01.*from 08-18": card_for(autumn, ("red", "nir")),
    }
    for number, (message, card) in enumerate(cases.items()):
        other = write_linear_model(tmp_path / f"{number}.onnx", card)
        with pytest.raises(ChronocoverError, match=f"(?s){message}"):
            combine([good, other], [1, 1], Provenance())
    with pytest.raises(ChronocoverError, match="at least two models"):
        combine([good], [1], Provenance())
    session = ModelSession.open(good)
    clustering = replace(session.card, kind=CLUSTERING)
    file = onnx.load(good)
    file.graph.output[1].name = file.graph.node[2].output[0] = "distances"
    onnx.helper.set_model_props(file, {"chronocover": clustering.to_json()})
    onnx.save(file, str(tmp_path / "clusters.onnx"))
    with pytest.raises(ChronocoverError, match="is a clustering"):
        combine([good, str(tmp_path / "clusters.onnx")], [1, 1], Provenance())


def test_cancelling_between_models(tmp_path):
    class Cancelled(Feedback):
        def is_cancelled(self):
            return True

    good = write_linear_model(tmp_path / "good.onnx", card_for(MARCH, ("red", "nir")))
    with pytest.raises(CancelledError):
        combine([good, good], [1, 1], Provenance(), Cancelled())


def test_models_that_are_too_large_together(tmp_path, monkeypatch):
    good = write_linear_model(tmp_path / "good.onnx", card_for(MARCH, ("red", "nir")))
    ensemble = combine([good, good], [1, 1], Provenance())
    monkeypatch.setattr("chronocover.models.ensembles.LARGEST_BYTES", 1000)
    with pytest.raises(ChronocoverError, match="more than one file may hold"):
        ensemble.save(str(tmp_path / "e.onnx"))
    assert not (tmp_path / "e.onnx").exists()


@pytest.mark.parametrize("weight", [1e308, 1.0, 5e-324])
def test_weights_may_be_as_large_or_small_as_numbers_can_be(weight, tmp_path):
    good = write_linear_model(tmp_path / "good.onnx", card_for(MARCH, ("red", "nir")))
    members = combine([good, good, good], [weight] * 3, Provenance()).members
    assert [member.share for member in members] == pytest.approx([1 / 3] * 3)


def test_weights():
    assert parse_weights("2, 1; 1", 3) == [2, 1, 1] and parse_weights("", 2) == [1, 1]
    for text, message in (("1, 2", "2 weights for 3"), ("1 0 1", "above 0"), ("1 nan 1", "above 0"), ("a", "numbers")):
        with pytest.raises(ChronocoverError, match=message):
            parse_weights(text, 3)
