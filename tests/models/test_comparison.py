"""Several families on the same folds."""

import csv
import json
from dataclasses import replace

import numpy as np
import pytest
from real_samples import mato_grosso
from series_samples import season_samples

from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.provenance import Provenance
from chronocover.models import comparison
from chronocover.models.comparison import compare
from chronocover.models.comparison_report import (
    CSV_COLUMNS,
    write_comparison_csv,
    write_comparison_html,
    write_comparison_json,
)
from chronocover.models.evaluation import evaluate
from chronocover.models.families.extra_trees import ExtraTrees
from chronocover.models.families.minirocket import MiniRocket
from chronocover.models.families.neighbours import Neighbours
from chronocover.models.families.support_vectors import SupportVectorMachine
from chronocover.models.fitting import MACRO_F1, TrainingSettings
from chronocover.models.learning_data import prepare
from chronocover.models.paired_tests import compare_pair, holm
from chronocover.models.session import ModelSession
from chronocover.models.validation import Validation

FAMILIES = {"trees": ExtraTrees(20), "vectors": SupportVectorMachine(), "neighbours": Neighbours()}


class Log(Feedback):
    def __init__(self, cancel_at=2.0):
        self.said, self.warned, self._fraction, self._cancel_at = [], [], 0.0, cancel_at

    def info(self, text):
        self.said.append(text)

    def warning(self, text):
        self.warned.append(text)

    def progress(self, fraction):
        self._fraction = fraction

    def is_cancelled(self):
        return self._fraction >= self._cancel_at


@pytest.fixture(autouse=True)
def quick_speed(monkeypatch):
    monkeypatch.setattr(comparison, "SECONDS_OF_MAPPING", 0.01)


def noisy(**settings):
    return season_samples(**{"dates": 10, "noise": 1.2, "field_noise": 0.6, **settings})


def compared(samples, families=None, feedback=None, **settings):
    settings = TrainingSettings(**{"threads": 2, **settings})
    return compare(samples, families or FAMILIES, settings, Provenance("test"), feedback or Feedback())


def test_each_family_is_scored_as_by_its_own_validation():
    samples = noisy()
    found = compared(samples)
    data, settings = prepare(samples), TrainingSettings(threads=2)
    assert [result.scores.accuracy for result in found.results] == sorted(
        (result.scores.accuracy for result in found.results), reverse=True
    )
    right = {}
    for result in found.results:
        alone = evaluate(data, FAMILIES[result.name], settings, Feedback())
        np.testing.assert_array_equal(result.scores.matrix, alone.scores.matrix)
        assert (result.scores.low, result.scores.high) == (alone.scores.low, alone.scores.high)
        right[result.name] = alone.predicted == data.targets
        by_fold = [right[result.name][rows].mean() for _, rows in alone.splits.folds]
        assert result.fold_accuracies == pytest.approx(by_fold)
    pairs = [compare_pair(right[d.first], right[d.second], alone.splits.clusters) for d in found.differences]
    assert [d.test for d in found.differences] == pairs and len(pairs) == 3
    assert [d.p_adjusted for d in found.differences] == holm([test.p_groups for test in pairs])


def test_the_model_of_the_best_family_is_kept(tmp_path):
    found = compared(noisy())
    best = found.results[0]
    size = found.best.save(str(tmp_path / "best.onnx"))
    session = ModelSession.open(str(tmp_path / "best.onnx"))
    assert session.card.scores["overall_accuracy"] == best.scores.accuracy
    assert session.card.parameters == best.parameters
    assert best.megabytes == pytest.approx(size / 1e6)
    assert all(result.pixels_per_second > 0 and result.training_seconds > 0 for result in found.results)


def test_the_criterion_orders_the_families():
    samples = noisy(names=("a", "b"))
    samples = samples.subset(np.r_[np.ones(60, bool), np.arange(60) < 18])
    found = compared(samples, criterion=MACRO_F1)
    scores = [result.scores.macro_f1 for result in found.results]
    assert scores == sorted(scores, reverse=True)
    assert found.best.card.scores["macro_f1"] == scores[0]


