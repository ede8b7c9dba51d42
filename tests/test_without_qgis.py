"""The science and the models work in a plain Python: what lets a notebook or a cluster's worker use them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

PROGRAM = """
import importlib, importlib.util, pathlib, sys

class NoQgis:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("qgis", "processing", "PyQt5", "PyQt6"):
            raise ImportError(f"{name} must not be needed here")

sys.meta_path.insert(0, NoQgis())
root = pathlib.Path(sys.argv[1])
start = root / "__init__.py"
spec = importlib.util.spec_from_file_location("chronocover", start, submodule_search_locations=[str(root)])
sys.modules["chronocover"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["chronocover"])
for folder in ("core", "models"):
    for file in sorted((root / folder).rglob("*.py")):
        name = ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        try:
            importlib.import_module(f"chronocover.{name}")
        except ModuleNotFoundError as error:
            if error.name != "torch":  # optional, as are the families that need it
                raise
        print(name)
"""


def test_core_and_models_import_without_qgis():
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(ROOT)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    imported = done.stdout.split()
    assert {"core.grid", "core.samples.samples", "models.card", "models.training"} <= set(imported)
