"""Tables of reports."""

from chronocover.core.reports.page import Page

COLORS = ["#009e73", "#d55e00"]
LONG = "Zone agricole hétérogène à dénomination très longue"


def test_short_class_names_stay_beside_their_swatch(tmp_path):
    page = Page("Rapport")
    page.table(["Class", "Count"], [["blé d'hiver", 3], [LONG, 4]], colors=COLORS)
    page.write(str(tmp_path / "r.html"))
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    swatches = [f'<span class="swatch" style="background:{color}"></span>' for color in COLORS]
    assert f'<td class="short">{swatches[0]}blé d&#x27;hiver</td>' in text
    assert f"<td>{swatches[1]}{LONG}</td>" in text
