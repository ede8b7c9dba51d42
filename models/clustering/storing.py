"""A clustering as one ``.onnx`` model file.

Write and read it::

    card = clustering_card(clustering, samples_dates, variables, values, provenance=provenance)
    save_clustering("clusters.onnx", clustering, card)
    stored = open_clustering("clusters.onnx")
    labels, distances = assign(values, stored.clustering)

The graph is complete: any ONNX Runtime assigns series with it (see :mod:`.graph`). The card's field ``clustering`` says
the same in plain values: method and preparation, the centres as lists, and what the graph does in words. From them the
plugin takes the float64 centres for :func:`clustering.assign`, which gives the same labels and is faster.
"""

from __future__ import annotations

import datetime
import importlib
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

import numpy as np
import onnxruntime

from ...core.errors import ChronocoverError
from ...core.files import atomic_output
from ...core.labels.legend import Legend
from ...core.provenance import Provenance
from .. import card as cards
from ..card import CLUSTERING, ModelCard, TimeAxis, VariableRange
from ..session import ModelSession
from .clustering import Clustering, assign, cluster_legend
from .graph import clustering_graph
from .kernel_kmeans import KernelReferences
from .settings import ALIGNMENT_KERNEL, DTW, EUCLIDEAN, K_SHAPE, SOFT_DTW, ClusteringSettings

DISTANCES = {
    EUCLIDEAN: "the Euclidean distance over all dates and variables",
    DTW: "dynamic time warping: the root of the least sum of squared distances along a warping path",
    SOFT_DTW: "soft-DTW with the given gamma, which may be negative",
    K_SHAPE: "the shape-based distance: 1 minus the largest normalised cross-correlation over all shifts",
    ALIGNMENT_KERNEL: "2 - 2 × the mean normalised global alignment kernel with the cluster's references",
}
ORDER = "Gaps are filled, then each series is smoothed, then each variable of each series is scaled, all as given here."
USAGE = (
    "Input “series”: float32 (n, dates, variables), physical units, NaN for missing, dates on time_axis, variables in "
    "the order given. Outputs: “label” int64 (n,), “distances” float32 (n, clusters) in the order of legend; the label "
    "is the nearest cluster's."
)
SLOW = (
    " The graph computes the recurrence of this distance along anti-diagonals; Chronocover itself runs the same in "
    "compiled code from the centres of this card, with the same labels but for ties."
)
NODATA = "A pixel with a variable that was never observed gets label 0 and NaN distances."
PACKAGES = {"numpy": "numpy", "scikit-learn": "sklearn", "numba": "numba", "onnx": "onnx"}
CHECKED = 512
LARGEST_DISAGREEMENT = 0.01
TIE = 1e-3
"""Relative difference of distances that float32 may turn round."""


@dataclass(frozen=True)
class StoredClustering:
    """A model file read: its card, and what :func:`clustering.assign` needs. Training labels are not stored."""

    path: str
    card: ModelCard
    clustering: Clustering
    sha256: str


def clustering_card(
    clustering: Clustering,
    dates: Sequence[datetime.date],
    variables: Sequence[str],
    values: np.ndarray,
    *,
    legend: Legend | None = None,
    training: dict[str, object] | None = None,
    scores: dict[str, object] | None = None,
    provenance: Provenance | None = None,
) -> ModelCard:
    """The card of a clustering.

    Args:
        clustering: from :func:`clustering.fit`.
        dates: of the training series, ascending.
        variables: their names.
        values: the training series ``(n, dates, variables)``, physical units, NaN for missing; their ranges are noted.
        legend: names and colours, codes 1 to k; “Cluster 1” … by default.
        training: plain values on the sample (pixels, mask, area, …).
        scores: plain values (silhouette, …); inertia and iterations are added.
        provenance: algorithm, parameters, versions.
    """
    provenance = provenance or Provenance()
    settings = clustering.settings
    finite = np.where(np.isfinite(values), values, np.nan)
    ranges = {}
    for index, name in enumerate(variables):
        low, high = np.nanpercentile(finite[:, :, index], [1, 99])
        ranges[name] = VariableRange(float(low), float(high))
    first, last = dates[0].isoformat(), dates[-1].isoformat()
    versions = {name: importlib.import_module(module).__version__ for name, module in PACKAGES.items()}
    counts = np.bincount(clustering.labels, minlength=clustering.clusters + 1)
    return ModelCard(
        title=f"{settings.title}, {clustering.clusters} clusters, {first if first == last else f'{first} to {last}'}",
        family=settings.title,
        legend=legend or cluster_legend(clustering.clusters),
        variables=tuple(variables),
        time_axis=TimeAxis.of_dates(list(dates)),
        ranges=ranges,
        nodata_policy=NODATA,
        training={
            "series": int((clustering.labels > 0).sum()),
            "series_without_data": int(counts[0]),
            "series_of_clusters": counts[1:].tolist(),
            "algorithm": provenance.algorithm,
            "algorithm_parameters": provenance.parameters,
            **(training or {}),
        },
        scores={"inertia": clustering.inertia, "iterations": clustering.iterations, **(scores or {})},
        parameters=asdict(settings),
        versions={**versions, **provenance.versions},
        usage=USAGE + (SLOW if settings.method in (DTW, SOFT_DTW, ALIGNMENT_KERNEL) else ""),
        kind=CLUSTERING,
        clustering=_as_plain_values(clustering),
    )


