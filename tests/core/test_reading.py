"""Reading a series: physical values, missing is NaN, and the same whether through the VRT or from its files."""

import datetime
import pickle
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from scenes import GDAL_TYPES, write_raster, write_series

from chronocover.core.errors import ChronocoverError
from chronocover.core.grid import Grid, Window
from chronocover.core.raster_reading import RasterSource
from chronocover.core.series import open_files
from chronocover.core.series.image_series import ImageSeries, SeriesBand, describe_bands
from chronocover.core.series.reading import SeriesSource
from chronocover.core.series.vrt_sources import copied_bands

DATES = ["2021-03-06", "2021-04-05", "2021-05-10"]
WHOLE = Window(0, 0, 50, 40)


def read(source, window=WHOLE):
    reader = source.open()
    try:
        return reader.read(window)
    finally:
        reader.close()


def stored(dtype="int16", seed=1):
    return np.random.default_rng(seed).integers(0, 100, (3, 2, 40, 50)).astype(dtype)


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "int32", "float32", "float64"])
def test_values_are_physical_and_nodata_is_nan(tmp_path, dtype):
    values = stored(dtype)
    path = write_series(tmp_path / "s.tif", values, DATES, ["red", "nir"], scale=0.01, offset=-0.1, nodata=7)
    result = read(SeriesSource(ImageSeries.open(path)), Window(10, 5, 30, 20))
    expected = np.where(values == 7, np.nan, values * 0.01 - 0.1).transpose(2, 3, 0, 1)[5:25, 10:40]
    assert result.dtype == np.float32
    np.testing.assert_allclose(result, expected, rtol=1e-6, atol=1e-7)


def test_large_whole_numbers_are_told_from_nodata(tmp_path):
    values = np.full((3, 2, 40, 50), 2**31 - 2, dtype="int32")
    values[0, 0, 0, 0] = 2**31 - 1
    path = write_series(tmp_path / "s.tif", values, DATES, ["red", "nir"], nodata=2**31 - 1)
    result = read(SeriesSource(ImageSeries.open(path)))
    assert np.isnan(result).sum() == 1 and np.isnan(result[0, 0, 0, 0])


@pytest.mark.parametrize("nodata", [float("nan"), -3.4e38, -3.4028234663852886e38, -9999.0])
def test_missing_floats(tmp_path, nodata):
    values = stored("float32")
    values[1, 0, 3:9] = nodata
    values[2, 1, 20] = np.inf
    path = write_series(tmp_path / "s.tif", values, DATES, ["red", "nir"], nodata=nodata)
    result = read(SeriesSource(ImageSeries.open(path)))
    assert np.isnan(result[3:9, :, 1, 0]).all() and np.isnan(result[20, :, 2, 1]).all()
    assert np.isnan(result).sum() == 7 * 50


def vrt_of(path, inside, source):
    """A VRT of one band that makes it of the first band of ``path``."""
    inner = f'<SourceFilename relativeToVRT="1">{path.name}</SourceFilename><SourceBand>1</SourceBand>{inside}'
    vrt = path.with_suffix(".vrt")
    vrt.write_text(
        f'<VRTDataset rasterXSize="50" rasterYSize="40"><GeoTransform>0,10,0,0,0,-10</GeoTransform>'
        f'<VRTRasterBand dataType="Int16" band="1"><Metadata><MDI key="DATE">2021-03-06</MDI>'
        f'<MDI key="VARIABLE">red</MDI></Metadata><{source}>{inner}</{source}></VRTRasterBand></VRTDataset>'
    )
    return str(vrt)


