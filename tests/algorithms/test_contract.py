"""What every registered algorithm keeps to, whoever adds it."""

import os
import re
from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
)

from chronocover.core.errors import ChronocoverError

ROOT = Path(__file__).resolve().parents[2]
LAYERS_AND_FILES = ("raster", "source", "vector", "file", "multilayer")

ALLOWED_FILE_FILTER = re.compile(r"^[^()]+ \(\*\.\w+( \*\.\w+)*\)(;;[^()]+ \(\*\.\w+( \*\.\w+)*\))*$")


@pytest.fixture(scope="module")
def algorithms(qgis_app):
    provider = QgsApplication.processingRegistry().providerById("chronocover")
    found = [algorithm.create() for algorithm in provider.algorithms()]
    assert found
    return found


def own(algorithms):
    return [algorithm for algorithm in algorithms if hasattr(algorithm, "NAME")]


def test_names_never_need_quoting(algorithms):
    for algorithm in own(algorithms):
        assert re.fullmatch(r"[a-z0-9]+", algorithm.name()), algorithm.name()


def test_parameters_are_named_and_explained(algorithms):
    for algorithm in own(algorithms):
        for parameter in algorithm.parameterDefinitions():
            where = f"{algorithm.name()}.{parameter.name()}"
            assert re.fullmatch(r"[A-Z][A-Z0-9_]*", parameter.name()), where
            assert len(parameter.help()) > 10, where
            assert parameter.description(), where


def test_helps_call_tools_and_labels_by_their_names(algorithms):
    of_qgis = {"Selected features only", "Tile index"}
    known = {algorithm.displayName() for algorithm in algorithms} | of_qgis
    known |= {each.description() for one in algorithms for each in one.parameterDefinitions()}
    known |= {option for one in own(algorithms) for each in one.parameterDefinitions() for option in options(each)}
    known = {name.lower() for name in known}
    for algorithm in own(algorithms):
        helps = [algorithm.shortHelpString(), *(each.help() for each in algorithm.parameterDefinitions())]
        for quoted in re.findall(r"“([A-Z][a-z][^”]*)”|<i>([A-Z][a-z][^<]*)</i>", " ".join(helps)):
            assert " ".join("".join(quoted).lower().split()) in known, (
                f"{algorithm.name()}: there is no “{''.join(quoted)}”"
            )


def options(parameter):
    return parameter.options() if isinstance(parameter, QgsProcessingParameterEnum) else []


def test_choices_are_texts(algorithms):
    for algorithm in own(algorithms):
        for parameter in algorithm.parameterDefinitions():
            if isinstance(parameter, QgsProcessingParameterEnum):
                where = f"{algorithm.name()}.{parameter.name()}"
                assert parameter.usesStaticStrings(), where
                assert not any("," in option for option in parameter.options()), f"{where}: QGIS splits it at the comma"


def test_every_algorithm_describes_itself(algorithms):
    for algorithm in algorithms:
        assert algorithm.displayName() and algorithm.group(), algorithm.name()
        assert algorithm.shortHelpString(), algorithm.name()
        assert not algorithm.icon().isNull(), algorithm.name()
    for algorithm in own(algorithms):
        assert algorithm.shortDescription().endswith("."), algorithm.name()
        assert algorithm.tags() and algorithm.helpUrl(), algorithm.name()


def test_file_filters_give_temporary_files_their_extension(algorithms):
    for algorithm in own(algorithms):
        for parameter in algorithm.destinationParameterDefinitions():
            if parameter.type() == "fileDestination":
                where = f"{algorithm.name()}.{parameter.name()}"
                assert ALLOWED_FILE_FILTER.match(parameter.createFileFilter().split(";;All files")[0]), where
                assert parameter.defaultFileExtension() != "file", where


def test_every_destination_is_also_an_output(algorithms):
    for algorithm in own(algorithms):
        outputs = {output.name() for output in algorithm.outputDefinitions()}
        for parameter in algorithm.destinationParameterDefinitions():
            assert parameter.name() in outputs, f"{algorithm.name()}.{parameter.name()}"


def test_advanced_parameters_have_a_default(algorithms):
    advanced = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    for algorithm in own(algorithms):
        for parameter in algorithm.parameterDefinitions():
            if parameter.flags() & advanced:
                has_value = parameter.defaultValue() is not None or parameter.flags() & optional
                assert has_value, f"{algorithm.name()}.{parameter.name()}"


def test_what_makes_a_raster_of_a_series_can_be_sent_to_a_cluster(algorithms):
    """The blocks of the engine: see test_on_cluster.py, which holds each of them to its result."""
    for algorithm in own(algorithms):
        series = algorithm.parameterDefinition("SERIES")
        rasters = [p for p in algorithm.destinationParameterDefinitions() if p.type() == "rasterDestination"]
        if series and series.type() == "raster" and rasters:
            scheduler = algorithm.parameterDefinition("SCHEDULER")
            assert scheduler, f"{algorithm.name()}: set ON_CLUSTER"
            assert scheduler.flags() & QgsProcessingParameterDefinition.Flag.FlagAdvanced, algorithm.name()
            assert scheduler.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional, algorithm.name()


