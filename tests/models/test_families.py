"""Every family of classifiers: what it learns, and that its model file says the same."""

import contextlib
from itertools import combinations

import numpy as np
import onnxruntime
import pytest
from real_samples import mato_grosso, sinop
from series_samples import season_samples
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression, RidgeClassifierCV
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.provenance import Provenance
from chronocover.models.families.calibration import best_scale, softmax
from chronocover.models.families.extra_trees import ExtraTrees
from chronocover.models.families.family import TrainingSet
from chronocover.models.families.graphs import runner
from chronocover.models.families.interval_quantiles import IntervalQuantiles, by_length, intervals
from chronocover.models.families.minirocket import LOGISTIC, MiniRocket
from chronocover.models.families.neighbours import DISTANCE, Neighbours
from chronocover.models.families.perceptron import Perceptron
from chronocover.models.families.quant import Quant
from chronocover.models.families.random_kernels import KernelFeatures, dilations_of, in_steps
from chronocover.models.families.ridge import STRENGTHS, fit_logistic, fit_ridge
from chronocover.models.families.scikit_learn import flat
from chronocover.models.families.support_vectors import SupportVectorMachine, coupled
from chronocover.models.training import TrainingSettings, train
from chronocover.models.validation import NONE, Validation

FAMILIES = {
    "extra trees": ExtraTrees(n_estimators=20),
    "svm rbf": SupportVectorMachine(),
    "svm rbf, large C": SupportVectorMachine(C=100, gamma=0.05),
    "svm linear": SupportVectorMachine("linear"),
    "mlp": Perceptron(hidden_layer_sizes=(20, 10), max_iter=100),
    "mlp, early stopping": Perceptron(max_iter=60, early_stopping=True, activation="tanh"),
    "knn": Neighbours(),
    "knn by distance": Neighbours(7, DISTANCE, scale=False),
    "minirocket": MiniRocket(n_features=420),
    "minirocket, logistic": MiniRocket(n_features=252, head=LOGISTIC),
    "intervals": Quant(n_estimators=20),
}
every_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)


def trained(family, samples, path, **settings):
    settings = TrainingSettings(**{"validation": Validation(NONE), "threads": 2, **settings})
    model = train(samples, family, settings, Provenance(), Feedback())
    model.save(str(path))
    return model, onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


def training_set(samples, weights=None):
    weights = np.ones(len(samples)) if weights is None else weights
    return TrainingSet(samples.values, samples.codes - 1, len(samples.legend), weights)


def noisy(**changes):
    return season_samples(**{"dates": 12, "noise": 0.8, **changes})


@every_family
@pytest.mark.parametrize("names", [("a", "b"), ("blé", "maïs", "c", "d")], ids=["two classes", "four classes"])
def test_the_file_gives_the_probabilities_of_the_training(family, names, tmp_path):
    model, session = trained(family, noisy(missing=0.2, names=names, per_class=30), tmp_path / "m.onnx")
    values = np.random.default_rng(1).normal(size=(1500, 12, 2)).astype(np.float32)
    found = session.run(["probabilities"], {"series": values})[0]
    np.testing.assert_allclose(found, model.classifier.predict_proba(values), atol=1e-4)
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-4)
    for size in (0, 1, 700):  # the batch does not matter
        part = session.run(["probabilities"], {"series": values[:size]})[0]
        np.testing.assert_allclose(part, found[:size], atol=1e-4)


@every_family
def test_real_series_with_missing_values(family, data_folder, tmp_path):
    for number, samples in enumerate((mato_grosso(data_folder), sinop(data_folder))):
        random = np.random.default_rng(number)
        samples.values[random.random(samples.values.shape) < 0.1] = np.nan
        model, session = trained(family, samples, tmp_path / f"{number}.onnx")
        found = session.run(["probabilities"], {"series": model.data.samples.values})[0]
        np.testing.assert_allclose(found, model.classifier.predict_proba(model.data.filled), atol=1e-4)


@every_family
def test_the_seed_alone_decides_the_model(family, tmp_path):
    values = noisy().values
    found = []
    for seed, threads in ((1, 1), (1, 2)):
        _, session = trained(family, noisy(per_class=30), tmp_path / "m.onnx", seed=seed, threads=threads)
        found.append(session.run(["probabilities"], {"series": values})[0])
    np.testing.assert_array_equal(*found)


