"""What the plugin adds to the start of QGIS: python benchmarks/startup.py [rounds]

Fresh processes of a headless QGIS with Processing, in pairs with and without the plugin, which is loaded by QGIS's own
plugin loader. The difference of the medians counts; what it must stay under is stated at the end.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT_MS = 100

START_QGIS = """
import os, sys, time
sys.path.append("/usr/share/qgis/python/plugins")
sys.path.append(os.environ["STARTUP_PLUGINS"])
from qgis.core import QgsApplication
application = QgsApplication([], True)
application.initQgis()
from processing.core.Processing import Processing
Processing.initialize()
import qgis.utils
qgis.utils.plugin_paths.append(os.environ["STARTUP_PLUGINS"])
if os.environ["STARTUP_LOAD"]:
    began = time.perf_counter()
    qgis.utils.updateAvailablePlugins()
    assert qgis.utils.loadPlugin("chronocover")
    assert qgis.utils.startProcessingPlugin("chronocover")
    print("loading", time.perf_counter() - began)
    names = [a.name() for a in QgsApplication.processingRegistry().providerById("chronocover").algorithms()]
    assert names
sys.stdout.flush()
os._exit(0)
"""


def measure(load: bool, plugins: str, profile: str) -> tuple[float, float]:
    """Seconds that the whole process took, and of these the loading of the plugin (0 without it)."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": profile,
        "STARTUP_PLUGINS": plugins,
        "STARTUP_LOAD": "yes" if load else "",
    }
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", START_QGIS], env=environment, capture_output=True, text=True, check=True
    )
    whole = time.perf_counter() - began
    loading = [float(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("loading")]
    assert bool(loading) == load, done.stderr
    return whole, sum(loading)


def main(rounds: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        plugins = Path(folder) / "plugins"
        plugins.mkdir()
        (plugins / "chronocover").symlink_to(ROOT, target_is_directory=True)
        measure(True, str(plugins), folder)  # compiles the bytecode and warms the disk cache
        without, with_plugin, loading = [], [], []
        for index in range(rounds):
            pair = {}
            for load in (index % 2 == 0, index % 2 == 1):  # the order alternates, so that a drift falls on both
                pair[load] = measure(load, str(plugins), folder)
            without.append(pair[False][0])
            with_plugin.append(pair[True][0])
            loading.append(pair[True][1])
    difference = 1000 * statistics.median(b - a for a, b in zip(without, with_plugin))
    print(f"start without the plugin: {1000 * statistics.median(without):7.1f} ms (median of {rounds})")
    print(f"start with the plugin:    {1000 * statistics.median(with_plugin):7.1f} ms")
    print(
        f"median of the pairs' differences: {difference:.1f} ms; loading alone: "
        f"{1000 * statistics.median(loading):.1f} ms (worst {1000 * max(loading):.1f}); limit {LIMIT_MS} ms"
    )
    return 0 if difference < LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 11))
