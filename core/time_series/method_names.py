"""What the methods of compositing and of interpolation are called. Plain Python: dialogs read it."""

from __future__ import annotations

MEDIAN, MEAN, MINIMUM, MAXIMUM, PERCENTILE, MEDOID, BEST_INDEX, CLEAREST = COMPOSITE_METHODS = (
    "median",
    "mean",
    "minimum",
    "maximum",
    "percentile",
    "medoid",
    "maximum of an index",
    "clear pixel of the clearest date",
)
LINEAR, NEAREST, SPLINE, CUBIC = INTERPOLATION_METHODS = ("linear", "nearest", "spline", "cubic")
"""Between two observations: a straight line; the nearer one, the earlier if both are as near; Akima's curve, a natural
cubic spline for 3 and 4 observations, a line for 2; a natural cubic spline, a line for 2 observations."""
