"""Where the images of a series come from: layers, a folder with patterns, or a table. No file is opened here."""

from __future__ import annotations

import csv
import datetime
import fnmatch
import os
from collections.abc import Iterator
from dataclasses import dataclass

from ..dates import day_typed
from ..errors import ChronocoverError
from ..feedback import Feedback

DEFAULT_PATTERN = "*.tif;*.tiff;*.jp2;*.img;*.vrt;*.nc;*.hdf"
OUR_FOLDERS = (".partial", ".warped")


@dataclass(frozen=True)
class Source:
    """One raster to look at.

    ``path`` is what GDAL opens, a file or a subdataset. ``name`` is the layer's name; ``root`` the folder that was
    searched. ``date``, ``variable`` and ``band`` (from 1) are what a table says. ``required``: the user named this very
    raster, so that leaving it out would be wrong.
    """

    path: str
    name: str = ""
    root: str = ""
    date: datetime.date | None = None
    variable: str = ""
    band: int | None = None
    required: bool = True

    @property
    def file(self) -> str:
        """The file of a subdataset such as ``NETCDF:"/x/y.nc":ndvi``; ``path`` itself for a plain file."""
        if self.is_file:
            return self.path
        quoted = self.path.split('"')
        if len(quoted) >= 3:
            return quoted[1]
        parts = self.path.split(":")
        return max(parts, key=lambda part: ("/" in part or "\\" in part, len(part)))

    @property
    def is_file(self) -> bool:
        """Whether ``path`` is a plain file rather than a subdataset."""
        return os.path.exists(self.path) or ":" not in os.path.splitdrive(self.path)[1]


def search_folder(folder: str, pattern: str, feedback: Feedback) -> list[Source]:
    """All files below a folder that match one of the patterns (``*.tif;*_B0?.jp2``), sorted by path.

    Case does not matter. A pattern with a slash is matched against the path below the folder, others against the file
    name.

    Raises:
        ChronocoverError: there is no such folder, or nothing in it matches.
    """
    if not os.path.isdir(folder):
        raise ChronocoverError(f"There is no folder {folder}. Choose the folder that holds the images.")
    folder = os.path.abspath(folder)
    patterns = [part.strip().lower() for part in (pattern or DEFAULT_PATTERN).split(";") if part.strip()]
    patterns = ["*" if part == "**" else part for part in patterns]
    found = []
    for path in _files(folder, feedback):
        relative = os.path.relpath(path, folder).replace(os.sep, "/").lower()
        name = relative.rsplit("/", 1)[-1]
        if any(fnmatch.fnmatchcase(relative if "/" in part else name, part.removeprefix("**/")) for part in patterns):
            found.append(Source(path, root=folder, required=False))
    if not found:
        raise ChronocoverError(f"No file in {folder} matches {pattern or DEFAULT_PATTERN}. Check the pattern.")
    return found


def _files(folder: str, feedback: Feedback) -> Iterator[str]:
    for base, folders, files in os.walk(folder):
        feedback.check()
        folders[:] = sorted(name for name in folders if not name.endswith(OUR_FOLDERS))
        for name in sorted(files):
            yield os.path.join(base, name)


def read_table(path: str) -> list[Source]:
    """The images of a CSV file with the columns ``path``, ``date`` and optionally ``variable`` and ``band``.

    Separated by commas, semicolons or tabs. Relative paths count from the CSV's own folder. An empty date is looked
    for in the image.

    Raises:
        ChronocoverError: a column is missing, or a line is wrong (says which).
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise ChronocoverError(f"Cannot read the table {path}: {error}. Save it as CSV in UTF-8.") from error
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter)
    columns = {name.strip().lower(): name for name in reader.fieldnames or [] if name}
    if "path" not in columns or "date" not in columns:
        found = ", ".join(columns) or "nothing"
        raise ChronocoverError(f"The table {path} needs the columns path and date in its first line; it has: {found}.")
    folder = os.path.dirname(os.path.abspath(path))
    sources = []
    for row in reader:
        where = f"{path}, line {reader.line_num}"
        cell = {name: (row[column] or "").strip() for name, column in columns.items()}
        if not any(cell.values()):
            continue
        if not cell["path"]:
            raise ChronocoverError(f"{where}: the path is empty.")
        band = cell.get("band", "")
        if band and not (band.isdigit() and int(band) > 0):
            raise ChronocoverError(f"{where}: “{band}” is not a band number. Bands count from 1.")
        image = cell["path"]
        joined = os.path.normpath(os.path.join(folder, image))
        sources.append(
            Source(
                path=joined if os.path.exists(joined) or ":" not in image else image,
                date=day_typed(cell["date"], where),
                variable=cell.get("variable", ""),
                band=int(band) if band else None,
            )
        )
    if not sources:
        raise ChronocoverError(f"The table {path} names no images.")
    return sources
