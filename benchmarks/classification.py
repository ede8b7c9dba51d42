"""Classification of a series, measured: python benchmarks/classification.py [rounds]

On a made-up scene of 1,024 × 1,024 pixels, 24 dates × 4 bands (int16, one tiled DEFLATE file a date) and a random
forest of 100 trees of depth 15:

- floor: the same model file in ONNX Runtime on arrays in memory, two threads, batches of 4,096, nothing else;
- ours: `classify_series` from files to a file, in a process of its own, its peak memory as the kernel saw it;
- Orfeo Toolbox, if it is installed: ImageClassifier with a random forest of its own on the same images;
- ours on 4,096 × 4,096 pixels (the same files, 4 × 4 of them), to see that memory does not grow.

The rounds take turns, so that a busy machine slows all of them; the ratios are of pairs. The result is printed as a
table.
"""

import datetime
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SIZE, TILED, VARIABLES, CLASSES = 1024, 4, ("blue", "green", "red", "nir"), 6
DATES = [datetime.date(2021, 1, 10) + datetime.timedelta(days=15 * i) for i in range(24)]
THREADS = 2
SAMPLES = 6000
TARGET_RATIO, TARGET_MB = 1.15, 600


def load_package():
    """The repository root as the package chronocover, whatever the clone is called."""
    import importlib.util

    spec = importlib.util.spec_from_file_location(
        "chronocover", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules["chronocover"] = module
    spec.loader.exec_module(module)


def make_scene(folder):
    """Write images, the series and its 4 × 4 mosaic, the model, and labels for Orfeo Toolbox."""
    import numpy as np
    from osgeo import gdal, ogr, osr
    from scipy.ndimage import gaussian_filter

    random = np.random.default_rng(42)
    classes = np.stack([gaussian_filter(random.normal(size=(SIZE, SIZE)), 25) for _ in range(CLASSES)]).argmax(axis=0)
    profiles = random.uniform(300, 4500, (CLASSES, len(DATES), len(VARIABLES)))
    kernel = np.array([0.25, 0.5, 0.25])
    for _ in range(4):
        profiles = np.apply_along_axis(lambda p: np.convolve(np.pad(p, 1, "edge"), kernel, "valid"), 1, profiles)
    values = np.empty((len(DATES), len(VARIABLES), SIZE, SIZE), dtype=np.int16)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32633)
    shade = gaussian_filter(random.normal(size=(SIZE, SIZE)), 3) * 3000
    for index, date in enumerate(DATES):
        image = profiles[classes, index].transpose(2, 0, 1) + shade + random.normal(0, 900, (4, SIZE, SIZE))
        values[index] = np.clip(image, 0, 10_000)
        path = str(folder / f"image_{date:%Y%m%d}.tif")
        options = ["TILED=YES", "COMPRESS=DEFLATE", "PREDICTOR=2"]
        dataset = gdal.GetDriverByName("GTiff").Create(path, SIZE, SIZE, len(VARIABLES), gdal.GDT_Int16, options)
        dataset.SetGeoTransform((500000, 10, 0, 5100000, 0, -10))
        dataset.SetProjection(reference.ExportToWkt())
        dataset.WriteArray(values[index])
        dataset = None
    write_vrts(folder, reference.ExportToWkt())

    rows, columns = random.integers(0, SIZE, (2, SAMPLES))
    samples = (values[:, :, rows, columns].transpose(2, 0, 1) * 1e-4).astype(np.float32)
    train(folder / "model.onnx", samples, classes[rows, columns])
    labels = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(str(folder / "labels.shp"))
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


def write_vrts(folder, projection):
    """The series over the files, and one over mosaics that repeat each file 4 × 4 times."""
    from osgeo import gdal

    from chronocover.core.series.image_series import SeriesBand, describe_bands

    def source(path, band, size, column=0, row=0):
        return (
            f'<SimpleSource><SourceFilename relativeToVRT="1">{path}</SourceFilename><SourceBand>{band}</SourceBand>'
            f'<SourceProperties RasterXSize="{size}" RasterYSize="{size}" DataType="Int16"/>'
            f'<SrcRect xOff="0" yOff="0" xSize="{size}" ySize="{size}"/>'
            f'<DstRect xOff="{column}" yOff="{row}" xSize="{size}" ySize="{size}"/></SimpleSource>'
        )

    def write(name, size, sources):
        bands = "".join(
            f'<VRTRasterBand dataType="Int16" band="{i + 1}">{s}</VRTRasterBand>' for i, s in enumerate(sources)
        )
        text = (
            f'<VRTDataset rasterXSize="{size}" rasterYSize="{size}"><SRS>{projection}</SRS>'
            f"<GeoTransform>500000,10,0,5100000,0,-10</GeoTransform>{bands}</VRTDataset>"
        )
        (folder / name).write_text(text, "utf-8")

    for prefix, extension, size in (("image", "tif", SIZE), ("mosaic", "vrt", SIZE * TILED)):
        if prefix == "mosaic":
            corners = [(SIZE * x, SIZE * y) for y in range(TILED) for x in range(TILED)]
            for date in DATES:
                name = f"image_{date:%Y%m%d}.tif"
                bands = ["".join(source(name, b, SIZE, *c) for c in corners) for b in range(1, len(VARIABLES) + 1)]
                write(f"mosaic_{date:%Y%m%d}.vrt", size, bands)
        files = [f"{prefix}_{date:%Y%m%d}.{extension}" for date in DATES]
        name = f"series_{size}.vrt"
        write(name, size, [source(file, b + 1, size) for file in files for b in range(len(VARIABLES))])
        keys = [(date, variable) for date in DATES for variable in VARIABLES]
        dataset = gdal.OpenEx(str(folder / name), gdal.OF_UPDATE)
        describe_bands(dataset, [SeriesBand(i + 1, *key, scale=1e-4) for i, key in enumerate(keys)])
        dataset = None


