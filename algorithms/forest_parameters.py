"""The parameters that all forests of scikit-learn share."""

from qgis.core import QgsProcessingParameterEnum, QgsProcessingParameterNumber

from .base import tr
from .training import DOUBLE, INTEGER

MAX_FEATURES = ["sqrt", "log2", "share", "all"]
CRITERIA = ["gini", "entropy", "log_loss"]


def define_trees(algorithm):
    """Add how many trees there are, how deep, and what each decision is chosen from."""
    algorithm.add(
        QgsProcessingParameterNumber("TREES", tr("Number of trees"), INTEGER, 100, False, 1, 5000),
        tr("More trees are steadier; beyond a few hundred they only make the model larger and slower."),
    )
    algorithm.add(
        QgsProcessingParameterNumber("MAX_DEPTH", tr("Maximum depth of trees"), INTEGER, 25, False, 0, 1000),
        tr("Levels of decisions in each tree. 0: no limit. Shallow trees are smaller and smoother."),
    )
    algorithm.add(
        QgsProcessingParameterNumber("MIN_LEAF", tr("Least samples in a leaf"), INTEGER, 1, False, 1, 100000),
        tr("A decision leaves at least so many samples on each side. More make smaller, smoother trees."),
    )
    algorithm.add(
        QgsProcessingParameterEnum(
            "MAX_FEATURES", tr("Values tried at each decision"), MAX_FEATURES, False, "sqrt", False, True
        ),
        tr(
            "How many of the values (one for each date and variable) are drawn for each decision: their square "
            "root, their logarithm to base 2, a share given below, or all of them."
        ),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterNumber("FEATURES_SHARE", tr("Share of values tried"), DOUBLE, 0.3, False, 0.001, 1.0),
        tr("Only with “share” above: 0 to 1."),
        advanced=True,
    )


def define_splits(algorithm):
    """Add when a node is split, and by which measure."""
    algorithm.add(
        QgsProcessingParameterNumber("MIN_SPLIT", tr("Least samples to split"), INTEGER, 2, False, 2, 100000),
        tr("A node with fewer samples becomes a leaf."),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterEnum("CRITERION", tr("Split criterion"), CRITERIA, False, "gini", False, True),
        tr("The measure of a decision's worth: Gini impurity, or entropy (log_loss is the same)."),
        advanced=True,
    )


def read_forest(algorithm, parameters, context):
    """The settings of both as scikit-learn's keyword arguments."""
    features = algorithm.parameterAsEnumString(parameters, "MAX_FEATURES", context)
    share = algorithm.parameterAsDouble(parameters, "FEATURES_SHARE", context)
    return {
        "n_estimators": algorithm.parameterAsInt(parameters, "TREES", context),
        "max_depth": algorithm.parameterAsInt(parameters, "MAX_DEPTH", context) or None,
        "min_samples_leaf": algorithm.parameterAsInt(parameters, "MIN_LEAF", context),
        "min_samples_split": algorithm.parameterAsInt(parameters, "MIN_SPLIT", context),
        "max_features": {"share": share, "all": None}.get(features, features),
        "criterion": algorithm.parameterAsEnumString(parameters, "CRITERION", context),
    }
