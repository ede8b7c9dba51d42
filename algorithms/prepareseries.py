"""Prepare series: mask, composite or resample, fill, smooth and indices in one pass over the pixels."""

from contextlib import contextmanager

from qgis.core import QgsProcessingOutputNumber

from ..core.errors import ChronocoverError
from ..core.time_series.quality_presets import AUTOMATIC
from .base import tr
from .dependencies import require
from .index_parameters import check_index_units
from .preparation_stages import NONE, PreparationStages
from .quality_parameters import read_mask_step, read_quality_input
from .series_processing import SeriesProcessingAlgorithm


class PrepareSeries(SeriesProcessingAlgorithm):
    """From clouded observations to a regular series without gaps."""

    NAME = "prepareseries"
    TITLE = "Prepare series"
    SUMMARY = "Masks clouds, makes dates regular, fills gaps, smooths and adds indices, all in one pass."
    TAGS = ("prepare", "cloud", "composite", "resample", "gap filling", "smoothing", "index", "regular", "data cube")
    HELP = """
<p>Turns an image time series as satellites deliver it into one that is regular and free of clouds and gaps. It does
what five other tools do one after the other, with the same results, but reads the pixels once and writes no files in
between. Each stage can be left out. In this order:</p>
<ol>
<li><b>Mask clouds</b> by the quality variable. If the series has none, nothing is masked, and the log says so.</li>
<li><b>Resample dates</b> or <b>composite</b>: values interpolated onto regular dates, or one image for each month or
other period from the clear observations within it.</li>
<li><b>Fill gaps</b> that are left.</li>
<li><b>Smooth</b> in time.</li>
<li><b>Spectral indices</b> of the result. An advanced parameter computes them right after masking instead, of each
single observation; so does a composite by the maximum of an index that is not in the series.</li>
</ol>
<p>As it is set at first, it masks clouds, resamples to every 10 days, and fills what is left before the first and after
the last clear observation of a pixel. A pixel that is never clear stays missing.</p>
<p>The help of those tools explains their methods; their other parameters are advanced ones here and begin with the
tool's name. The quality variable that tells the clouds is left out of the result, unless you keep it, and composites
and resampled series have none at all: weights for Whittaker from a quality variable need the dates as they are.</p>
<p>Before: “Build image time series”. Next: “Extract samples”, “Classify image time series”, or “Temporal statistics and
phenology”.</p>
"""

    def define_steps(self):
        self._stages = PreparationStages()
        self._stages.define(self)
        self.addOutput(QgsProcessingOutputNumber("CLEAR_SHARE", tr("Clear share after masking (%)")))
        self.addOutput(QgsProcessingOutputNumber("NEVER_CLEAR_SHARE", tr("Pixels that are never clear (%)")))
        self.addOutput(QgsProcessingOutputNumber("DATES_DROPPED", tr("Dates left out")))
        self.addOutput(QgsProcessingOutputNumber("MISSING_SHARE", tr("Missing share of the result (%)")))

    @contextmanager
    def _quality(self, parameters, context, series):
        """The :class:`core.series.quality_source.QualityInput` and the step that masks by it, or None and None."""
        from ..core.time_series.compositing import COUNT_VARIABLE

        values = self._stages.mask_values(self, parameters, context)
        named = values.get("QUALITY") or values.get("MASK_SERIES")
        present = named or set(series.quality_variables) - {COUNT_VARIABLE}
        if values["PRESET"] == NONE or (values["PRESET"] == AUTOMATIC and not present):
            yield None, None
            return
        algorithm = self._stages.masking.algorithm()
        with read_quality_input(algorithm, values, context, series) as quality:
            keep = algorithm.parameterAsBool(values, "KEEP_QUALITY", context)
            yield quality, read_mask_step(algorithm, values, context, quality, keep)

    def validate(self, parameters, context):
        from ..core.feedback import Feedback
        from ..core.series.steps import SeriesAxes, axes_after_all

        require(self.REQUIRES)
        series = self.series(parameters, context)
        with self._quality(parameters, context, series) as (quality, mask):
            axes = mask.axes_after(quality.everything.axes) if mask else SeriesAxes.of_series(series)
            axes_after_all(self._stages.steps_after_masking(self, parameters, context, series, Feedback()), axes)

    def compute(self, parameters, context, feedback):
        from ..core.series.clear_observations import ClearObservations, needs_clear_shares, with_clear_shares
        from ..core.series.cloud_cover import measure_cloud_cover
        from ..core.series.processing import SeriesInput
        from ..core.series.steps import axes_after_all

        series = self.series(parameters, context)
        index = self._stages.index_step(parameters, context)
        if index:
            values = self._stages.indexing.values(parameters)
            check_index_units(self._stages.indexing.algorithm(), values, context, series, index, feedback)
        options = self.engine_options()
        with self._quality(parameters, context, series) as (quality, mask):
            if mask is None and self.parameterAsEnumString(parameters, "MASK", context) != NONE:
                feedback.warning(f"{series.path} has no quality variable, so no clouds are masked.")
            if quality:
                quality.warn_of_extent(feedback)
                feedback.info(f"“{mask.quality}”: {mask.describe()}")
            source = quality.everything if quality else SeriesInput.of_series(series)
            limit = self.parameterAsDouble(parameters, "MASK_MAX_CLOUDED", context)
            if mask and limit < 100:
                cover = measure_cloud_cover(quality.alone, mask, options=options, feedback=feedback.part(0.0, 0.2))
                mask = cover.leave_out(mask, limit, feedback)
                feedback = feedback.part(0.2, 1.0)
            masking = [mask] if mask else []
            left = series.without(mask.dropped) if mask else series
            steps = masking + self._stages.steps_after_masking(self, parameters, context, left, feedback)
            if needs_clear_shares(steps):
                steps = with_clear_shares(steps, source, options=options, feedback=feedback.part(0.0, 0.4))
                feedback = feedback.part(0.4, 1.0)
            if not steps:
                raise ChronocoverError(f"There is nothing to do with {series.path}: all stages are left out.")
            clear = ClearObservations(axes_after_all(masking, source.axes))
            tallies = {len(masking): clear}
            made = tallies.setdefault(len(steps), ClearObservations(axes_after_all(steps, source.axes)))
            results = self.write_series(parameters, context, series, steps, feedback, source=source, tallies=tallies)
        feedback.info(
            f"{100 * clear.share:.1f} % of all dates and pixels are clear; {100 * clear.never_share:.1f} % of the "
            f"pixels never are. {100 * (1 - made.share):.1f} % of the result is missing."
        )
        if not clear.share:
            feedback.warning("Nothing is clear. Is the kind of quality band right?")
        return {
            **results,
            "CLEAR_SHARE": 100 * clear.share,
            "NEVER_CLEAR_SHARE": 100 * clear.never_share,
            "DATES_DROPPED": len(mask.dropped) if mask else 0,
            "MISSING_SHARE": 100 * (1 - made.share),
        }
