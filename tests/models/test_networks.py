"""Neural networks: what they are made of, how they are trained, and that their files say the same without PyTorch."""

import dataclasses
import threading

import numpy as np
import onnx
import onnxruntime
import pytest
from bare_python import labels_in_bare_python
from real_samples import mato_grosso, sinop
from series_samples import season_samples

torch = pytest.importorskip("torch", reason="PyTorch is not installed: requirements-deep.txt")

from chronocover.core.errors import CancelledError, ChronocoverError  # noqa: E402
from chronocover.core.feedback import Feedback  # noqa: E402
from chronocover.core.provenance import Provenance  # noqa: E402
from chronocover.core.time_series.filling import fill_gaps  # noqa: E402
from chronocover.models.families.catalogue import family_of  # noqa: E402
from chronocover.models.families.family import TrainingSet  # noqa: E402
from chronocover.models.families.networks.augmentation import Augmentation  # noqa: E402
from chronocover.models.families.networks.inception import (  # noqa: E402
    INCEPTION,
    InceptionNetwork,
    InceptionTime,
    LiteNetwork,
    fixed_filters,
)
from chronocover.models.families.networks.layers import EachChannel, SameLength  # noqa: E402
from chronocover.models.families.networks.tempcnn import TempCnn, TempCnnNetwork  # noqa: E402
from chronocover.models.families.networks.training_loop import BEST_ACCURACY, BEST_LOSS, LAST  # noqa: E402
from chronocover.models.families.search_space import draw_settings  # noqa: E402
from chronocover.models.training import TrainingSettings, train  # noqa: E402
from chronocover.models.validation import NONE, Validation  # noqa: E402

FAMILIES = {
    "tempcnn": TempCnn(epochs=8, patience=0, filters=8, dense=16, dropout=0.1),
    "lite": InceptionTime(epochs=8, filters=4, networks=2, batch_size=16, keep=BEST_LOSS),
    "inceptiontime": InceptionTime(epochs=4, filters=4, networks=1, architecture=INCEPTION, depth=3),
}
every_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
SMALL = FAMILIES["tempcnn"]


class Heard(Feedback):
    """Keeps what is said; cancels once ``cancel_at`` of the training is over."""

    def __init__(self, cancel_at=2.0):
        self.said, self.over, self.cancel_at = [], 0.0, cancel_at

    def info(self, text):
        self.said.append(text)

    warning = info

    def progress(self, fraction):
        self.over = fraction

    def is_cancelled(self):
        return self.over >= self.cancel_at


def noisy(**changes):
    return season_samples(**{"dates": 12, "noise": 0.5, "per_class": 40, "per_group": 4, **changes})


def training_set(samples, **changes):
    groups = np.unique(samples.groups, return_inverse=True)[1]
    days = tuple((date - samples.dates[0]).days for date in samples.dates)
    data = TrainingSet(
        samples.values, samples.codes - 1, len(samples.legend), np.ones(len(samples)), groups=groups, days=days
    )
    return dataclasses.replace(data, **changes)


def trained(family, samples, path, **settings):
    settings = TrainingSettings(**{"validation": Validation(NONE), "threads": 2, **settings})
    model = train(samples, family, settings, Provenance(), Feedback())
    model.save(str(path))
    return model, onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


def weights_of(network):
    """The number of weights that are learnt."""
    return sum(each.numel() for each in network.parameters() if each.requires_grad)


# What they are made of.


def test_tempcnn_is_as_large_as_published():
    """46 Formosat-2 images of 3 bands and 13 classes in the paper; counted from the authors' code."""
    convolutions = (5 * 3 * 64 + 64) + 2 * (5 * 64 * 64 + 64)
    dense = (46 * 64) * 256 + 256
    normalisation = 2 * (3 * 64 + 256)
    assert weights_of(TempCnnNetwork(46, 3, 13)) == convolutions + dense + normalisation + 256 * 13 + 13 == 800_269


def test_inceptiontime_and_lite_are_as_large_as_published():
    """420,192 and 9,814 without the last layer: Table I of Ismail-Fawaz et al. 2023."""
    last = 24 * 128 + 24
    assert weights_of(InceptionNetwork(1, 24, filters=32, kernel=40, depth=6, dropout=0.0)) - last == 420_192
    last = 24 * 32 + 24
    assert weights_of(LiteNetwork(46, 1, 24, filters=32, kernel=40, dropout=0.0)) - last == 9_814


