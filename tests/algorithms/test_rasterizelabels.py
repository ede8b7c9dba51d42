"""Rasterize labels, run as QGIS runs it."""

import json
import os

import numpy as np
import pytest
from osgeo import gdal, ogr, osr
from qgis.core import QgsPalettedRasterRenderer, QgsProcessingException, QgsProcessingFeedback, QgsRasterLayer
from scenes import write_raster, write_series

from chronocover.core.labels.legend import read_legend

UTM = (500000, 5100000)


def write_labels(path, rows, kind=ogr.wkbPolygon, epsg=32633, field_type=ogr.OFTString):
    """``rows`` of (WKT in UTM 33N, class, priority)."""
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    utm, reference = osr.SpatialReference(), osr.SpatialReference()
    utm.ImportFromEPSG(32633)
    reference.ImportFromEPSG(epsg)
    for crs in (utm, reference):
        crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    transformation = osr.CoordinateTransformation(utm, reference)
    layer = source.CreateLayer("labels", reference, kind)
    layer.CreateField(ogr.FieldDefn("crop", field_type))
    layer.CreateField(ogr.FieldDefn("rank", ogr.OFTInteger))
    for wkt, name, priority in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        geometry = ogr.CreateGeometryFromWkt(wkt)
        geometry.Transform(transformation)
        feature.SetGeometry(geometry)
        if name is not None:
            feature["crop"] = name
        feature["rank"] = priority
        layer.CreateFeature(feature)
    feature = layer = source = None
    return str(path)


def box(left, top, right, bottom):
    """A rectangle given in pixels of 10 m from the upper left corner."""
    x0, x1, y0, y1 = UTM[0] + 10 * left, UTM[0] + 10 * right, UTM[1] - 10 * top, UTM[1] - 10 * bottom
    return f"POLYGON(({x0} {y0}, {x1} {y0}, {x1} {y1}, {x0} {y1}, {x0} {y0}))"


@pytest.fixture
def reference(tmp_path):
    return write_raster(tmp_path / "image.tif", np.zeros((30, 40), np.float32))


def read(path):
    return gdal.Open(path).ReadAsArray()


def test_polygons_become_classes_with_names_colours_and_provenance(run, tmp_path, reference):
    folder = tmp_path / "with space é"
    folder.mkdir()
    labels = write_labels(
        folder / "läbels.gpkg",
        [
            (box(2, 2, 12, 7), "winter wheat", 0),
            (box(20, 10, 25, 20), "Mähwiese & <Weide>", 0),
            (box(0, 0, 1, 1), None, 0),
        ],
    )
    output = str(folder / "classes é.tif")
    result = run("rasterizelabels", LABELS=labels, FIELD="crop", REFERENCE=reference, OUTPUT=output)

    dataset = gdal.Open(output)
    expected = np.zeros((30, 40), np.uint8)
    expected[2:7, 2:12], expected[10:20, 20:25] = 2, 1
    assert np.array_equal(dataset.ReadAsArray(), expected)
    band = dataset.GetRasterBand(1)
    assert band.DataType == gdal.GDT_Byte and band.GetNoDataValue() == 0
    assert read_legend(dataset).names == ["Mähwiese & <Weide>", "winter wheat"]
    assert band.GetDefaultRAT().GetRowCount() == 2
    assert dataset.GetMetadataItem("CHRONOCOVER_ALGORITHM") == "chronocover:rasterizelabels"
    assert json.loads(dataset.GetMetadataItem("CHRONOCOVER_PARAMETERS"))["FIELD"] == "crop"
    assert result == {
        "OUTPUT": output,
        "CLASSES": 2,
        "FEATURES": 2,
        "FEATURES_VANISHED": 0,
        "FEATURES_OUTSIDE": 0,
        "FEATURES_BURNED_NOTHING": 0,
        "LABELLED_PIXELS": 100,
        "CONFLICT_PIXELS": 0,
    }
    layer = QgsRasterLayer(output, "classes")
    assert isinstance(layer.renderer(), QgsPalettedRasterRenderer)
    assert [entry.label for entry in layer.renderer().classes()] == ["Mähwiese & <Weide>", "winter wheat"]
    assert not [name for name in os.listdir(folder) if "partial" in name]


def test_an_image_series_and_labels_in_another_crs(run, tmp_path):
    series = write_series(
        tmp_path / "series.tif", np.zeros((2, 2, 30, 40)), ["2021-03-01", "2021-04-01"], ["red", "nir"]
    )
    labels = write_labels(tmp_path / "labels.gpkg", [(box(2.2, 2.2, 11.8, 6.8), "a", 0)], epsg=4326)
    result = run("rasterizelabels", LABELS=labels, FIELD="crop", REFERENCE=series, OUTPUT=str(tmp_path / "out.tif"))
    expected = np.zeros((30, 40), np.uint8)
    expected[2:7, 2:12] = 1
    assert np.array_equal(read(result["OUTPUT"]), expected)


