"""Writing the VRT of a series as text: thousands of bands in a moment, without opening their files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from osgeo import gdal

from ..errors import ChronocoverError
from ..grid import Grid, Window
from ..provenance import Provenance
from .image_series import SeriesBand


@dataclass(frozen=True)
class BandSource:
    """A file's part in a band of the series.

    ``size``, ``block`` and ``file_type`` describe the file, so that GDAL need not open it to open the series;
    ``origin`` is the pixel of the file at the corner of ``window``, which is in pixels of the series.
    """

    path: str
    is_file: bool
    band: int
    size: tuple[int, int]
    block: tuple[int, int]
    file_type: int
    gdal_type: int
    nodata: float | None
    scale: float
    offset: float
    origin: tuple[int, int]
    window: Window
    is_whole: bool


@dataclass(frozen=True)
class StackBand:
    """A band of the series and its sources, the topmost first.

    ``mixed_units``: they are turned into physical values while reading, since their scales differ. ``is_filled``: its
    nodata value is ours, because the files state none.
    """

    described: SeriesBand
    gdal_type: int
    sources: tuple[BandSource, ...]
    mixed_units: bool
    is_filled: bool


def write_vrt(work_path: str, final_path: str, grid: Grid, bands: Sequence[StackBand], provenance: Provenance) -> None:
    """Write the VRT to ``work_path`` with file references as seen from ``final_path``.

    Raises ChronocoverError if the disk does not take it.
    """
    folder = os.path.dirname(os.path.abspath(final_path))
    try:
        with open(work_path, "w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in _lines(folder, grid, bands, provenance))
    except OSError as error:
        raise ChronocoverError(f"Cannot write {final_path} ({error.strerror}). Choose another folder.") from error


def reference_to(path: str, is_file: bool, folder: str) -> tuple[str, bool]:
    """How a VRT in ``folder`` refers to a file, and whether that is relative.

    Relative where both share more than the root of the file system, so that a project's folder can be moved as a
    whole; absolute otherwise, and for subdatasets and GDAL's virtual paths.
    """
    if not is_file or path.startswith("/vsi") or "://" in path:
        return path, False
    path = os.path.abspath(path)
    try:
        shared = os.path.commonpath([path, folder])
    except ValueError:  # another drive
        return path, False
    if shared == os.path.dirname(shared):
        return path, False
    return os.path.relpath(path, folder).replace(os.sep, "/"), True


def _lines(folder: str, grid: Grid, bands: Sequence[StackBand], provenance: Provenance) -> Iterator[str]:
    yield f'<VRTDataset rasterXSize="{grid.width}" rasterYSize="{grid.height}">'
    if grid.crs:
        yield f"  <SRS>{escape(grid.crs)}</SRS>"
    yield f"  <GeoTransform>{', '.join(repr(float(value)) for value in grid.transform)}</GeoTransform>"
    yield from _metadata(provenance.as_metadata(), "  ")
    for band in bands:
        yield from _band_lines(folder, band)
    yield "</VRTDataset>"


def _metadata(items: dict[str, str], indent: str) -> Iterator[str]:
    yield f"{indent}<Metadata>"
    for key, value in items.items():
        yield f"{indent}  <MDI key={quoteattr(key)}>{escape(value)}</MDI>"
    yield f"{indent}</Metadata>"


def _band_lines(folder: str, band: StackBand) -> Iterator[str]:
    described = band.described
    yield f'  <VRTRasterBand dataType="{gdal.GetDataTypeName(band.gdal_type)}" band="{described.index}">'
    yield from _metadata(described.metadata(), "    ")
    yield f"    <Description>{escape(described.description)}</Description>"
    if described.nodata is not None:
        yield f"    <NoDataValue>{_number(described.nodata)}</NoDataValue>"
    if (described.scale, described.offset) != (1.0, 0.0):
        yield f"    <Offset>{_number(described.offset)}</Offset>"
        yield f"    <Scale>{_number(described.scale)}</Scale>"
    kind = "SimpleSource" if len(band.sources) == 1 and not band.mixed_units else "ComplexSource"
    for source in reversed(band.sources):  # GDAL paints in this order
        yield from _source_lines(folder, kind, source, band.mixed_units)
    yield "  </VRTRasterBand>"


def _source_lines(folder: str, kind: str, source: BandSource, to_units: bool) -> Iterator[str]:
    name, relative = reference_to(source.path, source.is_file, folder)
    window, (column, row) = source.window, source.origin
    size = f'xSize="{window.width}" ySize="{window.height}"'
    yield f"    <{kind}>"
    yield f'      <SourceFilename relativeToVRT="{int(relative)}">{escape(name)}</SourceFilename>'
    yield f"      <SourceBand>{source.band}</SourceBand>"
    yield (
        f'      <SourceProperties RasterXSize="{source.size[0]}" RasterYSize="{source.size[1]}" '
        f'DataType="{gdal.GetDataTypeName(source.file_type)}" BlockXSize="{source.block[0]}" '
        f'BlockYSize="{source.block[1]}"/>'
    )
    yield f'      <SrcRect xOff="{column}" yOff="{row}" {size}/>'
    yield f'      <DstRect xOff="{window.column}" yOff="{window.row}" {size}/>'
    if kind == "ComplexSource":
        if to_units:
            yield f"      <ScaleOffset>{_number(source.offset)}</ScaleOffset>"
            yield f"      <ScaleRatio>{_number(source.scale)}</ScaleRatio>"
        if source.nodata is not None:
            yield f"      <NODATA>{_number(source.nodata)}</NODATA>"
    yield f"    </{kind}>"


def _number(value: float) -> str:
    value = float(value)
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
