"""Reading label layers as users have them."""

import pytest
from osgeo import ogr
from qgis.core import (
    NULL,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProject,
    QgsRendererCategory,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from chronocover.algorithms.base import ChronocoverAlgorithm
from chronocover.algorithms.vectors import read_labels
from chronocover.core.errors import ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.grid import Grid

SQUARE = "POLYGON((500000 5100000, 500100 5100000, 500100 5099900, 500000 5099900, 500000 5100000))"


class Reader(ChronocoverAlgorithm):
    NAME = "reader"

    def define(self):
        self.add(QgsProcessingParameterFeatureSource("LABELS", "Labels"), "The labels.")
        for name in ("FIELD", "GROUP", "PRIORITY"):
            self.add(QgsProcessingParameterField(name, name, None, "LABELS", optional=True), "A field.")


class Log(Feedback):
    def __init__(self):
        self.warnings = []

    def warning(self, text):
        self.warnings.append(text)


def grid_of(crs="EPSG:32633"):
    wkt = QgsCoordinateReferenceSystem(crs).toWkt(QgsCoordinateReferenceSystem.WKT_PREFERRED_GDAL) if crs else ""
    return Grid(wkt, (500000.0, 10.0, 0.0, 5100000.0, 0.0, -10.0), 100, 100)


@pytest.fixture
def read(qgis_app):
    """Read a layer; returns the labels and the warnings."""

    def read_layer(layer, grid=None, **parameters):
        project = QgsProject()
        context = QgsProcessingContext()
        context.setProject(project)
        if isinstance(layer, QgsVectorLayer):
            project.addMapLayer(layer, False)
        algorithm = Reader()
        algorithm.initAlgorithm()
        parameters = {"LABELS": layer, "FIELD": "class", **parameters}
        log = Log()
        labels = read_labels(
            algorithm, parameters, context, grid or grid_of(), log, "LABELS", "FIELD", "GROUP", "PRIORITY"
        )
        if isinstance(layer, QgsVectorLayer):
            project.takeMapLayer(layer)
        return labels, log.warnings

    return read_layer


def layer_of(rows, kind="Polygon", crs="EPSG:32633", fields="class:string(50)"):
    """A memory layer; ``rows`` of (WKT, attributes…)."""
    declared = "".join(f"&field={field}" for field in fields.split(","))
    layer = QgsVectorLayer(f"{kind}?{'crs=' + crs if crs else ''}{declared}", "my läbels", "memory")
    if not crs:
        layer.setCrs(QgsCoordinateReferenceSystem())
    features = []
    for wkt, *attributes in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(attributes)
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def names(labels):
    return [feature.class_name for feature in labels.features]


def test_text_classes_are_numbered_in_alphabetical_order(read):
    labels, warnings = read(layer_of([(SQUARE, "wáter"), (SQUARE, "dry land "), (SQUARE, "wáter")]))
    assert labels.legend.names == ["dry land", "wáter"] and labels.legend.codes == [1, 2]
    assert names(labels) == ["wáter", "dry land", "wáter"]
    assert labels.kind == "polygon" and labels.counts() == {"dry land": 1, "wáter": 2}
    assert warnings == []


def test_line_breaks_in_a_class_are_blanks(read):
    labels, _ = read(layer_of([(SQUARE, "dry\n land"), (SQUARE, "dry land")]))
    assert labels.legend.names == ["dry land"] == sorted(set(names(labels)))


@pytest.mark.parametrize(("field", "values"), [("class:integer", [12, 3]), ("class:double", [12.0, 3.0])])
def test_numbers_keep_their_value(read, field, values):
    labels, _ = read(layer_of([(SQUARE, value) for value in values], fields=field))
    assert labels.legend.codes == [3, 12] and names(labels) == ["12", "3"]


def test_numbers_in_a_text_field_keep_their_value_too(read):
    labels, warnings = read(layer_of([(SQUARE, "12"), (SQUARE, "3"), (SQUARE, "0")]))
    assert labels.legend.codes == [3, 12] and labels.legend.names == ["3", "12"]
    assert "without a class, left out: 1" in warnings[0]


def test_both_values_of_a_yes_no_field_are_classes(read):
    labels, _ = read(layer_of([(SQUARE, True), (SQUARE, False), (SQUARE, NULL)], fields="class:bool"))
    assert names(labels) == ["True", "False"]


def test_features_without_a_class_are_left_out_and_counted(read):
    labels, warnings = read(layer_of([(SQUARE, 1), (SQUARE, 0), (SQUARE, NULL), (SQUARE, 2)], fields="class:integer"))
    assert names(labels) == ["1", "2"]
    assert "“my läbels”. Features without a class, left out: 2." in warnings[0]
    labels, warnings = read(layer_of([(SQUARE, "a"), (SQUARE, ""), (SQUARE, " "), (SQUARE, NULL)]))
    assert names(labels) == ["a"] and "left out: 3" in warnings[0]
    labels, warnings = read(layer_of([(SQUARE, float("nan")), (SQUARE, 7.0)], fields="class:double"))
    assert names(labels) == ["7"] and "left out: 1" in warnings[0]


def test_a_fraction_or_a_negative_number_is_no_class(read):
    with pytest.raises(ChronocoverError, match=r"class number 1\.5"):
        read(layer_of([(SQUARE, 1.5)], fields="class:double"))
    with pytest.raises(ChronocoverError, match="class number -3"):
        read(layer_of([(SQUARE, -3)], fields="class:integer"))


def test_features_without_geometry_are_left_out_and_counted(read):
    labels, warnings = read(layer_of([("", "a"), ("POLYGON EMPTY", "a"), (SQUARE, "b")]))
    assert names(labels) == ["b"] and "usable in the CRS of the raster, left out: 2" in warnings[0]


def test_an_invalid_polygon_is_repaired_and_one_without_area_left_out(read):
    bow_tie = "POLYGON((500000 5100000, 500100 5099900, 500100 5100000, 500000 5099900, 500000 5100000))"
    line = "POLYGON((500000 5100000, 500100 5100000, 500000 5100000, 500000 5100000))"
    labels, warnings = read(layer_of([(bow_tie, "a"), (line, "b")]))
    assert names(labels) == ["a"]
    shape = ogr.CreateGeometryFromWkb(labels.features[0].geometry)
    assert shape.IsValid() and shape.Area() == pytest.approx(5000)
    assert any("invalid geometry, repaired: 1" in text for text in warnings)
    assert any("usable in the CRS of the raster, left out: 1" in text for text in warnings)


def test_heights_and_arcs_become_plain_polygons(read):
    solid = "POLYGONZ((500000 5100000 7, 500100 5100000 7, 500100 5099900 7, 500000 5100000 7))"
    labels, _ = read(layer_of([(solid, "a")], "PolygonZ"))
    assert ogr.CreateGeometryFromWkb(labels.features[0].geometry).GetGeometryType() == ogr.wkbPolygon
    disc = "CURVEPOLYGON(CIRCULARSTRING(0 0, 100 100, 200 0, 100 -100, 0 0))"
    labels, _ = read(layer_of([(disc, "a")], "CurvePolygon"))
    shape = ogr.CreateGeometryFromWkb(labels.features[0].geometry)
    assert shape.GetGeometryType() == ogr.wkbPolygon and shape.Area() == pytest.approx(31416, rel=1e-3)


def test_another_crs_is_reprojected(read):
    to_degrees = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:32633"), QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject()
    )
    square = QgsGeometry.fromWkt(SQUARE)
    square.transform(to_degrees)
    labels, _ = read(layer_of([(square.asWkt(12), "a")], crs="EPSG:4326"))
    envelope = ogr.CreateGeometryFromWkb(labels.features[0].geometry).GetEnvelope()
    assert envelope == pytest.approx((500000, 500100, 5099900, 5100000), abs=0.001)


