"""The demo scene as files: a folder of dated images, a layer of labels and the true map."""

from __future__ import annotations

import datetime
import json
import os
from dataclasses import dataclass

import numpy as np
from osgeo import gdal, ogr, osr
from scipy import sparse

from ..errors import ChronocoverError
from ..feedback import Feedback
from ..files import atomic_output
from ..geopackage import steady_dates
from ..grid import Grid
from ..labels.legend import Legend, write_legend, write_qml
from ..labels.vector_style import write_vector_qml
from ..provenance import Provenance
from ..rasters import close_raster, create_raster, set_provenance
from .folder import IMAGES, LABELS, MARKER, TRUTH, check_folder, remove_scene
from .landscape import COLORS, PIXEL, Landscape, make_landscape
from .noise import fractal_noise
from .places import Place, labelled_places
from .seasons import BANDS, Seasons
from .true_colors import write_true_colors_qml
from .weather import CLOUD_REFLECTANCE, Sky, acquisition_dates, cloud_shares, make_sky

EPSG = 32633
UPPER_LEFT = (512_000.0, 5_432_000.0)
SMALLEST_SIZE, LARGEST_SIZE = 100, 1100
MOST_DATES = 200
SCALE = 10_000
FIELD = "crop"


@dataclass(frozen=True)
class DemoSettings:
    """``size`` in pixels of 10 m; number of ``dates``; mean share of ``clouds``, 0 to 0.9."""

    size: int = 300
    dates: int = 24
    year: int = 2025
    clouds: float = 0.35
    seed: int = 1


@dataclass(frozen=True)
class DemoScene:
    """Where the files of a demo scene are, and how many images and labels there are."""

    folder: str
    images: str
    labels: str
    truth: str
    dates: tuple[datetime.date, ...]
    label_count: int


def write_demo_scene(folder: str, settings: DemoSettings, provenance: Provenance, feedback: Feedback) -> DemoScene:
    """Make the scene and write it into ``folder``; a demo scene that is already there is replaced.

    ``images/`` gets one GeoTIFF a date (uint16, reflectance × 10,000, nodata 0, the scale in the file; the last band is
    the scene classification ``scl`` with Sentinel-2's codes), ``labels.gpkg`` polygons with the text field ``crop``,
    ``truth.tif`` the class of each pixel's larger part; styles lie beside them.

    Raises:
        ChronocoverError: a setting is out of range, or the folder is a file, holds other files by these names, or
            cannot be written.
    """
    _check_settings(settings)
    check_folder(folder)
    rng = np.random.default_rng([settings.seed, settings.year, 2])
    feedback.info(f"A landscape of {settings.size} × {settings.size} pixels of {PIXEL:g} m…")
    landscape = make_landscape(settings.size, settings.seed, settings.year, feedback)
    feedback.progress(0.1)
    dates = acquisition_dates(rng, settings.dates, settings.year)
    with atomic_output(os.path.join(folder, MARKER)) as marker:
        work = os.path.dirname(marker)
        os.mkdir(os.path.join(work, IMAGES))
        grid = _grid(settings.size)
        names = _write_images(work, landscape, grid, dates, settings, rng, provenance, feedback.part(0.1, 0.9))
        places = labelled_places(landscape, grid, rng)
        legend = Legend.of_values(landscape.truth()[0], COLORS)
        _write_labels(os.path.join(work, LABELS), places, grid, legend, provenance)
        _write_truth(os.path.join(work, TRUTH), landscape, grid, legend, provenance)
        feedback.check()
        with open(marker, "w", encoding="utf-8") as file:
            json.dump({"demo": provenance.as_metadata(), "images": names}, file, indent=1, ensure_ascii=False)
        remove_scene(folder)
    feedback.progress(1.0)
    return DemoScene(
        folder,
        os.path.join(folder, IMAGES),
        os.path.join(folder, LABELS),
        os.path.join(folder, TRUTH),
        tuple(dates),
        len(places),
    )


def _check_settings(settings: DemoSettings) -> None:
    for name, value, least, most in (
        ("size", settings.size, SMALLEST_SIZE, LARGEST_SIZE),
        ("number of dates", settings.dates, 1, MOST_DATES),
        ("year", settings.year, 1985, 2099),
        ("percentage of clouds", 100 * settings.clouds, 0, 90),
        ("seed", settings.seed, 0, 2**31 - 1),
    ):
        if not least <= value <= most:
            raise ChronocoverError(f"The {name} of the demo scene is {value:g}; it can be {least:g} to {most:g}.")


def _grid(size: int) -> Grid:
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(EPSG)
    return Grid(reference.ExportToWkt(), (UPPER_LEFT[0], PIXEL, 0.0, UPPER_LEFT[1], 0.0, -PIXEL), size, size)


# Images


