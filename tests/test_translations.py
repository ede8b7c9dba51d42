"""What users see is translated, and the compiled translations say what their sources say."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QTranslator
from test_plugin import in_fresh_qgis, plugins  # noqa: F401 - the fixture of a plugin folder

ROOT = Path(__file__).resolve().parents[1]
TRANSLATIONS = sorted((ROOT / "i18n").glob("*.ts"))
sys.path.append(str(ROOT / "scripts"))


@pytest.fixture(params=TRANSLATIONS, ids=lambda path: path.stem)
def messages(request):
    """A translation's file with its messages."""
    import translate

    return request.param, translate.read(request.param)


def test_there_is_a_french_translation():
    assert "chronocover_fr.ts" in [path.name for path in TRANSLATIONS]


def test_titles_and_labels_are_translated_and_in_step(qgis_app, messages):
    import translate

    path, found = messages
    shown = {text for text, seen in translate.texts().items() if seen.split(" ", 1)[0] in translate.LABELS}
    translated = {text for text, message in found.items() if message.translation and not message.vanished}
    missing = sorted(shown - translated)
    assert not missing, f"run scripts/translate.py, then translate in {path.name}: {missing}"
    labels = {text for text, message in found.items() if message.kind in translate.LABELS and not message.vanished}
    assert not labels - shown, f"{path.name} has texts that are no longer there: run scripts/translate.py"


def test_placeholders_survive_translation(messages):
    for text, message in messages[1].items():
        if message.translation:
            assert re.findall(r"\{\w*\}", text) == re.findall(r"\{\w*\}", message.translation), text
            assert re.findall(r"\(\*\.\w+\)", text) == re.findall(r"\(\*\.\w+\)", message.translation), text


def test_translations_are_set_as_their_texts_are(messages):
    for text, message in messages[1].items():
        if message.translation and not message.vanished:
            assert re.findall(r"</?\w+", text) == re.findall(r"</?\w+", message.translation), text


def test_a_translation_is_about_as_long_as_its_text(messages):
    for text, message in messages[1].items():
        if message.translation and not message.vanished and len(text) > 40:
            assert 0.6 < len(message.translation) / len(text) < 2, f"that of another text? {text}"


def test_the_compiled_file_says_what_its_source_says(qgis_app, messages):
    path, found = messages
    translator = QTranslator()
    assert translator.load(path.with_suffix(".qm").name, str(path.parent))
    QCoreApplication.installTranslator(translator)
    try:
        said = {text: QCoreApplication.translate("Chronocover", text) for text in found}
    finally:
        QCoreApplication.removeTranslator(translator)
    expected = {text: text if one.vanished else one.translation or text for text, one in found.items()}
    assert said == expected, "run scripts/translate.py"


SHOW = """
from qgis.core import QgsSettings
QgsSettings().setValue("locale/userLocale", "fr_FR")
load()
import json
shown = {}
for algorithm in registry.providerById("chronocover").algorithms():
    algorithm = algorithm.create()
    own = [*algorithm.parameterDefinitions(), *algorithm.outputDefinitions()]
    labels = {one.name(): one.description() for one in own}
    shown[algorithm.name()] = [algorithm.displayName(), algorithm.group(), algorithm.shortDescription(), labels]
print(json.dumps(shown))
"""


def test_a_french_qgis_shows_french_titles(qgis_app, plugins):  # noqa: F811
    import translate
    from qgis.core import QgsApplication

    french = {text: one.translation for text, one in translate.read(ROOT / "i18n" / "chronocover_fr.ts").items()}
    shown = json.loads(in_fresh_qgis(plugins, SHOW).splitlines()[-1])
    assert shown["classifyseries"][0] == "Classer une série temporelle d'images"
    assert shown["classifyseries"][3]["SERIES"] == "Série temporelle d'images"
    assert shown["imagesandlabelstomap"][1] == "Chaînes de traitement"
    assert shown["prepareseries"][3]["MASK_THRESHOLD"] == "Masquer les nuages\u00a0: Seuil"
    assert shown["prepareseries"][3]["INDEX_FIRST"].startswith("Indices spectraux\u00a0: de chaque")
    for algorithm in QgsApplication.processingRegistry().providerById("chronocover").algorithms():
        algorithm = algorithm.create()
        title, group, summary, labels = shown[algorithm.name()]
        assert (title, group) == (french[algorithm.displayName()], french[algorithm.group()])
        assert summary != algorithm.shortDescription() and summary.endswith(".")
        for one in [*algorithm.parameterDefinitions(), *algorithm.outputDefinitions()]:
            if one.description() in french:  # the others are put together from two
                assert labels[one.name()] == french[one.description()], f"{algorithm.name()}.{one.name()}"


def test_new_texts_are_unfinished_and_vanished_ones_are_kept(tmp_path):
    import translate

    path = tmp_path / "chronocover_xx.ts"
    translate.write(path, "xx", translate.updated({}, {"One & <b>two</b>": "label of a B", "Three": "title of a"}))
    begun = translate.read(path)
    begun["One & <b>two</b>"].translation = "Un & <b>deux</b>"
    translate.write(path, "xx", translate.updated(begun, {"Three": "title of a", "Four": "title of b"}))
    later = translate.read(path)
    assert later["One & <b>two</b>"].vanished and later["One & <b>two</b>"].translation == "Un & <b>deux</b>"
    assert not later["Four"].vanished and path.read_text().count('type="unfinished"') == 2
    again = translate.updated(later, {"One & <b>two</b>": "label of a B"})
    assert again["One & <b>two</b>"] == translate.Message("Un & <b>deux</b>", "label of a B")


def test_a_computer_without_lrelease_is_told_which_package_to_install():
    code = "import sys; sys.path.append('scripts'); import translate; translate.lrelease()"
    blind = "import shutil; shutil.which = lambda name: None; "
    done = subprocess.run([sys.executable, "-c", blind + code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "qttools5-dev-tools" in done.stderr


def test_the_zip_carries_the_compiled_translations():
    import make_zip

    packed = [name for name in make_zip.contents() if name.startswith("i18n/")]
    assert packed == [f"i18n/{path.stem}.qm" for path in TRANSLATIONS]
