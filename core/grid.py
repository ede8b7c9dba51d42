"""The pixel grid that all rasters of a run share: CRS, origin, pixel size and size."""

from __future__ import annotations

import math
from dataclasses import dataclass

from osgeo import gdal, osr

from .errors import ChronocoverError

Extent = tuple[float, float, float, float]
"""``(xmin, ymin, xmax, ymax)`` in the units of a CRS."""


@dataclass(frozen=True)
class Window:
    """A rectangle of pixels: column and row of its upper left corner, width and height."""

    column: int
    row: int
    width: int
    height: int


@dataclass(frozen=True)
class Grid:
    """A north-up pixel grid. ``crs`` is WKT (empty if unknown), ``transform`` GDAL's six numbers."""

    crs: str
    transform: tuple[float, float, float, float, float, float]
    width: int
    height: int

    @classmethod
    def of_dataset(cls, dataset: gdal.Dataset) -> Grid:
        """The grid of an open raster. Raises ChronocoverError if it is rotated or not georeferenced."""
        transform = dataset.GetGeoTransform(can_return_null=True)
        name = dataset.GetDescription()
        if transform is None:
            raise ChronocoverError(f"{name} has no georeferencing. Georeference it first.")
        if transform[2] or transform[4]:
            raise ChronocoverError(f"{name} is rotated. Warp it to a north-up grid first (GDAL ▸ Warp).")
        crs = dataset.GetSpatialRef()
        return cls(crs.ExportToWkt() if crs else "", tuple(transform), dataset.RasterXSize, dataset.RasterYSize)

    @classmethod
    def of_extent(cls, crs: str, extent: Extent, resolution: tuple[float, float]) -> Grid:
        """The grid with its upper left corner at ``extent``'s that just covers it with pixels of ``(x, y)`` size."""
        x_size, y_size = resolution
        width = max(1, math.ceil(round((extent[2] - extent[0]) / x_size, 6)))
        height = max(1, math.ceil(round((extent[3] - extent[1]) / y_size, 6)))
        return cls(crs, (extent[0], x_size, 0.0, extent[3], 0.0, -y_size), width, height)

    @property
    def resolution(self) -> tuple[float, float]:
        """Pixel size in x and y, both positive, in CRS units."""
        return abs(self.transform[1]), abs(self.transform[5])

    @property
    def extent(self) -> Extent:
        """Outer edges of the outer pixels."""
        x = sorted((self.transform[0], self.transform[0] + self.width * self.transform[1]))
        y = sorted((self.transform[3], self.transform[3] + self.height * self.transform[5]))
        return x[0], y[0], x[1], y[1]

    def spatial_reference(self) -> osr.SpatialReference:
        """The CRS with x before y, as in files and in QGIS."""
        reference = osr.SpatialReference()
        if self.crs:
            reference.ImportFromWkt(self.crs)
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        return reference

    def same_crs(self, other: Grid) -> bool:
        """Whether both CRS are known and the same, or both unknown."""
        if not self.crs or not other.crs:
            return self.crs == other.crs
        return self.crs == other.crs or bool(self.spatial_reference().IsSame(other.spatial_reference()))

    def same_as(self, other: Grid) -> bool:
        """Whether the two grids coincide to a hundredth of a pixel."""
        return (self.width, self.height) == (other.width, other.height) and self.aligned_with(other, shifted=False)

    def aligned_with(self, other: Grid, shifted: bool = True) -> bool:
        """Whether pixels coincide, to a hundredth of a pixel, allowing a ``shifted`` origin by whole pixels."""
        tolerance = 0.01
        steps = zip((self.transform[1], self.transform[5]), (other.transform[1], other.transform[5]))
        spans = (max(self.width, other.width), max(self.height, other.height))
        if any(abs(a - b) * span > tolerance * abs(a) for (a, b), span in zip(steps, spans)):
            return False
        x = (other.transform[0] - self.transform[0]) / self.transform[1]
        y = (other.transform[3] - self.transform[3]) / self.transform[5]
        if shifted:
            x, y = x - round(x), y - round(y)
        return abs(x) <= tolerance and abs(y) <= tolerance and self.same_crs(other)

    def window_of(self, extent: Extent) -> Window | None:
        """The pixels that ``extent`` (in this CRS) touches, within the grid; None if it touches none."""
        x_size, y_size = self.resolution
        xmin, _, _, ymax = self.extent
        first_column = max(0, math.floor(round((extent[0] - xmin) / x_size, 6)))
        first_row = max(0, math.floor(round((ymax - extent[3]) / y_size, 6)))
        end_column = min(self.width, math.ceil(round((extent[2] - xmin) / x_size, 6)))
        end_row = min(self.height, math.ceil(round((ymax - extent[1]) / y_size, 6)))
        if end_column <= first_column or end_row <= first_row:
            return None
        return Window(first_column, first_row, end_column - first_column, end_row - first_row)

    def part(self, window: Window) -> Grid:
        """The grid of a window of this one."""
        x0, x_size, _, y0, _, y_size = self.transform
        origin = (x0 + window.column * x_size, x_size, 0.0, y0 + window.row * y_size, 0.0, y_size)
        return Grid(self.crs, origin, window.width, window.height)

    def pixel_areas_ha(self) -> list[float]:
        """Area of one pixel in each row, in hectares: on the plane of a projected CRS, on the ellipsoid of a geographic
        one."""
        reference = self.spatial_reference()
        x_size, y_size = self.resolution
        if not (self.crs and reference.IsGeographic()):
            unit = reference.GetLinearUnits() if self.crs else 1.0
            return [x_size * y_size * unit * unit / 10_000] * self.height
        top = self.transform[3]
        latitudes = [math.radians(top + row * self.transform[5]) for row in range(self.height + 1)]
        edges = [_area_below(latitude, reference) * math.radians(x_size) / 10_000 for latitude in latitudes]
        return [abs(edges[row] - edges[row + 1]) for row in range(self.height)]

    def describe(self) -> str:
        """One line for logs: size, pixel size and CRS."""
        reference = self.spatial_reference()
        code = reference.GetAuthorityCode(None) if self.crs else None
        crs = f"{reference.GetAuthorityName(None)}:{code}" if code else (reference.GetName() or "no CRS")
        return f"{self.width} × {self.height} pixels of {self.resolution[0]:g} × {self.resolution[1]:g}, {crs}"


def _area_below(latitude: float, reference: osr.SpatialReference) -> float:
    """Square metres between the equator and a latitude, per radian of longitude; south of it negative.

    Source: Snyder (1987), Map projections: a working manual, equation 3-12.
    """
    axis, inverse = reference.GetSemiMajor(), reference.GetInvFlattening()
    sine = math.sin(latitude)
    if not inverse:  # a sphere
        return axis**2 * sine
    squared = (2 - 1 / inverse) / inverse
    eccentricity = math.sqrt(squared)
    zone = sine / (1 - squared * sine**2) + math.atanh(eccentricity * sine) / eccentricity
    return axis**2 * (1 - squared) * zone / 2
