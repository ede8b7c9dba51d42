"""Create demo scene: a small made-up landscape to try everything on."""

from qgis.core import (
    QgsProcessingOutputFolder,
    QgsProcessingOutputNumber,
    QgsProcessingOutputRasterLayer,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
)

from .base import START, ChronocoverAlgorithm, tr

INTEGER = QgsProcessingParameterNumber.Type.Integer
DOUBLE = QgsProcessingParameterNumber.Type.Double


class CreateDemo(ChronocoverAlgorithm):
    """Write a demo scene: dated images, labels and the true map."""

    NAME = "createdemo"
    TITLE = "Create demo scene"
    GROUP = START
    SUMMARY = "Makes a small landscape with cloudy images of one season, labelled polygons and the true map."
    TAGS = ("demo", "example", "tutorial", "sentinel-2", "simulation", "synthetic")
    REQUIRES = ("scipy",)
    HELP = """
<p>Writes a small made-up landscape, so that you can try every step offline and see how right the map is: fields with
crop calendars, grassland that is mown, forests, a river, a lake and a village, seen by a satellite like Sentinel-2 on
some two dozen days of one season, with clouds, shadows and noise.</p>
<p>The folder then holds:</p>
<ul>
<li><b>images</b>: one GeoTIFF a date with the bands blue, green, red, rededge1, nir and swir1 (reflectance × 10,000)
and <i>scl</i>, Sentinel-2's scene classification, where 3 is cloud shadow and 8, 9 and 10 are clouds;</li>
<li><b>labels.gpkg</b>: up to 12 polygons a class with the class in the field <i>crop</i>. They are as messy as real
ones: some metres off, one without a crop, one smaller than a pixel;</li>
<li><b>truth.tif</b>: the class of every pixel, to compare a map with. A real project never has this.</li>
</ul>
<p>Nothing in it is real. The same settings give the same files. The same seed and another year give the same
land with the crops rotated, other dates and other weather, to see how well a model of one year maps another.</p>
<p>Next step: “Build image time series” on the folder <i>images</i>, or the workflow “Images and labels to map”.</p>
"""

    def define(self):
        self.add(
            QgsProcessingParameterNumber("SIZE", tr("Size in pixels of 10 m"), INTEGER, 300, False, 100, 1100),
            tr("Rows and columns of the images. 300 makes 3 by 3 km; a larger scene has more fields and villages."),
        )
        self.add(
            QgsProcessingParameterNumber("DATES", tr("Number of dates"), INTEGER, 24, False, 1, 200),
            tr("How many images there are, unevenly spread from late February to early November."),
        )
        self.add(
            QgsProcessingParameterNumber("YEAR", tr("Year"), INTEGER, 2025, False, 1985, 2099),
            tr("The year of the images. Another year with the same seed has the same fields with other crops."),
        )
        self.add(
            QgsProcessingParameterNumber("CLOUDS", tr("Clouds (%)"), DOUBLE, 35.0, False, 0.0, 90.0),
            tr("Land that clouds hide on average, 0 to 90. Some days are wholly cloudy, others nearly clear."),
        )
        self.add(
            QgsProcessingParameterNumber("SEED", tr("Seed"), INTEGER, 1, False, 0, 2147483647),
            tr("Another number makes another landscape. The same number makes the same one again."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFolderDestination("OUTPUT", tr("Folder of the demo scene")),
            tr(
                "An empty or new folder. A demo scene that is already there is replaced; other files are never touched."
            ),
        )
        self.addOutput(QgsProcessingOutputFolder("IMAGES", tr("Folder of the images")))
        self.addOutput(QgsProcessingOutputVectorLayer("LABELS", tr("Labels")))
        self.addOutput(QgsProcessingOutputRasterLayer("TRUTH", tr("True map")))
        self.addOutput(QgsProcessingOutputNumber("IMAGES_COUNT", tr("Number of images")))
        self.addOutput(QgsProcessingOutputNumber("LABELS_COUNT", tr("Number of labelled polygons")))

    def validate(self, parameters, context):
        from ..core.demo.folder import check_folder

        folder = self.parameterAsString(parameters, "OUTPUT", context)
        if folder and folder != "TEMPORARY_OUTPUT":
            check_folder(folder)

    def compute(self, parameters, context, feedback):
        from ..core.demo.scene import DemoSettings, write_demo_scene

        settings = DemoSettings(
            size=self.parameterAsInt(parameters, "SIZE", context),
            dates=self.parameterAsInt(parameters, "DATES", context),
            year=self.parameterAsInt(parameters, "YEAR", context),
            clouds=self.parameterAsDouble(parameters, "CLOUDS", context) / 100,
            seed=self.parameterAsInt(parameters, "SEED", context),
        )
        folder = self.output_path(parameters, "OUTPUT", context)
        provenance = self.provenance(parameters, context)
        provenance.parameters.pop("OUTPUT", None)  # the same settings give the same bytes in any folder
        scene = write_demo_scene(folder, settings, provenance, feedback)
        return {
            "OUTPUT": scene.folder,
            "IMAGES": scene.images,
            "LABELS": scene.labels,
            "TRUTH": scene.truth,
            "IMAGES_COUNT": len(scene.dates),
            "LABELS_COUNT": scene.label_count,
        }
