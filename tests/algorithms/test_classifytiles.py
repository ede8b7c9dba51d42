"""Classify many tiles, through QGIS: maps that equal those of single runs, whatever becomes of a tile."""

import csv
import datetime
import json
import os
import re
import shutil
import zipfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from linear_model import card_for, weights_for, write_linear_model
from osgeo import gdal, ogr
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsRasterLayer
from scenes import write_raster, write_series

from chronocover.core.labels.legend import read_legend
from chronocover.core.series.image_series import ImageSeries, describe_bands
from chronocover.models.tiles import map_tiles, name_tiles

DATES = [datetime.date(2021, 3, 1) + datetime.timedelta(days=20 * i) for i in range(4)]
VARIABLES = ["red", "nir"]
ROWS, COLUMNS = 40, 50
TWO = (("a", 0, 1), ("b", 0.5, 2))  # name, column and seed of two tiles that overlap


def write_tile(path, column, row, seed, epsg=32633):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    stored = np.random.default_rng(seed).integers(0, 10_000, (4, 2, ROWS, COLUMNS)).astype("int16")
    stored[:, :, :3, :3] = -1
    origin = (500_000 + column * COLUMNS * 10, 5_100_000 - row * ROWS * 10)
    return write_series(path, stored, DATES, VARIABLES, scale=1e-4, nodata=-1, origin=origin, epsg=epsg)


@pytest.fixture
def country(tmp_path):
    """Three tiles in folders of their own, all files named alike, and a plain image between them."""
    root = tmp_path / "Länder é"
    paths = [write_tile(str(root / f"T33U{i}" / "series.tif"), i, 0, i) for i in range(3)]
    write_raster(root / "plain.tif", np.ones((5, 5), "uint8"))
    return root, paths


@pytest.fixture
def model(tmp_path):
    return write_linear_model(tmp_path / "model.onnx", card_for(DATES, VARIABLES), weights_for(4, 2, 3))


def read(path):
    return gdal.OpenEx(str(path)).ReadAsArray()


def test_a_folder_of_series_becomes_maps_and_one_mosaic(run, country, model, tmp_path):
    root, paths = country
    maps, mosaic = str(tmp_path / "maps"), str(tmp_path / "mosaic é.vrt")
    table = str(tmp_path / "tiles.csv")
    result = run(
        "classifytiles", FOLDER=str(root), MODEL=model, OUTPUT=maps, MOSAIC=mosaic, TABLE=table, CONFIDENCE=True
    )
    assert (result["TILES"], result["FAILED"]) == (3, 0)
    single = str(tmp_path / "single.tif")
    for i, path in enumerate(paths):
        run("classifyseries", SERIES=path, MODEL=model, OUTPUT=single)
        np.testing.assert_array_equal(read(single), read(os.path.join(maps, f"T33U{i}_series.tif")))
        assert os.path.isfile(os.path.join(maps, f"T33U{i}_series_confidence.tif"))
        part = read(mosaic)[:, i * COLUMNS : (i + 1) * COLUMNS]
        np.testing.assert_array_equal(part, read(single))

    dataset = gdal.OpenEx(mosaic)
    assert read_legend(dataset).names == ["forêt", "water body", "crop"]
    layer = QgsRasterLayer(mosaic, "mosaic")
    layer.loadDefaultStyle()
    assert [item.label for item in layer.renderer().classes()] == ["forêt", "water body", "crop"]
    with open(table, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["status"] for row in rows] == ["mapped"] * 3
    areas = json.loads(result["CLASS_AREAS"])
    assert areas["crop"] == pytest.approx((read(mosaic) == 7).sum() * 0.01)
    assert sum(float(row["crop (ha)"]) for row in rows) == pytest.approx(areas["crop"])

    moved = tmp_path / "elsewhere"
    moved.mkdir()
    before = read(mosaic)
    shutil.move(maps, moved / "maps")
    shutil.move(mosaic, moved / "mosaic.vrt")
    np.testing.assert_array_equal(read(moved / "mosaic.vrt"), before)


