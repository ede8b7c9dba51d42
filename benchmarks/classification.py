"""Classification of a series, measured: python benchmarks/classification.py [rounds] [--dzetsaka F] [--enmapbox F]

On a made-up scene of 1,024 × 1,024 pixels, 24 dates × 4 bands (int16, one tiled DEFLATE file a date) and a random
forest of 100 trees of depth 15, two threads:

- floor: the same model file in ONNX Runtime on arrays in memory, batches of 4,096, nothing else;
- ours: `classify_series` from files to a file, once with the memory budget by default and once with a small one;
- Orfeo Toolbox, if it is installed, and dzetsaka and EnMAP-Box, if folders with their code are given: each with a
  random forest of its own on the same images and samples (see `peers.py`);
- ours on 4,096 × 4,096 pixels (the same files, 4 × 4 of them), to see that memory does not grow.

Each run is a process of its own, its peak memory as the kernel saw it. The rounds take turns, so that a busy machine
slows all of them; the ratios are of neighbours in time. The result is a table in Markdown, for docs/benchmarks.md.
"""

import argparse
import datetime
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import peers

ROOT = Path(__file__).resolve().parents[1]
SIZE, TILED, VARIABLES, CLASSES = 1024, 4, ("blue", "green", "red", "nir"), 6
DATES = [datetime.date(2021, 1, 10) + datetime.timedelta(days=15 * i) for i in range(24)]
THREADS = 2
SAMPLES = 6000
SMALL_BUDGET_MB = 128


def load_package():
    """The repository root as the package chronocover, whatever the clone is called."""
    import importlib.util

    spec = importlib.util.spec_from_file_location(
        "chronocover", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["chronocover"] = module
    spec.loader.exec_module(module)


def make_images(side, dates):
    """Of made-up land: the class of each pixel ``(side, side)``, from 0 on, and an image after the other, int16."""
    import numpy as np
    from scipy.ndimage import gaussian_filter

    random = np.random.default_rng(42)
    classes = np.stack([gaussian_filter(random.normal(size=(side, side)), 25) for _ in range(CLASSES)]).argmax(axis=0)
    profiles = random.uniform(300, 4500, (CLASSES, len(dates), len(VARIABLES)))
    kernel = np.array([0.25, 0.5, 0.25])
    for _ in range(4):
        profiles = np.apply_along_axis(lambda p: np.convolve(np.pad(p, 1, "edge"), kernel, "valid"), 1, profiles)
    shade = gaussian_filter(random.normal(size=(side, side)), 3) * 3000

    def images():
        for index in range(len(dates)):
            noise = random.normal(0, 900, (len(VARIABLES), side, side))
            image = profiles[classes, index].transpose(2, 0, 1) + shade + noise
            yield np.clip(image, 0, 10_000).astype(np.int16)

    return classes, images()


def make_scene(folder):
    """Write images, the series and its 4 × 4 mosaic, the model, and labels for other programs."""
    import numpy as np
    from osgeo import ogr, osr

    classes, images = make_images(SIZE, DATES)
    rows, columns = np.random.default_rng(1).integers(0, SIZE, (2, SAMPLES))
    samples = np.empty((SAMPLES, len(DATES), len(VARIABLES)), np.float32)
    for index, image in enumerate(images):
        write_image(folder / f"image_{DATES[index]:%Y%m%d}.tif", image)
        samples[:, index] = image[:, rows, columns].T * 1e-4
    write_vrts(folder)
    peers.make_stack(folder / f"series_{SIZE}.vrt", folder / peers.STACK)

    train(folder / "model.onnx", samples, classes[rows, columns])
    labels = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(str(folder / "labels.shp"))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32633)
    layer = labels.CreateLayer("labels", reference, ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn("code", ogr.OFTInteger))
    for row, column in zip(rows.tolist(), columns.tolist()):
        feature = ogr.Feature(layer.GetLayerDefn())
        point = ogr.Geometry(ogr.wkbPoint)
        point.AddPoint_2D(500005 + 10 * column, 5099995 - 10 * row)
        feature.SetGeometry(point)
        feature.SetField("code", int(classes[row, column]) + 1)
        layer.CreateFeature(feature)
    labels = None


