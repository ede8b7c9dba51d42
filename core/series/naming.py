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

    def __init__(self, images: Sequence[ImageFacts], wanted: Sequence[str]) -> None:
        """``wanted`` are the names that the user typed, empty for none."""
        self._wanted = list(wanted)
        counts = Counter(word for image in images for word in set(_file_words(image)))
        self._common = {word for word, count in counts.items() if count == len(images)}

    def name_bands(self, image: ImageFacts, sensor: Sensor | None) -> list[NamedBand]:
        """Name every band of an image.

        Raises:
            ChronocoverError: the user's list does not fit the image's bands.
        """
        bands = image.bands
        if image.source.variable:
            names = split_names(image.source.variable)
            if len(names) != len(bands):
                raise ChronocoverError(
                    f"{image.source.path} has {len(bands)} bands, but the table names its variables "
                    f"“{image.source.variable}”. Give one row a band, with its number in the column band."
                )
            return [self._named(image, band, name, sensor) for band, name in zip(bands, names)]
        if all(band.role for band in bands):  # an image series knows its variables
            return [self._if_wanted(NamedBand(band, band.variable), [band.variable]) for band in bands]
        if len(bands) == 1 or image.dated_by_band:
            return [self._name_alone(image, band, sensor) for band in bands]
        return self._name_together(image, sensor)

    def _name_together(self, image: ImageFacts, sensor: Sensor | None) -> list[NamedBand]:
        bands = image.bands
        if self._wanted:
            known = [sensor.band_named(band.description) if sensor else None for band in bands]
            matches = [
                _pick(self._wanted, [band.description, item.variable if item else ""], whole=True)
                for band, item in zip(bands, known)
            ]
            if any(matches):
                return [
                    self._named(image, band, match, sensor)
                    if match
                    else NamedBand(band, "", reason=f"not among the variables {', '.join(self._wanted)}")
                    for band, match in zip(bands, matches)
                ]
            if len(self._wanted) != len(bands):
                raise ChronocoverError(
                    f"{image.source.path} has {len(bands)} bands, but {len(self._wanted)} variables are listed "
                    f"({', '.join(self._wanted)}). Name every band in order, and choose with “Variables to keep”."
                )
            return [self._named(image, band, name, sensor) for band, name in zip(bands, self._wanted)]
        known = [sensor.band_named(band.description) if sensor and band.description else None for band in bands]
        if any(known):
            return [
                NamedBand(band, item.variable, item)
                if item
                else NamedBand(band, "", reason=f"not a band that {sensor.name} images are known to have")
                for band, item in zip(bands, known)
            ]
        return [NamedBand(band, band.description or band.variable or f"band_{band.index}") for band in bands]

    def _name_alone(self, image: ImageFacts, band: BandFacts, sensor: Sensor | None) -> NamedBand:
        described = " ".join(words_of(band.description))
        texts = [_text_of(image), described, band.variable]
        known = next(filter(None, (sensor.band_named(text) for text in texts)), None) if sensor else None
        guess = (known.variable if known else "") or described or band.variable or self._by_file_name(image)
        if self._wanted:
            match = _pick(self._wanted, [guess], whole=True) or _pick(self._wanted, texts)
            says_other = guess.lower() in KNOWN_VARIABLES | KNOWN_QUALITY
            if not match and len(self._wanted) == 1 and not says_other:
                match = self._wanted[0]
            if match:
                return NamedBand(band, match, known or _known(sensor, match))
            return NamedBand(band, "", reason=f"not one of the variables {', '.join(self._wanted)}")
        if sensor and not known and guess.lower() not in KNOWN_VARIABLES | KNOWN_QUALITY:
            return NamedBand(band, "", reason=f"not a band that {sensor.name} images are known to have")
        return NamedBand(band, guess or f"band_{band.index}", known)

    def _by_file_name(self, image: ImageFacts) -> str:
        words = _file_words(image)
        for vocabulary in (KNOWN_VARIABLES | KNOWN_QUALITY,):
            spoken = [word for word in words if word.lower() in vocabulary]
            if spoken:
                return spoken[-1]
        differing = [word for word in words if word not in self._common and word[0].isalpha()]
        return differing[-1] if differing else ""

    def _named(self, image: ImageFacts, band: BandFacts, name: str, sensor: Sensor | None) -> NamedBand:
        return NamedBand(band, name, _known(sensor, name))

    def _if_wanted(self, named: NamedBand, texts: list[str]) -> NamedBand:
        if not self._wanted:
            return named
        match = _pick(self._wanted, texts, whole=True)
        if match:
            return NamedBand(named.band, match, named.known)
        return NamedBand(named.band, "", reason=f"not one of the variables {', '.join(self._wanted)}")


def _known(sensor: Sensor | None, name: str) -> SensorBand | None:
    return sensor.band_named(name) if sensor else None


def _text_of(image: ImageFacts) -> str:
    source = image.source
    if not source.is_file:
        return source.path.rsplit(":", 1)[-1]
    return os.path.splitext(os.path.basename(source.path))[0]


def _file_words(image: ImageFacts) -> list[str]:
    return words_of(_text_of(image))


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
