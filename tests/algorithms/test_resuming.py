"""Long runs that were interrupted go on from their finished blocks, in every algorithm that writes rasters."""

import os
import shutil
from pathlib import Path

import numpy as np
import processing
import pytest
from block_inputs import COLUMNS, DATES, ROWS, write_inputs
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsRasterLayer
from scenes import write_raster

from chronocover import settings
from chronocover.core import journal
from chronocover.core.blocks import plan_blocks
from chronocover.core.grid import Grid
from chronocover.core.identity import RunIdentity


@pytest.fixture(autouse=True)
def small_blocks_and_long_runs(monkeypatch):
    """Blocks of some kilobytes, as if each run took hours."""
    monkeypatch.setattr(settings, "memory_budget_mb", lambda: 1)
    monkeypatch.setattr(settings, "worker_threads", lambda: 2)
    monkeypatch.setattr(journal, "BEGIN_AFTER", 0.0)
    monkeypatch.setattr(journal, "KEEP_AFTER", 0.0)


@pytest.fixture(scope="module")
def inputs(qgis_app, tmp_path_factory):
    return write_inputs(tmp_path_factory.mktemp("séries"))


class Log(QgsProcessingFeedback):
    """Keeps what is said, and cancels once a share of the run is done."""

    def __init__(self, cancel_at=2.0):
        super().__init__()
        self.lines, self.cancel_at = [], cancel_at
        self.progressChanged.connect(lambda percent: percent >= 100 * cancel_at and self.cancel())

    def pushInfo(self, text):
        self.lines.append(text)

    def pushWarning(self, text):
        self.lines.append(text)

    def said(self, words):
        return [line for line in self.lines if words in line]


def cancelled(algorithm, parameters, share):
    log = Log(share)
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        processing.run(f"chronocover:{algorithm}", parameters, feedback=log)
    return log


CASES = {
    "classifyseries": {"MODEL": "CLASSIFIER", "MASK": "MASK", "more": {"PROBABILITIES": "p.tif", "MARGIN": "m.tif"}},
    "applyclusters": {"MODEL": "CLUSTERS", "more": {"DISTANCE": "d.tif", "PROFILES": "p.csv"}},
    "fillgaps": {"LONGEST_GAP": 40},
    "resampleseries": {"STEP": 15},
    "smoothseries": {},
    "maskclouds": {"STORAGE": "int16 in steps of 0.0001"},
    "compositeseries": {},
    "spectralindices": {"INDICES": ["NDVI"]},
    "prepareseries": {"MASK_GROW": 2, "INDICES": ["NDVI"]},
    "temporalmetrics": {},
}


@pytest.mark.parametrize("algorithm", CASES)
def test_cancelled_and_started_again_it_gives_the_same_files_and_figures(run, inputs, tmp_path, algorithm):
    case = dict(CASES[algorithm])
    parameters = {"SERIES": inputs["SERIES"], "OUTPUT": str(tmp_path / "out é.tif")}
    parameters |= {name: str(tmp_path / file) for name, file in case.pop("more", {}).items()}
    parameters |= {key: inputs.get(value, value) if isinstance(value, str) else value for key, value in case.items()}
    expected = run(algorithm, **parameters)
    files = {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()}
    for file in tmp_path.iterdir():
        file.unlink()

    stopped = cancelled(algorithm, parameters, 0.6)
    assert len(stopped.said("start again with the same inputs")) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == [".out é.tif.unfinished"]
    again = cancelled(algorithm, parameters, 0.85)
    assert again.said("Going on with an interrupted run")
    log = Log()
    result = processing.run(f"chronocover:{algorithm}", parameters, feedback=log)
    assert log.said("were finished before")

    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == files
    for key in expected.keys() - {"PIXELS_PER_SECOND"}:
        assert result[key] == expected[key], key


def test_other_inputs_and_settings_start_anew_and_it_says_so(run, inputs, tmp_path):
    parameters = {"SERIES": inputs["SERIES"], "MODEL": inputs["CLASSIFIER"], "OUTPUT": str(tmp_path / "map.tif")}
    cancelled("classifyseries", parameters, 0.6)
    with_mask = {**parameters, "MASK": inputs["MASK"]}
    log = cancelled("classifyseries", with_mask, 0.6)
    assert "settings (mask), inputs (mask.tif)" in log.said("it was another one")[0]
    log = Log()
    changed = write_raster(tmp_path / "mask.tif", np.ones((ROWS, COLUMNS), "uint8"))
    processing.run("chronocover:classifyseries", {**parameters, "MASK": changed}, feedback=log)
    assert log.said("Starting anew") and not log.said("finished before")
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".")]


