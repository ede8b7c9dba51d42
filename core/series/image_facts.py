"""What one raster file says of itself: grid, bands, names and dates. Nothing is decided here."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from osgeo import gdal

from ..dates import day_in_metadata, day_in_name, day_of_netcdf_band, day_of_text
from ..errors import ChronocoverError
from ..grid import Grid
from ..rasters import open_raster
from .sources import Source

SKIPPED_DOMAINS = ("DERIVED_SUBDATASETS", "SUBDATASETS", "RPC", "COLOR_PROFILE", "GEOLOCATION", "IMAGE_STRUCTURE")


@dataclass(frozen=True)
class BandFacts:
    """One band as its file describes it; ``variable`` and ``role`` only where the file is an image series."""

    index: int
    description: str
    variable: str
    role: str
    date: datetime.date | None
    date_end: datetime.date | None
    date_source: str
    gdal_type: int
    block: tuple[int, int]
    nodata: float | None
    scale: float
    offset: float


@dataclass(frozen=True)
class ImageFacts:
    """One raster as it describes itself. ``items`` are its metadata of all domains."""

    source: Source
    grid: Grid
    bands: tuple[BandFacts, ...]
    items: dict[str, str]

    @property
    def dated_by_band(self) -> bool:
        """Whether each band tells its own date, as in a NetCDF time stack or an image series."""
        return all(band.date for band in self.bands)


def read_image(source: Source) -> list[ImageFacts]:
    """Describe a raster; a container of several (HDF, NetCDF) gives one for each of its subdatasets.

    Raises:
        ChronocoverError: it cannot be opened, has no such band, or lies on no grid.
    """
    dataset = open_raster(source.path, "image")
    subdatasets = dataset.GetSubDatasets()
    if dataset.RasterCount == 0 and subdatasets:
        return [_describe(open_raster(path, "image"), _inside(source, path)) for path, _ in subdatasets]
    return [_describe(dataset, source)]


def _inside(source: Source, path: str) -> Source:
    return Source(path, source.name, source.root, source.date, source.variable, source.band, source.required)


def _describe(dataset: gdal.Dataset, source: Source) -> ImageFacts:
    if dataset.RasterCount == 0:
        raise ChronocoverError(f"{source.path} holds no bands.")
    if source.band and source.band > dataset.RasterCount:
        raise ChronocoverError(f"{source.path} has no band {source.band}, only {dataset.RasterCount}.")
    items = dict(_items(dataset))
    indices = [source.band] if source.band else range(1, dataset.RasterCount + 1)
    bands = tuple(_describe_band(dataset.GetRasterBand(index), index, items, source) for index in indices)
    return ImageFacts(source, Grid.of_dataset(dataset), bands, items)


def _describe_band(band: gdal.Band, index: int, image_items: dict[str, str], source: Source) -> BandFacts:
    if gdal.DataTypeIsComplex(band.DataType):
        raise ChronocoverError(f"{source.path} holds complex numbers. Compute amplitude or phase from them first.")
    items = dict(_items(band))
    description = band.GetDescription().strip()
    is_series = "DATE" in items and "VARIABLE" in items
    variable = items["VARIABLE"] if is_series else items.get("NETCDF_VARNAME", "")
    date_end = day_of_text(items["DATE_END"]) if is_series and "DATE_END" in items else None
    try:
        if is_series:
            found = (day_of_text(items["DATE"]), "image series")
        else:
            day = day_in_name(description)
            found = (
                day_of_netcdf_band(items, image_items)
                or day_in_metadata(items)
                or ((day, "band description") if day else None)
            )
    except ChronocoverError as error:
        raise ChronocoverError(f"{source.path}, band {index}: {error}") from error
    scale, offset = band.GetScale(), band.GetOffset()
    return BandFacts(
        index=index,
        description="" if _says_nothing(description) else description,
        variable=variable,
        role=items.get("ROLE", "data") if is_series else "",
        date=found[0] if found else None,
        date_end=date_end,
        date_source=found[1] if found else "",
        gdal_type=band.DataType,
        block=tuple(band.GetBlockSize()),
        nodata=band.GetNoDataValue(),
        scale=1.0 if scale is None else scale,
        offset=0.0 if offset is None else offset,
    )


def _says_nothing(description: str) -> bool:
    letters = description.lower().rstrip("0123456789").rstrip(" _-#:")
    return letters in ("band", "layer") and letters != description.lower()


def _items(described: gdal.MajorObject) -> Iterator[tuple[str, str]]:
    for domain in described.GetMetadataDomainList() or [""]:
        if domain in SKIPPED_DOMAINS or domain.startswith(("xml:", "json:")):
            continue
        for key, value in (described.GetMetadata(domain) or {}).items():
            yield (f"FORCE_{key}" if domain == "FORCE" else key), value
