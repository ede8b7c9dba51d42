"""Cluster samples: which groups a samples layer holds, and how they go with its classes."""

import os

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterVectorDestination,
)

from .base import CLUSTERING, ChronocoverAlgorithm, tr
from .cluster_outputs import known_scores
from .clustering_parameters import INTEGER, METHOD_HELP, define_method, define_variables, read_names, read_settings
from .samples_layer import read_samples_parameter

POINTS = QgsProcessing.SourceType.TypeVectorPoint
OUTPUTS = ("OUTPUT", "MODEL", "CENTRES", "PROFILES", "REPORT")


class ClusterSamples(ChronocoverAlgorithm):
    """Samples to clusters."""

    NAME = "clustersamples"
    TITLE = "Cluster samples"
    GROUP = CLUSTERING
    SUMMARY = "Groups samples by their course over time, and shows which classes each group holds."
    TAGS = ("cluster", "samples", "unsupervised", "quality", "k-means", "dtw", "classes", "cross table", "rand index")
    HELP = (
        "<p>Do the classes of your samples really have curves of their own? This tool groups samples by their values "
        "alone, without looking at the classes, and compares: the report shows how many samples of each class are in "
        "each cluster, and the mean curves with their spread. A class in several clusters holds several kinds, or "
        "wrong labels; a cluster of several classes means that they look alike.</p>"
        "<p>The adjusted Rand index is 1 if clusters and classes are the same groups, and 0 if they agree as if by "
        "chance.</p>"
        f"<p><b>Methods</b></p>{METHOD_HELP}"
        "<p><b>Gives</b> a copy of the samples with the field “cluster” (0 where a variable was never observed), which "
        "all other tools take as samples, and the clustering as a model, for “Assign clusters”.</p>"
        "<p>Before: “Extract samples”. Next: delete or rename samples that lie in a cluster of another class, then "
        "train.</p>"
    )
    REQUIRES = ("numpy", "scipy", "numba", "sklearn", "onnx", "onnxruntime")

    def define(self):
        samples = QgsProcessingParameterFeatureSource("SAMPLES", tr("Samples"), [POINTS])
        self.add(samples, tr("A samples layer from “Extract samples” or “Import samples”. A selection is honoured."))
        define_method(self)
        define_variables(self)
        size = QgsProcessingParameterNumber("SAMPLE_SIZE", tr("Samples to learn from"), INTEGER, 5000, False, 2, 10**7)
        self.add(size, tr("If there are more, so many random ones make the clusters; all are assigned."), advanced=True)
        layer = QgsProcessingParameterVectorDestination("OUTPUT", tr("Samples with clusters"), POINTS)
        self.add(layer, tr("The samples with one more field, a GeoPackage in the colours of the classes."))
        for name, title, file_filter, help_text, by_default in (
            ("MODEL", tr("Model"), "ONNX models (*.onnx)", tr("The clustering, for “Assign clusters”."), False),
            ("CENTRES", tr("Centres (CSV)"), "CSV files (*.csv)", tr("The centres, smoothed and scaled."), False),
            ("PROFILES", tr("Profiles (CSV)"), "CSV files (*.csv)",
             tr("Mean, 10th and 90th percentile by cluster, date and variable."), False),
            ("REPORT", tr("Report"), "HTML files (*.html)", tr("Curves and the table of classes as HTML file."), True),
        ):  # fmt: skip
            file = QgsProcessingParameterFileDestination(name, title, file_filter, None, True, by_default)
            self.add(file, help_text)
        for name, title in (
            ("CLUSTERS", tr("Number of clusters")),
            ("SAMPLES_COUNT", tr("Samples with a cluster")),
            ("ADJUSTED_RAND_INDEX", tr("Adjusted Rand index of clusters and classes")),
            ("SILHOUETTE", tr("Silhouette of a sample")),
            ("INERTIA", tr("Inertia")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def validate(self, parameters, context):
        read_settings(self, parameters, context)

    def compute(self, parameters, context, feedback):
        from ..core.samples.table import check_path, write_samples
        from ..models.clustering.mapping import describe_silhouette
        from ..models.clustering.sample_clusters import cluster_samples, with_variables
        from ..models.clustering.storing import clustering_card, save_clustering

        settings, options = read_settings(self, parameters, context), self.engine_options()
        outputs = {name: self.output_path(parameters, name, context) or "" for name in OUTPUTS}
        check_path(outputs["OUTPUT"])
        provenance = self.provenance(parameters, context)
        everything = read_samples_parameter(self, parameters, "SAMPLES", context, feedback.part(0.0, 0.1))
        samples = with_variables(everything, read_names(self, parameters, context))
        size = self.parameterAsInt(parameters, "SAMPLE_SIZE", context)
        found = cluster_samples(samples, settings, size, options.thread_count(), feedback.part(0.1, 0.9))
        clustering = found.clustering
        feedback.info(
            f"{settings.title}: inertia {clustering.inertia:.5g}, {describe_silhouette(found.silhouette)}, adjusted "
            f"Rand index with the classes {found.rand_index:.3f}."
        )
        card = clustering_card(
            clustering, samples.dates, samples.variables, samples.values,
            scores={**known_scores(found.silhouette), "adjusted_rand_index": found.rand_index}, provenance=provenance,
        )  # fmt: skip
        write_samples(
            everything, outputs["OUTPUT"], provenance, feedback.part(0.9, 1.0), further={"cluster": found.labels}
        )
        self.show_in_own_style(outputs["OUTPUT"], context)
        if outputs["MODEL"]:
            save_clustering(outputs["MODEL"], clustering, card, samples.values)
        self._write_tables(outputs, parameters, context, found, card.legend, provenance)
        return {
            **{name: path for name, path in outputs.items() if path},
            "CLUSTERS": clustering.clusters,
            "SAMPLES_COUNT": int((found.labels > 0).sum()),
            "ADJUSTED_RAND_INDEX": found.rand_index,
            **known_scores(found.silhouette, "SILHOUETTE"),
            "INERTIA": clustering.inertia,
        }

    def _write_tables(self, outputs, parameters, context, found, legend, provenance):
        from ..core.reports.profile_tables import write_centre_csv, write_profile_csv
        from ..models.clustering.results import sample_profile_table, write_sample_report

        samples = found.samples
        if outputs["CENTRES"]:
            write_centre_csv(outputs["CENTRES"], legend, samples.dates, samples.variables, found.clustering.centres)
        if outputs["PROFILES"]:
            write_profile_csv(outputs["PROFILES"], sample_profile_table(found, legend))
        if outputs["REPORT"]:
            source = self.parameterAsSource(parameters, "SAMPLES", context).sourceName()
            write_sample_report(outputs["REPORT"], os.path.basename(source), found, legend, provenance)
