"""Which variable each band of an image is: by the user's list, the sensor, the band's description or the file name."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..dates import DATE_IN_NAME
from ..errors import ChronocoverError
from .image_facts import BandFacts, ImageFacts
from .sensors import KNOWN_QUALITY, KNOWN_VARIABLES, Sensor, SensorBand


@dataclass(frozen=True)
class NamedBand:
    """A band and its variable; ``variable`` is empty where the band is left out, and ``reason`` says why."""

    band: BandFacts
    variable: str
    known: SensorBand | None = None
    reason: str = ""


def split_names(text: str | None) -> list[str]:
    """Names from a list separated by commas or semicolons, without empty and repeated ones."""
    names = [name.strip() for name in re.split(r"[,;]", text or "")]
    return list(dict.fromkeys(name for name in names if name))


def words_of(name: str) -> list[str]:
    """The words of a file name or description: between ``_ - .`` and spaces, without dates."""
    return [word for word in re.split(r"[^A-Za-z0-9]+", DATE_IN_NAME.sub(" ", name)) if word]


class VariableNames:
    """Names the bands of many images; knows the words in which their file names differ."""

    def __init__(self, images: Sequence[ImageFacts], wanted: Sequence[str], quality: Sequence[str] = ()) -> None:
        """``wanted`` and ``quality`` are the names that the user typed; without ``wanted`` nothing is left out."""
        self._wanted = list(wanted)
        self._sought = list(dict.fromkeys([*wanted, *quality])) if wanted else []
        counts = Counter(word for image in images for word in set(words_of(_text_of(image))))
        self._common = {word for word, count in counts.items() if count == len(images)}

    def name_bands(self, image: ImageFacts, sensor: Sensor | None) -> list[NamedBand]:
        """Name every band of an image.

        Raises:
            ChronocoverError: the user's list does not fit the image's bands.
        """
        bands = image.bands
        if image.source.variable:
            return self._name_by_table(image, sensor)
        if all(band.role for band in bands):  # an image series knows its variables
            return [self._name_of_series(band) for band in bands]
        if len(bands) == 1 or image.dated_by_band:
            return [self._name_alone(image, band, sensor) for band in bands]
        if self._wanted:
            return self._choose_together(image, sensor)
        return self._name_together(image, sensor)

    def _name_by_table(self, image: ImageFacts, sensor: Sensor | None) -> list[NamedBand]:
        names = split_names(image.source.variable)
        if len(names) != len(image.bands):
            raise ChronocoverError(
                f"{image.source.path} has {len(image.bands)} bands, but the table names its variables "
                f"“{image.source.variable}”. Give one row a band, with its number in the column band."
            )
        return [NamedBand(band, name, _known(sensor, name)) for band, name in zip(image.bands, names)]

    def _name_of_series(self, band: BandFacts) -> NamedBand:
        if not self._wanted:
            return NamedBand(band, band.variable)
        match = _pick(self._sought, [band.variable], whole=True)
        return NamedBand(band, match) if match else self._not_sought(band)

    def _choose_together(self, image: ImageFacts, sensor: Sensor | None) -> list[NamedBand]:
        matches = []
        for band in image.bands:
            known = sensor.band_named(band.description) if sensor else None
            texts = [band.description, known.variable if known else ""]
            matches.append(_pick(self._sought, texts, whole=True))
        if any(matches):
            return [
                NamedBand(band, match, _known(sensor, match)) if match else self._not_sought(band)
                for band, match in zip(image.bands, matches)
            ]
        if len(self._wanted) != len(image.bands):
            raise ChronocoverError(
                f"{image.source.path} has {len(image.bands)} bands, but {len(self._wanted)} variables are listed "
                f"({', '.join(self._wanted)}). Name every band in order, and choose with “Variables to keep”."
            )
        return [NamedBand(band, name, _known(sensor, name)) for band, name in zip(image.bands, self._wanted)]

    def _name_together(self, image: ImageFacts, sensor: Sensor | None) -> list[NamedBand]:
        known = [sensor.band_named(band.description) if sensor and band.description else None for band in image.bands]
        if any(known):
            return [
                NamedBand(band, item.variable, item) if item else _unknown_to(sensor, band)
                for band, item in zip(image.bands, known)
            ]
        return [NamedBand(band, band.description or band.variable or f"band_{band.index}") for band in image.bands]

    def _name_alone(self, image: ImageFacts, band: BandFacts, sensor: Sensor | None) -> NamedBand:
        described = " ".join(words_of(band.description))
        texts = [_text_of(image), described, band.variable]
        known = next(filter(None, (sensor.band_named(text) for text in texts)), None) if sensor else None
        guess = (known.variable if known else "") or described or band.variable or self._by_file_name(image)
        is_word = guess.lower() in KNOWN_VARIABLES | KNOWN_QUALITY
        if self._wanted:
            match = _pick(self._sought, [guess], whole=True) or _pick(self._sought, texts)
            if not match and len(self._wanted) == 1 and not is_word:
                match = self._wanted[0]
            return NamedBand(band, match, known or _known(sensor, match)) if match else self._not_sought(band)
        if sensor and not known and not is_word:
            return _unknown_to(sensor, band)
        return NamedBand(band, guess or f"band_{band.index}", known)

    def _by_file_name(self, image: ImageFacts) -> str:
        words = words_of(_text_of(image))
        spoken = [word for word in words if word.lower() in KNOWN_VARIABLES | KNOWN_QUALITY]
        differing = [word for word in words if word not in self._common and word[0].isalpha()]
        return (spoken or differing or [""])[-1]

    def _not_sought(self, band: BandFacts) -> NamedBand:
        return NamedBand(band, "", reason=f"not one of the variables {', '.join(self._wanted)}")


def _unknown_to(sensor: Sensor, band: BandFacts) -> NamedBand:
    return NamedBand(band, "", reason=f"not a band that {sensor.name} images are known to have")


def _known(sensor: Sensor | None, name: str) -> SensorBand | None:
    return sensor.band_named(name) if sensor else None


def _text_of(image: ImageFacts) -> str:
    source = image.source
    if not source.is_file:
        return source.path.rsplit(":", 1)[-1]
    return os.path.splitext(os.path.basename(source.path))[0]


def _pick(wanted: Iterable[str], texts: Iterable[str], whole: bool = False) -> str:
    """The wanted name that is a text (``whole``) or the last words of one that holds it; empty if none."""
    best = (-1, -1, "")
    for text in filter(None, texts):
        padded = " " + " ".join(words_of(text)).lower() + " "
        for name in wanted:
            sought = " " + " ".join(words_of(name)).lower() + " "
            position = padded.rfind(sought)
            if position >= 0 and (not whole or padded == sought):
                best = max(best, (position + len(sought), len(sought), name))
        if best[2]:
            return best[2]
    return ""
