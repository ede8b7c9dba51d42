"""Pictures of class rasters."""

import numpy as np
import pytest
from osgeo import gdal
from scenes import write_raster

from chronocover.core.errors import ChronocoverError
from chronocover.core.grid import Window
from chronocover.core.labels.legend import Legend
from chronocover.core.reports.pictures import class_map_png


@pytest.fixture(params=[True, False], ids=["GDAL raises", "GDAL returns"], autouse=True)
def gdal_exceptions(request):
    before = gdal.GetUseExceptions()
    (gdal.UseExceptions if request.param else gdal.DontUseExceptions)()
    yield
    (gdal.UseExceptions if before else gdal.DontUseExceptions)()


LEGEND = Legend.of_codes({"forest": 1, "wáter": 300}, {"forest": (10, 120, 30), "wáter": (20, 40, 200)})


def pixels_of(png):
    gdal.FileFromMemBuffer("/vsimem/test_picture.png", png)
    dataset = gdal.Open("/vsimem/test_picture.png")
    array = dataset.ReadAsArray().transpose(1, 2, 0)
    dataset = None
    gdal.Unlink("/vsimem/test_picture.png")
    return array[1:-1, 1:-1]  # without the frame


def test_a_tiny_map_is_enlarged_by_a_whole_factor_in_the_colours_of_its_legend(tmp_path):
    path = write_raster(tmp_path / "map.tif", np.array([[0, 1, 300], [7, 1, 300]], np.uint16))
    picture = pixels_of(class_map_png(path, LEGEND, largest_side=31))
    assert picture.shape == (20, 30, 3)
    assert [tuple(picture[5, x]) for x in (5, 15, 25)] == [(255, 255, 255), (10, 120, 30), (20, 40, 200)]
    assert tuple(picture[15, 5]) == (128, 128, 128)  # 7 is not in the legend
    assert (picture[:10, 10:20] == (10, 120, 30)).all()


def test_a_large_map_is_thinned_out_and_nodata_is_white(tmp_path):
    codes = np.full((400, 1000), 1, np.uint8)
    codes[:, 500:] = 255
    picture = pixels_of(class_map_png(write_raster(tmp_path / "map.tif", codes, nodata=255), LEGEND, largest_side=100))
    assert picture.shape == (40, 100, 3)
    assert (picture[:, :50] == (10, 120, 30)).all() and (picture[:, 50:] == 255).all()


def test_scattered_labels_stay_visible_when_asked(tmp_path):
    codes = np.zeros((1000, 1000), np.uint8)
    codes[3::20, 7::20] = 1
    path = write_raster(tmp_path / "points.tif", codes, nodata=0)
    sparse = pixels_of(class_map_png(path, LEGEND, largest_side=50, sparse=True))
    assert (sparse == (10, 120, 30)).all()  # one label in each 20 × 20 pixels
    part = pixels_of(class_map_png(path, LEGEND, largest_side=50, window=Window(0, 0, 10, 10)))
    assert tuple(part[3 * 5 + 2, 7 * 5 + 2]) == (10, 120, 30)


def test_a_file_that_is_no_raster_is_named(tmp_path):
    (tmp_path / "map.tif").write_text("not a raster")
    with pytest.raises(ChronocoverError, match=r"map\.tif"):
        class_map_png(str(tmp_path / "map.tif"), LEGEND)


def test_a_truncated_file_is_named(tmp_path):
    random = np.random.default_rng(1).integers(0, 3, (600, 600)).astype(np.uint8)
    path = tmp_path / "map.tif"
    write_raster(path, random, options=["COMPRESS=DEFLATE", "TILED=YES"])
    data = path.read_bytes()
    cut = data[: len(data) // 2]
    path.write_bytes(cut)
    with pytest.raises(ChronocoverError, match=r"map\.tif"):
        class_map_png(str(path), LEGEND)
