"""The public catalogue of spectral indices by name, and how its bands are found among a series' variables.

The data are those of Awesome Spectral Indices (Montero et al. 2023, A standardized catalogue of spectral indices to
advance the use of remote sensing in Earth system research, Scientific Data 10, 197), MIT License; see
``core/data/spectral_indices.json``.
"""

from __future__ import annotations

import difflib
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..errors import ChronocoverError
from .expressions import Program, add_formula

BANDS: Mapping[str, tuple[str, ...]] = {
    "A": ("coastal", "aerosol", "ultrablue"),
    "B": ("blue",),
    "G1": ("green1",),
    "G": ("green",),
    "Y": ("yellow",),
    "R": ("red",),
    "RE1": ("rededge1", "rededge"),
    "RE2": ("rededge2",),
    "RE3": ("rededge3",),
    "N": ("nir", "nir1", "nir_broad", "nir08"),
    "N2": ("nir08", "nir2", "nir_narrow"),
    "S1": ("swir1", "swir16"),
    "S2": ("swir2", "swir22", "mir"),  # the MIR band of MOD13 is at 2.1 µm
    "T": ("thermal", "thermal1", "tir", "lst"),
    "T1": ("thermal1",),
    "T2": ("thermal2",),
    "VV": ("vv",),
    "VH": ("vh",),
    "HH": ("hh",),
    "HV": ("hv",),
}
REFLECTANCES = ("A", "B", "G1", "G", "Y", "R", "RE1", "RE2", "RE3", "N", "N2", "S1", "S2")

# The catalogue has one L for all indices, 1 as in EVI; these were published with 0.5 (Huete 1988; Sripada et al. 2006;
# Yang et al. 2008; Xu 2008). Its own note on epsilon asks for another one in the WC indices.
PUBLISHED: Mapping[str, Mapping[str, float]] = {
    **{name: {"L": 0.5} for name in ("SAVI", "GSAVI", "MNLI", "IBI")},
    **{name: {"epsilon": 1e-10} for name in ("WCI1", "WCI2")},
}

_NAME = re.compile(r"[A-Za-z_]\w*")
_KERNEL = re.compile(r"k([A-Z])([A-Z])")
RADIAL_KERNEL = "exp(-((a - b) ** 2) / (2 * (0.5 * (a + b)) ** 2))"

with open(os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "spectral_indices.json"), "rb") as _file:
    CATALOGUE = json.load(_file)
CONSTANTS: Mapping[str, tuple[float | None, str]] = {
    name: (value, about) for name, (value, about) in CATALOGUE["constants"].items()
}


@dataclass(frozen=True)
class SpectralIndex:
    """One index. ``formula`` is over band letters and constants; ``constants`` are the index's own values of these."""

    name: str
    title: str
    formula: str
    domain: str
    reference: str

    @property
    def constants(self) -> Mapping[str, float]:
        """Constants that differ from the catalogue's common ones."""
        return PUBLISHED.get(self.name, {})

    @property
    def names(self) -> list[str]:
        """The names of bands and constants in the formula, each once."""
        return list(dict.fromkeys(_NAME.findall(self.formula)))

    @property
    def bands(self) -> list[str]:
        """The band letters that it needs."""
        letters = []
        for name in self.names:
            kernel = _KERNEL.fullmatch(name)
            letters += [letter for letter in (kernel.groups() if kernel else (name,)) if letter in BANDS]
        return list(dict.fromkeys(letters))

    @property
    def variable(self) -> str:
        """What its values are called in a series: the name in lower case, where that is unique."""
        return self.name.lower() if len(_BY_LOWER_CASE[self.name.lower()]) == 1 else self.name


ALSO_CALLED = {"BSI": "BI", "NDRE": "NDREI"}  # common names of indices that the catalogue has by another
INDICES: Mapping[str, SpectralIndex] = {
    name: SpectralIndex(name, *CATALOGUE["indices"][ALSO_CALLED.get(name, name)])
    for name in sorted({*CATALOGUE["indices"], *ALSO_CALLED})
}
_BY_LOWER_CASE: dict[str, list[str]] = {}
for _name in INDICES:
    _BY_LOWER_CASE.setdefault(_name.lower(), []).append(_name)


