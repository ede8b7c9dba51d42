"""Searching settings without a look at what the accuracy is tested on."""

import dataclasses
import json
from dataclasses import dataclass, replace

import numpy as np
import pytest
from series_samples import season_samples
from sklearn.metrics import f1_score
from sklearn.neighbors import KNeighborsClassifier

from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.provenance import Provenance
from chronocover.models.evaluation import evaluate
from chronocover.models.families.catalogue import FAMILIES, family_of
from chronocover.models.families.family import TrainingSet
from chronocover.models.families.minirocket import MiniRocket
from chronocover.models.families.neighbours import Neighbours
from chronocover.models.families.search_space import Between, Choice, draw_settings
from chronocover.models.families.support_vectors import SupportVectorMachine
from chronocover.models.fitting import ACCURACY, MACRO_F1, TrainingSettings
from chronocover.models.learning_data import prepare
from chronocover.models.training import train
from chronocover.models.training_report import write_html, write_json
from chronocover.models.tuning import candidates, inner_folds, tune
from chronocover.models.tuning_report import ordered
from chronocover.models.validation import Validation, split

PLAIN = [name for name, (module, _) in FAMILIES.items() if not module.startswith("networks.")]
SMALLER = {"n_estimators": 3, "max_iter": 5}


class Log(Feedback):
    def __init__(self):
        self.lines = []

    def info(self, text):
        self.lines.append(text)


class Answer:
    """Finds one class everywhere, or half of the time another."""

    def __init__(self, classes, target, mixed):
        self._classes, self._target, self._mixed = classes, target, mixed

    def predict_proba(self, values):
        found = np.zeros((len(values), self._classes))
        found[:, self._target] = 1
        if self._mixed:
            found[1::2] = found[1::2, ::-1]
        return found

    def importance(self):
        return None


@dataclass(frozen=True)
class Stubborn:
    """A family whose ``answer`` is a class, “mixed”, or a failure; it remembers what it has learnt from."""

    answer: object = 0
    seen: tuple = ()
    name = "Stubborn"

    def search_space(self):
        return {"answer": Choice((0, 1, "mixed", "failure"))}

    def parameters(self):
        return {"answer": self.answer}

    def fit(self, data, seed, threads, feedback):
        if self.answer == "failure":
            raise ChronocoverError("It is too stubborn.")
        for each in self.seen:
            each.append(data.values[:, 0, 0].astype(int))
        return Answer(data.classes, 0 if self.answer == "mixed" else self.answer, self.answer == "mixed")


def searched(samples, family, feedback=None, **settings):
    settings = TrainingSettings(**{"trials": 8, "threads": 2, **settings})
    data = prepare(samples)
    splits = split(data.samples, data.targets, settings.validation, settings.seed)
    return tune(data, family, settings, splits, feedback or Feedback()), data, splits


def trained(samples, family, **settings):
    settings = TrainingSettings(**{"trials": 4, "threads": 2, **settings})
    return train(samples, family, settings, Provenance("test"), Feedback())


@pytest.mark.parametrize("name", PLAIN)
def test_settings_out_of_the_ranges_train(name):
    """Random ones, and both ends of all ranges at once."""
    samples = season_samples(per_class=12, dates=9, noise=0.5)
    data = TrainingSet(samples.values, samples.codes - 1, 3, np.ones(len(samples)))
    family = family_of(name)
    space = family.search_space()
    assert set(space) <= {field.name for field in dataclasses.fields(family)}
    ends = [
        {key: (r.values[end] if isinstance(r, Choice) else (r.low, r.high)[end]) for key, r in space.items()}
        for end in (0, -1)
    ]
    whole = {key for key, r in space.items() if isinstance(r, Between) and r.whole}
    ends = [{key: int(value) if key in whole else value for key, value in end.items()} for end in ends]
    random = np.random.default_rng(3)
    for drawn in [*(replace(family, **end) for end in ends), *(draw_settings(family, random) for _ in range(3))]:
        json.dumps(drawn.parameters())
        quick = {key: value for key, value in SMALLER.items() if hasattr(drawn, key)}
        found = replace(drawn, **quick).fit(data, 1, 1, Feedback()).predict_proba(samples.values)
        np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-5)


def test_only_what_a_family_uses_is_searched():
    assert set(SupportVectorMachine("linear").search_space()) == {"C"}
    assert set(MiniRocket().search_space()) == {"n_features"}
    assert set(MiniRocket(head="logistic").search_space()) == {"n_features", "C"}


def test_candidates_are_the_own_settings_and_others_each_once():
    own = Neighbours(7, "distance", scale=False)
    found = candidates(own, 20, seed=5)
    assert found[0] == own and len(found) == len(set(found)) == 21
    assert all(each.scale is False for each in found)
    assert candidates(own, 20, seed=5) == found != candidates(own, 20, seed=6)
    few = candidates(MiniRocket(n_features=2520), 50, seed=1)
    assert sorted(each.n_features for each in few) == [840, 1260, 2520, 5040, 9996]


