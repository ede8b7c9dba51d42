"""Plot a place: the values of points or polygons over time, raw, masked and prepared, as charts."""

import os

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from .base import SERIES, ChronocoverAlgorithm, tr
from .vectors import field_index, label_source, read_labels, source_file

POINTS, POLYGONS = QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVectorPolygon
INTEGER = QgsProcessingParameterNumber.Type.Integer
MOST_CHARTS_IN_PICTURE = 40


class PlotSeries(ChronocoverAlgorithm):
    """Plot series at places."""

    NAME = "plotseries"
    TITLE = "Plot a place"
    GROUP = SERIES
    SUMMARY = "Draws the values of points or polygons over time: raw, masked and prepared, with their class."
    TAGS = ("plot", "chart", "graph", "profile", "time series", "phenology", "report", "ndvi", "curve", "pixel")
    HELP = """
<p>Shows what an image time series says of some places: an HTML page with a chart for each place and variable, over the
real dates. Use it to look at what masking, filling and smoothing did, and whether classes differ at all.</p>
<p><b>Dots</b> are the observations of the series. With the masked series, those that are masked are hollow and grey.
<b>The line</b> is the prepared series. Of a polygon, dots and line are the mean of its pixels, and the faint lines and
the band run from their 10th to their 90th percentile. The prepared series may have variables that the raw one lacks,
an index for instance, and other dates.</p>
<p>Places are points or polygons in any CRS; a selection is honoured. A polygon's pixels are those whose centre it
holds, or the one in its middle if it holds none. Of large polygons 1,000 pixels are read, evenly spread.</p>
<p>With a <b>class field</b>, charts take the colour of the class, and there is a chart with the mean curve of each
class over all of its places (of more than 1,000 places, 1,000 spread over the classes).</p>
<p>The PNG holds the first 40 charts; the CSV file has all values that were read, a row for each place, series, variable
and date.</p>
"""

    def define(self):
        series = QgsProcessingParameterRasterLayer("SERIES", tr("Image time series"))
        self.add(series, tr("The raw series: its values are the dots."))
        masked = QgsProcessingParameterRasterLayer("MASKED", tr("Masked series"), None, True)
        self.add(masked, tr("The series after “Mask clouds”. Dots that are missing in it are drawn hollow and grey."))
        prepared = QgsProcessingParameterRasterLayer("PREPARED", tr("Prepared series"), None, True)
        self.add(prepared, tr("A series made from it by filling, smoothing or other steps: the line."))
        places = QgsProcessingParameterFeatureSource("PLACES", tr("Places"), [POINTS, POLYGONS])
        self.add(places, tr("Points or polygons, in any CRS."))
        field = QgsProcessingParameterField("FIELD", tr("Class field"), None, "PLACES", optional=True)
        self.add(field, tr("Class of each place, a text or whole number. Places without one are left out then."))
        names = QgsProcessingParameterString("VARIABLES", tr("Variables"), None, False, True)
        self.add(
            names, tr("Names separated by commas. Empty: those of the prepared, or else the raw series, at most six.")
        )
        most = QgsProcessingParameterNumber("MAX_PLACES", tr("Places to plot one by one"), INTEGER, 12, False, 1, 500)
        self.add(most, tr("If there are more, as many of each class as there can be, spread over the layer."))
        page = QgsProcessingParameterFileDestination("HTML", tr("Plots"), "HTML files (*.html)")
        self.add(page, tr("The charts as one HTML file, to open in a browser."))
        picture = QgsProcessingParameterFileDestination("PNG", tr("Picture"), "PNG files (*.png)", None, True, False)
        self.add(picture, tr("The first charts as a picture."))
        table = QgsProcessingParameterFileDestination("CSV", tr("Table"), "CSV files (*.csv)", None, True, False)
        self.add(table, tr("The values as a CSV file, for a spreadsheet or a script."))
        self.addOutput(QgsProcessingOutputNumber("PLACES_READ", tr("Places read")))
        self.addOutput(QgsProcessingOutputNumber("PLACES_PLOTTED", tr("Places plotted one by one")))

    def validate(self, parameters, context):
        from ..core.feedback import Feedback

        self._series_and_variables(parameters, context, Feedback())
        source, where = label_source(self, parameters, context, "PLACES")
        field_index(self, parameters, context, source, "FIELD", where)

    def compute(self, parameters, context, feedback):
        from ..core.files import refuse_overwriting_inputs
        from ..core.reports.place_report import place_sheet, write_place_report
        from ..core.samples.place_plots import RAW, read_place_plots, write_place_table

        series, variables = self._series_and_variables(parameters, context, feedback)
        outputs = {name: self.output_path(parameters, name, context) for name in ("HTML", "PNG", "CSV")}
        outputs = {name: path for name, path in outputs.items() if path}
        inputs = [*(one.path for one in series.values()), source_file(self, parameters, context, "PLACES")]
        for path in outputs.values():
            refuse_overwriting_inputs(path, inputs)
        labels = read_labels(self, parameters, context, series[RAW].grid, feedback, "PLACES", "FIELD")
        most = self.parameterAsInt(parameters, "MAX_PLACES", context)
        plots = read_place_plots(series, labels, variables, most, self.engine_options(), feedback.part(0.0, 0.9))
        name, with_classes = os.path.basename(series[RAW].path), bool(parameters.get("FIELD"))
        if len(plots.shown) < len(plots.places):
            feedback.info(f"{len(plots.shown)} of {len(plots.places)} places are plotted one by one.")
        write_place_report(outputs["HTML"], name, plots, with_classes, self.provenance(parameters, context))
        if "PNG" in outputs:
            from .svg_picture import write_png

            sheet, left_out = place_sheet(name, plots, with_classes, MOST_CHARTS_IN_PICTURE)
            if left_out:
                feedback.info(
                    f"The picture holds {MOST_CHARTS_IN_PICTURE} charts; {left_out} are only in the HTML file."
                )
            write_png(sheet, outputs["PNG"])
        if "CSV" in outputs:
            write_place_table(plots, outputs["CSV"])
        return {**outputs, "PLACES_READ": len(plots.places), "PLACES_PLOTTED": len(plots.shown)}

    def _series_and_variables(self, parameters, context, feedback):
        from ..core.samples.place_plots import MASKED, PREPARED, RAW, check_grids, chosen_variables
        from ..core.series.image_series import ImageSeries

        paths = {
            role: self.raster_path(parameters, parameter, context)
            for role, parameter in ((RAW, "SERIES"), (MASKED, "MASKED"), (PREPARED, "PREPARED"))
        }
        series = {role: ImageSeries.open(path) for role, path in paths.items() if path}
        check_grids(series)
        names = self.parameterAsString(parameters, "VARIABLES", context).split(",")
        return series, chosen_variables(series, [name.strip() for name in names if name.strip()], feedback)
