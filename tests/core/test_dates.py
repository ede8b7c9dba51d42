"""Dates are found where they are, and nowhere else."""

import datetime
import os

import pytest

from chronocover.core.dates import (
    compile_date_regex,
    day_by_regex,
    day_in_metadata,
    day_in_name,
    day_in_path,
    day_of_netcdf_band,
    day_of_text,
    day_typed,
    netcdf_day,
)
from chronocover.core.errors import ChronocoverError


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("NDVI_20200615.tif", "2020-06-15"),
        ("2020-06-15_red.tif", "2020-06-15"),
        ("scene_2020_06_15_red.tif", "2020-06-15"),
        ("ndvi.2020.06.15.tif", "2020-06-15"),
        ("MOD13Q1.A2020123.h18v04.061.2020140051234.hdf", "2020-05-02"),
        ("MOD13Q1.061__250m_16_days_NDVI_doy2020001_aid0001.tif", "2020-01-01"),
        ("MOD13Q1_20110914_subset_from_h12v10.tif", "2011-09-14"),
        ("TERRA_MODIS_012010_NDVI_2013-09-14.jp2", "2013-09-14"),
        ("S2A_MSIL2A_20200615T101031_N0214_R022_T33UUP_20200616T123456.SAFE", "2020-06-15"),
        ("S2A_OPER_PRD_MSIL1C_PDMC_20151231T120000_R022_V20150704T101337_20150704T101337.SAFE", "2015-07-04"),
        ("T33UUP_20200615T101031_B02_10m.jp2", "2020-06-15"),
        ("S2A_33UUP_20200615_0_L2A", "2020-06-15"),
        ("SENTINEL2A_20200615-103456-789_L2A_T31TCJ_C_V2-2_FRE_B2.tif", "2020-06-15"),
        ("S1A_IW_GRDH_1SDV_20200615T235950_20200616T000015_033032_03D3A1_ABCD.tif", "2020-06-15"),
        ("LC08_L1TP_013032_20180131_20180207_01_T1", "2018-01-31"),
        ("LC09_L2SP_193027_20220615_20220617_02_T1_SR_B4.TIF", "2022-06-15"),
        ("LC80130322018031LGN00_B4.TIF", "2018-01-31"),
        ("HLS.S30.T33UUP.2020167T101031.v2.0.B04.tif", "2020-06-15"),
        ("HLS.L30.T33UUP.2020366T101031.v2.0.Fmask.tif", "2020-12-31"),
        ("20200615_101031_1_106e_3B_AnalyticMS.tif", "2020-06-15"),
        ("20200615_101031_12_2424_3B_AnalyticMS_SR_8b.tif", "2020-06-15"),
        ("20180131_LEVEL2_SEN2A_BOA.tif", "2018-01-31"),
        ("twice_20200615_and_2020-06-15.tif", "2020-06-15"),
        ("dem.tif", None),
        ("B04.tif", None),
        ("LC08_L1TP_013032.tif", None),
        ("version_1.2.3.tif", None),
        ("12020061512.tif", None),  # part of a longer number
        ("20200615101031.tif", None),
        ("18991231.tif", None),
        ("21010101.tif", None),
        ("20201301.tif", None),  # month 13
        ("20190230.tif", None),
        ("A2019366.tif", None),  # 2019 had 365 days
        ("31122019.tif", None),
    ],
)
def test_the_date_in_a_name(name, day):
    assert day_in_name(name) == (datetime.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    "name", ["sinop_2014_probs_2013-09-01_2014-08-30_v1.tif", "mosaic_20200615_20200701.tif", "20200615_2020001.tif"]
)
def test_two_dates_are_an_error_that_names_the_file(name):
    with pytest.raises(ChronocoverError, match=name):
        day_in_name(name)


def test_the_nearest_folder_with_a_date_is_taken():
    path = os.path.join("/data", "20180101", "LC08_L1TP_013032_20180131_20180207_01_T1", "bands", "B4.TIF")
    assert day_in_path(path) == (
        datetime.date(2018, 1, 31),
        "folder LC08_L1TP_013032_20180131_20180207_01_T1",
    )


def test_folders_above_the_searched_one_do_not_count():
    path = os.path.join("/data", "20180101", "images", "red.tif")
    assert day_in_path(path, root=os.path.join("/data", "20180101", "images")) is None
    assert day_in_path(path, root=os.path.join("/data", "20180101"))[0] == datetime.date(2018, 1, 1)


