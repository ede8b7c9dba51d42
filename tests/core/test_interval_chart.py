"""The chart of shares with their intervals."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from chronocover.core.reports.interval_chart import Interval, interval_chart


def circles(svg):
    tree = ElementTree.fromstring(svg)
    found = [item for item in tree.iter() if item.tag.endswith("circle")]
    return [(float(item.get("cx")), float(item.get("cy")), float(item.get("r"))) for item in found]


def ticks(svg):
    return [float(text) for text in re.findall(r">(-?[\d.]+)%</text>", svg)]


def test_shares_stand_between_their_limits_in_order():
    svg = interval_chart(
        [Interval("Forêt & <mixte>", 0.9, 0.85, 0.95, (0.88, 0.92)), Interval("B", 0.8, 0.7, 0.9)], "Accuracy"
    )
    small = [place for place in circles(svg) if place[2] == 3]
    (first_x, first_y, _), (second_x, second_y, _) = (place for place in circles(svg) if place[2] == 5)
    assert small[0][0] < first_x < small[1][0] and second_x < first_x and first_y < second_y
    assert "Forêt &amp; &lt;mixte&gt;: 90.0% (85.0% to 95.0%)" in svg


@pytest.mark.parametrize(
    "intervals",
    [
        [Interval("all right", 1.0, 1.0, 1.0)],
        [Interval("none right", 0.0, 0.0, 0.0, (0.0,))],
        [Interval("a", 0.5, 0.5, 0.5), Interval("b", 0.5001, 0.5, 0.5002)],
        [Interval("x" * 80, 0.3, 0.0, 1.0)] * 40,
    ],
)
def test_extremes_are_drawn_inside(intervals):
    svg = interval_chart(intervals, "Accuracy")
    width, height = (float(number) for number in re.search(r'viewBox="0 0 (\d+) (\d+)"', svg).groups())
    assert all(0 <= x <= width and 0 <= y <= height for x, y, _ in circles(svg))
    assert all(0 <= tick <= 100 for tick in ticks(svg))


@pytest.mark.parametrize(("low", "high"), [(0.82, 0.93), (0.95, 1.0), (0.5, 0.503), (0.1, 0.9), (0.9421, 0.9468)])
def test_the_axis_says_where_its_lines_are(low, high):
    svg = interval_chart([Interval("a", (low + high) / 2, low, high)], "Accuracy")
    found = ticks(svg)[:-1]  # the last is the share itself
    assert len(found) > 2
    steps = [after - before for before, after in zip(found, found[1:])]
    assert steps == pytest.approx([steps[0]] * len(steps))
    assert found[0] <= 100 * low + 1e-6 and found[-1] >= 100 * high - 1e-6
