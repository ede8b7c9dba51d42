"""Quick look clusters: one image or one date to a first map, without any training."""

import os

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBand,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..models.clustering.settings import MOST_CLUSTERS
from .base import CLUSTERING, ChronocoverAlgorithm, tr
from .cluster_outputs import cluster_figures
from .clustering_parameters import INTEGER, MOST_SEED, define_mask, read_mask_codes

OUTPUTS = ("OUTPUT", "REPORT", "CSV")


class QuickClusters(ChronocoverAlgorithm):
    """One image to clusters."""

    NAME = "quickclusters"
    TITLE = "Quick look clusters"
    GROUP = CLUSTERING
    SUMMARY = "Groups the pixels of one image by the values of its bands: a first map in seconds, without training."
    TAGS = ("cluster", "k-means", "unsupervised", "quick look", "segmentation", "image", "first map", "hectares")
    HELP = """
<p>A first look at a scene, with nothing prepared: k-means on the bands of any raster, one image or one date of an image
time series. Every band is scaled from its least to its greatest value, so that each counts alike.</p>
<p>The clusters are learnt from a sample of pixels and numbered by the mean of their scaled bands, the darkest first.
Pixels where a band has no data get 0.</p>
<p><b>Gives</b> the map of clusters in distinct colours, a report with hectares as bars and the values of each cluster,
and the same as a table.</p>
<p>Next: “Name clusters”, or “Cluster image time series”, which looks at the whole season instead of one day.</p>
"""
    REQUIRES = ("numpy", "scipy", "numba", "sklearn")
    ON_CLUSTER = True

    def define(self):
        image = QgsProcessingParameterRasterLayer("IMAGE", tr("Image"))
        self.add(image, tr("Any raster, or an image time series."))
        bands = QgsProcessingParameterBand("BANDS", tr("Bands"), None, "IMAGE", True, True)
        self.add(bands, tr("The bands to look at. Empty: all, or all data bands of the date below."))
        date = QgsProcessingParameterString("DATE", tr("Date of a series"), None, False, True)
        self.add(
            date,
            tr("Of a series, the date to look at, such as 2021-06-15. Empty: the one with the fewest gaps."),
        )
        clusters = QgsProcessingParameterNumber(
            "CLUSTERS", tr("Number of clusters"), INTEGER, 6, False, 1, MOST_CLUSTERS
        )
        self.add(clusters, tr("How many groups to find."))
        define_mask(self)
        size = QgsProcessingParameterNumber("SAMPLE_SIZE", tr("Pixels to learn from"), INTEGER, 20000, False, 2, 10**7)
        self.add(size, tr("So many random pixels make the clusters."), advanced=True)
        seed = QgsProcessingParameterNumber("SEED", tr("Seed"), INTEGER, 1, False, 0, MOST_SEED)
        self.add(seed, tr("Another number draws other pixels. The same number repeats a run."), advanced=True)
        raster = QgsProcessingParameterRasterDestination("OUTPUT", tr("Clusters"))
        self.add(raster, tr("The map: cluster numbers with names and colours, 0 where there is no data."))
        report = QgsProcessingParameterFileDestination("REPORT", tr("Report"), "HTML files (*.html)", None, True)
        self.add(report, tr("Hectares, values and map as one HTML file, to open in a browser."))
        table = QgsProcessingParameterFileDestination("CSV", tr("Table"), "CSV files (*.csv)", None, True, False)
        self.add(table, tr("Pixels, hectares, mean and percentiles of each cluster and band as a CSV file."))
        for name, title in (
            ("CLUSTERS", tr("Number of clusters")),
            ("PIXELS", tr("Pixels with a cluster")),
            ("PIXELS_WITHOUT_DATA", tr("Pixels without data")),
            ("SILHOUETTE", tr("Silhouette of a sample")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))
        self.addOutput(QgsProcessingOutputString("IMAGE_DATE", tr("Date of the series that was taken")))

    def validate(self, parameters, context):
        read_mask_codes(self, parameters, context)
        self._image(parameters, context, quickly=True)

    def _image(self, parameters, context, quickly=False):
        from ..models.clustering.quick_look import choose_image

        bands = self.parameterAsInts(parameters, "BANDS", context)
        date = self.parameterAsString(parameters, "DATE", context)
        return choose_image(self.raster_path(parameters, "IMAGE", context), bands, date, quickly)

    def compute(self, parameters, context, feedback):
        from ..models.clustering.quick_look import cluster_image
        from ..models.clustering.results import ResultFiles, tell_areas, write_results

        image = self._image(parameters, context)
        path, codes = read_mask_codes(self, parameters, context)
        outputs = {name: self.output_path(parameters, name, context) or "" for name in OUTPUTS}
        provenance = self.provenance(parameters, context)
        numbers = [self.parameterAsInt(parameters, name, context) for name in ("CLUSTERS", "SAMPLE_SIZE", "SEED")]
        learnt, mapped = cluster_image(
            image, *numbers, outputs["OUTPUT"], path, codes, provenance, self.engine_options(), feedback.part(0.0, 0.98)
        )
        tell_areas(mapped, feedback)
        write_results(
            ResultFiles(profiles=outputs["CSV"], report=outputs["REPORT"]),
            tr("Quick look clusters"),
            os.path.basename(image.path) + (f", {image.date}" if image.date else ""),
            outputs["OUTPUT"], mapped, learnt.clustering, [image.date], image.variables, silhouette=learnt.silhouette,
            facts=[
                ("Bands", tr("each scaled from its least to its greatest value")),
                ("Pixels learnt from", f"{len(learnt.drawn.pixels):,} of {learnt.drawn.wanted:,}"),
            ],
            provenance=provenance,
        )  # fmt: skip
        return {
            **{name: output for name, output in outputs.items() if output},
            **cluster_figures(mapped),
            "SILHOUETTE": learnt.silhouette if learnt.silhouette == learnt.silhouette else None,
            "IMAGE_DATE": image.date.isoformat() if image.date else "",
        }
