"""Samples as CSV and NumPy files, and back from the CSV of others."""

import csv
import datetime
import json

import numpy as np
import pytest
from sample_tables import make_samples, wkt

from chronocover.core.errors import ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.labels.legend import Legend
from chronocover.core.provenance import Provenance
from chronocover.core.samples.csv_columns import CsvColumnNames
from chronocover.core.samples.csv_reading import AS_DATED, draw_per_class, read_csv_samples
from chronocover.core.samples.exchange import write_csv, write_npz

SINUSOIDAL = (
    'PROJCS["Sinusoidal",GEOGCS["sphere",DATUM["unknown",SPHEROID["sphere",6371007.181,0]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433]],PROJECTION["Sinusoidal"],PARAMETER["longitude_of_center",0],'
    'PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1]]'
)


@pytest.fixture
def csv_file(tmp_path):
    """A function that writes lines as a file and returns its path."""

    def write(*lines, name="samples.csv", encoding="utf-8"):
        (tmp_path / name).write_bytes("\n".join(lines).encode(encoding))
        return str(tmp_path / name)

    return write


def test_a_csv_is_long(tmp_path):
    samples = make_samples(["forêt"], groups=["7"])
    samples.values[0, 1, 0] = np.nan
    write_csv(samples, str(tmp_path / "s.csv"))
    with open(tmp_path / "s.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    place = ["forêt", "7", "500005.0", "5100005.0", "EPSG:32633"]
    assert rows == [
        ["sample", "date", "variable", "value", "class", "group", "x", "y", "crs"],
        ["1", "2021-03-06", "red", "0.0001", *place],
        ["1", "2021-03-06", "nir", "0.0002", *place],
        ["1", "2021-05-01", "red", "", *place],
        ["1", "2021-05-01", "nir", "0.0004", *place],
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"groups": ["a", "b", "b"]},
        {"crs": SINUSOIDAL},
        {"coordinates": None, "crs": ""},
        {"variables": ("NDVI", 'größe, "x"\n')},
        {"values": np.random.default_rng(0).normal(0, 1e4, (3, 2, 2)).astype(np.float32)},
    ],
)
def test_what_was_written_as_csv_comes_back_equal(tmp_path, fields):
    written = make_samples(["forêt", 'champ; "été"', "forêt"], **fields)
    written.values[0, 0, :] = np.nan
    write_csv(written, str(tmp_path / "s.csv"))

    read = read_csv_samples([str(tmp_path / "s.csv")])

    np.testing.assert_array_equal(read.values, written.values)
    np.testing.assert_array_equal(read.coordinates, written.coordinates)
    assert read.classes.tolist() == written.classes.tolist()
    assert (read.groups is None) == (written.groups is None)
    assert read.groups is None or read.groups.tolist() == written.groups.tolist()
    assert (read.dates, read.variables, read.legend) == (
        written.dates,
        [v.strip() for v in written.variables],
        written.legend,
    )
    assert bool(read.crs) == bool(written.crs)


def test_npz_holds_plain_arrays(tmp_path):
    samples = make_samples(["b", "a", "b"], groups=["1", "1", "2"])
    write_npz(samples, str(tmp_path / "s.npz"), Provenance("chronocover:extractsamples"))
    with np.load(tmp_path / "s.npz", allow_pickle=False) as arrays:
        assert arrays["X"].shape == (3, 2, 2) and arrays["X"].dtype == np.float32
        np.testing.assert_array_equal(arrays["X"], samples.values)
        assert arrays["y"].tolist() == [2, 1, 2]
        assert dict(zip(arrays["class_codes"].tolist(), arrays["class_names"].tolist())) == {1: "a", 2: "b"}
        assert arrays["classes"].tolist() == ["b", "a", "b"]
        assert arrays["groups"].tolist() == ["1", "1", "2"]
        assert arrays["dates"].tolist() == ["2021-03-06", "2021-05-01"]
        assert arrays["variables"].tolist() == ["red", "nir"]
        assert arrays["coordinates"].shape == (3, 2)
        assert str(arrays["crs"]) == wkt(32633)
        assert json.loads(str(arrays["provenance"]))["CHRONOCOVER_ALGORITHM"] == "chronocover:extractsamples"


def test_npz_of_samples_without_groups_and_places(tmp_path):
    write_npz(make_samples(["a"], coordinates=None, crs=""), str(tmp_path / "s.npz"), Provenance())
    with np.load(tmp_path / "s.npz", allow_pickle=False) as arrays:
        assert arrays["groups"].tolist() == [""] and np.isnan(arrays["coordinates"]).all()


