"""Reading a samples layer of the project as it is on the screen: edits, selection, filter and reprojection honoured."""

from qgis.core import (
    NULL,
    QgsFeatureRequest,
    QgsFields,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProviderRegistry,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt

from ..core.errors import ChronocoverError
from .vectors import SKIP_VALIDITY, parameter_layer

ROWS_AT_ONCE = 5000
GEOPACKAGE_HELP = "The samples layer, a GeoPackage. QGIS shows it in the colours of the classes."


def read_samples_parameter(algorithm, parameters, name, context, feedback, field=""):
    """Read the layer of the parameter ``name`` as :class:`core.samples.samples.Samples`.

    A whole, saved GeoPackage is read directly; anything else (selected rows, a filter, unsaved edits, another format)
    through QGIS, row by row. The values of ``field`` become the samples' regions, of a date its year: that is what
    samples of several dates have in common.

    Raises ChronocoverError when it is no samples layer, has no such field, or no row has a class.
    """
    from ..core.samples.table import read_samples

    source = algorithm.parameterAsSource(parameters, name, context)
    if source is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, name))
    if field and source.fields().lookupField(field) < 0:
        raise ChronocoverError(f"The samples layer “{source.sourceName()}” has no field “{field}”.")
    layer = parameter_layer(algorithm, parameters, context, name)
    path, table = _geopackage_table(layer)
    if path and not field and _is_whole(parameters.get(name), layer):
        return read_samples(path, table, feedback)
    return _read_features(source, path, table, feedback, field)


def _read_features(source, path, table, feedback, field=""):
    import numpy as np

    from ..core.samples.columns import ValueColumns, class_field, group_field, samples_of_rows
    from ..core.samples.table import describe_table

    where = f"The samples layer “{source.sourceName()}”"
    metadata = describe_table(path, table)[2] if path else {}
    fields = source.fields().names()
    columns = ValueColumns.of_fields(fields, metadata, where)
    group = group_field(fields)
    class_index = fields.index(class_field(fields, where))
    group_index = fields.index(group) if group else -1
    field_index = source.fields().lookupField(field) if field else -1
    value_indexes = [fields.index(column) for column in columns.names]

    classes, groups, regions, points, values, rows = [], [], [], [], [], []
    request = QgsFeatureRequest().addOrderBy("$id")  # selected features come in any order
    for feature in source.getFeatures(request, SKIP_VALIDITY):
        attributes = feature.attributes()
        classes.append(_plain(attributes[class_index]))
        own = _plain(attributes[group_index]) if group else None
        groups.append(None if own == "" else own)
        regions.append(_region(attributes[field_index]) if field else None)
        points.append(_point(feature))
        try:
            values_of_row = (attributes[index] for index in value_indexes)
            rows.append([value if type(value) is float else _number(value) for value in values_of_row])
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
        regions if field else None,
    )


def read_other_fields(algorithm, parameters, name, context, without=()):
    """What the rows of the samples say beside class, group and values: object arrays ``(n,)`` by the field's name.

    The rows are those of :func:`read_samples_parameter`; dates become texts. Fields called as one of ``without`` are
    left out.
    """
    import numpy as np

    from ..core.samples.columns import CLASS, GROUP, ValueColumns, class_field, has_class

    source = algorithm.parameterAsSource(parameters, name, context)
    fields, where = source.fields().names(), f"The samples layer “{source.sourceName()}”"
    skipped = {field.lower() for field in (*without, *ValueColumns.of_fields(fields, {}, where).names)}
    skipped |= {CLASS, GROUP, "fid", "geom"}
    indexes = [index for index, field in enumerate(fields) if field.lower() not in skipped]
    if not indexes:
        return {}
    class_index = fields.index(class_field(fields, where))
    request = QgsFeatureRequest().addOrderBy("$id").setFlags(QgsFeatureRequest.Flag.NoGeometry)
    request.setSubsetOfAttributes([class_index, *indexes])
    rows = []
    for feature in source.getFeatures(request, SKIP_VALIDITY):
        attributes = feature.attributes()
        if has_class(_plain(attributes[class_index])):
            rows.append([_number_or_text(attributes[index]) for index in indexes])
    return {fields[index]: np.array(column, object) for index, column in zip(indexes, zip(*rows))}


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


def _number_or_text(value):
    if value is None or value == NULL:
        return None
    if isinstance(value, (int, float, str)):
        return value
    if hasattr(value, "toString"):  # dates and times
        return value.toString(Qt.DateFormat.ISODate)
    return str(value)


def _region(value):
    if isinstance(value, (QDate, QDateTime)):  # both may be NULL, which is no date
        return value.toString("yyyy") or None
    return _plain(value)


def _number(value):
    return float("nan") if value is None or value == NULL else float(value)


def _point(feature):
    geometry = feature.geometry()
    if geometry.isNull() or geometry.isEmpty():
        return float("nan"), float("nan")
    point = geometry.centroid().asPoint()
    return point.x(), point.y()
