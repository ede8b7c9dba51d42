"""How QGIS shows an image of the demo scene: in true colours, stretched for land, not for clouds."""

from __future__ import annotations

import os

from .seasons import BANDS

RANGES = {"red": (0.01, 0.20), "green": (0.02, 0.17), "blue": (0.01, 0.15)}
"""Reflectance shown as black and as full colour."""


def write_true_colors_qml(path: str) -> str:
    """Write the QGIS style beside an image and return its file name."""
    numbers = " ".join(f'{color}Band="{BANDS.index(color) + 1}"' for color in RANGES)
    stretches = "\n".join(
        f"""      <{color}ContrastEnhancement>
        <minValue>{least}</minValue>
        <maxValue>{most}</maxValue>
        <algorithm>StretchToMinimumMaximum</algorithm>
      </{color}ContrastEnhancement>"""
        for color, (least, most) in RANGES.items()
    )
    text = f"""<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
  <pipe>
    <rasterrenderer type="multibandcolor" {numbers} opacity="1" alphaBand="-1" nodataColor="">
      <rasterTransparency/>
{stretches}
    </rasterrenderer>
  </pipe>
</qgis>
"""
    style = os.path.splitext(path)[0] + ".qml"
    with open(style, "w", encoding="utf-8") as file:
        file.write(text)
    return os.path.basename(style)
