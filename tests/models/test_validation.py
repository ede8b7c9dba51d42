"""Splits that never leak, and accuracy figures with honest uncertainty."""

import tracemalloc

import numpy as np
import pytest
from series_samples import season_samples

from chronocover.core.errors import ChronocoverError
from chronocover.models.field_splits import given_split, leave_one_out
from chronocover.models.scores import cluster_interval, score, score_parts, widen, wilson_interval
from chronocover.models.validation import (
    AUTOMATIC,
    BY_FIELD,
    GIVEN,
    GROUP_K_FOLD,
    HOLD_OUT,
    K_FOLD,
    LEAVE_ONE_OUT,
    METHODS,
    NONE,
    SPATIAL_BLOCKS,
    Validation,
    group_numbers,
    hold_out,
    spatial_blocks,
    split,
)


def targets_of(samples):
    return samples.codes - 1


def with_(samples, **changes):
    return type(samples)(**{**vars(samples), **changes})


@pytest.mark.parametrize("method", [AUTOMATIC, HOLD_OUT, GROUP_K_FOLD, SPATIAL_BLOCKS])
def test_a_group_is_never_on_both_sides(method):
    samples = season_samples()
    splits = split(samples, targets_of(samples), Validation(method), seed=3)
    assert splits.folds
    for train, test in splits.folds:
        assert not set(samples.groups[train]) & set(samples.groups[test])
        assert not set(train) & set(test)
        assert len(np.unique(targets_of(samples)[train])) == 3


@pytest.mark.parametrize("method", [AUTOMATIC, K_FOLD, GROUP_K_FOLD, SPATIAL_BLOCKS])
def test_cross_validation_tests_each_sample_once(method):
    samples = season_samples()
    splits = split(samples, targets_of(samples), Validation(method), seed=3)
    tested = np.concatenate([test for _, test in splits.folds])
    assert sorted(tested) == list(range(len(samples)))


def test_automatic_takes_groups_only_where_they_tell_something():
    samples = season_samples()
    each_its_own = with_(samples, groups=np.arange(len(samples)).astype(str).astype(object))
    one_for_all = with_(samples, groups=np.full(len(samples), "tile", object))
    one_a_class = with_(samples, groups=samples.classes)
    methods = [
        split(some, targets_of(some), Validation(), seed=1).method
        for some in (samples, with_(samples, groups=None), each_its_own, one_for_all, one_a_class)
    ]
    assert methods == [GROUP_K_FOLD, K_FOLD, K_FOLD, K_FOLD, K_FOLD]


def test_folds_by_groups_of_one_sample_are_those_of_k_fold():
    """Points: each is its own group, which is no reason to refuse."""
    samples = season_samples()
    points = with_(samples, groups=np.arange(len(samples)).astype(str).astype(object))
    by_groups, plain = (split(points, targets_of(points), Validation(m), seed=1) for m in (GROUP_K_FOLD, K_FOLD))
    assert by_groups.method == K_FOLD
    for (_, found), (_, expected) in zip(by_groups.folds, plain.folds):
        np.testing.assert_array_equal(found, expected)
    assert by_groups.warnings[-1].startswith("Each sample is a group of its own, so that neighbours may be")


def test_hold_out_of_many_samples_of_many_classes_takes_little_memory():
    """A table of all groups and classes would be 720 MB here."""
    targets = np.random.default_rng(1).integers(0, 300, 300_000)
    tracemalloc.start()
    learning, tested = hold_out(targets, None, 0.3, 1)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 150e6
    shares = np.bincount(targets[tested]) / np.bincount(targets)
    assert len(learning) + len(tested) == 300_000 and shares.min() > 0.29 and shares.max() < 0.31


def test_hold_out_keeps_the_share_of_each_class():
    samples = with_(season_samples(per_class=100), groups=None)
    ((train, test),) = split(samples, targets_of(samples), Validation(HOLD_OUT, test_share=0.3), seed=1).folds
    assert np.bincount(targets_of(samples)[test]).tolist() == [30, 30, 30]
    assert len(train) == 210


def test_samples_without_a_group_stand_alone():
    numbers = group_numbers(np.array(["a", "a", None, "", "b"], object)).tolist()
    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 4
    assert group_numbers(None) is None


def test_the_seed_decides_the_split():
    samples = season_samples()
    for method in set(METHODS) - {NONE, *BY_FIELD}:
        first, again, other = (
            [test.tolist() for _, test in split(samples, targets_of(samples), Validation(method), seed=seed).folds]
            for seed in (1, 1, 2)
        )
        assert first == again
        assert first != other


