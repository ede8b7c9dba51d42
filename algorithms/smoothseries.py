"""Smooth: take the noise out of a series in time."""

from qgis.core import QgsProcessingParameterEnum, QgsProcessingParameterNumber, QgsProcessingParameterString

from .base import tr
from .series_processing import SeriesProcessingAlgorithm

SAVITZKY_GOLAY, WHITTAKER, MEDIAN = METHODS = ("Savitzky-Golay", "Whittaker", "moving median")
INTEGER = QgsProcessingParameterNumber.Type.Integer
DOUBLE = QgsProcessingParameterNumber.Type.Double


class SmoothSeries(SeriesProcessingAlgorithm):
    """Smooth series in time."""

    NAME = "smoothseries"
    TITLE = "Smooth"
    SUMMARY = "Smooths a series in time with Savitzky-Golay, Whittaker or a moving median."
    TAGS = ("smoothing", "filter", "noise", "savitzky-golay", "whittaker", "median", "time series", "phenology")
    HELP = """
<p>Takes the noise out of an image time series, pixel by pixel and variable by variable. Uneven dates are taken as
they are: no resampling is needed first.</p>
<p><b>Methods</b></p>
<ul>
<li><i>Savitzky-Golay</i>: each value becomes that of a polynomial fitted to the dates in a window around it, over
actual days. It keeps peaks well. Dates at both ends share the first (last) full window. On evenly spaced dates it is
the classical filter.</li>
<li><i>Whittaker</i>: the curve that is the best compromise between being near to the observations and being smooth;
lambda says how smooth. It fills gaps too. Before the first and after the last observation it keeps its value there.
Lambda counts in mean steps of the dates: on evenly spaced ones it is the lambda of the literature.</li>
<li><i>moving median</i>: each value becomes the median of the window around it, which removes single outliers, such
as clouds that the mask missed. At the ends the window is cut off.</li>
</ul>
<p><b>Missing values:</b> Savitzky-Golay and the moving median take what is in the window and leave missing values
missing; where a window holds too few values for the polynomial, the value stays as it is. Whittaker gives missing
values the weight 0 and bridges them. A series without any observation stays missing.</p>
<p><b>Weights</b> (Whittaker only): a quality variable of the series can say how far each date counts, for example a
cloud probability with the weights <i>0=1, 100=0</i>, or the MODIS pixel reliability with <i>0=1, 1=0.5, 2=0,
3=0</i>.</p>
<p>Quality variables pass unchanged.</p>
<p>Before: “Mask clouds”, “Fill gaps”. Next: “Spectral indices”, “Temporal statistics and phenology”, “Extract
samples”.</p>
"""

    def define_steps(self):
        self.add(
            QgsProcessingParameterEnum("METHOD", tr("Method"), METHODS, False, SAVITZKY_GOLAY, False, True),
            tr(
                "Savitzky-Golay keeps peaks, Whittaker is smoothest and fills gaps, the moving median removes outliers."
            ),
        )
        self.add(
            QgsProcessingParameterNumber(
                "WINDOW", tr("Window in dates (Savitzky-Golay, moving median)"), INTEGER, 5, False, 3, 999
            ),
            tr("How many dates are looked at for each value: odd, at least 3. A longer window smooths more."),
        )
        self.add(
            QgsProcessingParameterNumber(
                "ORDER", tr("Order of the polynomial (Savitzky-Golay)"), INTEGER, 2, False, 0, 5
            ),
            tr("2 or 3 is usual; it must be less than the window. A lower order smooths more."),
        )
        self.add(
            QgsProcessingParameterNumber("LAMBDA", tr("Lambda (Whittaker)"), DOUBLE, 10.0, False, 0.001, 1e9),
            tr("How smooth the curve is. Try 2 for light, 10 for medium, 100 and more for strong smoothing."),
        )
        self.add_variables(tr("Variables to smooth"))
        self.add(
            QgsProcessingParameterString(
                "WEIGHT_VARIABLE", tr("Quality variable for weights (Whittaker)"), optional=True
            ),
            tr("The name of a variable of the series that says how good each date is. Empty: all dates count alike."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString("WEIGHTS", tr("Weights by quality value (Whittaker)"), optional=True),
            tr(
                "Pairs value=weight, separated by commas, such as 0=1, 1=0.5, 3=0. 1 counts fully, 0 not at all; "
                "between the values given it is linear. A missing quality counts 0. Empty: the quality is the weight."
            ),
            advanced=True,
        )

    def steps(self, parameters, context, series, feedback):
        from ..core.time_series.smoothing import MovingMedian, SavitzkyGolay
        from ..core.time_series.whittaker import Whittaker, weights_of_text

        method = self.parameterAsEnumString(parameters, "METHOD", context)
        window = self.parameterAsInt(parameters, "WINDOW", context)
        variables = self.chosen_variables(parameters, context)
        if method == SAVITZKY_GOLAY:
            return [SavitzkyGolay(window, self.parameterAsInt(parameters, "ORDER", context), variables)]
        if method == MEDIAN:
            return [MovingMedian(window, variables)]
        weight_variable = self.parameterAsString(parameters, "WEIGHT_VARIABLE", context).strip()
        weights = weights_of_text(self.parameterAsString(parameters, "WEIGHTS", context))
        strength = self.parameterAsDouble(parameters, "LAMBDA", context)
        return [Whittaker(strength, variables, weight_variable, weights)]
