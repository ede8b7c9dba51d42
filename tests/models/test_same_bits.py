"""A pixel gets the same probabilities, to the last bit, whatever pixels, blocks and threads it is computed with."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from osgeo import gdal
from scenes import write_series
from series_samples import season_samples
from small_families import FAMILY_NAMES, small, trained

from chronocover.core.engine import EngineOptions
from chronocover.core.provenance import Provenance
from chronocover.models.ensembles import combine
from chronocover.models.mapping import MapFiles, classify_series
from chronocover.models.session import ModelSession

DATES = 10
ROWS, COLUMNS = 90, 71


@pytest.fixture(scope="module")
def samples():
    return season_samples(dates=DATES, per_class=15, noise=0.6)


@pytest.fixture(scope="module")
def models(samples, tmp_path_factory):
    """A file of each family, and of all of them together."""
    folder = tmp_path_factory.mktemp("models")
    paths = {name: trained(small(name), samples, folder / f"{name}.onnx") for name in FAMILY_NAMES}
    combine(list(paths.values()), [1] * len(paths), Provenance()).save(str(folder / "ensemble.onnx"))
    return {**paths, "ensemble": str(folder / "ensemble.onnx")}


@pytest.fixture(scope="module")
def series(samples, tmp_path_factory):
    """A series with gaps and holes, in small tiles."""
    random = np.random.default_rng(2)
    values = samples.values[random.integers(0, len(samples.values), ROWS * COLUMNS)]
    values = values + random.normal(0, 0.3, values.shape)
    values[random.random(values.shape) < 0.02] = np.nan
    values[random.random(ROWS * COLUMNS) < 0.1] = np.nan
    planes = np.moveaxis(values.reshape(ROWS, COLUMNS, DATES, 2), (2, 3), (0, 1)).astype(np.float32)
    path = tmp_path_factory.mktemp("series") / "series.tif"
    tiled = ("TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16")
    return write_series(path, planes, samples.dates, samples.variables, nodata=np.nan, options=tiled)


@pytest.mark.parametrize("name", [*FAMILY_NAMES, "ensemble"])
def test_batches_of_any_size(name, models, samples):
    random = np.random.default_rng(0)
    values = np.resize(samples.values, (2100, DATES, 2)) + random.normal(0, 0.5, (2100, DATES, 2)).astype(np.float32)
    session = ModelSession.open(models[name])
    gaps = values.copy()
    gaps[random.random(gaps.shape) < 0.2] = np.nan
    for whole in (values, gaps):
        codes, expected = session.predict(whole)
        for size, count in ((1, 40), (7, 140), (512, 2100)):
            parts = [session.predict(whole[start : start + size]) for start in range(0, count, size)]
            found = np.concatenate([probabilities for _, probabilities in parts])[:count]
            np.testing.assert_array_equal(found.view(np.uint32), expected[:count].view(np.uint32))
            np.testing.assert_array_equal(np.concatenate([labels for labels, _ in parts])[:count], codes[:count])
    # Complete series among others with gaps, in several threads.
    mixed, complete = values.copy(), np.ones(len(values), bool)
    complete[::9] = False
    mixed[~complete, 3] = np.nan
    with ThreadPoolExecutor(3) as pool:
        parts = list(pool.map(lambda start: session.predict(mixed[start : start + 333])[1], range(0, 2100, 333)))
    expected = session.predict(values)[1]
    np.testing.assert_array_equal(np.concatenate(parts)[complete], expected[complete])


@pytest.mark.parametrize("name", [*FAMILY_NAMES, "ensemble"])
def test_maps_by_any_number_of_threads_in_any_memory(name, models, series, tmp_path):
    def mapped(**options):
        files = MapFiles(*(str(tmp_path / f"{part}.tif") for part in ("map", "probabilities", "confidence", "margin")))
        summary = classify_series(series, models[name], files, skip_units_check=True, options=EngineOptions(**options))
        arrays = [gdal.Open(path).ReadAsArray() for path in vars(files).values()]
        return arrays, (summary.statistics.block_width, summary.statistics.block_height)

    expected, block = mapped(memory_mb=256, threads=1)
    assert (expected[0] > 0).mean() > 0.5 and (expected[0] == 0).any()
    blocks = {block}
    for options in ({"memory_mb": 1, "threads": 4}, {"memory_mb": 1, "threads": 1}, {"memory_mb": 64, "threads": 3}):
        found, block = mapped(**options)
        blocks.add(block)
        for one, other in zip(found, expected):
            np.testing.assert_array_equal(one, other)
    assert len(blocks) > 1
