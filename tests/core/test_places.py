"""Curves of places: which pixels count, and what is read of them."""

import csv

import numpy as np
import pytest
from osgeo import ogr
from scenes import write_series

from chronocover.core.errors import ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.labels.features import POINT, POLYGON, LabelFeature, LabelFeatures
from chronocover.core.labels.legend import Legend
from chronocover.core.samples.place_plots import (
    MASKED,
    PREPARED,
    RAW,
    check_grids,
    chosen_variables,
    read_place_plots,
    write_place_table,
)
from chronocover.core.samples.places import choose_features, class_curves, find_places, read_curves
from chronocover.core.series.image_series import ImageSeries

X, Y, PIXEL = 500000, 5100000, 10.0
DATES = ["2021-03-01", "2021-03-11", "2021-04-20"]
NAN = np.nan


def box(column, row, width, height):
    """A rectangle in pixels, as WKB."""
    left, top = X + column * PIXEL, Y - row * PIXEL
    right, bottom = left + width * PIXEL, top - height * PIXEL
    ring = f"{left} {top}, {right} {top}, {right} {bottom}, {left} {bottom}, {left} {top}"
    return bytes(ogr.CreateGeometryFromWkt(f"POLYGON (({ring}))").ExportToWkb())


def point(column, row):
    return bytes(ogr.CreateGeometryFromWkt(f"POINT ({X + column * PIXEL} {Y - row * PIXEL})").ExportToWkb())


def labels(kind, shapes, classes=None):
    classes = classes or ["place"] * len(shapes)
    features = [LabelFeature(i + 1, shape, name, str(i + 1)) for i, (shape, name) in enumerate(zip(shapes, classes))]
    return LabelFeatures(kind, tuple(features), Legend.of_values(classes))


@pytest.fixture(scope="module")
def values():
    """``(dates, variables, rows, columns)``: NDVI and a mask."""
    generator = np.random.default_rng(5)
    values = generator.random((3, 2, 30, 20)).astype(np.float32)
    values[:, 0][generator.random((3, 30, 20)) < 0.3] = NAN
    values[:, 1] = generator.integers(0, 2, (3, 30, 20))
    values[1, 0, :10, :10] = NAN
    return values


@pytest.fixture(scope="module")
def series(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("places") / "series.tif"
    return ImageSeries.open(write_series(path, values, DATES, ["ndvi", "clm"], quality=["clm"], nodata=NAN))


def test_a_polygon_has_the_pixels_whose_centre_it_holds_and_its_curve_is_their_mean(series, values):
    found = find_places(labels(POLYGON, [box(2.4, 3.4, 4, 5), box(4, 4, 9, 9)]), series.grid)
    rows, columns = np.divmod(found[0].pixels, 20)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (3, 7, 2, 5)
    assert found[0].size == len(found[0].pixels) == 20
    assert set(found[0].pixels) & set(found[1].pixels)  # a pixel may be in two places
    curve = read_curves(series, ["ndvi"], found)[0]
    inside = values[:, 0, 3:8, 2:6].reshape(3, -1)
    for t in (0, 2):
        observed = inside[t][~np.isnan(inside[t])].astype(np.float64)
        assert curve.mean[t, 0] == pytest.approx(observed.mean(), rel=1e-6)
        assert curve.low[t, 0] == pytest.approx(np.percentile(observed, 10), rel=1e-6)
        assert curve.high[t, 0] == pytest.approx(np.percentile(observed, 90), rel=1e-6)
        assert curve.counts[t, 0] == len(observed)
    assert np.isnan(curve.mean[1, 0]) and np.isnan(curve.low[1, 0]) and curve.counts[1, 0] == 0


def test_points_and_slivers_have_one_pixel_and_what_is_outside_is_left_out(series):
    points = find_places(labels(POINT, [point(3.5, 2.5), point(-5, 2), point(19.9, 29.9)]), series.grid)
    assert [place.pixels.tolist() for place in points] == [[2 * 20 + 3], [29 * 20 + 19]]
    assert [place.id for place in points] == [1, 3]
    sliver = find_places(labels(POLYGON, [box(7.6, 4.1, 0.2, 0.2)]), series.grid)
    assert sliver[0].pixels.tolist() == [4 * 20 + 7]
    with pytest.raises(ChronocoverError, match="None of the 1 places lies on the image series"):
        find_places(labels(POLYGON, [box(100, 100, 5, 5)]), series.grid)


def test_large_polygons_are_thinned_evenly(series):
    whole = find_places(labels(POLYGON, [box(0, 0, 20, 30)]), series.grid, most_pixels=50)[0]
    assert (len(whole.pixels), whole.size) == (50, 600)
    assert whole.pixels[0] == 0 and whole.pixels[-1] == 599
    assert set(np.diff(whole.pixels)) <= {12, 13}


def test_chosen_places_are_spread_over_classes_and_ids():
    many = labels(POINT, [point(i, i) for i in range(20)], ["maize"] * 17 + ["wheat"] * 3)
    chosen = choose_features(many, 8).features
    assert [feature.class_name for feature in chosen] == ["maize"] * 5 + ["wheat"] * 3
    assert [feature.id for feature in chosen] == [2, 6, 9, 12, 16, 18, 19, 20]
    assert choose_features(many, 99).features == many.features


def test_a_class_has_the_mean_of_its_places(series):
    shapes = [box(0, 10, 4, 4), box(5, 10, 2, 2), box(10, 10, 6, 3)]
    places = find_places(labels(POLYGON, shapes, ["a", "b", "a"]), series.grid)
    curves = read_curves(series, ["ndvi"], places)
    of_class = class_curves(places, curves)
    np.testing.assert_allclose(of_class["a"].mean, (curves[0].mean + curves[2].mean) / 2)
    np.testing.assert_allclose(of_class["b"].mean, curves[1].mean)


def test_series_need_one_grid_and_known_variables(series, values, tmp_path):
    other = ImageSeries.open(write_series(tmp_path / "o.tif", values[..., :9], DATES, ["evi", "clm"], quality=["clm"]))
    with pytest.raises(ChronocoverError, match="masked series is on another grid"):
        check_grids({RAW: series, MASKED: other})
    with pytest.raises(ChronocoverError, match=r"No series has a variable red\. There are: ndvi, clm"):
        chosen_variables({RAW: series}, ["red"], Feedback())
    assert chosen_variables({RAW: series, PREPARED: other}, [], Feedback()) == ("evi",)
    assert chosen_variables({RAW: series}, ["clm", "ndvi"], Feedback()) == ("clm", "ndvi")


def test_the_table_holds_every_observation(series, values, tmp_path):
    plots = read_place_plots({RAW: series}, labels(POINT, [point(1.5, 1.5), point(12.5, 20.5)]), ["ndvi"], 1)
    assert (len(plots.places), len(plots.shown)) == (2, 1)
    write_place_table(plots, str(tmp_path / "table.csv"))
    with open(tmp_path / "table.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    expected = [
        (place, date, values[t, 0, row, column])
        for place, row, column in (("1", 1, 1), ("2", 20, 12))
        for t, date in enumerate(DATES)
        if not np.isnan(values[t, 0, row, column])
    ]
    assert [(row["place"], row["date"]) for row in rows] == [each[:2] for each in expected]
    np.testing.assert_allclose([float(row["mean"]) for row in rows], [each[2] for each in expected], rtol=1e-6)
    assert {row["pixels"] for row in rows} == {"1"} and {row["series"] for row in rows} == {"raw"}
