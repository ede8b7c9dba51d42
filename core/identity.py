"""What the results of a run follow from, as plain values: two runs with the same ones give the same results."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import numpy as np
from osgeo import gdal

from .blocks import BlockPlan, BlockSource
from .errors import ChronocoverError
from .feedback import Feedback
from .rasters import open_quietly, open_raster

NOT_OF_THE_IMAGES = ("CHRONOCOVER_", "STATISTICS_")  # metadata of a VRT: of its making, and of QGIS
HASHED_UP_TO = 4 << 20  # bytes: smaller files count by their content, so that one written anew alike is the same


@dataclass(frozen=True)
class RunIdentity:
    """What must be the same for a run to go on where another one was interrupted.

    ``settings`` say what is done to the blocks of ``sources``, see :func:`plain`; the versions of what does it belong
    to them. Nothing in it depends on the number of threads, which changes no result. ``files`` are read beside those of
    the sources. For ``temporary_folder`` see :class:`core.blocks.EngineOptions`.
    """

    settings: Mapping[str, Any]
    sources: Sequence[BlockSource]
    plan: BlockPlan
    files: Sequence[str] = ()
    temporary_folder: str = ""

    def facts(self, feedback: Feedback | None = None) -> dict[str, Any]:
        """All of it, ready for JSON. Looks at the input files' sizes and times, or at the content of small ones.

        Raises CancelledError if the user cancels meanwhile.
        """
        plan = self.plan
        return {
            "settings": plain(self.settings),
            "blocks": [plain(plan.window), plan.width, plan.height, plan.strips],
            "software": {"numpy": np.__version__, "GDAL": gdal.VersionInfo("RELEASE_NAME")},
            "inputs": state_of_files(self._paths(), feedback),
        }

    def stamps(self) -> list[Any]:
        """Sizes and times of the files that are read directly: a quick look, to see a change while they are read."""
        found: list[Any] = []
        for path in self._paths():
            try:
                found.append(_hash_of_vrt(path) if _is_vrt(path) else _stamp(os.stat(path)))
            except OSError:  # a remote one, or it is gone
                found.append(None)
        return found

    def _paths(self) -> list[str]:
        return [*(path for source in self.sources for path in source.files), *self.files]


def what_differs(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """In what two runs' facts differ, for the log: "settings (model), inputs (b2.tif)"."""
    parts = []
    for key in ("settings", "inputs"):
        before, now = old.get(key, {}), new.get(key, {})
        names = sorted({os.path.basename(name) for name in before.keys() | now if before.get(name) != now.get(name)})
        if names:
            parts.append(f"{key} ({', '.join(names[:3])}{', …' if len(names) > 3 else ''})")
    for key, words in (("blocks", "memory budget or extent"), ("software", "versions")):
        parts += [words] if old.get(key) != new.get(key) else []
    return ", ".join(parts) or "nothing"


def plain(value: Any) -> Any:
    """A value as JSON has it, equal for equal values in every process.

    Dataclasses count by the fields that they compare, arrays by their bytes, functions by their names and what they
    hold (the object of a method, the variables around an inner function).

    Raises:
        TypeError: it is of another kind.
    """
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, (datetime.date, np.generic)):
        return str(value)
    if isinstance(value, np.ndarray):
        digest = hashlib.sha256(np.ascontiguousarray(value).data).hexdigest()
        return [str(value.dtype), list(value.shape), digest]
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(map(repr, map(plain, value)))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value) if f.compare}
        return {type(value).__qualname__: fields}
    if callable(value) and hasattr(value, "__qualname__"):
        held = [cell.cell_contents for cell in getattr(value, "__closure__", None) or ()]
        owner = getattr(value, "__self__", None)
        return [value.__qualname__, *map(plain, [] if owner is None else [owner]), *map(plain, held)]
    raise TypeError(f"{type(value).__qualname__} says nothing of a run")


def state_of_files(paths: Iterable[str], feedback: Feedback | None = None) -> dict[str, Any]:
    """Size and time, or the hash, of files and of those that VRTs among them refer to, by their paths.

    A VRT counts by its content alone: some lie in temporary folders, under other names in each run.
    """
    found: dict[str, Any] = {}
    hashes = []
    for path in files_behind(paths, feedback):
        if _is_vrt(path) and os.path.isfile(path):
            hashes.append(_hash_of_vrt(path))
        else:  # GDAL names files by way of the VRT's folder
            found[os.path.realpath(path) if os.path.exists(path) else path] = _state(path)
    return {**dict(sorted(found.items())), "VRT": sorted(hashes)}


def files_behind(paths: Iterable[str], feedback: Feedback | None = None) -> Iterator[str]:
    """Files, and all those that VRTs among them refer to. Raises CancelledError if the user cancels meanwhile."""
    waiting = list(dict.fromkeys(path for path in paths if path))
    seen = set(waiting)
    while waiting:
        if feedback:
            feedback.check()
        path = waiting.pop()
        if _is_vrt(path) or not os.path.isfile(path):
            for other in _referred(path):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        yield path


def _is_vrt(path: str) -> bool:
    return path.lower().endswith(".vrt")


def _referred(path: str) -> list[str]:
    """The files behind a VRT, or behind the name of a subdataset."""
    try:
        names = open_raster(path).GetFileList() or []
    except ChronocoverError:
        return []
    return [name for name in names if name != path and not name.endswith(".aux.xml")]


def _state(path: str) -> Any:
    if os.path.isfile(path):
        status = os.stat(path)
        return _stamp(status) if status.st_size > HASHED_UP_TO else _hash(path)
    remote = gdal.VSIStatL(path)
    return [remote.size, remote.mtime] if remote is not None else None


def _stamp(status: os.stat_result) -> list[int]:
    return [status.st_size, status.st_mtime_ns]


def _hash_of_vrt(path: str) -> str:
    """Of what GDAL makes of it, for QGIS writes statistics into a VRT that it shows, and the rest of it in other words.

    Without what it says of its making, where its own name is: another one for each run of a model.
    """
    dataset, _ = open_quietly(path, gdal.OF_RASTER)
    texts = dataset.GetMetadata("xml:VRT") if dataset is not None else None
    if not texts:
        return _hash(path)
    root = ElementTree.fromstring(texts[0])
    for parent in list(root.iter()):
        for child in list(parent):
            said_by_others = child.tag == "MDI" and child.get("key", "").startswith(NOT_OF_THE_IMAGES)
            if child.tag == "Histograms" or said_by_others:
                parent.remove(child)
        for child in parent.findall("Metadata"):
            if len(child) == 0 and not (child.text or "").strip():
                parent.remove(child)
    return hashlib.sha256(ElementTree.tostring(root)).hexdigest()


def _hash(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
