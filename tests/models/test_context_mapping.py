"""Maps of models that look at the pixels around each, against a direct computation."""

import numpy as np
import pytest
from osgeo import gdal
from scenes import write_raster, write_series

torch = pytest.importorskip("torch")

from network_checks import trained_model  # noqa: E402
from window_samples import DATES, VARIABLES, season_of_land, texture_samples, texture_scene  # noqa: E402

from chronocover.core import blocks  # noqa: E402
from chronocover.core.blocks import EngineOptions  # noqa: E402
from chronocover.core.time_series.filling import interpolate_series  # noqa: E402
from chronocover.models.families.networks.lstm import Lstm  # noqa: E402
from chronocover.models.mapping import MapFiles, classify_series  # noqa: E402

ROWS, COLUMNS = 70, 90
ONE_MEGABYTE = EngineOptions(memory_mb=1, threads=3)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A trained model and its file."""
    folder = tmp_path_factory.mktemp("model")
    samples = texture_samples(*texture_scene(folder / "scene.tif"))
    family = Lstm(layers=1, hidden=6, epochs=8, batch_size=16, context=3)
    return trained_model(family, samples, folder / "modèle.onnx"), str(folder / "modèle.onnx")


@pytest.fixture(scope="module")
def values():
    """``(dates, variables, rows, columns)`` of smooth land with dark spots, gaps, holes and a corner never observed."""
    random = np.random.default_rng(3)
    brightness = np.where(random.random((ROWS, COLUMNS)) < np.linspace(0, 0.4, COLUMNS), 0.3, 1.0)
    values = (season_of_land() * brightness + random.normal(0, 0.01, (len(DATES), 2, ROWS, COLUMNS))).astype(np.float32)
    values[random.random(values.shape) < 0.2] = np.nan
    values[:, random.random((2, ROWS, COLUMNS)) < 0.02] = np.nan
    values[:, :, 40:, :20] = np.nan
    return values


@pytest.fixture(scope="module")
def series(values, tmp_path_factory):
    path = tmp_path_factory.mktemp("series") / "série été.tif"
    tiled = ("TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16")
    return write_series(path, values, DATES, VARIABLES, nodata=np.nan, options=tiled)


def directly(model, values, days=None):
    """The class codes, pixel by pixel without blocks, files or graph: 0 where a pixel lacks a variable."""
    axis = np.array(model.card.time_axis.days)
    by_pixel = np.moveaxis(values, (0, 1), (2, 3)).reshape(ROWS * COLUMNS, len(values), 2)
    filled = interpolate_series(by_pixel, axis if days is None else days, axis).reshape(ROWS, COLUMNS, len(axis), 2)
    around = np.pad(filled, [(1, 1), (1, 1), (0, 0), (0, 0)], constant_values=np.nan)
    windows = np.stack(
        [np.stack([around[r : r + ROWS, c : c + COLUMNS] for c in range(3)], axis=-1) for r in range(3)], axis=-2
    )
    windows = np.where(np.isnan(windows), filled[..., None, None], windows)  # filled: never observed if still missing
    codes = np.zeros((ROWS, COLUMNS), np.int64)
    known = np.isfinite(filled).all(axis=(2, 3))
    probabilities = model.classifier.predict_proba(windows[known])
    codes[known] = np.array(model.card.legend.codes)[probabilities.argmax(axis=1)]
    return codes


def mapped(series, path, folder, **settings):
    summary = classify_series(series, path, MapFiles(str(folder / "carte.tif")), **settings)
    return gdal.Open(str(folder / "carte.tif")).ReadAsArray(), summary


@pytest.mark.parametrize(
    ("enough", "options", "several"),
    [(65536, EngineOptions(threads=1), False), (256, EngineOptions(threads=3), True), (65536, ONE_MEGABYTE, True)],
    ids=["one block", "small blocks", "little memory"],
)
def test_the_map_does_not_depend_on_blocks_and_threads(
    enough, options, several, model, series, values, tmp_path, monkeypatch
):
    monkeypatch.setattr(blocks, "ENOUGH_PIXELS", enough)
    found, summary = mapped(series, model[1], tmp_path, options=options)
    expected = directly(model[0], values)
    assert set(np.unique(expected)) == {0, 1, 2}
    np.testing.assert_array_equal(found, expected)
    assert (summary.statistics.blocks > 1) == several
    assert summary.pixels == (expected > 0).sum()


def test_a_part_of_the_map_sees_what_lies_around_it(model, series, values, tmp_path):
    extent = (500000 + 205, 5100000 - 405, 500000 + 505, 5100000 - 205)
    found, _ = mapped(series, model[1], tmp_path, extent=extent, options=ONE_MEGABYTE)
    np.testing.assert_array_equal(found, directly(model[0], values)[20:41, 20:51])


def test_masked_pixels_count_as_neighbours(model, series, values, tmp_path):
    wanted = np.random.default_rng(0).random((ROWS, COLUMNS)) < 0.3
    mask = write_raster(tmp_path / "mask.tif", wanted.astype(np.uint8))
    found, _ = mapped(series, model[1], tmp_path, mask_path=mask, options=ONE_MEGABYTE)
    np.testing.assert_array_equal(found, np.where(wanted, directly(model[0], values), 0))


def test_another_season_is_brought_onto_the_dates_of_the_model(model, values, tmp_path):
    days = np.arange(0, 86, 7)
    dates = [f"2025-{np.datetime64('2025-03-01') + int(day)}"[5:] for day in days]
    random = np.random.default_rng(1)
    later = np.concatenate([values, values])[: len(days)] + random.normal(0, 0.01, (len(days), 2, ROWS, COLUMNS))
    path = write_series(tmp_path / "later.tif", later.astype(np.float32), dates, VARIABLES, nodata=np.nan)
    found, _ = mapped(path, model[1], tmp_path, options=ONE_MEGABYTE)
    np.testing.assert_array_equal(found, directly(model[0], later.astype(np.float32), days))


def test_blocks_are_planned_with_what_surrounds_them(model, series, tmp_path, monkeypatch):
    """With a halo each block is read larger than it is written, which its plan must count."""
    from chronocover.models import pixel_mapping

    planned = []

    def plan(*arguments, **settings):
        planned.append(settings["halo"])
        return original(*arguments, **settings)

    original = pixel_mapping.plan_blocks
    monkeypatch.setattr(pixel_mapping, "plan_blocks", plan)
    mapped(series, model[1], tmp_path)
    assert planned == [1]
