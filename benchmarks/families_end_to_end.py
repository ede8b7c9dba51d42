"""Classification end to end by any family: python benchmarks/families_end_to_end.py [--family NAME ...] [--rounds 5]

On the made-up scene of `classification.py` (24 dates × 4 bands, int16, one tiled DEFLATE file a date; smaller by
default), two threads:

- floor: the model file in bare sessions of ONNX Runtime on arrays in memory, each of two threads taking batches of the
  size that is best for that model, nothing read or written;
- ours: `classify_series` from the files to the finished map.

Each run is a process of its own. The rounds take turns, so that a busy machine slows both; ratios are of neighbours in
time, of seconds on the clock and of processor seconds of all threads, which other work changes less. Families are those
of `models/families/catalogue.py`, such as MiniRocket, TempCNN or intervals. Networks are trained for one epoch: their
speed does not depend on what they have learnt. The result is a table in Markdown.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from classification import (
    DATES,
    THREADS,
    VARIABLES,
    load_package,
    make_images,
    measured,
    train,
    write_image,
    write_series,
)

DEFAULT = ("MiniRocket", "TempCNN")
SAMPLES = 3000
BATCHES = (64, 128, 256, 512, 1024, 2048, 4096)
TRIED = 16_384  # pixels on which the best batch is looked for
TARGET = 1.1


def make_scene(folder, size):
    """Write images and the series over them, and keep samples for the models."""
    import numpy as np

    classes, images = make_images(size, DATES)
    rows, columns = np.random.default_rng(1).integers(0, size, (2, SAMPLES))
    samples = np.empty((SAMPLES, len(DATES), len(VARIABLES)), np.float32)
    files = [f"image_{date:%Y%m%d}.tif" for date in DATES]
    for index, image in enumerate(images):
        write_image(folder / files[index], image)
        samples[:, index] = image[:, rows, columns].T * 1e-4
    write_series(folder / "series.vrt", size, files, DATES)
    np.savez(folder / "samples.npz", values=samples, targets=classes[rows, columns])


def make_model(folder, name):
    """Train a family with its defaults, networks for one epoch."""
    from dataclasses import fields, replace

    import numpy as np

    from chronocover.models.families.catalogue import family_of

    family = family_of(name)
    if "epochs" in {item.name for item in fields(family)}:
        family = replace(family, epochs=1)
    with np.load(folder / "samples.npz") as kept:
        train(folder / f"{name}.onnx", kept["values"], kept["targets"], family)


def run_floor(folder, name):
    """Seconds of inference alone, in the best batches, and these."""
    from concurrent.futures import ThreadPoolExecutor

    import numpy as np
    import onnxruntime
    from osgeo import gdal

    images = []
    for date in DATES:
        dataset = gdal.OpenEx(str(folder / f"image_{date:%Y%m%d}.tif"))
        images.append(dataset.ReadAsArray().reshape(len(VARIABLES), -1).T * np.float32(1e-4))
    values = np.stack(images, axis=1)
    images.clear()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    path = str(folder / f"{name}.onnx")
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def run(array, batch):
        starts = range(0, len(array), batch)
        began, used = time.perf_counter(), time.process_time()
        with ThreadPoolExecutor(THREADS) as pool:
            labels = list(
                pool.map(lambda start: session.run(None, {"series": array[start : start + batch]})[0], starts)
            )
        return time.perf_counter() - began, time.process_time() - used, np.concatenate(labels)

    run(values[:TRIED], 512)
    best = min(BATCHES, key=lambda batch: min(run(values[:TRIED], batch)[1] for _ in range(2)))
    seconds, used, labels = run(values, best)
    np.save(folder / "floor.npy", labels)
    return {"seconds": seconds, "processor": used, "batch": best}


def run_ours(folder, name):
    """Seconds of the whole job, from the names of the files to the finished map, and the share of equal labels."""
    import numpy as np
    from osgeo import gdal

    from chronocover.core.engine import EngineOptions
    from chronocover.models.mapping import MapFiles, classify_series

    began, used = time.perf_counter(), time.process_time()
    classify_series(
        str(folder / "series.vrt"),
        str(folder / f"{name}.onnx"),
        MapFiles(str(folder / "map.tif")),
        options=EngineOptions(threads=THREADS),
    )
    taken = {"seconds": time.perf_counter() - began, "processor": time.process_time() - used}
    dataset = gdal.OpenEx(str(folder / "map.tif"))
    return {**taken, "equal": float(np.mean(dataset.ReadAsArray().ravel() == np.load(folder / "floor.npy")))}


def main(options):
    def step(*words):
        return measured([sys.executable, __file__, "--step", *map(str, words)])

    with tempfile.TemporaryDirectory(prefix="families ") as folder:
        step("scene", folder, options.size)
        print(
            f"{options.size} × {options.size} pixels, {len(DATES)} dates × {len(VARIABLES)} bands, {THREADS} threads\n"
        )
        columns = ["floor, s", "its batch", "ours, s", "ours / floor", "processor", "equal labels", "peak, MB"]
        print(f"| family | {' | '.join(columns)} |")
        print("|---" * (1 + len(columns)) + "|")
        for name in options.family or DEFAULT:
            step("model", folder, name)
            step("floor", folder, name)
            step("ours", folder, name)  # compiles what is compiled once
            runs = [(step("floor", folder, name), step("ours", folder, name)) for _ in range(options.rounds)]
            found = [(floor[0], ours[0]) for floor, ours in runs]
            row = [f"{statistics.median(floor['seconds'] for floor, _ in found):.2f}", f"{found[0][0]['batch']:,}"]
            row.append(f"{statistics.median(ours['seconds'] for _, ours in found):.2f}")
            for what in ("seconds", "processor"):
                ratios = [ours[what] / floor[what] for floor, ours in found]
                row.append(f"{statistics.median(ratios):.3f} ({min(ratios):.2f} to {max(ratios):.2f})")
            row += [f"{min(ours['equal'] for _, ours in found):.3%}", f"{max(ours[2] for _, ours in runs):,.0f}"]
            print(f"| {name} | {' | '.join(row)} |", flush=True)
    print(f"\nThe target for MiniRocket and TempCNN is {TARGET}.")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--family", action="append", help="its name; may be given several times")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", type=int, default=512, help="of the scene, in pixels")
    return parser.parse_args()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        word, place, what = sys.argv[2], Path(sys.argv[3]), sys.argv[4]
        load_package()
        steps = {
            "scene": lambda: make_scene(place, int(what)),
            "model": lambda: make_model(place, what),
            "floor": lambda: run_floor(place, what),
            "ours": lambda: run_ours(place, what),
        }
        print(json.dumps(steps[word]()))
    else:
        main(arguments())
