"""The parameters that name the series of many tiles: layers, a folder, or a layer whose rows name files."""

import os

from qgis.core import (
    NULL,
    QgsFeatureRequest,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from ..core.errors import ChronocoverError
from .base import tr
from .vectors import SKIP_VALIDITY, field_index, source_file

PATTERN = "*.vrt;*.tif"
DISTINCT = ("LAYERS", "FOLDER", "INDEX")


def define_tiles(algorithm):
    """Add them."""
    algorithm.add(
        QgsProcessingParameterMultipleLayers(
            "LAYERS", tr("Image time series"), QgsProcessing.SourceType.TypeRaster, optional=True
        ),
        tr("Series of the project, one a tile."),
    )
    algorithm.add(
        QgsProcessingParameterFile(
            "FOLDER", tr("Folder of series"), QgsProcessingParameterFile.Behavior.Folder, optional=True
        ),
        tr("A folder in which series are looked for, in the folders below it too."),
    )
    algorithm.add(
        QgsProcessingParameterString("PATTERN", tr("File pattern in the folder"), PATTERN, optional=True),
        tr(
            "Which files of the folder to look at: * stands for anything, several patterns are separated by "
            "semicolons. Images that are no series are passed over."
        ),
    )
    algorithm.add(
        QgsProcessingParameterFeatureSource(
            "INDEX", tr("Tile index"), [QgsProcessing.SourceType.TypeVector], optional=True
        ),
        tr("A layer with one row a tile whose field names the series' file. Selection and filter are honoured."),
    )
    algorithm.add(
        QgsProcessingParameterField("INDEX_FIELD", tr("Field with the files"), "location", "INDEX", optional=True),
        tr("Relative paths count from the folder of the index; /vsicurl/ and the like will do, too."),
    )


def validate_tiles(parameters):
    """Raise ChronocoverError unless the tiles come from exactly one place."""
    given = [name for name in DISTINCT if parameters.get(name) not in (None, "", [])]
    if len(given) != 1:
        raise ChronocoverError(
            "Choose where the tiles come from: either image time series, or a folder of series, or a tile index"
            + (f", not {len(given)} of them." if given else ".")
        )


def series_of_tiles(algorithm, parameters, context, feedback):
    """The files of the series, in the order given. Raises ChronocoverError if there is none."""
    from ..models.tiles import find_series

    layers = algorithm.parameterAsLayerList(parameters, "LAYERS", context)
    if layers:
        return [layer.source() for layer in layers]
    folder = algorithm.parameterAsFile(parameters, "FOLDER", context)
    if folder:
        pattern = algorithm.parameterAsString(parameters, "PATTERN", context) or PATTERN
        return find_series(folder, pattern, feedback)
    return _file_names(algorithm, parameters, context, "INDEX", "INDEX_FIELD")


def _file_names(algorithm, parameters, context, layer, field):
    """The files that a field of a layer names, such as a tile index; relative ones count from the layer's folder.

    Raises ChronocoverError when the layer has no row, no such field, or an empty name.
    """
    source = algorithm.parameterAsSource(parameters, layer, context)
    if source is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, layer))
    where = f"The layer “{source.sourceName()}”"
    index = field_index(algorithm, parameters, context, source, field, where)
    if index < 0:
        raise ChronocoverError(f"Choose the field of {where[0].lower()}{where[1:]} that names the files.")
    folder = os.path.dirname(os.path.abspath(source_file(algorithm, parameters, context, layer)))
    names = []
    for feature in source.getFeatures(QgsFeatureRequest(), SKIP_VALIDITY):
        name = feature.attribute(index)
        if name in (None, NULL) or not str(name).strip():
            raise ChronocoverError(f"{where} has a row without a file, number {feature.id()}. Fill it in or delete it.")
        name = str(name).strip()
        names.append(name if name.startswith("/vsi") else os.path.join(folder, name))  # nothing to Windows' join
    if not names:
        raise ChronocoverError(f"{where} has no rows. Check its filter or selection.")
    return names