def write_image(path, values, options=("TILED=YES", "COMPRESS=DEFLATE", "PREDICTOR=2")):
    """An image of int16 ``(bands, rows, columns)``."""
    from osgeo import gdal, osr

    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32633)
    bands, rows, columns = values.shape
    driver = gdal.GetDriverByName("GTiff")
    dataset = driver.Create(str(path), columns, rows, bands, gdal.GDT_Int16, list(options))
    dataset.SetGeoTransform((500000, 10, 0, 5100000, 0, -10))
    dataset.SetProjection(reference.ExportToWkt())
    dataset.WriteArray(values)
    dataset = None


def write_vrts(folder):
    """The series over the files, and one over mosaics that repeat each file 4 × 4 times."""
    bands = range(1, len(VARIABLES) + 1)
    corners = [(SIZE * x, SIZE * y) for y in range(TILED) for x in range(TILED)]
    names = [f"image_{date:%Y%m%d}.tif" for date in DATES]
    write_series(folder / f"series_{SIZE}.vrt", SIZE, names, DATES)
    if TILED == 1:
        return
    for name in names:
        mosaic = ["".join(vrt_source(name, band, SIZE, *corner) for corner in corners) for band in bands]
        write_vrt(folder / f"{name[:-4]}.vrt", SIZE * TILED, mosaic)
    write_series(folder / f"series_{SIZE * TILED}.vrt", SIZE * TILED, [f"{name[:-4]}.vrt" for name in names], DATES)


def write_series(path, size, files, dates):
    """A series over a file a date, all in the folder of the series."""
    from osgeo import gdal

    from chronocover.core.series.image_series import SeriesBand, describe_bands

    write_vrt(path, size, [vrt_source(file, b + 1, size) for file in files for b in range(len(VARIABLES))])
    keys = [(date, variable) for date in dates for variable in VARIABLES]
    dataset = gdal.OpenEx(str(path), gdal.OF_UPDATE)
    describe_bands(dataset, [SeriesBand(i + 1, *key, scale=1e-4) for i, key in enumerate(keys)])
    dataset = None


def write_vrt(path, size, sources):
    """A VRT with a band for each item of ``sources``."""
    bands = "".join(
        f'<VRTRasterBand dataType="Int16" band="{i + 1}">{s}</VRTRasterBand>' for i, s in enumerate(sources)
    )
    text = (
        f'<VRTDataset rasterXSize="{size}" rasterYSize="{size}"><SRS>EPSG:32633</SRS>'
        f"<GeoTransform>500000,10,0,5100000,0,-10</GeoTransform>{bands}</VRTDataset>"
    )
    path.write_text(text, "utf-8")


def vrt_source(path, band, size, column=0, row=0):
    """A band of a file, its corner at a place of the VRT."""
    return (
        f'<SimpleSource><SourceFilename relativeToVRT="1">{path}</SourceFilename><SourceBand>{band}</SourceBand>'
        f'<SourceProperties RasterXSize="{size}" RasterYSize="{size}" DataType="Int16"/>'
        f'<SrcRect xOff="0" yOff="0" xSize="{size}" ySize="{size}"/>'
        f'<DstRect xOff="{column}" yOff="{row}" xSize="{size}" ySize="{size}"/></SimpleSource>'
    )


def train(path, samples, targets, family=None, dates=None):
    """A model of a family (None: the forest), packaged as the training algorithms do."""
    import numpy as np

    from chronocover.core.feedback import Feedback
    from chronocover.core.labels.legend import Legend
    from chronocover.models.card import ModelCard, TimeAxis, VariableRange
    from chronocover.models.families.family import TrainingSet
    from chronocover.models.families.random_forest import RandomForest
    from chronocover.models.packaging import package, save_model

    family = family or RandomForest(n_estimators=100, max_depth=15)
    data = TrainingSet(samples, targets, CLASSES, np.ones(len(samples)))
    classifier = family.fit(data, 0, THREADS, Feedback())
    low, high = np.percentile(samples, (1, 99), axis=(0, 1))
    ranges = {name: VariableRange(float(a), float(b)) for name, a, b in zip(VARIABLES, low, high)}
    legend = Legend.of_values(range(1, CLASSES + 1))
    card = ModelCard("Benchmark", family.name, legend, VARIABLES, TimeAxis.of_dates(dates or DATES), ranges)
    save_model(str(path), package(classifier.to_onnx(), card), samples[:1000], classifier.predict_proba(samples[:1000]))


