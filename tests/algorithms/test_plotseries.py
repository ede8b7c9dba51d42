"""Plot a place, through QGIS."""

import csv
import re

import numpy as np
import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QImage
from scenes import write_raster, write_series

DATES = [f"2021-{month:02d}-{day:02d}" for month in range(1, 13) for day in (3, 18)]
NAN = np.nan


@pytest.fixture(scope="module")
def values():
    """A season of NDVI and red ``(dates, variables, rows, columns)``, its masked and its filled version."""
    generator = np.random.default_rng(6)
    season = 0.2 + 0.6 * np.sin(np.linspace(0, np.pi, 24))[:, None, None] ** 2
    ndvi = season + generator.normal(0, 0.03, (24, 40, 30))
    clouded = generator.random(24) < 0.3
    ndvi[clouded] = generator.uniform(0.0, 0.1, (clouded.sum(), 40, 30))
    raw = np.stack([ndvi, 0.5 - ndvi / 2], axis=1).astype(np.float32)
    masked = raw.copy()
    masked[clouded] = NAN
    return raw, masked, np.broadcast_to(season[:, None], (24, 1, 40, 30)).astype(np.float32), clouded


@pytest.fixture(scope="module")
def paths(tmp_path_factory, values):
    folder = tmp_path_factory.mktemp("séries à dessiner")
    raw, masked, filled, _ = values
    return {
        "SERIES": write_series(folder / "raw.tif", raw, DATES, ["ndvi", "red"], nodata=NAN),
        "MASKED": write_series(folder / "masked.tif", masked, DATES, ["ndvi", "red"], nodata=NAN),
        "PREPARED": write_series(folder / "prepared.tif", filled, DATES, ["ndvi"], nodata=NAN),
    }


def layer(shapes, classes, kind="Polygon", crs="EPSG:32633"):
    made = QgsVectorLayer(f"{kind}?crs={crs}&field=crop:string", "Felder", "memory")
    for shape, name in zip(shapes, classes):
        feature = QgsFeature(made.fields())
        feature.setGeometry(shape)
        feature.setAttribute("crop", name)
        made.dataProvider().addFeature(feature)
    made.updateExtents()
    return made


def field(column, row, width, height):
    left, top = 500000 + 10 * column, 5100000 - 10 * row
    return QgsGeometry.fromRect(QgsRectangle(left, top - 10 * height, left + 10 * width, top))


@pytest.fixture
def fields(qgis_app):
    shapes = [field(2, 2, 5, 5), field(10, 3, 4, 4), field(2, 20, 6, 4), field(20, 30, 3, 3)]
    return layer(shapes, ["maïs & blé", "maïs & blé", "forest", None])


def test_plots_raw_masked_and_prepared_values_with_classes(run, paths, values, fields, tmp_path):
    outputs = {name: str(tmp_path / f"out.{name.lower()}") for name in ("HTML", "PNG", "CSV")}
    results = run("plotseries", **paths, PLACES=fields, FIELD="crop", VARIABLES="ndvi,red", **outputs)
    assert (results["PLACES_READ"], results["PLACES_PLOTTED"]) == (3, 3)
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 2 + 1 + 3 * 2  # classes, signs, places
    assert "maïs &amp; blé, place 1 (25 pixels)" in page and "forest, place 3 (24 pixels)" in page
    assert "http://" not in page.replace("http://www.w3.org", "") and "<script" not in page
    _, _, _, clouded = values
    hollow = page.count('fill="#ffffff" stroke="#9aa8a1"') - 1  # one in the explanation of the signs
    assert hollow == 3 * 2 * clouded.sum()
    assert "chronocover:plotseries" in page
    with open(outputs["CSV"], encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    raw, masked, filled, _ = values
    for series, array, place in (("raw", raw, "1"), ("masked", masked, "1"), ("prepared", filled, "1")):
        found = [r for r in rows if (r["series"], r["place"], r["variable"]) == (series, place, "ndvi")]
        expected = array[:, 0, 2:7, 2:7].reshape(24, -1).mean(axis=1)
        expected = expected[~np.isnan(expected)]
        np.testing.assert_allclose([float(r["mean"]) for r in found], expected, rtol=1e-5)
        assert {r["class"] for r in found} == {"maïs & blé"} and {r["pixels"] for r in found} == {"25"}
    picture = QImage(outputs["PNG"])
    assert picture.width() > 1000 and picture.height() > picture.width()
    colors = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(0, 3000, 3)}
    assert len(colors) > 20


