"""Blocks that are computed by a real Dask cluster: the local result to the bit, whoever dies, and plain errors."""

import datetime
import pickle
import shutil
import socket
import sys
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from operator import methodcaller
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from osgeo import gdal
from scenes import write_raster, write_series

pytest.importorskip("distributed", reason="the cluster's tests need dask and distributed: requirements-cluster.txt")

import distributed
from dask_cluster import DaskCluster
from distributed import Client
from linear_model import card_for, write_linear_model

from chronocover.core import cluster, cluster_connection
from chronocover.core.cluster_worker import REFUSED, Work
from chronocover.core.engine import EngineOptions, run_blocks
from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.grid import Grid
from chronocover.core.series.image_series import ImageSeries
from chronocover.core.series.reading import SeriesSource
from chronocover.models.device_choices import CUDA
from chronocover.models.mapping import MapFiles, classify_series
from chronocover.models.session import ModelSession

DATES = [datetime.date(2021, 3, 1) + datetime.timedelta(days=20 * i) for i in range(6)]
ROWS, COLUMNS = 300, 320


@pytest.fixture(scope="module")
def dask(tmp_path_factory):
    started = DaskCluster(tmp_path_factory.mktemp("dask"))
    started.start_worker()
    started.start_worker(threads=2)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """A series of many blocks without gaps, and a model of it."""
    folder = tmp_path_factory.mktemp("scène")
    stored = np.random.default_rng(3).integers(0, 10_000, (6, 2, ROWS, COLUMNS)).astype("int16")
    options = ["TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=32"]
    series = write_series(folder / "série.tif", stored, DATES, ["red", "nir"], scale=1e-4, nodata=-1, options=options)
    return series, write_linear_model(folder / "model.onnx", card_for(DATES, ["red", "nir"]))


class Log(Feedback):
    """Keeps what is said; calls ``then`` once when a share of the run is done."""

    def __init__(self, at=2.0, then=None):
        self.lines, self.at, self.then, self.cancelled = [], at, then, False

    def info(self, text):
        self.lines.append(text)

    warning = info

    def progress(self, fraction):
        if fraction >= self.at and self.then:
            then, self.then = self.then, None
            then(self)

    def is_cancelled(self):
        return self.cancelled

    def cancel(self):
        self.cancelled = True


def classified(scene, folder, scheduler="", feedback=None, **more):
    """The bytes of the map, the probabilities and the confidence."""
    files = [folder / name for name in ("map.tif", "probabilities.tif", "confidence.tif")]
    options = EngineOptions(memory_mb=1, threads=2, scheduler=scheduler)
    classify_series(*scene, MapFiles(*map(str, files)), options=options, feedback=feedback, **more)
    made = [file.read_bytes() for file in files]
    for file in folder.iterdir():
        file.unlink()
    return made


def tasks_left(dask):
    """Keys of ours that the scheduler still knows."""
    with Client(dask.address, set_as_default=False) as client:
        for _ in range(100):
            known = client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.tasks))
            left = [key for key in known if str(key).startswith("chronocover")]
            if not left:
                return []
            time.sleep(0.05)
    return left


def test_a_worker_that_dies_has_its_blocks_redone_and_the_map_is_the_local_one_to_the_bit(dask, scene, tmp_path):
    expected = classified(scene, tmp_path)
    victim = dask.start_worker()
    with Client(dask.address, set_as_default=False) as client:
        client.wait_for_workers(3, timeout=30)

    log = Log(at=0.3, then=lambda log: victim.kill())
    assert classified(scene, tmp_path, dask.address, log) == expected
    assert victim.wait() == -9
    assert any(f"Dask cluster {dask.address} with 4 threads" in line for line in log.lines)
    assert tasks_left(dask) == []


def test_the_scheduler_may_be_named_by_its_file_and_workers_may_come_later(scene, tmp_path, tmp_path_factory):
    late = DaskCluster(tmp_path_factory.mktemp("late"))
    try:
        log = Log()
        threading.Timer(0.5, late.start_worker).start()
        assert classified(scene, tmp_path, str(late.file), log) == classified(scene, tmp_path)
        assert any("with 0 threads" in line for line in log.lines)
    finally:
        late.stop()


def test_the_plugin_folder_may_have_any_name(dask, scene, tmp_path, monkeypatch):
    """QGIS calls the package as its folder is called; workers never see that name."""
    expected = classified(scene, tmp_path)
    assert cluster.PACKAGE == "chronocover"
    with Client(dask.address, set_as_default=False) as client:
        assert classified(scene, tmp_path, dask.address) == expected
        modules = client.run(lambda: [name for name in sys.modules if name.startswith(("chronocover", "qgis"))])
    for names in modules.values():
        assert {name.split(".")[0] for name in names} <= {cluster._code()[0]}