def test_a_broken_tile_is_reported_and_the_next_run_maps_only_what_is_missing(run, country, model, tmp_path):
    root, paths = country
    whole = Path(paths[1]).read_bytes()
    Path(paths[1]).write_bytes(whole[: len(whole) // 2])
    maps, table = tmp_path / "maps", str(tmp_path / "tiles.csv")
    settings = {"FOLDER": str(root), "MODEL": model, "OUTPUT": str(maps), "TABLE": table}
    import processing

    feedback = QgsProcessingFeedback()
    values = {**settings, "MOSAIC": str(tmp_path / "m.vrt")}
    result = processing.run("chronocover:classifytiles", values, feedback=feedback)
    assert (result["TILES"], result["FAILED"]) == (2, 1)
    assert re.search(r"1 of 3 tiles failed\. .*\n.*T33U1_series: Cannot \w+ .*T33U1", feedback.textLog())
    with open(table, encoding="utf-8", newline="") as file:
        rows = {row["tile"]: row for row in csv.DictReader(file)}
    assert rows["T33U1_series"]["status"] == "failed" and "T33U1" in rows["T33U1_series"]["message"]
    assert sorted(name for name in os.listdir(maps) if name.endswith(".tif")) == [
        "T33U0_series.tif",
        "T33U2_series.tif",
    ]

    Path(paths[1]).write_bytes(whole)
    finished = os.stat(maps / "T33U0_series.tif").st_mtime_ns
    again = run("classifytiles", **settings, MOSAIC=str(tmp_path / "m.vrt"))
    assert (again["TILES"], again["FAILED"]) == (3, 0)
    assert os.stat(maps / "T33U0_series.tif").st_mtime_ns == finished
    areas = json.loads(again["CLASS_AREAS"])
    assert areas["forêt"] == pytest.approx((read(tmp_path / "m.vrt") == 1).sum() * 0.01)

    write_tile(paths[0], 0, 0, 99)  # other values: the finished map is not of them
    run("classifytiles", **settings)
    assert os.stat(maps / "T33U0_series.tif").st_mtime_ns != finished
    other = write_linear_model(tmp_path / "other.onnx", card_for(DATES, VARIABLES), weights_for(4, 2, 3, seed=8))
    kept = os.stat(maps / "T33U2_series.tif").st_mtime_ns
    run("classifytiles", **{**settings, "MODEL": other})
    assert os.stat(maps / "T33U2_series.tif").st_mtime_ns != kept


def test_tiles_of_a_tile_index_in_two_zones_make_one_mosaic(run, model, tmp_path):
    east = write_tile(str(tmp_path / "east.tif"), 0, 0, 1)
    write_tile(str(tmp_path / "also.tif"), 1, 0, 3)
    west = str(tmp_path / "west.tif")
    gdal.Warp(west, write_tile(str(tmp_path / "x" / "raw.tif"), 0, 1, 2), dstSRS="EPSG:32632", resampleAlg="near")
    described, source = gdal.OpenEx(west, gdal.OF_UPDATE), gdal.OpenEx(east)
    for index in range(1, 9):
        band = described.GetRasterBand(index)
        band.SetMetadata(source.GetRasterBand(index).GetMetadata())
        band.SetScale(1e-4)
    described = source = band = None
    index = ogr.GetDriverByName("GPKG").CreateDataSource(str(tmp_path / "index.gpkg"))
    layer = index.CreateLayer("tiles", None, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("location", ogr.OFTString))
    for name in ("east.tif", "west.tif", "also.tif"):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["location"] = name
        layer.CreateFeature(feature)
    feature = layer = index = None

    mosaic = str(tmp_path / "mosaic.vrt")
    index = str(tmp_path / "index.gpkg")
    result = run("classifytiles", INDEX=index, MODEL=model, OUTPUT=str(tmp_path / "maps"), MOSAIC=mosaic)
    assert result["TILES"] == 3
    found, left = read(mosaic), gdal.OpenEx(mosaic).GetGeoTransform()[0]
    column = round((500_000 - left) / 10)
    assert left + 10 * column == 500_000  # on the pixels of the two tiles of the other zone
    np.testing.assert_array_equal(found[:ROWS, column + COLUMNS :], read(tmp_path / "maps" / "also.tif"))
    east = found[: ROWS - 5, column + 10 : column + COLUMNS]  # the last rows may show the tile of the other zone
    np.testing.assert_array_equal(east, read(tmp_path / "maps" / "east.tif")[:-5, 10:])
    below = found[ROWS + 5 : 2 * ROWS - 5, column + 5 : column + COLUMNS - 5]
    assert (below > 0).mean() > 0.99
    assert os.path.isdir(mosaic + ".warped")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, "either image time series, or a folder of series, or a tile index"),
        ({"FOLDER": "country", "LAYERS": "tiles"}, "not 2 of them"),
        ({"FOLDER": "nowhere"}, "no folder"),
        ({"FOLDER": "country", "PATTERN": "plain*"}, "is an image time series"),
        ({"FOLDER": "country", "SEASON": "1999"}, "None of the 3 tiles could be mapped"),
    ],
)
def test_what_cannot_be_mapped_is_said_in_one_sentence(run, country, model, tmp_path, change, message):
    change = {**change, "FOLDER": str(country[0])} if change.get("FOLDER") == "country" else change
    change = {**change, "LAYERS": country[1]} if "LAYERS" in change else change
    with pytest.raises(QgsProcessingException, match=message):
        run("classifytiles", MODEL=model, OUTPUT=str(tmp_path / "maps"), **change)
    assert not os.path.exists(tmp_path / "maps") or not os.listdir(tmp_path / "maps")


