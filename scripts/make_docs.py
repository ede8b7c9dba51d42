"""Writes docs/ALGORITHM.md and docs/README.md from the registered algorithms: python scripts/make_docs.py

A test fails when they are stale.
"""

import html
import os
import re
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
FOLDER_NAME = "docs"
NOTE = "<!-- Made by scripts/make_docs.py from the algorithm itself: edit it there. -->"
TYPES = {
    "raster": "raster layer",
    "source": "vector layer",
    "vector": "vector layer",
    "multilayer": "list of layers",
    "file": "file",
    "field": "field name",
    "number": "number",
    "string": "text",
    "boolean": "true or false",
    "extent": "extent",
    "crs": "CRS",
    "band": "band number",
    "distance": "distance",
    "matrix": "table",
    "enum": "choice",
    "rasterDestination": "raster to write",
    "vectorDestination": "vector layer to write",
    "sink": "vector layer to write",
    "fileDestination": "file to write",
    "folderDestination": "folder to write",
    "outputNumber": "number",
    "outputString": "text",
    "outputRaster": "raster layer",
    "outputVector": "vector layer",
    "outputFile": "file",
    "outputHtml": "HTML file",
    "outputFolder": "folder",
}
EXAMPLES = {
    "buildseries": {"FOLDER": "images"},
    "extractsamples": {"LABELS": "labels.gpkg", "FIELD": "crop"},
    "imagesandlabelstomap": {"FOLDER": "images", "LABELS": "labels.gpkg", "FIELD": "crop"},
    "cloudyimagesandlabelstomap": {"FOLDER": "images", "LABELS": "labels.gpkg", "FIELD": "crop"},
    "spectralindices": {"INDICES": "NDVI"},
    "importsamples": {"FILES": "samples.csv"},
    "ensemblemodels": {"MODELS": ["forest.onnx", "minirocket.onnx"]},
    "labelclusters": {"TABLE": "names.csv"},
    "clustergridsearch": {"SERIES": "series.vrt", "REPORT": "search.html"},
    "classifytiles": {"FOLDER": "series", "MOSAIC": "mosaic.vrt"},
    "classifynewimages": {"FOLDER": "images_2026", "MODEL": "model.onnx"},
    "classifynewcloudyimages": {"FOLDER": "images_2026", "MODEL": "model.onnx"},
}


def pages(algorithms) -> dict:
    """File name → text of every page, for instances of the registered algorithms, in their order."""
    made = {f"{algorithm.name()}.md": page(algorithm) for algorithm in algorithms}
    made["README.md"] = index(algorithms)
    return made


def index(algorithms) -> str:
    lines = [
        NOTE,
        "",
        "# Chronocover: documentation",
        "",
        "Start with the [README](../README.md) and a first map; [concepts](concepts.md) explains what flows between",
        "the steps. Every algorithm is in the Processing toolbox, in the graphical modeler and in `qgis_process`;",
        "[long runs](long-runs.md) go on after an interruption, [several computers](cluster.md) can share the work.",
        "[Benchmarks](benchmarks.md) say how fast it is, beside other programs, and what a Sentinel-2 tile takes.",
    ]
    group = None
    for algorithm in algorithms:
        if algorithm.group() != group:
            group = algorithm.group()
            lines += ["", f"## {group}", "", "| algorithm | what it does |", "|---|---|"]
        lines.append(f"| [{algorithm.displayName()}]({algorithm.name()}.md) | {cell(summary(algorithm))} |")
    return "\n".join(lines) + "\n"


def page(algorithm) -> str:
    inputs, destinations = [], []
    for parameter in algorithm.parameterDefinitions():
        (destinations if parameter.isDestination() else inputs).append(parameter)
    lines = [NOTE, "", f"# {algorithm.displayName()}", "", summary(algorithm)]
    if not is_workflow(algorithm):
        lines += ["", markdown(algorithm.shortHelpString())]
    lines += ["", "## Parameters", "", "| name | what it is | type | default |", "|---|---|---|---|"]
    for parameter in inputs:
        about = f"**{parameter.description()}**. {help_of(algorithm, parameter)}"
        lines.append(f"| `{parameter.name()}` | {cell(about)} | {kind(parameter)} | {default(parameter)} |")
    lines += ["", "## Results", "", "| name | what it is | type |", "|---|---|---|"]
    for parameter in destinations:
        about = f"**{parameter.description()}**. {help_of(algorithm, parameter)}"
        lines.append(f"| `{plain_name(parameter.name())}` | {cell(about)} | {kind(parameter)} |")
    written = {parameter.name() for parameter in destinations}
    for output in [] if is_workflow(algorithm) else algorithm.outputDefinitions():
        if output.name() not in written:
            lines.append(f"| `{output.name()}` | {cell(output.description())} | {TYPES[output.type()]} |")
    lines += ["", "## From the command line", "", "```bash", command(algorithm, inputs, destinations), "```"]
    if is_workflow(algorithm):
        lines += [
            "",
            f"`qgis_process help chronocover:{algorithm.name()}` shows how your version of QGIS calls the results: "
            "`MAP`, say, or `classifyseries:MAP`.",
        ]
    return "\n".join(lines) + "\n"


