"""Running a model file where there is nothing but ONNX Runtime and NumPy: what a server or a phone has."""

import json
import subprocess
import sys

import numpy as np

BARE = """
import json, sys
absent = {"sklearn", "skl2onnx", "onnx", "scipy", "numba", "joblib", "torch", "pandas", "qgis", "osgeo", "chronocover"}
class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in absent:
            raise ImportError(name)
sys.meta_path.insert(0, Nothing())
import numpy as np, onnxruntime
"""
PROGRAM = """
session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
series = np.zeros((2, int(sys.argv[2]), 2, *json.loads(sys.argv[3])), "f4"); series[1] = np.nan; series[0, 2] = np.nan
print(*session.run(["label"], {"series": series})[0])
"""


def labels_in_bare_python(path, dates, window=()):
    """The labels of a series of two variables with one gap, and of one that was never observed; or of such windows."""
    command = [sys.executable, "-c", BARE + PROGRAM, str(path), str(dates), json.dumps(window)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [int(label) for label in done.stdout.split()]


MAPPING = """
scene = np.load(sys.argv[1])
for path in sys.argv[2:]:
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    card = json.loads(session.get_modelmeta().custom_metadata_map["chronocover"])
    rows, columns, dates, variables = scene.shape
    assert (dates, variables) == (len(card["time_axis"]["days"]), len(card["variables"]))
    edge = card["context"] // 2
    wide = np.pad(scene, ((edge, edge), (edge, edge), (0, 0), (0, 0)), constant_values=np.nan)
    codes = np.empty((rows, columns), "u2")
    for row in range(rows):  # a row of pixels at a time
        series = wide[row + edge, edge : edge + columns]
        if edge:
            around = np.lib.stride_tricks.sliding_window_view(wide[row : row + 2 * edge + 1], card["context"], axis=1)
            series = np.ascontiguousarray(around.transpose(1, 2, 3, 0, 4))
        codes[row] = session.run(["label"], {"series": series})[0]
    assert set(np.unique(codes)) <= {0, *(item["code"] for item in card["legend"])}
    np.save(path + ".npy", codes)
"""


def map_in_bare_python(paths, scene_path):
    """Class codes uint16 ``(rows, columns)`` by each model of a scene: a ``.npy`` file of float32 ``(rows, columns,
    dates, variables)``, NaN is missing.
    """
    command = [sys.executable, "-c", BARE + MAPPING, str(scene_path), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [np.load(f"{path}.npy") for path in paths]
