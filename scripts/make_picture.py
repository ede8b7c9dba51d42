"""Writes docs/pictures/demo.png from the results of the demo: python scripts/make_picture.py [FOLDER OF THE DEMO]

Three panels: an image of the scene with some clouds, the labelled places, and the map that came out.
"""

import sys
from pathlib import Path

import numpy as np
from checkout import ROOT, load_package
from osgeo import gdal

DATE = "20250429"
GAP = 12
STEP = 12  # of the colours, so that the file stays small


def main(folder: Path) -> None:
    load_package()
    from chronocover.core.reports.pictures import png_of_array

    image = gdal.Open(str(folder / "images" / f"S2_{DATE}_demo.tif")).ReadAsArray().astype(float) / 10_000
    low, high = np.array([0.01, 0.02, 0.01]), np.array([0.20, 0.17, 0.15])
    seen = np.clip((image[[2, 1, 0]].transpose(1, 2, 0) - low) / (high - low), 0, 1) ** 0.85
    panels = [(seen * 255 // STEP * STEP).astype(np.uint8), labels_over(folder, seen), class_colors(folder)]
    gap = np.full((panels[0].shape[0], GAP, 3), 255, np.uint8)
    joined = np.concatenate([panels[0], gap, panels[1], gap, panels[2]], axis=1)
    target = ROOT / "docs" / "pictures" / "demo.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(png_of_array(np.ascontiguousarray(joined)))
    print(f"{target}: {target.stat().st_size // 1024} kB")


def labels_over(folder: Path, seen: np.ndarray) -> np.ndarray:
    """The labelled places in their colours, over the pale image."""
    from chronocover.core.labels.legend import read_legend

    truth = gdal.Open(str(folder / "truth.tif"))
    pale = 200 + 45 * seen.mean(axis=2, keepdims=True).repeat(3, axis=2)
    panel = (pale // STEP * STEP).astype(np.uint8)
    labels = gdal.OpenEx(str(folder / "labels.gpkg"), gdal.OF_VECTOR)
    for land_class in read_legend(truth).classes:
        mask = gdal.GetDriverByName("MEM").Create("", truth.RasterXSize, truth.RasterYSize, 1)
        mask.SetGeoTransform(truth.GetGeoTransform())
        mask.SetProjection(truth.GetProjection())
        layer = labels.GetLayer(0)
        layer.SetAttributeFilter(f"crop = '{land_class.name}'")
        gdal.RasterizeLayer(mask, [1], layer, burn_values=[1])
        panel[mask.ReadAsArray() == 1] = land_class.color
    return panel


def class_colors(folder: Path) -> np.ndarray:
    """The map in the colours of its legend."""
    from chronocover.core.labels.legend import read_legend

    dataset = gdal.Open(str(folder / "results" / "map.tif"))
    palette = np.full((65536, 3), 255, np.uint8)
    for land_class in read_legend(dataset).classes:
        palette[land_class.code] = land_class.color
    return palette[dataset.ReadAsArray()]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "demo")
