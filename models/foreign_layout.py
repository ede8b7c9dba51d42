"""How a foreign model wants a series laid out and scaled: found from its shape, in NumPy and as ONNX nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    """What a foreign model does not do itself: ``(value × factor − centre) / spread``.

    ``centre`` and ``spread`` are empty, or hold one number a variable, or one a channel: each variable of each date, in
    the order of the input. ``limits``: they are made of lowest and highest values, not of means.
    """

    factor: float = 1.0
    centre: tuple[float, ...] = ()
    spread: tuple[float, ...] = ()
    limits: bool = False

    @classmethod
    def of_numbers(
        cls, factor: float, means: Sequence[float], deviations: Sequence[float], lows: Sequence[float],
        highs: Sequence[float], variables: Sequence[str], dates: int = 1,
    ) -> Normalisation:  # fmt: skip
        """From means and standard deviations, or the values that become 0 and 1: a number for all, or one a variable.

        There may also be one a channel, a variable of one of the ``dates``.

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
                if len(numbers) not in (1, len(variables), dates * len(variables)):
                    raise ChronocoverError(
                        f"The {what} hold {len(first)} and {len(second)} numbers for {len(variables)} variables "
                        f"({', '.join(variables)}). Give one for each, or one for all."
                    )
            count = max(len(variables), len(first), len(second))
            if {len(first), len(second)} - {1, count} and count != len(variables):
                raise ChronocoverError(f"The {what} are {len(first)} and {len(second)} numbers. Give equally many.")
            centre = np.broadcast_to(np.array(first, float), (count,))
            spread = np.broadcast_to(np.array(second, float), (count,))
            spread = spread if what.startswith("means") else spread - centre
            if not (np.isfinite(centre).all() and np.isfinite(spread).all() and (spread > 0).all()):
                raise ChronocoverError(
                    f"The {what} cannot be used: standard deviations must be above 0, and highest values above lowest."
                )
            return cls(factor, tuple(centre.tolist()), tuple(spread.tolist()), not what.startswith("means"))
        return cls(factor)

    def by_date(self, layout: str, dates: int, variables: int) -> Normalisation:
        """The same with numbers a channel in the order date by date, whatever the layout of the input."""
        if len(self.centre) != dates * variables or layout in (DATES_BY_VARIABLES, FLAT_BY_DATE):
            return self
        centre, spread = (
            tuple(np.array(numbers).reshape(variables, dates).T.ravel().tolist())
            for numbers in (self.centre, self.spread)
        )
        return replace(self, centre=centre, spread=spread)

    def typical(self, variables: int) -> np.ndarray | None:
        """Float ``(variables,)``, the middle of each variable's values in physical units; None if nothing tells it."""
        if not self.centre:
            return None
        middle = np.array(self.centre) + (np.array(self.spread) / 2 if self.limits else 0)
        return middle.reshape(-1, variables).mean(axis=0) / self.factor

    def apply(self, values: np.ndarray) -> np.ndarray:
        """Float32 ``(n, dates, variables)``, or with two further axes of a patch, normalised."""
        if self.factor != 1:
            values = values * np.float32(self.factor)
        if self.centre:
            values = (values - self._along(self.centre, values.shape)) / self._along(self.spread, values.shape)
        return values.astype(np.float32)

    def add_to(self, nodes: NodeList, values: str, shape: Sequence[int]) -> str:
        """The same as nodes for values of a shape as :meth:`apply` takes; returns the name of their result."""
        if self.factor != 1:
            values = nodes.add("Mul", values, nodes.constant(np.float32(self.factor)))
        if self.centre:
            values = nodes.add("Sub", values, nodes.constant(self._along(self.centre, shape)))
            values = nodes.add("Div", values, nodes.constant(self._along(self.spread, shape)))
        return values

    def _along(self, numbers: Sequence[float], shape: Sequence[int]) -> np.ndarray:
        """Numbers a variable, or date by date a channel, to be computed with values ``(n, dates, variables, …)``."""
        return np.array(numbers, np.float32).reshape(-1, shape[2], *[1] * (len(shape) - 3))


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
    fitting = [name for name, shape in shapes.items() if _fits(shape, model.series_shape)]
    takes = f"takes {' × '.join(str(size or 'any') for size in model.series_shape)} values a series"
    card = f"{dates} dates × {variables} variables"
    if not fitting:
        raise ChronocoverError(
            f"The model {model.path} {takes}, but the card says {card}"
            + (f" = {dates * variables}" if len(model.series_shape) == 1 else "")
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
            "Choose the layout that it was made for (an advanced parameter)."
        )
    return fitting[0]


def _fits(shape: Sequence[int], taken: Sequence[int | None]) -> bool:
    return len(shape) == len(taken) and all(own in (None, size) for size, own in zip(shape, taken))


def lay_out(values: np.ndarray, layout: str) -> np.ndarray:
    """``(n, dates, variables)``, or with two further axes of a patch, in another layout."""
    if layout in (VARIABLES_BY_DATES, FLAT_BY_VARIABLE):
        values = values.swapaxes(1, 2)
    flat = layout in (FLAT_BY_DATE, FLAT_BY_VARIABLE)
    return values.reshape(len(values), -1, *values.shape[3:]) if flat else values


def add_layout(nodes: NodeList, values: str, layout: str, shape: Sequence[int], kind: type) -> str:
    """The same as nodes, in NumPy's type ``kind``; ``shape`` as :func:`lay_out` takes it, with any first number."""
    patch = shape[3:]
    if layout in (VARIABLES_BY_DATES, FLAT_BY_VARIABLE):
        values = nodes.add("Transpose", values, perm=[0, 2, 1, *range(3, len(shape))])
    if layout in (FLAT_BY_DATE, FLAT_BY_VARIABLE):
        flat = nodes.constant(np.array([-1, shape[1] * shape[2], *patch], np.int64))
        values = nodes.add("Reshape", values, flat)
    if kind != np.float32:
        values = nodes.add("Cast", values, to=helper.np_dtype_to_tensor_dtype(np.dtype(kind)))
    return values
