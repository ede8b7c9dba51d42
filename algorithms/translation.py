"""Texts in the user's language."""

from qgis.PyQt.QtCore import QCoreApplication


def tr(text):
    """Translate a text of the plugin."""
    return QCoreApplication.translate("Chronocover", text)
