"""Reading a samples layer of the project as it is on the screen: edits, selection, filter and reprojection honoured."""

from qgis.core import (
    NULL,
    QgsFeatureRequest,
    QgsFields,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProviderRegistry,
)

from ..core.errors import ChronocoverError
from ..core.feedback import Feedback
from .vectors import SKIP_VALIDITY, parameter_layer

ROWS_AT_ONCE = 5000
NO_VALUE = "(none)"
GEOPACKAGE_HELP = "The samples layer, a GeoPackage. QGIS shows it in the colours of the classes."


def read_samples_parameter(algorithm, parameters, name, context, feedback):
    """Read the layer of the parameter ``name`` as :class:`core.samples.samples.Samples`.

    A whole, saved GeoPackage is read directly; anything else (selected rows, a filter, unsaved edits, another format)
    through QGIS, row by row.

    Raises ChronocoverError when it is no samples layer, or no row has a class.
    """
    from ..core.samples.table import read_samples

    source = algorithm.parameterAsSource(parameters, name, context)
    if source is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, name))
    layer = parameter_layer(algorithm, parameters, context, name)
    path, table = _geopackage_table(layer)
    if path and _is_whole(parameters.get(name), layer):
        return read_samples(path, table, feedback)
    return _read_features(source, path, table, feedback)


def read_samples_with_field(algorithm, parameters, name, field, context, feedback):
    """The same samples, and their values in ``field`` as an array of text, :data:`NO_VALUE` where it is empty."""
    source = algorithm.parameterAsSource(parameters, name, context)
    if source is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, name))
    path, table = _geopackage_table(parameter_layer(algorithm, parameters, context, name))
    samples = _read_features(source, path, table, feedback)
    return samples, _read_features(source, path, table, Feedback(), field).groups  # silent: all was said before


def _read_features(source, path, table, feedback, group=None):
    """``group``: a field to take as groups, whose empty values are one of them, in place of the layer's own."""
    import numpy as np

    from ..core.samples.columns import ValueColumns, class_field, group_field, samples_of_rows
    from ..core.samples.table import describe_table

    where = f"The samples layer “{source.sourceName()}”"
    metadata = describe_table(path, table)[2] if path else {}
    fields = source.fields().names()
    columns = ValueColumns.of_fields(fields, metadata, where)
    empty = NO_VALUE if group else None
    group = group or group_field(fields)
    class_index = fields.index(class_field(fields, where))
    group_index = fields.index(group) if group else -1
    value_indexes = [fields.index(column) for column in columns.names]

    classes, groups, points, values, rows = [], [], [], [], []
    request = QgsFeatureRequest().addOrderBy("$id")  # selected features come in any order
    for feature in source.getFeatures(request, SKIP_VALIDITY):
        attributes = feature.attributes()
        classes.append(_plain(attributes[class_index]))
        own = _plain(attributes[group_index]) if group else None
        groups.append(empty if own in (None, "") else own)
        points.append(_point(feature))
        try:
            rows.append([_number(attributes[index]) for index in value_indexes])
        except (TypeError, ValueError) as error:
            raise ChronocoverError(f"{where}, feature {feature.id()}: a value is not a number ({error}).") from error
        if len(rows) == ROWS_AT_ONCE:
            feedback.check()
            values.append(columns.arrange(np.array(rows, dtype=np.float64)))
            rows = []
    if rows:
        values.append(columns.arrange(np.array(rows, dtype=np.float64)))
    if not values:
        raise ChronocoverError(f"{where} is empty: it has no samples. Check its selection and filter.")
    return samples_of_rows(
        columns,
        np.concatenate(values),
        classes,
        groups if group else None,
        np.array(points, dtype=np.float64),
        source.sourceCrs().toWkt() if source.sourceCrs().isValid() else "",
        metadata,
        where,
        feedback,
    )


def _geopackage_table(layer):
    """Path and table name of a layer that is a table in a GeoPackage file; two None otherwise."""
    if layer is None or layer.providerType() != "ogr":
        return None, None
    parts = QgsProviderRegistry.instance().decodeUri("ogr", layer.source())
    path = parts.get("path") or ""
    if not path.lower().endswith(".gpkg"):
        return None, None
    return path, parts.get("layerName") or None


def _is_whole(value, layer):
    """Whether every row of the table is wanted, with what is saved in the file."""
    if isinstance(value, QgsProcessingFeatureSourceDefinition) and (
        value.selectedFeaturesOnly or value.featureLimit >= 0 or getattr(value, "filterExpression", "")
    ):
        return False
    fields = layer.fields()
    saved = all(fields.fieldOrigin(i) == QgsFields.FieldOrigin.OriginProvider for i in range(fields.count()))
    return saved and not layer.subsetString() and not layer.isModified()


def _plain(value):
    return None if value == NULL else value


def _number(value):
    return float("nan") if value is None or value == NULL else float(value)


def _point(feature):
    geometry = feature.geometry()
    if geometry.isNull() or geometry.isEmpty():
        return float("nan"), float("nan")
    point = geometry.centroid().asPoint()
    return point.x(), point.y()
