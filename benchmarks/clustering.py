"""Clustering, measured against tslearn: python benchmarks/clustering.py [rounds] [FOLDER]

On made-up seasonal curves of 24 dates × 1 variable:

- assigning to 6 centres: tslearn's `predict` on some thousand series, ours on a million, one thread each; the centres
  and, on the series that both have, the labels are compared;
- learning from 2,000 series with DTW, and from fewer with the slower methods: tslearn's `fit`, ours on one thread and
  on two, from equal starting centres (the alignment kernel: equal seeds); labels by the adjusted Rand index, centres by
  their largest difference;
- a scene of 1,024 × 1,024 pixels (int16, one tiled DEFLATE file a date) through the engine with two threads: reading
  alone, and with every pixel assigned, in a process of its own with its peak memory;
- with the real imagery (FOLDER or CHRONOCOVER_TEST_DATA): how the clusters of the 1,218 labelled MODIS series agree
  with their classes.

Everything is compiled before. Figures are processor time where one thread works, since a busy machine changes it least;
the rounds take turns and ratios are of pairs.
"""

import csv
import datetime
import json
import os
import statistics
import sys
import tempfile
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]
warnings.filterwarnings("ignore")  # tslearn's about h5py and about barycentres that need more rounds
import conftest  # noqa: F401, E402  loads the checkout as the package chronocover
from classification import measured  # noqa: E402
from sklearn.metrics import adjusted_rand_score  # noqa: E402

from chronocover.models.clustering import settings as names  # noqa: E402
from chronocover.models.clustering.clustering import assign, fit  # noqa: E402
from chronocover.models.clustering.settings import ClusteringSettings  # noqa: E402

DATES = [datetime.date(2021, 1, 10) + datetime.timedelta(days=15 * i) for i in range(24)]
DAYS = tuple((date - DATES[0]).days for date in DATES)
CLUSTERS, PIXELS, SIZE, THREADS = 6, 2**20, 1024, 2
METHODS = {
    "k-means": {"method": names.EUCLIDEAN},
    "DTW": {"method": names.DTW},
    "DTW, band 3": {"method": names.DTW, "radius": 3},
    "soft-DTW, gamma 0.1": {"method": names.SOFT_DTW, "gamma": 0.1},
    "k-shape": {"method": names.K_SHAPE},
    "alignment kernel": {"method": names.ALIGNMENT_KERNEL},
}
LEARNT_FROM = {"soft-DTW, gamma 0.1": 300, "k-shape": 1000, "alignment kernel": 400}
PEER_PREDICTS = {"k-means": 200_000, "k-shape": 1000, "alignment kernel": 60, "soft-DTW, gamma 0.1": 2000}
# tslearn 0.10 predicts with k-shape only as many series as it learnt from: it takes the norms of those
SERIES, MOST_ROUNDS = 2000, 10


def curves(count, seed=0):
    """Float32 ``(count, 24, 1)``: single and double seasons, evergreen, bare."""
    random = np.random.default_rng(seed)
    time_axis = np.arange(24)[None]
    kind = random.integers(6, size=count)[:, None]
    peaks = np.array([[5, 17], [8, 8], [12, 12], [16, 16], [12, 12], [12, 12]])[kind[:, 0]]
    height = np.array([0.5, 0.6, 0.6, 0.5, 0.05, 0.1])[kind]
    base = np.array([0.2, 0.2, 0.2, 0.2, 0.8, 0.15])[kind]
    peaks = peaks + random.normal(scale=1.2, size=(count, 1))
    width = 2.5 + random.random((count, 1)) * 2
    humps = np.exp(-(((time_axis - peaks[:, :1]) / width) ** 2)) + np.exp(-(((time_axis - peaks[:, 1:]) / width) ** 2))
    values = base + height * np.minimum(humps, 1) + random.normal(scale=0.05, size=(count, 24))
    return values.astype(np.float32)[:, :, None]


def peer(label, initial=None, rounds=MOST_ROUNDS):
    """tslearn's estimator for a method, from given starting centres."""
    from tslearn.clustering import KernelKMeans, KShape, TimeSeriesKMeans

    if label == "alignment kernel":
        return KernelKMeans(CLUSTERS, max_iter=rounds, random_state=0, kernel_params={"sigma": "auto"})
    if label == "k-shape":
        return KShape(CLUSTERS, max_iter=rounds, init=initial)
    metric, parameters = {
        "k-means": ("euclidean", None),
        "DTW": ("dtw", None),
        "DTW, band 3": ("dtw", {"sakoe_chiba_radius": 3}),
        "soft-DTW, gamma 0.1": ("softdtw", {"gamma": 0.1}),
    }[label]
    return TimeSeriesKMeans(CLUSTERS, metric=metric, metric_params=parameters, max_iter=rounds, init=initial)


