"""Who lies where in the demo scene: fields, forests, a meandering river, lakes, villages and tracks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from ..feedback import Feedback
from .noise import cells, fractal_noise

PIXEL = 10.0
FINE = 3
"""Fine cells along the side of a pixel: what lies in them makes the mixed pixels."""

BUILT_UP, BROADLEAF, CONIFER, GRASSLAND = "Built-up", "Broadleaf forest", "Conifer forest", "Grassland"
MAIZE, RAPESEED, SUGAR_BEET, WATER, WHEAT = "Maize", "Rapeseed", "Sugar beet", "Water", "Winter wheat"
ROTATION = (RAPESEED, WHEAT, MAIZE, SUGAR_BEET, WHEAT, MAIZE)
COLORS = {
    BUILT_UP: (214, 69, 65),
    BROADLEAF: (61, 153, 72),
    CONIFER: (16, 84, 60),
    GRASSLAND: (178, 214, 116),
    MAIZE: (240, 156, 32),
    RAPESEED: (246, 226, 70),
    SUGAR_BEET: (190, 100, 170),
    WATER: (52, 120, 196),
    WHEAT: (201, 155, 106),
}

# What a patch is covered by, where that is not simply its class.
ROOF, ASPHALT, GARDEN, RIVER, TRACK = "roof", "asphalt", "garden", "river", "track"
CLASS_OF_COVER = {ROOF: BUILT_UP, ASPHALT: BUILT_UP, GARDEN: BUILT_UP, RIVER: WATER, TRACK: GRASSLAND}
ARABLE = "arable"
SMALLEST_FIELD_M2 = 4000.0
KM2_OF_ONE_VILLAGE = 18.0
RIVERSIDE_M = 150.0


@dataclass(frozen=True)
class Landscape:
    """The demo's land in one year.

    Attributes:
        size: rows and columns in pixels.
        patches: int32 ``(size × FINE, size × FINE)``, the number of the patch that covers each fine cell.
        covers: ``(patches,)`` what each patch is covered by.
        classes: ``(patches,)`` the class of each patch.
        is_field: ``(patches,)`` whether it is a parcel with one owner and one use.
    """

    size: int
    patches: np.ndarray
    covers: np.ndarray
    classes: np.ndarray
    is_field: np.ndarray

    def shares(self) -> sparse.csr_matrix:
        """The share of each patch in each pixel: ``(size², patches)``, rows in raster order, each summing to 1."""
        rows = np.arange(self.size * FINE) // FINE
        pixel = (rows[:, None] * self.size + rows[None]).ravel()
        weights = np.full(pixel.size, 1.0 / FINE**2)
        shape = (self.size**2, len(self.classes))
        return sparse.coo_matrix((weights, (pixel, self.patches.ravel())), shape).tocsr()

    def class_masks(self) -> dict[str, np.ndarray]:
        """Where each class lies, on the fine cells."""
        return {name: (self.classes == name)[self.patches] for name in COLORS}

    def truth(self) -> tuple[list[str], np.ndarray]:
        """Class names in alphabetical order, and for each pixel the index of the class with the largest share."""
        names = sorted(COLORS)
        member = np.array([names.index(name) for name in self.classes])
        of_class = sparse.coo_matrix(
            (np.ones(len(member)), (np.arange(len(member)), member)), (len(member), len(names))
        )
        shares = (self.shares() @ of_class.tocsr()).toarray()
        return names, shares.argmax(axis=1).reshape(self.size, self.size)


def make_landscape(size: int, seed: int, year: int, feedback: Feedback | None = None) -> Landscape:
    """The land of a seed; another ``year`` has the same fields with the crops one step further in their rotation.

    A large one takes half a minute; ``feedback`` can cancel it.
    """
    feedback = feedback or Feedback()
    rng = np.random.default_rng([seed, 1])
    side = size * PIXEL
    centre = (np.arange(size * FINE, dtype=np.float32) + 0.5) * np.float32(PIXEL / FINE)
    x, y = np.meshgrid(centre, centre)
    cell_m = PIXEL / FINE

    river_m, along_river = _river(rng, x, y, side)
    feedback.check()
    villages = _places(rng, side, along_river, (120.0, 320.0), np.empty((0, 2)))
    lakes = _places(rng, side, along_river, (380.0, 1200.0), villages)
    bumps = fractal_noise(rng, size * FINE, 500.0 / cell_m)
    village_m = _nearest(x, y, villages) + 45.0 * bumps
    lake_m = _nearest(x, y, lakes) + 35.0 * np.roll(bumps, 211, axis=0)
    scale = min(1.0, side / 3000.0)

    feedback.check()
    patches, covers, is_field = _fields(rng, x, y, river_m, feedback)

    def overlay(where: np.ndarray, number: np.ndarray | None, kinds: list[str]) -> None:
        feedback.check()
        number = np.zeros(where.shape, np.int32) if number is None else number
        patches[where] = number[where] + len(covers)
        covers.extend(kinds)
        is_field.extend([False] * len(kinds))

    woods = fractal_noise(rng, size * FINE, 900.0 / cell_m, roughness=1.9)
    wooded = (woods > np.quantile(woods, 0.76)) & (village_m > 330.0 * scale)
    feedback.check()
    stand, _, points = cells(rng, x + 40 * bumps, y + 40 * np.roll(bumps, 97, axis=1), 210.0)
    highland = fractal_noise(rng, size * FINE, 1400.0 / cell_m, roughness=2.2)
    at = np.clip((points / cell_m).astype(int), 0, size * FINE - 1)
    is_conifer = highland[at[:, 1], at[:, 0]] + rng.normal(0, 0.35, len(points)) > 0.05
    overlay(wooded, stand, [CONIFER if conifer else BROADLEAF for conifer in is_conifer])
    overlay((river_m < 42.0) & (np.roll(bumps, 55, axis=1) > 0.35), None, [BROADLEAF])

    _roads(overlay, x, y, villages, side, bumps)
    in_village = village_m < 270.0 * scale
    yard, edge, points = cells(rng, x, y, 26.0)
    kinds = rng.choice([ROOF, GARDEN, ASPHALT], len(points), p=[0.5, 0.32, 0.18])
    overlay(in_village, yard, list(kinds))
    overlay(in_village & (edge < 2.0) & (np.roll(bumps, 31, axis=0) > -0.4), None, [ASPHALT])
    overlay(river_m < 16.0 + 7.0 * np.clip(np.roll(bumps, 131, axis=1), -1, 1), None, [RIVER])
    overlay(lake_m < 185.0 * scale, None, [WATER])

    used, patches = np.unique(patches, return_inverse=True)
    patches = patches.reshape(size * FINE, size * FINE).astype(np.int32)
    covers, is_field = np.array(covers, dtype=object)[used], np.array(is_field)[used]
    areas = np.bincount(patches.ravel(), minlength=len(used)) * cell_m**2
    _use_fields(rng, covers, is_field, areas, year)
    classes = np.array([CLASS_OF_COVER.get(cover, cover) for cover in covers], dtype=object)
    return Landscape(size, patches, covers, classes, is_field)


def _fields(rng: np.random.Generator, x: np.ndarray, y: np.ndarray, river_m: np.ndarray, feedback: Feedback) -> tuple:
    """Blocks of land between tracks, each cut into parallel strips and the strips across, as inheritance did it."""
    size = x.shape[0]
    bend = fractal_noise(rng, size, 260.0, roughness=2.2)
    x, y = x + 26.0 * bend, y + 26.0 * np.roll(bend, size // 3, axis=0)
    feedback.check()
    block, track_m, points = cells(rng, x, y, 640.0)
    feedback.check()
    count = len(points)
    angle = (rng.normal(0.35, 0.5, count) + np.where(rng.random(count) < 0.3, np.pi / 2, 0.0)).astype(np.float32)
    wide = rng.uniform(85.0, 190.0, count).astype(np.float32)[block]
    long = rng.uniform(210.0, 480.0, count).astype(np.float32)[block]
    cos, sin = np.cos(angle)[block], np.sin(angle)[block]
    east, north = x - points[block, 0], y - points[block, 1]
    across, along = (east * cos + north * sin) / wide + 50.5, (north * cos - east * sin) / long
    strip = np.floor(across).astype(np.int32)
    along = along + rng.random((count, 101), dtype=np.float32)[block, np.clip(strip, 0, 100)] + 50
    piece = np.floor(along).astype(np.int32)
    _, patches = np.unique((block.astype(np.int64) * 200 + strip) * 200 + piece, return_inverse=True)
    patches = patches.reshape(x.shape).astype(np.int32)
    number = int(patches.max()) + 1
    edge = np.minimum(
        np.minimum(across - strip, strip + 1 - across) * wide, np.minimum(along - piece, piece + 1 - along) * long
    )
    covers, is_field = [ARABLE] * number, [True] * number
    meadow = np.bincount(patches.ravel(), river_m.ravel() < 110.0) > 0.5 * np.bincount(patches.ravel())
    for index in np.flatnonzero(meadow):
        covers[index] = GRASSLAND
    hedged = rng.random(number)[patches] < 0.25
    for where, kind in ((edge < 1.9, GRASSLAND), ((edge < 4.5) & hedged, BROADLEAF), (track_m < 2.4, TRACK)):
        patches[where] = len(covers)
        covers.append(kind)
        is_field.append(False)
    return patches, covers, is_field


def _use_fields(
    rng: np.random.Generator, covers: np.ndarray, is_field: np.ndarray, areas: np.ndarray, year: int
) -> None:
    """Give every field its use: a share of permanent grassland, the rest arable with one shared crop rotation."""
    small = (covers == ARABLE) & (areas < SMALLEST_FIELD_M2)
    covers[small] = GRASSLAND
    arable = rng.permutation(np.flatnonzero(covers == ARABLE))
    wanted = max(0, round(0.2 * is_field.sum()) - int((covers[is_field & ~small] == GRASSLAND).sum()))
    covers[arable[:wanted]] = GRASSLAND
    for slot, index in enumerate(arable[wanted:]):
        covers[index] = ROTATION[(slot + year) % len(ROTATION)]


def _river(rng: np.random.Generator, x: np.ndarray, y: np.ndarray, side: float) -> tuple[np.ndarray, np.ndarray]:
    """Distance to a river (up to RIVERSIDE_M) and points along it: a sine-generated curve (Langbein, Leopold 1966)."""
    step = PIXEL / FINE
    length = np.arange(0.0, 2.6 * side, step)
    swing = 1.15 + 0.35 * np.sin(length / 1900.0 + rng.uniform(0, 6.28))
    phase = np.cumsum(1 + 0.35 * np.sin(length / 700.0 + rng.uniform(0, 6.28))) * step
    heading = rng.uniform(-0.25, 0.25) + swing * np.sin(phase / 135.0)
    path = np.stack([np.cumsum(np.cos(heading)), np.cumsum(np.sin(heading))], axis=1) * step
    path += [-0.12 * side, side * rng.uniform(0.4, 0.6) - path[len(path) // 3, 1]]
    distance, _ = cKDTree(path).query(np.stack([x.ravel(), y.ravel()], axis=1), distance_upper_bound=RIVERSIDE_M)
    inside = ((path > 0.06 * side) & (path < 0.94 * side)).all(axis=1)
    return np.minimum(distance, RIVERSIDE_M).reshape(x.shape).astype(np.float32), path[inside]


def _places(
    rng: np.random.Generator, side: float, river: np.ndarray, near: tuple[float, float], others: np.ndarray
) -> np.ndarray:
    """Centres of villages or lakes, ``(n, 2)``: at a distance from the river within ``near``, apart from ``others``."""
    scale = min(1.0, side / 3000.0)
    wanted = max(1, round(side**2 / (KM2_OF_ONE_VILLAGE * 1e6)))
    candidates = rng.uniform(0.16 * side, 0.84 * side, (400, 2))
    to_river, _ = cKDTree(river).query(candidates) if len(river) else (np.full(400, near[0] * scale), None)
    fit = np.argsort(np.maximum(near[0] * scale - to_river, to_river - near[1] * scale).clip(0), kind="stable")
    chosen: list[np.ndarray] = []
    for centre in candidates[fit]:
        free = all(np.hypot(*(centre - other)) > 620.0 * scale for other in others)
        if len(chosen) < wanted and free and all(np.hypot(*(centre - other)) > 1400.0 for other in chosen):
            chosen.append(centre)
    return np.array(chosen).reshape(-1, 2)


def _nearest(x: np.ndarray, y: np.ndarray, centres: np.ndarray) -> np.ndarray:
    distance = np.full(x.shape, np.inf, np.float32)
    for east, north in centres:
        distance = np.minimum(distance, np.hypot((x - east) * 0.85, y - north))
    return distance


def _roads(overlay: object, x: np.ndarray, y: np.ndarray, villages: np.ndarray, side: float, bumps: np.ndarray) -> None:
    """One road through each village, from edge to edge."""
    wiggle = 9.0 * bumps
    for index, (east, north) in enumerate(villages):
        slope = 0.35 if index % 2 else -0.6
        off = ((x - east) - slope * (y - north) + wiggle) / np.hypot(1.0, slope)
        overlay(np.abs(off) < 4.0, None, [ASPHALT])
