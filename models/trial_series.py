"""Made-up series to try a model on before anyone relies on it."""

from __future__ import annotations

import numpy as np

from .card import ModelCard, VariableRange

UNKNOWN = VariableRange(0.0, 1.0)
MISSING_SHARE = 0.2


def trial_series(card: ModelCard, count: int, seed: int = 1) -> np.ndarray:
    """Random series of the values that a model was made for, some of them missing.

    Returns:
        Float32 ``(count, dates, variables)``: between a variable's percentiles in the card and a little beyond, 0 to 1
        where the card has none. Every second series is complete; of the others every variable is seen at least once.
        With a spatial context ``(count, dates, variables, side, side)``.
    """
    random = np.random.default_rng(seed)
    dates, variables = len(card.time_axis.days), len(card.variables)
    limits = [card.ranges.get(name, UNKNOWN) for name in card.variables]
    low, high = np.array([item.p1 for item in limits]), np.array([item.p99 for item in limits])
    shares = random.uniform(-0.1, 1.1, (count, dates, *card.window, variables))
    values = np.moveaxis(shares * (high - low) + low, -1, 2)
    missing = random.random(values.shape) < MISSING_SHARE
    missing[::2] = False
    missing[np.arange(count), random.integers(0, dates, count)] = False
    values[missing] = np.nan
    return values.astype(np.float32)