def run_floor(folder):
    """Seconds of inference alone, the arrays being in memory."""
    from concurrent.futures import ThreadPoolExecutor

    import numpy as np
    import onnxruntime
    from osgeo import gdal

    values = np.empty((SIZE * SIZE, len(DATES), len(VARIABLES)), dtype=np.float32)
    for index, date in enumerate(DATES):
        dataset = gdal.OpenEx(str(folder / f"image_{date:%Y%m%d}.tif"))
        values[:, index] = dataset.ReadAsArray().reshape(len(VARIABLES), -1).T * np.float32(1e-4)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
    session.run(None, {"series": values[:4096]})
    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        batches = [values[start : start + 4096] for start in range(0, len(values), 4096)]
        labels = list(pool.map(lambda batch: session.run(None, {"series": batch})[0], batches))
    seconds = time.perf_counter() - began
    np.save(folder / "floor.npy", np.concatenate(labels).reshape(SIZE, SIZE))
    return seconds


def run_ours(folder, size, memory_mb=0):
    """Seconds of the whole job, from the names of the files to the finished map, and the memory before it in MB."""
    began = time.perf_counter()
    from chronocover.core.engine import EngineOptions
    from chronocover.models.mapping import MapFiles, classify_series

    before, imported = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, time.perf_counter()
    classify_series(
        str(folder / f"series_{size}.vrt"),
        str(folder / "model.onnx"),
        MapFiles(str(folder / f"map_{size}.tif")),
        options=EngineOptions(memory_mb=memory_mb, threads=THREADS),
    )
    done = time.perf_counter()
    return {"seconds": done - imported, "with imports": done - began, "before": before}


def check(folder):
    """Share of pixels of each map that have the floor's label."""
    import numpy as np
    from osgeo import gdal

    floor, shares = np.load(folder / "floor.npy"), {}
    maps = {"ours": f"map_{SIZE}.tif", "Orfeo Toolbox": "otb.tif", "dzetsaka": "dzetsaka_2.tif"}
    for name, file in {**maps, "EnMAP-Box": "enmapbox.tif"}.items():
        if (folder / file).exists():
            dataset = gdal.OpenEx(str(folder / file))
            shares[name] = float(np.mean(dataset.ReadAsArray() == floor))
    return shares


