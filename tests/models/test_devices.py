"""Which device runs a model, what is said of it, and what happens when it fails.

There is no graphics card where the tests run. What stands for one runs the same graph by real sessions of ONNX Runtime.
"""

import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import foreign_models
import numpy as np
import onnxruntime
import pytest
from linear_model import card_for, write_linear_model
from onnx import helper
from onnxruntime.capi.onnxruntime_pybind11_state import EPFail
from osgeo import gdal
from patch_networks import write_segmentation
from scenes import write_series
from series_samples import season_samples
from small_families import small, trained

from chronocover.core import journal
from chronocover.core.engine import EngineOptions
from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.provenance import Provenance
from chronocover.models import devices
from chronocover.models.card import TimeAxis
from chronocover.models.card_texts import parse_classes
from chronocover.models.describing import CardFacts, Reading
from chronocover.models.device_choices import AUTOMATIC, CHOICES, COREML, CPU, CUDA, DIRECTML
from chronocover.models.foreign import ForeignModel
from chronocover.models.mapping import MapFiles, classify_series
from chronocover.models.model_bytes import ModelGraph
from chronocover.models.patches.describing import PatchWish, describe_patch_model
from chronocover.models.session import ModelSession
from chronocover.models.workload import DATES_OF_NETWORKS, DATES_OF_OTHERS, DATES_OF_WIDE_STEPS, Workload

PROVIDERS = {CUDA: "CUDAExecutionProvider", DIRECTML: "DmlExecutionProvider", COREML: "CoreMLExecutionProvider"}
DATES = 12


class Log(Feedback):
    def __init__(self):
        self.facts, self.warnings = [], []

    def info(self, text):
        self.facts.append(text)

    def warning(self, text):
        self.warnings.append(text)


class Card:
    """A graphics card: a session of ONNX Runtime that says so, and that has memory for so many pixels only."""

    def __init__(self, provider, session, pixels, placed=1, factor=1.0):
        self._provider, self._session, self._pixels, self._factor = provider, session, pixels, factor
        self._placed = placed
        self.batches, self._busy = [], 0

    def get_providers(self):
        return [self._provider, "CPUExecutionProvider"]

    def get_provider_graph_assignment_info(self):
        groups = self._session.get_provider_graph_assignment_info()
        return [_Group(self._provider, group) if n < self._placed else group for n, group in enumerate(groups)]

    def run(self, wanted, values):
        self._busy += 1
        assert self._busy == 1, "two threads at once"
        try:
            (batch,) = values.values()
            self.batches.append(len(batch))
            if len(batch) > self._pixels:
                raise RuntimeError("CUDA failure 2: out of memory\nat some place.")
            return [
                found * self._factor if found.dtype == np.float32 else found
                for found in self._session.run(wanted, values)
            ]
        finally:
            self._busy -= 1


class _Group:
    def __init__(self, ep_name, group):
        self.ep_name, self.get_nodes = ep_name, group.get_nodes


@pytest.fixture
def machine(monkeypatch):
    """Put cards into the machine: ``machine(CUDA, pixels=…)``; returns those that were opened."""
    opened = []

    def put(*names, pixels=10**9, starts=True, **how):
        monkeypatch.setattr(
            onnxruntime,
            "get_available_providers",
            lambda: [*(PROVIDERS[name] for name in names), "CPUExecutionProvider"],
        )
        plainly = onnxruntime.InferenceSession

        def create(content, options, providers, **given):
            assert given == {} or given == {"enable_fallback": 0}
            session = plainly(content, options, providers=["CPUExecutionProvider"])
            name = providers[0][0] if isinstance(providers[0], tuple) else providers[0]
            if name == "CPUExecutionProvider" or not starts:
                return session  # as ONNX Runtime does where the driver is missing
            opened.append(Card(name, session, pixels, **how))
            opened[-1].options = options
            return opened[-1]

        monkeypatch.setattr(onnxruntime, "InferenceSession", create)
        return opened

    return put


@pytest.fixture(scope="module")
def samples():
    return season_samples(dates=DATES, per_class=15, noise=0.5)


