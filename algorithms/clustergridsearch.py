"""Search clusterings: a grid of methods, bands and numbers of clusters, compared by scores."""

import os

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..core.errors import ChronocoverError
from ..models.clustering.settings import METHODS, SCALINGS
from .base import CLUSTERING, ChronocoverAlgorithm, tr
from .clustering_parameters import (
    INTEGER,
    METHOD_HELP,
    NO_BAND,
    define_details,
    define_mask,
    define_sample,
    define_smoothing,
    define_variables,
    read_draw,
    read_names,
    read_settings,
)
from .samples_layer import read_samples_parameter

CRITERIA = ("silhouette", "davies-bouldin", "stability")
POINTS = QgsProcessing.SourceType.TypeVectorPoint


class ClusterGridSearch(ChronocoverAlgorithm):
    """A grid of clusterings over a sample."""

    NAME = "clustergridsearch"
    TITLE = "Search clusterings"
    GROUP = CLUSTERING
    SUMMARY = "Compares methods, bands and numbers of clusters on a sample, and gives the settings of the best."
    TAGS = ("cluster", "grid search", "elbow", "silhouette", "davies-bouldin", "stability", "number of clusters", "k")
    HELP = (
        "<p>How many clusters, and by which method? This tool clusters the same sample with every combination of the "
        "methods, scalings, bands and numbers that you give, and shows four figures of each:</p>"
        "<ul><li>silhouette, -1 to 1: how much nearer series are to their own cluster than to the next;</li>"
        "<li>Davies-Bouldin index: how wide clusters are for how far apart, less is better;</li>"
        "<li>stability: the adjusted Rand index between different seeds, 1 if they all give the same clusters;</li>"
        "<li>inertia, as the elbow plot: where more clusters gain little, there are enough.</li></ul>"
        "<p>They are taken by each method's own distance, so they compare numbers of clusters of one method well, "
        "different methods only roughly.</p>"
        f"<p><b>Methods</b></p>{METHOD_HELP}"
        "<p>The settings of the best are outputs, which a model can pass on to “Cluster image time series” or “Cluster "
        "samples”.</p>"
    )
    REQUIRES = ("numpy", "scipy", "numba", "sklearn")

    def define(self):
        series = QgsProcessingParameterRasterLayer("SERIES", tr("Image time series"), None, True)
        self.add(series, tr("The series of which a sample of pixels is clustered. Give it or samples, one of the two."))
        samples = QgsProcessingParameterFeatureSource("SAMPLES", tr("Samples"), [POINTS], None, True)
        self.add(samples, tr("A samples layer, instead of the series. Its classes are not looked at."))
        methods = QgsProcessingParameterEnum("METHODS", tr("Methods"), METHODS, True, ["euclidean", "dtw"], False, True)
        self.add(methods, tr("What makes two series alike: see the description of this tool."))
        numbers = QgsProcessingParameterString("CLUSTER_NUMBERS", tr("Numbers of clusters"), "3-8")
        self.add(numbers, tr("Such as 3-8, or 4, 6, 10-12."))
        scalings = QgsProcessingParameterEnum(
            "SCALINGS", tr("Scale each series"), SCALINGS, True, ["none"], False, True
        )
        self.add(scalings, tr("“none” compares values, the others only shapes. k-shape always takes z-scores."))
        radii = QgsProcessingParameterString("RADII", tr("Sakoe-Chiba bands: dates"), str(NO_BAND))
        self.add(radii, tr("For dtw and soft-dtw, such as -1, 2, 4: how many dates two values may be apart; -1: any."))
        define_smoothing(self)
        define_variables(self)
        define_mask(self)
        define_sample(self, 2000)
        criterion = QgsProcessingParameterEnum("CRITERION", tr("Best by"), CRITERIA, False, CRITERIA[0], False, True)
        self.add(criterion, tr("The figure by which settings are put in order."))
        seeds = QgsProcessingParameterNumber("SEEDS", tr("Seeds"), INTEGER, 3, False, 2, 50)
        self.add(seeds, tr("Every setting is tried with so many seeds, for the stability."), advanced=True)
        define_details(self, without=("RADIUS", "RESTARTS"))
        for name, title, file_filter, by_default, help_text in (
            ("REPORT", tr("Report"), "HTML files (*.html)", True, tr("The table and the elbow plot as one HTML file.")),
            ("CSV", tr("Table"), "CSV files (*.csv)", False, tr("A row for each setting, the best first.")),
        ):
            self.add(QgsProcessingParameterFileDestination(name, title, file_filter, None, True, by_default), help_text)
        for name, title in (("METHOD", tr("Method of the best")), ("SCALING", tr("Scaling of the best"))):
            self.addOutput(QgsProcessingOutputString(name, title))
        for name, title in (
            ("CLUSTERS", tr("Number of clusters of the best")),
            ("RADIUS", tr("Sakoe-Chiba band of the best (-1: none)")),
            ("SILHOUETTE", tr("Silhouette of the best")),
            ("DAVIES_BOULDIN", tr("Davies-Bouldin index of the best")),
            ("STABILITY", tr("Stability of the best")),
            ("SETTINGS", tr("Number of settings compared")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def validate(self, parameters, context):
        if (parameters.get("SERIES") in (None, "")) == (parameters.get("SAMPLES") in (None, "")):
            raise ChronocoverError("Give an image time series or a samples layer: one of the two.")
        if parameters.get("SAMPLES") not in (None, "") and parameters.get("MASK") not in (None, ""):
            raise ChronocoverError("A mask restricts the pixels of a series. Leave it out, or give the series.")
        self._grid(parameters, context)
        if parameters.get("SERIES") not in (None, ""):
            read_draw(self, parameters, context, self._series(parameters, context).grid)

    def _series(self, parameters, context):
        from ..core.series.image_series import ImageSeries

        return ImageSeries.open(self.raster_path(parameters, "SERIES", context))

    def _grid(self, parameters, context):
        from ..models.clustering.search import grid_of, parse_numbers, parse_radii

        numbers = parse_numbers(self.parameterAsString(parameters, "CLUSTER_NUMBERS", context))
        methods = self.parameterAsEnumStrings(parameters, "METHODS", context)
        scalings = self.parameterAsEnumStrings(parameters, "SCALINGS", context)
        if not methods or not scalings:
            raise ChronocoverError("Choose at least one method and one scaling.")
        radii = parse_radii(self.parameterAsString(parameters, "RADII", context))
        settings = read_settings(self, parameters, context, methods[0], numbers[0], scalings[0], restarts=1)
        return grid_of(settings, methods, scalings, radii, numbers)

    def compute(self, parameters, context, feedback):
        from ..models.clustering.search import search, write_search_csv
        from ..models.clustering.search_report import write_search_report

        grid, options = self._grid(parameters, context), self.engine_options()
        outputs = {name: self.output_path(parameters, name, context) for name in ("REPORT", "CSV")}
        values, days, source = self._sample(parameters, context, options, feedback.part(0.0, 0.1))
        seed, count = (self.parameterAsInt(parameters, name, context) for name in ("SEED", "SEEDS"))
        feedback.info(f"{len(grid)} settings × {count} seeds on {len(values):,} series.")
        criterion = self.parameterAsEnumString(parameters, "CRITERION", context)
        seeds = [seed + index for index in range(count)]
        found = search(values, days, grid, seeds, criterion, options.thread_count(), feedback.part(0.1, 1.0))
        if outputs["CSV"]:
            write_search_csv(outputs["CSV"], found)
        if outputs["REPORT"]:
            write_search_report(outputs["REPORT"], source, found, criterion, self.provenance(parameters, context))
        best = found[0]
        figures = {"SILHOUETTE": best.silhouette, "DAVIES_BOULDIN": best.davies_bouldin, "STABILITY": best.stability}
        return {
            **{name: path for name, path in outputs.items() if path},
            "METHOD": best.settings.method,
            "SCALING": best.settings.effective_scaling,
            "CLUSTERS": best.settings.clusters,
            "RADIUS": NO_BAND if best.settings.radius is None else best.settings.radius,
            **{name: value for name, value in figures.items() if value == value},
            "SETTINGS": len(found),
        }

    def _sample(self, parameters, context, options, feedback):
        """Values ``(n, dates, variables)``, days, and what the report calls them."""
        from ..core.samples.pixel_draw import draw_pixels
        from ..models.clustering.mapping import days_of, variables_of
        from ..models.clustering.sample_clusters import draw_samples, with_variables

        names = read_names(self, parameters, context)
        if parameters.get("SERIES") not in (None, ""):
            series = self._series(parameters, context)
            draw, _ = read_draw(self, parameters, context, series.grid)
            drawn = draw_pixels(series, variables_of(series, names), draw, options, feedback)
            return (
                drawn.values,
                days_of(series.dates),
                f"{len(drawn.values):,} pixels of {os.path.basename(series.path)}",
            )
        samples = with_variables(read_samples_parameter(self, parameters, "SAMPLES", context, feedback), names)
        size, seed = (self.parameterAsInt(parameters, name, context) for name in ("SAMPLE_SIZE", "SEED"))
        chosen = samples.subset(draw_samples(samples, size, seed))
        return chosen.values, days_of(chosen.dates), f"{len(chosen):,} of {len(samples):,} samples"
