"""Resample dates: bring a series onto other dates."""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..core.errors import ChronocoverError
from ..core.time_series.method_names import INTERPOLATION_METHODS, LINEAR
from .base import tr
from .dependencies import require
from .series_processing import SeriesProcessingAlgorithm

EVERY, LISTED, OTHER, MODEL = TARGETS = (
    "every n days",
    "list of dates",
    "dates of another series",
    "time axis of a model",
)
INTEGER = QgsProcessingParameterNumber.Type.Integer


class ResampleSeries(SeriesProcessingAlgorithm):
    """Interpolate a series onto other dates."""

    NAME = "resampleseries"
    TITLE = "Resample dates"
    SUMMARY = "Brings a series onto other dates: every n days, a list, those of another series or of a model."
    TAGS = ("resample", "interpolation", "regular", "dates", "time axis", "time series", "gap filling")
    HELP = """
<p>Interpolates an image time series in time onto other dates, pixel by pixel and variable by variable, by the number
of days. Missing values are skipped, so gaps are filled at the same time.</p>
<p><b>The new dates</b> are every n days from the first to the last day, a list that you type, the dates of another
series, or the time axis of a model: the days of its season, placed in every season that the series covers, or in the
one you name.</p>
<p><b>Between two observations</b> the value lies on a straight line (<i>linear</i>), is the nearer one
(<i>nearest</i>), or lies on a smooth curve (<i>spline</i>: Akima's from five observations on, a natural cubic spline
for three and four; <i>cubic</i>: a natural cubic spline). A longest gap can be set beyond which values stay
missing.</p>
<p><b>Ends:</b> nothing is extrapolated. Up to some days (the tolerance) before a pixel's first and after its last
observation the nearest one is taken; farther out the value is missing.</p>
<p>Quality variables are left out, since an interpolated value comes from two dates. Composites count as the first day
of their period.</p>
<p>Before: “Mask clouds”. Next: “Smooth”, “Spectral indices”, “Extract samples”. To map with a model you do not need
this step: “Classify image time series” brings the series onto the model's dates itself.</p>
"""

    def define_steps(self):
        self.add(
            QgsProcessingParameterEnum("TARGET", tr("New dates"), TARGETS, False, EVERY, False, True),
            tr("Where the new dates come from. Only the parameters that name this choice are used."),
        )
        self.add(
            QgsProcessingParameterNumber("STEP", tr("Step in days (every n days)"), INTEGER, 10, False, 1, 3660),
            tr("The number of days from one date to the next."),
        )
        for name, title, help_text in (
            ("START", tr("First day (every n days)"), tr("Such as 2021-03-06. Empty: the first date of the series.")),
            ("END", tr("Last day (every n days)"), tr("No date is after it. Empty: the last date of the series.")),
        ):
            self.add(QgsProcessingParameterString(name, title, optional=True), help_text)
        self.add(
            QgsProcessingParameterString("DATES_LIST", tr("Dates (list of dates)"), multiLine=True, optional=True),
            tr("Dates such as 2021-03-06, separated by commas, spaces or lines."),
        )
        self.add(
            QgsProcessingParameterRasterLayer("OTHER", tr("Other series (dates of another series)"), optional=True),
            tr("An image time series whose dates are taken. Its grid and its variables do not matter."),
        )
        self.add(
            QgsProcessingParameterFile("MODEL", tr("Model (time axis of a model)"), extension="onnx", optional=True),
            tr("A trained model (.onnx), whose dates are taken."),
        )
        self.add(
            QgsProcessingParameterString("SEASON", tr("Season (time axis of a model)"), optional=True),
            tr("The year in which the season starts (2021), or its first day (2021-10-01). Empty: all covered."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterEnum("METHOD", tr("Method"), INTERPOLATION_METHODS, False, LINEAR, False, True),
            tr("Between two observations: “linear” a line, “nearest” the nearer one, “spline” and “cubic” curves."),
        )
        self.add(
            QgsProcessingParameterNumber(
                "TOLERANCE", tr("Tolerance at the ends in days"), INTEGER, 16, False, 0, 100_000
            ),
            tr("Up to so many days before the first and after the last observation the nearest one is taken."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                "LONGEST_GAP", tr("Longest gap in days (0: any)"), INTEGER, 0, False, 0, 100_000
            ),
            tr("Between two observations that are more days apart values stay missing. 0 fills every gap."),
            advanced=True,
        )
        self.addOutput(QgsProcessingOutputNumber("MISSING", tr("Missing values in the result, percent")))

    def steps(self, parameters, context, series, feedback):
        from ..core.time_series.resampling import ResampleDates

        return [
            ResampleDates(
                dates=self._dates(parameters, context, series),
                method=self.parameterAsEnumString(parameters, "METHOD", context),
                tolerance=self.parameterAsInt(parameters, "TOLERANCE", context),
                longest_gap=self.parameterAsInt(parameters, "LONGEST_GAP", context),
            )
        ]

    def _dates(self, parameters, context, series):
        from ..core.dates import day_typed
        from ..core.series.image_series import ImageSeries
        from ..core.time_series.resampling import listed_dates, regular_dates

        target = self.parameterAsEnumString(parameters, "TARGET", context)
        if target == EVERY:
            first, last = (
                day_typed(self.parameterAsString(parameters, name, context), title)
                for name, title in (("START", tr("First day")), ("END", tr("Last day")))
            )
            step = self.parameterAsInt(parameters, "STEP", context)
            return regular_dates(first or series.dates[0], last or series.dates[-1], step)
        if target == LISTED:
            return listed_dates(self.parameterAsString(parameters, "DATES_LIST", context))
        if target == OTHER:
            path = self.raster_path(parameters, "OTHER", context)
            if not path:
                raise ChronocoverError(tr("Choose the other series whose dates are to be taken."))
            return tuple(ImageSeries.open(path).dates)
        path = self.parameterAsFile(parameters, "MODEL", context)
        if not path:
            raise ChronocoverError(tr("Choose the model (.onnx) whose dates are to be taken."))
        require(("onnxruntime",))
        from ..models.season import dates_of_seasons
        from ..models.session import ModelSession

        season = self.parameterAsString(parameters, "SEASON", context)
        return dates_of_seasons(ModelSession.open(path).card.time_axis, series.dates, season)

    def compute(self, parameters, context, feedback):
        from ..core.series.steps import SeriesAxes

        series = self.series(parameters, context)
        steps = self.steps(parameters, context, series, feedback)
        outside = steps[0].dates_outside(SeriesAxes.of_series(series))
        if outside:
            listed = ", ".join(date.isoformat() for date in outside[:10]) + (", …" if len(outside) > 10 else "")
            feedback.warning(f"{len(outside)} new dates are outside of the series and stay empty: {listed}.")
        results = self.write_series(parameters, context, series, steps, feedback)
        missing = steps[0].counts.percent(steps[0].counts.after)
        feedback.info(f"{missing:.2f} % of the resampled values are missing.")
        return {**results, "MISSING": missing}