class Ranges(SimpleHTTPRequestHandler):
    """Serves parts of files, as stores of images do."""

    def do_GET(self):
        content = Path(self.translate_path(self.path)).read_bytes() if self.path.endswith(".tif") else None
        if content is None:
            self.send_error(404)
            return
        first, last = (self.headers.get("Range") or f"bytes=0-{len(content) - 1}")[6:].split("-")
        part = content[int(first) : int(last) + 1]
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{int(first) + len(part) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)

    def log_message(self, *_):
        pass


def test_images_may_be_on_a_server(dask, scene, tmp_path):
    series, model = scene
    serve = partial(Ranges, directory=str(Path(series).parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"/vsicurl/http://127.0.0.1:{server.server_port}/{quote(Path(series).name)}"
        assert classified((url, model), tmp_path, dask.address) == classified((url, model), tmp_path)
        server.shutdown()


def test_a_damaged_file_is_named_and_nothing_is_left(dask, tmp_path):
    folder = tmp_path / "images"
    folder.mkdir()
    stored = np.random.default_rng(3).integers(0, 10_000, (6, 2, ROWS, COLUMNS)).astype("int16")
    tiles = ["TILED=YES", "COMPRESS=DEFLATE", "BLOCKXSIZE=32", "BLOCKYSIZE=32"]
    series = write_series(folder / "damaged é.tif", stored, DATES, ["red", "nir"], scale=1e-4, options=tiles)
    model = write_linear_model(folder / "model.onnx", card_for(DATES, ["red", "nir"]))
    content = (folder / "damaged é.tif").read_bytes()
    middle = len(content) // 2
    (folder / "damaged é.tif").write_bytes(content[:middle] + bytes(5000) + content[middle + 5000 :])
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(ChronocoverError, match=r"damaged é\.tif \(.*2021-.*Said by the worker tcp://127"):
        classified((series, model), out, dask.address, skip_units_check=True)
    assert list(out.iterdir()) == [] and tasks_left(dask) == []


def test_paths_may_start_from_the_folder_of_this_process(dask, scene, tmp_path, monkeypatch):
    """As in a script on the command line; the workers run in another folder."""
    series, model = scene
    mask = write_raster(Path(series).parent / "mask.tif", np.ones((ROWS, COLUMNS), "uint8"))
    monkeypatch.chdir(Path(series).parent.parent)
    relative, relative_mask = (str(Path(path).relative_to(Path.cwd())) for path in (series, mask))
    found = classified((relative, model), tmp_path, dask.address, mask_path=relative_mask)
    assert found == classified((relative, model), tmp_path, mask_path=relative_mask)


def test_a_file_that_a_worker_does_not_see_is_named(scene, tmp_path):
    series = shutil.copy(scene[0], tmp_path / "only here.tif")
    source = SeriesSource(ImageSeries.open(str(series)))
    job = Work.packed([source], methodcaller("index"), 1, "chronocover")
    Path(series).unlink()
    work = Work.of_job(job, "chronocover", 1, "tcp://there:1")
    outcome, _, _, sentence = pickle.loads(work.run((0, (0, 0, 16, 16), (0, 0, 16, 16))))
    assert outcome == REFUSED
    assert sentence.startswith(f"The worker tcp://there:1 does not see {series}. Workers read images by the same path")


def test_workers_without_the_device_say_so_once_and_so_does_the_map(dask, scene, tmp_path, monkeypatch):
    expected = classified(scene, tmp_path)
    monkeypatch.setattr(ModelSession, "device", CUDA)  # as if it were in this computer
    log, path = Log(), str(tmp_path / "map.tif")
    options = EngineOptions(memory_mb=1, threads=2, scheduler=dask.address)
    classify_series(*scene, MapFiles(path), options=options, feedback=log)
    (said,) = (line for line in log.lines if line.startswith("On workers of the cluster: CUDA cannot run the model: "))
    assert said.endswith("The processor (CPU) does.")
    dataset = gdal.Open(path)
    assert dataset.GetMetadataItem("CHRONOCOVER_DEVICE") == "CUDA and CPU"
    (tmp_path / "again.tif").write_bytes(expected[0])
    np.testing.assert_array_equal(dataset.ReadAsArray(), gdal.Open(str(tmp_path / "again.tif")).ReadAsArray())


def test_cancelling_ends_the_run_and_frees_the_cluster(dask, scene, tmp_path):
    with pytest.raises(CancelledError):
        classified(scene, tmp_path, dask.address, Log(at=0.2, then=Log.cancel))
    assert not list(tmp_path.glob("*.tif")) and tasks_left(dask) == []
    ours = [thread.name for thread in threading.enumerate() if thread.name.startswith("chronocover")]
    assert ours == []


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:{port}", "127.0.0.1:{port}", "tcp://nobody.invalid:8786", "tcp://127.0.0.1:x", "//"]
)
def test_an_address_without_scheduler_is_said_before_anything_is_written(scene, tmp_path, address):
    address = address.format(port=free_port())
    with pytest.raises(ChronocoverError, match="There is no Dask scheduler at") as caught:
        classified(scene, tmp_path, address)
    assert address in str(caught.value) and list(tmp_path.iterdir()) == []


def test_something_else_behind_the_address_is_no_scheduler(scene, tmp_path, monkeypatch):
    monkeypatch.setattr(cluster_connection, "CONNECT_SECONDS", 1.0)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(ChronocoverError, match="There is no Dask scheduler at"):
            classified(scene, tmp_path, f"tcp://127.0.0.1:{silent.getsockname()[1]}")


def test_a_scheduler_of_another_version_is_no_missing_one(dask, scene, tmp_path, monkeypatch):
    """What a Dask of 2026 gets from a scheduler of 2024."""

    def connect(*_, **__):
        raise TypeError("Scheduler.identity() got an unexpected keyword argument 'n_workers'")

    monkeypatch.setattr(distributed, "Client", connect)
    with pytest.raises(ChronocoverError, match=r"is there, but .*n_workers.* another version of Dask than 20\d\d\."):
        classified(scene, tmp_path, dask.address)


@pytest.mark.parametrize("content", [None, "", "{}", "[1]"])
def test_a_wrong_scheduler_file_is_named(scene, tmp_path, content):
    file = tmp_path / "scheduler é.JSON"
    if content is not None:
        file.write_text(content)
    with pytest.raises(ChronocoverError, match=r"scheduler é\.JSON is no file that a Dask scheduler wrote"):
        classified(scene, tmp_path / "out", str(file))


def test_workers_that_lack_a_package_are_explained(scene, tmp_path, tmp_path_factory):
    bare = DaskCluster(tmp_path_factory.mktemp("bare"))
    try:
        bare.start_worker(without=["onnxruntime"])
        with pytest.raises(ChronocoverError, match="lacks a Python package: No module named 'onnxruntime'"):
            classified(scene, tmp_path, bare.address)
    finally:
        bare.stop()


def test_a_scheduler_that_dies_is_said(scene, tmp_path, tmp_path_factory):
    doomed = DaskCluster(tmp_path_factory.mktemp("doomed"))
    try:
        doomed.start_worker()
        with pytest.raises(ChronocoverError, match=r"The connection to the Dask cluster tcp://.* was lost"):
            classified(scene, tmp_path, doomed.address, Log(at=0.2, then=lambda log: doomed.stop()))
        assert not list(tmp_path.glob("*.tif"))
    finally:
        doomed.stop()


def test_a_block_that_kills_its_workers_is_given_up(scene, tmp_path, tmp_path_factory, monkeypatch):
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    fragile = DaskCluster(tmp_path_factory.mktemp("fragile"))
    try:
        victim = fragile.start_worker()
        with pytest.raises(ChronocoverError, match=r"given up .* because 1 worker died over it.* memory"):
            classified(scene, tmp_path, fragile.address, Log(at=0.2, then=lambda log: victim.kill()))
    finally:
        fragile.stop()


def test_a_run_that_waits_for_workers_can_be_cancelled(scene, tmp_path, tmp_path_factory, monkeypatch):
    monkeypatch.setattr(cluster, "WAITING_SECONDS", 0.1)
    empty = DaskCluster(tmp_path_factory.mktemp("empty"))

    class UntilItWaits(Log):
        def is_cancelled(self):
            return any("has no workers at the moment" in line for line in self.lines)

    try:
        log = UntilItWaits()
        with pytest.raises(CancelledError):
            classified(scene, tmp_path, empty.address, log)
        assert tasks_left(empty) == [] and not list(tmp_path.glob("*.tif"))
        assert log.lines[-1].endswith("Waiting for some.")

        worker = empty.start_worker()  # such as one that cannot make anything of what it gets
        with Client(empty.address, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=30)
        log = UntilItWaits(at=0.2, then=lambda log: worker.kill())
        with pytest.raises(CancelledError):
            classified(scene, tmp_path, empty.address, log)
        assert f"see that they have Dask {distributed.__version__}, as here." in log.lines[-1]
    finally:
        empty.stop()


def test_without_the_package_distributed_it_says_so(monkeypatch, scene, tmp_path):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ChronocoverError, match=r"needs the Python package “distributed”.*requirements-cluster.txt"):
        classified(scene, tmp_path, "tcp://127.0.0.1:8786")


def test_a_function_that_cannot_be_sent_is_refused():
    grid = Grid("", (0.0, 10.0, 0.0, 0.0, 0.0, -10.0), 70, 50)
    options = EngineOptions(scheduler="tcp://127.0.0.1:1")
    with pytest.raises(TypeError, match="cannot be sent to a cluster"):
        run_blocks(grid, [], lambda block: block.index, lambda block, result: None, options=options)
    seen = []
    run_blocks(grid, [], lambda block: block.index, lambda block, index: seen.append(index), options=options.here())
    assert seen == [0]
