"""The image series: one raster, one band per (date, variable), described by its own band metadata.

Bands are date-major. Each band's metadata items are ``DATE`` (ISO 8601), ``DATE_END`` (composites only), ``VARIABLE``
and ``ROLE``; its description is ``2021-03-06 red``; nodata, scale and offset are the raster's own.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from osgeo import gdal

from ..errors import ChronocoverError
from ..grid import Grid
from ..rasters import open_raster

DATA = "data"
QUALITY = "quality"


@dataclass(frozen=True)
class SeriesBand:
    """One band of a series. ``index`` counts from 1, as in GDAL; physical value = stored × scale + offset."""

    index: int
    date: datetime.date
    variable: str
    role: str = DATA
    date_end: datetime.date | None = None
    nodata: float | None = None
    scale: float = 1.0
    offset: float = 0.0

    @property
    def description(self) -> str:
        """The band's name as QGIS shows it."""
        return f"{self.date.isoformat()} {self.variable}"

    def metadata(self) -> dict[str, str]:
        """The items that make the band part of a series."""
        items = {"DATE": self.date.isoformat(), "VARIABLE": self.variable, "ROLE": self.role}
        if self.date_end:
            items["DATE_END"] = self.date_end.isoformat()
        return items


@dataclass(frozen=True)
class ImageSeries:
    """An image series on disk: where it is, its grid and its bands. Holds no open file."""

    path: str
    grid: Grid
    bands: tuple[SeriesBand, ...]

    @classmethod
    def open(cls, path: str) -> ImageSeries:
        """Read a series' description.

        Raises:
            ChronocoverError: it cannot be opened, or its bands carry no dates and variables.
        """
        dataset = open_raster(path, "image series")
        bands = tuple(_read_band(dataset.GetRasterBand(i + 1), i + 1, path) for i in range(dataset.RasterCount))
        seen: dict[tuple[datetime.date, str], int] = {}
        for band in bands:
            twin = seen.setdefault((band.date, band.variable), band.index)
            if twin != band.index:
                raise ChronocoverError(f"{path}: bands {twin} and {band.index} are both {band.description}.")
        return cls(path, Grid.of_dataset(dataset), bands)

    @property
    def dates(self) -> list[datetime.date]:
        """All dates, ascending."""
        return sorted({band.date for band in self.bands})

    @property
    def variables(self) -> list[str]:
        """Names of the data variables, in band order."""
        return list(dict.fromkeys(band.variable for band in self.bands if band.role == DATA))

    @property
    def quality_variables(self) -> list[str]:
        """Names of the quality variables (cloud masks, scene classifications), in band order."""
        return list(dict.fromkeys(band.variable for band in self.bands if band.role == QUALITY))

    def without(self, dates: Collection[datetime.date]) -> ImageSeries:
        """The same series as if these dates were not in it."""
        return replace(self, bands=tuple(band for band in self.bands if band.date not in dates)) if dates else self

    def band(self, date: datetime.date, variable: str) -> SeriesBand | None:
        """The band of a date and variable; None where that variable was not observed that day."""
        return self._lookup().get((date, variable))

    def _lookup(self) -> dict[tuple[datetime.date, str], SeriesBand]:
        cached = self.__dict__.get("_bands_by_key")
        if cached is None:
            cached = {(band.date, band.variable): band for band in self.bands}
            object.__setattr__(self, "_bands_by_key", cached)
        return cached


def _read_band(band: gdal.Band, index: int, path: str) -> SeriesBand:
    items = band.GetMetadata()
    if "DATE" not in items or "VARIABLE" not in items:
        raise ChronocoverError(
            f"{path} is not an image series: band {index} has no date and variable. "
            "Make one with “Build image time series”."
        )
    try:
        date = datetime.date.fromisoformat(items["DATE"][:10])
        date_end = datetime.date.fromisoformat(items["DATE_END"][:10]) if "DATE_END" in items else None
    except ValueError as error:
        raise ChronocoverError(
            f"{path}: band {index} has the date “{items['DATE']}”, which is not ISO 8601."
        ) from error
    scale, offset = band.GetScale(), band.GetOffset()
    return SeriesBand(
        index=index,
        date=date,
        variable=items["VARIABLE"],
        role=items.get("ROLE", DATA),
        date_end=date_end,
        nodata=band.GetNoDataValue(),
        scale=1.0 if scale is None else scale,
        offset=0.0 if offset is None else offset,
    )


def describe_bands(dataset: gdal.Dataset, bands: Sequence[SeriesBand]) -> None:
    """Write the series' metadata, descriptions, nodata, scale and offset onto a raster's bands, in order."""
    for band in bands:
        target = dataset.GetRasterBand(band.index)
        target.SetDescription(band.description)
        target.SetMetadata({**target.GetMetadata(), **band.metadata()})
        if band.nodata is not None:
            target.SetNoDataValue(band.nodata)
        if (band.scale, band.offset) != (1.0, 0.0):
            target.SetScale(band.scale)
            target.SetOffset(band.offset)