def test_without_the_cluster_nobody_tries_tile_after_tile(qgis_app, country, model, tmp_path):
    import processing

    pytest.importorskip("distributed", reason="it needs dask and distributed: requirements-cluster.txt")
    settings = {"FOLDER": str(country[0]), "MODEL": model, "OUTPUT": str(tmp_path / "maps")}
    nobody = {**settings, "SCHEDULER": "tcp://127.0.0.1:1"}
    log = QgsProcessingFeedback()
    with pytest.raises(QgsProcessingException, match=r"^There is no Dask scheduler at .* on this computer\.$"):
        processing.run("chronocover:classifytiles", nobody, feedback=log)
    assert "the next tile follows" not in log.textLog() and not os.path.exists(tmp_path / "maps")

    processing.run("chronocover:classifytiles", settings)
    maps = sorted(name for name in os.listdir(tmp_path / "maps") if name.endswith(".tif"))
    os.remove(tmp_path / "maps" / maps[-1])
    with pytest.raises(QgsProcessingException, match=r"no Dask scheduler .* 2 maps are finished and stay in .*"):
        processing.run("chronocover:classifytiles", nobody)
    assert sorted(name for name in os.listdir(tmp_path / "maps") if name.endswith(".tif")) == maps[:-1]


def test_finished_maps_stay_when_the_user_cancels(qgis_app, country, model, tmp_path):
    import processing

    class CancelAtTheSecondTile(QgsProcessingFeedback):
        def pushInfo(self, text):
            if text.startswith("Tile 2"):
                self.cancel()

    with pytest.raises(QgsProcessingException, match=r"Cancelled\. 1 map is finished and stays in .*maps; start again"):
        settings = {"FOLDER": str(country[0]), "MODEL": model, "OUTPUT": str(tmp_path / "maps")}
        processing.run("chronocover:classifytiles", settings, feedback=CancelAtTheSecondTile())
    assert [name for name in os.listdir(tmp_path / "maps") if name.endswith(".tif")] == ["T33U0_series.tif"]


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["/d/A.vrt", "/d/A.tif"], ["d_A", "d_A_2"]),
        (["/a/b_c.tif", "/a_b/c.tif", "/z/c.tif"], ["a_b_c", "a_b_c_2", "z_c"]),
        (["/a/T.tif", "/b/t_Confidence.tif"], ["T", "t_Confidence_2"]),  # T_confidence.tif is of the first
        (["/a/b.tif", "/a/b.tif"], ["b"]),
        (["/vsicurl/https://x.org/a.vrt?key=1", "/vsicurl/https://x.org/b.vrt?key=1"], ["a", "b"]),
    ],
)
def test_no_tile_replaces_the_map_of_another(paths, names):
    tiles = name_tiles(paths)
    assert [tile.name for tile in tiles] == names
    assert [tile.series for tile in tiles] == list(dict.fromkeys(paths))


