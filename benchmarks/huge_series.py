"""16,384 × 16,384 pixels, mapped, cancelled, killed and resumed: python benchmarks/huge_series.py [side] [budget]

The scene of `classification.py` (1,024 × 1,024 pixels, 4 bands a date) with 12 dates, as a mosaic of its files,
16 × 16 times by default; the same forest. Each run is a process of its own with two threads and a memory budget of
1,024 MB:

- whole: undisturbed;
- cancelled after 40 % by the user: how long it takes to end, and what it leaves;
- killed (`kill -9`) at 70 %, having gone on from there;
- resumed to the end, whose map must be that of the first run to the byte.

`python benchmarks/huge_series.py 2048` takes a minute. The exit code is 1 if a run takes more than its budget or the
maps differ.
"""

import datetime
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import classification as scene

DATES = 12
CANCEL_AT, KILL_AT = 0.4, 0.7


def shape_scene(side):
    """Set the scene to 12 dates and ``side`` pixels."""
    scene.DATES = [datetime.date(2021, 1, 10) + datetime.timedelta(days=30 * i) for i in range(DATES)]
    scene.TILED = max(1, side // scene.SIZE)


def run(folder, side, budget, cancel_at):
    """One run in this process, that prints how far it is; the last line is what came out, as JSON."""
    from chronocover.core import journal
    from chronocover.core.engine import EngineOptions
    from chronocover.core.errors import CancelledError
    from chronocover.core.feedback import Feedback
    from chronocover.models.mapping import MapFiles, classify_series

    if side < 16 * scene.SIZE:
        journal.BEGIN_AFTER = journal.KEEP_AFTER = 0.0

    class Told(Feedback):
        cancelled = 0.0

        def info(self, text):
            print(text, flush=True)

        def progress(self, fraction):
            print(f"{fraction:.4f}", flush=True)
            if fraction >= cancel_at and not self.cancelled:
                self.cancelled = time.monotonic()

        def is_cancelled(self):
            return bool(self.cancelled)

    feedback, began = Told(), time.monotonic()
    try:
        summary = classify_series(
            str(folder / f"series_{scene.SIZE * scene.TILED}.vrt"),
            str(folder / "model.onnx"),
            MapFiles(str(folder / "map.tif")),
            options=EngineOptions(memory_mb=budget, threads=scene.THREADS),
            feedback=feedback,
        )
    except CancelledError:
        return {"ended after": time.monotonic() - feedback.cancelled}
    statistics = summary.statistics
    return {
        "seconds": time.monotonic() - began,
        "pixels": summary.pixels,
        "computed": statistics.pixels,
        "memory": statistics.peak_memory_mb or 0.0,
        "classes": summary.class_pixels,
    }


def started(folder, side, budget, cancel_at=2.0, kill_at=2.0):
    """Start a run and follow it; returns what came out, or None if it was killed."""
    command = [sys.executable, __file__, str(side), str(budget), str(folder), str(cancel_at)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    line = ""
    for line in process.stdout:
        fraction = line.strip()
        if fraction.replace(".", "").isdigit() and float(fraction) >= kill_at:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            return None
    if process.wait():
        raise SystemExit(process.returncode)
    return json.loads(line)


def digest(path):
    """SHA-256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else _digest(file)


def _digest(file):
    found = hashlib.sha256()
    while part := file.read(1 << 20):
        found.update(part)
    return found.hexdigest()


def main(side, budget):
    """All runs, as a table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scene.make_scene(folder)
        size = scene.SIZE * scene.TILED
        print(f"{size:,} × {size:,} pixels, {DATES} dates × {len(scene.VARIABLES)} bands, budget {budget} MB\n")
        print("| run | seconds | pixels computed | memory, MB |\n|---|---|---|---|")

        def tell(run_name, found):
            row = (f"{found['seconds']:.1f}", f"{found['computed']:,}", f"{found['memory']:.0f}")
            print(f"| {run_name} | {' | '.join(row)} |", flush=True)

        whole = started(folder, side, budget)
        tell("whole", whole)
        first = digest(folder / "map.tif")
        (folder / "map.tif").unlink()
        cancelled = started(folder, side, budget, cancel_at=CANCEL_AT)
        left = {entry.name: entry.stat().st_size / 1e6 for entry in folder.iterdir() if entry.name.startswith(".")}
        print(f"| cancelled at {CANCEL_AT:.0%} | ended {cancelled['ended after']:.2f} after it | | |", flush=True)
        killed = started(folder, side, budget, kill_at=KILL_AT)
        print(f"| killed at {KILL_AT:.0%} | {'' if killed is None else 'too late'} | | |", flush=True)
        resumed = started(folder, side, budget)
        tell("resumed", resumed)
        same = digest(folder / "map.tif") == first and resumed["classes"] == whole["classes"]
        hidden = [entry.name for entry in folder.iterdir() if entry.name.startswith(".")]
        within = max(whole["memory"], resumed["memory"]) <= budget
    print("\nThe cancel left " + ", ".join(f"{name} ({size:.1f} MB)" for name, size in left.items()) + ".")
    print(f"The resumed map and its figures are {'those of the whole run, to the byte' if same else 'OTHERS'}.")
    print(f"Nothing else is left: {not hidden}. Within the budget: {within}.")
    return int(not (same and within and not hidden))


if __name__ == "__main__":
    arguments = sys.argv[1:]
    given_side = int(arguments[0]) if arguments else 16 * scene.SIZE
    given_budget = int(arguments[1]) if len(arguments) > 1 else 1024
    scene.load_package()
    shape_scene(given_side)
    if len(arguments) > 2:
        print(json.dumps(run(Path(arguments[2]), given_side, given_budget, float(arguments[3]))))
    else:
        raise SystemExit(main(given_side, given_budget))
