"""Train extremely randomised trees."""

from qgis.core import QgsProcessingParameterBoolean

from .base import tr
from .forest_parameters import define_splits, define_trees, read_forest
from .training import COMMON_HELP, TrainingAlgorithm


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
        define_trees(self)
        self.add(
            QgsProcessingParameterBoolean("BOOTSTRAP", tr("Draw samples for each tree"), False),
            tr("Yes: each tree learns from a random draw of the samples, as in a random forest. No: from all."),
            advanced=True,
        )
        define_splits(self)

    def family(self, parameters, context):
        from ..models.families.extra_trees import ExtraTrees

        settings = read_forest(self, parameters, context)
        return ExtraTrees(**settings, bootstrap=self.parameterAsBool(parameters, "BOOTSTRAP", context))
