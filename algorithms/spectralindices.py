"""Spectral indices: new variables from formulas over those of a series."""

from qgis.core import QgsProcessingParameterEnum

from ..core.errors import ChronocoverError
from .base import DOCS, tr
from .index_parameters import check_index_units, define_indices, read_index_step
from .series_processing import SeriesProcessingAlgorithm

ADD, REPLACE = MODES = ("add to the variables", "replace the variables")


class SpectralIndices(SeriesProcessingAlgorithm):
    """Compute spectral indices of a series."""

    NAME = "spectralindices"
    TITLE = "Spectral indices"
    SUMMARY = "Computes NDVI, EVI and hundreds of other indices, or your own formulas, for every date of a series."
    TAGS = ("index", "ndvi", "evi", "savi", "ndwi", "nbr", "band math", "raster calculator", "expression", "formula")
    HELP = f"""
<p>Computes indices from the variables of an image time series, date by date, and adds them as variables or puts them in
place of the data variables.</p>
<p>Choose common ones from the list, name <a href="{DOCS}spectral-indices.md">any of the 280 of the catalogue</a>
Awesome Spectral Indices, or write expressions. The bands are found by the names of the variables, <i>red</i> and
<i>nir</i> say, as “Build image time series” gives them; capitals do not matter. A new variable is called like the
index, in small letters.</p>
<p><b>Units:</b> scale and offset of the images are applied before, so that formulas see reflectances from 0 to 1
however the files store them. If the values are larger all the same, indices that would be wrong, such as EVI or SAVI,
are refused, and others warned of. Expressions are computed as they are.</p>
<p><b>Missing values:</b> a result is missing where a variable of the formula is, and where there is no finite result,
as after a division by zero. Constants are the usual ones (L is 1 in EVI and 0.5 in SAVI); the advanced parameters
change them.</p>
<p>Quality variables pass unchanged.</p>
<p>Before: “Mask clouds”, “Fill gaps”, “Smooth”. Next: “Temporal statistics and phenology”, “Extract samples”.</p>
"""

    def define_steps(self):
        define_indices(self)
        self.add(
            QgsProcessingParameterEnum("MODE", tr("What to do with them"), MODES, False, ADD, False, True),
            tr("Whether the result keeps the data variables and has the indices besides, or has the indices only."),
        )

    def steps(self, parameters, context, series, feedback):
        replace = self.parameterAsEnumString(parameters, "MODE", context) == REPLACE
        step = read_index_step(self, parameters, context, replace)
        if step is None:
            raise ChronocoverError("There is no index to compute. Choose one, name one, or write an expression.")
        return [step]

    def compute(self, parameters, context, feedback):
        series = self.series(parameters, context)
        steps = self.steps(parameters, context, series, feedback)
        check_index_units(self, parameters, context, series, steps[0], feedback)
        return self.write_series(parameters, context, series, steps, feedback)
