"""Writes core/data/spectral_indices.json and docs/spectral-indices.md from the Awesome Spectral Indices catalogue.

    pip download --no-deps spyndex && python scripts/make_index_catalogue.py spyndex-*.whl

The wheel of spyndex carries the catalogue. Only its data are taken: the package itself evaluates formulas as Python
code and needs packages that QGIS does not bring.
"""

import json
import re
import sys
import zipfile

from checkout import ROOT, load_package

SOURCE = "Awesome Spectral Indices, https://github.com/awesome-spectral-indices/awesome-spectral-indices"


def catalogue(wheel: str) -> dict:
    """The catalogue in a wheel of spyndex, with what is needed to compute and to cite each index."""
    with zipfile.ZipFile(wheel) as archive:
        names = {name.rsplit("/", 1)[-1]: name for name in archive.namelist()}
        indices = json.loads(archive.read(names["spectral-indices-dict.json"]))["SpectralIndices"]
        constants = json.loads(archive.read(names["constants.json"]))
        licence = archive.read(names["LICENSE"]).decode("utf-8")
    return {
        "source": f"{SOURCE}, as of spyndex {re.search(r'spyndex-([0-9.]+)-', wheel).group(1)}",
        "licence": licence.strip(),
        "constants": {
            name: [found["default"], found["description"].split(". This")[0]]
            for name, found in sorted(constants.items())
            if any(name in index["bands"] for index in indices.values())
        },
        "indices": {
            name: [found["long_name"], found["formula"], found["application_domain"], found["reference"]]
            for name, found in sorted(indices.items())
        },
    }


def as_text(found: dict) -> str:
    """JSON with one line an index."""

    def lines(items: dict) -> str:
        return ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in items.items())

    return (
        f'{{\n"source": {json.dumps(found["source"])},\n"licence": {json.dumps(found["licence"])},\n'
        f'"constants": {{\n{lines(found["constants"])}\n}},\n"indices": {{\n{lines(found["indices"])}\n}}\n}}\n'
    )


def page() -> str:
    """The catalogue as a page of the documentation."""
    load_package()
    from chronocover.core.time_series.index_catalogue import BANDS, CATALOGUE, CONSTANTS, INDICES

    rows = [
        "<!-- Made by scripts/make_index_catalogue.py. -->",
        "",
        "# Spectral indices by name",
        "",
        "These are the names that “[Spectral indices](spectralindices.md)” knows.",
        f"Source: {CATALOGUE['source']}. MIT License, Copyright (c) 2021 David Montero Loaiza.",
        "",
        "Letters stand for bands, and a band is any of these variables, in this order:",
        "",
        "| letter | variable of the series |",
        "|---|---|",
        *(f"| {letter} | {', '.join(names)} |" for letter, names in BANDS.items()),
        "",
        "| constant | value | what it is |",
        "|---|---|---|",
        *(
            f"| {name} | {'to be given' if value is None else f'{value:g}'} | {about} |"
            for name, (value, about) in CONSTANTS.items()
        ),
        "",
        "| index | what it is | domain | formula |",
        "|---|---|---|---|",
    ]
    for index in INDICES.values():
        own = "".join(f"; {name} = {value:g}" for name, value in index.constants.items())
        rows.append(
            f"| [{index.name}]({index.reference}) | {index.title.strip()} | {index.domain} | `{index.formula}`{own} |"
        )
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    target = ROOT / "core" / "data" / "spectral_indices.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(as_text(catalogue(sys.argv[1])), encoding="utf-8")
    (ROOT / "docs" / "spectral-indices.md").write_text(page(), encoding="utf-8")
