"""Reading label layers of the project: any CRS, selections and filters honoured, colours from the layer's style."""

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsWkbTypes,
)

from ..core.errors import ChronocoverError


def read_labels(algorithm, parameters, context, grid, feedback, layer, field, group_field=None, priority_field=None):
    """Read a label layer as :class:`core.labels.features.LabelFeatures` in the CRS of ``grid``.

    ``layer``, ``field``, ``group_field`` and ``priority_field`` are names of parameters. Features without a class
    (see :func:`is_unlabelled`) or a usable geometry are left out and counted in the log; invalid ones are repaired.
    They come in the order of their ids. Where the parameter ``field`` is empty, all are of the class ``NO_CLASS``.

    Raises ChronocoverError when the layer is empty, holds lines, or nothing carries a class.
    """
    from ..core.labels.features import POINT, POLYGON, LabelFeature, LabelFeatures
    from ..core.labels.legend import Legend

    source, where = label_source(algorithm, parameters, context, layer)
    class_index = field_index(algorithm, parameters, context, source, field, where)
    group_index = field_index(algorithm, parameters, context, source, group_field, where)
    priority_index = field_index(algorithm, parameters, context, source, priority_field, where)
    target_type = QgsWkbTypes.geometryType(source.wkbType())

    if not grid.crs:
        feedback.warning(f"The raster has no CRS. {where} is taken to be in its coordinates.")
    rows, unlabelled, shapeless, repaired = [], 0, 0, 0
    request = _request(source, grid, context, where, {class_index, group_index, priority_index} - {-1})
    for feature in source.getFeatures(request, SKIP_VALIDITY):
        feedback.check()
        value = feature.attribute(class_index) if class_index >= 0 else NO_CLASS
        if is_unlabelled(value):
            unlabelled += 1
            continue
        geometry = feature.geometry()
        was_invalid = not geometry.isEmpty() and not geometry.isGeosValid()
        if was_invalid:
            geometry = geometry.makeValid()
            geometry.convertGeometryCollectionToSubclass(target_type)
        if geometry.isEmpty() or geometry.type() != target_type:  # QGIS empties what cannot be reprojected
            shapeless += 1
            continue
        repaired += was_invalid
        group = feature.attribute(group_index) if group_index >= 0 else None
        priority = feature.attribute(priority_index) if priority_index >= 0 else None
        rows.append((feature.id(), plain_wkb(geometry), value, group, _priority(priority, where)))
    for count, what in (
        (unlabelled, "Features without a class, left out"),
        (shapeless, "Features without a geometry that is usable in the CRS of the raster, left out"),
        (repaired, "Features with an invalid geometry, repaired"),
    ):
        if count:
            feedback.warning(f"{where}. {what}: {count:,}.")
    if not rows:
        raise ChronocoverError(
            f"{where} has no feature with a class and a usable geometry. "
            "Check the layer, its filter or selection, its CRS, and the class field."
        )
    rows.sort(key=lambda row: row[0])  # selected features come in any order

    styled = styled_layer(algorithm, parameters, context, layer)
    colors = renderer_colors(styled, source.fields()[class_index].name()) if class_index >= 0 else {}
    values = [class_text(row[2]) if isinstance(row[2], str) else row[2] for row in rows]
    legend = Legend.of_values(values, colors)
    if len(legend) == len(rows) >= SUSPICIOUS_CLASSES:
        name = source.fields()[class_index].name()
        feedback.warning(f"{where}: every feature has a class of its own. Is “{name}” the class field?")
    features = tuple(
        LabelFeature(
            id=fid,
            geometry=wkb,
            class_name=class_text(value),
            group=str(fid) if group in (None, NULL) else class_text(group),
            priority=priority,
        )
        for fid, wkb, value, group, priority in rows
    )
    kind = POINT if target_type == QgsWkbTypes.GeometryType.PointGeometry else POLYGON
    return LabelFeatures(kind, features, legend)


NO_CLASS = "place"
SUSPICIOUS_CLASSES = 10  # from so many on, as many classes as features look like a field of ids
SKIP_VALIDITY = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks


def label_source(algorithm, parameters, context, layer):
    """The feature source of a label parameter, and how messages call it. Raises ChronocoverError if it holds lines."""
    source = algorithm.parameterAsSource(parameters, layer, context)
    if source is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, layer))
    where = f"The label layer “{source.sourceName()}”"
    types = (QgsWkbTypes.GeometryType.PointGeometry, QgsWkbTypes.GeometryType.PolygonGeometry)
    if QgsWkbTypes.geometryType(source.wkbType()) not in types:
        raise ChronocoverError(f"{where} holds neither points nor polygons. Use a point or a polygon layer.")
    return source, where


