"""The base of every algorithm: the only place that knows how one reports, validates, cancels and styles."""

import os
import re

from qgis.core import (
    Qgis,
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterRasterDestination,
    QgsProcessingUtils,
)
from qgis.PyQt.QtGui import QIcon

from ..core.errors import CancelledError, ChronocoverError
from ..core.feedback import Feedback
from ..core.provenance import Provenance
from .computing import SCHEDULER, define_computing, scheduler_of
from .dependencies import require
from .destinations import check_destinations
from .parameter_values import check_values, without_empty_choices
from .raster_inputs import check_rasters
from .translation import tr

ROOT = os.path.dirname(os.path.dirname(__file__))
ICONS = os.path.join(ROOT, "icons")
DOCS = "https://github.com/chronocover/chronocover/blob/main/docs/"

START, SERIES, LABELS, CLUSTERING, TRAINING, MAPPING = (
    ("start", "First steps"),
    ("series", "Image time series"),
    ("labels", "Labels and samples"),
    ("clustering", "Clustering"),
    ("training", "Training"),
    ("mapping", "Mapping"),
)


class QgisFeedback(Feedback):
    """Hands messages, progress and cancelling to QGIS and back."""

    def __init__(self, feedback):
        self._feedback = feedback

    def info(self, text):
        self._feedback.pushInfo(text)

    def warning(self, text):
        self._feedback.pushWarning(text)

    def progress(self, fraction):
        self._feedback.setProgress(100.0 * fraction)

    def is_cancelled(self):
        return self._feedback.isCanceled()


class SeriesDestination(QgsProcessingParameterRasterDestination):
    """A raster destination for a series that is only references to other files: a VRT."""

    def clone(self):
        copy = type(self)(self.name(), self.description(), self.defaultValue(), bool(self.flags() & OPTIONAL))
        copy.setFlags(self.flags())
        copy.setHelp(self.help())
        return copy

    def defaultFileExtension(self):
        return "vrt"

    def createFileFilter(self):
        return "Image time series (*.vrt)"

    def supportedOutputRasterLayerExtensions(self):
        return ["vrt"]


ADVANCED = QgsProcessingParameterDefinition.Flag.FlagAdvanced
OPTIONAL = QgsProcessingParameterDefinition.Flag.FlagOptional