def _write_images(
    work: str,
    landscape: Landscape,
    grid: Grid,
    dates: list[datetime.date],
    settings: DemoSettings,
    rng: np.random.Generator,
    provenance: Provenance,
    feedback: Feedback,
) -> list[str]:
    camera = _Camera(landscape, rng)
    names = []
    for index, (date, cover) in enumerate(zip(dates, cloud_shares(rng, len(dates), settings.clouds))):
        feedback.check()
        day = date.timetuple().tm_yday
        sky = make_sky(rng, settings.size, float(cover), day, PIXEL)
        stored = camera.picture(day, sky, rng)
        name = f"S2_{date:%Y%m%d}_demo.tif"
        names += [name, write_true_colors_qml(os.path.join(work, IMAGES, name))]
        _write_image(os.path.join(work, IMAGES, name), stored, grid, date, provenance)
        hidden = 1.0 - np.isin(stored[-1], (4, 5, 6, 7)).mean()
        feedback.info(f"{date.isoformat()}  {name}  {hidden:4.0%} cloudy or missing")
        feedback.progress((index + 1) / len(dates))
    return names


class _Camera:
    """What the satellite sees of a landscape: mixed pixels, uneven fields, the air, noise."""

    def __init__(self, landscape: Landscape, rng: np.random.Generator) -> None:
        size = landscape.size
        self._size = size
        self._shares: sparse.csr_matrix = landscape.shares()
        self._seasons = Seasons(landscape.covers, rng)
        self._water = (self._shares @ (landscape.classes == "Water").astype(float)).reshape(size, size)
        self._vigour = 0.07 * fractal_noise(rng, size, 25.0, roughness=1.2).ravel()[:, None]
        self._texture = 1 + 0.025 * fractal_noise(rng, size, 6.0, roughness=0.4).ravel()[:, None]

    def picture(self, day: float, sky: Sky, rng: np.random.Generator) -> np.ndarray:
        """uint16 ``(bands + 1, rows, columns)``: reflectance × 10,000, then SCL; 0 is no data."""
        moisture = rng.uniform(0.0, 1.0)
        usual = self._shares @ self._seasons.reflectance(day, moisture)
        better = self._shares @ self._seasons.reflectance(day, moisture, vigour=0.08)
        ground = (usual + self._vigour * (better - usual) / 0.08) * self._texture
        size, count = self._size, len(BANDS)
        ndvi = ((ground[:, 4] - ground[:, 2]) / (ground[:, 4] + ground[:, 2])).reshape(size, size)
        scl = sky.scene_classification(ndvi, self._water, rng)

        haze = rng.gamma(2.0, 0.002) * np.array([1.6, 1.1, 0.8, 0.6, 0.3, 0.1])
        seen = ground * rng.normal(1.0, 0.015, count) + haze
        seen *= 1.0 - sky.shade.reshape(-1, 1)
        opacity = sky.opacity.reshape(-1, 1)
        cloud = CLOUD_REFLECTANCE * (0.75 + 0.35 * opacity)
        seen = seen * (1.0 - opacity) + cloud * opacity
        seen += rng.standard_normal(seen.shape) * (0.0025 + 0.018 * seen)
        stored = np.clip(np.rint(seen * SCALE), 1, 65535).astype(np.uint16).T.reshape(count, size, size)
        return np.concatenate([np.where(sky.seen, stored, 0), scl[None]]).astype(np.uint16)


def _write_image(path: str, stored: np.ndarray, grid: Grid, date: datetime.date, provenance: Provenance) -> None:
    dataset = create_raster(path, grid, len(stored), gdal.GDT_UInt16, nodata=0, options=["PREDICTOR=2"])
    for index, name in enumerate((*BANDS, "scl")):
        band = dataset.GetRasterBand(index + 1)
        band.SetDescription(name)
        if name != "scl":
            band.SetScale(1 / SCALE)
            band.SetOffset(0.0)
        band.WriteArray(stored[index])
    set_provenance(dataset, provenance)
    dataset.SetMetadata({"ACQUISITIONDATETIME": f"{date.isoformat()}T10:00:31", "SATELLITEID": "DEMO"}, "IMAGERY")
    close_raster(dataset, path)


# Labels and truth


def _write_labels(path: str, places: list[Place], grid: Grid, legend: Legend, provenance: Provenance) -> None:
    with steady_dates():  # so that the same seed gives the same bytes
        source = ogr.GetDriverByName("GPKG").CreateDataSource(path)
        layer = source.CreateLayer("labels", grid.spatial_reference(), ogr.wkbPolygon)
        layer.SetMetadata(provenance.as_metadata())
        for name in (FIELD, "note"):
            layer.CreateField(ogr.FieldDefn(name, ogr.OFTString))
        layer.StartTransaction()
        for place in places:
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetGeometry(place.geometry)
            if place.crop:
                feature.SetField(FIELD, place.crop)
            if place.note:
                feature.SetField("note", place.note)
            layer.CreateFeature(feature)
        layer.CommitTransaction()
        layer = source = None
    write_vector_qml(path, FIELD, legend)


def _write_truth(path: str, landscape: Landscape, grid: Grid, legend: Legend, provenance: Provenance) -> None:
    names, member = landscape.truth()
    codes = np.array([legend.code_of(name) for name in names], np.uint8)[member]
    dataset = create_raster(path, grid, 1, gdal.GDT_Byte, nodata=0)
    write_legend(dataset, legend)
    dataset.GetRasterBand(1).WriteArray(codes)
    set_provenance(dataset, provenance)
    close_raster(dataset, path)
    dataset = None
    write_qml(path, legend)
