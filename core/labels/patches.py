"""Patches of a class raster, pixels of one class that share sides, found block by block in any size of raster."""

from __future__ import annotations

import numpy as np
from scipy import ndimage
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from ..grid import Grid, Window


def label_patches(codes: np.ndarray, pixel_numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The patches within one block.

    Args:
        codes: ``(rows, columns)`` class codes, 0 for none.
        pixel_numbers: ``(rows, columns)`` each pixel's number in the whole raster.

    Returns:
        int64 ``(rows, columns)``, 0 for none, else 1 + a patch's index; and int64 ``(patches,)`` first pixel of each.
    """
    patches = np.zeros(codes.shape, dtype=np.int64)
    number = 0
    for code in np.unique(codes[codes > 0]).tolist():
        labelled, found = ndimage.label(codes == code)
        patches += np.where(labelled > 0, labelled + number, 0)
        number += found
    first = np.full(number, np.iinfo(np.int64).max)
    inside = patches > 0
    np.minimum.at(first, patches[inside] - 1, pixel_numbers[inside])
    return patches, first


class PatchJoiner:
    """Joins the patches of blocks, given row by row from the upper left, where they touch across block borders."""

    def __init__(self, grid: Grid) -> None:
        self._above = np.full(grid.width, -1, dtype=np.int64)  # patch of the last row above, by column
        self._codes_above = np.zeros(grid.width, dtype=np.int64)
        self._left: tuple[Window, np.ndarray, np.ndarray] | None = None
        self._first_pixels: list[np.ndarray] = []
        self._pairs: list[np.ndarray] = []
        self._number = 0

    def add(self, window: Window, codes: np.ndarray, patches: np.ndarray, first_pixels: np.ndarray) -> np.ndarray:
        """Add a block; returns int64 ``(rows, columns)`` provisional patch numbers from 0, -1 for none."""
        numbers = np.where(patches > 0, patches - 1 + self._number, -1)
        self._number += len(first_pixels)
        self._first_pixels.append(first_pixels)
        columns = slice(window.column, window.column + window.width)
        if window.row > 0:
            self._join(numbers[0], codes[0], self._above[columns], self._codes_above[columns])
        if self._left is not None and self._left[0].row == window.row:
            self._join(numbers[:, 0], codes[:, 0], self._left[1], self._left[2])
        self._above[columns], self._codes_above[columns] = numbers[-1], codes[-1]
        self._left = (window, numbers[:, -1].copy(), codes[:, -1].copy())
        return numbers

    def _join(self, a: np.ndarray, codes_a: np.ndarray, b: np.ndarray, codes_b: np.ndarray) -> None:
        touching = (codes_a > 0) & (codes_a == codes_b)
        if touching.any():
            self._pairs.append(np.unique(np.stack([a[touching], b[touching]]), axis=1))

    def finish(self) -> tuple[np.ndarray, int]:
        """int64 ``(provisional,)`` the final number of each patch, in order of their first pixels; and how many."""
        pairs = np.concatenate(self._pairs, axis=1) if self._pairs else np.zeros((2, 0), dtype=np.int64)
        shape = (self._number, self._number)
        joined = coo_matrix((np.ones(pairs.shape[1], dtype=np.int32), tuple(pairs)), shape=shape)
        count, component = connected_components(joined, directed=False)
        first = np.full(count, np.iinfo(np.int64).max)
        np.minimum.at(first, component, np.concatenate(self._first_pixels))
        rank = np.empty(count, dtype=np.int64)
        rank[np.argsort(first)] = np.arange(count)
        return rank[component], count
