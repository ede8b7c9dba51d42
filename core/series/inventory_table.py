"""The inventory of a series as text for the log."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ..grid import Grid
from .inventory import Entry, Inventory

NAMED_ONE_BY_ONE = 5


def inventory_table(inventory: Inventory, root: str = "") -> str:
    """The inventory as a table: file, date and where it was found, variables and grid of each image; what is left out.

    Paths are shown as seen from the folder ``root``. Many files left out for one reason share a line.
    """
    rows = [("file", "date", "date from", "variables", "grid")]
    images: dict[tuple, list[Entry]] = {}
    for entry in sorted(inventory.entries, key=lambda entry: (entry.date, entry.path, entry.band)):
        images.setdefault((entry.path, entry.date, entry.date_source), []).append(entry)
    grids: dict[Grid, str] = {}
    for (path, date, source), entries in images.items():
        grid = entries[0].grid
        if grid not in grids:
            grids[grid] = grid.describe()
        rows.append((_short(path, root), str(date), source, ", ".join(e.variable for e in entries), grids[grid]))
    table = _columns(rows)
    return f"{table}\n\n{_columns(_left_out(inventory, root))}" if inventory.left_out else table


def _left_out(inventory: Inventory, root: str) -> list[tuple[str, ...]]:
    bands: dict[tuple[str, str], list[int]] = {}
    for item in inventory.left_out:
        bands.setdefault((item.reason, _short(item.path, root)), []).append(item.band)
    files: dict[str, list[str]] = {}
    for (reason, path), numbers in bands.items():
        of_bands = ", ".join(str(number) for number in numbers if number)
        files.setdefault(reason, []).append(f"{path} band {of_bands}" if of_bands else path)
    rows = [("left out", "why")]
    for reason, names in files.items():
        if len(names) > NAMED_ONE_BY_ONE:
            rows.append((f"{len(names)} images, {names[0]} to {names[-1]}", reason))
        else:
            rows += [(name, reason) for name in names]
    return rows


def _short(path: str, root: str) -> str:
    if root and path.startswith(os.path.join(root, "")):
        return os.path.relpath(path, root)
    return os.path.basename(path).replace('"', "")  # of a subdataset's name


def _columns(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(" | ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)
