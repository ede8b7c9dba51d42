"""Classify image time series: a series and a model to a map."""

import json

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..core.errors import ChronocoverError
from .base import MAPPING, ChronocoverAlgorithm, tr
from .computing import device_of


class ClassifySeries(ChronocoverAlgorithm):
    """A series and a model to a map."""

    NAME = "classifyseries"
    TITLE = "Classify image time series"
    GROUP = MAPPING
    SUMMARY = "Makes a class map, and if wanted its probabilities, from an image time series and a trained model."
    HELP = (
        "<p>Gives every pixel of an image time series the class that a trained model finds in its course over time.</p>"
        "<p><b>Needs</b> a series from <i>Build image time series</i> with the variables of the model (by name), and a "
        "model (.onnx) from one of the training steps. The dates may differ: the series is interpolated onto the "
        "dates of the model, so a model of one year maps another year. Gaps from clouds are filled in time.</p>"
        "<p><b>Gives</b> a class map with names and colours (0 where a variable was never observed), and on request "
        "the probability of each class, the confidence and the margin to the second class. Any size of image is "
        "mapped in the memory that is set in the Processing options.</p>"
        "<p><b>Next:</b> style and print the map, or compare it with reference places.</p>"
    )
    TAGS = ("classification", "land cover", "crop type", "map", "prediction", "inference", "onnx", "probability")
    REQUIRES = ("numpy", "numba", "onnxruntime")
    ON_CLUSTER = True
    ON_DEVICE = True

    def define(self):
        self.add(
            QgsProcessingParameterRasterLayer("SERIES", tr("Image time series")),
            tr("The series to classify, from “Build image time series”. It needs the variables of the model by name."),
        )
        self.add(
            QgsProcessingParameterFile("MODEL", tr("Model"), extension="onnx"),
            tr("The trained model (.onnx). It carries its classes, variables and dates."),
        )
        self.add(
            QgsProcessingParameterRasterLayer("MASK", tr("Mask"), optional=True),
            tr("Only pixels where this raster is neither 0 nor nodata are mapped. Any grid and CRS will do."),
        )
        self.add(
            QgsProcessingParameterExtent("EXTENT", tr("Extent"), optional=True),
            tr("Map only this part. Empty: the whole series."),
        )
        self.add(
            QgsProcessingParameterString("SEASON", tr("Season"), optional=True),
            tr(
                "Only needed if the series covers several seasons of the model: the year in which the season starts "
                "(2021), or its first day (2021-10-01). A day other than the model's moves the season."
            ),
        )
        for name, title, help_text in (
            ("OUTPUT", tr("Class map"), tr("The map: class numbers with names and colours, 0 where there is no data.")),
            (
                "PROBABILITIES",
                tr("Class probabilities"),
                tr("One band a class, stored as whole numbers of 0.0001 (the scale is set, so QGIS shows 0 to 1)."),
            ),
            ("CONFIDENCE", tr("Confidence"), tr("The probability of the class on the map, 0 to 1.")),
            (
                "MARGIN",
                tr("Margin"),
                tr("The highest probability minus the second highest: near 0 where two classes look alike."),
            ),
        ):
            optional = name != "OUTPUT"
            destination = QgsProcessingParameterRasterDestination(name, title, None, optional)
            destination.setCreateByDefault(not optional)
            self.add(destination, help_text)
        self.add(
            QgsProcessingParameterBoolean("SKIP_UNITS_CHECK", tr("Skip the check of units"), False),
            tr("Classify even if the values are ten times larger or smaller than those the model was trained on."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                "THREADS", tr("Worker threads (0: as set in the Processing options)"), defaultValue=0, minValue=0
            ),
            tr("How many blocks are computed at the same time."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString("CREATION_OPTIONS", tr("Creation options"), optional=True),
            tr("GDAL creation options for the outputs, separated by |, for example COMPRESS=ZSTD|NUM_THREADS=2."),
            advanced=True,
        )
        self.addOutput(QgsProcessingOutputNumber("PIXELS", tr("Classified pixels")))
        self.addOutput(QgsProcessingOutputNumber("PIXELS_WITHOUT_DATA", tr("Pixels without data")))
        self.addOutput(QgsProcessingOutputNumber("PIXELS_PER_SECOND", tr("Pixels per second")))
        self.addOutput(QgsProcessingOutputString("SEASON_START", tr("First day of the season")))
        self.addOutput(QgsProcessingOutputString("CLASS_AREAS", tr("Pixels and hectares of each class (JSON)")))

    def validate(self, parameters, context):
        self._creation_options(parameters, context)

    def compute(self, parameters, context, feedback):
        from dataclasses import replace

        from ..models.mapping import MapFiles, classify_series

        series = self.raster_path(parameters, "SERIES", context)
        files = MapFiles(*(self.output_path(parameters, name, context) or "" for name in DESTINATIONS))
        options = self.engine_options()
        threads = self.parameterAsInt(parameters, "THREADS", context)
        summary = classify_series(
            series,
            self.parameterAsFile(parameters, "MODEL", context),
            files,
            mask_path=self.raster_path(parameters, "MASK", context) or "",
            extent=self._extent(parameters, context),
            season=self.parameterAsString(parameters, "SEASON", context),
            skip_units_check=self.parameterAsBool(parameters, "SKIP_UNITS_CHECK", context),
            creation_options=self._creation_options(parameters, context),
            provenance=self.provenance(parameters, context),
            device=device_of(self, parameters, context),
            options=replace(options, threads=threads) if threads else options,
            feedback=feedback,
        )
        areas = {
            name: {"pixels": pixels, "hectares": round(summary.class_hectares[name], 4)}
            for name, pixels in summary.class_pixels.items()
        }
        for name, area in areas.items():
            feedback.info(f"{name}: {area['hectares']:,.2f} ha ({area['pixels']:,} pixels)")
        if summary.pixels_without_data:
            feedback.info(f"No data: {summary.pixels_without_data:,} pixels")
        outputs = {name: path for name, path in zip(DESTINATIONS, vars(files).values()) if path}
        return {
            **outputs,
            "PIXELS": summary.pixels,
            "PIXELS_WITHOUT_DATA": summary.pixels_without_data,
            "PIXELS_PER_SECOND": round(summary.statistics.pixels_per_second),
            "SEASON_START": summary.season.start.isoformat(),
            "CLASS_AREAS": json.dumps(areas, ensure_ascii=False),
        }

    def _creation_options(self, parameters, context):
        options = self.parameterAsString(parameters, "CREATION_OPTIONS", context).split("|")
        options = [option.strip() for option in options if option.strip()]
        for option in options:
            if "=" not in option:
                raise ChronocoverError(f"The creation option “{option}” is not of the form NAME=VALUE.")
        return options

    def _extent(self, parameters, context):
        """The extent in the CRS of the series; None if there is none."""
        layer = self.parameterAsRasterLayer(parameters, "SERIES", context)
        crs = layer.crs() if layer else QgsCoordinateReferenceSystem()
        extent = self.parameterAsExtent(parameters, "EXTENT", context, crs)
        if extent.isNull() or extent.isEmpty():
            return None
        return extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()


DESTINATIONS = ("OUTPUT", "PROBABILITIES", "CONFIDENCE", "MARGIN")