def test_common_column_names_are_found_whatever_their_case(csv_file):
    path = csv_file("ID,Longitude,LATITUDE,Label,Date,NDVI,evi", "a,-55.2,-10.8,Pasture,2013-09-14,0.4,0.3",
                    "a,-55.2,-10.8,Pasture,2013-10-16,,NA")  # fmt: skip
    samples = read_csv_samples([path])
    assert samples.variables == ["NDVI", "evi"]
    assert samples.dates == [datetime.date(2013, 9, 14), datetime.date(2013, 10, 16)]
    np.testing.assert_array_equal(samples.values, np.array([[[0.4, 0.3], [np.nan, np.nan]]], dtype=np.float32))
    assert samples.coordinates.tolist() == [[-55.2, -10.8]]
    assert "4326" in samples.crs
    assert samples.groups is None


def test_columns_can_be_named(csv_file):
    path = csv_file("plot;when;crop;k;v;farm;note", "1;2021-03-06;rye;ndvi;0,25;F1;wet", "1;20210501;rye;ndvi;0,5;F1;")
    names = CsvColumnNames(sample="plot", class_="crop", date="WHEN", variable="k", value="v", group="farm")
    samples = read_csv_samples([path], names)
    assert samples.values.ravel().tolist() == [0.25, 0.5]
    assert samples.groups.tolist() == ["F1"] and samples.variables == ["ndvi"]


def test_columns_of_several_variables_can_be_named(csv_file):
    path = csv_file("id,date,class,b1,b2,quality", "1,2021-03-06,rye,1,2,3")
    assert read_csv_samples([path], CsvColumnNames(value="b2, b1")).variables == ["b2", "b1"]


