"""Import samples: CSV files of labelled time series become the samples layer."""

import os

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterCrs,
    QgsProcessingParameterEnum,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..core.errors import ChronocoverError
from .base import LABELS, ChronocoverAlgorithm, tr
from .samples_layer import GEOPACKAGE_HELP

YEARS = ["automatic", "one season", "as dated"]
INTEGER = QgsProcessingParameterNumber.Type.Integer
COLUMNS = (
    ("SAMPLE_COLUMN", "Column of the sample's id", "sample, id or fid; ids count within each file"),
    ("CLASS_COLUMN", "Column of the class", "class or label"),
    ("DATE_COLUMN", "Column of the date", "date or time; dates like 2021-03-06"),
    ("VARIABLE_COLUMN", "Column of the variable's name", "variable or band, if each row holds one variable"),
    ("VALUE_COLUMN", "Column of the value", "value; or the variables' own columns: their names, separated by commas"),
    ("GROUP_COLUMN", "Column of the group", "group; samples of one group stay together in validation"),
)


class ImportSamples(ChronocoverAlgorithm):
    """Read samples from CSV files."""

    NAME = "importsamples"
    TITLE = "Import samples"
    GROUP = LABELS
    SUMMARY = "Reads labelled time series from CSV files as samples to train a model on."
    TAGS = ("samples", "training data", "csv", "import", "time series", "table", "sits")
    REQUIRES = ("numba",)
    HELP = """
<p>Reads CSV files with a row for each sample and date, and writes them as a <b>samples layer</b> (a GeoPackage of
points), as “Extract samples” makes it.</p>
<p>Columns are found by their common names, whatever their case:</p>
<ul>
<li>the sample's id: <i>sample</i> or <i>id</i>; the <i>date</i>, such as 2021-03-06; the class: <i>class</i> or
<i>label</i>;</li>
<li>the values: either <i>variable</i> and <i>value</i>, or a column for each variable, such as <i>NDVI</i>;</li>
<li>optionally the place, <i>longitude</i> and <i>latitude</i> (WGS 84) or <i>x</i> and <i>y</i>; its <i>crs</i>, such
as EPSG:32633; and the <i>group</i>.</li>
</ul>
<p>Other names can be given under the advanced parameters. Separators (comma, semicolon, tab), decimal commas and
encodings are recognized. Empty values and NA are missing. The CSV of “Extract samples” comes back as it was.</p>
<p>Samples of <b>several years</b>, each of one season, are put onto one season, so that a model learns the season and
not the year: they are moved by whole years onto the season that most of them are from, and interpolated onto its dates.
Otherwise all dates are kept, and a sample has no value where it was not seen.</p>
<p>Samples without a place become rows without a point: a model can be trained on them, but a map does not show them.
Without a group column the group stays empty, and validation treats each sample as its own.</p>
<p>Next step: “Train random forest” or “Train gradient boosting”.</p>
"""

    def define(self):
        files = QgsProcessingParameterMultipleLayers("FILES", tr("CSV files"), QgsProcessing.SourceType.TypeFile)
        self.add(files, tr("One or several files, each with a header line."))
        count = QgsProcessingParameterNumber("COUNT", tr("Random samples per class"), INTEGER, 0, False, 0)
        self.add(count, tr("How many samples of each class to take. 0 takes all."))
        years = QgsProcessingParameterEnum("YEARS", tr("Samples of several years"), YEARS, False, YEARS[0], False, True)
        self.add(
            years,
            tr(
                "“one season”: put them onto one season; “as dated”: keep all dates; “automatic”: the former if each "
                "sample covers one season at most."
            ),
        )
        crs = QgsProcessingParameterCrs("CRS", tr("CRS of the coordinates"), None, True)
        self.add(crs, tr("Empty: the one that a column “crs” tells, or WGS 84 for longitude and latitude."))
        for name, title, common in COLUMNS:
            column = QgsProcessingParameterString(name, tr(title), None, False, True)
            self.add(column, tr("Empty: found by its name ({}).").format(common), advanced=True)
        seed = QgsProcessingParameterNumber("SEED", tr("Seed"), INTEGER, 1, False, 0, 2147483647)
        self.add(seed, tr("Another number draws other samples. The same number draws the same again."), advanced=True)
        points = QgsProcessing.SourceType.TypeVectorPoint
        self.add(QgsProcessingParameterVectorDestination("OUTPUT", tr("Samples"), points), tr(GEOPACKAGE_HELP))
        self.addOutput(QgsProcessingOutputNumber("SAMPLES", tr("Number of samples")))
        self.addOutput(QgsProcessingOutputNumber("CLASSES", tr("Number of classes")))
        self.addOutput(QgsProcessingOutputNumber("DATES", tr("Number of dates")))

    def validate(self, parameters, context):
        paths = self.parameterAsFileList(parameters, "FILES", context)
        if not any(paths):
            raise ChronocoverError("Choose at least one CSV file.")
        for path in paths:
            if not os.path.isfile(path):
                raise ChronocoverError(f"There is no file {path}. Choose CSV files that exist.")
        files = [os.path.realpath(path) for path in paths]
        twice = [path for path in files if files.count(path) > 1]
        if twice:
            raise ChronocoverError(f"The file {twice[0]} is listed twice, and so would be its samples. List it once.")

    def compute(self, parameters, context, feedback):
        from ..core.samples.csv_columns import CsvColumnNames
        from ..core.samples.csv_reading import draw_per_class, read_csv_samples
        from ..core.samples.table import check_path, write_samples

        output = self.output_path(parameters, "OUTPUT", context)
        check_path(output)
        names = [self.parameterAsString(parameters, name, context) or "" for name, _, _ in COLUMNS]
        crs = self.parameterAsCrs(parameters, "CRS", context)
        paths = self.parameterAsFileList(parameters, "FILES", context)
        samples = read_csv_samples(
            paths,
            CsvColumnNames(*names),
            crs.toWkt() if crs.isValid() else "",
            self.parameterAsString(parameters, "YEARS", context),
            feedback.part(0.0, 0.8),
        )
        count = self.parameterAsInt(parameters, "COUNT", context)
        if count:
            samples = draw_per_class(samples, count, self.parameterAsInt(parameters, "SEED", context))
        for name, number in samples.counts().items():
            feedback.info(f"Samples of {name}: {number:,}")
        first, last = samples.dates[0], samples.dates[-1]
        feedback.info(f"Dates: {len(samples.dates)}, from {first} to {last}; variables: {', '.join(samples.variables)}")
        write_samples(samples, output, self.provenance(parameters, context), feedback.part(0.8, 1.0))
        self.show_in_own_style(output, context)
        return {
            "OUTPUT": output,
            "SAMPLES": len(samples),
            "CLASSES": len(samples.legend),
            "DATES": len(samples.dates),
        }
