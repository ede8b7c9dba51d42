"""A small image time series, a mask, a classifier and a clustering of it: what algorithms that run in blocks take."""

import datetime

import numpy as np
from linear_model import card_for, write_linear_model
from scenes import write_raster, write_series

DATES = [datetime.date(2021, 3, 1) + datetime.timedelta(days=20 * i) for i in range(6)]
ROWS, COLUMNS = 150, 170


def write_inputs(folder):
    """Write them and return their paths; QGIS runs already. The series has gaps and a quality variable."""
    import processing

    random = np.random.default_rng(5)
    stored = random.integers(0, 10_000, (6, 3, ROWS, COLUMNS)).astype("int16")
    stored[random.random(stored.shape) < 0.2] = -1
    stored[:, 2] = random.choice([4, 9], (6, ROWS, COLUMNS))
    given = {"scale": 1e-4, "nodata": -1, "options": ["TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=32"]}
    series = write_series(folder / "série.tif", stored, DATES, ["red", "nir", "scl"], quality=["scl"], **given)
    classifier = write_linear_model(folder / "model.onnx", card_for(DATES, ["red", "nir"]))
    mask = write_raster(folder / "mask.tif", (np.arange(ROWS * COLUMNS).reshape(ROWS, COLUMNS) % 7 > 0).astype("uint8"))
    coarse = write_raster(folder / "coarse.tif", (stored[:, 0, ::2, ::2] % 3 == 0).astype("uint8"), pixel=20.0)
    outputs = {"OUTPUT": str(folder / "c.tif"), "MODEL": str(folder / "c.onnx")}
    wanted = {"CLUSTERS": 3, "METHOD": "euclidean", "SAMPLE_SIZE": 200}
    processing.run("chronocover:clusterseries", {"SERIES": series, **wanted, **outputs})
    return {"SERIES": series, "CLASSIFIER": classifier, "CLUSTERS": outputs["MODEL"], "MASK": mask, "COARSE": coarse}


def made_in(folder):
    """The files in a folder as bytes by name; takes them away."""
    made = {entry.name: entry.read_bytes() for entry in folder.iterdir()}
    for file in folder.iterdir():
        file.unlink()
    return made
