"""Clustering an image time series, as a user does it."""

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest
from clustering_scenes import COLUMNS, ROWS, matches, read, write_curve_series
from osgeo import gdal, ogr
from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback
from scenes import write_raster, write_series
from season_curves import DATES

from chronocover.core.labels.legend import Legend, read_legend, write_legend

HECTARES = 0.01  # of a pixel of 10 m


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    return write_curve_series(tmp_path_factory.mktemp("données") / "série.tif", missing=0.05)


@pytest.fixture(scope="module")
def clustered(qgis_app, scene, tmp_path_factory):
    """One run with all outputs."""
    import processing

    folder = tmp_path_factory.mktemp("résultats")
    names = {
        "OUTPUT": "clusters.tif", "DISTANCE": "distance.tif", "MODEL": "model.onnx", "CENTRES": "centres.csv",
        "PROFILES": "profiles.csv", "PROFILE_LAYER": "profiles.gpkg", "REPORT": "report.html",
    }  # fmt: skip
    outputs = {name: str(folder / file) for name, file in names.items()}
    return processing.run(
        "chronocover:clusterseries", {"SERIES": scene[0], "CLUSTERS": 3, "RADIUS": 1, "SAMPLE_SIZE": 600, **outputs}
    )


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_kinds_of_curves_come_apart(clustered, scene):
    labels = read(clustered["OUTPUT"])
    assert (labels[:3, :4] == 0).all() and (labels > 0).sum() == ROWS * COLUMNS - 12
    assert matches(labels, scene[1])
    assert clustered["CLUSTERS"] == 3 and clustered["PIXELS"] == ROWS * COLUMNS - 12
    assert clustered["PIXELS_WITHOUT_DATA"] == 12
    assert clustered["SILHOUETTE"] > 0.3 and clustered["INERTIA"] > 0


def test_the_map_has_names_colours_and_its_origin(clustered):
    dataset = gdal.Open(clustered["OUTPUT"])
    legend = read_legend(dataset)
    assert legend.names == ["Cluster 1", "Cluster 2", "Cluster 3"] and len({c.color for c in legend.classes}) == 3
    assert dataset.GetMetadataItem("CHRONOCOVER_ALGORITHM") == "chronocover:clusterseries"
    assert json.loads(dataset.GetMetadataItem("CHRONOCOVER_PARAMETERS"))["CLUSTERS"] == 3
    assert os.path.exists(clustered["OUTPUT"].replace(".tif", ".qml"))


def test_distances_are_those_to_the_nearest_centre(clustered):
    distance, labels = read(clustered["DISTANCE"]), read(clustered["OUTPUT"])
    assert distance.dtype == np.float32 and np.isnan(distance[labels == 0]).all()
    assert (distance[labels > 0] >= 0).all()


def test_profiles_are_mean_and_percentiles_of_all_pixels(clustered, scene):
    labels = read(clustered["OUTPUT"])
    stored = gdal.Open(scene[0]).ReadAsArray().astype(float)
    series = np.where(stored == -9999, np.nan, stored * 1e-4).reshape(len(DATES), -1).T
    days = np.arange(len(DATES))
    filled = np.array([np.interp(days, days[~np.isnan(s)], s[~np.isnan(s)]) for s in series[labels.ravel() > 0]])
    own = labels[labels > 0]
    rows = rows_of(clustered["PROFILES"])
    assert len(rows) == 3 * len(DATES)
    for row in rows[::7]:
        values = filled[own == int(row["cluster"]), [d.isoformat() for d in DATES].index(row["date"])]
        assert float(row["mean"]) == pytest.approx(values.mean(), abs=1e-6)
        assert float(row["p10"]) == pytest.approx(np.percentile(values, 10), abs=1e-6)
        assert float(row["p90"]) == pytest.approx(np.percentile(values, 90), abs=1e-6)
        assert int(row["pixels"]) == (own == int(row["cluster"])).sum()
        assert float(row["hectares"]) == pytest.approx(int(row["pixels"]) * HECTARES)
    dataset = ogr.Open(clustered["PROFILE_LAYER"])
    layer = dataset.GetLayer(0)
    assert layer.GetFeatureCount() == len(rows)
    first = layer.GetNextFeature()
    assert first.GetField("date") == "2021/01/01" and first.GetField("variable") == "ndvi"


def test_the_report_shows_curves_areas_and_the_map(clustered):
    text = Path(clustered["REPORT"]).read_text(encoding="utf-8")
    for said in ("Cluster 3", "over time", "Area (ha)", "data:image/png", "DTW k-means, band of 1 date", "polygon"):
        assert said in text, said


def test_centres_have_a_row_for_each_date(clustered):
    rows = rows_of(clustered["CENTRES"])
    assert [row["date"] for row in rows[:2]] == ["2021-01-01", "2021-01-17"] and len(rows) == 3 * len(DATES)