def test_a_mask_or_series_that_changed_is_noticed_though_it_is_not_newer(run, country, model, tmp_path):
    root, paths = country
    mask = write_raster(tmp_path / "mask.tif", np.zeros((ROWS, 3 * COLUMNS), "uint8"))
    settings = {"FOLDER": str(root), "MODEL": model, "OUTPUT": str(tmp_path / "maps"), "MASK": mask}
    run("classifytiles", **settings)
    assert read(tmp_path / "maps" / "T33U0_series.tif").max() == 0
    write_raster(tmp_path / "mask.tif", np.ones((ROWS, 3 * COLUMNS), "uint8"))
    run("classifytiles", **settings)
    before = read(tmp_path / "maps" / "T33U0_series.tif")
    assert before.max() > 0
    written = os.stat(paths[0]).st_mtime_ns
    write_tile(paths[0], 0, 0, 99)
    os.utime(paths[0], ns=(written - 10**12, written - 10**12))
    run("classifytiles", **settings)
    assert (read(tmp_path / "maps" / "T33U0_series.tif") != before).any()


def test_what_may_not_be_replaced_is_left_alone(run, country, model, tmp_path):
    root, paths = country
    settings = {"FOLDER": str(root), "MODEL": model, "OUTPUT": str(tmp_path / "maps")}
    series = Path(paths[0]).read_bytes()
    with pytest.raises(QgsProcessingException, match="is one of the inputs"):
        run("classifytiles", **settings, TABLE=paths[0])
    assert Path(paths[0]).read_bytes() == series
    kept = tmp_path / "maps" / "T33U1_series.tif"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("mine")
    kept.chmod(0o444)
    assert run("classifytiles", **settings)["FAILED"] == 1
    assert kept.read_text() == "mine"


@pytest.mark.parametrize("suffix", ["", "_confidence"])
def test_a_finished_map_that_was_damaged_since_is_made_anew(run, country, model, tmp_path, suffix):
    settings = {"FOLDER": str(country[0]), "MODEL": model, "OUTPUT": str(tmp_path / "maps"), "CONFIDENCE": True}
    before = run("classifytiles", **settings)
    damaged = tmp_path / "maps" / f"T33U1_series{suffix}.tif"
    whole = damaged.read_bytes()
    dataset = gdal.OpenEx(str(damaged))
    position = dataset.GetRasterBand(1).GetMetadataItem("BLOCK_OFFSET_0_0", "TIFF")
    dataset = None
    damaged.write_bytes(whole[: int(position)] + bytes(len(whole) - int(position)))
    os.utime(damaged, (1, 1))
    after = run("classifytiles", **settings)
    assert damaged.read_bytes() == whole
    assert after["CLASS_AREAS"] == before["CLASS_AREAS"] and after["FAILED"] == 0


def test_a_map_never_replaces_an_image_of_another_tile(run, model, tmp_path):
    images, series = tmp_path / "images", tmp_path / "series"
    series.mkdir()
    # a.vrt shows b.tif, which the map of b.vrt would be called
    for number, (tile, image) in enumerate((("a", "b"), ("b", "c"))):
        shown = write_tile(str(images / f"{image}.tif"), number, 0, number)
        dataset = gdal.BuildVRT(str(series / f"{tile}.vrt"), [shown])
        describe_bands(dataset, ImageSeries.open(shown).bands)
        dataset = None
    before = (images / "b.tif").read_bytes()
    table = str(tmp_path / "tiles.csv")
    result = run("classifytiles", FOLDER=str(series), MODEL=model, OUTPUT=str(images), TABLE=table)
    assert (result["TILES"], result["FAILED"]) == (1, 1) and (images / "a.tif").exists()
    assert (images / "b.tif").read_bytes() == before
    assert "b.tif is one of the inputs. Choose another" in Path(table).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("error", "message"),
    [(OSError(5, "Input/output error", "a.tif"), "Input/output error"), (MemoryError(), "out of memory")],
)
def test_a_tile_that_the_system_fails_does_not_stop_the_others(error, message, tmp_path):
    legend = card_for(DATES, VARIABLES).legend
    tiles = name_tiles([write_tile(str(tmp_path / f"{name}.tif"), column, 0, seed) for name, column, seed in TWO])
    done = []

    def map_tile(tile, files, said, part):
        if tile.name == "a":
            raise error
        done.append(tile.name)
        return SimpleNamespace(class_hectares={})

    failed, mapped = map_tiles(tiles, str(tmp_path / "maps"), legend, {}, map_tile)
    assert done == ["b"] and (failed.status, mapped.status) == ("failed", "mapped") and message in failed.message


