"""What users type about a model: its classes, dates and numbers."""

from __future__ import annotations

import datetime
import re

from ..core.dates import day_of_text
from ..core.errors import ChronocoverError
from ..core.labels.legend import LARGEST_CODE, Color, LandClass, distinct_color, parse_color

CLASS = re.compile(r"^(?:(\d+)\s*=\s*)?(.+?)(?:\s+(#[0-9a-fA-F]{6}))?$")


def parse_classes(text: str) -> tuple[LandClass, ...]:
    """Classes from lines such as ``1 = forest #00aa00``; code and colour may be left out. Also with ``;`` or ``,``.

    Without codes they are numbered from 1 on.

    Raises:
        ChronocoverError: a code or name occurs twice, only some have codes, or a code is out of range.
    """
    separator = next((mark for mark in ("\n", ";") if mark in text.strip()), ",")
    parts = [CLASS.match(part.strip()) for part in text.split(separator) if part.strip()]
    found = [part.groups() for part in parts if part]
    coded = [code for code, _, _ in found if code]
    if coded and len(coded) < len(found):
        name = next(name for code, name, _ in found if not code)
        raise ChronocoverError(f"The class “{name}” has no code, but others have. Write all as “3 = {name}”, or none.")
    codes = [int(code) for code in coded] or list(range(1, len(found) + 1))
    for code in codes:
        if not 0 < code <= LARGEST_CODE:
            raise ChronocoverError(f"The class code {code} cannot be used: codes are from 1 to {LARGEST_CODE}.")
    names = [name.strip() for _, name, _ in found]
    for what, items in (("code", codes), ("name", names)):
        twice = [item for item in items if items.count(item) > 1]
        if twice:
            raise ChronocoverError(f"The {what} “{twice[0]}” stands for two classes. Give each class its own.")
    colors: list[Color] = [
        parse_color(color) if color else distinct_color(index) for index, (_, _, color) in enumerate(found)
    ]
    return tuple(LandClass(*each) for each in zip(codes, names, colors))


def parse_dates(text: str) -> list[datetime.date]:
    """Dates from a text: “2021-03-01, 2021-03-17, …”, or a first date and days, “2021-03-01 + 0, 16, 32”.

    Raises:
        ChronocoverError: it is neither, or the dates do not ascend.
    """
    start, plus, days = text.partition("+")
    words = re.split(r"[\s,;]+", (days if plus else text).strip())
    first = day_of_text(start) if plus else None
    try:
        if plus:
            dates = [first + datetime.timedelta(days=int(word)) for word in words]
        else:
            dates = [day_of_text(word) for word in words]
        ascending = all(earlier < later for earlier, later in zip(dates, dates[1:]))
    except (TypeError, ValueError, OverflowError):
        dates, ascending = [None], False
    if None in dates:
        raise ChronocoverError(
            f"The dates “{text.strip()[:80]}” cannot be read. Write them as “2021-03-01, 2021-03-17”, or as the first "
            "day of the season and days: “2021-03-01 + 0, 16, 32”."
        )
    if not ascending:
        raise ChronocoverError("The dates must ascend, each only once: a model reads a season from its start.")
    return dates


def parse_numbers(text: str, what: str) -> list[float]:
    """Numbers in a text, separated by commas or spaces. Raises ChronocoverError naming ``what`` if one is none."""
    words = [word for word in re.split(r"[\s,;]+", text) if word]
    try:
        return [float(word) for word in words]
    except ValueError:
        raise ChronocoverError(f"{what}: “{text}” are not numbers such as “0.1, 0.25”.") from None


def parse_names(text: str, what: str) -> tuple[str, ...]:
    """Names in a text, separated by commas. Raises ChronocoverError naming ``what`` if one occurs twice."""
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise ChronocoverError(f"{what}: “{twice[0]}” is listed twice. Each has its own place in the input.")
    return names
