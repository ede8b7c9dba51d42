"""Train extremely randomised trees."""

from qgis.core import QgsProcessingParameterBoolean, QgsProcessingParameterEnum, QgsProcessingParameterNumber

from .base import tr
from .training import COMMON_HELP, DOUBLE, INTEGER, TrainingAlgorithm

MAX_FEATURES = ["sqrt", "log2", "share", "all"]
CRITERIA = ["gini", "entropy", "log_loss"]


class TrainExtraTrees(TrainingAlgorithm):
    """Train scikit-learn's extremely randomised trees on samples and write them as an ONNX model."""

    NAME = "trainextratrees"
    TITLE = "Train extremely randomised trees"
    SUMMARY = "Learns extremely randomised trees from samples, validates them without leaks and writes one model file."
    TAGS = ("classification", "extra trees", "random forest", "machine learning", "onnx", "scikit-learn", "validation")
    HELP = (
        """
<p>Learns to tell the classes apart by their values over time, with extremely randomised trees (Geurts, Ernst and
Wehenkel 2006): a forest whose decisions lie at random thresholds, of which the best of a few is kept. It trains faster
than a random forest, its probabilities are smoother, and noise misleads it less; its model file is larger, because the
trees need more decisions.</p>
"""
        + COMMON_HELP
    )

    def define_family(self):
        self.add(
            QgsProcessingParameterNumber("TREES", tr("Number of trees"), INTEGER, 100, False, 1, 5000),
            tr("More trees are steadier; beyond a few hundred they only make the model larger and slower."),
        )
        self.add(
            QgsProcessingParameterNumber("MAX_DEPTH", tr("Maximum depth of trees"), INTEGER, 25, False, 0, 1000),
            tr("Levels of decisions in each tree. 0: no limit. Shallow trees are smaller and smoother."),
        )
        self.add(
            QgsProcessingParameterNumber("MIN_LEAF", tr("Least samples in a leaf"), INTEGER, 1, False, 1, 100000),
            tr("A decision leaves at least so many samples on each side. More make smaller, smoother trees."),
        )
        self.add(
            QgsProcessingParameterEnum(
                "MAX_FEATURES", tr("Values tried at each decision"), MAX_FEATURES, False, "sqrt", False, True
            ),
            tr(
                "How many of the values (one for each date and variable) are drawn for each decision: their square "
                "root, their logarithm to base 2, a share given below, or all of them."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("FEATURES_SHARE", tr("Share of values tried"), DOUBLE, 0.3, False, 0.001, 1.0),
            tr("Only with “share” above: 0 to 1."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean("BOOTSTRAP", tr("Draw samples for each tree"), False),
            tr("Yes: each tree learns from a random draw of the samples, as in a random forest. No: from all."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("MIN_SPLIT", tr("Least samples to split"), INTEGER, 2, False, 2, 100000),
            tr("A node with fewer samples becomes a leaf."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterEnum("CRITERION", tr("Split criterion"), CRITERIA, False, "gini", False, True),
            tr("The measure of a decision's worth: Gini impurity, or entropy (log_loss is the same)."),
            advanced=True,
        )

    def family(self, parameters, context):
        from ..models.families.extra_trees import ExtraTrees

        features = self.parameterAsEnumString(parameters, "MAX_FEATURES", context)
        share = self.parameterAsDouble(parameters, "FEATURES_SHARE", context)
        return ExtraTrees(
            n_estimators=self.parameterAsInt(parameters, "TREES", context),
            max_depth=self.parameterAsInt(parameters, "MAX_DEPTH", context) or None,
            min_samples_leaf=self.parameterAsInt(parameters, "MIN_LEAF", context),
            min_samples_split=self.parameterAsInt(parameters, "MIN_SPLIT", context),
            max_features={"share": share, "all": None}.get(features, features),
            bootstrap=self.parameterAsBool(parameters, "BOOTSTRAP", context),
            criterion=self.parameterAsEnumString(parameters, "CRITERION", context),
        )
