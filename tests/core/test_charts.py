"""Charts that stay readable: whole SVG documents within the width of a page, with every figure in them."""

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from chronocover.core.reports.charts import bars, confusion_matrix, heat_map, stacked_columns

SVG = "{http://www.w3.org/2000/svg}"
PAGE_WIDTH = 930


def drawing(markup):
    root = ElementTree.fromstring(markup)
    return root, [element.text or "" for element in root.iter(f"{SVG}text")]


def names_of(count):
    return [f"Forêt & prairie <{i}>" if i % 2 else f"Zone agricole hétérogène à dénomination {i}" for i in range(count)]


@pytest.mark.parametrize("count", [1, 2, 12, 16, 17, 40])
def test_confusion_matrix_has_every_count_and_fits_the_page(count):
    matrix = np.random.default_rng(count).integers(1, 999, (count, count))
    root, texts = drawing(confusion_matrix(names_of(count), matrix, ["#009e73"] * count))
    assert int(root.get("width")) <= PAGE_WIDTH
    for value in matrix.ravel():
        assert str(value) in texts
    titles = [element.text for element in root.iter(f"{SVG}title")]
    assert any(title.startswith(f"{names_of(count)[-1]} predicted as") for title in titles)


def test_texts_stay_inside_the_drawing():
    root, _ = drawing(confusion_matrix(names_of(5), np.eye(5, dtype=int) * 1234))
    width, height = int(root.get("width")), int(root.get("height"))
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x")) <= width and 0 <= float(text.get("y")) <= height


def test_zeros_are_left_white_and_empty():
    _, texts = drawing(confusion_matrix(["a", "b"], np.array([[5, 0], [0, 7]])))
    assert "0" not in texts and {"5", "7"} <= set(texts)


@pytest.mark.parametrize(("dates", "variables"), [(1, 1), (23, 6), (400, 12)])
def test_heat_map_has_a_cell_for_every_value(dates, variables):
    columns = [f"2021-{i:04d}" for i in range(dates)]
    values = np.random.default_rng(1).normal(size=(variables, dates))
    root, texts = drawing(heat_map([f"band {i}" for i in range(variables)], columns, values, "Importance"))
    cells = [element for element in root.iter(f"{SVG}rect") if element.find(f"{SVG}title") is not None]
    assert len(cells) == dates * variables
    assert int(root.get("width")) <= PAGE_WIDTH
    assert columns[0] in texts
    assert sum(text.startswith("2021") for text in texts) <= 30


def test_heat_map_of_nothing_important():
    root, _ = drawing(heat_map(["a"], ["x", "y"], np.array([[0.0, -0.1]]), "Importance"))
    assert root.get("aria-label") == "Importance"


def test_bars_are_as_long_as_their_values():
    root, texts = drawing(bars(["a", "b", "c"], [1.0, 0.5, -0.0001], 'the "title"'))
    first, second, third = (float(element.get("width")) for element in root.iter(f"{SVG}rect"))
    assert second == pytest.approx(first / 2)
    assert third < 1
    assert {"1.000", "0.500", "0.000"} <= set(texts)


@pytest.mark.parametrize("count", [1, 12, 67, 400])
def test_stacked_columns_stay_on_the_page_and_reach_their_values(count):
    labels = [f"2021-{i:03d}" for i in range(count)]
    parts = [("clear", "#2f8f5b", [25.0] * count), ("clouded & missing", "#b9c4cc", [50.0] * count)]
    root, texts = drawing(stacked_columns(labels, parts, "Clear <share>", top=100))
    assert int(root.get("width")) <= PAGE_WIDTH
    assert {"0", "100", "clear", "clouded & missing", labels[0]} <= set(texts)
    heights = {"clear": [], "clouded & missing": []}
    for element in root.iter(f"{SVG}rect"):
        title = element.find(f"{SVG}title")
        if title is not None and ", " in title.text:
            heights[title.text.split(", ", 1)[1].split(":")[0]].append(float(element.get("height")))
    assert len(heights["clear"]) == len(heights["clouded & missing"]) == count
    assert heights["clouded & missing"][0] == pytest.approx(2 * heights["clear"][0])


def test_the_axis_of_columns_is_round():
    _, texts = drawing(stacked_columns(["0", "1"], [("pixels", "#2f8f5b", [3.0, 26.6])], "Pixels"))
    assert {"0", "10", "20", "30", "40"} <= set(texts)
    _, texts = drawing(stacked_columns(["0"], [("pixels", "#2f8f5b", [0.0])], "Nothing"))
    assert "0" in texts
