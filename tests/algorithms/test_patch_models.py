"""Segmentation networks used as QGIS runs them: described, mapped, tiled, shown, interrupted and sent to a cluster."""

import pickle

import numpy as np
import processing
import pytest
from block_inputs import made_in
from foreign_models import DATES, NAMES, VARIABLES, softmax
from osgeo import gdal
from patch_networks import convolution_weights, convolved, write_segmentation
from qgis.core import QgsProcessingException, QgsProcessingFeedback
from scenes import write_raster, write_series

from chronocover import settings
from chronocover.core import cluster, journal
from chronocover.core.cluster_worker import DONE, Work
from chronocover.core.labels.legend import Legend
from chronocover.core.provenance import Provenance
from chronocover.core.samples.samples import Samples
from chronocover.core.samples.table import write_samples
from chronocover.models.session import ModelSession

TYPED = {"VARIABLES": ", ".join(VARIABLES), "DATES": ", ".join(map(str, DATES)), "CLASSES": "\n".join(NAMES)}
ROWS, COLUMNS = 150, 170


@pytest.fixture(scope="module")
def inputs(qgis_app, tmp_path_factory):
    """A series, a network with a card that takes patches of 32 × 32 pixels, and a mask."""
    folder = tmp_path_factory.mktemp("réseaux")
    random = np.random.default_rng(5)
    values = random.random((len(DATES), len(VARIABLES), ROWS, COLUMNS)).astype(np.float32)
    values[random.random(values.shape) < 0.2] = np.nan
    tiled = ["TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=32"]
    series = write_series(folder / "série.tif", values, DATES, VARIABLES, nodata=np.nan, options=tiled)
    mask = write_raster(folder / "mask.tif", (np.arange(ROWS * COLUMNS).reshape(ROWS, COLUMNS) % 7 > 0).astype("uint8"))
    given = {"MODEL": write_segmentation(folder / "u-net d'été.onnx"), "LAYOUT": "flat date-major", "PATCH_SIZE": 32}
    model = str(folder / "avec carte.onnx")
    processing.run("chronocover:describemodel", {**TYPED, **given, "OUTPUT": model})
    return {"SERIES": series, "MODEL": model, "MASK": mask}


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(settings, "memory_budget_mb", lambda: 1)
    monkeypatch.setattr(settings, "worker_threads", lambda: 2)


class Log(QgsProcessingFeedback):
    """Keeps what is said, and cancels once a share of the run is done."""

    def __init__(self, cancel_at=2.0):
        super().__init__()
        self.lines = []
        self.progressChanged.connect(lambda percent: percent >= 100 * cancel_at and self.cancel())

    def pushInfo(self, text):
        self.lines.append(text)

    def pushWarning(self, text):
        self.lines.append(text)


def test_described_and_mapped(run, tmp_path):
    """An image that is one patch: the map is what the network gives for it, mirrored at its edges."""
    weights = convolution_weights(kernel=1)
    values = np.random.default_rng(1).random((len(DATES), len(VARIABLES), 20, 30)).astype(np.float32)
    series = write_series(tmp_path / "s.tif", values, DATES, VARIABLES)
    network = write_segmentation(tmp_path / "m.onnx", weights, "variables by dates", 64, end="softmax")
    model = str(tmp_path / "o.onnx")
    made = run("describemodel", MODEL=network, SERIES=series, CLASSES=TYPED["CLASSES"], OVERLAP=50, OUTPUT=model)
    assert (made["LAYOUT_FOUND"], made["OUTPUT_FOUND"]) == ("variables by dates", "probabilities")
    files = {"OUTPUT": str(tmp_path / "map.tif"), "CONFIDENCE": str(tmp_path / "c.tif")}
    summary = run("classifyseries", SERIES=series, MODEL=model, **files)
    probabilities = softmax(convolved(values[None], weights))[0]
    assert np.array_equal(gdal.Open(files["OUTPUT"]).ReadAsArray(), probabilities.argmax(axis=0) + 1)
    confidence = gdal.Open(files["CONFIDENCE"]).ReadAsArray() * 1e-4
    np.testing.assert_allclose(confidence, probabilities.max(axis=0), atol=1e-4)
    assert (summary["PIXELS"], summary["PIXELS_WITHOUT_DATA"]) == (600, 0)

    other = write_series(tmp_path / "raw.tif", values * 10_000, DATES, VARIABLES)
    with pytest.raises(QgsProcessingException, match="of another size than those that the model was trained on"):
        run("classifyseries", SERIES=other, MODEL=model, OUTPUT=str(tmp_path / "no.tif"))


def test_shown(run, inputs, tmp_path):
    log = Log()
    report = str(tmp_path / "r.html")
    shown = processing.run("chronocover:modelinfo", {"MODEL": inputs["MODEL"], "REPORT": report}, feedback=log)
    assert shown["CLASSES"] == 3
    assert "Patches of 32 × 32 pixels that overlap by 8 and 8 and are blended" in log.lines
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "Patches of 32 × 32 pixels" in page and "Compare a map of it with reference places" in page


