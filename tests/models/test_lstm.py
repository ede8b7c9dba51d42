"""The recurrent network, alone and with the pixels around each."""

import tracemalloc
from dataclasses import replace

import numpy as np
import onnx
import onnxruntime
import pytest

torch = pytest.importorskip("torch")

from bare_python import labels_in_bare_python  # noqa: E402
from network_checks import onnx_and_own_probabilities, parameter_count, trained_model  # noqa: E402
from series_samples import season_samples  # noqa: E402
from window_samples import texture_samples, texture_scene  # noqa: E402

from chronocover.core.errors import ChronocoverError  # noqa: E402
from chronocover.core.feedback import Feedback  # noqa: E402
from chronocover.core.time_series.filling import fill_gaps  # noqa: E402
from chronocover.models.families.catalogue import family_of  # noqa: E402
from chronocover.models.families.family import TrainingSet  # noqa: E402
from chronocover.models.families.networks.lstm import Lstm, RecurrentNetwork  # noqa: E402
from chronocover.models.learning_data import prepare  # noqa: E402
from chronocover.models.resampling import SMOTE, resample  # noqa: E402
from chronocover.models.session import ModelSession  # noqa: E402
from chronocover.models.testing import evaluate_model  # noqa: E402

TINY = Lstm(layers=2, hidden=8, epochs=15, batch_size=16)
WINDOWED = Lstm(layers=1, hidden=8, epochs=12, batch_size=16, context=3)


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    return texture_scene(tmp_path_factory.mktemp("scene") / "série.tif")


@pytest.fixture(scope="module")
def windowed(scene, tmp_path_factory):
    """A model with a spatial context, its file and its samples."""
    samples = texture_samples(*scene)
    path = tmp_path_factory.mktemp("model") / "m.onnx"
    return trained_model(WINDOWED, samples, path), str(path), samples


def test_the_number_of_parameters_of_breizhcrops():
    """With 13 bands and 9 classes, without the 26 of the normalization of the input."""
    layers = 2 * 4 * 128 * (13 + 128) + 3 * 2 * 4 * 128 * (256 + 128)
    assert parameter_count(RecurrentNetwork(variables=13, classes=9)) == layers + 2 * 1024 + 1024 * 9 + 9


def test_the_default_network_is_far_smaller():
    """Its steps are so many multiplications a date, and the published one would train for an hour."""
    values = np.zeros((20, 46, 1), np.float32)
    own = Lstm().network(TrainingSet(values, np.arange(20) % 9, 9, np.ones(20)))
    assert parameter_count(own) * 8 < parameter_count(RecurrentNetwork(variables=1, classes=9))


def test_every_layer_is_heard_in_both_directions():
    """The states are those of PyTorch's own stacked LSTM with the same weights."""
    torch.manual_seed(0)
    network = RecurrentNetwork(2, 3, hidden=4, layers=3).eval()
    whole = torch.nn.LSTM(2, 4, 3, bias=False, batch_first=True, bidirectional=True)
    with torch.no_grad():
        for number, layer in enumerate(network.layers):
            for name, weight in layer.named_parameters():
                getattr(whole, name.replace("l0", f"l{number}")).copy_(weight)
        values = torch.randn(5, 7, 2)
        states = whole(values)[1][1].transpose(0, 1).flatten(1)
        expected = network.classify(network.norm(states))
        np.testing.assert_allclose(network(values).numpy(), expected.numpy(), atol=1e-6)


def test_the_file_gives_the_probabilities_of_the_classifier(tmp_path):
    found, own, accuracy = onnx_and_own_probabilities(TINY, season_samples(missing=0.1), tmp_path)
    assert accuracy > 0.9
    for one, other in zip(found, own):
        np.testing.assert_allclose(one, other, atol=1e-4)


def test_a_seed_gives_the_same_network(tmp_path):
    data = prepare(season_samples(per_class=20))
    given = TrainingSet(data.filled, data.targets, 3, np.ones(60))
    family = replace(TINY, epochs=2)
    one, same, other = (family.fit(given, seed, 1, Feedback()).predict_proba(data.filled) for seed in (1, 1, 2))
    assert np.array_equal(one, same) and not np.array_equal(one, other)


def test_the_surroundings_tell_what_a_pixel_alone_cannot(windowed, scene, tmp_path):
    model, _, samples = windowed
    alone = trained_model(replace(WINDOWED, context=1), replace(samples, windows=None), tmp_path / "m.onnx")
    assert alone.evaluation.scores.accuracy < 0.85 < 0.93 < model.evaluation.scores.accuracy
    assert model.card.context == 3 and alone.card.context == 1
    assert model.evaluation.importance.values.shape == (7, 2)  # of each date and variable, whole windows at a time


def numpy_filled(windows, days):
    """What the graph does with missing values, step by step."""
    windows = windows.copy()
    for one in windows:
        for variable in range(one.shape[1]):
            for row in range(3):
                for column in range(3):
                    if np.isnan(one[:, variable, row, column]).all():
                        one[:, variable, row, column] = one[:, variable, 1, 1]
    return fill_gaps(windows.reshape(*windows.shape[:2], -1), days).reshape(windows.shape)


