"""The memory budget, measured: python benchmarks/memory.py [quick]

Made-up series of 2 to 400 dates over files of many tilings (tiles of 256 and 512, strips of 1 and 16 lines, one strip,
pixels interleaved with 12 bands, JPEG 2000 in tiles and as a whole) are mapped by a cheap classifier, and prepared
(gaps filled, everything written), with 1 to 8 threads and several budgets. Each case is a process of its own. What
counts is the most memory that the process had during the run (the kernel's figure) less what it had before: blocks
read, in work and waiting to be written, open files, and GDAL's cache. A case that takes more than its budget is told,
and the exit code is 1. Preparing is left out for the longest series, whose files would be tens of gigabytes.
"""

import datetime
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
from checkout import load_package

SIDE = 2048
FILES = 3  # real ones; the dates are links to them
TILINGS = {
    "tiles of 256": ("GTiff", ["TILED=YES", "COMPRESS=DEFLATE"], 1),
    "tiles of 512": ("GTiff", ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512", "COMPRESS=DEFLATE"], 1),
    "tiles of 1024": ("GTiff", ["TILED=YES", "BLOCKXSIZE=1024", "BLOCKYSIZE=1024", "COMPRESS=DEFLATE"], 1),
    "lines": ("GTiff", ["BLOCKYSIZE=1"], 1),
    "strips of 16 lines": ("GTiff", ["BLOCKYSIZE=16", "COMPRESS=DEFLATE"], 1),
    "one strip": ("GTiff", [f"BLOCKYSIZE={SIDE}", "COMPRESS=DEFLATE"], 1),
    "12 bands interleaved": ("GTiff", ["TILED=YES", "INTERLEAVE=PIXEL", "COMPRESS=DEFLATE"], 12),
    "JPEG 2000, tiles": ("JP2OpenJPEG", ["BLOCKXSIZE=512", "BLOCKYSIZE=512", "REVERSIBLE=YES", "QUALITY=100"], 1),
    "JPEG 2000, whole": ("JP2OpenJPEG", [f"BLOCKXSIZE={SIDE}", f"BLOCKYSIZE={SIDE}", "QUALITY=25"], 1),
}
CASES = [
    # tiling, dates, threads, budget in MB
    *[(tiling, 6 if "JPEG" in tiling or "interleaved" in tiling else 24, 2, 256) for tiling in TILINGS],
    *[("tiles of 512", dates, 2, 256) for dates in (2, 100, 400)],
    *[("lines", dates, 4, 256) for dates in (2, 400)],
    *[("tiles of 256", 24, threads, budget) for threads in (1, 4, 8) for budget in (128, 512)],
    ("12 bands interleaved", 40, 4, 512),
    ("one strip", 100, 8, 256),
    ("tiles of 1024", 400, 8, 1024),
    ("JPEG 2000, whole", 12, 4, 512),
    ("tiles of 512", 24, 4, 1024),
]
QUICK = [0, 3, 5, 6, 11]


def make_files(folder):
    """The real files of each tiling, of noise; without those whose format this GDAL does not write."""
    import numpy as np
    from osgeo import gdal, osr

    gdal.UseExceptions()
    random = np.random.default_rng(0)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32633)
    made = {}
    for tiling, (driver_name, options, bands) in TILINGS.items():
        driver = gdal.GetDriverByName(driver_name)
        if driver is None:
            continue
        made[tiling] = []
        for number in range(FILES):
            array = random.integers(2000, 2200, (bands, SIDE, SIDE)).astype(np.int16)
            memory = gdal.GetDriverByName("MEM").Create("", SIDE, SIDE, bands, gdal.GDT_Int16)
            memory.SetGeoTransform((500000, 10, 0, 5100000, 0, -10))
            memory.SetProjection(reference.ExportToWkt())
            memory.WriteArray(array)
            path = folder / f"{tiling}_{number}.{'tif' if driver_name == 'GTiff' else 'jp2'}"
            driver.CreateCopy(str(path), memory, options=options)
            made[tiling].append((path, bands))
    return made


