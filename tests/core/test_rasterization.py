"""Labels to pixels, against GDAL's own rasterize and against exact areas."""

import numpy as np
import pytest
from osgeo import gdal, ogr, osr

from chronocover.core.errors import ChronocoverError
from chronocover.core.grid import Grid, Window
from chronocover.core.labels.features import POINT, POLYGON, LabelFeature, LabelFeatures
from chronocover.core.labels.legend import Legend
from chronocover.core.labels.rasterization import (
    ALL_TOUCHED,
    CENTRE,
    MAJORITY,
    LabelBurner,
    shrink_polygons,
)

WHOLE = Window(0, 0, 60, 40)


def utm_wkt():
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32633)
    return reference.ExportToWkt()


GRID = Grid(utm_wkt(), (465181.0522, 9.99479222, 0.0, 5080254.6335, 0.0, -9.9974484), 60, 40)


def labels_of(rows, kind=POLYGON):
    """``rows`` of (WKT, class name, priority)."""
    features = tuple(
        LabelFeature(index, bytes(ogr.CreateGeometryFromWkt(wkt).ExportToWkb()), name, str(index), priority)
        for index, (wkt, name, priority) in enumerate(rows)
    )
    return LabelFeatures(kind, features, Legend.of_values([name for _, name, _ in rows]))


def at(column, row):
    """Map coordinates of a place given in pixels of GRID."""
    return GRID.transform[0] + column * GRID.transform[1], GRID.transform[3] + row * GRID.transform[5]


def box(left, top, right, bottom):
    corners = [at(left, top), at(right, top), at(right, bottom), at(left, bottom), at(left, top)]
    return f"POLYGON(({','.join(f'{x!r} {y!r}' for x, y in corners)}))"


def random_polygons(count, seed=5, classes=4):
    """Overlapping triangles and discs with holes, all over GRID and beyond its borders."""
    random = np.random.default_rng(seed)
    rows = []
    for index in range(count):
        x, y = at(random.uniform(-5, 65), random.uniform(-5, 45))
        if index % 3:
            shape = ogr.CreateGeometryFromWkt(f"POINT({x} {y})").Buffer(random.uniform(5, 90))
            shape = shape.Difference(ogr.CreateGeometryFromWkt(f"POINT({x} {y})").Buffer(random.uniform(1, 30)))
            if shape.IsEmpty():
                continue
        else:
            corners = np.array([x, y]) + random.uniform(-80, 80, (3, 2))
            shape = ogr.CreateGeometryFromWkt(
                "POLYGON((" + ",".join(f"{a} {b}" for a, b in [*corners, corners[0]]) + "))"
            )
        rows.append((shape.ExportToWkt(), f"class {random.integers(classes)}", float(random.integers(3))))
    return labels_of(rows)


def gdal_rasterize(labels, grid, order, all_touched=False):
    """The same by GDAL's utility on the map coordinates."""
    driver = "MEM" if int(gdal.VersionInfo()) >= 3_110_000 else "Memory"
    source = gdal.GetDriverByName(driver).Create("", 0, 0, 0, gdal.GDT_Unknown)
    layer = source.CreateLayer("labels", grid.spatial_reference())
    layer.CreateField(ogr.FieldDefn("value", ogr.OFTInteger))
    for index in order:
        row = ogr.Feature(layer.GetLayerDefn())
        row.SetGeometry(ogr.CreateGeometryFromWkb(labels.features[index].geometry))
        row["value"] = int(index) + 1
        layer.CreateFeature(row)
    xmin, ymin, xmax, ymax = grid.extent
    result = gdal.Rasterize(
        "",
        source,
        format="MEM",
        outputType=gdal.GDT_Int32,
        outputBounds=(xmin, ymin, xmax, ymax),
        width=grid.width,
        height=grid.height,
        attribute="value",
        allTouched=all_touched,
    )
    return result.ReadAsArray()


