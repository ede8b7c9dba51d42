"""Noisy seasonal curves of a few kinds, for the tests of clustering."""

import datetime

import numpy as np

DAYS = np.arange(0, 16 * 20, 16)
DATES = [datetime.date(2021, 1, 1) + datetime.timedelta(days=int(day)) for day in DAYS]


def season_curves(count, variables=1, kinds=4, seed=0, noise=0.04):
    """Float32 ``(count, 20, variables)`` like NDVI, and the kind of each, ``(count,)``."""
    random = np.random.default_rng(seed)
    kind = random.integers(kinds, size=count)
    peak = 4 + 4 * kind[:, None, None] + random.normal(scale=0.8, size=(count, 1, 1))
    width = 1.5 + random.random((count, 1, 1)) * 2
    curve = np.exp(-(((np.arange(len(DAYS))[None, :, None] - peak) / width) ** 2))
    height = np.linspace(0.7, 0.3, variables)
    values = 0.15 + height * curve + random.normal(scale=noise, size=(count, len(DAYS), variables))
    return values.astype(np.float32), kind
