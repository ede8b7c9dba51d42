"""Rasters of a run are whole or absent, in every format."""

import collections

import numpy as np
import pytest
from osgeo import gdal

from chronocover.core import raster_writing
from chronocover.core.engine import plan_blocks, run_blocks
from chronocover.core.errors import ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.grid import Grid, Window
from chronocover.core.raster_writing import RasterOutput, raster_writer

GRID = Grid("", (500000.0, 10.0, 0.0, 5100000.0, 0.0, -10.0), 700, 600)
NOISE = np.random.default_rng(0).integers(0, 255, (2, 600, 700)).astype("uint8")


def write(path, window=None, **more):
    plan = plan_blocks(GRID, window=window)
    with raster_writer(
        GRID, [RasterOutput(str(path), 2, gdal.GDT_Byte)], window=window, tile=plan.tile, **more
    ) as writer:

        def compute(block):
            part = block.window
            return NOISE[:, part.row : part.row + part.height, part.column : part.column + part.width]

        run_blocks(GRID, [], compute, lambda block, values: writer.write(block.window, values), plan=plan)


@pytest.mark.parametrize("extension", ["tif", "img", "dat"])
@pytest.mark.parametrize("window", [None, Window(33, 100, 301, 257)])
def test_a_raster_is_what_was_written(tmp_path, extension, window):
    write(tmp_path / f"r.{extension}", window)
    part = window or Window(0, 0, 700, 600)
    dataset = gdal.OpenEx(str(tmp_path / f"r.{extension}"))
    expected = NOISE[:, part.row : part.row + part.height, part.column : part.column + part.width]
    np.testing.assert_array_equal(dataset.ReadAsArray(), expected)
    assert dataset.GetGeoTransform()[0] == 500000 + 10 * part.column


def test_no_compressed_tile_is_written_twice(tmp_path):
    write(tmp_path / "blocks.tif")
    write_at_once = gdal.GetDriverByName("GTiff").Create(
        str(tmp_path / "once.tif"), 700, 600, 2, gdal.GDT_Byte,
        ["TILED=YES", "COMPRESS=DEFLATE", "ZLEVEL=1", "INTERLEAVE=BAND"],
    )  # fmt: skip
    write_at_once.WriteArray(NOISE)
    write_at_once = None
    sizes = [(tmp_path / name).stat().st_size for name in ("blocks.tif", "once.tif")]
    assert sizes[0] <= sizes[1] * 1.01


@pytest.mark.parametrize("extension", ["tif", "img", "dat"])
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path, extension):
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
    try:
        with pytest.raises(ChronocoverError, match="MB are free there"):
            write(tmp_path / f"r.{extension}")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


def test_too_little_room_is_told_before_the_start(tmp_path, monkeypatch):
    usage = collections.namedtuple("usage", "total used free")
    monkeypatch.setattr(raster_writing.shutil, "disk_usage", lambda folder: usage(10**9, 0, 50_000))
    with pytest.raises(ChronocoverError, match="too little room"):
        write(tmp_path / "r.tif")

    class Listening(Feedback):
        texts = []

        def warning(self, text):
            self.texts.append(text)

    monkeypatch.setattr(raster_writing.shutil, "disk_usage", lambda folder: usage(10**9, 0, 500_000))
    write(tmp_path / "r.tif", feedback=Listening())
    assert "may be too little room" in Listening.texts[0]


def test_an_error_in_the_middle_leaves_the_earlier_file(tmp_path):
    write(tmp_path / "r.tif")
    before = (tmp_path / "r.tif").read_bytes()
    with pytest.raises(RuntimeError), raster_writer(GRID, [RasterOutput(str(tmp_path / "r.tif"), 1, gdal.GDT_Byte)]):
        raise RuntimeError("something else")
    assert (tmp_path / "r.tif").read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["r.tif"]
