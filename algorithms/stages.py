"""Other algorithms as the stages of one: their parameters under other names, their way of making a step as it is."""

from .base import tr

DESTINATIONS = ("rasterDestination", "fileDestination")


class Stage:
    """An algorithm series → series that is a stage of another, the owner.

    ``main`` tells which of its parameters the owner defines itself: name in the stage → name in the owner, or None
    where the owner has none and the stage's default holds. All others become advanced parameters of the owner: their
    names are those in the stage with ``prefix`` before, their titles begin with the stage's.
    """

    def __init__(self, algorithm_class, prefix, main):
        self._class, self._prefix = algorithm_class, prefix
        self._main = {"SERIES": "SERIES", "STORAGE": None, "SCHEDULER": None, **main}

    def algorithm(self):
        """A new object of the stage's algorithm."""
        # Never kept, nor are its parameters: once QGIS has deleted the owner, Python would take others for them.
        algorithm = self._class()
        algorithm.initAlgorithm()
        return algorithm

    def add_details(self, owner):
        """Add the parameters that are not main ones to the owner."""
        algorithm = self.algorithm()
        for definition in algorithm.parameterDefinitions():
            if definition.name() not in self._main and definition.type() not in DESTINATIONS:
                detail = _copy_made_in_python(definition)
                detail.setName(self._name_in_owner(definition.name()))
                title = tr("{stage}: {parameter}")
                title = title.format(stage=algorithm.displayName(), parameter=definition.description())
                detail.setDescription(title)
                owner.add(detail, definition.help(), advanced=True)

    def values(self, parameters, **given):
        """The stage's parameters from those of the owner, and ``given`` ones, by the stage's names."""
        algorithm = self.algorithm()
        owned = {}
        for definition in algorithm.parameterDefinitions():
            name = self._name_in_owner(definition.name())
            if name in parameters:
                owned[definition.name()] = parameters[name]
        return {**owned, **given}

    def _name_in_owner(self, name):
        return self._main.get(name, name if name.startswith(self._prefix) else self._prefix + name)


def _copy_made_in_python(definition):
    """A copy of a parameter. One made by ``clone()`` and given to an algorithm outlives it in Python's eyes, who would
    then take whatever QGIS puts in the same place of memory for it.
    """
    copy = type(definition)(definition.name())
    copy.fromVariantMap(definition.toVariantMap())
    return copy
