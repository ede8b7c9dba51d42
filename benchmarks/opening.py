"""How long QGIS takes to open a series of 1,000 dates x 4 variables, against opening one of its files.

Writes 1,000 small images into a temporary folder, builds the series with the algorithm's own core, and opens it as a
layer, style and all. Run it with an interpreter that knows ``qgis``:

    QT_QPA_PLATFORM=offscreen .venv/bin/python benchmarks/opening.py
"""

import datetime
import importlib.util
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from osgeo import gdal, osr

ROOT = Path(__file__).resolve().parents[1]
DATES, VARIABLES, REPEATS = 1000, ("blue", "green", "red", "nir"), 5
GOAL_SECONDS = 1.0


def load_package():
    """The repository root as the package ``chronocover``, whatever the clone's name."""
    spec = importlib.util.spec_from_file_location(
        "chronocover", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    sys.modules["chronocover"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["chronocover"])


def write_images(folder):
    """One tiled image of four bands for each date."""
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32633)
    values = np.arange(64 * 64, dtype=np.int16).reshape(64, 64)
    first = datetime.date(2017, 1, 1)
    for number in range(DATES):
        day = first + datetime.timedelta(days=3 * number)
        dataset = gdal.GetDriverByName("GTiff").Create(
            os.path.join(folder, f"scene_{day:%Y%m%d}.tif"), 64, 64, len(VARIABLES), gdal.GDT_Int16
        )
        dataset.SetGeoTransform((500000, 10, 0, 5100000, 0, -10))
        dataset.SetProjection(reference.ExportToWkt())
        for band in range(1, len(VARIABLES) + 1):
            dataset.GetRasterBand(band).WriteArray(values)
        dataset = None


def seconds_to_open(path):
    """Median time of opening a layer."""
    from qgis.core import QgsRasterLayer

    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        layer = QgsRasterLayer(path, "layer")
        times.append(time.perf_counter() - start)
        assert layer.isValid()
    return statistics.median(times), layer.bandCount()


def main():
    load_package()
    from qgis.core import QgsApplication

    from chronocover.core.feedback import Feedback
    from chronocover.core.provenance import Provenance
    from chronocover.core.series.building import GridChoice, build_series
    from chronocover.core.series.inventory import Rules
    from chronocover.core.series.sources import search_folder

    application = QgsApplication([], False)
    application.initQgis()
    with tempfile.TemporaryDirectory() as folder:
        write_images(folder)
        output = os.path.join(folder, "series.vrt")
        start = time.perf_counter()
        sources = search_folder(folder, "*.tif", Feedback())
        rules = Rules(variables=VARIABLES)
        build_series(sources, rules, GridChoice(), output, "", Provenance(), Feedback())
        print(
            f"Built from {DATES} files in {time.perf_counter() - start:.2f} s ({os.path.getsize(output) / 1e6:.1f} MB)"
        )
        one, bands = seconds_to_open(sources[0].path)
        print(f"One file of {bands} bands opens in {one * 1000:.1f} ms")
        whole, bands = seconds_to_open(output)
        print(f"The series of {bands} bands opens in {whole * 1000:.1f} ms: {whole / one:.1f} times one of its files")
    print("Goal (under 1 s):", "reached" if whole < GOAL_SECONDS else "missed")
    return 0 if whole < GOAL_SECONDS else 1


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)  # QGIS without exitQgis() may crash while Python cleans up
