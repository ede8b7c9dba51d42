"""Spectral indices: the catalogue against Python's own evaluation and published values; missing and wrong bands."""

import numpy as np
import pytest
from osgeo import gdal
from scenes import write_series
from steps_on_arrays import axes

from chronocover.core.errors import ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.series.image_series import ImageSeries
from chronocover.core.time_series.index_catalogue import BANDS, CONSTANTS, INDICES, find_index
from chronocover.core.time_series.indices import (
    SpectralIndices,
    check_reflectances,
    parse_assignments,
    parse_expressions,
)

NAN = np.nan
SENTINEL_2 = ("coastal", "blue", "green", "red", "rededge1", "rededge2", "rededge3", "nir", "nir08", "swir1", "swir2")
LETTERS = ("A", "B", "G", "R", "RE1", "RE2", "RE3", "N", "N2", "S1", "S2")
EVERYTHING = (*SENTINEL_2, "yellow", "green1", "thermal1", "thermal2", "vv", "vh", "hh", "hv")
EVERY_LETTER = (*LETTERS, "Y", "G1", "T1", "T2", "VV", "VH", "HH", "HV")
WAVELENGTHS = tuple(zip(["lambdaG", "lambdaR", "lambdaN", "lambdaN2", "lambdaS1", "lambdaS2"], range(560, 2200, 300)))


def values_of(step, variables, values, roles=None):
    """Result by variable of one pixel's values ``(dates, variables)``."""
    values = np.asarray(values, dtype=np.float32)
    before = axes(range(len(values)), variables, roles)
    after, result = step.axes_after(before), step.apply(values[None, None], before)
    assert result.shape == (1, 1, len(values), len(after.variables)) and result.dtype == np.float32
    return dict(zip(after.variables, result[0, 0].T))


@pytest.mark.parametrize("name", INDICES)
def test_every_index_of_the_catalogue_is_what_python_makes_of_its_formula(name):
    generator = np.random.default_rng(3)
    reflectances = generator.uniform(0.02, 0.6, (50, len(EVERYTHING))).astype(np.float32)
    given = (*((key, str(value)) for key, value in WAVELENGTHS), ("PAR", "900"))
    index = find_index(name)
    result = values_of(SpectralIndices((name,), given=given), EVERYTHING, reflectances)[index.variable]

    known = dict(zip(EVERY_LETTER, reflectances.astype(np.float64).T))
    known["T"] = known["T1"]
    constants = {key: value for key, (value, _) in CONSTANTS.items() if value is not None}
    constants.update({**index.constants, **dict(WAVELENGTHS), "PAR": 900})

    def kernel(a, b):
        return np.exp(-((a - b) ** 2) / (2 * ((a + b) / 2) ** 2))

    every = {**constants, **known}
    kernels = {f"k{a}{b}": kernel(every[a], every[b]) for a, b in ("NN", "NR", "NB", "NL", "GG", "GR", "GB")}
    with np.errstate(all="ignore"):
        expected = eval(index.formula, {"__builtins__": {}}, {**every, **kernels})
    expected = np.where(np.isfinite(expected), expected, NAN)
    assert np.isfinite(expected).any()
    np.testing.assert_allclose(result, expected, rtol=2e-6, atol=1e-7)


