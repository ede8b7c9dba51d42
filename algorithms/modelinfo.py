"""Show what a model file says about itself."""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from .base import TRAINING, ChronocoverAlgorithm, tr

TEXTS = {
    "TITLE": "Title of the model",
    "FAMILY": "Kind of the model, such as “Random forest”",
    "CLASS_NAMES": "Names of the classes in the order of their codes, separated by commas",
    "VARIABLE_NAMES": "Names of the variables in the order of the input, separated by commas",
    "SEASON_START": "Month and day on which the season begins (MM-DD)",
    "FIRST_DATE": "First date of the training data",
    "LAST_DATE": "Last date of the training data",
    "VALIDATION": "How the model was validated",
    "SHA256": "Hash that identifies the file",
}
NUMBERS = {
    "CLASSES": "Number of classes",
    "DATES": "Number of dates of a season",
    "CONTEXT": "Side of the window of pixels that the model looks at; 1: the pixel alone",
    "OVERALL_ACCURACY": "Overall accuracy of the validation (0 to 1); absent without one",
    "BYTES": "Size of the file in bytes",
}


class ModelInfo(ChronocoverAlgorithm):
    """Read the model card in an ONNX file and print it."""

    NAME = "modelinfo"
    TITLE = "Show model information"
    GROUP = TRAINING
    SUMMARY = "Reads the card inside a model file: classes, variables, dates, accuracy, settings and origin."
    TAGS = ("model", "model card", "onnx", "metadata", "information", "accuracy", "classes")
    REQUIRES = ("onnxruntime",)
    HELP = """
<p>Every model file of Chronocover, of a classifier or a clustering, carries a card: what it tells apart, which
variables and dates it needs, how missing values are filled, how right it was and how that was found out, its settings,
the software that made it and the samples it learnt from. This shows the card in the log and as a report, and gives the
figures that a later step of a model may need.</p>
<p>Next step: “Classify image time series”.</p>
"""

    def define(self):
        self.add(
            QgsProcessingParameterFile("MODEL", tr("Model"), extension="onnx"),
            tr("The model file (.onnx) of a training or a clustering."),
        )
        self.add(
            QgsProcessingParameterFileDestination("REPORT", tr("Report"), tr("HTML files (*.html)"), None, True),
            tr("The card as a page to read."),
        )
        for name, title in TEXTS.items():
            self.addOutput(QgsProcessingOutputString(name, tr(title)))
        for name, title in NUMBERS.items():
            self.addOutput(QgsProcessingOutputNumber(name, tr(title)))

    def compute(self, parameters, context, feedback):
        import os

        from ..models.card_report import card_lines, write_card_report
        from ..models.session import ModelSession

        session = ModelSession.open(self.parameterAsFile(parameters, "MODEL", context))
        card = session.card
        for line in card_lines(card):
            feedback.info(line)
        results = {
            "TITLE": card.title,
            "FAMILY": card.family,
            "CLASS_NAMES": ", ".join(card.legend.names),
            "VARIABLE_NAMES": ", ".join(card.variables),
            "SEASON_START": card.time_axis.season_start,
            "FIRST_DATE": card.time_axis.trained_on[0],
            "LAST_DATE": card.time_axis.trained_on[-1],
            "VALIDATION": card.scores.get("validation", "none"),
            "SHA256": session.sha256(),
            "CLASSES": len(card.legend),
            "DATES": len(card.time_axis.days),
            "CONTEXT": card.context,
            "BYTES": os.path.getsize(session.path),
        }
        if "overall_accuracy" in card.scores:
            results["OVERALL_ACCURACY"] = card.scores["overall_accuracy"]
        report = self.output_path(parameters, "REPORT", context)
        if report:
            write_card_report(report, session, self.provenance(parameters, context))
            results["REPORT"] = report
        return results
