"""Train InceptionTime or LITETime."""

from qgis.core import QgsProcessingParameterEnum, QgsProcessingParameterNumber

from .base import tr
from .network_training import NETWORK_HELP, NetworkTrainingAlgorithm
from .training import INTEGER

ARCHITECTURES = ["LITE", "InceptionTime"]


class TrainInception(NetworkTrainingAlgorithm):
    """Train InceptionTime or its lighter successor on samples and write it as an ONNX model."""

    NAME = "traininception"
    TITLE = "Train InceptionTime"
    SUMMARY = (
        "Learns several InceptionTime or LITE networks from samples, validates without leaks and writes one model."
    )
    TAGS = ("classification", "inceptiontime", "litetime", "neural network", "deep learning", "pytorch", "onnx")
    HELP = (
        """
<p>Learns to tell the classes apart by the shapes in their series, with networks whose filters are short and very long
at the same time. Each ends in the mean over all dates, so that a shape counts wherever in the season it lies: good
where seasons shift, less so where only the date tells two classes apart. Several networks are trained and their
probabilities averaged, all in one model file.</p>
<p><i>InceptionTime</i> (Ismail Fawaz et al. 2020) has some 420,000 weights a network, <i>LITE</i> (Ismail-Fawaz et al.
2023; five of them are LITETime) 10,000: it learns some six times and maps some fifteen times as fast. It replaces most
learnt filters by fixed ones for rising, falling and peaks and by light layers.</p>
"""
        + NETWORK_HELP
    )
    DEFAULTS = {"networks": 5, "batch_size": 64, "keep": "last", "schedule": "cosine"}
    SOURCES = {
        "epochs": "The authors take 1,500, without the falling learning rate that makes 100 do.",
        "learning_rate": "Default: Ismail Fawaz et al. 2020.",
        "batch_size": "Default: Ismail Fawaz et al. 2020.",
        "networks": "Default: Ismail Fawaz et al. 2020.",
    }

    def define_network(self):
        self.add(
            QgsProcessingParameterEnum(
                "ARCHITECTURE", tr("Architecture"), ARCHITECTURES, False, ARCHITECTURES[0], False, True
            ),
            tr("LITE: small and fast. InceptionTime: the large original, six to fifteen times as slow."),
        )
        self.add(
            QgsProcessingParameterNumber("FILTERS", tr("Filters of each length"), INTEGER, 32, False, 1, 1024),
            tr("The shapes that each layer looks for. Default: Ismail Fawaz et al. 2020."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("KERNEL", tr("Longest filter (dates)"), INTEGER, 40, False, 1, 1000),
            tr("The others are half and a quarter as long. Default: Ismail Fawaz et al. 2020."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("DEPTH", tr("Modules of InceptionTime"), INTEGER, 6, False, 1, 30),
            tr("With a shortcut around every third. Not used by LITE. Default: Ismail Fawaz et al. 2020."),
            advanced=True,
        )

    def network(self, parameters, context, common):
        from ..models.families.networks.inception import InceptionTime

        return InceptionTime(
            **common,
            architecture=self.parameterAsEnumString(parameters, "ARCHITECTURE", context),
            filters=self.parameterAsInt(parameters, "FILTERS", context),
            kernel=self.parameterAsInt(parameters, "KERNEL", context),
            depth=self.parameterAsInt(parameters, "DEPTH", context),
        )
