"""What every registered algorithm keeps to, whoever adds it."""

import re

import pytest
from qgis.core import QgsApplication, QgsProcessingParameterDefinition, QgsProcessingParameterEnum

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


def test_choices_are_texts(algorithms):
    for algorithm in own(algorithms):
        for parameter in algorithm.parameterDefinitions():
            if isinstance(parameter, QgsProcessingParameterEnum):
                assert parameter.usesStaticStrings(), f"{algorithm.name()}.{parameter.name()}"


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
