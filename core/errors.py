"""The ways in which a step ends early."""


class ChronocoverError(Exception):
    """A wrong input or a failed step.

    The message is shown to the user as it is: one or two plain sentences that say what is wrong, in which input
    (file, layer, field, parameter), and what to do about it.
    """


class ClusterError(ChronocoverError):
    """The cluster that is to compute is out of reach, or cannot run any work: what comes next would end alike."""


class CancelledError(Exception):
    """The user cancelled the run. Nothing was written, unless its text says what."""
