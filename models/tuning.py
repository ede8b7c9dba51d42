"""Random search of a family's settings (Bergstra and Bengio 2012), without a look at what the accuracy is tested on.

The search is nested (Varma and Simon 2006): each fold of the validation searches on its own learning side, split once
more by the same rules, and the settings found are tested on the side that neither the search nor the fit has seen. So
the reported accuracy is that of "search, then train". The model itself is trained with the settings that the same
search finds on all samples.

A search costs, for each setting tried, one fit if the validation is a hold-out, else up to three; there is a search in
each fold and one more. ``n`` trials in five folds are at most 18 (n + 1) fits, with hold-out 2 (n + 1).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..core.errors import ChronocoverError
from ..core.feedback import Feedback
from ..core.side_by_side import run_side_by_side
from .families.family import Family
from .families.search_space import draw_settings
from .field_splits import without_groups_of
from .fitting import ACCURACY, TrainingSettings, fit_and_predict, fits_at_once
from .learning_data import LearningData
from .scores import macro_f1
from .validation import HOLD_OUT, LEAVE_ONE_OUT, NONE, Fold, Splits, enough, hold_out, k_fold, separable

INNER_FOLDS = 3
DRAWS_OF_A_TRIAL = 20
"""How often to draw again when settings come out that were there before."""


@dataclass(frozen=True)
class Trial:
    """Settings that were tried. Number 0 are those that the user gave.

    ``accuracy`` and ``macro_f1`` are of all tested samples together, None where ``problem`` says why the settings
    failed, or nothing could be tested. ``seconds`` are those of its fits.
    """

    number: int
    family: Family
    accuracy: float | None
    macro_f1: float | None
    seconds: float
    problem: str = ""

    def score(self, criterion: str) -> float | None:
        """What it is judged by."""
        return self.accuracy if criterion == ACCURACY else self.macro_f1


@dataclass(frozen=True)
class Search:
    """One search: all ``trials`` in their order and the ``best``, of equal ones the first.

    ``validation`` says how they were compared; empty if the samples were too few to.
    """

    trials: list[Trial]
    best: Trial
    validation: str


@dataclass(frozen=True)
class Tuning:
    """The search on ``all_samples``, whose best settings the model has, and those of the validation's ``folds``."""

    criterion: str
    all_samples: Search
    folds: list[Search]


