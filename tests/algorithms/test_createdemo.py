"""The demo scene: what a newcomer gets to try the plugin on."""

import datetime
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr
from qgis.core import QgsProcessingException, QgsRasterLayer, QgsVectorLayer

from chronocover.core.labels.legend import read_legend

SMALL = {"SIZE": 120, "DATES": 6}


@pytest.fixture(scope="module")
def scene(qgis_app, tmp_path_factory):
    import processing

    return processing.run("chronocover:createdemo", {"OUTPUT": str(tmp_path_factory.mktemp("démo scene"))})


def images(results):
    return sorted(Path(results["IMAGES"]).glob("*.tif"))


def checksums(folder):
    files = [path for path in sorted(Path(folder).rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_writes_dated_images_with_named_bands(scene):
    paths = images(scene)
    assert len(paths) == scene["IMAGES_COUNT"] == 24
    dates = []
    for path in paths:
        image = gdal.Open(str(path))
        bands = [image.GetRasterBand(index + 1) for index in range(image.RasterCount)]
        names = [band.GetDescription() for band in bands]
        assert names == ["blue", "green", "red", "rededge1", "nir", "swir1", "scl"]
        assert [band.GetScale() for band in bands[:-1]] == pytest.approx([1e-4] * 6)
        assert (bands[-1].GetScale() or 1.0) == 1.0
        date = datetime.datetime.fromisoformat(image.GetMetadata("IMAGERY")["ACQUISITIONDATETIME"]).date()
        assert date.strftime("%Y%m%d") in path.name
        dates.append(date)
    gaps = np.diff([date.toordinal() for date in dates])
    assert gaps.min() >= 1 and len(set(gaps.tolist())) > 3


def test_the_scene_classification_marks_the_clouds(scene):
    bright = {True: [], False: []}
    for path in images(scene):
        stack = gdal.Open(str(path)).ReadAsArray()
        assert set(np.unique(stack[-1]).tolist()) <= {0, 3, 4, 5, 6, 7, 8, 9, 10}
        assert ((stack[:-1] == 0).all(axis=0) == (stack[-1] == 0)).all()
        for cloudy, codes in ((True, (8, 9)), (False, (4, 5, 6, 7))):
            bright[cloudy].append(stack[0][np.isin(stack[-1], codes)])
    assert np.median(np.concatenate(bright[True])) > 4 * np.median(np.concatenate(bright[False]))


def test_crops_green_up_in_their_own_season(scene):
    truth = gdal.Open(scene["TRUTH"])
    legend, codes = read_legend(truth), truth.ReadAsArray()

    def ndvi(name, month):
        seen = []
        for path in images(scene):
            if path.name[7:9] == month:
                stack = gdal.Open(str(path)).ReadAsArray().astype(float)
                clear = np.isin(stack[-1], (4, 5, 6, 7)) & (codes == legend.code_of(name))
                seen.append(((stack[4] - stack[2]) / (stack[4] + stack[2] + 1e-9))[clear])
        return np.median(np.concatenate(seen))

    assert ndvi("Winter wheat", "05") > ndvi("Maize", "05") + 0.3
    assert ndvi("Maize", "08") > ndvi("Winter wheat", "08") + 0.3
    assert ndvi("Conifer forest", "03") > ndvi("Broadleaf forest", "03") + 0.2
    assert ndvi("Water", "06") < 0


def test_labels_are_few_right_and_a_bit_messy(scene):
    truth = gdal.Open(scene["TRUTH"])
    legend, codes, transform = read_legend(truth), truth.ReadAsArray(), truth.GetGeoTransform()
    source = ogr.Open(scene["LABELS"])
    layer = source.GetLayer(0)
    assert layer.GetFeatureCount() == scene["LABELS_COUNT"]
    counts, agreeing, unnamed, tiny = {}, [], 0, 0
    for feature in layer:
        outline = feature.GetGeometryRef()
        assert outline.IsValid()
        name = feature.GetField("crop")
        if name is None:
            unnamed += 1
            continue
        tiny += outline.Area() < 100
        counts[name] = counts.get(name, 0) + 1
        inside = outline.PointOnSurface()
        column = int((inside.GetX() - transform[0]) / transform[1])
        row = int((inside.GetY() - transform[3]) / transform[5])
        agreeing.append(codes[row, column] == legend.code_of(name))
    assert set(counts) == set(legend.names)
    assert all(5 <= count <= 13 for count in counts.values()), counts
    assert np.mean(agreeing) > 0.95
    assert unnamed == 1 and tiny == 1


def test_labels_and_truth_have_the_same_colours(scene):
    legend = read_legend(gdal.Open(scene["TRUTH"]))
    layer = QgsVectorLayer(scene["LABELS"], "labels")
    categories = {c.value(): c.symbol().color().getRgb()[:3] for c in layer.renderer().categories()}
    assert categories == {land_class.name: land_class.color for land_class in legend.classes}


def test_the_colours_of_the_labels_reach_a_class_raster(scene, run, tmp_path):
    burnt = run(
        "rasterizelabels",
        LABELS=scene["LABELS"],
        FIELD="crop",
        REFERENCE=scene["TRUTH"],
        OUTPUT=str(tmp_path / "labels.tif"),
    )
    assert read_legend(gdal.Open(burnt["OUTPUT"])) == read_legend(gdal.Open(scene["TRUTH"]))


def test_images_open_in_true_colours(scene):
    for path in images(scene):
        renderer = QgsRasterLayer(str(path), "image").renderer()
        assert (renderer.redBand(), renderer.greenBand(), renderer.blueBand()) == (3, 2, 1)


def test_every_output_says_where_it_came_from(scene):
    for path in (*images(scene), scene["TRUTH"]):
        items = gdal.Open(str(path)).GetMetadata()
        assert items["CHRONOCOVER_ALGORITHM"] == "chronocover:createdemo"
        assert json.loads(items["CHRONOCOVER_PARAMETERS"])["SEED"] == 1


def test_the_same_seed_gives_the_same_bytes_in_any_folder(run, tmp_path):
    first = run("createdemo", OUTPUT=str(tmp_path / "first"), **SMALL)
    again = run("createdemo", OUTPUT=str(tmp_path / "again"), **SMALL)
    other = run("createdemo", OUTPUT=str(tmp_path / "other"), SEED=2, **SMALL)
    assert checksums(first["OUTPUT"]) == checksums(again["OUTPUT"])
    assert checksums(first["OUTPUT"])["truth.tif"] != checksums(other["OUTPUT"])["truth.tif"]


def test_another_year_has_the_same_fields_with_other_crops(run, tmp_path):
    codes = {}
    for year in (2024, 2025):
        results = run("createdemo", OUTPUT=str(tmp_path / str(year)), YEAR=year, **SMALL)
        truth = gdal.Open(results["TRUTH"])
        legend = read_legend(truth)
        codes[year] = np.array(["", *legend.names])[truth.ReadAsArray()]
    lasting = np.isin(codes[2024], ["Water", "Built-up", "Broadleaf forest", "Conifer forest"])
    assert (codes[2024] == codes[2025])[lasting].all()
    rapeseed = codes[2024] == "Rapeseed"
    assert (codes[2025][rapeseed] != "Rapeseed").mean() > 0.9


@pytest.mark.parametrize(("clouds", "least", "most"), [(0, 0.0, 0.0), (30, 0.2, 0.4), (90, 0.8, 0.99)])
def test_the_percentage_of_clouds_is_what_was_asked(run, tmp_path, clouds, least, most):
    results = run("createdemo", OUTPUT=str(tmp_path / "demo"), SIZE=100, DATES=20, CLOUDS=clouds)
    cloudy = [np.isin(gdal.Open(str(path)).ReadAsArray()[-1], (8, 9, 10)).mean() for path in images(results)]
    assert least <= np.mean(cloudy) <= most


def test_outlines_that_are_repaired_do_not_clutter_the_log(run, tmp_path, capfd):
    run("createdemo", OUTPUT=str(tmp_path / "demo"), SIZE=150, DATES=8, CLOUDS=20)  # one field crosses itself
    assert "Self-intersection" not in "".join(capfd.readouterr())


def test_outlines_in_several_pieces_are_one_polygon(run, tmp_path, capfd):
    results = run("createdemo", OUTPUT=str(tmp_path / "demo"), SIZE=600, DATES=1)  # one outline falls into two
    labels = ogr.Open(results["LABELS"])
    assert {feature.GetGeometryRef().GetGeometryName() for feature in labels.GetLayer(0)} == {"POLYGON"}
    assert "MULTIPOLYGON" not in "".join(capfd.readouterr())


def test_an_earlier_demo_is_replaced(run, tmp_path):
    folder = tmp_path / "demo"
    run("createdemo", OUTPUT=str(folder), SIZE=100, DATES=9)
    (folder / "my notes.txt").write_text("mine")
    results = run("createdemo", OUTPUT=str(folder), SIZE=100, DATES=3, SEED=5)
    assert len(images(results)) == 3 and len(list(Path(results["IMAGES"]).iterdir())) == 6
    assert (folder / "my notes.txt").read_text() == "mine"
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_files_of_others_are_never_touched(run, tmp_path):
    truth = tmp_path / "truth.tif"
    truth.write_bytes(b"years of work")
    with pytest.raises(QgsProcessingException, match=r"not of a demo scene \(truth.tif\).*new folder"):
        run("createdemo", OUTPUT=str(tmp_path), **SMALL)
    assert truth.read_bytes() == b"years of work"


def test_an_own_image_among_those_of_the_demo_is_not_touched(run, tmp_path):
    results = run("createdemo", OUTPUT=str(tmp_path), SIZE=100, DATES=2)
    own = Path(results["IMAGES"]) / "mine.tif"
    own.write_bytes(b"mine")
    with pytest.raises(QgsProcessingException, match=r"images/mine.tif"):
        run("createdemo", OUTPUT=str(tmp_path), SIZE=100, DATES=2)
    assert own.exists()


def test_a_file_in_place_of_the_folder_is_refused(run, tmp_path):
    file = tmp_path / "scene"
    file.write_text("a file")
    with pytest.raises(QgsProcessingException, match="is a file"):
        run("createdemo", OUTPUT=str(file), **SMALL)
    with pytest.raises(QgsProcessingException, match="Cannot write in the folder"):
        run("createdemo", OUTPUT=str(file / "below"), **SMALL)


def test_one_date_and_a_temporary_folder(run):
    results = run("createdemo", OUTPUT="TEMPORARY_OUTPUT", SIZE=100, DATES=1)
    assert len(images(results)) == 1


def test_a_large_landscape_can_be_cancelled():
    from chronocover.core.demo.landscape import make_landscape
    from chronocover.core.errors import CancelledError
    from chronocover.core.feedback import Feedback

    class CancelledLater(Feedback):
        checks = 0

        def is_cancelled(self):
            self.checks += 1
            return self.checks > 6

    with pytest.raises(CancelledError):
        make_landscape(100, 1, 2025, CancelledLater())


def test_a_cancelled_run_leaves_nothing(qgis_app, tmp_path):
    import processing
    from qgis.core import QgsProcessingFeedback

    class Cancelled(QgsProcessingFeedback):
        def setProgress(self, progress):
            if progress > 30:
                self.cancel()

    with pytest.raises(QgsProcessingException, match="Cancelled"):
        processing.run("chronocover:createdemo", {"OUTPUT": str(tmp_path / "demo"), **SMALL}, feedback=Cancelled())
    assert not list(tmp_path.glob("demo/*"))