def test_the_raw_series_alone_at_points_in_another_crs(run, paths, tmp_path):
    points = layer([QgsGeometry.fromPointXY(QgsPointXY(15.0005, 46.0525))], ["x"], "Point", "EPSG:4326")
    results = run("plotseries", SERIES=paths["SERIES"], PLACES=points, HTML=str(tmp_path / "out.html"))
    assert results["PLACES_READ"] == 1 and "PNG" not in results
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert page.count("<circle") == 2 * 24 + 1 and "Place 1" in page and "Classes" not in page


def test_a_selection_and_the_number_of_places_are_honoured(run, paths, fields, tmp_path):
    fields.selectByIds([3])
    from qgis.core import QgsProcessingFeatureSourceDefinition, QgsProject

    QgsProject.instance().addMapLayer(fields, False)
    try:
        chosen = QgsProcessingFeatureSourceDefinition(fields.id(), selectedFeaturesOnly=True)
        results = run("plotseries", SERIES=paths["SERIES"], PLACES=chosen, HTML=str(tmp_path / "one.html"))
    finally:
        QgsProject.instance().takeMapLayer(fields)
    assert results["PLACES_READ"] == 1
    assert "Place 3 (24 pixels)" in (tmp_path / "one.html").read_text(encoding="utf-8")
    results = run(
        "plotseries", SERIES=paths["SERIES"], PLACES=fields, FIELD="crop", MAX_PLACES=2, HTML=str(tmp_path / "two.html")
    )
    assert (results["PLACES_READ"], results["PLACES_PLOTTED"]) == (3, 2)
    headings = re.findall(r"<h2>(.*?), place", (tmp_path / "two.html").read_text(encoding="utf-8"))
    assert headings == ["forest", "maïs &amp; blé"]  # one of each class


def test_what_is_wrong_is_said(run, paths, fields, values, tmp_path):
    output = str(tmp_path / "out.html")

    def refused(said, **parameters):
        with pytest.raises(QgsProcessingException, match=said):
            run("plotseries", **{"SERIES": paths["SERIES"], "PLACES": fields, "HTML": output, **parameters})

    refused("No series has a variable evi", VARIABLES="ndvi, evi")
    other = write_series(tmp_path / "o.tif", values[0][:, :, :30], DATES, ["ndvi", "red"])
    refused("prepared series is on another grid", PREPARED=other)
    refused("is not an image series", SERIES=write_raster(tmp_path / "plain.tif", np.ones((3, 3), "float32")))
    refused("None of the 1 places lies on the image series", PLACES=layer([field(500, 500, 3, 3)], ["x"]))
    refused("no feature with a class", PLACES=layer([], []))
    refused("holds neither points nor polygons", PLACES=layer([], [], "LineString"))
    refused("has no field “crap”", FIELD="crap")
    refused("Cannot write in the folder", HTML=f"{paths['SERIES']}/out.html")
    refused("is one of the inputs", CSV=paths["SERIES"])
    assert not (tmp_path / "out.html").exists()


def test_a_cancelled_run_leaves_nothing(qgis_app, paths, fields, tmp_path):
    import processing

    feedback = QgsProcessingFeedback(False)
    feedback.cancel()
    parameters = {"SERIES": paths["SERIES"], "PLACES": fields, "HTML": str(tmp_path / "o.html")}
    with pytest.raises(QgsProcessingException):
        processing.run("chronocover:plotseries", parameters, feedback=feedback)
    assert list(tmp_path.iterdir()) == []
