"""The outputs that all maps of clusters share."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterVectorDestination,
)

from .base import tr


def define_cluster_outputs(algorithm, with_model=False):
    """Add the other outputs of a map of clusters, which clustering and assigning share."""
    distance = QgsProcessingParameterRasterDestination("DISTANCE", tr("Distance to the centre"), None, True, False)
    algorithm.add(distance, tr("How far each pixel is from its cluster's centre, by the method's distance (float32)."))
    table = ("PROFILES", tr("Profiles (CSV)"), "CSV files (*.csv)", tr("Mean, 10th and 90th percentile, pixels and "
             "hectares by cluster, date and variable, in the units of the series."))  # fmt: skip
    files = [table]
    if with_model:
        files.insert(0, ("MODEL", tr("Model"), "ONNX models (*.onnx)", tr("The clustering as one file, for “Assign "
                     "clusters” and for any program with ONNX Runtime.")))  # fmt: skip
        files.insert(1, ("CENTRES", tr("Centres (CSV)"), "CSV files (*.csv)", tr("The centres as the method sees them: "
                     "smoothed and scaled.")))  # fmt: skip
    for name, title, file_filter, help_text in files:
        algorithm.add(QgsProcessingParameterFileDestination(name, title, file_filter, None, True, False), help_text)
    layer = QgsProcessingParameterVectorDestination(
        "PROFILE_LAYER", tr("Profiles (layer)"), QgsProcessing.SourceType.TypeVector, None, True, False
    )
    algorithm.add(layer, tr("The same table as a GeoPackage without geometry, with real dates."))
    report = QgsProcessingParameterFileDestination("REPORT", tr("Report"), "HTML files (*.html)", None, True)
    algorithm.add(report, tr("Curves, areas and map as one HTML file, to open in a browser."))
    for name, title in (
        ("CLUSTERS", tr("Number of clusters")),
        ("PIXELS", tr("Pixels with a cluster")),
        ("PIXELS_WITHOUT_DATA", tr("Pixels without data")),
        *((("SILHOUETTE", tr("Silhouette of a sample")), ("INERTIA", tr("Inertia"))) if with_model else ()),
    ):
        algorithm.addOutput(QgsProcessingOutputNumber(name, title))


def cluster_figures(mapped):
    """The number outputs of a map of clusters."""
    counts = mapped.counts
    return {
        "CLUSTERS": len(mapped.legend),
        "PIXELS": counts.pixels,
        "PIXELS_WITHOUT_DATA": counts.pixels_without_data,
    }


def known_scores(silhouette, name="silhouette"):
    """The silhouette, if there is one."""
    return {name: silhouette} if silhouette == silhouette else {}


def output_paths(algorithm, parameters, context, names):
    """The paths of the outputs ``names``, empty where skipped; raises ChronocoverError if one has a wrong extension."""
    from ..core.reports.profile_tables import check_profile_layer

    outputs = {name: algorithm.output_path(parameters, name, context) or "" for name in names}
    if outputs.get("PROFILE_LAYER"):
        check_profile_layer(outputs["PROFILE_LAYER"])
    return outputs