def measured(command, **environment):
    """Run a command; its last line of output (JSON, if any), seconds and peak memory in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **environment}
    )
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)  # of this process and those that it waited for
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{output}")
    last = output.strip().splitlines()[-1] if output.strip() else ""
    result = json.loads(last) if last.startswith(("{", "[")) or last.replace(".", "").isdigit() else None
    return result, time.perf_counter() - began, usage.ru_maxrss / 1024


def step(name, folder):
    return measured([sys.executable, __file__, "--step", name, str(folder), str(SIZE)])


def contestants(folder, options):
    """What runs in each round: name → a call that returns what :func:`measured` does."""
    found = {
        "floor": lambda: step("floor", folder),
        "ours": lambda: step("ours", folder),
        f"ours, a memory budget of {SMALL_BUDGET_MB} MB": lambda: step("small", folder),
    }
    if orfeo := peers.orfeo_commands(folder, THREADS):
        training, classifying, environment = orfeo
        measured(training, **environment)
        found["Orfeo Toolbox"] = lambda: measured(classifying, **environment)
    if options.dzetsaka or options.enmapbox:
        peer("train", folder, options.enmapbox)
    if options.dzetsaka:
        found["dzetsaka, one thread, as it works"] = lambda: peer("dzetsaka", folder, options.dzetsaka, 1)
        found["dzetsaka, its forest told to use two"] = lambda: peer("dzetsaka", folder, options.dzetsaka)
    if options.enmapbox:
        found["EnMAP-Box"] = lambda: peer("enmapbox", folder, options.enmapbox)
    return found


def peer(name, folder, checkout, threads=THREADS):
    checkout = str(Path(checkout).resolve()) if checkout else ""
    return measured([sys.executable, peers.__file__, name, str(folder), checkout, str(threads)])


def main(options):
    with tempfile.TemporaryDirectory(prefix="classification ") as name:
        folder = Path(name)
        step("scene", folder)
        step("ours", folder)  # compiles what is compiled once
        runs = contestants(folder, options)
        table = {label: [] for label in runs}
        for _ in range(options.rounds):
            for label, run in runs.items():
                table[label].append(run())
        large = step("large", folder)
        agreement, _, _ = step("check", folder)
        size = os.path.getsize(folder / "model.onnx") / 1e6
    print(f"{SIZE:,} × {SIZE:,} pixels, {options.rounds} rounds in turns, a model file of {size:.1f} MB")
    print("pixels with the label of the floor: " + ", ".join(f"{name} {s:.4%}" for name, s in agreement.items()) + "\n")
    print("| | seconds | to the floor | ours is faster | peak memory | of it before the run |")
    print("|---|---|---|---|---|---|")
    seconds = {label: [seconds_of(run) for run in every] for label, every in table.items()}
    for label, every in table.items():
        own = seconds[label]
        to_floor = spread([a / b for a, b in zip(own, seconds["floor"])])
        peer_of_ours = label != "floor" and not label.startswith("ours")
        faster = spread([a / b for a, b in zip(own, seconds["ours"])]) + " ×" if peer_of_ours else ""
        print(row(label, statistics.median(own), "1" if label == "floor" else to_floor, faster, every))
    label = f"ours, {TILED * TILED} times the pixels"
    print(row(label, seconds_of(large), "", "", [large]))
    print("\nseconds of all rounds:")
    for label, own in seconds.items():
        print(f"  {label}: {', '.join(f'{value:.2f}' for value in own)}")
    return 0


def seconds_of(run):
    """Those that the process measured itself, or else those of the whole process."""
    own, process, _ = run
    return own["seconds"] if isinstance(own, dict) else process if own is None else own


def spread(values):
    """The median and the range."""
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def row(label, seconds, to_floor, faster, runs):
    """A line of the table in Markdown."""
    before = max((run[0]["before"] for run in runs if isinstance(run[0], dict)), default=None)
    peak = f"{max(run[2] for run in runs):.0f} MB"
    cells = [label, f"{seconds:.2f}", to_floor, faster, peak, "" if before is None else f"{before:.0f} MB"]
    return "| " + " | ".join(cells) + " |"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rounds", type=int, nargs="?", default=5)
    parser.add_argument("--dzetsaka", default="", metavar="FOLDER", help="holds scripts/mainfunction.py of dzetsaka 4")
    parser.add_argument("--enmapbox", default="", metavar="FOLDER", help="holds enmapboxprocessing of EnMAP-Box")
    parser.add_argument("--side", type=int, default=SIZE, help="of the scene in pixels; 256, say, to try the script")
    options = parser.parse_args()
    for folder, needed in ((options.dzetsaka, "scripts/mainfunction.py"), (options.enmapbox, "enmapboxprocessing")):
        if folder and not (Path(folder) / needed).exists():
            parser.error(f"{folder} has no {needed}")
    return options


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        name, folder, SIZE = sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
        load_package()
        steps = {
            "scene": lambda: make_scene(folder),
            "floor": lambda: run_floor(folder),
            "ours": lambda: run_ours(folder, SIZE),
            "small": lambda: run_ours(folder, SIZE, SMALL_BUDGET_MB),
            "large": lambda: run_ours(folder, SIZE * TILED),
            "check": lambda: check(folder),
        }
        print(json.dumps(steps[name]()))
    else:
        options = arguments()
        SIZE = options.side
        sys.exit(main(options))
