"""The base of all algorithms that take a series and give a series: one pass of steps over the pixels."""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
)

from .base import SERIES, ChronocoverAlgorithm

FLOAT, INTEGER = "float32", "int16, scale 0.0001"


class SeriesProcessingAlgorithm(ChronocoverAlgorithm):
    """A subclass adds its parameters in :meth:`define_steps` and makes its steps in :meth:`steps`."""

    GROUP = SERIES
    REQUIRES = ("numba",)

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
            "reflectances and indices).",
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

    def series(self, parameters, context):
        """The input series' description."""
        from ..core.series.image_series import ImageSeries

        return ImageSeries.open(self.raster_path(parameters, "SERIES", context))

    def compute(self, parameters, context, feedback):
        from ..core.series.processing import FLOAT32, Storage, process_series

        series = self.series(parameters, context)
        steps = self.steps(parameters, context, series, feedback)
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
        )
        return {
            "OUTPUT": output,
            "DATES": len(axes.dates),
            "FIRST_DATE": axes.dates[0].isoformat(),
            "LAST_DATE": axes.dates[-1].isoformat(),
            "VARIABLE_NAMES": ",".join(axes.variables),
        }
