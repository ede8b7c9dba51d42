"""What all training algorithms share: samples, validation, model, report and figures."""

from qgis.core import QgsProcessingParameterFileDestination

from .base import TRAINING, ChronocoverAlgorithm, tr
from .report_files import define_reports, write_reports
from .validation_parameters import DOUBLE, INTEGER, check_learning, define_learning, define_samples, read_learning

__all__ = ["COMMON_HELP", "DOUBLE", "INTEGER", "TrainingAlgorithm"]

FIGURES = {
    "OVERALL_ACCURACY": "Overall accuracy of the validation (0 to 1)",
    "ACCURACY_LOW": "Overall accuracy, lower limit of the 95 % confidence interval",
    "ACCURACY_HIGH": "Overall accuracy, upper limit of the 95 % confidence interval",
    "RANDOM_SPLIT_ACCURACY": "Overall accuracy that a random split would have claimed",
    "MACRO_F1": "Mean F1 of the classes",
    "KAPPA": "Cohen's kappa",
    "SAMPLES_USED": "Number of samples used",
    "CLASSES": "Number of classes",
}

COMMON_HELP = """
<p><b>Samples</b> come from “Extract samples” or “Import samples”: a layer with a class, a group and one column for each
date and variable. Rows that you delete, select or filter in QGIS are honoured. Missing values are filled by linear
interpolation in time, and the model file fills them by the same rule.</p>
<p><b>Validation</b> by groups or blocks never has samples of one polygon, tile or block in training and test at the
same time: neighbouring pixels are so alike that such a test only asks whether the model remembers them.
<i>Automatic</i> takes whole groups where the samples carry them, and single samples otherwise. <i>Spatial blocks</i>
keeps square blocks of land together. <i>Leave one out</i> asks how the model does in a region or year that it has not
seen: each value of a field is tested by a model of the others. The report also says what a random split would have
claimed, and gives the overall accuracy a 95 % confidence interval that counts groups rather than pixels. The model
itself is then trained on all samples.</p>
<p><b>Search:</b> with <i>Random settings to try</i> (advanced) better settings are looked for by random search, anew
within the learning side of each fold. The report has a table of what was tried, the model card what was chosen.</p>
<p><b>Result:</b> one <i>.onnx</i> file with the gap filling, the classifier and a model card (classes, variables,
dates, scores, settings) inside. It runs with ONNX Runtime anywhere and is tried out before it is kept. Optionally a
report as HTML (confusion matrix, scores for each class, important dates and variables) and the same as JSON.</p>
<p>Next step: “Classify image time series”.</p>
"""


class TrainingAlgorithm(ChronocoverAlgorithm):
    """A training; a subclass adds its settings and makes its family from them."""

    GROUP = TRAINING
    REQUIRES = ("sklearn", "onnx", "skl2onnx", "onnxruntime", "numba")

    def define_family(self):
        """Add the parameters of the family."""
        raise NotImplementedError

    def family(self, parameters, context):
        """The :class:`models.families.family.Family` that the parameters describe."""
        raise NotImplementedError

    def define(self):
        define_samples(self)
        self.define_family()
        define_learning(self)
        self.add(
            QgsProcessingParameterFileDestination("OUTPUT", tr("Model"), tr("ONNX models (*.onnx)")),
            tr("The model file, with its model card inside."),
        )
        define_reports(
            self,
            tr("Accuracy, confusion matrix, learning data, and the dates and variables that the model looks at."),
            FIGURES,
        )

    def validate(self, parameters, context):
        check_learning(self, parameters, context)

    def compute(self, parameters, context, feedback):
        from ..models.training import train
        from ..models.training_report import write_html, write_json

        samples, settings = read_learning(self, parameters, context, feedback)
        samples = self.complete_samples(samples, parameters, context, feedback)
        provenance = self.provenance(parameters, context)
        model = train(samples, self.family(parameters, context), settings, provenance, feedback)
        output = self.output_path(parameters, "OUTPUT", context)
        size = model.save(output)
        feedback.info(f"Model: {output} ({size / 1e6:,.1f} MB)")
        results = {"OUTPUT": output, "SAMPLES_USED": len(model.data.targets), "CLASSES": len(model.card.legend)}
        results.update(write_reports(self, parameters, context, write_html, write_json, model, output, provenance))
        results.update(self.write_more(model, parameters, context, feedback))
        return {**results, **_figures(model.evaluation)}

    def complete_samples(self, samples, parameters, context, feedback):
        """The samples with what a subclass needs beside their layer."""
        return samples

    def write_more(self, model, parameters, context, feedback):
        """Write what a subclass gives beside the model and its report; returns its results."""
        return {}


def _figures(evaluation):
    """The numbers of the validation; none without one."""
    scores = evaluation.scores
    if scores is None:
        return {}
    return {
        "OVERALL_ACCURACY": scores.accuracy,
        "ACCURACY_LOW": scores.low,
        "ACCURACY_HIGH": scores.high,
        "RANDOM_SPLIT_ACCURACY": evaluation.random_accuracy,
        "MACRO_F1": scores.macro_f1,
        "KAPPA": scores.kappa,
    }
