"""The report on checked samples as a page to read, and the style of their layer."""

from __future__ import annotations

import os
from collections import Counter

import numpy as np

from ...core.labels.legend import Legend, hex_color
from ...core.labels.vector_style import write_marked_points_qml
from ...core.provenance import Provenance
from ...core.reports.charts import confusion_matrix
from ...core.reports.line_charts import Curve, TimeChart, legible, time_chart
from ...core.reports.neuron_map import neuron_map
from ...core.reports.page import Page
from ...core.samples.columns import CLASS
from .checking import SampleCheck
from .summary import class_profiles, class_rows, doubtful_groups, neuron_counts, suspects_in_order

SHOWN_SUSPECTS = 200
SHOWN_PAIRS, SHOWN_GROUPS = 20, 30
MOST_CHARTS = 60
SUSPECT_CURVE = "#d6003c"
RING_LABEL = "likely mislabelled: look at it"


def write_style(path: str, legend: Legend) -> None:
    """The style of a layer with the columns of :meth:`SampleCheck.columns`: classes, and rings around suspects."""
    write_marked_points_qml(path, CLASS, legend, '"suspect" = 1', RING_LABEL)


def write_html(path: str, check: SampleCheck, layer_path: str, provenance: Provenance) -> None:
    """Write the report on ``check``, whose samples are in the layer at ``layer_path``.

    Raises:
        ChronocoverError: it cannot be written.
    """
    figures = check.figures()
    page = Page("Checked samples", os.path.basename(layer_path))
    keys = [
        (f"{figures['SUSPECTS']:,}", "samples likely mislabelled"),
        (f"{figures['SUSPECT_SHARE']:.1%}", "of the samples checked"),
        (f"{figures['CHECKED']:,}", "samples checked"),
    ]
    if "NOISE_SHARE" in figures:
        keys.append((f"{figures['NOISE_SHARE']:.1%}", "estimated share of wrong classes"))
    if figures["UNCHECKED"]:
        keys.append((f"{figures['UNCHECKED']:,}", "could not be checked"))
    page.key_figures(keys)
    page.paragraph(
        "Suspects are samples whose series looks like that of another class. That is no proof: a rare kind of a class, "
        "a cloud that was not masked, or a crop harvested early looks so, too. Look at them, at best with images, "
        "before you delete or rename anything."
    )
    for note in check.notes:
        page.note(note)
    _add_classes(page, check)
    _add_groups(page, check)
    if check.by_probability is not None:
        _add_confident_joint(page, check)
    if check.by_map is not None:
        _add_map(page, check)
    _add_profiles(page, check)
    _add_suspects(page, check)
    page.provenance(provenance)
    page.write(path)


def _colors(check: SampleCheck) -> list[str]:
    return [hex_color(land_class.color) for land_class in check.legend.classes]


def _add_classes(page: Page, check: SampleCheck) -> None:
    page.heading("By class")
    rows = []
    for found in class_rows(check):
        share = f"{found['suspects'] / found['checked']:.1%}" if found["checked"] else "–"
        noise = "–" if found["noise_share"] is None else f"{found['noise_share']:.1%}"
        better = ", ".join(f"{name} ({number})" for name, number in list(found["suggested"].items())[:3])
        row = [found["class"], found["samples"], found["checked"], found["suspects"], share, noise, better]
        rows.append(row)
    header = ["Class", "Samples", "Checked", "Suspects", "Share", "Estimated wrong", "They look like"]
    keep = [i for i in range(len(header)) if i != 5 or check.by_probability is not None]
    page.table([header[i] for i in keep], [[row[i] for i in keep] for row in rows], colors=_colors(check))
    pairs = Counter(zip(check.targets[check.suspects].tolist(), check.suggested[check.suspects].tolist()))
    if not pairs:
        page.paragraph("There are no suspects.")
        return
    names, colors = check.legend.names, _colors(check)
    shown = pairs.most_common(SHOWN_PAIRS)
    caption = f"The {len(shown)} most frequent of {len(pairs)} pairs." if len(pairs) > len(shown) else ""
    page.table(
        ["Given class", "Looks like", "Suspects"],
        [[names[given], names[other], number] for (given, other), number in shown],
        caption,
        [colors[given] for (given, _), _ in shown],
    )


def _add_groups(page: Page, check: SampleCheck) -> None:
    found = doubtful_groups(check)
    if not found:
        return
    shown = found[:SHOWN_GROUPS]
    page.heading("Doubtful groups")
    first = f" The largest {len(shown)} of {len(found)}." if len(shown) < len(found) else ""
    page.paragraph(f"At least half of these polygons, tiles or blocks are suspects: perhaps the whole is.{first}")
    colors = dict(zip(check.legend.names, _colors(check)))
    rows = [[group[name] for name in ("class", "group", "suggested", "suspects", "checked")] for group in shown]
    page.table(
        ["Given class", "Group", "Looks like", "Suspects", "Checked"], rows, "", [colors[row[0]] for row in rows]
    )


