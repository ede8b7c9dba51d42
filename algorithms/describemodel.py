"""Give a model of another program a card, so that it can be used like our own."""

from qgis.core import (
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from .base import TRAINING, ChronocoverAlgorithm, tr
from .card_facts import NUMBERS, define_facts, read_facts, read_numbers, typed_facts

DOUBLE = QgsProcessingParameterNumber.Type.Double
INTEGER = QgsProcessingParameterNumber.Type.Integer
LAYOUTS = ["automatic", "dates by variables", "variables by dates", "flat date-major", "flat variable-major"]
OUTPUT_KINDS = ["automatic", "probabilities", "logits", "labels", "labels from 0"]


class DescribeModel(ChronocoverAlgorithm):
    """A foreign ONNX file to one of ours."""

    NAME = "describemodel"
    TITLE = "Describe a foreign model"
    GROUP = TRAINING
    SUMMARY = "Gives an ONNX model of another program a model card, so that all other steps can use it."
    TAGS = (
        "onnx", "import", "foreign", "model card", "pytorch", "tensorflow", "scikit-learn", "skl2onnx", "deepness",
        "segmentation", "u-net", "patches",
    )  # fmt: skip
    REQUIRES = ("onnx", "onnxruntime", "numba")
    HELP = """
<p>The ONNX file of a classifier from elsewhere (scikit-learn, PyTorch, TensorFlow, Deepness …) says how many numbers it
takes, but not which dates and variables they are. Tell that here, and every other step uses it like one of ours.</p>
<p><b>Needs</b> the model; its <b>dates and variables</b>, from a series or samples like those that it learnt from, or
as texts; and its <b>classes</b> in the order of its output, one a line: <i>forest</i>, or with code and colour
<i>3 = forest #228833</i>. Classes may stay empty where the samples or the file itself name them.</p>
<p><b>Reads</b> models of pixels, which take (series, dates, variables), (series, variables, dates) or (series, values),
and <b>segmentation networks</b> (U-Net, Prithvi …), which take patches of an image: (batch, dates × variables, rows,
columns), (batch, variables, dates, rows, columns) or (batch, dates, variables, rows, columns). Their output may be
probabilities, logits (raw scores) or labels. If a network tells one class more than you name, the first one is called
“background”. What Deepness writes into its files is a default.</p>
<p><b>Gives</b> a new <i>.onnx</i> file with the filling of gaps, the normalisation and a model card inside. It is tried
first and must give what the original gives.</p>
<p><b>Next:</b> Classify image time series, where patches overlap and are blended, or Test model on samples.</p>
"""

    def define(self):
        self.add(
            QgsProcessingParameterFile("MODEL", tr("Foreign model"), extension="onnx"),
            tr("The ONNX file of another program. It stays as it is."),
        )
        define_facts(self)
        self._define_reading()
        self._define_normalisation()
        self._define_patches()
        self.add(
            QgsProcessingParameterString("TITLE", tr("Title"), None, False, True),
            tr("For the card. Empty: the name of the file."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFileDestination("OUTPUT", tr("Model"), tr("ONNX models (*.onnx)")),
            tr("The model with its card."),
        )
        for name, title in (("LAYOUT_FOUND", "Layout of the input"), ("OUTPUT_FOUND", "Kind of the output")):
            self.addOutput(QgsProcessingOutputString(name, tr(title)))
        for name, title in (("CLASSES_COUNT", "Number of classes"), ("DATES_COUNT", "Number of dates")):
            self.addOutput(QgsProcessingOutputNumber(name, tr(title)))

    def _define_reading(self):
        self.add(
            QgsProcessingParameterEnum("LAYOUT", tr("Layout of the input"), LAYOUTS, False, LAYOUTS[0], False, True),
            tr(
                "automatic: by the shape, if only one fits. dates by variables: (series, dates, variables). variables "
                "by dates: (series, variables, dates). flat: one row, date after date, or variable after variable."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterEnum(
                "OUTPUT_KIND", tr("Kind of the output"), OUTPUT_KINDS, False, OUTPUT_KINDS[0], False, True
            ),
            tr(
                "automatic: by what it gives on trial. labels: class names or codes. labels from 0: the number of the "
                "class in the order given, the first being 0."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString("OUTPUT_NAME", tr("Output of the model"), None, False, True),
            tr("The name of the output that tells the classes, if there are several."),
            advanced=True,
        )

    def _define_normalisation(self):
        self.add(
            QgsProcessingParameterNumber("FACTOR", tr("Factor of the values"), DOUBLE, 1.0),
            tr("10000 if the model learnt from reflectance as whole numbers, and your series has it from 0 to 1."),
            advanced=True,
        )
        for name, (title, text) in NUMBERS.items():
            self.add(QgsProcessingParameterString(name, tr(title), None, False, True), tr(text), advanced=True)

    def _define_patches(self):
        self.add(
            QgsProcessingParameterNumber("PATCH_SIZE", tr("Size of patches in pixels"), INTEGER, None, True, 1, 1024),
            tr("For a segmentation that takes patches of any size. Empty: as Deepness wrote it into the file, or 128."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterNumber("OVERLAP", tr("Overlap of patches (%)"), DOUBLE, None, True, 0, 75),
            tr("How much of a patch the next one covers too; more is slower. Empty: as the file says, or 25."),
            advanced=True,
        )

    def validate(self, parameters, context):
        typed_facts(self, parameters, context)
        read_numbers(self, parameters, context)

    def compute(self, parameters, context, feedback):
        from ..models.describing import Reading, describe_model
        from ..models.foreign import ForeignModel
        from ..models.foreign_layout import Normalisation
        from ..models.patches.describing import describe_patch_model
        from ..models.patches.trial import PatchWish

        model = ForeignModel.open(self.parameterAsFile(parameters, "MODEL", context))
        facts = read_facts(self, parameters, context, feedback)
        reading = Reading(
            self.parameterAsEnumString(parameters, "LAYOUT", context),
            Normalisation.of_numbers(
                self.parameterAsDouble(parameters, "FACTOR", context),
                *read_numbers(self, parameters, context),
                facts.variables,
                len(facts.axis.days) if facts.axis else 1,
            ),
            self.parameterAsEnumString(parameters, "OUTPUT_KIND", context),
            self.parameterAsString(parameters, "OUTPUT_NAME", context).strip(),
        )
        title = self.parameterAsString(parameters, "TITLE", context).strip()
        origin = self.provenance(parameters, context)
        if model.patch:
            size = self.parameterAsInt(parameters, "PATCH_SIZE", context) or None
            overlap = self.parameterAsDouble(parameters, "OVERLAP", context)
            wish = PatchWish(size, None if parameters.get("OVERLAP") in (None, "") else overlap)
            described = describe_patch_model(model, facts, reading, wish, title, origin, feedback)
        else:
            described = describe_model(model, facts, reading, title, origin, feedback)
        output = self.output_path(parameters, "OUTPUT", context)
        size = described.save(output)
        feedback.info(f"Model: {output} ({size / 1e6:,.1f} MB)")
        card = described.card
        return {
            "OUTPUT": output,
            "LAYOUT_FOUND": card.parameters["layout"],
            "OUTPUT_FOUND": card.parameters["output_kind"],
            "CLASSES_COUNT": len(card.legend),
            "DATES_COUNT": len(card.time_axis.days),
        }