@pytest.mark.parametrize("method", [CENTRE, ALL_TOUCHED])
def test_polygons_get_the_pixels_that_gdal_gives_them(method):
    labels = random_polygons(80)
    order = sorted(range(len(labels.features)), key=lambda i: (labels.features[i].priority, i))
    expected = gdal_rasterize(labels, GRID, order, method == ALL_TOUCHED)
    assert (expected > 0).mean() > 0.5
    assert np.array_equal(LabelBurner(labels, GRID, method).burn(WHOLE), expected)


@pytest.mark.parametrize("method", [CENTRE, ALL_TOUCHED, MAJORITY])
def test_the_result_does_not_depend_on_how_the_grid_is_cut(method):
    burner = LabelBurner(random_polygons(60), GRID, method)
    whole, whole_conflicts = burner.burn(WHOLE), burner.conflicts(WHOLE)
    assert whole.any() and whole_conflicts.any()
    for row in range(0, 40, 7):
        for column in range(0, 60, 13):
            window = Window(column, row, min(13, 60 - column), min(7, 40 - row))
            part = slice(row, row + window.height), slice(column, column + window.width)
            assert np.array_equal(burner.burn(window), whole[part])
            assert np.array_equal(burner.conflicts(window), whole_conflicts[part])
            assert burner.touches(window) or not whole[part].any()


def test_majority_follows_the_exact_areas():
    cells = [(x, y) for x in range(0, 60, 7) for y in range(0, 40, 6)]
    random = np.random.default_rng(3)
    rows = []
    for x, y in cells:  # gaps and borders anywhere, no overlaps
        left, top = x + random.uniform(0, 2), y + random.uniform(0, 2)
        shape = box(left, top, x + 7 - random.uniform(0, 2), y + 6 - random.uniform(0, 2))
        rows.append((shape, f"class {random.integers(3)}", 0.0))
    labels = labels_of(rows)
    burnt = LabelBurner(labels, GRID, MAJORITY).burn(WHOLE)
    codes = np.array([0, *(labels.legend.code_of(feature.class_name) for feature in labels.features)])[burnt]
    shapes = [ogr.CreateGeometryFromWkt(wkt) for wkt, _, _ in rows]
    checked = 0
    for row in range(40):
        for column in range(60):
            pixel = ogr.CreateGeometryFromWkt(box(column, row, column + 1, row + 1))
            shares = np.zeros(4)
            for shape, (_, name, _) in zip(shapes, rows):
                if shape.Intersects(pixel):
                    shares[labels.legend.code_of(name)] += shape.Intersection(pixel).Area() / pixel.Area()
            total, ranked = shares.sum(), np.sort(shares)
            if abs(total - 0.5) < 0.13 or (total > 0.5 and ranked[-1] - ranked[-2] < 0.13):
                continue  # closer to a tie than the sub-pixels resolve: a border moves by up to 1/16 on either side
            checked += 1
            assert codes[row, column] == (shares.argmax() if total > 0.5 else 0), (column, row, shares)
    assert checked > 2000


def test_majority_adds_up_the_features_of_a_class_and_gives_the_pixel_to_the_largest():
    labels = labels_of(
        [
            (box(2, 2, 2.25, 3), "forest", 0),
            (box(2.25, 2, 2.625, 3), "forest", 0),
            (box(2.625, 2, 3, 3), "water", 0),  # 0.375, less than forest's 0.625
            (box(5, 2, 5.5, 3), "water", 0),  # just half
            (box(8, 2, 8.375, 3), "water", 0),  # too little
        ]
    )
    burnt = LabelBurner(labels, GRID, MAJORITY).burn(WHOLE)
    assert [burnt[2, column] for column in (2, 5, 8)] == [2, 4, 0]
    assert np.count_nonzero(burnt) == 2


def test_borders_along_pixel_edges_touch_no_neighbour():
    labels = labels_of([(box(10, 10, 20, 15), "field", 0)])
    for method in (CENTRE, ALL_TOUCHED, MAJORITY):
        burnt = LabelBurner(labels, GRID, method).burn(WHOLE)
        assert np.count_nonzero(burnt[10:15, 10:20]) == 50
        assert np.count_nonzero(burnt) == 50, method