@pytest.mark.parametrize("family", [TempCnn(), InceptionTime(networks=1), InceptionTime(1, architecture=INCEPTION)])
def test_the_families_build_the_published_networks(family):
    data = training_set(noisy(dates=46, variables=("ndvi",), per_class=4))
    expected = {
        "TempCNN": TempCnnNetwork(46, 1, 3),
        "LITE": LiteNetwork(46, 1, 3, 32, 40, 0.0),
        INCEPTION: InceptionNetwork(1, 3, 32, 40, 6, 0.0),
    }[getattr(family, "architecture", family.name)]
    assert weights_of(family.network(data)) == weights_of(expected)


def test_models_are_called_by_the_network_that_they_are():
    assert InceptionTime().name == "LITETime"
    assert InceptionTime(architecture=INCEPTION).name == "InceptionTime"


@pytest.mark.parametrize("length", [1, 2, 5, 10, 64])
@pytest.mark.parametrize("dates", [1, 7, 30])
def test_filters_of_any_length_keep_the_dates(length, dates):
    """Slowly, as Keras pads: one date less before than after where the length is even."""
    layer = SameLength(2, 3, length)
    series = torch.randn(1, 2, 1, dates)
    weight, padded = layer.weight.detach().numpy()[:, :, 0], np.zeros((2, dates + length))
    before = (length - 1) // 2
    padded[:, before : before + dates] = series[0, :, 0].numpy()
    slow = [[(weight[f] * padded[:, t : t + length]).sum() for t in range(dates)] for f in range(3)]
    np.testing.assert_allclose(layer(series)[0, :, 0].detach(), slow, atol=1e-5)


