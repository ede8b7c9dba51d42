"""Evening out the classes before fitting: random over- and undersampling, and SMOTE.

Only ever applied to what a classifier learns from: samples that are tested, or kept aside to decide when to stop, stay
as they are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..core.errors import ChronocoverError
from .families.family import TrainingSet

NONE = "none"
OVERSAMPLE = "oversample"
UNDERSAMPLE = "undersample"
SMOTE = "SMOTE"
METHODS = (NONE, OVERSAMPLE, UNDERSAMPLE, SMOTE)

NEIGHBOURS = 5
"""Of which SMOTE takes one at a time (Chawla et al. 2002, and the default of imbalanced-learn)."""
FEW_SAMPLES = 20
MOST_BYTES = 2 << 30


def resample(data: TrainingSet, method: str, seed: int) -> TrainingSet:
    """The training set with as many samples of each class that occurs, but for those kept aside.

    ``oversample`` repeats samples of the smaller classes, drawn with replacement, until each has as many as the
    largest; ``undersample`` keeps a random draw of each class, as many as the smallest has; ``SMOTE`` (Chawla et al.
    2002) adds series between a sample of a smaller class and one of its five nearest of that class, by Euclidean
    distance over all dates and variables. A class of fewer than six samples has fewer neighbours, and one of a single
    sample is repeated. An added sample has the weight, and is of the group, of the sample of its class that it is most
    like; without groups, each sample and its copies become one, so that a family never parts them.

    Raises:
        ChronocoverError: the result would not fit into memory.
        ImportError: SMOTE without imbalanced-learn.
    """
    if method == NONE:
        return data
    growth = resampled_share(data.targets, method)
    if growth * data.values.nbytes > MOST_BYTES:
        raise ChronocoverError(
            f"“{method}” would make {int(growth * len(data.targets)):,} samples of {len(data.targets):,}, which need "
            f"{growth * data.values.nbytes / 1e9:,.1f} GB of memory. Choose “undersample” or balanced class weights."
        )
    random = np.random.default_rng(seed)
    learnt = np.arange(len(data.targets)) if data.aside is None else np.flatnonzero(~data.aside)
    classes, counts = np.unique(data.targets[learnt], return_counts=True)
    if not len(classes):
        return data
    members = [learnt[data.targets[learnt] == target] for target in classes]
    if method == UNDERSAMPLE:
        drawn = np.concatenate([random.choice(rows, counts.min(), replace=False) for rows in members])
        return data.subset(np.sort(np.concatenate([drawn, np.setdiff1d(np.arange(len(data.targets)), learnt)])))
    origins, added = [], []
    for rows in members:
        missing = counts.max() - len(rows)
        if method == SMOTE and missing and len(rows) > 1:
            values = _between(data.values[rows], missing, seed)
            origins.append(rows[_nearest(data.values[rows], values)])
            added.append(values)
        else:
            origins.append(random.choice(rows, missing))
            added.append(data.values[origins[-1]])
    if data.groups is None:
        data = replace(data, groups=np.arange(len(data.targets)))
    whole = data.subset(np.concatenate([np.arange(len(data.targets)), *origins]))
    return replace(whole, values=np.concatenate([data.values, *added]))


def resampled_share(targets: np.ndarray, method: str) -> float:
    """How many samples :func:`resample` makes of one, for class indices ``(n,)``."""
    counts = np.unique(targets, return_counts=True)[1]
    return sum(resampled_counts(counts.tolist(), method)) / counts.sum()


def resampled_counts(counts: Sequence[int], method: str) -> list[int]:
    """The number of samples of each class after :func:`resample`; a class without samples gets none."""
    present = [count for count in counts if count]
    if method == NONE or not present:
        return list(counts)
    wanted = min(present) if method == UNDERSAMPLE else max(present)
    return [wanted if count else 0 for count in counts]


def resampling_notes(counts: dict[str, int], method: str) -> list[str]:
    """Sentences on what weakens a resampling of so many samples a class."""
    fewest = min(counts.values())
    if method == UNDERSAMPLE and fewest < FEW_SAMPLES:
        names = ", ".join(f"“{name}”" for name, count in counts.items() if count == fewest)
        return [
            f"Undersampling leaves only {fewest:,} of the samples of each class, as many as there are of {names}. "
            "Choose another resampling or balanced class weights, or leave such classes out."
        ]
    if method == SMOTE and max(counts.values()) > fewest:
        alone = [f"“{name}”" for name, count in counts.items() if count == 1]
        few = [f"“{name}” ({count})" for name, count in counts.items() if 1 < count <= NEIGHBOURS]
        notes = []
        if alone:
            notes.append(f"SMOTE has nothing to mix the only sample with, and repeats it: {', '.join(alone)}.")
        if few:
            notes.append(f"SMOTE has fewer than {NEIGHBOURS} neighbours to mix samples with: {', '.join(few)}.")
        return notes
    return []


def _between(values: np.ndarray, number: int, seed: int) -> np.ndarray:
    """So many new series like those of one class, float32 ``(n, dates, variables)`` with n at least 2."""
    from imblearn import over_sampling

    flat = values.reshape(len(values), -1)
    other = np.full((1, flat.shape[1]), flat.mean())  # the class to be evened out with, which plays no part
    targets = np.r_[np.zeros(len(flat), np.int64), 1]
    smote = over_sampling.SMOTE(
        sampling_strategy={0: len(flat) + number}, k_neighbors=min(NEIGHBOURS, len(flat) - 1), random_state=seed
    )
    found, _ = smote.fit_resample(np.concatenate([flat, other]), targets)
    return found[len(flat) + 1 :].astype(np.float32).reshape(-1, *values.shape[1:])


def _nearest(values: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The index in ``values`` of the series that each of ``wanted`` is most like."""
    from sklearn.neighbors import NearestNeighbors

    flat = values.reshape(len(values), math.prod(values.shape[1:]))
    finder = NearestNeighbors(n_neighbors=1).fit(flat)
    return finder.kneighbors(wanted.reshape(len(wanted), -1), return_distance=False)[:, 0]