class ChronocoverAlgorithm(QgsProcessingAlgorithm):
    """What a subclass states: its identity as class attributes, its parameters, a validation and the run.

    ``HELP`` is HTML: what it does, what it needs, what it gives, and the step after. ``REQUIRES`` are the modules it
    imports that QGIS does not bring. ``ON_CLUSTER`` says that its blocks may be sent to a Dask cluster, ``ON_DEVICE``
    that it runs a model, which a graphics card may do. Modules beside ``qgis`` and plain-Python ones are imported
    inside :meth:`compute`, so that loading the plugin stays quick.
    """

    NAME = ""
    TITLE = ""
    GROUP = SERIES
    SUMMARY = ""
    HELP = ""
    TAGS = ()
    REQUIRES = ()
    ON_CLUSTER = False
    ON_DEVICE = False

    _scheduler = ""  # of the run

    def define(self):
        """Add parameters and outputs with :meth:`add` and ``addOutput``."""
        raise NotImplementedError

    def validate(self, parameters, context):
        """Raise ChronocoverError if the inputs do not fit together. Cheap: the dialog calls it too."""

    def compute(self, parameters, context, feedback):
        """Do the work and return the results; ``feedback`` is a :class:`core.feedback.Feedback`.

        It is not called ``run``: that is the method of QGIS which ``processing.run`` calls.
        """
        raise NotImplementedError

    def add(self, parameter, help_text, advanced=False):
        """Add a parameter with its help, both in the user's language."""
        parameter.setDescription(tr(parameter.description()))
        parameter.setHelp(tr(help_text))
        if advanced:
            parameter.setFlags(parameter.flags() | ADVANCED)
        name = parameter.name()
        if not self.addParameter(parameter):  # QGIS says nothing, and both would read the first one's value
            raise ValueError(f"{self.NAME} has a parameter {name} already.")

    def addOutput(self, output):
        output.setDescription(tr(output.description()))
        return super().addOutput(output)

    # What QGIS asks for.

    def createInstance(self):
        return type(self)()

    def name(self):
        return self.NAME

    def displayName(self):
        return tr(self.TITLE)

    def group(self):
        return tr(self.GROUP[1])

    def groupId(self):
        return self.GROUP[0]

    def shortDescription(self):
        return tr(self.SUMMARY)

    def shortHelpString(self):
        return tr(" ".join(self.HELP.split()))  # QGIS would show line ends as line breaks

    def helpUrl(self):
        return f"{DOCS}{self.NAME}.md"

    def tags(self):
        return [tr(tag) for tag in self.TAGS]

    def icon(self):
        return QIcon(self.svgIconPath())

    def svgIconPath(self):
        own = os.path.join(ICONS, f"{self.NAME}.svg")
        return own if os.path.exists(own) else os.path.join(ICONS, f"{self.GROUP[0]}.svg")

    def initAlgorithm(self, configuration=None):
        self.define()
        define_computing(self)

    def checkParameterValues(self, parameters, context):
        try:
            check_values(self, parameters, context)
            check_rasters(self, parameters)
            ok, message = super().checkParameterValues(without_empty_choices(self, parameters), context)
            if not ok:
                return ok, message
            self._check(parameters, context)
        except ChronocoverError as error:
            return False, str(error)
        except QgsProcessingException as error:
            return False, str(error)
        return True, ""

    def processAlgorithm(self, parameters, context, feedback):
        try:
            self._check(parameters, context)  # QGIS does not call checkParameterValues for a model's children
            self._scheduler = scheduler_of(self, parameters, context)
            return self.compute(parameters, context, QgisFeedback(feedback))
        except ChronocoverError as error:
            message = str(error)
        except CancelledError as cancelled:
            message = str(cancelled) or tr("Cancelled. No output was written.")
        except MemoryError:
            message = tr("The computer ran out of memory. Lower the memory budget in the Processing options.")
        # Raised out here, without a cause: QGIS never lets go of it, nor of the arrays and files of the frames behind.
        raise QgsProcessingException(message)

    def _check(self, parameters, context):
        require((*self.REQUIRES, *(["distributed"] if scheduler_of(self, parameters, context) else [])))
        check_values(self, parameters, context)
        check_rasters(self, parameters)
        check_destinations(self, parameters, context)
        self.validate(parameters, context)

    # What subclasses use.

    def raster_path(self, parameters, name, context):
        """The file behind a raster layer parameter; None if the parameter is empty.

        Raises ChronocoverError for a layer that is no file GDAL reads (a WMS, say).
        """
        layer = self.parameterAsRasterLayer(parameters, name, context)
        if layer is None:
            if parameters.get(name) in (None, ""):
                return None
            raise ChronocoverError(f"{self._title_of(name)}: cannot open {parameters[name]}. Is it a raster file?")
        if layer.providerType() != "gdal":
            raise ChronocoverError(f"{self._title_of(name)}: the layer “{layer.name()}” is not a raster file.")
        return layer.source()

    def output_path(self, parameters, name, context):
        """The path of a destination parameter; None if the user skipped it."""
        if self.parameterDefinition(name).type() in ("fileDestination", "folderDestination"):
            path = self.parameterAsFileOutput(parameters, name, context)
        else:
            path = self.parameterAsOutputLayer(parameters, name, context)
        return path or None

    def show_in_own_style(self, path, context):
        """Have QGIS show the layer at ``path`` by the style file beside it, should it load the layer after the run.

        Processing loads results without their default style.
        """
        if context.willLoadLayerOnCompletion(path):
            context.layerToLoadOnCompletionDetails(path).setPostProcessor(OWN_STYLE)

    def engine_options(self):
        """Memory and threads of the engine, as the user set them in the Processing options; QGIS's temporary folder."""
        from ..core.blocks import EngineOptions
        from ..settings import memory_budget_mb, worker_threads

        return EngineOptions(
            memory_budget_mb(), worker_threads(), self._scheduler, temporary_folder=QgsProcessingUtils.tempFolder()
        )

    def provenance(self, parameters, context):
        """What every output says about this run: algorithm, parameters, versions."""
        values = {}
        for definition in self.parameterDefinitions():
            value = parameters.get(definition.name(), definition.defaultValue())
            if value not in (None, "") and definition.name() != SCHEDULER:  # where it ran changes nothing
                values[definition.name()] = _plain(value)
        versions = {"chronocover": plugin_version(), "qgis": Qgis.QGIS_VERSION}
        return Provenance(f"chronocover:{self.NAME}", values, versions)

    def _title_of(self, parameter_name):
        return self.parameterDefinition(parameter_name).description()


class _OwnStyle(QgsProcessingLayerPostProcessorInterface):
    def postProcessLayer(self, layer, context, feedback):
        layer.loadDefaultStyle()


OWN_STYLE = _OwnStyle()  # QGIS keeps no reference of its own


def _plain(value):
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if hasattr(value, "source"):
        return _plain(value.source() if callable(value.source) else value.source)
    if hasattr(value, "staticValue"):
        return _plain(value.staticValue())
    if hasattr(value, "sink"):
        return _plain(value.sink)
    return value if isinstance(value, (int, float, bool, str)) or value is None else str(value)


def plugin_version() -> str:
    """The version in metadata.txt."""
    with open(os.path.join(ROOT, "metadata.txt"), encoding="utf-8") as file:
        return re.search(r"^version=(.+)$", file.read(), re.MULTILINE).group(1).strip()
