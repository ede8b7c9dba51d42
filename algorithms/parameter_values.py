"""Checks of numbers and choices: QGIS says only that a value is incorrect, and nothing at all in a model."""

from qgis.core import NULL, QgsProcessingParameterDefinition, QgsProperty

from ..core.errors import ChronocoverError

NUMBERS = ("number", "distance")
OPTIONAL = QgsProcessingParameterDefinition.Flag.FlagOptional
LARGEST = 1e300  # QGIS's "no limit" is beyond


def check_values(algorithm, parameters, context):
    """Raise ChronocoverError if a number is none or out of its range, or a choice is not among its options."""
    for definition in algorithm.parameterDefinitions():
        value = parameters.get(definition.name())
        if value in (None, "") or isinstance(value, QgsProperty):
            continue
        where = f"“{definition.description()}” ({definition.name()})"
        if definition.type() in NUMBERS:
            _check_number(definition, value, where)
        elif definition.type() == "enum" and definition.usesStaticStrings():
            _check_choice(definition, value, where, context)


def chooses_nothing(value):
    """Whether a value of a choice of several is an empty one: ``[]``, or what a command line makes of ``NAME=``."""
    return value is not None and (value in ([], (), "") or value == NULL)


def without_empty_choices(algorithm, parameters):
    """The parameters with ``[]`` for empty choices of several: QGIS accepts no other spelling of them."""
    several = [
        each.name() for each in algorithm.parameterDefinitions() if each.type() == "enum" and each.allowMultiple()
    ]
    return {**parameters, **{name: [] for name in several if chooses_nothing(parameters.get(name))}}


def _check_choice(definition, value, where, context):
    several = definition.allowMultiple()
    if several and chooses_nothing(value):
        if not definition.flags() & OPTIONAL:
            raise ChronocoverError(f"{where} has nothing chosen. Choose from: {', '.join(definition.options())}.")
    elif not definition.checkValueIsAcceptable(value, context):
        shown = ", ".join(str(each) for each in value) if isinstance(value, (list, tuple)) else value
        how = "Choose from" if several else "Choose one of"
        raise ChronocoverError(f"{where} is “{shown}”. {how}: {', '.join(definition.options())}.")


def _check_number(definition, value, where):
    low, high = definition.minimum(), definition.maximum()
    limits = [f"at least {low:.10g}"] if low > -LARGEST else []
    limits += [f"at most {high:.10g}"] if high < LARGEST else []
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise ChronocoverError(f"{where} is “{value}”, which is no number.") from error
    if not low <= number <= high:
        raise ChronocoverError(f"{where} is {value}. It can be {' and '.join(limits)}.")
