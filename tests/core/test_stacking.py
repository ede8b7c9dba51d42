"""The grid of a series and the VRT that shows the images on it."""

import os
import shutil

import numpy as np
import pytest
from osgeo import gdal
from scenes import write_raster, write_series

from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.grid import Grid
from chronocover.core.provenance import Provenance
from chronocover.core.rasters import open_raster
from chronocover.core.series.building import GridChoice, build_series
from chronocover.core.series.image_series import ImageSeries
from chronocover.core.series.inventory import Rules
from chronocover.core.series.reading import SeriesSource
from chronocover.core.series.sources import Source, search_folder
from chronocover.core.series.vrt_sources import copied_bands

BUILT = Provenance("chronocover:buildseries")


def ramp(rows, columns, dtype=np.int16):
    return np.arange(rows * columns, dtype=dtype).reshape(rows, columns) + 1


def build(folder, output, pattern="*.tif", feedback=None, per_variable="", choice=None, **rules):
    sources = search_folder(str(folder), pattern, Feedback())
    rules = Rules(**rules)
    choice = choice or GridChoice()
    build_series(sources, rules, choice, str(output), per_variable, BUILT, feedback or Feedback())
    return ImageSeries.open(str(output))


def read(path, band=1):
    dataset = open_raster(str(path))
    return dataset.GetRasterBand(band).ReadAsArray()


def grid_of(path):
    return Grid.of_dataset(open_raster(str(path)))


def test_files_on_one_grid_are_only_referred_to(tmp_path):
    for month in (1, 2):
        write_raster(tmp_path / f"a_20200{month}01.tif", np.stack([ramp(4, 5) * month, ramp(4, 5) + 50]), nodata=-1)
    series = build(tmp_path, tmp_path / "series.vrt", variables=["red", "nir"], scale=0.01)
    assert [band.description for band in series.bands] == [
        "2020-01-01 red",
        "2020-01-01 nir",
        "2020-02-01 red",
        "2020-02-01 nir",
    ]
    assert {(band.nodata, band.scale, band.role) for band in series.bands} == {(-1, 0.01, "data")}
    np.testing.assert_array_equal(read(series.path, 3), ramp(4, 5) * 2)
    text = (tmp_path / "series.vrt").read_text()
    assert text.count("<SimpleSource>") == 4 and "ComplexSource" not in text
    assert '<SourceFilename relativeToVRT="1">a_20200101.tif</SourceFilename>' in text
    assert not (tmp_path / "series.vrt.warped").exists()
    assert set(copied_bands(open_raster(series.path))) == {1, 2, 3, 4}  # the engine reads the files themselves
    assert open_raster(series.path).GetMetadataItem("CHRONOCOVER_ALGORITHM") == BUILT.algorithm


