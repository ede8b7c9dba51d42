"""Sensors are recognised by product names, and their bands by file names."""

import pytest

from chronocover.algorithms.images import PATTERN, SENSORS
from chronocover.core.series.sensors import CHOICES, sensor_of, sentinel_2_offset
from chronocover.core.series.sources import DEFAULT_PATTERN


@pytest.mark.parametrize(
    ("path", "sensor", "variable", "scale"),
    [
        ("/d/T33UUP_20200615T101031_B02_10m.jp2", "Sentinel-2", "blue", 0.0001),
        ("/d/T33UUP_20200615T101031_B8A_20m.jp2", "Sentinel-2", "nir08", 0.0001),
        ("/d/T33UUP_20200615T101031_SCL_20m.jp2", "Sentinel-2", "scl", 1.0),
        ("/d/S2A_33UUP_20200615_0_L2A/B11.tif", "Sentinel-2", "swir1", 0.0001),
        ("/d/LC08_L1TP_013032_20180131_20180207_01_T1/LC08_L1TP_013032_20180131_B5.TIF", "Landsat 8/9", "nir", 2e-5),
        ("/d/LC08_L1TP_013032_20180131_BQA.TIF", "Landsat 8/9", "bqa", 1.0),
        ("/d/LC80130322018031LGN00_B4.TIF", "Landsat 8/9", "red", 2e-5),
        ("/d/LC09_L2SP_193027_20220615_20220617_02_T1_SR_B4.TIF", "Landsat 8/9", "red", 2.75e-5),
        ("/d/LC09_L2SP_193027_20220615_20220617_02_T1_ST_B10.TIF", "Landsat 8/9", "thermal1", 0.00341802),
        ("/d/LC09_L2SP_193027_20220615_20220617_02_T1_QA_PIXEL.TIF", "Landsat 8/9", "qa_pixel", 1.0),
        ("/d/HLS.L30.T33UUP.2020167T101031.v2.0.B05.tif", "HLS", "nir", 0.0001),
        ("/d/HLS.S30.T33UUP.2020167T101031.v2.0.B8A.tif", "HLS", "nir", 0.0001),
        ("/d/HLS.S30.T33UUP.2020167T101031.v2.0.B05.tif", "HLS", "rededge1", 0.0001),
        ("/d/HLS.S30.T33UUP.2020167T101031.v2.0.Fmask.tif", "HLS", "fmask", 1.0),
        ("/d/MOD13Q1.061__250m_16_days_NDVI_doy2020001_aid0001.tif", "MODIS MOD13Q1", "ndvi", 0.0001),
        ("/d/MOD13Q1.061__250m_16_days_VI_Quality_doy2020001_aid0001.tif", "MODIS MOD13Q1", "vi_quality", 1.0),
    ],
)
def test_products_and_their_bands(path, sensor, variable, scale):
    found = sensor_of("automatic", path)
    assert found.name == sensor
    band = found.band_named(path.rsplit("/", 1)[1].rsplit(".", 1)[0])
    assert (band.variable, band.scale) == (variable, scale)


@pytest.mark.parametrize("path", ["/d/S2_20150711_NDVI.tif", "/d/TERRA_MODIS_012010_NDVI_2013-09-14.jp2", "/d/x.tif"])
def test_other_names_are_no_product(path):
    assert sensor_of("automatic", path) is None
    assert sensor_of("none", "/d/T33UUP_20200615T101031_B02_10m.jp2") is None
    assert sensor_of("Sentinel-2", path).name == "Sentinel-2"


def test_the_offset_of_sentinel_2_follows_its_processing_baseline():
    assert sentinel_2_offset("/d/S2A_MSIL2A_20200615T101031_N0214_R022_T33UUP_20200616T123456.SAFE/x_B02.jp2") == 0.0
    assert sentinel_2_offset("/d/S2A_MSIL2A_20220615T101031_N0400_R022_T33UUP_20220616T123456.SAFE/x_B02.jp2") == -0.1
    assert sentinel_2_offset("/d/T33UUP_20220615T101031_B02.jp2") is None


def test_the_dialog_offers_what_the_core_knows():
    from chronocover.algorithms import buildseries
    from chronocover.core.series import common_grid, warping

    assert SENSORS == CHOICES
    assert PATTERN == DEFAULT_PATTERN
    assert buildseries.GRIDS == common_grid.GRID_CHOICES
    assert buildseries.EXTENTS == common_grid.EXTENT_CHOICES
    assert set(buildseries.RESAMPLINGS) == set(warping.RESAMPLING)
