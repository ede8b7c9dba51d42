"""Numbers out of range and unknown choices are told in words, in a step of a model too."""

import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
)

VALUES = {"SIZE": 100, "DATES": 1, "YEAR": 2025, "CLOUDS": 10, "SEED": 1}
WRONG = [
    ({"CLOUDS": 95}, "“Clouds (%)” (CLOUDS) is 95. It can be at least 0 and at most 90."),
    ({"CLOUDS": "many"}, "“Clouds (%)” (CLOUDS) is “many”, which is no number."),
    ({"CLOUDS": float("nan")}, "(CLOUDS) is nan"),
    ({"SEED": -1}, "“Seed” (SEED) is -1. It can be at least 0 and at most 2147483647."),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG)
def test_a_wrong_number_says_what_it_can_be(run, tmp_path, wrong, message):
    with pytest.raises(QgsProcessingException) as raised:
        run("createdemo", OUTPUT=str(tmp_path), **{**VALUES, **wrong})
    assert message in str(raised.value)


@pytest.mark.parametrize(("wrong", "message"), WRONG)
def test_a_wrong_number_in_a_model_too(qgis_app, tmp_path, wrong, message):
    model = QgsProcessingModelAlgorithm("Model", "Tests")
    child = QgsProcessingModelChildAlgorithm("chronocover:createdemo")
    child.setChildId("demo")
    for name, value in {**VALUES, **wrong, "OUTPUT": str(tmp_path)}.items():
        child.addParameterSources(name, [QgsProcessingModelChildParameterSource.fromStaticValue(value)])
    model.addChildAlgorithm(child)
    feedback = QgsProcessingFeedback()
    with pytest.raises(QgsProcessingException) as raised:
        model.create().run({}, QgsProcessingContext(), feedback, {}, False)
    assert message in feedback.textLog() + str(raised.value)
    assert not list(tmp_path.iterdir())


def test_numbers_as_text_are_numbers(run, tmp_path):
    values = {name: str(value) for name, value in VALUES.items()}
    assert run("createdemo", OUTPUT=str(tmp_path / "demo"), **values)["IMAGES_COUNT"] == 1


def test_an_unknown_choice_lists_the_known_ones(run, tmp_path):
    with pytest.raises(QgsProcessingException, match=r"“Resampling of data” .* is “best”. Choose one of: bilinear, "):
        run("buildseries", FOLDER=str(tmp_path), RESAMPLING="best", OUTPUT=str(tmp_path / "s.vrt"))