@pytest.fixture(scope="module")
def kernels(samples, tmp_path_factory):
    return trained(small("MiniRocket"), samples, tmp_path_factory.mktemp("model") / "kernels.onnx")


@pytest.fixture(scope="module")
def forest(samples, tmp_path_factory):
    return trained(small("random forest"), samples, tmp_path_factory.mktemp("model") / "forest.onnx")


def many(samples, count=5000):
    return np.resize(samples.values, (count, DATES, 2))


def test_without_a_device_the_processor_runs_it(kernels, samples):
    log = Log()
    session = ModelSession.open(kernels, AUTOMATIC, log)
    assert session.device == CPU and session.troubles == [] and log.warnings == []
    assert log.facts == ["The model runs on the processor (CPU): onnxruntime offers nothing else."]
    np.testing.assert_array_equal(
        session.predict(samples.values)[1], ModelSession.open(kernels).predict(samples.values)[1]
    )


@pytest.mark.parametrize(("name", "system"), [(CUDA, "linux"), (DIRECTML, "win32"), (COREML, "darwin")])
def test_a_device_that_is_not_offered_is_said_with_what_brings_it(name, system, kernels, monkeypatch):
    monkeypatch.setattr(sys, "platform", system)
    log = Log()
    assert ModelSession.open(kernels, name, log).device == CPU
    (warning,) = log.warnings
    assert warning.startswith(
        f"{name} cannot run the model: this onnxruntime {onnxruntime.__version__} offers CPU only"
    )
    assert devices.PACKAGES[name] in warning and warning.endswith("The processor (CPU) does.")


@pytest.mark.parametrize(
    ("name", "system", "where"),
    [(DIRECTML, "linux", "Windows"), (COREML, "win32", "macOS"), (CUDA, "darwin", "Linux and Windows")],
)
def test_nobody_looks_for_a_package_that_is_for_other_systems(name, system, where, kernels, monkeypatch):
    monkeypatch.setattr(sys, "platform", system)
    log = Log()
    assert ModelSession.open(kernels, name, log).device == CPU
    assert log.warnings == [
        f"{name} cannot run the model: there is no {name} but for {where}. The processor (CPU) does."
    ]


def test_a_choice_that_there_is_not(kernels):
    with pytest.raises(ChronocoverError, match="no device “TPU”"):
        ModelSession.open(kernels, "TPU")


@pytest.mark.parametrize("choice", [AUTOMATIC, CUDA])
def test_a_device_runs_what_suits_it(choice, machine, kernels, samples):
    expected = ModelSession.open(kernels).predict(many(samples))
    (log, cards) = Log(), machine(CUDA)
    session = ModelSession.open(kernels, choice, log)
    assert session.device == CUDA and session.pixels_at_once == 65_536
    assert log.warnings == [] and log.facts[0].startswith("The model runs on CUDA (1 of its ")
    for found, known in zip(session.predict(many(samples)), expected):
        np.testing.assert_array_equal(found, known)
    assert cards[0].batches == [devices.TRIED_SERIES, 8192]  # filled up to one of a few sizes
    assert pickle.loads(pickle.dumps(session)).device == CUDA


def test_of_several_devices_the_first_that_works_is_taken(machine, kernels):
    machine(DIRECTML, COREML)
    assert ModelSession.open(kernels, AUTOMATIC).device == DIRECTML
    assert ModelSession.open(kernels, COREML).device == COREML
    assert ModelSession.open(kernels, CPU).device == CPU


def test_directml_gets_what_it_needs(machine, kernels):
    cards = machine(DIRECTML)
    ModelSession.open(kernels, DIRECTML)
    assert not cards[0].options.enable_mem_pattern
    assert cards[0].options.execution_mode == onnxruntime.ExecutionMode.ORT_SEQUENTIAL


def test_trees_stay_on_the_processor(machine, forest):
    cards, log = machine(CUDA), Log()
    assert ModelSession.open(forest, AUTOMATIC, log).device == CPU
    assert log.facts == ["The model runs on the processor (CPU), which suits it best."] and log.warnings == []
    assert ModelSession.open(forest, CUDA, log).device == CPU
    assert "made of trees" in log.warnings[0] and cards == []


