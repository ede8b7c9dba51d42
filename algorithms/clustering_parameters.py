"""The parameters of clustering that several algorithms share: method, preparation, sample and mask."""

from qgis.core import (
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..core.errors import ChronocoverError
from ..models.clustering.settings import DTW, METHODS, MOST_CLUSTERS, NONE, SCALINGS, SMOOTHINGS
from .base import tr

INTEGER, DOUBLE = QgsProcessingParameterNumber.Type.Integer, QgsProcessingParameterNumber.Type.Double
SPREADS = ("scene", "classes")
METHOD_HELP = (
    "<ul><li><i>dtw</i>: dynamic time warping lets curves of one shape meet although one is earlier; centres are DTW "
    "barycentres. The best first choice;</li>"
    "<li><i>euclidean</i>: plain k-means, date by date, the fastest;</li>"
    "<li><i>soft-dtw</i>: a smooth DTW (gamma says how smooth), slower;</li>"
    "<li><i>k-shape</i>: shapes alone, whatever their height and position;</li>"
    "<li><i>gak</i>: kernel k-means with the global alignment kernel, the slowest.</li></ul>"
)
MOST_SEED = 2147483647
NO_BAND = -1


def define_method(algorithm):
    """Add method, number of clusters and preparation, and their advanced details."""
    choice = QgsProcessingParameterEnum("METHOD", tr("Method"), METHODS, False, DTW, False, True)
    algorithm.add(choice, tr("What makes two series alike: see the description of this tool."))
    clusters = QgsProcessingParameterNumber("CLUSTERS", tr("Number of clusters"), INTEGER, 6, False, 1, MOST_CLUSTERS)
    algorithm.add(clusters, tr("How many groups to find. “Search clusterings” compares several numbers."))
    define_preparation(algorithm)
    define_details(algorithm)


def define_preparation(algorithm):
    """Add what is done to series before they are compared."""
    scaling = QgsProcessingParameterEnum("SCALING", tr("Scale each series"), SCALINGS, False, NONE, False, True)
    algorithm.add(
        scaling,
        tr(
            "“none” compares values as they are, “z-score” and “min-max” only the shape of each series and variable. "
            "With variables of different size, scale, or the largest one decides alone. k-shape always takes z-scores."
        ),
    )
    define_smoothing(algorithm)


def define_smoothing(algorithm):
    """Add the choice of smoothing."""
    smoothing = QgsProcessingParameterEnum("SMOOTHING", tr("Smooth"), SMOOTHINGS, False, NONE, False, True)
    algorithm.add(smoothing, tr("Smooths each series before it is scaled. The profiles show the values unsmoothed."))


def define_details(algorithm, without=()):
    """Add the advanced parameters of methods and smoothing, but those named."""
    for name, title, kind, default, least, most, help_text in (
        (
            "RADIUS", tr("Sakoe-Chiba band: dates (-1: none)"), INTEGER, NO_BAND, NO_BAND, 10000,
            tr("How many dates apart two values may be to be matched by dtw and soft-dtw. A band keeps a crop of "
               "spring from matching one of autumn, and is faster. -1: no limit."),
        ),
        ("GAMMA", tr("Gamma (soft-dtw)"), DOUBLE, 1.0, 1e-9, 1e9,
         tr("Smoothness of soft-dtw, in squared units of the prepared series: near 0 it is DTW. For an index between "
            "0 and 1 without scaling, 0.01 to 0.1 suits.")),
        ("SIGMA", tr("Sigma (gak; 0: estimated)"), DOUBLE, 0.0, 0.0, 1e9,
         tr("Bandwidth of the global alignment kernel. 0: estimated from the series.")),
        ("RESTARTS", tr("Restarts"), INTEGER, 3, 1, 1000,
         tr("Runs from different starting centres, of which the best is kept: the one nearest to its centres.")),
        ("ITERATIONS", tr("Most rounds"), INTEGER, 50, 1, 100000, tr("A run ends after so many rounds at the latest.")),
        ("SEED", tr("Seed"), INTEGER, 1, 0, MOST_SEED,
         tr("Another number draws another sample and other starting centres. The same number repeats a run.")),
        ("SMOOTHING_WINDOW", tr("Window of Savitzky-Golay: dates"), INTEGER, 5, 3, 999,
         tr("An odd number of dates.")),
        ("SMOOTHING_ORDER", tr("Order of Savitzky-Golay"), INTEGER, 2, 0, 10, tr("Degree of its polynomial.")),
        ("SMOOTHING_STRENGTH", tr("Lambda of Whittaker"), DOUBLE, 10.0, 1e-9, 1e12, tr("The larger, the smoother.")),
    ):  # fmt: skip
        if name not in without:
            number = QgsProcessingParameterNumber(name, title, kind, default, False, least, most)
            algorithm.add(number, help_text, advanced=True)


def read_settings(algorithm, parameters, context, method=None, clusters=None, scaling=None, restarts=None):
    """The :class:`models.clustering.settings.ClusteringSettings` of the dialog; raises ChronocoverError.

    What is given is taken instead of the parameter.
    """
    from ..models.clustering.settings import ClusteringSettings

    def number(name):
        return algorithm.parameterAsInt(parameters, name, context)

    radius = number("RADIUS") if algorithm.parameterDefinition("RADIUS") else NO_BAND
    settings = ClusteringSettings(
        method=method or algorithm.parameterAsEnumString(parameters, "METHOD", context),
        clusters=clusters or number("CLUSTERS"),
        restarts=restarts or number("RESTARTS"),
        seed=number("SEED"),
        iterations=number("ITERATIONS"),
        radius=radius if radius >= 0 else None,
        gamma=algorithm.parameterAsDouble(parameters, "GAMMA", context),
        sigma=algorithm.parameterAsDouble(parameters, "SIGMA", context) or None,
        scaling=scaling or algorithm.parameterAsEnumString(parameters, "SCALING", context),
        smoothing=algorithm.parameterAsEnumString(parameters, "SMOOTHING", context),
        smoothing_window=number("SMOOTHING_WINDOW"),
        smoothing_order=number("SMOOTHING_ORDER"),
        smoothing_strength=algorithm.parameterAsDouble(parameters, "SMOOTHING_STRENGTH", context),
    )
    settings.check()
    return settings


def define_variables(algorithm):
    """Add the choice of variables."""
    names = QgsProcessingParameterString("VARIABLES", tr("Variables"), None, False, True)
    algorithm.add(names, tr("Names separated by commas, such as ndvi, nir. Empty: all variables but quality bands."))


def read_names(algorithm, parameters, context, name="VARIABLES"):
    """The names in a text parameter, which commas separate."""
    text = algorithm.parameterAsString(parameters, name, context) or ""
    return [part.strip() for part in text.split(",") if part.strip()]


def define_mask(algorithm):
    """Add the mask and its class."""
    mask = QgsProcessingParameterRasterLayer("MASK", tr("Mask"), optional=True)
    algorithm.add(
        mask,
        tr(
            "Only pixels where this raster is neither 0 nor nodata get a cluster. With a class map here and a class "
            "below, one land cover is split into its kinds: cropland into crops. Any grid and CRS will do."
        ),
    )
    choice = QgsProcessingParameterString("CLASS", tr("Class of the mask"), None, False, True)
    algorithm.add(choice, tr("Number or name of the wanted class; several are separated by commas. Empty: all but 0."))


def define_sample(algorithm, size):
    """Add the sample that clusters are learnt from."""
    number = QgsProcessingParameterNumber("SAMPLE_SIZE", tr("Pixels to learn from"), INTEGER, size, False, 2, 10000000)
    algorithm.add(number, tr("So many random pixels make the clusters; then every pixel is assigned to one."))
    spread = QgsProcessingParameterEnum("SPREAD", tr("Spread of these pixels"), SPREADS, False, "scene", False, True)
    algorithm.add(
        spread,
        tr("“scene”: evenly over the image. “classes”: as many from each class of the mask, so that rare ones count."),
        advanced=True,
    )


def read_mask_codes(algorithm, parameters, context):
    """The path of the mask (empty if there is none) and the codes of the wanted classes; raises ChronocoverError."""
    from ..core.labels.class_choice import chosen_codes

    path = algorithm.raster_path(parameters, "MASK", context) or ""
    text = algorithm.parameterAsString(parameters, "CLASS", context) or ""
    if text.strip() and not path:
        raise ChronocoverError("A class of the mask is named, but no mask is given. Choose the class raster as mask.")
    return path, chosen_codes(path, text) if path else ()


def read_draw(algorithm, parameters, context, grid):
    """The :class:`core.samples.pixel_draw.PixelDraw` and the mask of pixels (None without one)."""
    from ..core.samples.pixel_draw import CLASSES, PixelDraw
    from ..models.block_mapping import PixelMask

    path, codes = read_mask_codes(algorithm, parameters, context)
    spread = algorithm.parameterAsEnumString(parameters, "SPREAD", context)
    if spread == CLASSES and not path:
        raise ChronocoverError("To spread the pixels over classes, choose the class raster as mask.")
    mask = PixelMask.on_grid(path, grid, codes) if path else None
    size, seed = (algorithm.parameterAsInt(parameters, name, context) for name in ("SAMPLE_SIZE", "SEED"))
    return PixelDraw(size, spread, mask.source if mask else None, codes, seed), mask