def test_an_index_names_files_absolutely_relatively_and_in_archives(run, model, tmp_path):
    absolute = write_tile(str(tmp_path / "elsewhere é" / "absolute.tif"), 0, 0, 1)
    write_tile(str(tmp_path / "index" / "below" / "relative.tif"), 1, 0, 2)
    zipped = write_tile(str(tmp_path / "zipped.tif"), 2, 0, 3)
    with zipfile.ZipFile(tmp_path / "tiles.zip", "w") as archive:
        archive.write(zipped, "zipped.tif")
    os.remove(zipped)
    table = tmp_path / "index" / "index.csv"
    files = [absolute, "below/relative.tif", f"/vsizip/{tmp_path}/tiles.zip/zipped.tif"]
    table.write_text("\n".join(["location,tile", *(f"{name},x" for name in files)]), encoding="utf-8")
    settings = {"INDEX": str(table), "MODEL": model, "OUTPUT": str(tmp_path / "maps")}
    for _ in range(2):
        result = run("classifytiles", **settings, MOSAIC=str(tmp_path / "m.vrt"))
        assert (result["TILES"], result["FAILED"]) == (3, 0)
    assert (read(tmp_path / "m.vrt")[5:, 2 * COLUMNS :] > 0).all()


def test_a_mosaic_of_one_map_and_of_maps_that_overlap(run, model, tmp_path):
    tiles = [write_tile(str(tmp_path / f"{name}.tif"), column, 0, seed) for name, column, seed in TWO]
    settings = {"MODEL": model, "OUTPUT": str(tmp_path / "maps"), "MOSAIC": str(tmp_path / "m.vrt")}
    run("classifytiles", LAYERS=tiles[:1], **settings)
    first = read(tmp_path / "maps" / "a.tif")
    np.testing.assert_array_equal(read(tmp_path / "m.vrt"), first)
    run("classifytiles", LAYERS=tiles, **settings)
    second, found = read(tmp_path / "maps" / "b.tif"), read(tmp_path / "m.vrt")
    half = COLUMNS // 2
    np.testing.assert_array_equal(found[:, :half], first[:, :half])
    shown = np.where(second[:, :half] > 0, second[:, :half], first[:, half:])  # the later one, but for its gaps
    np.testing.assert_array_equal(found[:, half:COLUMNS], shown)
    assert (second[:3, :3] == 0).all() and (found[:3, half : half + 3] > 0).all()


def test_a_rotated_tile_is_told_and_the_others_are_mapped(run, country, model, tmp_path):
    root, paths = country
    rotated = gdal.OpenEx(paths[1], gdal.OF_UPDATE)
    rotated.SetGeoTransform((500_000, 10, 1, 5_100_000, 1, -10))
    rotated = None
    table, mosaic = tmp_path / "tiles.csv", str(tmp_path / "m.vrt")
    settings = {"FOLDER": str(root), "MODEL": model, "OUTPUT": str(tmp_path / "maps"), "TABLE": str(table)}
    result = run("classifytiles", **settings, MOSAIC=mosaic)
    assert (result["TILES"], result["FAILED"]) == (2, 1)
    assert "rotated" in table.read_text(encoding="utf-8")
    assert read(mosaic).shape == (ROWS, 3 * COLUMNS)
