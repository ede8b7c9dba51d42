"""Masking clouds: the products' published codes, growing, and what happens to dates and variables."""

import datetime
import pickle

import numpy as np
import pytest
from scipy import ndimage

from chronocover.core.errors import ChronocoverError
from chronocover.core.series.image_series import DATA, QUALITY
from chronocover.core.series.steps import SeriesAxes
from chronocover.core.time_series.cloud_masks import (
    CLEAR,
    CLOUDED,
    UNKNOWN,
    MaskClouds,
    grow_clouds,
    lookup_table,
    mask_state,
)
from chronocover.core.time_series.quality_presets import (
    ALSO,
    AUTOMATIC,
    BITS,
    BQA,
    CIRRUS,
    CLEAR_SCORE,
    HLS_FMASK,
    LOWEST_CODE,
    MEDIUM,
    NEAR,
    PRESETS,
    PROBABILITY,
    QA_PIXEL,
    RELIABILITY,
    SCL,
    SHADOW,
    SNOW,
    VALUES,
    VI_QUALITY,
    BitField,
    CodeRule,
    ThresholdRule,
    parse_bits,
    parse_values,
    quality_rule,
)

ALWAYS = "always"
# Landsat 8-9 Collection 2 Level 2 Science Product Guide, table "Pixel quality assessment value interpretations", and
# why each is masked. The guide sets the cloud bit, too, where a cloud of medium confidence has a shadow.
QA_PIXEL_TABLE = {
    1: {ALWAYS},  # fill
    21824: set(),  # clear
    21826: {NEAR},  # dilated cloud
    21888: set(),  # water
    21890: {NEAR},  # dilated cloud over water
    22080: {MEDIUM},  # mid confidence cloud
    22144: {MEDIUM},  # mid confidence cloud over water
    22280: {ALWAYS},  # high confidence cloud
    23888: {SHADOW},  # high confidence cloud shadow
    23952: {SHADOW},  # water with cloud shadow
    24088: {ALWAYS, MEDIUM, SHADOW},  # mid confidence cloud with shadow
    24344: {ALWAYS, SHADOW},  # high confidence cloud with shadow
    30048: {SNOW},  # high confidence snow or ice
    54596: {CIRRUS},  # high confidence cirrus
    54852: {CIRRUS, MEDIUM},  # cirrus, mid cloud
    55052: {CIRRUS, ALWAYS},  # cirrus, high cloud
}
# Landsat 8 Collection 1 Quality Assessment band, table of pixel values; those of the New York scenes among them.
BQA_TABLE = {
    1: {ALWAYS},  # fill
    2720: set(),  # clear
    2752: {MEDIUM},  # medium cloud
    2800: {ALWAYS},  # high cloud
    2976: {SHADOW},  # high cloud shadow
    3008: {SHADOW, MEDIUM},
    3744: {SNOW},  # high snow or ice
    3776: {SNOW, MEDIUM},
    6816: {CIRRUS},  # high cirrus
    6848: {CIRRUS, MEDIUM},
    6896: {CIRRUS, ALWAYS},  # high cirrus, high cloud
    7072: {CIRRUS, SHADOW},
    7104: {CIRRUS, SHADOW, MEDIUM},
    7840: {CIRRUS, SNOW},
}
SCL_NAMES = [
    *("no data", "saturated", "dark", "cloud shadow", "vegetation", "bare", "water", "unclassified"),
    *("cloud medium probability", "cloud high probability", "thin cirrus", "snow"),
]


def bad_codes(rule, codes):
    return {code for code in codes if rule.is_bad(code)}


def test_sentinel_2_scene_classification():
    def masked(*also):
        return {SCL_NAMES[code] for code in bad_codes(SCL.rule(also), range(12))}

    assert masked() == {"no data", "saturated", "cloud high probability"}
    assert masked(SHADOW, CIRRUS, MEDIUM) - masked() == {"cloud shadow", "thin cirrus", "cloud medium probability"}
    assert masked(SNOW) - masked() == {"snow"}


@pytest.mark.parametrize(("product", "table"), [(QA_PIXEL, QA_PIXEL_TABLE), (BQA, BQA_TABLE)])
@pytest.mark.parametrize("also", [(), (SHADOW,), (CIRRUS,), (MEDIUM,), (NEAR,), (SNOW,), (SHADOW, MEDIUM, SNOW)])
def test_landsat_pixel_values(product, table, also):
    expected = {code for code, reasons in table.items() if reasons & {ALWAYS, *also}}
    assert bad_codes(product.rule(also), table) == expected


