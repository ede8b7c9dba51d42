"""The parameters that say what a quality band's values mean, for every algorithm that masks."""

from qgis.core import (
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..core.time_series.quality_presets import ALSO, ALSO_BY_DEFAULT, AUTOMATIC, PRESETS, PRODUCTS, quality_rule
from .base import tr
from .parameter_values import chooses_nothing

INTEGER = QgsProcessingParameterNumber.Type.Integer
DOUBLE = QgsProcessingParameterNumber.Type.Double
SOURCES = "".join(f"<li><b>{product.name}</b>: {product.source}.</li>" for product in PRODUCTS)


def define_quality(algorithm):
    """Add the parameters."""
    algorithm.add(
        QgsProcessingParameterEnum("PRESET", tr("Kind of quality band"), PRESETS, False, AUTOMATIC, False, True),
        tr(
            "What the quality values mean. “By the name of the variable” knows scl, fmask, qa_pixel, bqa, vi_quality, "
            "pixel_reliability and clm. The sources of the tables are in the help of “Mask clouds”."
        ),
    )
    algorithm.add(
        QgsProcessingParameterString("QUALITY", tr("Quality variable"), optional=True),
        tr("Name of the variable that tells the clouds. Leave it empty if there is only one quality variable."),
    )
    algorithm.add(
        QgsProcessingParameterRasterLayer("MASK_SERIES", tr("Separate masks"), optional=True),
        tr(
            "Where the quality is not in the series: another image time series (of single mask layers, make one with "
            "“Build image time series”), or a raster with one band for each date, in order. Another grid is resampled "
            "to the nearest pixel."
        ),
    )
    algorithm.add(
        QgsProcessingParameterEnum("ALSO", tr("Mask besides clouds"), ALSO, True, list(ALSO_BY_DEFAULT), True, True),
        tr(
            "For the kinds that are products, as far as the product tells it. Choose none to mask clouds only. Fill "
            "and defects are always masked."
        ),
    )
    algorithm.add(
        QgsProcessingParameterNumber("GROW", tr("Grow the mask by (pixels)"), INTEGER, 0, False, 0, 100),
        tr("Clouds have soft edges. The mask grows by a disc of this radius."),
    )
    algorithm.add(
        QgsProcessingParameterNumber("THRESHOLD", tr("Threshold"), DOUBLE, None, True),
        tr("For a probability or a score, in its own units: 0.4 where it runs to 1, 40 where it runs to 100."),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterString("VALUES", tr("Bad values"), optional=True),
        tr("For the kind “values”: codes and ranges that are masked, such as 3, 8-10."),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterString("BITS", tr("Bad bit fields"), optional=True),
        tr(
            "For the kind “bit fields”: first bit:number of bits:bad values, with semicolons between fields. "
            "3:1:1; 5:2:2,3 masks where bit 3 is set, or the two bits from bit 5 hold 2 or 3. Bit 0 is the lowest."
        ),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterBoolean("KEEP_UNKNOWN", tr("Keep what has no quality value"), defaultValue=False),
        tr(
            "An observation without a quality value, or a whole date without one, is masked. Tick this to keep it: "
            "where masks say 0 for clear and call 0 nodata, or where a series of two sensors is masked one by one."
        ),
        advanced=True,
    )


def read_quality_input(algorithm, parameters, context, series):
    """A context manager that gives the :class:`core.series.quality_source.QualityInput` of these parameters."""
    from ..core.series.quality_source import quality_input

    wanted = algorithm.parameterAsString(parameters, "QUALITY", context).strip()
    return quality_input(series, wanted, algorithm.raster_path(parameters, "MASK_SERIES", context))


def read_mask_step(algorithm, parameters, context, inputs, keep_quality=False):
    """The :class:`core.time_series.cloud_masks.MaskClouds` of these parameters, for a quality input."""
    from ..core.time_series.cloud_masks import MaskClouds

    also = algorithm.parameterAsEnumStrings(parameters, "ALSO", context)
    if chooses_nothing(parameters.get("ALSO")):  # QGIS takes the default then
        also = []
    has_threshold = parameters.get("THRESHOLD") not in (None, "")
    rule = quality_rule(
        algorithm.parameterAsEnumString(parameters, "PRESET", context),
        inputs.known_as,
        also,
        algorithm.parameterAsDouble(parameters, "THRESHOLD", context) if has_threshold else None,
        algorithm.parameterAsString(parameters, "VALUES", context),
        algorithm.parameterAsString(parameters, "BITS", context),
    )
    return MaskClouds(
        inputs.variable,
        rule,
        algorithm.parameterAsInt(parameters, "GROW", context),
        keep_quality,
        algorithm.parameterAsBool(parameters, "KEEP_UNKNOWN", context),
    )
