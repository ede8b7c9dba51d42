"""Train gradient boosting."""

from qgis.core import QgsProcessingParameterEnum, QgsProcessingParameterNumber

from .base import tr
from .training import COMMON_HELP, DOUBLE, INTEGER, TrainingAlgorithm

EARLY_STOPPING = {"automatic": "auto", "yes": True, "no": False}


class TrainBoosting(TrainingAlgorithm):
    """Train scikit-learn's histogram gradient boosting on samples and write it as an ONNX model."""

    NAME = "trainboosting"
    TITLE = "Train gradient boosting"
    SUMMARY = "Learns gradient boosted trees from samples, validates them without leaks and writes one portable model."
    TAGS = ("classification", "gradient boosting", "lightgbm", "machine learning", "onnx", "scikit-learn", "validation")
    HELP = (
        """
<p>Learns to tell the classes apart by their values over time, with histogram gradient boosting (as in LightGBM): small
trees follow each other, each correcting what the ones before got wrong. With many samples it is often more accurate
than a random forest, and its model is much smaller: 1 MB where the forest takes 31. With few samples it can learn them
by heart; more samples a leaf, fewer iterations or early stopping hold it back.</p>
<p>The important dates and variables in the report are measured on samples that the model has not seen, so there are
none without a validation.</p>
"""
        + COMMON_HELP
    )

    def define_family(self):
        self.add(
            QgsProcessingParameterNumber("LEARNING_RATE", tr("Learning rate"), DOUBLE, 0.1, False, 0.0001, 1.0),
            tr("How much each tree corrects. Half the rate needs about twice the iterations and is often steadier."),
        )
        self.add(
            QgsProcessingParameterNumber("ITERATIONS", tr("Iterations"), INTEGER, 100, False, 1, 10000),
            tr("How many trees follow each other, for each class (for two classes together)."),
        )
        self.add(
            QgsProcessingParameterNumber("MAX_LEAF_NODES", tr("Most leaves in a tree"), INTEGER, 31, False, 2, 65536),
            tr("Trees with more leaves tell finer differences apart, and need more samples."),
        )
        self.add(
            QgsProcessingParameterNumber("MIN_LEAF", tr("Least samples in a leaf"), INTEGER, 20, False, 1, 100000),
            tr("A decision leaves at least so many samples on each side. Take less with few samples of a class."),
        )
        self.add(
            QgsProcessingParameterEnum(
                "EARLY_STOPPING", tr("Stop early"), list(EARLY_STOPPING), False, "automatic", False, True
            ),
            tr(
                "Sets a tenth of the samples aside and stops once ten iterations did not improve on them. automatic: "
                "with more than 10,000 samples."
            ),
        )
        self.add(
            QgsProcessingParameterNumber("L2", tr("L2 regularization"), DOUBLE, 1.0, False, 0.0),
            tr("Draws the leaves' corrections towards 0. More holds back; with 0 rare classes can spoil the model."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("MAX_DEPTH", tr("Maximum depth of trees"), INTEGER, 0, False, 0, 1000),
            tr("Levels of decisions in each tree. 0: only the number of leaves limits it."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("MAX_FEATURES", tr("Share of values tried"), DOUBLE, 1.0, False, 0.001, 1.0),
            tr("The share of the values (one for each date and variable) that are drawn for each decision."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("MAX_BINS", tr("Bins of a value"), INTEGER, 64, False, 2, 255),
            tr("Values are sorted into so many bins before learning. 255 are finer and several times slower."),
            advanced=True,
        )

    def family(self, parameters, context):
        from ..models.families.boosting import Boosting

        return Boosting(
            learning_rate=self.parameterAsDouble(parameters, "LEARNING_RATE", context),
            max_iter=self.parameterAsInt(parameters, "ITERATIONS", context),
            max_leaf_nodes=self.parameterAsInt(parameters, "MAX_LEAF_NODES", context),
            max_depth=self.parameterAsInt(parameters, "MAX_DEPTH", context) or None,
            min_samples_leaf=self.parameterAsInt(parameters, "MIN_LEAF", context),
            l2_regularization=self.parameterAsDouble(parameters, "L2", context),
            max_features=self.parameterAsDouble(parameters, "MAX_FEATURES", context),
            max_bins=self.parameterAsInt(parameters, "MAX_BINS", context),
            early_stopping=EARLY_STOPPING[self.parameterAsEnumString(parameters, "EARLY_STOPPING", context)],
        )