def test_the_file_fills_windows_as_training_does(windowed):
    model, path, _ = windowed
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    random = np.random.default_rng(0)
    days = np.array(model.card.time_axis.days)
    for count in (1, 5, 130):
        windows = random.normal(0.3, 0.2, (count, 7, 2, 3, 3)).astype(np.float32)
        windows[random.random(windows.shape) < 0.4] = np.nan
        windows[random.random(count) < 0.4, :, :, 0] = np.nan  # the upper edge of the raster
        windows[random.random(count) < 0.2, :, 1, 2, 2] = np.nan
        windows[:, 3, :, 1, 1] = 0.2  # the pixel itself is observed once
        if count > 1:
            windows[-1, :, 0, 1, 1] = np.nan  # but for the last one
        label, found = session.run(None, {"series": windows})
        known = slice(0, count - 1 if count > 1 else count)
        expected = model.classifier.predict_proba(numpy_filled(windows[known], days))
        np.testing.assert_allclose(found[known], expected, atol=1e-4)
        assert (label[known] > 0).all()
        assert count == 1 or (label[-1] == 0 and np.isnan(found[-1]).all())
    complete = np.full((3, 7, 2, 3, 3), 0.25, np.float32)
    np.testing.assert_allclose(
        session.run(None, {"series": complete})[1], model.classifier.predict_proba(complete), atol=1e-4
    )


def test_a_bare_python_runs_the_file(windowed):
    known, unknown = labels_in_bare_python(windowed[1], dates=7, window=(3, 3))
    assert known in (1, 2) and unknown == 0


def test_learning_data_is_filled_likewise(windowed):
    data = prepare(windowed[2])
    days = np.array(windowed[0].card.time_axis.days)
    np.testing.assert_array_equal(data.filled, numpy_filled(data.samples.windows, days))


def test_windows_are_in_memory_twice_more_at_most(windowed):
    """Of many samples they take gigabytes."""
    samples = windowed[2].subset(np.arange(3000) % len(windowed[2]))
    tracemalloc.start()
    data = prepare(samples)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(data.filled) == 3000 and peak < 2.5 * samples.windows.nbytes


def test_infinite_values_are_missing(windowed):
    samples = windowed[2]
    endless = samples.windows.copy()
    endless[0, 2] = np.inf
    data = prepare(replace(samples, windows=endless))
    assert np.isnan(data.given[0, 2]).all() and np.isfinite(data.filled).all()
    assert np.isinf(endless[0, 2]).all()


def test_smote_mixes_whole_windows(windowed):
    pytest.importorskip("imblearn")
    data = prepare(windowed[2])
    few = np.flatnonzero(data.targets == 1)[:8]
    rows = np.concatenate([np.flatnonzero(data.targets == 0), few])
    given = TrainingSet(data.filled[rows], data.targets[rows], 2, np.ones(len(rows)))
    evened = resample(given, SMOTE, 1)
    assert evened.values.shape == (2 * int((given.targets == 0).sum()), 7, 2, 3, 3)
    assert np.isfinite(evened.values).all()


def test_a_file_that_does_not_fit_its_card(windowed, tmp_path):
    model = onnx.load(windowed[1])
    card = replace(windowed[0].card, context=1)
    onnx.helper.set_model_props(model, {"chronocover": card.to_json()})
    onnx.save(model, str(tmp_path / "m.onnx"))
    with pytest.raises(ChronocoverError, match="does not fit its own card"):
        ModelSession.open(str(tmp_path / "m.onnx"))
    with pytest.raises(ChronocoverError, match=r"takes 7 dates × 2 variables × windows of 3 × 3 pixels, but got"):
        ModelSession.open(windowed[1]).predict(np.zeros((4, 7, 2), np.float32))


def test_tested_with_windows_only(windowed, scene):
    session = ModelSession.open(windowed[1])
    others = texture_samples(*scene, seed=5)
    assert evaluate_model(session, others).scores.accuracy > 0.93
    with pytest.raises(ChronocoverError, match=r"looks at 3 × 3 pixels.*Give the image time series"):
        evaluate_model(session, replace(others, windows=None))


@pytest.mark.parametrize("context", [1, 3])
def test_samples_that_do_not_go_with_the_context(context, windowed):
    data = prepare(windowed[2])
    values = data.filled if context == 1 else data.filled[..., 1, 1]
    with pytest.raises(
        ChronocoverError, match=f"context of {context} × {context} pixels needs samples with such windows"
    ):
        Lstm(context=context).fit(TrainingSet(values, data.targets, 2, np.ones(len(values))), 1, 1, Feedback())
    with pytest.raises(ChronocoverError, match="is 1 or 3 pixels wide, not 5"):
        Lstm(context=5).fit(TrainingSet(values, data.targets, 2, np.ones(len(values))), 1, 1, Feedback())


def test_the_catalogue_knows_it():
    assert family_of("LSTM") == Lstm()
