"""What each band of each image is taken for."""

import datetime

import numpy as np
import pytest
from osgeo import gdal
from scenes import write_raster, write_series

from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.series.inventory import Rules, take_inventory
from chronocover.core.series.inventory_table import inventory_table
from chronocover.core.series.sources import Source, read_table, search_folder

PIXELS = np.ones((4, 5), np.int16)


def inventory_of(folder, pattern="*.tif", **rules):
    return take_inventory(search_folder(str(folder), pattern, Feedback()), Rules(**rules), Feedback())


def found(inventory):
    return [(entry.date.isoformat(), entry.variable, entry.role) for entry in inventory.entries]


def describe(path, descriptions, **items):
    dataset = gdal.OpenEx(path, gdal.OF_RASTER | gdal.OF_UPDATE)
    for index, description in enumerate(descriptions, start=1):
        dataset.GetRasterBand(index).SetDescription(description)
    for domain, values in items.items():
        dataset.SetMetadata(values, "" if domain == "plain" else domain)
    dataset = None


def test_a_folder_is_searched_by_patterns_in_any_case(tmp_path):
    for name in ("a/x_20200101_red.TIF", "b/x_20200101_red.tif", "b/x.txt", "c/x_20200101_red.jp2"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")

    def names(pattern):
        return [source.path[len(str(tmp_path)) + 1 :] for source in search_folder(str(tmp_path), pattern, Feedback())]

    assert names("*.tif") == ["a/x_20200101_red.TIF", "b/x_20200101_red.tif"]
    assert names("*.tif;*.JP2") == ["a/x_20200101_red.TIF", "b/x_20200101_red.tif", "c/x_20200101_red.jp2"]
    assert names("B/*.tif") == ["b/x_20200101_red.tif"]
    assert len(names("**")) == 4
    assert names("**/*.txt") == ["b/x.txt"]
    with pytest.raises(ChronocoverError, match=r"\*\.hdf"):
        names("*.hdf")
    with pytest.raises(ChronocoverError, match="no folder"):
        search_folder(str(tmp_path / "nowhere"), "*", Feedback())


def test_one_file_a_band_named_by_the_word_that_differs(tmp_path):
    for day in ("20200101", "20200201"):
        for word in ("alpha", "beta"):
            write_raster(tmp_path / f"site_{day}_{word}_v2.tif", PIXELS)
    assert found(inventory_of(tmp_path)) == [
        ("2020-01-01", "alpha", "data"),
        ("2020-01-01", "beta", "data"),
        ("2020-02-01", "alpha", "data"),
        ("2020-02-01", "beta", "data"),
    ]


def test_known_words_and_quality_masks(tmp_path):
    write_raster(tmp_path / "S2_20150711_NDVI.tif", PIXELS)
    write_raster(tmp_path / "S2_20150711_CLM.tif", PIXELS.astype(np.uint8))
    inventory = inventory_of(tmp_path)
    assert set(found(inventory)) == {("2015-07-11", "NDVI", "data"), ("2015-07-11", "CLM", "quality")}
    assert inventory.variables == ["NDVI", "CLM"]


def test_bands_named_in_order_and_one_left_out(tmp_path):
    write_raster(tmp_path / "a_20200101.tif", np.ones((3, 4, 5), np.float32))
    inventory = inventory_of(tmp_path, variables=["EVI", "NDVI", "DOY"], keep=["ndvi", "EVI"])
    assert inventory.variables == ["NDVI", "EVI"]  # in the order of keep, as the names were given
    assert [(entry.variable, entry.band) for entry in inventory.entries] == [("EVI", 1), ("NDVI", 2)]
    assert [(item.band, item.reason) for item in inventory.left_out] == [(3, "DOY is not among the variables to keep")]


def test_a_list_of_names_of_another_length_is_refused(tmp_path):
    path = write_raster(tmp_path / "a_20200101.tif", np.ones((3, 4, 5), np.float32))
    with pytest.raises(ChronocoverError, match="3 bands, but 2 variables are listed"):
        inventory_of(tmp_path, variables=["EVI", "NDVI"])
    describe(path, ["NDVI", "EVI", "DOY"])  # names in the file itself are chosen from
    assert found(inventory_of(tmp_path, variables=["EVI", "NDVI"])) == [
        ("2020-01-01", "NDVI", "data"),
        ("2020-01-01", "EVI", "data"),
    ]


def test_a_list_of_names_chooses_among_files(tmp_path):
    for word in ("NDVI", "EVI", "CLM"):
        write_raster(tmp_path / f"a_20200101_{word}.tif", PIXELS)
    inventory = inventory_of(tmp_path, variables=["evi"])
    assert found(inventory) == [("2020-01-01", "evi", "data")]
    assert len(inventory.left_out) == 2


def test_one_name_for_files_that_tell_none(tmp_path):
    write_raster(tmp_path / "a_20200101.tif", PIXELS)
    assert found(inventory_of(tmp_path)) == [("2020-01-01", "band_1", "data")]
    assert found(inventory_of(tmp_path, variables=["biomass"])) == [("2020-01-01", "biomass", "data")]


def test_sentinel_2_gets_names_units_and_its_finest_copies(tmp_path):
    safe = tmp_path / "S2A_MSIL2A_20220615T101031_N0400_R022_T33UUP_20220616T123456.SAFE"
    for folder, pixel in (("R10m", 10), ("R20m", 20)):
        (safe / folder).mkdir(parents=True)
        size = np.ones((40 // pixel, 40 // pixel), np.uint16)
        write_raster(safe / folder / f"T33UUP_20220615T101031_B02_{folder[1:]}.tif", size, pixel=pixel)
        write_raster(safe / folder / f"T33UUP_20220615T101031_TCI_{folder[1:]}.tif", size, pixel=pixel)
    write_raster(safe / "R20m" / "T33UUP_20220615T101031_SCL_20m.tif", np.ones((2, 2), np.uint8), pixel=20)
    inventory = inventory_of(tmp_path)
    assert found(inventory) == [("2022-06-15", "blue", "data"), ("2022-06-15", "scl", "quality")]
    blue, scl = inventory.entries
    assert (blue.scale, blue.offset, blue.nodata, blue.grid.width) == (0.0001, -0.1, 0, 4)
    assert (scl.scale, scl.offset, scl.nodata) == (1.0, 0.0, 0)
    reasons = {item.reason for item in inventory.left_out}
    assert reasons == {"there is a copy of 10 m", "not a band that Sentinel-2 images are known to have"}


def test_decimals_are_never_scaled_again_and_own_scales_win(tmp_path):
    write_raster(tmp_path / "T33UUP_20200615T101031_B02.tif", np.ones((2, 2), np.float32))
    own = write_raster(tmp_path / "T33UUP_20200615T101031_B03.tif", np.ones((2, 2), np.uint16), nodata=65535)
    dataset = gdal.OpenEx(own, gdal.OF_RASTER | gdal.OF_UPDATE)
    dataset.GetRasterBand(1).SetScale(0.0002)
    dataset = None
    blue, green = inventory_of(tmp_path).entries
    assert (blue.scale, blue.nodata) == (1.0, None)
    assert (green.scale, green.nodata) == (0.0002, 65535)


def test_the_users_units_replace_those_of_data_only(tmp_path):
    write_raster(tmp_path / "S2_20150711_NDVI.tif", PIXELS, nodata=-1)
    write_raster(tmp_path / "S2_20150711_CLM.tif", PIXELS.astype(np.uint8))
    mask, ndvi = inventory_of(tmp_path, scale=0.0001, offset=0.5, nodata=-999).entries
    assert (ndvi.scale, ndvi.offset, ndvi.nodata) == (0.0001, 0.5, -999)
    assert (mask.scale, mask.offset, mask.nodata) == (1.0, 0.0, None)


def test_a_nodata_value_that_the_type_cannot_hold_is_refused(tmp_path):
    write_raster(tmp_path / "a_20200101.tif", PIXELS.astype(np.uint8))
    with pytest.raises(ChronocoverError, match=r"-9999 does not fit .*a_20200101\.tif.*Byte"):
        inventory_of(tmp_path, nodata=-9999)


def test_dates_from_metadata_come_before_names(tmp_path):
    path = write_raster(tmp_path / "a_20200101.tif", PIXELS)
    describe(path, [], IMAGERY={"ACQUISITIONDATETIME": "2019-05-06 10:00:00"})
    assert inventory_of(tmp_path).entries[0].date == datetime.date(2019, 5, 6)
    assert inventory_of(tmp_path, date_regex=None).entries[0].date_source == "metadata ACQUISITIONDATETIME"


def test_force_items_and_the_time_of_the_file_as_the_last_resort(tmp_path):
    force = write_raster(tmp_path / "force.tif", PIXELS)
    describe(force, [], FORCE={"Date": "2018-01-31T10:00:00.0Z"})
    tiff = write_raster(tmp_path / "other.tif", PIXELS)
    describe(tiff, [], plain={"TIFFTAG_DATETIME": "2020:06:15 10:00:00"})
    named = write_raster(tmp_path / "named_20190101.tif", PIXELS)
    describe(named, [], plain={"TIFFTAG_DATETIME": "2020:06:15 10:00:00"})
    sources = {entry.path[len(str(tmp_path)) + 1 :]: (str(entry.date), entry.date_source)
               for entry in inventory_of(tmp_path).entries}  # fmt: skip
    assert sources == {
        "force.tif": ("2018-01-31", "metadata FORCE_DATE"),
        "other.tif": ("2020-06-15", "metadata TIFFTAG_DATETIME"),
        "named_20190101.tif": ("2019-01-01", "file name"),
    }


def test_a_stack_of_dates_of_one_variable(tmp_path):
    path = write_raster(tmp_path / "ndvi_stack.tif", np.ones((2, 4, 5), np.int16))
    describe(path, ["NDVI 2020-01-01", "NDVI 2020-02-01"])
    assert found(inventory_of(tmp_path)) == [("2020-01-01", "NDVI", "data"), ("2020-02-01", "NDVI", "data")]
    describe(path, ["20200101", "20200201"])
    assert found(inventory_of(tmp_path)) == [("2020-01-01", "ndvi", "data"), ("2020-02-01", "ndvi", "data")]


def test_netcdf_with_a_time_axis(tmp_path):
    memory = gdal.GetDriverByName("MEM").Create("", 5, 4, 2, gdal.GDT_Float32)
    memory.SetGeoTransform((10.0, 0.1, 0, 50.0, 0, -0.1))
    memory.SetMetadata(
        {
            "NETCDF_DIM_EXTRA": "{time}",
            "NETCDF_DIM_time_DEF": "{2,6}",
            "NETCDF_DIM_time_VALUES": "{18428,18444}",
            "time#units": "days since 1970-01-01",
            "time#calendar": "standard",
        }
    )
    path = str(tmp_path / "cube.nc")
    if gdal.GetDriverByName("netCDF") is None:
        pytest.skip("this GDAL has no netCDF driver")
    gdal.GetDriverByName("netCDF").CreateCopy(path, memory, options=["BAND_NAMES=lai,lai"])
    written = gdal.Open(path)
    if written is None or "NETCDF_DIM_time" not in written.GetRasterBand(1).GetMetadata():
        pytest.skip("this GDAL writes no time axis")
    entries = inventory_of(tmp_path, "*.nc", variables=["lai"]).entries
    assert [str(entry.date) for entry in entries] == ["2020-06-15", "2020-07-01"]


def test_an_image_series_keeps_its_dates_and_roles(tmp_path):
    values = np.ones((2, 2, 4, 5), np.int16)
    write_series(
        tmp_path / "x_19990101.tif", values, ["2020-01-01", "2020-02-01"], ["red", "scl"], quality=["scl"], scale=0.1
    )
    entries = inventory_of(tmp_path).entries
    assert [(str(e.date), e.variable, e.role, e.scale) for e in entries] == [
        ("2020-01-01", "red", "data", 0.1),
        ("2020-01-01", "scl", "quality", 1.0),
        ("2020-02-01", "red", "data", 0.1),
        ("2020-02-01", "scl", "quality", 1.0),
    ]


def test_a_date_that_cannot_be_found_names_the_file(tmp_path):
    write_raster(tmp_path / "a_20200101.tif", PIXELS)
    path = write_raster(tmp_path / "dem.tif", PIXELS)
    with pytest.raises(ChronocoverError, match=f"No date found for {path}"):
        inventory_of(tmp_path)
    assert len(inventory_of(tmp_path, "a_*.tif").entries) == 1


def test_two_dates_in_a_name_name_the_file(tmp_path):
    path = write_raster(tmp_path / "probs_2013-09-01_2014-08-30.tif", PIXELS)
    with pytest.raises(ChronocoverError, match=path):
        inventory_of(tmp_path)


def test_what_is_no_raster_is_left_out_of_a_folder_but_refused_by_name(tmp_path):
    write_raster(tmp_path / "a_20200101.tif", PIXELS)
    broken = write_raster(tmp_path / "b_20200201.tif", np.ones((300, 300), np.int16))
    with open(broken, "r+b") as file:
        file.truncate(100)
    inventory = inventory_of(tmp_path)
    assert [entry.path for entry in inventory.entries] == [str(tmp_path / "a_20200101.tif")]
    assert inventory.left_out[0].path == broken
    with pytest.raises(ChronocoverError, match=broken):
        take_inventory([Source(broken)], Rules(), Feedback())


def test_complex_numbers_and_rotated_images_are_refused(tmp_path):
    radar = str(tmp_path / "a_20200101_vv.tif")
    gdal.GetDriverByName("GTiff").Create(radar, 4, 4, 1, gdal.GDT_CFloat32).SetGeoTransform((0, 1, 0, 0, 0, -1))
    with pytest.raises(ChronocoverError, match=f"{radar} holds complex numbers"):
        take_inventory([Source(radar)], Rules(), Feedback())
    rotated = str(tmp_path / "b_20200101_vv.tif")
    gdal.GetDriverByName("GTiff").Create(rotated, 4, 4).SetGeoTransform((0, 1, 0.2, 0, 0.2, -1))
    with pytest.raises(ChronocoverError, match=f"{rotated} is rotated"):
        take_inventory([Source(rotated)], Rules(), Feedback())
    with pytest.raises(ChronocoverError, match="No image is left for the series"):
        inventory_of(tmp_path)


def test_the_period_and_names_that_do_not_exist(tmp_path):
    for day in ("20200101", "20200201", "20200301"):
        write_raster(tmp_path / f"a_{day}_NDVI.tif", PIXELS)
    february = datetime.date(2020, 2, 1)
    inventory = inventory_of(tmp_path, start=february, end=february)
    assert found(inventory) == [("2020-02-01", "NDVI", "data")]
    assert {item.reason for item in inventory.left_out} == {
        "2020-01-01 is before 2020-02-01",
        "2020-03-01 is after 2020-02-01",
    }
    with pytest.raises(ChronocoverError, match="is after"):
        inventory_of(tmp_path, end=datetime.date(2019, 1, 1))
    with pytest.raises(ChronocoverError, match=r"EVI, which the images do not have\. They have: NDVI"):
        inventory_of(tmp_path, keep=["EVI"])
    with pytest.raises(ChronocoverError, match="of quality include CLM"):
        inventory_of(tmp_path, quality=["CLM"])


def test_the_table_says_what_was_found_and_left_out(tmp_path):
    write_raster(tmp_path / "a_20200101_NDVI.tif", PIXELS)
    write_raster(tmp_path / "a_20210101_NDVI.tif", PIXELS)
    text = inventory_table(inventory_of(tmp_path, end=datetime.date(2020, 12, 31)), str(tmp_path))
    assert text.splitlines()[1].split(" | ")[0] == "a_20200101_NDVI.tif"
    assert "2020-01-01 | file name | NDVI      | 5 × 4 pixels of 10 × 10, EPSG:32633" in text
    assert "a_20210101_NDVI.tif | 2021-01-01 is after 2020-12-31" in text


def test_many_images_left_out_for_one_reason_share_a_line(tmp_path):
    for month in range(1, 10):
        write_raster(tmp_path / f"a_20200{month}01_NDVI.tif", PIXELS)
        write_raster(tmp_path / f"a_20200{month}01_EVI.tif", PIXELS)
    text = inventory_table(inventory_of(tmp_path, keep=["NDVI"]), str(tmp_path))
    expected = "9 images, a_20200101_EVI.tif to a_20200901_EVI.tif | EVI is not among the variables to keep"
    assert text.splitlines()[-1] == expected


def test_a_mask_of_its_own_file_goes_with_named_bands(tmp_path):
    write_raster(tmp_path / "a_20200101.tif", np.ones((2, 4, 5), np.int16))
    write_raster(tmp_path / "a_20200101_cloudy.tif", PIXELS.astype(np.uint8))
    inventory = inventory_of(tmp_path, variables=["red", "nir"], quality=["cloudy"])
    assert found(inventory) == [
        ("2020-01-01", "red", "data"),
        ("2020-01-01", "nir", "data"),
        ("2020-01-01", "cloudy", "quality"),
    ]


def test_a_csv_names_paths_dates_variables_and_bands(tmp_path):
    (tmp_path / "bilder é").mkdir()
    write_raster(tmp_path / "bilder é" / "x.tif", np.ones((2, 4, 5), np.int16))
    table = tmp_path / "images.csv"
    table.write_text("path;date;variable;band\nbilder é/x.tif;2020-01-01;red;2\n\nbilder é/x.tif;2020-02-01;nir;1\n")
    inventory = take_inventory(read_table(str(table)), Rules(), Feedback())
    assert [(str(e.date), e.variable, e.band) for e in inventory.entries] == [
        ("2020-01-01", "red", 2),
        ("2020-02-01", "nir", 1),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file,date\nx.tif,2020-01-01\n", "columns path and date"),
        ("path,date\nx.tif,soon\n", "line 2: “soon”"),
        ("path,date\n,2020-01-01\n", "line 2: the path is empty"),
        ("path,date,band\nx.tif,2020-01-01,zero\n", "“zero” is not a band number"),
        ("path,date\n", "names no images"),
    ],
)
def test_a_wrong_csv_says_where(tmp_path, text, message):
    table = tmp_path / "images.csv"
    table.write_text(text)
    with pytest.raises(ChronocoverError, match=message):
        read_table(str(table))


def test_cancelling_ends_the_inventory(tmp_path):
    write_raster(tmp_path / "a_20200101.tif", PIXELS)

    class Cancelled(Feedback):
        def is_cancelled(self):
            return True

    with pytest.raises(CancelledError):
        take_inventory([Source(str(tmp_path / "a_20200101.tif"))], Rules(), Cancelled())


def test_the_new_york_scenes(data_folder):
    inventory = inventory_of(data_folder / "new_york_landsat8")
    assert len(inventory.entries) == 228 and not inventory.left_out
    assert len({entry.date for entry in inventory.entries}) == 17
    assert inventory.variables[-1] == "bqa" and inventory.entries[0].scale == 2e-5
    assert {entry.nodata for entry in inventory.entries if entry.role == "data"} == {0}
