"""Extract samples: labelled pixels of an image series become the samples layer."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDistance,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..core.errors import ChronocoverError
from .base import LABELS, ChronocoverAlgorithm, tr
from .samples_layer import GEOPACKAGE_HELP
from .vectors import field_names, label_source, read_labels

HOW = ["all pixels", "number per class", "share of pixels"]
FEATURE, FIELD, BLOCKS = GROUP_BY = ["feature", "field", "spatial blocks"]
POINTS, POLYGONS = QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVectorPolygon
INTEGER, DOUBLE = QgsProcessingParameterNumber.Type.Integer, QgsProcessingParameterNumber.Type.Double


class ExtractSamples(ChronocoverAlgorithm):
    """Draw labelled pixels and read their series."""

    NAME = "extractsamples"
    TITLE = "Extract samples"
    GROUP = LABELS
    SUMMARY = "Takes the time series of labelled pixels as samples to train a model on."
    TAGS = ("samples", "training data", "extract", "time series", "labels", "reference", "npz", "csv")
    REQUIRES = ("numba", "scipy")
    HELP = """
<p>Reads labelled pixels at all dates of an image time series and writes them as a <b>samples layer</b>: a GeoPackage of
points with the class, the group and a column for each date and variable. Look at it, correct classes or delete bad
rows, and train a model on what remains.</p>
<p>Labels are points, polygons (a pixel belongs to the polygon that holds its centre) or a class raster. A pixel is
taken once, however many labels claim it. One that labels of two different classes claim is left out, since nobody knows
which is right, and so is one that is mostly missing. The log counts them by class and reason.</p>
<p>If you ask for 500 samples per class you get 500 wherever there are as many good pixels: a missing one is replaced by
the next. The same seed draws the same pixels.</p>
<p>The <b>group</b> says which samples belong together, so that validation does not test a model on the very field that
it was trained on: those of one feature, of one value of a field, or of one square of a spatial grid. In a class raster
a “feature” is a patch of touching pixels of one class.</p>
<p>Next step: “Train random forest” or “Train gradient boosting”.</p>
"""

    def define(self):
        series = QgsProcessingParameterRasterLayer("SERIES", tr("Image time series"))
        self.add(series, tr("The series to read, as “Build image time series” makes it."))
        labels = QgsProcessingParameterFeatureSource("LABELS", tr("Labels"), [POINTS, POLYGONS], None, True)
        self.add(labels, tr("Labelled points or polygons, in any CRS. Give these or a class raster."))
        field = QgsProcessingParameterField("FIELD", tr("Class field"), None, "LABELS", optional=True)
        self.add(field, tr("Class of each feature, a text or whole number. Features without one are left out."))
        raster = QgsProcessingParameterRasterLayer("LABELS_RASTER", tr("Or labels as a class raster"), None, True)
        self.add(raster, tr("Class codes, 0 where there is no label. On another grid the nearest pixels are taken."))
        how = QgsProcessingParameterEnum("HOW", tr("Pixels to take"), HOW, False, HOW[0], False, True)
        self.add(how, tr("All labelled pixels, a number of random ones per class, or a share of each class's pixels."))
        count = QgsProcessingParameterNumber("COUNT", tr("Number per class"), INTEGER, 500, False, 1)
        self.add(count, tr("Samples of each class, used by “number per class”."))
        share = QgsProcessingParameterNumber("SHARE", tr("Share of pixels (%)"), DOUBLE, 10.0, False, 0.0, 100.0)
        self.add(share, tr("Percent of each class's pixels, used by “share of pixels”; at least one is taken."))
        buffer = QgsProcessingParameterDistance("BUFFER", tr("Inward buffer"), 0.0, "SERIES", False, 0.0)
        self.add(buffer, tr("Shrinks polygons by this distance, so that mixed pixels at their edges stay out."))
        group_by = QgsProcessingParameterEnum("GROUP_BY", tr("Group samples by"), GROUP_BY, False, FEATURE, False, True)
        self.add(group_by, tr("Which samples validation keeps together: see the description of this tool."))
        group = QgsProcessingParameterField("GROUP_FIELD", tr("Group field"), None, "LABELS", optional=True)
        self.add(group, tr("Used by “field”: the farm, the tile or the survey that a feature belongs to, say."))
        block = QgsProcessingParameterDistance("BLOCK_SIZE", tr("Side of spatial blocks"), 0.0, "SERIES", False, 0.0)
        self.add(block, tr("Used by “spatial blocks”: side of the squares. 0: a tenth of the image's longer side."))
        distance = QgsProcessingParameterDistance("MIN_DISTANCE", tr("Minimum distance"), 0.0, "SERIES", False, 0.0)
        self.add(distance, tr("Least distance between two samples of one class; 0 for none."), advanced=True)
        missing = QgsProcessingParameterNumber(
            "MAX_MISSING", tr("Missing values allowed (%)"), DOUBLE, 50.0, False, 0.0, 100.0
        )
        self.add(missing, tr("A pixel that lacks more of its dates and variables than this is dropped."), advanced=True)
        names = QgsProcessingParameterString("VARIABLES", tr("Variables"), None, False, True)
        self.add(names, tr("Names separated by commas. Empty: all variables but quality bands."), advanced=True)
        seed = QgsProcessingParameterNumber("SEED", tr("Seed"), INTEGER, 1, False, 0, 2147483647)
        self.add(seed, tr("Another number draws other pixels. The same number draws the same again."), advanced=True)
        self.add(QgsProcessingParameterVectorDestination("OUTPUT", tr("Samples"), POINTS), tr(GEOPACKAGE_HELP))
        table = QgsProcessingParameterFileDestination(
            "CSV", tr("Samples as CSV"), tr("CSV files (*.csv)"), None, True, False
        )
        self.add(table, tr("For use elsewhere: a row for each sample, date and variable."))
        arrays = QgsProcessingParameterFileDestination(
            "NPZ", tr("Samples as NumPy arrays"), tr("NumPy files (*.npz)"), None, True, False
        )
        self.add(arrays, tr("For use in Python: X (samples, dates, variables), y, groups, dates, names and places."))
        self.addOutput(QgsProcessingOutputNumber("SAMPLES", tr("Number of samples")))
        self.addOutput(QgsProcessingOutputNumber("CLASSES", tr("Number of classes")))
        self.addOutput(QgsProcessingOutputNumber("GROUPS", tr("Number of groups")))
        self.addOutput(QgsProcessingOutputNumber("DROPPED", tr("Pixels dropped: mostly missing, or of two classes")))

    def validate(self, parameters, context):
        self._series_and_variables(parameters, context)
        self._rule(parameters, context)
        raster = self.raster_path(parameters, "LABELS_RASTER", context)
        if (raster is None) == (parameters.get("LABELS") in (None, "")):
            raise ChronocoverError("Give labels as points or polygons, or as a class raster: one of the two.")
        if raster is None:
            label_source(self, parameters, context, "LABELS")
            if not field_names(self, parameters, context, "FIELD"):
                raise ChronocoverError("Choose the class field of the labels.")
        if self.parameterAsString(parameters, "GROUP_BY", context) == FIELD:
            if raster is not None:
                raise ChronocoverError("A class raster has no fields to group by. Group by feature or spatial blocks.")
            if not field_names(self, parameters, context, "GROUP_FIELD"):
                raise ChronocoverError("Choose the group field of the labels, or group by feature.")

    def compute(self, parameters, context, feedback):
        from ..core.samples.candidates import candidates_of_features, candidates_of_raster
        from ..core.samples.exchange import write_sample_files
        from ..core.samples.extraction import automatic_block_size, extract_samples
        from ..core.samples.table import check_path

        series, variables = self._series_and_variables(parameters, context)
        rule, options = self._rule(parameters, context), self.engine_options()
        group_by = self.parameterAsString(parameters, "GROUP_BY", context)
        outputs = {name: self.output_path(parameters, name, context) for name in ("OUTPUT", "CSV", "NPZ")}
        raster = self.raster_path(parameters, "LABELS_RASTER", context)
        check_path(outputs["OUTPUT"])

        part = feedback.part(0.0, 0.2)
        if raster:
            candidates = candidates_of_raster(raster, series.grid, rule, options, part)
        else:
            group_field = "GROUP_FIELD" if group_by == FIELD else None
            labels = read_labels(self, parameters, context, series.grid, feedback, "LABELS", "FIELD", group_field)
            buffer = self.parameterAsDouble(parameters, "BUFFER", context)
            candidates = candidates_of_features(labels, series.grid, rule, buffer, options, part)
        block_size = None
        if group_by == BLOCKS:
            block_size = self.parameterAsDouble(parameters, "BLOCK_SIZE", context) or automatic_block_size(series.grid)
        max_missing = self.parameterAsDouble(parameters, "MAX_MISSING", context) / 100
        extraction = extract_samples(
            series, candidates, rule, variables, block_size, max_missing, options, feedback.part(0.2, 0.9)
        )
        for line in extraction.summary():
            feedback.info(line)

        samples, provenance = extraction.samples, self.provenance(parameters, context)
        write_sample_files(samples, *outputs.values(), provenance, feedback.part(0.9, 1.0))
        self.show_in_own_style(outputs["OUTPUT"], context)
        return {
            **{name: path for name, path in outputs.items() if path},
            "SAMPLES": len(samples),
            "CLASSES": len(samples.legend),
            "GROUPS": len(set(samples.groups)),
            "DROPPED": extraction.dropped,
        }

    def _series_and_variables(self, parameters, context):
        from ..core.samples.extraction import chosen_variables
        from ..core.series.image_series import ImageSeries

        series = ImageSeries.open(self.raster_path(parameters, "SERIES", context))
        text = self.parameterAsString(parameters, "VARIABLES", context) or ""
        return series, chosen_variables(series, [name.strip() for name in text.split(",") if name.strip()])

    def _rule(self, parameters, context):
        from ..core.samples.selection import SelectionRule

        return SelectionRule(
            how=self.parameterAsString(parameters, "HOW", context),
            count=self.parameterAsInt(parameters, "COUNT", context),
            share=self.parameterAsDouble(parameters, "SHARE", context) / 100,
            distance=self.parameterAsDouble(parameters, "MIN_DISTANCE", context),
            seed=self.parameterAsInt(parameters, "SEED", context),
        )