def test_what_a_vrt_calculates_is_not_rounded(tmp_path):
    """Unless GDAL does so itself: from 3.10 on it rounds to the band's type however the band is read."""
    values = stored()
    path = write_series(tmp_path / "s.tif", values, DATES, ["red", "nir"])
    scaled = "<ScaleOffset>0</ScaleOffset><ScaleRatio>0.25</ScaleRatio>"
    calculating = vrt_of(Path(path), scaled, "ComplexSource")
    dataset = gdal.OpenEx(calculating)
    expected = dataset.ReadAsArray(buf_type=gdal.GDT_Float32)
    np.testing.assert_allclose(expected, values[0, 0] * np.float32(0.25), atol=0.5)
    np.testing.assert_array_equal(read(SeriesSource(ImageSeries.open(calculating)))[..., 0, 0], expected)
    assert SeriesSource(ImageSeries.open(path)).bytes_per_pixel == 2 * 6  # waits as it is stored


def test_tiles_of_files_are_forgotten_once_they_were_read_whole(tmp_path):
    """But not through a VRT: its own tiles are others, and the next block may need the rest of a file's."""
    tiles = ("TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=32", "INTERLEAVE=BAND")
    path = write_series(tmp_path / "s.tif", stored(), DATES, ["red", "nir"], options=tiles)
    through = vrt_of(Path(path), "<ScaleOffset>1</ScaleOffset><ScaleRatio>1</ScaleRatio>", "ComplexSource")
    windows = [(path, WHOLE, False), (path, Window(32, 0, 18, 32), False), (path, Window(0, 0, 32, 31), True)]
    for name, window, kept in [*windows, (through, WHOLE, True)]:
        reader, before = SeriesSource(ImageSeries.open(name)).open(), gdal.GetCacheUsed()
        reader.read(window)
        found = gdal.GetCacheUsed() > before
        reader.close()
        assert found == kept, (name, window)


def test_dates_and_variables_are_chosen_by_name(tmp_path):
    values = stored()
    path = write_series(tmp_path / "s.tif", values, DATES, ["red", "nir"])
    series = ImageSeries.open(path)
    result = read(SeriesSource(series, [series.dates[2], series.dates[0]], ["nir"]))
    np.testing.assert_array_equal(result[..., 0], values[[2, 0], 1].transpose(1, 2, 0))


def test_a_variable_that_was_not_observed_is_nan(tmp_path):
    dataset = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "s.tif"), 50, 40, 3, gdal.GDT_Int16)
    dataset.SetGeoTransform((0, 10, 0, 0, 0, -10))
    days = [datetime.date.fromisoformat(date) for date in DATES]
    bands = [SeriesBand(1, days[0], "red"), SeriesBand(2, days[0], "nir"), SeriesBand(3, days[1], "nir")]
    describe_bands(dataset, bands)
    for band in bands:
        dataset.GetRasterBand(band.index).Fill(band.index)
    dataset = None
    result = read(SeriesSource(ImageSeries.open(str(tmp_path / "s.tif"))))
    np.testing.assert_array_equal(result[4, 5], [[1, 2], [np.nan, 3]])


def vrt_of_files(tmp_path, dtypes=("int16",) * 3, shift=(0, 0), nodata=-1, scale=1.0, options=()):
    """A series VRT over one file a date, the second one shifted by whole pixels and smaller than the rest."""
    folder = tmp_path / "images é"
    folder.mkdir(exist_ok=True)
    values = stored()
    paths = []
    for index, dtype in enumerate(dtypes):
        column, row = shift if index == 1 else (0, 0)
        array = values[index].astype(dtype)
        origin = (500000 + 10 * column, 5100000 - 10 * row)
        paths.append(write_raster(folder / f"image_{index}.tif", array, origin=origin, nodata=nodata, options=options))
    vrt_path = str(tmp_path / "series.vrt")
    vrt = gdal.GetDriverByName("VRT").Create(vrt_path, 50, 40, 0)
    vrt.SetGeoTransform((500000, 10, 0, 5100000, 0, -10))
    bands = []
    for index in range(3):
        column, row = shift if index == 1 else (0, 0)
        for v, name in enumerate(["red", "nir"]):
            vrt.AddBand(GDAL_TYPES[dtypes[index]])
            number = vrt.RasterCount
            left, top = max(0, column), max(0, row)
            width, height = 50 - abs(column), 40 - abs(row)
            vrt.GetRasterBand(number).SetMetadataItem(
                "source_0",
                f"""<SimpleSource><SourceFilename relativeToVRT="1">images é/image_{index}.tif</SourceFilename>
                <SourceBand>{v + 1}</SourceBand>
                <SrcRect xOff="{max(0, -column)}" yOff="{max(0, -row)}" xSize="{width}" ySize="{height}"/>
                <DstRect xOff="{left}" yOff="{top}" xSize="{width}" ySize="{height}"/></SimpleSource>""",
                "new_vrt_sources",
            )
            day = datetime.date.fromisoformat(DATES[index])
            bands.append(SeriesBand(number, day, name, nodata=nodata, scale=scale))
    describe_bands(vrt, bands)
    vrt = None
    return vrt_path


