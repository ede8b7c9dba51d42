"""The journal: it keeps results as they are, survives any damage, and never gets in the way of a run."""

import errno
import hashlib
import json
import os
import pickle
import subprocess
import sys
import textwrap
import threading
import time
import weakref
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from chronocover.core import files, journal
from chronocover.core.blocks import EngineOptions, plan_blocks
from chronocover.core.engine import run_blocks
from chronocover.core.errors import CancelledError
from chronocover.core.feedback import Feedback
from chronocover.core.files import atomic_output
from chronocover.core.grid import Grid
from chronocover.core.identity import RunIdentity, plain
from chronocover.core.raster_writing import RasterOutput, raster_writer

GRID = Grid("", (500000.0, 10.0, 0.0, 5100000.0, 0.0, -10.0), 320, 320)
OPTIONS = EngineOptions(memory_mb=1, threads=2)
NOISE = np.random.default_rng(0).integers(0, 255, (320, 320)).astype("uint8")


@pytest.fixture(autouse=True)
def long_runs(monkeypatch):
    """As if each run took hours."""
    monkeypatch.setattr(journal, "BEGIN_AFTER", 0.0)
    monkeypatch.setattr(journal, "KEEP_AFTER", 0.0)


class Log(Feedback):
    def __init__(self, cancel_at=2.0):
        self.lines, self.cancel_at, self.fraction = [], cancel_at, 0.0

    def info(self, text):
        self.lines.append(text)

    def warning(self, text):
        self.lines.append(text)

    def progress(self, fraction):
        self.fraction = fraction

    def is_cancelled(self):
        return self.fraction >= self.cancel_at


def write(path, log=None, settings="same", options=OPTIONS):
    """Write NOISE block by block; returns what it told and the blocks that were computed."""
    plan = plan_blocks(GRID, bytes_per_pixel=1000, options=options)
    identity = RunIdentity({"what": settings}, [], plan, temporary_folder=options.temporary_folder)
    computed, log = [], log or Log()

    def compute(block):
        computed.append(block.index)
        part = block.window
        return NOISE[part.row : part.row + part.height, part.column : part.column + part.width]

    target = RasterOutput(str(path), 1, gdal.GDT_Byte)
    with raster_writer(GRID, [target], tile=plan.tile, feedback=log, identity=identity) as writer:
        run_blocks(
            GRID, [], compute, lambda block, values: writer.write(block.window, values), options=options, feedback=log,
            plan=plan, journal=writer.journal,
        )  # fmt: skip
    return log, computed


