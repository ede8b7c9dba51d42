"""Fill gaps: missing values of a series from the observations around them in time."""

from qgis.core import QgsProcessingOutputNumber, QgsProcessingParameterEnum, QgsProcessingParameterNumber

from ..core.time_series.method_names import INTERPOLATION_METHODS, LINEAR
from .base import tr
from .series_processing import SeriesProcessingAlgorithm


class FillGaps(SeriesProcessingAlgorithm):
    """Fill missing values in time."""

    NAME = "fillgaps"
    TITLE = "Fill gaps"
    SUMMARY = "Fills missing values of a series, such as masked clouds, from the observations before and after them."
    TAGS = ("gap filling", "interpolation", "clouds", "missing", "nodata", "spline", "akima", "time series")
    HELP = """
<p>Gives every missing value of an image time series one from the observations before and after it, pixel by pixel and
variable by variable. Observed values stay as they are. Uneven dates are taken as they are: what counts is the number
of days.</p>
<p><b>Methods</b></p>
<ul>
<li><i>linear</i>: a straight line between the two observations; robust, and what the models of this plugin do
themselves;</li>
<li><i>nearest</i>: the nearer observation in time, the earlier one if both are as near;</li>
<li><i>spline</i>: a smooth curve: Akima's from five observations on, a natural cubic spline for three and four, a
straight line for two. Akima's curve hardly overshoots;</li>
<li><i>cubic</i>: a natural cubic spline from three observations on. It is the smoothest, and swings out in long gaps of
noisy data, farther from the truth than the previous clear value: use it on dense series or with a longest gap.</li>
</ul>
<p><b>Ends:</b> before the first and after the last observation the nearest one is taken, with every method: nothing
is extrapolated.</p>
<p><b>Longest gap:</b> a hole between two observations that are more days apart stays a hole; at the ends, values
farther than that from the first or last observation stay missing. A series without any observation stays missing.</p>
<p>Quality variables pass unchanged, so that you can still tell what was observed. The log and the results say how
much was missing before and after.</p>
<p>Before: “Mask clouds”. Next: “Smooth”, “Spectral indices”, or “Extract samples”.</p>
"""

    def define_steps(self):
        self.add(
            QgsProcessingParameterEnum("METHOD", tr("Method"), INTERPOLATION_METHODS, False, LINEAR, False, True),
            tr(
                "How values between two observations are found: “linear” a straight line, “nearest” the nearer one, "
                "“spline” Akima's curve, “cubic” a natural cubic spline."
            ),
        )
        self.add(
            QgsProcessingParameterNumber(
                "LONGEST_GAP", tr("Longest gap in days (0: any)"), defaultValue=0, minValue=0, maxValue=100_000
            ),
            tr("Holes between two observations that are more days apart are left as they are. 0 fills every hole."),
        )
        self.add_variables(tr("Variables to fill"))
        self.addOutput(QgsProcessingOutputNumber("MISSING_BEFORE", tr("Missing values before, percent")))
        self.addOutput(QgsProcessingOutputNumber("MISSING_AFTER", tr("Missing values after, percent")))

    def steps(self, parameters, context, series, feedback):
        from ..core.time_series.filling import FillGaps as FillGapsStep

        return [
            FillGapsStep(
                method=self.parameterAsEnumString(parameters, "METHOD", context),
                longest_gap=self.parameterAsInt(parameters, "LONGEST_GAP", context),
                variables=self.chosen_variables(parameters, context),
            )
        ]

    def compute(self, parameters, context, feedback):
        series = self.series(parameters, context)
        steps = self.steps(parameters, context, series, feedback)
        results = self.write_series(parameters, context, series, steps, feedback)
        counts = steps[0].counts
        feedback.info(counts.describe())
        return {
            **results,
            "MISSING_BEFORE": counts.percent(counts.before),
            "MISSING_AFTER": counts.percent(counts.after),
        }
