"""The workflows run as they are: from image files and labels to a map, and on to other images."""

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsApplication

from chronocover.core.labels.legend import read_legend


@pytest.fixture(scope="module")
def demo(qgis_app, tmp_path_factory):
    """A small, nearly cloudless demo scene."""
    import processing

    folder = tmp_path_factory.mktemp("demo scène")
    return processing.run("chronocover:createdemo", {"SIZE": 150, "CLOUDS": 5, "OUTPUT": str(folder / "demo")})


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


def test_images_and_labels_become_a_map_and_the_model_maps_other_images(demo, tmp_path):
    outputs = {
        "SERIES": tmp_path / "series.vrt",
        "SAMPLES": tmp_path / "samples.gpkg",
        "MODEL": tmp_path / "model.onnx",
        "REPORT": tmp_path / "report.html",
        "MAP": tmp_path / "map.tif",
    }
    parameters = {"FOLDER": demo["IMAGES"], "LABELS": demo["LABELS"], "FIELD": "crop", "COUNT": 100, "TREES": 30}
    run_workflow("imagesandlabelstomap", parameters, outputs)

    truth, found = read(demo["TRUTH"]), read(outputs["MAP"])
    true_legend, legend = read_legend(gdal.Open(demo["TRUTH"])), read_legend(gdal.Open(str(outputs["MAP"])))
    code_of_truth = np.zeros(256, dtype=np.uint8)
    for name in legend.names:
        code_of_truth[true_legend.code_of(name)] = legend.code_of(name)
    right = code_of_truth[truth] == found
    assert right[truth > 0].mean() > 0.6  # several times what the largest class alone would give

    again = {"MAP": tmp_path / "again.tif"}
    run_workflow(
        "classifynewimages",
        {"FOLDER": demo["IMAGES"], "MODEL": str(outputs["MODEL"])},
        {**again, "SERIES": tmp_path / "second.vrt"},
    )
    np.testing.assert_array_equal(read(again["MAP"]), found)