def test_places_that_cannot_be_reprojected_are_counted(read):
    layer = layer_of([("POINT(15 46)", "a"), ("POINT(1e9 1e9)", "a")], "Point", "EPSG:4326")
    labels, warnings = read(layer)
    assert len(labels.features) == 1 and "usable in the CRS of the raster, left out: 1" in warnings[0]
    layer = layer_of([("POINT(1e9 1e9)", "a")], "Point", "EPSG:4326")
    with pytest.raises(ChronocoverError, match=r"Check the layer, .* its CRS"):
        read(layer)


def test_a_layer_without_crs_needs_one_unless_the_raster_has_none_either(read):
    with pytest.raises(ChronocoverError, match="“my läbels” has no CRS"):
        read(layer_of([(SQUARE, "a")], crs=""))
    labels, warnings = read(layer_of([(SQUARE, "a")], crs=""), grid_of(None))
    assert names(labels) == ["a"] and "The raster has no CRS" in warnings[0]


def test_lines_and_tables_are_refused(read):
    with pytest.raises(ChronocoverError, match="neither points nor polygons"):
        read(layer_of([("LINESTRING(0 0, 1 1)", "a")], "LineString"))
    with pytest.raises(ChronocoverError, match="neither points nor polygons"):
        read(layer_of([("", "a")], "None"))


