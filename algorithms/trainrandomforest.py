"""Train random forest."""

from qgis.core import QgsProcessingParameterNumber

from .base import tr
from .forest_parameters import define_splits, define_trees, read_forest
from .training import COMMON_HELP, DOUBLE, TrainingAlgorithm


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
        define_trees(self)
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
        define_splits(self)

    def family(self, parameters, context):
        from ..models.families.random_forest import RandomForest

        settings = read_forest(self, parameters, context)
        return RandomForest(**settings, max_samples=self.parameterAsDouble(parameters, "MAX_SAMPLES", context))
