"""How QGIS shows a samples layer: small points in the colours of their classes."""

from __future__ import annotations

import os
from xml.sax.saxutils import quoteattr

from ..labels.legend import Legend
from .columns import CLASS


def write_points_qml(path: str, legend: Legend) -> None:
    """Write the QGIS style beside a samples layer, with which QGIS opens it."""
    categories, symbols = [], []
    for index, land_class in enumerate(legend.classes):
        name = quoteattr(land_class.name)
        red, green, blue = land_class.color
        categories.append(f'      <category value={name} label={name} symbol="{index}" render="true" type="string"/>')
        symbols.append(f"""      <symbol name="{index}" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <prop k="name" v="circle"/>
          <prop k="color" v="{red},{green},{blue},255"/>
          <prop k="outline_color" v="40,40,40,160"/>
          <prop k="outline_width" v="0.1"/>
          <prop k="outline_width_unit" v="MM"/>
          <prop k="size" v="1.6"/>
          <prop k="size_unit" v="MM"/>
        </layer>
      </symbol>""")
    newline = "\n"
    text = f"""<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
  <renderer-v2 type="categorizedSymbol" attr="{CLASS}" enableorderby="0" forceraster="0" symbollevels="0">
    <categories>
{newline.join(categories)}
    </categories>
    <symbols>
{newline.join(symbols)}
    </symbols>
  </renderer-v2>
  <layerGeometryType>0</layerGeometryType>
</qgis>
"""
    with open(os.path.splitext(path)[0] + ".qml", "w", encoding="utf-8") as file:
        file.write(text)
