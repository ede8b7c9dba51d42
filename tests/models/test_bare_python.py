"""Every kind of model file maps a scene where there is nothing but ONNX Runtime and NumPy."""

from dataclasses import replace

import numpy as np
import pytest
from bare_python import map_in_bare_python
from foreign_models import DATES, NAMES, VARIABLES, write_foreign
from series_samples import season_samples
from small_families import FAMILY_NAMES, small, trained

from chronocover.core.feedback import Feedback
from chronocover.core.provenance import Provenance
from chronocover.core.series.surroundings import cut_windows
from chronocover.models.card import TimeAxis
from chronocover.models.card_texts import parse_classes
from chronocover.models.describing import CardFacts, Reading, describe_model
from chronocover.models.ensembles import combine
from chronocover.models.foreign import ForeignModel
from chronocover.models.session import ModelSession


def scene(dates, variables, seed=4):
    """Float32 ``(rows, columns, dates, variables)`` with gaps and a pixel that was never observed."""
    random = np.random.default_rng(seed)
    values = random.normal(0.5, 0.6, (12, 17, dates, variables)).astype(np.float32)
    values[random.random(values.shape) < 0.2] = np.nan
    values[0, :3] = np.nan
    return values


def expected_map(path, values):
    """The codes that the plugin itself gives."""
    session = ModelSession.open(path)
    rows, columns = np.indices(values.shape[:2]).reshape(2, -1)
    side = session.card.context
    series = values[rows, columns] if side == 1 else cut_windows(values, rows, columns, side)
    return session.predict(series)[0].reshape(values.shape[:2])


def check_maps(paths, values, folder):
    np.save(folder / "scene.npy", values)
    for path, found in zip(paths, map_in_bare_python(paths, folder / "scene.npy")):
        np.testing.assert_array_equal(found, expected_map(path, values), err_msg=path)
        assert (found[0, :2] == 0).all() and (found > 0).mean() > 0.9


def test_every_family_and_their_ensembles(tmp_path):
    samples = season_samples(dates=10, per_class=15, noise=0.6)
    paths = [trained(small(name), samples, tmp_path / f"{number}.onnx") for number, name in enumerate(FAMILY_NAMES)]
    assert len(paths) >= 8
    combine(paths, [1] * len(paths), Provenance()).save(str(tmp_path / "all.onnx"))
    check_maps([*paths, str(tmp_path / "all.onnx")], scene(10, 2), tmp_path)


def test_pixels_with_their_surroundings(tmp_path):
    pytest.importorskip("torch")
    samples = season_samples(dates=12, per_class=30, noise=0.6)
    spread = np.random.default_rng(1).normal(0, 0.1, (*samples.values.shape, 3, 3))
    windows = (samples.values[..., None, None] + spread).astype(np.float32)
    windows[..., 1, 1] = samples.values
    around = trained(replace(small("LSTM"), context=3), replace(samples, windows=windows), tmp_path / "around.onnx")
    alone = trained(small("random forest"), samples, tmp_path / "alone.onnx")
    combine([around, alone], [1, 2], Provenance()).save(str(tmp_path / "both.onnx"))
    check_maps([around, str(tmp_path / "both.onnx")], scene(12, 2), tmp_path)


def test_a_model_of_another_program(tmp_path):
    facts = CardFacts(TimeAxis.of_dates(DATES), VARIABLES, parse_classes("\n".join(NAMES)))
    foreign = ForeignModel.open(write_foreign(tmp_path / "f.onnx", layout="variables by dates", kind=np.float64))
    path = str(tmp_path / "described.onnx")
    describe_model(foreign, facts, Reading(), "", Provenance(), Feedback()).save(path)
    check_maps([path], scene(len(DATES), len(VARIABLES)), tmp_path)