def test_every_algorithm_has_its_icon_and_its_page(algorithms):
    for algorithm in own(algorithms):
        assert os.path.exists(algorithm.svgIconPath()), algorithm.name()
        page = algorithm.helpUrl().rsplit("/", 1)[1]
        assert (ROOT / "docs" / page).exists(), f"{page}: run scripts/make_docs.py"


def test_default_choices_are_among_the_choices(algorithms):
    for algorithm in own(algorithms):
        for parameter in algorithm.parameterDefinitions():
            if isinstance(parameter, QgsProcessingParameterEnum) and parameter.defaultValue() is not None:
                default = parameter.defaultValue()
                chosen = default if parameter.allowMultiple() and isinstance(default, list) else [default]
                assert set(chosen) <= set(parameter.options()), f"{algorithm.name()}.{parameter.name()}"


def test_choices_can_be_given_as_texts(algorithms):
    """QGIS splits texts at commas, and does not know a choice with one in it."""
    for algorithm in own(algorithms):
        for parameter in algorithm.parameterDefinitions():
            if isinstance(parameter, QgsProcessingParameterEnum):
                for option in parameter.options():
                    assert parameter.checkValueIsAcceptable(option), f"{algorithm.name()}.{parameter.name()}: {option}"


def failure(algorithm, parameters, feedback=None):
    """The message with which a run ends that must not succeed."""
    with pytest.raises(QgsProcessingException) as caught:
        algorithm.run(parameters, QgsProcessingContext(), feedback or QgsProcessingFeedback(), {}, False)
    return str(caught.value)


def destinations(algorithm, folder):
    return {
        parameter.name(): str(folder / f"{parameter.name().lower()}.{parameter.defaultFileExtension() or 'd'}")
        for parameter in algorithm.destinationParameterDefinitions()
    }


def test_wrong_inputs_end_the_run_with_a_sentence_and_without_output(algorithms, tmp_path):
    garbage = tmp_path / "garbage.tif"
    garbage.write_bytes(b"neither raster nor vector nor model")
    for algorithm in own(algorithms):
        for wrong in (str(tmp_path / "absent.tif"), str(garbage)):
            given = destinations(algorithm, tmp_path / "out")
            inputs = {p.name(): wrong for p in algorithm.parameterDefinitions() if p.type() in LAYERS_AND_FILES}
            if not inputs:
                given = {name: str(garbage) for name in given}
            message = failure(algorithm, {**given, **inputs})
            where = f"{algorithm.name()}: {message}"
            assert len(message) > 20 and "Traceback" not in message and "Error(" not in message, where
            assert not list(tmp_path.glob("out/*")), where


def test_missing_inputs_end_the_run(algorithms, tmp_path):
    for algorithm in own(algorithms):
        if any(parameter.type() in LAYERS_AND_FILES for parameter in algorithm.parameterDefinitions()):
            message = failure(algorithm, destinations(algorithm, tmp_path / "out"))
            assert len(message) > 20, f"{algorithm.name()}: {message}"


def test_the_run_validates_too_because_models_skip_the_dialog(algorithms, monkeypatch):
    def refuse(self, parameters, context):
        raise ChronocoverError("The inputs do not fit together.")

    for algorithm in own(algorithms):
        monkeypatch.setattr(type(algorithm), "validate", refuse)
        monkeypatch.setattr(type(algorithm), "REQUIRES", ())
        assert "do not fit together" in failure(algorithm, {})
        ok, message = algorithm.checkParameterValues({}, QgsProcessingContext())
        assert not ok and message


def test_a_wrong_input_of_a_step_fails_the_model(qgis_app, tmp_path):
    (tmp_path / "truth.tif").write_text("somebody's work")
    model = QgsProcessingModelAlgorithm("Model", "Tests")
    child = QgsProcessingModelChildAlgorithm("chronocover:createdemo")
    child.setChildId("demo")
    values = {"SIZE": 100, "DATES": 1, "YEAR": 2025, "CLOUDS": 10, "SEED": 1, "OUTPUT": str(tmp_path)}
    for name, value in values.items():
        child.addParameterSources(name, [QgsProcessingModelChildParameterSource.fromStaticValue(value)])
    model.addChildAlgorithm(child)
    feedback = QgsProcessingFeedback()
    message = failure(model, {}, feedback)
    assert "not of a demo scene" in message + feedback.textLog()  # which of the two depends on the version of QGIS
    assert (tmp_path / "truth.tif").read_text() == "somebody's work"


def test_no_parameter_is_there_twice(algorithms):
    """QGIS ignores the second one of a name without a word, and both would read the value of the first."""
    algorithm = own(algorithms)[0].create()
    first = algorithm.parameterDefinitions()[0]
    with pytest.raises(ValueError, match=f"has a parameter {first.name()} already"):
        algorithm.add(QgsProcessingParameterEnum(first.name(), "Again", ["one"]), "Help of the second one.")


def test_trainings_choose_settings_by_what_they_are_told_to(algorithms):
    for algorithm in own(algorithms):
        if algorithm.parameterDefinition("TRIALS"):
            assert algorithm.parameterDefinition("BEST_BY").options() == ["accuracy", "macro F1"], algorithm.name()
