"""Train quantiles of intervals (QUANT)."""

from qgis.core import QgsProcessingParameterEnum, QgsProcessingParameterNumber

from .base import tr
from .training import COMMON_HELP, DOUBLE, INTEGER, TrainingAlgorithm

CRITERIA = ["entropy", "gini", "log_loss"]


class TrainIntervals(TrainingAlgorithm):
    """Train QUANT on samples and write it as an ONNX model."""

    NAME = "trainintervals"
    TITLE = "Train intervals (QUANT)"
    SUMMARY = "Learns from quantiles of parts of the season with QUANT, validates without leaks and writes one model."
    TAGS = ("classification", "quant", "intervals", "quantiles", "time series", "extra trees", "onnx", "validation")
    HELP = (
        """
<p>Learns to tell the classes apart by how their values are spread in each part of the season, with QUANT (Dempster,
Schmidt and Webb 2024): the series, its differences from date to date, the differences of those, and its spectrum are
cut into halves, quarters, eighths and so on; the quantiles of each part go to extremely randomised trees. It asks how
high, how low and how changing rather than on which date, so that seasons which come earlier or later confuse it less
than a forest of dates. It takes the dates as evenly spaced: resample uneven series first.</p>
<p>The defaults are the authors'. The trees grow until their leaves are pure, so that the model file is large with many
noisy samples: more samples a leaf make it smaller.</p>
"""
        + COMMON_HELP
    )

    def define_family(self):
        self.add(
            QgsProcessingParameterNumber("TREES", tr("Number of trees"), INTEGER, 200, False, 1, 5000),
            tr("More trees are steadier; fewer make the model smaller and faster."),
        )
        self.add(
            QgsProcessingParameterNumber("DEPTH", tr("Levels of intervals"), INTEGER, 6, False, 1, 12),
            tr(
                "1: the whole season only. 2: its halves too. 3: its quarters too, and so on as far as there are dates."
            ),
        )
        self.add(
            QgsProcessingParameterNumber("DIVISOR", tr("Values to a quantile"), INTEGER, 4, False, 1, 1000),
            tr("An interval of 9 dates has 3 quantiles with 4, and 9 with 1. Fewer values describe it finer."),
        )
        self.add(
            QgsProcessingParameterNumber("MIN_LEAF", tr("Least samples in a leaf"), INTEGER, 1, False, 1, 100000),
            tr("A decision leaves at least so many samples on each side. More make smaller, smoother trees."),
        )
        self.add(
            QgsProcessingParameterNumber("MAX_DEPTH", tr("Maximum depth of trees"), INTEGER, 0, False, 0, 1000),
            tr("Levels of decisions in each tree. 0: no limit."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber(
                "FEATURES_SHARE", tr("Share of quantiles tried"), DOUBLE, 0.1, False, 0.001, 1
            ),
            tr("The share of the quantiles that are drawn for each decision."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterEnum("CRITERION", tr("Split criterion"), CRITERIA, False, "entropy", False, True),
            tr("The measure of a decision's worth: entropy (log_loss is the same), or Gini impurity."),
            advanced=True,
        )

    def family(self, parameters, context):
        from ..models.families.quant import Quant

        return Quant(
            depth=self.parameterAsInt(parameters, "DEPTH", context),
            divisor=self.parameterAsInt(parameters, "DIVISOR", context),
            n_estimators=self.parameterAsInt(parameters, "TREES", context),
            max_depth=self.parameterAsInt(parameters, "MAX_DEPTH", context) or None,
            min_samples_leaf=self.parameterAsInt(parameters, "MIN_LEAF", context),
            max_features=self.parameterAsDouble(parameters, "FEATURES_SHARE", context),
            criterion=self.parameterAsEnumString(parameters, "CRITERION", context),
        )