def train(path, samples, targets):
    """The forest, packaged as the training algorithms do."""
    import numpy as np

    from chronocover.core.feedback import Feedback
    from chronocover.core.labels.legend import Legend
    from chronocover.models.card import ModelCard, TimeAxis, VariableRange
    from chronocover.models.families.family import TrainingSet
    from chronocover.models.families.random_forest import RandomForest
    from chronocover.models.packaging import package, save_model

    data = TrainingSet(samples, targets, CLASSES, np.ones(len(samples)))
    forest = RandomForest(n_estimators=100, max_depth=15).fit(data, 0, THREADS, Feedback())
    low, high = np.percentile(samples, (1, 99), axis=(0, 1))
    ranges = {name: VariableRange(float(a), float(b)) for name, a, b in zip(VARIABLES, low, high)}
    legend = Legend.of_values(range(1, CLASSES + 1))
    card = ModelCard("Benchmark", "random forest", legend, VARIABLES, TimeAxis.of_dates(DATES), ranges)
    save_model(str(path), package(forest.to_onnx(), card), samples[:1000], forest.predict_proba(samples[:1000]))


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


def run_ours(folder, size):
    """Seconds of the whole job, from the names of the files to the finished map."""
    began = time.perf_counter()
    from chronocover.core.engine import EngineOptions
    from chronocover.models.mapping import MapFiles, classify_series

    imported = time.perf_counter()
    classify_series(
        str(folder / f"series_{size}.vrt"),
        str(folder / "model.onnx"),
        MapFiles(str(folder / f"map_{size}.tif")),
        options=EngineOptions(threads=THREADS),
    )
    done = time.perf_counter()
    return {"seconds": done - imported, "with imports": done - began}


def check(folder):
    """Share of pixels of our map that equal the floor's labels."""
    import numpy as np
    from osgeo import gdal

    dataset = gdal.OpenEx(str(folder / f"map_{SIZE}.tif"))
    return float(np.mean(dataset.ReadAsArray() == np.load(folder / "floor.npy")))


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
    return measured([sys.executable, __file__, "--step", name, str(folder)])


def orfeo(folder):
    """Train once, outside of the measured time; the command that classifies."""
    if not shutil.which("otbcli_ImageClassifier"):
        return None
    stack, model = folder / f"series_{SIZE}.vrt", folder / "model.otb"
    training = ["otbcli_TrainImagesClassifier", "-io.il", stack, "-io.vd", folder / "labels.shp", "-io.out", model]
    training += ["-sample.vfn", "code", "-sample.vtr", "0", "-sample.mt", "-1", "-classifier", "rf"]
    training += ["-classifier.rf.max", "15", "-classifier.rf.nbtrees", "100", "-classifier.rf.min", "1"]
    training += ["-classifier.rf.acc", "0", "-rand", "1"]
    measured([str(part) for part in training], OTB_LOGGER_LEVEL="CRITICAL")
    return [
        str(part)
        for part in ("otbcli_ImageClassifier", "-in", stack, "-model", model, "-out", folder / "otb.tif", "uint8")
    ]


def main(rounds):
    with tempfile.TemporaryDirectory(prefix="classification ") as name:
        folder = Path(name)
        step("scene", folder)
        step("ours", folder)  # compiles what is compiled once
        classifier = orfeo(folder)
        table = {"floor": [], "ours": [], "ours, 16 times the pixels": [], "Orfeo Toolbox": []}
        for number in range(rounds):
            table["floor"].append(step("floor", folder))
            table["ours"].append(step("ours", folder))
            if classifier:
                threads = {"ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS": str(THREADS), "OMP_NUM_THREADS": str(THREADS)}
                table["Orfeo Toolbox"].append(measured(classifier, **threads))
            if number == 0:
                table["ours, 16 times the pixels"].append(step("large", folder))
        agreement, _, _ = step("check", folder)
        size = os.path.getsize(folder / "model.onnx") / 1e6
    print(f"model {size:.1f} MB; {agreement:.4%} of the pixels have the label of the floor\n")
    print(f"{'':28}{'seconds (median, all)':48}{'whole process':>15}{'peak MB':>10}")
    seconds = {}
    for label, runs in table.items():
        if not runs:
            continue
        own = [r[0]["seconds"] if isinstance(r[0], dict) else r[0] if r[0] is not None else r[1] for r in runs]
        seconds[label] = own
        every = ", ".join(f"{value:.2f}" for value in own)
        process = statistics.median(run[1] for run in runs)
        peak = max(run[2] for run in runs)
        print(f"{label:28}{f'{statistics.median(own):.2f}   ({every})':48}{process:>14.2f}s{peak:>10.0f}")
    ratios = [ours / floor for ours, floor in zip(seconds["ours"], seconds["floor"])]
    print(
        f"\nours / floor: median {statistics.median(ratios):.3f} (target {TARGET_RATIO}; pairs "
        f"{', '.join(f'{ratio:.3f}' for ratio in ratios)}); target for the peak {TARGET_MB} MB"
    )
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        name, folder = sys.argv[2], Path(sys.argv[3])
        load_package()
        steps = {
            "scene": lambda: make_scene(folder),
            "floor": lambda: run_floor(folder),
            "ours": lambda: run_ours(folder, SIZE),
            "large": lambda: run_ours(folder, SIZE * TILED),
            "check": lambda: check(folder),
        }
        print(json.dumps(steps[name]()))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