@every_family
def test_a_class_of_one_sample(family, tmp_path):
    samples = season_samples(dates=12, noise=0.02).subset(np.r_[0, 60:180])
    settings = {"validation": Validation("k-fold", folds=3)}
    model, session = trained(family, samples, tmp_path / "m.onnx", **settings)
    assert len(model.card.legend) == 3
    label = session.run(["label"], {"series": samples.values})[0]
    assert (label[1:] == samples.codes[1:]).mean() > 0.95


@every_family
def test_the_classes_are_told_apart(family):
    found = train(noisy(), family, TrainingSettings(threads=2), Provenance(), Feedback()).evaluation
    assert found.scores.accuracy > 0.8


@every_family
def test_balanced_weights_reach_the_classifier(family):
    samples = noisy(names=("frequent", "rare"), noise=2.0, per_class=200).subset(np.r_[0:200, 200:220])
    data = training_set(samples)
    heavy = training_set(samples, np.where(data.targets == 1, 10.0, 1.0))
    others = noisy(names=("frequent", "rare"), noise=2.0, seed=5).values
    share = [family.fit(each, 1, 1, Feedback()).predict_proba(others)[:, 1].mean() for each in (data, heavy)]
    # Pure leaves stay pure, and an infinite cost of errors infinite, whatever the weights.
    if not isinstance(family, (ExtraTrees, Quant)) and getattr(family, "C", 1) < 100:
        assert share[1] > share[0] + 0.01


@every_family
def test_cancelling(family):
    class Cancelled(Feedback):
        def is_cancelled(self):
            return True

    with pytest.raises(CancelledError):
        family.fit(training_set(noisy()), 1, 1, Cancelled())


def test_extra_trees_are_scikit_learns():
    samples = noisy()
    data = training_set(samples)
    found = ExtraTrees(n_estimators=25).fit(data, 4, 2, Feedback()).predict_proba(samples.values)
    reference = ExtraTreesClassifier(25, max_depth=25, random_state=4).fit(flat(samples.values), data.targets)
    np.testing.assert_allclose(found, reference.predict_proba(flat(samples.values)), atol=1e-12)


@pytest.mark.parametrize("by", ["uniform", "distance"])
def test_neighbours_are_scikit_learns(by):
    samples, others = noisy(per_class=900), noisy(seed=5)  # more samples than are compared at the same time
    data = training_set(samples)
    reference = KNeighborsClassifier(9, weights=by).fit(flat(samples.values), data.targets)
    found = Neighbours(9, by, scale=False).fit(data, 1, 1, Feedback())
    for values in (others.values, samples.values[:50]):  # the latter lie on a sample
        expected = reference.predict_proba(flat(values.astype(np.float64)))
        np.testing.assert_allclose(found.predict_proba(values), expected, atol=1e-5)


def test_a_variables_unit_does_not_matter_to_scaled_neighbours():
    samples = noisy()
    large = season_samples(dates=12, noise=0.8)
    large.values[:, :, 0] *= 1024
    found = [
        Neighbours().fit(training_set(each), 1, 1, Feedback()).predict_proba(each.values) for each in (samples, large)
    ]
    np.testing.assert_allclose(*found, atol=1e-6)


def test_more_neighbours_than_samples():
    samples = noisy(per_class=3, per_group=1)
    found = Neighbours(50).fit(training_set(samples), 1, 1, Feedback()).predict_proba(samples.values)
    np.testing.assert_allclose(found, 1 / 3, atol=1e-6)


@pytest.mark.filterwarnings("ignore:Stochastic Optimizer")
def test_the_perceptron_is_scikit_learns():
    samples = noisy()
    data = training_set(samples)
    found = Perceptron(max_iter=15).fit(data, 4, 1, Feedback()).predict_proba(samples.values)
    scaled = StandardScaler().fit_transform(flat(samples.values)).astype(np.float32)
    reference = MLPClassifier(max_iter=15, batch_size=180, random_state=4, n_iter_no_change=99)
    np.testing.assert_allclose(found, reference.fit(scaled, data.targets).predict_proba(scaled), atol=1e-6)


