"""From labelled pixels and an image series to samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..blocks import EngineOptions
from ..errors import ChronocoverError
from ..feedback import Feedback
from ..grid import Grid
from ..labels.legend import Legend
from ..series.image_series import ImageSeries
from ..series.pixel_reading import PixelReader
from .candidates import Candidates
from .columns import check_column_count
from .samples import Samples
from .selection import ALL, NUMBER, ClassDraw, SelectionRule, random_keys

BLOCKS_A_SIDE = 10
MANY_SAMPLES = 1_000_000


@dataclass(frozen=True)
class ClassCounts:
    """What became of the labels of one class; pixels, but for the first three, which count features.

    ``missing`` are those among the pixels read that had too many missing values. ``too_close`` are those that were left
    when there were not enough samples far enough apart.
    """

    name: str
    features: int
    outside: int
    without_pixel: int
    pixels: int
    conflicts: int
    missing: int
    too_close: int
    taken: int

    def __str__(self) -> str:
        features = f" in {_counted(self.features, 'feature')}" if self.features else ""
        left_out = [
            f"{_counted(number, of_what)} {why}"
            for number, of_what, why in (
                (self.outside, "feature", "outside of the image"),
                (self.without_pixel, "feature", "without a pixel of its own"),
                (self.conflicts, "pixel", "that another class claims too"),
                (self.missing, "pixel", "with too many missing values"),
                (self.too_close, "pixel", "too close to others"),
            )
            if number
        ]
        end = f"; left out: {', '.join(left_out)}" if left_out else ""
        return f"{self.name}: {_counted(self.taken, 'sample')} of {_counted(self.pixels, 'pixel')}{features}{end}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


@dataclass(frozen=True)
class Extraction:
    """Samples, and what became of the labels of each class."""

    samples: Samples
    counts: tuple[ClassCounts, ...]

    @property
    def dropped(self) -> int:
        """Number of pixels left out because they were mostly missing or claimed by two classes."""
        return sum(row.missing + row.conflicts for row in self.counts)

    def summary(self) -> list[str]:
        """One line a class, and one for all, for a log whose letters differ in width."""
        groups = len(set(self.samples.groups.tolist()))
        return [
            *map(str, self.counts),
            f"In all {_counted(len(self.samples), 'sample')} in {_counted(groups, 'group')}.",
        ]


def chosen_variables(series: ImageSeries, names: Sequence[str] = ()) -> list[str]:
    """The variables that samples get: those named, or all data variables; checks that a table can hold them.

    Raises:
        ChronocoverError: a name is not in the series, or there would be too many columns.
    """
    known = [*series.variables, *series.quality_variables]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ChronocoverError(
            f"The image series has no variable {', '.join(unknown)}. It has: {', '.join(known)}. Correct the names."
        )
    variables = list(dict.fromkeys(names)) or series.variables
    if not variables:
        raise ChronocoverError(f"{series.path} has only quality bands, no data. Name the variables to use.")
    check_column_count(len(series.dates), len(variables))
    return variables


def spatial_blocks(coordinates: np.ndarray, size: float) -> np.ndarray:
    """Object array ``(n,)``: name of the square of ``size`` map units that each point ``(n, 2)`` lies in.

    The squares start at the origin of the CRS, so that different extractions share them.
    """
    cells = np.floor(coordinates / size).astype(np.int64)
    return np.array([f"{column}_{row}" for column, row in cells.tolist()], dtype=object)


def automatic_block_size(grid: Grid) -> float:
    """A tenth of the longer side of the image, in map units."""
    xmin, ymin, xmax, ymax = grid.extent
    return max(xmax - xmin, ymax - ymin) / BLOCKS_A_SIDE


def extract_samples(
    series: ImageSeries,
    candidates: Candidates,
    rule: SelectionRule,
    variables: Sequence[str] = (),
    block_size: float | None = None,
    max_missing: float = 0.5,
    options: EngineOptions | None = None,
    feedback: Feedback | None = None,
) -> Extraction:
    """Draw samples among labelled pixels and read their values; only blocks that hold drawn pixels are read.

    A pixel of which more than the share ``max_missing`` (0 to 1) of the values is missing, or all, is dropped and the
    next one in the class's random order takes its place. The result depends on the seed, not on blocks or threads.

    Args:
        series: what the values are read from.
        candidates: labelled pixels on the series' grid.
        rule: how many of each class, how far apart, and the seed.
        variables: names; all data variables if empty.
        block_size: side of the spatial blocks that are the samples' groups, in map units; None groups by the
            candidates' origin.
        max_missing: see above; bands that the series does not have are not counted.
        options: memory and threads.
        feedback: progress, cancelling, and warnings about classes that lack samples.

    Raises:
        ChronocoverError: no pixel is good, the samples would not fit into memory, or see :func:`chosen_variables`.
    """
    feedback, options = feedback or Feedback(), options or EngineOptions()
    names = chosen_variables(series, variables)
    coordinates = candidates.coordinates()
    draws = _draws(candidates, coordinates, rule)
    columns = len(series.dates) * len(names)
    if rule.distance == 0:
        number = sum(draw.at_most for draw in draws.values())
        _check_memory(number, columns, options)
        if number > MANY_SAMPLES:
            feedback.warning(
                f"{number:,} samples are to be taken. That is slow, here and in training, and a model learns hardly "
                f"more from them than from some thousand of each class: choose “{NUMBER}”."
            )
    bands = sum(series.band(date, name) is not None for date in series.dates for name in names)
    reader = PixelReader(series, names, candidates.pixels, options)

    found, values = [], []
    done = 0.0
    number_read = 0
    while True:
        proposals = {code: draw.propose() for code, draw in draws.items()}
        wanted = np.concatenate([np.zeros(0, dtype=np.intp), *proposals.values()])
        if not wanted.size:
            break
        wanted.sort()
        end = done + (1.0 - done) * 0.8
        read = reader.read(wanted, feedback.part(done, end, quiet=True))
        number_read += len(wanted)
        done = end
        observed = np.isfinite(read).sum(axis=(1, 2))
        good = (observed > 0) & (bands - observed <= max_missing * bands)
        for code, proposal in proposals.items():
            position = np.searchsorted(wanted, proposal)
            taken = draws[code].judge(proposal, good[position])
            found.append(taken)
            values.append(read[np.searchsorted(wanted, taken)])
        _check_memory(sum(len(draw.taken) for draw in draws.values()), columns, options)
    feedback.progress(1.0)
    feedback.info(f"{number_read:,} of {candidates.pixels.size:,} labelled pixels were read.")

    counts = tuple(_counts(candidates, code, draw, rule) for code, draw in draws.items())
    index = np.concatenate(found)
    if not index.size:
        raise ChronocoverError(
            f"All {sum(row.missing for row in counts):,} labelled pixels are mostly missing in the image series. "
            "Allow more missing values, or check the masks and the nodata value of the images."
        )
    _warn_of_short_classes(draws, counts, rule, feedback)
    order = np.argsort(index)
    index = index[order]
    if block_size is None:
        groups = candidates.origin_names[candidates.origins[index]].astype(object)
    else:
        groups = spatial_blocks(coordinates[index], block_size)
    occurring = [
        land_class for land_class in candidates.legend.classes if (candidates.codes[index] == land_class.code).any()
    ]
    name_of = {land_class.code: land_class.name for land_class in occurring}
    samples = Samples(
        values=np.concatenate(values)[order],
        dates=series.dates,
        variables=names,
        classes=np.array([name_of[code] for code in candidates.codes[index].tolist()], dtype=object),
        legend=Legend(tuple(occurring)),
        groups=groups,
        coordinates=coordinates[index],
        crs=candidates.grid.crs,
    )
    return Extraction(samples, counts)


def _draws(candidates: Candidates, coordinates: np.ndarray, rule: SelectionRule) -> dict[int, ClassDraw]:
    order = np.argsort(random_keys(candidates.pixels, rule.seed), kind="stable")
    codes = candidates.codes[order]
    return {
        code: ClassDraw(order[codes == code], coordinates, rule.target(candidates.tallies[code].pixels), rule.distance)
        for code in candidates.legend.codes
        if code in candidates.tallies
    }


def _check_memory(number: int, columns: int, options: EngineOptions) -> None:
    needed = 2 * 4 * number * columns  # they are put in order once
    if needed > options.budget_bytes():
        raise ChronocoverError(
            f"{number:,} samples of {columns:,} values need {needed / 2**20:,.0f} MB, and the memory budget is "
            f"{options.budget_bytes() >> 20:,} MB. Choose “{NUMBER}”, a smaller share, or a minimum distance."
        )


def _counts(candidates: Candidates, code: int, draw: ClassDraw, rule: SelectionRule) -> ClassCounts:
    tally = candidates.tallies[code]
    taken = len(draw.taken)
    short = taken < rule.target(tally.pixels)
    return ClassCounts(
        name={land_class.code: land_class.name for land_class in candidates.legend.classes}[code],
        features=tally.features,
        outside=tally.outside,
        without_pixel=tally.without_pixel,
        pixels=tally.pixels,
        conflicts=tally.conflicts,
        missing=draw.rejected,
        too_close=tally.pixels - taken - draw.rejected if short and rule.distance > 0 else 0,
        taken=taken,
    )


def _warn_of_short_classes(
    draws: dict[int, ClassDraw], counts: Sequence[ClassCounts], rule: SelectionRule, feedback: Feedback
) -> None:
    for row in counts:
        if row.taken == 0:
            feedback.warning(f"The class {row.name} has no sample.")
        elif rule.how == NUMBER and row.taken < rule.count:
            feedback.warning(
                f"The class {row.name} has {_counted(row.taken, 'sample')}, fewer than the {rule.count:,} wanted."
            )
        elif rule.how != ALL and row.taken < rule.target(row.pixels):
            feedback.warning(f"The class {row.name} has {_counted(row.taken, 'sample')}, fewer than the share wanted.")
