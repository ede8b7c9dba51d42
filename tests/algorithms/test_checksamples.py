"""Checking a samples layer, as a user does it."""

import datetime
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from osgeo import ogr
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorLayer,
)
from series_samples import season_samples

from chronocover.algorithms import check_parameters
from chronocover.core.provenance import Provenance
from chronocover.core.samples.table import read_samples, write_samples
from chronocover.models.quality.checking import COLUMNS, METHODS
from chronocover.models.quality.confident_learning import PRUNINGS
from chronocover.models.validation import METHODS as VALIDATIONS

MAP = "self-organising map"
WRONG = np.arange(3, 180, 12)  # one pixel in every second field


@pytest.fixture(scope="module")
def samples():
    found = season_samples(noise=0.1, missing=0.05)
    names = found.legend.names
    for row in WRONG:
        found.classes[row] = names[(names.index(found.classes[row]) + 1) % 3]
    found.values[0, :, 1] = np.nan
    return found


@pytest.fixture
def layer(samples, tmp_path):
    path = str(tmp_path / "échantillons d'été.gpkg")
    observers = np.array(["Zoé", None] * 90, object)
    write_samples(
        samples, path, Provenance(), further={"observer": observers, "visit": np.arange(180), "suspect": observers}
    )
    return path


def rows_of(path):
    dataset = ogr.Open(path)
    table = dataset.GetLayer(0)
    return [feature.items() for feature in table]


def test_suspects_are_marked_and_everything_else_stays(run, samples, layer, tmp_path):
    result = run(
        "checksamples", SAMPLES=layer, OUTPUT=str(tmp_path / "geprüft é.gpkg"), CLEANED=str(tmp_path / "ok.gpkg"),
        REPORT=str(tmp_path / "r.html"), REPORT_JSON=str(tmp_path / "r.json"),
    )  # fmt: skip
    rows = rows_of(result["OUTPUT"])
    assert len(rows) == 180 and result["CHECKED"] == 179 and result["UNCHECKED"] == 1
    suspects = np.array([row["suspect"] == 1 for row in rows])
    assert suspects[WRONG].mean() > 0.8 and suspects.sum() == result["SUSPECTS"] <= len(WRONG) + 3
    assert result["SUSPECT_SHARE"] == pytest.approx(suspects.sum() / 179)
    assert 0.04 < result["NOISE_SHARE"] < 0.14
    assert all(rows[0][name] is None for name in COLUMNS) and rows[1]["suspect"] == 0
    assert [row["observer"] for row in rows[:2]] == ["Zoé", None] and [row["visit"] for row in rows] == list(range(180))
    for row in np.flatnonzero(suspects):
        assert rows[row]["suggested"] != rows[row]["class"] and rows[row]["quality"] < 0.5
        assert rows[row]["given_prob"] < rows[row]["suggested_prob"]

    again = read_samples(result["OUTPUT"])
    assert np.array_equal(again.values, samples.values, equal_nan=True)
    assert again.variables == samples.variables and again.dates == samples.dates
    assert again.classes.tolist() == samples.classes.tolist() and again.groups.tolist() == samples.groups.tolist()

    cleaned = read_samples(result["CLEANED"])
    assert len(cleaned) == 180 - suspects.sum()
    assert np.array_equal(cleaned.values, samples.values[~suspects], equal_nan=True)
    assert "quality" not in rows_of(result["CLEANED"])[0] and rows_of(result["CLEANED"])[0]["observer"] == "Zoé"

    report = Path(result["REPORT"]).read_text(encoding="utf-8")
    for words in ("blé d&#x27;hiver", "Confident joint", "Self-organising map", "Profiles of the classes", "no proof"):
        assert words in report
    found = json.loads(Path(result["REPORT_JSON"]).read_text(encoding="utf-8"))
    assert found["figures"]["SUSPECTS"] == len(found["suspects"]) == suspects.sum()
    assert {row["fid"] - 1 for row in found["suspects"]} == set(np.flatnonzero(suspects).tolist())
    assert np.all(np.diff([row["quality"] for row in found["suspects"]]) >= 0)
    assert len(found["profiles"]["classes"]["maïs"]["p90"]) == len(samples.dates)
    assert sum(row["suspects"] for row in found["classes"]) == suspects.sum()


def test_every_algorithm_takes_the_checked_layer_as_samples(run, layer, tmp_path):
    checked = run("checksamples", SAMPLES=layer, FOLDS=2, OUTPUT=str(tmp_path / "c.gpkg"))["OUTPUT"]
    model = run("trainrandomforest", SAMPLES=checked, TREES=10, VALIDATION="none", OUTPUT=str(tmp_path / "m.onnx"))
    assert model["SAMPLES_USED"] == 179
    again = run("checksamples", SAMPLES=checked, FOLDS=2, OUTPUT=str(tmp_path / "again.gpkg"))
    first, second = rows_of(checked), rows_of(again["OUTPUT"])
    assert [row["quality"] for row in first] == [row["quality"] for row in second]
    assert list(first[0]) == list(second[0])