def tune(data: LearningData, family: Family, settings: TrainingSettings, splits: Splits, feedback: Feedback) -> Tuning:
    """Search the settings of a family, on all samples and on the learning side of each fold.

    Every search tries the same settings: those of ``family`` and ``settings.trials`` random ones. All depends on
    ``settings.seed``, and not on the threads.

    Raises:
        ChronocoverError: none of the settings can be trained.
        CancelledError: the user cancelled.
    """
    families = candidates(family, settings.trials, settings.seed)
    sides = [np.arange(len(data.targets)), *(train for train, _ in splits.folds)]
    inner = [inner_folds(data, rows, settings, splits) for rows in sides]
    fits = len(families) * sum(len(folds) for folds, _ in inner)
    feedback.info(
        f"Trying {len(families)} settings in {fits:,} fits: {inner[0][1] or 'too few samples to compare them'}."
    )
    at_once = fits_at_once(data, len(families) * len(sides), settings)
    threads = max(1, settings.threads // at_once)
    tasks = [
        _trial(number, each, folds, data, settings, threads, splits.groups)
        for folds, _ in inner
        for number, each in enumerate(families)
    ]
    done = run_side_by_side(tasks, at_once, feedback)
    searches = []
    for place, (_, words) in enumerate(inner):
        trials = done[place * len(families) : (place + 1) * len(families)]
        searches.append(Search(trials, _best(trials, settings.criterion), words))
    tuning = Tuning(settings.criterion, searches[0], searches[1:])
    feedback.info(describe(tuning))
    return tuning


def candidates(family: Family, trials: int, seed: int) -> list[Family]:
    """The family, and up to ``trials`` times with other settings out of its search space, each once."""
    random = np.random.default_rng(seed)
    found = [family]
    for _ in range(trials * DRAWS_OF_A_TRIAL):
        if len(found) > trials:
            break
        drawn = draw_settings(family, random)
        if drawn not in found:
            found.append(drawn)
    return found


def inner_folds(
    data: LearningData, rows: np.ndarray, settings: TrainingSettings, splits: Splits
) -> tuple[list[Fold], str]:
    """How settings are compared on ``rows``, and the same in words; nothing if the samples are too few.

    The samples that a given split keeps for validation are what settings are compared on. Else, what the validation
    keeps together stays together here too. Where that leaves no class to be learnt on one side and tested on the other
    (one region, say, is left to learn from), the groups of the samples do, and then single samples.
    """
    if splits.aside is not None and 0 < splits.aside[rows].sum() < len(rows):
        held = splits.aside[rows]
        return [(rows[~held], rows[held])], f"the {held.sum():,} samples given for validation"
    targets = data.targets[rows]
    for numbers, name in _kept_together(splits):
        groups = None if numbers is None else np.unique(numbers[rows], return_inverse=True)[1]
        if groups is not None and not separable(groups, targets):
            continue
        if splits.method == HOLD_OUT:
            folds, words = [hold_out(targets, groups, settings.validation.test_share, settings.seed)], "one hold-out"
        else:
            folds = enough(k_fold(targets, groups, INNER_FOLDS, settings.seed))
            words = f"{len(folds)} of {INNER_FOLDS} folds" if len(folds) < INNER_FOLDS else f"{len(folds)} folds"
        folds = [(rows[train], rows[test]) for train, test in folds]
        if numbers is not None:  # a polygon may lie in several regions, or have samples of several years
            folds = [(without_groups_of(test, train, splits.clusters), test) for train, test in folds]
        folds = [(train, test) for train, test in folds if len(train) and len(test)]
        if folds:
            kept = "" if groups is None else f", {groups.max() + 1:,} {name} never split"
            return folds, f"{words} within {len(rows):,} samples{kept}"
    return [], ""


def _kept_together(splits: Splits) -> list[tuple[np.ndarray | None, str]]:
    """Numbers ``(n,)`` of what is best never split, and its name, then what is second best; None: single samples."""
    if splits.is_random and splits.method != NONE:
        return [(None, "")]
    found = [(splits.clusters, splits.cluster_name), (None, "")]
    if splits.method == LEAVE_ONE_OUT:
        found.insert(0, (np.unique(splits.regions.astype(str), return_inverse=True)[1], f"values of “{splits.field}”"))
    return [each for place, each in enumerate(found) if each[0] is not None or place == len(found) - 1]


def _trial(
    number: int,
    family: Family,
    folds: list[Fold],
    data: LearningData,
    settings: TrainingSettings,
    threads: int,
    groups: np.ndarray | None,
) -> Callable[[Feedback], Trial]:
    def attempt(feedback: Feedback) -> Trial:
        started = time.perf_counter()
        found = []
        try:
            for place, fold in enumerate(folds):
                feedback.check()
                part = feedback.part(place / len(folds), (place + 1) / len(folds), quiet=True)
                found.append(fit_and_predict(data, fold, family, settings, threads, part, groups)[0])
        except ChronocoverError as error:
            return Trial(number, family, None, None, time.perf_counter() - started, str(error))
        finally:
            feedback.progress(1.0)
        if not found:
            return Trial(number, family, None, None, 0.0)
        predicted, reference = np.concatenate(found), np.concatenate([data.targets[test] for _, test in folds])
        accuracy = float((predicted == reference).mean())
        return Trial(number, family, accuracy, macro_f1(reference, predicted), time.perf_counter() - started)

    return attempt


def _best(trials: list[Trial], criterion: str) -> Trial:
    if all(trial.problem for trial in trials):
        raise ChronocoverError(f"None of the {len(trials)} settings tried can be trained. {trials[0].problem}")
    return max(trials, key=lambda trial: -1.0 if trial.score(criterion) is None else trial.score(criterion))


def describe(tuning: Tuning) -> str:
    """What was chosen, in a sentence."""
    search = tuning.all_samples
    best, own = search.best, search.trials[0]
    if best.score(tuning.criterion) is None:
        return "The samples are too few to compare settings: your own are used."
    failed = sum(bool(trial.problem) for trial in search.trials)
    against = "they failed" if own.problem else f"{own.score(tuning.criterion):.3f}"
    chosen = ", ".join(f"{name} {readable(value)}" for name, value in searched(best).items())
    return (
        f"Your own settings are the best of {len(search.trials)} ({tuning.criterion} {against})"
        if best is own
        else f"Trial {best.number} is the best of {len(search.trials)}: {tuning.criterion} "
        f"{best.score(tuning.criterion):.3f} (your own settings: {against}) with {chosen}"
    ) + (f"; {failed} failed." if failed else ".")


def searched(trial: Trial) -> dict[str, object]:
    """The settings of a trial that the search varies."""
    parameters = trial.family.parameters()
    return {name: parameters[name] for name in trial.family.search_space()}


def readable(value: object) -> str:
    """A setting for people: four digits of a number."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def tuning_summary(tuning: Tuning) -> dict[str, object]:
    """What the model card says of it, as plain values."""
    search = tuning.all_samples
    return {
        "settings_tried": len(search.trials),
        "chosen_trial": search.best.number,
        "criterion": tuning.criterion,
        "validation": search.validation,
        "score": search.best.score(tuning.criterion),
        "score_of_own_settings": search.trials[0].score(tuning.criterion),
    }
