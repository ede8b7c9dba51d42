"""Mapping many tiles with one model: a map each on one legend, going on after a tile that fails."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from osgeo import gdal

from ..core.errors import CancelledError, ChronocoverError, ClusterError
from ..core.feedback import Feedback
from ..core.files import atomic_output, check_output_files, check_output_folder
from ..core.grid import Grid, Window
from ..core.identity import files_behind, state_of_files
from ..core.labels.legend import Legend
from ..core.raster_reading import RasterSource
from ..core.rasters import open_quietly, open_raster
from ..core.series.image_series import ImageSeries
from ..core.series.sources import search_folder
from .mapping import MapFiles, MapSummary

MAPPED, KEPT, FAILED = "mapped", "kept", "failed"
SUFFIXES = ("", "_confidence")
ROWS_AT_ONCE = 256
NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')  # on Windows; addresses of images have some of them


@dataclass(frozen=True)
class Tile:
    """A series to map, and the name of its map, without extension."""

    name: str
    series: str


@dataclass(frozen=True)
class TileResult:
    """What became of a tile: ``status`` is :data:`MAPPED`, :data:`KEPT` or :data:`FAILED`.

    ``map`` is empty if it failed; ``class_hectares`` by class name; ``message`` says why it failed.
    """

    tile: Tile
    status: str
    map: str = ""
    seconds: float = 0.0
    class_hectares: dict[str, float] = field(default_factory=dict)
    message: str = ""


MapTile = Callable[[Tile, MapFiles, Mapping[str, str], Feedback], MapSummary]
"""Maps one tile to files; the mapping is what the map is to say of its making beside its origin, as extra items of
:class:`core.provenance.Provenance`.
"""


def name_tiles(paths: Sequence[str]) -> list[Tile]:
    """Tiles with names of their own: that of the file, with those of its folders as far as files are named alike.

    Where that does not do (``a.tif`` beside ``a.vrt``), they are numbered. A series that is named twice is one tile.
    """
    paths = list(dict.fromkeys(paths))
    parts = [os.path.splitext(os.path.abspath(path))[0].split(os.sep) for path in paths]
    depth = 1
    while depth < max(map(len, parts), default=0) and len({tuple(part[-depth:]) for part in parts}) < len(parts):
        depth += 1
    names = ["_".join(part for part in parts_of_one[-depth:] if part) for parts_of_one in parts]
    tiles, taken = [], set()
    for name, path in zip(names, paths):
        name, number = NOT_IN_NAMES.sub("_", name), 1
        free = name
        while {_file_name(free, suffix).lower() for suffix in SUFFIXES} & taken:
            number += 1
            free = f"{name}_{number}"
        taken.update(_file_name(free, suffix).lower() for suffix in SUFFIXES)
        tiles.append(Tile(free, path))
    return tiles


def find_series(folder: str, pattern: str, feedback: Feedback) -> list[str]:
    """The image series below a folder, sorted by path; files that cannot be opened are among them, to be reported.

    Raises:
        ChronocoverError: there is no such folder, nothing in it matches ``pattern``, or nothing that does is a series.
    """
    found, others = [], 0
    for source in search_folder(folder, pattern, feedback):
        feedback.check()
        dataset, _ = open_quietly(source.path, gdal.OF_RASTER)
        if dataset is not None and not (dataset.RasterCount and dataset.GetRasterBand(1).GetMetadataItem("DATE")):
            others += 1
            continue
        found.append(source.path)
    if not found:
        raise ChronocoverError(
            f"None of the {others} rasters in {folder} that match {pattern} is an image time series. Make series with "
            "“Build image time series” first, or correct the pattern."
        )
    if others:
        feedback.info(f"{others} rasters in {folder} are no image time series: passed over.")
    return found


def map_tiles(
    tiles: Sequence[Tile],
    folder: str,
    legend: Legend,
    made_with: Mapping[str, str],
    map_tile: MapTile,
    *,
    confidence: bool = False,
    keep_finished: bool = True,
    feedback: Feedback | None = None,
) -> list[TileResult]:
    """Map tiles one after the other into ``folder``, as ``NAME.tif`` and, if wanted, ``NAME_confidence.tif``.

    Args:
        tiles: what to map; names are unique.
        folder: where the maps go.
        legend: the model's.
        made_with: what else decides how a map looks (the model's hash, the season); a finished map says the same.
        map_tile: maps one of them.
        confidence: whether to write the confidence too.
        keep_finished: leave the maps of an earlier run that were made with the same from this very series.
        feedback: messages, progress, cancelling.

    Returns:
        One result a tile, in their order. A tile that fails is reported and the next one begun.

    Raises:
        ChronocoverError: nothing can be written in the folder.
        ClusterError: the cluster that is to compute is out of reach or useless; maps that are finished stay.
        CancelledError: the user cancelled; maps that are finished stay.
    """
    feedback = feedback or Feedback()
    check_output_folder(folder)
    results = []
    for number, tile in enumerate(tiles):
        if feedback.is_cancelled():
            raise _cancelled(results, folder)
        feedback.info(f"Tile {number + 1} of {len(tiles)}: {tile.name}")
        part = feedback.part(number / len(tiles), (number + 1) / len(tiles))
        suffixes = SUFFIXES if confidence else SUFFIXES[:1]
        files = [os.path.join(folder, _file_name(tile.name, suffix)) for suffix in suffixes]
        start = time.monotonic()
        try:
            said = {
                **made_with,
                "series": os.path.abspath(tile.series),
                "series_state": _state_of_series(tile.series, part),
            }
            if keep_finished and all(_says(file, said) for file in files):
                hectares = _hectares_if_whole(files, legend, part)
                if hectares is not None:
                    part.progress(1.0)
                    feedback.info(f"{files[0]} is finished: kept.")
                    results.append(TileResult(tile, KEPT, files[0], class_hectares=hectares))
                    continue
            inputs = [other.series for other in tiles]
            if any(os.path.exists(file) and not _says(file, {"series": said["series"]}) for file in files):
                inputs = files_behind(inputs, part)  # no map of ours, so it may be an image of another tile
            check_output_files(files, inputs, files[:1])
            summary = map_tile(tile, MapFiles(files[0], confidence=files[1] if confidence else ""), said, part)
        except CancelledError:
            raise _cancelled(results, folder) from None
        except ClusterError as error:  # it would end the other tiles too, each after seconds of trying
            raise ClusterError(f"{error} {_finished(results, folder)}".strip()) from error
        except (ChronocoverError, OSError, MemoryError) as error:
            message = "the computer ran out of memory." if isinstance(error, MemoryError) else str(error)
            feedback.warning(f"{tile.name} failed, the next tile follows: {message}")
            results.append(TileResult(tile, FAILED, seconds=time.monotonic() - start, message=message))
            continue
        results.append(
            TileResult(tile, MAPPED, files[0], time.monotonic() - start, class_hectares=summary.class_hectares)
        )
    return results


def write_tile_table(path: str, results: Sequence[TileResult], classes: Sequence[str]) -> None:
    """Write a CSV file: tile, series, status, map, seconds, hectares of each class, and why it failed.

    Raises ChronocoverError if it cannot be written.
    """
    with atomic_output(path) as target, open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["tile", "series", "status", "map", "seconds", *(f"{name} (ha)" for name in classes), "message"]
        )
        for result in results:
            areas = [f"{result.class_hectares[name]:.4f}" if result.class_hectares else "" for name in classes]
            where = [result.tile.name, result.tile.series, result.status, result.map, f"{result.seconds:.1f}"]
            writer.writerow([*where, *areas, " ".join(result.message.split())])


def state_of(paths: Iterable[str], feedback: Feedback | None = None) -> str:
    """A short text that is another one once a file, or one that it refers to, was written anew."""
    return hashlib.sha256(json.dumps(state_of_files(paths, feedback)).encode()).hexdigest()[:16]


def _state_of_series(series: str, feedback: Feedback) -> str:
    """:func:`state_of` a series; raises ChronocoverError if it is none."""
    return state_of([ImageSeries.open(series).path], feedback)


def _file_name(tile: str, suffix: str) -> str:
    return f"{tile}{suffix}.tif"


def _cancelled(results: Sequence[TileResult], folder: str) -> CancelledError:
    finished = _finished(results, folder)
    return CancelledError(f"Cancelled. {finished}" if finished else "")


def _finished(results: Sequence[TileResult], folder: str) -> str:
    """A sentence about the maps that stay when a run ends early; empty if there are none."""
    finished = sum(result.status != FAILED for result in results)
    maps = "1 map is finished and stays" if finished == 1 else f"{finished} maps are finished and stay"
    return f"{maps} in {folder}; start again to go on." if finished else ""


def _says(path: str, said: Mapping[str, str]) -> bool:
    """Whether there is a raster at ``path`` whose origin says this."""
    if not os.path.isfile(path):
        return False
    dataset, _ = open_quietly(path, gdal.OF_RASTER)
    if dataset is None:
        return False
    metadata = dataset.GetMetadata()
    return all(metadata.get(f"CHRONOCOVER_{key.upper()}", "") == value for key, value in said.items())


def _hectares_if_whole(files: Sequence[str], legend: Legend, feedback: Feedback) -> dict[str, float] | None:
    """Hectares of each class on a finished map, the first of its files; None, and a warning, if one is damaged."""
    try:
        for file in files[1:]:
            for _ in _rows_of(file, feedback):
                pass
        return _class_hectares(files[0], legend, feedback)
    except ChronocoverError as error:
        feedback.warning(f"A finished map is damaged, so it is made anew: {error}")
        return None


def _class_hectares(path: str, legend: Legend, feedback: Feedback) -> dict[str, float]:
    areas = np.array(Grid.of_dataset(open_raster(path, "map")).pixel_areas_ha())
    hectares = np.zeros(max(legend.codes) + 1)
    for window, codes in _rows_of(path, feedback):
        weights = np.repeat(areas[window.row : window.row + window.height], window.width)
        hectares += np.bincount(codes.ravel(), weights=weights, minlength=len(hectares))
    return {land_class.name: float(hectares[land_class.code]) for land_class in legend.classes}


def _rows_of(path: str, feedback: Feedback) -> Iterator[tuple[Window, np.ndarray]]:
    """A raster's first band, some rows at a time. Raises ChronocoverError if it is damaged."""
    grid = Grid.of_dataset(open_raster(path, "map"))
    reader = RasterSource.on_grid(path, grid).open()
    for row in range(0, grid.height, ROWS_AT_ONCE):
        feedback.check()
        window = Window(0, row, grid.width, min(ROWS_AT_ONCE, grid.height - row))
        yield window, reader.read(window)
