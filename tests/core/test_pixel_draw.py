"""Drawing pixels to learn from."""

import numpy as np
import pytest
from scenes import write_raster, write_series

from chronocover.core.blocks import EngineOptions
from chronocover.core.errors import ChronocoverError
from chronocover.core.raster_reading import RasterSource
from chronocover.core.samples.pixel_draw import CLASSES, PixelDraw, draw_pixels
from chronocover.core.series.image_series import ImageSeries

ROWS, COLUMNS = 300, 400


@pytest.fixture(scope="module")
def series(tmp_path_factory):
    """Each value is the number of its pixel; the upper third has no data."""
    numbers = np.arange(ROWS * COLUMNS, dtype=np.float32).reshape(1, 1, ROWS, COLUMNS).repeat(2, axis=0)
    numbers[:, :, : ROWS // 3] = np.nan
    numbers[0, :, 200:220] = np.nan  # one date is there
    options = ["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"]
    path = write_series(
        tmp_path_factory.mktemp("d") / "s.tif", numbers, ["2021-01-01", "2021-02-01"], ["v"], options=options
    )
    return ImageSeries.open(path)


@pytest.fixture(scope="module")
def mask(series, tmp_path_factory):
    """Class 1 on most pixels, class 2 on a few, class 3 where there is no data."""
    codes = np.ones((ROWS, COLUMNS), np.uint8)
    codes[250:260, 300:320] = 2
    codes[: ROWS // 3] = 3
    return RasterSource.on_grid(write_raster(tmp_path_factory.mktemp("m") / "m.tif", codes), series.grid)


def test_pixels_are_read_and_spread_evenly(series):
    drawn = draw_pixels(series, ["v"], PixelDraw(600, seed=3))
    assert drawn.wanted == ROWS * COLUMNS and len(drawn.pixels) == 600
    assert (np.diff(drawn.pixels) > 0).all()
    assert (drawn.values[:, 1, 0] == drawn.pixels).all()
    rows, columns = np.divmod(drawn.pixels, COLUMNS)
    assert rows.min() >= ROWS // 3
    counts = np.histogram2d(rows, columns, bins=(4, 8), range=((100, 300), (0, 400)))[0]
    assert counts.min() > 0.6 * counts.mean()


def test_the_draw_depends_on_the_seed_alone(series):
    one = draw_pixels(series, ["v"], PixelDraw(100), EngineOptions(64, 1))
    other = draw_pixels(series, ["v"], PixelDraw(100), EngineOptions(512, 3))
    assert (one.pixels == other.pixels).all()
    assert (draw_pixels(series, ["v"], PixelDraw(100, seed=1)).pixels != one.pixels).any()


def test_rare_classes_count_as_much(series, mask):
    drawn = draw_pixels(series, ["v"], PixelDraw(200, CLASSES, mask, (1, 2)))
    rows, columns = np.divmod(drawn.pixels, COLUMNS)
    rare = (rows >= 250) & (rows < 260) & (columns >= 300) & (columns < 320)
    assert rare.sum() == 100 and len(rare) == 200


def test_a_class_alone_can_be_drawn(series, mask):
    drawn = draw_pixels(series, ["v"], PixelDraw(1000, mask=mask, codes=(2,)))
    assert drawn.wanted == len(drawn.pixels) == 200


def test_no_pixel_is_said(series, mask):
    with pytest.raises(ChronocoverError, match=r"none of the wanted classes \(9\)"):
        draw_pixels(series, ["v"], PixelDraw(10, mask=mask, codes=(9,)))
    with pytest.raises(ChronocoverError, match="has an observation of every variable"):
        draw_pixels(series, ["v"], PixelDraw(10, mask=mask, codes=(3,)))
    with pytest.raises(ChronocoverError, match="needs a class raster"):
        PixelDraw(10, CLASSES)


def test_a_sample_beyond_the_memory_is_refused(series):
    with pytest.raises(ChronocoverError, match="Learn from fewer pixels"):
        draw_pixels(series, ["v"], PixelDraw(10**6), EngineOptions(1, 1))
