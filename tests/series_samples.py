"""Made-up samples: classes with their own season, in fields whose pixels are alike."""

import datetime

import numpy as np

from chronocover.core.labels.legend import Legend
from chronocover.core.samples.samples import Samples

NAMES = ("blé d'hiver", "maïs", "forêt")


def season_samples(
    per_class=60, per_group=6, dates=8, variables=("red", "nir"), names=NAMES, noise=0.05, field_noise=0.0,
    missing=0.0, seed=0,
):  # fmt: skip
    """Samples of ``len(names)`` classes; ``field_noise`` is what the pixels of one field (group) have in common."""
    random = np.random.default_rng(seed)
    count = per_class * len(names)
    targets = np.repeat(np.arange(len(names)), per_class)
    fields = np.arange(count) // per_group
    season = np.linspace(0, np.pi, dates)
    curves = np.stack([np.sin(season + 0.7 * i)[:, None] * np.arange(1, len(variables) + 1) for i in range(len(names))])
    own = random.normal(0, field_noise, (fields.max() + 1, dates, len(variables)))[fields]
    values = curves[targets] + own + random.normal(0, noise, (count, dates, len(variables)))
    values[random.random(values.shape) < missing] = np.nan
    start = datetime.date(2024, 3, 1)
    # whole days that are not evenly spaced
    days = [start + datetime.timedelta(days=12 * i + (i % 3)) for i in range(dates)]
    classes = np.array(names, object)[targets]
    places = np.column_stack([fields % 10 * 300.0, fields // 10 * 300.0]) + random.uniform(0, 50, (count, 2))
    return Samples(
        values.astype(np.float32), days, list(variables), classes, Legend.of_values(classes),
        np.array([f"field {i}" for i in fields], object), places,
    )  # fmt: skip
