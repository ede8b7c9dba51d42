"""Classes of equal size to learn from, by repeating, leaving out and mixing samples."""

from dataclasses import replace

import numpy as np
import pytest
from imblearn import over_sampling
from series_samples import season_samples

from chronocover.core.errors import ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.provenance import Provenance
from chronocover.models.families.boosting import Boosting
from chronocover.models.families.catalogue import FAMILIES, family_of
from chronocover.models.families.family import TrainingSet
from chronocover.models.families.random_forest import RandomForest
from chronocover.models.fitting import TrainingSettings, fit
from chronocover.models.learning_data import prepare
from chronocover.models.resampling import (
    METHODS,
    OVERSAMPLE,
    SMOTE,
    UNDERSAMPLE,
    resample,
    resampled_counts,
    resampled_share,
    resampling_notes,
)
from chronocover.models.training import train
from chronocover.models.validation import LEAVE_ONE_OUT, NONE, Validation


def uneven(counts=(40, 12, 1), seed=0):
    """A training set of so many samples a class, in groups of three, the classes in a random order."""
    samples = season_samples(per_class=max(counts), per_group=3, names=[f"c{i}" for i in range(len(counts))], seed=seed)
    rows = np.concatenate([np.flatnonzero(samples.codes == code + 1)[:count] for code, count in enumerate(counts)])
    rows = np.random.default_rng(seed).permutation(rows)
    return TrainingSet(
        samples.values[rows], samples.codes[rows] - 1, len(counts), np.ones(len(rows)), rows // 3, tuple(range(8))
    )


def counts_of(data):
    return np.bincount(data.targets, minlength=data.classes).tolist()


def rows_of(values):
    return {row.tobytes() for row in values}


@pytest.mark.parametrize(("method", "count"), [(OVERSAMPLE, 40), (UNDERSAMPLE, 1), (SMOTE, 40)])
def test_classes_get_the_same_size(method, count):
    data = uneven()
    found = resample(data, method, seed=1)
    assert counts_of(found) == [count] * 3
    assert len(found.values) == len(found.weights) == len(found.groups) == 3 * count
    assert found.values.dtype == np.float32 and np.isfinite(found.values).all()
    assert resampled_counts(counts_of(data), method) == [count] * 3
    assert resampled_share(data.targets, method) == pytest.approx(3 * count / 53)


@pytest.mark.parametrize("method", [OVERSAMPLE, UNDERSAMPLE])
def test_repeating_and_leaving_out_invent_nothing(method):
    data = uneven()
    found = resample(data, method, seed=1)
    known = {(row.tobytes(), target, group) for row, target, group in zip(data.values, data.targets, data.groups)}
    assert {(r.tobytes(), t, g) for r, t, g in zip(found.values, found.targets, found.groups)} <= known
    if method == OVERSAMPLE:  # all of the old stay
        np.testing.assert_array_equal(found.values[:53], data.values)


def test_smote_is_that_of_imbalanced_learn():
    data = uneven((40, 12))
    found = resample(data, SMOTE, seed=1)
    flat = data.values.reshape(52, -1)
    reference, _ = over_sampling.SMOTE(random_state=1).fit_resample(flat, data.targets)
    np.testing.assert_array_equal(found.values.reshape(80, -1), reference)


def test_a_class_that_is_kept_aside_as_a_whole_does_not_outweigh_all_others():
    given = {}

    class Keeping:
        kept_aside = 0.2

        def fit(self, data, seed, threads, feedback):
            given["data"] = data

    samples = season_samples(per_class=40)
    data = prepare(samples)
    aside = data.targets == 2
    fit(data, np.arange(120), Keeping(), TrainingSettings(balanced=True), 1, Feedback(), aside=aside)
    np.testing.assert_allclose(given["data"].weights, 1)


def test_series_of_smote_lie_between_two_of_their_class_and_belong_to_the_nearer():
    data = uneven((30, 10))
    found = resample(data, SMOTE, seed=2)
    own = data.values[data.targets == 1].reshape(10, -1).astype(float)
    groups = data.groups[data.targets == 1]
    for series, target, group in zip(found.values[40:], found.targets[40:], found.groups[40:]):
        assert target == 1
        series = series.ravel().astype(float)
        distances = np.linalg.norm(own - series, axis=1)
        assert group == groups[distances.argmin()]
        # on the way from one to another both parts of the way add up to the whole
        detours = distances[:, None] + distances[None] - np.linalg.norm(own[:, None] - own[None], axis=2)
        assert np.abs(detours[~np.eye(10, dtype=bool)]).min() < 1e-4