def test_spatial_blocks_are_squares_of_the_size_asked():
    samples = with_(season_samples(per_class=400), groups=None)
    blocks, size = spatial_blocks(samples, None, 500.0, seed=1)
    assert size == 500.0
    for block in np.unique(blocks):
        assert (np.ptp(samples.coordinates[blocks == block], axis=0) <= 500.0).all()
    automatic = spatial_blocks(samples, None, 0.0, seed=1)[1]
    assert automatic == pytest.approx(np.ptp(samples.coordinates, axis=0).max() / 10, rel=0.01)


def test_no_validation_has_no_folds():
    samples = season_samples()
    assert split(samples, targets_of(samples), Validation(NONE), seed=1).folds == []


@pytest.mark.parametrize(
    ("changes", "method", "message"),
    [
        ({"groups": None}, GROUP_K_FOLD, "group"),
        ({"coordinates": None}, SPATIAL_BLOCKS, "coordinates"),
        ({"coordinates": np.zeros((180, 2))}, SPATIAL_BLOCKS, "one place"),
    ],
)
def test_what_a_method_needs_is_said(changes, method, message):
    samples = with_(season_samples(), **changes)
    with pytest.raises(ChronocoverError, match=message):
        split(samples, targets_of(samples), Validation(method), seed=1)


def test_blocks_larger_than_the_land_are_refused():
    samples = season_samples()
    with pytest.raises(ChronocoverError, match="one block"):
        split(samples, targets_of(samples), Validation(SPATIAL_BLOCKS, block_size=1e9), seed=1)


def test_rare_classes_are_warned_of():
    samples = season_samples()
    keep = np.r_[0, 60:72, 120:180]  # one sample of the first class, two fields of the second
    few = samples.subset(keep)
    splits = split(few, targets_of(few), Validation(), seed=1)
    assert splits.method == GROUP_K_FOLD
    assert any("with one group only: “blé d'hiver”" in warning for warning in splits.warnings)
    assert not any("“forêt”" in warning for warning in splits.warnings)
    assert "Classes with fewer groups than the 5 folds: “maïs” (2)." in splits.warnings


def test_rare_classes_of_spatial_blocks_are_counted_in_blocks():
    samples = season_samples()
    few = samples.subset(np.r_[60:72, 120:180])  # two fields of the first class, in one row of blocks
    splits = split(few, targets_of(few), Validation(SPATIAL_BLOCKS, block_size=290), seed=1)
    assert any(w.startswith("Classes with fewer blocks than the 5 folds: “maïs”") for w in splits.warnings)


def test_sixty_rare_classes_are_one_warning():
    samples = season_samples(per_class=6, per_group=2, names=[f"crop {number}" for number in range(60)])
    splits = split(samples, targets_of(samples), Validation(), seed=1)
    assert len(splits.warnings) == 1 and "“crop 59” (3)" in splits.warnings[0]


def test_two_samples_of_two_classes_cannot_be_split():
    samples = season_samples(per_class=1, per_group=1, names=("a", "b"))
    with pytest.raises(ChronocoverError, match="too few"):
        split(samples, targets_of(samples), Validation(), seed=1)


def in_regions(samples, names=("Nord", "Sud", "Île-de-France")):
    """Whole fields in each region, all classes everywhere."""
    fields = np.arange(len(samples)) // 6
    return with_(samples, regions=np.array(names, object)[fields % len(names)])


def test_each_region_is_tested_by_a_model_of_the_others():
    samples = in_regions(season_samples())
    splits = split(samples, targets_of(samples), Validation(LEAVE_ONE_OUT, field="région"), seed=1)
    assert [set(samples.regions[test]) for _, test in splits.folds] == [{"Nord"}, {"Sud"}, {"Île-de-France"}]
    for train, test in splits.folds:
        assert sorted([*train, *test]) == list(range(len(samples)))
        assert not set(samples.groups[train]) & set(samples.groups[test])
    assert splits.description.startswith("Each of the 3 values of “région” was left out in turn")
    assert not splits.is_random
    assert splits.warnings == [
        "“région” has 3 values only, so the confidence interval is rough: see the accuracy of each."
    ]


