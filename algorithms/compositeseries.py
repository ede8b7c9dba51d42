"""Composite: one image a period from the clear observations within it."""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..core.time_series.method_names import COMPOSITE_METHODS, MEDIAN
from ..core.time_series.periods import KINDS, LISTED, MONTHS, describe_periods, make_periods
from .base import tr
from .series_processing import SeriesProcessingAlgorithm

INTEGER = QgsProcessingParameterNumber.Type.Integer
DOUBLE = QgsProcessingParameterNumber.Type.Double


class CompositeSeries(SeriesProcessingAlgorithm):
    """Make one image a period."""

    NAME = "compositeseries"
    TITLE = "Composite"
    SUMMARY = "Makes one image for each month or other period from the clear observations within it."
    TAGS = ("composite", "monthly", "median", "medoid", "mosaic", "best pixel", "maximum ndvi", "temporal binning")
    HELP = """
<p>Makes an image time series with one image for each period: calendar months, every n days, or periods that begin on
the dates that you list. Missing observations take no part, so mask the clouds first.</p>
<p><b>Each variable by itself:</b> median, mean, minimum, maximum or a percentile (linear between ranks).</p>
<p><b>All variables from one real observation</b>, so that spectra stay true:</p>
<ul>
<li><i>medoid</i>: the observation with the least sum of distances to all others of the period (Flood, 2013, Remote
Sensing 5, 6481–6500). Distances are taken over all variables as they are, so use variables of one kind, such as
reflectances;</li>
<li><i>maximum of an index</i>: the observation with the highest value of a variable, such as ndvi;</li>
<li><i>clear pixel of the clearest date</i>: from the date with the largest clear share over the scene that is clear
there. It keeps large areas from the same day.</li>
</ul>
<p>Where some variables were not observed, only the observations with the most variables are considered.</p>
<p>A composite has the first day of its period as its date, and the last day as its end. An observation belongs to the
period that its date lies in (a composite, by its own first day). A period without any observation stays missing; the
log says which, and what share of the pixels each period lacks. Quality variables are left out: they have no meaning in
a composite.</p>
<p>Before: “Mask clouds”. Next: “Fill gaps”, “Extract samples” or “Classify image time series”.</p>
"""

    def define_steps(self):
        self.add(
            QgsProcessingParameterEnum("PERIOD", tr("Periods"), KINDS, False, MONTHS, False, True),
            tr("One image is made for each: calendar months, every n days, or periods from the dates in a list."),
        )
        self.add(
            QgsProcessingParameterNumber("DAYS", tr("Length in days (every n days)"), INTEGER, 16, False, 1, 36600),
            tr("The number of days in a period. The last period may be shorter."),
        )
        self.add(
            QgsProcessingParameterString("STARTS", tr("First days (list of dates)"), optional=True),
            tr("First day of each period, such as 2021-03-01, 2021-05-15. Each ends the day before the next begins."),
        )
        self.add(
            QgsProcessingParameterEnum("METHOD", tr("Method"), COMPOSITE_METHODS, False, MEDIAN, False, True),
            tr("How the observations of a period become one. The help of the tool tells them apart."),
        )
        self.add(
            QgsProcessingParameterString("START", tr("Start"), optional=True),
            tr(
                "First day, such as 2021-03-06; earlier dates are not used. Empty: the first date of the series, "
                "or the beginning of its month. A list of dates has its own start."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString("END", tr("End"), optional=True),
            tr("Last day; later dates are not used. Empty: the last date of the series."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("PERCENTILE", tr("Percentile"), DOUBLE, 75.0, False, 0.0, 100.0),
            tr("For the method “percentile”: 0 is the minimum, 50 the median, 100 the maximum."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString("INDEX_VARIABLE", tr("Index"), "ndvi", optional=True),
            tr("For the method “maximum of an index”: a variable of the series."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean("COUNT", tr("Add the number of clear observations"), defaultValue=False),
            tr("Adds the variable clear_count, with the role of a quality variable: observations in the period."),
            advanced=True,
        )
        self.addOutput(QgsProcessingOutputNumber("EMPTY_PERIODS", tr("Periods without any observation")))
        self.addOutput(QgsProcessingOutputNumber("MISSING_SHARE", tr("Missing share (%)")))

    def steps(self, parameters, context, series, feedback):
        from ..core.time_series.compositing import Composite

        return [
            Composite(
                self._periods(parameters, context, series),
                self.parameterAsEnumString(parameters, "METHOD", context),
                self.parameterAsDouble(parameters, "PERCENTILE", context),
                self.parameterAsString(parameters, "INDEX_VARIABLE", context).strip(),
                (0.0,) * len(series.dates),  # measured before the run
                self.parameterAsBool(parameters, "COUNT", context),
            )
        ]

    def compute(self, parameters, context, feedback):
        from ..core.series.clear_observations import ClearObservations, needs_clear_shares, with_clear_shares
        from ..core.series.processing import SeriesInput
        from ..core.time_series.compositing import COUNT_VARIABLE

        series = self.series(parameters, context)
        source = SeriesInput.of_series(series)
        steps = self.steps(parameters, context, series, feedback)
        unmasked = [name for name in series.quality_variables if name != COUNT_VARIABLE]
        if unmasked:
            feedback.warning(f"The series still has {', '.join(unmasked)}. Were its clouds masked? See “Mask clouds”.")
        if needs_clear_shares(steps):
            part = feedback.part(0, 0.4)
            steps = with_clear_shares(steps, source, options=self.engine_options(), feedback=part)
            feedback = feedback.part(0.4, 1)
        tally = ClearObservations(steps[0].axes_after(source.axes))
        results = self.write_series(parameters, context, series, steps, feedback, tallies={1: tally}, source=source)
        periods = steps[0].periods
        feedback.info(describe_periods(periods, series.dates, 1 - tally.shares))
        empty = [str(period.first) for period, count in zip(periods, tally.by_date) if not count]
        if empty:
            feedback.warning(f"Without any observation, and wholly missing: the periods from {', '.join(empty)}.")
        return {**results, "EMPTY_PERIODS": len(empty), "MISSING_SHARE": 100 * (1 - tally.share)}

    def _periods(self, parameters, context, series):
        from ..core.dates import day_typed
        from ..core.time_series.resampling import listed_dates

        kind = self.parameterAsEnumString(parameters, "PERIOD", context)
        starts = listed_dates(self.parameterAsString(parameters, "STARTS", context)) if kind == LISTED else ()
        return make_periods(
            kind,
            series.dates,
            start=day_typed(self.parameterAsString(parameters, "START", context), tr("Start")),
            end=day_typed(self.parameterAsString(parameters, "END", context), tr("End")),
            days=self.parameterAsInt(parameters, "DAYS", context),
            starts=starts,
        )