def test_large_numbers_make_a_uint16_raster(run, tmp_path, reference):
    rows = [(box(2, 2, 12, 7), 300, 0), (box(20, 2, 22, 7), 5, 0), (box(30, 2, 32, 7), 0, 0)]
    labels = write_labels(tmp_path / "labels.gpkg", rows, field_type=ogr.OFTInteger)
    result = run("rasterizelabels", LABELS=labels, FIELD="crop", REFERENCE=reference, OUTPUT=str(tmp_path / "out.tif"))
    dataset = gdal.Open(result["OUTPUT"])
    assert dataset.GetRasterBand(1).DataType == gdal.GDT_UInt16
    assert sorted(np.unique(dataset.ReadAsArray())) == [0, 5, 300]
    assert read_legend(dataset).codes == [5, 300]


@pytest.mark.parametrize("extension", ["img", "dat", "sdat", "rst", "bil"])
def test_other_formats_hold_the_same_codes(run, tmp_path, reference, extension):
    labels = write_labels(tmp_path / "labels.gpkg", [(box(2, 2, 12, 7), "a", 0), (box(12, 2, 15, 7), "b", 0)])
    output = str(tmp_path / f"out.{extension}")
    run("rasterizelabels", LABELS=labels, FIELD="crop", REFERENCE=reference, OUTPUT=output)
    array = read(output)
    assert np.count_nonzero(array == 1) == 50 and np.count_nonzero(array == 2) == 15
    assert np.count_nonzero(array) == 65


@pytest.mark.parametrize(("method", "pixels"), [("centre", 3 * 3), ("all touched", 4 * 4), ("majority", 3 * 3 - 1)])
def test_the_three_methods(run, tmp_path, reference, method, pixels):
    # column and row 4 are covered by 0.4 of their width, column and row 7 by 0.55, so the pixel (7, 7) by 0.3
    labels = write_labels(tmp_path / "labels.gpkg", [(box(4.6, 4.6, 7.55, 7.55), "a", 0)])
    output = str(tmp_path / "out.tif")
    result = run("rasterizelabels", LABELS=labels, FIELD="crop", REFERENCE=reference, METHOD=method, OUTPUT=output)
    assert result["LABELLED_PIXELS"] == pixels == np.count_nonzero(read(output))


def test_a_geotiff_is_never_called_by_another_format(run, tmp_path, reference):
    labels = write_labels(tmp_path / "labels.gpkg", [(box(1, 1, 3, 3), "a", 0)])
    with pytest.raises(QgsProcessingException, match=r"Cannot create map\.png: this format is not written.*\.tif"):
        run("rasterizelabels", LABELS=labels, FIELD="crop", REFERENCE=reference, OUTPUT=str(tmp_path / "map.png"))
    assert not (tmp_path / "map.png").exists()


def test_the_buffer_is_in_map_units_and_counts_what_vanishes(run, tmp_path, reference):
    labels = write_labels(tmp_path / "labels.gpkg", [(box(2, 2, 12, 12), "a", 0), (box(20, 2, 21, 12), "b", 0)])
    output = str(tmp_path / "out.tif")
    result = run("rasterizelabels", LABELS=labels, FIELD="crop", REFERENCE=reference, BUFFER=10, OUTPUT=output)
    assert result["FEATURES"] == 2 and result["FEATURES_VANISHED"] == 1 and result["CLASSES"] == 1
    expected = np.zeros((30, 40), np.uint8)
    expected[3:11, 3:11] = 1
    assert np.array_equal(read(output), expected)


def test_priority_decides_where_features_overlap(run, tmp_path, reference):
    rows = [(box(0, 0, 10, 10), "a", 5), (box(5, 0, 15, 10), "b", 1), (box(5, 0, 6, 1), "b", 0)]
    labels = write_labels(tmp_path / "labels.gpkg", rows)
    output = str(tmp_path / "out.tif")
    common = {"LABELS": labels, "FIELD": "crop", "REFERENCE": reference, "OUTPUT": output}
    result = run("rasterizelabels", **common)
    assert (read(output)[:10, 5:15] == 2).all() and result["CONFLICT_PIXELS"] == 50
    result = run("rasterizelabels", PRIORITY="rank", **common)
    assert (read(output)[:10, :10] == 1).all() and (read(output)[:10, 10:15] == 2).all()
    assert result["CONFLICT_PIXELS"] == 50 and result["FEATURES_BURNED_NOTHING"] == 1


