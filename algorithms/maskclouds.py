"""Mask clouds: make clouded observations missing, by the quality band of the images."""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
)

from .base import tr
from .dependencies import require
from .quality_parameters import DOUBLE, SOURCES, define_quality, read_mask_step, read_quality_input
from .series_processing import SeriesProcessingAlgorithm


class MaskClouds(SeriesProcessingAlgorithm):
    """Mask the clouds of a series."""

    NAME = "maskclouds"
    TITLE = "Mask clouds"
    SUMMARY = "Makes clouded observations missing, by the quality band of the images, and reports what stays clear."
    TAGS = ("cloud", "shadow", "snow", "mask", "quality", "scl", "fmask", "qa_pixel", "bqa", "s2cloudless")
    HELP = f"""
<p>Makes clouds, shadows and other useless observations missing in all variables, date by date, by a quality variable
of the series or by separate masks.</p>
<p>What the codes mean is taken from the products' own tables:</p><ul>{SOURCES}</ul>
<p>Other masks are told by their values, their bits, or a threshold: of a cloud probability (s2cloudless, which takes
0.4 itself, from 0 to 1 or in percent; MSK_CLDPRB, in percent) or of a clear-sky score (Cloud Score+, from 0 to 1).</p>
<p><b>One mask layer a date:</b> make a series of the masks with “Build image time series”, which finds their dates, and
give it as the separate masks. Dates are matched by date, so a date may lack its mask.</p>
<p>The report shows the clear share of each date and the number of clear dates of the pixels. What was missing before
counts as not clear.</p>
<p>Next step: “Composite” or “Fill gaps”.</p>
"""

    def define_steps(self):
        define_quality(self)
        self.add(
            QgsProcessingParameterNumber(
                "MAX_CLOUDED", tr("Leave out dates clouded by more than (%)"), DOUBLE, 100.0, False, 0.0, 100.0
            ),
            tr("Percent of the pixels that have a quality value on that date, after growing. 100 keeps all dates."),
        )
        self.add(
            QgsProcessingParameterBoolean("KEEP_QUALITY", tr("Keep the quality variable"), defaultValue=False),
            tr("Whether the quality variable stays in the series, unmasked. Others always stay."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFileDestination(
                "REPORT", tr("Report"), "HTML files (*.html)", optional=True, createByDefault=False
            ),
            tr("Table and picture of the clear share of each date, and how many clear dates the pixels have."),
        )
        self.addOutput(QgsProcessingOutputNumber("CLEAR_SHARE", tr("Clear share (%)")))
        self.addOutput(QgsProcessingOutputNumber("NEVER_CLEAR_SHARE", tr("Pixels that are never clear (%)")))
        self.addOutput(QgsProcessingOutputNumber("DATES_DROPPED", tr("Dates left out")))

    def validate(self, parameters, context):
        require(self.REQUIRES)
        series = self.series(parameters, context)
        with read_quality_input(self, parameters, context, series) as inputs:
            read_mask_step(self, parameters, context, inputs).axes_after(inputs.everything.axes)

    def compute(self, parameters, context, feedback):
        from pathlib import Path

        from ..core.files import refuse_overwriting_inputs
        from ..core.reports.clear_report import write_clear_report
        from ..core.series.clear_observations import ClearObservations
        from ..core.series.cloud_cover import measure_cloud_cover

        limit = self.parameterAsDouble(parameters, "MAX_CLOUDED", context)
        keep_quality = self.parameterAsBool(parameters, "KEEP_QUALITY", context)
        report = self.output_path(parameters, "REPORT", context)
        series = self.series(parameters, context)
        masks = self.raster_path(parameters, "MASK_SERIES", context)
        refuse_overwriting_inputs(self.output_path(parameters, "OUTPUT", context), [masks])
        with read_quality_input(self, parameters, context, series) as inputs:
            inputs.warn_of_extent(feedback)
            step = read_mask_step(self, parameters, context, inputs, keep_quality)
            feedback.info(f"“{step.quality}”: {step.describe()}")
            options = self.engine_options()
            cover = measure_cloud_cover(inputs.alone, step, options=options, feedback=feedback.part(0.0, 0.2))
            step = cover.leave_out(step, limit, feedback)
            clear = ClearObservations(step.axes_after(inputs.everything.axes))
            results = self.write_series(
                parameters,
                context,
                series,
                [step],
                feedback.part(0.2, 1.0),
                tallies={1: clear},
                source=inputs.everything,
            )
        feedback.info(
            f"{100 * clear.share:.1f} % of all dates and pixels are clear; {100 * clear.never_share:.1f} % of the "
            "pixels never are."
        )
        if not clear.share:
            feedback.warning("Nothing is clear. Is the kind of quality band right?")
        if report:
            provenance = self.provenance(parameters, context)
            write_clear_report(report, Path(series.path).name, cover, clear, step.dropped, step.describe(), provenance)
            results["REPORT"] = report
        return {
            **results,
            "CLEAR_SHARE": 100 * clear.share,
            "NEVER_CLEAR_SHARE": 100 * clear.never_share,
            "DATES_DROPPED": len(step.dropped),
        }
