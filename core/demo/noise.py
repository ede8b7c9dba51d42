"""Random fields: the irregularity of land and clouds."""

from __future__ import annotations

import numpy as np


def fractal_noise(rng: np.random.Generator, size: int, largest: float, roughness: float = 1.6) -> np.ndarray:
    """A random field with mean 0 and standard deviation 1, by shaping white noise in the frequency domain.

    Args:
        rng: the source of chance.
        size: rows and columns.
        largest: size of its largest patches, in cells.
        roughness: slope of the amplitude spectrum; the higher, the smoother.

    Returns:
        float32 ``(size, size)``. It wraps around at its edges.
    """
    white = np.fft.rfft2(rng.standard_normal((size, size)))
    frequency = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None])
    frequency = np.maximum(frequency, 1.0 / max(2.0, min(largest, size)))
    shaped = np.fft.irfft2(white * frequency**-roughness, s=(size, size))
    shaped -= shaped.mean()
    return (shaped / shaped.std()).astype(np.float32)


def cells(
    rng: np.random.Generator, x: np.ndarray, y: np.ndarray, spacing: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A mosaic of irregular polygons: the Voronoi cells of a jittered grid of points (Worley 1996).

    Args:
        rng: the source of chance.
        x: coordinates, any shape.
        y: coordinates, same shape.
        spacing: mean distance of the points, in the unit of the coordinates.

    Returns:
        The cell number of each place (int32, from 0), its distance to the cell's border, and the ``(cells, 2)`` points.
    """
    column, row = np.floor(x / spacing).astype(np.int32), np.floor(y / spacing).astype(np.int32)
    first_column, first_row = int(column.min()) - 1, int(row.min()) - 1
    columns, rows = int(column.max()) - first_column + 2, int(row.max()) - first_row + 2
    grid_row, grid_column = np.mgrid[0:rows, 0:columns]
    points = np.stack([grid_column + first_column, grid_row + first_row], axis=-1) + rng.uniform(
        0.12, 0.88, (rows, columns, 2)
    )
    points = (points * spacing).reshape(-1, 2).astype(np.float32)

    nearest = np.full(x.shape, np.inf, np.float32)
    second = nearest.copy()
    number = np.zeros(x.shape, np.int32)
    for row_step in (-1, 0, 1):
        for column_step in (-1, 0, 1):
            candidate = (row - first_row + row_step) * columns + column - first_column + column_step
            distance = np.hypot(x - points[candidate, 0], y - points[candidate, 1])
            closer = distance < nearest
            second = np.where(closer, nearest, np.minimum(second, distance))
            number[closer] = candidate[closer]
            nearest = np.where(closer, distance, nearest)
    return number, (second - nearest) / 2, points
