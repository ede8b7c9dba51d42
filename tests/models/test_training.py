"""From samples to a trained model in plain Python, without QGIS."""

import json

import numpy as np
import pytest
from real_samples import sinop
from series_samples import season_samples
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier

from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.provenance import Provenance
from chronocover.models.families.boosting import Boosting
from chronocover.models.families.family import TrainingSet
from chronocover.models.families.random_forest import RandomForest
from chronocover.models.families.scikit_learn import flat
from chronocover.models.importance import permutation_importance
from chronocover.models.learning_data import keep_variables, prepare
from chronocover.models.packaging import package
from chronocover.models.training import TrainingSettings, train
from chronocover.models.training_report import random_split_sentence, write_html, write_json
from chronocover.models.validation import HOLD_OUT, METHODS, NONE, Validation

FOREST = RandomForest(n_estimators=25)
BOOSTING = Boosting(max_iter=30, min_samples_leaf=5)


class Log(Feedback):
    def __init__(self, cancel_at=2.0):
        self.warnings, self.fractions, self._cancel_at = [], [0.0], cancel_at

    def warning(self, text):
        self.warnings.append(text)

    def progress(self, fraction):
        self.fractions.append(fraction)

    def is_cancelled(self):
        return self.fractions[-1] >= self._cancel_at


def quick(samples, family=FOREST, feedback=None, **settings):
    return train(samples, family, TrainingSettings(**settings), Provenance("test"), feedback or Feedback())


def with_(samples, **changes):
    return type(samples)(**{**vars(samples), **changes})


def lacking(variable):
    samples = season_samples()
    samples.values[:, :, samples.variables.index(variable)] = np.nan
    return samples.values


def training_set(samples):
    return TrainingSet(samples.values, samples.codes - 1, len(samples.legend), np.ones(len(samples)))


@pytest.mark.parametrize(
    ("family", "reference"),
    [
        (FOREST, RandomForestClassifier(25, max_depth=25, random_state=4)),
        (
            BOOSTING,
            HistGradientBoostingClassifier(
                l2_regularization=1, max_bins=64, max_iter=30, min_samples_leaf=5, random_state=4
            ),
        ),
        (
            Boosting(max_iter=200, early_stopping=True),
            HistGradientBoostingClassifier(
                l2_regularization=1, max_bins=64, max_iter=200, early_stopping=True, random_state=4
            ),
        ),
    ],
    ids=["forest", "boosting", "early stopping"],
)
def test_growing_in_steps_that_can_be_cancelled_gives_scikit_learns_classifier(family, reference):
    samples = season_samples(noise=0.8)
    data = training_set(samples)
    found = family.fit(data, 4, 2, Feedback()).predict_proba(samples.values)
    # A forest draws its samples otherwise where weights are given, and boosting's bins are then much slower to find.
    reference.fit(flat(samples.values), data.targets, sample_weight=data.weights if family is FOREST else None)
    np.testing.assert_allclose(found, reference.predict_proba(flat(samples.values)), atol=1e-12)


def test_weights_reach_the_boosting():
    samples = season_samples(noise=0.8)
    data = training_set(samples)
    data.weights[:60] = 20
    found = BOOSTING.fit(data, 4, 1, Feedback()).predict_proba(samples.values)
    reference = HistGradientBoostingClassifier(
        l2_regularization=1, max_bins=64, max_iter=30, min_samples_leaf=5, random_state=4
    ).fit(flat(samples.values), data.targets, sample_weight=data.weights)
    np.testing.assert_allclose(found, reference.predict_proba(flat(samples.values)), atol=1e-12)


@pytest.mark.parametrize("family", [FOREST, BOOSTING], ids=lambda family: family.name)
def test_the_seed_alone_decides_the_model(family):
    samples = season_samples(noise=0.8)
    files = []
    for seed, threads in ((1, 1), (1, 2), (2, 1)):
        model = quick(samples, family, seed=seed, threads=threads, validation=Validation(NONE))
        files.append(package(model.classifier.to_onnx(), model.card).graph.SerializeToString(deterministic=True))
    assert files[0] == files[1]
    if family is FOREST:  # nothing is random in boosting without early stopping
        assert files[0] != files[2]


def test_a_random_split_is_seen_through_when_pixels_of_a_field_are_alike():
    samples = season_samples(field_noise=1.2, noise=0.02, seed=3)
    evaluation = quick(samples).evaluation
    assert evaluation.random_accuracy > 0.97
    assert evaluation.scores.accuracy < evaluation.random_accuracy - 0.1
    assert "neighbouring pixels" in random_split_sentence(evaluation)
    # 30 fields, not 180 pixels
    assert evaluation.scores.high - evaluation.scores.low > 0.1


