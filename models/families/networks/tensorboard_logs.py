"""Learning curves as logs for TensorBoard."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence

from ....core.files import atomic_output
from ..learning_curves import LearningCurve

LEARNT, KEPT_ASIDE = "learnt from", "kept aside"


def write_tensorboard_logs(folder: str, model_path: str, curves: Sequence[LearningCurve]) -> str:
    """Write the losses and accuracies of a training, at the times at which its epochs ended.

    Args:
        folder: may hold the logs of other trainings; each gets a folder of its own in it.
        model_path: the model file, which gives that folder its name, with the time at the end of the training.
        curves: one for each network.

    Returns:
        The folder of this training, whole or not there at all.

    Raises:
        ChronocoverError: it cannot be written.
        ImportError: the package tensorboard is missing.
    """
    from torch.utils.tensorboard import SummaryWriter

    end = datetime.datetime.fromtimestamp(max(curve.epochs[-1].time for curve in curves))
    stem = os.path.splitext(os.path.basename(model_path))[0]
    target = os.path.join(folder, f"{stem} {end:%Y-%m-%d %H-%M-%S}")
    with atomic_output(target) as path:
        for curve in curves:
            for part in (LEARNT, KEPT_ASIDE):
                with SummaryWriter(os.path.join(path, curve.name, part)) as writer:
                    for epoch in curve.epochs:
                        held = part == KEPT_ASIDE
                        loss = epoch.validation_loss if held else epoch.loss
                        accuracy = epoch.validation_accuracy if held else epoch.accuracy
                        if loss is not None:
                            writer.add_scalar("loss", loss, epoch.number, epoch.time)
                            writer.add_scalar("accuracy", accuracy, epoch.number, epoch.time)
    return target
