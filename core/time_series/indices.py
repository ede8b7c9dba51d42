"""Spectral indices and free expressions as a step: new variables computed from those of the same date."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..errors import ChronocoverError
from ..feedback import Feedback
from ..series.image_series import DATA, QUALITY, ImageSeries
from ..series.probing import sample_values
from ..series.steps import SeriesAxes
from .expressions import Program, add_formula
from .index_catalogue import BANDS, REFLECTANCES, BandValues, SpectralIndex, find_index

LARGEST_REFLECTANCE = 2.0  # snow and glint reach a little over 1
_ASSIGNMENT = re.compile(r"\s*([^\W\d][\w.-]*)\s*=(?!=)(.*)", re.DOTALL)


def parse_expressions(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs (name of the new variable, formula) of a text with one ``name = formula`` a line, or ``;`` between them.

    Raises:
        ChronocoverError: a line is not of that form.
    """
    found = []
    for line in re.split(r"[;\n]", text):
        if not line.strip():
            continue
        match = _ASSIGNMENT.fullmatch(line)
        if not match or not match[2].strip():
            raise ChronocoverError(
                f"The expression “{line.strip()}” has no name for its result. Write it as name = formula, such as "
                "nbr2 = (swir1 - swir2) / (swir1 + swir2)."
            )
        found.append((match[1], match[2].strip()))
    return tuple(found)


