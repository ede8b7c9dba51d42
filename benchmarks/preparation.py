"""Preparing a series, measured: python benchmarks/preparation.py [rounds]

On a made-up scene of 1,024 × 1,024 pixels and 24 uneven dates with 4 bands (int16, one tiled DEFLATE file a date) and a
scene classification (another file a date) in which clouds hide a third of the land:

- floor: reads all of the input and writes the output of “ours”, which lies ready in memory, through the same engine;
- plain: reads all of the input and writes it as it is;
- ours: masks the clouds, fills the gaps, smooths with Savitzky-Golay (window 5, order 2) and adds the NDVI in one pass;
- steps: the same with a file after each of the four steps;
- pandas and scipy: the same for a sample of pixels, one after the other, in one thread, without reading and writing;
  its results are compared with ours.

All but the last write 120 bands of float32. Each run is a process of its own; the rounds take turns, so that a busy
machine slows all of them, and the ratios are of pairs. Processor time counts all threads. The result is printed as a
table.
"""

import datetime
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
from checkout import load_package

SIZE, VARIABLES, DATE_COUNT = 1024, ("blue", "green", "red", "nir"), 24
WINDOW, ORDER = 5, 2
SAMPLE = 1500  # pixels, one by one
THREADS, MEMORY_MB = 2, 512
TARGET_RATIO, TARGET_SPEEDUP = 1.5, 10


def dates():
    """Uneven, as two satellites and the weather make them."""
    import numpy as np

    steps = np.random.default_rng(7).choice([5, 10, 15, 20, 25], DATE_COUNT - 1)
    days = [0, *np.cumsum(steps).tolist()]
    return [datetime.date(2021, 1, 10) + datetime.timedelta(days=day) for day in days]


def make_scene(folder):
    """Write the images, the scene classifications and the series."""
    import numpy as np
    from osgeo import gdal, osr
    from scipy.ndimage import gaussian_filter

    random = np.random.default_rng(42)
    fields = np.stack([gaussian_filter(random.normal(size=(SIZE, SIZE)), 12) for _ in range(8)]).argmax(axis=0)
    peaks, widths = random.uniform(100, 260, 8), random.uniform(30, 80, 8)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32633)

    def write(path, array, gdal_type):
        options = ["TILED=YES", "COMPRESS=DEFLATE", "PREDICTOR=2"]
        dataset = gdal.GetDriverByName("GTiff").Create(path, SIZE, SIZE, len(array), gdal_type, options)
        dataset.SetGeoTransform((500000, 10, 0, 5100000, 0, -10))
        dataset.SetProjection(reference.ExportToWkt())
        dataset.WriteArray(array)
        dataset = None

    for date in dates():
        green = np.exp(-(((date.timetuple().tm_yday - peaks) / widths) ** 2))[fields]
        image = np.stack([400 + 100 * green, 600 + 300 * green, 900 - 600 * green, 1500 + 3000 * green])
        image += random.normal(0, 60, image.shape)
        cover = sum(size * gaussian_filter(random.normal(size=(SIZE, SIZE)), size) for size in (40, 10, 3))
        clouded = cover > np.quantile(cover, 1 - random.beta(0.8, 1.5))  # some days are clear, some are lost
        image[:, clouded] += random.uniform(2000, 5000, clouded.sum())
        write(str(folder / f"image_{date:%Y%m%d}.tif"), image.astype(np.int16), gdal.GDT_Int16)
        classes = np.where(clouded, 9, np.where(green > 0.5, 4, 5)).astype(np.uint8)
        write(str(folder / f"scl_{date:%Y%m%d}.tif"), classes[None], gdal.GDT_Byte)
    write_series(folder, reference.ExportToWkt())


def write_series(folder, projection):
    """The series over the files, as “Build image time series” makes it."""
    from osgeo import gdal

    from chronocover.core.series.image_series import QUALITY, SeriesBand, describe_bands

    def band(number, path, source_band, kind):
        return (
            f'<VRTRasterBand dataType="{kind}" band="{number}"><SimpleSource>'
            f'<SourceFilename relativeToVRT="1">{path}</SourceFilename><SourceBand>{source_band}</SourceBand>'
            f'<SourceProperties RasterXSize="{SIZE}" RasterYSize="{SIZE}" DataType="{kind}"/>'
            f'<SrcRect xOff="0" yOff="0" xSize="{SIZE}" ySize="{SIZE}"/>'
            f'<DstRect xOff="0" yOff="0" xSize="{SIZE}" ySize="{SIZE}"/></SimpleSource></VRTRasterBand>'
        )

    described, parts = [], []
    for date in dates():
        for index, name in enumerate(VARIABLES):
            described.append(SeriesBand(len(described) + 1, date, name, scale=1e-4))
            parts.append(band(len(described), f"image_{date:%Y%m%d}.tif", index + 1, "Int16"))
        described.append(SeriesBand(len(described) + 1, date, "scl", QUALITY))
        parts.append(band(len(described), f"scl_{date:%Y%m%d}.tif", 1, "Byte"))
    path = folder / "series.vrt"
    path.write_text(
        f'<VRTDataset rasterXSize="{SIZE}" rasterYSize="{SIZE}"><SRS>{projection}</SRS>'
        f"<GeoTransform>500000,10,0,5100000,0,-10</GeoTransform>{''.join(parts)}</VRTDataset>",
        "utf-8",
    )
    dataset = gdal.OpenEx(str(path), gdal.OF_UPDATE)
    describe_bands(dataset, described)
    dataset = None