@pytest.mark.parametrize("count", [1, 2, 5, 6])
def test_smote_of_few_samples(count):
    data = uneven((20, count))
    found = resample(data, SMOTE, seed=1)
    assert counts_of(found) == [20, 20]
    if count == 1:
        assert len(rows_of(found.values[found.targets == 1])) == 1


def test_a_class_that_does_not_occur_stays_away():
    data = uneven((20, 8, 5))
    data = data.subset(np.flatnonzero(data.targets != 1))
    for method in (OVERSAMPLE, UNDERSAMPLE, SMOTE):
        assert counts_of(resample(data, method, seed=1))[1] == 0


@pytest.mark.parametrize("method", METHODS[1:])
def test_samples_kept_aside_stay_as_they_are(method):
    data = uneven((40, 12, 4))
    aside = np.isin(data.groups, data.groups[::7])
    found = resample(replace(data, aside=aside), method, seed=1)
    assert rows_of(found.values[found.aside]) == rows_of(data.values[aside])
    assert found.aside.sum() == aside.sum()
    assert not rows_of(found.values[~found.aside]) & rows_of(data.values[aside])
    assert not set(found.groups[~found.aside]) & set(found.groups[found.aside])
    learnt = np.bincount(found.targets[~found.aside])
    assert len(set(learnt[learnt > 0])) == 1


