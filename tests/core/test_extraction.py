"""Which labelled pixels become samples, and with what values, against counting by hand."""

import numpy as np
import pytest
from osgeo import ogr
from scenes import write_raster, write_series
from scipy import ndimage
from scipy.spatial.distance import pdist

from chronocover.core import blocks as blocks_module
from chronocover.core.blocks import EngineOptions, plan_blocks
from chronocover.core.errors import CancelledError, ChronocoverError
from chronocover.core.feedback import Feedback
from chronocover.core.grid import Grid
from chronocover.core.labels.features import POINT, POLYGON, LabelFeature, LabelFeatures
from chronocover.core.labels.legend import Legend
from chronocover.core.samples import candidates as candidates_module
from chronocover.core.samples.candidates import candidates_of_features, candidates_of_raster
from chronocover.core.samples.extraction import chosen_variables, extract_samples, spatial_blocks
from chronocover.core.samples.selection import ALL, NUMBER, SHARE, SelectionRule
from chronocover.core.series.image_series import ImageSeries

DATES = ["2021-03-06", "2021-05-01", "2021-07-01"]
SIDE = 40  # pixels of 10 m, from (500000, 5100000)


@pytest.fixture
def values():
    """Stored values (dates, variables, rows, columns); 0 is nodata. Each tells where it is."""
    return np.arange(1, 3 * 2 * SIDE * SIDE + 1, dtype=np.uint16).reshape(3, 2, SIDE, SIDE)


@pytest.fixture
def series_of(tmp_path):
    def write(values, **options):
        path = write_series(tmp_path / "series.tif", values, DATES, ["red", "nir"], nodata=0, scale=1e-4, **options)
        return ImageSeries.open(path)

    return write


@pytest.fixture
def cut_small(monkeypatch):
    """Call it to have blocks of 16 × 16 pixels from then on."""

    def cut():
        monkeypatch.setattr(blocks_module, "OUTPUT_TILE", 16)
        monkeypatch.setattr(blocks_module, "ENOUGH_PIXELS", 1)
        assert plan_blocks(Grid("", (0, 1, 0, 0, 0, -1), SIDE, SIDE)).width == 16

    return cut


def square(column, row, width, height, name, fid):
    """A polygon along pixel edges."""
    x0, y0 = 500_000 + 10 * column, 5_100_000 - 10 * row
    x1, y1 = x0 + 10 * width, y0 - 10 * height
    wkt = f"POLYGON(({x0} {y0},{x1} {y0},{x1} {y1},{x0} {y1},{x0} {y0}))"
    return LabelFeature(fid, bytes(ogr.CreateGeometryFromWkt(wkt).ExportToWkb()), name, f"farm {fid}")


def point(column, row, name, fid):
    wkt = f"POINT({500_000 + 10 * column + 3} {5_100_000 - 10 * row - 3})"
    return LabelFeature(fid, bytes(ogr.CreateGeometryFromWkt(wkt).ExportToWkb()), name, str(fid))


def labels_of(*features, kind=POLYGON):
    return LabelFeatures(kind, features, Legend.of_values([feature.class_name for feature in features]))


def extract(series, labels, rule=None, **options):
    rule = rule or SelectionRule(ALL)
    found = candidates_of_features(labels, series.grid, rule, options.pop("buffer", 0.0))
    return extract_samples(series, found, rule, **options)