def parse_assignments(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs of a text such as ``L = 0.5, N = nir08``. Raises ChronocoverError where one has no ``=``."""
    pairs = [part.split("=", 1) for part in re.split(r"[,;\n]", text) if part.strip()]
    for pair in pairs:
        if len(pair) < 2 or not pair[0].strip() or not pair[1].strip():
            raise ChronocoverError(
                f"“{'='.join(pair).strip()}” in “Bands and constants” is not understood. Write L = 0.5, N = nir08."
            )
    return tuple((name.strip(), value.strip()) for name, value in pairs)


@dataclass(frozen=True)
class SpectralIndices:
    """The step. A value is NaN where a variable that it needs is missing, or where the formula has no finite value.

    New variables stand after the other data variables; quality variables pass unchanged.

    Attributes:
        indices: names in the catalogue, see :mod:`core.time_series.index_catalogue`.
        expressions: pairs (name of the new variable, formula over data variables and the results before it), see
            :mod:`core.time_series.expressions`.
        given: what band letters and constants of the catalogue stand for, see :class:`BandValues`.
        replace: the data variables that were there are left out.
    """

    indices: tuple[str, ...] = ()
    expressions: tuple[tuple[str, str], ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    replace: bool = False
    halo: int = 0

    @property
    def catalogued(self) -> list[SpectralIndex]:
        """The indices of the catalogue, each once."""
        return list(dict.fromkeys(find_index(name) for name in self.indices))

    def axes_after(self, axes: SeriesAxes) -> SeriesAxes:
        """The axes with the new variables. Raises ChronocoverError for unknown names and missing bands."""
        return _plan(self, axes).axes

    def apply(self, values: np.ndarray, axes: SeriesAxes) -> np.ndarray:
        """Compute a block; shapes as in :class:`core.series.steps.SeriesStep`."""
        plan = _plan(self, axes)
        width = len(plan.axes.variables)
        flat = np.ascontiguousarray(values).reshape(-1, values.shape[-1])
        return plan.program.compute(flat, plan.results, plan.keep, width).reshape(*values.shape[:-1], width)


@dataclass(frozen=True)
class _Plan:
    program: Program
    results: list[tuple[int, int]]
    keep: list[tuple[int, int]]
    axes: SeriesAxes


@functools.lru_cache(maxsize=32)
def _plan(step: SpectralIndices, axes: SeriesAxes) -> _Plan:
    """What a step does on these axes."""
    program, made = Program(), {}
    data = [name for name, role in zip(axes.variables, axes.roles) if role == DATA]
    register_of = _registers(program, axes, data, made)
    bands = BandValues.of(data, step.given)
    taken = {name.lower() for name in axes.variables if not step.replace or name not in data}
    wanted: list[tuple[str, Callable[[], int]]] = [
        (index.variable, functools.partial(bands.add_index, program, index, register_of)) for index in step.catalogued
    ]
    wanted += [(name, functools.partial(add_formula, program, text, register_of)) for name, text in step.expressions]
    if not wanted:
        raise ChronocoverError("There is no index to compute. Choose one, name one, or write an expression.")
    for name, add in wanted:
        if name.lower() in taken:
            raise ChronocoverError(
                f"There would be two variables “{name}”. Leave one out, or give the expression another name."
            )
        taken.add(name.lower())
        made[name] = add()
    kept = [] if step.replace else data
    quality = [name for name, role in zip(axes.variables, axes.roles) if role == QUALITY]
    variables = (*kept, *made, *quality)
    return _Plan(
        program,
        [(register, variables.index(name)) for name, register in made.items()],
        [(axes.variables.index(name), variables.index(name)) for name in (*kept, *quality)],
        replace(axes, variables=variables, roles=(*[DATA] * (len(kept) + len(made)), *[QUALITY] * len(quality))),
    )


def _registers(program: Program, axes: SeriesAxes, data: list[str], made: dict[str, int]) -> Callable[[str], int]:
    """Finds the register of a data variable, or else of a result before, by name; capitals count where they must."""

    def register_of(name: str) -> int:
        for known in (data, made):
            exact = [each for each in known if each == name] or [each for each in known if each.lower() == name.lower()]
            if len(exact) == 1:
                return made[exact[0]] if known is made else program.variable(axes.variables.index(exact[0]))
        if name in axes.variables:
            raise ChronocoverError(
                f"“{name}” is a quality variable, and formulas are over data variables. Use “Mask clouds” with it."
            )
        raise ChronocoverError(
            f"The series has no variable “{name}”. It has: {', '.join(data)}. Correct the name in the expression."
        )

    return register_of


def check_reflectances(series: ImageSeries, step: SpectralIndices, feedback: Feedback) -> None:
    """Refuse a series in whole numbers for indices of the catalogue that need reflectances from 0 to 1.

    A few small windows are looked at. Indices that a common factor does not change, such as NDVI, only get a warning.

    Raises:
        ChronocoverError: an index would be wrong; says which, and what the values are.
    """
    bands = BandValues.of(series.variables, step.given)
    letters = {letter for index in step.catalogued for letter in index.bands} & set(REFLECTANCES)
    variables = sorted({bands.variables[letter] for letter in letters})
    if not variables:
        return
    values = sample_values(series, series.dates, variables)
    typical = {
        name: float(np.nanmedian(np.abs(values[:, i])))
        for i, name in enumerate(variables)
        if not np.isnan(values[:, i]).all()
    }
    large = {name: value for name, value in typical.items() if value > LARGEST_REFLECTANCE}
    if not large:
        return
    name, value = max(large.items(), key=lambda item: item[1])
    wrong = [index.name for index in step.catalogued if _depends_on_scale(index, step.given)]
    advice = "Set the scale factor (and offset) of the images in “Build image time series”"
    if wrong:
        raise ChronocoverError(
            f"{', '.join(wrong)} need{'s' if len(wrong) == 1 else ''} reflectances from 0 to 1, but the values of "
            f"“{name}” in {series.path} are typically {value:,.4g}. {advice}: 0.0001 is usual. If the values are "
            "right, skip this check in the advanced parameters."
        )
    feedback.warning(
        f"The values of “{name}” are typically {value:,.4g}, so they are no reflectances from 0 to 1. The indices "
        "chosen are right all the same, unless the numbers have an offset, as those of Sentinel-2 since 2022 and of "
        f"Landsat Collection 2 do. {advice}."
    )


def _depends_on_scale(index: SpectralIndex, given: tuple[tuple[str, str], ...]) -> bool:
    """Whether the index changes when all reflectances are ten times as large."""
    constants = [pair for pair in given if pair[0] not in BANDS]
    bands = BandValues.of(index.bands, [*zip(index.bands, index.bands), *constants])
    program = Program()
    register = bands.add_index(program, index, lambda letter: program.variable(index.bands.index(letter)))
    plain = np.random.default_rng(1).uniform(0.05, 0.6, (64, len(index.bands))).astype(np.float32)
    scaled = plain * np.array([10.0 if letter in REFLECTANCES else 1.0 for letter in index.bands], dtype=np.float32)
    one, other = (program.compute(each, [(register, 0)], [], 1) for each in (plain, scaled))
    return not np.allclose(one, other, rtol=1e-3, atol=1e-6, equal_nan=True)
