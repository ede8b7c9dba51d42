"""Searching clusterings, as a user does it."""

import csv
import json
from pathlib import Path

import pytest
from clustering_scenes import write_curve_series
from osgeo import gdal
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
)
from sample_tables import make_samples
from season_curves import DATES, season_curves

from chronocover.core.provenance import Provenance
from chronocover.core.samples.table import write_samples
from chronocover.models.clustering.search import grid_of, parse_numbers, parse_radii
from chronocover.models.clustering.settings import ClusteringSettings


@pytest.fixture(scope="module")
def series(tmp_path_factory):
    return write_curve_series(tmp_path_factory.mktemp("données") / "série.tif", noise=0.02)[0]


def test_the_right_number_of_clusters_is_best_and_can_be_passed_on(run, series, tmp_path):
    result = run(
        "clustergridsearch", SERIES=series, METHODS=["euclidean", "dtw"], CLUSTER_NUMBERS="2-4", RADII="1",
        SAMPLE_SIZE=200, REPORT=str(tmp_path / "r.html"), CSV=str(tmp_path / "t.csv"),
    )  # fmt: skip
    assert result["CLUSTERS"] == 3 and result["SETTINGS"] == 6
    assert result["METHOD"] in ("euclidean", "dtw") and result["SCALING"] == "none"
    assert result["STABILITY"] > 0.9 and result["SILHOUETTE"] > 0.3 and result["DAVIES_BOULDIN"] < 1.5
    with open(result["CSV"], encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["rank"]) for row in rows] == [1, 2, 3, 4, 5, 6]
    silhouettes = [float(row["silhouette"]) for row in rows]
    assert silhouettes == sorted(silhouettes, reverse=True) and rows[0]["method"] == result["METHOD"]
    report = Path(result["REPORT"]).read_text(encoding="utf-8")
    assert "elbow" in report and report.count("<svg") == 4 and "DTW k-means, band of 1 date" in report
    passed = {name: result[name] for name in ("METHOD", "CLUSTERS", "RADIUS", "SCALING")}
    found = run("clusterseries", SERIES=series, SAMPLE_SIZE=200, OUTPUT=str(tmp_path / "c.tif"), **passed)
    assert found["CLUSTERS"] == 3


def test_samples_can_be_searched_as_well(run, series, tmp_path):
    values, kind = season_curves(90, kinds=3, noise=0.02)
    samples = make_samples(
        [str(k + 1) for k in kind], dates=[date.isoformat() for date in DATES], variables=("ndvi",), values=values
    )
    write_samples(samples, str(tmp_path / "s.gpkg"), Provenance())
    result = run(
        "clustergridsearch", SAMPLES=str(tmp_path / "s.gpkg"), METHODS=["k-shape", "euclidean"],
        SCALINGS=["none", "min-max"], CLUSTER_NUMBERS="2, 3", CRITERION="stability", SEEDS=2,
        CSV=str(tmp_path / "t.csv"),
    )  # fmt: skip
    assert result["SETTINGS"] == 6  # k-shape has one scaling
    with pytest.raises(QgsProcessingException, match="A mask restricts the pixels of a series"):
        run("clustergridsearch", SAMPLES=str(tmp_path / "s.gpkg"), MASK=series)


def test_no_elbow_is_drawn_of_negative_distances(run, series, tmp_path):
    result = run(
        "clustergridsearch", SERIES=series, METHODS=["soft-dtw"], GAMMA=1, CLUSTER_NUMBERS="2, 3", SAMPLE_SIZE=60,
        ITERATIONS=3, SEEDS=2, REPORT=str(tmp_path / "r.html"),
    )  # fmt: skip
    report = Path(result["REPORT"]).read_text(encoding="utf-8")
    assert report.count("<svg") == 3 and "(elbow)" not in report and "soft-DTW has distances below 0" in report


