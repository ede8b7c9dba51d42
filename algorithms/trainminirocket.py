"""Train MiniRocket."""

from qgis.core import QgsProcessingParameterEnum, QgsProcessingParameterNumber

from .base import tr
from .training import COMMON_HELP, DOUBLE, INTEGER, TrainingAlgorithm

HEADS = ["ridge", "logistic"]


class TrainMiniRocket(TrainingAlgorithm):
    """Train MiniRocket on samples and write it as an ONNX model."""

    NAME = "trainminirocket"
    TITLE = "Train MiniRocket"
    SUMMARY = "Learns from the shape of series with MiniRocket's kernels, validates without leaks and writes one model."
    TAGS = ("classification", "minirocket", "rocket", "time series", "convolution", "kernels", "onnx", "validation")
    HELP = (
        """
<p>Learns to tell the classes apart by the shape of their series, with MiniRocket (Dempster, Schmidt and Webb 2021; of
several variables its multivariate form): 84 fixed kernels, stretched over days to months, slide over the series, and
each feature says at what share of the dates a kernel's result exceeds a bias. A linear classifier on these features is
as accurate as large neural networks on many problems, trains in seconds to minutes, and sees a shape wherever in the
season it lies.</p>
<p>It needs at least nine dates, the length of the kernels, and takes them as evenly spaced: resample uneven series
first. Each variable is brought to mean 0 and standard deviation 1, limited to eight standard deviations and rounded to
1/4096 of one, so that the features are exactly the same on every computer. All of this is inside the model file.</p>
<p>A ridge classifier knows only decision values. Its probabilities are their softmax, on the scale that suits the
samples best when each is left out in turn (temperature scaling, Guo et al. 2017).</p>
"""
        + COMMON_HELP
    )

    def define_family(self):
        self.add(
            QgsProcessingParameterNumber("FEATURES", tr("Number of features"), INTEGER, 2520, False, 84, 50000),
            tr(
                "Rounded down to a multiple of 84. The paper takes 9,996; a quarter is about as accurate on satellite "
                "series and maps four times as fast."
            ),
        )
        self.add(
            QgsProcessingParameterEnum("HEAD", tr("Classifier on the features"), HEADS, False, "ridge", False, True),
            tr(
                "ridge: chooses its own strength, the paper's choice. logistic: logistic regression, for well over "
                "10,000 samples."
            ),
        )
        self.add(
            QgsProcessingParameterNumber(
                "C", tr("Freedom of the logistic classifier (C)"), DOUBLE, 1.0, False, 1e-6, 1e6
            ),
            tr("Less draws its weights more towards 0. Not used by ridge."),
            advanced=True,
        )

    def family(self, parameters, context):
        from ..models.families.minirocket import MiniRocket

        return MiniRocket(
            n_features=self.parameterAsInt(parameters, "FEATURES", context),
            head=self.parameterAsEnumString(parameters, "HEAD", context),
            C=self.parameterAsDouble(parameters, "C", context),
        )
