"""Samples to those whose class is likely wrong."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterVectorDestination,
)

from .base import LABELS, ChronocoverAlgorithm, tr
from .check_parameters import define_check, read_check, require_family
from .report_files import define_reports, write_reports
from .samples_layer import read_other_fields, read_samples_parameter

POINTS = QgsProcessing.SourceType.TypeVectorPoint

FIGURES = {
    "SUSPECTS": "Number of samples whose class is likely wrong",
    "SUSPECT_SHARE": "Their share of the samples that were checked (0 to 1)",
    "CHECKED": "Number of samples checked",
    "UNCHECKED": "Number of samples that could not be checked",
    "NOISE_SHARE": "Estimated share of wrong classes (0 to 1)",
}


class CheckSamples(ChronocoverAlgorithm):
    """Find samples whose class is likely wrong."""

    NAME = "checksamples"
    TITLE = "Check samples for wrong classes"
    GROUP = LABELS
    SUMMARY = "Finds samples that are likely mislabelled, marks them in the layer, and suggests the class that fits."
    TAGS = ("samples", "quality", "label noise", "mislabelled", "confident learning", "self-organising map", "som",
            "clean", "outlier", "errors", "profiles")  # fmt: skip
    REQUIRES = ("numpy", "sklearn", "onnx", "skl2onnx", "onnxruntime", "numba")
    HELP = """
<p>Field notes get mixed up, polygons are drawn over two fields, crops are harvested early: wrong classes among the
samples cost accuracy, and make the accuracy itself wrong. This tool marks samples that are <b>likely</b> mislabelled.
Look at them before you delete or rename anything: a rare kind of a class looks like a mistake, too.</p>
<p><b>Confident learning</b> (Northcutt et al. 2021) classifies each sample by a classifier that has not seen it, nor
any other pixel of its polygon, tile or block, compares the probabilities with what is usual for each class, and
estimates how many samples of each class are wrong. <b>Self-organising map</b> (Santos et al. 2021, as in the R
package sits) lays all series out on a grid where alike ones are neighbours, and compares each class with those around
it; its own group does not count. <b>Both</b> takes as many samples as confident learning estimates to be wrong: those
that both together support least. In tests with known mistakes this found more of them than either alone, with about
as few false alarms.</p>
<p><b>Gives</b> the samples as they were, with more fields: <i>suspect</i> (1: look at it; empty: could not be
checked), <i>suggested</i> class, <i>quality</i> of the label (0 to 1; look at the lowest first), <i>given_prob</i>
and <i>suggested_prob</i> (probabilities of the given and of the most probable class), <i>som_agreement</i>
(probability of the given class among the map's neighbours), <i>som_verdict</i> (clean, analyze or remove, as sits
says) and <i>som_neuron</i>. A ring marks suspects. All tools take this layer as samples. Correct the field “class” or
delete rows in QGIS; or take the layer without suspects. Where classes overlap, suspects are often right and merely
hard: to leave out all of them can lower the accuracy, so compare both trainings on samples that you trust. The report
has the suspects by class and one by one, the map, and the curves of each class.</p>
<p>Before: “Extract samples”. Next: any training.</p>
"""

    def define(self):
        samples = QgsProcessingParameterFeatureSource("SAMPLES", tr("Samples"), [POINTS])
        self.add(samples, tr("A samples layer from “Extract samples” or “Import samples”. A selection is honoured."))
        define_check(self)
        layer = QgsProcessingParameterVectorDestination("OUTPUT", tr("Checked samples"), POINTS)
        self.add(layer, tr("All samples with the findings as fields, a GeoPackage; a ring marks suspects."))
        cleaned = QgsProcessingParameterVectorDestination(
            "CLEANED", tr("Samples without suspects"), POINTS, None, True, False
        )
        self.add(cleaned, tr("The samples that are not suspects, as they were; those that could not be checked, too."))
        define_reports(
            self,
            tr("Suspects by class and one by one, noise estimates, the map, and the curves of each class."),
            FIGURES,
        )

    def validate(self, parameters, context):
        require_family(self, parameters, context)

    def compute(self, parameters, context, feedback):
        from ..core.samples.columns import check_column_count
        from ..core.samples.table import check_path, write_samples
        from ..models.learning_data import keep_variables
        from ..models.quality.checking import COLUMNS, check_samples
        from ..models.quality.report import write_html, write_style
        from ..models.quality.summary import write_json

        output = self.output_path(parameters, "OUTPUT", context)
        cleaned = self.output_path(parameters, "CLEANED", context)
        for path in filter(None, (output, cleaned)):
            check_path(path)
        everything = read_samples_parameter(self, parameters, "SAMPLES", context, feedback)
        others = read_other_fields(self, parameters, "SAMPLES", context, COLUMNS)
        check_column_count(len(everything.dates), len(everything.variables), len(others) + len(COLUMNS))
        family, settings, names = read_check(self, parameters, context)
        samples = keep_variables(everything, names) if names else everything
        check = check_samples(samples, family, settings, feedback.part(0.0, 0.9))
        figures = check.figures()
        feedback.info(
            f"{figures['SUSPECTS']:,} of {figures['CHECKED']:,} samples are likely mislabelled "
            f"({figures['SUSPECT_SHARE']:.1%}). Look at them before you change anything."
        )
        provenance = self.provenance(parameters, context)
        write_samples(
            everything, output, provenance, feedback.part(0.9, 1.0), {**check.columns(), **others},
            lambda path: write_style(path, everything.legend),
        )  # fmt: skip
        self.show_in_own_style(output, context)
        results = {"OUTPUT": output, **figures}
        if cleaned:
            good = ~check.suspects
            kept = {name: column[good] for name, column in others.items()}
            write_samples(everything.subset(good), cleaned, provenance, None, kept)
            self.show_in_own_style(cleaned, context)
            results["CLEANED"] = cleaned
        reports = write_reports(self, parameters, context, write_html, write_json, check, output, provenance)
        return {**results, **reports}