def interrupted(path, share=0.6, **more):
    with pytest.raises(CancelledError):
        write(path, Log(share), **more)
    kept = Path(files.journal_path(str(path)))
    assert kept.exists() and not path.exists()
    return kept


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The bytes of the file that an undisturbed run writes, and how many blocks it takes."""
    path = tmp_path_factory.mktemp("whole") / "map.tif"
    _, computed = write(path)
    return path.read_bytes(), len(computed)


def test_a_run_goes_on_from_its_finished_blocks(tmp_path, whole):
    path = tmp_path / "map.tif"
    interrupted(path)
    _, computed = write(path)
    assert path.read_bytes() == whole[0] and 0 < len(computed) <= whole[1] * 0.45
    assert os.listdir(tmp_path) == ["map.tif"]


def test_other_threads_go_on_as_well(tmp_path, whole):
    path = tmp_path / "map.tif"
    interrupted(path)
    _, computed = write(path, options=EngineOptions(memory_mb=1, threads=5))
    assert path.read_bytes() == whole[0] and len(computed) < whole[1]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-5],  # cut short
        lambda data: data + b"\0" * 10,
        lambda data: data + b"\0" * 8000,  # as a file may end after a power failure
        lambda data: data[: len(data) // 2] + b"\0" * (len(data) - len(data) // 2),
        lambda data: data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :],
        lambda data: b"",
        lambda data: b"something else",
        lambda data: journal.MAGIC + b"{not json\n",
    ],
)
def test_a_damaged_journal_costs_time_not_pixels(tmp_path, whole, damage):
    path = tmp_path / "map.tif"
    kept = interrupted(path)
    kept.write_bytes(damage(kept.read_bytes()))
    _, computed = write(path)
    assert path.read_bytes() == whole[0] and computed
    assert os.listdir(tmp_path) == ["map.tif"]


def test_a_journal_of_another_run_is_not_used(tmp_path, whole):
    path = tmp_path / "map.tif"
    interrupted(path)
    log, computed = write(path, settings="other")
    assert len(computed) == whole[1]
    assert any("settings (what) changed. Starting anew" in line for line in log.lines)


def test_an_input_that_changed_before_the_journal_began_is_no_part_of_it(tmp_path, monkeypatch):
    source = tmp_path / "input.tif"
    source.write_bytes(b"before")
    plan = plan_blocks(GRID, options=OPTIONS)
    identity, log = RunIdentity({}, [], plan, [str(source)]), Log()
    with journal.run_journal(str(tmp_path / "map.tif"), identity, 0, log) as kept:
        source.write_bytes(b"and after")
        kept.add(0, 1.0)
        assert not kept.begun
    assert log.lines == ["This run could not go on if it were interrupted: an input was changed meanwhile."]
    assert os.listdir(tmp_path) == ["input.tif"]


def test_cancelling_does_not_wait_for_the_look_at_many_inputs(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.tif").write_bytes(b"x")
    identity = RunIdentity({}, [], plan_blocks(GRID, options=OPTIONS), [str(path) for path in tmp_path.iterdir()])
    with pytest.raises(CancelledError):
        identity.facts(Log(cancel_at=0.0))


def test_what_is_computed_twice_at_once_is_not_mixed(tmp_path, whole):
    path = tmp_path / "map.tif"
    kept = interrupted(path)
    with open(kept, "r+b") as file:
        assert journal.try_lock(file)  # as the other run would
        log, computed = write(path)
    assert len(computed) == whole[1] and any("Another run" in line for line in log.lines)
    assert path.read_bytes() == whole[0]


def test_an_output_in_use_can_be_replaced_later_without_computing_anew(tmp_path, whole, monkeypatch):
    path = tmp_path / "map.tif"
    replace = os.replace

    def refuse(source, target):
        if str(target).endswith("map.tif"):
            raise PermissionError(13, "The file is used by another process")
        replace(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(files.os, "replace", refuse)
        with pytest.raises(files.ChronocoverError, match="open in another program"):
            write(path)
    _, computed = write(path)
    assert computed == [] and path.read_bytes() == whole[0]


def test_without_room_the_run_goes_on_without_a_journal(tmp_path, whole, monkeypatch):
    path = tmp_path / "map.tif"
    monkeypatch.setattr(journal, "SYNC_EVERY", 0.0)
    monkeypatch.setattr(journal, "FREE_AT_LEAST", 1 << 62)
    log, _ = write(path)
    assert path.read_bytes() == whole[0] and os.listdir(tmp_path) == ["map.tif"]
    assert any("could not go on if it were interrupted" in line for line in log.lines)


def test_short_runs_keep_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "KEEP_AFTER", 30.0)
    with pytest.raises(CancelledError):
        write(tmp_path / "map.tif", Log(0.6))
    assert os.listdir(tmp_path) == []
    with pytest.raises(CancelledError):
        write(tmp_path / "map.tif", Log(0.6), options=EngineOptions(1, 2, temporary_folder=str(tmp_path)))
    assert os.listdir(tmp_path) == []


def test_leftovers_of_killed_runs_are_removed_and_of_living_ones_kept(tmp_path):
    script = "import os, sys; sys.path[:0] = sys.argv[1:2]; import conftest\n"
    script += "from chronocover.core.files import atomic_output\n"
    script += (
        "context = atomic_output(sys.argv[2]); open(context.__enter__(), 'w').write('half'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script, str(Path(__file__).parents[1]), str(tmp_path / "dead.txt")])
    old, young = tmp_path / ".old.tif.unfinished", tmp_path / ".young.tif.unfinished"
    for kept in (old, young):
        kept.write_bytes(journal.MAGIC)
    os.utime(old, (time.time() - 15 * 86400,) * 2)
    assert len(os.listdir(tmp_path)) == 3
    with atomic_output(str(tmp_path / "living.txt")) as living:
        Path(living).write_text("x")
        with atomic_output(str(tmp_path / "other.txt")) as other:
            Path(other).write_text("y")
        assert Path(living).exists()
    assert sorted(os.listdir(tmp_path)) == [".young.tif.unfinished", "living.txt", "other.txt"]


class Failing:
    """An open journal on a disk that is full or gone, as the system tells it."""

    def __init__(self, file, failing):
        self._file, self._failing = file, failing

    def __getattr__(self, name):
        if name in self._failing:
            raise OSError(self._failing[name], os.strerror(self._failing[name]))
        return getattr(self._file, name)

    def close(self):
        self._file.close()
        if "close" in self._failing:
            raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    "failing", [{"write": errno.ENOSPC}, {"close": errno.ENOSPC}, {"readinto": errno.EIO}, {"seek": errno.ESTALE}]
)
@pytest.mark.parametrize("resumed", [False, True])
def test_a_run_never_fails_for_its_journal(tmp_path, whole, monkeypatch, failing, resumed):
    path = tmp_path / "map.tif"
    if resumed:
        interrupted(path)
    opened = open
    broken = lambda name, mode: Failing(opened(name, mode), failing) if str(name).endswith(".unfinished") else None  # noqa: E731
    monkeypatch.setattr(journal, "open", broken, raising=False)
    write(path)
    monkeypatch.undo()
    assert path.read_bytes() == whole[0] and os.listdir(tmp_path) == ["map.tif"]


def test_cancelling_does_not_wait_for_a_slow_disk(tmp_path, monkeypatch):
    released, written = threading.Event(), []
    monkeypatch.setattr(journal, "SYNC_EVERY", 0.0)
    monkeypatch.setattr(journal, "JOIN_SECONDS", 0.01)
    monkeypatch.setattr(journal, "put_on_disk", lambda path: written.append(released.wait(30)))
    try:
        interrupted(tmp_path / "map.tif")
        assert written == []
    finally:
        released.set()
    log, _ = write(tmp_path / "map.tif")
    assert log.lines[0].startswith("Going on")


def test_the_journal_of_a_run_that_goes_on_is_not_removed_by_another(tmp_path):
    path = tmp_path / "map.tif"
    kept = interrupted(path)
    with open(kept, "r+b") as file:
        assert journal.try_lock(file)  # as the other run would
        write(path)
        assert kept.exists()
    write(path)
    assert os.listdir(tmp_path) == ["map.tif"]


def test_a_temporary_output_is_told_to_be_one_that_cannot_go_on(tmp_path):
    temporary = EngineOptions(1, 2, temporary_folder=str(tmp_path))
    log, _ = write(tmp_path / "map.tif", options=temporary)
    assert any("could not go on if it were interrupted: its output is a temporary file" in line for line in log.lines)
    assert os.listdir(tmp_path) == ["map.tif"]


@pytest.mark.parametrize(
    "value",
    [
        None,
        (np.arange(12, dtype="uint16").reshape(3, 4)[:, ::2], 7, []),
        [np.float32(1.5), np.zeros((0, 3)), float("nan"), True, "é", {"a": (1, [2.5])}],
        np.array([np.nan, np.inf, -0.0], dtype="float32"),
        np.arange(6, dtype=">i2"),
    ],
)
def test_results_come_back_as_they_were(value):
    pieces = journal._encoded(value)
    back = journal._decoded(bytearray(b"".join(pieces)), "x")
    assert pickle.dumps(flat(back)) == pickle.dumps(flat(value))


def flat(value):
    if isinstance(value, np.ndarray):
        return ["array", value.dtype.str, value.shape, value.tobytes()]
    if isinstance(value, np.generic):
        return ["scalar", value.dtype.str, value.tobytes()]
    if isinstance(value, (list, tuple)):
        return [type(value).__name__, *map(flat, value)]
    return {key: flat(item) for key, item in value.items()} if isinstance(value, dict) else value


def test_objects_are_never_stored():
    for value in (object(), np.array([object()]), {1: 2}):
        with pytest.raises(TypeError):
            journal._encoded(value)


def test_settings_count_by_their_values():
    @dataclass(frozen=True)
    class Setting:
        number: float
        values: np.ndarray

        def apply(self, x):
            return x

    def inner(factor):
        return lambda x: x * factor

    same, other = Setting(0.1, np.arange(3.0)), Setting(0.1, np.arange(3.0) + 1)
    assert plain(same) == plain(Setting(0.1, np.arange(3.0))) != plain(other)
    assert plain(same.apply) != plain(other.apply) and plain(inner(2)) == plain(inner(2)) != plain(inner(3))
    assert json.loads(json.dumps(plain({"a": (same, inner(2), None)})))
    with pytest.raises(TypeError):
        plain(object())


KILLED = """
    import hashlib, json, os, random, signal, sys, time
    sys.path[:0] = [sys.argv[1], os.path.dirname(sys.argv[1]) + "/tests/core"]
    import conftest
    import test_journal as t
    t.journal.BEGIN_AFTER = 0.0
    folder, random = sys.argv[2], random.Random(int(sys.argv[3]))
    path = t.Path(folder) / "map.tif"
    slow = t.run_blocks

    def slowly(grid, sources, compute, consume, **more):
        def with_pause(block):
            time.sleep(0.015)
            return compute(block)
        return slow(grid, sources, with_pause, consume, **more)

    t.run_blocks = slowly
    sizes = []
    for _ in range(20):
        child = os.fork()
        if child == 0:
            t.write(path)
            os._exit(0)
        time.sleep(random.uniform(0.0, 0.15))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        kept = t.files.journal_path(str(path))
        sizes.append(os.path.getsize(kept) if os.path.exists(kept) else None)
        assert not path.exists()
    t.run_blocks = slow
    log, computed = t.write(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    print(json.dumps([digest, sorted(os.listdir(folder)), sizes, len(computed)]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only POSIX systems can fork a process")
def test_killed_twenty_times_at_random_nothing_is_lost_or_half_written(tmp_path, whole):
    tests = str(Path(__file__).parents[1])
    arguments = [sys.executable, "-c", textwrap.dedent(KILLED), tests, str(tmp_path), "1"]
    done = subprocess.run(arguments, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found, names, sizes, computed = json.loads(done.stdout.splitlines()[-1])
    assert found == hashlib.sha256(whole[0]).hexdigest() and names == ["map.tif"]
    assert computed < whole[1]  # the last run had less to do
    grown = [size for size in sizes if size is not None]
    assert len(grown) > 5 and sorted(grown) == grown  # what is finished stays so


def test_a_journal_holds_no_result_in_memory(tmp_path):
    array = np.zeros(10)
    alive = weakref.ref(array)
    plan = plan_blocks(GRID, options=OPTIONS)
    with journal.run_journal(str(tmp_path / "map.tif"), RunIdentity({}, [], plan), 0, Log()) as kept:
        kept.add(0, ([array], {"a": 1}))
        del array
        assert alive() is None  # at once, not when Python looks for cycles
        assert kept.results_of([0]) == [([pytest.approx(np.zeros(10))], {"a": 1})]


KILLED_WHILE_RENAMING = """
    import json, os, signal, sys
    sys.path[:0] = [sys.argv[1], os.path.dirname(sys.argv[1]) + "/tests/core"]
    import conftest
    import test_journal as t
    t.journal.BEGIN_AFTER = 0.0
    folder = t.Path(sys.argv[2])
    rename, seen = os.replace, []
    for number in range(100):
        for name in os.listdir(folder):
            if not name.startswith("."):
                os.remove(folder / name)
        child = os.fork()
        if child == 0:
            def dying(source, target):
                seen.append(target)
                if len(seen) > number:
                    os.kill(os.getpid(), signal.SIGKILL)
                rename(source, target)

            t.files.os.replace = dying
            t.write_two(folder)
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            break
        left = sorted(name for name in os.listdir(folder) if not name.startswith("."))
        computed = t.write_two(folder)
        print(json.dumps([left, computed, sorted(os.listdir(folder))]))
"""


def write_two(folder):
    """Write a map with a style, and how sure it is; returns the blocks that were computed."""
    plan = plan_blocks(GRID, bytes_per_pixel=1000, options=OPTIONS)
    computed = []

    def compute(block):
        computed.append(block.index)
        return np.ones((block.window.height, block.window.width), "uint8")

    def style(dataset, path):
        Path(path).with_suffix(".qml").write_text("style")

    outputs = [
        RasterOutput(str(folder / "map.tif"), 1, gdal.GDT_Byte, describe=style),
        RasterOutput(str(folder / "sure.tif"), 1, gdal.GDT_Byte),
    ]
    with raster_writer(GRID, outputs, tile=plan.tile, identity=RunIdentity({}, [], plan)) as writer:
        run_blocks(
            GRID, [], compute, lambda block, values: writer.write(block.window, values, values), options=OPTIONS,
            plan=plan, journal=writer.journal,
        )  # fmt: skip
    return computed


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only POSIX systems can fork a process")
def test_killed_while_the_outputs_get_their_names_nothing_is_computed_anew(tmp_path):
    tests = str(Path(__file__).parents[1])
    arguments = [sys.executable, "-c", textwrap.dedent(KILLED_WHILE_RENAMING), tests, str(tmp_path)]
    done = subprocess.run(arguments, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [left for left, _, _ in lines] == [[], ["sure.tif"], ["map.qml", "sure.tif"]]  # the map comes last
    assert all(computed == [] and names == ["map.qml", "map.tif", "sure.tif"] for _, computed, names in lines)
