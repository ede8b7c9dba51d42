"""The engine: every pixel once, in order, in bounded memory, whatever the threads; prompt and clean ends."""

import os
import pickle
import threading
import time
from dataclasses import dataclass

import numpy as np
import pytest
from osgeo import gdal

from chronocover.core import freed_memory, peak_memory
from chronocover.core.engine import EngineOptions, plan_blocks, run_blocks
from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.grid import Grid, Window
from chronocover.core.stopping import check_stopped

GRID = Grid("", (0.0, 10.0, 0.0, 0.0, 0.0, -10.0), 700, 530)


@dataclass(frozen=True)
class Numbers:
    """A source whose pixel values are row × 1000 + column; counts what is open and alive."""

    grid: Grid = GRID
    block_size: tuple = (256, 256)
    bytes_per_pixel: int = 4
    working_bytes_per_pixel: int = 0
    cache_bytes: int = 0
    open_bytes: int = 0
    files: tuple = ()
    fails_at: int = -1
    opened = []
    alive = []

    def open(self):
        Numbers.opened.append(threading.current_thread().name)
        return Reader(self.fails_at)

    def physical(self, stored):
        return stored


class Reader:
    def __init__(self, fails_at):
        self.fails_at = fails_at

    def read_stored(self, window):
        if self.fails_at >= 0 and window.row >= self.fails_at:
            raise ChronocoverError("Cannot read image_3.tif (2021-03-06).")
        rows = np.arange(window.row, window.row + window.height)[:, None]
        return rows * 1000 + np.arange(window.column, window.column + window.width)[None]

    def close(self):
        Numbers.opened.remove(threading.current_thread().name)


class Recording(Feedback):
    def __init__(self, cancel_at=2.0):
        self.texts, self.fractions, self.cancel_at, self.cancelled = [], [], cancel_at, False

    def info(self, text):
        self.texts.append(text)

    def progress(self, fraction):
        self.fractions.append(fraction)
        self.cancelled = self.cancelled or fraction >= self.cancel_at

    def is_cancelled(self):
        return self.cancelled


def mosaic(sources=(Numbers(),), **keywords):
    """Run the identity and put the blocks together."""
    whole = np.full((GRID.height, GRID.width), -1)
    order = []

    def consume(block, result):
        assert threading.current_thread() is threading.main_thread()
        window = block.window
        target = whole[window.row : window.row + window.height, window.column : window.column + window.width]
        assert (target == -1).all(), "a pixel came twice"
        target[:] = result
        order.append(block.index)

    statistics = run_blocks(GRID, sources, lambda block, values: values[block.inner], consume, **keywords)
    return whole, order, statistics


EVERYTHING = np.arange(GRID.height)[:, None] * 1000 + np.arange(GRID.width)[None]


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("block_size", [(256, 256), (700, 1), (64, 64), (100, 37), (1024, 1024)])
@pytest.mark.parametrize("halo, divisible", [(0, False), (0, True), (3, False), (3, True)])
def test_every_pixel_comes_once_and_in_order(threads, block_size, halo, divisible):
    source = Numbers(block_size=block_size)
    options = EngineOptions(threads=threads)
    whole, order, statistics = mosaic([source], halo=halo, divisible=divisible, options=options)
    np.testing.assert_array_equal(whole, EVERYTHING)
    assert order == sorted(set(order))
    assert statistics.pixels == GRID.width * GRID.height
    assert Numbers.opened == [] and not ours_alive()


def test_a_window_limits_the_run():
    whole, _, statistics = mosaic(window=Window(300, 100, 333, 400))
    inside = np.zeros(whole.shape, bool)
    inside[100:500, 300:633] = True
    np.testing.assert_array_equal(whole, np.where(inside, EVERYTHING, -1))
    assert statistics.pixels == 333 * 400


def test_a_window_outside_is_refused():
    with pytest.raises(ChronocoverError, match="not inside"):
        mosaic(window=Window(600, 0, 200, 10))


