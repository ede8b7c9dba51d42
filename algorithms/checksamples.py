"""Samples to those whose class is likely wrong."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from .base import LABELS, ChronocoverAlgorithm, tr
from .samples_layer import read_other_fields, read_samples_parameter

INTEGER = QgsProcessingParameterNumber.Type.Integer
DOUBLE = QgsProcessingParameterNumber.Type.Double
POINTS = QgsProcessing.SourceType.TypeVectorPoint

METHODS = ["both", "confident learning", "self-organising map"]
PRUNINGS = ["class and noise rate", "noise rate", "class", "confident joint"]
FAMILIES = [
    "random forest", "gradient boosting", "extremely randomised trees", "support vector machine",
    "multilayer perceptron", "k nearest neighbours", "MiniRocket", "intervals",
]  # fmt: skip
VALIDATIONS = ["automatic", "k-fold", "group k-fold", "spatial blocks"]
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
that both together support least. In tests with known mistakes this found more of them, with fewer false alarms.</p>
<p><b>Gives</b> the samples as they were, with more fields: <i>suspect</i> (1: look at it; empty: could not be
checked), <i>suggested</i> class, <i>quality</i> of the label (0 to 1; look at the lowest first), <i>given_prob</i>
and <i>suggested_prob</i> (probabilities of the given and of the most probable class), <i>som_agreement</i>
(probability of the given class among the map's neighbours), <i>som_verdict</i> (clean, analyze or remove, as sits
says) and <i>som_neuron</i>. A ring marks suspects. All tools take this layer as samples. Correct the field “class” or
delete rows in QGIS; or take the layer without suspects. The report has the suspects by class and one by one, the map,
and the curves of each class.</p>
<p>Before: “Extract samples”. Next: any training.</p>
"""

    def define(self):
        samples = QgsProcessingParameterFeatureSource("SAMPLES", tr("Samples"), [POINTS])
        self.add(samples, tr("A samples layer from “Extract samples” or “Import samples”. A selection is honoured."))
        self.add(
            QgsProcessingParameterEnum("METHOD", tr("Method"), METHODS, False, "both", False, True),
            tr(
                "confident learning: probabilities of classifiers that have not seen the sample. self-organising map: "
                "the classes of alike series. both: as many as confident learning estimates, those that both support "
                "least."
            ),
        )
        self.add(
            QgsProcessingParameterEnum("FAMILY", tr("Classifier"), FAMILIES, False, "random forest", False, True),
            tr("What the probabilities come from, with its default settings. Not used by self-organising map."),
        )
        self.add(
            QgsProcessingParameterEnum("VALIDATION", tr("Validation"), VALIDATIONS, False, "automatic", False, True),
            tr(
                "What never vouches for each other. automatic: samples of one group where they carry groups, else "
                "nothing but the sample itself. k-fold: groups are ignored. group k-fold: samples of one group. "
                "spatial blocks: samples in one square block of land."
            ),
        )
        for name, title, kind, default, limits, help_text in (
            ("SOM_SIZE", tr("Neurons along a side of the map"), INTEGER, 0, (0, 100),
             tr("More neurons tell finer kinds apart, but each holds fewer samples. 0: so that there are 2 √n.")),
            ("FOLDS", tr("Folds"), INTEGER, 5, (2, 50),
             tr("In how many parts the samples are divided; each is classified by a classifier of the others.")),
            ("BLOCK_SIZE", tr("Side of spatial blocks (map units)"), DOUBLE, 0, (0, None),
             tr("In units of the samples' CRS. 0: a tenth of the longer side of the samples' extent.")),
            ("SAMPLE_SIZE", tr("Samples to learn from"), INTEGER, 10000, (10, 10**7),
             tr("Of more, each classifier learns from about so many random ones; all are checked.")),
            ("SEED", tr("Seed"), INTEGER, 1, (0, 2147483647),
             tr("Of everything random. The same seed and samples give the same result.")),
        ):  # fmt: skip
            low, high = limits
            number = QgsProcessingParameterNumber(name, title, kind, default, False, low)
            if high is not None:
                number.setMaximum(high)
            self.add(number, help_text, advanced=True)
        self.add(
            QgsProcessingParameterEnum("PRUNING", tr("Pruning"), PRUNINGS, False, PRUNINGS[0], False, True),
            tr(
                "How confident learning alone chooses, in the words of the paper. noise rate: by pairs of classes, "
                "widest margin first. class: by class, least probable first. class and noise rate: what both choose. "
                "confident joint: all that are confidently of another class."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString("VARIABLES", tr("Variables to keep"), None, False, True),
            tr("Names separated by commas, such as “red, nir, ndvi”. Empty: all variables of the samples."),
            advanced=True,
        )
        layer = QgsProcessingParameterVectorDestination("OUTPUT", tr("Checked samples"), POINTS)
        self.add(layer, tr("All samples with the findings as fields, a GeoPackage; a ring marks suspects."))
        cleaned = QgsProcessingParameterVectorDestination(
            "CLEANED", tr("Samples without suspects"), POINTS, None, True, False
        )
        self.add(cleaned, tr("The samples that are not suspects, as they were; those that could not be checked, too."))
        self.add(
            QgsProcessingParameterFileDestination("REPORT", tr("Report"), tr("HTML files (*.html)"), None, True),
            tr("Suspects by class and one by one, noise estimates, the map, and the curves of each class."),
        )
        self.add(
            QgsProcessingParameterFileDestination(
                "REPORT_JSON", tr("Report as JSON"), tr("JSON files (*.json)"), None, True, False
            ),
            tr("The report's figures, to compute with."),
        )
        for name, title in FIGURES.items():
            self.addOutput(QgsProcessingOutputNumber(name, tr(title)))

    def compute(self, parameters, context, feedback):
        from ..core.samples.table import check_path, write_samples
        from ..models.families.catalogue import family_of
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
        names = [name.strip() for name in self.parameterAsString(parameters, "VARIABLES", context).split(",")]
        names = [name for name in names if name]
        samples = keep_variables(everything, names) if names else everything
        family = family_of(self.parameterAsEnumString(parameters, "FAMILY", context))
        check = check_samples(samples, family, self._settings(parameters, context), feedback.part(0.0, 0.9))
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
        for name, write in (("REPORT", write_html), ("REPORT_JSON", write_json)):
            path = self.output_path(parameters, name, context)
            if path:
                write(path, check, output, provenance)
                results[name] = path
        return results

    def _settings(self, parameters, context):
        from ..models.fitting import TrainingSettings
        from ..models.quality.checking import CheckSettings
        from ..models.validation import Validation
        from ..settings import worker_threads

        validation = Validation(
            method=self.parameterAsEnumString(parameters, "VALIDATION", context),
            folds=self.parameterAsInt(parameters, "FOLDS", context),
            block_size=self.parameterAsDouble(parameters, "BLOCK_SIZE", context),
        )
        seed = self.parameterAsInt(parameters, "SEED", context)
        return CheckSettings(
            method=self.parameterAsEnumString(parameters, "METHOD", context),
            training=TrainingSettings(validation=validation, seed=seed, threads=worker_threads()),
            pruning=self.parameterAsEnumString(parameters, "PRUNING", context),
            side=self.parameterAsInt(parameters, "SOM_SIZE", context),
            most_samples=self.parameterAsInt(parameters, "SAMPLE_SIZE", context),
        )