def test_a_series_that_a_model_made_anew_in_a_temporary_folder_is_the_same(run, inputs, tmp_path):
    images = tmp_path / "images"
    images.mkdir()
    for date in DATES:
        for variable in ("red", "nir"):
            values = np.random.default_rng(date.toordinal()).random((ROWS, COLUMNS)).astype("float32")
            write_raster(images / f"{variable}_{date:%Y%m%d}.tif", values)
    # as a step of a graphical model makes it, with another name each time
    targets = [str(tmp_path / f"temporary{number}" / "OUTPUT.vrt") for number in range(2)]
    series = [run("buildseries", FOLDER=str(images), OUTPUT=target)["OUTPUT"] for target in targets]
    assert gdal.OpenEx(series[0]).GetMetadata() != gdal.OpenEx(series[1]).GetMetadata()
    parameters = {"MODEL": inputs["CLASSIFIER"], "OUTPUT": str(tmp_path / "map.tif")}
    cancelled("classifyseries", {**parameters, "SERIES": series[0]}, 0.6)
    log = Log()
    processing.run("chronocover:classifyseries", {**parameters, "SERIES": series[1]}, feedback=log)
    assert log.said("Going on with an interrupted run")


def test_a_series_that_qgis_showed_meanwhile_is_the_same(run, inputs, tmp_path):
    images, maps = tmp_path / "images", tmp_path / "maps"
    images.mkdir()
    for date in DATES:
        for variable in ("red", "nir"):
            values = np.random.default_rng(date.toordinal()).random((ROWS, COLUMNS)).astype("float32")
            write_raster(images / f"{variable}_{date:%Y%m%d}.tif", values)
    series = run("buildseries", FOLDER=str(images), OUTPUT=str(tmp_path / "series" / "a.vrt"))["OUTPUT"]
    parameters = {"MODEL": inputs["CLASSIFIER"], "OUTPUT": str(tmp_path / "map.tif")}
    tiles = {"MODEL": inputs["CLASSIFIER"], "OUTPUT": str(maps), "FOLDER": os.path.dirname(series)}
    run("classifytiles", **tiles)
    finished = os.stat(maps / "a.tif").st_mtime_ns

    identity = RunIdentity({}, [], plan_blocks(Grid.of_dataset(gdal.OpenEx(series))), [series])
    before, stamps = Path(series).read_bytes(), identity.stamps()
    cancelled("classifyseries", {**parameters, "SERIES": series}, 0.6)
    layer = QgsRasterLayer(series, "series")
    layer.dataProvider().bandStatistics(1)
    layer.dataProvider().histogram(2)
    del layer
    assert b"STATISTICS_MEAN" in Path(series).read_bytes() != before and identity.stamps() == stamps
    log = Log()
    processing.run("chronocover:classifyseries", {**parameters, "SERIES": series}, feedback=log)
    assert log.said("Going on with an interrupted run")
    run("classifytiles", **tiles)
    assert os.stat(maps / "a.tif").st_mtime_ns == finished


def test_the_tile_in_work_goes_on_too(run, inputs, tmp_path):
    tiles = [inputs["SERIES"], str(tmp_path / "other.tif")]
    shutil.copyfile(inputs["SERIES"], tiles[1])
    parameters = {"LAYERS": tiles, "MODEL": inputs["CLASSIFIER"]}
    run("classifytiles", **parameters, OUTPUT=str(tmp_path / "expected"))
    maps = tmp_path / "maps"
    cancelled("classifytiles", {**parameters, "OUTPUT": str(maps)}, 0.8)
    assert (maps / ".other.tif.unfinished").exists() and (maps / "série.tif").exists()
    log = Log()
    processing.run("chronocover:classifytiles", {**parameters, "OUTPUT": str(maps)}, feedback=log)
    assert log.said("is finished: kept") and log.said("Going on with an interrupted run")
    found, expected = (gdal.OpenEx(str(folder / "other.tif")).ReadAsArray() for folder in (maps, tmp_path / "expected"))
    np.testing.assert_array_equal(found, expected)
    assert not [name for name in os.listdir(maps) if name.startswith(".")]


def test_temporary_outputs_and_short_runs_keep_nothing(run, inputs, tmp_path, monkeypatch):
    parameters = {"SERIES": inputs["SERIES"], "MODEL": inputs["CLASSIFIER"]}
    log = cancelled("classifyseries", {**parameters, "OUTPUT": "TEMPORARY_OUTPUT"}, 0.6)
    assert not log.said("start again")
    monkeypatch.setattr(journal, "BEGIN_AFTER", 5.0)
    log = cancelled("classifyseries", {**parameters, "OUTPUT": str(tmp_path / "map.tif")}, 0.6)
    assert not log.said("start again") and list(tmp_path.iterdir()) == []
