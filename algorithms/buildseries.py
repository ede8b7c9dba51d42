"""Build image time series: dated images, in any mixture, to one raster that knows its dates and variables."""

from qgis.core import (
    QgsMapLayer,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterRasterLayer,
)

from ..core.errors import ChronocoverError
from .base import SERIES, ChronocoverAlgorithm, SeriesDestination, tr
from .images import choice_parameter, define_images, find_images, read_rules, validate_images

GRIDS = ("most common", "finest", "reference layer")
EXTENTS = ("automatic", "union", "intersection", "reference layer")
RESAMPLINGS = ("bilinear", "cubic", "average", "nearest")


class BuildSeries(ChronocoverAlgorithm):
    """Layers, a folder or a table of images to a series; nothing is copied, the series refers to the files."""

    NAME = "buildseries"
    TITLE = "Build image time series"
    GROUP = SERIES
    SUMMARY = "Makes one image time series from dated images in any mixture."
    TAGS = ("series", "stack", "dates", "sentinel", "landsat", "modis", "hls", "vrt", "mosaic", "warp", "time")
    HELP = """<p>Collects satellite images of many dates into one raster with a band for each date and variable. Nothing
is copied: the result refers to your files, and images on another grid or in another CRS are warped while they
are read.</p>
<p><b>Needs</b> raster layers, a folder, or a table (CSV with the columns <i>path</i>, <i>date</i> and, if you
like, <i>variable</i> and <i>band</i>); or several of these. One file may be one date with many bands, or one
band.</p>
<p><b>Dates</b> are found in the images' metadata, else in the names of files, layers and folders.
<b>Variables</b> are found by sensor, by band description or by file name. The log shows what was found and
what was left out, and why. Several images of one date and variable are mosaicked: the first in alphabetical
order lies on top, and shows the next where it has no data. The same scene twice is an error.</p>
<p><b>Gives</b> an image time series (VRT). Keep the folder “….vrt.warped” beside it if there is one. A series
made here can be given as a layer again, to add dates.</p>
<p><b>Next:</b> Extract samples, or Classify image time series.</p>"""

    def define(self):
        define_images(self)
        self._define_grid()
        self.add(
            SeriesDestination("OUTPUT", tr("Image time series")),
            tr("The series, a VRT that refers to the images. Keep the images where they are relative to it."),
        )
        self.add(
            QgsProcessingParameterFolderDestination(
                "FOLDER_PER_VARIABLE", tr("Folder for one series a variable"), optional=True, createByDefault=False
            ),
            tr("A folder that also gets one VRT for each variable, with all its dates, named after it."),
        )
        for name, title in (("DATES", "Number of dates"), ("VARIABLES_COUNT", "Number of variables")):
            self.addOutput(QgsProcessingOutputNumber(name, tr(title)))
        for name, title in (
            ("FIRST_DATE", "First date"),
            ("LAST_DATE", "Last date"),
            ("VARIABLE_NAMES", "Names of the variables"),
        ):
            self.addOutput(QgsProcessingOutputString(name, tr(title)))

    def _define_grid(self):
        self.add(
            choice_parameter("GRID", "Pixel grid", GRIDS),
            tr("Whose pixels and CRS the series has: of most bands, of the finest image, or of the reference layer."),
        )
        self.add(
            QgsProcessingParameterRasterLayer("REFERENCE", tr("Reference layer"), optional=True),
            tr("A raster whose grid the series takes; it is used whenever it is given."),
        )
        self.add(
            choice_parameter("EXTENT_CHOICE", "Extent", EXTENTS),
            tr(
                "The ground that any image covers (union), that every date covers (intersection), or the reference "
                "layer's. “automatic” is the reference layer's if there is one, else the union."
            ),
        )
        self.add(
            QgsProcessingParameterExtent("EXTENT", tr("Only within"), optional=True),
            tr("An extent, in any CRS, that limits the series instead of the choice above."),
        )
        self.add(
            choice_parameter("RESAMPLING", "Resampling of data", RESAMPLINGS),
            tr(
                "How images on another grid are put on that of the series; average suits much finer images. Quality "
                "variables always take the nearest pixel."
            ),
        )

    def validate(self, parameters, context):
        validate_images(self, parameters, context)
        choices = [self.parameterAsEnumString(parameters, name, context) for name in ("GRID", "EXTENT_CHOICE")]
        if "reference layer" in choices and not parameters.get("REFERENCE"):
            raise ChronocoverError("The grid or the extent is to be the reference layer's. Choose a reference layer.")

    def compute(self, parameters, context, feedback):
        from ..core.grid import Grid
        from ..core.rasters import open_raster
        from ..core.series.building import GridChoice, build_series

        reference = self.raster_path(parameters, "REFERENCE", context)
        choice = GridChoice(
            pixels=self.parameterAsEnumString(parameters, "GRID", context),
            extent=self.parameterAsEnumString(parameters, "EXTENT_CHOICE", context),
            reference=Grid.of_dataset(open_raster(reference, "reference layer")) if reference else None,
            bounds=self._bounds(parameters, context),
            resampling=self.parameterAsEnumString(parameters, "RESAMPLING", context),
        )
        output = self.output_path(parameters, "OUTPUT", context)
        folder = self.output_path(parameters, "FOLDER_PER_VARIABLE", context)
        stack = build_series(
            find_images(self, parameters, context, feedback),
            read_rules(self, parameters, context),
            choice,
            output,
            folder or "",
            self.provenance(parameters, context),
            feedback,
        )
        if context.willLoadLayerOnCompletion(output):
            context.layerToLoadOnCompletionDetails(output).setPostProcessor(SHOW_PERIOD)
        results = {
            "OUTPUT": output,
            "DATES": len(stack.dates),
            "VARIABLES_COUNT": len(stack.variables),
            "FIRST_DATE": stack.dates[0].isoformat(),
            "LAST_DATE": stack.dates[-1].isoformat(),
            "VARIABLE_NAMES": ",".join(stack.variables),
        }
        return {**results, "FOLDER_PER_VARIABLE": folder} if folder else results

    def _bounds(self, parameters, context):
        box = self.parameterAsExtent(parameters, "EXTENT", context) if parameters.get("EXTENT") else None
        if box is None or box.isEmpty():
            return None
        crs = self.parameterAsExtentCrs(parameters, "EXTENT", context)
        return (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()), crs.toWkt()


class _ShowPeriod(QgsProcessingLayerPostProcessorInterface):
    """Reads the period out of the series' style: QGIS 3.22 drops it when it loads the style itself (issue 42223)."""

    def postProcessLayer(self, layer, context, feedback):
        layer.loadNamedStyle(layer.styleURI(), QgsMapLayer.StyleCategory.Temporal)


SHOW_PERIOD = _ShowPeriod()  # QGIS keeps no reference of its own
