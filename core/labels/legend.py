"""Class legends: code, name and colour of each class, and how they are written beside a class raster.

The code 0 is never a class: it means "unlabelled" or "no data".
"""

from __future__ import annotations

import colorsys
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from osgeo import gdal

from ..errors import ChronocoverError

Color = tuple[int, int, int]
LARGEST_CODE = 65535

# Distinct at a glance, also for most colour-blind people (Okabe and Ito 2008, then Tableau 20), greys left out.
PALETTE: tuple[Color, ...] = (
    (0, 158, 115), (230, 159, 0), (86, 180, 233), (213, 94, 0), (240, 228, 66), (0, 114, 178), (204, 121, 167),
    (140, 86, 75), (152, 223, 138), (148, 103, 189), (255, 152, 150), (23, 190, 207), (188, 189, 34), (196, 156, 148),
    (31, 119, 180), (255, 187, 120),
)  # fmt: skip


@dataclass(frozen=True)
class LandClass:
    """One class of a legend: its code in rasters (1 to 65535), name, and colour as (red, green, blue)."""

    code: int
    name: str
    color: Color


@dataclass(frozen=True)
class Legend:
    """The classes of a map or of labels, in ascending order of code."""

    classes: tuple[LandClass, ...]

    @classmethod
    def of_values(cls, values: Iterable[object], colors: Mapping[str, Color] | None = None) -> Legend:
        """The legend for a class field's distinct values.

        Whole numbers keep their value as code (0 is left out: it means unlabelled), also where all texts are such
        numbers (“1”, “12”). Other texts get the codes 1, 2, … in alphabetical order. ``colors`` gives colours by class
        name; others come from a palette of distinct colours.

        Raises:
            ChronocoverError: a number is negative, fractional or above 65535.
        """
        distinct = set(values)
        if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in distinct):
            codes = {str(_checked_code(value)): _checked_code(value) for value in distinct if value != 0}
        else:
            names = sorted({str(value).strip() for value in distinct} - {""})
            numeric = all(_is_code(name) for name in names)
            codes = {name: int(name) if numeric else i + 1 for i, name in enumerate(names)}
        return cls.of_codes(codes, colors)

    @classmethod
    def of_codes(cls, codes: Mapping[str, int], colors: Mapping[str, Color] | None = None) -> Legend:
        """The legend with the given code of each class name."""
        colors = colors or {}
        ordered = sorted(codes.items(), key=lambda item: item[1])
        return cls(
            tuple(
                LandClass(code, name, tuple(colors.get(name) or distinct_color(i)))
                for i, (name, code) in enumerate(ordered)
            )
        )

    def __len__(self) -> int:
        return len(self.classes)

    @property
    def names(self) -> list[str]:
        """Class names, in order of code."""
        return [land_class.name for land_class in self.classes]

    @property
    def codes(self) -> list[int]:
        """Class codes, ascending."""
        return [land_class.code for land_class in self.classes]

    def code_of(self, name: str) -> int:
        """The code of a class name. Raises KeyError if there is none."""
        return {land_class.name: land_class.code for land_class in self.classes}[name]

    @property
    def gdal_type(self) -> int:
        """The smallest raster type that holds the codes: Byte or UInt16."""
        return gdal.GDT_Byte if max(self.codes, default=0) <= 255 else gdal.GDT_UInt16

    def as_dicts(self) -> list[dict[str, object]]:
        """Plain values for JSON: ``[{"code": 1, "name": "forest", "color": "#009e73"}, …]``."""
        return [{"code": c.code, "name": c.name, "color": hex_color(c.color)} for c in self.classes]

    @classmethod
    def from_dicts(cls, rows: Sequence[Mapping[str, object]]) -> Legend:
        """The inverse of :meth:`as_dicts`."""
        classes = [LandClass(int(row["code"]), str(row["name"]), parse_color(str(row["color"]))) for row in rows]
        return cls(tuple(sorted(classes, key=lambda land_class: land_class.code)))


def _is_code(text: str) -> bool:
    return text.isdecimal() and text == str(int(text)) and 0 < int(text) <= LARGEST_CODE


