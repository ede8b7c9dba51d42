"""The samples layer: written, opened elsewhere, edited, and read as it is then."""

import os
import sqlite3
from contextlib import closing

import numpy as np
import pytest
from osgeo import gdal, ogr
from sample_tables import make_samples

from chronocover.core.errors import ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.labels.legend import Legend
from chronocover.core.provenance import Provenance
from chronocover.core.samples.columns import ValueColumns, column_names, samples_of_rows
from chronocover.core.samples.table import read_samples, write_samples

MADE_BY = Provenance("chronocover:extractsamples", {"FIELD": "Nutzung für 2021"}, {"chronocover": "1.0"})


class Heard(Feedback):
    def __init__(self):
        self.warnings = []

    def warning(self, text):
        self.warnings.append(text)


@pytest.fixture
def table(tmp_path):
    """Path of a layer of three forests, two fields and a lake."""
    path = str(tmp_path / "mes données" / "échantillons.gpkg")
    classes = ["forêt", "forêt", "forêt", "champ", "champ", "lac"]
    write_samples(make_samples(classes, groups=list("aabbcc")), path, MADE_BY)
    return path


def edit(path, *statements):
    """Change rows as another program does, leaving QGIS's spatial index alone."""
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_UPDATE)
    for statement in statements:
        dataset.ExecuteSQL(statement, dialect="SQLite" if "SELECT" in statement else "")
    dataset = None


def test_samples_come_back_equal(tmp_path):
    written = make_samples(["forêt", "Maïs / ñ", "日本 '\"x"], groups=["1", "1", "2"])
    written.values[1, 0, 1] = np.nan
    path = str(tmp_path / "s.gpkg")
    write_samples(written, path, MADE_BY)

    read = read_samples(path)

    np.testing.assert_array_equal(read.values, written.values)
    np.testing.assert_array_equal(read.coordinates, written.coordinates)
    assert read.values.dtype == np.float32
    assert read.classes.tolist() == written.classes.tolist()
    assert read.groups.tolist() == ["1", "1", "2"]
    assert (read.dates, read.variables, read.legend) == (written.dates, written.variables, written.legend)
    assert 'ID["EPSG",32633]' in read.crs or 'AUTHORITY["EPSG","32633"]' in read.crs


def test_the_layer_is_an_ordinary_geopackage(table):
    dataset = gdal.OpenEx(table, gdal.OF_VECTOR)
    layer = dataset.GetLayerByName("samples")
    fields = [layer.GetLayerDefn().GetFieldDefn(i).GetName() for i in range(6)]
    assert fields == ["class", "group", "red_20210306", "nir_20210306", "red_20210501", "nir_20210501"]
    assert layer.GetFeatureCount() == 6
    assert layer.GetExtent() == (500_005, 500_055, 5_100_005, 5_100_005)
    assert layer.TestCapability(ogr.OLCFastSpatialFilter)
    layer.SetSpatialFilterRect(500_010, 0, 500_020, 6_000_000)
    assert [feature["class"] for feature in layer] == ["forêt"]
    assert layer.GetMetadataItem("CHRONOCOVER_ALGORITHM") == "chronocover:extractsamples"
    assert "für" in layer.GetMetadataItem("CHRONOCOVER_PARAMETERS")


def test_values_show_as_people_write_them(table):
    with closing(sqlite3.connect(table)) as database:
        assert database.execute("SELECT nir_20210501 FROM samples WHERE fid = 6").fetchone() == (0.0024,)


def test_variables_with_odd_names_come_back(tmp_path):
    names = ("B 1", "b_1", "NDVI", "ndvi", "größe", "été")
    path = str(tmp_path / "s.gpkg")
    write_samples(make_samples(["a"], variables=names), path, MADE_BY)

    read = read_samples(path)

    assert read.variables == list(names)
    np.testing.assert_array_equal(read.values, make_samples(["a"], variables=names).values)


def test_a_table_without_our_metadata_is_read_by_its_column_names(table, tmp_path):
    exported = str(tmp_path / "exported.gpkg")
    gdal.VectorTranslate(exported, table, format="GPKG", layerName="my export", geometryType="MULTIPOINT",
                         layerCreationOptions=["METADATA=no"])  # fmt: skip
    dataset = gdal.OpenEx(exported, gdal.OF_VECTOR | gdal.OF_UPDATE)
    dataset.GetLayer(0).SetMetadata({})
    dataset = None

    read, original = read_samples(exported), read_samples(table)

    assert read.variables == ["red", "nir"] and read.dates == original.dates
    np.testing.assert_array_equal(read.values, original.values)
    np.testing.assert_array_equal(read.coordinates, original.coordinates)
    assert read.legend.names == ["champ", "forêt", "lac"]


def test_deleted_rows_and_columns_are_gone(table):
    edit(table, "DELETE FROM samples WHERE fid = 1", "ALTER TABLE samples DROP COLUMN nir_20210306")
    read = read_samples(table)
    assert len(read) == 5 and read.counts() == {"champ": 2, "forêt": 2, "lac": 1}
    assert np.isnan(read.values[:, 0, read.variables.index("nir")]).all()
    assert np.isfinite(read.values[:, 1]).all()


def test_an_emptied_class_is_left_out_with_a_warning(table):
    edit(table, "DELETE FROM samples WHERE \"class\" = 'lac'")
    heard = Heard()
    read = read_samples(table, feedback=heard)
    assert read.legend.names == ["champ", "forêt"]
    assert "lac" in heard.warnings[0]