def test_early_stopping_keeps_the_best_network_and_needs_samples():
    class Log(Feedback):
        said = ()

        def warning(self, text):
            self.said = (*self.said, text)

        info = warning

    log = Log()
    Perceptron(early_stopping=True, max_iter=500, n_iter_no_change=3).fit(training_set(noisy()), 1, 1, log)
    assert any("Stopped after" in text for text in log.said)
    Perceptron(early_stopping=True, max_iter=2).fit(training_set(noisy(per_class=1, per_group=1)), 1, 1, log)
    assert any("Too few samples" in text for text in log.said)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_network_that_runs_away():
    samples = noisy(per_class=20)
    family = Perceptron(learning_rate_init=1e30, activation="relu", max_iter=50)
    with pytest.raises(ChronocoverError, match="Choose a smaller learning rate"):
        family.fit(training_set(samples), 1, 1, Feedback())


@pytest.mark.parametrize("kernel", ["rbf", "linear"])
@pytest.mark.parametrize("names", [("a", "b"), ("a", "b", "c", "d")], ids=["two classes", "four classes"])
def test_the_machine_decides_as_scikit_learns(kernel, names):
    """The coupled probabilities name the class that wins against every other one, where there is one."""
    samples = noisy(names=names, noise=1.5)
    data = training_set(samples)
    found = SupportVectorMachine(kernel).fit(data, 1, 1, Feedback()).predict_proba(samples.values)
    scaled = StandardScaler().fit_transform(flat(samples.values))
    reference = SVC(kernel=kernel, decision_function_shape="ovo").fit(scaled, data.targets)
    pairs = reference.decision_function(scaled).reshape(len(samples), -1)
    pairs = -pairs if len(names) == 2 else pairs
    wins = np.zeros((len(samples), len(names)))
    for column, (first, second) in enumerate(combinations(range(len(names)), 2)):
        wins[:, first] += pairs[:, column] > 0
        wins[:, second] += pairs[:, column] < 0
    clear = wins.max(axis=1) == len(names) - 1
    assert clear.mean() > 0.9
    assert (found.argmax(axis=1) == wins.argmax(axis=1))[clear].mean() > 0.99


def test_two_classes_are_coupled_by_a_sigmoid():
    decisions = np.array([[-3.0], [0.0], [2.0]])
    np.testing.assert_allclose(coupled(decisions, 2)[:, 0], 1 / (1 + np.exp(-decisions[:, 0])))


def test_the_scale_of_decisions_is_found_again():
    random = np.random.default_rng(0)
    logits = random.normal(0, 2, (20_000, 3))
    cumulated = softmax(logits).cumsum(axis=1)
    targets = (random.random((20_000, 1)) > cumulated).sum(axis=1)
    assert best_scale(logits / 5, targets, softmax) == pytest.approx(5, rel=0.05)


@pytest.mark.parametrize("count", [30, 400], ids=["fewer samples than features", "more samples than features"])
def test_ridge_is_scikit_learns(count):
    random = np.random.default_rng(1)
    features = random.random((count, 60)).astype(np.float32)
    targets = (features[:, :3] + random.normal(0, 0.2, (count, 3))).argmax(axis=1)
    weights = random.uniform(0.5, 2, count)
    head = fit_ridge(features, TrainingSet(features, targets, 3, weights), Feedback())
    scaled = (features / features.std(axis=0)).astype(np.float64)
    reference = RidgeClassifierCV(STRENGTHS).fit(scaled, targets, weights)
    assert f"{reference.alpha_:.3g}" in head.chosen
    decisions = features @ head.weights + head.offsets
    expected = reference.decision_function(scaled)
    scale = np.ptp(decisions) / np.ptp(expected)
    np.testing.assert_allclose(decisions, scale * expected, atol=1e-3 * scale)


def test_features_that_tell_nothing_give_the_shares_of_the_classes():
    targets = np.repeat([0, 1], [30, 10])
    head = fit_ridge(np.ones((40, 60), np.float32), TrainingSet(targets, targets, 2, np.ones(40)), Feedback())
    found = head.probabilities(np.ones((1, 60), np.float32))[0]
    np.testing.assert_allclose(found, [0.75, 0.25], atol=0.02)


