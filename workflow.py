"""A graphical model of the workflows folder as an algorithm of the provider."""

import os
import re

from qgis.core import QgsProcessingModelAlgorithm
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

FOLDER = os.path.join(os.path.dirname(__file__), "workflows")
ICON = os.path.join(os.path.dirname(__file__), "icons", "workflows.svg")


class Workflow(QgsProcessingModelAlgorithm):
    """The model in a ``.model3`` file. Its title is the model's name, its id the same in small letters, unspaced."""

    def __init__(self, path):
        super().__init__()
        if not self.fromFile(path):
            raise ValueError(f"The workflow {path} cannot be read.")
        self._path = path
        self.setHelpContent({part: translated(text) for part, text in self.helpContent().items()})
        for shown in [*self.parameterDefinitions(), *self.outputDefinitions()]:
            shown.setDescription(translated(shown.description()))

    def createInstance(self):
        return Workflow(self._path)

    def name(self):
        return re.sub("[^a-z0-9]", "", super().name().lower())

    def displayName(self):
        return translated(super().name())

    def group(self):
        return translated(super().group())

    def shortDescription(self):
        return self.helpContent().get("ALG_DESC", "").split(". ")[0].rstrip(".") + "."

    def tags(self):
        return [translated(tag) for tag in ("workflow", "model", "time series", "classification", "land cover")]

    def icon(self):
        return QIcon(ICON)

    def svgIconPath(self):
        return ICON


def translated(text):
    """A text of the model in the user's language; the file holds it in English."""
    return QCoreApplication.translate("Chronocover", text)


def all_workflows():
    """Every workflow that comes with the plugin, by title."""
    paths = [os.path.join(FOLDER, file) for file in sorted(os.listdir(FOLDER)) if file.endswith(".model3")]
    return [Workflow(path) for path in paths]
