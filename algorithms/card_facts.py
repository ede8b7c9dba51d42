"""What a user knows of a foreign model's dates, variables and classes: typed, or found in other data."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..core.errors import ChronocoverError
from .base import tr

NUMBERS = {
    "MEANS": (
        "Means",
        "What the model wants subtracted from each variable, one number for each or one for all; or one for each "
        "variable of each date, in the order of the input. Empty: it does that itself.",
    ),
    "STANDARD_DEVIATIONS": (
        "Standard deviations",
        "What the model wants each variable divided by after that, as many numbers as means, or one for all.",
    ),
    "LOWS": (
        "Values that become 0",
        "For a model that wants values from 0 to 1: the lowest of each variable, such as its 2nd percentile.",
    ),
    "HIGHS": (
        "Values that become 1",
        "For a model that wants values from 0 to 1: the highest of each variable, such as its 98th percentile.",
    ),
}


def define_facts(algorithm):
    """Add the parameters that :func:`read_facts` reads."""
    algorithm.add(
        QgsProcessingParameterRasterLayer("SERIES", tr("Series with its dates and variables"), None, True),
        tr("An image time series that the model could have been made for: it tells usual values too."),
    )
    algorithm.add(
        QgsProcessingParameterFeatureSource(
            "SAMPLES", tr("Samples with its dates and variables"), [QgsProcessing.SourceType.TypeVector], None, True
        ),
        tr("A samples layer that the model could have learnt from: it tells classes and usual values too."),
    )
    algorithm.add(
        QgsProcessingParameterString("VARIABLES", tr("Variables, separated by commas"), None, False, True),
        tr("Names in the order of the input, such as “red, nir, ndvi”. Empty: those of the samples or the series."),
    )
    algorithm.add(
        QgsProcessingParameterString("DATES", tr("Dates, such as “2021-03-01, 2021-03-17”"), None, False, True),
        tr(
            "“2021-03-01, 2021-03-17, …”, or the first day and days after it: “2021-03-01 + 0, 16, 32”. Empty: those "
            "of the samples or the series."
        ),
    )
    algorithm.add(
        QgsProcessingParameterString("CLASSES", tr("Classes, one a line"), None, True, True),
        tr("In the order of the output, one a line: “forest”, or with code and colour “3 = forest #228833”."),
    )
    algorithm.add(
        QgsProcessingParameterRasterLayer("LEGEND", tr("Classes from a labels raster"), None, True),
        tr("A raster with class names and colours, in the order of the output by code."),
        advanced=True,
    )
    algorithm.add(
        QgsProcessingParameterFile("LIKE", tr("Model with the same card"), extension="onnx", optional=True),
        tr("A model of ours whose dates, variables, classes and ranges hold for this one too."),
        advanced=True,
    )


def typed_facts(algorithm, parameters, context):
    """What the texts say, as :class:`models.describing.CardFacts`. Raises ChronocoverError if one cannot be read."""
    from ..models.card import TimeAxis
    from ..models.card_texts import parse_classes, parse_dates, parse_names
    from ..models.describing import CardFacts

    dates, names, classes = (
        (algorithm.parameterAsString(parameters, name, context) or "").strip()
        for name in ("DATES", "VARIABLES", "CLASSES")
    )
    return CardFacts(
        TimeAxis.of_dates(parse_dates(dates)) if dates else None,
        parse_names(names, tr("Variables")),
        parse_classes(classes),
    )


def read_numbers(algorithm, parameters, context):
    """The numbers of each text in :data:`NUMBERS`, in its order. Raises ChronocoverError if one is none."""
    from ..models.card_texts import parse_numbers

    return [
        parse_numbers(algorithm.parameterAsString(parameters, name, context) or "", tr(title))
        for name, (title, _) in NUMBERS.items()
    ]


def read_facts(algorithm, parameters, context, feedback):
    """What the texts say, and where they are silent the samples, the series, the labels raster, the other model."""
    from ..core.labels.legend import read_legend
    from ..core.rasters import open_raster
    from ..core.series.image_series import ImageSeries
    from ..core.series.probing import sample_values
    from ..models.describing import CardFacts
    from ..models.session import ModelSession
    from .samples_layer import read_samples_parameter

    facts = typed_facts(algorithm, parameters, context)
    if parameters.get("SAMPLES"):
        samples = read_samples_parameter(algorithm, parameters, "SAMPLES", context, feedback)
        known = CardFacts.of_values(samples.dates, samples.variables, samples.values)
        facts = facts.or_else(known).or_else(CardFacts(classes=samples.legend.classes))
    path = algorithm.raster_path(parameters, "SERIES", context)
    if path:
        series = ImageSeries.open(path)
        names = series.variables
        dates = sorted({band.date for band in series.bands if band.variable in names})
        facts = facts.or_else(CardFacts.of_values(dates, names, sample_values(series, dates, names)))
    path = algorithm.raster_path(parameters, "LEGEND", context)
    if path:
        legend = read_legend(open_raster(path, "labels raster"))
        if legend is None:
            raise ChronocoverError(f"The raster {path} has no class names. Choose one from “Rasterize labels”.")
        facts = facts.or_else(CardFacts(classes=legend.classes))
    like = algorithm.parameterAsFile(parameters, "LIKE", context)
    return facts.or_else(CardFacts.of_card(ModelSession.open(like).card)) if like else facts
