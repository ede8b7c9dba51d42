"""Checks of where an algorithm is to write, before it works for an hour."""

from qgis.core import (
    QgsMapLayer,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingUtils,
    QgsProperty,
    QgsProviderRegistry,
)

LAYERS = ("rasterDestination", "vectorDestination")
FILES = (*LAYERS, "fileDestination")
NO_FILES = ("memory:", "ogr:", "dbname=")
INPUTS = ("raster", "vector", "source", "multilayer", "maplayer", "file")


def check_destinations(algorithm, parameters, context):
    """Raise ChronocoverError if an output cannot be written, or would replace an input or another output.

    It looks at the values as they were given: asking QGIS for a destination makes it expect a layer there.
    """
    from ..core.files import check_output_files, check_output_folder

    definitions = algorithm.parameterDefinitions()
    files, layers, inputs = [], [], []
    for definition in definitions:
        value = parameters.get(definition.name())
        if definition.type() in FILES:
            path = _given_path(value)
            files += [path] if path else []
            layers += [path] if path and definition.type() in LAYERS else []
        elif definition.type() == "folderDestination" and _given_path(value):
            check_output_folder(_given_path(value))
        elif definition.type() in INPUTS:
            inputs += _files_of(value, context)
    check_output_files(files, inputs, layers)


def _given_path(value):
    """The path that a destination's value names; an empty text for a temporary output and for a database."""
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink
    if isinstance(value, QgsProperty):
        value = value.staticValue()
    if not isinstance(value, str) or value == "TEMPORARY_OUTPUT" or "://" in value:
        return ""
    return "" if value.startswith(NO_FILES) else value


def _files_of(value, context):
    """The files behind an input's value: layers, their ids, names and sources, or lists of them."""
    if isinstance(value, (list, tuple)):
        return [path for item in value for path in _files_of(item, context)]
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        value = value.source
    if isinstance(value, QgsProperty):
        value = value.staticValue()
    if isinstance(value, str) and value:
        value = QgsProcessingUtils.mapLayerFromString(value, context, False) or value
    if isinstance(value, QgsMapLayer):
        parts = QgsProviderRegistry.instance().decodeUri(value.providerType(), value.source())
        return [parts.get("path") or value.source().split("|")[0]]
    return [value.split("|")[0]] if isinstance(value, str) else []
