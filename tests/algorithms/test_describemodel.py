"""Models of other programs used like our own, as QGIS runs it."""

import numpy as np
import onnx
import pytest
from foreign_models import DATES, NAMES, VARIABLES, expected_scores, softmax, weights_of, write_foreign
from osgeo import gdal
from qgis.core import QgsApplication, QgsProcessingException, QgsProcessingParameterDefinition
from scenes import write_raster, write_series
from sklearn.ensemble import RandomForestClassifier

from chronocover.core.labels.legend import Legend, write_legend
from chronocover.core.provenance import Provenance
from chronocover.core.samples.samples import Samples
from chronocover.core.samples.table import write_samples
from chronocover.models.session import ModelSession

TYPED = {"VARIABLES": ", ".join(VARIABLES), "DATES": ", ".join(map(str, DATES)), "CLASSES": "\n".join(NAMES)}
FLAT = {"LAYOUT": "flat date-major"}


def scene(seed=3, rows=12, columns=15):
    """Float32 ``(dates, variables, rows, columns)`` without gaps."""
    return np.random.default_rng(seed).random((len(DATES), len(VARIABLES), rows, columns)).astype(np.float32)


def as_pixels(values):
    return values.reshape(len(DATES), len(VARIABLES), -1).transpose(2, 0, 1)


def test_typed_then_mapped_tested_and_shown(run, tmp_path):
    foreign = write_foreign(tmp_path / "réseau d'été.onnx", layout="variables by dates", end="logits")
    output = str(tmp_path / "avec carte.onnx")
    made = run("describemodel", MODEL=foreign, **TYPED, OUTPUT=output, TITLE="Réseau")
    assert (made["LAYOUT_FOUND"], made["OUTPUT_FOUND"]) == ("variables by dates", "logits")
    assert (made["CLASSES_COUNT"], made["DATES_COUNT"]) == (3, 4)

    values = scene()
    series = write_series(tmp_path / "s.tif", values, DATES, VARIABLES)
    run("classifyseries", SERIES=series, MODEL=output, OUTPUT=str(tmp_path / "map.tif"))
    best = softmax(expected_scores(as_pixels(values), weights_of())).argmax(axis=1)
    found = gdal.Open(str(tmp_path / "map.tif")).ReadAsArray()
    assert np.array_equal(found.ravel(), best + 1)

    names = np.array(NAMES, object)[best]
    samples = Samples(as_pixels(values), DATES, list(VARIABLES), names, Legend.of_values(names))
    write_samples(samples, str(tmp_path / "s.gpkg"), Provenance())
    assert run("evaluatemodel", MODEL=output, SAMPLES=str(tmp_path / "s.gpkg"))["OVERALL_ACCURACY"] == 1

    shown = run("modelinfo", MODEL=output, REPORT=str(tmp_path / "r.html"))
    assert (shown["FAMILY"], shown["TITLE"], shown["FIRST_DATE"]) == ("Foreign model", "Réseau", "2024-04-01")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "original_sha256" in page and "réseau d&#x27;été.onnx" in page and "variables by dates" in page


@pytest.mark.filterwarnings("ignore")
def test_scikit_learn_by_its_samples(run, tmp_path):
    """Dates, variables, classes and ranges of the samples; the file names the order of the classes."""
    from skl2onnx import to_onnx

    values = as_pixels(scene())
    names = np.array(NAMES, object)[expected_scores(values, weights_of()).argmax(axis=1)]
    legend = Legend.of_codes({"maïs": 9, "blé d'hiver": 12, "forêt": 4})
    samples = Samples(values, DATES, list(VARIABLES), names, legend)
    write_samples(samples, str(tmp_path / "s.gpkg"), Provenance())
    table = values.reshape(len(values), -1)
    forest = RandomForestClassifier(10, random_state=0).fit(table, names.astype(str))
    onnx.save(to_onnx(forest, table[:1]), str(tmp_path / "forest.onnx"))
    output = str(tmp_path / "o.onnx")
    run("describemodel", MODEL=str(tmp_path / "forest.onnx"), SAMPLES=str(tmp_path / "s.gpkg"), **FLAT, OUTPUT=output)
    session = ModelSession.open(output)
    assert sorted(session.card.legend.names) == sorted(NAMES)
    low, high = np.percentile(values[..., 1], (1, 99))
    assert (session.card.ranges["nir"].p1, session.card.ranges["nir"].p99) == pytest.approx((low, high))
    columns = [list(forest.classes_).index(name) for name in session.card.legend.names]
    np.testing.assert_allclose(session.predict(values)[1], forest.predict_proba(table)[:, columns], atol=1e-5)


