"""The reference in docs/ says what the algorithms say."""

import re
import sys
from pathlib import Path

from qgis.core import QgsApplication, QgsProcessingContext

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "scripts"))


def test_the_pages_are_up_to_date(qgis_app):
    import make_docs

    for name, text in make_docs.pages(make_docs.registered()).items():
        path = ROOT / "docs" / name
        assert path.exists() and path.read_text(encoding="utf-8") == text, f"docs/{name}: run scripts/make_docs.py"


def test_links_between_pages_lead_somewhere():
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_help_button_leads_to_the_repository_of_the_metadata():
    from chronocover.algorithms.base import DOCS

    metadata = (ROOT / "metadata.txt").read_text(encoding="utf-8")
    (homepage,) = re.findall(r"^homepage=(.+)$", metadata, re.MULTILINE)
    assert DOCS.split("/blob/")[0] == homepage


def test_the_examples_for_the_command_line_lack_nothing_but_their_files(qgis_app):
    checked = 0
    for algorithm in QgsApplication.processingRegistry().providerById("chronocover").algorithms():
        if not hasattr(algorithm, "compute"):
            continue  # a workflow, which QGIS checks itself
        values = {}
        text = (ROOT / "docs" / f"{algorithm.name()}.md").read_text(encoding="utf-8")
        for word in re.search(r"qgis_process run [^`]+", text).group().replace("\\\n", " ").split()[4:]:
            name, value = word.split("=")
            values.setdefault(name, []).append(value)
        given = {name: several[0] if len(several) == 1 else several for name, several in values.items()}
        instance = algorithm.create()
        unknown = given.keys() - {definition.name() for definition in instance.parameterDefinitions()}
        assert not unknown, algorithm.name()
        try:
            instance.validate(given, QgsProcessingContext())
        except Exception as error:
            files = [value for several in values.values() for value in several if "." in value]
            assert any(file in str(error) for file in files), f"{algorithm.name()}: {error}"
        checked += 1
    assert checked > 30
