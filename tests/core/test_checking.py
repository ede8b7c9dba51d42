"""What a class raster holds, and what features have in it."""

import numpy as np
import pytest
from osgeo import gdal, ogr
from scenes import write_raster

from chronocover.core.blocks import EngineOptions
from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.grid import Grid, Window
from chronocover.core.labels.checking import check_label_raster
from chronocover.core.labels.features import POLYGON, LabelFeature, LabelFeatures
from chronocover.core.labels.label_raster import write_label_raster
from chronocover.core.labels.legend import Legend, write_legend
from chronocover.core.provenance import Provenance
from chronocover.core.reports.label_report import label_remarks


def named(path, legend):
    dataset = gdal.Open(path, gdal.GA_Update)
    write_legend(dataset, legend)
    dataset = None
    return path


def box(left, top, right, bottom):
    """A rectangle in pixels of 10 m of the rasters that write_raster makes."""
    x0, x1, y0, y1 = 500000 + 10 * left, 500000 + 10 * right, 5100000 - 10 * top, 5100000 - 10 * bottom
    return f"POLYGON(({x0} {y0}, {x1} {y0}, {x1} {y1}, {x0} {y1}, {x0} {y0}))"


def labels_of(rows):
    features = tuple(
        LabelFeature(index, bytes(ogr.CreateGeometryFromWkt(wkt).ExportToWkb()), str(name), str(index))
        for index, (wkt, name) in enumerate(rows)
    )
    return LabelFeatures(POLYGON, features, Legend.of_values([name for _, name in rows]))


def test_pixels_areas_and_the_labelled_part(tmp_path):
    codes = np.zeros((50, 80), np.uint8)
    codes[10:20, 30:50] = 1
    codes[20:25, 30:50] = 4
    path = named(write_raster(tmp_path / "labels.tif", codes), Legend.of_codes({"forest": 1, "water": 4, "rock": 9}))
    check = check_label_raster(path)
    assert [(found.name, found.pixels) for found in check.classes] == [("forest", 200), ("water", 100)]
    assert [found.area_ha for found in check.classes] == pytest.approx([2.0, 1.0])
    assert check.labelled_pixels == 300 and check.area_ha == pytest.approx(3.0)
    assert check.labelled_window == Window(30, 10, 20, 15)
    assert check.empty_classes == ("rock",) and check.missing_classes == ()


def test_the_result_is_the_same_in_small_blocks_of_a_large_raster(tmp_path):
    random = np.random.default_rng(2)
    codes = random.integers(0, 7, (700, 900)).astype(np.uint16) * 60
    path = write_raster(tmp_path / "labels.tif", codes, nodata=360, options=["TILED=YES", "COMPRESS=DEFLATE"])
    squares = [box(x, y, x + 30, y + 30) for x in range(0, 900, 45) for y in range(0, 700, 45)]
    labels = labels_of([(square, int(random.integers(1, 6)) * 60) for square in squares])
    whole = check_label_raster(path, labels)
    small = check_label_raster(path, labels, EngineOptions(memory_mb=1, threads=3))
    values, counts = np.unique(codes[(codes > 0) & (codes < 360)], return_counts=True)
    assert [(found.code, found.pixels) for found in whole.classes] == list(zip(values.tolist(), counts.tolist()))
    assert [(found.pixels, found.feature_pixels) for found in small.classes] == [
        (found.pixels, found.feature_pixels) for found in whole.classes
    ]
    first = labels.features[0]
    code = int(first.class_name)
    pixels = next(found for found in whole.classes if found.code == code).feature_pixels[0]
    assert pixels == np.count_nonzero(codes[:30, :30] == code)


def test_geographic_areas_shrink_towards_the_pole(tmp_path):
    codes = np.ones((600, 10), np.uint8)
    path = write_raster(tmp_path / "labels.tif", codes, epsg=4326, origin=(10, 60), pixel=0.1)
    # from the equator to 60°N, one degree wide: small rectangles of the ellipsoid's two radii of curvature, added up
    axis, squared = 6378137.0, 0.00669437999014
    latitudes = np.radians((np.arange(600_000) + 0.5) / 10_000)
    bulge = 1 - squared * np.sin(latitudes) ** 2
    strips = axis**2 * (1 - squared) / bulge**2 * np.cos(latitudes) * np.radians(1e-4)
    expected = strips.sum() * np.radians(1) / 10_000
    assert check_label_raster(path).area_ha == pytest.approx(expected, rel=1e-9)


def test_areas_of_a_sphere(tmp_path):
    path = write_raster(tmp_path / "labels.tif", np.ones((300, 10), np.uint8), epsg=4047, origin=(10, 30), pixel=0.1)
    expected = 6371007.0**2 * np.radians(1) * np.sin(np.radians(30)) / 10_000
    assert check_label_raster(path).area_ha == pytest.approx(expected, rel=1e-9)


def test_feet_are_not_metres(tmp_path):
    path = write_raster(tmp_path / "labels.tif", np.ones((10, 10), np.uint8), epsg=2264, pixel=100)
    assert check_label_raster(path).area_ha == pytest.approx(100 * (100 * 0.3048006096) ** 2 / 10_000)