def test_a_family_that_fails_says_why_and_the_others_go_on(tmp_path):
    log = Log()
    found = compared(season_samples(dates=8, noise=0.8), {"MiniRocket": MiniRocket(), **FAMILIES}, log)
    assert set(found.problems) == {"MiniRocket"} and "at least 9 dates" in found.problems["MiniRocket"]
    assert sorted(result.name for result in found.results) == sorted(FAMILIES)
    assert any("at least 9 dates" in text for text in log.warned)
    write_comparison_html(str(tmp_path / "r.html"), found, Provenance())
    write_comparison_csv(str(tmp_path / "r.csv"), found)
    assert "MiniRocket could not be compared: MiniRocket needs" in (tmp_path / "r.html").read_text(encoding="utf-8")
    rows = list(csv.DictReader((tmp_path / "r.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[-1]["family"] == "MiniRocket" and "9 dates" in rows[-1]["problem"] and not rows[-1]["accuracy"]


def test_one_family_alone_needs_no_test(tmp_path):
    found = compared(noisy(), {"vectors": SupportVectorMachine()})
    assert found.differences == []
    write_comparison_html(str(tmp_path / "r.html"), found, Provenance())
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "McNemar" not in page and "F1 of each class" in page


def test_warnings_about_the_samples_are_said_once():
    log = Log()
    compared(replace(noisy(), groups=None), feedback=log)
    assert len(log.warned) == len(set(log.warned)) == 1 and "carry no groups" in log.warned[0]


@pytest.mark.parametrize(
    ("samples", "families", "settings", "words"),
    [
        (noisy(names=("a",)), FAMILIES, {}, "at least two classes"),
        (noisy(), FAMILIES, {"validation": Validation("none")}, "choose another than “none”"),
        (replace(noisy(), groups=None), FAMILIES, {"validation": Validation("group k-fold")}, "by groups"),
        (season_samples(dates=5), {"rocket": MiniRocket()}, {}, "None of the families could be trained. rocket: "),
    ],
    ids=["one class", "no validation", "no groups", "no family"],
)
def test_what_cannot_be_compared_ends_in_a_sentence(samples, families, settings, words):
    with pytest.raises(ChronocoverError) as caught:
        compared(samples, families, **settings)
    assert words in str(caught.value)


def test_a_class_with_one_sample(tmp_path):
    samples = noisy()
    samples = samples.subset(np.r_[np.ones(120, bool), np.arange(60) < 1])
    found = compared(samples)
    assert len(found.results) == 3
    write_comparison_html(str(tmp_path / "r.html"), found, Provenance())
    assert "Classes with one group only" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_cancelling_ends_it():
    with pytest.raises(CancelledError):
        compared(noisy(), feedback=Log(cancel_at=0.4))


def test_reports_hold_the_figures(tmp_path):
    found = compared(noisy(), trials=1, validation=Validation(folds=3))
    write_comparison_html(str(tmp_path / "r.html"), found, Provenance())
    write_comparison_json(str(tmp_path / "r.json"), found, Provenance())
    write_comparison_csv(str(tmp_path / "r.csv"), found)
    plain = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    rows = list(csv.DictReader((tmp_path / "r.csv").read_text(encoding="utf-8").splitlines()))
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert tuple(rows[0]) == CSV_COLUMNS
    for result, row, item in zip(found.results, rows, plain["families"]):
        assert row["family"] == item["name"] == result.name
        assert float(row["accuracy"]) == item["accuracy"] == result.scores.accuracy
        assert float(row["accuracy_spread"]) == pytest.approx(np.std(result.fold_accuracies, ddof=1))
        assert len(item["tuning"]["trials"]) == 2 and len(item["tuning"]["chosen_in_folds"]) == 3
        assert f"{result.scores.accuracy:.1%}\u00a0±\u00a0" in page
    first = plain["differences"][0]
    assert (first["first"], first["second"]) == (found.results[0].name, found.results[1].name)
    assert float(rows[1]["p_groups"]) == first["p_groups"]
    assert int(rows[1]["only_best_right"]) == first["only_first"]
    assert "groups whole" in page and "blé d&#x27;hiver" in page


def test_a_hold_out_has_no_spread(tmp_path):
    found = compared(noisy(), validation=Validation("hold-out"))
    write_comparison_html(str(tmp_path / "r.html"), found, Provenance())
    write_comparison_csv(str(tmp_path / "r.csv"), found)
    assert "±" not in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert [
        row["accuracy_spread"] for row in csv.DictReader((tmp_path / "r.csv").read_text(encoding="utf-8").splitlines())
    ] == [""] * 3


def test_real_samples(data_folder):
    found = compared(mato_grosso(data_folder))
    assert all(result.scores.accuracy > 0.9 for result in found.results)
    assert all(difference.p_adjusted > 0.05 for difference in found.differences)