def test_tiles(run, inputs, tmp_path):
    result = run(
        "classifytiles", LAYERS=[inputs["SERIES"]], MODEL=inputs["MODEL"], OUTPUT=str(tmp_path / "maps"),
        MOSAIC=str(tmp_path / "m.vrt"),
    )  # fmt: skip
    run("classifyseries", SERIES=inputs["SERIES"], MODEL=inputs["MODEL"], OUTPUT=str(tmp_path / "map.tif"))
    assert result["TILES"] == 1
    expected = gdal.Open(str(tmp_path / "map.tif")).ReadAsArray()
    assert expected.any() and np.array_equal(gdal.Open(str(tmp_path / "m.vrt")).ReadAsArray(), expected)


def test_interrupted_it_goes_on(run, inputs, tmp_path, small_blocks, monkeypatch):
    monkeypatch.setattr(journal, "BEGIN_AFTER", 0.0)
    monkeypatch.setattr(journal, "KEEP_AFTER", 0.0)
    parameters = {**inputs, "OUTPUT": str(tmp_path / "map.tif"), "PROBABILITIES": str(tmp_path / "p.tif")}
    run("classifyseries", **parameters)
    files = made_in(tmp_path)
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        processing.run("chronocover:classifyseries", parameters, feedback=Log(0.6))
    assert [entry.name for entry in tmp_path.iterdir()] == [".map.tif.unfinished"]
    log = Log()
    processing.run("chronocover:classifyseries", parameters, feedback=log)
    assert any("were finished before" in line for line in log.lines)
    assert made_in(tmp_path) == files


class SentTeams:
    """Does what a cluster does with a run, at once: sends everything as bytes, and gives results in another order."""

    under_way, description = 5, "sent"
    blocks = 0

    def __init__(self, sources, compute, plan, options, feedback):
        self._work = Work.of_job(Work.packed(sources, compute, plan.strips, "chronocover"), "chronocover")
        self._done = []

    def hand_out(self, block):
        windows = [(w.column, w.row, w.width, w.height) for w in (block.window, block.read_window)]
        outcome, _, notices, results = pickle.loads(self._work.run((block.index, *windows)))
        assert outcome == DONE and not notices, results
        self._done += results
        SentTeams.blocks += 1

    def next_result(self, feedback):
        return self._done.pop()

    def stop(self):
        self._work.close()


def test_sent_to_a_cluster_it_is_the_same(run, inputs, tmp_path, small_blocks, monkeypatch):
    pytest.importorskip("distributed", reason="this test needs dask and distributed: requirements-cluster.txt")
    parameters = {**inputs, "OUTPUT": str(tmp_path / "map.tif"), "MARGIN": str(tmp_path / "m.tif")}
    run("classifyseries", **parameters)
    files = made_in(tmp_path)
    monkeypatch.setattr(cluster, "ClusterTeams", SentTeams)
    run("classifyseries", **parameters, SCHEDULER="tcp://somewhere:8786")
    assert SentTeams.blocks > 3
    assert made_in(tmp_path) == files


def test_steps_that_cannot_use_it_say_so(run, inputs, tmp_path):
    values = np.random.default_rng(2).random((6, len(DATES), len(VARIABLES))).astype(np.float32)
    names = np.array([*NAMES, *NAMES], object)
    samples = str(tmp_path / "s.gpkg")
    write_samples(Samples(values, DATES, list(VARIABLES), names, Legend.of_values(names)), samples, Provenance())
    with pytest.raises(QgsProcessingException, match="is a segmentation, which needs whole patches of an image"):
        run("evaluatemodel", MODEL=inputs["MODEL"], SAMPLES=samples)
    with pytest.raises(QgsProcessingException, match="is a segmentation of patches, which cannot be combined"):
        run("ensemblemodels", MODELS=[inputs["MODEL"], inputs["MODEL"]], OUTPUT=str(tmp_path / "e.onnx"))
    with pytest.raises(QgsProcessingException, match="not a clustering"):
        run("applyclusters", SERIES=inputs["SERIES"], MODEL=inputs["MODEL"], OUTPUT=str(tmp_path / "c.tif"))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"PATCH_SIZE": 0}, "at least 1"),
        ({"OVERLAP": 80}, "at most 75"),
        ({"DATES": "2024-04-01"}, "takes 12 values a series, but the card says 1 dates × 3"),
        ({"CLASSES": "a, b, c, d, e"}, "does not fit 5 classes"),
        ({"MEANS": "1, 2", "STANDARD_DEVIATIONS": "1, 2"}, "hold 2 and 2 numbers for 3 variables"),
    ],
)
def test_wrong_parameters(run, tmp_path, wrong, message):
    network = write_segmentation(tmp_path / "m.onnx")
    given = {**TYPED, "LAYOUT": "flat date-major", "OUTPUT": str(tmp_path / "o.onnx"), **wrong}
    with pytest.raises(QgsProcessingException, match=message):
        run("describemodel", MODEL=network, **given)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.onnx"]


def test_numbers_as_text_and_empty_ones(run, inputs, tmp_path):
    """As a command line gives them."""
    network = write_segmentation(tmp_path / "m.onnx")
    given = {**TYPED, "LAYOUT": "flat date-major", "OUTPUT": str(tmp_path / "o.onnx")}
    run("describemodel", MODEL=network, **given, PATCH_SIZE="40", OVERLAP="")
    assert ModelSession.open(given["OUTPUT"]).card.patch["overlap"] == [10, 10]
