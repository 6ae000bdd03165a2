"""From instants and the record to measures: pure, times in seconds of one monotonic clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bench.floor.plan import Change
from interview.by_room import FloorChanged
from interview.events import AnswerEnded, Fact, LineStarted
from interview.turns import Turn
from local.candidate.ear import Sound
from local.demo.result import words

SETTLED_S = 0.3
"""What the AI begins to say so long after it was to be silent, it says while a person leads."""

MISSED_S = 8.0
"""A sound that never came counts as one that came so late."""

ASKING = ("question", "repeat")


@dataclass(frozen=True)
class Said:
    """What somebody said, as it left their microphone."""

    identity: str
    words: tuple[str, ...]
    began_at: float
    last_loud_at: float


@dataclass(frozen=True)
class Passed:
    """The floor was taken and given back at these clicks."""

    change: Change
    taken_at: float
    back_at: float


@dataclass(frozen=True)
class Talk:
    """One interview; `sounds` are the AI's at the candidate's ear, `candidate` is who that was."""

    candidate: str
    passed: tuple[Passed, ...]
    said: tuple[Said, ...]
    sounds: tuple[Sound, ...]
    turns: tuple[Turn, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass
class Measured:
    """Of all talks. Where the AI was silent when the floor was taken there is no `silence_s`."""

    takeovers: int = 0
    silence_s: list[float] = field(default_factory=list)
    sound_s: list[float] = field(default_factory=list)
    utterances: int = 0
    turns: int = 0
    attributed: int = 0
    repeated: int = 0
    confirmed: int = 0


def measure(talks: Iterable[Talk]) -> Measured:
    whole = Measured()
    for talk in talks:
        for one in talk.passed:
            whole.takeovers += 1
            if (silence_s := _silence_s(one, talk.sounds)) is not None:
                whole.silence_s.append(silence_s)
            whole.sound_s.append(_sound_s(one, talk))
            whole.utterances += _utterances(one, talk.sounds)
        whole.turns += len(talk.said)
        whole.attributed += attributed(talk.said, talk.turns)
        whole.repeated += repeated(talk.facts)
        whole.confirmed += sum(isinstance(fact, FloorChanged) for fact in talk.facts)
    return whole


def _silence_s(one: Passed, sounds: Sequence[Sound]) -> float | None:
    """From the click to the end of what was being said, or began too late to be stopped before."""
    ends = [
        MISSED_S if sound.ended_at is None else sound.ended_at - one.taken_at
        for sound in sounds
        if sound.started_at < one.taken_at + SETTLED_S
        and (sound.ended_at is None or sound.ended_at > one.taken_at)
    ]
    return max(ends) if ends else None


def _sound_s(one: Passed, talk: Talk) -> float:
    """From the click; from the end of the answer where the candidate was let finish it."""
    begun = [sound.started_at for sound in talk.sounds if sound.started_at >= one.back_at]
    if not begun or begun[0] - one.back_at > MISSED_S:
        return MISSED_S
    speaking = [
        said.last_loud_at
        for said in talk.said
        if said.identity == talk.candidate
        and said.began_at < one.back_at < said.last_loud_at <= begun[0]
    ]
    return begun[0] - max([one.back_at, *speaking])


def _utterances(one: Passed, sounds: Sequence[Sound]) -> int:
    return sum(one.taken_at + SETTLED_S <= sound.started_at < one.back_at for sound in sounds)


def attributed(said: Sequence[Said], turns: Sequence[Turn]) -> int:
    """How much of what was said stands, in its order, among the turns of who said it and of nobody
    else."""
    right = 0
    kept = {identity: _spoken(turns, identity) for identity in {turn.identity for turn in turns}}
    since = dict.fromkeys(kept, 0)
    for one in said:
        sought = words(" ".join(one.words))
        found = _find(sought, kept.get(one.identity, []), since.get(one.identity, 0))
        others = [text for identity, text in kept.items() if identity != one.identity]
        if found is None:
            continue
        since[one.identity] = found + len(sought)
        right += all(_find(sought, text, 0) is None for text in others)
    return right


def _spoken(turns: Sequence[Turn], identity: str) -> list[str]:
    return [word for turn in turns if turn.identity == identity for word in words(turn.spoken)]


def _find(sought: list[str], text: list[str], since: int) -> int | None:
    places = range(since, len(text) - len(sought) + 1)
    return next((at for at in places if text[at : at + len(sought)] == sought), None)


def repeated(facts: Sequence[Fact]) -> int:
    """Questions that were asked again though a person had covered them, or they were answered."""
    settled: set[str] = set()
    times = 0
    for fact in facts:
        if isinstance(fact, FloorChanged):
            settled.update(fact.covered)
        elif isinstance(fact, AnswerEnded) and fact.question and fact.intent == "answer":
            settled.add(fact.question)
        elif isinstance(fact, LineStarted) and fact.line in ASKING:
            times += fact.question in settled
    return times