def test_an_empty_layer_is_refused(read):
    with pytest.raises(ChronocoverError, match="“my läbels” has no feature with a class"):
        read(layer_of([]))


def test_an_absent_field_is_named_with_those_that_there_are(read):
    with pytest.raises(ChronocoverError, match=r"no field “crop”. It has: class"):
        read(layer_of([(SQUARE, "a")]), FIELD="crop")


def test_a_layer_that_is_not_there_is_refused(read, tmp_path):
    with pytest.raises(QgsProcessingException, match=r"absent\.gpkg"):
        read(str(tmp_path / "absent.gpkg"))


def test_the_selection_and_the_filter_of_a_layer_are_honoured(qgis_app, read, tmp_path):
    layer = layer_of([(SQUARE, "a"), (SQUARE, "b"), (SQUARE, "c")])
    layer.selectByIds([2, 3])
    QgsProject.instance().addMapLayer(layer)
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    algorithm = Reader()
    algorithm.initAlgorithm()
    selected = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
    parameters = {"LABELS": selected, "FIELD": "class"}
    assert names(read_labels(algorithm, parameters, context, grid_of(), Log(), "LABELS", "FIELD")) == ["b", "c"]
    layer.setSubsetString("\"class\" <> 'b'")
    parameters["LABELS"] = layer.id()
    assert names(read_labels(algorithm, parameters, context, grid_of(), Log(), "LABELS", "FIELD")) == ["a", "c"]
    QgsProject.instance().removeMapLayer(layer.id())


def test_colours_come_from_a_categorised_renderer(read):
    layer = layer_of([(SQUARE, 3), (SQUARE, 12), (SQUARE, 20)], fields="class:integer")
    categories = []
    for value, color in ((3, "#102030"), ([12, 13], "#405060"), ("", "#999999")):
        symbol = QgsSymbol.defaultSymbol(layer.geometryType())
        symbol.setColor(QColor(color))
        categories.append(QgsRendererCategory(value, symbol, str(value)))
    layer.setRenderer(QgsCategorizedSymbolRenderer("class", categories))
    legend = read(layer)[0].legend
    assert [land_class.color for land_class in legend.classes[:2]] == [(16, 32, 48), (64, 80, 96)]
    assert legend.classes[2].color not in [(16, 32, 48), (64, 80, 96), (153, 153, 153)]


def test_a_renderer_on_another_field_gives_no_colours(read):
    layer = layer_of([(SQUARE, "a", "x")], fields="class:string,owner:string")
    symbol = QgsSymbol.defaultSymbol(layer.geometryType())
    symbol.setColor(QColor("#102030"))
    layer.setRenderer(QgsCategorizedSymbolRenderer("owner", [QgsRendererCategory("a", symbol, "a")]))
    assert read(layer)[0].legend.classes[0].color != (16, 32, 48)


def test_groups_and_priorities(read):
    layer = layer_of(
        [(SQUARE, "a", 7, 2.5), (SQUARE, "a", NULL, NULL)], fields="class:string,farm:integer,weight:double"
    )
    first, second = read(layer, GROUP="farm", PRIORITY="weight")[0].features
    assert (first.group, first.priority) == ("7", 2.5)
    assert (second.group, second.priority) == (str(second.id), 0.0)


def test_an_infinite_group_is_a_group(read):
    layer = layer_of([(SQUARE, "a", float("inf"))], fields="class:string,farm:double")
    assert read(layer, GROUP="farm")[0].features[0].group == "inf"


def test_a_class_of_its_own_for_each_feature_is_doubted(read):
    _, warnings = read(layer_of([(SQUARE, number) for number in range(1, 21)], fields="class:integer"))
    assert "Is “class” the class field?" in warnings[0]


def test_points_are_read_as_points(read):
    labels, _ = read(layer_of([("MULTIPOINT(500005 5099995, 500015 5099995)", "a")], "MultiPoint"))
    assert labels.kind == "point"
    assert ogr.CreateGeometryFromWkb(labels.features[0].geometry).GetGeometryCount() == 2


def test_cancelling_stops_the_reading(read, qgis_app):
    from chronocover.core.errors import CancelledError

    class Cancelled(Log):
        def is_cancelled(self):
            return True

    layer = layer_of([(SQUARE, "a")])
    QgsProject.instance().addMapLayer(layer)
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    algorithm = Reader()
    algorithm.initAlgorithm()
    with pytest.raises(CancelledError):
        read_labels(
            algorithm, {"LABELS": layer.id(), "FIELD": "class"}, context, grid_of(), Cancelled(), "LABELS", "FIELD"
        )
    QgsProject.instance().removeMapLayer(layer.id())