def our_steps():
    """What is measured."""
    from chronocover.core.time_series.cloud_masks import MaskClouds
    from chronocover.core.time_series.filling import FillGaps
    from chronocover.core.time_series.indices import SpectralIndices
    from chronocover.core.time_series.quality_presets import AUTOMATIC, quality_rule
    from chronocover.core.time_series.smoothing import SavitzkyGolay

    mask = MaskClouds("scl", quality_rule(AUTOMATIC, "scl"))
    return [mask, FillGaps(), SavitzkyGolay(WINDOW, ORDER), SpectralIndices(("NDVI",))]


def process(series, steps, output, **more):
    """Run steps on a series as the algorithms do."""
    from chronocover.core.engine import EngineOptions
    from chronocover.core.series.image_series import ImageSeries
    from chronocover.core.series.processing import process_series

    process_series(ImageSeries.open(str(series)), steps, str(output), options=EngineOptions(MEMORY_MB, THREADS), **more)


def run_ours(folder):
    process(folder / "series.vrt", our_steps(), folder / "ours.tif")


def run_plain(folder):
    process(folder / "series.vrt", [], folder / "plain.tif")


def run_one_by_one(folder):
    source = folder / "series.vrt"
    for number, step in enumerate(our_steps()):
        process(source, [step], folder / f"step_{number}.tif")
        source = folder / f"step_{number}.tif"


class Replayed:
    """Reads the input as ever, then gives the same window of what lies ready."""

    def __init__(self, source, path):
        self.grid, self.block_size, self.cache_bytes = source.grid, source.block_size, source.cache_bytes
        self.open_bytes = source.open_bytes
        self.bytes_per_pixel = source.bytes_per_pixel + source.physical_bytes_per_pixel
        self.working_bytes_per_pixel = 0
        self.files, self._source, self._path = source.files, source, path

    def open(self):
        import numpy as np

        reader, ready = self._source.open(), np.load(self._path, mmap_mode="r")

        class Reader:
            close = reader.close

            def read_stored(self, window):
                reader.read(window)
                rows = slice(window.row, window.row + window.height)
                return np.array(ready[rows, window.column : window.column + window.width])

        return Reader()

    def physical(self, stored):
        return stored


def keep_output(folder):
    """Puts the output where the floor takes it from."""
    import numpy as np
    from osgeo import gdal

    bands = gdal.OpenEx(str(folder / "ours.tif")).ReadAsArray()
    shape = (SIZE, SIZE, DATE_COUNT, len(VARIABLES) + 1)
    np.save(folder / "ready.npy", np.ascontiguousarray(np.moveaxis(bands, 0, 2)).reshape(shape))


def run_floor(folder):
    from chronocover.core.series.image_series import ImageSeries
    from chronocover.core.series.processing import SeriesInput
    from chronocover.core.series.steps import axes_after_all

    everything = SeriesInput.of_series(ImageSeries.open(str(folder / "series.vrt")))
    axes = axes_after_all(our_steps(), everything.axes)
    ready = SeriesInput(Replayed(everything.source, folder / "ready.npy"), axes)
    process(folder / "series.vrt", [], folder / "floor.tif", source=ready)


