"""What the plugin adds to the start of QGIS: python benchmarks/startup.py [rounds]

Fresh processes of a headless QGIS with Processing, in pairs with and without the plugin, which is loaded by QGIS's own
plugin loader. The median of the pairs' differences counts. On a busy machine look at the processor time.
"""

import os
import resource
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


def measure(load: bool, plugins: str, profile: str) -> tuple[float, float, float]:
    """Seconds that the whole process took, its processor time, and the loading of the plugin (0 without it)."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": profile,
        "STARTUP_PLUGINS": plugins,
        "STARTUP_LOAD": "yes" if load else "",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    used = processor_time()
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", START_QGIS], env=environment, capture_output=True, text=True, check=True
    )
    whole = time.perf_counter() - began
    loading = [float(line.split()[1]) for line in done.stdout.splitlines() if line.startswith("loading")]
    assert bool(loading) == load, done.stderr
    return whole, processor_time() - used, sum(loading)


def processor_time() -> float:
    """Seconds of all processes that have ended so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main(rounds: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        plugins = Path(folder) / "plugins"
        plugins.mkdir()
        (plugins / "chronocover").symlink_to(ROOT, target_is_directory=True)
        measure(True, str(plugins), folder)  # compiles the bytecode and warms the disk cache
        without, with_plugin = [], []
        for index in range(rounds):
            pair = {}
            for load in (index % 2 == 0, index % 2 == 1):  # the order alternates, so that a drift falls on both
                pair[load] = measure(load, str(plugins), folder)
            without.append(pair[False])
            with_plugin.append(pair[True])
    added = 0.0
    for column, what in enumerate(("time", "processor time")):
        before, after = [row[column] for row in without], [row[column] for row in with_plugin]
        difference = milliseconds([b - a for a, b in zip(before, after)])
        added = added or difference
        print(f"{what}: {milliseconds(before):.0f} ms without, {milliseconds(after):.0f} ms with the plugin; ", end="")
        print(f"median of the {rounds} pairs' differences {difference:.0f} ms")
    print(
        f"of that, loading and registering: {milliseconds([row[2] for row in with_plugin]):.0f} ms; limit {LIMIT_MS} ms"
    )
    return 0 if added < LIMIT_MS else 1


def milliseconds(seconds: list) -> float:
    """The median, in ms."""
    return 1000 * statistics.median(seconds)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 11))