@pytest.mark.parametrize("method", METHODS[1:])
def test_the_seed_decides(method):
    data = uneven((40, 12, 4))
    first, again, other = (resample(data, method, seed).values for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert first.tobytes() != other.tobytes()


def test_what_would_not_fit_into_memory_is_refused():
    targets = np.concatenate([np.zeros(30_000, np.int64), np.arange(1, 300)])
    values = np.broadcast_to(np.float32(0), (len(targets), 400, 1))
    data = TrainingSet(values, targets, 300, np.ones(len(targets)))
    with pytest.raises(ChronocoverError, match=r"9,000,000 samples of 30,299.*GB of memory. Choose “undersample”"):
        resample(data, OVERSAMPLE, seed=1)


def test_what_weakens_a_resampling_is_said():
    counts = {"blé": 40, "maïs": 3, "forêt": 1}
    assert "leaves only 1 of the samples" in resampling_notes(counts, UNDERSAMPLE)[0]
    alone, few = resampling_notes(counts, SMOTE)
    assert "repeats it: “forêt”" in alone and "“maïs” (3)" in few
    assert resampling_notes(counts, OVERSAMPLE) == resampling_notes({"a": 50, "b": 50}, SMOTE) == []


def learnt_with(samples, resampling, **settings):
    """What a family is given to learn from, of all samples."""
    given = []

    class Listens(RandomForest):
        kept_aside = 0.25

        def fit(self, data, *arguments):
            given.append(data)
            return super().fit(data, *arguments)

    data = prepare(samples)
    settings = TrainingSettings(Validation(NONE), resampling=resampling, **settings)
    groups = np.unique(samples.groups, return_inverse=True)[1]
    fit(data, np.arange(len(samples)), Listens(n_estimators=2), settings, 1, Feedback(), groups)
    return given[0]


def test_a_family_that_keeps_samples_aside_gets_them_as_they_were():
    samples = season_samples(per_class=60)
    samples = samples.subset(np.r_[0:60, 60:72, 120:138])
    given = learnt_with(samples, SMOTE)
    assert rows_of(given.values[given.aside]) <= rows_of(samples.values)
    assert not set(given.groups[~given.aside]) & set(given.groups[given.aside])
    assert len(set(np.bincount(given.targets[~given.aside]))) == 1


def test_weights_after_resampling_count_what_is_learnt_from():
    samples = season_samples(per_class=60).subset(np.r_[0:60, 60:72, 120:138])
    given = learnt_with(samples, SMOTE, balanced=True)
    np.testing.assert_allclose(given.weights[~given.aside], 1)
    plain = learnt_with(samples, "none", balanced=True)
    totals = np.bincount(plain.targets, weights=plain.weights)
    np.testing.assert_allclose(totals, totals[0])


@pytest.mark.parametrize("method", METHODS[1:])
def test_only_what_is_learnt_from_is_resampled(method):
    """Every sample is tested once, as it is; the card and the report say how the model learnt."""
    samples = season_samples(per_class=60, noise=0.6).subset(np.r_[0:60, 60:84, 120:150])
    model = train(samples, RandomForest(5), TrainingSettings(resampling=method), Provenance(), Feedback())
    assert model.evaluation.scores.tested == 114
    assert model.card.parameters["resampling"] == method
    assert model.card.training["samples"] == {"blé d'hiver": 60, "maïs": 24, "forêt": 30}


def test_resampling_helps_the_rare_class():
    samples = season_samples(per_class=300, noise=1.6, names=("rare", "frequent"), seed=2)
    samples = replace(samples.subset(np.r_[0:30, 300:600]), groups=None)
    recall = {}
    for method in METHODS:
        settings = TrainingSettings(resampling=method)
        scores = train(samples, RandomForest(50, min_samples_leaf=8), settings, Provenance(), Feedback())
        recall[method] = scores.evaluation.scores.classes[scores.card.legend.names.index("rare")].recall
    assert min(recall[method] for method in METHODS[1:]) > recall["none"] + 0.1


SMALL = {
    "random forest": {"n_estimators": 5},
    "gradient boosting": {"max_iter": 5},
    "extremely randomised trees": {"n_estimators": 5},
    "multilayer perceptron": {"max_iter": 5, "early_stopping": True},
    "MiniRocket": {"n_features": 84},
    "intervals": {"n_estimators": 5},
}
PLAIN = [name for name, (module, _) in FAMILIES.items() if not module.startswith("networks")]


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("method", [UNDERSAMPLE, SMOTE])
def test_every_family_learns_from_resampled_and_weighted_classes(name, method, tmp_path):
    """A class of one sample, one that is missing from a fold, and a region left out."""
    samples = season_samples(per_class=24, dates=10, noise=0.3)
    samples = samples.subset(np.r_[0:24, 24:30, 48:49])
    regions = np.array(["Nord", "Sud"], object)[np.arange(31) // 6 % 2]
    family = replace(family_of(name), **SMALL.get(name, {}))
    settings = TrainingSettings(Validation(LEAVE_ONE_OUT, field="région"), balanced=True, resampling=method, threads=1)
    model = train(replace(samples, regions=regions), family, settings, Provenance(), Feedback())
    assert model.evaluation.scores.tested == 31
    assert [part.name for part in model.evaluation.regions] == ["Nord", "Sud"]
    model.save(str(tmp_path / "modèle.onnx"))


def test_three_hundred_classes():
    names = [f"culture n° {number}" for number in range(300)]
    samples = season_samples(per_class=4, per_group=1, names=names)
    samples = samples.subset(np.flatnonzero((np.arange(1200) % 4 == 0) | (samples.codes < 200)))
    for method in METHODS[1:]:
        settings = TrainingSettings(Validation("hold-out"), resampling=method, threads=1)
        model = train(samples, RandomForest(2, max_depth=4), settings, Provenance(), Feedback())
        assert len(model.card.legend) == 300


def test_without_groups_copies_stay_together():
    """Whatever a family keeps aside then, it has not learnt from a copy of it."""
    data = resample(replace(uneven(), groups=None), OVERSAMPLE, seed=1)
    learnt, held = data.hold_out(0.3, seed=1)
    assert len(held) and not rows_of(data.values[learnt]) & rows_of(data.values[held])


def test_boosting_stops_early_by_whole_groups():
    """Noise that the pixels of a field share: on other fields, more trees soon do no better."""
    samples = season_samples(per_class=120, field_noise=1.5, noise=0.02)
    data = TrainingSet(samples.values, samples.codes - 1, 3, np.ones(360))
    family = Boosting(max_iter=200, early_stopping=True, min_samples_leaf=5)
    by_groups = replace(data, groups=np.unique(samples.groups, return_inverse=True)[1])
    sizes = [len(family.fit(each, 1, 1, Feedback()).to_onnx().SerializeToString()) for each in (data, by_groups)]
    assert sizes[1] < sizes[0]
