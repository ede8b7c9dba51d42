"""Clustering a samples layer, as a user does it."""

import csv
from pathlib import Path

import numpy as np
import pytest
from osgeo import ogr
from qgis.core import QgsProcessingException
from sample_tables import make_samples
from season_curves import DATES, season_curves

from chronocover.core.provenance import Provenance
from chronocover.core.samples.table import read_samples, write_samples

NAMES = np.array(["forêt", "blé d'hiver", "maïs"], dtype=object)


@pytest.fixture(scope="module")
def samples():
    values, kind = season_curves(150, variables=2, kinds=3, noise=0.02)
    values[0, :, 1] = np.nan
    values[1, 3:6] = np.nan
    dates = [date.isoformat() for date in DATES]
    return make_samples(NAMES[kind], dates=dates, variables=("ndvi", "nir"), values=values), kind


@pytest.fixture
def layer(samples, tmp_path):
    path = str(tmp_path / "échantillons.gpkg")
    write_samples(samples[0], path, Provenance())
    return path


def test_clusters_become_a_field_and_are_compared_with_classes(run, samples, layer, tmp_path):
    result = run(
        "clustersamples", SAMPLES=layer, METHOD="dtw", RADIUS=1, CLUSTERS=3, OUTPUT=str(tmp_path / "out é.gpkg"),
        MODEL=str(tmp_path / "m.onnx"), PROFILES=str(tmp_path / "p.csv"), CENTRES=str(tmp_path / "c.csv"),
        REPORT=str(tmp_path / "r.html"),
    )  # fmt: skip
    assert result["CLUSTERS"] == 3 and result["SAMPLES_COUNT"] == 149
    assert result["ADJUSTED_RAND_INDEX"] > 0.95 and result["SILHOUETTE"] > 0.3
    dataset = ogr.Open(result["OUTPUT"])
    table = dataset.GetLayer(0)
    clusters = np.array([feature.GetField("cluster") for feature in table])
    assert clusters[0] == 0  # a variable was never observed
    for kind in range(3):
        assert len(set(clusters[(samples[1] == kind) & (clusters > 0)])) <= 2
    again = read_samples(result["OUTPUT"])
    assert np.array_equal(again.values, samples[0].values, equal_nan=True)
    assert again.classes.tolist() == samples[0].classes.tolist() and again.variables == ["ndvi", "nir"]
    with open(result["PROFILES"], encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * len(DATES) * 2 and rows[0]["hectares"] == ""
    assert sum(int(row["pixels"]) for row in rows[:: len(DATES) * 2]) == 149
    report = Path(result["REPORT"]).read_text(encoding="utf-8")
    assert "blé d&#x27;hiver" in report and "Classes in the clusters" in report
    assert "1 samples lack every value" in report


def test_the_model_assigns_a_series(run, layer, tmp_path):
    from clustering_scenes import matches, read, write_curve_series

    model = run(
        "clustersamples", SAMPLES=layer, METHOD="euclidean", VARIABLES="ndvi", CLUSTERS=3,
        OUTPUT=str(tmp_path / "out.gpkg"), MODEL=str(tmp_path / "m.onnx"),
    )["MODEL"]  # fmt: skip
    series, kind = write_curve_series(tmp_path / "series.tif")
    result = run("applyclusters", SERIES=series, MODEL=model, OUTPUT=str(tmp_path / "c.tif"))
    assert matches(read(result["OUTPUT"]), kind)


def test_many_samples_are_learnt_from_a_part(run, layer, tmp_path):
    result = run(
        "clustersamples", SAMPLES=layer, METHOD="euclidean", CLUSTERS=3, SAMPLE_SIZE=40,
        OUTPUT=str(tmp_path / "out.gpkg"), REPORT=str(tmp_path / "r.html"),
    )  # fmt: skip
    assert result["SAMPLES_COUNT"] == 149
    assert "40 of 150" in Path(result["REPORT"]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"VARIABLES": "evi"}, "no variable evi. They have: ndvi, nir"),
        ({"CLUSTERS": 200}, "200"),
        ({"OUTPUT": "out.shp"}, "does not end in .gpkg"),
    ],
)
def test_what_cannot_be_clustered_is_said(run, layer, tmp_path, given, says):
    given = {"OUTPUT": "out.gpkg", **given}
    with pytest.raises(QgsProcessingException, match=says):
        run("clustersamples", SAMPLES=layer, **{**given, "OUTPUT": str(tmp_path / given["OUTPUT"])})
    assert not list(tmp_path.glob("out*"))


def test_every_method_finds_something_of_the_classes(run, data_folder, tmp_path):
    table = data_folder / "sinop_modis" / "samples_modis_ndvi_long.csv"
    samples = run("importsamples", FILES=[str(table)], OUTPUT=str(tmp_path / "s.gpkg"))["OUTPUT"]
    for method, least in (("euclidean", 0.3), ("dtw", 0.4), ("k-shape", 0.2)):
        result = run(
            "clustersamples", SAMPLES=samples, METHOD=method, CLUSTERS=4, OUTPUT=str(tmp_path / f"{method}.gpkg")
        )
        assert result["ADJUSTED_RAND_INDEX"] > least, method