@pytest.mark.parametrize("method", ["euclidean", "soft-dtw", "k-shape", "gak"])
def test_every_method_makes_a_map(run, scene, tmp_path, method):
    result = run(
        "clusterseries", SERIES=scene[0], METHOD=method, CLUSTERS=3, SAMPLE_SIZE=200, GAMMA=0.05, RESTARTS=1,
        SCALING="z-score", SMOOTHING="whittaker", SMOOTHING_STRENGTH=2,
        OUTPUT=str(tmp_path / "c.tif"), MODEL=str(tmp_path / "c.onnx"),
    )  # fmt: skip
    assert set(np.unique(read(result["OUTPUT"])).tolist()) == {0, 1, 2, 3}
    assert os.path.getsize(result["MODEL"]) > 0


def test_the_same_seed_gives_the_same_map(run, scene, tmp_path):
    given = {"SERIES": scene[0], "CLUSTERS": 4, "SAMPLE_SIZE": 300, "SEED": 5}
    maps = [read(run("clusterseries", OUTPUT=str(tmp_path / name), **given)["OUTPUT"]) for name in ("a.tif", "b.tif")]
    assert (maps[0] == maps[1]).all()


@pytest.mark.parametrize("spread", ["scene", "classes"])
def test_one_class_of_a_map_is_split(run, scene, tmp_path, spread):
    path = write_raster(tmp_path / "cover.tif", (scene[1] + 1).astype(np.uint8), nodata=0)
    dataset = gdal.OpenEx(path, gdal.OF_RASTER | gdal.OF_UPDATE)
    write_legend(dataset, Legend.of_codes({"forêt, haute": 1, "blé": 2, "maïs": 3}))
    dataset = None
    result = run(
        "clusterseries", SERIES=scene[0], MASK=path, CLASS="blé, 3", CLUSTERS=2, RADIUS=1, SPREAD=spread,
        SAMPLE_SIZE=200, OUTPUT=str(tmp_path / "c.tif"),
    )  # fmt: skip
    labels, wanted = read(result["OUTPUT"]), scene[1] > 0
    assert (labels[~wanted] == 0).all()
    assert matches(np.where(wanted, labels, 0), np.where(wanted, scene[1] - 1, 0))
    one = run(
        "clusterseries", SERIES=scene[0], MASK=path, CLASS="forêt, haute", CLUSTERS=2, SAMPLE_SIZE=200,
        OUTPUT=str(tmp_path / "one.tif"),
    )  # fmt: skip
    forest = scene[1] == 0
    forest[:3, :4] = False  # no data
    assert ((read(one["OUTPUT"]) > 0) == forest).all()


def test_one_cluster_is_everything(run, scene, tmp_path):
    result = run(
        "clusterseries", SERIES=scene[0], CLUSTERS=1, SAMPLE_SIZE=100, OUTPUT=str(tmp_path / "c.tif"),
        REPORT=str(tmp_path / "r.html"),
    )  # fmt: skip
    assert result["PIXELS"] == ROWS * COLUMNS - 12 and "SILHOUETTE" not in result


def test_one_date_will_do(run, tmp_path):
    path = write_series(
        tmp_path / "one.tif", np.arange(100, dtype=np.float32).reshape(1, 1, 10, 10), ["2021-06-01"], ["ndvi"]
    )
    result = run(
        "clusterseries", SERIES=path, CLUSTERS=2, OUTPUT=str(tmp_path / "c.tif"), REPORT=str(tmp_path / "r.html")
    )
    labels = read(result["OUTPUT"])
    assert len(np.unique(labels[:4])) == 1 and labels[0, 0] != labels[9, 9]


def test_constant_series_are_told(run, tmp_path):
    values = np.full((4, 1, 10, 10), 0.5, np.float32)
    values[:, 0, 5:] = np.linspace(0, 1, 4, dtype=np.float32)[:, None, None]
    path = write_series(tmp_path / "flat.tif", values, ["2021-01-01", "2021-02-01", "2021-03-01", "2021-04-01"], ["v"])
    feedback = QgsProcessingFeedback()
    import processing

    result = processing.run(
        "chronocover:clusterseries",
        {"SERIES": path, "METHOD": "euclidean", "CLUSTERS": 2, "SCALING": "z-score", "OUTPUT": str(tmp_path / "c.tif")},
        feedback=feedback,
    )
    labels = read(result["OUTPUT"])
    assert labels[0, 0] != labels[9, 0]
    assert "constant" in feedback.textLog()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"VARIABLES": "evi"}, "no variable evi"),
        ({"CLASS": "wheat"}, "no mask is given"),
        ({"SPREAD": "classes"}, "choose the class raster as mask"),
        ({"SMOOTHING": "savitzky-golay", "SMOOTHING_WINDOW": 99}, "window of 99 dates"),
        ({"CLUSTERS": 250, "SAMPLE_SIZE": 100}, "fewer than the 250 clusters"),
        ({"PROFILE_LAYER": "profiles.shp"}, "does not end in .gpkg"),
    ],
)
def test_what_cannot_be_clustered_is_said(run, scene, tmp_path, given, says):
    if "PROFILE_LAYER" in given:
        given = {"PROFILE_LAYER": str(tmp_path / given["PROFILE_LAYER"])}
    with pytest.raises(QgsProcessingException, match=says):
        run("clusterseries", SERIES=scene[0], OUTPUT=str(tmp_path / "c.tif"), **given)
    assert not list(tmp_path.iterdir())


