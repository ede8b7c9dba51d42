"""The reference in docs/ says what the algorithms say."""

import sys
from pathlib import Path

from qgis.core import QgsApplication  # noqa: F401 - the pages come from a running QGIS

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "scripts"))


def test_the_pages_are_up_to_date(qgis_app):
    import make_docs

    for name, text in make_docs.pages(make_docs.registered()).items():
        path = ROOT / "docs" / name
        assert path.exists() and path.read_text(encoding="utf-8") == text, f"docs/{name}: run scripts/make_docs.py"


def test_links_between_pages_lead_somewhere():
    import re

    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_help_button_leads_to_the_repository_of_the_metadata():
    import re

    from chronocover.algorithms.base import DOCS

    metadata = (ROOT / "metadata.txt").read_text(encoding="utf-8")
    (homepage,) = re.findall(r"^homepage=(.+)$", metadata, re.MULTILINE)
    assert DOCS.split("/blob/")[0] == homepage