def test_the_higher_priority_wins_and_else_the_later_feature():
    labels = labels_of([(box(0, 0, 10, 10), "a", 2), (box(5, 0, 15, 10), "b", 1), (box(5, 5, 15, 15), "c", 1)])
    burner = LabelBurner(labels, GRID)
    burnt = burner.burn(WHOLE)
    assert burnt[7, 7] == 1 and burnt[7, 12] == 3 and burnt[2, 12] == 2
    conflicts = burner.conflicts(WHOLE)
    assert conflicts[7, 7] and conflicts[7, 12] and not conflicts[2, 2] and not conflicts[12, 12]
    assert np.count_nonzero(conflicts) == 5 * 10 + 5 * 5


def test_features_of_one_class_are_never_in_conflict():
    labels = labels_of([(box(0, 0, 10, 10), "a", 0), (box(5, 0, 15, 10), "a", 0)])
    assert not LabelBurner(labels, GRID).conflicts(WHOLE).any()


def test_points_get_the_pixel_they_fall_in():
    places = [(3.2, 4.9, "a", 0), (3.8, 4.1, "b", 1), (3.5, 4.5, "a", 0), (60.5, 3, "a", 0), (59.99, 39.99, "b", 0)]
    rows = [("POINT({!r} {!r})".format(*at(x, y)), name, priority) for x, y, name, priority in places]
    rows.append(("MULTIPOINT({!r} {!r}, {!r} {!r})".format(*at(0, 0), *at(20, 30)), "a", 0))
    burner = LabelBurner(labels_of(rows, POINT), GRID, MAJORITY)
    burnt = burner.burn(WHOLE)
    assert burnt[4, 3] == 2 and burnt[39, 59] == 5 and burnt[0, 0] == 6 and burnt[30, 20] == 6
    assert np.count_nonzero(burnt) == 4
    assert burner.inside.tolist() == [True, True, True, False, True, True]
    assert np.argwhere(burner.conflicts(WHOLE)).tolist() == [[4, 3]]
    assert burner.burn(Window(3, 4, 1, 1)).tolist() == [[2]]
    assert not burner.touches(Window(10, 10, 5, 5))


def test_features_outside_the_grid_are_told_apart():
    burner = LabelBurner(labels_of([(box(2, 2, 4, 4), "a", 0), (box(61, 2, 64, 4), "a", 0)]), GRID)
    assert burner.inside.tolist() == [True, False]
    assert not burner.touches(Window(50, 0, 10, 10))
    assert not burner.burn(Window(50, 0, 10, 10)).any()


def test_an_inward_buffer_leaves_pure_pixels_and_counts_what_vanishes():
    labels = labels_of([(box(2, 2, 12, 12), "a", 0), (box(20, 2, 21.5, 12), "b", 0)])
    shrunk, vanished = shrink_polygons(labels, 9.0)
    assert vanished == 1 and [feature.id for feature in shrunk.features] == [0]
    assert shrunk.legend == labels.legend
    area = ogr.CreateGeometryFromWkb(shrunk.features[0].geometry).Area()
    sides = (10 * GRID.resolution[0] - 18) * (10 * GRID.resolution[1] - 18)
    assert area == pytest.approx(sides)
    assert shrink_polygons(labels, 0) == (labels, 0)


def test_a_buffer_that_leaves_nothing_is_refused():
    with pytest.raises(ChronocoverError, match="None of the 1 polygons remains after the inward buffer of 500"):
        shrink_polygons(labels_of([(box(2, 2, 12, 12), "a", 0)]), 500)
    with pytest.raises(ChronocoverError, match="-5"):
        shrink_polygons(labels_of([(box(2, 2, 12, 12), "a", 0)]), -5)


def test_an_unknown_method_is_refused():
    with pytest.raises(ChronocoverError, match="“best”"):
        LabelBurner(labels_of([(box(2, 2, 12, 12), "a", 0)]), GRID, "best")
