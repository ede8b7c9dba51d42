"""Accuracy, training time, speed and file size of every family of classifiers, with its defaults.

Random cross-validation asks how well a family knows places that it has seen part of; whole groups or spatial blocks ask
how well it knows new ones. Seconds are of one training on all samples. The speed is that of `ModelSession.predict`, as
maps are made by it, on complete series in memory, one thread; it is compared with the model file in a bare session of
ONNX Runtime on the same arrays, in batches of whatever size is best for that. Run it with an interpreter that has the
plugin's packages:

    .venv/bin/python benchmarks/families.py [FOLDER_OF_REAL_DATA] [SAMPLES.gpkg ...]

The folder is that of the tests' real imagery; samples layers are those of “Extract samples”. ``--speed`` leaves out the
accuracies, ``--minirocket`` measures numbers of MiniRocket's features instead of families.
"""

import importlib.util
import os
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
SERIES = 8192
BATCH = 4096
"""Series that a map hands to a model at a time."""
BATCHES = (64, 128, 256, 512, 1024, 2048, 4096)
"""Of a bare session."""
ROUNDS = 3
MOST_SAMPLES = 3000
"""Of a samples layer, drawn at random, so that all families end within minutes."""
NETWORKS = ("TempCNN", "InceptionTime", "LSTM", "L-TAE")
"""They need PyTorch."""
FEATURES = (84, 420, 840, 1680, 2520, 5040, 9996)


def load_package():
    """The repository root as the package ``chronocover``, whatever the clone's name."""
    spec = importlib.util.spec_from_file_location(
        "chronocover", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    sys.modules["chronocover"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules["chronocover"])
    sys.path.insert(0, str(ROOT / "tests"))


def families():
    """Each family with its defaults."""
    from chronocover.models.families.boosting import Boosting
    from chronocover.models.families.catalogue import family_of
    from chronocover.models.families.extra_trees import ExtraTrees
    from chronocover.models.families.minirocket import LOGISTIC, MiniRocket
    from chronocover.models.families.neighbours import Neighbours
    from chronocover.models.families.perceptron import Perceptron
    from chronocover.models.families.quant import Quant
    from chronocover.models.families.random_forest import RandomForest
    from chronocover.models.families.support_vectors import SupportVectorMachine

    networks = {}
    for name in NETWORKS:
        try:
            networks[name] = family_of(name)
        except ImportError as error:
            print(f"{name} is left out: {error}")
    return {
        "random forest": RandomForest(),
        "gradient boosting": Boosting(),
        "extremely randomised trees": ExtraTrees(),
        "support vector machine, rbf": SupportVectorMachine(),
        "support vector machine, linear": SupportVectorMachine("linear"),
        "multilayer perceptron": Perceptron(),
        "k nearest neighbours": Neighbours(),
        "MiniRocket, ridge": MiniRocket(),
        "MiniRocket, logistic": MiniRocket(head=LOGISTIC),
        "intervals (QUANT)": Quant(),
        **networks,
    }


def accuracy(samples, family, method):
    """Overall accuracy of a five-fold cross-validation, or a dash where the samples do not suit it."""
    from chronocover.core.errors import ChronocoverError
    from chronocover.core.feedback import Feedback
    from chronocover.models.fitting import fit
    from chronocover.models.learning_data import prepare
    from chronocover.models.training import TrainingSettings
    from chronocover.models.validation import Validation, split

    data, settings = prepare(samples), TrainingSettings(threads=os.cpu_count())
    try:
        splits = split(data.samples, data.targets, Validation(method), settings.seed)
    except ChronocoverError:
        return "–"
    right = tested = 0
    for train, test in splits.folds:
        classifier = fit(data, train, family, settings, settings.threads, Feedback())
        right += (classifier.predict_proba(data.filled[test]).argmax(axis=1) == data.targets[test]).sum()
        tested += len(test)
    return f"{right / tested:.3f}"


def training(samples, family, path):
    """Seconds of a training on all samples, without validation; writes the model file."""
    from chronocover.core.feedback import Feedback
    from chronocover.core.provenance import Provenance
    from chronocover.models.training import TrainingSettings, train
    from chronocover.models.validation import NONE, Validation

    settings = TrainingSettings(Validation(NONE), threads=os.cpu_count())
    start = time.perf_counter()
    model = train(samples, family, settings, Provenance(), Feedback())
    seconds = time.perf_counter() - start
    model.save(path)
    return seconds


def speed(path, samples):
    """Complete series a second, one thread: by us, and by a bare session in its best batches; and those batches.

    Seconds of processor time, the best of several rounds in turns: other work on the machine changes them little.
    """
    import onnxruntime

    from chronocover.models.session import ModelSession

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    bare = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    ours = ModelSession.open(path)
    values = np.nan_to_num(samples.values)
    values = np.tile(values, (SERIES // len(values) + 1, 1, 1))[:SERIES]

    def run_bare(batch):
        for first in range(0, len(values), batch):
            bare.run(None, {"series": values[first : first + batch]})

    def run_ours():
        for first in range(0, len(values), BATCH):
            ours.predict(values[first : first + BATCH])

    ways = {batch: lambda batch=batch: run_bare(batch) for batch in BATCHES} | {"ours": run_ours}
    run_ours()
    times = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, run in ways.items():
            start = time.thread_time()
            run()
            times[name].append(time.thread_time() - start)
    least = {name: min(taken) for name, taken in times.items()}
    best = min(BATCHES, key=least.get)
    return SERIES / least["ours"], SERIES / least[best], best


def table(samples, chosen, accuracies=True):
    """Print a row for each family."""
    columns = ["random folds", "groups or blocks"] if accuracies else []
    columns += ["training, s", "file, MB", "series a second", "bare session", "its batch", "our time / its time"]
    print(f"| family | {' | '.join(columns)} |")
    print("|---" * (1 + len(columns)) + "|")
    grouped = "group k-fold" if samples.groups is not None else "spatial blocks"
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.onnx")
        for name, family in chosen.items():
            row = [accuracy(samples, family, method) for method in ("k-fold", grouped)] if accuracies else []
            seconds = training(samples, family, path)
            ours, bare, batch = speed(path, samples)
            row += [f"{seconds:.1f}", f"{os.path.getsize(path) / 1e6:.2f}", f"{ours:,.0f}", f"{bare:,.0f}"]
            print(f"| {name} | {' | '.join([*row, f'{batch:,}', f'{bare / ours:.2f}'])} |", flush=True)


def main():
    load_package()
    from real_samples import mato_grosso, sinop

    from chronocover.core.samples.table import read_samples
    from chronocover.models.families.minirocket import MiniRocket

    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    chosen = families()
    if "--minirocket" in sys.argv:
        chosen = {f"{number:,} features": MiniRocket(n_features=number) for number in FEATURES}
    sets = {}
    if arguments and os.path.isdir(arguments[0]):
        folder = Path(arguments.pop(0))
        sets = {"Mato Grosso": mato_grosso(folder), "Sinop": sinop(folder)}
    for path in arguments:
        samples = read_samples(path)
        drawn = np.random.default_rng(1).permutation(len(samples))[:MOST_SAMPLES]
        sets[Path(path).name] = samples.subset(np.sort(drawn))
    for name, samples in sets.items():
        count, dates, variables = samples.values.shape
        print(f"\n{name}: {count:,} samples, {dates} dates, {variables} variables, {len(samples.counts())} classes\n")
        table(samples, chosen, accuracies="--speed" not in sys.argv)


if __name__ == "__main__":
    main()