def test_a_device_that_does_not_start(machine, kernels):
    machine(CUDA, starts=False)
    log = Log()
    assert ModelSession.open(kernels, AUTOMATIC, log).device == CPU
    assert "CUDA cannot run the model: it could not be started" in log.warnings[0]


def test_a_device_that_has_no_step_of_the_model(machine, kernels):
    machine(CUDA, placed=0)
    log = Log()
    assert ModelSession.open(kernels, CUDA, log).device == CPU
    assert "it has none of the model's steps" in log.warnings[0]


def test_a_device_that_computes_something_else_is_not_used(machine, kernels):
    machine(CUDA, factor=1.05)
    log = Log()
    assert ModelSession.open(kernels, CUDA, log).device == CPU
    assert "other probabilities than the processor" in log.warnings[0]


def test_a_device_that_raises_at_the_start(machine, kernels, monkeypatch):
    machine(CUDA, pixels=10)
    log = Log()
    assert ModelSession.open(kernels, CUDA, log).device == CPU
    assert log.warnings == [
        "CUDA cannot run the model: it failed on a trial (CUDA failure 2: out of memory). The processor (CPU) does."
    ]


def test_a_device_short_of_memory_gets_smaller_batches(machine, kernels, samples, monkeypatch):
    monkeypatch.setattr(devices, "LARGEST_BATCH", 4096)
    cards = machine(CUDA, pixels=2048)
    session = ModelSession.open(kernels, CUDA)
    values = many(samples, 10_000)
    with ThreadPoolExecutor(3) as pool:
        parts = list(pool.map(lambda start: session.predict(values[start : start + 3000]), range(0, 10_000, 3000)))
    expected = ModelSession.open(kernels).predict(values)
    for found, known in zip(zip(*parts), expected):
        np.testing.assert_array_equal(np.concatenate(found), known)
    assert session.troubles == [
        "CUDA failed on a batch of pixels, which the processor (CPU) computed instead: CUDA failure 2: out of memory. "
        "It goes on with batches of 2,048 pixels."
    ]
    assert cards[0].batches.count(4096) == 1 and 2048 in cards[0].batches


def test_a_device_that_fails_for_good_is_left_alone(machine, kernels, samples, monkeypatch):
    monkeypatch.setattr(devices, "LARGEST_BATCH", 4096)
    cards = machine(CUDA, pixels=devices.TRIED_SERIES)
    session = ModelSession.open(kernels, CUDA)
    for _ in range(5):
        session.predict(many(samples, 4096))
    assert cards[0].batches == [devices.TRIED_SERIES, 4096, 2048, 1024]
    (trouble,) = session.troubles
    assert trouble == (
        "CUDA failed on 3 batches of pixels, which the processor (CPU) computed instead: CUDA failure 2: out of "
        "memory. The processor (CPU) computes the rest."
    )


@pytest.mark.filterwarnings("ignore:Duplicate provider")
def test_onnxruntime_does_not_leave_a_device_that_fails_behind_our_back(kernels, samples, monkeypatch):
    """Its sessions go over to the processor by themselves when a device is lost, and only print it."""
    monkeypatch.setitem(devices.PROVIDERS, CUDA, ("CPUExecutionProvider", {}))  # the only one that is sure to be there
    expected = ModelSession.open(kernels).predict(samples.values)
    session = ModelSession.open(kernels, CUDA)
    on_device = session._on_device._session
    assert session.device == CUDA and isinstance(on_device, onnxruntime.InferenceSession)

    class Lost:
        def __init__(self, there):
            self._there = there

        def __getattr__(self, name):
            return getattr(self._there, name)

        def run(self, *_):
            raise EPFail("[ONNXRuntimeError] : 11 : EP_FAIL : CUDA failure 999: unknown error")

    processor = on_device._sess
    monkeypatch.setattr(on_device, "_sess", Lost(processor))
    monkeypatch.setattr(on_device, "set_providers", lambda *_: setattr(on_device, "_sess", processor))
    for found, known in zip(session.predict(samples.values), expected):
        np.testing.assert_array_equal(found, known)
    (trouble,) = session.troubles
    assert ": CUDA failure 999: unknown error. It goes on" in trouble


