"""Combine several models to one."""

import os

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from ..core.errors import ChronocoverError
from .base import TRAINING, ChronocoverAlgorithm, tr


class EnsembleModels(ChronocoverAlgorithm):
    """Model files to one that averages their probabilities."""

    NAME = "ensemblemodels"
    TITLE = "Combine models"
    GROUP = TRAINING
    SUMMARY = "Makes one model file of several, which averages their probabilities."
    TAGS = ("ensemble", "average", "mean", "vote", "combine", "models", "probabilities", "weights", "fusion")
    REQUIRES = ("onnx", "onnxruntime", "numba")
    HELP = """
<p>Models of different kinds make different errors, so that their mean is often more right than the best of them. This
puts several models into one file that runs them all and averages their probabilities. It is used like any other model,
and takes as long as its members together.</p>
<p><b>Needs</b> models with the same variables and the same classes, by name and in any order; the
codes and colours are those of the first model. They may have learnt from other dates of the same season: the ensemble
then reads the dates of all, and gives each model its own. It looks at the pixels around each if one of them does.
Clusterings have no probabilities and are refused. An
ensemble can be a member of another.</p>
<p><b>Gives</b> one <i>.onnx</i> file, whose card lists the members with their weights, scores and hashes. It was tried
on made-up series and gives the mean of its members. Its own accuracy is not known yet.</p>
<p>Next step: “Test model on samples” with samples that no member has learnt from, then “Classify image time
series”.</p>
"""

    def define(self):
        models = QgsProcessingParameterMultipleLayers("MODELS", tr("Models"), QgsProcessing.SourceType.TypeFile)
        self.add(models, tr("Two or more model files (.onnx) of trainings. Codes and colours come from the first."))
        self.add(
            QgsProcessingParameterString("WEIGHTS", tr("Weights"), None, False, True),
            tr("One number a model in the same order, such as “2, 1, 1”. Empty: all models count the same."),
        )
        self.add(
            QgsProcessingParameterFileDestination("OUTPUT", tr("Ensemble"), tr("ONNX models (*.onnx)")),
            tr("The combined model. It is kept only after it gave the mean of its members on made-up series."),
        )
        for name, title in (("MEMBERS", "Number of models"), ("BYTES", "Size of the file in bytes")):
            self.addOutput(QgsProcessingOutputNumber(name, tr(title)))
        self.addOutput(QgsProcessingOutputString("TITLE", tr("Title of the model")))

    def validate(self, parameters, context):
        from ..models.ensembles import parse_weights

        paths = self._paths(parameters, context)
        if len(paths) < 2:
            raise ChronocoverError("An ensemble needs at least two models. Choose more model files.")
        for path in paths:
            if not os.path.isfile(path):
                raise ChronocoverError(f"There is no model file {path}. Choose .onnx files that training steps wrote.")
        parse_weights(self.parameterAsString(parameters, "WEIGHTS", context), len(paths))

    def compute(self, parameters, context, feedback):
        from ..models.ensembles import combine, parse_weights

        paths = self._paths(parameters, context)
        weights = parse_weights(self.parameterAsString(parameters, "WEIGHTS", context), len(paths))
        ensemble = combine(paths, weights, self.provenance(parameters, context), feedback)
        output = self.output_path(parameters, "OUTPUT", context)
        size = ensemble.save(output)
        feedback.info(f"Model: {output} ({size / 1e6:,.1f} MB)")
        return {"OUTPUT": output, "MEMBERS": len(paths), "BYTES": size, "TITLE": ensemble.card.title}

    def _paths(self, parameters, context):
        return [path for path in self.parameterAsFileList(parameters, "MODELS", context) if path]
