"""How time and memory grow with pixels, dates and threads: python benchmarks/scaling.py [--families …] [--quick]

Random forests (100 trees of depth 15) and MiniRocket (2,520 features), from files to the finished map, each run in a
process of its own:

- pixels: 0.25 to 16 million, 24 dates × 4 bands, two threads. Every size has real files of its own (int16, tiled,
  DEFLATE), so that nothing is read twice from memory;
- dates: 6 to 96 (12 to 96 for MiniRocket, which needs nine), 1 million pixels, two threads, a model for each;
- threads: one and two, 1 million pixels, 24 dates.

Of each case counts the median of the rounds, one for what takes more than a minute. Straight lines are fitted by least
squares; R² says how straight they are. The line over the pixels says what a Sentinel-2 tile (10,980 × 10,980 pixels)
takes. Prints tables in Markdown, for docs/benchmarks.md, and writes the chart docs/pictures/scaling.svg (`--chart`).

The files need 6 GB, in the folder for temporary files or in `--folder`, where another run finds them again.
"""

import argparse
import datetime
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import classification as scene

SIDES, BASE = (500, 1000, 2000, 3000, 4000), 1000
DATES, USUAL_DATES = (6, 12, 24, 48, 96), 24
QUICK_SIDES, QUICK_BASE, QUICK_DATES = (125, 250, 375), 250, (6, 12, 24)
THREADS = (1, 2)
SLOW = 60.0  # seconds: what takes longer is measured once
TILE_PIXELS = 10_980**2
COLORS = {"forest": "#1f7a52", "minirocket": "#b3541e"}
NAMES = {"forest": "random forest", "minirocket": "MiniRocket"}


def family(name):
    from chronocover.models.families.minirocket import MiniRocket
    from chronocover.models.families.random_forest import RandomForest

    return MiniRocket() if name == "minirocket" else RandomForest(n_estimators=100, max_depth=15)


def sizes(quick):
    """Sides of the scenes, that of the one for dates and threads, and numbers of dates."""
    return (QUICK_SIDES, QUICK_BASE, QUICK_DATES) if quick else (SIDES, BASE, DATES)


def usable(dates):
    """Whether MiniRocket takes series of so many dates."""
    return dates >= 9