@pytest.mark.parametrize("classes", [2, 3])
def test_the_logistic_head_is_scikit_learns(classes):
    random = np.random.default_rng(1)
    features = random.random((200, 20)).astype(np.float32)
    targets = features[:, :classes].argmax(axis=1)
    head = fit_logistic(features, TrainingSet(features, targets, classes, np.ones(200)), 0.5, Feedback())
    scaled = StandardScaler().fit_transform(features.astype(np.float64))
    reference = LogisticRegression(C=0.5, max_iter=1000).fit(scaled, targets)
    np.testing.assert_allclose(head.probabilities(features), reference.predict_proba(scaled), atol=1e-3)


def plain_minirocket(series, kernels):
    """Slowly, value by value, from the paper; ``series`` whole numbers ``(dates, variables)``."""
    dates = len(series)
    features = []
    for number, dilation in enumerate(kernels.dilations):
        table = np.empty(kernels.biases[number].shape)
        for kernel, twos in enumerate(combinations(range(9), 3)):
            variables = np.flatnonzero(kernels.variables[number, kernel])
            results = []
            for place in range(dates):
                total = 0.0
                for tap in range(9):
                    seen = place + (tap - 4) * dilation
                    if 0 <= seen < dates:
                        total += (2 if tap in twos else -1) * series[seen, variables].sum()
                results.append(total)
            if (number + kernel) % 2:  # without padding
                results = results[4 * dilation : dates - 4 * dilation]
            table[kernel] = [np.mean([result > bias for result in results]) for bias in kernels.biases[number][kernel]]
        alternate = (number + np.arange(84)) % 2
        features += [table[alternate == part].T.ravel() for part in (0, 1)]
    return np.concatenate(features)


@pytest.mark.parametrize(("dates", "variables"), [(9, 1), (23, 3), (40, 11)])
def test_features_are_minirockets(dates, variables):
    """Also checked, with a difference of 0, against the authors' code as aeon 1 has it, on the Sinop and Mato Grosso
    samples with 84, 2,520 and 9,996 features, for the same kernels, variables and biases.
    """
    values = np.random.default_rng(dates).normal(size=(6, dates, variables)).astype(np.float32)
    kernels = KernelFeatures.fit(values, 84 * 7, 3)
    found = runner(kernels.model())(values)
    for series, features in zip(in_steps(kernels.scaling.apply(values)), found):
        np.testing.assert_allclose(features, plain_minirocket(series, kernels), atol=1e-6)


def test_dilations_are_those_of_the_authors():
    """Values of their code."""
    for (dates, features), dilations, counts in (
        ((9, 9996), [1], [119]),
        ((23, 2520), [1, 2], [20, 10]),
        ((23, 9996), [1, 2], [82, 37]),
    ):
        found = dilations_of(dates, features)
        assert (found[0].tolist(), found[1].tolist()) == (dilations, counts)


def test_flat_parts_of_series_are_compared_exactly():
    """Filled gaps are straight lines, on which every kernel gives 0: no rounding may decide there."""
    line = np.linspace(0.1, 0.7, 20, dtype=np.float32)[None, :, None]
    values = np.concatenate([np.random.default_rng(0).normal(size=(20, 20, 1)).astype(np.float32), line])
    kernels = KernelFeatures.fit(values, 840, 1)
    run = runner(kernels.model())
    np.testing.assert_array_equal(run(values)[-1], run(values[-1:])[0])


def test_minirocket_refuses_short_series():
    with pytest.raises(ChronocoverError, match="at least 9 dates, the length of its kernels; the samples have 8"):
        MiniRocket().fit(training_set(season_samples(dates=8)), 1, 1, Feedback())