def test_a_mask_that_leaves_nothing_is_said(run, scene, tmp_path):
    mask = write_raster(tmp_path / "mask.tif", np.ones((ROWS, COLUMNS), np.uint8))
    with pytest.raises(QgsProcessingException, match="leaves no pixel"):
        run("clusterseries", SERIES=scene[0], MASK=mask, CLASS="7", OUTPUT=str(tmp_path / "c.tif"))
    corner = np.zeros((ROWS, COLUMNS), np.uint8)
    corner[:3, :4] = 1
    mask = write_raster(tmp_path / "corner.tif", corner)
    with pytest.raises(QgsProcessingException, match="None of the 12 pixels"):
        run("clusterseries", SERIES=scene[0], MASK=mask, OUTPUT=str(tmp_path / "c.tif"))


def test_fewer_different_series_than_clusters_are_said(run, tmp_path):
    values = np.zeros((3, 1, 8, 8), np.float32)
    values[:, :, 4:] = 1
    path = write_series(tmp_path / "two.tif", values, ["2021-01-01", "2021-02-01", "2021-03-01"], ["v"])
    with pytest.raises(QgsProcessingException, match="differ"):
        run("clusterseries", SERIES=path, CLUSTERS=3, OUTPUT=str(tmp_path / "c.tif"))


def test_cancelling_leaves_nothing(qgis_app, scene, tmp_path):
    from qgis.core import QgsApplication

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("chronocover:clusterseries")
    feedback = QgsProcessingFeedback()
    feedback.progressChanged.connect(lambda percent: feedback.cancel() if percent > 20 else None)
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        algorithm.run(
            {"SERIES": scene[0], "CLUSTERS": 3, "OUTPUT": str(tmp_path / "c.tif")},
            QgsProcessingContext(), feedback, {}, False,
        )  # fmt: skip
    assert not list(tmp_path.iterdir())


class ImpatientFeedback(QgsProcessingFeedback):
    """Cancels as soon as the clusters are found."""

    def pushInfo(self, text):
        if "clusters after" in text:
            self.cancel()


def test_cancelling_while_pixels_are_assigned_leaves_no_model(qgis_app, scene, tmp_path):
    from qgis.core import QgsApplication

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("chronocover:clusterseries")
    outputs = {"OUTPUT": str(tmp_path / "c.tif"), "MODEL": str(tmp_path / "m.onnx")}
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        algorithm.run(
            {"SERIES": scene[0], "CLUSTERS": 3, **outputs}, QgsProcessingContext(), ImpatientFeedback(), {}, False
        )
    assert not list(tmp_path.iterdir())


def test_an_output_below_a_file_is_refused(run, scene, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(QgsProcessingException, match="Cannot write"):
        run("clusterseries", SERIES=scene[0], OUTPUT=str(tmp_path / "file" / "c.tif"))


def test_forest_pasture_and_double_cropping_come_apart(run, data_folder, tmp_path):
    folder = data_folder / "sinop_modis"
    series = run("buildseries", FOLDER=str(folder), PATTERN="*.jp2", SCALE=0.0001, OUTPUT=str(tmp_path / "sinop.vrt"))[
        "OUTPUT"
    ]
    result = run(
        "clusterseries", SERIES=series, CLUSTERS=6, METHOD="dtw", OUTPUT=str(tmp_path / "c.tif"),
        PROFILES=str(tmp_path / "p.csv"),
    )  # fmt: skip
    assert result["PIXELS"] == 147 * 255
    curves = {}
    for row in rows_of(result["PROFILES"]):
        curves.setdefault(row["cluster"], []).append(float(row["mean"]))
    dry = np.array([(curve[0] + curve[-1]) / 2 for curve in curves.values()])  # September and August
    peaks = np.array([max(curve) - min(curve) for curve in curves.values()])
    assert dry.max() > 0.75 and dry.min() < 0.4  # evergreen forest, and bare fields
    assert peaks[dry.argmin()] > 0.5
