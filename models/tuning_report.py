"""The search of settings in reports: the table of trials, and the same as plain values."""

from __future__ import annotations

from ..core.reports.page import Page
from .tuning import Search, Trial, Tuning, describe, readable, searched, tuning_summary

NO_VALUE = "–"


def tuning_section(page: Page, tuning: Tuning) -> None:
    """What was tried, how it did, and what was chosen."""
    page.heading("Search of settings")
    search = tuning.all_samples
    page.paragraph(describe(tuning))
    if search.validation:
        sentences = [
            f"Settings were compared by {search.validation}.",
            "The figures below chose among them, so the best one is somewhat too high.",
        ]
        if tuning.folds:
            chosen = ", ".join(str(each.best.number) for each in tuning.folds)
            sentences.append(
                "The accuracy above is not: each fold of the validation searched among its own learning samples only; "
                f"there the best were trials {chosen}."
            )
        page.paragraph(" ".join(sentences))
    names = list(searched(search.trials[0]))
    rows = [
        [
            f"{trial.number}{' (your own)' if trial.number == 0 else ''}{' ✓' if trial is search.best else ''}",
            *(readable(searched(trial)[name]) for name in names),
            _figure(trial.accuracy),
            _figure(trial.macro_f1),
            f"{trial.seconds:.1f}",
        ]
        for trial in ordered(search, tuning.criterion)
    ]
    page.table(["Trial", *names, "Accuracy", "Macro F1", "Seconds"], rows)
    for trial in search.trials:
        if trial.problem:
            page.note(f"Trial {trial.number} failed: {trial.problem}")


def ordered(search: Search, criterion: str) -> list[Trial]:
    """The trials, the best first and the failed last."""
    scores = {trial.number: trial.score(criterion) for trial in search.trials}
    failed = [trial for trial in search.trials if scores[trial.number] is None]
    return sorted((t for t in search.trials if t not in failed), key=lambda t: -scores[t.number]) + failed


def tuning_as_plain_values(tuning: Tuning) -> dict[str, object]:
    """For the JSON report.

    Keys: those of :func:`~.tuning.tuning_summary`; ``trials`` (number, settings, accuracy, macro_f1, seconds, problem);
    ``chosen_in_folds``: the trial of each fold's own search.
    """
    return {
        **tuning_summary(tuning),
        "trials": [
            {
                "number": trial.number,
                "settings": searched(trial),
                "accuracy": trial.accuracy,
                "macro_f1": trial.macro_f1,
                "seconds": trial.seconds,
                "problem": trial.problem,
            }
            for trial in tuning.all_samples.trials
        ],
        "chosen_in_folds": [each.best.number for each in tuning.folds],
    }


def _figure(value: float | None) -> str:
    return NO_VALUE if value is None else f"{value:.3f}"
