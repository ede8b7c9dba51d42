"""Where algorithms write: nothing is replaced but an earlier output, and a bad place is told before the work."""

import os

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback, QgsRasterLayer
from scenes import write_raster, write_series

LABELS = np.repeat([[1, 2]], 4, axis=0).repeat(2, axis=1).astype("uint8")


@pytest.fixture
def class_raster(tmp_path):
    return write_raster(tmp_path / "labels.tif", LABELS, nodata=0)


@pytest.fixture
def series(tmp_path):
    values = np.arange(2 * 16, dtype="float32").reshape(2, 1, 4, 4)
    return write_series(tmp_path / "series.tif", values, ["2024-04-01", "2024-06-01"], ["ndvi"])


def test_a_folder_below_a_file_is_told_before_the_work(qgis_app, series, class_raster, tmp_path):
    import processing

    (tmp_path / "notes").write_text("a file")
    feedback = QgsProcessingFeedback()
    values = {"SERIES": series, "LABELS_RASTER": class_raster, "OUTPUT": str(tmp_path / "samples.gpkg")}
    with pytest.raises(QgsProcessingException, match=r"notes[/\\]below: .*notes is a file. Choose another output"):
        processing.run(
            "chronocover:extractsamples", {**values, "CSV": str(tmp_path / "notes/below/s.csv")}, feedback=feedback
        )
    assert "were read" not in feedback.textLog()
    assert not (tmp_path / "samples.gpkg").exists()


def test_a_place_that_only_gdal_knows_is_told_before_the_work(run, series, class_raster):
    samples = {"SERIES": series, "LABELS_RASTER": class_raster, "OUTPUT": "/vsimem/samples.gpkg"}
    for algorithm, values in (
        ("fillgaps", {"SERIES": series, "OUTPUT": "/vsimem/out.tif"}),
        ("extractsamples", samples),
        ("createdemo", {"OUTPUT": "/vsimem/demo"}),
    ):
        with pytest.raises(QgsProcessingException, match=r"The output /vsimem/\w+.* is not on a disk\. Choose a file"):
            run(algorithm, **values)
    assert not gdal.ReadDir("/vsimem/")


def test_a_folder_in_place_of_a_file_is_told_before_the_work(run, class_raster, tmp_path):
    with pytest.raises(QgsProcessingException, match=r"is a folder\. Choose a file"):
        run("checklabels", LABELS_RASTER=class_raster, REPORT=str(tmp_path))


def test_a_report_never_replaces_what_it_is_about(run, class_raster):
    with pytest.raises(QgsProcessingException, match="is one of the inputs"):
        run("checklabels", LABELS_RASTER=class_raster, REPORT=class_raster)
    assert gdal.Open(class_raster).ReadAsArray().tolist() == LABELS.tolist()


def test_a_layer_of_the_project_is_an_input_too(run, class_raster):
    layer = QgsRasterLayer(class_raster, "labels")
    with pytest.raises(QgsProcessingException, match="is one of the inputs"):
        run("checklabels", LABELS_RASTER=layer, REPORT=class_raster)


def test_two_outputs_in_one_file_are_refused(run, series, class_raster, tmp_path):
    values = {"SERIES": series, "LABELS_RASTER": class_raster, "OUTPUT": str(tmp_path / "samples.gpkg")}
    with pytest.raises(QgsProcessingException, match=r"Two outputs are to be written to .*samples.dat"):
        run("extractsamples", CSV=str(tmp_path / "samples.dat"), NPZ=str(tmp_path / "samples.dat"), **values)


def test_a_variable_never_replaces_the_series(run, series, tmp_path):
    with pytest.raises(QgsProcessingException, match=r"Two outputs are to be written to .*ndvi.vrt"):
        run("buildseries", LAYERS=[series], OUTPUT=str(tmp_path / "ndvi.vrt"), FOLDER_PER_VARIABLE=str(tmp_path))


def test_the_style_of_another_layer_with_the_same_name_is_kept(run, series, class_raster, tmp_path):
    (tmp_path / "labels.qml").write_text("years of cartography")
    values = {"SERIES": series, "LABELS_RASTER": class_raster}
    with pytest.raises(QgsProcessingException, match=r"would replace the style of labels.tif, labels.qml"):
        run("extractsamples", OUTPUT=str(tmp_path / "labels.gpkg"), **values)
    assert (tmp_path / "labels.qml").read_text() == "years of cartography"


