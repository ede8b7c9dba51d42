"""Which codes of a quality band mean that a pixel is of no use: the published tables of the common products.

Plain Python: dialogs read it. The arrays are worked on in :mod:`core.time_series.cloud_masks`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from ..errors import ChronocoverError

CODE_BITS = 16
LOWEST_CODE, HIGHEST_CODE = -(1 << 15), (1 << CODE_BITS) - 1

SHADOW, CIRRUS, NEAR, MEDIUM, SNOW, AEROSOL = (
    "cloud shadow",
    "thin cirrus",
    "pixels next to clouds",
    "clouds of medium confidence",
    "snow and ice",
    "much aerosol",
)
ALSO = (SHADOW, CIRRUS, NEAR, MEDIUM, SNOW, AEROSOL)
ALSO_BY_DEFAULT = (SHADOW, CIRRUS, NEAR, MEDIUM)


@dataclass(frozen=True)
class BitField:
    """A number in ``count`` bits from bit ``first`` (0 is the lowest); ``bad`` are its values that mean no use."""

    first: int
    count: int
    bad: tuple[int, ...]

    def is_bad(self, code: int) -> bool:
        """Whether a code's field holds a bad value. Negative codes are read as 16-bit two's complement."""
        return (code >> self.first) & ((1 << self.count) - 1) in self.bad


@dataclass(frozen=True)
class CodeRule:
    """A pixel is of no use if its code lies in a range (both ends included) or if one of its bit fields is bad."""

    ranges: tuple[tuple[int, int], ...] = ()
    fields: tuple[BitField, ...] = ()

    def is_bad(self, code: int) -> bool:
        """Whether pixels with this code are of no use."""
        return any(low <= code <= high for low, high in self.ranges) or any(f.is_bad(code) for f in self.fields)

    def describe(self) -> str:
        """What is masked, in words."""
        codes = ", ".join(str(low) if low == high else f"{low} to {high}" for low, high in sorted(self.ranges))
        bits = "; ".join(
            f"bit {f.first} is {' or '.join(map(str, f.bad))}"
            if f.count == 1
            else f"bits {f.first} to {f.first + f.count - 1} hold {' or '.join(map(str, f.bad))}"
            for f in self.fields
        )
        parts = [f"the value is {codes}" if codes else "", bits]
        return f"Masked where {'; '.join(part for part in parts if part)}."


@dataclass(frozen=True)
class ThresholdRule:
    """A pixel is of no use if its value is above the threshold (a cloud probability), or below (a clear score)."""

    threshold: float
    bad_above: bool = True

    def describe(self) -> str:
        """What is masked, in words."""
        return f"Masked where the value is {'above' if self.bad_above else 'below'} {self.threshold:g}."


@dataclass(frozen=True)
class QualityProduct:
    """A product's quality band: always bad is ``base``; ``also`` is bad if asked for.

    ``variables`` are the names of such bands in series, in lower case.
    """

    name: str
    source: str
    variables: tuple[str, ...]
    base: CodeRule
    also: dict[str, CodeRule]

    def rule(self, also: Collection[str]) -> CodeRule:
        """The rule with what is bad besides, names of :data:`ALSO`; what the product does not tell is passed over."""
        parts = [self.base, *(rule for what, rule in self.also.items() if what in also)]
        return CodeRule(
            tuple(item for part in parts for item in part.ranges), tuple(f for part in parts for f in part.fields)
        )


def _codes(*codes: int) -> CodeRule:
    return CodeRule(ranges=tuple((code, code) for code in codes))


def _bits(*fields: tuple[int, int, tuple[int, ...]]) -> CodeRule:
    return CodeRule(fields=tuple(BitField(*field) for field in fields))


SCL = QualityProduct(
    "Sentinel-2 scene classification (SCL)",
    "Sentinel-2 Products Specification Document 15.0, table of the scene classification: 0 no data, 1 saturated or "
    "defective, 3 cloud shadow, 8 and 9 cloud of medium and high probability, 10 thin cirrus, 11 snow or ice",
    ("scl",),
    _codes(0, 1, 9),
    {SHADOW: _codes(3), MEDIUM: _codes(8), CIRRUS: _codes(10), SNOW: _codes(11)},
)
HLS_FMASK = QualityProduct(
    "HLS Fmask",
    "HLS Product User Guide 2.0: bit 0 cirrus, 1 cloud, 2 next to cloud or shadow, 3 cloud shadow, 4 snow or ice, "
    "6 and 7 aerosol (3 is high); 255 is fill",
    ("fmask",),
    CodeRule(((255, 255),), (BitField(1, 1, (1,)),)),
    {
        CIRRUS: _bits((0, 1, (1,))),
        NEAR: _bits((2, 1, (1,))),
        SHADOW: _bits((3, 1, (1,))),
        SNOW: _bits((4, 1, (1,))),
        AEROSOL: _bits((6, 2, (3,))),
    },
)
QA_PIXEL = QualityProduct(
    "Landsat Collection 2 QA_PIXEL",
    "Landsat 8-9 Collection 2 Level 2 Science Product Guide (LSDS-1619): bit 0 fill, 1 dilated cloud, 2 cirrus, "
    "3 cloud, 4 cloud shadow, 5 snow, 8 and 9 cloud confidence (2 medium, 3 high)",
    ("qa_pixel",),
    _bits((0, 1, (1,)), (3, 1, (1,)), (8, 2, (3,))),
    {
        NEAR: _bits((1, 1, (1,))),
        CIRRUS: _bits((2, 1, (1,))),
        SHADOW: _bits((4, 1, (1,))),
        SNOW: _bits((5, 1, (1,))),
        MEDIUM: _bits((8, 2, (2,))),
    },
)
BQA = QualityProduct(
    "Landsat Collection 1 BQA",
    "Landsat 8 Collection 1 Level 1 Quality Assessment band: bit 0 fill, 4 cloud, 5 and 6 cloud confidence, 7 and 8 "
    "cloud shadow, 9 and 10 snow or ice, 11 and 12 cirrus (2 medium, 3 high confidence)",
    ("bqa",),
    _bits((0, 1, (1,)), (4, 1, (1,)), (5, 2, (3,))),
    {
        MEDIUM: _bits((5, 2, (2,))),
        SHADOW: _bits((7, 2, (3,))),
        SNOW: _bits((9, 2, (3,))),
        CIRRUS: _bits((11, 2, (3,))),
    },
)
VI_QUALITY = QualityProduct(
    "MODIS MOD13 VI quality",
    "MOD13 User's Guide, Collection 6.1, table of the VI quality: bits 0 and 1 MODLAND QA (2 probably cloudy, 3 not "
    "produced), 2 to 5 usefulness (13 to 15 useless), 6 and 7 aerosol (3 is high), 8 next to clouds, 10 mixed clouds, "
    "14 snow or ice, 15 shadow",
    ("vi_quality",),
    _bits((0, 2, (2, 3)), (2, 4, (13, 14, 15)), (10, 1, (1,))),
    {
        NEAR: _bits((8, 1, (1,))),
        SNOW: _bits((14, 1, (1,))),
        SHADOW: _bits((15, 1, (1,))),
        AEROSOL: _bits((6, 2, (3,))),
    },
)
RELIABILITY = QualityProduct(
    "MODIS MOD13 pixel reliability",
    "MOD13 User's Guide, Collection 6.1, table of the pixel reliability: -1 (255) fill, 0 good, 1 marginal, 2 snow or "
    "ice, 3 cloudy",
    ("pixel_reliability",),
    _codes(-1, 3, 255),
    {SNOW: _codes(2)},
)
MASK = QualityProduct(
    "mask of ones",
    "a mask in which 1 is clouded and 0 is clear, such as CLM of Sentinel Hub",
    ("clm", "cloudmask", "cloud_mask", "cldmsk", "mask"),
    _codes(1),
    {},
)
PRODUCTS = (SCL, HLS_FMASK, QA_PIXEL, BQA, VI_QUALITY, RELIABILITY, MASK)

AUTOMATIC, PROBABILITY, CLEAR_SCORE, VALUES, BITS = (
    "by the name of the variable",
    "cloud probability above a threshold",
    "clear-sky score below a threshold",
    "values",
    "bit fields",
)
PRESETS = (AUTOMATIC, *(product.name for product in PRODUCTS), PROBABILITY, CLEAR_SCORE, VALUES, BITS)


def quality_rule(
    preset: str,
    variable: str,
    also: Collection[str] = ALSO_BY_DEFAULT,
    threshold: float | None = None,
    values: str = "",
    bits: str = "",
) -> CodeRule | ThresholdRule:
    """The rule that a preset stands for.

    Args:
        preset: one of :data:`PRESETS`.
        variable: the quality variable, for :data:`AUTOMATIC`.
        also: what a product's preset masks besides clouds, of :data:`ALSO`.
        threshold: for :data:`PROBABILITY` and :data:`CLEAR_SCORE`.
        values: for :data:`VALUES`, see :func:`parse_values`.
        bits: for :data:`BITS`, see :func:`parse_bits`.

    Raises:
        ChronocoverError: the variable's name tells no product, or what the preset needs is missing or unreadable.
    """
    if preset == VALUES:
        return CodeRule(ranges=parse_values(values))
    if preset == BITS:
        return CodeRule(fields=parse_bits(bits))
    if preset in (PROBABILITY, CLEAR_SCORE):
        if threshold is None:
            raise ChronocoverError(f"“{preset}” needs a threshold. Give one in the units of “{variable}”.")
        return ThresholdRule(threshold, bad_above=preset == PROBABILITY)
    if preset == AUTOMATIC:
        for product in PRODUCTS:
            if variable.lower() in product.variables:
                return product.rule(also)
        known = ", ".join(name for product in PRODUCTS for name in product.variables)
        raise ChronocoverError(
            f"The name of the quality variable “{variable}” does not tell what its codes mean (known are {known}). "
            "Choose the kind of quality band."
        )
    for product in PRODUCTS:
        if product.name == preset:
            return product.rule(also)
    raise ChronocoverError(f"There is no kind of quality band “{preset}”. Choose one of: {', '.join(PRESETS)}.")


def parse_values(text: str) -> tuple[tuple[int, int], ...]:
    """Codes and ranges as people write them, ``3, 8-10``. Raises ChronocoverError that says what cannot be read."""
    ranges = []
    for item in (part.strip() for part in re.split("[,;]", text.strip(" ,;"))):
        match = re.fullmatch(r"(-?\d+)(?:\s*(?:-|–|\.\.)\s*(-?\d+))?", item)
        if not match:
            raise ChronocoverError(
                f"Bad values: “{item or text}” is neither a code nor a range. Write them like this: 3, 8-10."
            )
        low = int(match.group(1))
        high = int(match.group(2)) if match.group(2) else low
        if not LOWEST_CODE <= low <= high <= HIGHEST_CODE:
            raise ChronocoverError(
                f"Bad values: the range “{item}” is not one from low to high between {LOWEST_CODE} and {HIGHEST_CODE}."
            )
        ranges.append((low, high))
    return tuple(ranges)


def parse_bits(text: str) -> tuple[BitField, ...]:
    """Bit fields ``first bit:number of bits:bad values``, as in ``3:1:1; 5:2:2,3``.

    Raises ChronocoverError that says what cannot be read or does not fit into 16 bits.
    """
    fields = []
    for item in (part.strip() for part in text.strip().strip(";").split(";")):
        match = re.fullmatch(r"(\d+)\s*:\s*(\d+)\s*:\s*(\d+(?:\s*,\s*\d+)*)", item)
        if not match:
            raise ChronocoverError(
                f"Bit fields: “{item}” cannot be read. Write first bit:number of bits:bad values, with semicolons "
                "between fields, like this: 3:1:1; 5:2:2,3."
            )
        first, count = int(match.group(1)), int(match.group(2))
        bad = tuple(int(value) for value in match.group(3).split(","))
        if count < 1 or first + count > CODE_BITS:
            raise ChronocoverError(f"Bit fields: “{item}” does not lie within the bits 0 to {CODE_BITS - 1}.")
        if max(bad) >= 1 << count:
            raise ChronocoverError(
                f"Bit fields: in “{item}”, {count} bit{'s hold' if count > 1 else ' holds'} at most {(1 << count) - 1}."
            )
        fields.append(BitField(first, count, bad))
    return tuple(fields)
