"""Running a model file, and what is said of files that are none."""

import datetime
import pickle
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import pytest
from linear_model import card_for, expected_probabilities, weights_for, write_linear_model

from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.stopping import StopSignal, listen_to
from chronocover.models.card import PROBABILITIES, TimeAxis
from chronocover.models.session import ModelSession

DATES = [datetime.date(2021, 3, 1), datetime.date(2021, 4, 1), datetime.date(2021, 6, 1)]
VALUES = np.random.default_rng(0).random((10_000, 3, 2), dtype=np.float32)


@pytest.fixture
def path(tmp_path):
    return write_linear_model(tmp_path / "modèle 1.onnx", card_for(DATES, ["red", "nir"]))


def test_labels_and_probabilities_are_the_models(path):
    session = ModelSession.open(path)
    labels, probabilities = session.predict(VALUES)
    expected = expected_probabilities(VALUES, weights_for(3, 2, 3))
    np.testing.assert_allclose(probabilities, expected, atol=1e-5)
    np.testing.assert_array_equal(labels, np.array([1, 3, 7])[probabilities.argmax(axis=1)])
    assert session.card.legend.names == ["forêt", "water body", "crop"]


def test_threads_share_a_session(path):
    session = ModelSession.open(path)
    whole = session.predict(VALUES)[1]
    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(lambda start: session.predict(VALUES[start : start + 777])[1], range(0, 10_000, 777)))
    np.testing.assert_array_equal(np.concatenate(parts), whole)


def test_no_pixels_no_labels(path):
    labels, probabilities = ModelSession.open(path).predict(VALUES[:0])
    assert labels.shape == (0,) and probabilities.shape == (0, 3)


def test_cancelling_between_batches(path):
    class Stopped(Feedback):
        def is_cancelled(self):
            return True

    with pytest.raises(CancelledError):
        ModelSession.open(path).predict(VALUES, Stopped())


def test_a_file_that_is_no_model(tmp_path):
    (tmp_path / "notes.onnx").write_text("nothing")
    with pytest.raises(ChronocoverError, match="is not an ONNX model"):
        ModelSession.open(str(tmp_path / "notes.onnx"))
    with pytest.raises(ChronocoverError, match="no model file"):
        ModelSession.open(str(tmp_path / "gone.onnx"))


def test_a_truncated_model(path, tmp_path):
    broken = tmp_path / "broken.onnx"
    with open(path, "rb") as file:
        broken.write_bytes(file.read()[:200])
    with pytest.raises(ChronocoverError, match=r"broken\.onnx"):
        ModelSession.open(str(broken))


def test_a_model_of_another_program(tmp_path):
    path = write_linear_model(tmp_path / "m.onnx", card_for(DATES, ["red", "nir"]), metadata=False)
    with pytest.raises(ChronocoverError, match="made by another program"):
        ModelSession.open(path)


def test_a_card_that_is_not_of_this_graph(path, tmp_path):
    model = onnx.load(path)
    onnx.helper.set_model_props(model, {"chronocover": card_for(DATES[:2], ["red", "nir"]).to_json()})
    onnx.save(model, str(tmp_path / "mixed.onnx"))
    with pytest.raises(ChronocoverError, match="3 dates × 2 variables, its card 2 × 2"):
        ModelSession.open(str(tmp_path / "mixed.onnx"))


def test_a_card_that_cannot_be_read(path, tmp_path):
    model = onnx.load(path)
    onnx.helper.set_model_props(model, {"chronocover": "{}"})
    onnx.save(model, str(tmp_path / "card.onnx"))
    with pytest.raises(ChronocoverError, match="model card"):
        ModelSession.open(str(tmp_path / "card.onnx"))


def test_values_of_another_shape(path):
    with pytest.raises(ChronocoverError, match="3 dates × 2 variables"):
        ModelSession.open(path).predict(VALUES[:, :2])


def test_texts_that_are_no_utf8(path, tmp_path):
    content = Path(path).read_bytes()
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(content.replace(b'"variables"', b'"variab\xffes"'))
    with pytest.raises(ChronocoverError, match="damaged"):
        ModelSession.open(str(broken))


def test_a_model_that_is_replaced_while_it_is_open(path, tmp_path):
    """It remains what it was, and is not sent to other computers as something else."""
    own = tmp_path / "own.onnx"
    own.write_bytes(Path(path).read_bytes())
    session = ModelSession.open(str(own))
    known, values = session.sha256(), np.zeros((3, *_shape(session)), np.float32)
    expected = session.predict(values)[1]
    assert pickle.loads(pickle.dumps(session)).sha256() == known
    own.write_bytes(own.read_bytes() + b"\0" * 8)
    assert session.sha256() == known
    np.testing.assert_array_equal(session.predict(values)[1], expected)
    with pytest.raises(ChronocoverError, match="replaced"):
        pickle.dumps(session)


def test_a_network_ends_between_two_of_its_steps_when_the_run_is_stopped(path, tmp_path):
    """A patch of a large network takes many seconds."""
    model = onnx.load(path)
    sizes = model.graph.input[0].type.tensor_type.shape.dim
    width = sizes[1].dim_value * sizes[2].dim_value
    square = np.full((width, width), 1 / width, np.float32)
    model.graph.initializer.append(onnx.numpy_helper.from_array(square, "square"))
    last = "flat"
    steps = []
    for number in range(3_000):
        steps.append(onnx.helper.make_node("MatMul", [last, "square"], [f"step{number}"]))
        last = f"step{number}"
    scores = next(node for node in model.graph.node if node.output[0] == "scores")
    scores.input[0] = last
    position = list(model.graph.node).index(scores)
    nodes = [*model.graph.node[:position], *steps, *model.graph.node[position:]]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, str(tmp_path / "long.onnx"))
    session, stopped, ended = ModelSession.open(str(tmp_path / "long.onnx")), StopSignal(), []

    def compute():
        listen_to(stopped)
        values = np.zeros((400_000, *_shape(session)), np.float32)
        try:
            session._outputs([PROBABILITIES], values)
        except CancelledError:
            ended.append("cancelled")

    thread = threading.Thread(target=compute)
    thread.start()
    time.sleep(0.2)
    stopped.set()
    thread.join()
    assert ended == ["cancelled"]


def _shape(session):
    return len(session.card.time_axis.days), len(session.card.variables)


def test_the_hash_is_the_files(path):
    import hashlib

    with open(path, "rb") as file:
        assert ModelSession.open(path).sha256() == hashlib.sha256(file.read()).hexdigest()
    assert TimeAxis.of_dates(DATES) == ModelSession.open(path).card.time_axis
