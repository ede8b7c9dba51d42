"""Choosing classes of a class raster by number or name."""

from __future__ import annotations

from ..errors import ChronocoverError
from ..rasters import open_raster
from .legend import LARGEST_CODE, read_legend


def chosen_codes(path: str, text: str) -> tuple[int, ...]:
    """The codes of the classes that a text names: numbers or names, separated by commas; empty for an empty text.

    Raises:
        ChronocoverError: the raster cannot be opened, or has no such class.
    """
    text = text.strip()
    if not text:
        return ()
    legend = read_legend(open_raster(path, "class raster"))
    known = {land_class.name: land_class.code for land_class in legend.classes} if legend else {}
    if text in known:  # a name may hold a comma
        return (known[text],)
    codes = []
    for item in (part.strip() for part in text.split(",")):
        if item in known:
            codes.append(known[item])
        elif item.isdecimal() and 0 < int(item) <= LARGEST_CODE:
            codes.append(int(item))
        elif item:
            names = ", ".join(known) or "numbers only"
            raise ChronocoverError(f"{path} has no class “{item}”. It has: {names}.")
    return tuple(codes)
