"""Other algorithms as the stages of one: their parameters under other names, their way of making a step as it is."""

DESTINATIONS = ("rasterDestination", "fileDestination")


class Stage:
    """An algorithm series → series that is a stage of another, the owner.

    ``main`` tells which of its parameters the owner defines itself: name in the stage → name in the owner, or None
    where the owner has none and the stage's default holds. All others become advanced parameters of the owner: their
    names are those in the stage with ``prefix`` before, their titles begin with the stage's.
    """

    def __init__(self, algorithm_class, prefix, main):
        self.algorithm = algorithm_class()
        self.algorithm.initAlgorithm()
        self._names = {"SERIES": "SERIES", "STORAGE": None, **main}
        self._details = []
        for definition in self.algorithm.parameterDefinitions():
            name = definition.name()
            if name not in self._names and definition.type() not in DESTINATIONS:
                self._details.append(definition)
                self._names[name] = name if name.startswith(prefix) else prefix + name

    def add_details(self, owner):
        """Add the parameters that are not main ones to the owner."""
        for definition in self._details:
            detail = definition.clone()
            detail.setName(self._names[definition.name()])
            detail.setDescription(f"{self.algorithm.displayName()}: {definition.description()}")
            owner.add(detail, definition.help(), advanced=True)

    def values(self, parameters, **given):
        """The stage's parameters from those of the owner, and ``given`` ones, by the stage's names."""
        owned = {name: parameters[own] for name, own in self._names.items() if own in parameters}
        return {**owned, **given}
