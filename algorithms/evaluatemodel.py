"""Test a model on samples, without training."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from .base import TRAINING, ChronocoverAlgorithm, tr
from .report_files import define_reports, write_reports

FIGURES = {
    "OVERALL_ACCURACY": "Overall accuracy (0 to 1)",
    "ACCURACY_LOW": "Overall accuracy, lower limit of the 95 % confidence interval",
    "ACCURACY_HIGH": "Overall accuracy, upper limit of the 95 % confidence interval",
    "MACRO_F1": "Mean F1 of the classes",
    "KAPPA": "Cohen's kappa",
    "SAMPLES_TESTED": "Number of samples tested",
    "SAMPLES_WITHOUT_DATA": "Number of samples left out, since a variable was never observed",
}


class EvaluateModel(ChronocoverAlgorithm):
    """Compare a model's labels with those of samples."""

    NAME = "evaluatemodel"
    TITLE = "Test model on samples"
    GROUP = TRAINING
    SUMMARY = "Tests a finished model on samples that it has not learnt from, and reports how right it is and where."
    TAGS = ("accuracy", "validation", "test", "confusion matrix", "model", "evaluation", "region", "f1", "kappa")
    REQUIRES = ("sklearn", "onnxruntime", "numba")
    HELP = """
<p>Lets a model classify samples and compares: the honest test of a model on another region, another year, or on
samples that were kept apart. Nothing is trained. Variables and classes match by name, dates by the season of the model,
just as in a map: samples of another year are interpolated onto the dates of the model.</p>
<p>The report has the overall accuracy with its 95 % confidence interval (which counts groups rather than pixels where
the samples carry groups), the confusion matrix, scores for each class, for each region, and for samples with many and
with few clear dates. Samples of a class that the model does not know count as wrong. The figures are shares of the
samples, not of an area.</p>
<p>Next step: “Classify image time series”.</p>
"""

    def define(self):
        self.add(
            QgsProcessingParameterFile("MODEL", tr("Model"), extension="onnx"),
            tr("The model file (.onnx) of a training."),
        )
        self.add(
            QgsProcessingParameterFeatureSource("SAMPLES", tr("Samples"), [QgsProcessing.SourceType.TypeVector]),
            tr("The samples layer from “Extract samples” or “Import samples”. Take other places than for training."),
        )
        self.add(
            QgsProcessingParameterField("REGION", tr("Region"), None, "SAMPLES", optional=True),
            tr(
                "A field of the samples whose values are reported one by one: a region, a year, an observer. Of "
                "dates, the year counts."
            ),
        )
        self.add(
            QgsProcessingParameterRasterLayer("SERIES", tr("Image time series"), None, True),
            tr(
                "Only for a model with a spatial context: the series that the samples were extracted from, where the "
                "pixels around them are read."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString("SEASON", tr("Season"), None, False, True),
            tr("The year in which the season begins, or its first day, if the samples cover several seasons."),
            advanced=True,
        )
        define_reports(
            self,
            tr("Accuracy, confusion matrix, and scores by class, by region and by date coverage."),
            FIGURES,
        )

    def compute(self, parameters, context, feedback):
        from ..core.samples.surroundings import with_windows
        from ..core.series.image_series import ImageSeries
        from ..models.learning_data import keep_variables
        from ..models.session import ModelSession
        from ..models.testing import evaluate_model
        from ..models.testing_report import write_test_html, write_test_json
        from .samples_layer import read_samples_parameter

        session = ModelSession.open(self.parameterAsFile(parameters, "MODEL", context))
        side = session.card.context
        region = self.parameterAsString(parameters, "REGION", context)
        samples = read_samples_parameter(self, parameters, "SAMPLES", context, feedback, region)
        series = self.raster_path(parameters, "SERIES", context)
        if side > 1 and series:
            samples = keep_variables(samples, list(session.card.variables))
            samples = with_windows(samples, ImageSeries.open(series), side, self.engine_options(), feedback)
        season = self.parameterAsString(parameters, "SEASON", context)
        test = evaluate_model(session, samples, season, feedback)
        feedback.info(test.season.describe())
        for note in test.notes:
            feedback.warning(note)
        scores = test.scores
        feedback.info(
            f"Overall accuracy {scores.accuracy:.3f} (95 % confidence interval {scores.low:.3f} to {scores.high:.3f})."
        )
        results = {
            "OVERALL_ACCURACY": scores.accuracy,
            "ACCURACY_LOW": scores.low,
            "ACCURACY_HIGH": scores.high,
            "MACRO_F1": scores.macro_f1,
            "KAPPA": scores.kappa,
            "SAMPLES_TESTED": scores.tested,
            "SAMPLES_WITHOUT_DATA": test.without_data,
        }
        provenance = self.provenance(parameters, context).with_extra(model_sha256=session.sha256())
        facts = (test, session.card, session.path, provenance)
        return {**results, **write_reports(self, parameters, context, write_test_html, write_test_json, *facts)}
