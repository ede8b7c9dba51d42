"""Writes the plugin zip from what users need, the same bytes for the same files, and prints its path.

With ``--count`` it prints how many algorithms and workflows the plugin has instead.
"""

import configparser
import sys
import zipfile

from checkout import ROOT

ROOMS = ("algorithms", "core", "models", "workflows", "icons", "i18n")
FILES = ("metadata.txt", "requirements.txt", "requirements-cluster.txt", "LICENSE")
SUFFIXES = {".py", ".svg", ".png", ".qm", ".model3", ".json"}
NEEDED = {"metadata.txt", "__init__.py", "LICENSE", "icons/chronocover.svg", "algorithms/createdemo.py"}
LARGEST_BYTES = 20 * 2**20  # what plugins.qgis.org takes
LONG_AGO = (2000, 1, 1, 0, 0, 0)


def contents() -> list:
    """The files of the plugin, relative to the checkout, in order."""
    found = [ROOT / name for name in FILES] + list(ROOT.glob("*.py"))
    for room in ROOMS:
        files = (path for path in (ROOT / room).rglob("*") if path.is_file() and path.suffix in SUFFIXES)
        found += [path for path in files if "__pycache__" not in path.parts]
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def write_zip() -> str:
    """Write and check the zip; returns its path."""
    metadata = configparser.ConfigParser()
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    target = ROOT / "dist" / f"chronocover.{metadata['general']['version']}.zip"
    target.parent.mkdir(exist_ok=True)
    names = contents()
    missing = NEEDED - set(names)
    if missing:
        sys.exit(f"The plugin lacks {', '.join(sorted(missing))}.")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in names:
            entry = zipfile.ZipInfo(f"chronocover/{name}", LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, (ROOT / name).read_bytes())
    if target.stat().st_size > LARGEST_BYTES:
        sys.exit(f"{target} is larger than plugins.qgis.org takes.")
    return str(target)


def count() -> int:
    """Number of algorithms and workflows."""
    from checkout import load_package

    load_package()
    from chronocover.algorithms import ALGORITHMS

    return len(ALGORITHMS) + len(list((ROOT / "workflows").glob("*.model3")))


if __name__ == "__main__":
    print(count() if "--count" in sys.argv else write_zip())
