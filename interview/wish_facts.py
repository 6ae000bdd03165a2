"""What a model reads in a candidate's words besides an answer, as facts for the interview's log."""

from typing import Literal

from interview.ids import TurnId
from interview.kit import Frozen

ReadWish = Literal[
    "danger",
    "distress",
    "person",
    "stop",
    "pause",
    "trouble",
    "robot",
    "progress",
    "repeat",
    "rephrase",
]
"""Wishes that lead to an offer, a pause, or the question again: none of them moves the interview
on, and what was offered is only done when the candidate chooses it in words that a rule knows."""

NotRead = Literal[
    "late", "unavailable", "form", "not_said", "reported", "too_long", "not_now", "again"
]
"""Why what a model read is not followed. `unavailable`: there was no answer; `form`: it was not of
the form asked for; `not_said`: the candidate has not said these words; `reported`: somebody else
is told to have said them; `too_long`: so many words answer something, too; `not_now`: where the
talk stands it would choose something; `again`: a model has read as much already."""


class WishRead(Frozen):
    """A model has read a wish in the answer `turn_id`, in `words` of it. The `answer_ended` that
    follows names it, and what is done about it is the director's."""

    kind: Literal["wish_read"] = "wish_read"
    turn_id: TurnId
    question: str | None
    wish: ReadWish
    words: str
    model: str


class WishRefused(Frozen):
    """What a model read may not be followed, or it read nothing: the rules' reading stands. `words`
    are what it took for the wish, for people. `turn_id` is None when no word was final yet."""

    kind: Literal["wish_refused"] = "wish_refused"
    turn_id: TurnId | None
    question: str | None
    reason: NotRead
    wish: ReadWish | None = None
    words: str | None = None
    model: str | None = None


FactOfWishes = WishRead | WishRefused
KINDS_OF_WISHES = frozenset({"wish_read", "wish_refused"})