def test_the_folder_can_be_moved_as_a_whole(tmp_path):
    images = tmp_path / "mes données é" / "images"
    images.mkdir(parents=True)
    write_raster(images / "a_20200101_red.tif", ramp(4, 5))
    write_raster(images / "a_20200201_red.tif", ramp(4, 5), origin=(500003, 5100003))
    build(images, tmp_path / "mes données é" / "série" / "s 1.vrt")
    shutil.move(tmp_path / "mes données é", tmp_path / "moved")
    moved = tmp_path / "moved" / "série" / "s 1.vrt"
    assert read(moved, 1).max() == 20
    assert read(moved, 2).max() > 10
    for folder, _, files in os.walk(tmp_path):
        assert ".partial" not in folder
        for name in files:
            if name.endswith(".vrt"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    assert ".partial" not in file.read()


def test_a_shifted_image_shows_where_it_lies_and_nodata_elsewhere(tmp_path):
    write_raster(tmp_path / "a_20200101_red.tif", ramp(4, 5))
    write_raster(tmp_path / "a_20200201_red.tif", ramp(4, 5), origin=(500020, 5099990))
    warnings = []

    class Log(Feedback):
        def warning(self, text):
            warnings.append(text)

    series = build(tmp_path, tmp_path / "s.vrt", feedback=Log())
    assert (series.grid.width, series.grid.height) == (7, 5)
    expected = np.full((5, 7), -32768)
    expected[1:, 2:] = ramp(4, 5)
    np.testing.assert_array_equal(read(series.path, 2), expected)
    assert series.bands[1].nodata == -32768
    assert "2 bands cover the grid only in part" in warnings[0]


def test_bytes_that_use_all_numbers_get_room_for_nodata(tmp_path):
    write_raster(tmp_path / "a_20200101_red.tif", ramp(4, 5, np.uint8) + 235)
    write_raster(tmp_path / "a_20200101_SCL.tif", ramp(4, 5, np.uint8))
    write_raster(tmp_path / "a_20200201_red.tif", ramp(4, 5, np.uint8), origin=(500020, 5100000))
    series = build(tmp_path, tmp_path / "s.vrt")
    assert [(band.variable, band.nodata) for band in series.bands] == [
        ("red", -32768),
        ("SCL", 255),
        ("red", -32768),
    ]
    assert read(series.path, 1)[3, 4] == 255  # (the brightest pixel stays data)


def test_intersection_extent_and_reference(tmp_path):
    write_raster(tmp_path / "a_20200101_red.tif", ramp(10, 10))
    write_raster(tmp_path / "a_20200201_red.tif", ramp(10, 10), origin=(500040, 5099970))
    shared = build(tmp_path, tmp_path / "s.vrt", choice=GridChoice(extent="intersection")).grid
    assert shared.extent == (500040, 5099900, 500100, 5099970)
    crs = grid_of(tmp_path / "a_20200101_red.tif").crs
    part = build(tmp_path, tmp_path / "s.vrt", choice=GridChoice(bounds=((500012, 5099951, 500038, 5099999), crs))).grid
    assert part.extent == (500010, 5099950, 500040, 5100000)
    (tmp_path / "other").mkdir()
    reference = grid_of(write_raster(tmp_path / "other" / "ref.tif", ramp(3, 4), pixel=25, origin=(500000, 5100000)))
    series = build(tmp_path, tmp_path / "s.vrt", "a_*.tif", choice=GridChoice(reference=reference))
    assert series.grid.same_as(reference)


def test_no_ground_in_common_names_the_image(tmp_path):
    write_raster(tmp_path / "a_20200101_red.tif", ramp(4, 4))
    beside = write_raster(tmp_path / "a_20200201_red.tif", ramp(4, 4), origin=(600000, 5100000))
    with pytest.raises(ChronocoverError, match=beside):
        build(tmp_path, tmp_path / "s.vrt", choice=GridChoice(extent="intersection"))
    here = grid_of(tmp_path / "a_20200101_red.tif")
    logged = []

    class Log(Feedback):
        def info(self, text):
            logged.append(text)

    series = build(tmp_path, tmp_path / "s.vrt", choice=GridChoice(reference=here), feedback=Log())
    assert len(series.bands) == 1
    assert any("does not touch the extent of the series" in text for text in logged)
    far = Grid(here.crs, (100000.0, 10.0, 0.0, 100000.0, 0.0, -10.0), 5, 5)
    with pytest.raises(ChronocoverError, match="No image touches"):
        build(tmp_path, tmp_path / "s.vrt", choice=GridChoice(reference=far))


def test_the_finest_and_the_most_common_grid(tmp_path):
    write_raster(tmp_path / "a_20200101_red.tif", ramp(4, 4), pixel=20)
    write_raster(tmp_path / "a_20200101_nir.tif", ramp(4, 4), pixel=20)
    write_raster(tmp_path / "a_20200101_green.tif", ramp(8, 8), pixel=10)
    assert build(tmp_path, tmp_path / "s.vrt").grid.resolution == (20, 20)
    assert build(tmp_path, tmp_path / "s.vrt", choice=GridChoice("finest")).grid.resolution == (10, 10)


def test_the_finest_grid_of_degrees_and_metres(tmp_path):
    write_raster(tmp_path / "a_20200101_red.tif", ramp(4, 4), pixel=30, origin=(500000, 5100000))
    write_raster(tmp_path / "a_20200101_nir.tif", ramp(4, 4), pixel=0.01, origin=(15.0, 46.1), epsg=4326)
    assert build(tmp_path, tmp_path / "s.vrt", choice=GridChoice("finest")).grid.resolution == (30, 30)


def test_warped_data_agrees_with_gdalwarp_and_quality_stays_whole(tmp_path):
    """Another pixel size: an independent gdal.Warp of the file gives the same data; quality takes no new values."""
    rng = np.random.default_rng(0)
    write_raster(tmp_path / "a_20200101_red.tif", rng.integers(1, 1000, (20, 20)).astype(np.int16), nodata=-1)
    coarse = rng.integers(1, 1000, (10, 10)).astype(np.int16)
    path = write_raster(tmp_path / "b_20200201_red.tif", coarse, pixel=20, nodata=-1)
    classes = rng.choice([2, 4, 9], (10, 10)).astype(np.uint8)
    write_raster(tmp_path / "b_20200201_SCL.tif", classes, pixel=20)
    series = build(tmp_path, tmp_path / "s.vrt", choice=GridChoice(pixels="finest", resampling="cubic"))
    expected = gdal.Warp("", path, format="MEM", xRes=10, yRes=10, resampleAlg="cubic").ReadAsArray()
    np.testing.assert_array_equal(read(series.path, 2), expected)
    np.testing.assert_array_equal(read(series.path, 3), classes.repeat(2, 0).repeat(2, 1))


def test_average_of_finer_images(tmp_path):
    fine = ramp(8, 8).astype(np.float32)
    write_raster(tmp_path / "a_20200101_red.tif", fine, pixel=5)
    reference = Grid(grid_of(tmp_path / "a_20200101_red.tif").crs, (500000.0, 20.0, 0, 5100000.0, 0, -20.0), 2, 2)
    series = build(tmp_path, tmp_path / "s.vrt", choice=GridChoice(reference=reference, resampling="average"))
    np.testing.assert_allclose(read(series.path), fine.reshape(2, 4, 2, 4).mean((1, 3)))


def test_nodata_does_not_bleed_into_its_neighbours(tmp_path):
    values = np.full((10, 10), 500, np.int16)
    values[:, 5:] = -9999
    write_raster(tmp_path / "a_20200101_red.tif", values, nodata=-9999, origin=(500004, 5100004))
    reference = Grid(grid_of(tmp_path / "a_20200101_red.tif").crs, (500000.0, 10.0, 0, 5100000.0, 0, -10.0), 12, 12)
    series = build(tmp_path, tmp_path / "s.vrt", choice=GridChoice(reference=reference))
    assert set(np.unique(read(series.path))) == {-9999, 500}


def test_bands_of_one_image_are_missing_each_for_itself(tmp_path):
    values = np.full((2, 10, 10), 500, np.int16)
    values[0, :5] = -1
    values[1, 5:] = -1
    write_raster(tmp_path / "a_20200101.tif", values, nodata=-1, origin=(500004, 5100004))
    reference = Grid(grid_of(tmp_path / "a_20200101.tif").crs, (500000.0, 10.0, 0, 5100000.0, 0, -10.0), 11, 11)
    series = build(
        tmp_path, tmp_path / "s.vrt", choice=GridChoice(reference=reference, resampling="nearest"),
        variables=["red", "nir"], keep=["nir"],
    )  # fmt: skip
    nir = read(series.path)
    assert nir[0, 5] == 500 and nir[9, 5] == -1


def test_scenes_of_one_day_are_mosaicked_first_name_on_top(tmp_path):
    upper = np.full((6, 6), 10, np.int16)
    upper[5] = 0
    write_raster(tmp_path / "a_20200101_red.tif", upper, nodata=0)
    write_raster(tmp_path / "b_20200101_red.tif", np.full((6, 6), 20, np.int16), nodata=0, origin=(500000, 5099960))
    series = build(tmp_path, tmp_path / "s.vrt")
    assert len(series.bands) == 1
    np.testing.assert_array_equal(read(series.path)[:, 0], [10] * 5 + [20] * 5)


def test_tiles_of_two_utm_zones_are_mosaicked(tmp_path):
    """The same ground in zones 33 and 32, side by side at 12° E."""
    write_raster(tmp_path / "T33_20200101_red.tif", np.full((50, 50), 7, np.int16), pixel=100, origin=(269000, 5100000))
    write_raster(
        tmp_path / "T32_20200101_red.tif",
        np.full((50, 50), 9, np.int16),
        pixel=100,
        origin=(727000, 5098000),
        epsg=32632,
    )
    write_raster(tmp_path / "T33_20200201_red.tif", np.full((50, 50), 7, np.int16), pixel=100, origin=(269000, 5100000))
    series = build(tmp_path, tmp_path / "s.vrt")
    assert series.grid.spatial_reference().GetAuthorityCode(None) == "32633"
    values = read(series.path)
    assert set(np.unique(values)) == {-32768, 7, 9}
    assert (values == 9).sum() > 1000


def test_one_day_with_two_scales_becomes_physical(tmp_path):
    for name, scale, origin in (("a", 0.1, (500000, 5100000)), ("b", 0.01, (500040, 5100000))):
        write_series(
            tmp_path / f"{name}.tif", np.full((1, 1, 4, 4), 50, np.int16), ["2020-01-01"], ["red"], scale=scale,
            nodata=-1, origin=origin,
        )  # fmt: skip
    series = build(tmp_path, tmp_path / "s.vrt")
    np.testing.assert_allclose(read(series.path)[0], [5.0] * 4 + [0.5] * 4)
    assert (series.bands[0].scale, np.isnan(series.bands[0].nodata)) == (1.0, True)


def test_missing_decimals_stay_missing_in_mosaics_and_warped_images(tmp_path):
    left = np.full((6, 6), 2, np.float32)
    left[:, 3:] = np.nan
    write_raster(tmp_path / "a_20200101_red.tif", left, nodata=float("nan"))
    write_raster(tmp_path / "b_20200101_red.tif", left + 3, nodata=float("nan"), origin=(500020, 5100000))
    write_raster(tmp_path / "c_20200201_red.tif", left, nodata=float("nan"), origin=(500003, 5100000))
    series = build(tmp_path, tmp_path / "s.vrt")
    np.testing.assert_array_equal(read(series.path)[2], [2, 2, 2, 5, 5, np.nan, np.nan, np.nan])
    warped = read(series.path, 2)
    assert np.nanmin(warped) == np.nanmax(warped) == 2 and np.isnan(warped[:, 4:]).all()


def test_a_damaged_image_is_told(tmp_path):
    noise = np.random.default_rng(0).random((300, 300)).astype(np.float32)
    path = write_raster(tmp_path / "a_20200101_red.tif", noise, options=["COMPRESS=DEFLATE", "TILED=YES"])
    os.truncate(path, os.path.getsize(path) // 2)
    warnings = []

    class Log(Feedback):
        def warning(self, text):
            warnings.append(text)

    build(tmp_path, tmp_path / "s.vrt", feedback=Log())
    assert "2020-01-01 red cannot be read" in warnings[0] and os.path.basename(path) in warnings[0]


def test_the_same_scene_twice_is_an_error_that_names_both(tmp_path):
    a = write_raster(tmp_path / "a_20200101_red.tif", ramp(40, 40))
    b = write_raster(tmp_path / "b_20200101_red.tif", ramp(40, 40), origin=(500003, 5100000))  # reprocessed, shifted
    with pytest.raises(ChronocoverError) as raised:
        build(tmp_path, tmp_path / "s.vrt")
    assert a in str(raised.value) and b in str(raised.value) and "2020-01-01 red" in str(raised.value)
    assert not (tmp_path / "s.vrt").exists()
    with pytest.raises(ChronocoverError, match="of the same ground"):
        build_series(
            [Source(a), Source(a)], Rules(), GridChoice(), str(tmp_path / "s.vrt"), "", Provenance(), Feedback()
        )


def test_a_variable_that_was_not_observed_is_absent(tmp_path):
    write_raster(tmp_path / "a_20200101_red.tif", ramp(4, 4))
    write_raster(tmp_path / "a_20200101_nir.tif", ramp(4, 4).astype(np.float32))
    write_raster(tmp_path / "a_20200201_red.tif", ramp(4, 4))
    series = build(tmp_path, tmp_path / "s.vrt")
    assert [band.description for band in series.bands] == ["2020-01-01 red", "2020-01-01 nir", "2020-02-01 red"]
    dataset = open_raster(series.path)
    types = {dataset.GetRasterBand(index).DataType for index in (1, 2)}
    assert types == {gdal.GDT_Int16, gdal.GDT_Float32}


def test_images_with_and_without_crs_do_not_mix(tmp_path):
    write_raster(tmp_path / "a_20200101_red.tif", ramp(4, 4))
    bare = str(tmp_path / "b_20200201_red.tif")
    dataset = gdal.GetDriverByName("GTiff").Create(bare, 4, 4, 1, gdal.GDT_Int16)
    dataset.SetGeoTransform((500000, 10, 0, 5100000, 0, -10))
    dataset = None
    with pytest.raises(ChronocoverError, match=f"{bare} has no CRS"):
        build(tmp_path, tmp_path / "s.vrt")


def test_one_series_a_variable(tmp_path):
    for month in (1, 2):
        for word in ("red", "nir"):
            write_raster(tmp_path / f"a_20200{month}01_{word}.tif", ramp(4, 4))
    build(tmp_path, tmp_path / "s.vrt", "a_*.tif", per_variable=str(tmp_path / "per"))
    red = ImageSeries.open(str(tmp_path / "per" / "red.vrt"))
    assert red.variables == ["red"] and len(red.dates) == 2
    assert (tmp_path / "per" / "nir.vrt").exists()


def test_running_again_replaces_everything_and_takes_nothing_of_the_first(tmp_path):
    write_raster(tmp_path / "a_20200101_red.tif", ramp(4, 4))
    write_raster(tmp_path / "a_20200201_red.tif", ramp(4, 4), origin=(500003, 5100003))
    output = tmp_path / "s.vrt"
    first = build(tmp_path, output, "*.tif;*.vrt")
    assert len(os.listdir(str(output) + ".warped")) == 1
    assert build(tmp_path, output, "*.tif;*.vrt").bands == first.bands
    assert len(os.listdir(str(output) + ".warped")) == 1
    (tmp_path / "a_20200201_red.tif").unlink()
    assert len(build(tmp_path, output, "*.tif;*.vrt").bands) == 1
    assert not os.path.exists(str(output) + ".warped")


def test_an_input_is_never_overwritten(tmp_path):
    path = write_raster(tmp_path / "a_20200101_red.tif", ramp(4, 4))
    vrt = str(tmp_path / "a_20200201_red.vrt")
    gdal.BuildVRT(vrt, [path]).FlushCache()
    with pytest.raises(ChronocoverError, match="is one of the inputs"):
        build(tmp_path, vrt, "*.vrt;*.tif")


def test_cancelling_and_failing_leave_nothing(tmp_path):
    for month in (1, 2, 3):
        write_raster(tmp_path / f"a_20200{month}01_red.tif", ramp(4, 4), origin=(500000 + month, 5100000))

    class CancelledAtTheEnd(Feedback):
        fraction = 0.0

        def progress(self, fraction):
            self.fraction = fraction

        def is_cancelled(self):
            return self.fraction > 0.8

    (tmp_path / "out").mkdir()
    with pytest.raises(CancelledError):
        build(tmp_path, tmp_path / "out" / "s.vrt", feedback=CancelledAtTheEnd())
    assert os.listdir(tmp_path / "out") == []
    (tmp_path / "file").write_text("")
    with pytest.raises(ChronocoverError, match="another output folder"):
        build(tmp_path, tmp_path / "file" / "s.vrt")


def test_the_engine_reads_the_same_as_gdal(tmp_path):
    """A series of plain, shifted, warped and mosaicked images: block by block in units against band by band."""
    rng = np.random.default_rng(1)
    for index, origin in enumerate([(500000, 5100000), (500050, 5100020), (500003, 5100004)]):
        values = rng.integers(0, 1000, (30, 30)).astype(np.int16)
        write_raster(tmp_path / f"a_20200{index + 1}01_red.tif", values, nodata=0, origin=origin)
    write_raster(tmp_path / "b_20200101_red.tif", values, nodata=0, origin=(500000, 5099800))
    series = build(tmp_path, tmp_path / "s.vrt", scale=0.5)
    source = SeriesSource(series)
    whole = series.grid.window_of(series.grid.extent)
    block = source.open().read(whole)
    for index, _ in enumerate(series.bands):
        stored = read(series.path, index + 1).astype(np.float32)
        expected = np.where(stored == series.bands[index].nodata, np.nan, stored * 0.5)
        np.testing.assert_allclose(block[:, :, index, 0], expected)


@pytest.mark.parametrize("exceptions", [True, False])
def test_gdal_exceptions_on_or_off(tmp_path, exceptions):
    write_raster(tmp_path / "a_20200101_red.tif", ramp(4, 4))
    write_raster(tmp_path / "a_20200201_red.tif", ramp(4, 4), origin=(500003, 5100003))
    before = gdal.GetUseExceptions()
    (gdal.UseExceptions if exceptions else gdal.DontUseExceptions)()
    try:
        assert len(build(tmp_path, tmp_path / "s.vrt").bands) == 2
    finally:
        (gdal.UseExceptions if before else gdal.DontUseExceptions)()
