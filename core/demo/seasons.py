"""What each cover of the demo scene reflects on each day: growth by double logistic curves, mixed from pure spectra."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .landscape import (
    ASPHALT,
    BROADLEAF,
    CONIFER,
    GARDEN,
    GRASSLAND,
    MAIZE,
    RAPESEED,
    RIVER,
    ROOF,
    SUGAR_BEET,
    TRACK,
    WATER,
    WHEAT,
)

BANDS = ("blue", "green", "red", "rededge1", "nir", "swir1")

# Surface reflectance in Sentinel-2's B02, B03, B04, B05, B08 and B11: round numbers, typical of central Europe.
SOIL = (0.072, 0.098, 0.130, 0.158, 0.225, 0.300)
STRAW = (0.080, 0.118, 0.160, 0.200, 0.300, 0.330)
FLOWERS = (0.045, 0.135, 0.125, 0.190, 0.470, 0.190)
GREEN = {
    WHEAT: (0.022, 0.048, 0.022, 0.080, 0.450, 0.160),
    RAPESEED: (0.030, 0.068, 0.030, 0.110, 0.470, 0.190),
    MAIZE: (0.026, 0.058, 0.028, 0.094, 0.400, 0.150),
    SUGAR_BEET: (0.028, 0.070, 0.028, 0.112, 0.530, 0.180),
    GRASSLAND: (0.032, 0.066, 0.040, 0.108, 0.370, 0.200),
    BROADLEAF: (0.019, 0.043, 0.020, 0.070, 0.430, 0.155),
    CONIFER: (0.016, 0.030, 0.018, 0.044, 0.235, 0.085),
    TRACK: (0.032, 0.066, 0.040, 0.108, 0.370, 0.200),
    GARDEN: (0.030, 0.055, 0.036, 0.090, 0.330, 0.170),
}
BARE = {
    BROADLEAF: (0.042, 0.055, 0.068, 0.092, 0.185, 0.195),
    CONIFER: (0.022, 0.035, 0.026, 0.050, 0.200, 0.090),
    GRASSLAND: (0.060, 0.088, 0.095, 0.140, 0.250, 0.270),
    TRACK: (0.090, 0.115, 0.140, 0.165, 0.230, 0.290),
    WATER: (0.030, 0.034, 0.020, 0.016, 0.010, 0.006),
    RIVER: (0.046, 0.060, 0.042, 0.034, 0.022, 0.012),
    ROOF: (0.105, 0.112, 0.140, 0.155, 0.190, 0.225),
    ASPHALT: (0.088, 0.096, 0.104, 0.112, 0.135, 0.160),
}


@dataclass(frozen=True)
class Growth:
    """How green a cover is through the year: days of the year, and shares of the ground.

    From ``rest`` the cover greens up around ``rise`` to ``peak``, yellows around ``fall``, and is cut on ``cut`` (0:
    never). Between yellowing and cutting it stands as straw. ``flower`` is the day when flowers hide the leaves,
    ``mown`` whether it is mown again and again, ``spread`` by how many days (standard deviation) fields differ.
    """

    rest: float
    peak: float
    rise: float = 0.0
    rise_days: float = 8.0
    fall: float = 400.0
    fall_days: float = 8.0
    cut: float = 0.0
    flower: float = 0.0
    mown: bool = False
    spread: float = 5.0


GROWTH = {
    WHEAT: Growth(0.22, 0.92, rise=92, rise_days=10, fall=176, fall_days=6, cut=206),
    RAPESEED: Growth(0.42, 0.93, rise=82, rise_days=9, fall=180, fall_days=6, cut=200, flower=123),
    MAIZE: Growth(0.02, 0.93, rise=163, rise_days=8, fall=256, fall_days=9, cut=274, spread=6),
    SUGAR_BEET: Growth(0.02, 0.92, rise=146, rise_days=9, fall=330, fall_days=20, cut=292, spread=7),
    GRASSLAND: Growth(0.45, 0.92, rise=95, rise_days=12, fall=310, fall_days=15, mown=True, spread=7),
    TRACK: Growth(0.25, 0.50, rise=98, rise_days=12, fall=300, fall_days=15),
    BROADLEAF: Growth(0.08, 0.97, rise=114, rise_days=5, fall=291, fall_days=8, spread=3),
    CONIFER: Growth(0.80, 0.96, rise=110, rise_days=15, fall=310, fall_days=20, spread=3),
    GARDEN: Growth(0.35, 0.75, rise=102, rise_days=10, fall=298, fall_days=12),
}
BARREN = Growth(0.0, 0.0)


class Seasons:
    """The course of the year on every patch: each starts earlier or later and grows better or worse."""

    def __init__(self, covers: np.ndarray, rng: np.random.Generator) -> None:
        """Set up ``(patches,)`` covers with their own differences."""
        self._count = len(covers)
        growth = [GROWTH.get(cover, BARREN) for cover in covers]
        names = ("rest", "peak", "rise", "rise_days", "fall", "fall_days", "cut", "flower", "mown", "spread")
        self._growth = {name: np.array([getattr(g, name) for g in growth], np.float64) for name in names}
        self._green = np.array([GREEN.get(cover, SOIL) for cover in covers])
        self._bare = np.array([BARE.get(cover, SOIL) for cover in covers])
        self._arable = np.array([cover not in BARE for cover in covers])[:, None]
        self._shift = rng.standard_normal(self._count) * self._growth["spread"]
        self._vigour = rng.normal(1.0, 0.06, self._count)
        self._soil = rng.normal(1.0, 0.10, (self._count, 1))
        self._catch_crop = rng.random(self._count) < 0.4
        self._first_cut, self._cut_every = rng.uniform(128, 158, self._count), rng.uniform(36, 75, self._count)

    def reflectance(self, day: float, moisture: float, vigour: float = 0.0) -> np.ndarray:
        """Surface reflectance ``(patches, bands)`` on a day of the year.

        ``moisture`` 0 to 1 darkens bare soil; ``vigour`` adds to the share of the ground that is green.
        """
        green, dry, flowers = (share[:, None] for share in self._shares(day, vigour))
        wet = 1.0 - 0.28 * moisture * np.linspace(0.85, 1.15, len(BANDS))
        bare = self._bare * np.where(self._arable, self._soil * wet, 1.0 - 0.4 * (1.0 - self._soil))
        leaves = (1.0 - flowers) * self._green + flowers * np.array(FLOWERS)
        return green * leaves + dry * np.array(STRAW) + (1.0 - green - dry) * bare

    def _shares(self, day: float, vigour: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        g, local = self._growth, day - self._shift
        risen = _logistic((local - g["rise"]) / g["rise_days"])
        fallen = _logistic((local - g["fall"]) / g["fall_days"])
        peak = np.clip((g["peak"] + vigour) * self._vigour, 0.0, 0.99) * (g["peak"] > 0)
        green = np.clip(g["rest"] + 0.5 * vigour * (g["rest"] > 0), 0, 1) * (1 - risen) + peak * risen
        green = green * (1 - fallen) + np.where(g["cut"] > 0, 0.0, g["rest"]) * fallen
        dry = np.where(g["cut"] > 0, np.clip(peak * fallen - 0.1, 0, 1), 0.0) * (1 - risen * 0.05)
        harvested = (g["cut"] > 0) & (local > g["cut"])
        regrowth = np.where(self._catch_crop & (g["cut"] < 230), 0.6 * _logistic((local - g["cut"] - 42.0) / 9.0), 0.0)
        stubble = np.clip(0.35 - 0.012 * (local - g["cut"]), 0.05, None)
        green, dry = np.where(harvested, regrowth, green), np.where(harvested, stubble * (1 - regrowth), dry)
        since_cut = np.mod(local - self._first_cut, self._cut_every)
        mown = (g["mown"] > 0) & (local > self._first_cut) & (local < 290)
        green = np.where(mown, green * (1 - 0.55 * np.exp(-since_cut / 9.0)), green)
        flowers = np.where(g["flower"] > 0, 0.85 * np.exp(-0.5 * ((local - g["flower"]) / 8.0) ** 2), 0.0)
        return green, np.minimum(dry, 1.0 - green), flowers


def _logistic(value: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.clip(value, -40, 40)))
