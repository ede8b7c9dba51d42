"""Train a support vector machine."""

from qgis.core import QgsProcessingParameterEnum, QgsProcessingParameterNumber

from .base import tr
from .training import COMMON_HELP, DOUBLE, TrainingAlgorithm

KERNELS = ["rbf", "linear"]


class TrainSvm(TrainingAlgorithm):
    """Train scikit-learn's support vector machine on samples and write it as an ONNX model."""

    NAME = "trainsvm"
    TITLE = "Train support vector machine"
    SUMMARY = "Learns a support vector machine from samples, validates it without leaks and writes one model file."
    TAGS = ("classification", "svm", "svc", "rbf", "machine learning", "onnx", "scikit-learn", "validation")
    HELP = (
        """
<p>Learns to tell the classes apart by their values over time, with a support vector machine (Cortes and Vapnik 1995):
the widest gap between each two classes, bent by the kernel. It often does well with few samples. Training takes time
with the square of their number, mapping with the number of those that it keeps: beyond some 20,000 samples take trees
or MiniRocket.</p>
<p>Each value (a date and variable) is first brought to mean 0 and standard deviation 1, inside the model file too. The
machine decides between two classes at a time; its decisions are coupled to probabilities (Price et al. 1995) on a scale
found with three-fold cross-validation on the learning data (temperature scaling, Guo et al. 2017). The label is the
class with the largest probability, which in rare cases is not the one with the most votes. Cancelling waits for the
machine that is being fitted.</p>
"""
        + COMMON_HELP
    )

    def define_family(self):
        self.add(
            QgsProcessingParameterEnum("KERNEL", tr("Kernel"), KERNELS, False, "rbf", False, True),
            tr("rbf: curved borders between classes. linear: straight ones, a small and very fast model."),
        )
        self.add(
            QgsProcessingParameterNumber("C", tr("Cost of errors (C)"), DOUBLE, 1.0, False, 1e-6, 1e6),
            tr("More fits the samples closer, errors in them too. 1 is scikit-learn's; try 0.1, 10 and 100."),
        )
        self.add(
            QgsProcessingParameterNumber("GAMMA", tr("Gamma of the rbf kernel"), DOUBLE, 0.0, False, 0.0, 1e6),
            tr(
                "How local the borders are: more is more local. 0: one by the number of values and their variance, "
                "as scikit-learn's “scale”."
            ),
        )

    def family(self, parameters, context):
        from ..models.families.support_vectors import SupportVectorMachine

        return SupportVectorMachine(
            kernel=self.parameterAsEnumString(parameters, "KERNEL", context),
            C=self.parameterAsDouble(parameters, "C", context),
            gamma=self.parameterAsDouble(parameters, "GAMMA", context) or "scale",
        )
