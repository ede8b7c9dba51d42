"""Train a temporal attention network."""

from qgis.core import QgsProcessingParameterNumber

from ..core.errors import ChronocoverError
from .base import tr
from .network_training import NETWORK_HELP, NetworkTrainingAlgorithm
from .training import DOUBLE, INTEGER

PAPER = "Default: Garnot and Landrieu 2020."


class TrainAttention(NetworkTrainingAlgorithm):
    """Train the lightweight temporal attention encoder (L-TAE) on samples and write it as an ONNX model."""

    NAME = "trainattention"
    TITLE = "Train temporal attention"
    SUMMARY = "Learns which dates matter to which class (L-TAE) from samples, and writes one model file."
    TAGS = ("classification", "attention", "transformer", "l-tae", "ltae", "deep learning", "pytorch", "onnx")
    HELP = (
        """
<p>Learns to tell the classes apart by their series, with the lightweight temporal attention encoder (L-TAE) of Garnot
and Landrieu (2020), made for satellite image time series: several attention heads learn which dates matter to them,
each in its own share of the features. Dates enter as days of the season, so they may be as irregular as images are.
Small, fast, and accurate with some thousand samples or more.</p>
<p>The authors' network sees whole parcels; for single pixels, a small perceptron of each date's values stands in their
place, as in the R package sits (Simoes et al. 2021).</p>
"""
        + NETWORK_HELP
    )
    DEFAULTS = {"batch_size": 128, "dropout": 0.2, "patience": 20}
    SOURCES = {
        "epochs": PAPER,
        "learning_rate": PAPER,
        "batch_size": PAPER,
        "dropout": PAPER,
        "patience": "Default: that of the R package sits (Simoes et al. 2021).",
    }

    def define_network(self):
        self.add(
            QgsProcessingParameterNumber("HEADS", tr("Attention heads"), INTEGER, 16, False, 1, 256),
            tr("Each looks at other dates, in its own share of the features. Default: Garnot and Landrieu 2020."),
        )
        self.add(
            QgsProcessingParameterNumber("WIDTH", tr("Features of a date"), INTEGER, 256, False, 2, 8192),
            tr("Shared by the heads: a multiple of twice their number. Default: Garnot and Landrieu 2020."),
        )
        self.add(
            QgsProcessingParameterNumber("KEY_SIZE", tr("Size of keys"), INTEGER, 8, False, 1, 1024),
            tr("Numbers by which a head judges a date. Default: Garnot and Landrieu 2020."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("PERIOD", tr("Longest wave of days"), DOUBLE, 1000, False, 2, 1e6),
            tr(
                "Days enter as sines and cosines of waves of up to so many days times 2 pi. Default: Garnot and "
                "Landrieu 2020."
            ),
            advanced=True,
        )

    def validate(self, parameters, context):
        super().validate(parameters, context)
        heads = self.parameterAsInt(parameters, "HEADS", context)
        width = self.parameterAsInt(parameters, "WIDTH", context)
        if width % (2 * heads):
            raise ChronocoverError(
                f"Features of a date: {width} cannot be shared by {heads} heads. Choose a multiple of {2 * heads}."
            )

    def network(self, parameters, context, common):
        from ..models.families.networks.ltae import Ltae

        return Ltae(
            **common,
            heads=self.parameterAsInt(parameters, "HEADS", context),
            width=self.parameterAsInt(parameters, "WIDTH", context),
            key_size=self.parameterAsInt(parameters, "KEY_SIZE", context),
            period=self.parameterAsDouble(parameters, "PERIOD", context),
        )
