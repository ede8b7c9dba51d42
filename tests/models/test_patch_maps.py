"""Maps of segmentation networks: against a direct computation, without seams, whatever the blocks."""

import datetime
import os
import shutil

import numpy as np
import onnx
import pytest
from foreign_models import DATES, NAMES, VARIABLES, softmax
from osgeo import gdal
from patch_networks import convolution_weights, convolved, write_segmentation
from scenes import write_raster, write_series
from scipy.ndimage import gaussian_filter

from chronocover.core.blocks import EngineOptions
from chronocover.core.errors import ChronocoverError
from chronocover.core.feedback import CancelledError, Feedback
from chronocover.core.grid import Grid, Window
from chronocover.core.provenance import Provenance
from chronocover.core.time_series.filling import fill_gaps
from chronocover.models.card import TimeAxis
from chronocover.models.card_texts import parse_classes
from chronocover.models.describing import CardFacts, Reading
from chronocover.models.foreign import ForeignModel
from chronocover.models.mapping import MapFiles, classify_series
from chronocover.models.patches.describing import describe_patch_model
from chronocover.models.patches.lattice import PatchLattice, Spacing, mirrored
from chronocover.models.patches.planning import halo_of
from chronocover.models.patches.trial import PatchWish

AXIS = TimeAxis.of_dates(DATES)
FACTS = CardFacts(AXIS, VARIABLES, parse_classes("\n".join(NAMES)))
ROWS, COLUMNS = 83, 131
SIZE, OVERLAP = 32, 8
BUDGET_MB = 150


def described(path, size=SIZE, overlap=25, **reading):
    """The path of a network with its card."""
    reading = Reading(**{"layout": "flat date-major", **reading})
    model = describe_patch_model(
        ForeignModel.open(path), FACTS, reading, PatchWish(size, overlap), "", Provenance("test"), Feedback()
    )
    output = path.replace(".onnx", " with card.onnx")
    model.save(output)
    return output


def smooth_scene(seed=1, rows=ROWS, columns=COLUMNS):
    """Float32 ``(dates, variables, rows, columns)`` without gaps, as land is: alike within some pixels."""
    random = np.random.default_rng(seed)
    noise = random.normal(size=(len(DATES), len(VARIABLES), rows, columns))
    smooth = gaussian_filter(noise, (0, 0, 4, 4))
    return (0.5 + 0.2 * smooth / smooth.std()).astype(np.float32)


