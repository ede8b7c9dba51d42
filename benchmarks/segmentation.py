"""A U-Net of another program against the demo's random forest: the same scene, the same labels, the same truth.

Trains a small U-Net with PyTorch on the labelled pixels of the demo scene, gives it a card, maps the scene with it in
overlapping patches, and prints how right both maps are, how much the map differs from that of the whole scene as one
patch, and by how much more the class changes across the lines where patches meet than elsewhere. Run scripts/demo.sh
first, then, with an interpreter that has the plugin's packages and PyTorch:

    .venv/bin/python benchmarks/segmentation.py DEMO_FOLDER [--steps 900] [--overlaps 0 25 50]
"""

import argparse
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
from checkout import load_package

SIZE = 64
BATCH = 4


def unet(torch, channels, classes, width=24):
    """A network of three levels for images of any number of ``channels``; sides are multiples of 4."""
    nn = torch.nn

    def two(before, after):
        layers = []
        for given in (before, after):
            layers += [nn.Conv2d(given, after, 3, padding=1, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
        return nn.Sequential(*layers)

    class UNet(nn.Module):
        def __init__(self):
            super().__init__()
            self.mix, self.out = nn.Conv2d(channels, width, 1), nn.Conv2d(width, classes, 1)
            self.down = nn.ModuleList([two(width, width), two(width, 2 * width), two(2 * width, 4 * width)])
            self.enlarge = nn.ModuleList([nn.ConvTranspose2d(2 * n, n, 2, 2) for n in (2 * width, width)])
            self.up = nn.ModuleList([two(2 * n, n) for n in (2 * width, width)])
            self.halve, self.drop = nn.MaxPool2d(2), nn.Dropout2d(0.2)

        def forward(self, image):
            fine = self.down[0](self.mix(image))
            middle = self.down[1](self.halve(fine))
            coarse = self.drop(self.down[2](self.halve(middle)))
            middle = self.up[0](torch.cat([self.enlarge[0](coarse), middle], 1))
            return self.out(self.up[1](torch.cat([self.enlarge[1](middle), fine], 1)))

    return UNet()


def trained(torch, image, places, steps):
    """A U-Net that learnt from patches around labelled pixels, turned and mirrored; ``places`` are -1 elsewhere."""
    torch.manual_seed(0)
    random, labelled = np.random.default_rng(0), np.argwhere(places >= 0)
    image, places = torch.from_numpy(image), torch.from_numpy(places)
    counts = torch.bincount(places[places >= 0]).float()
    network = unet(torch, len(image), len(counts))
    optimiser = torch.optim.AdamW(network.parameters(), weight_decay=1e-2)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps)
    loss = torch.nn.CrossEntropyLoss((counts.sum() / counts).sqrt(), ignore_index=-1)
    for _ in range(steps):
        images, labels = [], []
        for row, column in labelled[random.integers(len(labelled), size=BATCH)]:
            top = int(np.clip(row - random.integers(SIZE), 0, places.shape[0] - SIZE))
            left = int(np.clip(column - random.integers(SIZE), 0, places.shape[1] - SIZE))
            part, turns = np.s_[top : top + SIZE, left : left + SIZE], int(random.integers(4))
            pair = torch.rot90(image[(slice(None), *part)], turns, (1, 2)), torch.rot90(places[part], turns, (0, 1))
            mirror = [-1] if random.random() < 0.5 else []
            images.append(pair[0].flip(mirror))
            labels.append(pair[1].flip(mirror))
        optimiser.zero_grad()
        loss(network(torch.stack(images)), torch.stack(labels)).backward()
        optimiser.step()
        pace.step()
    return network.eval()


def labelled_places(path, names, like, touched=False):
    """Int64 ``(rows, columns)``: the place of the class in ``names`` of each labelled pixel, -1 of the others.

    Labelled is a pixel whose centre lies in a place, or that is ``touched`` by one.
    """
    scene, layers = gdal.Open(like), ogr.Open(path)
    places = np.full((scene.RasterYSize, scene.RasterXSize), -1, np.int64)
    for place, name in enumerate(names):
        burnt = gdal.GetDriverByName("MEM").Create("", scene.RasterXSize, scene.RasterYSize, 1, gdal.GDT_Byte)
        burnt.SetGeoTransform(scene.GetGeoTransform())
        burnt.SetProjection(scene.GetProjection())
        layer = layers.GetLayer(0)
        layer.SetAttributeFilter(f"crop = '{name}'")
        gdal.RasterizeLayer(burnt, [1], layer, burn_values=[1], options=[f"ALL_TOUCHED={touched}".upper()])
        places[burnt.ReadAsArray() > 0] = place
    return places


def changes_on_lines(codes, spacing):
    """How often the class changes across the lines where patches begin or end, over how often across others."""
    shares = []
    for axis in (0, 1):
        starts = spacing.starts(0, codes.shape[axis])
        lines = set(starts) | {start + spacing.size for start in starts}
        changed = (np.diff(codes.astype(int), axis=axis) != 0).mean(axis=1 - axis)
        on = np.array([pixel + 1 in lines for pixel in range(len(changed))])
        shares.append(changed[on].mean() / changed[~on].mean())
    return float(np.mean(shares))


def main():
    """Print a table of maps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="of scripts/demo.sh")
    parser.add_argument("--steps", type=int, default=900, help="of the training")
    parser.add_argument("--overlaps", type=float, nargs="+", default=[0, 25, 50], help="of patches, in percent")
    given = parser.parse_args()
    import torch

    load_package()
    from chronocover.core.feedback import Feedback
    from chronocover.core.grid import Window
    from chronocover.core.provenance import Provenance
    from chronocover.core.series.image_series import ImageSeries
    from chronocover.core.series.reading import SeriesSource
    from chronocover.models.describing import CardFacts, Reading
    from chronocover.models.foreign import ForeignModel
    from chronocover.models.foreign_layout import Normalisation
    from chronocover.models.mapping import MapFiles, classify_series
    from chronocover.models.patches.describing import describe_patch_model
    from chronocover.models.patches.lattice import Spacing
    from chronocover.models.patches.trial import PatchWish
    from chronocover.models.season import find_season
    from chronocover.models.session import ModelSession

    torch.set_num_threads(1)
    warnings.filterwarnings("ignore", category=DeprecationWarning)  # of PyTorch's exporter
    path, forest = str(given.folder / "results/prepared.tif"), str(given.folder / "results/model.onnx")
    labels, card = str(given.folder / "labels.gpkg"), ModelSession.open(forest).card
    series = ImageSeries.open(path)
    season = find_season(card.time_axis, series.dates)
    reader = SeriesSource(series, season.dates, card.variables).open()
    values = reader.read(Window(0, 0, series.grid.width, series.grid.height))
    filled = season.onto_axis(values.reshape(-1, *values.shape[2:]))
    means, spreads = np.nanmean(filled, (0, 1)), np.nanstd(filled, (0, 1))
    scaled = np.nan_to_num((filled - means) / spreads).astype(np.float32)
    image = np.ascontiguousarray(scaled.reshape(*values.shape[:2], -1).transpose(2, 0, 1))
    places = labelled_places(labels, card.legend.names, path)
    truth = gdal.Open(str(given.folder / "truth.tif")).ReadAsArray()
    touched = labelled_places(labels, card.legend.names, path, True) >= 0
    start = time.perf_counter()
    network = trained(torch, image, places, given.steps)
    print(f"Trained in {time.perf_counter() - start:.0f} s: {given.steps} steps of {BATCH} patches.")
    with torch.no_grad():
        whole = network(torch.from_numpy(image)[None])[0].numpy().argmax(axis=0)
    whole = np.array(card.legend.codes)[whole]

    print("| map | right, of the pixels without a label | as the whole scene at once | changes on lines | seconds |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        original = str(Path(folder) / "u-net.onnx")
        axes = {"image": {0: "n", 2: "rows", 3: "columns"}, "scores": {0: "n", 2: "rows", 3: "columns"}}
        torch.onnx.export(
            network, (torch.zeros(1, len(image), SIZE, SIZE),), original, dynamo=False, opset_version=17,
            input_names=["image"], output_names=["scores"], dynamic_axes=axes,
        )  # fmt: skip
        scaling = Normalisation(1.0, tuple(map(float, means)), tuple(map(float, spreads)))
        models = {"random forest": (forest, None)}
        for overlap in given.overlaps:
            output = str(Path(folder) / f"{overlap}.onnx")
            describe_patch_model(
                ForeignModel.open(original), CardFacts.of_card(card), Reading("flat date-major", scaling),
                PatchWish(SIZE, overlap), "", Provenance("benchmark"), Feedback(),
            ).save(output)  # fmt: skip
            models[f"U-Net, overlap {overlap:g} %"] = output, Spacing.of_percent(SIZE, overlap)
        for name, (model, spacing) in models.items():
            mapped = str(Path(folder) / "map.tif")
            summary = classify_series(path, model, MapFiles(mapped))
            codes = gdal.Open(mapped).ReadAsArray()
            right = (codes == truth)[~touched & (truth > 0)].mean()
            alike = f"{(codes == whole).mean():.2%}" if spacing else "–"
            lines = f"{changes_on_lines(codes, spacing):.2f}" if spacing else "–"
            print(f"| {name} | {right:.1%} | {alike} | {lines} | {summary.statistics.seconds:.1f} |")
        reference = f"{changes_on_lines(whole, Spacing.of_percent(SIZE, 25)):.2f}"
        right = (whole == truth)[~touched & (truth > 0)].mean()
        print(f"| U-Net, whole scene at once | {right:.1%} | 100 % | {reference} | – |")


if __name__ == "__main__":
    main()
