"""When the floor is taken and given back in which talk: random moments, the same every time."""

import random
from dataclasses import dataclass
from typing import Literal

from bench.latency.corpora import Clips
from local.candidate.clips import Clip

Taken = Literal["line", "answer", "after"]
"""In the AI's line, in an answer, or just after one, when the AI is about to speak."""

Back = Literal["quiet", "answer"]
"""When nobody speaks, or in the middle of an answer."""

Way = Literal["room", "api"]

PERSON = ("finished_01", "finished_07", "barge_in_01", "barge_in_03")
CANDIDATE = ("finished_02", "finished_12")
"""Two voices, so that no sound of one is like a sound of the other."""

LINE_S, ANSWER_S, AFTER_S = (0.1, 2.0), (0.4, 1.6), (0.0, 1.2)
QUIET_S = (0.05, 0.6)


@dataclass(frozen=True)
class Change:
    """A person takes the floor by `way`, asks, is answered, and gives it back by the same.

    `first` is what the candidate is saying, or has said, when it is taken; `overlaps`: the answer
    begins before the person is done; `covers`: they ticked the question that was open.
    """

    way: Way
    taken: Taken
    taken_after_s: float
    first: Clip | None
    asked: Clip
    answer: Clip
    overlaps: bool
    covers: bool
    back: Back
    back_after_s: float


def changes(clips: Clips, number: int, count: int) -> tuple[Change, ...]:
    """Those of talk `number` (from 0)."""
    drawn = random.Random(number)
    return tuple(_change(clips, drawn, at) for at in range(count))


def _change(clips: Clips, drawn: random.Random, at: int) -> Change:
    taken: Taken = drawn.choices(("line", "answer", "after"), (8, 1, 1))[0] if at else "line"
    back: Back = drawn.choices(("quiet", "answer"), (5, 1))[0]
    span = {"line": LINE_S, "answer": ANSWER_S, "after": AFTER_S}[taken]
    first, answer = drawn.sample(CANDIDATE, 2)
    return Change(
        way="room" if at % 2 else "api",
        taken=taken,
        taken_after_s=drawn.uniform(*span),
        first=None if taken == "line" else clips[first],
        asked=clips[drawn.choice(PERSON)],
        answer=clips[answer],
        overlaps=back == "quiet" and drawn.random() < 0.7,
        covers=drawn.random() < 0.5,
        back=back,
        back_after_s=drawn.uniform(*(QUIET_S if back == "quiet" else ANSWER_S)),
    )
