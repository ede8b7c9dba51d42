"""The report on a class raster: a page for people, a table for programs."""

from __future__ import annotations

import csv
import os
import statistics
from collections.abc import Sequence

from ..files import atomic_output
from ..grid import Window
from ..labels.checking import CheckedClass, LabelCheck
from ..labels.legend import hex_color
from ..provenance import Provenance
from .page import Page
from .pictures import class_map_png

FEW_PIXELS = 30
FEW_FEATURES = 5
UNEVEN = 20  # times as many pixels in the largest class as in the smallest
SHOWN_FEATURES = 200
SHOWN_NAMES = 15
MARGIN = 0.03  # of the labelled part, around it in the picture

CSV_COLUMNS = (
    "code", "name", "pixels", "area_ha", "share", "features", "features_without_pixels", "pixels_per_feature_min",
    "pixels_per_feature_median",
)  # fmt: skip


def label_remarks(check: LabelCheck) -> list[str]:
    """What a user should look at before training on these labels, one sentence or two each."""
    remarks = []
    few = [f"{found.name} ({found.pixels:,})" for found in check.classes if found.pixels < FEW_PIXELS]
    if few:
        remarks.append(f"Classes with fewer than {FEW_PIXELS} pixels: {_some(few)}. Add labels or join classes.")
    if check.has_features:
        few = [
            f"{found.name} ({len(found.feature_pixels) - found.features_without_pixels:,})"
            for found in check.classes
            if 0 < len(found.feature_pixels) - found.features_without_pixels < FEW_FEATURES
        ]
        if few:
            remarks.append(
                f"Classes with fewer than {FEW_FEATURES} features that have pixels: {_some(few)}. A validation "
                f"that keeps features together in {FEW_FEATURES} folds cannot test them in every fold."
            )
    largest, smallest = (pick(check.classes, key=lambda found: found.pixels) for pick in (max, min))
    if largest.pixels >= UNEVEN * smallest.pixels:
        remarks.append(
            f"The classes are uneven: the class {largest.name} has {largest.pixels / smallest.pixels:,.0f} times as "
            f"many pixels as {smallest.name}. Extract a number of samples a class, or train with class weights."
        )
    if check.missing_classes:
        remarks.append(f"Classes of the features that the raster does not hold: {_some(check.missing_classes)}.")
    if check.unlabelled_classes:
        remarks.append(f"Classes of the raster that no feature has: {_some(check.unlabelled_classes)}.")
    if check.empty_classes and not check.has_features:
        remarks.append(f"Classes that the raster names but does not hold: {_some(check.empty_classes)}.")
    if check.without_pixels:
        ids = _some([str(feature.id) for feature in check.without_pixels])
        remarks.append(
            f"Features without a pixel of their class: {len(check.without_pixels):,} (id {ids}). Narrow ones may need "
            "the method “all touched” or a smaller inward buffer."
        )
    if len(check.classes) == 1:
        remarks.append("There is only one class. A classifier needs at least two.")
    return remarks


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN_NAMES]) + (
        f" and {len(names) - SHOWN_NAMES} more" if len(names) > SHOWN_NAMES else ""
    )


def write_label_report(check: LabelCheck, raster_path: str, path: str, provenance: Provenance | None = None) -> None:
    """Write the HTML report, with a picture of the labelled part. Raises ChronocoverError if it cannot be written."""
    page = Page("Rasterized labels", f"{os.path.basename(raster_path)}: {check.grid.describe()}")
    share = check.labelled_pixels / (check.grid.width * check.grid.height)
    figures = [
        (f"{len(check.classes):,}", "classes"),
        (f"{check.labelled_pixels:,}", "labelled pixels"),
        (f"{check.area_ha:,.1f} ha", "labelled area"),
        (f"{share:.1%}", "of the raster"),
    ]
    if check.has_features:
        features = sum(len(found.feature_pixels) for found in check.classes)
        figures.append((f"{features:,}", "features of these classes"))
        figures.append((f"{len(check.without_pixels):,}", "features without pixels"))
    page.key_figures(figures)
    for remark in label_remarks(check):
        page.note(remark)
    page.heading("Classes")
    header = ["Class", "Code", "Pixels", "Area (ha)", "Share (%)"]
    header += ["Features", "Lost", "Least", "Median"] if check.has_features else []
    rows = [_row(found, check) for found in check.classes]
    page.table(header, rows, colors=[hex_color(found.color) for found in check.classes])
    if check.has_features:
        page.paragraph(
            "Lost features have no pixel of their class. Least and median are the pixels of one feature, among those "
            "that have any."
        )
    page.heading("Map")
    window = _with_margin(check.labelled_window, check)
    cut = window.width * window.height < check.grid.width * check.grid.height
    caption = "The part of the raster that holds labels" if cut else "The whole raster"
    picture = class_map_png(raster_path, check.legend, window=window, sparse=True)
    page.png(picture, f"{caption}; colours as in the table, white is unlabelled.")
    if check.without_pixels:
        page.heading("Features without pixels")
        shown = check.without_pixels[:SHOWN_FEATURES]
        if len(shown) < len(check.without_pixels):
            page.paragraph(f"The first {len(shown):,} of {len(check.without_pixels):,}.")
        reasons = ("outside of the raster", "too small, covered by others, or shrunk away")
        page.table(
            ["Feature id", "Class", "Probable reason"],
            [[str(feature.id), feature.class_name, reasons[feature.on_raster]] for feature in shown],
        )
    if provenance:
        page.provenance(provenance)
    page.write(path)


def _row(found: CheckedClass, check: LabelCheck) -> list[object]:
    share = 100 * found.pixels / check.labelled_pixels
    row: list[object] = [found.name, found.code, found.pixels, round(found.area_ha, 4), share]
    if check.has_features:
        least, median = _pixels_per_feature(found)
        row += [len(found.feature_pixels), found.features_without_pixels, least, median]
    return row


def _pixels_per_feature(found: CheckedClass) -> tuple[int, int]:
    counts = [pixels for pixels in found.feature_pixels if pixels] or [0]
    return min(counts), statistics.median_low(counts)


def _with_margin(window: Window, check: LabelCheck) -> Window:
    margin = 1 + round(MARGIN * max(window.width, window.height))
    left, top = max(0, window.column - margin), max(0, window.row - margin)
    right = min(check.grid.width, window.column + window.width + margin)
    bottom = min(check.grid.height, window.row + window.height + margin)
    return Window(left, top, right - left, bottom - top)


def write_label_table(check: LabelCheck, path: str) -> None:
    """Write the classes as CSV (UTF-8), one row each; the columns on features are empty if none were compared."""
    with atomic_output(path) as target, open(target, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(CSV_COLUMNS)
        for found in check.classes:
            share = round(found.pixels / check.labelled_pixels, 6)
            row = [found.code, found.name, found.pixels, round(found.area_ha, 6), share]
            if check.has_features:
                least, median = _pixels_per_feature(found)
                row += [len(found.feature_pixels), found.features_without_pixels, least, median]
            writer.writerow(row + [""] * (len(CSV_COLUMNS) - len(row)))
