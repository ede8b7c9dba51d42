"""Train a bidirectional LSTM."""

from qgis.core import (
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
)

from ..core.errors import ChronocoverError
from .base import tr
from .network_training import NETWORK_HELP, NetworkTrainingAlgorithm
from .training import INTEGER

CONTEXTS = {"pixel alone": 1, "3 x 3 pixels": 3}


class TrainLstm(NetworkTrainingAlgorithm):
    """Train a bidirectional LSTM, alone or beside 3-D convolutions over the surroundings, and write it as ONNX."""

    NAME = "trainlstm"
    TITLE = "Train LSTM"
    SUMMARY = (
        "Learns a recurrent neural network from samples, on request with the pixels around each, and writes one model."
    )
    TAGS = ("classification", "lstm", "recurrent", "rnn", "3d convolution", "spatial context", "deep learning", "onnx")
    HELP = (
        """
<p>Learns to tell the classes apart by their series, with a bidirectional LSTM (Hochreiter and Schmidhuber 1997): it
reads the season date by date, forwards and backwards, and remembers what matters. The layers are of the kind of
BreizhCrops (Rußwurm et al. 2020).</p>
<p><b>Spatial context:</b> with 3 x 3 pixels, 3-D convolutions over time and place (Ji et al. 2018) look at the pixels
around each beside the LSTM, and both decide together. That calms the map and tells texture, such as that of orchards
or settlements; borders between fields get a little softer. The neighbours are read from the image series that the
samples were extracted from, at the places of the samples. At the edge of the image, and where a neighbour was never
observed, the pixel itself stands in for it.</p>
<p>Neighbours bring no labels along, but values: those of a sample at the border of its polygon may lie in the polygon
beside it, which a fold of the validation may test, so that the accuracy can turn out a little high where polygons
touch. Large spatial blocks leave few such borders.</p>
<p>The network of BreizhCrops has four layers of 128 and learns with a rate of 0.01 from hundreds of thousands of
parcels. Two layers of 64 learn some six times as fast, and a rate of 0.002 is steadier with few samples and with a
spatial context, so both are the defaults here.</p>
"""
        + NETWORK_HELP
    )
    DEFAULTS = {
        "batch_size": 256,
        "learning_rate": 0.002,
        "weight_decay": 1e-6,
        "dropout": 0.57,
        "patience": 20,
    }
    SOURCES = {
        "learning_rate": "Rußwurm et al. 2020 take 0.01.",
        "batch_size": "Default: Rußwurm et al. 2020.",
        "dropout": "Default: Rußwurm et al. 2020.",
        "weight_decay": "Default: Rußwurm et al. 2020.",
        "patience": "Default: that of the R package sits (Simoes et al. 2021).",
    }

    def define_network(self):
        self.add(
            QgsProcessingParameterEnum(
                "CONTEXT", tr("Spatial context"), list(CONTEXTS), False, "pixel alone", False, True
            ),
            tr("pixel alone: the series of each pixel. 3 x 3 pixels: those of its eight neighbours, too."),
        )
        self.add(
            QgsProcessingParameterRasterLayer("SERIES", tr("Image time series"), None, True),
            tr("Only for a spatial context: the series that the samples were extracted from."),
        )
        self.add(
            QgsProcessingParameterNumber("LAYERS", tr("LSTM layers"), INTEGER, 2, False, 1, 20),
            tr("One above the other. Rußwurm et al. 2020 take 4, and need six times as long with 128 each."),
        )
        self.add(
            QgsProcessingParameterNumber("HIDDEN", tr("Size of each layer"), INTEGER, 64, False, 1, 4096),
            tr("Numbers that a layer remembers in each direction. Rußwurm et al. 2020 take 128."),
        )

    def validate(self, parameters, context):
        super().validate(parameters, context)
        if self._context(parameters, context) > 1:
            from ..core.series.image_series import ImageSeries

            ImageSeries.open(self._series(parameters, context))

    def complete_samples(self, samples, parameters, context, feedback):
        from ..core.samples.surroundings import with_windows
        from ..core.series.image_series import ImageSeries

        side = self._context(parameters, context)
        if side == 1:
            return samples
        series = ImageSeries.open(self._series(parameters, context))
        feedback.info(f"Reading the {side} × {side} pixels around {len(samples):,} samples…")
        return with_windows(samples, series, side, self.engine_options(), feedback.part(0.0, 0.0, quiet=True))

    def network(self, parameters, context, common):
        from ..models.families.networks.lstm import Lstm

        return Lstm(
            **common,
            layers=self.parameterAsInt(parameters, "LAYERS", context),
            hidden=self.parameterAsInt(parameters, "HIDDEN", context),
            context=self._context(parameters, context),
        )

    def _context(self, parameters, context):
        return CONTEXTS[self.parameterAsEnumString(parameters, "CONTEXT", context)]

    def _series(self, parameters, context):
        path = self.raster_path(parameters, "SERIES", context)
        if path is None:
            raise ChronocoverError(
                "A spatial context needs the image time series that the samples were extracted from. Give it as Image "
                "time series, or choose “pixel alone”."
            )
        return path
