"""Reading label layers of the project: any CRS, selections and filters honoured, colours from the layer's style."""

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCsException,
    QgsFeatureRequest,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsWkbTypes,
)

from ..core.errors import ChronocoverError


def read_labels(algorithm, parameters, context, grid, feedback, layer, field, group_field=None, priority_field=None):
    """Read a label layer as :class:`core.labels.features.LabelFeatures` in the CRS of ``grid``.

    ``layer``, ``field``, ``group_field`` and ``priority_field`` are names of parameters. Features without a class
    (empty, NULL or the number 0) or without geometry are left out and counted in the log; invalid ones are repaired.

    Raises ChronocoverError when the layer is empty, holds lines, or nothing carries a class.
    """
    from ..core.labels.features import POINT, POLYGON, LabelFeature, LabelFeatures
    from ..core.labels.legend import Legend

    source = algorithm.parameterAsSource(parameters, layer, context)
    if source is None:
        raise QgsProcessingException(algorithm.invalidSourceError(parameters, layer))
    where = f"The label layer “{source.sourceName()}”"
    geometry_type = QgsWkbTypes.geometryType(source.wkbType())
    if geometry_type not in (QgsWkbTypes.GeometryType.PointGeometry, QgsWkbTypes.GeometryType.PolygonGeometry):
        raise ChronocoverError(f"{where} holds neither points nor polygons. Use a point or a polygon layer.")
    class_index = field_index(algorithm, parameters, context, source, field, where)
    group_index = field_index(algorithm, parameters, context, source, group_field, where)
    priority_index = field_index(algorithm, parameters, context, source, priority_field, where)

    rows, unlabelled, shapeless, repaired = [], 0, 0, 0
    try:
        for feature in source.getFeatures(_request(source, grid, context, where), SKIP_VALIDITY):
            feedback.check()
            value = feature.attributes()[class_index]
            if value in (None, NULL, 0) or not str(value).strip():
                unlabelled += 1
                continue
            geometry = feature.geometry()
            if geometry.isNull() or geometry.isEmpty():
                shapeless += 1
                continue
            if not geometry.isGeosValid():
                geometry = geometry.makeValid()
                repaired += 1
            group = feature.attributes()[group_index] if group_index >= 0 else None
            priority = feature.attributes()[priority_index] if priority_index >= 0 else None
            rows.append((feature.id(), bytes(geometry.asWkb()), value, group, _priority(priority, where)))
    except QgsCsException as error:
        raise ChronocoverError(
            f"{where} cannot be reprojected to the CRS of the image: {error}. Check the CRS of both."
        ) from error
    for count, what in (
        (unlabelled, "have no class and are left out"),
        (shapeless, "have no geometry and are left out"),
        (repaired, "had an invalid geometry, which was repaired"),
    ):
        if count:
            feedback.warning(f"{where}: {count} features {what}.")
    if not rows:
        raise ChronocoverError(f"{where} has no feature with a class. Check the layer, its filter and the class field.")

    vector_layer = algorithm.parameterAsVectorLayer(parameters, layer, context)
    legend = Legend.of_values(
        [row[2] for row in rows], renderer_colors(vector_layer, source.fields()[class_index].name())
    )
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
    kind = POINT if geometry_type == QgsWkbTypes.GeometryType.PointGeometry else POLYGON
    return LabelFeatures(kind, features, legend)


SKIP_VALIDITY = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks


def _request(source, grid, context, where):
    request = QgsFeatureRequest()
    if not grid.crs:
        return request
    if not source.sourceCrs().isValid():
        raise ChronocoverError(f"{where} has no CRS. Set it in the layer's properties.")
    target = QgsCoordinateReferenceSystem.fromWkt(grid.crs)
    return request.setDestinationCrs(target, context.transformContext())


def field_index(algorithm, parameters, context, source, name, where):
    """Index of the field that the parameter ``name`` holds; -1 if there is no such parameter or it is empty."""
    fields = algorithm.parameterAsFields(parameters, name, context) if name else []
    if not fields:
        return -1
    index = source.fields().lookupField(fields[0])
    if index < 0:
        raise ChronocoverError(f"{where} has no field “{fields[0]}”. It has: {', '.join(source.fields().names())}.")
    return index


def class_text(value):
    """A class value as text: 3.0 becomes “3”."""
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value).strip()


def _priority(value, where):
    if value in (None, NULL):
        return 0.0
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise ChronocoverError(f"{where}: the priority “{value}” is not a number.") from error


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