@pytest.mark.parametrize(
    ("name", "bands", "expected"),
    [  # from the documentation of spyndex 0.12, and worked out by hand from the publications
        ("NDVI", {"nir": 0.643, "red": 0.175}, 0.5721271393643031),
        ("SAVI", {"nir": 0.643, "red": 0.175}, 0.5326251896813354),
        ("kNDVI", {"nir": 0.68, "red": 0.13}, 0.4309459271768674),
        ("kNDVI", {"nir": 0.5, "red": 0.1}, np.tanh((0.4 / 0.6) ** 2)),
        ("EVI", {"nir": 0.5, "red": 0.1, "blue": 0.05}, 2.5 * 0.4 / (0.5 + 0.6 - 0.375 + 1)),
        ("EVI2", {"nir": 0.5, "red": 0.1}, 2.5 * 0.4 / (0.5 + 0.24 + 1)),
        ("OSAVI", {"nir": 0.5, "red": 0.1}, 0.4 / 0.76),
        ("NDWI", {"green": 0.3, "nir": 0.1}, 0.5),
        ("MNDWI", {"green": 0.3, "swir1": 0.1}, 0.5),
        ("NDMI", {"nir": 0.3, "swir1": 0.1}, 0.5),
        ("NBR", {"nir": 0.3, "swir2": 0.1}, 0.5),
        ("NDRE", {"nir": 0.3, "rededge1": 0.1}, 0.5),
        ("BSI", {"swir1": 0.4, "red": 0.2, "nir": 0.2, "blue": 0.1}, 0.3 / 0.9),
        ("NBR", {"NIR": 0.3, "MIR": 0.1}, 0.5),  # the names of MOD13Q1
    ],
)
def test_published_values(name, bands, expected):
    result = values_of(SpectralIndices((name,)), tuple(bands), [list(bands.values())])
    assert result[find_index(name).variable][0] == pytest.approx(expected, rel=1e-6)


def test_adds_variables_before_the_quality_and_leaves_that_as_it_is():
    values = [[0.1, 0.5, 4], [NAN, 0.5, 8], [0, 0, NAN]]
    roles = ["data", "data", "quality"]
    added = values_of(SpectralIndices(("ndvi",)), ("red", "nir", "scl"), values, roles)
    assert list(added) == ["red", "nir", "ndvi", "scl"]
    np.testing.assert_array_equal(added["ndvi"], np.float32([0.4 / 0.6, NAN, NAN]))
    np.testing.assert_array_equal(np.stack([added["red"], added["nir"], added["scl"]], axis=1), np.float32(values))
    replaced = values_of(SpectralIndices(("NDVI",), replace=True), ("red", "nir", "scl"), values, roles)
    assert list(replaced) == ["ndvi", "scl"]
    after = SpectralIndices(("NDVI",)).axes_after(axes([0], ("scl", "red", "nir"), ["quality", "data", "data"]))
    assert (after.variables, after.roles) == (("red", "nir", "ndvi", "scl"), ("data", "data", "data", "quality"))


def test_expressions_use_variables_and_results_before_them():
    text = "sum = red + NIR\n\nshare = nir / sum; both = ndvi * share"
    step = SpectralIndices(("NDVI",), parse_expressions(text))
    result = values_of(step, ("red", "nir"), [[0.1, 0.5]])
    assert list(result) == ["red", "nir", "ndvi", "sum", "share", "both"]
    assert result["both"][0] == pytest.approx(0.4 / 0.6 * 0.5 / 0.6)


def test_bands_and_constants_can_be_given():
    given = parse_assignments("L = 0.25, N = nir08; R=B04")
    result = values_of(SpectralIndices(("SAVI",), given=given), ("b04", "nir", "nir08"), [[0.1, 0.9, 0.5]])
    assert result["savi"][0] == pytest.approx(1.25 * 0.4 / 0.85)


def test_a_replaced_variable_may_be_made_anew():
    result = values_of(SpectralIndices(("NDVI",), (("x", "ndvi"),), replace=True), ("red", "nir", "NDVI"), [[1, 3, 9]])
    assert result["ndvi"][0] == 0.5 and result["x"][0] == 9  # a formula's names mean the series' variables first


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (SpectralIndices(("EVI",)), r"EVI needs .*B \(blue\).*lacks B\. It has: red, nir"),
        (SpectralIndices(("NVDI",)), "no spectral index “NVDI”.*Did you mean .*NDVI"),
        (SpectralIndices(("bai",)), "BAI or BaI"),
        (SpectralIndices(("NIRvP",)), r"needs the constant PAR .*PAR = number"),
        (SpectralIndices(("NDVI", "ndvi"), (("NDVI", "red"),)), "two variables “NDVI”"),
        (SpectralIndices((), (("red", "nir * 2"),)), "two variables “red”"),
        (SpectralIndices((), (("scl", "nir"),), replace=True), "two variables “scl”"),
        (SpectralIndices((), (("x", "nir * blue"),)), "no variable “blue”. It has: red, nir"),
        (SpectralIndices((), (("x", "scl == 4"),)), "is a quality variable"),
        (SpectralIndices(("NDVI",), given=(("N", "nir9"),)), "no variable “nir9”"),
        (SpectralIndices(("NDVI",), given=(("Q", "nir"),)), "Q is neither a band"),
        (SpectralIndices(("SAVI",), given=(("L", "half"),)), "the constant L is a number"),
        (SpectralIndices(), "no index to compute"),
    ],
)
def test_what_does_not_fit_is_said(step, said):
    with pytest.raises(ChronocoverError, match=said):
        step.axes_after(axes([0], ("red", "nir", "scl"), ["data", "data", "quality"]))


