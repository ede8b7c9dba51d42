"""Checking samples with known mistakes."""

from dataclasses import replace

import numpy as np
import pytest
from real_samples import mato_grosso, sinop
from series_samples import season_samples

from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.models.families.extra_trees import ExtraTrees
from chronocover.models.families.random_forest import RandomForest
from chronocover.models.fitting import TrainingSettings, fit
from chronocover.models.learning_data import prepare
from chronocover.models.quality.checking import (
    BOTH,
    CONFIDENT_LEARNING,
    METHODS,
    SELF_ORGANISING_MAP,
    CheckSettings,
    check_samples,
)
from chronocover.models.quality.cross_probabilities import drawn_rows
from chronocover.models.quality.summary import class_rows, doubtful_groups
from chronocover.models.validation import GROUP_K_FOLD, K_FOLD, SPATIAL_BLOCKS, Validation, hold_out

FOREST = RandomForest(n_estimators=40)


def settings(method=BOTH, validation=None, **others):
    training = TrainingSettings(validation=validation or Validation(), threads=others.pop("threads", 1))
    return CheckSettings(method, training, **others)


def with_wrong_classes(samples, share=0.08, seed=1):
    """The samples with some classes changed at random, and which are."""
    random = np.random.default_rng(seed)
    classes, names = samples.classes.copy(), samples.legend.names
    wrong = np.zeros(len(samples), bool)
    wrong[random.choice(len(samples), round(share * len(samples)), replace=False)] = True
    for row in np.flatnonzero(wrong):
        classes[row] = random.choice([name for name in names if name != classes[row]])
    return replace(samples, classes=classes), wrong


def precision_and_recall(check, wrong):
    found = (check.suspects & wrong).sum()
    return found / max(1, check.suspects.sum()), found / wrong.sum()


@pytest.mark.parametrize("method", METHODS)
def test_known_mistakes_are_found(method):
    samples, wrong = with_wrong_classes(season_samples(noise=0.2, missing=0.1))
    check = check_samples(samples, FOREST, settings(method), Feedback())
    precision, recall = precision_and_recall(check, wrong)
    assert precision > 0.75 and recall > 0.75
    found = check.suspects & wrong
    right = season_samples(noise=0.2, missing=0.1).classes
    assert (np.array(check.legend.names, object)[check.suggested[found]] == right[found]).mean() > 0.9
    assert check.quality[wrong].mean() < 0.3 < 0.7 < check.quality[~wrong].mean()


def test_real_points_with_known_mistakes(data_folder):
    """Both together find at least nine in ten of the mistakes among 291 points, almost without false alarms."""
    samples, wrong = with_wrong_classes(mato_grosso(data_folder), 0.1)
    precision, recall = precision_and_recall(check_samples(samples, FOREST, settings(), Feedback()), wrong)
    assert precision > 0.85 and recall > 0.85


def test_a_training_without_suspects_is_more_accurate(data_folder):
    """Trees that learn every sample by heart suffer from wrong labels: here the mean of three draws."""
    points, gains = mato_grosso(data_folder), []
    for seed in (1, 2, 3):
        learning, testing = hold_out(points.codes, None, 0.3, seed)
        noisy, _ = with_wrong_classes(points.subset(learning), 0.1, seed)
        suspects = check_samples(noisy, FOREST, settings(), Feedback()).suspects
        test = points.subset(testing)
        gains.append(accuracy(noisy.subset(~suspects), test) - accuracy(noisy, test))
    assert np.mean(gains) > 0.01


def accuracy(learnt, tested):
    data, test = prepare(learnt), prepare(tested)
    trees = ExtraTrees(n_estimators=40)
    classifier = fit(data, np.arange(len(data.targets)), trees, TrainingSettings(), 1, Feedback())
    names = np.array(data.samples.legend.names, object)
    return (names[classifier.predict_proba(test.filled).argmax(axis=1)] == tested.classes).mean()


def test_both_together_are_better_than_each_alone(data_folder):
    samples, wrong = with_wrong_classes(sinop(data_folder), 0.1)
    scores = {}
    for method in METHODS:
        precision, recall = precision_and_recall(check_samples(samples, FOREST, settings(method), Feedback()), wrong)
        scores[method] = 2 * precision * recall / (precision + recall)
    assert scores[BOTH] > max(scores[CONFIDENT_LEARNING], scores[SELF_ORGANISING_MAP])


def test_a_wrongly_labelled_polygon_is_found_by_groups_and_hidden_without_them():
    """Pixels of one field are alike: ungrouped, they vouch for each other."""
    samples = season_samples(per_class=120, per_group=20, noise=0.02, field_noise=0.35)
    classes = samples.classes.copy()
    rows = samples.groups == "field 3"
    classes[rows] = "forêt"
    samples = replace(samples, classes=classes)
    for method in METHODS:
        grouped = check_samples(samples, FOREST, settings(method), Feedback())
        assert grouped.splits.method == GROUP_K_FOLD
        assert grouped.suspects[rows].mean() > 0.8, method
        alone = check_samples(samples, FOREST, settings(method, Validation(K_FOLD)), Feedback())
        assert alone.suspects[rows].mean() < 0.2, method
        assert any("vouch for each other" in note for note in alone.notes)
    groups = doubtful_groups(grouped)
    assert groups[0]["group"] == "field 3" and groups[0]["suggested"] == "blé d'hiver"


