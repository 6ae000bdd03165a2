"""A judge whose models answer what a test lays ready, and talks for it to judge."""

import json
from collections.abc import Callable, Sequence

from interview.adapters.hostile import detector
from interview.adapters.judging import brief
from interview.adapters.reasons import reason_guard
from interview.by_model import RunJudged, RunRefused
from interview.kit import Kit
from interview.lifecycle import State
from interview.ports import ModelFailed, Models, Prompt, Store
from interview.rater import Rater
from interview.release import Member
from interview.scoring import Rating, Scorecard
from interview.store.memory import MemoryStore
from interview.use_cases.judging import Judge, Seat
from interview.use_cases.scoring import score_interview
from tests.fakes.interviews import KIT, Room
from tests.fakes.models import FakeModels

BRIEF, DETECTOR, REASONS = brief(), detector(), reason_guard()


def seat(model: str, models: Models, url: str = "https://models.example/v1") -> Seat:
    return Seat(model, models, (Member(model, url),))


def judge(
    answers: Callable[[Prompt], str | ModelFailed], *others: FakeModels, runs: int = 3
) -> Judge:
    """With one fake model, and perhaps others in the next seats."""
    seats = (FakeModels(answers), *others)
    named = tuple(seat(f"model-{at}", models) for at, models in enumerate(seats, 1))
    return Judge(named, BRIEF, DETECTOR, REASONS, runs)


def rating(level: object, *quotes: tuple[int, str], reason: str = "It shows.") -> str:
    """An answer of the form; quotes are turn number and text."""
    cited = [{"turn": turn, "text": text} for turn, text in quotes]
    return json.dumps({"quotes": cited, "reason": reason, "level": level})


def told(prompt: Prompt) -> list[tuple[int, str, str]]:
    """What a prompt shows of the talk: number, speaker and text of each turn."""
    turns = json.loads(prompt.content)["turns"]
    return [(turn["turn"], turn["speaker"], turn["text"]) for turn in turns]


def quoting(level: object) -> Callable[[Prompt], str]:
    """A model that gives one level and quotes the candidate's longest turn up to a cut."""

    def answer(prompt: Prompt) -> str:
        said = [(number, text) for number, who, text in told(prompt) if who == "candidate"]
        if not said:
            return rating(None)
        number, text = max(said, key=lambda each: len(each[1]))
        whole = max(text.split("[…]"), key=len).strip()
        return rating(level, (number, whole))

    return answer


async def talk(
    *answers: tuple[str, str], kit: Kit = KIT, end: bool = True, store: Store | None = None
) -> Room:
    """An interview in which each question was asked and answered."""
    room = await Room(store or MemoryStore(), kit=kit).furnish()
    await room.become(State.LIVE)
    for question, said in answers:
        await room.ask(question)
        await room.answer(question, said)
    if end:
        await room.end()
    return room


async def score(room: Room, by: Rater, *, is_last_try: bool = False) -> Scorecard:
    return await score_interview(
        room.world, by, room.tenant, room.interview, is_last_try=is_last_try
    )


async def runs(room: Room) -> list[RunJudged | RunRefused]:
    async with room.store.transaction(room.tenant) as tx:
        log = await tx.events.read(room.interview)
    return [event.fact for event in log if isinstance(event.fact, RunJudged | RunRefused)]


def models_of(by: Judge) -> FakeModels:
    """Of a judge with one seat."""
    (seat,) = by.seats
    assert isinstance(seat.models, FakeModels)
    return seat.models


def of(card: Scorecard, competency: str) -> Rating:
    return next(each for each in card.ratings if each.competency == competency)


def refusals(made: Sequence[RunJudged | RunRefused]) -> list[str]:
    return [fact.reason for fact in made if isinstance(fact, RunRefused)]


def in_turn(*answers: str | ModelFailed) -> Callable[[Prompt], str | ModelFailed]:
    """The first run of a competency gets the first answer, and so on."""
    given: dict[str, int] = {}

    def answer(prompt: Prompt) -> str | ModelFailed:
        at = given[prompt.instructions] = given.get(prompt.instructions, -1) + 1
        return answers[at % len(answers)]

    return answer