def find_index(name: str) -> SpectralIndex:
    """The index of that name, in any case where that is unique. Raises ChronocoverError with names that are alike."""
    if name in INDICES:
        return INDICES[name]
    found = _BY_LOWER_CASE.get(name.lower(), [])
    if len(found) == 1:
        return INDICES[found[0]]
    if found:
        raise ChronocoverError(f"The index “{name}” may be {' or '.join(found)}: write it with these capitals.")
    close = difflib.get_close_matches(name.lower(), _BY_LOWER_CASE, 4, 0.6)
    alike = [each for lower in close for each in _BY_LOWER_CASE[lower]]
    advice = f"Did you mean {', '.join(alike)}? " if alike else ""
    raise ChronocoverError(
        f"There is no spectral index “{name}” in the catalogue. {advice}The help of “Spectral indices” links to all "
        "names; others can be written as expressions."
    )


def split_names(text: str) -> list[str]:
    """Names in a text, separated by commas, semicolons or spaces."""
    return [name for name in re.split(r"[\s,;]+", text) if name]


@dataclass(frozen=True)
class BandValues:
    """What letters stand for in one series: variables by letter, constants by name, and all variables available."""

    variables: Mapping[str, str]
    constants: Mapping[str, float]
    available: tuple[str, ...]

    @classmethod
    def of(cls, variables: Sequence[str], given: Iterable[tuple[str, str]] = ()) -> BandValues:
        """Find the bands by the names of the variables.

        Args:
            variables: the series' data variables.
            given: pairs of a band letter and the variable it is, or of a constant and its value; they win.

        Raises:
            ChronocoverError: a pair is not understood.
        """
        lower = {name.lower(): name for name in reversed(variables)}
        found = {
            letter: next(lower[name] for name in names if name in lower)
            for letter, names in BANDS.items()
            if any(name in lower for name in names)
        }
        constants: dict[str, float] = {}
        for name, value in given:
            if name in BANDS:
                if value.lower() not in lower:
                    raise ChronocoverError(
                        f"“{name} = {value}”: the series has no variable “{value}”. It has: {', '.join(variables)}."
                    )
                found[name] = value if value in variables else lower[value.lower()]
            elif name in CONSTANTS:
                try:
                    constants[name] = float(value)
                except ValueError as error:
                    raise ChronocoverError(f"“{name} = {value}”: the constant {name} is a number.") from error
            else:
                raise ChronocoverError(
                    f"“{name} = {value}”: {name} is neither a band ({', '.join(BANDS)}) nor a constant "
                    f"({', '.join(CONSTANTS)}) of the catalogue."
                )
        return cls(found, constants, tuple(variables))

    def add_index(self, program: Program, index: SpectralIndex, register_of: Callable[[str], int]) -> int:
        """Add an index to a program; returns the register of its result. ``register_of`` gives that of a variable.

        A kernel ``kNR`` is the radial one of Camps-Valls et al. (2021, A unified vegetation index for quantifying the
        terrestrial biosphere, Science Advances 7), its length being the mean of the two.

        Raises:
            ChronocoverError: bands or constants are missing; says which, and what there is.
        """
        missing = [letter for letter in index.bands if letter not in self.variables]
        if missing:
            needed = ", ".join(f"{letter} ({' or '.join(BANDS[letter])})" for letter in index.bands)
            raise ChronocoverError(
                f"{index.name} needs {needed}, and the series lacks {', '.join(missing)}. It has: "
                f"{', '.join(self.available)}. If one of these is meant, say so in “Bands and constants”: "
                f"{missing[0]} = its name."
            )

        def register(name: str) -> int:
            if name in self.variables:
                return register_of(self.variables[name])
            kernel = _KERNEL.fullmatch(name)
            if kernel:
                pair = dict(zip("ab", kernel.groups()))
                return add_formula(program, RADIAL_KERNEL, lambda letter: register(pair[letter]))
            return program.constant(self._constant(name, index))

        return add_formula(program, index.formula, register)

    def _constant(self, name: str, index: SpectralIndex) -> float:
        value = self.constants.get(name, index.constants.get(name, CONSTANTS[name][0]))
        if value is None:
            raise ChronocoverError(
                f"{index.name} needs the constant {name} ({CONSTANTS[name][1]}), which has no usual value. Give it in "
                f"“Bands and constants”: {name} = number."
            )
        return value