def test_trials_are_scored_as_scikit_learn_scores_them():
    samples = season_samples(noise=1.0, field_noise=0.5)
    tuning, data, splits = searched(samples, Neighbours(scale=False), validation=Validation("hold-out"))
    settings = TrainingSettings(validation=Validation("hold-out"))
    for search, rows in zip([tuning.all_samples, *tuning.folds], [np.arange(180), splits.folds[0][0]]):
        [(train_rows, test_rows)], _ = inner_folds(data, rows, settings, splits)
        for trial in search.trials:
            reference = KNeighborsClassifier(trial.family.n_neighbors, weights=trial.family.weights)
            reference.fit(data.filled[train_rows].reshape(len(train_rows), -1), data.targets[train_rows])
            found = reference.predict(data.filled[test_rows].reshape(len(test_rows), -1))
            assert trial.accuracy == pytest.approx(np.mean(found == data.targets[test_rows]), abs=0.02)  # ties
            expected = f1_score(data.targets[test_rows], found, average="macro")
            assert trial.macro_f1 == pytest.approx(expected, abs=0.02)
        assert search.best.accuracy == max(trial.accuracy for trial in search.trials)


def marked():
    """Samples whose first value is their row number."""
    samples = season_samples()
    samples.values[:, 0, 0] = np.arange(len(samples))
    return samples


def regions(samples):
    return replace(samples, regions=np.array([f"region {row // 12 % 4}" for row in range(len(samples))], object))


@pytest.mark.parametrize("method", ["hold-out", "k-fold", "group k-fold", "spatial blocks", "leave one out"])
def test_the_search_of_a_fold_never_sees_what_the_fold_tests(method):
    samples = regions(marked())
    settings = TrainingSettings(validation=Validation(method, field="region"))
    data = prepare(samples)
    splits = split(data.samples, data.targets, settings.validation, settings.seed)
    kept = {
        "k-fold": np.arange(len(samples)),
        "leave one out": np.unique(samples.regions.astype(str), return_inverse=True)[1],
    }.get(method, splits.groups)
    for learning, tested in splits.folds:
        folds, words = inner_folds(data, learning, settings, splits)
        assert folds and words
        for train_rows, test_rows in folds:
            assert not np.intersect1d(np.concatenate([train_rows, test_rows]), tested).size
            assert not np.intersect1d(kept[train_rows], kept[test_rows]).size
    # … and what is fitted are those rows
    seen = []
    tuning, _, _ = searched(samples, Stubborn(seen=(seen,)), trials=1, threads=1, validation=settings.validation)
    assert len(tuning.folds) == len(splits.folds)
    sides = [np.arange(len(samples)), *(learning for learning, _ in splits.folds)]
    expected = [rows for side in sides for rows, _ in inner_folds(data, side, settings, splits)[0]]
    assert len(seen) == 2 * len(expected)
    for side in {tuple(rows) for rows in expected}:
        assert sum(tuple(rows) == side for rows in seen) == 2 * sum(tuple(rows) == side for rows in expected)


