"""A real QGIS for the tests, with the repository root loaded as the package ``chronocover``."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.append("/usr/share/qgis/python/plugins")

spec = importlib.util.spec_from_file_location(
    "chronocover", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
)
package = importlib.util.module_from_spec(spec)
sys.modules["chronocover"] = package
spec.loader.exec_module(package)


@pytest.fixture(scope="session")
def qgis_app(tmp_path_factory):
    """QGIS with Processing and our provider, in a throw-away profile."""
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = str(tmp_path_factory.mktemp("profile"))
    from qgis.core import QgsApplication

    application = QgsApplication([], True)
    application.initQgis()
    from processing.core.Processing import Processing

    Processing.initialize()
    from chronocover.provider import ChronocoverProvider

    provider = ChronocoverProvider()
    provider.register()
    yield application


@pytest.fixture
def run(qgis_app):
    """Run one of our algorithms by name as ``processing.run`` does; returns its results, raises its exceptions."""
    import processing

    def run_algorithm(name, **parameters):
        return processing.run(f"chronocover:{name}", parameters)

    return run_algorithm


@pytest.fixture
def data_folder():
    """The folder of real imagery beside the checkout; skips the test where it is absent."""
    folder = Path(os.environ.get("CHRONOCOVER_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the real imagery is not at {folder} (set CHRONOCOVER_TEST_DATA)")
    return folder
