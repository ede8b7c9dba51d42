"""Temporal statistics and phenology: a raster with one band a metric."""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..core.time_series.metric_names import DEFAULT, METRICS, metric_bands, parse_percentiles
from .base import SERIES, ChronocoverAlgorithm, tr
from .dependencies import require

DAY_OF_YEAR, SINCE_START = UNITS = ("day of year", "days since the start of the season")
DOUBLE = QgsProcessingParameterNumber.Type.Double


class TemporalMetrics(ChronocoverAlgorithm):
    """Compute metrics of each pixel's curve."""

    NAME = "temporalmetrics"
    TITLE = "Temporal statistics and phenology"
    GROUP = SERIES
    SUMMARY = "Describes each pixel's curve by numbers: mean, range, percentiles, start, peak and end of the season."
    TAGS = ("statistics", "phenology", "season", "sos", "eos", "percentile", "amplitude", "stm", "timesat", "greenness")
    REQUIRES = ("numba",)
    ON_CLUSTER = True
    HELP = """
<p>Turns an image time series into an ordinary raster with one band for each metric and variable, float32, such as
<i>ndvi start of season (day of year)</i>.</p>
<p><b>Statistics</b> of the observations, missing ones left out: mean, standard deviation (divided by n), minimum,
maximum, amplitude, percentiles, and the days of the maximum and minimum.</p>
<p><b>Season</b>, of an index such as NDVI. Missing values take no part, and the season around the highest value is
taken:</p>
<ul>
<li><i>start</i> and <i>end</i>: where the curve, seen from the peak, has fallen to a share of its amplitude. Each side
has its own amplitude, as in TIMESAT (Jönsson and Eklundh, 2004);</li>
<li><i>peak</i>: the vertex of the parabola through the highest value and its neighbours;</li>
<li><i>start</i> and <i>end by steepest slope</i>: the middle of the steepest rise before and fall after the peak;</li>
<li><i>length</i>: from start to end, in days.</li>
</ul>
<p>Where the curve does not rise or fall on that side of the peak, or has fewer than three observations, there is no
value. Noise moves the start and end, so smooth the series first.</p>
<p><b>Dates</b> are days of the year (1 January is 1; a season over New Year starts at 300, say, and ends at 90), or
days since the first day of the season, which go on over New Year.</p>
<p>Before: “Mask clouds”, “Spectral indices”, “Smooth”.</p>
"""

    def define(self):
        self.add(
            QgsProcessingParameterRasterLayer("SERIES", tr("Image time series")),
            tr("The series to describe. Clouds should be masked."),
        )
        self.add(
            QgsProcessingParameterString("VARIABLES", tr("Variables"), optional=True),
            tr("Names of variables, separated by commas, such as ndvi, evi. Empty: all data variables."),
        )
        self.add(
            QgsProcessingParameterEnum("METRICS", tr("Metrics"), METRICS, True, list(DEFAULT), False, True),
            tr("What is computed for each variable. The season is meant for a vegetation index."),
        )
        self.add(
            QgsProcessingParameterString("SEASON_START", tr("First day"), optional=True),
            tr("First day of the season, such as 2021-10-01; earlier dates are left out. Empty: the first date."),
        )
        self.add(
            QgsProcessingParameterString("SEASON_END", tr("Last day"), optional=True),
            tr("Last day of the season; later dates are left out. Empty: the last date."),
        )
        self.add(
            QgsProcessingParameterNumber("THRESHOLD", tr("Season threshold (%)"), DOUBLE, 20.0, False, 1.0, 99.0),
            tr("Percent of the amplitude at which the season starts and ends. 20 is usual, 50 is the middle."),
        )
        self.add(
            QgsProcessingParameterEnum("DAY_UNIT", tr("Dates as"), UNITS, False, DAY_OF_YEAR, False, True),
            tr("“days since …” counts from the first day given above, or from the first date of the series."),
        )
        self.add(
            QgsProcessingParameterString("PERCENTILES", tr("Percentiles"), "10, 25, 50, 75, 90", optional=True),
            tr("For the metric “percentiles”: numbers from 0 to 100, separated by commas."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterRasterDestination("OUTPUT", tr("Metrics raster")),
            tr("A raster with one band a metric; its bands' names say variable, metric and unit."),
        )
        self.addOutput(QgsProcessingOutputNumber("BANDS", tr("Number of bands")))
        self.addOutput(QgsProcessingOutputString("BAND_NAMES", tr("Names of the bands")))

    def validate(self, parameters, context):
        require(self.REQUIRES)
        self._plan(parameters, context)

    def compute(self, parameters, context, feedback):
        from ..core.series.metrics_raster import write_metrics

        series, bands, dates, start = self._plan(parameters, context)
        since_start = self.parameterAsEnumString(parameters, "DAY_UNIT", context) == SINCE_START
        output = self.output_path(parameters, "OUTPUT", context)
        names = write_metrics(
            series,
            bands,
            output,
            dates=dates,
            threshold=self.parameterAsDouble(parameters, "THRESHOLD", context) / 100,
            origin=(start or dates[0]) if since_start else None,
            provenance=self.provenance(parameters, context),
            options=self.engine_options(),
            feedback=feedback,
        )
        return {"OUTPUT": output, "BANDS": len(names), "BAND_NAMES": "; ".join(names)}

    def _plan(self, parameters, context):
        from ..core.dates import day_typed
        from ..core.series.image_series import ImageSeries
        from ..core.series.metrics_raster import chosen_variables, season_dates

        series = ImageSeries.open(self.raster_path(parameters, "SERIES", context))
        names = self.parameterAsString(parameters, "VARIABLES", context).split(",")
        variables = chosen_variables(series, [name.strip() for name in names if name.strip()])
        percentiles = parse_percentiles(self.parameterAsString(parameters, "PERCENTILES", context))
        bands = metric_bands(variables, self.parameterAsEnumStrings(parameters, "METRICS", context), percentiles)
        start = day_typed(self.parameterAsString(parameters, "SEASON_START", context), tr("First day"))
        end = day_typed(self.parameterAsString(parameters, "SEASON_END", context), tr("Last day"))
        return series, bands, season_dates(series, start, end), start
