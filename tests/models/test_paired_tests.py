"""Tests of two classifiers on the same samples, against published examples and other programs."""

import itertools

import numpy as np
import pytest
from scipy.stats import binomtest, chi2

from chronocover.models.paired_tests import compare_pair, holm, mcnemar, swapped_groups


def answers(both, only_first, only_second, neither):
    first = np.repeat([True, True, False, False], [both, only_first, only_second, neither])
    second = np.repeat([True, False, True, False], [both, only_first, only_second, neither])
    return first, second


def test_the_exact_test_of_a_published_table():
    """Airway hyper-responsiveness of 21 children before and after a transplantation, 7 against 1 discordant pairs.

    Fagerland, Lydersen and Laake 2013, BMC Medical Research Methodology 13:91: exact conditional p = 0.070.
    """
    found = compare_pair(*answers(1, 1, 7, 12), None)
    assert (found.only_first, found.only_second) == (1, 7)
    assert found.p == found.p_groups == pytest.approx(0.0703, abs=5e-5)


def test_many_samples_give_mcnemars_chi_square():
    """Agresti, Categorical Data Analysis: approval of a prime minister, 150 against 86, chi-square 17.36."""
    assert mcnemar(150, 86) == pytest.approx(chi2.sf(17.36, 1), rel=0.4)


@pytest.mark.parametrize(("first", "second"), [(0, 0), (1, 0), (3, 3), (2, 9), (40, 61), (0, 30)])
def test_groups_of_one_sample_are_the_binomial_test(first, second):
    expected = binomtest(first, first + second).pvalue if first + second else 1.0
    right = answers(17, first, second, 5)
    found = compare_pair(*right, np.arange(22 + first + second))
    assert found.p == pytest.approx(expected)
    assert found.p_groups == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(5))
def test_groups_are_swapped_in_every_way(seed):
    differences = np.random.default_rng(seed).integers(-6, 9, 11)
    found = abs(differences.sum())
    sums = [abs(np.dot(signs, differences)) for signs in itertools.product((-1, 1), repeat=len(differences))]
    assert swapped_groups(differences) == pytest.approx(np.mean(np.array(sums) >= found))


def test_very_many_groups_take_the_normal_distribution(monkeypatch):
    differences = np.random.default_rng(0).integers(-5, 6, 600) + (np.arange(600) % 8 == 0)
    exact = swapped_groups(differences)
    monkeypatch.setattr("chronocover.models.paired_tests.MOST_STEPS", 0)
    assert 0.001 < exact < 0.3
    assert swapped_groups(differences) == pytest.approx(exact, rel=0.05)


def test_samples_of_one_field_that_are_right_together_are_no_evidence():
    fields = np.repeat(np.arange(8), 25)
    first = np.isin(fields, [0, 1, 2, 3, 4])
    second = np.isin(fields, [0, 1, 5])
    found = compare_pair(first, second, fields)
    assert found.p < 1e-5
    assert found.p_groups == pytest.approx(mcnemar(3, 1))


def test_adjusting_by_holm_as_in_r():
    """p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") gives 0.03, 0.06, 0.06, 0.02."""
    np.testing.assert_allclose(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02])
    assert holm([0.4, 0.9]) == [0.8, 0.9]
    assert holm([]) == []
