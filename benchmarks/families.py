"""Accuracy, training time, speed and file size of every family of classifiers, with its defaults.

Random cross-validation asks how well a family knows places that it has seen part of; whole groups or spatial blocks ask
how well it knows new ones. Seconds are of one training on all samples; the speed is that of the model file in ONNX
Runtime on arrays in memory, one thread. Run it with an interpreter that has the plugin's packages:

    .venv/bin/python benchmarks/families.py [FOLDER_OF_REAL_DATA] [SAMPLES.gpkg ...]

The folder is that of the tests' real imagery; samples layers are those of “Extract samples”. ``--minirocket`` as
the first argument measures numbers of features instead.
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
    """Complete series a second, one thread: the best of three."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    values = np.nan_to_num(samples.values)
    values = np.tile(values, (SERIES // len(values) + 1, 1, 1))[:SERIES]
    times = []
    for _ in range(3):
        start = time.perf_counter()
        for first in range(0, SERIES, BATCH):
            session.run(None, {"series": values[first : first + BATCH]})
        times.append(time.perf_counter() - start)
    return SERIES / min(times)


def table(samples, chosen):
    """Print a row for each family."""
    print("| family | random folds | groups or blocks | training, s | series a second | file, MB |")
    print("|---|---|---|---|---|---|")
    grouped = "group k-fold" if samples.groups is not None else "spatial blocks"
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.onnx")
        for name, family in chosen.items():
            random, whole = accuracy(samples, family, "k-fold"), accuracy(samples, family, grouped)
            seconds = training(samples, family, path)
            size = os.path.getsize(path) / 1e6
            print(
                f"| {name} | {random} | {whole} | {seconds:.1f} | {speed(path, samples):,.0f} | {size:.2f} |",
                flush=True,
            )


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
    if os.path.isdir(arguments[0]):
        folder = Path(arguments.pop(0))
        sets = {"Mato Grosso": mato_grosso(folder), "Sinop": sinop(folder)}
    for path in arguments:
        samples = read_samples(path)
        drawn = np.random.default_rng(1).permutation(len(samples))[:MOST_SAMPLES]
        sets[Path(path).name] = samples.subset(np.sort(drawn))
    for name, samples in sets.items():
        count, dates, variables = samples.values.shape
        print(f"\n{name}: {count:,} samples, {dates} dates, {variables} variables, {len(samples.counts())} classes\n")
        table(samples, chosen)


if __name__ == "__main__":
    main()
