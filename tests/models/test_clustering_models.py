"""A clustering as a model file: whoever runs it gets the labels that the clustering gives."""

import json

import numpy as np
import onnxruntime
import pytest
from linear_model import card_for, write_linear_model
from numpy.testing import assert_allclose, assert_array_equal
from season_curves import DATES, DAYS, season_curves

from chronocover.core.errors import ChronocoverError
from chronocover.core.provenance import Provenance
from chronocover.core.time_series.filling import fill_gaps
from chronocover.models.clustering import storing
from chronocover.models.clustering.clustering import assign, fit
from chronocover.models.clustering.settings import (
    ALIGNMENT_KERNEL,
    DTW,
    EUCLIDEAN,
    K_SHAPE,
    MIN_MAX,
    SAVITZKY_GOLAY,
    SOFT_DTW,
    WHITTAKER,
    Z_SCORE,
    ClusteringSettings,
)
from chronocover.models.clustering.storing import clustering_card, open_clustering, save_clustering
from chronocover.models.mapping import MapFiles, classify_series
from chronocover.models.session import ModelSession

CASES = [
    {"method": EUCLIDEAN},
    {"method": EUCLIDEAN, "scaling": Z_SCORE, "smoothing": WHITTAKER},
    {"method": EUCLIDEAN, "scaling": MIN_MAX, "smoothing": SAVITZKY_GOLAY},
    {"method": DTW},
    {"method": DTW, "radius": 2, "scaling": Z_SCORE},
    {"method": SOFT_DTW, "gamma": 0.1},
    {"method": SOFT_DTW, "gamma": 1e-3, "radius": 3},
    {"method": K_SHAPE, "smoothing": WHITTAKER},
    {"method": ALIGNMENT_KERNEL, "references": 4},
]


def curves_with_gaps(count, variables):
    values, _ = season_curves(count, variables, seed=3)
    random = np.random.default_rng(0)
    values[random.random(values.shape) < 0.2] = np.nan
    values[4, :, 0] = np.nan
    values[6] = 0.3
    return values


def saved(path, values, names, **options):
    found = fit(values, ClusteringSettings(clusters=4, iterations=4, **options), DAYS)
    card = clustering_card(found, DATES, names, values, provenance=Provenance("clusterseries", {"K": 4}))
    save_clustering(str(path), found, card, values)
    return found


@pytest.mark.parametrize("variables", [1, 2])
@pytest.mark.parametrize("options", CASES, ids=lambda options: "-".join(str(value) for value in options.values()))
def test_the_graph_and_the_stored_centres_give_the_labels_of_the_clustering(tmp_path, options, variables):
    path = tmp_path / "clusters é.onnx"
    names = ["ndvi", "evi"][:variables]
    found = saved(path, curves_with_gaps(120, variables), names, **options)
    values = curves_with_gaps(700, variables)
    expected, expected_distances = assign(values, found)

    stored = open_clustering(str(path))
    labels, distances = assign(values, stored.clustering)
    assert_array_equal(labels, expected)
    assert_array_equal(distances, expected_distances)

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    labels, distances = session.run(["label", "distances"], {"series": values})
    assert_array_equal(labels, expected)
    assert labels[4] == 0 and np.isnan(distances[4]).all()
    known = np.flatnonzero(labels)
    assert_allclose(distances[known, labels[known] - 1], expected_distances[known], rtol=1e-3, atol=2e-4)
    one = session.run(["label"], {"series": values[:1]})[0]
    assert one.tolist() == expected[:1].tolist()


