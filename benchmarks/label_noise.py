"""How many wrong labels “Check samples for wrong classes” finds, and whether a training without suspects is better.

Labels of samples are changed at random, or of whole polygons, and each method is asked for them. Then classifiers are
trained on all samples, on those without suspects, and on those without the wrong ones, and are tested on samples that
were kept apart (whole polygons, if there are any) and whose labels are right. Means of several draws. Run it with an
interpreter that has the plugin's packages:

    .venv/bin/python benchmarks/label_noise.py FOLDER_OF_REAL_DATA [SAMPLES.gpkg ...]

The folder is that of the tests' real imagery; samples layers are those of “Extract samples”. ``--retraining`` measures
the accuracy of classifiers instead, ``--sizes`` sizes of the map, ``--seconds`` the time that 100,000 samples take.
"""

import os
import sys
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
from families import load_package

DRAWS = 5
SHARES = (0.05, 0.1)
MOST_SAMPLES = 3000
SIDES = (4, 6, 8, 10, 13, 17, 24)
TEST_SHARE = 0.3
RETRAINED = ("random forest", "extremely randomised trees", "gradient boosting", "support vector machine")


def with_wrong_labels(samples, share, seed, polygons):
    """The samples with other labels, of single ones or of whole polygons, and bool ``(n,)`` which are wrong."""
    random = np.random.default_rng(seed)
    names, classes = samples.legend.names, samples.classes.copy()
    units = samples.groups.astype(str) if polygons else np.arange(len(samples))
    distinct = np.unique(units)
    for unit in random.choice(distinct, max(1, round(share * len(distinct))), replace=False):
        rows = units == unit
        classes[rows] = random.choice([name for name in names if name != classes[rows][0]])
    return replace(samples, classes=classes), classes != samples.classes


def checked(samples, method, seed, **others):
    """The check of samples by one method with its defaults."""
    from chronocover.core.feedback import Feedback
    from chronocover.models.families.random_forest import RandomForest
    from chronocover.models.fitting import TrainingSettings
    from chronocover.models.quality.checking import CheckSettings, check_samples

    settings = CheckSettings(method, TrainingSettings(seed=seed, threads=os.cpu_count()), **others)
    return check_samples(samples, RandomForest(), settings, Feedback())


def kept_apart(samples, seed):
    """Rows to learn from and rows to test on: whole groups, where there are any."""
    from chronocover.models.validation import group_numbers, hold_out

    return hold_out(samples.codes, group_numbers(samples.groups), TEST_SHARE, seed)


def accuracy(family, learnt, tested):
    """Of a family with its defaults, trained on one and tested on other samples."""
    from chronocover.core.feedback import Feedback
    from chronocover.models.families.catalogue import family_of
    from chronocover.models.fitting import TrainingSettings, fit
    from chronocover.models.learning_data import prepare

    data, test = prepare(learnt), prepare(tested)
    rows = np.arange(len(data.targets))
    classifier = fit(data, rows, family_of(family), TrainingSettings(), os.cpu_count(), Feedback())
    names = np.array(data.samples.legend.names, object)
    return (names[classifier.predict_proba(test.filled).argmax(axis=1)] == test.samples.classes).mean()


def table(samples, polygons):
    """Print precision and recall of each method."""
    from chronocover.models.quality.checking import METHODS

    print("| wrong | method | suspects | precision | recall |\n|---|---|---|---|---|")
    for share in SHARES:
        for method in METHODS:
            found = []
            for seed in range(1, DRAWS + 1):
                noisy, wrong = with_wrong_labels(samples.subset(kept_apart(samples, seed)[0]), share, seed, polygons)
                suspects = checked(noisy, method, seed).suspects
                right = (suspects & wrong).sum()
                found.append((suspects.mean(), right / max(1, suspects.sum()), right / wrong.sum()))
            suspects, precision, recall = np.mean(found, axis=0)
            print(f"| {share:.0%} | {method} | {suspects:.1%} | {precision:.3f} | {recall:.3f} |", flush=True)


def retraining(samples, polygons):
    """Print the accuracy of classifiers before and after the suspects were left out."""
    from chronocover.models.quality.checking import BOTH

    found = defaultdict(list)
    for seed in range(1, DRAWS + 1):
        learning, testing = kept_apart(samples, seed)
        noisy, wrong = with_wrong_labels(samples.subset(learning), SHARES[-1], seed, polygons)
        tested, suspects = samples.subset(testing), checked(noisy, BOTH, seed).suspects
        for family in RETRAINED:
            parts = (noisy, noisy.subset(~suspects), noisy.subset(~wrong))
            found[family].append([accuracy(family, part, tested) for part in parts])
    print("| classifier | with the wrong labels | without suspects | without the wrong ones |\n|---|---|---|---|")
    for family, rows in found.items():
        print(f"| {family} | " + " | ".join(f"{number:.3f}" for number in np.mean(rows, axis=0)) + " |", flush=True)


def sizes(samples, polygons):
    """Print the F1 of suspects by the map alone and by both, for several sizes of the map."""
    from chronocover.models.quality.checking import BOTH, SELF_ORGANISING_MAP

    print("| neurons | by the map | by both |\n|---|---|---|")
    for side in (side for side in SIDES if side * side < 0.7 * len(samples)):
        scores = []
        for seed in range(1, DRAWS + 1):
            noisy, wrong = with_wrong_labels(samples, SHARES[-1], seed, polygons)
            both = (checked(noisy, method, seed, side=side).suspects for method in (SELF_ORGANISING_MAP, BOTH))
            scores.append([2 * (found & wrong).sum() / max(1, found.sum() + wrong.sum()) for found in both])
        by_map, by_both = np.mean(scores, axis=0)
        print(f"| {side} × {side} | {by_map:.3f} | {by_both:.3f} |", flush=True)


def seconds(samples):
    """Print how long 100,000 samples take, the given ones repeated with noise."""
    from chronocover.models.quality.checking import METHODS

    rows = np.random.default_rng(1).integers(0, len(samples), 100_000)
    many = samples.subset(rows)
    noise = np.random.default_rng(2).normal(0, 0.01, many.values.shape).astype(np.float32)
    many = replace(many, values=many.values + noise)
    for method in METHODS:
        start = time.perf_counter()
        found = checked(many, method, 1)
        print(f"{method}: {time.perf_counter() - start:.1f} s, {found.suspects.mean():.1%} suspects", flush=True)


def main():
    load_package()
    from real_samples import mato_grosso, sinop

    from chronocover.core.samples.table import read_samples

    folder, *paths = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    sets = [("Mato Grosso", mato_grosso(Path(folder)), False), ("Sinop", sinop(Path(folder)), False)]
    for path in paths:
        samples = read_samples(path)
        drawn = np.random.default_rng(1).permutation(len(samples))[:MOST_SAMPLES]
        sets.append((f"{Path(path).name}, single samples", samples.subset(np.sort(drawn)), False))
        sets.append((f"{Path(path).name}, whole polygons", samples.subset(np.sort(drawn)), True))
    if "--seconds" in sys.argv:
        seconds(sets[-1][1])
        return
    for name, samples, polygons in sets:
        print(f"\n{name}: {len(samples):,} samples\n")
        measure = sizes if "--sizes" in sys.argv else retraining if "--retraining" in sys.argv else table
        measure(samples, polygons)


if __name__ == "__main__":
    main()
