"""Charts over time: where dots and lines are, and what the axes say."""

import datetime
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from chronocover.core.reports.line_charts import Curve, Observations, TimeChart, legible, sheet_of_charts, time_chart

NAN = np.nan
SVG = "{http://www.w3.org/2000/svg}"


def days(count, step=10, first=datetime.date(2021, 3, 1)):
    return [first + datetime.timedelta(days=step * i) for i in range(count)]


def drawn(chart):
    return ElementTree.fromstring(time_chart(chart))


def texts(root):
    return [element.text or "".join(element.itertext()) for element in root.iter(f"{SVG}text")]


def observations(values, valid=None, step=10):
    values = np.asarray(values, dtype=float)
    return Observations(days(len(values), step), values, np.ones(len(values), bool) if valid is None else valid)


def test_dots_stand_at_their_dates_and_values():
    root = drawn(TimeChart("ndvi", observations([0.2, NAN, 0.4, 0.8])))
    dots = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in root.iter(f"{SVG}circle")]
    assert len(dots) == 3
    (x0, y0), (x2, y2), (x3, y3) = dots
    assert (x2 - x0) / (x3 - x0) == pytest.approx(2 / 3, abs=1e-3)  # by date, not by number
    assert (y0 - y2) / (y0 - y3) == pytest.approx(0.2 / 0.6, abs=1e-2)
    assert {"ndvi", "1 Mar", "2021", "0.2", "0.8"} <= set(texts(root))
    assert next(root.iter(f"{SVG}circle")).find(f"{SVG}title").text == "2021-03-01: 0.2"


def test_masked_dots_are_hollow_and_do_not_stretch_the_axis():
    valid = np.array([True, False, True, True])
    root = drawn(TimeChart("red", observations([0.02, 0.9, 0.03, 0.04], valid)))
    fills = [dot.get("fill") for dot in root.iter(f"{SVG}circle")]
    assert fills.count("#ffffff") == 1
    numbers = [float(text) for text in texts(root) if re.fullmatch(r"-?[\d.]+", text) and "." in text]
    assert max(numbers) <= 0.05
    hollow = next(dot for dot in root.iter(f"{SVG}circle") if dot.get("fill") == "#ffffff")
    assert hollow.find(f"{SVG}title").text == "2021-03-11: 0.9, masked"
    assert float(hollow.get("cy")) == min(float(dot.get("cy")) for dot in root.iter(f"{SVG}circle"))


def test_lines_break_at_gaps_and_have_a_band():
    values = np.array([0.1, 0.2, NAN, 0.4, 0.3, 0.2])
    curve = Curve("prepared", "#00785a", days(6), values, values - 0.05, values + 0.05)
    root = drawn(TimeChart("ndvi", None, (curve,)))
    lines = [line.get("points").split() for line in root.iter(f"{SVG}polyline") if line.get("stroke") == "#00785a"]
    assert [len(line) for line in lines] == [2, 3]
    assert [len(band.get("points").split()) for band in root.iter(f"{SVG}polygon")] == [4, 6]


@pytest.mark.parametrize(
    ("count", "step", "expected"),
    [
        (1, 1, {"1 Mar", "2021"}),
        (20, 10, {"Apr", "Aug", "2021"}),
        (68, 13, {"Jul", "2021", "2022", "2023"}),
        (24, 150, {"2024", "2030"}),
    ],
)
def test_the_axis_names_months_and_years(count, step, expected):
    root = drawn(TimeChart("ndvi", observations(np.linspace(0, 1, count), step=step)))
    assert expected <= set(texts(root))


def test_names_never_overlap_on_the_axis():
    for count, step in ((2, 1), (5, 5), (30, 16), (100, 16), (300, 16), (900, 16)):
        root = drawn(TimeChart("ndvi", observations(np.linspace(0, 1, count), step=step)))
        by_line = {}
        for element in root.iter(f"{SVG}text"):
            if element.get("text-anchor") == "middle":
                by_line.setdefault(element.get("y"), []).append((float(element.get("x")), len(element.text)))
        for names in by_line.values():
            names.sort()
            for (x, length), (following, after) in zip(names, names[1:]):
                assert following - x >= 3.2 * (length + after), (count, step)


@pytest.mark.parametrize(
    "values", [[NAN, NAN], [0.5], [0.0, 0.0], [1e-9, 2e-9], [-3000, 12000], [1e12, -1e12], [7, 7, 7]]
)
def test_any_values_make_a_chart(values):
    root = drawn(TimeChart("a < b & “c”", observations(values)))
    assert "nan" not in time_chart(TimeChart("x", observations(values))).lower().replace("nanm", "")
    assert ("no observation" in texts(root)) == bool(np.isnan(values).all())


def test_a_sheet_holds_all_charts_below_each_other():
    chart = TimeChart("ndvi", observations([0.1, 0.2]))
    root = ElementTree.fromstring(
        sheet_of_charts("Places", [("maize & rye", "#f0e442", [chart, chart]), ("b", "", [chart])])
    )
    assert {"Places", "maize & rye", "b"} <= set(texts(root))
    moves = [float(group.get("transform").split()[1].rstrip(")")) for group in root.iter(f"{SVG}g")]
    assert len(moves) == 3 and moves == sorted(moves) and max(moves) < float(root.get("height"))


def test_light_colors_are_darkened_for_lines():
    assert legible("#0072b2") == "#0072b2"
    assert legible("#f0e442") != "#f0e442"