def test_features_that_were_lost_are_found(tmp_path):
    labels = labels_of(
        [
            (box(2, 2, 12, 12), "forest"),
            (box(20, 2, 20.3, 2.3), "forest"),  # smaller than a pixel
            (box(200, 2, 210, 12), "water"),  # outside
            (box(30, 2, 34, 6), "water"),
            (box(29, 1, 35, 7), "meadow"),  # covers the one before
        ]
    )
    grid = Grid.of_dataset(gdal.Open(write_raster(tmp_path / "image.tif", np.zeros((40, 60), np.uint8))))
    path = str(tmp_path / "labels.tif")
    write_label_raster(labels, grid, path)
    check = check_label_raster(path, labels)
    assert [(f.id, f.class_name, f.on_raster) for f in check.without_pixels] == [
        (1, "forest", True),
        (2, "water", False),
        (3, "water", True),
    ]
    assert [(found.name, found.feature_pixels) for found in check.classes] == [("forest", (100, 0)), ("meadow", (36,))]
    assert check.missing_classes == ("water",)
    assert any("does not hold: water." in remark for remark in label_remarks(check))


@pytest.mark.parametrize(("method", "lost"), [("all touched", 0), ("centre", 1)])
def test_the_method_is_read_from_the_raster(tmp_path, method, lost):
    labels = labels_of([(box(2, 2, 12, 12), "forest"), (box(20, 2, 20.3, 2.3), "forest")])
    grid = Grid.of_dataset(gdal.Open(write_raster(tmp_path / "image.tif", np.zeros((40, 60), np.uint8))))
    path = str(tmp_path / "labels.tif")
    write_label_raster(labels, grid, path, method, Provenance("made", {"METHOD": method}))
    assert len(check_label_raster(path, labels).without_pixels) == lost


def test_classes_match_by_name_and_else_by_number(tmp_path):
    codes = np.zeros((40, 60), np.uint8)
    codes[:10, :10], codes[:10, 20:30] = 7, 9
    bare = write_raster(tmp_path / "bare.tif", codes)
    numbers = labels_of([(box(0, 0, 10, 10), 7), (box(20, 0, 30, 10), 8)])
    check = check_label_raster(bare, numbers)
    assert [found.name for found in check.classes] == ["7", "9"]
    assert check.missing_classes == ("8",) and check.unlabelled_classes == ("9",)
    assert [feature.id for feature in check.without_pixels] == [1]

    legend = Legend.of_codes({"Bürgerwald": 7, "lake": 9})
    with_names = named(write_raster(tmp_path / "named.tif", codes), legend)
    texts = labels_of([(box(0, 0, 10, 10), "Bürgerwald"), (box(20, 0, 30, 10), "lake")])
    assert check_label_raster(with_names, texts).missing_classes == ()
    assert check_label_raster(with_names, numbers).classes[0].feature_pixels == (100,)
    with pytest.raises(ChronocoverError, match=r"No class of the labels \(Bürgerwald, lake\)"):
        check_label_raster(bare, texts)


def test_remarks_on_small_uneven_and_single_classes(tmp_path):
    codes = np.zeros((60, 60), np.uint8)
    codes[:50], codes[55, :5] = 1, 2
    remarks = " ".join(label_remarks(check_label_raster(write_raster(tmp_path / "labels.tif", codes))))
    assert "fewer than 30 pixels: 2 (5)" in remarks and "600 times as many" in remarks
    codes[codes == 2] = 0
    remarks = " ".join(label_remarks(check_label_raster(write_raster(tmp_path / "labels.tif", codes))))
    assert remarks == "There is only one class. A classifier needs at least two."


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (np.full((9, 9), 0.35, np.float32), "holds the value 0.35"),
        (np.full((9, 9), -5, np.int16), "holds the value -5"),
        (np.full((9, 9), 70000, np.int32), "holds the value 70000"),
        (np.arange(10000, dtype=np.uint16).reshape(100, 100), "more than 2000 different values"),
        (np.zeros((9, 9), np.uint8), "holds no class"),
    ],
)
def test_what_is_no_class_raster_is_refused(tmp_path, values, message):
    path = write_raster(tmp_path / "ímage.tif", values)
    with pytest.raises(ChronocoverError, match=message) as caught:
        check_label_raster(path)
    assert "ímage.tif" in str(caught.value)


def test_whole_decimal_numbers_are_codes(tmp_path):
    codes = np.array([[1.0, np.nan], [2.0, 2.0]], np.float32)  # as maps of SAGA and GRASS are
    check = check_label_raster(write_raster(tmp_path / "map.tif", codes))
    assert [(found.code, found.pixels) for found in check.classes] == [(1, 1), (2, 2)]


def test_a_negative_nodata_value_is_unlabelled(tmp_path):
    codes = np.full((9, 9), -9999, np.int16)
    codes[3, 3] = 5
    check = check_label_raster(write_raster(tmp_path / "labels.tif", codes, nodata=-9999))
    assert [(found.code, found.pixels) for found in check.classes] == [(5, 1)]


def test_a_truncated_file_is_named(tmp_path):
    path = tmp_path / "labels.tif"
    codes = np.random.default_rng(1).integers(0, 5, (600, 600)).astype(np.uint8)
    write_raster(path, codes, options=["COMPRESS=DEFLATE", "TILED=YES"])
    path.write_bytes(path.read_bytes()[:40000])
    with pytest.raises(ChronocoverError, match=r"labels\.tif"):
        check_label_raster(str(path))


def test_cancelling_ends_it(tmp_path):
    class Cancelled(Feedback):
        def is_cancelled(self):
            return True

    with pytest.raises(CancelledError):
        check_label_raster(write_raster(tmp_path / "a.tif", np.ones((9, 9), np.uint8)), feedback=Cancelled())