@pytest.mark.parametrize(("dates", "length", "dilation"), [(1, 5, 2), (12, 20, 2), (46, 10, 4), (140, 20, 2)])
def test_a_filter_for_each_channel_is_a_grouped_convolution(dates, length, dilation):
    layer, series = EachChannel(3, length, dilation, dates), torch.randn(4, 3, dates)
    reference = torch.nn.Conv1d(3, 3, length, padding="same", dilation=dilation, groups=3, bias=False)
    reference.load_state_dict(layer.filters.state_dict())
    torch.testing.assert_close(layer(series), reference(series), atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("dates", [1, 12, 46, 120])
def test_the_fixed_filters_of_lite_stay_where_they_are(dates):
    filters, series = fixed_filters(), torch.randn(2, 1, dates)
    assert [len(one) for one in filters] == [2, 4, 8, 16, 32, 64] * 2 + [6, 12, 24, 48, 96]
    assert filters[1] == [-1, 1, -1, 1] and filters[7] == [1, -1, 1, -1]
    assert filters[13] == [-0.25, -1, -1, -0.25, 0.5, 2, 2, 0.5, -0.25, -1, -1, -0.25]
    network = LiteNetwork(dates, 1, 3, 2, 40, 0.0)
    found = torch.nn.functional.conv1d(series, network.fixed, padding=network.fixed.shape[2] // 2)
    for number, one in enumerate(filters):
        layer = SameLength(1, 1, len(one))
        layer.weight.data[:] = torch.tensor(one)
        torch.testing.assert_close(found[:, number], layer(series.unsqueeze(2))[:, 0, 0], atol=1e-4, rtol=1e-5)


# How they learn.


@every_family
def test_they_learn(family):
    samples = noisy(noise=0.3)
    found = dataclasses.replace(family, epochs=20, learning_rate=0.01).fit(training_set(samples), 1, 2, Feedback())
    assert (found.predict_proba(samples.values).argmax(axis=1) == samples.codes - 1).mean() > 0.9


@every_family
def test_a_seed_gives_the_same_model_on_any_number_of_threads(family):
    """Also when others are trained at the same time."""
    data = training_set(noisy())
    family = dataclasses.replace(family, epochs=2, shift_days=10, jitter=0.1, drop_dates=0.2, dropout=0.3)
    before = torch.get_num_threads()
    first = family.fit(data, 5, 1, Feedback()).predict_proba(data.values)
    beside = [threading.Thread(target=family.fit, args=(data, seed, 1, Feedback())) for seed in (6, 7)]
    for each in beside:
        each.start()
    again = family.fit(data, 5, 2, Feedback()).predict_proba(data.values)
    for each in beside:
        each.join()
    np.testing.assert_array_equal(first, again)
    assert np.abs(family.fit(data, 6, 1, Feedback()).predict_proba(data.values) - first).max() > 1e-4
    assert torch.get_num_threads() == before


def test_the_log_has_a_line_an_epoch_and_fewer_of_many():
    heard = Heard()
    SMALL.fit(training_set(noisy()), 1, 1, heard)
    assert [text.split(":")[0] for text in heard.said[:8]] == [f"Epoch {number}" for number in range(1, 9)]
    assert "kept aside: loss" in heard.said[0] and heard.said[8].startswith("Kept epoch")
    assert heard.over == 1.0
    heard = Heard()
    dataclasses.replace(SMALL, epochs=120, filters=1, dense=2, layers=1).fit(
        training_set(noisy(per_class=8)), 1, 1, heard
    )
    assert 35 < len(heard.said) <= 55
    assert heard.said[0].startswith("Epoch 1:") and heard.said[-2].startswith("Epoch 120:")


def test_the_best_network_is_kept():
    data = training_set(noisy(noise=1.5))
    for keep in (BEST_LOSS, BEST_ACCURACY):
        family = dataclasses.replace(SMALL, epochs=25, keep=keep, learning_rate=0.02)
        found = family.fit(data, 1, 1, Feedback())
        (curve,) = found.learning_curves()
        losses = [epoch.validation_loss for epoch in curve.epochs]
        accuracies = [epoch.validation_accuracy for epoch in curve.epochs]
        best = np.argmin(losses) if keep == BEST_LOSS else np.lexsort((losses, -np.array(accuracies)))[0]
        assert curve.kept == best + 1 < 25
        held = data.hold_out(0.2, 1)[1]
        accuracy = (found.predict_proba(data.values[held]).argmax(axis=1) == data.targets[held]).mean()
        assert accuracy == pytest.approx(curve.epochs[best].validation_accuracy)


def test_the_last_network_learns_from_all_samples():
    heard = Heard()
    (curve,) = (
        dataclasses.replace(SMALL, keep=LAST, patience=2).fit(training_set(noisy()), 1, 1, heard).learning_curves()
    )
    assert curve.kept == 8 and curve.epochs[0].validation_loss is None
    assert not any("kept aside" in text for text in heard.said)


def test_patience_stops_early():
    heard = Heard()
    family = dataclasses.replace(SMALL, epochs=200, patience=3, learning_rate=0.05)
    (curve,) = family.fit(training_set(noisy(noise=1.5)), 1, 1, heard).learning_curves()
    assert len(curve.epochs) == curve.kept + 3 < 200
    assert "Stopped: no better for 3 epochs." in heard.said


def test_samples_that_were_set_aside_before_are_not_learnt_from():
    data = training_set(noisy())
    aside = np.arange(len(data.targets)) % 4 == 0
    wrong = np.where(aside, (data.targets + 1) % 3, data.targets)
    found = dataclasses.replace(SMALL, keep=LAST, epochs=30).fit(
        dataclasses.replace(data, aside=aside, targets=wrong), 1, 1, Feedback()
    )
    assert (found.predict_proba(data.values).argmax(axis=1) == data.targets).mean() > 0.8


def test_weights_count():
    """Among samples that look alike, the probability of a class is its share of the weights."""
    samples = season_samples(dates=4, names=("a", "b"), per_class=40, per_group=1)
    data = training_set(samples, values=np.ones_like(samples.values), weights=np.where(samples.codes == 1, 3.0, 1.0))
    family = TempCnn(epochs=60, dropout=0.0, filters=4, dense=4, keep=LAST, learning_rate=0.01)
    found = family.fit(data, 1, 1, Feedback()).predict_proba(data.values[:1])[0]
    np.testing.assert_allclose(found, [0.75, 0.25], atol=0.02)


@every_family
def test_cancelling_ends_the_training(family):
    heard = Heard(cancel_at=0.002)
    with pytest.raises(CancelledError):
        dataclasses.replace(family, epochs=1000).fit(training_set(noisy()), 1, 1, heard)
    assert heard.over < 0.1


def test_weights_that_grow_without_bounds_end_in_a_sentence():
    with pytest.raises(
        ChronocoverError, match=r"weights grew without bounds in epoch 1 .* smaller learning rate than 1e\+30"
    ):
        dataclasses.replace(SMALL, learning_rate=1e30).fit(training_set(noisy()), 1, 1, Feedback())


def test_settings_that_do_not_exist():
    data = training_set(noisy(per_class=4))
    for family, words in (
        (TempCnn(keep="best"), "network to keep is one of best loss, best accuracy, last"),
        (TempCnn(schedule="steep"), "constant or cosine"),
        (InceptionTime(architecture="GoogLeNet"), "LITE or InceptionTime|InceptionTime or LITE"),
    ):
        with pytest.raises(ChronocoverError, match=words):
            family.fit(data, 1, 1, Feedback())


@pytest.mark.parametrize("name", ["TempCNN", "InceptionTime"])
def test_settings_are_searched(name):
    family = family_of(name)
    random = np.random.default_rng(1)
    drawn = [draw_settings(family, random) for _ in range(20)]
    assert all(type(each) is type(family) for each in drawn)
    assert len({each.learning_rate for each in drawn}) == 20 and len({each.batch_size for each in drawn}) > 1
    assert all(1e-4 <= each.learning_rate <= 1e-2 for each in drawn)


# Augmentation.


def augmented(values, days, seed=0, **settings):
    series = torch.from_numpy(values)
    deviation = series.std(dim=(0, 1), unbiased=False)
    generator = torch.Generator().manual_seed(seed)
    return Augmentation(**settings).apply(series, torch.tensor(days, dtype=torch.float32), deviation, generator).numpy()


def test_shifting_moves_a_series_in_time():
    days = np.array([0, 7, 20, 24, 50, 80], np.float32)
    line = np.repeat((days / 10 + 1)[None, :, None], 200, axis=0).astype(np.float32)
    found = augmented(line, days, shift=6.0)
    moves = (line - found)[:, 2, 0] * 10  # of a straight line, by how many days each was moved
    assert moves.min() < -4 and moves.max() > 4 and np.abs(moves).max() <= 6.001
    for series, move in zip(found, moves):
        np.testing.assert_allclose(series[:, 0], np.interp(days - move, days, line[0, :, 0]), atol=1e-4)


def test_dropped_dates_are_filled_as_missing_values_are():
    random = np.random.default_rng(3)
    days = np.cumsum(random.integers(1, 20, 15)).astype(np.int64)
    values = random.normal(size=(300, 15, 2)).astype(np.float32)
    found = augmented(values, days, drop=0.4)
    gaps = (found != values).all(axis=2)
    assert 0.3 < gaps.mean() < 0.5
    expected = fill_gaps(np.where(gaps[:, :, None], np.float32(np.nan), values), days)
    np.testing.assert_allclose(found, expected, atol=1e-5)
    alone = augmented(values, days, drop=0.999)
    assert np.isfinite(alone).all()


def test_jitter_is_in_standard_deviations():
    values = np.random.default_rng(0).normal(size=(2000, 6, 2)).astype(np.float32) * np.float32([1, 100])
    noise = augmented(values, range(6), jitter=0.1) - values
    np.testing.assert_allclose(noise.std(axis=(0, 1)), [0.1, 10], rtol=0.05)


def test_without_augmentation_nothing_changes():
    values = np.random.default_rng(0).normal(size=(5, 6, 2)).astype(np.float32)
    np.testing.assert_array_equal(augmented(values, range(6)), values)
    one_date = augmented(values[:, :1], [0], shift=5.0, drop=0.9)
    np.testing.assert_array_equal(one_date, values[:, :1])


# Their files.


@every_family
@pytest.mark.parametrize("names", [("a", "b"), ("blé", "maïs", "c", "d")], ids=["two classes", "four classes"])
def test_the_file_gives_the_probabilities_of_the_training(family, names, tmp_path, capfd):
    model, session = trained(family, noisy(missing=0.2, names=names), tmp_path / "m.onnx")
    values = np.random.default_rng(1).normal(size=(1500, 12, 2)).astype(np.float32)
    found = session.run(["probabilities"], {"series": values})[0]
    np.testing.assert_allclose(found, model.classifier.predict_proba(values), atol=1e-4)
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-4)
    for size in (0, 1, 700):  # the batch does not matter
        part = session.run(["probabilities"], {"series": values[:size]})[0]
        np.testing.assert_allclose(part, found[:size], atol=1e-4)
    assert model.card.versions["torch"] == torch.__version__
    assert capfd.readouterr().out == ""


@every_family
def test_real_series_with_missing_values(family, data_folder, tmp_path):
    for number, samples in enumerate((mato_grosso(data_folder), sinop(data_folder))):
        random = np.random.default_rng(number)
        samples.values[random.random(samples.values.shape) < 0.1] = np.nan
        model, session = trained(dataclasses.replace(family, epochs=3), samples, tmp_path / f"{number}.onnx")
        found = session.run(["probabilities"], {"series": model.data.samples.values})[0]
        np.testing.assert_allclose(found, model.classifier.predict_proba(model.data.filled), atol=1e-4)


def test_normalisation_is_part_of_the_convolutions(tmp_path):
    trained(SMALL, noisy(), tmp_path / "m.onnx")
    kinds = [node.op_type for node in onnx.load(str(tmp_path / "m.onnx")).graph.node]
    before = [kinds[i - 1] for i, kind in enumerate(kinds) if kind == "BatchNormalization"]
    assert kinds.count("Conv") == 3 and "Conv" not in before and "Dropout" not in kinds


@every_family
@pytest.mark.parametrize("dates", [1, 2])
def test_short_series(family, dates, tmp_path):
    samples = season_samples(dates=dates, variables=("ndvi",), noise=0.02)
    _, session = trained(
        dataclasses.replace(family, epochs=2, shift_days=5, drop_dates=0.5), samples, tmp_path / "m.onnx"
    )
    assert session.run(["label"], {"series": samples.values})[0].shape == (180,)


def test_a_class_that_was_not_seen_is_never_given(tmp_path):
    data = training_set(noisy())
    some = data.subset(np.flatnonzero(data.targets != 1))
    found = SMALL.fit(some, 1, 1, Feedback())
    assert found.predict_proba(data.values)[:, 1].max() < 1e-12
    graph = onnxruntime.InferenceSession(found.to_onnx().SerializeToString(), providers=["CPUExecutionProvider"])
    np.testing.assert_allclose(graph.run(None, {"values": data.values})[0], found.predict_proba(data.values), atol=1e-5)


def test_few_samples(tmp_path):
    """One sample a class, the last of its class, is not kept aside; nor does it stop batch normalisation."""
    for per_class in (1, 2):
        heard = Heard()
        samples = season_samples(per_class=per_class, per_group=1, dates=5)
        SMALL.fit(training_set(samples, groups=None), 1, 1, heard)
        assert ("Too few samples to keep some aside: the network of the last epoch is kept." in heard.said) == (
            per_class == 1
        )


def test_three_hundred_classes(tmp_path):
    names = [f"culture n° {number}" for number in range(300)]
    _, session = trained(SMALL, noisy(names=names, per_class=2, per_group=1), tmp_path / "m.onnx")
    assert session.get_outputs()[1].shape == ["n", 300]


def test_a_constant_variable_does_no_harm(tmp_path):
    samples = noisy()
    samples.values[:, :, 1] = 0.3
    _, session = trained(SMALL, samples, tmp_path / "m.onnx")
    assert np.isfinite(session.run(["probabilities"], {"series": samples.values})[0]).all()


@every_family
def test_a_bare_python_runs_the_file(family, tmp_path):
    """Nothing but ONNX Runtime and NumPy."""
    trained(dataclasses.replace(family, epochs=2), noisy(), tmp_path / "m.onnx")
    known, unknown = labels_in_bare_python(tmp_path / "m.onnx", dates=12)
    assert known in (1, 2, 3) and unknown == 0
