"""How right a map of the demo scene is: python scripts/compare_to_truth.py MAP TRUTH [LABELS] [PNG]

Classes are compared by name. Pixels that a labelled place touches are left out: the model has seen them. Writes a
picture of the map if a PNG is named. Needs no QGIS.
"""

import argparse
import sys

import numpy as np
from checkout import load_package
from osgeo import gdal, ogr


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("map", help="class raster to judge")
    parser.add_argument("truth", help="true class raster on the same grid")
    parser.add_argument("--labels", help="vector layer with the places that the model was trained on")
    parser.add_argument("--png", help="picture of the map to write")
    arguments = parser.parse_args()

    load_package()
    from chronocover.core.errors import ChronocoverError
    from chronocover.core.labels.legend import read_legend
    from chronocover.core.reports.pictures import class_map_png

    try:
        mapped, names, grid = read_names(arguments.map, "map")
        truth, true_names, true_grid = read_names(arguments.truth, "true map")
        if not grid.same_as(true_grid):
            raise ChronocoverError(
                f"The map ({grid.describe()}) is not on the grid of the truth ({true_grid.describe()})."
            )
        counted = (truth != "") & ~touched_by(arguments.labels, true_grid) if arguments.labels else truth != ""
        print_accuracy(mapped[counted], truth[counted], sorted(set(names) | set(true_names)))
        if arguments.png:
            from chronocover.core.rasters import open_raster

            with open(arguments.png, "wb") as file:
                file.write(class_map_png(arguments.map, read_legend(open_raster(arguments.map)), 900))
    except ChronocoverError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def read_names(path: str, what: str) -> tuple:
    """Class names ``(rows, columns)``, empty where there is no class; the legend's names; the grid."""
    from chronocover.core.errors import ChronocoverError
    from chronocover.core.grid import Grid
    from chronocover.core.labels.legend import read_legend
    from chronocover.core.rasters import open_raster

    dataset = open_raster(path, what)
    legend = read_legend(dataset)
    if legend is None:
        raise ChronocoverError(f"The {what} {path} has no class names.")
    table = np.full(65536, "", dtype=object)
    for land_class in legend.classes:
        table[land_class.code] = land_class.name
    return table[dataset.ReadAsArray()], legend.names, Grid.of_dataset(dataset)


def touched_by(path: str, grid: object) -> np.ndarray:
    """Which pixels of the grid a feature touches: bool ``(rows, columns)``."""
    source = gdal.OpenEx(path, gdal.OF_VECTOR)
    mask = gdal.GetDriverByName("MEM").Create("", grid.width, grid.height, 1, gdal.GDT_Byte)
    mask.SetGeoTransform(grid.transform)
    mask.SetProjection(grid.crs)
    layer = source.GetLayer(0)
    if layer.GetGeomType() == ogr.wkbNone:
        return np.zeros((grid.height, grid.width), bool)
    gdal.RasterizeLayer(mask, [1], layer, burn_values=[1], options=["ALL_TOUCHED=TRUE"])
    return mask.ReadAsArray().astype(bool)


def print_accuracy(mapped: np.ndarray, truth: np.ndarray, names: list) -> None:
    """Overall accuracy, and a line a class."""
    right = mapped == truth
    print(
        f"Overall accuracy against the truth: {right.mean():.1%} of {right.size:,} pixels outside the labelled places"
    )
    print(f"Pixels without a class in the map: {(mapped == '').sum():,}\n")
    print(f"{'class':<18} {'true pixels':>12} {'found':>8} {'right where mapped':>19}")
    for name in names:
        true, said = truth == name, mapped == name
        found = f"{right[true].mean():.1%}" if true.any() else "-"
        correct = f"{right[said].mean():.1%}" if said.any() else "-"
        print(f"{name:<18} {true.sum():>12,} {found:>8} {correct:>19}")


if __name__ == "__main__":
    sys.exit(main())