def run_peers(folder):
    """Seconds for a sample of pixels, and how far the results are from ours at most."""
    import numpy as np
    import pandas as pd
    from osgeo import gdal
    from scipy.signal import savgol_filter

    days = pd.to_datetime(dates())
    series, ours = gdal.OpenEx(str(folder / "series.vrt")), gdal.OpenEx(str(folder / "ours.tif"))
    rows = SAMPLE // SIZE + 1
    values = series.ReadAsArray(0, 300, SIZE, rows).reshape(DATE_COUNT, len(VARIABLES) + 1, -1)[:, :, :SAMPLE]
    expected = ours.ReadAsArray(0, 300, SIZE, rows).reshape(DATE_COUNT, len(VARIABLES) + 1, -1)[:, :, :SAMPLE]
    bad = [0, 1, 3, 8, 9, 10]
    filled = np.empty((SAMPLE, DATE_COUNT, len(VARIABLES)))
    began = time.perf_counter()
    for pixel in range(SAMPLE):
        frame = pd.DataFrame(values[:, : len(VARIABLES), pixel] * 1e-4, index=days, columns=VARIABLES)
        frame[np.isin(values[:, -1, pixel], bad)] = np.nan
        frame = frame.interpolate(method="time", limit_direction="both")
        filled[pixel] = frame.to_numpy()
        smooth = savgol_filter(frame.to_numpy(), WINDOW, ORDER, axis=0, mode="interp")
        _ = (smooth[:, 3] - smooth[:, 2]) / (smooth[:, 3] + smooth[:, 2])
    seconds = time.perf_counter() - began
    from chronocover.core.series.steps import SeriesAxes
    from chronocover.core.time_series.smoothing import SavitzkyGolay

    roles = ("data",) * len(VARIABLES)
    axes = SeriesAxes(tuple(dates()), VARIABLES, roles, (None,) * DATE_COUNT)
    # scipy's filter takes the dates for even; ours goes by the day, so that is what is compared of it.
    smooth = SavitzkyGolay(WINDOW, ORDER).apply(filled.astype(np.float32)[None], axes)[0]
    difference = np.nanmax(np.abs(smooth - expected[:, : len(VARIABLES)].transpose(2, 0, 1)))
    return {"seconds": seconds * SIZE * SIZE / SAMPLE, "difference": float(difference)}


STEPS = {
    "scene": make_scene,
    "ours": run_ours,
    "plain": run_plain,
    "steps": run_one_by_one,
    "keep": keep_output,
    "floor": run_floor,
    "peers": run_peers,
}


def step(name, folder):
    """Run one in a process of its own: its result, seconds, processor seconds, peak memory in MB."""
    process = subprocess.Popen(
        [sys.executable, __file__, "--step", name, str(folder)], stdout=subprocess.PIPE, text=True
    )
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the step “{name}” failed")
    return {**json.loads(output.splitlines()[-1]), "peak": usage.ru_maxrss / 1024}


def load_compiled_code():
    """Keeps the loading of modules and of compiled code, half a second however large the scene, out of the figures."""
    import numpy as np

    from chronocover.core.series.image_series import DATA, QUALITY
    from chronocover.core.series.steps import SeriesAxes, apply_all

    roles = (*[DATA] * len(VARIABLES), QUALITY)
    axes = SeriesAxes(tuple(dates()), (*VARIABLES, "scl"), roles, (None,) * DATE_COUNT)
    apply_all(our_steps(), np.full((2, 2, DATE_COUNT, len(roles)), 9, dtype=np.float32), axes)


def run_step(name, folder):
    """What the process of a step does."""
    load_package()
    load_compiled_code()
    wall, cpu = time.perf_counter(), time.process_time()
    result = STEPS[name](folder) or {}
    measured = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    print(json.dumps({**measured, **result}))


def main(rounds):
    with tempfile.TemporaryDirectory(prefix="preparation ") as name:
        folder = Path(name)
        for once in ("scene", "ours", "keep", "plain", "floor"):  # the first run compiles what is compiled once
            step(once, folder)
        table = {"floor": [], "plain": [], "ours": [], "steps": []}
        for _ in range(rounds):
            for label, runs in table.items():
                runs.append(step(label, folder))
        peers = step("peers", folder)
        load = os.getloadavg()[0]
    print(f"load of the machine at the end {load:.1f}, ours included\n")
    print(f"{'':20}{'seconds (median, all)':44}{'processor seconds':>18}{'peak MB':>9}")
    for label, runs in table.items():
        every = ", ".join(f"{run['seconds']:.2f}" for run in runs)
        middle = statistics.median(run["seconds"] for run in runs)
        cpu = statistics.median(run["cpu"] for run in runs)
        peak = max(run["peak"] for run in runs)
        print(f"{label:20}{f'{middle:.2f}   ({every})':44}{cpu:>18.2f}{peak:>9.0f}")
    for key, what in (("seconds", "seconds"), ("cpu", "processor seconds")):
        for yardstick in ("floor", "plain"):
            ratios = [a[key] / b[key] for a, b in zip(table["ours"], table[yardstick])]
            pairs = ", ".join(f"{ratio:.2f}" for ratio in ratios)
            print(f"ours / {yardstick}, {what}: median {statistics.median(ratios):.2f} (pairs {pairs})")
    ours = statistics.median(run["cpu"] for run in table["ours"])
    print(f"target: {TARGET_RATIO} of the floor\n")
    print(
        f"pandas and scipy, extrapolated from {SAMPLE} pixels: {peers['seconds']:,.0f} s, "
        f"{peers['seconds'] / ours:,.0f} times our processor seconds, which include reading and writing (target "
        f"{TARGET_SPEEDUP}); largest difference {peers['difference']:.1e}"
    )
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        run_step(sys.argv[2], Path(sys.argv[3]))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))
