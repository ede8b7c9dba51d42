"""The parameters that say what computes a run: this computer or a Dask cluster, the processor or a graphics card."""

from qgis.core import QgsProcessingParameterEnum, QgsProcessingParameterString

from ..models.device_choices import CHOICES
from .translation import tr

SCHEDULER, DEVICE = "SCHEDULER", "DEVICE"
AS_SET = "as set in the options"


def define_computing(algorithm):
    """Add them, as far as the algorithm is ``ON_CLUSTER`` or ``ON_DEVICE``."""
    if algorithm.ON_CLUSTER:
        algorithm.add(
            QgsProcessingParameterString(SCHEDULER, tr("Dask scheduler"), optional=True),
            tr(
                "Sends the work to the computers of a Dask cluster: the address of its scheduler, such as "
                "tcp://192.168.1.10:8786, or its scheduler file (.json). The result is the same. Empty: as set in "
                "the Processing options, where nothing is set at first; “local”: this computer."
            ),
            advanced=True,
        )
    if algorithm.ON_DEVICE:
        algorithm.add(
            QgsProcessingParameterEnum(
                DEVICE, tr("What runs the model"), [AS_SET, *CHOICES], False, AS_SET, usesStaticStrings=True
            ),
            tr(
                "The processor (CPU), or a graphics card by CUDA (NVIDIA), DirectML (Windows) or CoreML (Apple), "
                "for which onnxruntime has packages of its own. Automatic: a device that is there, for neural "
                "networks and MiniRocket, else the CPU. The log says what really runs it; where a device fails, "
                "the CPU does its work. At first the Processing options say automatic."
            ),
            advanced=True,
        )


def scheduler_of(algorithm, parameters, context):
    """The address of the Dask scheduler that a run is to use; empty for this computer."""
    from ..settings import scheduler_address

    if not algorithm.ON_CLUSTER:
        return ""
    given = algorithm.parameterAsString(parameters, SCHEDULER, context).strip()
    return "" if given.lower() == "local" else given or scheduler_address()


def device_of(algorithm, parameters, context):
    """What is to run the model, as :func:`models.session.ModelSession.open` takes it."""
    from ..settings import device_choice

    given = algorithm.parameterAsString(parameters, DEVICE, context)
    return device_choice() if given == AS_SET else given