def test_a_renamed_class_keeps_the_codes_and_colours_of_the_others(table):
    before = read_samples(table).legend
    edit(table, "UPDATE samples SET \"class\" = 'Wald' WHERE \"class\" = 'forêt'")
    after = read_samples(table).legend
    assert after.names == ["champ", "lac", "Wald"]
    assert [c for c in after.classes if c.name != "Wald"] == [c for c in before.classes if c.name != "forêt"]
    assert after.code_of("Wald") == 4
    assert after.classes[2].color not in [c.color for c in before.classes]


def test_a_new_class_that_is_a_number_keeps_it_as_code(tmp_path):
    path = str(tmp_path / "s.gpkg")
    write_samples(make_samples(["10", "10", "20"], legend=Legend.of_values([10, 20])), path, MADE_BY)
    edit(path, "UPDATE samples SET \"class\" = '15' WHERE fid = 1")
    assert read_samples(path).codes.tolist() == [15, 10, 20]


def test_rows_without_a_class_are_left_out_and_counted(table):
    edit(table, 'UPDATE samples SET "class" = NULL WHERE fid = 1', "UPDATE samples SET \"class\" = ' ' WHERE fid = 2")
    heard = Heard()
    assert len(read_samples(table, feedback=heard)) == 4
    assert "2 rows have no class" in heard.warnings[0]


def test_rows_without_a_group_are_groups_of_their_own(table):
    edit(table, 'UPDATE samples SET "group" = NULL WHERE fid IN (1, 2)')
    assert len(set(read_samples(table).groups[:2])) == 2
    edit(table, 'UPDATE samples SET "group" = NULL')
    assert read_samples(table).groups is None


def test_regions_are_texts_whatever_the_field_holds():
    columns = ValueColumns.of_fields(["ndvi_20240301"], {}, "here")
    regions = [2021.0, float("nan"), None, " Île ", "", 2021, 3.5]
    samples = samples_of_rows(
        columns, np.zeros((7, 1, 1), np.float32), ["a"] * 7, None, np.zeros((7, 2)), "", {}, "here", Feedback(), regions
    )
    assert samples.regions.tolist() == ["2021", None, None, "Île", None, "2021", "3.5"]
    assert samples.subset(np.array([0, 3])).regions.tolist() == ["2021", "Île"]


def test_samples_without_coordinates_have_no_points(tmp_path):
    path = str(tmp_path / "s.gpkg")
    write_samples(make_samples(["a", "b"], coordinates=None, crs=""), path, MADE_BY)
    read = read_samples(path)
    assert read.coordinates is None and len(read) == 2


def test_too_many_columns_are_refused_with_advice(tmp_path):
    dates = [f"{year}-{month:02}-{day:02}" for year in (2020, 2021) for month in range(1, 13) for day in range(1, 28)]
    wide = make_samples(["a"], dates=dates, variables=("red", "nir", "swir", "blue"))
    with pytest.raises(ChronocoverError, match="composite"):
        write_samples(wide, str(tmp_path / "s.gpkg"), MADE_BY)
    assert os.listdir(tmp_path) == []


def test_the_widest_table_that_is_allowed_can_be_written(tmp_path):
    dates = [f"{year}-01-{day:02}" for year in range(1990, 2091) for day in range(1, 6)][:499]
    samples = make_samples(["a"], dates=dates, variables=("b1", "b2", "b3", "b4"))
    assert len(column_names(samples.dates, samples.variables)) == 1996
    write_samples(samples, str(tmp_path / "s.gpkg"), MADE_BY)
    np.testing.assert_array_equal(read_samples(str(tmp_path / "s.gpkg")).values, samples.values)


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\0" * 200])
def test_a_file_that_is_no_geopackage_is_refused_by_name(tmp_path, content):
    path = tmp_path / "broken.gpkg"
    path.write_bytes(content)
    with pytest.raises(ChronocoverError, match=r"broken\.gpkg"):
        read_samples(str(path))


def test_a_truncated_layer_is_refused_by_name(tmp_path):
    path = tmp_path / "cut.gpkg"
    write_samples(make_samples(["a", "b"] * 500), str(path), MADE_BY)
    path.write_bytes(path.read_bytes()[:110_000])
    with pytest.raises(ChronocoverError, match=r"cut\.gpkg"):
        read_samples(str(path))


def test_another_layer_is_refused_with_an_example(table):
    edit(table, *(f"ALTER TABLE samples DROP COLUMN {v}_{d}" for v in ("red", "nir") for d in (20210306, 20210501)))
    with pytest.raises(ChronocoverError, match="ndvi_20210306"):
        read_samples(table)


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ChronocoverError, match="Cannot write in the folder"):
        write_samples(make_samples(["a"]), str(tmp_path / "file" / "s.gpkg"), MADE_BY)


def test_other_extensions_are_refused(tmp_path):
    with pytest.raises(ChronocoverError, match=r"\.gpkg"):
        write_samples(make_samples(["a"]), str(tmp_path / "s.shp"), MADE_BY)


def test_what_an_open_layer_left_beside_an_old_file_does_not_spoil_the_new_one(table):
    with open(table + "-wal", "wb") as file:
        file.write(b"\x37\x7f\x06\x82" + b"\0" * 4000)
    write_samples(make_samples(["a", "b"]), table, MADE_BY)
    assert sorted(os.listdir(os.path.dirname(table))) == ["échantillons.gpkg", "échantillons.qml"]
    assert read_samples(table).classes.tolist() == ["a", "b"]