def test_points_are_counted_where_they_fall(run, tmp_path, reference):
    def point(column, row):
        return f"POINT({UTM[0] + 10 * column} {UTM[1] - 10 * row})"

    rows = [(point(3.2, 4.9), "a", 0), (point(3.8, 4.1), "b", 0), (point(50, 5), "a", 0), (point(9, 9), "a", 0)]
    labels = write_labels(tmp_path / "labels.gpkg", rows, ogr.wkbPoint)
    output = str(tmp_path / "out.tif")
    result = run("rasterizelabels", LABELS=labels, FIELD="crop", REFERENCE=reference, BUFFER=100, OUTPUT=output)
    assert np.argwhere(read(output)).tolist() == [[4, 3], [9, 9]] and read(output)[4, 3] == 2
    figures = {name: result[name] for name in result if name not in ("OUTPUT", "CLASSES")}
    assert figures == {
        "FEATURES": 4,
        "FEATURES_VANISHED": 0,
        "FEATURES_OUTSIDE": 1,
        "FEATURES_BURNED_NOTHING": 2,
        "LABELLED_PIXELS": 2,
        "CONFLICT_PIXELS": 1,
    }


@pytest.mark.parametrize(
    ("rows", "parameters", "message"),
    [
        ([(box(900, 2, 910, 12), "a", 0)], {}, "None of the 1 labels lies on the reference raster"),
        ([(box(2.1, 2.1, 2.4, 2.4), "a", 0)], {}, "large enough"),
        ([(box(2, 2, 12, 12), "a", 0)], {"BUFFER": 60}, "remains after the inward buffer of 60"),
        ([(box(2, 2, 12, 12), "a", 0)], {"FIELD": "absent"}, "no field “absent”"),
        ([(box(2, 2, 12, 12), None, 0)], {}, "no feature with a class"),
        ([], {}, "no feature with a class"),
    ],
)
def test_what_cannot_work_is_said_and_leaves_nothing(run, tmp_path, reference, rows, parameters, message):
    labels = write_labels(tmp_path / "labels.gpkg", rows)
    parameters = {"FIELD": "crop", "OUTPUT": str(tmp_path / "out" / "classes.tif"), **parameters}
    with pytest.raises(QgsProcessingException, match=message):
        run("rasterizelabels", LABELS=labels, REFERENCE=reference, **parameters)
    assert not (tmp_path / "out").exists() or os.listdir(tmp_path / "out") == []


def test_an_input_is_never_overwritten_and_a_bad_folder_is_named(run, tmp_path, reference):
    labels = write_labels(tmp_path / "labels.gpkg", [(box(2, 2, 12, 12), "a", 0)])
    common = {"LABELS": labels, "FIELD": "crop", "REFERENCE": reference}
    with pytest.raises(QgsProcessingException, match="is one of the inputs"):
        run("rasterizelabels", OUTPUT=reference, **common)
    assert read(reference).dtype == np.float32
    with pytest.raises(QgsProcessingException, match=r"Cannot write in the folder .*image\.tif"):
        run("rasterizelabels", OUTPUT=os.path.join(reference, "out.tif"), **common)


def test_cancelling_leaves_nothing(qgis_app, tmp_path, reference):
    import processing

    labels = write_labels(tmp_path / "labels.gpkg", [(box(2, 2, 12, 12), "a", 0)])
    feedback = QgsProcessingFeedback()
    feedback.cancel()
    output = tmp_path / "out" / "classes.tif"
    with pytest.raises(QgsProcessingException, match="Cancelled"):
        processing.run(
            "chronocover:rasterizelabels",
            {"LABELS": labels, "FIELD": "crop", "REFERENCE": reference, "OUTPUT": str(output)},
            feedback=feedback,
        )
    assert not output.exists()


@pytest.mark.parametrize("gdal_exceptions", [True, False])
def test_a_damaged_reference_is_named(run, tmp_path, gdal_exceptions):
    broken = tmp_path / "broken.tif"
    broken.write_bytes(b"II*\x00")
    labels = write_labels(tmp_path / "labels.gpkg", [(box(2, 2, 12, 12), "a", 0)])
    before = gdal.GetUseExceptions()
    (gdal.UseExceptions if gdal_exceptions else gdal.DontUseExceptions)()
    try:
        with pytest.raises(QgsProcessingException, match=r"broken\.tif"):
            run("rasterizelabels", LABELS=labels, FIELD="crop", REFERENCE=str(broken), OUTPUT=str(tmp_path / "out.tif"))
    finally:
        (gdal.UseExceptions if before else gdal.DontUseExceptions)()


def test_it_agrees_with_the_publisher_of_the_slovenian_labels(run, tmp_path, data_folder):
    folder = data_folder / "slovenia_sentinel2"
    result = run(
        "rasterizelabels",
        LABELS=str(folder / "LULC.gpkg"),
        FIELD="LULC_ID",
        REFERENCE=str(folder / "S2_20150711_NDVI.tif"),
        OUTPUT=str(tmp_path / "out.tif"),
    )
    ours, theirs = read(result["OUTPUT"]), read(str(folder / "LULC_reference.tif"))
    assert np.array_equal(ours, theirs)
