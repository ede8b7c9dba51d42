"""MiniRocket's features (Dempster, Schmidt and Webb 2021), with its multivariate form, as an ONNX graph.

Each of 84 kernels of length 9 (weights -1, and 2 at three places) slides over the series with several dilations. A
feature is the share of places where the result exceeds a bias, drawn from the results for a training series. Of several
variables, each kernel and dilation sums a random few.

Series are brought to mean 0 and standard deviation 1 of each variable, limited to ±8 and rounded to 1/4096. The sums of
such numbers are exact in float32, so that the features are the same on every computer: without this, the flat parts of
series would be compared with noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from onnx import ModelProto, TensorProto

from ...core.errors import ChronocoverError
from ..gap_filling import NodeList
from .graphs import SERIES, series_model
from .scaling import Scaling

LENGTH = 9
PLACES = np.array(list(combinations(range(LENGTH), 3)))
"""``(84, 3)``: where each kernel has the weight 2."""
KERNELS = len(PLACES)
STEPS = 4096.0
"""Steps in one standard deviation: a power of 2."""
LARGEST = 8.0
MOST_DILATIONS = 32


@dataclass(frozen=True)
class KernelFeatures:
    """The transform of one training set.

    Attributes:
        scaling: to mean 0 and standard deviation 1 of each variable.
        dilations: ``(d,)`` days between a kernel's weights, in dates.
        biases: for each dilation float32 ``(84, features of a kernel)``, in steps, never whole.
        variables: bool ``(d, 84, variables)``, which ones a kernel sums.
        dates: the length of the series.
    """

    scaling: Scaling
    dilations: np.ndarray
    biases: list[np.ndarray]
    variables: np.ndarray
    dates: int

    @classmethod
    def fit(cls, values: np.ndarray, features: int, seed: int) -> KernelFeatures:
        """Draw variables and biases for float32 ``(n, dates, variables)``; at most ``features``, in multiples of 84.

        Raises:
            ChronocoverError: fewer than 9 dates.
        """
        _, dates, count = values.shape
        if dates < LENGTH:
            raise ChronocoverError(
                f"MiniRocket needs at least {LENGTH} dates, the length of its kernels; the samples have {dates}. "
                "Resample the series to more dates, or train another kind of model."
            )
        scaling = Scaling.by_variable(values)
        random = np.random.default_rng(seed)
        dilations, per_kernel = dilations_of(dates, features)
        # One to nine variables, few more often than many.
        exponents = random.uniform(0, np.log2(min(count, LENGTH) + 1), (len(dilations), KERNELS))
        variables = np.zeros((len(dilations), KERNELS, count), bool)
        for place, drawn in np.ndenumerate((2**exponents).astype(int)):
            variables[place][random.choice(count, drawn, replace=False)] = True
        quantiles = np.arange(1, KERNELS * per_kernel.sum() + 1) * ((np.sqrt(5) + 1) / 2) % 1
        biases, first = [], 0
        for number, (dilation, features_each) in enumerate(zip(dilations, per_kernel)):
            found = np.empty((KERNELS, features_each), np.float32)
            for kernel in range(KERNELS):
                chosen = variables[number, kernel]
                series = in_steps(scaling.apply(values[random.integers(len(values))]))[:, chosen].sum(axis=1)
                results = convolved(series, kernel, dilation)
                # Results are whole: a half between them compares alike and is never hit.
                found[kernel] = np.floor(np.quantile(results, quantiles[first : first + features_each])) + 0.5
                first += features_each
            biases.append(found)
        return cls(scaling, dilations, biases, variables, dates)

    def graph(self) -> tuple[NodeList, str, int]:
        """Nodes that read the series, the name of float32 ``(n, features)`` and their number.

        The order is dilation by dilation, the padded kernels first, then feature by feature, then kernel by kernel.
        """
        nodes = NodeList("kernels")
        series = nodes.add("Transpose", self.scaling.add_to(nodes, SERIES), perm=[0, 2, 1])
        limits = [nodes.constant(np.float32(limit)) for limit in (-LARGEST, LARGEST)]
        inside = nodes.add("Clip", series, *limits)
        steps = nodes.add("Round", nodes.add("Mul", inside, nodes.constant(np.float32(STEPS))))
        parts = []
        for number, dilation in enumerate(self.dilations.tolist()):
            for unpadded in (0, 1):
                kernels = padding_alternates(number) == unpadded
                weights = _weights()[kernels][:, None, :] * self.variables[number, kernels][:, :, None]
                padding = 0 if unpadded else 4 * dilation
                results = nodes.add(
                    "Conv",
                    steps,
                    nodes.constant(weights.astype(np.float32)),
                    kernel_shape=[LENGTH],
                    dilations=[dilation],
                    pads=[padding, padding],
                )
                parts += self._shares(nodes, results, self.biases[number][kernels])
        return nodes, nodes.add("Concat", *parts, axis=1), sum(biases.size for biases in self.biases)

    @staticmethod
    def _shares(nodes: NodeList, results: str, biases: np.ndarray) -> list[str]:
        """``(n, kernels, places)`` → for each feature ``(n, kernels)``: the share of places above the bias.

        Feature by feature: all at once take four times the memory and a third more time.
        """
        shares = []
        for own in biases.T[:, :, None]:
            above = nodes.add("Greater", results, nodes.constant(np.ascontiguousarray(own)))
            shares.append(nodes.add("ReduceMean", nodes.add("Cast", above, to=TensorProto.FLOAT), axes=[2], keepdims=0))
        return shares

    def model(self) -> ModelProto:
        """The transform alone, as :func:`~.graphs.runner` takes it."""
        nodes, features, _ = self.graph()
        return series_model(nodes, features, self.dates, self.variables.shape[2])


def dilations_of(dates: int, features: int) -> tuple[np.ndarray, np.ndarray]:
    """Dilations, exponentially spaced up to where a kernel spans the series, and each one's features of a kernel."""
    each = max(1, features // KERNELS)
    most = min(each, MOST_DILATIONS)
    exponents = np.linspace(0, np.log2((dates - 1) / (LENGTH - 1)), most)
    dilations, counts = np.unique((2**exponents).astype(int), return_counts=True)
    counts = (counts * (each / most)).astype(int)
    for number in range(each - counts.sum()):
        counts[number % len(counts)] += 1
    return dilations, counts


def in_steps(scaled: np.ndarray) -> np.ndarray:
    """Scaled values as whole numbers of steps, float32."""
    return np.rint(np.clip(scaled, np.float32(-LARGEST), np.float32(LARGEST)) * np.float32(STEPS))


def convolved(series: np.ndarray, kernel: int, dilation: int) -> np.ndarray:
    """The results of one kernel at each place of a series ``(dates,)`` with zeros around it."""
    padded = np.pad(series, 4 * dilation)
    shifted = [padded[place * dilation : place * dilation + len(series)] for place in range(LENGTH)]
    return 3 * sum(shifted[place] for place in PLACES[kernel]) - sum(shifted)


def padding_alternates(dilation: int) -> np.ndarray:
    """``(84,)``: 1 for the kernels that see no zeros beside the series; they alternate, also with the dilations."""
    return (dilation + np.arange(KERNELS)) % 2


def _weights() -> np.ndarray:
    weights = np.full((KERNELS, LENGTH), -1.0)
    np.put_along_axis(weights, PLACES, 2.0, axis=1)
    return weights