def test_hls_fmask_bits():
    bits = {CIRRUS: 0b1, NEAR: 0b100, SHADOW: 0b1000, SNOW: 0b10000, "much aerosol": 0b11000000}
    water, moderate_aerosol, cloud, fill = 0b100000, 0b10000000, 0b10, 255
    for what, code in bits.items():
        codes = [0, *bits.values(), water, moderate_aerosol, cloud, fill]
        assert bad_codes(HLS_FMASK.rule([what]), codes) == {code, cloud, fill}


def test_modis_quality():
    # From the left: shadow, snow, land or water (3 bits), mixed clouds, BRDF, next to clouds, aerosol (2),
    # usefulness (4), MODLAND QA (2).
    codes = {
        "good": 0b0_0_001_0_0_0_01_0000_00,
        "check": 0b0_0_001_0_0_0_01_0010_01,
        "cloudy": 0b0_0_001_0_0_0_01_0111_10,
        "not produced": 0b0_0_001_0_0_0_01_0111_11,
        "useless": 0b0_0_001_0_0_0_01_1101_01,
        "lowest": 0b0_0_001_0_0_0_01_1100_01,
        "mixed": 0b0_0_001_1_0_0_01_0001_01,
        NEAR: 0b0_0_001_0_0_1_01_0001_01,
        SNOW: 0b0_1_001_0_0_0_01_0001_01,
        SHADOW: 0b1_0_001_0_0_0_01_0001_01,
        "much aerosol": 0b0_0_001_0_0_0_11_0001_01,
    }
    always = {"cloudy", "not produced", "useless", "mixed"}
    assert {name for name, code in codes.items() if VI_QUALITY.rule(()).is_bad(code)} == always
    for also in (NEAR, SNOW, SHADOW, "much aerosol"):
        assert {name for name, code in codes.items() if VI_QUALITY.rule([also]).is_bad(code)} == always | {also}
    assert bad_codes(RELIABILITY.rule(()), range(-1, 4)) == {-1, 3}
    assert bad_codes(RELIABILITY.rule([SNOW]), range(-1, 4)) == {-1, 2, 3}


def test_the_lookup_table_is_the_rule():
    rule = CodeRule(((-3, 5), (900, 1000)), (BitField(4, 3, (2, 5)), BitField(15, 1, (1,))))
    table = lookup_table(rule)
    for code in [*range(-40, 2100), 32767, 32768, 65535, -32768]:
        assert table[code - LOWEST_CODE] == rule.is_bad(code), code


def test_values_and_bit_fields_as_people_write_them():
    assert parse_values("3, 8-10") == ((3, 3), (8, 10))
    assert parse_values(" -1; 8 – 10 ,") == ((-1, -1), (8, 10))
    assert parse_values("-3--1") == ((-3, -1),)
    assert parse_bits("3:1:1; 5:2:2,3") == (BitField(3, 1, (1,)), BitField(5, 2, (2, 3)))


@pytest.mark.parametrize("text", ["", "cloud", "10-8", "3,,8", "70000", "1.5"])
def test_unreadable_values_are_refused(text):
    with pytest.raises(ChronocoverError, match="Bad values"):
        parse_values(text)


@pytest.mark.parametrize("text", ["", "3", "3:1", "15:2:1", "3:1:2", "3:0:0", "a:1:1"])
def test_unreadable_bit_fields_are_refused(text):
    with pytest.raises(ChronocoverError, match="Bit fields"):
        parse_bits(text)


def test_the_variable_tells_the_product():
    assert quality_rule(AUTOMATIC, "SCL", ALSO) == SCL.rule(ALSO)
    assert quality_rule(AUTOMATIC, "clm").is_bad(1) and not quality_rule(AUTOMATIC, "clm").is_bad(0)
    with pytest.raises(ChronocoverError, match=r"“qa” does not tell.*Choose the kind"):
        quality_rule(AUTOMATIC, "qa")
    with pytest.raises(ChronocoverError, match="needs a threshold"):
        quality_rule(PROBABILITY, "clp")
    for preset in PRESETS[1:]:
        rule = quality_rule(preset, "x", threshold=0.4, values="3, 8-10", bits="3:1:1")
        assert rule.describe().startswith("Masked where")
    assert quality_rule(VALUES, "x", values="2").is_bad(2) and quality_rule(BITS, "x", bits="1:1:1").is_bad(2)


