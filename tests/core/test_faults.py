"""What goes wrong outside: damaged and vanishing images, full and read-only disks, files in use. With real ones."""

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from scenes import write_raster, write_series

from chronocover.core import files, journal
from chronocover.core.engine import EngineOptions
from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.series import open_files
from chronocover.core.series.image_series import ImageSeries, SeriesBand, describe_bands
from chronocover.core.series.processing import process_series

DATES = [f"2021-{month:02d}-05" for month in range(1, 10)]
SIDE = 320
SMALL = EngineOptions(memory_mb=2, threads=2)


@pytest.fixture
def disk(tmp_path):
    """Makes disks of so many kilobytes, which are real to the system; skips where it does not allow that."""
    with contextlib.ExitStack() as stack:

        def make(kilobytes, *options):
            folder = tmp_path / f"disk of {kilobytes} kB"
            folder.mkdir()
            settings = ",".join((f"size={kilobytes}k", *options))
            try:
                mount = ["mount", "-t", "tmpfs", "-o", settings, "tmpfs", str(folder)]
                done = subprocess.run(mount, capture_output=True, text=True)
            except OSError as error:
                pytest.skip(f"no disk can be made here: {error}")
            if done.returncode:
                pytest.skip(f"no disk can be made here: {done.stderr.strip()}")
            stack.callback(subprocess.run, ["umount", "-l", str(folder)])
            return folder

        yield make


@pytest.fixture
def images(tmp_path):
    """A series as a VRT over one file of noise a date; returns its path and the files'."""
    random = np.random.default_rng(4)
    paths = []
    for date in DATES:
        noise = random.integers(0, 10_000, (SIDE, SIDE)).astype("int16")
        options = ["TILED=YES", "COMPRESS=DEFLATE", "BLOCKXSIZE=64", "BLOCKYSIZE=64"]
        paths.append(write_raster(tmp_path / f"image_{date}.tif", noise, options=options))
    path = str(tmp_path / "series.vrt")
    dataset = gdal.BuildVRT(path, paths, options=gdal.BuildVRTOptions(separate=True))
    import datetime

    days = [datetime.date.fromisoformat(date) for date in DATES]
    describe_bands(dataset, [SeriesBand(i + 1, day, "ndvi", "data", scale=1e-4) for i, day in enumerate(days)])
    dataset = None
    return path, [Path(path) for path in paths]


def copy(series, output, feedback=None):
    """Every value as float32, through the engine: nine bands of noise, 3.7 MB, hardly to be compressed."""
    return process_series(ImageSeries.open(str(series)), [], str(output), options=SMALL, feedback=feedback)


def no_thread_is_left():
    return not [thread for thread in threading.enumerate() if thread.name.startswith("chronocover-")]


class Meanwhile(Feedback):
    """Does something once, when a share of the run is done."""

    def __init__(self, share, act):
        self.share, self.act, self.lines, self.stopped = share, act, [], False

    def progress(self, fraction):
        if self.act and fraction >= self.share:
            act, self.act = self.act, None
            act()

    def info(self, text):
        self.lines.append(text)

    warning = info

    def is_cancelled(self):
        return self.stopped


