"""Train a multilayer perceptron."""

from qgis.core import (
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..core.errors import ChronocoverError
from .base import tr
from .training import COMMON_HELP, DOUBLE, INTEGER, TrainingAlgorithm

ACTIVATIONS = ["relu", "tanh", "logistic"]
MOST_NEURONS = 10000


class TrainMlp(TrainingAlgorithm):
    """Train scikit-learn's multilayer perceptron on samples and write it as an ONNX model."""

    NAME = "trainmlp"
    TITLE = "Train multilayer perceptron"
    SUMMARY = "Learns a small neural network from samples, validates it without leaks and writes one small model file."
    TAGS = ("classification", "neural network", "mlp", "machine learning", "onnx", "scikit-learn", "validation")
    HELP = (
        """
<p>Learns to tell the classes apart by their values over time, with a multilayer perceptron: a neural network of a few
layers, trained with Adam (Kingma and Ba 2015). Its model is small and maps very fast, and it draws smooth borders
between classes; it needs more samples than trees do.</p>
<p>Each value (a date and variable) is first brought to mean 0 and standard deviation 1, inside the model file too. The
defaults are scikit-learn's.</p>
"""
        + COMMON_HELP
    )

    def define_family(self):
        self.add(
            QgsProcessingParameterString("LAYERS", tr("Neurons of the hidden layers"), "100"),
            tr("One number a layer, separated by commas: “100” is one layer, “128, 64” are two."),
        )
        self.add(
            QgsProcessingParameterNumber("EPOCHS", tr("Most epochs"), INTEGER, 200, False, 1, 100000),
            tr("How often all samples are seen, unless training settles before."),
        )
        self.add(
            QgsProcessingParameterNumber("LEARNING_RATE", tr("Learning rate"), DOUBLE, 0.001, False, 1e-7, 1.0),
            tr("The step of Adam. Smaller is slower and steadier."),
        )
        self.add(
            QgsProcessingParameterNumber("ALPHA", tr("L2 regularization"), DOUBLE, 0.0001, False, 0.0, 1000.0),
            tr("Draws the weights towards 0. More holds back a network that learns its samples by heart."),
        )
        self.add(
            QgsProcessingParameterBoolean("EARLY_STOPPING", tr("Stop by samples set aside"), False),
            tr(
                "Yes: a tenth of the samples is set aside, training stops once their accuracy no longer rises, and the "
                "best network is kept. No: it stops once the training loss no longer falls."
            ),
        )
        self.add(
            QgsProcessingParameterEnum("ACTIVATION", tr("Activation"), ACTIVATIONS, False, "relu", False, True),
            tr("The function of each hidden neuron."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("BATCH_SIZE", tr("Batch size"), INTEGER, 200, False, 1, 100000),
            tr("The number of samples in each step. Fewer make noisier steps."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("PATIENCE", tr("Patience"), INTEGER, 10, False, 1, 100000),
            tr("After so many epochs without improvement, training stops."),
            advanced=True,
        )

    def validate(self, parameters, context):
        super().validate(parameters, context)
        self._layers(parameters, context)

    def family(self, parameters, context):
        from ..models.families.perceptron import Perceptron

        return Perceptron(
            hidden_layer_sizes=self._layers(parameters, context),
            activation=self.parameterAsEnumString(parameters, "ACTIVATION", context),
            alpha=self.parameterAsDouble(parameters, "ALPHA", context),
            learning_rate_init=self.parameterAsDouble(parameters, "LEARNING_RATE", context),
            batch_size=self.parameterAsInt(parameters, "BATCH_SIZE", context),
            max_iter=self.parameterAsInt(parameters, "EPOCHS", context),
            early_stopping=self.parameterAsBool(parameters, "EARLY_STOPPING", context),
            n_iter_no_change=self.parameterAsInt(parameters, "PATIENCE", context),
        )

    def _layers(self, parameters, context):
        text = self.parameterAsString(parameters, "LAYERS", context)
        words = [word.strip() for word in text.split(",")]
        if not all(word.isdecimal() and 1 <= int(word) <= MOST_NEURONS for word in words):
            raise ChronocoverError(
                f"Neurons of the hidden layers: “{text}” is no list of numbers from 1 to {MOST_NEURONS:,}, such as "
                "“100” or “128, 64”."
            )
        return tuple(int(word) for word in words)