def test_an_earlier_output_is_replaced_by_the_same_bytes(run, series, class_raster, tmp_path):
    output = tmp_path / "samples.gpkg"
    written = []
    for date in ("2020-01-01T00:00:00Z", "2024-01-01T00:00:00Z"):  # GDAL stores when a table was changed
        gdal.SetConfigOption("OGR_CURRENT_DATE", date)
        try:
            run("extractsamples", SERIES=series, LABELS_RASTER=class_raster, OUTPUT=str(output))
        finally:
            gdal.SetConfigOption("OGR_CURRENT_DATE", None)
        written.append(output.read_bytes())
    assert written[0] == written[1]


class CancelledAt(QgsProcessingFeedback):
    """Cancels when the progress reaches a number of percent."""

    def __init__(self, percent):
        super().__init__(False)
        self._percent = percent

    def setProgress(self, progress):
        if progress >= self._percent:
            self.cancel()


@pytest.mark.parametrize("percent", [1, 21, 90, 99])
def test_a_cancelled_extraction_leaves_nothing(qgis_app, series, class_raster, tmp_path, percent):
    import processing

    folder = tmp_path / "out"
    outputs = {"OUTPUT": f"{folder}/samples.gpkg", "CSV": f"{folder}/samples.csv", "NPZ": f"{folder}/samples.npz"}
    values = {"SERIES": series, "LABELS_RASTER": class_raster, **outputs}
    try:
        processing.run("chronocover:extractsamples", values, feedback=CancelledAt(percent))
    except QgsProcessingException as error:
        assert "Cancelled. No output was written." in str(error)
        assert not folder.exists() or not list(folder.iterdir())
    else:
        assert len(list(folder.iterdir())) == 4  # it was done already


def test_a_series_is_never_cancelled_between_its_files(qgis_app, series, tmp_path):
    import processing

    folder = tmp_path / "out"
    values = {"LAYERS": [series], "OUTPUT": f"{folder}/s.vrt", "FOLDER_PER_VARIABLE": f"{folder}/each"}
    processing.run("chronocover:buildseries", values, feedback=CancelledAt(90))
    assert (folder / "each" / "ndvi.vrt").exists()


def test_a_failed_run_lets_go_of_what_it_held(qgis_app, class_raster, monkeypatch):
    import gc
    import weakref

    import processing

    from chronocover.algorithms.checklabels import CheckLabels
    from chronocover.core.errors import ChronocoverError

    held = []

    def fail(self, parameters, context, feedback):
        values = np.zeros(1_000_000)
        held.append(weakref.ref(values))
        raise ChronocoverError("No.")

    monkeypatch.setattr(CheckLabels, "compute", fail)
    with pytest.raises(QgsProcessingException, match=r"No\."):
        processing.run("chronocover:checklabels", {"LABELS_RASTER": class_raster})
    gc.collect()
    assert held[0]() is None


def test_a_full_disk_is_one_sentence(tmp_path):
    from chronocover.core.errors import ChronocoverError
    from chronocover.core.files import atomic_output

    if not os.path.exists("/dev/full"):
        pytest.skip("no device that is always full")
    message = r"Writing table.csv failed: No space left .* Free some space"
    with (
        pytest.raises(ChronocoverError, match=message),
        atomic_output(str(tmp_path / "table.csv")),
        open("/dev/full", "w") as file,
    ):
        file.write("class,pixels")
    assert not list(tmp_path.iterdir())


def test_the_dialog_tells_it_too(qgis_app, class_raster, tmp_path):
    from chronocover.algorithms.checklabels import CheckLabels

    algorithm = CheckLabels().create()
    values = {"LABELS_RASTER": class_raster, "REPORT": class_raster}
    ok, message = algorithm.checkParameterValues(values, QgsProcessingContext())
    assert not ok and "is one of the inputs" in message
    values["REPORT"] = "TEMPORARY_OUTPUT"
    assert algorithm.checkParameterValues(values, QgsProcessingContext())[0]
