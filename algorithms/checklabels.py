"""Check rasterized labels: what a class raster holds, and what the features contributed."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
)

from ..core.errors import ChronocoverError
from .base import LABELS, ChronocoverAlgorithm
from .vectors import field_names, label_source, read_labels


class CheckLabels(ChronocoverAlgorithm):
    """Report on a class raster."""

    NAME = "checklabels"
    TITLE = "Check rasterized labels"
    GROUP = LABELS
    SUMMARY = "Counts pixels, features and hectares of each class of a label raster, and finds labels that were lost."
    TAGS = ("labels", "classes", "area", "hectares", "statistics", "report", "quality", "training data", "histogram")
    HELP = """
<p>Looks at a class raster before you train on it: pixels, share and area in hectares of each class, with remarks on
classes that are too small, have too few features or are very uneven. Areas are right for geographic CRS and for feet,
too. Any raster of class codes will do, a finished map as well; where it has no class names, the numbers are the
names.</p>
<p>With the label layer that it was made from, it also tells how many pixels each feature has and which features have
none: they are outside, smaller than a pixel, covered by others, or vanished by the inward buffer.</p>
<p>The report is one HTML file with a picture of the labels; the same figures go to a CSV file if you name one.</p>
<p>Next step: “Extract samples”.</p>
"""

    def define(self):
        self.add(
            QgsProcessingParameterRasterLayer("LABELS_RASTER", "Rasterized labels"),
            "A raster of class codes (whole numbers; 0 and nodata mean unlabelled), as “Rasterize labels” makes it. "
            "Its first band is read.",
        )
        self.add(
            QgsProcessingParameterFeatureSource(
                "LABELS",
                "Labels that it was made from",
                [QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVectorPolygon],
                None,
                True,
            ),
            "The points or polygons, in any CRS, to find out which of them have no pixel. Without them only pixels and "
            "areas are counted.",
        )
        self.add(
            QgsProcessingParameterField("FIELD", "Class field", None, "LABELS", optional=True),
            "The field of the labels that says the class. Classes are matched with the raster's by name, or by number "
            "if the raster has no names.",
        )
        self.add(
            QgsProcessingParameterFileDestination("REPORT", "Report", "HTML files (*.html)", None, True),
            "The report as one HTML file, to open in a browser.",
        )
        self.add(
            QgsProcessingParameterFileDestination("CSV", "Table", "CSV files (*.csv)", None, True, False),
            "The figures of each class as a CSV file, for a spreadsheet or a script.",
        )
        for name, title in (
            ("CLASSES", "Classes with pixels"),
            ("LABELLED_PIXELS", "Labelled pixels"),
            ("AREA_HA", "Labelled area in hectares"),
            ("FEATURES_WITHOUT_PIXELS", "Features without pixels (empty without a label layer)"),
            ("SMALLEST_CLASS_PIXELS", "Pixels of the smallest class"),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def validate(self, parameters, context):
        from ..core.labels.class_codes import open_class_raster

        open_class_raster(self.raster_path(parameters, "LABELS_RASTER", context))
        if self._has_labels(parameters):
            label_source(self, parameters, context, "LABELS")
            if not field_names(self, parameters, context, "FIELD"):
                raise ChronocoverError("The labels need a class field. Choose it in “Class field”.")

    def _has_labels(self, parameters):
        return parameters.get("LABELS") not in (None, "")

    def compute(self, parameters, context, feedback):
        from ..core.grid import Grid
        from ..core.labels.checking import check_label_raster
        from ..core.labels.class_codes import open_class_raster
        from ..core.reports.label_report import label_remarks, write_label_report, write_label_table

        raster = self.raster_path(parameters, "LABELS_RASTER", context)
        labels = None
        if self._has_labels(parameters):
            grid = Grid.of_dataset(open_class_raster(raster))
            labels = read_labels(self, parameters, context, grid, feedback, "LABELS", "FIELD")
        check = check_label_raster(raster, labels, self.engine_options(), feedback.part(0.0, 0.9))
        width = max(len(found.name) for found in check.classes)
        for found in check.classes:
            feedback.info(f"  {found.name:<{width}}  {found.pixels:>12,} pixels  {found.area_ha:>14,.2f} ha")
        for remark in label_remarks(check):
            feedback.warning(remark)
        results = {
            "CLASSES": len(check.classes),
            "LABELLED_PIXELS": check.labelled_pixels,
            "AREA_HA": check.area_ha,
            "FEATURES_WITHOUT_PIXELS": len(check.without_pixels) if labels else None,
            "SMALLEST_CLASS_PIXELS": min(found.pixels for found in check.classes),
        }
        report = self.output_path(parameters, "REPORT", context)
        if report:
            write_label_report(check, raster, report, self.provenance(parameters, context))
            results["REPORT"] = report
        table = self.output_path(parameters, "CSV", context)
        if table:
            write_label_table(check, table)
            results["CSV"] = table
        return results