def test_a_layer_name_counts_before_folders():
    path = os.path.join("/data", "20180101", "OUTPUT.tif")
    assert day_in_path(path, "NDVI 2019-03-04") == (datetime.date(2019, 3, 4), "layer name")


@pytest.mark.parametrize(
    ("regex", "name", "day"),
    [
        (r"(?P<year>\d{4})(?P<doy>\d{3})", "x2020167y.tif", "2020-06-15"),
        (r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d{4})", "ndvi_15062020.tif", "2020-06-15"),
        (r"_(?P<year>\d\d)-(?P<month>\d\d)", "ndvi_98-03.tif", "1998-03-01"),
        (r"(?P<year>\d{4})", "annual_2019.tif", "2019-01-01"),
        (r"_to_(\d{8})", "20190901_to_20200830.tif", "2020-08-30"),
        (r"\d{4}-\d\d", "ndvi_2019-04.tif", "2019-04-01"),
        (r"(\d{8})\d{6}", "20200615101031.tif", "2020-06-15"),
        (r"_(\d{8})", "none.tif", None),
    ],
)
def test_the_users_regular_expression(regex, name, day):
    found = day_by_regex(name, compile_date_regex(regex))
    assert found == (datetime.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize("regex", ["(unclosed", r"(\d+)_(\d+)", r"(?P<month>\d\d)"])
def test_a_regular_expression_that_cannot_give_dates_is_refused(regex):
    with pytest.raises(ChronocoverError, match="regular expression"):
        compile_date_regex(regex)


def test_a_match_that_is_no_date_is_an_error():
    with pytest.raises(ChronocoverError, match=r"20201399.*a_20201399\.tif"):
        day_by_regex("a_20201399.tif", compile_date_regex(r"(\d{8})"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-03-06", "2021-03-06"),
        ("2021-03-06T10:00:00Z", "2021-03-06"),
        ("2021:03:06 10:00:00", "2021-03-06"),
        ("20210306T101010", "2021-03-06"),
        ("20210306101010", "2021-03-06"),
        ("2021065", "2021-03-06"),
        ("2021-065", "2021-03-06"),
        ("2021-03", "2021-03-01"),
        ("spring", None),
        ("12", None),
        ("2021-02-30", None),
    ],
)
def test_texts_that_start_with_a_date(text, day):
    assert day_of_text(text) == (datetime.date.fromisoformat(day) if day else None)


def test_metadata_in_order_of_trust():
    items = {"start_time": "2020-06-15T10:00:00", "ACQUISITIONDATETIME": "2020-06-14 09:59:59", "Foo": "2001-01-01"}
    assert day_in_metadata(items) == (datetime.date(2020, 6, 14), "metadata ACQUISITIONDATETIME")
    assert day_in_metadata({"SENSING_TIME": "2020-06-15T10:10:31.1Z; 2020-06-15T10:10:40.5Z"})[0].day == 15
    assert day_in_metadata({"TIFFTAG_DATETIME": "2020:06:15 10:00:00"}) is None  # asked for only at the very end


@pytest.mark.parametrize(
    ("value", "units", "day"),
    [
        (18428, "days since 1970-01-01", "2020-06-15"),
        (18428.5, "days since 1970-01-01 00:00:00", "2020-06-15"),
        (43831 * 24, "hours since 1900-01-01 00:00:0.0", "2020-01-03"),
        (1592179200, "seconds since 1970-01-01T00:00:00Z", "2020-06-15"),
        (0.75, "days since 2020-06-14 12:00:00", "2020-06-15"),
    ],
)
def test_netcdf_time(value, units, day):
    assert netcdf_day(value, units) == datetime.date.fromisoformat(day)


def test_netcdf_months_and_other_calendars_are_refused():
    with pytest.raises(ChronocoverError, match="months since"):
        netcdf_day(3, "months since 1970-01-01")
    with pytest.raises(ChronocoverError, match="noleap"):
        netcdf_day(3, "days since 1970-01-01", "noleap")


def test_a_netcdf_band_knows_its_day():
    items = {"time#units": "days since 1970-01-01", "level#units": "m"}
    found = day_of_netcdf_band({"NETCDF_DIM_level": "3", "NETCDF_DIM_time": "18428"}, items)
    assert found == (datetime.date(2020, 6, 15), "metadata NETCDF_DIM_time")


def test_a_typed_date():
    assert day_typed(" 2021-03-06 ", "First day") == datetime.date(2021, 3, 6)
    assert day_typed("", "First day") is None
    with pytest.raises(ChronocoverError, match="First day: “soon”"):
        day_typed("soon", "First day")