def make_files(folder, sides, base, dates):
    """The series of every case and the models; nothing where a run has made them before."""
    import numpy as np

    done = folder / f"made_{'_'.join(map(str, (*sides, *dates)))}"
    if done.exists():
        return
    most = max(dates)
    days = [datetime.date(2021, 1, 10) + datetime.timedelta(days=i * 360 // most) for i in range(most)]
    classes, images = scene.make_images(base, days)
    rows, columns = np.random.default_rng(1).integers(0, base, (2, scene.SAMPLES))
    samples = np.empty((scene.SAMPLES, most, len(scene.VARIABLES)), np.float32)
    usual = range(0, most, most // USUAL_DATES)
    options = ["TILED=YES", "COMPRESS=DEFLATE", "PREDICTOR=2", "ZLEVEL=1", f"NUM_THREADS={scene.THREADS}"]
    for index, image in enumerate(images):
        samples[:, index] = image[:, rows, columns].T * 1e-4
        for side in sides:
            if side == base or index in usual:
                repeats = -(-side // base)
                whole = np.tile(image, (1, repeats, repeats))[:, :side, :side]
                scene.write_image(folder / f"image_{side}_{index}.tif", whole, options)
    for count in dates:
        chosen = range(0, most, most // count)
        name, subset = series_name(base, count), [days[index] for index in chosen]
        scene.write_series(folder / name, base, [f"image_{base}_{index}.tif" for index in chosen], subset)
        for kind in NAMES:
            if kind == "forest" or usable(count):
                path = folder / f"{kind}_{count}.onnx"
                scene.train(path, samples[:, chosen], classes[rows, columns], family(kind), subset)
    for side in sides:
        files = [f"image_{side}_{index}.tif" for index in usual]
        scene.write_series(folder / series_name(side, USUAL_DATES), side, files, [days[index] for index in usual])
    done.touch()


def series_name(side, dates):
    return f"series_{side}_{dates}.vrt"


def run(folder, kind, side, dates, threads):
    """One map: seconds without Python's imports, and MB of the run beyond what was in use before."""
    from chronocover.core.engine import EngineOptions
    from chronocover.core.peak_memory import PeakMemory
    from chronocover.models.mapping import MapFiles, classify_series

    memory, began = PeakMemory(), time.perf_counter()
    series, model = str(folder / series_name(side, dates)), str(folder / f"{kind}_{dates}.onnx")
    classify_series(series, model, MapFiles(str(folder / "map.tif")), options=EngineOptions(threads=threads))
    return {"seconds": time.perf_counter() - began, "memory": memory.megabytes()}


def measure(folder, kind, side, dates, threads, rounds):
    """The median of some rounds: seconds, MB of the run, MB of the whole process at most."""
    runs = []
    for _ in range(rounds):
        command = [sys.executable, __file__, "--run", str(folder), kind, str(side), str(dates), str(threads)]
        found, _, peak = scene.measured(command)
        runs.append((found["seconds"], found["memory"] or float("nan"), peak))
        if found["seconds"] > SLOW:
            break
    return tuple(statistics.median(values) for values in zip(*runs))


def straight(numbers, values):
    """Slope, intercept and R² of the line through points, by least squares."""
    import numpy as np

    numbers, values = np.asarray(numbers, float), np.asarray(values, float)
    slope, intercept = np.polyfit(numbers, values, 1)
    residuals = values - (slope * numbers + intercept)
    return slope, intercept, 1 - (residuals**2).sum() / ((values - values.mean()) ** 2).sum()


def table(title, first, cases, found):
    """A table in Markdown; ``cases`` are the labels of ``found``."""
    print(f"\n| {title}: {first} | seconds | memory of the run | of the whole process |\n|---|---|---|---|")
    for label, (seconds, memory, peak) in zip(cases, found):
        print(f"| {label} | {seconds:.2f} | {memory:.0f} MB | {peak:.0f} MB |")


def by_pixels(folder, kind, sides, rounds):
    found = [measure(folder, kind, side, USUAL_DATES, 2, rounds) for side in sides]
    millions = [side * side / 1e6 for side in sides]
    table(NAMES[kind], "million pixels", [f"{value:g}" for value in millions], found)
    slope, intercept, r2 = straight(millions, [seconds for seconds, *_ in found])
    minutes = (slope * TILE_PIXELS / 1e6 + intercept) / 60
    print(f"\n{slope:.3f} s a million pixels and {intercept:.2f} s for each run, R² {r2:.5f}.")
    print(f"A Sentinel-2 tile, {USUAL_DATES} dates × {len(scene.VARIABLES)} bands: {minutes:.1f} minutes.")
    return millions, found, (slope, intercept, r2)


def by_dates(folder, kind, base, dates, rounds):
    counts = [count for count in dates if kind == "forest" or usable(count)]
    found = [measure(folder, kind, base, count, 2, rounds) for count in counts]
    table(NAMES[kind], "dates", counts, found)
    slope, intercept, r2 = straight(counts, [seconds for seconds, *_ in found])
    print(f"\n{slope:.4f} s a date and {intercept:.2f} s besides, R² {r2:.5f}.")
    return counts, found, (slope, intercept, r2)


def by_threads(folder, kind, base, rounds):
    found = [measure(folder, kind, base, USUAL_DATES, threads, rounds) for threads in THREADS]
    table(NAMES[kind], "threads", THREADS, found)
    print(f"\nTwo threads are {found[0][0] / found[1][0]:.2f} times as fast as one.")


def write_chart(path, measured):
    """Seconds over pixels and over dates, one chart below the other."""
    from chronocover.core.reports.number_chart import WIDTH, NumberLine, number_chart
    from chronocover.core.reports.svg import drawing, moved, rectangle

    charts, y = [], 8.0
    for kind, parts in measured.items():
        for what, (numbers, found, (slope, intercept, r2)) in parts.items():
            points = [(number, seconds) for number, (seconds, *_) in zip(numbers, found)]
            ends = [0 if what == "dates" else numbers[0], numbers[-1]]
            lines = [
                NumberLine(f"straight line, R² {r2:.4f}", "#9aa8a1", [(end, slope * end + intercept) for end in ends]),
                NumberLine("measured", COLORS[kind], points),
                NumberLine("from zero", "none", [(ends[0], 0.0)], in_legend=False),
            ]
            chart = number_chart(f"{NAMES[kind]}: seconds by {what}", what, lines, [])
            height = float(chart.split('height="', 1)[1].split('"', 1)[0]) + 12
            charts.append(moved(0, y, [chart[chart.index(">") + 1 : chart.rindex("</svg>")]]))
            y += height
    white = rectangle(0, 0, WIDTH, y, "#ffffff", "none")
    path.write_text(drawing(WIDTH, y, [white, *charts], "Seconds by pixels and by dates"), "utf-8")


def main(options):
    sides, base, dates = sizes(options.quick)
    with tempfile.TemporaryDirectory(prefix="scaling ") as name:
        folder = Path(options.folder or name).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        # in processes of their own: the kernel counts a parent's memory as its child's
        scene.measured([sys.executable, __file__, "--make", str(folder), *["quick"] * options.quick])
        measured = {}
        for kind in options.families:
            measure(folder, kind, sides[0], USUAL_DATES, 2, 1)  # compiles what is compiled once
            measured[kind] = {
                "million pixels": by_pixels(folder, kind, sides, options.rounds),
                "dates": by_dates(folder, kind, base, dates, options.rounds),
            }
            by_threads(folder, kind, base, options.rounds)
    if options.chart:
        write_chart(Path(options.chart), measured)
        print(f"\n![Seconds by million pixels and by dates, with straight lines](pictures/{Path(options.chart).name})")
    return 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--families", nargs="+", choices=list(NAMES), default=list(NAMES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", default="", help="for the files, which stay there")
    parser.add_argument("--chart", default="", metavar="SVG", help="write the chart there")
    parser.add_argument("--quick", action="store_true", help="small sizes, to try the script")
    return parser.parse_args()


if __name__ == "__main__":
    scene.load_package()
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(run(Path(sys.argv[2]), sys.argv[3], *map(int, sys.argv[4:]))))
    elif sys.argv[1:2] == ["--make"]:
        make_files(Path(sys.argv[2]), *sizes(sys.argv[3:] == ["quick"]))
    else:
        sys.exit(main(arguments()))