def _add_suspects(page: Page, check: SampleCheck) -> None:
    rows = suspects_in_order(check)
    if not len(rows):
        return
    page.heading("The suspects")
    shown = rows[:SHOWN_SUSPECTS]
    first = f" The first {len(shown):,} of {len(rows):,} are shown." if len(shown) < len(rows) else ""
    page.paragraph(
        "The least supported first. Quality is 0 if everything speaks for another class, and 0.5 if as much speaks for "
        f"the given one. The fid is that of the checked layer.{first}"
    )
    header = ["Given class", "fid", "Looks like", "Quality"]
    columns = check.columns()
    listed = [("given_prob", "P(given)"), ("suggested_prob", "P(other)"), ("som_agreement", "Neighbours agree"),
              ("som_verdict", "Map says")]  # fmt: skip
    listed = [(name, title) for name, title in listed if name in columns]
    header += [title for _, title in listed]
    samples = check.samples
    header += ["Group"] if samples.groups is not None else []
    header += ["x", "y"] if samples.coordinates is not None else []
    names, colors = check.legend.names, _colors(check)
    table = []
    for row in shown.tolist():
        cells = [samples.classes[row], str(row + 1), names[check.suggested[row]], _decimals(check.quality[row])]
        cells += [_decimals(columns[name][row]) for name, _ in listed]
        cells += [samples.groups[row]] if samples.groups is not None else []
        cells += [f"{number:.9g}" for number in samples.coordinates[row]] if samples.coordinates is not None else []
        table.append(cells)
    page.table(header, table, colors=[colors[target] for target in check.targets[shown]])


def _decimals(value: object) -> str:
    if value is None or value != value:
        return "–"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _add_confident_joint(page: Page, check: SampleCheck) -> None:
    page.heading("Confident joint")
    page.paragraph(
        "Samples that are confidently of a class, by the class that they were given. What lies off the diagonal is "
        "confused: by mistakes in the labels, or by the classifier because the classes look alike. Scaled to all "
        "samples, it estimates the share of wrong classes above."
    )
    findings = check.by_probability.findings
    svg = confusion_matrix(
        check.legend.names, findings.confident_joint, _colors(check), "Given class", "Class that it confidently is"
    )
    page.svg(svg, "Counts of samples. Shades are shares of each row.")


def _add_map(page: Page, check: SampleCheck) -> None:
    found = check.by_map
    counts = neuron_counts(check)
    held = counts.sum(axis=1) > 0
    purity = counts.max(axis=1).sum() / counts.sum()
    page.heading("Self-organising map")
    page.paragraph(
        "Samples with alike series lie in the same neuron or in neighbouring ones. A square has the colour of its most "
        f"frequent class, the paler the more mixed, and the number of its samples. {int(held.sum())} of {len(counts)} "
        f"neurons hold samples; {purity:.1%} of the samples are of the most frequent class of their neuron."
    )
    svg = neuron_map(check.legend.names, _colors(check), counts, found.map.side)
    page.svg(svg, "Point at a neuron to read its number (the field som_neuron) and its classes.")
    verdicts = Counter(verdict for verdict in found.findings.verdicts() if verdict)
    page.table(
        ["The map says", "Samples", "Meaning"],
        [
            ["clean", verdicts["clean"], "The class holds 60 % of its neuron and of the surroundings."],
            ["analyze", verdicts["analyze"], "The class holds its neuron, but the surroundings are of other classes."],
            ["remove", verdicts["remove"], "The class holds less than 60 % of its neuron: it is mixed, or another's."],
        ],
        "The verdicts of sits, without the sample's own group.",
    )


def _add_profiles(page: Page, check: SampleCheck) -> None:
    good, doubtful = class_profiles(check)
    dates, variables = check.samples.dates, check.samples.variables
    names = check.legend.names
    page.heading("Profiles of the classes")
    order = [k for k in np.argsort(-doubtful.rows, kind="stable").tolist() if good.rows[k]]
    if len(dates) == 1:
        cells = [
            [names[k], *(f"{good.mean[k, 0, v]:.4g} ({good.low[k, 0, v]:.4g} to {good.high[k, 0, v]:.4g})"
                         for v in range(len(variables)))]
            for k in sorted(order)
        ]  # fmt: skip
        caption = "Means of each class without its suspects, and the 10th and 90th percentile in brackets."
        page.table(["Class", *variables], cells, caption, [_colors(check)[k] for k in sorted(order)])
        return
    page.paragraph(
        "The line is the mean of a class without its suspects, the band runs from its 10th to its 90th percentile; the "
        "red line is the mean of its suspects. Where that lies within the band, look twice before you change them."
    )
    shown = order[: max(1, MOST_CHARTS // len(variables))]
    if len(shown) < len(order):
        page.paragraph(f"The {len(shown)} classes with the most suspects, of {len(order)}.")
    colors = _colors(check)
    for v, variable in enumerate(variables):
        span = float(np.nanmin(good.low[:, :, v])), float(np.nanmax(good.high[:, :, v]))
        for k in shown:
            curves = [Curve(names[k], legible(colors[k]), dates, good.mean[k, :, v], good.low[k, :, v],
                            good.high[k, :, v])]  # fmt: skip
            if doubtful.rows[k]:
                label = f"{doubtful.rows[k]:,} suspects" if doubtful.rows[k] > 1 else "1 suspect"
                curves.append(Curve(label, SUSPECT_CURVE, dates, doubtful.mean[k, :, v]))
            title = f"{variable}, {names[k]}: {good.rows[k]:,} samples"
            page.svg(time_chart(TimeChart(title, None, tuple(curves), span)))