def _checked_code(value: float) -> int:
    if not float(value).is_integer() or value < 0 or value > LARGEST_CODE:
        raise ChronocoverError(
            f"The class number {value:g} cannot be used: classes are whole numbers from 1 to {LARGEST_CODE} "
            "(0 means unlabelled). Renumber the classes or use a text field."
        )
    return int(value)


def distinct_color(index: int) -> Color:
    """The colour of the ``index``-th class: from the palette, then around the colour wheel by the golden angle."""
    if index < len(PALETTE):
        return PALETTE[index]
    hue = (index * 0.6180339887498949) % 1.0
    red, green, blue = colorsys.hls_to_rgb(hue, 0.35 + 0.3 * (index % 2), 0.6)
    return round(red * 255), round(green * 255), round(blue * 255)


def hex_color(color: Color) -> str:
    """``#rrggbb``."""
    return "#{:02x}{:02x}{:02x}".format(*color)


def parse_color(text: str) -> Color:
    """The inverse of :func:`hex_color`."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def write_legend(dataset: gdal.Dataset, legend: Legend) -> None:
    """Write category names, colour table and a raster attribute table onto the first band of a class raster.

    Formats that cannot hold them get GDAL's ``.aux.xml`` beside the file.
    """
    band = dataset.GetRasterBand(1)
    names = [""] * (max(legend.codes, default=0) + 1)
    table = gdal.ColorTable()
    table.SetColorEntry(0, (0, 0, 0, 0))
    for land_class in legend.classes:
        names[land_class.code] = land_class.name
        table.SetColorEntry(land_class.code, (*land_class.color, 255))
    band.SetRasterColorInterpretation(gdal.GCI_PaletteIndex)
    band.SetRasterColorTable(table)
    band.SetCategoryNames(names)
    band.SetDefaultRAT(_attribute_table(legend))


def _attribute_table(legend: Legend) -> gdal.RasterAttributeTable:
    table = gdal.RasterAttributeTable()
    columns = (
        ("Value", gdal.GFT_Integer, gdal.GFU_MinMax),
        ("Class", gdal.GFT_String, gdal.GFU_Name),
        ("Red", gdal.GFT_Integer, gdal.GFU_Red),
        ("Green", gdal.GFT_Integer, gdal.GFU_Green),
        ("Blue", gdal.GFT_Integer, gdal.GFU_Blue),
    )
    for name, kind, usage in columns:
        table.CreateColumn(name, kind, usage)
    table.SetRowCount(len(legend))
    for row, land_class in enumerate(legend.classes):
        table.SetValueAsInt(row, 0, land_class.code)
        table.SetValueAsString(row, 1, land_class.name)
        for column, value in enumerate(land_class.color):
            table.SetValueAsInt(row, 2 + column, value)
    return table


def read_legend(dataset: gdal.Dataset) -> Legend | None:
    """The legend of a class raster from its category names and colour table; None if it has no category names."""
    band = dataset.GetRasterBand(1)
    band.GetDescription()  # GDAL 3.6 reads a GeoTIFF's .aux.xml at this question, but not for the category names
    names = band.GetCategoryNames()
    if not names:
        return None
    table = band.GetRasterColorTable()
    codes = {name: code for code, name in enumerate(names) if name and code > 0}
    colors = {}
    if table is not None:
        colors = {name: table.GetColorEntry(code)[:3] for name, code in codes.items() if code < table.GetCount()}
    return Legend.of_codes(codes, colors)


def write_qml(raster_path: str, legend: Legend) -> None:
    """Write a QGIS style beside a class raster, which QGIS loads with it: one named, coloured entry a class."""
    entries = "\n".join(
        f'        <paletteEntry value="{c.code}" label={quoteattr(c.name)} color="{hex_color(c.color)}" alpha="255"/>'
        for c in legend.classes
    )
    text = f"""<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
  <pipe>
    <rasterrenderer type="paletted" band="1" opacity="1" alphaBand="-1" nodataColor="">
      <rasterTransparency/>
      <colorPalette>
{entries}
      </colorPalette>
    </rasterrenderer>
  </pipe>
</qgis>
"""
    with open(os.path.splitext(raster_path)[0] + ".qml", "w", encoding="utf-8") as file:
        file.write(text)