def scene_with_holes(seed=1, rows=ROWS, columns=COLUMNS):
    """The same with clouds, specks and a corner where a variable was never observed."""
    random, values = np.random.default_rng(seed), smooth_scene(seed, rows, columns)
    values[random.random(values.shape) < 0.2] = np.nan
    values[:, random.random((len(VARIABLES), rows, columns)) < 0.01] = np.nan
    values[:, :, -rows // 5 :, : columns // 6] = np.nan
    return values


def mapped(tmp_path, series, model, name="map", **how):
    """Class codes ``(rows, columns)`` and stored probabilities ``(classes, rows, columns)``."""
    files = MapFiles(str(tmp_path / f"{name}.tif"), str(tmp_path / f"{name} p.tif"))
    classify_series(series, model, files, skip_units_check=True, **how)
    return gdal.Open(files.class_map).ReadAsArray(), gdal.Open(files.probabilities).ReadAsArray()


def directly(values, weights, size=SIZE, overlap=OVERLAP):
    """Codes and probabilities by loops over whole patches of the whole raster, without blocks, files or graph."""
    dates, variables, rows, columns = values.shape
    by_pixel = values.reshape(dates, variables, -1).transpose(2, 0, 1)
    filled = fill_gaps(by_pixel, np.array(AXIS.days)).transpose(1, 2, 0).reshape(values.shape)
    unseen = np.isnan(filled[0]).any(axis=0)
    filled = np.where(np.isnan(filled), 0, filled)  # no range is known
    stride = size - overlap
    for axis in (2, 3):  # mirrored, turning round after a stride
        before = np.take(filled, range(min(overlap, filled.shape[axis])), axis)
        after = np.take(filled, range(max(0, filled.shape[axis] - stride), filled.shape[axis]), axis)
        widths = [(0, 0)] * 4
        widths[axis] = (overlap, 0)
        before = np.take(np.pad(before, widths, mode="symmetric"), range(overlap), axis)
        widths[axis] = (0, size)
        after = np.take(
            np.pad(after, widths, mode="symmetric"), range(after.shape[axis], after.shape[axis] + size), axis
        )
        filled = np.concatenate([before, filled, after], axis)
    ramp = np.sin(np.pi / 2 * (np.arange(overlap) + 0.5) / overlap) ** 2
    one = np.concatenate([ramp, np.ones(size - 2 * overlap), ramp[::-1]])
    sums, total = (
        np.zeros((len(weights), rows + 2 * size, columns + 2 * size)),
        np.zeros((rows + 2 * size, columns + 2 * size)),
    )
    for row in range(0, rows + overlap, stride):
        for column in range(0, columns + overlap, stride):
            part = np.s_[row : row + size, column : column + size]
            patch = filled[(slice(None), slice(None), *part)]
            sums[(slice(None), *part)] += one[:, None] * one * softmax(convolved(patch[None], weights))[0]
            total[part] += one[:, None] * one
    inner = np.s_[overlap : overlap + rows, overlap : overlap + columns]
    probabilities = sums[(slice(None), *inner)] / total[inner]
    codes = np.where(unseen, 0, probabilities.argmax(axis=0) + 1)
    return codes, np.where(unseen, np.nan, probabilities)


@pytest.mark.parametrize(("rows", "columns"), [(ROWS, COLUMNS), (48, 72), (11, 9), (1, 200)])
def test_against_loops_over_patches(rows, columns, tmp_path):
    """Sizes that are no multiple of the stride, and rasters smaller than a patch; gaps, and pixels without data."""
    weights, values = convolution_weights(), scene_with_holes(2, rows, columns)
    series = write_series(tmp_path / "s.tif", values, DATES, VARIABLES, nodata=np.nan)
    codes, stored = mapped(tmp_path, series, described(write_segmentation(tmp_path / "m.onnx", weights)))
    expected, probabilities = directly(values, weights)
    close = np.diff(np.sort(np.nan_to_num(probabilities), axis=0)[-2:], axis=0)[0] < 1e-4  # a tie, but for rounding
    assert np.array_equal(codes[~close], expected[~close])
    assert np.array_equal(stored[0] == 65535, expected == 0) and (expected == 0).any()
    np.testing.assert_allclose(stored[:, expected > 0] * 1e-4, probabilities[:, expected > 0], atol=1e-4)


def test_no_seams(tmp_path):
    """Steps on the lines where patches meet are like elsewhere, and the map is nearly that of the image as one patch.

    Side by side without overlap the same network leaves steps along these lines, for it sees nothing beyond a patch.
    """
    weights, values = convolution_weights(kernel=7), smooth_scene()
    series = write_series(tmp_path / "s.tif", values, DATES, VARIABLES)
    whole = softmax(convolved(values[None], weights))[0]
    network = write_segmentation(tmp_path / "m.onnx", weights)
    inner = np.s_[:, 4:-4, 4:-4]  # of the whole image, too, the network sees nothing beyond the edge

    def steps(probabilities):
        """Mean step from pixel to pixel across the lines where a patch begins or ends, and across all others."""
        across = np.abs(np.diff(probabilities, axis=2))[:, 4:-4].mean(axis=(0, 1))[4:-4]
        starts = set(spacing.starts(0, COLUMNS))
        lines = starts | {start + SIZE for start in starts}
        on_line = np.array([pixel + 1 in lines for pixel in range(4, COLUMNS - 5)])
        return across[on_line].mean() / across[~on_line].mean()

    spacing = Spacing(SIZE, OVERLAP * 2)
    blended = mapped(tmp_path, series, described(network, overlap=50))[1] * 1e-4
    assert np.abs(blended - whole)[inner].mean() < 0.01
    assert steps(blended) < 1.1 * steps(whole)

    spacing = Spacing(SIZE, 0)
    beside = mapped(tmp_path, series, described(network, overlap=0))[1] * 1e-4
    assert steps(beside) > 1.5 * steps(whole)
    assert np.abs(beside - whole)[inner].mean() > 3 * np.abs(blended - whole)[inner].mean()


@pytest.mark.parametrize("overlap", [25, 50, 70])
def test_what_depends_on_the_place_in_a_patch_changes_smoothly(overlap, tmp_path):
    """A network whose scores rise from left to right in each patch: without overlap its map would be a saw."""
    rise = np.zeros((3, SIZE, SIZE), np.float32)
    rise[0] = np.linspace(0, 1, SIZE)
    network = write_segmentation(tmp_path / "m.onnx", np.zeros((3, 4, 3, 1, 1), np.float32), size=SIZE, bias=rise)
    series = write_series(tmp_path / "s.tif", smooth_scene(), DATES, VARIABLES)
    model = described(network, None, overlap, output_kind="logits")
    stored = mapped(tmp_path, series, model)[1][0] * 1e-4
    lowest, highest = 1 / 3, np.e / (np.e + 2)
    shared = min(int(np.ceil(SIZE * overlap / 100)), SIZE // 2)
    steepest = (highest - lowest) * np.pi / 2 / shared + (highest - lowest) / SIZE
    assert np.abs(np.diff(stored, axis=1)).max() < 1.1 * steepest
    assert np.abs(np.diff(stored, axis=0)).max() < 1e-3  # rows are all alike


OPTIONS = [
    EngineOptions(memory_mb=1, threads=1),
    EngineOptions(memory_mb=1, threads=4),
    EngineOptions(memory_mb=16, threads=2),
    EngineOptions(memory_mb=100, threads=3),
    EngineOptions(memory_mb=2000, threads=4),
]


def test_the_same_to_the_bit_for_any_threads_memory_and_extent(tmp_path):
    """Also where the mask leaves most out, and for a part that begins in the middle of a patch."""
    values = scene_with_holes(3, 211, 170)
    tiled = ("TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16")
    series = write_series(tmp_path / "s.tif", values, DATES, VARIABLES, nodata=np.nan, options=tiled)
    model = described(write_segmentation(tmp_path / "m.onnx", convolution_weights(kernel=5)), 24, 40)
    codes, stored = mapped(tmp_path, series, model, options=OPTIONS[0])
    for options in OPTIONS[1:]:
        again = mapped(tmp_path, series, model, options=options)
        assert np.array_equal(again[0], codes) and np.array_equal(again[1], stored)
    extent = (500000 + 10 * 37, 5100000 - 10 * 120, 500000 + 10 * 111, 5100000 - 10 * 59)
    part = np.s_[59:120, 37:111]
    for options in OPTIONS[::2]:
        again = mapped(tmp_path, series, model, "part", extent=extent, options=options)
        assert np.array_equal(again[0], codes[part]) and np.array_equal(again[1], stored[(slice(None), *part)])
    wanted = np.random.default_rng(1).random(codes.shape) < 0.002
    mask = write_raster(tmp_path / "mask.tif", wanted.astype(np.uint8))
    again = mapped(tmp_path, series, model, "masked", mask_path=mask, options=OPTIONS[0])
    assert np.array_equal(again[0], np.where(wanted, codes, 0))
    assert np.array_equal(again[1], np.where(wanted, stored, 65535))


def test_many_bands_stay_within_the_memory_budget(tmp_path):
    """Patches of 8 MB each, of a file whose bands are interleaved."""
    variables = tuple(f"v{number}" for number in range(30))
    facts = CardFacts(AXIS, variables, FACTS.classes)
    path = write_segmentation(tmp_path / "m.onnx", convolution_weights(variables=len(variables)))
    model = describe_patch_model(
        ForeignModel.open(path), facts, Reading("flat date-major"), PatchWish(), "", Provenance("test"), Feedback()
    )
    model.save(path)
    interleaved = ("TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", "INTERLEAVE=PIXEL")
    for side in (16, 400):  # the first one loads compiled steps
        values = np.random.default_rng(1).integers(0, 200, (len(DATES), len(variables), side, side)).astype(np.int16)
        series = write_series(tmp_path / "s.tif", values, DATES, variables, nodata=0, options=interleaved)
        files, options = MapFiles(str(tmp_path / "map.tif")), EngineOptions(memory_mb=BUDGET_MB, threads=2)
        statistics = classify_series(series, path, files, skip_units_check=True, options=options).statistics
    if statistics.peak_memory_mb is None:
        pytest.skip("this system does not tell how much memory a process takes")
    assert statistics.peak_memory_mb < BUDGET_MB


def test_a_budget_for_less_than_one_patch_is_warned_of(tmp_path):
    said = []

    class Log(Feedback):
        def warning(self, text):
            said.append(text)

    model = described(write_segmentation(tmp_path / "m.onnx"), 128)
    series = write_series(tmp_path / "s.tif", smooth_scene(), DATES, VARIABLES)
    small, large = ([mapped(tmp_path, series, model, options=EngineOptions(mb), feedback=Log())] for mb in (16, 200))
    assert np.array_equal(small[0][1], large[0][1])
    assert len(said) == 1 and "more than the memory budget of 16 MB. Raise it in the Processing options" in said[0]


def test_spacing_covers_every_pixel_with_shares_of_one():
    """And no block needs a pixel that is not read for it."""
    random = np.random.default_rng(0)
    for _ in range(300):
        size, limit = int(random.integers(1, 40)), int(random.integers(1, 120))
        spacing = Spacing.of_percent(size, random.uniform(0, 75))
        shares = np.zeros(limit)
        for start in spacing.starts(0, limit):
            inside = np.arange(max(0, start), min(limit, start + size))
            shares[inside] += spacing.weights(start, limit)[inside - start]
            assert spacing.weights(start, limit).min() > 0
        np.testing.assert_allclose(shares, 1, atol=1e-5)
        first, end = sorted(random.choice(limit + 1, 2, replace=False).tolist())
        covering = [start for start in spacing.starts(0, limit) if start < end and start + size > first]
        assert list(spacing.starts(first, end)) == covering

        window = None if random.random() < 0.5 else Window(first, first, end - first, end - first)
        grid = Grid("", (0, 1, 0, 0, 0, -1), limit, limit)
        halo = halo_of(PatchLattice(spacing, spacing), grid, window)
        side = spacing.stride * int(random.integers(1, 5))
        begin, stop = (first, end) if window else (0, limit)
        for block in range(begin, stop, side):
            block_end = min(block + side, stop)
            for start in spacing.starts(block, block_end):
                pixels = mirrored(start, size, limit, spacing.reach)
                assert pixels.min() >= max(0, block - halo) and pixels.max() < min(limit, block_end + halo)


def test_another_season_is_brought_onto_the_dates_of_the_network(tmp_path):
    """Values that rise steadily from date to date are the same on the network's dates, seen on others a year later."""
    days = np.array(AXIS.days)
    later = [datetime.date(2025, 4, 1) + datetime.timedelta(days=day) for day in range(0, 64, 7)]
    base, rise = smooth_scene()[:1], smooth_scene(5)[:1] / 100
    own = base + rise * days[:, None, None, None].astype(np.float32)
    other = base + rise * np.array([(date - later[0]).days for date in later], np.float32)[:, None, None, None]
    model = described(write_segmentation(tmp_path / "m.onnx"))
    first = write_series(tmp_path / "a.tif", own, DATES, VARIABLES)
    second = write_series(tmp_path / "b.tif", other, later, VARIABLES)
    expected = mapped(tmp_path, first, model)[1].astype(int)
    assert np.abs(mapped(tmp_path, second, model, "other")[1] - expected).max() <= 1


def test_pixels_of_another_size_than_the_network_knows_are_warned_of(tmp_path):
    said = []

    class Log(Feedback):
        def warning(self, text):
            said.append(text)

    values = smooth_scene()
    for centimetres, warnings in ((1000, 0), (60, 1)):
        path = write_segmentation(tmp_path / "m.onnx", metadata={"resolution": str(centimetres)})
        series = write_series(tmp_path / "s.tif", values, DATES, VARIABLES)
        mapped(tmp_path, series, described(path), feedback=Log())
        assert len(said) == warnings
    assert "made for pixels of 0.6 m, but those of the series have 10 m" in said[0]


def test_what_does_not_fit_is_refused(tmp_path):
    model = described(write_segmentation(tmp_path / "m.onnx"))
    series = write_series(tmp_path / "s.tif", smooth_scene()[:, :2], DATES, VARIABLES[:2])
    with pytest.raises(ChronocoverError, match="lacks 1 of the model's variables: swir"):
        mapped(tmp_path, series, model)
    cut = tmp_path / "cut.onnx"
    shutil.copy(model, cut)
    os.truncate(cut, cut.stat().st_size // 2)
    with pytest.raises(ChronocoverError, match="not an ONNX model that can be run here"):
        mapped(tmp_path, series, str(cut))
    proto = onnx.load(model)
    proto.graph.input[0].type.tensor_type.shape.dim[4].dim_value = 16
    onnx.save(proto, str(tmp_path / "other.onnx"))
    with pytest.raises(ChronocoverError, match="does not fit its own card"):
        mapped(tmp_path, series, str(tmp_path / "other.onnx"))


def test_nothing_observed_and_cancelling(tmp_path):
    model = described(write_segmentation(tmp_path / "m.onnx"))
    empty = write_series(tmp_path / "e.tif", np.full_like(smooth_scene(), np.nan), DATES, VARIABLES, nodata=np.nan)
    codes, stored = mapped(tmp_path, empty, model)
    assert not codes.any() and (stored == 65535).all()

    class Cancelling(Feedback):
        def is_cancelled(self):
            return True

    series = write_series(tmp_path / "s.tif", smooth_scene(), DATES, VARIABLES)
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(CancelledError):
        mapped(tmp_path, series, model, "cancelled", feedback=Cancelling())
    assert sorted(path.name for path in tmp_path.iterdir()) == before