def is_workflow(algorithm) -> bool:
    return hasattr(algorithm, "helpContent")


def summary(algorithm) -> str:
    return algorithm.helpContent().get("ALG_DESC", "") if is_workflow(algorithm) else algorithm.shortDescription()


def help_of(algorithm, parameter) -> str:
    if is_workflow(algorithm):
        content = algorithm.helpContent()
        return content.get(parameter.name()) or content.get(plain_name(parameter.name())) or parameter.help()
    return parameter.help()


def plain_name(name: str) -> str:
    """A model's result is called ``step:MAP``, ``MAP`` or ``map``, by the version of QGIS."""
    return name.split(":")[-1].upper()


def kind(parameter) -> str:
    text = TYPES[parameter.type()]
    if parameter.type() == "file" and parameter.behavior() == parameter.Behavior.Folder:
        text = "folder"
    if parameter.type() == "enum":
        text = "one of " + ", ".join(f"`{option}`" for option in parameter.options())
        if parameter.allowMultiple():
            text = text.replace("one of", "any of")
    return text + (", optional" if flag(parameter, "FlagOptional") else "")


def flag(parameter, name: str) -> bool:
    from qgis.core import QgsProcessingParameterDefinition

    return bool(parameter.flags() & getattr(QgsProcessingParameterDefinition.Flag, name))


def default(parameter) -> str:
    value = parameter.defaultValue()
    if isinstance(value, (list, tuple)):
        value = ", ".join(str(item) for item in value)
    text = f"{value:g}" if isinstance(value, float) else str(value).lower() if isinstance(value, bool) else str(value)
    shown = "" if value in (None, "") else f"`{text}`"
    return f"{shown} (advanced)".strip() if flag(parameter, "FlagAdvanced") else shown


def command(algorithm, inputs: list, destinations: list) -> str:
    given = dict(EXAMPLES.get(algorithm.name(), {}))
    for parameter in inputs:
        if not flag(parameter, "FlagOptional") and parameter.defaultValue() is None and parameter.name() not in given:
            given[parameter.name()] = example(parameter)
    for parameter in destinations:
        if not flag(parameter, "FlagOptional"):
            given[plain_name(parameter.name())] = example(parameter)
    words = [
        f"  {name}={value}"
        for name, values in given.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return " \\\n".join([f"qgis_process run chronocover:{algorithm.name()} --", *words])


def example(parameter) -> str:
    name = plain_name(parameter.name()).lower()
    if parameter.type() == "folderDestination":
        return name
    if parameter.isDestination():
        return f"{name}.{parameter.defaultFileExtension()}"
    if parameter.type() == "file":
        extension = re.search(r"\*\.(\w+)", parameter.fileFilter()) or re.search(
            r"(\w+)", parameter.extension() or "txt"
        )
        return f"{name}.{extension.group(1)}"
    by_type = {"source": "gpkg", "vector": "gpkg", "raster": "vrt" if name == "series" else "tif"}
    return f"{name}.{by_type[parameter.type()]}" if parameter.type() in by_type else "crop"


def cell(text: str) -> str:
    """One line for a table."""
    return re.sub(r"\s+", " ", markdown(text)).replace("|", "\\|").strip()


def markdown(text: str) -> str:
    """The little HTML of our helps as Markdown."""
    for pattern, replacement in (
        (r"\s*\n\s*", " "),
        (r"</?(b|strong)>", "**"),
        (r"</?(i|em)>", "*"),
        (r"</?code>", "`"),
        (r"<br ?/?>", "\n"),
        (r"\s*<li>\s*", "\n- "),
        (r"</li>|</?tt>", ""),
        (r"\s*</?(p|ul|ol)>\s*", "\n\n"),
        (r'<a href="([^"]+)">([^<]+)</a>', r"[\2](\1)"),
    ):
        text = re.sub(pattern, replacement, text)
    return re.sub(r"\n{3,}", "\n\n", html.unescape(text)).strip()


def registered() -> list:
    """Instances of the provider's algorithms: the chain's first, then the workflows."""
    from qgis.core import QgsApplication

    from chronocover.algorithms import ALGORITHMS

    found = {a.name(): a for a in QgsApplication.processingRegistry().providerById("chronocover").algorithms()}
    own = [name for name in ALGORITHMS if name in found]
    order = own + sorted(set(found) - set(own))
    return [found[name].create() for name in order]


def main() -> None:
    from checkout import ROOT, start_qgis

    application, _provider = start_qgis()
    folder = ROOT / FOLDER_NAME
    made = pages(registered())
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    for path in folder.glob("*.md"):
        if NOTE in path.read_text(encoding="utf-8") and path.name not in made:
            path.unlink()
    print(f"{len(made)} pages in {folder}")
    sys.stdout.flush()
    application.exitQgis()
    os._exit(0)


if __name__ == "__main__":
    main()
