"""How samples are checked: the parameters of “Check samples for wrong classes”."""

from qgis.core import QgsProcessingParameterEnum, QgsProcessingParameterNumber, QgsProcessingParameterString

from ..models.families.catalogue import FAMILIES, family_of, packages_of
from .base import tr
from .dependencies import require

INTEGER = QgsProcessingParameterNumber.Type.Integer
DOUBLE = QgsProcessingParameterNumber.Type.Double

METHODS = ["both", "confident learning", "self-organising map"]
PRUNINGS = ["class and noise rate", "noise rate", "class", "confident joint"]
VALIDATIONS = ["automatic", "k-fold", "group k-fold", "spatial blocks"]


def define_check(algorithm):
    """Add the method and its settings."""
    algorithm.add(
        QgsProcessingParameterEnum("METHOD", tr("Method"), METHODS, False, "both", False, True),
        tr(
            "confident learning: probabilities of classifiers that have not seen the sample. self-organising map: "
            "the classes of alike series. both: as many as confident learning estimates, those that both support "
            "least."
        ),
    )
    algorithm.add(
        QgsProcessingParameterEnum("FAMILY", tr("Classifier"), list(FAMILIES), False, "random forest", False, True),
        tr(
            "What the probabilities come from, with its default settings. Not used by self-organising map. TempCNN, "
            "InceptionTime, LSTM and L-TAE need PyTorch, and take longest."
        ),
    )
    algorithm.add(
        QgsProcessingParameterEnum("VALIDATION", tr("Validation"), VALIDATIONS, False, "automatic", False, True),
        tr(
            "What never vouches for each other. automatic: samples of one group where they carry groups, else "
            "nothing but the sample itself. k-fold: groups are ignored. group k-fold: samples of one group. "
            "spatial blocks: samples in one square block of land."
        ),
    )
    for name, title, kind, default, limits, help_text in (
        ("SOM_SIZE", tr("Neurons along a side of the map"), INTEGER, 0, (0, 100),
         tr("More neurons tell finer kinds apart, but each holds fewer samples. 0: so that there are 2 √n.")),
        ("FOLDS", tr("Folds"), INTEGER, 5, (2, 50),
         tr("In how many parts the samples are divided; each is classified by a classifier of the others.")),
        ("BLOCK_SIZE", tr("Side of spatial blocks (map units)"), DOUBLE, 0, (0, None),
         tr("In units of the samples' CRS. 0: a tenth of the longer side of the samples' extent.")),
        ("SAMPLE_SIZE", tr("Samples to learn from"), INTEGER, 10000, (10, 10**7),
         tr("Of more, each classifier learns from about so many random ones; all are checked.")),
        ("SEED", tr("Seed"), INTEGER, 1, (0, 2147483647),
         tr("Of everything random. The same seed and samples give the same result.")),
    ):  # fmt: skip
        low, high = limits
        number = QgsProcessingParameterNumber(name, title, kind, default, False, low)
        if high is not None:
            number.setMaximum(high)
        algorithm.add(number, help_text, advanced=True)
    algorithm.add(
        QgsProcessingParameterEnum("PRUNING", tr("Pruning"), PRUNINGS, False, PRUNINGS[0], False, True),
        tr(
            "How confident learning alone chooses, in the words of the paper. noise rate: by pairs of classes, "
            "widest margin first. class: by class, least probable first. class and noise rate: what both choose. "
            "confident joint: all that are confidently of another class."
        ),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterString("VARIABLES", tr("Variables to keep"), None, False, True),
        tr("Names separated by commas, such as “red, nir, ndvi”. Empty: all variables of the samples."),
        advanced=True,
    )


def require_family(algorithm, parameters, context):
    """Raise ChronocoverError if the method uses the family chosen, and that lacks a package."""
    name = _family_name(algorithm, parameters, context)
    if name:
        require(packages_of(name))


def read_check(algorithm, parameters, context):
    """The family, the :class:`models.quality.checking.CheckSettings`, and the names of the variables to keep.

    The family is None if the method does not use any.
    """
    from ..models.fitting import TrainingSettings
    from ..models.quality.checking import CheckSettings
    from ..models.validation import Validation
    from ..settings import worker_threads

    validation = Validation(
        method=algorithm.parameterAsEnumString(parameters, "VALIDATION", context),
        folds=algorithm.parameterAsInt(parameters, "FOLDS", context),
        block_size=algorithm.parameterAsDouble(parameters, "BLOCK_SIZE", context),
    )
    seed = algorithm.parameterAsInt(parameters, "SEED", context)
    settings = CheckSettings(
        method=algorithm.parameterAsEnumString(parameters, "METHOD", context),
        training=TrainingSettings(validation=validation, seed=seed, threads=worker_threads()),
        pruning=algorithm.parameterAsEnumString(parameters, "PRUNING", context),
        side=algorithm.parameterAsInt(parameters, "SOM_SIZE", context),
        most_samples=algorithm.parameterAsInt(parameters, "SAMPLE_SIZE", context),
    )
    names = [name.strip() for name in algorithm.parameterAsString(parameters, "VARIABLES", context).split(",")]
    family = _family_name(algorithm, parameters, context)
    return family and family_of(family), settings, [name for name in names if name]


def _family_name(algorithm, parameters, context):
    if algorithm.parameterAsEnumString(parameters, "METHOD", context) == METHODS[2]:
        return None
    return algorithm.parameterAsEnumString(parameters, "FAMILY", context)
