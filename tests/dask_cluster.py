"""A real Dask cluster on this machine: processes that can import neither QGIS nor Chronocover."""

import json
import os
import subprocess
import sys
import time

ONLY = """
import sys
class Without:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}")
sys.meta_path.insert(0, Without())
"""


class DaskCluster:
    """A scheduler and its workers."""

    def __init__(self, folder):
        self.folder, self.file = folder, folder / "scheduler.json"
        self._processes = []
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self.file))
        self.address = self._wait_for_address()

    def start_worker(self, without=(), threads=1):
        """Start a worker and return its process; ``without`` are packages that it has not."""
        start = self.folder / f"start_{len(self._processes)}.py"
        start.write_text(ONLY.format(names=("qgis", "processing", "PyQt5", "PyQt6", "chronocover", *without)))
        return self._start(
            "worker", self.address, "--nthreads", str(threads), "--no-nanny",
            "--local-directory", str(self.folder), "--preload", str(start),
        )  # fmt: skip

    def _start(self, what, *arguments):
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard", *arguments]
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
        environment.pop("PYTHONPATH", None)
        with open(self.folder / f"{what}_{len(self._processes)}.log", "w") as log:
            process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log)
        self._processes.append(process)
        return process

    def _wait_for_address(self):
        for _ in range(600):
            try:
                return json.loads(self.file.read_text())["address"]
            except (OSError, ValueError):
                time.sleep(0.05)
        raise TimeoutError(f"no scheduler: {self.log()}")

    def log(self):
        """What the processes said."""
        return "\n".join(file.read_text() for file in sorted(self.folder.glob("*.log")))

    def stop(self):
        for process in reversed(self._processes):
            process.kill()
        for process in self._processes:
            process.wait()
