"""Algorithms whose blocks are sent to a Dask cluster give the same files and figures as on one computer."""

import pickle

import processing
import pytest
from block_inputs import made_in, write_inputs
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from chronocover import settings
from chronocover.core import cluster, journal
from chronocover.core.blocks import strips_of
from chronocover.core.cluster_worker import DONE, Work
from chronocover.core.grid import Window

pytest.importorskip("distributed", reason="these tests need dask and distributed: requirements-cluster.txt")

CASES = {
    "classifyseries": {"MODEL": "CLASSIFIER", "MASK": "MASK", "more": {"PROBABILITIES": "p.tif", "MARGIN": "m.tif"}},
    "applyclusters": {"MODEL": "CLUSTERS", "more": {"DISTANCE": "d.tif", "PROFILES": "p.csv"}},
    "clusterseries": {"CLUSTERS": 3, "METHOD": "euclidean", "SAMPLE_SIZE": 200, "more": {"MODEL": "c.onnx"}},
    "quickclusters": {"IMAGE": "SERIES", "CLUSTERS": 3, "SAMPLE_SIZE": 200},
    "fillgaps": {"LONGEST_GAP": 40},
    "resampleseries": {"STEP": 15},
    "smoothseries": {},
    "maskclouds": {"STORAGE": "int16 in steps of 0.0001", "more": {"REPORT": "r.html"}},
    "maskclouds by coarse masks": {"MASK_SERIES": "COARSE", "PRESET": "mask of ones"},
    "compositeseries": {},
    "spectralindices": {"INDICES": ["NDVI"]},
    "prepareseries": {
        "MASK_GROW": 2,
        "INDICES": ["NDVI"],
        "REGULAR": "composite: calendar months",
        "COMPOSITE_METHOD": "clear pixel of the clearest date",
    },
    "temporalmetrics": {},
}


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(settings, "memory_budget_mb", lambda: 1)
    monkeypatch.setattr(settings, "worker_threads", lambda: 2)


@pytest.fixture(scope="module")
def inputs(qgis_app, tmp_path_factory):
    return write_inputs(tmp_path_factory.mktemp("séries"))


def parameters_of(algorithm, inputs, folder):
    case = dict(CASES[algorithm])
    parameters = {"OUTPUT": str(folder / "out é.tif")}
    parameters |= {name: str(folder / file) for name, file in case.pop("more", {}).items()}
    parameters |= {} if "IMAGE" in case else {"SERIES": inputs["SERIES"]}
    return parameters | {
        key: inputs.get(value, value) if isinstance(value, str) else value for key, value in case.items()
    }


class Log(QgsProcessingFeedback):
    def __init__(self):
        super().__init__()
        self.lines = []

    def pushInfo(self, text):
        self.lines.append(text)

    def pushWarning(self, text):
        self.lines.append(text)


class SentTeams:
    """Does what a cluster does with a run, at once: sends everything as bytes, and gives results in another order."""

    under_way, description = 5, "sent"
    blocks = 0

    def __init__(self, sources, compute, plan, options, feedback):
        job = Work.packed(sources, compute, plan.strips, "chronocover")
        assert b"masks.vrt" not in job  # it is in the temporary folder of this computer: its content is sent
        self._work = Work.of_job(job, "chronocover")
        self._strips, self._done = plan.strips, []

    def hand_out(self, block):
        windows = [(w.column, w.row, w.width, w.height) for w in (block.window, block.read_window)]
        outcome, _, notices, results = pickle.loads(self._work.run((block.index, *windows)))
        assert outcome == DONE and not notices, results
        assert len(results) == len(strips_of(block, self._strips)) and isinstance(block.window, Window)
        self._done += results
        SentTeams.blocks += 1

    def next_result(self, feedback):
        return self._done.pop()

    def stop(self):
        self._work.close()


