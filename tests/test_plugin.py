"""The front door: the plugin as QGIS itself loads it, in the desktop and in qgis_process."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("sklearn", "onnx", "onnxruntime", "numba", "scipy", "tslearn", "skl2onnx", "pandas", "torch", "matplotlib")

START = """
import os, sys
sys.path.append("/usr/share/qgis/python/plugins")
sys.path.append(os.environ["PLUGINS"])
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback
application = QgsApplication([], True)
application.initQgis()
from processing.core.Processing import Processing
from processing.core.ProcessingConfig import ProcessingConfig
Processing.initialize()
import qgis.utils
qgis.utils.plugin_paths.append(os.environ["PLUGINS"])
qgis.utils.updateAvailablePlugins()
registry = QgsApplication.processingRegistry()
def load():
    assert qgis.utils.loadPlugin("chronocover") and qgis.utils.startProcessingPlugin("chronocover")
def says(name):
    algorithm = registry.algorithmById("chronocover:" + name).create()
    try:
        algorithm.run({}, QgsProcessingContext(), QgsProcessingFeedback(), {}, False)
    except QgsProcessingException as error:
        return str(error)
"""

BLOCK = """
import importlib.abc, importlib.machinery
class Broken(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name == "{module}":
            if {missing}:
                raise ModuleNotFoundError("No module named '{module}'", name=name)
            return importlib.machinery.ModuleSpec(name, self)
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        raise OSError("libgomp.so.1: cannot open shared object file")
sys.meta_path.insert(0, Broken())
"""


@pytest.fixture
def plugins(tmp_path):
    """A plugin folder of QGIS that holds the checkout."""
    folder = tmp_path / "profiles" / "default" / "python" / "plugins"
    folder.mkdir(parents=True)
    (folder / "chronocover").symlink_to(ROOT, target_is_directory=True)
    return folder


def in_fresh_qgis(plugins, code):
    """The standard output of code that runs in a new headless QGIS."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PLUGINS": str(plugins),
        "QGIS_CUSTOM_CONFIG_PATH": str(plugins.parents[3]),
    }
    ending = "\nsys.stdout.flush()\nos._exit(0)\n"
    done = subprocess.run(
        [sys.executable, "-c", START + code + ending], env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_loading_imports_nothing_heavy(plugins):
    output = in_fresh_qgis(
        plugins,
        "before = set(sys.modules)\n"
        "load()\n"
        "print(*{name.split('.')[0] for name in set(sys.modules) - before})\n"
        "print(len(registry.providerById('chronocover').algorithms()))",
    )
    new, count = output.splitlines()[-2:]
    assert "chronocover" in new.split()
    assert not set(HEAVY) & set(new.split())
    assert int(count) > 0


LOADED = "(True, [0, 0, '', 'automatic'])"


def test_loads_unloads_and_reloads(plugins):
    output = in_fresh_qgis(
        plugins,
        """
names = ("CHRONOCOVER_MEMORY_MB", "CHRONOCOVER_THREADS", "CHRONOCOVER_SCHEDULER", "CHRONOCOVER_DEVICE")
def state():
    settings = ProcessingConfig.settings
    return registry.providerById("chronocover") is not None, [settings[n].value for n in names if n in settings]
print(state())
load()
print(state())
assert qgis.utils.unloadPlugin("chronocover")
print(state())
load()
print(state())
assert qgis.utils.reloadPlugin("chronocover")
""",
    )
    assert output.splitlines()[-4:] == ["(False, [])", LOADED, "(False, [])", LOADED]


@pytest.mark.parametrize(("missing", "reason"), [(True, "No module named"), (False, "OSError: libgomp.so.1")])
@pytest.mark.parametrize(
    ("module", "package", "algorithm"),
    [
        ("scipy", "scipy", "createdemo"),
        ("sklearn", "scikit-learn", "trainrandomforest"),
        ("onnxruntime", "onnxruntime", "classifyseries"),
    ],
)
def test_a_missing_or_broken_package_is_explained(plugins, module, package, algorithm, missing, reason):
    output = in_fresh_qgis(
        plugins, BLOCK.format(module=module, missing=missing) + f"load()\nprint(says('{algorithm}'))"
    )
    assert re.search(rf"-m pip install .*\b{package}\b", output), output
    assert reason in output


def qgis_process():
    return shutil.which("qgis_process.bin") or shutil.which("qgis_process")


@pytest.mark.skipif(qgis_process() is None, reason="there is no qgis_process")
def test_qgis_process_runs_it(plugins, tmp_path):
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(plugins.parents[3]),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }

    def call(*arguments):
        return subprocess.run(
            [qgis_process(), *arguments], env=environment, capture_output=True, text=True, timeout=120
        )

    assert call("plugins", "enable", "chronocover").returncode == 0
    folder = tmp_path / "demo é"
    done = call("run", "chronocover:createdemo", "--", "SIZE=100", "DATES=2", f"OUTPUT={folder}")
    assert done.returncode == 0, done.stderr
    assert (folder / "truth.tif").exists()
    refused = call("run", "chronocover:createdemo", "--", f"OUTPUT={folder / 'truth.tif'}")
    assert refused.returncode == 1
    assert "is a file" in refused.stdout + refused.stderr


def test_metadata_is_what_the_plugin_repository_asks_for():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    general = parser["general"]
    for key in ("name", "qgisMinimumVersion", "description", "about", "version", "author", "email", "repository"):
        assert general.get(key, "").strip(), key
    assert general["hasProcessingProvider"] == "yes"
    assert general["qgisMinimumVersion"] == "3.22"
    assert general["qgisMaximumVersion"] == "4.99"
    assert re.fullmatch(r"\d+\.\d+\.\d+", general["version"])
    assert re.fullmatch(r"[^@\s]+@[^@\s]+\.\w+", general["email"])
    assert (ROOT / general["icon"]).stat().st_size < 20_000
    assert len(general["description"]) < 200 and "<" not in general["about"]
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").lstrip().startswith("GNU GENERAL PUBLIC LICENSE")


def test_science_and_models_work_without_qgis():
    code = """
import importlib.util, pkgutil, sys
class NoQgis:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("qgis", "processing", "PyQt5", "PyQt6"):
            raise ModuleNotFoundError(f"{name} is imported")
sys.meta_path.insert(0, NoQgis())
spec = importlib.util.spec_from_file_location("chronocover", ROOT + "/__init__.py", submodule_search_locations=[ROOT])
package = importlib.util.module_from_spec(spec)
sys.modules["chronocover"] = package
spec.loader.exec_module(package)
count = 0
for room in ("core", "models"):
    for module in pkgutil.walk_packages([f"{ROOT}/{room}"], f"chronocover.{room}."):
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as error:
            if error.name not in ("torch", "distributed"):
                raise
        count += 1
print(count)
"""
    done = subprocess.run(
        [sys.executable, "-c", f"ROOT = {str(ROOT)!r}\n{code}"], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 10