def save_clustering(path: str, clustering: Clustering, card: ModelCard, check_values: np.ndarray | None = None) -> int:
    """Write a model file, whole or not at all, after running it as any user of the file will.

    Args:
        path: the ``.onnx`` file to write.
        clustering: what it holds.
        card: from :func:`clustering_card`.
        check_values: float32 ``(n, dates, variables)`` to try it on, best some training series; the first 512 are
            taken. None: the centres themselves, which suits unscaled series.

    Returns:
        The size of the file in bytes.

    Raises:
        ChronocoverError: it cannot be written, or ONNX Runtime assigns series otherwise.
    """
    model = clustering_graph(clustering, card)
    values = clustering.centres if check_values is None else check_values[:CHECKED]
    with atomic_output(path) as target:
        with open(target, "wb") as file:
            file.write(model.SerializeToString())
        _verify(target, clustering, np.ascontiguousarray(values, dtype=np.float32))
        return os.path.getsize(target)


def open_clustering(path: str) -> StoredClustering:
    """Read a clustering from its model file.

    Raises:
        ChronocoverError: the file is missing, no model of this plugin, no clustering, or damaged.
    """
    session = ModelSession.open(path)
    card = session.card
    if card.kind != CLUSTERING:
        raise ChronocoverError(
            f"The model {path} is a classifier, not a clustering. Use “Classify image time series” for it."
        )
    try:
        clustering = _from_plain_values(card.clustering, card.time_axis.days)
    except (KeyError, TypeError, ValueError) as error:
        raise ChronocoverError(
            f"The clustering in {path} cannot be read ({error}). Cluster again, or update the plugin."
        ) from error
    if clustering.centres.shape != (len(card.legend), len(card.time_axis.days), len(card.variables)):
        raise ChronocoverError(f"The centres in {path} do not fit its own card. Cluster again.")
    return StoredClustering(path, card, clustering, session.sha256())


def _as_plain_values(clustering: Clustering) -> dict[str, object]:
    settings, references = clustering.settings, clustering.references
    plain: dict[str, object] = {
        "distance": DISTANCES[settings.method],
        "preparation": ORDER,
        "scaling": settings.effective_scaling,
        "smoothing": settings.smoothing,
        "centres": clustering.centres.tolist(),
        "inertia": clustering.inertia,
        "iterations": clustering.iterations,
        "settings": asdict(settings),
    }
    if references is not None:
        plain["references"] = references.series.tolist()
        plain["reference_clusters"] = references.clusters.tolist()
        plain["sigma"] = references.sigma
    return plain


def _from_plain_values(plain: dict[str, object], days: tuple[int, ...]) -> Clustering:
    known = {item.name for item in fields(ClusteringSettings)}
    settings = ClusteringSettings(**{name: value for name, value in plain["settings"].items() if name in known})
    settings.check()
    references = None
    if settings.method == ALIGNMENT_KERNEL:
        clusters = np.array(plain["reference_clusters"], np.int64)
        references = KernelReferences(np.array(plain["references"], np.float64), clusters, float(plain["sigma"]))
    centres = np.array(plain["centres"], np.float64)
    return Clustering(settings, days, centres, float(plain["inertia"]), int(plain["iterations"]), references)


def _verify(path: str, clustering: Clustering, values: np.ndarray) -> None:
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    found, distances = session.run([cards.LABEL, cards.DISTANCES], {cards.INPUT: values})
    labels, nearest = assign(values, clustering)
    known = labels > 0
    rows = np.arange(len(values))[known]
    # Where the file prefers another cluster: how much farther than the nearest it says that ours is.
    lost = distances[rows, labels[known] - 1] - distances[known].min(axis=1)
    tied = lost <= TIE * np.maximum(np.abs(nearest[known]), TIE)
    wrong = int((~tied).sum()) + int(((found > 0) != known).sum())
    if len(values) and wrong / len(values) > LARGEST_DISAGREEMENT:
        raise ChronocoverError(
            f"The model file assigns {wrong} of {len(values)} series to other clusters than the clustering itself, so "
            "it was not written. Please report this with the versions of onnx and onnxruntime."
        )
