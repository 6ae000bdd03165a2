"""What goes wrong while one machine is being made enough: always one line that says what to do."""


class LocalError(Exception):
    """The local installation cannot go on; the message is one line for the person at the terminal."""


class PortInUse(LocalError):
    """A port that a setting names is taken by somebody else."""


class SecretsExposed(LocalError):
    """The secrets file can be read by others."""


class NotReady(LocalError):
    """A process did not become ready, or ended, before its time was up."""
