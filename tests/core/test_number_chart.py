"""Lines over whole numbers."""

import math
import re
import xml.dom.minidom

import pytest

from chronocover.core.reports.number_chart import NumberLine, number_chart


def circles(svg):
    return re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', svg)


def test_lines_rise_with_their_values_and_the_best_is_marked():
    lines = [
        NumberLine("k-means & co", "#009e73", [(2, 1.0), (3, 0.5), (4, math.nan), (5, 0.25)]),
        NumberLine("DTW", "#e69f00", [(3, 0.75)]),
    ]
    svg = number_chart("Elbow", "clusters", lines, [(3, 0.5)])
    xml.dom.minidom.parseString(svg)
    dots = [(float(x), float(y), float(radius)) for x, y, radius in circles(svg)]
    small = [dot for dot in dots if dot[2] < 5]
    assert len(small) == 4 and len(dots) == 5
    assert small[0][0] < small[1][0] < small[2][0] and small[0][1] < small[1][1] < small[2][1]
    assert dots[-1][:2] == small[1][:2]
    assert svg.count("<polyline") >= 1 and "k-means &amp; co" in svg


@pytest.mark.parametrize("value", [0.0, 1.0, -3.5, 1e9])
def test_one_value_is_a_chart_too(value):
    svg = number_chart("One", "clusters", [NumberLine("a", "#000000", [(7, value)])], [])
    xml.dom.minidom.parseString(svg)
    assert len(circles(svg)) == 1


def test_nothing_is_no_chart():
    with pytest.raises(ValueError, match="at least one value"):
        number_chart("None", "clusters", [NumberLine("a", "#000000", [(2, math.nan)])], [])


def test_many_points_have_no_dots_and_lines_alike_one_name():
    lines = [NumberLine("held back", "#009e73", [(i, 1 / i) for i in range(1, 200)], in_legend=i == 0) for i in (0, 1)]
    svg = number_chart("Loss", "epoch", lines, [(3, 1 / 3), (7, 1 / 7)], "kept")
    xml.dom.minidom.parseString(svg)
    assert len(circles(svg)) == 2 and svg.count("<title>kept</title>") == 2
    assert svg.count(">held back<") == 1
