"""A self-organising map: neurons on a grid, each a series, with alike ones side by side.

The batch algorithm of Kohonen (2001), Self-organizing maps, 3rd edition, section 3.6, and Kohonen (2013), Essentials of
the self-organizing map, Neural Networks 37, 52–65: start on the plane of the two leading directions of the data, give
each sample to its nearest neuron, move every neuron to the mean of the samples around it on the grid, and shrink what
"around" means from half the grid to less than a neuron. No step depends on the order of the samples or on threads.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numba
import numpy as np

from ...core.feedback import Feedback
from ...core.samples.selection import random_keys
from ...core.time_series.chunk_pool import ChunkPool
from ...core.time_series.euclidean import nearest_by_euclid

ROUNDS = 40
LAST_RADIUS = 0.5  # neurons
MOST_SAMPLES = 20_000  # that a map learns from
SAMPLES_FOR_DIRECTIONS = 2_000
DIRECTION_ROUNDS = 60
CHUNK = 1024
SMALLEST_SIDE, LARGEST_SIDE = 2, 40


@dataclass(frozen=True)
class SelfOrganisingMap:
    """A map of ``side`` × ``side`` neurons, numbered row by row.

    Attributes:
        side: neurons along each side.
        neurons: float64 ``(side * side, values)``.
    """

    side: int
    neurons: np.ndarray

    def nearest(self, rows: np.ndarray, pool: ChunkPool) -> np.ndarray:
        """int64 ``(n,)`` the nearest neuron of each row of float64 ``(n, values)``."""
        centres = self.neurons[:, :, None]
        parts = pool.map_chunks(lambda chunk: nearest_by_euclid(rows[chunk, :, None], centres)[0], len(rows), CHUNK)
        return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def automatic_side(samples: int) -> int:
    """A side such that the map has about 2 √n neurons, 40 a side at most.

    Fewer than the 5 √n of Vesanto and Alhoniemi (2000), Clustering of the self-organizing map: a neuron must hold
    enough samples to tell the shares of classes. On three of the four problems of ``benchmarks/label_noise.py`` wrong
    labels are found better so.
    """
    return int(np.clip(round(math.sqrt(2.0 * math.sqrt(samples))), SMALLEST_SIDE, LARGEST_SIDE))


def evenly_scaled(values: np.ndarray) -> np.ndarray:
    """Series as rows in which every variable has the same share in the mean distance between two samples.

    Args:
        values: ``(n, dates, variables)``, finite.

    Returns:
        float64 ``(n, dates * variables)``; a variable that never differs is 0 everywhere.
    """
    centred = values - values.mean(axis=0, dtype=np.float64)
    spread = np.sqrt(np.square(centred).mean(axis=(0, 1)))
    scale = np.where(spread > 1e-12 * np.abs(values).max(initial=0.0), spread, np.inf)
    return np.ascontiguousarray((centred / scale).reshape(len(values), -1))


def learn_map(
    rows: np.ndarray, side: int, seed: int = 1, pool: ChunkPool | None = None, feedback: Feedback | None = None
) -> SelfOrganisingMap:
    """Learn a map.

    Args:
        rows: float64 ``(n, values)``, finite; of more than :data:`MOST_SAMPLES` so many random ones are used.
        side: neurons along each side.
        seed: of the random samples and of the search for the leading directions.
        pool: threads; the result does not depend on them.
        feedback: progress and cancelling.

    Raises:
        CancelledError: the user cancelled.
    """
    pool, feedback = pool or ChunkPool(1), feedback or Feedback()
    drawn = np.argsort(random_keys(np.arange(len(rows)), seed), kind="stable")
    rows = rows[np.sort(drawn[:MOST_SAMPLES])]
    found = SelfOrganisingMap(side, _plane(rows, side, seed))
    first = max(side / 2.0, LAST_RADIUS)
    for number in range(ROUNDS):
        feedback.check()
        feedback.progress(number / ROUNDS)
        radius = first * (LAST_RADIUS / first) ** (number / (ROUNDS - 1))
        found = after_one_round(found, rows, radius, pool)
    feedback.progress(1.0)
    return found


def _plane(rows: np.ndarray, side: int, seed: int) -> np.ndarray:
    """Neurons on the plane of the two leading directions, one standard deviation to each side of the mean.

    The directions are found by orthogonal iteration in plain loops: the result of a BLAS may depend on its threads.
    """
    few = rows[np.sort(np.argsort(random_keys(np.arange(len(rows)), seed + 1), kind="stable")[:SAMPLES_FOR_DIRECTIONS])]
    mean = few.mean(axis=0)
    centred = few - mean
    directions = np.random.default_rng(seed).normal(size=(2, rows.shape[1]))
    for _ in range(DIRECTION_ROUNDS):
        directions = _orthonormal(directions)
        directions = np.einsum("kn,nd->kd", np.einsum("kd,nd->kn", directions, centred), centred)
    directions = _orthonormal(directions)
    spread = np.sqrt(np.square(np.einsum("kd,nd->kn", directions, centred)).mean(axis=1))
    steps = np.linspace(-1.0, 1.0, side)
    down, across = (direction * size for direction, size in zip(directions, spread))
    return (mean + steps[:, None, None] * down + steps[None, :, None] * across).reshape(side * side, -1)


def _orthonormal(directions: np.ndarray) -> np.ndarray:
    first = _unit(directions[0])
    return np.stack([first, _unit(directions[1] - np.einsum("d,d->", directions[1], first) * first)])


def _unit(direction: np.ndarray) -> np.ndarray:
    length = math.sqrt(float(np.einsum("d,d->", direction, direction)))
    return direction / length if length > 0 else direction


def after_one_round(found: SelfOrganisingMap, rows: np.ndarray, radius: float, pool: ChunkPool) -> SelfOrganisingMap:
    """The map with each neuron at the mean of all samples, weighted by a Gaussian of the distance on the grid.

    ``radius`` is the Gaussian's standard deviation in neurons; the distance is from the neuron to the sample's own.
    """
    side, nearest = found.side, found.nearest(rows, pool)
    sums, counts = np.zeros_like(found.neurons), np.zeros(side * side)
    _add_up(rows, nearest, sums, counts)
    steps = np.arange(side)
    weights = np.exp(-((steps[:, None] - steps[None, :]) ** 2) / (2.0 * radius**2))
    sums, counts = (_spread_out(array.reshape(side, side, -1), weights) for array in (sums, counts))
    near = counts > 1e-12  # else no sample is near enough to move it
    moved = np.where(near, sums / np.where(near, counts, 1.0), found.neurons.reshape(side, side, -1))
    return SelfOrganisingMap(side, moved.reshape(side * side, -1))


def _spread_out(grid: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted sums over the grid: the Gaussian is a product of one for rows and one for columns."""
    return np.einsum("ij,kjd->kid", weights, np.einsum("ki,ijd->kjd", weights, grid))


@numba.njit(cache=True, nogil=True)
def _add_up(rows: np.ndarray, nearest: np.ndarray, sums: np.ndarray, counts: np.ndarray) -> None:
    for row in range(len(rows)):
        neuron = nearest[row]
        counts[neuron] += 1.0
        for place in range(rows.shape[1]):
            sums[neuron, place] += rows[row, place]