@pytest.mark.parametrize("algorithm", CASES)
def test_blocks_that_are_sent_give_the_same_files_and_figures(run, inputs, tmp_path, monkeypatch, algorithm):
    parameters = parameters_of(algorithm, inputs, tmp_path)
    algorithm = algorithm.split()[0]
    expected, files = run(algorithm, **parameters), made_in(tmp_path)
    monkeypatch.setattr(SentTeams, "blocks", 0)
    monkeypatch.setattr(cluster, "ClusterTeams", SentTeams)
    result = run(algorithm, **parameters, SCHEDULER="tcp://somewhere:8786")
    assert SentTeams.blocks > 3
    assert made_in(tmp_path) == files
    for key in expected.keys() - {"PIXELS_PER_SECOND"}:
        assert result[key] == expected[key], key


def test_a_run_that_was_interrupted_on_a_cluster_goes_on_here(run, inputs, tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "BEGIN_AFTER", 0.0)
    monkeypatch.setattr(journal, "KEEP_AFTER", 0.0)
    monkeypatch.setattr(cluster, "ClusterTeams", SentTeams)
    parameters = parameters_of("prepareseries", inputs, tmp_path)
    run("prepareseries", **parameters)
    files = made_in(tmp_path)

    log = Log()
    log.progressChanged.connect(lambda percent: percent >= 80 and log.cancel())
    sent = {**parameters, "SCHEDULER": "tcp://somewhere:8786"}
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        processing.run("chronocover:prepareseries", sent, feedback=log)
    log = Log()
    processing.run("chronocover:prepareseries", parameters, feedback=log)
    assert [line for line in log.lines if "Going on with an interrupted run" in line]
    assert made_in(tmp_path) == files


def test_the_cases_are_all_algorithms_whose_blocks_can_be_sent(qgis_app):
    provider = qgis_app.processingRegistry().providerById("chronocover")
    can = {algorithm.name() for algorithm in provider.algorithms() if algorithm.parameterDefinition("SCHEDULER")}
    assert can == {*(name.split()[0] for name in CASES), "classifytiles"}  # a run of classifyseries for each tile


def test_a_scheduler_out_of_reach_is_said_by_every_algorithm_before_it_writes(qgis_app, inputs, tmp_path, monkeypatch):
    nobody = "tcp://127.0.0.1:1"
    monkeypatch.setattr(settings, "scheduler_address", lambda: nobody)
    for algorithm in CASES:
        parameters = parameters_of(algorithm, inputs, tmp_path)
        with pytest.raises(QgsProcessingException, match=f"There is no Dask scheduler at {nobody}"):
            processing.run(f"chronocover:{algorithm.split()[0]}", parameters)
        assert list(tmp_path.iterdir()) == [], algorithm
    # The word “local” is for one run on this computer, whatever the options say.
    processing.run("chronocover:fillgaps", {**parameters_of("fillgaps", inputs, tmp_path), "SCHEDULER": "Local"})
    assert [file.name for file in tmp_path.glob("*.tif")] == ["out é.tif"]


@pytest.fixture(scope="module")
def dask(tmp_path_factory):
    from dask_cluster import DaskCluster

    started = DaskCluster(tmp_path_factory.mktemp("dask"))
    started.start_worker(threads=2)
    yield started
    started.stop()


@pytest.mark.parametrize("algorithm", ["classifyseries", "applyclusters", "prepareseries"])
def test_a_real_cluster_gives_the_same_files_and_figures(inputs, tmp_path, dask, algorithm):
    parameters = parameters_of(algorithm, inputs, tmp_path)
    expected, files = processing.run(f"chronocover:{algorithm}", parameters), made_in(tmp_path)
    log = Log()
    result = processing.run(f"chronocover:{algorithm}", {**parameters, "SCHEDULER": dask.address}, feedback=log)
    assert [line for line in log.lines if f"computed by the Dask cluster {dask.address}" in line]
    assert not [line for line in log.lines if "last digits" in line]
    assert made_in(tmp_path) == files
    for key in expected.keys() - {"PIXELS_PER_SECOND"}:
        assert result[key] == expected[key], key
