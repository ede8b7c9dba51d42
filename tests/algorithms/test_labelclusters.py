"""Naming clusters, as a user does it."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsProcessingException, QgsRectangle, QgsVectorLayer
from scenes import write_raster

from chronocover.core.labels.legend import Legend, read_legend

CLUSTERS = np.repeat(np.array([[1, 2, 3, 4]], np.uint8), 4, axis=0).repeat(2, axis=1)  # columns of two pixels


@pytest.fixture
def clusters(tmp_path):
    return write_raster(tmp_path / "grappes é.tif", CLUSTERS, nodata=0)


def codes_and_names(path):
    dataset = gdal.Open(path)
    return dataset.ReadAsArray(), {c.code: c.name for c in read_legend(dataset).classes}


def point_layer(places, crs="EPSG:32633"):
    """Points at (column, row) of the raster with a class."""
    layer = QgsVectorLayer(f"Point?crs={crs}&field=crop:string", "field work", "memory")
    features = []
    for column, row, name in places:
        feature = QgsFeature(layer.fields())
        feature.setAttribute("crop", name)
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(500000 + 10 * column + 5, 5100000 - 10 * row - 5)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def test_a_csv_table_names_clusters_and_joins_two(run, clusters, tmp_path):
    table = tmp_path / "names.csv"
    table.write_text("cluster,class\n1,forêt\n2,blé d'hiver\n3,forêt\n4,\n", encoding="utf-8")
    result = run("labelclusters", CLUSTERS=clusters, TABLE=str(table), OUTPUT=str(tmp_path / "classes.tif"))
    codes, names = codes_and_names(result["OUTPUT"])
    assert names == {1: "blé d'hiver", 2: "forêt"}
    assert codes[0].tolist() == [2, 2, 1, 1, 2, 2, 0, 0]
    assert (result["CLASSES"], result["NAMED"], result["UNNAMED"], result["PIXELS"]) == (2, 3, 1, 24)
    assert result["PURITY"] is None
    assert "forêt" in (tmp_path / "classes.qml").read_text(encoding="utf-8")


def test_clusters_without_a_class_can_be_kept(run, clusters, tmp_path):
    table = tmp_path / "names.csv"
    table.write_text("id;what\ncluster 1;wheat\n", encoding="utf-8")
    table.write_text("id,what\n1,7\n", encoding="utf-8")
    result = run(
        "labelclusters", CLUSTERS=clusters, TABLE=str(table), CLUSTER_FIELD="id", CLASS_FIELD="what",
        KEEP_UNNAMED=True, OUTPUT=str(tmp_path / "classes.tif"),
    )  # fmt: skip
    codes, names = codes_and_names(result["OUTPUT"])
    assert names == {7: "7", 8: "unnamed"}
    assert codes[0].tolist() == [7, 7, 8, 8, 8, 8, 8, 8]


def test_the_name_of_a_cluster_does_as_well_as_its_number(run, tmp_path):
    path = write_raster(tmp_path / "named.tif", CLUSTERS, nodata=0)
    from chronocover.core.labels.legend import write_legend

    dataset = gdal.OpenEx(path, gdal.OF_RASTER | gdal.OF_UPDATE)
    write_legend(dataset, Legend.of_codes({f"cluster {i}": i for i in (1, 2, 3, 4)}))
    dataset = None
    table = tmp_path / "names.csv"
    table.write_text("cluster,class\ncluster 2,rice\n", encoding="utf-8")
    result = run("labelclusters", CLUSTERS=path, TABLE=str(table), OUTPUT=str(tmp_path / "classes.tif"))
    codes, names = codes_and_names(result["OUTPUT"])
    assert names == {1: "rice"} and (codes == 1).sum() == 8


def test_most_labels_decide_and_purity_says_how_sure(run, clusters, tmp_path):
    layer = point_layer(
        [(0, 0, "maize"), (0, 1, "maize"), (1, 2, "wheat"), (2, 0, "wheat"), (4, 0, "wheat"), (40, 0, "far away")]
    )
    result = run(
        "labelclusters", CLUSTERS=clusters, LABELS=layer, FIELD="crop", OUTPUT=str(tmp_path / "classes.tif"),
        NAMES=str(tmp_path / "names.csv"), REPORT=str(tmp_path / "report.html"),
    )  # fmt: skip
    codes, names = codes_and_names(result["OUTPUT"])
    assert names == {2: "maize", 3: "wheat"}
    assert codes[0].tolist() == [2, 2, 3, 3, 3, 3, 0, 0]
    assert result["PURITY"] == pytest.approx(100 * 4 / 5)
    rows = (tmp_path / "names.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1].split(",")[:5] == ["1", "1", "maize", "0.666667", "3"]
    report = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Clusters without a class: 4." in report and "66.7" in report
    again = run("labelclusters", CLUSTERS=clusters, TABLE=result["NAMES"], OUTPUT=str(tmp_path / "again.tif"))
    assert (gdal.Open(again["OUTPUT"]).ReadAsArray() > 0).tolist() == (codes > 0).tolist()


def test_impure_clusters_stay_without_a_class(run, clusters, tmp_path):
    layer = point_layer([(0, 0, "maize"), (0, 1, "maize"), (1, 2, "wheat"), (2, 0, "wheat")])
    result = run(
        "labelclusters", CLUSTERS=clusters, LABELS=layer, FIELD="crop", MIN_PURITY=80,
        OUTPUT=str(tmp_path / "classes.tif"),
    )  # fmt: skip
    codes, names = codes_and_names(result["OUTPUT"])
    assert names == {2: "wheat"} and codes[0].tolist() == [0, 0, 2, 2, 0, 0, 0, 0]


def test_an_older_map_names_clusters(run, clusters, tmp_path):
    older = write_raster(tmp_path / "map.tif", np.where(CLUSTERS > 2, 30, 20).astype(np.uint16))
    result = run("labelclusters", CLUSTERS=clusters, LABELS_RASTER=older, OUTPUT=str(tmp_path / "classes.tif"))
    codes, names = codes_and_names(result["OUTPUT"])
    assert names == {20: "20", 30: "30"} and codes[0].tolist() == [20] * 4 + [30] * 4
    assert result["PURITY"] == 100


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "one of the three"),
        ({"TABLE": "cluster,class\n9,wheat\n"}, "names none of the raster's clusters"),
        ({"TABLE": "cluster,class\n1,\n"}, "no row with a class"),
        ({"TABLE": "cluster,class\n1,a\n1,b\n"}, "two classes: a and b"),
        ({"TABLE": "number,class\n1,a\n"}, "no field “cluster”"),
    ],
)
def test_what_cannot_be_named_is_said(run, clusters, tmp_path, given, says):
    if "TABLE" in given:
        (tmp_path / "names.csv").write_text(given["TABLE"], encoding="utf-8")
        given = {"TABLE": str(tmp_path / "names.csv")}
    with pytest.raises(QgsProcessingException, match=says):
        run("labelclusters", CLUSTERS=clusters, OUTPUT=str(tmp_path / "classes.tif"), **given)
    assert not (tmp_path / "classes.tif").exists()


def test_labels_elsewhere_are_refused(run, clusters, tmp_path):
    with pytest.raises(QgsProcessingException, match="No label lies in a cluster"):
        run(
            "labelclusters", CLUSTERS=clusters, LABELS=point_layer([(400, 0, "maize")]), FIELD="crop",
            OUTPUT=str(tmp_path / "classes.tif"),
        )  # fmt: skip


def test_a_class_called_unnamed_is_a_class(run, clusters, tmp_path):
    table = tmp_path / "names.csv"
    table.write_text("cluster,class\n1,unnamed\n2,rice\n", encoding="utf-8")
    result = run("labelclusters", CLUSTERS=clusters, TABLE=str(table), OUTPUT=str(tmp_path / "classes.tif"))
    codes, names = codes_and_names(result["OUTPUT"])
    assert names == {1: "rice", 2: "unnamed"} and codes[0].tolist() == [2, 2, 1, 1, 0, 0, 0, 0]


def test_polygons_count_by_their_pixels_but_not_where_classes_overlap(run, clusters, tmp_path):
    layer = QgsVectorLayer("Polygon?crs=EPSG:32633&field=crop:string", "fields", "memory")
    features = []
    for first, last, name in ((0, 3, "maize"), (2, 6, "wheat")):  # columns; the third is claimed twice
        feature = QgsFeature(layer.fields())
        feature.setAttribute("crop", name)
        west, east = 500000 + 10 * first, 500000 + 10 * last
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(west, 5099960, east, 5100000)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    result = run(
        "labelclusters", CLUSTERS=clusters, LABELS=layer, FIELD="crop", OUTPUT=str(tmp_path / "classes.tif"),
        NAMES=str(tmp_path / "names.csv"),
    )  # fmt: skip
    codes, names = codes_and_names(result["OUTPUT"])
    assert names == {1: "maize", 2: "wheat"} and codes[0].tolist() == [1, 1, 2, 2, 2, 2, 0, 0]
    assert result["PURITY"] == 100
    rows = (tmp_path / "names.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[4] for row in rows[1:]] == ["8", "4", "8", "0"]