def through_the_vrt(path):
    """What GDAL itself reads from the series, physical, (rows, columns, dates, variables)."""
    dataset = gdal.OpenEx(path)
    array = dataset.ReadAsArray().astype("float64")
    for index in range(dataset.RasterCount):
        band = dataset.GetRasterBand(index + 1)
        array[index][array[index] == band.GetNoDataValue()] = np.nan
        array[index] *= band.GetScale() or 1.0
    return array.reshape(-1, 2, *array.shape[1:]).transpose(2, 3, 0, 1)


@pytest.mark.parametrize("shift", [(0, 0), (7, 3), (-4, 5)])
@pytest.mark.parametrize("dtypes", [("int16",) * 3, ("uint8", "float32", "uint16")])
def test_files_are_read_directly_with_the_same_result(tmp_path, shift, dtypes):
    path = vrt_of_files(tmp_path, dtypes, shift, nodata=7, scale=0.5)
    assert len(copied_bands(gdal.OpenEx(path))) == 6
    source = SeriesSource(ImageSeries.open(path))
    assert all(call.path.endswith(".tif") for call in source._reads)
    expected = through_the_vrt(path)
    for window in (WHOLE, Window(3, 2, 9, 11), Window(40, 30, 10, 10)):
        part = expected[window.row : window.row + window.height, window.column : window.column + window.width]
        np.testing.assert_allclose(read(source, window), part, rtol=1e-6)


def test_what_is_no_plain_copy_goes_through_the_vrt(tmp_path):
    plain = vrt_of_files(tmp_path, shift=(7, 3))
    scaled = str(tmp_path / "mosaic.vrt")
    text = Path(plain).read_text("utf-8")
    second = text.index("<SimpleSource>", text.index("</SimpleSource>"))
    source = text[second : text.index("</SimpleSource>", second) + len("</SimpleSource>")]
    scaling = source.replace("SimpleSource", "ComplexSource").replace(
        "</ComplexSource>", "<ScaleRatio>2</ScaleRatio></ComplexSource>"
    )
    Path(scaled).write_text(text.replace(source, source + scaling, 1), "utf-8")
    assert sorted(copied_bands(gdal.OpenEx(scaled))) == [1, 3, 4, 5, 6]
    np.testing.assert_allclose(read(SeriesSource(ImageSeries.open(scaled))), through_the_vrt(scaled))


def test_a_warped_series_goes_through_the_vrt(tmp_path):
    path = write_series(tmp_path / "s.tif", stored(), DATES, ["red", "nir"])
    warped = gdal.Warp(str(tmp_path / "w.vrt"), path, format="VRT", dstSRS="EPSG:3035")
    assert copied_bands(warped) == {}


def test_a_resampled_or_relative_missing_source_is_no_plain_copy(tmp_path):
    path = vrt_of_files(tmp_path)
    text = Path(path).read_text("utf-8")
    other = str(tmp_path / "other.vrt")
    Path(other).write_text(
        text.replace('<SrcRect xOff="0" yOff="0" xSize="50"', '<SrcRect xOff="0" yOff="0" xSize="25"', 1), "utf-8"
    )
    assert 1 not in copied_bands(gdal.OpenEx(other))
    Path(other).write_text(text.replace("image_0.tif", "gone.tif"), "utf-8")
    assert sorted(copied_bands(gdal.OpenEx(other))) == [3, 4, 5, 6]


