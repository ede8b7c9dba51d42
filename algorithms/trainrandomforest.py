"""Train random forest."""

from qgis.core import QgsProcessingParameterEnum, QgsProcessingParameterNumber

from .base import tr
from .training import COMMON_HELP, DOUBLE, INTEGER, TrainingAlgorithm

MAX_FEATURES = ["sqrt", "log2", "share", "all"]
CRITERIA = ["gini", "entropy", "log_loss"]


class TrainRandomForest(TrainingAlgorithm):
    """Train scikit-learn's random forest on samples and write it as an ONNX model."""

    NAME = "trainrandomforest"
    TITLE = "Train random forest"
    SUMMARY = "Learns a random forest from samples, validates it without leaks and writes one portable model file."
    TAGS = ("classification", "random forest", "machine learning", "onnx", "scikit-learn", "accuracy", "validation")
    HELP = (
        """
<p>Learns to tell the classes apart by their values over time, with a random forest (Breiman 2001): many decision trees,
each on a random draw of the samples, vote. It is a safe first choice: hardly anything needs tuning.</p>
<p>The model file grows with the samples and trees: 20,000 noisy samples of 24 dates and 4 variables made 31 MB with the
defaults (100 trees of at most 25 levels), 33 MB without the limit of depth, and 17 MB with at least 5 samples a leaf,
at a loss of 0.4 percentage points. Twice the trees make twice the file and halve the speed of mapping.</p>
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
            QgsProcessingParameterNumber(
                "MAX_SAMPLES", tr("Share of samples for each tree"), DOUBLE, 1.0, False, 0.001, 1
            ),
            tr(
                "Each tree learns from so many samples, drawn with replacement. Less than 1 makes smaller trees and "
                "trains faster."
            ),
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
        from ..models.families.random_forest import RandomForest

        features = self.parameterAsEnumString(parameters, "MAX_FEATURES", context)
        share = self.parameterAsDouble(parameters, "FEATURES_SHARE", context)
        return RandomForest(
            n_estimators=self.parameterAsInt(parameters, "TREES", context),
            max_depth=self.parameterAsInt(parameters, "MAX_DEPTH", context) or None,
            min_samples_leaf=self.parameterAsInt(parameters, "MIN_LEAF", context),
            min_samples_split=self.parameterAsInt(parameters, "MIN_SPLIT", context),
            max_features={"share": share, "all": None}.get(features, features),
            max_samples=self.parameterAsDouble(parameters, "MAX_SAMPLES", context),
            criterion=self.parameterAsEnumString(parameters, "CRITERION", context),
        )