def test_the_layer_shows_classes_and_rings(run, layer, tmp_path):
    path = run("checksamples", SAMPLES=layer, METHOD=MAP, OUTPUT=str(tmp_path / "c.gpkg"))["OUTPUT"]
    shown = QgsVectorLayer(path, "checked", "ogr")
    assert shown.loadDefaultStyle()[1]
    rules = shown.renderer().rootRule().children()
    assert [rule.label() for rule in rules] == ["likely mislabelled: look at it", "blé d'hiver", "forêt", "maïs"]
    counts = []
    for rule in rules:
        shown.setSubsetString("")
        counts.append(sum(1 for _ in shown.getFeatures(rule.filterExpression())))
    rows = rows_of(path)
    assert counts[0] == sum(row["suspect"] == 1 for row in rows) and sum(counts[1:]) == 180


@pytest.mark.parametrize("method", METHODS)
def test_each_method_gives_its_fields(run, layer, tmp_path, method):
    result = run("checksamples", SAMPLES=layer, METHOD=method, FOLDS=2, OUTPUT=str(tmp_path / "c.gpkg"))
    fields = set(rows_of(result["OUTPUT"])[1])
    assert ("given_prob" in fields) == (method != MAP) == ("NOISE_SHARE" in result)
    assert ("som_verdict" in fields) == (method != "confident learning")


def test_selected_rows_of_a_layer_in_memory(run, layer, tmp_path):
    """Another format, another CRS, only a selection: read through QGIS, with the same fields."""
    source = QgsVectorLayer(layer, "source", "ogr")
    memory = QgsVectorLayer("Point?crs=EPSG:4326", "mémoire", "memory")
    memory.dataProvider().addAttributes(source.fields())
    memory.updateFields()
    features = []
    for feature in source.getFeatures():
        copy = QgsFeature(memory.fields())
        copy.setAttributes(feature.attributes())
        copy.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(10, 50)))
        features.append(copy)
    memory.dataProvider().addFeatures(features)
    QgsProject.instance().addMapLayer(memory)
    ids = [feature.id() for feature in memory.getFeatures()]
    memory.selectByIds(ids[60:])
    selected = QgsProcessingFeatureSourceDefinition(memory.id(), True)
    result = run("checksamples", SAMPLES=selected, METHOD=MAP, OUTPUT=str(tmp_path / "c.gpkg"))
    rows = rows_of(result["OUTPUT"])
    assert len(rows) == 120 and [row["visit"] for row in rows] == list(range(60, 180))
    QgsProject.instance().removeMapLayer(memory)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"VARIABLES": "evi"}, "no variable “evi”. They have: red, nir"),
        ({"OUTPUT": "out.shp"}, "does not end in .gpkg"),
        ({"SOM_SIZE": 50}, "Choose a smaller map, or 0"),
        ({"METHOD": "guessing"}, "guessing"),
    ],
)
def test_what_cannot_be_checked_is_said(run, layer, tmp_path, given, says):
    given = {"OUTPUT": "out.gpkg", **given}
    with pytest.raises(QgsProcessingException, match=says):
        run("checksamples", SAMPLES=layer, **{"METHOD": MAP, **given, "OUTPUT": str(tmp_path / given["OUTPUT"])})
    assert not list(tmp_path.glob("out*"))


def test_a_table_that_is_full_is_refused_before_the_work(run, tmp_path):
    days = [datetime.date(2020, 1, 1) + datetime.timedelta(days=day) for day in range(1992)]
    values = np.random.default_rng(1).normal(size=(12, len(days), 1)).astype(np.float32)
    few = season_samples(per_class=4, variables=("x",))
    write_samples(replace(few, values=values, dates=days), str(tmp_path / "wide.gpkg"), Provenance())
    with pytest.raises(QgsProcessingException, match="1,992 columns and 8 further fields"):
        run("checksamples", SAMPLES=str(tmp_path / "wide.gpkg"), METHOD=MAP, OUTPUT=str(tmp_path / "out.gpkg"))


def test_a_family_whose_package_is_missing_says_how_to_get_it(run, layer, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    given = {"SAMPLES": layer, "FAMILY": "TempCNN", "OUTPUT": str(tmp_path / "c.gpkg")}
    with pytest.raises(QgsProcessingException, match="pip install"):
        run("checksamples", **given)
    assert run("checksamples", **given, METHOD=MAP)["SUSPECTS"] > 0  # without a family


def test_the_choices_are_those_of_the_code():
    assert list(METHODS) == check_parameters.METHODS and list(PRUNINGS) == check_parameters.PRUNINGS
    assert set(check_parameters.VALIDATIONS) < set(VALIDATIONS)