def test_a_truncated_file_is_named_with_its_date(tmp_path):
    path = vrt_of_files(tmp_path, options=["COMPRESS=DEFLATE", "TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"])
    damaged = tmp_path / "images é" / "image_1.tif"
    damaged.write_bytes(damaged.read_bytes()[:2500])
    with pytest.raises(ChronocoverError, match=r"image_1\.tif.*2021-04-05|2021-04-05.*image_1\.tif"):
        read(SeriesSource(ImageSeries.open(path)))


def test_few_handles_are_enough_for_many_files(tmp_path, monkeypatch):
    path = vrt_of_files(tmp_path)
    monkeypatch.setattr(open_files, "HANDLES", 2)
    reader = SeriesSource(ImageSeries.open(path)).open()
    for _ in range(3):
        np.testing.assert_array_equal(reader.read(WHOLE), through_the_vrt(path))
        assert len(reader._files._files) <= 2
    reader.close()
    assert open_files._open_everywhere == 0


def test_a_source_can_be_sent_to_another_process(tmp_path):
    source = SeriesSource(ImageSeries.open(vrt_of_files(tmp_path)))
    np.testing.assert_array_equal(read(pickle.loads(pickle.dumps(source))), read(source))


def test_signed_bytes(tmp_path):
    path = str(tmp_path / "s.tif")
    values = np.arange(-20, 30, dtype=np.int8)[None, :].repeat(40, 0)
    dataset = gdal.GetDriverByName("GTiff").Create(path, 50, 40, 1, gdal.GDT_Byte, ["PIXELTYPE=SIGNEDBYTE"])
    if dataset.GetRasterBand(1).GetMetadataItem("PIXELTYPE", "IMAGE_STRUCTURE") != "SIGNEDBYTE":
        pytest.skip("this GDAL has a type of its own for signed bytes")
    dataset.SetGeoTransform((0, 10, 0, 0, 0, -10))
    describe_bands(dataset, [SeriesBand(1, datetime.date(2021, 3, 6), "index", nodata=-20)])
    dataset.GetRasterBand(1).WriteArray(values.view(np.uint8))
    dataset = None
    result = read(SeriesSource(ImageSeries.open(path)))[..., 0, 0]
    np.testing.assert_array_equal(result, np.where(values == -20, np.nan, values.astype("float32")))


def test_a_mask_is_brought_onto_the_grid(tmp_path):
    grid = Grid.of_dataset(gdal.OpenEx(write_raster(tmp_path / "grid.tif", np.zeros((40, 50), "uint8"))))
    mask = write_raster(tmp_path / "mask.tif", np.full((10, 10), 5, "uint8"), origin=(500100, 5099900))
    result = read(RasterSource.on_grid(mask, grid))
    assert (result[10:20, 10:20] == 5).all() and result.sum() == 500
    with pytest.raises(ChronocoverError, match="no band 2"):
        RasterSource.on_grid(mask, grid, 2)


def test_blocks_follow_the_tiles_of_the_files_behind_a_vrt(tmp_path):
    path = vrt_of_files(tmp_path, options=["TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=16"])
    assert SeriesSource(ImageSeries.open(path)).block_size == (32, 16)
    mosaic = tmp_path / "mosaic.vrt"
    text = Path(path).read_text("utf-8")
    first = text[text.index("<SimpleSource>") : text.index("</SimpleSource>") + len("</SimpleSource>")]
    mosaic.write_text(text.replace("</VRTRasterBand>", first + "</VRTRasterBand>"), "utf-8")
    source = SeriesSource(ImageSeries.open(str(mosaic)))
    assert source.files == [str(mosaic)] and source.block_size == (32, 16)