def test_columns_that_hold_no_numbers_are_no_variables(csv_file):
    path = csv_file("id,date,class,surveyor,ndvi", "1,2021-03-06,rye,Ann,0.5")
    assert read_csv_samples([path]).variables == ["ndvi"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_are_recognized(csv_file, encoding):
    path = csv_file("id,date,class,ndvi", "1,2021-03-06,forêt,0.5", encoding=encoding)
    assert read_csv_samples([path]).classes.tolist() == ["forêt"]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_separators_and_decimal_commas_are_recognized(csv_file, separator):
    path = csv_file("id,date,class,ndvi".replace(",", separator), separator.join(("1", "2021-03-06", "a", "0,125")))
    assert read_csv_samples([path]).values.item() == 0.125


def test_ids_count_within_their_file(csv_file):
    header = "sample,date,class,ndvi"
    first = csv_file(header, "1,2021-03-06,a,0.1", name="first.csv")
    second = csv_file(header, "1,2021-03-06,b,0.2", "1,2021-05-01,b,0.3", name="second.csv")
    samples = read_csv_samples([first, second])
    assert samples.classes.tolist() == ["a", "b"]
    np.testing.assert_array_equal(samples.values[:, :, 0], np.array([[0.1, np.nan], [0.2, 0.3]], dtype=np.float32))


def test_samples_of_several_years_become_one_season(csv_file):
    rows = ["id,date,class,ndvi"]
    for sample, year in ((1, 2019), (2, 2021), (3, 2021), (4, 2024)):
        rows += [f"{sample},{year}-03-{2 if year == 2019 else 1:02},a,0.2", f"{sample},{year}-03-21,a,0.4"]
    samples = read_csv_samples([csv_file(*rows)])
    assert samples.dates == [datetime.date(2021, 3, 1), datetime.date(2021, 3, 21)]
    np.testing.assert_allclose(samples.values[:, :, 0], [[0.2, 0.4]] * 4)
    assert len(read_csv_samples([csv_file(*rows)], years=AS_DATED).dates) == 6


def test_a_season_over_the_turn_of_the_year_stays_together(csv_file):
    rows = ["id,date,class,ndvi"]
    for sample, year in ((1, 2009), (2, 2010), (3, 2010)):
        rows += [f"{sample},{year}-10-01,a,0.1", f"{sample},{year + 1}-02-01,a,0.9"]
    samples = read_csv_samples([csv_file(*rows)])
    assert samples.dates == [datetime.date(2010, 10, 1), datetime.date(2011, 2, 1)]
    np.testing.assert_allclose(samples.values[:, :, 0], [[0.1, 0.9]] * 3)


def test_dates_that_a_sample_of_another_year_does_not_reach_are_missing(csv_file):
    rows = ["id,date,class,ndvi"]
    rows += [f"{sample},2021-{month:02}-01,a,0.5" for sample in (1, 2) for month in range(3, 9)]
    rows += [f"3,2019-{month:02}-15,a,{month / 10}" for month in range(3, 6)]
    samples = read_csv_samples([csv_file(*rows)])
    expected = [0.3, 0.3 + 0.1 * 17 / 31, 0.4 + 0.1 * 16 / 30, np.nan, np.nan, np.nan]
    np.testing.assert_allclose(samples.values[2, 1:, 0], expected[1:], rtol=1e-6)
    assert samples.values[2, 0, 0] == np.float32(0.3)


def test_a_series_of_several_years_keeps_its_dates(csv_file):
    rows = ["id,date,class,ndvi"] + [f"{s},{year}-03-01,a,0.5" for s in (1, 2) for year in (2019, 2020, 2021)]
    assert len(read_csv_samples([csv_file(*rows)]).dates) == 3


def test_a_number_a_class_is_drawn_by_a_seed():
    samples = make_samples(["a"] * 50 + ["b"] * 3)
    drawn = draw_per_class(samples, 10, seed=1)
    assert drawn.counts() == {"a": 10, "b": 3}
    np.testing.assert_array_equal(drawn.values, draw_per_class(samples, 10, seed=1).values)
    assert not np.array_equal(drawn.values, draw_per_class(samples, 10, seed=2).values)


def test_rows_without_a_class_are_left_out(csv_file):
    path = csv_file("id,date,class,ndvi", "1,2021-03-06,,0.5", "2,2021-03-06,0,0.5", "3,2021-03-06,7,0.5")
    samples = read_csv_samples([path])
    assert samples.legend.codes == [7]


def test_empty_columns_beyond_the_header_do_no_harm(csv_file):
    assert read_csv_samples([csv_file(HEADER, GOOD + ",,")]).values.ravel().tolist() == [0.5]


HEADER = "id,date,class,ndvi"
GOOD = "1,2021-03-06,a,0.5"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([HEADER, GOOD, "1,2021-05-01,a,half"], "line 3.*half.*not a number"),
        ([HEADER, GOOD, "2,06/03/2021,a,0.5"], "line 3.*06/03/2021.*no date"),
        ([HEADER, GOOD, GOOD], "line 3.*ndvi of 2021-03-06 twice"),
        ([HEADER, GOOD, "1,2021-05-01,b,0.5"], "line 3.*a and b"),
        ([HEADER, GOOD, "", "2,2021-03-06"], "line 4: 2 columns instead of 4"),
        ([HEADER, GOOD, "2,2021-03-06,a,0,5"], "line 3: 5 columns instead of 4"),
        ([HEADER, ",2021-03-06,a,0.5"], "line 2.*no id"),
        ([HEADER + ",lon,lat", GOOD + ",16.2,512"], "line 2.*no place in degrees"),
        ([HEADER], "no labelled samples in samples.csv"),
        ([""], "samples.csv is empty"),
        (["plot,date,class,ndvi", GOOD], "no column for the sample.*plot, date, class, ndvi"),
        (["id,day_no,class,ndvi", GOOD], "no column for the date"),
        (["id,date,class,variable", GOOD], "one column of values"),
        (["id,date,class,note", "1,2021-03-06,a,wet"], "no column holds values"),
        ([HEADER + ",x,y,crs", GOOD + ",1,2,EPSG:1"], "CRS “EPSG:1” is not known"),
        ([HEADER + ",x,y,crs", GOOD + ",1,2,EPSG:4326", "2,2021-03-06,a,0.5,1,2,EPSG:32633"], "several CRS"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_line(csv_file, lines, message):
    with pytest.raises(ChronocoverError, match=message) as error:
        read_csv_samples([csv_file(*lines)])
    assert str(error.value).endswith(".")


def test_a_name_that_is_no_column_is_refused(csv_file):
    with pytest.raises(ChronocoverError, match="no column “crop”"):
        read_csv_samples([csv_file(HEADER, GOOD)], CsvColumnNames(class_="crop"))


def test_missing_and_binary_files_are_refused(tmp_path):
    with pytest.raises(ChronocoverError, match="Cannot read"):
        read_csv_samples([str(tmp_path / "none.csv")])
    (tmp_path / "picture.csv").write_bytes(bytes(range(256)) * 10)
    with pytest.raises(ChronocoverError, match=r"picture\.csv"):
        read_csv_samples([str(tmp_path / "picture.csv")])


def test_too_many_dates_are_refused_with_advice(csv_file):
    days = [datetime.date(2001, 1, 1) + datetime.timedelta(days=3 * i) for i in range(2000)]
    path = csv_file(HEADER, *(f"1,{day},a,0.5" for day in days))
    with pytest.raises(ChronocoverError, match="composite"):
        read_csv_samples([path])


def test_places_without_a_known_crs_are_warned_of(csv_file):
    class Heard(Feedback):
        texts = ()

        def warning(self, text):
            self.texts += (text,)

    heard = Heard()
    samples = read_csv_samples([csv_file(HEADER + ",x,y", GOOD + ",500000,5100000")], feedback=heard)
    assert samples.crs == "" and "CRS" in heard.texts[0]
    given = read_csv_samples([csv_file(HEADER + ",x,y", GOOD + ",500000,5100000")], crs=wkt(32633))
    assert given.crs == wkt(32633)
    assert given.legend == Legend.of_values(["a"])