def test_what_cannot_be_checked_is_said_and_never_suspected():
    samples = season_samples(per_class=40, names=("a", "b", "c", "lonely"))
    classes, values = samples.classes.copy(), samples.values.copy()
    classes[classes == "lonely"] = "c"
    classes[samples.groups == samples.groups[-1]] = "lonely"  # one group only
    values[:2, :, 1] = np.nan
    samples = replace(samples, classes=classes, values=values)
    for method in METHODS:
        check = check_samples(samples, FOREST, settings(method), Feedback())
        unknown = (classes == "lonely") | (np.arange(len(samples)) < 2)
        assert np.array_equal(check.checked, ~unknown), method
        assert not check.suspects[unknown].any() and np.isnan(check.quality[unknown]).all()
        columns = check.columns()
        assert columns["suspect"][0] is None and columns["suggested"][-1] is None
        assert any("never observed" in note for note in check.notes)
        assert any("“lonely”" in note for note in check.notes)
        found = {row["class"]: row for row in class_rows(check)}
        assert found["lonely"]["checked"] == 0 and found["lonely"]["suspects"] == 0


def test_the_result_depends_on_the_seed_and_not_on_threads():
    samples, _ = with_wrong_classes(season_samples(noise=0.4))
    one, again = (check_samples(samples, FOREST, settings(threads=threads), Feedback()) for threads in (1, 3))
    for name, column in one.columns().items():
        assert np.array_equal(column.astype(str), again.columns()[name].astype(str)), name


def test_many_samples_are_learnt_from_a_part_and_all_checked():
    samples, wrong = with_wrong_classes(season_samples(per_class=300, noise=0.2))
    check = check_samples(samples, FOREST, settings(most_samples=200), Feedback())
    assert check.checked.all() and precision_and_recall(check, wrong)[1] > 0.7
    assert any("about 200 random ones of" in note for note in check.notes)


def test_rare_classes_stay_whole_when_some_are_drawn():
    targets = np.array([0] * 5000 + [1] * 30)
    rows = drawn_rows(np.arange(5030), targets, 500, seed=1)
    assert (targets[rows] == 1).sum() == 30 and 450 < len(rows) < 550
    assert np.array_equal(rows, drawn_rows(np.arange(5030), targets, 500, seed=1))


def test_three_hundred_classes():
    names = tuple(f"classe n° {i}" for i in range(300))
    samples, _ = with_wrong_classes(season_samples(per_class=6, per_group=2, names=names, dates=6), 0.05)
    check = check_samples(samples, RandomForest(n_estimators=10), settings(), Feedback())
    assert check.checked.any() and len(class_rows(check)) == len(check.legend)


def test_blocks_and_one_group_for_all():
    samples, wrong = with_wrong_classes(season_samples())
    blocks = check_samples(samples, FOREST, settings(validation=Validation(SPATIAL_BLOCKS)), Feedback())
    assert blocks.splits.cluster_name == "blocks" and precision_and_recall(blocks, wrong)[1] > 0.6
    same = replace(samples, groups=np.full(len(samples), "all", object))
    assert precision_and_recall(check_samples(same, FOREST, settings(), Feedback()), wrong)[1] > 0.8


def test_classes_that_cannot_be_told_apart_are_not_taken_for_wrong_labels():
    """Series of nothing but noise: most labels are suspects, and the report says what that means."""
    samples = season_samples()
    noise = np.random.default_rng(1).normal(size=samples.values.shape).astype(np.float32)
    check = check_samples(replace(samples, values=noise), FOREST, settings(), Feedback())
    assert check.suspects.mean() > 0.25
    assert any("cannot be told apart" in note for note in check.notes)
    told_apart = check_samples(samples, FOREST, settings(), Feedback())
    assert not any("cannot be told apart" in note for note in told_apart.notes)


def test_what_cannot_be_compared_is_refused():
    samples = season_samples(per_class=4, per_group=4)
    two = samples.subset(np.array([0, 4]))
    with pytest.raises(ChronocoverError, match="one usable sample only"):
        check_samples(two, FOREST, settings(), Feedback())
    with pytest.raises(ChronocoverError, match="at least two classes"):
        check_samples(samples.subset(np.arange(4)), FOREST, settings(), Feedback())
    with pytest.raises(ChronocoverError, match="no fewer neurons than"):
        check_samples(samples, FOREST, settings(SELF_ORGANISING_MAP, side=4), Feedback())
    with pytest.raises(ChronocoverError, match="one for each class"):
        check_samples(samples, FOREST, settings(validation=Validation(GROUP_K_FOLD)), Feedback())


def test_three_samples_suffice():
    samples = season_samples(per_class=2, per_group=1, names=("a", "b"))
    for method in METHODS:
        check = check_samples(samples.subset(np.arange(3)), FOREST, settings(method), Feedback())
        assert check.checked.sum() <= 2 and not check.checked[2]


def test_a_check_can_be_cancelled():
    class Cancelled(Feedback):
        def is_cancelled(self):
            return True

    for method in METHODS:
        with pytest.raises(CancelledError):
            check_samples(season_samples(), FOREST, settings(method), Cancelled())
