"""The parameters that say which images make up a series, and what the user says of them."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingUtils,
)

from ..core.dates import compile_date_regex, day_typed
from ..core.errors import ChronocoverError
from .base import tr

SENSORS = ("automatic", "Sentinel-2", "Landsat 8/9", "HLS", "MODIS MOD13Q1", "none")
PATTERN = "*.tif;*.tiff;*.jp2;*.img;*.vrt;*.nc;*.hdf"


def define_images(algorithm):
    """Add the parameters of the images: where they are, and how to read their dates, variables and units."""
    algorithm.add(
        QgsProcessingParameterMultipleLayers(
            "LAYERS", tr("Image layers"), QgsProcessing.SourceType.TypeRaster, optional=True
        ),
        tr("Raster layers of the project. Layer names may carry the date when the files' names do not."),
    )
    algorithm.add(
        QgsProcessingParameterFile(
            "FOLDER", tr("Folder of images"), QgsProcessingParameterFile.Behavior.Folder, optional=True
        ),
        tr("A folder in which images are looked for, in the folders below it too."),
    )
    algorithm.add(
        text_parameter("PATTERN", "File pattern in the folder", PATTERN),
        tr(
            "Which files of the folder to take: * stands for anything, several patterns are separated by semicolons "
            "(*_NDVI.tif;*_CLM.tif). A pattern with a slash is compared with the path below the folder."
        ),
    )
    algorithm.add(
        QgsProcessingParameterFile("TABLE", tr("Table of images"), fileFilter="CSV files (*.csv)", optional=True),
        tr(
            "A CSV file with the columns path and date (2021-03-06) and, if you like, variable and band. Relative "
            "paths count from the table's folder."
        ),
    )
    algorithm.add(
        choice_parameter("SENSOR", "Sensor", SENSORS),
        tr(
            "Gives bands their names (blue, green, red, nir …), units and nodata value, and tells which is the quality "
            "band. “automatic” knows Sentinel-2, Landsat 8/9, HLS and MOD13Q1 by their product names; scales apply "
            "only to whole numbers without a scale of their own. “none” uses no knowledge of sensors."
        ),
    )
    algorithm.add(
        text_parameter("VARIABLES", "Names of variables"),
        tr(
            "Names separated by commas. For images of several bands without descriptions: one for each band, in "
            "order (EVI,NDVI,RED). For others: what to look for in band descriptions and file names. Empty: automatic."
        ),
    )
    algorithm.add(
        text_parameter("KEEP", "Variables to keep"),
        tr(
            "Names of the variables that go into the series, separated by commas; quality variables must be listed "
            "here or below. Empty: all."
        ),
    )
    algorithm.add(
        text_parameter("QUALITY", "Quality variables"),
        tr(
            "Names of variables that tell quality, such as a cloud mask, separated by commas. They keep their numbers "
            "and always go into the series. Usual names (SCL, CLM, Fmask, QA_PIXEL …) need not be given."
        ),
    )
    algorithm.add(
        text_parameter("START", "First day"),
        tr("Images before this day are left out, such as 2021-03-06. Empty: none."),
    )
    algorithm.add(text_parameter("END", "Last day"), tr("Images after this day are left out. Empty: none."))
    algorithm.add(
        text_parameter("DATE_REGEX", "Regular expression for the date"),
        tr(
            "Finds the date in file, layer or folder names where they are unusual: with named groups, "
            r"(?P&lt;year&gt;\d{4})(?P&lt;doy&gt;\d{3}) or year, month, day; or one group around the date, _(\d{8})_."
        ),
        advanced=True,
    )
    for name, title, text in (
        (
            "SCALE",
            "Scale",
            "Factor from stored numbers to physical values, such as 0.0001, for all data variables.",
        ),
        ("OFFSET", "Offset", "Added after the scale, for all data variables, such as -0.1."),
        ("NODATA", "Nodata value", "The number that means “no value” in all data variables."),
    ):
        number = QgsProcessingParameterNumber(
            name, tr(title), QgsProcessingParameterNumber.Type.Double, defaultValue=None, optional=True
        )
        algorithm.add(number, tr(text + " Empty: as the files or the sensor say."), advanced=True)


def text_parameter(name, title, default=None):
    """An optional text."""
    return QgsProcessingParameterString(name, tr(title), defaultValue=default, optional=True)


def choice_parameter(name, title, options):
    """A choice whose values are the texts themselves; the first is the default."""
    return QgsProcessingParameterEnum(
        name, tr(title), options=list(options), defaultValue=options[0], usesStaticStrings=True
    )


def validate_images(algorithm, parameters, context):
    """Raise ChronocoverError if there are no images, or dates and the regular expression are wrong."""
    if not any(parameters.get(name) for name in ("LAYERS", "FOLDER", "TABLE")):
        raise ChronocoverError("There are no images. Give image layers, a folder or a table.")
    start, end = _period(algorithm, parameters, context)
    if start and end and start > end:
        raise ChronocoverError(f"The first day, {start}, is after the last day, {end}.")
    compile_date_regex(algorithm.parameterAsString(parameters, "DATE_REGEX", context))


def read_rules(algorithm, parameters, context):
    """What the user says of the images, as :class:`core.series.inventory.Rules`."""
    from ..core.series.inventory import Rules
    from ..core.series.naming import split_names

    def names(parameter):
        return split_names(algorithm.parameterAsString(parameters, parameter, context))

    def number(parameter):
        empty = parameters.get(parameter) in (None, "")
        return None if empty else algorithm.parameterAsDouble(parameters, parameter, context)

    start, end = _period(algorithm, parameters, context)
    return Rules(
        sensor=algorithm.parameterAsEnumString(parameters, "SENSOR", context),
        date_regex=compile_date_regex(algorithm.parameterAsString(parameters, "DATE_REGEX", context)),
        variables=names("VARIABLES"),
        keep=names("KEEP"),
        quality=names("QUALITY"),
        scale=number("SCALE"),
        offset=number("OFFSET"),
        nodata=number("NODATA"),
        start=start,
        end=end,
    )


def find_images(algorithm, parameters, context, feedback):
    """The images as a list of :class:`core.series.sources.Source`; raises ChronocoverError naming what is no image."""
    from ..core.series.sources import Source, read_table, search_folder

    sources = []
    for layer in _layers(algorithm, parameters, context):
        if getattr(layer, "providerType", str)() != "gdal":
            raise ChronocoverError(f"The layer “{layer.name()}” is not a raster file. Take it out of the images.")
        sources.append(Source(layer.source().split("|option:")[0], name=layer.name()))
    folder = algorithm.parameterAsString(parameters, "FOLDER", context)
    if folder:
        sources += search_folder(folder, algorithm.parameterAsString(parameters, "PATTERN", context), feedback)
    table = algorithm.parameterAsFile(parameters, "TABLE", context)
    return sources + (read_table(table) if table else [])


def _layers(algorithm, parameters, context):
    value = parameters.get("LAYERS")
    if not value:
        return []
    layers = algorithm.parameterAsLayerList(parameters, "LAYERS", context)
    given = value if isinstance(value, (list, tuple)) else [value]
    lost = [
        item for item in given if isinstance(item, str) and QgsProcessingUtils.mapLayerFromString(item, context) is None
    ]
    if lost and len(layers) < len(given):  # QGIS drops what it cannot open without a word
        raise ChronocoverError(f"Cannot open as image layers: {', '.join(lost)}. Are they raster files?")
    return layers


def _period(algorithm, parameters, context):
    return tuple(
        day_typed(algorithm.parameterAsString(parameters, name, context), tr(title))
        for name, title in (("START", "First day"), ("END", "Last day"))
    )