@pytest.mark.parametrize("text", ["red + nir", "= red", "x =", "1x = red", "a == b"])
def test_an_expression_needs_a_name(text):
    with pytest.raises(ChronocoverError, match="has no name for its result"):
        parse_expressions(text)


def test_assignments_need_both_sides():
    for text in ("L", "L =", "= 3"):
        with pytest.raises(ChronocoverError, match="is not understood"):
            parse_assignments(text)


class Warnings(Feedback):
    def __init__(self):
        self.texts = []

    def warning(self, text):
        self.texts.append(text)


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """Red, near infrared and blue as whole numbers, 10,000 times the reflectance."""
    values = np.random.default_rng(4).integers(200, 5000, (3, 3, 20, 30)).astype(np.int16)
    return tmp_path_factory.mktemp("units"), values


def series_of(stored, scale, name):
    folder, values = stored
    days = ["2021-03-01", "2021-04-01", "2021-05-01"]
    return ImageSeries.open(write_series(folder / name, values, days, ["red", "nir", "blue"], scale=scale))


def test_whole_numbers_without_a_scale_are_refused_where_it_matters(stored):
    raw, scaled = series_of(stored, 1.0, "raw.tif"), series_of(stored, 1e-4, "scaled.tif")
    for index in ("EVI", "SAVI", "OSAVI", "MSAVI", "NIRv"):
        with pytest.raises(ChronocoverError, match=f"{index} needs reflectances .*“Build image time series”"):
            check_reflectances(raw, SpectralIndices(("NDVI", index)), Feedback())
    for step in (SpectralIndices(("NDVI",)), SpectralIndices(("kNDVI",))):
        warnings = Warnings()
        check_reflectances(raw, step, warnings)
        assert len(warnings.texts) == 1 and "offset" in warnings.texts[0]
    quiet = Warnings()
    check_reflectances(scaled, SpectralIndices(("NDVI", "EVI")), quiet)
    check_reflectances(raw, SpectralIndices((), (("x", "red / nir"),)), quiet)
    assert quiet.texts == []


def test_common_indices_are_in_the_catalogue():
    from chronocover.algorithms.index_parameters import COMMON

    for name in COMMON:
        assert find_index(name).name == name
    assert set(EVERY_LETTER) | {"T"} == set(BANDS)


def test_the_evi_of_the_modis_product(data_folder):
    """MOD13Q1's own EVI from its own reflectances: its published formula with the names that its bands have."""
    folder = data_folder / "mato_grosso_modis"
    path = sorted(folder.glob("*.tif"))[0]
    image = gdal.Open(str(path)).ReadAsArray().astype(np.float32)
    own, ndvi, red, blue, nir, _ = image[:6]
    if np.nanmedian(nir) > 2:
        own, ndvi, red, blue, nir = (band * np.float32(1e-4) for band in (own, ndvi, red, blue, nir))
    pixels = np.stack([blue.ravel(), nir.ravel(), red.ravel()], axis=1)
    result = values_of(SpectralIndices(("EVI", "NDVI")), ("BLUE", "NIR", "RED"), pixels)
    clear = (blue.ravel() > 0) & (blue.ravel() < 0.1)  # the product takes another formula over bright clouds
    assert clear.sum() > 500
    np.testing.assert_allclose(result["ndvi"][clear], ndvi.ravel()[clear], atol=2e-3)
    np.testing.assert_allclose(result["evi"][clear], own.ravel()[clear], atol=3e-3)