def spent(function):
    """A function's result, seconds of processor time, seconds on the clock."""
    clock, processor = time.perf_counter(), time.process_time()
    result = function()
    return result, time.process_time() - processor, time.perf_counter() - clock


def prepared(label, values):
    from tslearn.preprocessing import TimeSeriesScalerMeanVariance

    series = values.astype(np.float64)
    return TimeSeriesScalerMeanVariance().fit_transform(series) if label == "k-shape" else series


def learn(label, values, threads, rounds=MOST_ROUNDS):
    settings = ClusteringSettings(clusters=CLUSTERS, iterations=rounds, references=len(values), **METHODS[label])
    initial = None if label == "alignment kernel" else prepared(label, values)[:CLUSTERS]
    return fit(values, settings, DAYS, initial=initial, threads=threads)


def compare_learning(rounds):
    print(f"\nlearning, {CLUSTERS} clusters, at most {MOST_ROUNDS} rounds, seconds of processor time (median)")
    print(
        f"{'':22}{'series':>8}{'tslearn':>10}{'ours':>9}{'ratio':>8}{'clock, 2 threads':>18}{'ARI':>7}{'centres':>10}"
    )
    learnt = {}
    for label in METHODS:
        values = curves(LEARNT_FROM.get(label, SERIES))
        series = prepared(label, values)
        peer(label, series[:CLUSTERS], 1).fit(series[:60]), learn(label, values[:60], 1, 1)  # compiled now
        theirs, ours, on_two = [], [], []
        for _ in range(rounds):
            expected, seconds, clock = spent(lambda s=series, x=label: peer(x, s[:CLUSTERS]).fit(s))
            theirs.append((seconds, clock))
            found, seconds, _ = spent(lambda v=values, x=label: learn(x, v, 1))
            ours.append(seconds)
            on_two.append(spent(lambda v=values, x=label: learn(x, v, THREADS))[2])
        learnt[label] = expected, found
        agreement = adjusted_rand_score(expected.labels_, found.labels)
        centres = getattr(expected, "cluster_centers_", None)
        apart = "" if centres is None else f"{np.abs(centres - found.centres).max():.0e}"
        ratio = statistics.median(a / b for (a, _), b in zip(theirs, ours))
        print(
            f"{label:22}{len(values):>8}{statistics.median(a for a, _ in theirs):>10.2f}{statistics.median(ours):>9.3f}"
            f"{ratio:>7.0f}×{statistics.median(on_two):>17.3f}s{agreement:>7.3f}{apart:>10}"
        )
    return learnt


def compare_assigning(learnt, rounds):
    print(f"\nassigning to {CLUSTERS} clusters, thousand series a second of processor time (median)")
    print(f"{'':22}{'tslearn':>10}{'ours':>10}{'ratio':>8}{'clock, 2 threads':>18}{'equal labels':>14}")
    scene = curves(PIXELS, seed=1)
    for label, (estimator, clustering) in learnt.items():
        few = scene[: PEER_PREDICTS.get(label, 5000)]
        many = scene[: 2**13 if label == "alignment kernel" else PIXELS]
        batches = [many[start : start + 4096] for start in range(0, len(many), 4096)]
        theirs, ours, on_two = [], [], []
        for _ in range(rounds):
            expected, seconds, _ = spent(lambda e=estimator, f=few: e.predict(f.astype(np.float64)))
            theirs.append(len(few) / seconds / 1000)
            (labels, _), seconds, _ = spent(lambda c=clustering, m=many: assign(m, c))
            ours.append(len(many) / seconds / 1000)
            with ThreadPoolExecutor(THREADS) as pool:
                run = lambda c=clustering, b=batches, p=pool: list(p.map(lambda x: assign(x, c), b))  # noqa: E731
                on_two.append(len(many) / spent(run)[2] / 1000)
        equal = np.mean(expected + 1 == labels[: len(few)])
        ratio = statistics.median(b / a for a, b in zip(theirs, ours))
        print(
            f"{label:22}{statistics.median(theirs):>10.2f}{statistics.median(ours):>10.1f}{ratio:>7.0f}×"
            f"{statistics.median(on_two):>18.1f}{equal:>13.2%}"
        )


def make_scene(folder):
    """One file a date, the series over them, and clusterings of a sample of pixels as model files."""
    from osgeo import gdal, osr

    from chronocover.core.series.image_series import SeriesBand, describe_bands
    from chronocover.models.clustering.storing import clustering_card, save_clustering

    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32633)
    values = curves(SIZE * SIZE, seed=2)
    paths = []
    for index, date in enumerate(DATES):
        paths.append(str(folder / f"ndvi_{date:%Y%m%d}.tif"))
        options = ["TILED=YES", "COMPRESS=DEFLATE", "PREDICTOR=2"]
        dataset = gdal.GetDriverByName("GTiff").Create(paths[-1], SIZE, SIZE, 1, gdal.GDT_Int16, options)
        dataset.SetGeoTransform((500000, 10, 0, 5100000, 0, -10))
        dataset.SetProjection(reference.ExportToWkt())
        dataset.WriteArray(np.rint(values[:, index, 0] * 1e4).astype(np.int16).reshape(SIZE, SIZE))
        dataset = None
    series = str(folder / "series.vrt")
    dataset = gdal.BuildVRT(series, paths, options=gdal.BuildVRTOptions(separate=True))
    describe_bands(dataset, [SeriesBand(i + 1, date, "ndvi", scale=1e-4) for i, date in enumerate(DATES)])
    dataset = None
    for label in ("k-means", "DTW"):
        sample = values[:SERIES]
        found = learn(label, sample, THREADS)
        save_clustering(str(folder / f"{label}.onnx"), found, clustering_card(found, DATES, ["ndvi"], sample), sample)