def test_unselected_blocks_are_neither_read_nor_computed():
    feedback = Recording()
    whole, _, statistics = mosaic(select=lambda window: window.row == 0, feedback=feedback)
    assert (whole[300:] == -1).all() and (whole[:256] == EVERYTHING[:256]).all()
    assert statistics.pixels == 256 * 700
    assert feedback.fractions[-1] == 1.0


def test_without_sources_only_the_grid_counts():
    seen = []
    run_blocks(GRID, [], lambda block: block.window.width * block.window.height, lambda b, n: seen.append(n))
    assert sum(seen) == GRID.width * GRID.height


def test_the_halo_is_cut_at_the_edges():
    windows = []
    run_blocks(GRID, [Numbers()], lambda block, values: values.shape, lambda b, s: windows.append((b, s)), halo=2)
    for block, shape in windows:
        assert shape == (block.read_window.height, block.read_window.width)
        assert block.read_window.column == max(0, block.window.column - 2)


@pytest.mark.parametrize("where", ["read", "compute", "consume", "select"])
def test_an_error_anywhere_ends_the_run_once(where):
    def fail(*_):
        raise ChronocoverError("Cannot read image_3.tif (2021-03-06).")

    with pytest.raises(ChronocoverError, match="image_3"):
        run_blocks(
            GRID,
            [Numbers(fails_at=256 if where == "read" else -1)],
            fail if where == "compute" else lambda block, values: values,
            fail if where == "consume" else lambda block, result: None,
            select=fail if where == "select" else None,
            options=EngineOptions(threads=3),
        )
    assert Numbers.opened == [] and not ours_alive()


def test_cancelling_ends_all_threads_and_closes_all_files():
    before = gdal.GetCacheMax()
    done = []
    with pytest.raises(CancelledError):
        mosaic_feedback = Recording(cancel_at=0.3)
        run_blocks(GRID, [Numbers()], lambda b, v: v, lambda b, r: done.append(b), feedback=mosaic_feedback)
    assert 0 < len(done) < 9
    assert Numbers.opened == [] and not ours_alive()
    assert gdal.GetCacheMax() == before


def test_cancelling_does_not_wait_for_the_blocks_that_wait():
    feedback = Recording()
    computed = []

    def compute(block, values):
        computed.append(block.index)
        feedback.cancelled = True
        return values

    with pytest.raises(CancelledError):
        run_blocks(GRID, [Numbers()], compute, lambda b, r: None, feedback=feedback, options=EngineOptions(threads=1))
    under_way = plan_blocks(GRID, [Numbers()], options=EngineOptions(threads=1)).under_way
    assert 1 <= len(computed) <= under_way < 9


def test_cancelling_stops_a_reader_in_the_middle_of_its_block():
    feedback, steps = Recording(), []

    class Slow(Reader):
        def read_stored(self, window):
            while len(steps) < 100_000:
                check_stopped()
                steps.append(window)
                feedback.cancelled = True
                time.sleep(0.001)
            return super().read_stored(window)

    class SlowNumbers(Numbers):
        def open(self):
            Numbers.opened.append(threading.current_thread().name)
            return Slow(-1)

    with pytest.raises(CancelledError):
        run_blocks(GRID, [SlowNumbers()], lambda b, v: v, lambda b, r: None, feedback=feedback)
    assert len(steps) < 100_000 and Numbers.opened == []
    check_stopped()  # in a thread of no run


def test_the_budget_decides_blocks_and_how_many_are_under_way():
    alive, most, lock = [0], [0], threading.Lock()

    def compute(block, values):
        with lock:
            alive[0] += values.shape[0] * values.shape[1]
            most[0] = max(most[0], alive[0])
        time.sleep(0.002)
        return values

    def consume(block, values):
        with lock:
            alive[0] -= values.shape[0] * values.shape[1]

    source = Numbers(bytes_per_pixel=300)
    options = EngineOptions(memory_mb=4, threads=4)
    run_blocks(GRID, [source], compute, consume, bytes_per_pixel=100, options=options)
    assert 0 < most[0] * 400 <= 4 << 20


