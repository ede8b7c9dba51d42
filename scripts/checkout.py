"""Makes this checkout importable as the package ``chronocover``, whatever its folder is called."""

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def load_package() -> None:
    """Put the package into ``sys.modules``; ``import chronocover.core…`` works from then on."""
    spec = importlib.util.spec_from_file_location(
        "chronocover", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules["chronocover"] = package
    spec.loader.exec_module(package)


def start_qgis() -> tuple:
    """Start QGIS without windows, with Processing and our provider; returns both, to be kept."""
    load_package()
    sys.path.append("/usr/share/qgis/python/plugins")
    from qgis.core import QgsApplication

    application = QgsApplication([], True)
    application.initQgis()
    from processing.core.Processing import Processing

    Processing.initialize()
    from chronocover.provider import ChronocoverProvider

    provider = ChronocoverProvider()
    provider.register()
    return application, provider
