"""The parameters that say which spectral indices to compute, for every algorithm that computes some."""

from qgis.core import QgsProcessingParameterBoolean, QgsProcessingParameterEnum, QgsProcessingParameterString

from .base import tr

# Names of the catalogue, which is not read here so that loading the plugin stays quick.
COMMON = (
    "NDVI", "EVI", "EVI2", "SAVI", "OSAVI", "MSAVI", "kNDVI", "GNDVI", "NDRE", "NIRv", "NDWI", "MNDWI", "NDMI", "NBR",
    "NBR2", "BSI", "NDBI", "NDSI",
)  # fmt: skip


def define_indices(algorithm):
    """Add the parameters. Nothing is chosen at first: QGIS takes the default for an empty choice, too."""
    algorithm.add(
        QgsProcessingParameterEnum("INDICES", tr("Indices"), COMMON, True, None, True, True),
        tr(
            "The common ones: NDVI, EVI, EVI2, SAVI, OSAVI, MSAVI, kNDVI and NIRv for vegetation, GNDVI and NDRE for "
            "chlorophyll, NDWI and MNDWI for open water, NDMI for moisture, NBR and NBR2 for burned area, BSI for bare "
            "soil, NDBI for built-up area, NDSI for snow."
        ),
    )
    algorithm.add(
        QgsProcessingParameterString("MORE", tr("More indices, by name"), optional=True),
        tr(
            "Names from the catalogue Awesome Spectral Indices, separated by commas, such as MSAVI, CIRE, PSRI. The "
            "plugin's documentation lists all of them with their formulas."
        ),
    )
    algorithm.add(
        QgsProcessingParameterString("EXPRESSIONS", tr("Expressions"), multiLine=True, optional=True),
        tr(
            "One name = formula a line (or with ; between them), such as "
            "nbr2 = (swir1 - swir2) / (swir1 + swir2). Formulas have the names of data variables and of results above, "
            "numbers, + - * / ** and brackets, sqrt, log, log10, exp, abs, min, max, and where(nir > 0.3, 1, 0)."
        ),
    )
    algorithm.add(
        QgsProcessingParameterString("BANDS", tr("Bands and constants"), optional=True),
        tr(
            "Where the series has other names, or another value is wanted: letters and constants of the catalogue, "
            "such as N = nir08, L = 0.25. Bands are A (coastal), B, G, R, RE1 to RE3, N, N2, S1, S2, T. Empty: found "
            "by name, and the usual constants."
        ),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterBoolean("SKIP_UNITS_CHECK", tr("Skip the check of units"), defaultValue=False),
        tr("Computes indices that need reflectances from 0 to 1, such as EVI, from larger values, too."),
        advanced=True,
    )


def read_index_step(algorithm, parameters, context, replace=False):
    """The :class:`core.time_series.indices.SpectralIndices` of these parameters; None if nothing is chosen."""
    from ..core.time_series.index_catalogue import split_names
    from ..core.time_series.indices import SpectralIndices, parse_assignments, parse_expressions

    names = [name for name in algorithm.parameterAsEnumStrings(parameters, "INDICES", context) if name]
    names += split_names(algorithm.parameterAsString(parameters, "MORE", context))
    expressions = parse_expressions(algorithm.parameterAsString(parameters, "EXPRESSIONS", context))
    if not names and not expressions:
        return None
    given = parse_assignments(algorithm.parameterAsString(parameters, "BANDS", context))
    return SpectralIndices(tuple(names), expressions, given, replace)


def check_index_units(algorithm, parameters, context, series, step, feedback):
    """Raise ChronocoverError if indices would be wrong for the size of the series' values, unless it is skipped."""
    from ..core.time_series.indices import check_reflectances

    if not algorithm.parameterAsBool(parameters, "SKIP_UNITS_CHECK", context):
        check_reflectances(series, step, feedback)
