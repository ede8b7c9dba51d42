"""Cluster image time series: a series to a map of clusters, their model, profiles and statistics."""

import os

from qgis.core import QgsProcessingParameterRasterDestination, QgsProcessingParameterRasterLayer

from .base import CLUSTERING, ChronocoverAlgorithm, tr
from .cluster_outputs import cluster_figures, define_cluster_outputs, known_scores, output_paths
from .clustering_parameters import (
    METHOD_HELP,
    define_mask,
    define_method,
    define_sample,
    define_variables,
    read_draw,
    read_names,
    read_settings,
)

OUTPUTS = ("OUTPUT", "DISTANCE", "MODEL", "CENTRES", "PROFILES", "PROFILE_LAYER", "REPORT")


class ClusterSeries(ChronocoverAlgorithm):
    """A series to a map of clusters."""

    NAME = "clusterseries"
    TITLE = "Cluster image time series"
    GROUP = CLUSTERING
    SUMMARY = "Groups pixels by their course over time, without labels: map, model, profiles and hectares."
    TAGS = ("cluster", "clustering", "unsupervised", "k-means", "dtw", "k-shape", "soft-dtw", "profile", "crop type")
    HELP = (
        "<p>Finds groups of pixels whose values run alike through the season, with no labels at all: a first map of an "
        "unknown area, or a look at what your classes really hold.</p>"
        "<p>It learns the clusters from a sample of pixels and then assigns every pixel to its nearest one. Gaps are "
        "filled linearly in time; a pixel with a variable that was never observed gets 0.</p>"
        f"<p><b>Methods</b></p>{METHOD_HELP}"
        "<p>With a class map as <b>mask</b> and one of its classes, that class alone is clustered.</p>"
        "<p><b>Gives</b> the map of clusters in distinct colours, a report with the mean curve of each cluster and its "
        "10th and 90th percentile over the real dates, hectares, and the same as tables. The silhouette (-1 to 1) says "
        "how well clusters are apart; it is that of up to 1,000 pixels of the sample. Inertia is the mean squared "
        "distance to the centre. The model (.onnx) assigns other series in “Assign clusters”.</p>"
        "<p>Before: “Prepare series”, so that there are no clouds. Next: “Name clusters”, which turns clusters into "
        "classes.</p>"
    )
    REQUIRES = ("numpy", "scipy", "numba", "sklearn", "onnx", "onnxruntime")
    ON_CLUSTER = True

    def define(self):
        series = QgsProcessingParameterRasterLayer("SERIES", tr("Image time series"))
        self.add(series, tr("The series to cluster, best without clouds and on regular dates."))
        define_method(self)
        define_variables(self)
        define_mask(self)
        define_sample(self, 5000)
        raster = QgsProcessingParameterRasterDestination("OUTPUT", tr("Clusters"))
        self.add(raster, tr("The map: cluster numbers with names and colours, 0 where there is no data."))
        define_cluster_outputs(self, with_model=True)

    def validate(self, parameters, context):
        from ..models.clustering.mapping import days_of, variables_of
        from ..models.clustering.preparation import Preparation

        series = self._series(parameters, context)
        variables_of(series, read_names(self, parameters, context))
        Preparation.of(read_settings(self, parameters, context), days_of(series.dates))
        read_draw(self, parameters, context, series.grid)

    def _series(self, parameters, context):
        from ..core.series.image_series import ImageSeries

        return ImageSeries.open(self.raster_path(parameters, "SERIES", context))

    def compute(self, parameters, context, feedback):
        from ..models.clustering.mapping import ClusterFiles, learn_clusters, map_clusters, own_season, variables_of
        from ..models.clustering.results import ResultFiles, learning_notes, tell_areas, write_results
        from ..models.clustering.storing import clustering_card, save_clustering

        series, options = self._series(parameters, context), self.engine_options()
        variables = variables_of(series, read_names(self, parameters, context))
        settings = read_settings(self, parameters, context)
        draw, mask = read_draw(self, parameters, context, series.grid)
        outputs = output_paths(self, parameters, context, OUTPUTS)
        provenance = self.provenance(parameters, context)
        learnt = learn_clusters(series, variables, settings, draw, options, feedback.part(0.0, 0.5))
        clustering, values = learnt.clustering, learnt.drawn.values
        notes = learning_notes(values, clustering.labels, settings)
        for note in notes:
            feedback.warning(note)
        card = clustering_card(
            clustering, series.dates, variables, values, scores=known_scores(learnt.silhouette), provenance=provenance
        )
        mapped = map_clusters(
            series, clustering, variables, ClusterFiles(outputs["OUTPUT"], outputs["DISTANCE"]),
            dates=series.dates, prepare=own_season(series.dates).onto_axis, legend=card.legend, mask=mask,
            provenance=provenance, options=options, feedback=feedback.part(0.5, 0.98),
        )  # fmt: skip
        if outputs["MODEL"]:  # after the map: cancelling before leaves nothing
            save_clustering(outputs["MODEL"], clustering, card, values)
        tell_areas(mapped, feedback)
        write_results(
            ResultFiles(*(outputs[name] for name in ("CENTRES", "PROFILES", "PROFILE_LAYER", "REPORT"))),
            tr("Clusters of an image time series"),
            os.path.basename(series.path),
            outputs["OUTPUT"], mapped, clustering, series.dates, variables, silhouette=learnt.silhouette,
            facts=[("Pixels learnt from", f"{len(learnt.drawn.pixels):,} of {learnt.drawn.wanted:,}")],
            notes=notes, provenance=provenance,
        )  # fmt: skip
        return {
            **{name: path for name, path in outputs.items() if path},
            **cluster_figures(mapped),
            **known_scores(learnt.silhouette, "SILHOUETTE"),
            "INERTIA": clustering.inertia,
        }
