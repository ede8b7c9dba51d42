"""The model card: what a ``.onnx`` file says about itself in its ``metadata_props``.

The graph takes ``series`` float32 ``(n, dates, variables)`` in physical units, NaN for missing, and gives ``label``
int64 ``(n,)`` class codes (0: no data) and ``probabilities`` float32 ``(n, classes)`` in the card's class order. A
clustering gives ``distances`` float32 ``(n, clusters)`` instead of probabilities.

A model with a spatial ``context`` of 3 takes ``series`` float32 ``(n, dates, variables, 3, 3)``: the pixel in the
middle, its neighbours around it, rows from north to south before columns from west to east. Beyond the edge of the
image they are NaN; the graph puts the pixel in the middle in place of a neighbour that was never observed.

A segmentation takes ``series`` float32 ``(1, dates, variables, rows, columns)``, one patch of the image of the size
that the card's ``patch`` tells, and gives ``probabilities`` float32 ``(1, classes, rows, columns)``. How patches
overlap and are blended is in :mod:`models.patches.lattice`; where a variable was never observed, a map has no class.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, dataclass, field, replace

from ..core.errors import ChronocoverError
from ..core.labels.legend import Legend

FORMAT = "chronocover-model-1"
KEY = "chronocover"
INPUT = "series"
LABEL = "label"
PROBABILITIES = "probabilities"
DISTANCES = "distances"
CLASSIFIER, CLUSTERING, SEGMENTATION = "classifier", "clustering", "segmentation"


@dataclass(frozen=True)
class TimeAxis:
    """The dates that a model sees, as a season that any year can fill.

    ``season_start`` is ``MM-DD``; ``days`` the days since then of each date, ascending from 0; ``trained_on`` the ISO
    dates of the training series.
    """

    season_start: str
    days: tuple[int, ...]
    trained_on: tuple[str, ...]

    @classmethod
    def of_dates(cls, dates: list[datetime.date]) -> TimeAxis:
        """The axis of a training series' dates (ascending)."""
        first = dates[0]
        return cls(
            first.strftime("%m-%d"),
            tuple((date - first).days for date in dates),
            tuple(date.isoformat() for date in dates),
        )


@dataclass(frozen=True)
class VariableRange:
    """1st and 99th percentile of a variable's training values, in physical units."""

    p1: float
    p99: float


@dataclass(frozen=True)
class ModelCard:
    """Everything a user or program must know to run a model, and where it came from.

    ``kind`` is classifier, clustering or segmentation, ``family`` the method; ``nodata_policy`` and ``missing_values``
    say in words what the graph does; ``context`` is the side of the pixel window that it looks at (1: the pixel alone);
    ``training`` and ``scores`` are plain values for reading (samples a class, validation method, accuracy, …);
    ``clustering`` holds what a clustering is assigned by (method, preparation, centres), as
    :mod:`models.clustering.storing` writes it; ``patch`` what a segmentation looks at a time: ``size`` and ``overlap``
    in pixels, rows before columns, the ``pixel_size`` in metres that it was made for (0: unknown), and ``work_bytes``,
    the memory that one patch takes while it is computed.
    """

    title: str
    family: str
    legend: Legend
    variables: tuple[str, ...]
    time_axis: TimeAxis
    ranges: dict[str, VariableRange]
    context: int = 1
    missing_values: str = (
        "Missing values (NaN) are filled by linear interpolation in time; before the first and after the last "
        "observation the nearest one is taken."
    )
    nodata_policy: str = "A pixel with a variable that was never observed gets label 0 and NaN probabilities."
    training: dict[str, object] = field(default_factory=dict)
    scores: dict[str, object] = field(default_factory=dict)
    parameters: dict[str, object] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    usage: str = (
        "Input “series”: float32 (n, dates, variables), physical units (stored value × scale + offset, in float32), "
        "NaN for missing, dates on time_axis, variables in the order given. Outputs: “label” int64 (n,), "
        "“probabilities” float32 (n, classes) in the order of legend."
    )
    kind: str = CLASSIFIER
    clustering: dict[str, object] = field(default_factory=dict)
    patch: dict[str, object] = field(default_factory=dict)

    def with_context(self, side: int) -> ModelCard:
        """The card of a model that looks at windows of ``side`` × ``side`` pixels, its texts too."""
        return replace(
            self,
            context=side,
            nodata_policy=f"{self.nodata_policy} A variable that was never observed in a neighbour is the pixel's own.",
            usage=self.usage.replace(
                "(n, dates, variables)",
                f"(n, dates, variables, {side}, {side}), the pixel in the middle of its neighbours, rows from north to "
                "south before columns from west to east, NaN beyond the edge of the image",
            ),
        )

    @property
    def window(self) -> tuple[int, ...]:
        """The further axes of the graph's input: two sides of a window or patch, or none for the pixel alone."""
        if self.kind == SEGMENTATION:
            return tuple(self.patch["size"])
        return (self.context, self.context) if self.context > 1 else ()

    @property
    def input_in_words(self) -> str:
        """What the graph takes, as errors name it."""
        what = "patches" if self.kind == SEGMENTATION else "windows"
        pixels = f" × {what} of {self.window[0]} × {self.window[1]} pixels" if self.window else ""
        return f"{len(self.time_axis.days)} dates × {len(self.variables)} variables{pixels}"

    @property
    def scores_output(self) -> str:
        """The graph's output beside the label."""
        return DISTANCES if self.kind == CLUSTERING else PROBABILITIES

    def to_json(self) -> str:
        """The card as JSON text."""
        plain = asdict(self)
        plain["legend"] = self.legend.as_dicts()
        return json.dumps({"format": FORMAT, **plain}, ensure_ascii=False, default=str)

    @classmethod
    def from_json(cls, text: str, source: str) -> ModelCard:
        """Read a card; ``source`` names the model file in the error.

        Raises:
            ChronocoverError: the text is not a card of a format known here.
        """
        try:
            plain = json.loads(text)
            if plain.pop("format") != FORMAT:
                raise ValueError("made by a newer Chronocover")
            axis = plain["time_axis"]
            plain["time_axis"] = TimeAxis(axis["season_start"], tuple(axis["days"]), tuple(axis["trained_on"]))
            plain["legend"] = Legend.from_dicts(plain["legend"])
            plain["variables"] = tuple(plain["variables"])
            plain["ranges"] = {name: VariableRange(**limits) for name, limits in plain["ranges"].items()}
            return cls(**plain)
        except (KeyError, TypeError, ValueError) as error:
            raise ChronocoverError(
                f"The model card in {source} cannot be read ({error}). Train the model again, or update the plugin."
            ) from error