def test_the_card_says_all_that_is_needed_to_assign_by_hand(tmp_path):
    values = curves_with_gaps(120, 1)
    found = saved(tmp_path / "c.onnx", values, ["ndvi"], method=EUCLIDEAN)
    text = onnxruntime.InferenceSession(str(tmp_path / "c.onnx")).get_modelmeta().custom_metadata_map["chronocover"]
    card = json.loads(text)
    assert card["kind"] == "clustering" and card["family"] == "k-means"
    assert [row["name"] for row in card["legend"]] == ["Cluster 1", "Cluster 2", "Cluster 3", "Cluster 4"]
    assert len({row["color"] for row in card["legend"]}) == 4
    assert card["variables"] == ["ndvi"] and card["time_axis"]["trained_on"][0] == "2021-01-01"
    assert card["training"]["series"] == 119 and card["training"]["series_without_data"] == 1
    assert card["training"]["series_of_clusters"] == np.bincount(found.labels)[1:].tolist()
    assert card["ranges"]["ndvi"]["p99"] == pytest.approx(np.nanpercentile(values, 99))
    centres = np.array(card["clustering"]["centres"])
    filled = fill_gaps(values, DAYS)
    nearest = np.linalg.norm(filled[:, None] - centres[None], axis=(2, 3)).argmin(axis=1) + 1
    nearest[4] = 0
    assert_array_equal(nearest, found.labels)


def test_a_long_series_with_several_variables_in_batches(tmp_path):
    random = np.random.default_rng(0)
    days = np.arange(60) * 5
    values = random.random((40, 60, 3)).astype(np.float32)
    found = fit(values, ClusteringSettings(DTW, 3, iterations=2, radius=4), days)
    dates = [DATES[0] + (DATES[1] - DATES[0]) / 16 * int(day) for day in days]
    path = str(tmp_path / "long.onnx")
    save_clustering(path, found, clustering_card(found, dates, ["a", "b", "c"], values))
    many = random.random((5000, 60, 3)).astype(np.float32)
    labels, distances = ModelSession.open(path).predict(many)
    assert distances.shape == (5000, 3)
    assert_array_equal(labels, assign(many, found)[0])


def test_classifying_with_a_clustering_says_which_tool_is_for_it(tmp_path):
    saved(tmp_path / "c.onnx", curves_with_gaps(60, 1), ["ndvi"], method=EUCLIDEAN)
    with pytest.raises(ChronocoverError, match=r"is a clustering.*Assign clusters"):
        classify_series("unread.vrt", str(tmp_path / "c.onnx"), MapFiles(str(tmp_path / "map.tif")))


def test_a_classifier_is_not_taken_for_a_clustering(tmp_path):
    path = write_linear_model(tmp_path / "m.onnx", card_for(DATES, ["ndvi"]))
    with pytest.raises(ChronocoverError, match="is a classifier, not a clustering"):
        open_clustering(path)


def test_a_damaged_card_is_refused(tmp_path):
    values = curves_with_gaps(60, 1)
    found = fit(values, ClusteringSettings(EUCLIDEAN, 2), DAYS)
    card = clustering_card(found, DATES, ["ndvi"], values)
    for number, change in enumerate(({"centres": [[[1.0]]]}, {"centres": "gone"}, {"settings": {"method": "ward"}})):
        card.clustering.update(change)
        path = str(tmp_path / f"{number}.onnx")
        save_clustering(path, found, card, values)
        with pytest.raises(ChronocoverError):
            open_clustering(path)


def test_a_graph_that_disagrees_is_not_written(tmp_path, monkeypatch):
    values = curves_with_gaps(60, 1)
    found = fit(values, ClusteringSettings(EUCLIDEAN, 2), DAYS)
    other = fit(values, ClusteringSettings(EUCLIDEAN, 2, scaling=Z_SCORE), DAYS)
    card = clustering_card(found, DATES, ["ndvi"], values)
    graph = storing.clustering_graph(other, card)
    monkeypatch.setattr(storing, "clustering_graph", lambda clustering, card: graph)
    with pytest.raises(ChronocoverError, match=r"assigns .* series to other clusters"):
        save_clustering(str(tmp_path / "c.onnx"), found, card, values)
    assert list(tmp_path.iterdir()) == []
