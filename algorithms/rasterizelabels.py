"""Rasterize labels: points or polygons with a class to a class raster on the grid of the images."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDistance,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
)

from .base import LABELS, ChronocoverAlgorithm
from .vectors import label_source, read_labels

METHODS = ("centre", "all touched", "majority")


class RasterizeLabels(ChronocoverAlgorithm):
    """Burn labels onto a grid."""

    NAME = "rasterizelabels"
    TITLE = "Rasterize labels"
    GROUP = LABELS
    SUMMARY = "Turns labelled points or polygons into a class raster on the grid of the images."
    TAGS = ("rasterize", "labels", "training data", "ground truth", "polygons", "points", "classes", "burn")
    HELP = """
<p>Gives each pixel of a reference raster the class of the label it lies in. Labels are points or polygons in any CRS
with a class field: texts, or whole numbers from 1 to 65535. Features whose class is empty or 0 are left out. Selections
(tick “Selected features only”) and filters of the layer are honoured.</p>
<p><b>What a pixel gets</b></p>
<ul>
<li><i>centre</i>: the class of the polygon that holds the pixel's centre;</li>
<li><i>all touched</i>: the class of any polygon that touches the pixel, for narrow shapes;</li>
<li><i>majority</i>: the class that covers more of the pixel than any other, if labels cover at least half of it. Shares
are measured on 8 × 8 points within the pixel; equal shares go to the lower class code.</li>
</ul>
<p>Points get the pixel they fall in. Where features overlap, the higher priority wins, and without a priority the
feature that comes later in the layer. The log says how many pixels were claimed by several classes.</p>
<p>The result holds class codes, 0 where there is no label. Numbers stay as they are; texts are numbered 1, 2, … in
alphabetical order. Class names and colours go with it: those of the layer if it is styled with categories on the class
field, else a palette of distinct colours.</p>
<p>Next steps: “Check rasterized labels”, then “Extract samples”.</p>
"""

    def define(self):
        self.add(
            QgsProcessingParameterFeatureSource(
                "LABELS",
                "Labels",
                [QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVectorPolygon],
            ),
            "Points or polygons with a class, in any CRS.",
        )
        self.add(
            QgsProcessingParameterField("FIELD", "Class field", None, "LABELS"),
            "The field that says the class: texts, or whole numbers from 1 to 65535. Empty and 0 mean unlabelled.",
        )
        self.add(
            QgsProcessingParameterRasterLayer("REFERENCE", "Reference raster"),
            "The raster whose grid (CRS, extent, pixels) the result has: your image time series, or any other raster.",
        )
        self.add(
            QgsProcessingParameterEnum("METHOD", "A pixel gets the class of", METHODS, False, "centre", False, True),
            "For polygons. “centre”: the polygon at its centre; “all touched”: any polygon that touches it; "
            "“majority”: the class that covers most of it, if labels cover at least half. Points get the pixel they "
            "fall in.",
        )
        self.add(
            QgsProcessingParameterDistance("BUFFER", "Inward buffer", 0.0, "REFERENCE", False, 0.0),
            "Shrinks polygons by this distance first, so that mixed pixels along their borders are left out; half a "
            "pixel's diagonal leaves only pure ones. It is in map units of the reference raster: metres for most, "
            "degrees for a geographic CRS (0.0001 degrees are about 11 m at the equator). Points are not changed.",
        )
        self.add(
            QgsProcessingParameterField(
                "PRIORITY",
                "Priority field",
                None,
                "LABELS",
                QgsProcessingParameterField.DataType.Numeric,
                False,
                True,
            ),
            "A number a feature: where features overlap, the higher one wins; empty counts as 0. Without this field, "
            "or among equals, the feature that comes later in the layer wins.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterRasterDestination("OUTPUT", "Rasterized labels"),
            "The class raster: class codes (Byte, or UInt16 where codes exceed 255), 0 where there is no label.",
        )
        for name, title in (
            ("CLASSES", "Classes with pixels"),
            ("FEATURES", "Features with a class"),
            ("FEATURES_VANISHED", "Features that vanished by the inward buffer"),
            ("FEATURES_OUTSIDE", "Features outside of the reference raster"),
            ("FEATURES_BURNED_NOTHING", "Features that got no pixel (the vanished aside)"),
            ("LABELLED_PIXELS", "Labelled pixels"),
            ("CONFLICT_PIXELS", "Pixels claimed by several classes"),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def validate(self, parameters, context):
        label_source(self, parameters, context, "LABELS")
        self._grid(parameters, context)

    def _grid(self, parameters, context):
        from ..core.grid import Grid
        from ..core.rasters import open_raster

        return Grid.of_dataset(open_raster(self.raster_path(parameters, "REFERENCE", context), "reference raster"))

    def compute(self, parameters, context, feedback):
        from ..core.labels.label_raster import describe_burned, write_label_raster
        from ..core.labels.rasterization import shrink_polygons

        output = self.output_path(parameters, "OUTPUT", context)
        grid = self._grid(parameters, context)
        labels = read_labels(self, parameters, context, grid, feedback, "LABELS", "FIELD", priority_field="PRIORITY")
        feedback.info(f"Features: {len(labels.features):,}; classes: {len(labels.legend)}; grid: {grid.describe()}.")
        buffer = self.parameterAsDouble(parameters, "BUFFER", context)
        pure, vanished = shrink_polygons(labels, buffer, feedback)
        burned = write_label_raster(
            pure,
            grid,
            output,
            self.parameterAsString(parameters, "METHOD", context),
            self.provenance(parameters, context),
            self.engine_options(),
            feedback,
        )
        describe_burned(burned, vanished, buffer, feedback)
        return {
            "OUTPUT": output,
            "CLASSES": sum(pixels > 0 for pixels in burned.class_pixels().values()),
            "FEATURES": len(labels.features),
            "FEATURES_VANISHED": vanished,
            "FEATURES_OUTSIDE": burned.outside,
            "FEATURES_BURNED_NOTHING": int((burned.feature_pixels == 0).sum()),
            "LABELLED_PIXELS": burned.labelled_pixels,
            "CONFLICT_PIXELS": burned.conflict_pixels,
        }