def test_probabilities_and_scores():
    quality = np.array([[[0.0, 0.4, 0.41, np.nan]]], dtype=np.float32)
    cloud = mask_state(quality, quality_rule(PROBABILITY, "clp", threshold=0.4))
    assert cloud.tolist() == [[[CLEAR, CLEAR, CLOUDED, UNKNOWN]]]
    score = mask_state(quality, quality_rule(CLEAR_SCORE, "cs", threshold=0.4))
    assert score.tolist() == [[[CLOUDED, CLEAR, CLEAR, UNKNOWN]]]


def test_codes_that_are_none_are_unknown():
    quality = np.array([[[9.0, 4.0, np.nan, 1e6, -40000.0]]], dtype=np.float32)
    assert mask_state(quality, SCL.rule(())).tolist() == [[[CLOUDED, CLEAR, UNKNOWN, UNKNOWN, UNKNOWN]]]


@pytest.mark.parametrize("radius", [1, 2, 5, 30])
def test_the_mask_grows_by_a_disc(radius):
    rng = np.random.default_rng(3)
    state = np.where(rng.random((40, 23, 5)) < 0.01, CLOUDED, CLEAR).astype(np.uint8)
    state[10:15, 3:9, :] = UNKNOWN
    state[:, :, 4] = CLEAR
    dy, dx = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    disc = dx * dx + dy * dy <= radius * radius
    grown = grow_clouds(state, radius)
    for date in range(5):
        expected = ndimage.binary_dilation(state[..., date] == CLOUDED, disc) & (state[..., date] != UNKNOWN)
        np.testing.assert_array_equal(grown[..., date] == CLOUDED, expected)
    np.testing.assert_array_equal(grown == UNKNOWN, state == UNKNOWN)


def axes(dates=3, variables=("red", "nir", "scl", "qa"), roles=(DATA, DATA, QUALITY, QUALITY)):
    days = tuple(datetime.date(2021, 1, 1) + datetime.timedelta(days=10 * i) for i in range(dates))
    return SeriesAxes(days, variables, roles, (None,) * dates)


def test_the_step_masks_data_and_leaves_other_quality_alone():
    values = np.arange(24, dtype=np.float32).reshape(1, 2, 3, 4)
    values[..., 2] = [[9, 4, np.nan], [4, 4, 3]]
    before = axes()
    step = MaskClouds("scl", SCL.rule([SHADOW]), dropped=(before.dates[1],))
    after = step.axes_after(before)
    assert (after.variables, after.roles) == (("red", "nir", "qa"), (DATA, DATA, QUALITY))
    assert after.dates == (before.dates[0], before.dates[2])
    result = step.apply(values.copy(), before)
    assert result.shape == (1, 2, 2, 3)
    np.testing.assert_array_equal(np.isnan(result[0, :, :, 0]), [[True, True], [False, True]])
    np.testing.assert_array_equal(np.isnan(result[..., 0]), np.isnan(result[..., 1]))
    np.testing.assert_array_equal(result[..., 2], values[:, :, [0, 2], 3])
    assert result[0, 1, 0, 0] == values[0, 1, 0, 0]


def test_what_has_no_quality_can_be_kept():
    values = np.ones((1, 1, 3, 4), dtype=np.float32)
    values[..., 2] = [9, np.nan, 4]
    kept = MaskClouds("scl", SCL.rule(()), keep_unknown=True, keep_quality=True)
    result = kept.apply(values, axes())
    np.testing.assert_array_equal(np.isnan(result[0, 0, :, 0]), [True, False, False])
    np.testing.assert_array_equal(result[0, 0, :, 2], [9, np.nan, 4])
    assert kept.axes_after(axes()) == axes()


def test_a_threshold_on_a_data_variable():
    values = np.array([0.2, 0.9, 0.3, 0.1], dtype=np.float32).reshape(1, 1, 2, 2)
    before = axes(2, ("ndvi", "clp"), (DATA, DATA))
    result = MaskClouds("clp", ThresholdRule(0.5)).apply(values, before)
    np.testing.assert_array_equal(result[0, 0, :, 0], np.array([np.nan, 0.3], dtype=np.float32))


def test_the_step_travels_between_processes():
    step = MaskClouds("scl", SCL.rule(ALSO), grow=2)
    assert pickle.loads(pickle.dumps(step)) == step


def test_nothing_to_mask_is_refused():
    with pytest.raises(ChronocoverError, match="nothing to mask"):
        MaskClouds("scl", SCL.rule(())).axes_after(axes(2, ("scl",), (QUALITY,)))
    with pytest.raises(ChronocoverError, match="no variable “fmask”"):
        MaskClouds("fmask", SCL.rule(())).axes_after(axes())
