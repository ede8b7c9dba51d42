"""The stages of preparing a series, with their parameters: what “Prepare series” does, in which order."""

from qgis.core import (
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..core.time_series.method_names import BEST_INDEX, INTERPOLATION_METHODS, LINEAR
from ..core.time_series.periods import KINDS
from ..core.time_series.quality_presets import AUTOMATIC, PRESETS
from .base import tr
from .compositeseries import CompositeSeries
from .fillgaps import FillGaps
from .index_parameters import COMMON, read_index_step
from .maskclouds import MaskClouds
from .resampleseries import EVERY, TARGETS, ResampleSeries
from .smoothseries import METHODS as SMOOTH_METHODS
from .smoothseries import SmoothSeries
from .spectralindices import REPLACE, SpectralIndices
from .stages import Stage

INTEGER = QgsProcessingParameterNumber.Type.Integer
NONE, AS_THEY_ARE = "none", "as they are"
COMPOSITES = {f"composite: {kind}": kind for kind in KINDS}
RESAMPLINGS = {f"resample: {target}": target for target in TARGETS}


class PreparationStages:
    """The stages: adds their parameters to an algorithm, the owner, and makes their steps."""

    def __init__(self):
        span = {"START": "START", "END": "END"}
        self.masking = Stage(MaskClouds, "MASK_", {"PRESET": "MASK"})
        self._compositing = Stage(
            CompositeSeries, "COMPOSITE_", {**span, "PERIOD": None, "DAYS": "DAYS", "STARTS": "DATES_LIST"}
        )
        self._resampling = Stage(
            ResampleSeries, "RESAMPLE_", {**span, "TARGET": None, "STEP": "DAYS", "DATES_LIST": "DATES_LIST"}
        )
        self._filling = Stage(FillGaps, "FILL_", {"METHOD": "FILL"})
        self._smoothing = Stage(SmoothSeries, "SMOOTH_", {"METHOD": "SMOOTH"})
        self.indexing = Stage(SpectralIndices, "INDEX_", {"INDICES": "INDICES"})

    def define(self, owner):
        """Add the main choices, then the details of each stage."""
        _add_choice(
            owner,
            "MASK",
            tr("Mask clouds"),
            (*PRESETS, NONE),
            AUTOMATIC,
            tr("How the quality variable tells clouds, or “none”. By its name is right for most products."),
        )
        _add_choice(
            owner,
            "REGULAR",
            tr("Dates of the result"),
            (*RESAMPLINGS, *COMPOSITES, AS_THEY_ARE),
            f"resample: {EVERY}",
            tr(
                "Resampling interpolates between the clear observations before and after each new date. A composite is "
                "made from all clear observations within its period, which suits very cloudy images."
            ),
        )
        owner.add(
            QgsProcessingParameterNumber("DAYS", tr("Days (every n days)"), INTEGER, 10, False, 1, 3660),
            tr("The number of days from one date of the result to the next."),
        )
        for name, title, help_text in (
            ("START", tr("First day"), tr("Such as 2021-03-06. Empty: the first date of the series, or its month.")),
            ("END", tr("Last day"), tr("No date of the result is later. Empty: the last date of the series.")),
            (
                "DATES_LIST",
                tr("Dates (list of dates)"),
                tr("Such as 2021-03-01, 2021-05-15. Composites begin then."),
            ),
        ):
            owner.add(QgsProcessingParameterString(name, title, optional=True), help_text)
        _add_choice(
            owner,
            "FILL",
            tr("Fill gaps"),
            (*INTERPOLATION_METHODS, NONE),
            LINEAR,
            tr("How missing values are found from the dates around them. At both ends the nearest value is taken."),
        )
        _add_choice(
            owner,
            "SMOOTH",
            tr("Smooth"),
            (*SMOOTH_METHODS, NONE),
            NONE,
            tr("Savitzky-Golay keeps peaks, Whittaker is smoothest, the moving median removes single outliers."),
        )
        owner.add(
            QgsProcessingParameterEnum("INDICES", tr("Add indices"), COMMON, True, None, True, True),
            tr("Spectral indices that become variables of the result. Advanced parameters name more of them."),
        )
        for stage in (
            self.masking, self._compositing, self._resampling, self._filling, self._smoothing, self.indexing
        ):  # fmt: skip
            stage.add_details(owner)
        owner.add(
            QgsProcessingParameterBoolean(
                "INDEX_FIRST", tr("Spectral indices: of single observations, right after masking"), defaultValue=False
            ),
            tr("Computes indices before compositing, resampling, filling and smoothing, which then work on them."),
            advanced=True,
        )

    def mask_values(self, owner, parameters, context):
        """The parameters of the masking stage, by the names that they have in “Mask clouds”."""
        return self.masking.values(parameters, PRESET=owner.parameterAsEnumString(parameters, "MASK", context))

    def index_step(self, parameters, context):
        """The step that computes indices; None if none is chosen."""
        values = {"INDICES": [], **self.indexing.values(parameters)}
        algorithm = self.indexing.algorithm()
        replace = algorithm.parameterAsEnumString(values, "MODE", context) == REPLACE
        return read_index_step(algorithm, values, context, replace)

    def steps_after_masking(self, owner, parameters, context, series, feedback):
        """The steps of all stages but masking; ``series`` has the dates that masking leaves."""
        regular = owner.parameterAsEnumString(parameters, "REGULAR", context)
        making_dates = []
        if regular in COMPOSITES:
            values = self._compositing.values(parameters, PERIOD=COMPOSITES[regular])
            making_dates = self._compositing.algorithm().steps(values, context, series, feedback)
        elif regular in RESAMPLINGS:
            values = self._resampling.values(parameters, TARGET=RESAMPLINGS[regular])
            making_dates = self._resampling.algorithm().steps(values, context, series, feedback)
        rest = []
        for stage, name in ((self._filling, "FILL"), (self._smoothing, "SMOOTH")):
            method = owner.parameterAsEnumString(parameters, name, context)
            if method != NONE:
                values = stage.values(parameters, METHOD=method)
                rest += stage.algorithm().steps(values, context, series, feedback)
        index = self.index_step(parameters, context)
        if index is None:
            return [*making_dates, *rest]
        first = owner.parameterAsBool(parameters, "INDEX_FIRST", context) or any(
            getattr(step, "method", "") == BEST_INDEX and step.index_variable not in series.variables
            for step in making_dates
        )
        return [index, *making_dates, *rest] if first else [*making_dates, *rest, index]


def _add_choice(owner, name, title, options, default, help_text):
    owner.add(QgsProcessingParameterEnum(name, title, list(options), False, default, False, True), help_text)
