"""The plugin object that QGIS loads: it registers the Processing provider and nothing else."""

import os

from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

from .provider import ChronocoverProvider


class ChronocoverPlugin:
    """Registers the provider in the desktop and in ``qgis_process`` alike, with no ``iface``."""

    def __init__(self):
        self.provider = None
        self.translator = install_translator()

    def initProcessing(self):
        self.provider = ChronocoverProvider()
        self.provider.register()

    def initGui(self):
        self.initProcessing()

    def unload(self):
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self.translator is not None:
            QCoreApplication.removeTranslator(self.translator)


def install_translator():
    """Install the translation for the user's language, if there is one; returns it, or None."""
    locale = QgsSettings().value("locale/userLocale", QLocale().name()) or "en"
    folder = os.path.join(os.path.dirname(__file__), "i18n")
    translator = QTranslator()
    for language in (locale, locale[:2]):
        if translator.load(f"chronocover_{language}.qm", folder):
            QCoreApplication.installTranslator(translator)
            return translator
    return None
