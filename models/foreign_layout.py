"""How a foreign model wants a series laid out and scaled: found from its shape, in NumPy and as ONNX nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from onnx import helper

from ..core.errors import ChronocoverError
from .foreign import ForeignModel
from .gap_filling import NodeList

AUTOMATIC = "automatic"
DATES_BY_VARIABLES = "dates by variables"
VARIABLES_BY_DATES = "variables by dates"
FLAT_BY_DATE = "flat date-major"
FLAT_BY_VARIABLE = "flat variable-major"
LAYOUTS = (AUTOMATIC, DATES_BY_VARIABLES, VARIABLES_BY_DATES, FLAT_BY_DATE, FLAT_BY_VARIABLE)


@dataclass(frozen=True)
class Normalisation:
    """What a foreign model does not do itself: ``(value × factor − centre) / spread``, each one number a variable."""

    factor: float = 1.0
    centre: tuple[float, ...] = ()
    spread: tuple[float, ...] = ()

    @classmethod
    def of_numbers(
        cls, factor: float, means: Sequence[float], deviations: Sequence[float], lows: Sequence[float],
        highs: Sequence[float], variables: Sequence[str],
    ) -> Normalisation:  # fmt: skip
        """From means and standard deviations, or the values that become 0 and 1; one number stands for all variables.

        Raises:
            ChronocoverError: only half of a pair is given, both are, or the numbers do not suit the variables.
        """
        if factor == 0 or not np.isfinite(factor):
            raise ChronocoverError("The factor of the values cannot be 0. Leave it at 1 if values are to stay.")
        if (means or deviations) and (lows or highs):
            raise ChronocoverError("Give means and standard deviations, or lowest and highest values, not both.")
        pairs = (
            (means, deviations, "means and standard deviations"),
            (lows, highs, "lowest and highest values"),
        )
        for first, second, what in pairs:
            if not first and not second:
                continue
            for numbers in (first, second):
                if len(numbers) not in (1, len(variables)):
                    raise ChronocoverError(
                        f"The {what} hold {len(first)} and {len(second)} numbers for {len(variables)} variables "
                        f"({', '.join(variables)}). Give one for each, or one for all."
                    )
            centre = np.broadcast_to(np.array(first, float), (len(variables),))
            spread = np.broadcast_to(np.array(second, float), (len(variables),))
            spread = spread if what.startswith("means") else spread - centre
            if not (np.isfinite(centre).all() and np.isfinite(spread).all() and (spread > 0).all()):
                raise ChronocoverError(
                    f"The {what} cannot be used: standard deviations must be above 0, and highest values above lowest."
                )
            return cls(factor, tuple(centre.tolist()), tuple(spread.tolist()))
        return cls(factor)

    def apply(self, values: np.ndarray) -> np.ndarray:
        """Float32 ``(n, dates, variables)``, normalised."""
        if self.factor != 1:
            values = values * np.float32(self.factor)
        if self.centre:
            values = (values - np.array(self.centre, np.float32)) / np.array(self.spread, np.float32)
        return values.astype(np.float32)

    def add_to(self, nodes: NodeList, values: str) -> str:
        """The same as nodes; returns the name of their result."""
        if self.factor != 1:
            values = nodes.add("Mul", values, nodes.constant(np.float32(self.factor)))
        if self.centre:
            values = nodes.add("Sub", values, nodes.constant(np.array(self.centre, np.float32)))
            values = nodes.add("Div", values, nodes.constant(np.array(self.spread, np.float32)))
        return values


def choose_layout(model: ForeignModel, dates: int, variables: int, wanted: str = AUTOMATIC) -> str:
    """The layout that fits the shape that a model takes; ``wanted`` if it does.

    Raises:
        ChronocoverError: the shape does not fit, or fits more than one layout.
    """
    shapes = {
        DATES_BY_VARIABLES: (dates, variables),
        VARIABLES_BY_DATES: (variables, dates),
        FLAT_BY_DATE: (dates * variables,),
        FLAT_BY_VARIABLE: (dates * variables,),
    }
    fitting = [name for name, shape in shapes.items() if _fits(shape, model.shape)]
    takes = f"takes {' × '.join(str(size or 'any') for size in model.shape)} values a series"
    card = f"{dates} dates × {variables} variables"
    if not fitting:
        raise ChronocoverError(
            f"The model {model.path} {takes}, but the card says {card}"
            + (f" = {dates * variables}" if len(model.shape) == 1 else "")
            + ". Give the dates and variables that it was made for."
        )
    if wanted != AUTOMATIC:
        if wanted not in fitting:
            raise ChronocoverError(
                f"The model {model.path} {takes}, which is not the layout “{wanted}” of {card}. "
                f"It may be: {', '.join(fitting)}."
            )
        return wanted
    if len(fitting) > 1 and min(dates, variables) > 1:
        raise ChronocoverError(
            f"The model {model.path} {takes}, which can be {' or '.join(fitting)}, and its shape does not tell which. "
            "Choose the layout that it was made for."
        )
    return fitting[0]


def _fits(shape: Sequence[int], taken: Sequence[int | None]) -> bool:
    return len(shape) == len(taken) and all(own in (None, size) for size, own in zip(shape, taken))


def lay_out(values: np.ndarray, layout: str) -> np.ndarray:
    """``(n, dates, variables)`` in another layout."""
    if layout in (VARIABLES_BY_DATES, FLAT_BY_VARIABLE):
        values = values.transpose(0, 2, 1)
    return values if layout in (DATES_BY_VARIABLES, VARIABLES_BY_DATES) else values.reshape(len(values), -1)


def add_layout(nodes: NodeList, values: str, layout: str, size: int, kind: type) -> str:
    """The same as nodes, in NumPy's type ``kind``; ``size`` is dates × variables."""
    if layout in (VARIABLES_BY_DATES, FLAT_BY_VARIABLE):
        values = nodes.add("Transpose", values, perm=[0, 2, 1])
    if layout in (FLAT_BY_DATE, FLAT_BY_VARIABLE):
        values = nodes.add("Reshape", values, nodes.constant(np.array([-1, size], np.int64)))
    if kind != np.float32:
        values = nodes.add("Cast", values, to=helper.np_dtype_to_tensor_dtype(np.dtype(kind)))
    return values
