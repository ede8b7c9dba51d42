"""A series whose values become physical patch by patch."""

from __future__ import annotations

import numpy as np

from ...core.series.reading import SeriesSource


class StoredSeries(SeriesSource):
    """A series as a source of the engine that leaves the values of a block as they are stored.

    Small blocks of large patches are read with many times as many pixels around them: made physical as a whole, they
    would take more memory than everything else.
    """

    def __init__(self, source: SeriesSource) -> None:
        """The same series, as it was opened."""
        vars(self).update(vars(source))
        self.working_bytes_per_pixel = 0

    def physical(self, stored: np.ndarray) -> np.ndarray:
        """The same, ``(rows, columns, dates × variables)``: the series' own makes physical what is cut out."""
        return stored
