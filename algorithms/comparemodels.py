"""Compare families of classifiers on the same samples and folds."""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFileDestination,
)

from ..core.errors import ChronocoverError
from ..models.families.catalogue import FAMILIES, family_of, packages_of
from .base import TRAINING, ChronocoverAlgorithm, tr
from .dependencies import require
from .validation_parameters import check_learning, define_learning, define_samples, read_learning

BY_DEFAULT = ["random forest", "gradient boosting", "support vector machine", "MiniRocket", "intervals"]


class CompareModels(ChronocoverAlgorithm):
    """Samples to a table of families."""

    NAME = "comparemodels"
    TITLE = "Compare classifiers"
    GROUP = TRAINING
    SUMMARY = "Trains several families of classifiers on the same folds, and says which is best, and if by chance."
    TAGS = ("compare", "benchmark", "classification", "mcnemar", "cross-validation", "tuning", "accuracy", "validation")
    HELP = """
<p>Which classifier suits these samples? This tool validates each of the families that you choose on the very same
folds, trains it on all samples, and puts them side by side:</p>
<ul><li>overall accuracy with its 95 % confidence interval, macro F1, and how both vary over the folds;</li>
<li>McNemar's test of each pair: do they differ by more than chance? Where samples come in groups, whole groups are
swapped, since neighbouring pixels are right or wrong together; the p-values are adjusted for the number of pairs;</li>
<li>seconds of training, pixels a second of the model file in one thread, and its size;</li>
<li>the F1 of each class.</li></ul>
<p>Every family takes its own defaults; with <i>random settings to try</i> each searches better ones, anew in each fold.
A family that cannot be trained on these samples (MiniRocket needs nine dates, say) is reported with its reason, and the
others go on. Neural networks need PyTorch; without it they are left out.</p>
<p>Close accuracies are no ranking: look whether the intervals and tests tell them apart, and take the quicker or
smaller model if they do not. Chosen as the best of many, the best accuracy is a little too high; samples of other
places, with “Test model on samples”, say how much.</p>
<p>Before: “Extract samples” or “Import samples”. Next: the training tool of the best family, or take its model from
here and go on with “Classify image time series”.</p>
"""
    REQUIRES = ("sklearn", "onnx", "skl2onnx", "onnxruntime", "numba")

    def define(self):
        define_samples(self)
        self.add(
            QgsProcessingParameterEnum("FAMILIES", tr("Families"), list(FAMILIES), True, BY_DEFAULT, False, True),
            tr("The kinds of classifiers to compare. Neural networks, from TempCNN on, take minutes to hours."),
        )
        define_learning(self)
        for name, title, file_filter, by_default, help_text in (
            ("REPORT", tr("Report"), "HTML files (*.html)", True,
             tr("The table, a chart of the accuracies, the tests, and the scores of each class.")),
            ("REPORT_JSON", tr("Report as JSON"), "JSON files (*.json)", False,
             tr("The report's figures, to compute with.")),
            ("CSV", tr("Table"), "CSV files (*.csv)", False, tr("A row for each family, the best first.")),
            ("OUTPUT", tr("Best model"), "ONNX models (*.onnx)", False,
             tr("The model of the best family, trained on all samples, with its model card inside.")),
        ):  # fmt: skip
            self.add(QgsProcessingParameterFileDestination(name, title, file_filter, None, True, by_default), help_text)
        self.addOutput(QgsProcessingOutputString("BEST_FAMILY", tr("The best family")))
        for name, title in (
            ("BEST_ACCURACY", tr("Overall accuracy of the best family (0 to 1)")),
            ("BEST_MACRO_F1", tr("Mean F1 of the classes of the best family")),
            ("FAMILIES_COMPARED", tr("Number of families compared")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def validate(self, parameters, context):
        check_learning(self, parameters, context)
        if self.parameterAsEnumString(parameters, "VALIDATION", context) == "none":
            raise ChronocoverError("Families are compared by their validation: choose another than “none”.")

    def compute(self, parameters, context, feedback):
        from ..models.comparison import compare
        from ..models.comparison_report import write_comparison_csv, write_comparison_html, write_comparison_json

        families, missing = self._families(parameters, context)
        for name, why in missing.items():
            feedback.warning(f"“{name}” is left out. {why}")
        samples, settings = read_learning(self, parameters, context, feedback)
        provenance = self.provenance(parameters, context)
        found = compare(samples, families, settings, provenance, feedback)
        found.problems.update(missing)
        best = found.results[0]
        results = {
            "BEST_FAMILY": best.name,
            "BEST_ACCURACY": best.scores.accuracy,
            "BEST_MACRO_F1": best.scores.macro_f1,
            "FAMILIES_COMPARED": len(found.results),
        }
        writers = {
            "REPORT": lambda path: write_comparison_html(path, found, provenance),
            "REPORT_JSON": lambda path: write_comparison_json(path, found, provenance),
            "CSV": lambda path: write_comparison_csv(path, found),
            "OUTPUT": found.best.save,
        }
        for name, write in writers.items():
            path = self.output_path(parameters, name, context)
            if path:
                write(path)
                results[name] = path
        feedback.info(f"The best by {found.criterion}: {best.name}.")
        return results

    def _families(self, parameters, context):
        """The families with their defaults by name, and why others cannot be used: their packages are missing."""
        families, missing = {}, {}
        for name in self.parameterAsEnumStrings(parameters, "FAMILIES", context):
            try:
                require(packages_of(name))
            except ChronocoverError as error:
                missing[name] = str(error)
                continue
            families[name] = family_of(name)
        if not families:
            raise ChronocoverError(next(iter(missing.values())))
        return families, missing
