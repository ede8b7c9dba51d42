"""How near filled and smoothed curves come to clear observations: python benchmarks/filling_accuracy.py [FOLDER]

On the Sentinel-2 NDVI of the real imagery (FOLDER or CHRONOCOVER_TEST_DATA, with slovenia_sentinel2: 67 uneven dates,
cloud masks, about 60 % clear). Clear observations are held out, every method makes a curve from the rest, and its
values on the held-out dates are compared with what was observed; the yardstick takes the previous clear value (the next
one at the start). Three ways to hold out:

- scattered: each clear observation with a chance of 20 %, as small clouds do;
- whole dates: all of an image, every fifth date, as a cloudy day does;
- 60 days: all observations in a window of 60 days, another one in each pixel, as a rainy season does.

Smoothers are judged by their curve: Savitzky-Golay and the moving median leave gaps, which are filled linearly after
them, as in the chain.
"""

import os
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
import conftest  # noqa: F401, E402  loads the checkout as the package chronocover
from real_ndvi import slovenia_ndvi  # noqa: E402
from steps_on_arrays import axes  # noqa: E402

from chronocover.core.series.steps import apply_all  # noqa: E402
from chronocover.core.time_series.filling import FillGaps  # noqa: E402
from chronocover.core.time_series.smoothing import MovingMedian, SavitzkyGolay  # noqa: E402
from chronocover.core.time_series.whittaker import Whittaker  # noqa: E402

WINDOW_DAYS = 60
CHAINS = {
    "linear": [FillGaps("linear")],
    "nearest": [FillGaps("nearest")],
    "spline (Akima)": [FillGaps("spline")],
    "cubic": [FillGaps("cubic")],
    "linear, Savitzky-Golay 5/2": [FillGaps("linear"), SavitzkyGolay(5, 2)],
    "Savitzky-Golay 7/2, linear": [SavitzkyGolay(7, 2), FillGaps("linear")],
    "moving median 3, linear": [MovingMedian(3), FillGaps("linear")],
    "moving median 5, linear": [MovingMedian(5), FillGaps("linear")],
    "Whittaker, lambda 0.5": [Whittaker(0.5)],
    "Whittaker, lambda 2": [Whittaker(2.0)],
    "Whittaker, lambda 10": [Whittaker(10.0)],
    "Whittaker, lambda 100": [Whittaker(100.0)],
}


def previous_clear(values):
    """Each missing value from the last clear one before it, the first ones from the next."""
    filled = values.copy()
    for date in range(1, values.shape[1]):
        missing = np.isnan(filled[:, date])
        filled[:, date][missing] = filled[:, date - 1][missing]
    for date in range(values.shape[1] - 2, -1, -1):
        missing = np.isnan(filled[:, date])
        filled[:, date][missing] = filled[:, date + 1][missing]
    return filled


def held_out(values, days):
    """Name → bool ``(pixels, dates, 1)``: the clear observations to hide."""
    generator = np.random.default_rng(1)
    clear = ~np.isnan(values)
    scattered = generator.random(values.shape) < 0.2
    dates = (np.arange(len(days)) % 5 == 2)[None, :, None]
    start = generator.integers(0, days[-1] - WINDOW_DAYS, (len(values), 1, 1))
    window = (days[None, :, None] >= start) & (days[None, :, None] < start + WINDOW_DAYS)
    return {"scattered": clear & scattered, "whole dates": clear & dates, f"{WINDOW_DAYS} days": clear & window}


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("CHRONOCOVER_TEST_DATA", ROOT.parent / "shared/data")
    values, days = slovenia_ndvi(Path(folder))
    cases = held_out(values, days)
    print(f"{len(values):,} pixels, {len(days)} dates, {100 * np.mean(~np.isnan(values)):.0f} % clear; held out: "
          + ", ".join(f"{name} {hidden.sum():,}" for name, hidden in cases.items()))  # fmt: skip
    print("\n| method | " + " | ".join(f"{name}: RMSE | MAE" for name in cases) + " |")
    print("|---|" + "---|" * 2 * len(cases))
    for method in ["previous clear value", *CHAINS]:
        cells = []
        for hidden in cases.values():
            seen = np.where(hidden, np.float32(np.nan), values)
            curve = (
                previous_clear(seen) if method not in CHAINS else apply_all(CHAINS[method], seen[None], axes(days))[0]
            )
            error = (curve - values)[hidden]
            cells += [f"{np.sqrt(np.nanmean(error**2)):.4f}", f"{np.nanmean(np.abs(error)):.4f}"]
        print(f"| {method} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