def test_a_group_in_two_regions_is_not_learnt_from_where_one_of_them_is_tested():
    samples = in_regions(season_samples())
    samples.regions[3:6] = "Sud"  # half of the first field, whose others lie in the north
    splits = split(samples, targets_of(samples), Validation(LEAVE_ONE_OUT, field="région"), seed=1)
    north, south, _ = splits.folds
    assert not set(north[0]) & {3, 4, 5} and {0, 1, 2} <= set(north[1])
    assert not set(south[0]) & {0, 1, 2} and {3, 4, 5} <= set(south[1])
    assert any(warning.startswith("1 groups lie at several values of “région”") for warning in splits.warnings)


def test_samples_without_a_region_are_on_no_side():
    samples = in_regions(season_samples())
    samples.regions[:12] = None
    splits = split(samples, targets_of(samples), Validation(LEAVE_ONE_OUT, field="région"), seed=1)
    assert not {*range(12)} & {row for fold in splits.folds for side in fold for row in side}
    assert any("12 samples have no value in “région”" in warning for warning in splits.warnings)


def test_a_class_of_one_region_is_warned_of():
    samples = in_regions(season_samples())
    samples.regions[:60] = "Nord"
    warnings = split(samples, targets_of(samples), Validation(LEAVE_ONE_OUT, field="région"), seed=1).warnings
    assert warnings[0].startswith("Classes at one value of “région” only: “blé d'hiver”.")


CLASSES = np.array(["a", "b", "a", "b"], object)


@pytest.mark.parametrize(
    ("values", "groups", "message"),
    [
        (["x"] * 4, None, "one value only, “x”"),
        ([None] * 4, None, "has no values"),
        (["x", "y", "x", "y"], None, "Each class occurs at one value"),
        (["x", "x", "y", "y"], [0, 1, 0, 1], "Without the samples of “x”.*none to learn from"),
    ],
)
def test_fields_that_leave_nothing_out(values, groups, message):
    with pytest.raises(ChronocoverError, match=message):
        leave_one_out(np.array(values, object), CLASSES, None if groups is None else np.array(groups), "f")


def test_a_field_with_a_value_for_each_sample_is_refused():
    values = np.array([f"place {number}" for number in range(101)], object)
    with pytest.raises(ChronocoverError, match="has 101 values"):
        leave_one_out(values, np.array(["a", "b"] * 50 + ["a"], object), None, "f")


