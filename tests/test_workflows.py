"""The workflows run as they are: from image files and labels to a map, and on to other images."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsApplication

from chronocover.core.labels.legend import read_legend
from chronocover.core.series.image_series import ImageSeries


@pytest.fixture(scope="module")
def make_demo(qgis_app, tmp_path_factory):
    """Makes small demo scenes."""
    import processing

    def make(**parameters):
        folder = tmp_path_factory.mktemp("demo scène")
        return processing.run("chronocover:createdemo", {"SIZE": 150, **parameters, "OUTPUT": str(folder / "demo")})

    return make


@pytest.fixture(scope="module")
def demo(make_demo):
    """A nearly cloudless scene."""
    return make_demo(CLOUDS=5)


def run_workflow(name, parameters, outputs):
    """Run a workflow; ``outputs`` are paths by the model's own short names, whatever this QGIS calls them in full."""
    import processing

    workflow = QgsApplication.processingRegistry().createAlgorithmById(f"chronocover:{name}")
    destinations = {}
    for definition in workflow.destinationParameterDefinitions():
        short = definition.name().split(":")[-1].upper()
        if short in outputs:
            destinations[definition.name()] = str(outputs[short])
    assert len(destinations) == len(outputs)
    processing.run(workflow, {**parameters, **destinations})


def read(path):
    return gdal.Open(str(path)).ReadAsArray()


def accuracy(scene, map_path):
    """Share of the pixels with a true class that have it in the map."""
    truth, found = read(scene["TRUTH"]), read(map_path)
    true_legend, legend = read_legend(gdal.Open(scene["TRUTH"])), read_legend(gdal.Open(str(map_path)))
    code_of_truth = np.zeros(256, dtype=np.uint8)
    for name in legend.names:
        code_of_truth[true_legend.code_of(name)] = legend.code_of(name)
    return (code_of_truth[truth] == found)[truth > 0].mean()


def map_outputs(folder):
    names = {"SERIES": "vrt", "SAMPLES": "gpkg", "MODEL": "onnx", "REPORT": "html", "MAP": "tif"}
    folder.mkdir()
    return {name: folder / f"{name.lower()}.{extension}" for name, extension in names.items()}


def test_images_and_labels_become_a_map_and_the_model_maps_other_images(demo, tmp_path):
    outputs = map_outputs(tmp_path / "résultats")
    parameters = {"FOLDER": demo["IMAGES"], "LABELS": demo["LABELS"], "FIELD": "crop", "COUNT": 100, "TREES": 30}
    run_workflow("imagesandlabelstomap", parameters, outputs)
    assert accuracy(demo, outputs["MAP"]) > 0.6  # several times what the largest class alone would give

    again = {"MAP": tmp_path / "again.tif"}
    run_workflow(
        "classifynewimages",
        {"FOLDER": demo["IMAGES"], "MODEL": str(outputs["MODEL"])},
        {**again, "SERIES": tmp_path / "second.vrt"},
    )
    np.testing.assert_array_equal(read(again["MAP"]), read(outputs["MAP"]))


@pytest.mark.parametrize("name", ["imagesandlabelstomap", "cloudyimagesandlabelstomap"])
def test_a_workflow_offers_no_validation_by_a_field_that_its_samples_cannot_have(qgis_app, name):
    workflow = QgsApplication.processingRegistry().createAlgorithmById(f"chronocover:{name}")
    offered = workflow.parameterDefinition("VALIDATION").options()
    training = QgsApplication.processingRegistry().createAlgorithmById("chronocover:trainrandomforest")
    assert set(training.parameterDefinition("VALIDATION").options()) - set(offered) == {
        "leave one out",
        "given split",
    }


def test_preparing_cloudy_images_makes_a_better_map_above_all_of_another_year(make_demo, tmp_path):
    scene, next_year = make_demo(CLOUDS=35), make_demo(CLOUDS=35, YEAR=2026)
    inputs = {"FOLDER": scene["IMAGES"], "LABELS": scene["LABELS"], "FIELD": "crop", "COUNT": 100, "TREES": 30}
    right = {}
    for train, new in (
        ("imagesandlabelstomap", "classifynewimages"),
        ("cloudyimagesandlabelstomap", "classifynewcloudyimages"),
    ):
        outputs = map_outputs(tmp_path / train)
        later = {"MAP": tmp_path / f"{new}.tif", "SERIES": tmp_path / f"{new}.vrt"}
        if train.startswith("cloudy"):
            outputs["PREPARED"], later["PREPARED"] = tmp_path / "prepared.tif", tmp_path / "later.tif"
        run_workflow(train, inputs, outputs)
        run_workflow(new, {"FOLDER": next_year["IMAGES"], "MODEL": str(outputs["MODEL"])}, later)
        right[train] = accuracy(scene, outputs["MAP"]), accuracy(next_year, later["MAP"])
    unmasked, prepared = right.values()
    assert prepared[0] > unmasked[0]
    assert prepared[1] > unmasked[1] + 0.1
    assert ImageSeries.open(str(tmp_path / "prepared.tif")).quality_variables == []