def test_a_truncated_image_is_told_with_its_date_and_place(images, tmp_path):
    series, paths = images
    data = paths[3].read_bytes()
    paths[3].write_bytes(data[: len(data) // 2])
    with pytest.raises(
        ChronocoverError, match=r"image_2021-04-05\.tif.*2021-04-05.*columns \d+ to \d+, rows \d+ to \d+"
    ):
        copy(series, tmp_path / "out" / "copy.tif")
    assert not (tmp_path / "out").exists() and no_thread_is_left()


def test_a_missing_image_behind_a_warped_one_is_named(images, tmp_path):
    series, paths = images
    warped, other = str(tmp_path / "warped.vrt"), str(tmp_path / "other.vrt")
    gdal.Warp(warped, str(paths[3]), format="VRT", dstSRS="EPSG:32633", outputBounds=[500100, 5097000, 503200, 5099900])
    mixed = [str(path) for path in paths]
    mixed[3] = warped
    dataset = gdal.BuildVRT(other, mixed, options=gdal.BuildVRTOptions(separate=True))
    describe_bands(dataset, ImageSeries.open(series).bands)
    dataset = None
    paths[3].unlink()
    with pytest.raises(ChronocoverError, match=r"other\.vrt \(2021-04-05\).*image_2021-04-05\.tif.*No such file"):
        copy(other, tmp_path / "copy.tif")
    assert not (tmp_path / "copy.tif").exists()


def test_an_image_that_vanishes_or_breaks_meanwhile_is_told(images, tmp_path, monkeypatch):
    series, paths = images
    monkeypatch.setattr(open_files, "allowed", lambda: 0)  # one open file, as with thousands of images
    log = Meanwhile(0.3, paths[6].unlink)
    with pytest.raises(ChronocoverError, match=r"image of 2021-07-05.*image_2021-07-05\.tif"):
        copy(series, tmp_path / "copy.tif", log)
    assert log.act is None and not (tmp_path / "copy.tif").exists() and no_thread_is_left()


def test_a_series_that_is_cut_short_meanwhile_is_told(images, tmp_path):
    path = tmp_path / "one.tif"
    values = np.random.default_rng(0).integers(0, 9999, (9, 1, SIDE, SIDE)).astype("int16")
    write_series(path, values, DATES, ["ndvi"], options=["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"])
    with pytest.raises(ChronocoverError, match=r"one\.tif \(2021-.*rows \d+ to \d+"):
        copy(path, tmp_path / "copy.tif", Meanwhile(0.3, lambda: os.truncate(path, 300_000)))
    assert not (tmp_path / "copy.tif").exists()


@pytest.fixture
def gdal_exceptions():
    """Turns GDAL's exceptions on or off: programs differ, and QGIS's own plugins turn them on."""
    before = gdal.GetUseExceptions()
    yield lambda wanted: gdal.UseExceptions() if wanted else gdal.DontUseExceptions()
    (gdal.UseExceptions if before else gdal.DontUseExceptions)()


def test_a_disk_that_is_too_small_is_told_before_the_work(images, disk):
    folder = disk(64)
    with pytest.raises(ChronocoverError, match=r"too little room in .*: [1-6]\d kB are free, and the outputs are 4 MB"):
        copy(images[0], folder / "copy.tif", Meanwhile(0.0, lambda: pytest.fail("it has begun")))
    assert os.listdir(folder) == []


@pytest.mark.parametrize("exceptions", [True, False])
@pytest.mark.parametrize("extension", ["tif", "img"])
def test_a_disk_that_gets_full_is_told_and_left_clean(images, disk, extension, exceptions, gdal_exceptions):
    gdal_exceptions(exceptions)
    folder = disk(1500)
    log = Meanwhile(2.0, None)
    words = rf"copy\.{extension} failed.*\d [kM]B are free there, the file takes up to 4 MB"
    with pytest.raises(ChronocoverError, match=words):
        copy(images[0], folder / f"copy.{extension}", log)
    assert any("may be too little room" in line for line in log.lines)
    assert os.listdir(folder) == [] and no_thread_is_left()


def test_a_disk_with_room_for_the_output_alone_gets_no_journal(images, disk, monkeypatch):
    monkeypatch.setattr(journal, "BEGIN_AFTER", 0.0)
    folder = disk(4600)
    log = Meanwhile(2.0, None)
    copy(images[0], folder / "copy.tif", log)
    assert os.listdir(folder) == ["copy.tif"]
    assert any("the outputs may need the room" in line for line in log.lines)


def test_a_disk_that_fills_up_meanwhile_costs_the_journal_first(images, disk, monkeypatch):
    monkeypatch.setattr(journal, "BEGIN_AFTER", 0.0)
    monkeypatch.setattr(journal, "FREE_AT_LEAST", 0)
    monkeypatch.setattr(journal, "SYNC_BYTES", 1 << 16)
    folder = disk(6000)
    log = Meanwhile(0.3, lambda: (folder / "of another program").write_bytes(bytes(1_200_000)))
    copy(images[0], folder / "copy.tif", log)
    assert sorted(os.listdir(folder)) == ["copy.tif", "of another program"]
    assert any("could not go on" in line for line in log.lines)


def test_a_folder_that_vanishes_meanwhile_is_told(images, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    log = Meanwhile(0.3, lambda: shutil.rmtree(folder))
    with pytest.raises(ChronocoverError, match=r"stick vanished while copy\.tif was written"):
        copy(images[0], folder / "copy.tif", log)
    assert log.act is None and not folder.exists() and no_thread_is_left()


def test_an_output_that_cannot_be_replaced_keeps_what_belongs_to_it(tmp_path):
    path = tmp_path / "map.tif"
    for name in ("map.qml", "map.tif.aux.xml", "map.tif.ovr"):
        (tmp_path / name).write_text("before")
    before = {entry.name for entry in tmp_path.iterdir()}
    with (
        pytest.raises(ChronocoverError, match=r"Cannot replace .*map\.tif"),
        files.atomic_output(str(path)) as work,
    ):
        for name in (work, os.path.splitext(work)[0] + ".qml", work + ".aux.xml"):
            Path(name).write_text("after")
        path.mkdir()  # what cannot be replaced by a file anywhere
    path.rmdir()
    assert {entry.name for entry in tmp_path.iterdir()} == before
    assert {(tmp_path / name).read_text() for name in before} == {"before"}


def test_a_read_only_disk_and_a_folder_that_is_a_file_are_refused(disk, tmp_path):
    folder = disk(100, "ro")
    with pytest.raises(ChronocoverError, match="no permission to write"):
        files.check_output_files([str(folder / "new" / "map.tif")])
    with (
        pytest.raises(ChronocoverError, match="Cannot write in the folder"),
        files.atomic_output(str(folder / "x.tif")),
    ):
        pytest.fail("it has begun")
    (tmp_path / "file").write_text("")
    with pytest.raises(ChronocoverError, match="is a file"):
        files.check_output_files([str(tmp_path / "file" / "map.tif")])


def test_a_read_only_file_is_refused_and_stays(tmp_path):
    path = tmp_path / "map.tif"
    path.write_text("mine")
    path.chmod(0o444)
    with pytest.raises(ChronocoverError, match="read-only file"):
        files.check_output_files([str(path)])
    assert path.read_text() == "mine"


def test_a_file_that_another_program_has_locked_is_refused(tmp_path):
    path = tmp_path / "map.tif"
    path.write_text("mine")
    script = "import sys; sys.path.insert(0, sys.argv[1]); import conftest\n"
    script += "from chronocover.core.locking import try_lock\n"
    script += "file = open(sys.argv[2], 'r+b'); print(try_lock(file), flush=True); input()"
    command = [sys.executable, "-c", script, str(Path(__file__).parents[1]), str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "True\n"
        with pytest.raises(ChronocoverError, match="open in another program"):
            files.check_output_files([str(path)])
        other.communicate("\n")
    files.check_output_files([str(path)])


def test_a_file_that_windows_will_not_replace_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "map.tif"
    path.write_text("mine")

    def refuse(source, target):
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr(files.os, "rename", refuse)
    with pytest.raises(ChronocoverError, match="open in another program or a layer of the project"):
        files.check_output_files([str(path)])


def test_after_a_cancel_nothing_is_left_and_everything_works(images, tmp_path):
    before = gdal.GetCacheMax()
    log = Meanwhile(0.4, lambda: setattr(log, "stopped", True))
    with pytest.raises(CancelledError):
        copy(images[0], tmp_path / "new folder" / "copy.tif", log)
    assert not (tmp_path / "new folder").exists() and no_thread_is_left() and gdal.GetCacheMax() == before
    copy(images[0], tmp_path / "new folder" / "copy.tif")
    found = gdal.OpenEx(str(tmp_path / "new folder" / "copy.tif")).ReadAsArray()
    expected = np.stack([gdal.OpenEx(str(path)).ReadAsArray() for path in images[1]]) * np.float32(1e-4)
    np.testing.assert_allclose(found, expected, rtol=1e-6)
