"""The Processing provider: which algorithms and workflows there are."""

import importlib
import os

from qgis.core import QgsApplication, QgsProcessingProvider
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from . import settings
from .algorithms import ALGORITHMS
from .workflow import all_workflows

ROOT = os.path.dirname(__file__)
ICON = os.path.join(ROOT, "icons", "chronocover.svg")


class ChronocoverProvider(QgsProcessingProvider):
    """Chronocover in the Processing toolbox."""

    def id(self):
        return "chronocover"

    def name(self):
        return "Chronocover"

    def longName(self):
        return QCoreApplication.translate("Chronocover", "Chronocover: maps from image time series")

    def icon(self):
        return QIcon(ICON)

    def svgIconPath(self):
        return ICON

    def register(self):
        """Add the provider to QGIS, then its workflows, whose steps are its own algorithms."""
        QgsApplication.processingRegistry().addProvider(self)
        self.refreshAlgorithms()

    def load(self):
        settings.register(self.name(), self.icon(), lambda text: QCoreApplication.translate("Chronocover", text))
        self.refreshAlgorithms()
        return True

    def unload(self):
        settings.unregister()

    def loadAlgorithms(self):
        for module, name in ALGORITHMS.items():
            algorithm_class = getattr(importlib.import_module(f".algorithms.{module}", __package__), name)
            self.addAlgorithm(algorithm_class())
        # A model looks its steps up in the registry, where they are only after this provider has been added to it.
        if QgsApplication.processingRegistry().providerById(self.id()) is not None:
            for workflow in all_workflows():
                self.addAlgorithm(workflow)

    def supportedOutputRasterLayerExtensions(self):
        return ["tif", "img", "vrt", "dat", "sdat", "rst", "kea", "bil"]

    def supportedOutputVectorLayerExtensions(self):
        return ["gpkg"]

    def defaultVectorFileExtension(self, hasGeometry=True):
        return "gpkg"
