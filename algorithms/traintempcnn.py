"""Train TempCNN."""

from qgis.core import QgsProcessingParameterNumber

from .base import tr
from .network_training import NETWORK_HELP, NetworkTrainingAlgorithm
from .training import INTEGER


class TrainTempCnn(NetworkTrainingAlgorithm):
    """Train the temporal convolutional network of Pelletier et al. on samples and write it as an ONNX model."""

    NAME = "traintempcnn"
    TITLE = "Train TempCNN"
    SUMMARY = "Learns a temporal convolutional network from samples, validates it without leaks and writes one model."
    TAGS = ("classification", "tempcnn", "neural network", "deep learning", "convolution", "pytorch", "onnx")
    HELP = (
        """
<p>Learns to tell the classes apart by their series, with the temporal convolutional network of Pelletier, Webb and
Petitjean (2019), made for satellite image time series: filters slide along the dates and find shapes such as a sudden
green-up, and a dense layer on all dates learns when in the season they count. Small, fast to train, and accurate with
some thousand samples or more.</p>
"""
        + NETWORK_HELP
    )
    DEFAULTS = {"patience": 20, "weight_decay": 1e-6, "dropout": 0.5}
    SOURCES = {
        "epochs": "Pelletier et al. 2019 take 20 for a million samples; fewer samples need more.",
        "patience": "Default: that of the R package sits (Simoes et al. 2021).",
        "learning_rate": "Default: Pelletier et al. 2019.",
        "batch_size": "Default: Pelletier et al. 2019.",
        "dropout": "Default: Pelletier et al. 2019.",
        "weight_decay": "Default: Pelletier et al. 2019.",
    }

    def define_network(self):
        self.add(
            QgsProcessingParameterNumber("FILTERS", tr("Filters of each layer"), INTEGER, 64, False, 1, 4096),
            tr("The shapes that each layer looks for. Default: Pelletier et al. 2019."),
        )
        self.add(
            QgsProcessingParameterNumber("KERNEL", tr("Length of the filters (dates)"), INTEGER, 5, False, 1, 999),
            tr("How many dates a filter sees at once. Default: Pelletier et al. 2019."),
        )
        self.add(
            QgsProcessingParameterNumber("LAYERS", tr("Convolution layers"), INTEGER, 3, False, 1, 20),
            tr("Each sees wider than the one before. Default: Pelletier et al. 2019."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("DENSE", tr("Neurons of the dense layer"), INTEGER, 256, False, 1, 10000),
            tr("After the convolutions. Default: Pelletier et al. 2019."),
            advanced=True,
        )

    def network(self, parameters, context, common):
        from ..models.families.networks.tempcnn import TempCnn

        return TempCnn(
            **common,
            filters=self.parameterAsInt(parameters, "FILTERS", context),
            kernel=self.parameterAsInt(parameters, "KERNEL", context),
            layers=self.parameterAsInt(parameters, "LAYERS", context),
            dense=self.parameterAsInt(parameters, "DENSE", context),
        )