def test_a_series_a_labels_raster_and_another_card(run, tmp_path):
    """The units of the series are those that the card knows then: other ones are refused in a map."""
    foreign = write_foreign(tmp_path / "f.onnx", layout="dates by variables")
    series = write_series(tmp_path / "s.tif", scene(), DATES, VARIABLES)
    labels = write_raster(tmp_path / "labels.tif", np.ones((4, 4), np.uint8))
    dataset = gdal.Open(labels, gdal.GA_Update)
    write_legend(dataset, Legend.of_codes({"forêt": 8, "maïs": 2, "blé": 5}, {"maïs": (1, 2, 3)}))
    dataset = None
    first = str(tmp_path / "1.onnx")
    run("describemodel", MODEL=foreign, SERIES=series, LEGEND=labels, OUTPUT=first)
    card = ModelSession.open(first).card
    assert [(c.code, c.name) for c in card.legend.classes] == [(2, "maïs"), (5, "blé"), (8, "forêt")]
    assert card.legend.classes[0].color == (1, 2, 3) and 0.9 < card.ranges["red"].p99 <= 1

    second = str(tmp_path / "2.onnx")
    run("describemodel", MODEL=foreign, LIKE=first, CLASSES="7 = a; 1 = b; 3 = c", OUTPUT=second)
    other = ModelSession.open(second).card
    assert (other.time_axis, other.variables, other.ranges) == (card.time_axis, card.variables, card.ranges)
    assert other.legend.codes == [1, 3, 7]
    raw = write_series(tmp_path / "raw.tif", (scene() * 10000).astype(np.int16), DATES, VARIABLES)
    with pytest.raises(QgsProcessingException, match="another size"):
        run("classifyseries", SERIES=raw, MODEL=second, OUTPUT=str(tmp_path / "m.tif"))


def test_values_as_the_model_wants_them(run, tmp_path):
    foreign = write_foreign(tmp_path / "f.onnx")
    output = str(tmp_path / "o.onnx")
    run(
        "describemodel", MODEL=foreign, **TYPED, **FLAT, FACTOR=10, MEANS="5", STANDARD_DEVIATIONS="2, 3, 4",
        OUTPUT=output,
    )  # fmt: skip
    values = as_pixels(scene())
    expected = softmax(expected_scores((values * 10 - 5) / [2, 3, 4], weights_of()))
    np.testing.assert_allclose(ModelSession.open(output).predict(values)[1], expected, atol=1e-5)


def test_wrong_inputs(run, tmp_path):
    foreign = write_foreign(tmp_path / "f.onnx")
    cut = tmp_path / "cut.onnx"
    cut.write_bytes((tmp_path / "f.onnx").read_bytes()[:150])
    plain = write_raster(tmp_path / "plain.tif", np.ones((4, 4), np.uint8))
    for changes, message in (
        ({"MODEL": str(cut)}, "cut.onnx"),
        ({"DATES": ""}, "dates of the model are not known"),
        ({"DATES": "spring"}, "cannot be read"),
        ({"VARIABLES": "red"}, "takes 12 values a series, but the card says 4 dates × 1 variables = 4"),
        ({"CLASSES": "a, b"}, "does not fit 2 classes"),
        ({"CLASSES": "0 = a, 1 = b, 2 = c"}, "class code 0"),
        ({"LAYOUT": "automatic"}, "Choose the layout"),
        ({"MEANS": "a"}, "Means: “a” are not numbers"),
        ({"MEANS": "1"}, "hold 1 and 0 numbers"),
        ({"SERIES": plain, "VARIABLES": ""}, "is not an image series"),
        ({"LEGEND": plain, "CLASSES": ""}, "has no class names"),
        ({"LIKE": foreign}, "Describe a foreign model"),
    ):
        with pytest.raises(QgsProcessingException, match=message):
            run("describemodel", **{"MODEL": foreign, **TYPED, **FLAT, **changes}, OUTPUT=str(tmp_path / "o.onnx"))
        assert not (tmp_path / "o.onnx").exists()
    with pytest.raises(QgsProcessingException, match=r"[Ww]rit"):
        run("describemodel", MODEL=foreign, **TYPED, **FLAT, OUTPUT=str(cut / "o.onnx"))


def test_the_dialog_asks_first_for_what_every_model_needs(qgis_app):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("chronocover:describemodel")
    rare = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    plain = [each.name() for each in algorithm.parameterDefinitions() if not each.flags() & rare]
    assert plain == ["MODEL", "SERIES", "SAMPLES", "VARIABLES", "DATES", "CLASSES", "OUTPUT"]