def make_series(folder, tiling, files, dates):
    """A VRT with a link of its own for each date."""
    from osgeo import gdal

    from chronocover.core.series.image_series import SeriesBand, describe_bands

    first, described, parts = datetime.date(2020, 1, 1), [], []
    projection = gdal.Open(str(files[0][0])).GetProjection()
    for date in range(dates):
        path, bands = files[date % len(files)]
        link = folder / f"{tiling}_date_{date}{path.suffix}"
        if not link.exists():
            link.symlink_to(path)
        for band in range(1, bands + 1):
            described.append(
                SeriesBand(len(described) + 1, first + datetime.timedelta(days=date), f"v{band}", nodata=2100)
            )
            parts.append(
                f'<VRTRasterBand dataType="Int16" band="{len(described)}"><NoDataValue>2100</NoDataValue><SimpleSource>'
                f'<SourceFilename relativeToVRT="1">{link.name}</SourceFilename><SourceBand>{band}</SourceBand>'
                f'<SourceProperties RasterXSize="{SIDE}" RasterYSize="{SIDE}" DataType="Int16"/>'
                f'<SrcRect xOff="0" yOff="0" xSize="{SIDE}" ySize="{SIDE}"/>'
                f'<DstRect xOff="0" yOff="0" xSize="{SIDE}" ySize="{SIDE}"/></SimpleSource></VRTRasterBand>'
            )
    path = folder / f"{tiling}_{dates}.vrt"
    path.write_text(
        f'<VRTDataset rasterXSize="{SIDE}" rasterYSize="{SIDE}"><SRS>{projection}</SRS>'
        f"<GeoTransform>500000,10,0,5100000,0,-10</GeoTransform>{''.join(parts)}</VRTDataset>",
        "utf-8",
    )
    dataset = gdal.OpenEx(str(path), gdal.OF_UPDATE)
    describe_bands(dataset, described)
    dataset = None
    return path


def run(kind, series_path, output, budget, threads):
    """One run in this process; returns the megabytes that it took and its seconds."""
    import numpy as np
    from osgeo import gdal

    from chronocover.core.blocks import EngineOptions
    from chronocover.core.labels.legend import LandClass, Legend
    from chronocover.core.peak_memory import PeakMemory
    from chronocover.core.raster_writing import RasterOutput
    from chronocover.core.series.image_series import ImageSeries
    from chronocover.core.series.processing import Storage, process_series
    from chronocover.core.series.reading import SeriesSource
    from chronocover.core.time_series.filling import FillGaps
    from chronocover.models.block_mapping import MapRun
    from chronocover.models.pixel_mapping import map_pixels

    gdal.UseExceptions()
    series = ImageSeries.open(series_path)
    options = EngineOptions(memory_mb=budget, threads=threads)
    small = Legend((LandClass(1, "low", (0, 0, 0)), LandClass(2, "high", (1, 1, 1))))
    FillGaps().apply(np.zeros((1, 1, len(series.dates), len(series.variables)), np.float32), _axes(series))
    memory = PeakMemory()
    if kind == "map":
        run = MapRun([RasterOutput(output, 1, gdal.GDT_Byte, 0)], small, options=options)
        counts = map_pixels(
            SeriesSource(series), run, np.nan_to_num, lambda batch: [1 + (batch.mean(axis=(1, 2)) > 2000)]
        )
        statistics = counts.statistics
    else:
        _, statistics = process_series(series, [FillGaps()], output, storage=Storage(1.0), options=options)
    return memory.megabytes(), statistics.seconds, f"{statistics.block_width} × {statistics.block_height}"


def _axes(series):
    from chronocover.core.series.steps import SeriesAxes

    return SeriesAxes.of_series(series)


def main():
    """All cases, as a table."""
    chosen = [CASES[index] for index in QUICK] if sys.argv[1:] == ["quick"] else CASES
    beyond = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = make_files(folder)
        print("| files | dates | threads | budget, MB | mapping: MB | s | block | preparing: MB | s | block |")
        print("|---|---|---|---|---|---|---|---|---|---|")
        for tiling, dates, threads, budget in chosen:
            if tiling not in made:
                continue
            series = make_series(folder, tiling, made[tiling], dates)
            row = [tiling, dates, threads, budget]
            for kind in ("map", "prepare"):
                if kind == "prepare" and dates > 24:
                    row += ["", "", ""]
                    continue
                output = folder / f"{kind}.tif"
                command = [sys.executable, __file__, kind, str(series), str(output), str(budget), str(threads)]
                done = subprocess.run(command, capture_output=True, text=True)
                if done.returncode:
                    raise SystemExit(done.stderr)
                taken, seconds, block = json.loads(done.stdout.splitlines()[-1])
                beyond += taken > budget
                row += [f"{taken:.0f}{' (!)' if taken > budget else ''}", f"{seconds:.1f}", block]
                output.unlink()
            print("| " + " | ".join(map(str, row)) + " |", flush=True)
    print(f"\n{beyond} runs took more than their budget." if beyond else "\nAll runs kept to their budgets.")
    raise SystemExit(bool(beyond))


if __name__ == "__main__":
    load_package()
    if sys.argv[1:2] and sys.argv[1] in ("map", "prepare"):
        print(json.dumps(run(*sys.argv[1:4], *map(int, sys.argv[4:6]))))
    else:
        main()
