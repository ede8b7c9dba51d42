"""How QGIS shows a vector layer of classes: in the colours of a legend, by a style file beside the layer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from .legend import Legend

SYMBOL_LAYERS = {
    "point": (
        "marker",
        "SimpleMarker",
        {
            "name": "circle",
            "color": "{color},255",
            "outline_color": "40,40,40,160",
            "outline_width": "0.1",
            "size": "1.6",
        },
    ),
    "polygon": (
        "fill",
        "SimpleFill",
        {"color": "{color},150", "style": "solid", "outline_color": "{color},255", "outline_width": "0.5"},
    ),
}
GEOMETRY_TYPES = {"point": 0, "polygon": 2}
RING = {
    "name": "circle",
    "color": "255,255,255,0",
    "outline_color": "214,0,60,255",
    "outline_width": "0.6",
    "size": "4",
}


def write_vector_qml(path: str, field: str, legend: Legend, kind: str = "polygon") -> None:
    """Write the QGIS style beside a vector file: one category a class, by the text ``field``.

    Args:
        path: the vector file; the style gets its name with the extension ``.qml``.
        field: the field with the class names.
        legend: names and colours.
        kind: ``point`` or ``polygon``.
    """
    symbol_type, layer_class, template = SYMBOL_LAYERS[kind]
    categories, symbols = [], []
    for index, land_class in enumerate(legend.classes):
        name = quoteattr(land_class.name)
        color = ",".join(str(part) for part in land_class.color)
        properties = {key: value.format(color=color) for key, value in template.items()}
        categories.append(f'      <category value={name} label={name} symbol="{index}" render="true" type="string"/>')
        symbols.append(_symbol(index, symbol_type, layer_class, properties))
    newline = "\n"
    text = f"""<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
  <renderer-v2 type="categorizedSymbol" attr={quoteattr(field)} enableorderby="0" forceraster="0" symbollevels="0">
    <categories>
{newline.join(categories)}
    </categories>
    <symbols>
{newline.join(symbols)}
    </symbols>
  </renderer-v2>
  <layerGeometryType>{GEOMETRY_TYPES[kind]}</layerGeometryType>
</qgis>
"""
    with open(os.path.splitext(path)[0] + ".qml", "w", encoding="utf-8") as file:
        file.write(text)


def write_marked_points_qml(path: str, field: str, legend: Legend, condition: str, label: str) -> None:
    """Write the QGIS style of points in the colours of their classes, with a ring around some.

    Args:
        path: the vector file; the style gets its name with the extension ``.qml``.
        field: the field with the class names.
        legend: names and colours.
        condition: expression of QGIS that is true for the points with a ring.
        label: of the ring in the legend.
    """
    symbol_type, layer_class, template = SYMBOL_LAYERS["point"]
    rules, symbols = [_rule(0, condition, label)], [_symbol(0, symbol_type, layer_class, RING)]
    for number, land_class in enumerate(legend.classes, start=1):
        color = ",".join(str(part) for part in land_class.color)
        quoted = land_class.name.replace("\\", "\\\\").replace("'", "''")
        rules.append(_rule(number, f"\"{field}\" = '{quoted}'", land_class.name))
        properties = {key: value.format(color=color) for key, value in template.items()}
        symbols.append(_symbol(number, symbol_type, layer_class, properties))
    newline = "\n"
    text = f"""<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology">
  <renderer-v2 type="RuleRenderer" enableorderby="0" forceraster="0" symbollevels="0">
    <rules key="rules">
{newline.join(rules)}
    </rules>
    <symbols>
{newline.join(symbols)}
    </symbols>
  </renderer-v2>
  <layerGeometryType>0</layerGeometryType>
</qgis>
"""
    with open(os.path.splitext(path)[0] + ".qml", "w", encoding="utf-8") as file:
        file.write(text)


def _rule(number: int, condition: str, label: str) -> str:
    return (
        f'      <rule key="rule{number}" filter={quoteattr(condition)} label={quoteattr(label)} symbol="{number}" '
        'checkstate="1"/>'
    )


def _symbol(number: int, symbol_type: str, layer_class: str, properties: Mapping[str, str]) -> str:
    return (
        f'      <symbol name="{number}" type="{symbol_type}" alpha="1" clip_to_extent="1" force_rhr="0">\n'
        f'        <layer class="{layer_class}" enabled="1" locked="0" pass="0">\n'
        + "".join(f'          <prop k="{key}" v="{value}"/>\n' for key, value in properties.items())
        + "        </layer>\n      </symbol>"
    )
