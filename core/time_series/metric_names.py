"""The temporal metrics there are, and what the bands of a raster of them are called. Plain Python: dialogs read it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..errors import ChronocoverError

MEAN, STANDARD_DEVIATION, MINIMUM, MAXIMUM, AMPLITUDE, PERCENTILES = (
    "mean",
    "standard deviation",
    "minimum",
    "maximum",
    "amplitude",
    "percentiles",
)
DAY_OF_MAXIMUM, DAY_OF_MINIMUM = "day of maximum", "day of minimum"
SEASON = (
    "start of season",
    "peak of season",
    "end of season",
    "length of season",
    "start by steepest slope",
    "end by steepest slope",
    "length by steepest slope",
)
"""In the order of :func:`core.time_series.phenology.season_metrics`."""
LENGTHS = (SEASON[3], SEASON[6])
METRICS = (
    MEAN,
    STANDARD_DEVIATION,
    MINIMUM,
    MAXIMUM,
    AMPLITUDE,
    PERCENTILES,
    DAY_OF_MAXIMUM,
    DAY_OF_MINIMUM,
    *SEASON,
)
DEFAULT = (MEAN, STANDARD_DEVIATION, MINIMUM, MAXIMUM, AMPLITUDE, *SEASON[:4])


@dataclass(frozen=True)
class MetricBand:
    """One metric of one variable; ``percentile`` (0 to 100) for percentiles only."""

    variable: str
    metric: str
    percentile: float | None = None

    @property
    def is_date(self) -> bool:
        """Whether it is a point in time."""
        return self.metric in (DAY_OF_MAXIMUM, DAY_OF_MINIMUM) or (self.metric in SEASON and self.metric not in LENGTHS)

    def description(self, origin: datetime.date | None) -> str:
        """The band's name: variable, metric and unit; days are counted from ``origin``, or are those of the year."""
        name = f"percentile {self.percentile:g}" if self.percentile is not None else self.metric
        unit = ""
        if self.is_date:
            unit = f" (days since {origin.isoformat()})" if origin else " (day of year)"
        elif self.metric in LENGTHS:
            unit = " (days)"
        return f"{self.variable} {name}{unit}"


def metric_bands(
    variables: Sequence[str], metrics: Collection[str], percentiles: Sequence[float]
) -> tuple[MetricBand, ...]:
    """The bands, variable by variable, in the order of :data:`METRICS`.

    Raises ChronocoverError if nothing is chosen, or percentiles are wanted and none is given.
    """
    if not metrics:
        raise ChronocoverError("No metric is chosen. Choose at least one.")
    if PERCENTILES in metrics and not percentiles:
        raise ChronocoverError("The metric “percentiles” needs percentiles, such as 10, 50, 90.")
    bands = []
    for variable in variables:
        for metric in METRICS:
            if metric == PERCENTILES and metric in metrics:
                bands.extend(MetricBand(variable, metric, percentile) for percentile in percentiles)
            elif metric in metrics:
                bands.append(MetricBand(variable, metric))
    return tuple(bands)


def parse_percentiles(text: str) -> tuple[float, ...]:
    """Percentiles as people write them, ``10, 50, 90``; ascending, each once. Raises ChronocoverError if unreadable."""
    found = set()
    for word in text.replace(";", ",").split(","):
        if not word.strip():
            continue
        try:
            value = float(word.strip().rstrip("%"))
        except ValueError as error:
            raise ChronocoverError(f"Percentiles: “{word.strip()}” is no number. Write them as 10, 50, 90.") from error
        if not 0 <= value <= 100:
            raise ChronocoverError(f"Percentiles: {value:g} is not between 0 and 100.")
        found.add(value)
    return tuple(sorted(found))
