"""Import samples as users run it."""

import datetime

import numpy as np
import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)
from real_samples import sinop
from sample_tables import make_samples

from chronocover.core.samples.exchange import write_csv
from chronocover.core.samples.table import read_samples

LINES = ("plot;when;what;ndvi;evi;east;north", "1;2021-03-06;blé;0,25;0,5;500005;5100005",
         "1;2021-05-01;blé;0,75;;500005;5100005", "2;2021-03-06;maïs;NA;0,5;500015;5100005")  # fmt: skip
NAMES = {"SAMPLE_COLUMN": "plot", "CLASS_COLUMN": "what", "DATE_COLUMN": "when", "VALUE_COLUMN": "ndvi, evi"}


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "mes données"
    folder.mkdir()
    for name in ("été 1.csv", "été 2.csv"):
        (folder / name).write_text("\n".join(LINES).replace("east;north", "x;y"), encoding="cp1252")
    return [str(path) for path in sorted(folder.iterdir())]


def output(tmp_path):
    return str(tmp_path / "out" / "échantillons.gpkg")


def test_several_files_with_named_columns(run, files, tmp_path):
    results = run("importsamples", FILES=files, CRS="EPSG:32633", OUTPUT=output(tmp_path), **NAMES)
    assert (results["SAMPLES"], results["CLASSES"], results["DATES"]) == (4, 2, 2)
    samples = read_samples(results["OUTPUT"])
    nan = np.nan
    one, two = [[0.25, 0.5], [0.75, nan]], [[nan, 0.5], [nan, nan]]
    np.testing.assert_array_equal(samples.values, np.array([one, two, one, two], dtype=np.float32))
    assert samples.classes.tolist() == ["blé", "maïs"] * 2
    assert samples.groups is None
    layer = QgsVectorLayer(results["OUTPUT"], "samples", "ogr")
    assert layer.crs().authid() == "EPSG:32633"
    assert layer.renderer().type() == "categorizedSymbol"


def test_one_file_as_a_text(run, files, tmp_path):
    assert run("importsamples", FILES=files[0], OUTPUT=output(tmp_path), **NAMES)["SAMPLES"] == 2


def test_the_csv_of_extract_samples_comes_back(run, tmp_path):
    written = make_samples(["forêt", "champ", "forêt"], groups=["1", "2", "2"])
    written.values[0, 1, 1] = np.nan
    write_csv(written, str(tmp_path / "s.csv"))
    read = read_samples(run("importsamples", FILES=[str(tmp_path / "s.csv")], OUTPUT=output(tmp_path))["OUTPUT"])
    np.testing.assert_array_equal(read.values, written.values)
    np.testing.assert_array_equal(read.coordinates, written.coordinates)
    assert read.groups.tolist() == written.groups.tolist() and read.legend == written.legend


def test_random_samples_per_class(run, tmp_path):
    write_csv(make_samples(["a"] * 30 + ["b"] * 4), str(tmp_path / "s.csv"))

    def drawn(seed):
        run("importsamples", FILES=[str(tmp_path / "s.csv")], COUNT=5, SEED=seed, OUTPUT=output(tmp_path))
        return read_samples(output(tmp_path))

    assert drawn(1).counts() == {"a": 5, "b": 4}
    np.testing.assert_array_equal(drawn(1).values, drawn(1).values)
    assert not np.array_equal(drawn(1).values, drawn(2).values)


def test_samples_without_places_are_rows_without_points(run, tmp_path):
    (tmp_path / "s.csv").write_text("id,date,class,ndvi\n1,2021-03-06,a,0.5\n")
    results = run("importsamples", FILES=[str(tmp_path / "s.csv")], OUTPUT=output(tmp_path))
    layer = QgsVectorLayer(results["OUTPUT"], "samples", "ogr")
    assert layer.isValid() and layer.featureCount() == 1
    assert not next(layer.getFeatures()).hasGeometry()


def test_a_wrong_row_is_named_and_nothing_written(run, tmp_path):
    (tmp_path / "s.csv").write_text("id,date,class,ndvi\n1,2021-03-06,a,0.5\n1,soon,a,0.5\n")
    with pytest.raises(QgsProcessingException, match=r"s\.csv, line 3.*soon"):
        run("importsamples", FILES=[str(tmp_path / "s.csv")], OUTPUT=output(tmp_path))
    assert not (tmp_path / "out").exists()


def test_a_file_listed_twice_is_refused(run, files, tmp_path):
    with pytest.raises(QgsProcessingException, match="listed twice"):
        run("importsamples", FILES=[*files, files[0]], OUTPUT=output(tmp_path))


def test_a_file_that_is_not_there_is_refused_in_the_dialog(qgis_app, tmp_path):
    algorithm = QgsApplication.processingRegistry().algorithmById("chronocover:importsamples").create()
    parameters = {"FILES": [str(tmp_path / "gone.csv")], "OUTPUT": "TEMPORARY_OUTPUT"}
    ok, message = algorithm.checkParameterValues(parameters, QgsProcessingContext())
    assert not ok and "gone.csv" in message
    with pytest.raises(QgsProcessingException, match="at least one CSV"):
        algorithm.processAlgorithm({"FILES": []}, QgsProcessingContext(), QgsProcessingFeedback())


def test_the_real_series_of_mato_grosso_with_the_defaults(run, data_folder, tmp_path):
    """1,218 series of sixteen seasons, published by the sits package."""
    path = data_folder / "sinop_modis" / "samples_modis_ndvi_long.csv"
    results = run("importsamples", FILES=[str(path)], OUTPUT=output(tmp_path))
    assert (results["SAMPLES"], results["CLASSES"], results["DATES"]) == (1218, 4, 12)
    samples = read_samples(results["OUTPUT"])
    assert samples.variables == ["NDVI"] and "4326" in samples.crs
    assert samples.counts() == {"Cerrado": 379, "Forest": 131, "Pasture": 344, "Soy_Corn": 364}
    assert samples.dates[0] == datetime.date(2015, 9, 14) and samples.dates[-1] == datetime.date(2016, 8, 28)
    reference = sinop(data_folder)
    # Leap years move a date by one day of some 31: as far as a value can then be from the one that was observed.
    one_day = np.abs(np.diff(reference.values, axis=1)).max() / 28
    assert np.abs(samples.values - reference.values).max() <= one_day
    assert np.isfinite(samples.values).all()
    as_dated = run("importsamples", FILES=[str(path)], YEARS="as dated", OUTPUT=output(tmp_path))
    assert as_dated["DATES"] == 192