def plain_quant(series, depth, divisor):
    """Slowly, interval by interval, from the paper and in the order of the graph; ``series`` ``(dates, variables)``."""
    series = series.astype(np.float64)
    differences = np.diff(series, axis=0)
    padded = np.pad(differences, ((2, 2), (0, 0)), "edge") if len(differences) else differences
    smoothed = np.array([padded[start : start + 5].mean(axis=0) for start in range(len(differences))])
    features = []
    for values in (series, smoothed, np.diff(series, n=2, axis=0), np.abs(np.fft.rfft(series, axis=0))):
        if not len(values):
            continue
        values = values.astype(np.float32)
        parts, level = [], 0
        while level < depth and 2**level <= len(values):
            count = 2**level
            ends = np.linspace(0, len(values), count + 1).astype(int)
            starts, ends = ends[:-1], ends[1:]
            parts += zip(starts, ends)
            if count > 1 and np.sort(ends - starts)[(count - 1) // 2] > 1:
                shift = int(np.ceil(len(values) / count / 2))
                parts += zip(starts[:-1] + shift, ends[:-1] + shift)
            level += 1
        for length in sorted({end - start for start, end in parts}, reverse=True):
            chosen = [part for part in parts if part[1] - part[0] == length]
            for variable in range(values.shape[1]):
                for start, end in chosen:
                    part = values[start:end, variable].astype(np.float64)
                    number = 1 + (length - 1) // divisor
                    found = np.quantile(part, [0.5] if number == 1 else np.linspace(0, 1, number))
                    if number > 1:
                        found[1::2] -= part.mean()
                    features += found.tolist()
    return np.array(features)


@pytest.mark.parametrize(("dates", "variables"), [(1, 2), (2, 1), (3, 1), (23, 3), (46, 1), (70, 2)])
@pytest.mark.parametrize("divisor", [1, 4])
def test_features_are_quants(dates, variables, divisor):
    values = np.random.default_rng(dates).normal(size=(5, dates, variables)).astype(np.float32)
    found = runner(IntervalQuantiles(dates, variables, 6, divisor).model())(values)
    expected = [plain_quant(series, 6, divisor) for series in values]
    np.testing.assert_allclose(found, expected, atol=1e-6)
    assert IntervalQuantiles(dates, variables, 6, divisor).graph()[2] == found.shape[1]


def test_intervals_halve_and_overlap():
    found = intervals(8, 3)
    assert found == [(0, 8), (0, 4), (4, 8), (2, 6), (0, 2), (2, 4), (4, 6), (6, 8), (1, 3), (3, 5), (5, 7)]
    assert sorted(len(each) for each in by_length(found)) == [1, 3, 7]


def test_quant_is_extra_trees_on_its_features():
    samples = noisy()
    data = training_set(samples)
    features = runner(IntervalQuantiles(12, 2).model())(samples.values)
    reference = ExtraTreesClassifier(30, criterion="entropy", max_features=0.1, random_state=4)
    expected = reference.fit(features, data.targets).predict_proba(features)
    found = Quant(n_estimators=30).fit(data, 4, 2, Feedback()).predict_proba(samples.values)
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_one_date_and_one_variable(tmp_path):
    samples = season_samples(dates=1, variables=("ndvi",), noise=0.02)
    for family in (family for family in FAMILIES.values() if not isinstance(family, MiniRocket)):
        _, session = trained(family, samples, tmp_path / "m.onnx")
        assert session.run(["label"], {"series": samples.values})[0].shape == (180,)


@every_family
def test_three_hundred_classes(family, tmp_path):
    samples = noisy(names=[f"culture n° {number}" for number in range(300)], per_class=2, per_group=1)
    if isinstance(family, SupportVectorMachine):
        with pytest.raises(ChronocoverError, match="300 classes would be 44,850 decisions for each pixel"):
            trained(family, samples, tmp_path / "m.onnx")
        return
    model, session = trained(family, samples, tmp_path / "m.onnx")
    found = session.run(["probabilities"], {"series": samples.values})[0]
    np.testing.assert_allclose(found, model.classifier.predict_proba(samples.values), atol=1e-4)


def test_a_constant_variable_does_no_harm(tmp_path):
    samples = noisy(per_class=20)
    samples.values[:, :, 1] = 0.3
    for family in FAMILIES.values():
        _, session = trained(family, samples, tmp_path / "m.onnx")
        assert np.isfinite(session.run(["probabilities"], {"series": samples.values})[0]).all()


def test_an_epoch_of_a_perceptron_does_not_look_through_all_libraries(monkeypatch):
    """Which takes longer than the epoch itself, in QGIS above all."""
    entered = []

    def counted(threads):
        entered.append(threads)
        return contextlib.nullcontext()

    monkeypatch.setattr("chronocover.models.families.perceptron.threads_only", counted)
    Perceptron(max_iter=5).fit(training_set(season_samples(per_class=10)), 1, 2, Feedback())
    assert entered == [2]
