"""Formulas: what they give, compared with numpy, and what is refused."""

import numpy as np
import pytest

from chronocover.core.errors import ChronocoverError
from chronocover.core.time_series.expressions import Program, add_formula

NAMES = ("red", "nir", "swir-1")
NAN = np.nan


def compute(text, values):
    """The result of a formula for float32 ``(n, 3)`` values of red, nir and swir-1."""
    program = Program()

    def register_of(name):
        if name not in NAMES:
            raise ChronocoverError(f"no variable {name}")
        return program.variable(NAMES.index(name))

    register = add_formula(program, text, register_of)
    return program.compute(np.asarray(values, dtype=np.float32), [(register, 0)], [], 1)[:, 0]


@pytest.fixture(scope="module")
def values():
    """More values than one piece, some missing."""
    generator = np.random.default_rng(2)
    values = generator.uniform(-0.2, 1.0, (1300, 3)).astype(np.float32)
    values[generator.random(values.shape) < 0.1] = NAN
    return values


@pytest.mark.parametrize(
    ("formula", "reference"),
    [
        ("(nir - red) / (nir + red)", lambda r, n, s: (n - r) / (n + r)),
        ("-red ** 2 + 3 * nir", lambda r, n, s: -(r**2) + 3 * n),
        ("nir ^ 3 - +red", lambda r, n, s: n**3 - r),
        ("sqrt(nir) + abs(red)", lambda r, n, s: np.sqrt(n) + np.abs(r)),
        ("log(nir) + log10(nir) + exp(red)", lambda r, n, s: np.log(n) + np.log10(n) + np.exp(r)),
        ("nir ** 0.5", lambda r, n, s: n**0.5),
        ('"swir-1" * 2e-1 - 1', lambda r, n, s: s * 0.2 - 1),
        ('min(red, nir, "swir-1")', lambda r, n, s: np.minimum(np.minimum(r, n), s)),
        ("max(red, 0.3)", lambda r, n, s: np.maximum(r, 0.3)),
        ("where(nir > 0.4, red, nir)", lambda r, n, s: np.where(np.isnan(n), NAN, np.where(n > 0.4, r, n))),
        ("where(0.2 <= nir < 0.5, 1, 0) + 0 * nir", lambda r, n, s: ((n >= 0.2) & (n < 0.5)) + 0 * n),
        (
            "where(red < 0.1 or nir >= 0.9 and red != 0.5, 1, 2)",
            lambda r, n, s: np.where((r < 0.1) | (n >= 0.9), 1, 2) + 0 * (r + n),
        ),
    ],
)
def test_gives_what_numpy_gives(values, formula, reference):
    with np.errstate(all="ignore"):
        expected = np.asarray(reference(*values.astype(np.float64).T), dtype=np.float64)
    expected[~np.isfinite(expected)] = NAN
    np.testing.assert_allclose(compute(formula, values), expected, rtol=1e-6, atol=1e-7)


def test_what_is_not_finite_is_missing():
    zero, one, missing = [[0, 0, 0]], [[1, 1, 1]], [[NAN, 1, 1]]
    for formula in ("red / nir", "1 / red", "log(red)", "sqrt(red - 1)", "(red - 1) ** 0.5", "exp(1000 + red)"):
        assert np.isnan(compute(formula, zero)[0]), formula
    assert np.isnan(compute("exp(1000 * red)", one)[0])
    for formula in ("red ** 0", "min(red, nir)", "max(nir, red)", "red < 2", "where(red > 0, 1, 0)", "red == red"):
        assert np.isnan(compute(formula, missing)[0]), formula
    assert compute("where(nir > 0, 7, red)", missing)[0] == 7  # the branch that is not taken may be missing


def test_equal_parts_are_computed_once():
    program = Program()
    for text in ("(nir - red) / (nir + red)", "(nir - red) * 2", "nir - red"):
        add_formula(program, text, lambda name: program.variable(NAMES.index(name)))
    assert len(program.columns) == 2
    assert len(program.code) == 4


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("__import__('os').system('true')", "not known here"),
        ("red.__class__", "holds “red.__class__”"),
        ("(lambda: red)()", "not known here"),
        ("[red for red in nir]", "not known here"),
        ("open('file')", "no variable file|unknown function open"),
        ("eval(red)", "unknown function eval"),
        ("red // nir", "not known here"),
        ("red if nir else 0", "not known here"),
        ("red is nir", "compares in a way"),
        ("True + red", "holds True"),
        ("1e999 * red", "no number here"),
        ("1" + "0" * 400 + " * red", "no number here"),
        ("2j", "no number here"),
        ("sqrt(red, nir)", r"gives sqrt 2; it takes 1"),
        ("min(red)", "takes two or more"),
        ("blau + red", "no variable blau"),
        ("(red - nir", "cannot be read"),
        ("red nir", "cannot be read near"),
        ("", "cannot be read"),
        ("red\x00", "cannot be read"),
        ("-" * 400 + "red", "nested too deeply|cannot be read"),
        ("(" * 5000 + "red" + ")" * 5000, "nested too deeply|cannot be read"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(formula, said):
    with pytest.raises(ChronocoverError, match=said):
        compute(formula, [[1, 1, 1]])
