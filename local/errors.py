"""What can go wrong while one machine is made enough: one line each, saying what to do."""


class LocalError(Exception):
    """The local installation cannot go on; the message is one line for a person."""


class PortInUse(LocalError):
    """A port that a setting names is taken by somebody else."""


class SecretsExposed(LocalError):
    """The secrets file can be read by others."""


class NotReady(LocalError):
    """A process did not become ready, or ended, before its time was up."""