def test_what_is_computed_with_is_made_of_each_strip_by_the_workers():
    made, computed = [], []

    class Stored(Numbers):
        def physical(self, stored):
            made.append((threading.current_thread().name, len(stored)))
            return stored.astype(np.int32) * 2

    def compute(block, values):
        computed.append(len(values))
        return values

    def consume(block, values):
        rows = np.arange(block.window.row, block.window.row + block.window.height)[:, None]
        columns = np.arange(block.window.column, block.window.column + block.window.width)
        np.testing.assert_array_equal(values, 2 * (1000 * rows + columns))

    run_blocks(GRID, [Stored()], compute, consume, divisible=True)
    assert all(name.startswith("chronocover-compute") for name, _ in made)
    assert sorted(computed) == sorted(rows for _, rows in made) and max(computed) < 256


def test_the_budget_counts_what_waits_and_what_is_made_of_it_in_work():
    grid = Grid("", (0.0, 10.0, 0.0, 0.0, 0.0, -10.0), 5000, 5000)
    options = EngineOptions(memory_mb=256, threads=4)
    source = Numbers(grid=grid, bytes_per_pixel=500, working_bytes_per_pixel=1000)
    plan = plan_blocks(grid, [source], options=options)
    pixels = plan.width * plan.height
    assert plan.under_way * pixels * 500 + min(plan.under_way, 4) * pixels * 1000 <= 256 << 20
    strips = plan_blocks(grid, [source], divisible=True, options=options)
    pixels = strips.width * strips.height
    assert strips.strips > 1 and pixels > plan.width * plan.height  # since but a strip of each is in work
    assert strips.under_way * pixels * 500 + 4 * pixels / strips.strips * 1000 <= 256 << 20


def test_a_plan_follows_the_tiles():
    grid = Grid("", (0.0, 10.0, 0.0, 0.0, 0.0, -10.0), 10980, 10980)
    tiled = plan_blocks(grid, [Numbers(grid=grid, block_size=(512, 512))])
    assert tiled.width % 512 == 0 and tiled.height % 512 == 0 and tiled.tile == (256, 256)
    strips = plan_blocks(grid, [Numbers(grid=grid, block_size=(10980, 1))])
    assert strips.width == 10980 and strips.height % strips.tile[1] == 0
    heavy = plan_blocks(grid, [Numbers(grid=grid, block_size=(1024, 1024), bytes_per_pixel=16000)])
    assert heavy.under_way * heavy.width * heavy.height * 16000 <= 2048 << 20


def test_sources_on_other_grids_are_refused():
    other = Grid("", (5.0, 10.0, 0.0, 0.0, 0.0, -10.0), 700, 530)
    with pytest.raises(ChronocoverError, match="different grids"):
        mosaic([Numbers(grid=other)])


def test_gdal_cache_is_limited_while_running_and_restored():
    before, during = gdal.GetCacheMax(), []
    run_blocks(GRID, [Numbers()], lambda b, v: v, lambda b, r: during.append(gdal.GetCacheMax()))
    assert max(during) <= before and gdal.GetCacheMax() == before


def test_a_system_that_tells_nothing_of_memory_runs_as_well(monkeypatch):
    def not_there(name, *more):
        raise FileNotFoundError(2, "No such file or directory", name)

    monkeypatch.setattr(peak_memory, "open", not_there, raising=False)
    monkeypatch.setattr(peak_memory.os.path, "exists", lambda path: False)
    monkeypatch.setattr(freed_memory.sys, "platform", "win32")
    monkeypatch.delattr(os, "sysconf", raising=False)
    feedback = Recording()
    whole, _, statistics = mosaic(feedback=feedback)
    np.testing.assert_array_equal(whole, EVERYTHING)
    assert statistics.peak_memory_mb is None and EngineOptions().budget_bytes() > 0
    assert "memory at most" not in feedback.texts[-1] and "budget" in feedback.texts[-1]


def test_plans_and_sources_can_be_sent_to_another_process():
    plan = plan_blocks(GRID, [Numbers()])
    assert pickle.loads(pickle.dumps(plan)) == plan


def ours_alive():
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("chronocover-")]
