"""What all trainings of neural networks share: how long and in what steps, what to keep, augmentation and logs."""

from qgis.core import (
    QgsProcessingParameterEnum,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
)

from .base import tr
from .dependencies import require
from .training import COMMON_HELP, DOUBLE, INTEGER, TrainingAlgorithm

KEEP = ["best loss", "best accuracy", "last"]
SCHEDULES = ["constant", "cosine"]

NETWORK_HELP = (
    """
<p>Each epoch shows all samples to the network once, in batches and a new order. Unless the network of the last epoch is
to be kept, some samples of each class are <b>kept aside</b>, whole groups of them, to see after each epoch how the
network does on what it has not learnt from: the best is kept, and training may stop early. The log has a line an epoch,
the report the learning curves. These samples only watch over the training: the accuracy in the report is that of the
validation, on others again.</p>
<p><b>Augmentation</b> shows other seasons to the network in each epoch: moved by some days, with noise, or with dates
missing as under clouds. It helps where samples are few, or where the map is of another year or place.</p>
<p>This needs PyTorch, which QGIS does not bring; the model file does not. It trains on the processor, each network on
one core, so that a seed gives the same model on any number of cores; the folds of the validation are trained side by
side.</p>
"""
    + COMMON_HELP
)


class NetworkTrainingAlgorithm(TrainingAlgorithm):
    """The training of a neural network; a subclass states its defaults and adds its own settings.

    ``DEFAULTS`` are those of its family where they differ from :class:`models.families.networks.network_family
    .NetworkFamily`, by the family's names; ``SOURCES`` says of each setting where its default comes from.
    """

    REQUIRES = (*TrainingAlgorithm.REQUIRES, "torch")
    DEFAULTS = {}
    SOURCES = {}

    def define_network(self):
        """Add the parameters of the architecture."""
        raise NotImplementedError

    def network(self, parameters, context, common):
        """The family; ``common`` are the settings that all networks share, as its keyword arguments."""
        raise NotImplementedError

    def define_family(self):
        self.define_network()
        for name, setting, title, kind, default, low, high, advanced, text in NUMBERS:
            text = f"{text} {self.SOURCES[setting]}" if setting in self.SOURCES else text
            self.add(
                QgsProcessingParameterNumber(
                    name, tr(title), kind, self.DEFAULTS.get(setting, default), False, low, high
                ),
                text,
                advanced,
            )
        self.add(
            QgsProcessingParameterEnum(
                "KEEP", tr("Network to keep"), KEEP, False, self.DEFAULTS.get("keep", KEEP[0]), False, True
            ),
            tr(
                "Of the epoch with the best loss or the best accuracy on the samples kept aside, or of the last one. "
                "“last” learns from all samples, keeps none aside and never stops early."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterEnum(
                "SCHEDULE", tr("Learning rate over time"), SCHEDULES, False,
                self.DEFAULTS.get("schedule", SCHEDULES[0]), False, True,
            ),
            tr("constant, or cosine: it falls to 0 as half a wave (Loshchilov and Hutter 2017)."),
            advanced=True,
        )  # fmt: skip

    def define(self):
        super().define()
        self.add(
            QgsProcessingParameterFolderDestination("TENSORBOARD", tr("TensorBoard logs"), None, True, False),
            tr(
                "A folder that gets the learning curves of the final training, for TensorBoard. Several trainings may "
                "share it: each adds a folder of its own. Needs the package tensorboard."
            ),
            advanced=True,
        )

    def validate(self, parameters, context):
        super().validate(parameters, context)
        if parameters.get("TENSORBOARD") not in (None, ""):
            require(("tensorboard",))

    def family(self, parameters, context):
        common = {
            "keep": self.parameterAsEnumString(parameters, "KEEP", context),
            "schedule": self.parameterAsEnumString(parameters, "SCHEDULE", context),
        }
        for name, setting, _, kind, *_ in NUMBERS:
            read = self.parameterAsInt if kind == INTEGER else self.parameterAsDouble
            common[setting] = read(parameters, name, context)
        for share in ("validation_share", "drop_dates"):
            common[share] /= 100
        return self.network(parameters, context, common)

    def write_more(self, model, parameters, context, feedback):
        from ..models.families.networks.tensorboard_logs import write_tensorboard_logs

        folder = self.output_path(parameters, "TENSORBOARD", context)
        if folder:
            output = self.output_path(parameters, "OUTPUT", context)
            feedback.info(
                f"TensorBoard logs: {write_tensorboard_logs(folder, output, model.classifier.learning_curves())}"
            )
            return {"TENSORBOARD": folder}
        return {}


# Parameter, setting of the family, title, kind, default, least, most, advanced, help.
NUMBERS = (
    ("EPOCHS", "epochs", "Epochs", INTEGER, 100, 1, 100000, False,
     "How often all samples are seen, at most."),
    ("LEARNING_RATE", "learning_rate", "Learning rate", DOUBLE, 0.001, 1e-7, 10.0, False,
     "The step of the optimiser Adam (Kingma and Ba 2015). Smaller is slower and steadier."),
    ("DROPOUT", "dropout", "Dropout", DOUBLE, 0.0, 0.0, 0.95, False,
     "Share of the values that are left out at random in training, so that none is relied on."),
    ("PATIENCE", "patience", "Patience", INTEGER, 0, 0, 100000, False,
     "After so many epochs without a better network, training stops. 0: it never stops early."),
    ("BATCH_SIZE", "batch_size", "Batch size", INTEGER, 32, 2, 100000, True,
     "Samples in each step; never more than a tenth of them, so that few samples make several steps too."),
    ("WEIGHT_DECAY", "weight_decay", "Weight decay", DOUBLE, 0.0, 0.0, 10.0, True,
     "Draws the weights towards 0, and holds back a network that learns its samples by heart."),
    ("KEPT_ASIDE", "validation_share", "Share of samples kept aside (%)", DOUBLE, 20.0, 0.0, 90.0, True,
     "Of each class, in whole groups, to watch the training. 0: none, and the last network is kept."),
    ("NETWORKS", "networks", "Number of networks", INTEGER, 1, 1, 100, True,
     "So many are trained from different random weights, and the model averages their probabilities: steadier and "
     "often more accurate, but so many times as slow."),
    ("SHIFT_DAYS", "shift_days", "Augmentation: shift (days)", DOUBLE, 0.0, 0.0, 366.0, True,
     "Each series is moved by up to so many days, earlier or later, anew in each epoch. 0: off."),
    ("JITTER", "jitter", "Augmentation: noise", DOUBLE, 0.0, 0.0, 10.0, True,
     "Normal noise on each value, in standard deviations of its variable; 0.1 is moderate. 0: off."),
    ("DROPPED_DATES", "drop_dates", "Augmentation: dropped dates (%)", DOUBLE, 0.0, 0.0, 95.0, True,
     "Share of the dates that are taken away at random and filled by linear interpolation, as clouds do. 0: off."),
)  # fmt: skip
