"""Other programs that classify the scene of `classification.py`, each with a random forest of its own.

All learn 100 trees of depth 15 from the same samples, outside of the measured time, and read the same images as one VRT
of 96 bands without scales. They run as processes of their own:

- Orfeo Toolbox's `otbcli_ImageClassifier`, if it is installed;
- dzetsaka's `ClassifyImage.initPredict`, from a folder with its `scripts/mainfunction.py` (versions 4.x). It trains its
  forests for one thread, so that is how it works; with two, scikit-learn is told so in its model file;
- EnMAP-Box's `PredictClassificationAlgorithm.processAlgorithm`, from a folder with its `enmapboxprocessing` (versions
  that keep classifiers in .pkl files), under QGIS without windows. Two threads are its forest's `n_jobs`.

The seconds of the last two begin after Python's imports and the start of QGIS, and include opening the model file.
"""

import json
import os
import pickle
import resource
import shutil
import sys
import time
import types
from pathlib import Path
from xml.etree import ElementTree

TREES, DEPTH = 100, 15
STACK = "stack.vrt"


def make_stack(series, stack):
    """The series as a VRT of nothing but its images: raw values, no dates."""
    tree = ElementTree.parse(series)
    for band in tree.getroot().iter("VRTRasterBand"):
        for part in list(band):
            if not part.tag.endswith("Source"):
                band.remove(part)
    tree.write(stack)


def samples_of(folder):
    """Values ``(samples, bands)`` of the stack and codes ``(samples,)`` at the points of labels.shp."""
    import numpy as np
    from osgeo import gdal, ogr

    stack, labels = gdal.OpenEx(str(folder / STACK)), ogr.Open(str(folder / "labels.shp"))
    west, width, _, north, _, height = stack.GetGeoTransform()
    places, codes = [], []
    for feature in labels.GetLayer(0):
        point = feature.GetGeometryRef()
        places.append((int((point.GetY() - north) / height), int((point.GetX() - west) / width)))
        codes.append(feature.GetField("code"))
    rows, columns = np.array(places).T
    bands = (stack.GetRasterBand(number + 1) for number in range(stack.RasterCount))
    return np.stack([band.ReadAsArray()[rows, columns] for band in bands], axis=1).astype(np.float32), np.array(codes)


def train(folder, enmapbox, threads):
    """The model files of dzetsaka and, if its folder is given, of EnMAP-Box."""
    from sklearn.ensemble import RandomForestClassifier

    values, codes = samples_of(folder)
    low, high = values.min(axis=0).astype(float), values.max(axis=0).astype(float)
    scaled = 2 * (values - low) / (high - low) - 1
    forest = RandomForestClassifier(TREES, max_depth=DEPTH, random_state=0, n_jobs=threads).fit(scaled, codes)
    for jobs in {None, threads}:
        forest.n_jobs = jobs
        (folder / f"dzetsaka_{jobs or 1}").write_bytes(pickle.dumps([forest, high, low, "RF"]))
    if enmapbox:
        sys.path.insert(0, enmapbox)
        from enmapboxprocessing.typing import Category

        forest = RandomForestClassifier(TREES, max_depth=DEPTH, random_state=0, n_jobs=threads).fit(values, codes)
        categories = [Category(int(code), f"class {code}", "#008000") for code in sorted(set(codes.tolist()))]
        names = [f"band {number + 1}" for number in range(values.shape[1])]
        model = {"categories": categories, "features": names, "X": values, "y": codes[:, None], "classifier": forest}
        (folder / "enmapbox.pkl").write_bytes(pickle.dumps(model))


def measured(function):
    """Seconds of a call, and the most memory of this process before it, in MB."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    function()
    return {"seconds": time.perf_counter() - began, "before": before}


def run_dzetsaka(folder, checkout, threads):
    import sklearn.ensemble  # noqa: F401 - as the others, loaded before the clock starts

    package = types.ModuleType("dzetsaka")  # without its __init__.py, which wants the windows of QGIS
    package.__path__ = [checkout]
    sys.modules["dzetsaka"] = package
    from dzetsaka.scripts.mainfunction import ClassifyImage

    paths = [str(folder / name) for name in (STACK, f"dzetsaka_{threads}", f"dzetsaka_{threads}.tif")]
    return measured(lambda: ClassifyImage().initPredict(*paths))


def run_enmapbox(folder, checkout):
    import sklearn.ensemble  # noqa: F401

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback

    application = QgsApplication([], True)
    application.initQgis()
    sys.path.insert(0, checkout)
    from enmapboxprocessing.algorithm.predictclassificationalgorithm import PredictClassificationAlgorithm as Predict

    algorithm = Predict()
    algorithm.initAlgorithm()
    names = {Predict.P_RASTER: STACK, Predict.P_CLASSIFIER: "enmapbox.pkl"}
    parameters = {key: str(folder / name) for key, name in names.items()}
    parameters[Predict.P_OUTPUT_CLASSIFICATION] = str(folder / "enmapbox.tif")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    result = measured(lambda: algorithm.processAlgorithm(parameters, context, feedback))
    print(json.dumps(result), flush=True)
    os._exit(0)  # QGIS may take its time to end, or crash in it


def orfeo_commands(folder, threads):
    """The commands that train and that classify, and their environment; None without Orfeo Toolbox."""
    if not shutil.which("otbcli_ImageClassifier"):
        return None
    stack, model = folder / STACK, folder / "model.otb"
    training = ["otbcli_TrainImagesClassifier", "-io.il", stack, "-io.vd", folder / "labels.shp", "-io.out", model]
    training += ["-sample.vfn", "code", "-sample.vtr", "0", "-sample.mt", "-1", "-classifier", "rf"]
    training += ["-classifier.rf.max", DEPTH, "-classifier.rf.nbtrees", TREES, "-classifier.rf.min", "1"]
    training += ["-classifier.rf.acc", "0", "-rand", "1"]
    classifying = ["otbcli_ImageClassifier", "-in", stack, "-model", model, "-out", folder / "otb.tif", "uint8"]
    environment = {"ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS": str(threads), "OMP_NUM_THREADS": str(threads)}
    environment["OTB_LOGGER_LEVEL"] = "CRITICAL"
    return [str(part) for part in training], [str(part) for part in classifying], environment


if __name__ == "__main__":
    name, folder, checkout, threads = sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    steps = {
        "train": lambda: train(folder, checkout, threads),
        "dzetsaka": lambda: run_dzetsaka(folder, checkout, threads),
        "enmapbox": lambda: run_enmapbox(folder, checkout),
    }
    print(json.dumps(steps[name]()))