@pytest.mark.parametrize("family", [FOREST, BOOSTING], ids=lambda family: family.name)
def test_scores_and_importance_do_not_depend_on_the_threads(family):
    samples = season_samples(noise=0.8)
    one, many = (quick(samples, family, threads=threads).evaluation for threads in (1, 4))
    np.testing.assert_array_equal(one.scores.matrix, many.scores.matrix)
    np.testing.assert_array_equal(one.importance.values, many.importance.values)
    assert one.random_accuracy == many.random_accuracy


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("family", [FOREST, BOOSTING], ids=lambda family: family.name)
def test_nothing_of_other_packages_reaches_the_users_log(family, tmp_path, capfd):
    quick(season_samples(), family).save(str(tmp_path / "m.onnx"))
    assert capfd.readouterr() == ("", "")


def test_with_many_samples_one_random_fold_is_compared():
    fits = []

    class Counts(RandomForest):
        def fit(self, *arguments):
            fits.append(len(arguments[0].targets))
            return super().fit(*arguments)

    quick(season_samples(per_class=4000), Counts(n_estimators=2, max_depth=3))
    assert len(fits) == 5 + 1 + 1
    assert fits[-1] == 12_000


@pytest.mark.parametrize("method", METHODS)
def test_every_validation_gives_a_model(method, tmp_path):
    samples = season_samples(missing=0.2)
    sides = np.where(np.arange(len(samples)) // 6 % 3, "train", "test").astype(object)  # by fields
    model = quick(with_(samples, regions=sides), validation=Validation(method, field="side"))
    assert model.save(str(tmp_path / "m.onnx")) == (tmp_path / "m.onnx").stat().st_size
    assert (model.evaluation.scores is None) == (method == NONE)
    assert model.card.scores["method"] in METHODS
    assert json.loads(model.card.to_json())["scores"] == json.loads(json.dumps(model.card.scores))


def test_progress_only_grows():
    log = Log()
    quick(season_samples(), BOOSTING, log)
    assert np.diff(log.fractions).min() >= 0
    assert log.fractions[-1] <= 1


@pytest.mark.parametrize("family", [RandomForest(n_estimators=100), BOOSTING], ids=lambda family: family.name)
@pytest.mark.parametrize("moment", [0.0, 0.2, 0.6, 0.8])
def test_cancelling_at_any_moment(family, moment):
    with pytest.raises(CancelledError):
        quick(season_samples(), family, Log(cancel_at=moment))


def test_samples_that_lack_a_variable_are_left_out_and_counted():
    samples = season_samples(names=("a", "b", "c"))
    samples.values[:5, :, 1] = np.nan
    samples.values[5, 2, 0] = np.inf
    samples.values[samples.classes == "c"] = np.nan
    log = Log()
    model = quick(samples, feedback=log)
    assert model.data.dropped == {"a variable was never observed there": 65}
    assert model.card.legend.names == ["a", "b"]
    assert "No usable sample of the class “c” is left: the model does not know it." in log.warnings
    assert np.isfinite(model.data.filled).all()


@pytest.mark.parametrize(
    ("samples", "message"),
    [
        (season_samples(names=("only",)), "all of the class “only”"),
        (season_samples().subset(np.zeros(180, bool)), "no samples"),
        (season_samples(missing=1.0), "None of the 180 samples can be used: they have no value of red, nir"),
        (with_(season_samples(), values=lacking("nir")), "no value of nir. Leave that variable out"),
    ],
)
def test_samples_that_do_not_suffice(samples, message):
    with pytest.raises(ChronocoverError, match=message):
        quick(samples)


def test_a_class_of_one_sample_is_trained_and_warned_of():
    samples = season_samples(noise=0.02)
    samples = samples.subset(np.r_[0, 60:180])
    for family in (FOREST, BOOSTING, Boosting(max_iter=5, early_stopping=True)):
        log = Log()
        model = quick(samples, family, log)
        assert len(model.card.legend) == 3
        assert any("one group only: “blé d'hiver”" in warning for warning in log.warnings)
    assert any("early stopping" in warning for warning in log.warnings)


def test_two_groups_in_all():
    """The least that can be validated by groups: one class is always unseen."""
    samples = season_samples(per_class=20, names=("a", "b"))
    groups = np.array(["x"] * 10 + ["y"] * 10 + ["y"] * 20, object)
    scores = quick(with_(samples, groups=groups)).evaluation.scores
    assert 0 <= scores.accuracy <= 1


def test_one_date_and_one_variable(tmp_path):
    model = quick(season_samples(dates=1, variables=("ndvi",)))
    model.save(str(tmp_path / "m.onnx"))
    assert model.card.time_axis.days == (0,)


def test_balanced_weights_help_the_rare_class():
    samples = season_samples(per_class=300, noise=1.6, names=("rare", "frequent"), seed=2)
    samples = with_(samples.subset(np.r_[0:30, 300:600]), groups=None)
    recall = [
        quick(samples, RandomForest(n_estimators=50, min_samples_leaf=8), balanced=balanced).evaluation.scores.classes
        for balanced in (False, True)
    ]
    rare = [next(item.recall for item in classes if item.name == "rare") for classes in recall]
    assert rare[1] > rare[0] + 0.1


def test_importance_finds_the_only_date_that_tells():
    random = np.random.default_rng(0)
    samples = season_samples(per_class=100, names=("a", "b"))
    values = random.normal(size=samples.values.shape).astype(np.float32)
    values[samples.classes == "b", 4, 1] += 4
    samples = with_(samples, values=values)
    for family in (FOREST, BOOSTING):
        importance = quick(samples, family).evaluation.importance
        assert np.unravel_index(importance.values.argmax(), importance.values.shape) == (4, 1)
        assert importance.dates.argmax() == 4 and importance.variables.argmax() == 1
    assert importance.kind == "permutation" and importance.values[4, 1] > 0.2
    assert np.abs(np.delete(importance.dates, 4)).max() < 0.05


def test_permutation_costs_what_it_may():
    predicted = []

    class Counts:
        def predict_proba(self, values):
            predicted.append(len(values))
            return np.full((len(values), 2), 0.5)

    values = np.zeros((5000, 10, 3), np.float32)
    permutation_importance(Counts(), values, np.zeros(5000, int), 10_000, 1, Feedback())
    assert sum(predicted) <= 11_000


def test_variables_are_kept_in_the_order_asked():
    samples = season_samples(variables=("red", "nir", "swir"))
    kept = keep_variables(samples, ["swir", "red", "swir"])
    assert kept.variables == ["swir", "red"]
    np.testing.assert_array_equal(kept.values, samples.values[:, :, [2, 0]])


def test_ranges_are_those_of_the_values_as_observed():
    samples = season_samples(missing=0.3)
    limits = quick(samples, validation=Validation(NONE)).card.ranges["nir"]
    seen = samples.values[:, :, 1]
    assert (limits.p1, limits.p99) == pytest.approx(np.nanpercentile(seen, [1, 99]))


def test_prepare_does_not_touch_the_samples():
    samples = season_samples(missing=0.3)
    before = samples.values.copy()
    prepare(samples)
    np.testing.assert_array_equal(samples.values, before)


def test_reports_hold_the_figures(tmp_path):
    model = quick(season_samples(missing=0.2), BOOSTING, validation=Validation(HOLD_OUT))
    file = str(tmp_path / "m.onnx")
    size = model.save(file)
    write_html(str(tmp_path / "r.html"), model, file, Provenance("chronocover:test"))
    write_json(str(tmp_path / "r.json"), model, file, Provenance("chronocover:test"))
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert f"{model.evaluation.scores.accuracy:.1%}" in page and "maïs" in page and "m.onnx" in page
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert report["model"]["bytes"] == size
    assert report["scores"]["tested_samples"] == 54
    assert report["learning_data"]["missing_share"]["red"] == pytest.approx(0.2, abs=0.03)


def test_real_series_of_sixteen_seasons(data_folder):
    """Sinop: 1,218 NDVI series of four classes, most from distant places; sits reports about as much for them."""
    scores = quick(sinop(data_folder), RandomForest()).evaluation.scores
    assert 0.87 <= scores.accuracy <= 0.95
    assert scores.high - scores.low < 0.05


@pytest.mark.parametrize("strange", [-9999.0, 1e30])
def test_values_that_can_be_no_measurement_are_pointed_out(strange):
    samples = season_samples(missing=0.1)
    assert prepare(samples).notes == []
    samples.values[[3, 77], 2, 1] = strange
    (note,) = prepare(samples).notes
    assert note.startswith(f"“nir” has values such as {strange:.6g} in 2 samples")


def test_a_variable_that_is_nearly_always_the_same_may_have_peaks():
    samples = season_samples()
    samples.values[:, :, 1] = 0
    samples.values[::9, 3, 1] = 40
    assert prepare(samples).notes == []
