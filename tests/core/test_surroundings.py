"""The pixels around samples, read from the series that they were extracted from."""

import datetime
from dataclasses import replace

import numpy as np
import pytest
from osgeo import osr
from sample_tables import wkt
from window_samples import DATES, PIXEL, SIZE, samples_at, texture_samples, texture_scene

from chronocover.core.blocks import EngineOptions
from chronocover.core.errors import ChronocoverError
from chronocover.core.samples.surroundings import with_windows
from chronocover.core.series.image_series import ImageSeries
from chronocover.core.series.surroundings import cut_windows


@pytest.fixture
def scene(tmp_path):
    return texture_scene(tmp_path / "série.tif")


def everywhere(path):
    """A sample at every pixel, from the last to the first."""
    rows, columns = np.divmod(np.arange(SIZE * SIZE)[::-1], SIZE)
    return samples_at(path, rows, columns, ["a"] * len(rows))


@pytest.mark.parametrize("side", [3, 5])
def test_windows_are_cut_from_an_array_and_end_at_its_edges(side):
    values = np.random.default_rng(0).random((4, 6, 2, 3), np.float32)
    rows, columns = np.divmod(np.arange(24), 6)
    reach = side // 2
    around = np.pad(values, [(reach, reach), (reach, reach), (0, 0), (0, 0)], constant_values=np.nan)
    windows = cut_windows(values, rows, columns, side)
    for window, row, column in zip(windows, rows, columns):
        expected = np.moveaxis(around[row : row + side, column : column + side], (0, 1), (2, 3))
        np.testing.assert_array_equal(window, expected)


def test_samples_get_the_pixels_around_them(scene):
    samples = everywhere(scene[0])
    found = with_windows(samples, ImageSeries.open(scene[0]), 3, EngineOptions(threads=2))
    np.testing.assert_array_equal(found.windows[..., 1, 1], samples.values)
    by_place = samples.values[::-1].reshape(SIZE, SIZE, len(DATES), 2)
    around = np.pad(by_place, [(1, 1), (1, 1), (0, 0), (0, 0)], constant_values=np.nan)
    for number in (0, 17, 435, SIZE * SIZE - 1):
        row, column = divmod(SIZE * SIZE - 1 - number, SIZE)
        expected = np.moveaxis(around[row : row + 3, column : column + 3], (0, 1), (2, 3))
        np.testing.assert_array_equal(found.windows[number], expected)
    some = found.subset(np.array([5, 3]))
    np.testing.assert_array_equal(some.windows, found.windows[[5, 3]])


def test_samples_in_another_crs_find_their_pixel(scene):
    samples = texture_samples(*scene, side=1)
    own, other = osr.SpatialReference(), osr.SpatialReference()
    own.ImportFromWkt(samples.crs)
    other.ImportFromEPSG(4326)
    for reference in (own, other):
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    places = osr.CoordinateTransformation(own, other).TransformPoints(samples.coordinates.tolist())
    moved = replace(samples, coordinates=np.array(places)[:, :2], crs=wkt(4326))
    series = ImageSeries.open(scene[0])
    np.testing.assert_array_equal(with_windows(moved, series, 3).windows, with_windows(samples, series, 3).windows)


def test_fewer_dates_and_variables_than_the_series(scene):
    samples = texture_samples(*scene, side=1)
    few = replace(samples, values=samples.values[:, 2:5, 1:], dates=DATES[2:5], variables=["nir"])
    windows = with_windows(few, ImageSeries.open(scene[0]), 3).windows
    whole = texture_samples(*scene).windows
    np.testing.assert_array_equal(windows, whole[:, 2:5, 1:])


def refused(samples, path, message):
    with pytest.raises(ChronocoverError, match=message):
        with_windows(samples, ImageSeries.open(path), 3)


def test_samples_of_another_series_are_refused(scene, tmp_path):
    samples = texture_samples(*scene, side=1)
    other, _ = texture_scene(tmp_path / "autre.tif", seed=9)
    refused(
        samples, other, r"samples have other values than the series .*autre\.tif at their place: at .* is .* in the"
    )
    missing = samples.values.copy()
    missing[7, 2, 0] = np.nan if np.isfinite(missing[7, 2, 0]) else 0.5
    refused(replace(samples, values=missing), scene[0], "^1 of the 150 samples have other values")


def test_rounded_values_are_not_another_series(scene):
    samples = texture_samples(*scene, side=1)
    rounded = replace(samples, values=np.round(samples.values, 4))
    assert with_windows(rounded, ImageSeries.open(scene[0]), 3).windows.shape == (150, 7, 2, 3, 3)


def test_dates_variables_and_places_that_the_series_lacks(scene):
    samples = texture_samples(*scene, side=1)
    dates = [*DATES[:-1], datetime.date(2025, 1, 1)]
    refused(replace(samples, dates=dates), scene[0], "lacks 2 of the 14 .*: red of 2025-01-01, nir of 2025-01-01")
    refused(replace(samples, variables=["red", "swir"]), scene[0], "lacks 7 of the 14 .*: swir of 2024-03-01")
    away = samples.coordinates + np.array([SIZE * PIXEL / 2, 0])
    refused(replace(samples, coordinates=away), scene[0], "of the 150 samples lie outside of the series")
    refused(replace(samples, coordinates=None), scene[0], "Some samples have no coordinates")
    nowhere = samples.coordinates.copy()
    nowhere[3] = np.nan
    refused(replace(samples, coordinates=nowhere), scene[0], "Some samples have no coordinates")
