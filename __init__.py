"""Chronocover: land-cover and crop-type maps from dated satellite images, as QGIS Processing algorithms."""


def classFactory(iface):  # noqa: ANN001, ANN201
    """QGIS calls this to load the plugin; ``iface`` is None in ``qgis_process``."""
    from .plugin import ChronocoverPlugin

    return ChronocoverPlugin()
