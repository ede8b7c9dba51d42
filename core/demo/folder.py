"""The folder of a demo scene: what lies in it, and whose files they are."""

from __future__ import annotations

import json
import os

from ..errors import ChronocoverError

IMAGES, LABELS, TRUTH, MARKER = "images", "labels.gpkg", "truth.tif", "chronocover_demo.json"
STYLES = ("labels.qml", "truth.qml")
SIDECARS = (".aux.xml", ".ovr")


def check_folder(folder: str) -> None:
    """Raise ChronocoverError if the demo cannot go into ``folder``: it is a file, or holds somebody else's files."""
    if os.path.isdir(folder):
        _own_files(folder)
    elif os.path.lexists(folder):
        raise ChronocoverError(f"{folder} is a file. Choose a folder for the demo scene.")


def remove_scene(folder: str) -> None:
    """Remove an earlier demo scene and nothing else.

    Raises ChronocoverError if there are files that no demo has written, or one cannot be removed.
    """
    try:
        for path in _own_files(folder):
            os.remove(path)
        if os.path.isdir(os.path.join(folder, IMAGES)):
            os.rmdir(os.path.join(folder, IMAGES))
    except OSError as error:
        raise ChronocoverError(
            f"Cannot replace the demo scene in {folder} ({error.strerror}). Are its files open in another program?"
        ) from error


def _own_files(folder: str) -> list[str]:
    """The files of an earlier demo scene in ``folder``, empty if there is none.

    Raises ChronocoverError if a file by one of the demo's names is there that no demo has written.
    """
    images = os.path.join(folder, IMAGES)
    own = [LABELS, TRUTH, *STYLES, MARKER]
    try:
        with open(os.path.join(folder, MARKER), encoding="utf-8") as file:
            pictures = [os.path.basename(name) for name in json.load(file)["images"]]
    except (OSError, ValueError, KeyError, TypeError):
        strangers = [name for name in [*own, IMAGES] if os.path.lexists(os.path.join(folder, name))]
        pictures = []
    else:
        known = {name + suffix for name in pictures for suffix in ("", *SIDECARS)}
        present = os.listdir(images) if os.path.isdir(images) else []
        strangers = [f"{IMAGES}/{name}" for name in sorted(set(present) - known)]
    if strangers:
        raise ChronocoverError(
            f"The folder {folder} holds files that are not of a demo scene ({', '.join(strangers[:3])}). "
            "They are left alone: choose an empty or a new folder."
        )
    files = [os.path.join(folder, name) for name in own] + [os.path.join(images, name) for name in pictures]
    return [path + suffix for path in files for suffix in ("", *SIDECARS) if os.path.exists(path + suffix)]