def test_a_given_validation_set_compares_the_settings():
    samples = marked()
    names = np.array(["train", "train", "validation", "test"], object)[np.arange(len(samples)) // 6 % 4]
    samples = replace(samples, regions=names)
    settings = TrainingSettings(validation=Validation("given split", field="set"))
    data = prepare(samples)
    splits = split(data.samples, data.targets, settings.validation, 1)
    [(learning, tested)], words = inner_folds(data, splits.folds[0][0], settings, splits)
    assert set(names[learning]) == {"train"} and set(names[tested]) == {"validation"}
    assert "given for validation" in words


def test_a_polygon_of_several_years_is_on_one_side_of_the_search_too():
    """Each third field has samples of two years, as where the same places are visited again."""
    samples = season_samples()
    fields = np.arange(180) // 6
    years = (fields // 4 + (fields % 3 == 0) * (np.arange(180) % 2)) % 4
    samples = replace(samples, regions=years.astype(str).astype(object))
    settings = TrainingSettings(validation=Validation("leave one out", field="year"))
    data = prepare(samples)
    splits = split(data.samples, data.targets, settings.validation, 1)
    parted = 0
    for rows in [np.arange(180), *(learning for learning, _ in splits.folds)]:
        folds, words = inner_folds(data, rows, settings, splits)
        assert "values of “year” never split" in words
        for learning, tested in folds:
            assert not set(fields[learning]) & set(fields[tested])
            assert not set(years[learning]) & set(years[tested])
            parted += len(rows) - len(learning) - len(tested)
    assert parted > 0  # what the test is about does occur


def test_one_region_left_to_learn_from_is_split_by_its_groups():
    samples = season_samples()
    samples = replace(samples, regions=np.where(np.arange(180) // 6 % 2, "a", "b").astype(object))
    settings = TrainingSettings(validation=Validation("leave one out", field="region"))
    data = prepare(samples)
    splits = split(data.samples, data.targets, settings.validation, 1)
    _, words = inner_folds(data, splits.folds[0][0], settings, splits)
    assert "15 groups never split" in words


@dataclass(frozen=True)
class Coin:
    """Says heads or tails of each sample, others with each number, whatever it was given to learn from."""

    number: int = 0
    name = "Coin"

    def search_space(self):
        return {"number": Between(1, 10_000, whole=True)}

    def parameters(self):
        return {"number": self.number}

    def fit(self, data, seed, threads, feedback):
        return self

    def predict_proba(self, values):
        heads = np.random.default_rng(self.number).random(1000)[values[:, 0, 0].astype(int)] < 0.5
        return np.column_stack([heads, ~heads]).astype(float)

    def importance(self):
        return None


def test_a_search_among_noise_is_seen_through():
    """The best of many that know nothing looks good; what the validation says of it does not."""
    samples = season_samples(per_class=40, per_group=1, names=("a", "b"))
    samples.values[:, 0, 0] = np.arange(80)
    chosen, said = [], []
    for seed in range(5):
        settings = TrainingSettings(Validation("k-fold"), seed=seed, trials=30, threads=1)
        found = evaluate(prepare(samples), Coin(), settings, Feedback(), thorough=False)
        chosen.append(found.tuning.all_samples.best.accuracy)
        said.append(found.scores.accuracy)
    assert np.mean(chosen) > 0.6
    assert abs(np.mean(said) - 0.5) < 0.06


def test_neither_threads_nor_repetition_change_a_search():
    samples = season_samples(per_class=20, noise=1.0)
    one, many = (searched(samples, SupportVectorMachine(), trials=4, threads=threads)[0] for threads in (1, 4))
    for first, second in zip([one.all_samples, *one.folds], [many.all_samples, *many.folds]):
        assert [replace(trial, seconds=0) for trial in first.trials] == [
            replace(trial, seconds=0) for trial in second.trials
        ]


def test_the_criterion_decides():
    samples = season_samples(per_class=40, names=("frequent", "rare"), per_group=1)
    samples = samples.subset(np.r_[np.ones(40, bool), np.arange(40) < 20])
    by_accuracy, _, _ = searched(samples, Stubborn(1), trials=20)
    by_f1, _, _ = searched(samples, Stubborn(1), trials=20, criterion=MACRO_F1)
    assert by_accuracy.all_samples.best.family.answer == 0
    assert by_accuracy.all_samples.best.accuracy == pytest.approx(2 / 3)
    assert by_f1.all_samples.best.family.answer == "mixed"


def test_settings_that_fail_are_noted_and_the_others_go_on():
    log = Log()
    tuning, _, _ = searched(season_samples(), Stubborn("failure"), log, trials=20)
    failed = tuning.all_samples.trials[0]
    assert failed.problem == "It is too stubborn." and failed.accuracy is None
    assert tuning.all_samples.best.family.answer in (0, 1)
    assert ordered(tuning.all_samples, ACCURACY)[-1] is failed
    assert ordered(tuning.all_samples, ACCURACY)[0] is tuning.all_samples.best
    assert "(your own settings: they failed)" in log.lines[-1] and "1 failed" in log.lines[-1]


def test_settings_that_all_fail_end_in_a_sentence():
    class Hopeless(Stubborn):
        def search_space(self):
            return {"answer": Choice(("failure",))}

    with pytest.raises(ChronocoverError, match=r"None of the 1 settings tried can be trained\. It is too stubborn"):
        searched(season_samples(), Hopeless("failure"))


def test_too_few_samples_to_compare_keep_the_own_settings():
    samples = season_samples(per_class=1, per_group=1)
    model = trained(samples, Neighbours(1), validation=Validation("none"))
    assert model.card.parameters["n_neighbors"] == 1
    assert model.evaluation.tuning.all_samples.validation == ""


def test_a_search_can_be_cancelled():
    class Impatient(Feedback):
        fraction = 0.0

        def progress(self, fraction):
            self.fraction = fraction

        def is_cancelled(self):
            return self.fraction > 0.3

    with pytest.raises(CancelledError):
        searched(season_samples(), SupportVectorMachine(), Impatient(), trials=30)


def test_card_and_reports_tell_what_was_tried_and_chosen(tmp_path):
    samples = season_samples(noise=1.0)
    model = trained(samples, Neighbours(30), trials=6)
    tuning = model.evaluation.tuning
    best = tuning.all_samples.best
    assert best.number > 0
    assert best.family.parameters().items() <= model.card.parameters.items()
    told = model.card.training["tuning"]
    assert (told["settings_tried"], told["chosen_trial"], told["score"]) == (7, best.number, best.accuracy)

    path = tmp_path / "m.onnx"
    model.save(str(path))
    write_html(str(tmp_path / "r.html"), model, str(path), Provenance())
    write_json(str(tmp_path / "r.json"), model, str(path), Provenance())
    plain = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["tuning"]
    assert [trial["number"] for trial in plain["trials"]] == list(range(7))
    assert plain["trials"][0]["settings"] == {"n_neighbors": 30, "weights": "uniform"}
    assert plain["chosen_in_folds"] == [each.best.number for each in tuning.folds] and len(tuning.folds) == 5
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "Search of settings" in page and "0 (your own)" in page
