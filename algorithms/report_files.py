"""The two reports, to read and to compute with, and the figures of steps that learn from samples or are tested."""

from qgis.core import QgsProcessingOutputNumber, QgsProcessingParameterFileDestination

from .base import tr


def define_reports(algorithm, help_text, figures):
    """Add the report as HTML and as JSON, and number outputs: their titles by name."""
    algorithm.add(
        QgsProcessingParameterFileDestination("REPORT", tr("Report"), tr("HTML files (*.html)"), None, True),
        help_text,
    )
    algorithm.add(
        QgsProcessingParameterFileDestination(
            "REPORT_JSON", tr("Report as JSON"), tr("JSON files (*.json)"), None, True, False
        ),
        tr("The report's figures, to compute with."),
    )
    for name, title in figures.items():
        algorithm.addOutput(QgsProcessingOutputNumber(name, tr(title)))


def write_reports(algorithm, parameters, context, write_html, write_json, *facts):
    """Write those of the two reports that are wanted, each as ``write(path, *facts)``; returns their paths by name."""
    written = {}
    for name, write in (("REPORT", write_html), ("REPORT_JSON", write_json)):
        path = algorithm.output_path(parameters, name, context)
        if path:
            write(path, *facts)
            written[name] = path
    return written
