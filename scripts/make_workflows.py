"""Writes the graphical models in workflows/ from the algorithms themselves, so that they never fall out of step.

QT_QPA_PLATFORM=offscreen .venv/bin/python scripts/make_workflows.py
"""

import os

from checkout import ROOT, start_qgis
from qgis.core import (
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtCore import QPointF, QSizeF

OPTIONAL = QgsProcessingParameterDefinition.Flag.FlagOptional
Source = QgsProcessingModelChildParameterSource
INPUT_X, STEP_X, RESULT_X = 160.0, 500.0, 820.0
TOP, ROW, GAP, SMALLEST_STEP = -20.0, 62.0, 100.0, 60.0


class Workflow:
    """Builds one model: inputs down the left, each step beside its inputs, its results to the right of it."""

    def __init__(self, file_name, title, summary):
        self.model = QgsProcessingModelAlgorithm(title, "Workflows", "workflows")
        self.file_name = file_name
        self.inputs = []
        self.group_top = self.group_bottom = TOP
        self.help = {"ALG_DESC": summary, "ALG_CREATOR": "Chronocover"}

    def inputs_of(self, algorithm, *names, required=(), options=None, **helps):
        """Add inputs of the model that are parameters of its next step, with their defaults and help.

        ``required`` names those that the model needs though the step does not; ``options`` has fewer choices for some,
        and ``helps`` another help.
        """
        template = new_algorithm(algorithm)
        self.group_top = self.group_bottom + GAP
        for index, name in enumerate(names):
            parameter = template.parameterDefinition(name).clone()
            parameter.setHelp(helps.get(name, parameter.help()))
            if name in required:
                parameter.setFlags(parameter.flags() & ~OPTIONAL)
            if name in (options or {}):
                parameter.setOptions(options[name])
            component = QgsProcessingModelParameter(name)
            component.setPosition(QPointF(INPUT_X, self.group_top + index * ROW))
            component.setSize(QSizeF(220, 40))
            self.inputs.append(name)
            self.model.addModelParameter(parameter, component)
            self.help[name] = parameter.help()
        self.group_bottom = self.group_top + max(len(names) - 1, 0) * ROW

    def step(self, algorithm, outputs=(), **values):
        """Add a child algorithm.

        ``values`` are its parameters: :func:`taken_from` an input of the model, :func:`result_of` an earlier step, or a
        fixed value. ``outputs`` are (name in the child, name in the model, label).
        """
        template = new_algorithm(algorithm)
        child = QgsProcessingModelChildAlgorithm(template.id())
        child.setChildId(algorithm)
        child.setDescription(template.displayName())
        for definition in template.parameterDefinitions():
            name = definition.name()
            if definition.isDestination():
                continue
            if name in values:
                value = values.pop(name)
                source = value if isinstance(value, Source) else Source.fromStaticValue(value)
            elif definition.flags() & OPTIONAL and definition.defaultValue() is None:
                continue
            else:  # every mandatory parameter of a child needs a source, even where it has a default
                source = Source.fromStaticValue(definition.defaultValue())
            child.addParameterSources(name, [source])
        if values:
            raise ValueError(f"{algorithm} has no parameters {', '.join(values)}")
        middle = (self.group_top + self.group_bottom) / 2
        child.setPosition(QPointF(STEP_X, middle))
        child.setSize(QSizeF(240, 60))
        made = {}
        for index, (output, name, label) in enumerate(outputs):
            result = QgsProcessingModelOutput(name, label)
            result.setChildId(algorithm)
            result.setChildOutputName(output)
            optional = template.parameterDefinition(output).flags() & OPTIONAL
            result.setMandatory(not optional)
            result.setPosition(QPointF(RESULT_X, middle + (index - (len(outputs) - 1) / 2) * ROW))
            result.setSize(QSizeF(220, 40))
            made[name] = result
            self.help[name] = template.parameterDefinition(output).help()
        child.setModelOutputs(made)
        self.model.addChildAlgorithm(child)
        self.group_bottom = max(self.group_bottom, middle + SMALLEST_STEP)

    def write(self):
        """Check the model and save it."""
        self.model.setHelpContent(self.help)
        self.model.setParameterOrder(self.inputs)
        ok, problems = self.model.validate()
        if not ok:
            raise ValueError(f"{self.file_name}: {problems}")
        self.model.updateDestinationParameters()
        path = os.path.join(ROOT, "workflows", f"{self.file_name}.model3")
        if not self.model.toFile(path):
            raise OSError(f"cannot write {path}")
        print(path)


def new_algorithm(name):
    """One of our algorithms, with its parameters defined."""
    return QgsApplication.processingRegistry().createAlgorithmById(f"chronocover:{name}")


def taken_from(name):
    """The value of an input of the model."""
    return Source.fromModelParameter(name)


def result_of(step, name):
    """An output of an earlier step."""
    return Source.fromChildOutput(step, name)


IMAGE_INPUTS = ("LAYERS", "FOLDER", "PATTERN", "SENSOR", "VARIABLES", "KEEP", "SCALE", "START", "END")


VALIDATIONS = ["automatic", "hold-out", "k-fold", "group k-fold", "spatial blocks", "none"]
"""Those that need no field of the samples, which the models make themselves."""
PREPARATION_INPUTS = ("MASK", "REGULAR", "DAYS", "SMOOTH", "INDICES")


def add_series(flow, cloudy):
    """Build the series and, of cloudy images, prepare it; returns the step whose series goes on."""
    flow.inputs_of("buildseries", *IMAGE_INPUTS)
    flow.step(
        "buildseries",
        outputs=[("OUTPUT", "SERIES", "Image time series")],
        **{name: taken_from(name) for name in IMAGE_INPUTS},
    )
    if not cloudy:
        return "buildseries"
    flow.inputs_of("prepareseries", *PREPARATION_INPUTS)
    flow.step(
        "prepareseries",
        outputs=[("OUTPUT", "PREPARED", "Prepared series")],
        SERIES=result_of("buildseries", "OUTPUT"),
        **{name: taken_from(name) for name in PREPARATION_INPUTS},
    )
    return "prepareseries"


def add_map(flow, series, **values):
    """Classify the series that a step makes."""
    flow.step(
        "classifyseries",
        outputs=[
            ("OUTPUT", "MAP", "Class map"),
            ("CONFIDENCE", "CONFIDENCE", "Confidence"),
        ],
        SERIES=result_of(series, "OUTPUT"),
        **values,
    )


def to_map(file_name, title, summary, cloudy):
    """From images and labels to a map: build, prepare if cloudy, extract, train, classify."""
    flow = Workflow(file_name, title, summary)
    series = add_series(flow, cloudy)
    flow.inputs_of(
        "extractsamples",
        "LABELS",
        "FIELD",
        "COUNT",
        "BUFFER",
        required=("LABELS", "FIELD"),
        LABELS="Labelled points or polygons, in any CRS.",
        COUNT="Samples of each class, drawn at random; all of a class that has fewer.",
    )
    flow.step(
        "extractsamples",
        outputs=[("OUTPUT", "SAMPLES", "Training samples")],
        SERIES=result_of(series, "OUTPUT"),
        LABELS=taken_from("LABELS"),
        FIELD=taken_from("FIELD"),
        HOW="number per class",
        COUNT=taken_from("COUNT"),
        BUFFER=taken_from("BUFFER"),
        SEED=taken_from("SEED"),
    )
    flow.inputs_of(
        "trainrandomforest",
        "VALIDATION",
        "TREES",
        "SEED",
        options={"VALIDATION": VALIDATIONS},
        VALIDATION="automatic: by groups where the samples carry them, else k-fold. hold-out: one part is kept for "
        "testing. k-fold: each part in turn, groups are ignored. group k-fold: the same with whole groups. spatial "
        "blocks: the same with whole square blocks of land. none: no accuracy is known.",
    )
    flow.step(
        "trainrandomforest",
        outputs=[
            ("OUTPUT", "MODEL", "Model"),
            ("REPORT", "REPORT", "Training report"),
        ],
        SAMPLES=result_of("extractsamples", "OUTPUT"),
        VALIDATION=taken_from("VALIDATION"),
        TREES=taken_from("TREES"),
        SEED=taken_from("SEED"),
    )
    add_map(flow, series, MODEL=result_of("trainrandomforest", "OUTPUT"))
    return flow


def of_new_images(file_name, title, summary, cloudy):
    """From images and a model to a map: build, prepare if cloudy, classify."""
    flow = Workflow(file_name, title, summary)
    series = add_series(flow, cloudy)
    flow.inputs_of("classifyseries", "MODEL", "SEASON")
    add_map(flow, series, MODEL=taken_from("MODEL"), SEASON=taken_from("SEASON"))
    return flow


def all_flows():
    """Every workflow of the plugin."""
    return [
        to_map(
            "images_and_labels_to_map",
            "Images and labels to map",
            "From dated satellite images and a few labelled points or polygons to a land-cover map in one run: builds "
            "the image time series, extracts training samples, trains a random forest, validates it without leaks "
            "between neighbouring pixels of one field, and classifies every pixel. Read the training report before you "
            "trust the map; keep the model file to map other years.",
            cloudy=False,
        ),
        to_map(
            "cloudy_images_and_labels_to_map",
            "Cloudy images and labels to map",
            "From dated, cloudy satellite images with a quality band and a few labelled points or polygons to a "
            "land-cover map in one run: builds the image time series, masks the clouds, brings it onto regular dates "
            "without gaps, extracts training samples, trains a random forest, validates it without leaks between "
            "neighbouring pixels of one field, and classifies every pixel. Keep the model file to map other years with "
            "“Classify new cloudy images”.",
            cloudy=True,
        ),
        of_new_images(
            "classify_new_images",
            "Classify new images",
            "Maps other images, of another year or another place, with a model that was trained before: builds the "
            "image time series, matches variables by name and dates by season, and classifies every pixel.",
            cloudy=False,
        ),
        of_new_images(
            "classify_new_cloudy_images",
            "Classify new cloudy images",
            "Maps other cloudy images, of another year or another place, with a model that was trained before: builds "
            "the image time series, masks the clouds and fills the gaps as “Cloudy images and labels to map” does, "
            "matches variables by name and dates by season, and classifies every pixel. Choose the same indices as for "
            "the model; the dates may differ.",
            cloudy=True,
        ),
    ]


def main():
    """Start QGIS with our provider and write every workflow."""
    application, _ = start_qgis()
    for flow in all_flows():
        flow.write()
    application.exitQgis()


if __name__ == "__main__":
    main()
