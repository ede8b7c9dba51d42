"""The base of all algorithms that take a series and give a series: one pass of steps over the pixels."""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from .base import SERIES, ChronocoverAlgorithm, tr
from .dependencies import require

FLOAT, INTEGER = "float32", "int16 in steps of 0.0001"


class SeriesProcessingAlgorithm(ChronocoverAlgorithm):
    """A subclass adds its parameters in :meth:`define_steps` and makes its steps in :meth:`steps`."""

    GROUP = SERIES
    REQUIRES = ("numba",)
    ON_CLUSTER = True

    def define_steps(self):
        """Add the parameters of the steps, between the series and the output."""
        raise NotImplementedError

    def steps(self, parameters, context, series, feedback):
        """The :class:`core.series.steps.SeriesStep` objects to apply, in order. Called to validate, too: be quick."""
        raise NotImplementedError

    def define(self):
        self.add(
            QgsProcessingParameterRasterLayer("SERIES", "Image time series"),
            "The series to work on, made with “Build image time series” or by another step of this group.",
        )
        self.define_steps()
        self.add(
            QgsProcessingParameterEnum(
                "STORAGE", "Store values as", [FLOAT, INTEGER], defaultValue=FLOAT, usesStaticStrings=True
            ),
            "float32 keeps every digit. int16 halves the file and keeps four decimals (values from -3.2767 to 3.2767: "
            "reflectances and indices). Quality codes are stored as they are; those above 32,767, and fractions, need "
            "float32.",
            advanced=True,
        )
        self.add(
            QgsProcessingParameterRasterDestination("OUTPUT", "Resulting series"),
            "The resulting image time series, a tiled GeoTIFF with one band per date and variable.",
        )
        self.addOutput(QgsProcessingOutputNumber("DATES", "Number of dates"))
        self.addOutput(QgsProcessingOutputString("FIRST_DATE", "First date"))
        self.addOutput(QgsProcessingOutputString("LAST_DATE", "Last date"))
        self.addOutput(QgsProcessingOutputString("VARIABLE_NAMES", "Variables"))

    def add_variables(self, title):
        """Add the parameter VARIABLES, for steps that may leave some variables as they are."""
        self.add(
            QgsProcessingParameterString("VARIABLES", title, optional=True),
            tr("Names of variables, separated by commas. Empty: all data variables. Others stay as they are."),
            advanced=True,
        )

    def chosen_variables(self, parameters, context):
        """The names in VARIABLES; none means all data variables."""
        names = self.parameterAsString(parameters, "VARIABLES", context).split(",")
        return tuple(name.strip() for name in names if name.strip())

    def series(self, parameters, context):
        """The input series' description."""
        from ..core.series.image_series import ImageSeries

        return ImageSeries.open(self.raster_path(parameters, "SERIES", context))

    def validate(self, parameters, context):
        from ..core.feedback import Feedback
        from ..core.series.steps import SeriesAxes, axes_after_all

        require(self.REQUIRES)  # the steps' modules import them
        series = self.series(parameters, context)
        axes_after_all(self.steps(parameters, context, series, Feedback()), SeriesAxes.of_series(series))

    def compute(self, parameters, context, feedback):
        series = self.series(parameters, context)
        steps = self.steps(parameters, context, series, feedback)
        return self.write_series(parameters, context, series, steps, feedback)

    def write_series(self, parameters, context, series, steps, feedback, **more):
        """Apply the steps, write OUTPUT, and return the results; ``more`` goes to ``process_series``."""
        from ..core.series.processing import FLOAT32, Storage, process_series

        integer = self.parameterAsEnumString(parameters, "STORAGE", context) == INTEGER
        output = self.output_path(parameters, "OUTPUT", context)
        axes, _ = process_series(
            series,
            steps,
            output,
            storage=Storage(0.0001) if integer else FLOAT32,
            provenance=self.provenance(parameters, context),
            options=self.engine_options(),
            feedback=feedback,
            **more,
        )
        return {
            "OUTPUT": output,
            "DATES": len(axes.dates),
            "FIRST_DATE": axes.dates[0].isoformat(),
            "LAST_DATE": axes.dates[-1].isoformat(),
            "VARIABLE_NAMES": ",".join(axes.variables),
        }
