"""Train k nearest neighbours."""

from qgis.core import QgsProcessingParameterBoolean, QgsProcessingParameterEnum, QgsProcessingParameterNumber

from .base import tr
from .training import COMMON_HELP, INTEGER, TrainingAlgorithm

WEIGHTS = ["uniform", "distance"]


class TrainKnn(TrainingAlgorithm):
    """Write samples as an ONNX model that gives each pixel the class of its nearest neighbours."""

    NAME = "trainknn"
    TITLE = "Train k nearest neighbours"
    SUMMARY = "Makes a model of the samples themselves: each pixel gets the class of those most like it."
    TAGS = ("classification", "knn", "nearest neighbours", "euclidean", "machine learning", "onnx", "validation")
    HELP = (
        """
<p>Gives each pixel the class that most of its nearest samples have, by the Euclidean distance of their values over time
(Cover and Hart 1967). Nothing is learnt, so it is easy to explain, and the usual yardstick for other classifiers. The
model file holds all samples and compares each pixel with each: with many thousands of samples it maps slowly.</p>
<p>Of equally near samples those that come first in the layer count. Balanced class weights weigh the votes.</p>
"""
        + COMMON_HELP
    )

    def define_family(self):
        self.add(
            QgsProcessingParameterNumber("NEIGHBOURS", tr("Number of neighbours"), INTEGER, 5, False, 1, 1000),
            tr("How many of the nearest samples vote. More are smoother and lose rare classes."),
        )
        self.add(
            QgsProcessingParameterEnum("WEIGHTS", tr("Weight of the votes"), WEIGHTS, False, "uniform", False, True),
            tr("uniform: each neighbour counts the same. distance: nearer ones count more (one by the distance)."),
        )
        self.add(
            QgsProcessingParameterBoolean("SCALE", tr("Scale variables"), True),
            tr(
                "Yes: each variable is brought to mean 0 and standard deviation 1 over all dates, so that none counts "
                "for more because of its unit. No: values count as they are."
            ),
        )

    def family(self, parameters, context):
        from ..models.families.neighbours import Neighbours

        return Neighbours(
            n_neighbors=self.parameterAsInt(parameters, "NEIGHBOURS", context),
            weights=self.parameterAsEnumString(parameters, "WEIGHTS", context),
            scale=self.parameterAsBool(parameters, "SCALE", context),
        )
