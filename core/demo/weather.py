"""When the satellite passes over the demo scene, and what the sky does on those days."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from .noise import fractal_noise

SEASON = ((2, 20), (11, 10))
"""Month and day between which the scene is imaged."""

# Classes of Sentinel-2's scene classification (SCL) of Level-2A products.
NO_DATA, SHADOW, VEGETATION, BARE_SOIL, OPEN_WATER, UNCLASSIFIED, CLOUD_MEDIUM, CLOUD_HIGH, CIRRUS = (
    0,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
)
OVERCAST = 0.93
WHOLLY_CLOUDY_SHARE = 0.12
CLOUD_REFLECTANCE = np.array([0.62, 0.61, 0.62, 0.63, 0.66, 0.48])


@dataclass(frozen=True)
class Sky:
    """One day's sky over the pixels ``(size, size)``.

    ``opacity`` is the share of the signal that is cloud, ``shade`` the share of sunlight that a cloud's shadow takes,
    ``seen`` False outside the satellite's swath.
    """

    opacity: np.ndarray
    shade: np.ndarray
    seen: np.ndarray

    def scene_classification(self, ndvi: np.ndarray, water: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """The SCL band (uint8), as imperfect as the real one: thin edges of clouds are missed, some shadows too."""
        scl = np.where(ndvi > 0.4, VEGETATION, BARE_SOIL)
        scl[(ndvi > 0.32) & (ndvi < 0.38) & (rng.random(ndvi.shape) < 0.5)] = UNCLASSIFIED
        scl[water > 0.6] = OPEN_WATER
        scl[self.shade > 0.28] = SHADOW
        scl[self.opacity > 0.10] = CIRRUS
        scl[self.opacity > 0.35] = CLOUD_MEDIUM
        scl[self.opacity > 0.70] = CLOUD_HIGH
        scl[~self.seen] = NO_DATA
        return scl.astype(np.uint8)


def acquisition_dates(rng: np.random.Generator, count: int, year: int) -> list[datetime.date]:
    """``count`` dates in the season, ascending and unevenly spaced: passes of two orbits, each every five days.

    The first and the last pass are always among them, so that one year's images cover the season of another's.
    """
    first, last = (datetime.date(year, *day) for day in SEASON)
    days = (last - first).days
    passes = np.array([step for step in range(days + 1) if step % 5 in (0, 3)])
    if count > len(passes):
        passes = np.arange(days + 1)
    edges = np.linspace(0, len(passes), count + 1).round().astype(int)
    picked = [int(rng.choice(passes[start:end])) for start, end in zip(edges[:-1], edges[1:])]
    if count > 1:
        picked[0], picked[-1] = int(passes[0]), int(passes[-1])
    return [first + datetime.timedelta(days=step) for step in picked]


def cloud_shares(rng: np.random.Generator, count: int, share: float) -> np.ndarray:
    """The cloud cover of each date, ``(count,)`` with the mean ``share``: some days wholly cloudy, many nearly clear.

    The first and the last are never wholly cloudy, so that the season has a beginning and an end.
    """
    if share <= 0 or count == 0:
        return np.zeros(count)
    order = rng.permutation(count)
    order = np.concatenate([order[(order > 0) & (order < count - 1)], order[(order == 0) | (order == count - 1)]])
    overcast = round(count * min(WHOLLY_CLOUDY_SHARE, share * 0.4))
    shares = np.empty(count)
    shares[order[:overcast]] = 1.0
    rest = count - overcast
    if rest == 0:
        return shares
    mean = np.clip((share * count - overcast) / rest, 0.0, 0.98)
    ranks = rng.permutation((np.arange(rest) + 0.5) / rest)
    shape = mean / (1.0 - mean)
    drawn = ranks ** (1.0 / shape) if shape > 0 else np.zeros(rest)
    shares[order[overcast:]] = np.clip(drawn * mean / max(drawn.mean(), 1e-9), 0.0, 0.98)
    return shares


def make_sky(rng: np.random.Generator, size: int, cover: float, day: float, pixel: float) -> Sky:
    """Clouds that cover a share of the scene, their shadows to the north-west (longer in winter), and a swath edge."""
    margin = 48
    wide = size + 2 * margin
    field = fractal_noise(rng, wide, rng.uniform(0.25, 0.8) * size, roughness=rng.uniform(1.45, 1.8))
    if cover >= 0.99:
        opacity = np.clip(OVERCAST + 0.04 * field, 0.72, 1.0)
    elif cover <= 0.0:
        opacity = np.zeros((wide, wide), np.float32)
    else:
        opacity = np.clip((field - np.quantile(field, 1.0 - cover)) / 0.45, 0.0, 0.96)
        if rng.random() < 0.25:  # a veil of cirrus
            opacity = np.maximum(opacity, np.clip(0.16 * fractal_noise(rng, wide, size, 1.9) - 0.10, 0.0, 0.30))
    sun_height = np.radians(50.0 - 22.0 * np.cos(2 * np.pi * (day - 172) / 365.0 + np.pi))
    reach = rng.uniform(900.0, 1700.0) * 0.25 / np.tan(sun_height) / pixel
    rows, columns = -min(margin, round(reach * 0.9)), -min(margin, round(reach * 0.45))
    shade = 0.62 * np.roll(ndimage.uniform_filter(opacity, 3), (rows, columns), axis=(0, 1))
    inner = slice(margin, margin + size)
    seen = np.ones((size, size), bool)
    if rng.random() < 0.12:
        row, column = np.mgrid[0:size, 0:size] / size
        seen = column + 0.21 * row < rng.uniform(0.7, 0.95)
    return Sky(opacity[inner, inner].astype(np.float32), shade[inner, inner].astype(np.float32), seen)