def test_the_library_that_is_lacking_is_named(machine, kernels, monkeypatch):
    def preload():
        print("Failed to load libcublasLt.so.13: cannot open shared object file: No such file or directory")
        print("Failed to load libcurand.so.10: cannot open shared object file: No such file or directory")
        print("Please follow https://onnxruntime.ai/docs/install/#cuda-and-cudnn to install CUDA.")

    machine(CUDA, starts=False)
    monkeypatch.setattr(onnxruntime, "preload_dlls", preload, raising=False)
    log = Log()
    ModelSession.open(kernels, CUDA, log)
    assert log.warnings == [
        "CUDA cannot run the model: it could not be started (Failed to load libcublasLt.so.13: cannot open shared "
        "object file: No such file or directory). Check that the device, its driver and its libraries are there. The "
        "processor (CPU) does."
    ]


def test_what_onnxruntime_complains_of_is_found_behind_where_in_its_code(tmp_path):
    """A batch that is too large for the memory, and a graph that does not fit it: errors as it really makes them."""
    values = [helper.make_tensor_value_info("x", 1, ["n", 4]), helper.make_tensor_value_info("shape", 7, ["m"])]

    def error_of(step, rows):
        graph = helper.make_graph(
            [helper.make_node(step, ["x", "shape"], ["y"])], "g", values, [helper.make_tensor_value_info("y", 1, None)]
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        session = onnxruntime.InferenceSession(model.SerializeToString(), options)
        with pytest.raises(Exception, match=r"bfc_arena\.cc|reshape_helper\.h") as caught:
            session.run(None, {"x": np.zeros((1, 4), np.float32), "shape": np.array([rows, 4])})
        return devices.first_line(caught.value)

    assert error_of("Expand", 10**13).startswith(
        "Failed to allocate memory for requested buffer of size 160000000000000"
    )
    assert error_of("Reshape", 5).startswith("input_shape_size == requested_shape_size was false. The input tensor")
    text = (
        "[ONNXRuntimeError] : 11 : EP_FAIL : Non-zero status code returned while running Conv node. Name:'c' Status "
        "Message: /onnxruntime_src/core/providers/cuda/cuda_call.cc:121 std::conditional_t<THRW, void, Status> "
        "onnxruntime::CudaCall(ERRTYPE, const char*, int) [with ERRTYPE = cudaError; bool THRW = true] CUDA failure "
        "700: an illegal memory access was encountered"
    )
    assert devices.first_line(RuntimeError(text)) == "CUDA failure 700: an illegal memory access was encountered"
    assert devices.first_line(RuntimeError("")) == "RuntimeError"


def test_a_map_says_what_ran_it(machine, kernels, samples, tmp_path, monkeypatch):
    monkeypatch.setattr(devices, "LARGEST_BATCH", 4096)
    values = np.resize(samples.values, (100, 80, DATES, 2))
    series = write_series(
        tmp_path / "s.tif", np.moveaxis(values, (2, 3), (0, 1)), samples.dates, samples.variables, nodata=np.nan
    )

    def mapped(name, **how):
        log, path = Log(), str(tmp_path / f"{name}.tif")
        classify_series(series, kernels, MapFiles(path), skip_units_check=True, feedback=log, **how)
        dataset = gdal.Open(path)
        return dataset.ReadAsArray(), dataset.GetMetadataItem("CHRONOCOVER_DEVICE"), log.warnings

    expected, device, warnings = mapped("cpu")
    assert device == CPU and warnings == []
    machine(CUDA)
    found, device, warnings = mapped("cuda", device=AUTOMATIC)
    assert device == CUDA and warnings == []
    np.testing.assert_array_equal(found, expected)
    machine(CUDA, pixels=2048)
    found, device, warnings = mapped("both", device=CUDA)
    assert device == "CUDA and CPU" and "It goes on with batches of 2,048 pixels" in warnings[0]
    np.testing.assert_array_equal(found, expected)


def test_a_run_that_was_interrupted_on_another_device_starts_anew(machine, kernels, samples, tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "BEGIN_AFTER", 0.0)
    monkeypatch.setattr(journal, "KEEP_AFTER", 0.0)
    values = np.resize(samples.values, (200, 80, DATES, 2))
    series = write_series(
        tmp_path / "s.tif", np.moveaxis(values, (2, 3), (0, 1)), samples.dates, samples.variables, nodata=np.nan
    )
    path = str(tmp_path / "map.tif")
    how = {"skip_units_check": True, "options": EngineOptions(memory_mb=1, threads=1)}

    class Cancelled(Log):
        done = 0.0

        def progress(self, fraction):
            self.done = fraction

        def is_cancelled(self):
            return self.done > 0.6

    classify_series(series, kernels, MapFiles(path), **how)
    expected = (tmp_path / "map.tif").read_bytes()
    machine(CUDA)
    with pytest.raises(CancelledError):
        classify_series(series, kernels, MapFiles(path), device=CUDA, feedback=Cancelled(), **how)
    log = Log()
    classify_series(series, kernels, MapFiles(path), device=CPU, feedback=log, **how)
    assert [line for line in log.facts if "settings (device)" in line]
    assert (tmp_path / "map.tif").read_bytes() == expected


def test_a_segmentation_gets_one_patch_at_a_time(machine, tmp_path):
    facts = CardFacts(
        TimeAxis.of_dates(foreign_models.DATES),
        foreign_models.VARIABLES,
        parse_classes("\n".join(foreign_models.NAMES)),
    )
    foreign = ForeignModel.open(write_segmentation(tmp_path / "network.onnx"))
    path = str(tmp_path / "with card.onnx")
    reading, wish = Reading(layout="flat date-major"), PatchWish(32, 25)
    describe_patch_model(foreign, facts, reading, wish, "", Provenance("test"), Feedback()).save(path)
    patch = np.random.default_rng(0).random((4, 3, 32, 32), dtype=np.float32)
    expected = ModelSession.open(path).segment(patch)
    cards = machine(CUDA)
    session = ModelSession.open(path, AUTOMATIC)
    assert session.device == CUDA
    np.testing.assert_array_equal(session.segment(patch), expected)
    assert cards[0].batches == [1, 1]
    cards[0]._pixels = 0
    for _ in range(2):
        np.testing.assert_array_equal(session.segment(patch), expected)
    assert cards[0].batches == [1, 1, 1] and session.troubles[0].endswith("The processor (CPU) computes the rest.")


def test_what_suits_a_device_and_how_much_a_processor_gets(kernels, forest, tmp_path):
    def workload(path):
        return Workload.of(ModelGraph.of(Path(path).read_bytes()))

    linear = write_linear_model(tmp_path / "linear.onnx", card_for(season_samples(dates=DATES).dates, ["red", "nir"]))
    assert workload(kernels) == Workload(DATES_OF_WIDE_STEPS, True)
    assert workload(forest) == Workload(DATES_OF_WIDE_STEPS, False)
    assert workload(linear) == Workload(DATES_OF_OTHERS, False, True)
    assert Workload.of(None) == Workload(DATES_OF_NETWORKS, False)
    assert Workload(3072).pixels_at_once(24) == 128 and Workload(3072).pixels_at_once(400) == 16


@pytest.mark.parametrize("name", ["TempCNN", "InceptionTime", "LSTM", "L-TAE"])
def test_networks_suit_a_device_and_get_few_pixels_at_a_time(name, samples, tmp_path):
    pytest.importorskip("torch")
    path = trained(small(name), samples, tmp_path / "network.onnx")
    assert Workload.of(ModelGraph.of(Path(path).read_bytes())) == Workload(DATES_OF_NETWORKS, True)


def test_every_choice_has_a_name(kernels):
    assert (AUTOMATIC, CPU, *devices.PROVIDERS) == CHOICES and set(devices.PACKAGES) == set(devices.PROVIDERS)
