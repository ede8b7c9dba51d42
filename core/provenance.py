"""Where an output came from: written into every raster, table, report and model."""

from __future__ import annotations

import json
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Provenance:
    """What made an output.

    ``parameters`` are plain values by parameter name, ``versions`` package versions by name, ``extra`` anything more
    that identifies the run (seed, model hash).
    """

    algorithm: str = ""
    parameters: dict[str, object] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)

    def with_extra(self, **items: object) -> Provenance:
        """A copy that also says ``items``."""
        texts = {key: str(value) for key, value in items.items()}
        return Provenance(self.algorithm, self.parameters, self.versions, {**self.extra, **texts})

    def as_metadata(self) -> dict[str, str]:
        """Flat text items for GDAL metadata, each key prefixed with ``CHRONOCOVER_``."""
        items = {
            "CHRONOCOVER_ALGORITHM": self.algorithm,
            "CHRONOCOVER_PARAMETERS": json.dumps(self.parameters, ensure_ascii=False, default=str),
            "CHRONOCOVER_VERSIONS": json.dumps(self.versions),
        }
        items.update({f"CHRONOCOVER_{key.upper()}": value for key, value in self.extra.items()})
        return items
