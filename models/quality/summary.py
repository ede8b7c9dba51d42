"""What a check of samples amounts to, by class, by group and one by one; and all of it as JSON."""

from __future__ import annotations

import json
import os
from collections import Counter

import numpy as np

from ...core.files import atomic_output
from ...core.provenance import Provenance
from ..clustering.profiles import ClusterProfiles, profiles_of
from .checking import SampleCheck


def class_rows(check: SampleCheck) -> list[dict[str, object]]:
    """What was found of each class, as plain values; ``noise_share`` is None where it is not known."""
    targets, names = check.targets, check.legend.names
    noise = None if check.by_probability is None else check.by_probability.findings.noise_shares()
    found = []
    for target, name in enumerate(names):
        own = targets == target
        better = Counter(names[other] for other in check.suggested[own & check.suspects])
        found.append(
            {
                "class": name,
                "samples": int(own.sum()),
                "checked": int((own & check.checked).sum()),
                "suspects": int((own & check.suspects).sum()),
                "suggested": dict(better.most_common()),
                "noise_share": None if noise is None or np.isnan(noise[target]) else float(noise[target]),
            }
        )
    return found


def suspects_in_order(check: SampleCheck) -> np.ndarray:
    """Rows of the suspects, the least supported first."""
    rows = np.flatnonzero(check.suspects)
    return rows[np.argsort(check.quality[rows], kind="stable")]


def doubtful_groups(check: SampleCheck) -> list[dict[str, object]]:
    """Groups of several samples of which at least half are suspects, as plain values, the largest first."""
    if check.samples.groups is None:
        return []
    groups, names = check.samples.groups.astype(str), check.legend.names
    checked, suspects = Counter(groups[check.checked].tolist()), Counter(groups[check.suspects].tolist())
    found = []
    for group, number in suspects.items():
        if checked[group] > 1 and 2 * number >= checked[group]:
            rows = (groups == group) & check.suspects
            given = Counter(check.targets[rows].tolist()).most_common(1)[0][0]
            better = Counter(check.suggested[rows].tolist()).most_common(1)[0][0]
            found.append(
                {
                    "group": group,
                    "class": names[given],
                    "suggested": names[better],
                    "checked": checked[group],
                    "suspects": number,
                }
            )
    return sorted(found, key=lambda group: -group["suspects"])


def class_profiles(check: SampleCheck) -> tuple[ClusterProfiles, ClusterProfiles]:
    """The curves of each class without its suspects, and those of its suspects."""
    suspects = check.suspects[check.usable]
    return tuple(
        profiles_of(check.data.filled, np.where(kept, check.data.targets + 1, 0), len(check.legend))
        for kept in (~suspects, suspects)
    )


def neuron_counts(check: SampleCheck) -> np.ndarray:
    """int64 ``(neurons, classes)`` samples of each class in each neuron."""
    counts = np.zeros((check.by_map.map.side**2, len(check.legend)), np.int64)
    np.add.at(counts, (check.by_map.neurons, check.by_map.targets), 1)
    return counts


def write_json(path: str, check: SampleCheck, layer_path: str, provenance: Provenance) -> None:
    """Write the report as JSON, plain values only.

    Keys: ``layer``, ``figures`` (as the algorithm's outputs), ``notes``, ``validation``, ``classes`` (see
    :func:`class_rows`), ``groups`` (see :func:`doubtful_groups`), ``suspects`` (fid, class and the fields of the layer;
    the least supported first), ``confident_learning`` (thresholds, confident joint, estimated joint; null if not used),
    ``map`` (side and samples by neuron and class; null if not used), ``profiles`` (dates, variables, and for each class
    with samples mean, p10 and p90 without its suspects and the mean of its suspects, each as one list a date) and
    ``provenance``.

    Raises:
        ChronocoverError: it cannot be written.
    """
    columns = {name: column.tolist() for name, column in check.columns().items()}
    learning = check.by_probability and check.by_probability.findings
    plain = {
        "layer": os.path.basename(layer_path),
        "figures": check.figures(),
        "notes": check.notes,
        "validation": check.splits.description,
        "classes": class_rows(check),
        "groups": doubtful_groups(check),
        "suspects": [
            {"fid": row + 1, "class": check.samples.classes[row]}
            | {name: column[row] for name, column in columns.items()}
            for row in suspects_in_order(check).tolist()
        ],
        "confident_learning": learning
        and {
            "thresholds": learning.thresholds.tolist(),
            "confident_joint": learning.confident_joint.tolist(),
            "estimated_joint": learning.joint.tolist(),
        },
        "map": check.by_map and {"side": check.by_map.map.side, "samples": neuron_counts(check).tolist()},
        "profiles": _plain_profiles(check),
        "provenance": {
            "algorithm": provenance.algorithm,
            "parameters": provenance.parameters,
            "versions": provenance.versions,
        },
    }
    with atomic_output(path) as target, open(target, "w", encoding="utf-8") as file:
        json.dump(_without_nan(plain), file, ensure_ascii=False, indent=1, default=str)


def _plain_profiles(check: SampleCheck) -> dict[str, object]:
    good, doubtful = class_profiles(check)
    classes = {
        name: {
            "samples": int(good.rows[k]),
            "mean": good.mean[k].tolist(),
            "p10": good.low[k].tolist(),
            "p90": good.high[k].tolist(),
            "suspects": int(doubtful.rows[k]),
            "suspects_mean": doubtful.mean[k].tolist() if doubtful.rows[k] else None,
        }
        for k, name in enumerate(check.legend.names)
        if good.rows[k]
    }
    dates = [date.isoformat() for date in check.samples.dates]
    return {"dates": dates, "variables": list(check.samples.variables), "classes": classes}


def _without_nan(value: object) -> object:
    """The same with None for NaN and infinite numbers, which JSON does not know."""
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(item) for item in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value