def pixels_of(samples):
    """(row, column) of each sample, from its coordinates."""
    x, y = samples.coordinates.T
    return list(zip(((5_100_000 - y) // 10).astype(int).tolist(), ((x - 500_000) // 10).astype(int).tolist()))


def test_all_pixels_of_polygons_with_their_physical_values(series_of, values):
    labels = labels_of(square(2, 3, 4, 2, "wheat", 1), square(30, 30, 3, 3, "maize", 2))
    samples = extract(series_of(values), labels).samples

    assert pixels_of(samples) == [(r, c) for r in (3, 4) for c in range(2, 6)] + [
        (r, c) for r in range(30, 33) for c in range(30, 33)
    ]
    assert samples.counts() == {"maize": 9, "wheat": 8}
    assert samples.classes[0] == "wheat" and samples.groups[0] == "farm 1"
    expected = np.stack([values[:, :, r, c] for r, c in pixels_of(samples)]) * 1e-4
    np.testing.assert_allclose(samples.values, expected, rtol=1e-6)
    assert samples.coordinates[0].tolist() == [500_025, 5_099_965]


def test_the_inward_buffer_keeps_pure_pixels(series_of, values):
    labels = labels_of(square(0, 0, 6, 6, "a", 1), square(10, 10, 1, 1, "a", 2), square(20, 20, 4, 4, "b", 3))
    extraction = extract(series_of(values), labels, buffer=10.0)
    assert extraction.samples.counts() == {"a": 16, "b": 4}
    assert extraction.counts[0].without_pixel == 1


def test_a_pixel_is_taken_once_and_a_disputed_one_not_at_all(series_of, values):
    same, other = square(0, 0, 4, 4, "a", 1), square(2, 0, 4, 4, "a", 2)
    third = square(5, 0, 4, 4, "b", 3)
    extraction = extract(series_of(values), labels_of(same, other, third))
    assert extraction.samples.counts() == {"a": 5 * 4, "b": 3 * 4}
    assert sum(row.conflicts for row in extraction.counts) == 4 == extraction.dropped
    assert len(set(pixels_of(extraction.samples))) == 32


def test_points_in_one_pixel_make_one_sample(series_of, values):
    labels = labels_of(
        point(1, 1, "a", 1), point(1, 1, "a", 2), point(2, 2, "a", 3), point(2, 2, "b", 4), point(5, 5, "b", 5),
        point(90, 5, "b", 6), kind=POINT,
    )  # fmt: skip
    extraction = extract(series_of(values), labels)
    assert pixels_of(extraction.samples) == [(1, 1), (5, 5)]
    a, b = extraction.counts
    assert (a.features, a.pixels, b.features, b.outside, b.pixels) == (3, 1, 3, 1, 1)
    assert a.conflicts + b.conflicts == 1


def test_mostly_missing_pixels_are_dropped_and_counted(series_of, values):
    values[0, :, 0, 0] = 0  # a third
    values[:2, :, 0, 1] = 0  # two thirds
    values[:, :, 0, 2] = 0
    labels = labels_of(square(0, 0, 4, 1, "a", 1))
    extraction = extract(series_of(values), labels, max_missing=0.5)
    assert pixels_of(extraction.samples) == [(0, 0), (0, 3)]
    assert extraction.dropped == 2 and extraction.counts[0].missing == 2
    assert np.isnan(extraction.samples.values[0, 0]).all()
    tolerant = extract(series_of(values), labels, max_missing=1.0).samples
    assert pixels_of(tolerant) == [(0, 0), (0, 1), (0, 3)]  # nothing at all is never a sample


def test_a_number_per_class_is_reached_while_there_are_good_pixels(series_of, values):
    good = np.random.default_rng(3).permutation(SIDE * 20)[:60]
    cloudy = np.ones(SIDE * SIDE, dtype=bool)
    cloudy[good] = False
    cloudy[SIDE * 20 :] = False
    values[:, :, cloudy.reshape(SIDE, SIDE)] = 0
    labels = labels_of(square(0, 0, SIDE, 20, "cloudy", 1), square(0, 20, SIDE, 20, "clear", 2))
    extraction = extract(series_of(values), labels, SelectionRule(NUMBER, count=60))
    assert extraction.samples.counts() == {"clear": 60, "cloudy": 60}
    first = [20 * SIDE * 0 + r * SIDE + c for r, c in pixels_of(extraction.samples) if r < 20]
    assert sorted(first) == sorted(good.tolist())


def test_fewer_good_pixels_than_wanted_are_warned_of(series_of, values):
    heard = []

    class Heard(Feedback):
        def warning(self, text):
            heard.append(text)

    labels = labels_of(square(0, 0, 3, 3, "a", 1), square(10, 10, 30, 30, "b", 2))
    found = extract(series_of(values), labels, SelectionRule(NUMBER, count=20), feedback=Heard())
    assert found.samples.counts() == {"a": 9, "b": 20}
    assert heard == ["The class a has 9 samples, fewer than the 20 wanted."]


def test_a_share_is_taken_of_each_class(series_of, values):
    labels = labels_of(square(0, 0, 20, 20, "a", 1), square(20, 20, 10, 10, "b", 2), square(39, 0, 1, 1, "c", 3))
    found = extract(series_of(values), labels, SelectionRule(SHARE, share=0.1))
    assert found.samples.counts() == {"a": 40, "b": 10, "c": 1}


@pytest.mark.parametrize("how", [ALL, NUMBER])
def test_the_minimum_distance_holds_and_leaves_no_room(series_of, values, how):
    values[:, :, 5:15, 5:15] = 0
    labels = labels_of(square(0, 0, SIDE, SIDE, "a", 1))
    samples = extract(series_of(values), labels, SelectionRule(how, count=1600, distance=50.0)).samples
    assert pdist(samples.coordinates).min() >= 50
    # No good pixel is 50 m or more away from all samples.
    rows, columns = np.indices((SIDE, SIDE))
    good = values[0, 0] > 0
    places = np.stack([500_005 + 10 * columns[good], 5_099_995 - 10 * rows[good]], axis=1)
    nearest = np.sqrt(((places[:, None] - samples.coordinates[None]) ** 2).sum(axis=2)).min(axis=1)
    assert nearest.max() < 50


def test_the_seed_alone_decides(series_of, values, cut_small):
    labels = labels_of(square(0, 0, SIDE, 20, "a", 1), square(0, 20, SIDE, 20, "b", 2))
    values[:, :, ::3] = 0
    series = series_of(values, options=["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"])
    rule = SelectionRule(NUMBER, count=30, distance=15.0, seed=5)

    def drawn(rule, options=None):
        found = candidates_of_features(labels, series.grid, rule, options=options)
        return extract_samples(series, found, rule, options=options).samples

    once = drawn(rule)
    cut_small()
    for options in (EngineOptions(threads=1), EngineOptions(threads=4), EngineOptions(memory_mb=1, threads=3)):
        again = drawn(rule, options)
        assert pixels_of(again) == pixels_of(once)
        np.testing.assert_array_equal(again.values, once.values)
    assert pixels_of(drawn(SelectionRule(NUMBER, count=30, distance=15.0, seed=6))) != pixels_of(once)


def test_only_blocks_with_chosen_pixels_are_read(series_of, values, monkeypatch):
    from chronocover.core.series.reading import SeriesReader

    windows = []
    read = SeriesReader.read_stored
    monkeypatch.setattr(SeriesReader, "read_stored", lambda self, window: windows.append(window) or read(self, window))
    big = np.ones((3, 2, 1024, 1024), dtype=np.uint8)
    series = series_of(big, options=["TILED=YES"])
    extract(series, labels_of(square(1000, 1000, 4, 4, "a", 1), square(1010, 1010, 2, 2, "b", 2)))
    assert sum(window.width * window.height for window in windows) <= 512 * 512


def test_a_class_raster_groups_by_patches_of_touching_pixels(series_of, values, tmp_path, cut_small):
    codes = np.kron(np.random.default_rng(0).integers(0, 4, (10, 10)), np.ones((4, 4))).astype(np.uint8)
    path = write_raster(tmp_path / "labels.tif", codes, options=["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"])
    series = series_of(values)
    rule = SelectionRule(ALL)
    whole = candidates_of_raster(path, series.grid, rule)
    cut_small()
    found = candidates_of_raster(path, series.grid, rule)
    samples = extract_samples(series, found, rule).samples

    assert len(samples) == (codes > 0).sum()
    patches = np.zeros(codes.shape, dtype=int)
    for code in (1, 2, 3):
        patches += ndimage.label(codes == code)[0] + (codes == code) * 1000 * code
    at = tuple(np.array(pixels_of(samples)).T)
    assert [str(code) for code in codes[at]] == samples.classes.tolist()
    pairs = set(zip(samples.groups.tolist(), patches[at].tolist()))
    assert len(pairs) == len(set(samples.groups)) == len(np.unique(patches[patches > 0]))
    assert whole.origin_names[whole.origins].tolist() == found.origin_names[found.origins].tolist()


def test_patches_cut_by_many_blocks_are_joined():
    from chronocover.core.grid import Window
    from chronocover.core.labels.patches import PatchJoiner, label_patches

    codes = (np.random.default_rng(1).random((50, 70)) < 0.62).astype(np.uint8)
    codes[:, 35:] *= 2
    grid = Grid("", (0, 1, 0, 0, 0, -1), 70, 50)
    numbers = np.arange(codes.size).reshape(codes.shape)
    joiner, provisional = PatchJoiner(grid), np.full(codes.shape, -1)
    for row in range(0, 50, 7):
        for column in range(0, 70, 11):
            part = np.s_[row : row + 7, column : column + 11]
            height, width = codes[part].shape
            window = Window(column, row, width, height)
            provisional[part] = joiner.add(window, codes[part], *label_patches(codes[part], numbers[part]))
    final, count = joiner.finish()
    joined = np.where(codes > 0, final[provisional] + 1, 0)

    expected = ndimage.label(codes == 1)[0]
    second, _ = ndimage.label(codes == 2)
    expected = np.where(second > 0, second + expected.max(), expected)
    pairs = set(zip(joined.ravel().tolist(), expected.ravel().tolist()))
    assert len(pairs) == count + 1 == expected.max() + 1
    first_pixels = [numbers[joined == patch].min() for patch in range(1, count + 1)]
    assert first_pixels == sorted(first_pixels)


def test_a_class_raster_on_another_grid_gives_the_nearest_pixel(series_of, values, tmp_path):
    coarse = np.array([[0, 5], [7, 0]], dtype=np.uint8)
    path = write_raster(tmp_path / "labels.tif", coarse, pixel=200.0)
    series, rule = series_of(values), SelectionRule(ALL)
    samples = extract_samples(series, candidates_of_raster(path, series.grid, rule), rule).samples
    assert samples.counts() == {"5": 400, "7": 400}
    assert {(r < 20, c < 20) for (r, c), name in zip(pixels_of(samples), samples.classes) if name == "5"} == {
        (True, False)
    }


@pytest.mark.parametrize(
    ("wrong", "shown"), [(np.float32(1.5), "1.5"), (np.int32(-3), "-3"), (np.int32(70000), "70000")]
)
def test_a_raster_that_holds_no_classes_is_refused(series_of, values, tmp_path, wrong, shown):
    codes = np.ones((SIDE, SIDE), dtype=wrong.dtype)
    codes[7, 7] = wrong
    path = write_raster(tmp_path / "labels.tif", codes)
    with pytest.raises(ChronocoverError, match=rf"labels\.tif holds the value {shown}"):
        candidates_of_raster(path, series_of(values).grid, SelectionRule(ALL))


def test_the_largest_class_code_and_nan_and_nodata(series_of, values, tmp_path):
    codes = np.full((SIDE, SIDE), np.nan, dtype=np.float32)
    codes[0, 0], codes[0, 1], codes[0, 2] = 65535, -9999, 0
    path = write_raster(tmp_path / "labels.tif", codes, nodata=-9999)
    found = candidates_of_raster(path, series_of(values).grid, SelectionRule(ALL))
    assert found.codes.tolist() == [65535]


def test_an_empty_class_raster_is_refused(series_of, values, tmp_path):
    path = write_raster(tmp_path / "labels.tif", np.zeros((SIDE, SIDE), dtype=np.uint8))
    with pytest.raises(ChronocoverError, match=r"labels\.tif holds no class"):
        candidates_of_raster(path, series_of(values).grid, SelectionRule(ALL))


def test_spatial_blocks_are_squares_from_the_origin_of_the_crs():
    places = np.array([[5.0, 5.0], [99.9, 5.0], [100.0, 5.0], [-1.0, -1.0]])
    assert spatial_blocks(places, 100.0).tolist() == ["0_0", "0_0", "1_0", "-1_-1"]


def test_samples_can_be_grouped_by_spatial_blocks(series_of, values):
    labels = labels_of(square(0, 0, SIDE, SIDE, "a", 1))
    samples = extract(series_of(values), labels, block_size=200.0).samples
    assert len(set(samples.groups)) == 4


def test_quality_bands_are_read_only_by_name(series_of, values):
    series = series_of(values, quality=["nir"])
    assert chosen_variables(series) == ["red"]
    assert chosen_variables(series, ["nir", "red"]) == ["nir", "red"]
    with pytest.raises(ChronocoverError, match=r"no variable ndvi.*red, nir"):
        chosen_variables(series, ["ndvi"])


def test_labels_elsewhere_are_refused(series_of, values):
    series = series_of(values)
    with pytest.raises(ChronocoverError, match="None of the 1 labelled features lies on the image series"):
        extract(series, labels_of(square(500, 500, 4, 4, "a", 1)))
    with pytest.raises(ChronocoverError, match="centre of a pixel"):
        extract(series, labels_of(square(5.1, 5.1, 0.2, 0.2, "a", 1)))
    with pytest.raises(ChronocoverError, match="different classes"):
        extract(series, labels_of(square(5, 5, 2, 2, "a", 1), square(5, 5, 2, 2, "b", 2)))


def test_half_overlapping_labels_count_what_is_outside(series_of, values):
    labels = labels_of(square(38, 0, 4, 2, "a", 1), square(60, 60, 2, 2, "a", 2))
    extraction = extract(series_of(values), labels)
    assert len(extraction.samples) == 4
    assert extraction.counts[0].outside == 1


def test_only_clouds_are_refused(series_of, values):
    with pytest.raises(ChronocoverError, match="mostly missing"):
        extract(series_of(values * 0), labels_of(square(5, 5, 2, 2, "a", 1)))


def test_more_samples_than_memory_holds_are_refused(series_of, values):
    labels = labels_of(square(0, 0, SIDE, SIDE, "a", 1))
    with pytest.raises(ChronocoverError, match="number per class"):
        extract(series_of(np.tile(values, (1, 1, 6, 6))), labels_of(square(0, 0, 240, 240, "a", 1)),
                options=EngineOptions(memory_mb=1))  # fmt: skip
    assert len(extract(series_of(values), labels, options=EngineOptions(memory_mb=1)).samples) == 1600


def test_candidates_of_a_huge_raster_are_thinned_alike_for_any_blocks(
    series_of, values, tmp_path, monkeypatch, cut_small
):
    monkeypatch.setattr(candidates_module, "FEWEST_KEPT", 100)
    monkeypatch.setattr(candidates_module, "SPARE", 2)
    codes = 1 + (np.indices((SIDE, SIDE))[0] > 30).astype(np.uint8)
    path = write_raster(tmp_path / "labels.tif", codes, options=["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"])
    grid, rule = series_of(values).grid, SelectionRule(NUMBER, count=5)
    whole = candidates_of_raster(path, grid, rule)
    cut_small()
    parts = candidates_of_raster(path, grid, rule)
    assert len(whole.pixels) == 200
    assert whole.pixels.tolist() == parts.pixels.tolist()
    assert whole.tallies[1].pixels == 31 * SIDE


def test_cancelling_stops(series_of, values):
    class Cancelled(Feedback):
        def is_cancelled(self):
            return True

    with pytest.raises(CancelledError):
        extract(series_of(values), labels_of(square(5, 5, 2, 2, "a", 1)), feedback=Cancelled())


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"how": "some"}, "all pixels"),
        ({"how": NUMBER, "count": 0}, "at least 1"),
        ({"how": SHARE, "share": 0.0}, "more than 0"),
        ({"distance": -1.0}, "positive"),
    ],
)
def test_impossible_rules_are_refused(wrong, message):
    with pytest.raises(ChronocoverError, match=message):
        SelectionRule(**wrong)


def test_very_many_samples_are_warned_of(series_of, values, monkeypatch):
    from chronocover.core.samples import extraction as extraction_module

    class Warnings(Feedback):
        def __init__(self):
            self.texts = []

        def warning(self, text):
            self.texts.append(text)

    series, labels = series_of(values), labels_of(square(0, 0, 10, 10, "wheat", 1))
    monkeypatch.setattr(extraction_module, "MANY_SAMPLES", 99)
    heard = Warnings()
    extract(series, labels, feedback=heard)
    assert heard.texts and heard.texts[0].startswith("100 samples are to be taken") and NUMBER in heard.texts[0]
    few = Warnings()
    extract(series, labels, SelectionRule(NUMBER, count=99), feedback=few)
    assert not few.texts