def run_scene(folder, label):
    """Seconds to read the scene block by block, and to assign its pixels if a clustering is named."""
    from chronocover.core.engine import EngineOptions, run_blocks
    from chronocover.core.series.image_series import ImageSeries
    from chronocover.core.series.reading import SeriesSource
    from chronocover.models.clustering.storing import open_clustering

    clustering = open_clustering(str(folder / f"{label}.onnx")).clustering if label else None
    series = ImageSeries.open(str(folder / "series.vrt"))
    counts = np.zeros(CLUSTERS + 1, np.int64)

    def compute(block, values):
        if clustering is None:
            return np.zeros(1, np.int32)
        return assign(values.reshape(-1, *values.shape[2:]), clustering)[0]

    def consume(block, labels):
        counts[:] += np.bincount(labels, minlength=len(counts))

    if clustering is not None:
        assign(curves(10), clustering)  # loads the compiled kernels
    began = time.perf_counter()
    source = SeriesSource(series, DATES, ["ndvi"])
    run_blocks(series.grid, [source], compute, consume, divisible=True, options=EngineOptions(threads=THREADS))
    return {"seconds": time.perf_counter() - began, "assigned": int(counts[1:].sum())}


def compare_scene(rounds):
    print(f"\na scene of {SIZE} × {SIZE} pixels, {THREADS} threads, seconds on the clock (median), peak memory")
    with tempfile.TemporaryDirectory(prefix="clustering ") as name:
        step("scene", name)
        runs = {"": [], "k-means": [], "DTW": []}
        for _ in range(rounds):
            for label, results in runs.items():
                results.append(step(f"run {label}", name))
        for label, results in runs.items():
            seconds = [result["seconds"] for result, _, _ in results]
            ratio = statistics.median(own / read[0]["seconds"] for own, read in zip(seconds, runs[""]))
            peak = max(megabytes for _, _, megabytes in results)
            print(f"{label or 'reading alone':22}{statistics.median(seconds):>8.2f}s{ratio:>7.2f}×{peak:>8.0f} MB")


def step(name, folder):
    return measured([sys.executable, __file__, "--step", name, folder])


def compare_classes(data):
    path = data / "sinop_modis" / "samples_modis_ndvi_long.csv"
    if not path.is_file():
        print("\n(no real imagery: give its folder to compare clusters with classes)")
        return
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    samples = {}
    for row in rows:  # each season of one year or another, so that its dates are counted, not compared
        samples.setdefault(row["sample"], []).append((row["date"], float(row["NDVI"]), row["label"]))
    seasons = [sorted(season) for season in samples.values()]
    values = np.array([[value for _, value, _ in season] for season in seasons], np.float32)[:, :, None]
    truth = [season[0][2] for season in seasons]
    first = [datetime.date.fromisoformat(day) for day, _, _ in seasons[0]]
    days = [(day - first[0]).days for day in first]
    print(f"\n{len(truth):,} labelled MODIS series, {len(set(truth))} classes: adjusted Rand index with the clusters")
    print(f"{'':22}{'4 clusters':>12}{'6 clusters':>12}{'6, z-scores':>13}")
    for label, options in METHODS.items():
        found = []
        for clusters, scaling in ((4, names.NONE), (6, names.NONE), (6, names.Z_SCORE)):
            settings = ClusteringSettings(clusters=clusters, iterations=20, scaling=scaling, **options)
            found.append(adjusted_rand_score(truth, fit(values, settings, days, threads=THREADS).labels))
        print(f"{label:22}{found[0]:>12.2f}{found[1]:>12.2f}{found[2]:>13.2f}")


def main(rounds, data):
    compare_scene(rounds)  # first: a child's peak memory is never less than its parent's was
    learnt = compare_learning(rounds)
    compare_assigning(learnt, rounds)
    compare_classes(data)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        what, where = sys.argv[2], Path(sys.argv[3])
        print(json.dumps(make_scene(where) if what == "scene" else run_scene(where, what[4:])))
    else:
        default = os.environ.get("CHRONOCOVER_TEST_DATA", "")
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 3, Path(sys.argv[2] if len(sys.argv) > 2 else default))
