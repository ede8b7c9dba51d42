"""Name clusters: a cluster raster and a table or labels to a raster of named classes."""

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
)

from ..core.errors import ChronocoverError
from .base import CLUSTERING, ChronocoverAlgorithm, tr
from .vectors import class_text, field_names, label_source, read_class_table, read_labels

POINTS, POLYGONS = QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVectorPolygon
DOUBLE = QgsProcessingParameterNumber.Type.Double
SOURCES = ("TABLE", "LABELS", "LABELS_RASTER")


class LabelClusters(ChronocoverAlgorithm):
    """Clusters to named classes."""

    NAME = "labelclusters"
    TITLE = "Name clusters"
    GROUP = CLUSTERING
    SUMMARY = "Turns clusters into named classes, by a table or by what most labels in each cluster say."
    TAGS = ("cluster", "class", "label", "majority", "recode", "reclassify", "purity", "training data", "name")
    HELP = """
<p>A cluster is a number until somebody says what it is. This tool makes a class raster of a cluster raster, with class
names and colours, so that a clustering becomes a map, or labels to train on.</p>
<p>Classes come from <b>one</b> of three:</p>
<ul>
<li>a <b>table</b> with a row for each cluster: its number (or name) and its class. Several clusters may be one class.
Any table layer will do, a CSV file too;</li>
<li>a <b>label layer</b>, points or polygons with a class field: each cluster gets the class of most labelled pixels in
it;</li>
<li>a <b>label raster</b>, an older map for instance, likewise.</li>
</ul>
<p>The purity of a cluster is the share of its labelled pixels that are of its class. With labels, the report shows how
many labelled pixels of each class lie in each cluster, and the table of names can be edited and used as the table of
the next run.</p>
<p>Before: one of the clustering tools. Next: “Extract samples” with the result as label raster, or “Check rasterized
labels”.</p>
"""

    def define(self):
        clusters = QgsProcessingParameterRasterLayer("CLUSTERS", tr("Cluster raster"))
        self.add(clusters, tr("Cluster numbers, 0 where there is none, as the clustering tools make it."))
        table = QgsProcessingParameterFeatureSource(
            "TABLE", tr("Table of names"), [QgsProcessing.SourceType.TypeVector], None, True
        )
        self.add(table, tr("A layer or CSV file with a row for each cluster. Rows without a class are left out."))
        field = QgsProcessingParameterField("CLUSTER_FIELD", tr("Cluster field"), "cluster", "TABLE", optional=True)
        self.add(field, tr("The field of the table with the cluster's number, or its name."))
        field = QgsProcessingParameterField(
            "CLASS_FIELD", tr("Class field of the table"), "class", "TABLE", optional=True
        )
        self.add(field, tr("The field of the table with the class: a text, or a whole number from 1 to 65535."))
        labels = QgsProcessingParameterFeatureSource("LABELS", tr("Labels"), [POINTS, POLYGONS], None, True)
        self.add(labels, tr("Points or polygons with a class, in any CRS. A selection is honoured."))
        field = QgsProcessingParameterField("FIELD", tr("Class field of the labels"), None, "LABELS", optional=True)
        self.add(field, tr("The field of the labels with the class: a text, or a whole number from 1 to 65535."))
        raster = QgsProcessingParameterRasterLayer("LABELS_RASTER", tr("Label raster"), None, True)
        self.add(raster, tr("Class codes, 0 where there is no label. On another grid the nearest pixels are taken."))
        keep = QgsProcessingParameterBoolean("KEEP_UNNAMED", tr("Keep clusters without a class as “unnamed”"), False)
        self.add(keep, tr("Otherwise they are 0 in the result, which means no class."))
        purity = QgsProcessingParameterNumber("MIN_PURITY", tr("Least purity (%)"), DOUBLE, 0.0, False, 0.0, 100.0)
        self.add(
            purity, tr("A cluster in which a smaller share of the labelled pixels agrees gets no class."), advanced=True
        )
        self.add(QgsProcessingParameterRasterDestination("OUTPUT", tr("Classes")), tr("The class raster, 0 for none."))
        names = QgsProcessingParameterFileDestination("NAMES", tr("Names"), "CSV files (*.csv)", None, True, False)
        self.add(names, tr("Class, purity, pixels and hectares of each cluster as a CSV file."))
        report = QgsProcessingParameterFileDestination("REPORT", tr("Report"), "HTML files (*.html)", None, True)
        self.add(report, tr("The same as one HTML file with a map, to open in a browser."))
        for name, title in (
            ("CLASSES", tr("Number of classes")),
            ("NAMED", tr("Clusters with a class")),
            ("UNNAMED", tr("Clusters without a class")),
            ("PURITY", tr("Labelled pixels of their cluster's class (%, empty with a table)")),
            ("PIXELS", tr("Pixels with a class")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, title))

    def validate(self, parameters, context):
        from ..core.labels.checking import open_class_raster

        open_class_raster(self.raster_path(parameters, "CLUSTERS", context))
        given = [name for name in SOURCES if parameters.get(name) not in (None, "")]
        if len(given) != 1:
            raise ChronocoverError("Give a table of names, labels, or a label raster: one of the three.")
        if given[0] == "LABELS":
            label_source(self, parameters, context, "LABELS")
            if not field_names(self, parameters, context, "FIELD"):
                raise ChronocoverError("Choose the class field of the labels.")
        elif given[0] == "LABELS_RASTER":
            open_class_raster(self.raster_path(parameters, "LABELS_RASTER", context))

    def compute(self, parameters, context, feedback):
        from ..core.labels.checking import check_label_raster
        from ..core.labels.cluster_naming import class_legend, write_classes, write_names
        from ..core.reports.naming_report import naming_remarks, overall_purity, write_naming_report

        path, options = self.raster_path(parameters, "CLUSTERS", context), self.engine_options()
        check = check_label_raster(path, None, options, feedback.part(0.0, 0.2, quiet=True))
        clusters, legend = self._named(parameters, context, path, check, feedback.part(0.2, 0.6))
        legend = class_legend(clusters, legend, self.parameterAsBool(parameters, "KEEP_UNNAMED", context))
        if not any(cluster.class_name for cluster in clusters):
            raise ChronocoverError("No cluster got a class: none is as pure as wanted. Lower the least purity.")
        for cluster in clusters:
            share = f", {cluster.purity:.1%} of {cluster.labelled:,} labelled pixels" if cluster.labelled else ""
            feedback.info(f"{cluster.name}: {cluster.class_name or 'no class'}{share}; {cluster.area_ha:,.2f} ha")
        for remark in naming_remarks(clusters):
            feedback.warning(remark)
        outputs = {name: self.output_path(parameters, name, context) for name in ("OUTPUT", "NAMES", "REPORT")}
        provenance = self.provenance(parameters, context)
        pixels = write_classes(
            path, clusters, legend, check, outputs["OUTPUT"], provenance, options, feedback.part(0.6, 1.0, quiet=True)
        )
        if outputs["NAMES"]:
            write_names(outputs["NAMES"], clusters)
        if outputs["REPORT"]:
            write_naming_report(outputs["REPORT"], outputs["OUTPUT"], clusters, legend, provenance)
        named = sum(bool(cluster.class_name) for cluster in clusters)
        purity = overall_purity(clusters)
        return {
            **{name: written for name, written in outputs.items() if written},
            "CLASSES": len({cluster.class_name for cluster in clusters} - {""}),
            "NAMED": named,
            "UNNAMED": len(clusters) - named,
            "PURITY": 100 * purity if purity == purity else None,
            "PIXELS": pixels,
        }

    def _named(self, parameters, context, path, check, feedback):
        """The clusters with their classes, and the legend of all classes."""
        from ..core.labels.cluster_naming import name_by_table, name_by_votes, votes_of_features, votes_of_raster
        from ..core.labels.legend import Legend

        options = self.engine_options()
        if parameters.get("TABLE") not in (None, ""):
            values = read_class_table(self, parameters, context, "TABLE", "CLUSTER_FIELD", "CLASS_FIELD")
            names = {cluster: class_text(value) for cluster, value in values.items()}
            return name_by_table(check, names), Legend.of_values(values.values())
        raster = self.raster_path(parameters, "LABELS_RASTER", context)
        if raster:
            votes = votes_of_raster(path, raster, check, options, feedback)
        else:
            labels = read_labels(self, parameters, context, check.grid, feedback, "LABELS", "FIELD")
            votes = votes_of_features(path, labels, check, options, feedback)
        return name_by_votes(
            check, votes, self.parameterAsDouble(parameters, "MIN_PURITY", context) / 100
        ), votes.legend
