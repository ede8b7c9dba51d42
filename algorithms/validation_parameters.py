"""What every step that learns from samples asks for: the samples, how to validate, how to weigh classes, the seed."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..core.errors import ChronocoverError
from .base import tr
from .dependencies import require

INTEGER = QgsProcessingParameterNumber.Type.Integer
DOUBLE = QgsProcessingParameterNumber.Type.Double

BY_FIELD = ["leave one out", "given split"]
VALIDATIONS = ["automatic", "hold-out", "k-fold", "group k-fold", "spatial blocks", *BY_FIELD, "none"]
CLASS_WEIGHTS = ["none", "balanced"]
RESAMPLING = ["none", "oversample", "undersample", "SMOTE"]
CRITERIA = ["accuracy", "macro F1"]


def define_samples(algorithm):
    """Add the samples layer."""
    algorithm.add(
        QgsProcessingParameterFeatureSource("SAMPLES", tr("Samples"), [QgsProcessing.SourceType.TypeVector]),
        tr("The samples layer from “Extract samples” or “Import samples”."),
    )


def define_learning(algorithm):
    """Add how to validate, how to weigh classes, which variables to keep, and the seed."""
    algorithm.add(
        QgsProcessingParameterEnum("VALIDATION", tr("Validation"), VALIDATIONS, False, "automatic", False, True),
        tr(
            "automatic: by groups where the samples carry them, else k-fold. hold-out: one part is kept for "
            "testing. k-fold: each part in turn, groups are ignored. group k-fold: the same with whole groups. "
            "spatial blocks: the same with whole square blocks of land. leave one out: each region or year of the "
            "“Field to split by” in turn. given split: as that field says. none: no accuracy is known."
        ),
    )
    algorithm.add(
        QgsProcessingParameterEnum("CLASS_WEIGHTS", tr("Class weights"), CLASS_WEIGHTS, False, "none", False, True),
        tr("balanced: rare classes weigh as much as frequent ones. none: each sample weighs the same."),
    )
    algorithm.add(
        QgsProcessingParameterString("VARIABLES", tr("Variables to keep"), None, False, True),
        tr("Names separated by commas, such as “red, nir, ndvi”. Empty: all variables of the samples."),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterNumber("FOLDS", tr("Folds"), INTEGER, 5, False, 2, 50),
        tr("In how many parts the samples are divided; each is tested once. Not for hold-out or splits by a field."),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterNumber("TEST_SHARE", tr("Share kept for testing (%)"), DOUBLE, 30, False, 1, 90),
        tr("The share of each class that hold-out keeps for testing, in whole groups where there are any."),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterNumber("BLOCK_SIZE", tr("Side of spatial blocks (map units)"), DOUBLE, 0, False, 0),
        tr("In units of the samples' CRS. 0: a tenth of the longer side of the samples' extent."),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterField("SPLIT_FIELD", tr("Field to split by"), None, "SAMPLES", optional=True),
        tr(
            "A field that you added to the samples, by a join for instance. For “leave one out” one of regions or "
            "years (of dates, the year counts): each is tested by a model of the others. For “given split” one that "
            "says “train”, “validation” or “test”."
        ),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterEnum("RESAMPLING", tr("Resampling of classes"), RESAMPLING, False, "none", False, True),
        tr(
            "Makes all classes as large before learning; tested samples stay as they are. oversample: samples of small "
            "classes are repeated. undersample: samples of large classes are left out. SMOTE: small classes get new "
            "series in between theirs."
        ),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterNumber("TRIALS", tr("Random settings to try"), INTEGER, 0, False, 0, 1000),
        tr(
            "Searches for better settings than those given, among random ones from published ranges. 0: no search; 20 "
            "often find good ones. The search is made anew within the learning side of each fold, so that the "
            "accuracy stays honest: with 5 folds 20 trials take up to about 400 trainings, with hold-out about 45."
        ),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterEnum("BEST_BY", tr("Best settings by"), CRITERIA, False, "accuracy", False, True),
        tr(
            "What the search compares. accuracy: of all samples. macro F1: rare classes count as much as frequent ones."
        ),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterNumber("SEED", tr("Seed"), INTEGER, 1, False, 0, 2147483647),
        tr("Of everything random. The same seed and samples give the same model."),
        advanced=True,
    )


def check_learning(algorithm, parameters, context):
    """Raise ChronocoverError if the validation lacks its field, or the resampling the package that it needs."""
    method = algorithm.parameterAsEnumString(parameters, "VALIDATION", context)
    if method in BY_FIELD and not algorithm.parameterAsString(parameters, "SPLIT_FIELD", context):
        raise ChronocoverError(
            f"The validation “{method}” needs a field of the samples. Choose it as “Field to split by” (an advanced "
            "parameter)."
        )
    if algorithm.parameterAsEnumString(parameters, "RESAMPLING", context) == "SMOTE":
        require(("imblearn",))


def read_learning(algorithm, parameters, context, feedback):
    """The samples with the variables to keep, and the :class:`models.fitting.TrainingSettings`.

    Raises ChronocoverError when it is no samples layer, or a variable is not there.
    """
    from ..models.fitting import TrainingSettings
    from ..models.learning_data import keep_variables
    from ..models.validation import Validation
    from ..settings import worker_threads
    from .samples_layer import read_samples_parameter

    method = algorithm.parameterAsEnumString(parameters, "VALIDATION", context)
    field = algorithm.parameterAsString(parameters, "SPLIT_FIELD", context) if method in BY_FIELD else ""
    samples = read_samples_parameter(algorithm, parameters, "SAMPLES", context, feedback, field)
    names = [name.strip() for name in algorithm.parameterAsString(parameters, "VARIABLES", context).split(",")]
    if any(names):
        samples = keep_variables(samples, [name for name in names if name])
    settings = TrainingSettings(
        validation=Validation(
            method=method,
            folds=algorithm.parameterAsInt(parameters, "FOLDS", context),
            test_share=algorithm.parameterAsDouble(parameters, "TEST_SHARE", context) / 100,
            block_size=algorithm.parameterAsDouble(parameters, "BLOCK_SIZE", context),
            field=field,
        ),
        balanced=algorithm.parameterAsEnumString(parameters, "CLASS_WEIGHTS", context) == "balanced",
        seed=algorithm.parameterAsInt(parameters, "SEED", context),
        threads=worker_threads(),
        resampling=algorithm.parameterAsEnumString(parameters, "RESAMPLING", context),
        trials=algorithm.parameterAsInt(parameters, "TRIALS", context),
        criterion=algorithm.parameterAsEnumString(parameters, "BEST_BY", context),
    )
    return samples, settings