def _request(source, grid, context, where, field_indexes):
    request = QgsFeatureRequest().setSubsetOfAttributes(sorted(field_indexes))
    if not grid.crs:
        return request
    if not source.sourceCrs().isValid():
        raise ChronocoverError(f"{where} has no CRS. Set it in the layer's properties.")
    target = QgsCoordinateReferenceSystem.fromWkt(grid.crs)
    return request.setDestinationCrs(target, context.transformContext())


def read_class_table(algorithm, parameters, context, table, key_field, class_field):
    """Class values by key, as text, from a table layer: the rows that have a class.

    ``table``, ``key_field`` and ``class_field`` are names of parameters. Raises ChronocoverError when a field is
    missing, no row has a class, or two rows give one key different classes.
    """
    source = algorithm.parameterAsSource(parameters, table, context)
    if source is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, table))
    where = f"The table “{source.sourceName()}”"
    indexes = [field_index(algorithm, parameters, context, source, name, where) for name in (key_field, class_field)]
    if -1 in indexes:
        raise ChronocoverError(f"Choose both fields of {where[0].lower()}{where[1:]}.")
    classes = {}
    for feature in source.getFeatures(QgsFeatureRequest(), SKIP_VALIDITY):
        key, value = (feature.attribute(index) for index in indexes)
        if key in (None, NULL) or is_unlabelled(value):
            continue
        known = classes.setdefault(class_text(key), value)
        if class_text(known) != class_text(value):
            raise ChronocoverError(
                f"{where} gives “{class_text(key)}” two classes: {class_text(known)} and {class_text(value)}."
            )
    if not classes:
        raise ChronocoverError(f"{where} has no row with a class. Check its fields and its filter.")
    return classes


def is_unlabelled(value):
    """Whether a class field's value means "no class": NULL, NaN, an empty text, or 0 as a number or text."""
    if isinstance(value, bool):  # False is a class like True, though it equals 0
        return False
    return value in (None, NULL) or value != value or str(value).strip() in ("", "0", "0.0")


def plain_wkb(geometry):
    """WKB in two dimensions, with arcs as short straight segments."""
    geometry.convertToStraightSegment()
    geometry.get().dropZValue()
    geometry.get().dropMValue()
    return bytes(geometry.asWkb())


def field_names(algorithm, parameters, context, name):
    """The fields that the parameter ``name`` holds."""
    # parameterAsFields is deprecated where there is parameterAsStrings, which older QGIS lacks.
    read = getattr(algorithm, "parameterAsStrings", None) or algorithm.parameterAsFields
    return read(parameters, name, context)


def field_index(algorithm, parameters, context, source, name, where):
    """Index of the field that the parameter ``name`` holds; -1 if there is no such parameter or it is empty."""
    fields = field_names(algorithm, parameters, context, name) if name else []
    if not fields:
        return -1
    index = source.fields().lookupField(fields[0])
    if index < 0:
        raise ChronocoverError(f"{where} has no field “{fields[0]}”. It has: {', '.join(source.fields().names())}.")
    return index


def class_text(value):
    """A class value as text in one line: 3.0 becomes “3”."""
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if is_whole else " ".join(str(value).split())


def _priority(value, where):
    if value in (None, NULL):
        return 0.0
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise ChronocoverError(f"{where}: the priority “{value}” is not a number.") from error


def parameter_layer(algorithm, parameters, context, layer):
    """The layer behind a vector parameter, also where only its selected features are wanted: QGIS gives none then."""
    value = parameters.get(layer)
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        parameters = {**parameters, layer: value.source}
    return algorithm.parameterAsVectorLayer(parameters, layer, context)


def styled_layer(algorithm, parameters, context, layer):
    """The layer of a parameter with its style. QGIS loads one that is given as a file without the style beside it."""
    vector_layer = parameter_layer(algorithm, parameters, context, layer)
    project = context.project()
    if vector_layer is not None and (project is None or project.mapLayer(vector_layer.id()) is None):
        vector_layer.loadDefaultStyle()
    return vector_layer


def renderer_colors(layer, field_name):
    """Colour by class name from a layer's categorised renderer on that field; empty if it has none."""
    renderer = layer.renderer() if layer is not None else None
    if renderer is None or renderer.type() != "categorizedSymbol" or renderer.classAttribute().strip('"') != field_name:
        return {}
    colors = {}
    for category in renderer.categories():
        values = category.value() if isinstance(category.value(), list) else [category.value()]
        color = category.symbol().color()
        for value in values:
            if value not in (None, NULL, ""):
                colors[class_text(value)] = (color.red(), color.green(), color.blue())
    return colors


def source_file(algorithm, parameters, context, layer):
    """The file behind a vector layer parameter; an empty text for a layer that is no file."""
    vector_layer = parameter_layer(algorithm, parameters, context, layer)
    return vector_layer.source().split("|")[0] if vector_layer is not None else ""