def test_settings_that_fail_are_listed_last(run, series, tmp_path):
    result = run(
        "clustergridsearch", SERIES=series, METHODS=["euclidean"], CLUSTER_NUMBERS="1, 2, 50", SAMPLE_SIZE=30, SEEDS=2,
        CSV=str(tmp_path / "t.csv"), REPORT=str(tmp_path / "r.html"),
    )  # fmt: skip
    with open(result["CSV"], encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["clusters"] for row in rows] == ["2", "1", "50"]
    assert rows[2]["problem"] and rows[1]["silhouette"] == ""


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"SERIES": None}, "one of the two"),
        ({"CLUSTER_NUMBERS": "many"}, "“many” is neither"),
        ({"CLUSTER_NUMBERS": "0-2"}, "0 clusters"),
        ({"CLUSTER_NUMBERS": "100", "SAMPLE_SIZE": 20}, "No setting gave a clustering"),
        ({"RADII": "wide"}, "“wide” is neither"),
    ],
)
def test_wrong_grids_are_refused(run, series, given, says):
    with pytest.raises(QgsProcessingException, match=says):
        run("clustergridsearch", **{"SERIES": series, "CLUSTER_NUMBERS": "2", **given})


def test_the_dialogs_offer_what_there_is():
    from chronocover.algorithms import clustergridsearch, clustering_parameters
    from chronocover.core.samples import pixel_draw
    from chronocover.models.clustering import search

    assert clustergridsearch.CRITERIA == search.CRITERIA
    assert clustering_parameters.SPREADS == pixel_draw.SPREADS


def test_numbers_and_ranges():
    assert parse_numbers("3-6, 8;4") == [3, 4, 5, 6, 8]


def test_bands_are_numbers_ranges_or_none():
    assert parse_radii("-1, 3-5; 2") == [None, 2, 3, 4, 5]
    assert parse_radii("none") == parse_radii("") == [None]
    assert parse_radii("0") == [0]


def test_bands_count_only_where_there_are_any():
    grid = grid_of(ClusteringSettings(), ("euclidean", "dtw", "k-shape"), ("none", "min-max"), (None, 2), (4,))
    found = [(each.method, each.effective_scaling, each.radius) for each in grid]
    assert found == [
        ("euclidean", "none", None), ("euclidean", "min-max", None), ("dtw", "none", None), ("dtw", "none", 2),
        ("dtw", "min-max", None), ("dtw", "min-max", 2), ("k-shape", "z-score", None),
    ]  # fmt: skip


def test_a_model_passes_the_best_settings_on(qgis_app, series, tmp_path):
    model = QgsProcessingModelAlgorithm("Search and cluster", "Tests")
    source = QgsProcessingModelChildParameterSource
    steps = {
        "search": ("clustergridsearch", {
            "SERIES": source.fromStaticValue(series), "METHODS": source.fromStaticValue(["k-shape", "dtw"]),
            "CLUSTER_NUMBERS": source.fromStaticValue("3"), "RADII": source.fromStaticValue("1"),
            "SAMPLE_SIZE": source.fromStaticValue(150),
        }),
        "cluster": ("clusterseries", {
            "SERIES": source.fromStaticValue(series), "OUTPUT": source.fromStaticValue(str(tmp_path / "c.tif")),
            "SAMPLE_SIZE": source.fromStaticValue(150),
            **{name: source.fromChildOutput("search", name) for name in ("METHOD", "CLUSTERS", "RADIUS", "SCALING")},
        }),
    }  # fmt: skip
    for identity, (name, parameters) in steps.items():
        child = QgsProcessingModelChildAlgorithm(f"chronocover:{name}")
        child.setChildId(identity)
        for parameter, value in parameters.items():
            child.addParameterSources(parameter, [value])
        model.addChildAlgorithm(child)
    feedback = QgsProcessingFeedback()
    model.run({}, QgsProcessingContext(), feedback, {}, False)
    dataset = gdal.Open(str(tmp_path / "c.tif"))
    done = json.loads(dataset.GetMetadataItem("CHRONOCOVER_PARAMETERS"))
    assert done["CLUSTERS"] == 3 and done["METHOD"] in ("k-shape", "dtw") and done["SCALING"] in ("z-score", "none")
