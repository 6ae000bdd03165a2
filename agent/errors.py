"""What the agent cannot get past."""

from interview.errors import InterviewError


class DoorClosed(InterviewError):
    """The API does not answer at the moment."""


class Refused(InterviewError):
    """The API does not take this, for a reason that the agent does not know."""


class SettingsWrong(InterviewError):
    """A setting is missing or has the wrong form."""


class StandsStill(InterviewError):
    """The conductor has not moved for a while: somebody else should lead."""


class FirstWordsRefused(InterviewError):
    """What came as a candidate's first words is not taken."""
