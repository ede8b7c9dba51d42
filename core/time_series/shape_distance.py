"""The shape-based distance of k-shape, and the shape that a group of series has in common.

The distance is 1 minus the largest cross-correlation of two series over all shifts in time, divided by their norms;
of several variables the correlations are summed. Definitions are tslearn's; Source: Paparrizos and Gravano (2015),
k-Shape: efficient and accurate clustering of time series, SIGMOD.

All series are float64 ``(n, dates, variables)`` without missing values, scaled to z-scores.
"""

from __future__ import annotations

import numpy as np

SMALLEST_NORM = 1e-9
"""Of two norms multiplied: below it a series is flat, and correlates with nothing."""


def shape_distances(series: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Distances, float64 ``(n, k)``, 0 to 2; 1 to and from a flat series.

    Args:
        series: ``(n, dates, variables)``.
        centres: ``(k, dates, variables)``.
    """
    flat = series.reshape(len(series), -1)
    best = np.empty((len(series), len(centres)))
    for k, centre in enumerate(centres):
        best[:, k] = (flat @ shifted(centre)).max(axis=1)
    norms = np.sqrt(np.einsum("ij,ij->i", flat, flat))
    products = norms[:, None] * np.linalg.norm(centres, axis=(1, 2))[None, :]
    return 1.0 - best / np.where(products < SMALLEST_NORM, np.inf, products)


def shifted(centre: np.ndarray) -> np.ndarray:
    """A centre at all shifts, zeros moving in, float64 ``(dates × variables, 2 dates - 1)``.

    Column s holds the centre moved by ``s - dates + 1`` dates to later ones.
    """
    dates, variables = centre.shape
    columns = np.zeros((dates, variables, 2 * dates - 1))
    for shift in range(-dates + 1, dates):
        first, end = max(0, shift), min(dates, dates + shift)
        columns[first:end, :, shift + dates - 1] = centre[first - shift : end - shift]
    return columns.reshape(dates * variables, -1)


def align_to(centre: np.ndarray, series: np.ndarray) -> np.ndarray:
    """Series ``(n, dates, variables)``, each moved in time to correlate best with a centre; zeros move in."""
    dates = len(centre)
    correlations = series.reshape(len(series), -1) @ shifted(centre)
    # Reversed, the columns are moves of the series to later dates in ascending order; of equal ones the first is taken.
    moves = correlations[:, ::-1].argmax(axis=1) - (dates - 1)
    moved = np.zeros_like(series)
    for move in np.unique(moves):
        rows = moves == move
        if move > 0:
            moved[rows, move:] = series[rows, :-move]
        elif move < 0:
            moved[rows, :move] = series[rows, -move:]
        else:
            moved[rows] = series[rows]
    return moved


def shape_centre(series: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """The shape that series have in common: of each variable the first eigenvector, before it is scaled.

    Args:
        series: ``(n, dates, variables)``, at least one.
        reference: ``(dates, variables)``, which the series are first aligned to.

    Returns:
        float64 ``(dates, variables)``.
    """
    aligned = align_to(reference, series)
    dates, variables = reference.shape
    centring = np.eye(dates) - np.ones((dates, dates)) / dates
    centre = np.empty((dates, variables))
    for variable in range(variables):
        values = aligned[:, :, variable]
        _, vectors = np.linalg.eigh(centring.T @ (values.T @ values) @ centring)
        vector = vectors[:, -1]
        # Both signs solve the problem. tslearn takes that which is nearer to the series, over all variables.
        nearer = [np.linalg.norm(aligned - sign * vector[None, :, None], axis=(1, 2)).sum() for sign in (1, -1)]
        centre[:, variable] = -vector if nearer[1] < nearer[0] else vector
    return centre
