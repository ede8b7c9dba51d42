"""What a clustering is asked to do. Imports no numpy, so that dialogs load fast."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.errors import ChronocoverError

EUCLIDEAN, DTW, SOFT_DTW, K_SHAPE, ALIGNMENT_KERNEL = "euclidean", "dtw", "soft-dtw", "k-shape", "gak"
METHODS = (EUCLIDEAN, DTW, SOFT_DTW, K_SHAPE, ALIGNMENT_KERNEL)
TITLES = {
    EUCLIDEAN: "k-means",
    DTW: "DTW k-means",
    SOFT_DTW: "soft-DTW k-means",
    K_SHAPE: "k-shape",
    ALIGNMENT_KERNEL: "global alignment kernel k-means",
}
NONE, Z_SCORE, MIN_MAX = "none", "z-score", "min-max"
SCALINGS = (NONE, Z_SCORE, MIN_MAX)
SAVITZKY_GOLAY, WHITTAKER = "savitzky-golay", "whittaker"
SMOOTHINGS = (NONE, SAVITZKY_GOLAY, WHITTAKER)
PLUS_PLUS, RANDOM = "k-means++", "random"
STARTS = (PLUS_PLUS, RANDOM)
MOST_CLUSTERS = 250


@dataclass(frozen=True)
class ClusteringSettings:
    """The method, its options, and how series are prepared. All plain values.

    Attributes:
        method: one of :data:`METHODS`: k-means by Euclidean distance; by DTW with DBA barycentres; by soft-DTW with
            soft-DTW barycentres; k-shape; kernel k-means with the global alignment kernel.
        clusters: how many, 1 to 250.
        restarts: runs from different starting centres, of which the one with the least inertia is kept; by soft-DTW
            the one with the least mean distance.
        seed: of all random choices.
        iterations: most rounds of one run.
        tolerance: a change of inertia below it ends a run, in units of the inertia as tslearn has it. Whole numbers
            without a scale, whose inertia is large, go on until nothing changes.
        radius: of the Sakoe-Chiba band in dates, None for no band; DTW and soft-DTW only, others ignore it.
        gamma: smoothness of soft-DTW, above 0, in squared units of the prepared series; soft-DTW only.
        sigma: bandwidth of the global alignment kernel; None: estimated from the series as tslearn does.
        barycentre_iterations: most rounds of one barycentre; None: tslearn's 30 (DTW), 100 (soft-DTW).
        start: how starting centres are drawn, one of :data:`STARTS`; Euclidean, DTW, soft-DTW only. k-shape draws
            series at random and the kernel method draws labels, as tslearn does.
        references: global alignment kernel only: training series kept for each cluster, to which new series are
            compared; more are nearer to the exact assignment and slower in proportion.
        scaling: of each series and variable, after smoothing: one of :data:`SCALINGS`. k-shape always takes z-scores.
        smoothing: of each series and variable, after gap filling: one of :data:`SMOOTHINGS`.
        smoothing_window: dates, odd; Savitzky-Golay.
        smoothing_order: degree of the polynomial; Savitzky-Golay.
        smoothing_strength: lambda; Whittaker.
    """

    method: str = DTW
    clusters: int = 6
    restarts: int = 1
    seed: int = 0
    iterations: int = 50
    tolerance: float = 1e-6
    radius: int | None = None
    gamma: float = 1.0
    sigma: float | None = None
    barycentre_iterations: int | None = None
    start: str = PLUS_PLUS
    references: int = 20
    scaling: str = NONE
    smoothing: str = NONE
    smoothing_window: int = 5
    smoothing_order: int = 2
    smoothing_strength: float = 10.0

    @property
    def title(self) -> str:
        """The method for people, e.g. “DTW k-means, band of 3 dates”."""
        words = [TITLES[self.method]]
        if self.method in (DTW, SOFT_DTW) and self.radius is not None:
            words.append(f"band of {self.radius} dates")
        if self.method == SOFT_DTW:
            words.append(f"gamma {self.gamma:g}")
        return ", ".join(words)

    @property
    def effective_scaling(self) -> str:
        """The scaling that is done: z-scores for k-shape."""
        return Z_SCORE if self.method == K_SHAPE else self.scaling

    def check(self) -> None:
        """Raise ChronocoverError if an option is unknown or out of range."""
        for name, value, known in (
            ("method", self.method, METHODS),
            ("scaling", self.scaling, SCALINGS),
            ("smoothing", self.smoothing, SMOOTHINGS),
            ("choice of starting centres", self.start, STARTS),
        ):
            if value not in known:
                raise ChronocoverError(f"The {name} “{value}” is unknown. Choose one of: {', '.join(known)}.")
        if not 1 <= self.clusters <= MOST_CLUSTERS:
            raise ChronocoverError(f"{self.clusters} clusters were asked for. Choose 1 to {MOST_CLUSTERS}.")
        for name, value in (
            ("restarts", self.restarts),
            ("iterations", self.iterations),
            ("iterations of a barycentre", 1 if self.barycentre_iterations is None else self.barycentre_iterations),
            ("reference series a cluster", self.references),
        ):
            if value < 1:
                raise ChronocoverError(f"The number of {name} is {value}. It must be at least 1.")
        if not self.tolerance >= 0:
            raise ChronocoverError(f"The tolerance is {self.tolerance:g}. It must not be negative.")
        if self.radius is not None and self.radius < 0:
            raise ChronocoverError(f"The radius of the band is {self.radius} dates. It must not be negative.")
        if self.method == SOFT_DTW and not self.gamma > 0:
            raise ChronocoverError(
                f"The gamma of soft-DTW is {self.gamma:g}. It must be above 0; for no smoothing choose DTW."
            )
        if self.sigma is not None and not self.sigma > 0:
            raise ChronocoverError(f"The sigma of the alignment kernel is {self.sigma:g}. It must be above 0.")
