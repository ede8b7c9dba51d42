"""Drawing samples among labelled pixels: in an order by a seed, some or all of them, with a distance between them.

The random order is a hash of the seed and a pixel's position, so it depends on nothing else: neither on blocks and
threads, nor on which other pixels are labelled.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..errors import ChronocoverError

ALL, NUMBER, SHARE = "all pixels", "number per class", "share of pixels"
HOW = (ALL, NUMBER, SHARE)
LOWEST_RATE = 0.02  # of good pixels among those read, by which the next draw is enlarged
SPACED_ROUNDS = 3
READ_AT_ONCE = 100_000  # of a class, with a distance: how many will be taken is not known before


@dataclass(frozen=True)
class SelectionRule:
    """How many pixels of each class become samples.

    ``how`` is one of :data:`HOW`; ``count`` is a number a class, ``share`` 0 to 1 of the class's pixels (at least
    one); ``distance`` the least distance between two samples of one class, in map units.
    """

    how: str = ALL
    count: int = 0
    share: float = 1.0
    distance: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        if self.how not in HOW:
            raise ChronocoverError(f"There is no way of selecting “{self.how}”. Choose one of {', '.join(HOW)}.")
        if self.how == NUMBER and self.count < 1:
            raise ChronocoverError(f"The number of samples per class is {self.count}. Give at least 1.")
        if self.how == SHARE and not 0 < self.share <= 1:
            raise ChronocoverError(f"The share of pixels is {self.share:.4%}. Give more than 0 and at most 100 %.")
        if self.distance < 0:
            raise ChronocoverError(f"The minimum distance is {self.distance:g}. Give 0 or a positive distance.")

    def target(self, available: int) -> int:
        """How many samples are wanted of a class with so many pixels."""
        if self.how == NUMBER:
            return min(self.count, available)
        return available if self.how == ALL else min(available, max(1, round(self.share * available)))


def random_keys(pixels: np.ndarray, seed: int) -> np.ndarray:
    """uint64 ``(n,)`` pseudo-random keys of pixel numbers (SplitMix64, Steele et al. 2014)."""
    start = np.array([seed & 0xFFFFFFFFFFFFFFFF], dtype=np.uint64)
    return _mix(np.asarray(pixels).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + _mix(start))


def _mix(keys: np.ndarray) -> np.ndarray:
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(31))


class ClassDraw:
    """Draws the samples of one class in rounds, since only reading a pixel tells whether it is good.

    :meth:`propose` gives the pixels to read next, :meth:`judge` takes what reading them told. When nothing is proposed
    any more, ``taken`` are the samples: as many good ones as wanted, if there are that many far enough apart.

    Args:
        order: indices of the class's pixels, in random order.
        coordinates: float64 ``(n, 2)``, x and y of every index.
        target: how many are wanted.
        distance: the least distance between two of them; 0 for none.
    """

    def __init__(self, order: np.ndarray, coordinates: np.ndarray, target: int, distance: float) -> None:
        self._waiting, self._coordinates, self._target = order, coordinates, target
        self._distance = distance
        self._spaced = SpacedPoints(distance) if distance > 0 else None
        self._read = self._good = self._rounds = 0
        self.taken: list[int] = []
        self.rejected = 0

    @property
    def at_most(self) -> int:
        """How many samples there can be, without regard to the distance."""
        return min(self._target, len(self._waiting) + len(self.taken))

    def propose(self) -> np.ndarray:
        """Indices of pixels to read, in random order; empty when done."""
        wanted = self._target - len(self.taken)
        if wanted <= 0:
            return self._waiting[:0]
        if self._read:
            rate = max(self._good / self._read, LOWEST_RATE)
            wanted = math.ceil(wanted / rate * 1.1) + 1
        if self._spaced is not None:
            return self._propose_spaced(min(wanted, READ_AT_ONCE))
        proposal, self._waiting = self._waiting[:wanted], self._waiting[wanted:]
        return proposal

    def _propose_spaced(self, wanted: int) -> np.ndarray:
        self._rounds += 1
        # Where clouds lie, one bad pixel follows another: after some rounds, all that are left are read.
        proposed = SpacedPoints(self._distance) if self._rounds <= SPACED_ROUNDS else None
        proposal, waiting = [], []
        for position, index in enumerate(self._waiting.tolist()):
            if len(proposal) == wanted:
                waiting.extend(self._waiting[position:].tolist())
                break
            x, y = self._coordinates[index]
            if not self._spaced.is_free(x, y):
                continue  # too near to a sample for good
            if proposed is None or proposed.add(x, y):
                proposal.append(index)
            else:
                waiting.append(index)
        self._waiting = np.array(waiting, dtype=np.intp)
        return np.array(proposal, dtype=np.intp)

    def judge(self, proposal: np.ndarray, good: np.ndarray) -> np.ndarray:
        """Take the good pixels of a proposal, in its order, as far as wanted; returns those taken."""
        self._read += len(proposal)
        self._good += int(good.sum())
        self.rejected += int((~good).sum())
        taken = proposal[good]
        if self._spaced is not None:
            taken = np.array([i for i in taken.tolist() if self._spaced.add(*self._coordinates[i])], dtype=np.intp)
        taken = taken[: self._target - len(self.taken)]
        self.taken.extend(taken.tolist())
        return taken


class SpacedPoints:
    """Points at least ``distance`` apart, in cells so small that each holds at most one."""

    def __init__(self, distance: float) -> None:
        self._squared = distance * distance * (1 - 1e-9)  # exactly that far apart is far enough
        self._side = distance / math.sqrt(2)
        self._cells: dict[tuple[int, int], tuple[float, float]] = {}

    def add(self, x: float, y: float) -> bool:
        """Add a point and return True, or return False where one is nearer than the distance."""
        if not self.is_free(x, y):
            return False
        self._cells[math.floor(x / self._side), math.floor(y / self._side)] = (x, y)
        return True

    def is_free(self, x: float, y: float) -> bool:
        """Whether no point is nearer than the distance."""
        cells = self._cells
        column, row = math.floor(x / self._side), math.floor(y / self._side)
        for i, j in _NEIGHBOURS:
            point = cells.get((column + i, row + j))
            if point is not None and (point[0] - x) ** 2 + (point[1] - y) ** 2 < self._squared:
                return False
        return True


_NEIGHBOURS = sorted(((i, j) for i in range(-2, 3) for j in range(-2, 3)), key=lambda cell: cell[0] ** 2 + cell[1] ** 2)
