"""Profiles of clusters, gathered block by block."""

import numpy as np
import pytest

from chronocover.models.clustering.profiles import FEWEST_ROWS, ProfileObserver, profiles_of


def blocks(count=20_000, seed=0):
    random = np.random.default_rng(seed)
    labels = random.choice(4, size=count, p=[0.1, 0.6, 0.29, 0.01]).astype(np.int32)
    values = (labels[:, None, None] + random.normal(size=(count, 3, 2))).astype(np.float32)
    return np.arange(count), values, labels


def gathered(observer, order, size=1000):
    pixels, values, labels = blocks()
    parts = [slice(start, start + size) for start in range(0, len(pixels), size)]
    for index in order(range(len(parts))):
        part = parts[index]
        inside = labels[part] > 0
        observer.gather(observer.look(pixels[part][inside], values[part][inside], labels[part][inside]))
    return observer.profiles()


def test_with_room_all_pixels_count():
    _, values, labels = blocks()
    found = gathered(ProfileObserver(4, 3, 2, 1 << 30), list)
    rows = 5000
    assert found.rows.tolist() == [rows, rows, (labels == 3).sum(), 0]
    for k in range(3):
        own = values[labels == k + 1].astype(np.float64)
        assert found.mean[k] == pytest.approx(own.mean(axis=0), abs=1e-9)
    rare = values[labels == 3]
    assert found.low[2] == pytest.approx(np.percentile(rare, 10, axis=0), abs=1e-5)
    assert found.high[2] == pytest.approx(np.percentile(rare, 90, axis=0), abs=1e-5)
    assert np.isnan(found.mean[3]).all()
    assert "percentiles of 5,000 random pixels" in found.describe(np.bincount(labels, minlength=5)[1:])


def test_with_little_room_random_pixels_give_the_percentiles_whatever_the_blocks():
    _, values, labels = blocks()
    found = gathered(ProfileObserver(4, 3, 2, 1), list)
    assert found.rows.tolist() == [FEWEST_ROWS] * 3 + [0]
    again = gathered(ProfileObserver(4, 3, 2, 1), lambda parts: list(parts)[::-1], size=333)
    assert (found.low[:3] == again.low[:3]).all() and (found.high[:3] == again.high[:3]).all()
    assert found.mean[:3] == pytest.approx(again.mean[:3])
    assert found.high[0] == pytest.approx(np.percentile(values[labels == 1], 90, axis=0), abs=0.6)


def test_profiles_of_a_few_series():
    values = np.array([[[1.0]], [[3.0]], [[10.0]], [[99.0]]])
    found = profiles_of(values, np.array([1, 1, 2, 0]), 3)
    assert found.mean.ravel().tolist()[:2] == [2.0, 10.0] and np.isnan(found.mean[2]).all()
    assert found.rows.tolist() == [2, 1, 0]
    assert found.describe(np.array([2, 1, 0]), "samples") == "Means and percentiles are of all samples."
