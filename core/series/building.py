"""Building an image series from images: inventory, grid, stack, style."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import ChronocoverError
from ..feedback import Feedback
from ..files import check_output_files
from ..grid import Extent, Grid
from ..provenance import Provenance
from .common_grid import AUTOMATIC, MOST_COMMON, choose_grid
from .image_series import DATA
from .inventory import Rules, take_inventory
from .inventory_table import inventory_table
from .series_style import write_series_qml
from .sources import Source
from .stacking import Stack, plan_stack, write_stack


@dataclass(frozen=True)
class GridChoice:
    """The grid wanted; the fields are the arguments of :func:`common_grid.choose_grid`, and the resampling of data."""

    pixels: str = MOST_COMMON
    extent: str = AUTOMATIC
    reference: Grid | None = None
    bounds: tuple[Extent, str] | None = None
    resampling: str = "bilinear"


def build_series(
    sources: Sequence[Source],
    rules: Rules,
    choice: GridChoice,
    output: str,
    folder_per_variable: str,
    provenance: Provenance,
    feedback: Feedback,
) -> Stack:
    """Build a series from images and tell in the log what went into it.

    Args:
        sources: the images.
        rules: what the user says of them.
        choice: the grid.
        output: the VRT to write.
        folder_per_variable: a folder that also gets one VRT a variable; empty for none.
        provenance: written into the series.
        feedback: log, progress and cancelling.

    Raises:
        ChronocoverError: see :func:`take_inventory`, :func:`choose_grid`, :func:`plan_stack`, :func:`write_stack`.
        CancelledError: the user cancelled; nothing was written.
    """
    if os.path.splitext(output)[1].lower() != ".vrt":
        raise ChronocoverError(f"An image time series is a VRT, and {output} does not end in .vrt. Rename it.")
    feedback.info(f"Files to look at: {len(sources)}.")
    inventory = take_inventory(sources, rules, feedback.part(0.0, 0.6))
    grid = choose_grid(inventory.entries, choice.pixels, choice.extent, choice.reference, choice.bounds)
    stack = plan_stack(inventory, grid)
    roots = {source.root for source in sources}
    feedback.info(inventory_table(inventory, roots.pop() if len(roots) == 1 else ""))
    feedback.info(f"Grid of the series: {grid.describe()}.")
    _warn_of_scattered_variables(stack, feedback)
    targets = [(output, stack)]
    if folder_per_variable:
        names = {variable: f"{_file_name(variable)}.vrt" for variable in stack.variables}
        if len({name.lower() for name in names.values()}) < len(names):
            raise ChronocoverError(
                "Some names of variables give the same file name. Rename variables, or skip the folder."
            )
        targets += [
            (os.path.join(folder_per_variable, name), stack.of_variable(variable)) for variable, name in names.items()
        ]
    files = {entry.path for entries in stack.bands for entry in entries}
    check_output_files([path for path, _ in targets], files)
    for path, part in targets:
        first = path == output  # the others are made of the same files, in a moment: no more warnings, no cancelling
        progress = feedback.part(0.6, 1.0) if first else Feedback()
        bands = write_stack(path, part, choice.resampling, provenance, progress)
        write_series_qml(path, bands, progress)
    dates = stack.dates
    feedback.info(
        f"Dates: {len(dates)}, from {dates[0]} to {dates[-1]}. Variables: {', '.join(stack.variables)}. "
        f"Bands: {len(stack.bands)}."
    )
    return stack


def _warn_of_scattered_variables(stack: Stack, feedback: Feedback) -> None:
    """Parts of file names that only look like variables, such as the names of scenes, share no date."""
    dates: dict[str, set[datetime.date]] = {}
    for entries in stack.bands:
        if entries[0].role == DATA:
            dates.setdefault(entries[0].variable, set()).add(entries[0].date)
    if len(dates) > 1 and sum(map(len, dates.values())) == len(set().union(*dates.values())):
        feedback.warning(
            f"No two variables ({', '.join(list(dates)[:10])}) are of the same date. If these are other parts of the "
            "file names, type the one variable that all images hold into “Names of variables”."
        )


def _file_name(variable: str) -> str:
    return re.sub(r'[\\/:*?"<>|\s]+', "_", variable)
