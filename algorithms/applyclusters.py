"""Assign clusters: a stored clustering to another series."""

import os

from qgis.core import (
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from .base import CLUSTERING, ChronocoverAlgorithm, tr
from .cluster_outputs import cluster_figures, define_cluster_outputs, output_paths
from .clustering_parameters import define_mask, read_mask_codes

OUTPUTS = ("OUTPUT", "DISTANCE", "PROFILES", "PROFILE_LAYER", "REPORT")


class ApplyClusters(ChronocoverAlgorithm):
    """A stored clustering to another series."""

    NAME = "applyclusters"
    TITLE = "Assign clusters"
    GROUP = CLUSTERING
    SUMMARY = "Assigns the pixels of an image time series to the clusters that were found in another one."
    TAGS = ("cluster", "apply", "assign", "predict", "model", "onnx", "transfer", "dtw", "k-means")
    HELP = """
<p>Takes the model file of “Cluster image time series” or “Cluster samples” and gives every pixel of another series the
cluster that it is nearest to: another year, or the tile beside it, with the same numbers and colours, so that maps can
be compared.</p>
<p>The series needs the variables of the clustering, by name. Its dates may differ: it is interpolated onto the dates of
the clustering, season by season, as “Classify image time series” does, and it is prepared the same way. Pixels with a
variable that was never observed get 0.</p>
<p><b>Gives</b> the map of clusters, on request the distance to the centre (far from all centres is what the clustering
has not seen), the profiles that the clusters have in this series, and hectares.</p>
<p>Next: “Name clusters”.</p>
"""
    REQUIRES = ("numpy", "scipy", "numba", "sklearn", "onnx", "onnxruntime")
    ON_CLUSTER = True

    def define(self):
        series = QgsProcessingParameterRasterLayer("SERIES", tr("Image time series"))
        self.add(series, tr("The series whose pixels are assigned. It needs the clustering's variables by name."))
        model = QgsProcessingParameterFile("MODEL", tr("Model of the clustering"), extension="onnx")
        self.add(model, tr("The .onnx file that “Cluster image time series” or “Cluster samples” wrote."))
        define_mask(self)
        season = QgsProcessingParameterString("SEASON", tr("Season"), optional=True)
        self.add(
            season,
            tr(
                "Only needed if the series covers several seasons of the clustering: the year in which the season "
                "starts (2021), or its first day (2021-10-01)."
            ),
        )
        raster = QgsProcessingParameterRasterDestination("OUTPUT", tr("Clusters"))
        self.add(raster, tr("The map: cluster numbers with names and colours, 0 where there is no data."))
        define_cluster_outputs(self)
        skip = QgsProcessingParameterBoolean("SKIP_UNITS_CHECK", tr("Skip the check of units"), False)
        self.add(
            skip,
            tr("Assign even if the values are ten times larger or smaller than those the clusters were learnt from."),
            advanced=True,
        )
        self.addOutput(QgsProcessingOutputString("SEASON_START", tr("First day of the season")))

    def validate(self, parameters, context):
        read_mask_codes(self, parameters, context)

    def compute(self, parameters, context, feedback):
        from ..core.files import refuse_overwriting_inputs
        from ..core.series.image_series import ImageSeries
        from ..models.block_mapping import PixelMask
        from ..models.clustering.mapping import ClusterFiles, map_clusters
        from ..models.clustering.results import ResultFiles, tell_areas, write_results
        from ..models.clustering.storing import open_clustering
        from ..models.matching import match_series
        from ..models.season import axis_dates

        stored = open_clustering(self.parameterAsFile(parameters, "MODEL", context))
        series = ImageSeries.open(self.raster_path(parameters, "SERIES", context))
        skip = self.parameterAsBool(parameters, "SKIP_UNITS_CHECK", context)
        season_name = self.parameterAsString(parameters, "SEASON", context)
        season = match_series(stored.card, series, season_name, skip, feedback)
        path, codes = read_mask_codes(self, parameters, context)
        outputs = output_paths(self, parameters, context, OUTPUTS)
        for output in filter(None, outputs.values()):
            refuse_overwriting_inputs(output, [series.path, stored.path, path])
        provenance = self.provenance(parameters, context).with_extra(model_sha256=stored.sha256)
        variables = stored.card.variables
        mapped = map_clusters(
            series, stored.clustering, variables, ClusterFiles(outputs["OUTPUT"], outputs["DISTANCE"]),
            dates=season.dates, prepare=season.onto_axis, legend=stored.card.legend,
            mask=PixelMask.on_grid(path, series.grid, codes) if path else None,
            provenance=provenance, options=self.engine_options(), feedback=feedback.part(0.0, 0.98),
        )  # fmt: skip
        tell_areas(mapped, feedback)
        write_results(
            ResultFiles("", outputs["PROFILES"], outputs["PROFILE_LAYER"], outputs["REPORT"]),
            tr("Clusters assigned to an image time series"),
            os.path.basename(series.path),
            outputs["OUTPUT"], mapped, stored.clustering, axis_dates(season.axis, season.start), variables,
            facts=[("Model", f"{os.path.basename(stored.path)}: {stored.card.title}"), ("Season", season.describe())],
            provenance=provenance,
        )  # fmt: skip
        return {
            **{name: output for name, output in outputs.items() if output},
            **cluster_figures(mapped),
            "SEASON_START": season.start.isoformat(),
        }