def test_a_given_split_is_taken_as_it_is():
    samples = season_samples()
    sides = np.array([["Train", "train ", "validation", "TEST", None][row // 6 % 5] for row in range(180)], object)
    splits = split(with_(samples, regions=sides), targets_of(samples), Validation(GIVEN, field="side"), seed=1)
    ((train, test),) = splits.folds
    assert set(sides[train]) == {"Train", "train ", "validation"} and set(sides[test]) == {"TEST"}
    np.testing.assert_array_equal(splits.aside, sides == "validation")
    assert "108 samples to learn from (36 of them for validation), 36 to test" in splits.description
    assert any("36 samples are neither" in warning for warning in splits.warnings)


def test_a_given_split_never_parts_groups():
    values = np.array(["train", "test", "train", "validation", "train"], object)
    groups = np.array([0, 0, 1, 2, 2])
    ((train, test),), aside, alerts = given_split(values, np.array(list("aaaaa"), object), groups, "side")
    assert (train.tolist(), test.tolist()) == ([2, 3, 4], [1])
    assert aside.tolist() == [False, False, False, True, True]
    assert alerts == ["1 samples are not learnt from, since “side” puts other samples of their groups in the test."]


def test_a_given_split_without_test_samples_tests_those_of_validation():
    values = np.array(["train", "val", "train", "val"], object)
    ((train, test),), aside, _ = given_split(values, CLASSES, None, "side")
    assert (train.tolist(), test.tolist(), aside) == ([0, 2], [1, 3], None)


@pytest.mark.parametrize(
    ("values", "message"),
    [(["a", "b", "a", None], "It holds: “a”, “b”"), (["train"] * 4, "It holds: “train”"), ([None] * 4, "nothing")],
)
def test_fields_that_give_no_split(values, message):
    with pytest.raises(ChronocoverError, match=message):
        given_split(np.array(values, object), CLASSES, None, "side")


@pytest.mark.parametrize("method", [LEAVE_ONE_OUT, GIVEN])
def test_a_split_by_a_field_needs_one(method):
    samples = season_samples()
    with pytest.raises(ChronocoverError, match="Field to split by"):
        split(samples, targets_of(samples), Validation(method), seed=1)


def test_the_interval_is_at_least_that_over_regions():
    """Regions where all is right or all is wrong: four of them, not four hundred samples, decide."""
    regions = np.repeat(["a", "b", "c", "d"], 100)
    right = regions != "d"
    scores = score(np.ones(400, int), right.astype(int), ["no", "yes"], None, "groups", seed=1)
    wide = widen(scores, right, regions, "regions", seed=1)
    assert (scores.low, scores.high) == pytest.approx(wilson_interval(300, 400))
    assert wide.low <= 0.25 and wide.high == 1.0
    assert "bootstrap over 4 regions" in wide.interval_method
    alike = np.tile([True] * 3 + [False], 100)  # each region is right by three quarters
    narrow = score(np.ones(400, int), alike.astype(int), ["no", "yes"], None, "groups", seed=1)
    assert (widen(narrow, alike, regions, "regions", 1).low) == narrow.low


def test_parts_count_their_fields_rather_than_their_pixels():
    right = np.repeat([True, False, True, True], 50)
    fields = np.repeat([0, 1, 2, 3], 50)
    (part,) = score_parts(np.full(200, "Nord", object), right, fields, seed=1)
    assert (part.low, part.high) == cluster_interval(right, fields, seed=1)
    assert part.high - part.low > 0.5


def test_parts_are_scored_one_by_one():
    names = np.array(["b", "a", None, "b"], object)
    parts = score_parts(names, np.array([True, False, True, False]), None, seed=1)
    assert [(part.name, part.tested, part.accuracy) for part in parts] == [
        ("(none)", 1, 1.0),
        ("a", 1, 0.0),
        ("b", 2, 0.5),
    ]


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_interval_is_that_of_the_literature(successes, trials, low, high):
    found = wilson_interval(successes, trials)
    assert found == pytest.approx((low, high), abs=6e-5)


def test_interval_over_clusters_is_that_of_whole_clusters():
    """Fields that are right or wrong as a whole: their number counts, not that of their pixels."""
    random = np.random.default_rng(5)
    field_is_right = random.random(400) < 0.8
    clusters = np.repeat(np.arange(400), 50)
    low, high = cluster_interval(field_is_right[clusters], clusters, seed=1)
    share = field_is_right.mean()
    half = 1.96 * np.sqrt(share * (1 - share) / 400)
    assert (low, high) == pytest.approx((share - half, share + half), abs=0.006)
    pixels = wilson_interval(int(field_is_right.sum()) * 50, 400 * 50)
    assert high - low > 6 * (pixels[1] - pixels[0])


def test_interval_over_clusters_of_unequal_size_has_the_error_of_a_ratio():
    """The standard error of a ratio estimate, Cochran 1977, equation 6.13."""
    random = np.random.default_rng(6)
    sizes = random.integers(5, 100, 300)
    clusters = np.repeat(np.arange(300), sizes)
    right = random.random(len(clusters)) < np.clip(random.normal(0.7, 0.2, 300), 0, 1)[clusters]
    low, high = cluster_interval(right, clusters, seed=1)
    hits = np.bincount(clusters, weights=right)
    share = hits.sum() / sizes.sum()
    error = np.sqrt(300 / 299 * ((hits - share * sizes) ** 2).sum()) / sizes.sum()
    assert (high - low) / 2 == pytest.approx(1.96 * error, rel=0.08)


def test_no_error_in_few_clusters_is_no_certainty():
    low, high = cluster_interval(np.ones(1000, bool), np.repeat(np.arange(10), 100), seed=1)
    assert high == 1.0
    assert low == pytest.approx(wilson_interval(10, 10)[0])


def test_scores_of_a_known_matrix():
    """45 of 60 right, worked out by hand."""
    reference = np.repeat([0, 0, 1, 1, 2], [20, 5, 15, 10, 10])
    predicted = np.repeat([0, 1, 1, 0, 2], [20, 5, 15, 10, 10])
    scores = score(reference, predicted, ["a", "b", "c", "never"], None, "groups", seed=1)
    assert scores.accuracy == pytest.approx(45 / 60)
    assert scores.matrix.tolist() == [[20, 5, 0, 0], [10, 15, 0, 0], [0, 0, 10, 0], [0, 0, 0, 0]]
    chance = (25 * 30 + 25 * 20 + 10 * 10) / 60**2
    assert scores.kappa == pytest.approx((0.75 - chance) / (1 - chance))
    first = scores.classes[0]
    assert (first.precision, first.recall, first.support) == pytest.approx((20 / 30, 20 / 25, 25))
    f1 = [2 * 20 / 55, 2 * 15 / 45, 1.0]
    assert scores.macro_f1 == pytest.approx(np.mean(f1))  # the class that was never tested does not count
