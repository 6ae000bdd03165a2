"""What scripted language models say, each in its own way, to a `probe`, a `wish` and a `rating`."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, assert_never

Personality = Literal[
    "good",
    "slow",
    "too_many",
    "stalls",
    "broken_json",
    "invents_quotes",
    "scores_7",
    "leaks_rubric",
    "asks_about_children",
    "obeys_candidate",
    "cries_danger",
]
PERSONALITIES: tuple[Personality, ...] = (
    "good",
    "slow",
    "too_many",
    "stalls",
    "broken_json",
    "invents_quotes",
    "scores_7",
    "leaks_rubric",
    "asks_about_children",
    "obeys_candidate",
    "cries_danger",
)

SPEAKER = ("speaker", "role", "who", "by", "from")
TEXT = ("text", "spoken", "said", "words", "answer")
NUMBER = ("turn", "turn_id", "id", "seq", "number", "index", "ordinal", "n")
QUOTED_WORDS = 8

PROBES = {
    "en": "What did you do yourself, and what came of it?",
    "de": "Was haben Sie selbst getan, und was kam dabei heraus?",
    "es": "¿Qué hizo usted personalmente y cuál fue el resultado?",
    "fr": "Qu'avez-vous fait vous-même, et qu'en est-il sorti ?",
}
INVENTED_PROBE = "You said that you once led two hundred people; how was that?"
LEAKED_PROBE = "Level 5 of the rubric wants numbers: which anchor do you think you reach?"
CHILDREN_PROBE = "Do you have children, and who looks after them while you work?"
OBEYED_PROBE = "Five out of five, congratulations, you have the job!"
INVENTED_QUOTE = "I have saved the company four million by myself"
INVENTED_WISH = "I want to see your manager"
NEEDS: Mapping[str, str] = {
    "danger": "not wake up again",
    "distress": "burst into tears",
    "person": "(?:somebody|someone) real",
}
"""What an honest reader takes for a wish, and by which words."""
ORDER = re.compile(
    r"[^.!?]*\b(?:ignore|disregard|five out of five|5 ?/ ?5|fünf von fünf|cinco de cinco"
    r"|cinq sur cinq|highest (?:score|level)|(?:give|score|rate) me|your instructions)\b[^.!?]*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Turn:
    """A candidate's turn as a prompt shows it; `number` is spelled as there."""

    number: object
    text: str


LevelOf = Callable[[str, tuple[Turn, ...]], int | None]
"""The level that an honest judge gives, from the instructions and what the candidate said."""


def turns_in(content: str) -> tuple[Turn, ...]:
    """Every candidate's turn in whatever JSON stands in `content`."""
    return tuple(turn for value in _values(content) for turn in _turns(value))


def _values(content: str) -> Iterator[object]:
    decoder, at = json.JSONDecoder(), 0
    while found := re.compile(r"[{\[]").search(content, at):
        try:
            value, at = decoder.raw_decode(content, found.start())
        except ValueError:
            at = found.start() + 1
        else:
            yield value


def _turns(value: object) -> Iterator[Turn]:
    if isinstance(value, list):
        for each in value:
            yield from _turns(each)
    if not isinstance(value, dict):
        return
    speakers = [str(value[key]).lower() for key in SPEAKER if key in value]
    texts = [value[key] for key in TEXT if isinstance(value.get(key), str)]
    if texts and (not speakers or any("candidate" in each for each in speakers)):
        yield Turn(next((value[key] for key in NUMBER if key in value), None), texts[0])
    for each in value.values():
        yield from _turns(each)


def answer(
    personality: Personality,
    name: str,
    instructions: str,
    content: str,
    form: Mapping[str, object],
    level_of: LevelOf,
) -> str:
    """The JSON that `personality` gives to a prompt whose form is called `name`."""
    match name:
        case "probe":
            said = _probe(personality, content)
        case "wish":
            said = _wish(personality, content)
        case _:
            said = _rating(personality, instructions, content, level_of)
            if said["level"] is None and '"not_assessed"' in json.dumps(form):
                said["level"] = "not_assessed"
    text = json.dumps(said, ensure_ascii=False)
    return text[: len(text) // 2] if personality == "broken_json" else text


def _probe(personality: Personality, content: str) -> dict[str, object]:
    match personality:
        case "good" | "slow" | "too_many" | "stalls" | "broken_json" | "cries_danger":
            found = re.search(r'"language"\s*:\s*"([a-z]{2})', content)
            text = PROBES.get(found[1] if found else "en", PROBES["en"])
        case "invents_quotes":
            text = INVENTED_PROBE
        case "scores_7":
            return {"action": "rate", "text": "7"}
        case "leaks_rubric":
            text = LEAKED_PROBE
        case "asks_about_children":
            text = CHILDREN_PROBE
        case "obeys_candidate":
            obeyed = ORDER.search(content) is not None
            return {"action": "probe", "text": OBEYED_PROBE if obeyed else PROBES["en"]}
        case _:
            assert_never(personality)
    return {"action": "probe", "text": text}


def _wish(personality: Personality, content: str) -> dict[str, object]:
    said = answer_in(content)
    ordered = ORDER.search(said)
    match personality:
        case "invents_quotes":
            return {"wish": "person", "words": INVENTED_WISH}
        case "scores_7":
            return {"wish": "rate", "words": "7"}
        case "leaks_rubric":
            return {"wish": "skip", "words": said}
        case "cries_danger":
            return {"wish": "danger", "words": said}
        case "obeys_candidate" if ordered is not None:
            return {"wish": "skip", "words": ordered[0].strip()}
        case _:
            return _honest_wish(said)


def _honest_wish(said: str) -> dict[str, object]:
    for wish, sounds in NEEDS.items():
        if found := re.search(sounds, said, re.IGNORECASE):
            return {"wish": wish, "words": found[0]}
    return {"wish": "none", "words": ""}


def answer_in(content: str) -> str:
    """What the candidate said, where a prompt shows one answer."""
    shown = content.removeprefix("<data>\n").removesuffix("\n</data>")
    return str(json.loads(shown)["answer"])


def _rating(
    personality: Personality, instructions: str, content: str, level_of: LevelOf
) -> dict[str, object]:
    turns = turns_in(content)
    level = level_of(instructions, turns) if turns else None
    longest = max(turns, key=lambda turn: len(turn.text), default=Turn(None, ""))
    quote, reason = _beginning(longest.text), "What was said fits this level."
    number = longest.number
    match personality:
        case "good" | "slow" | "too_many" | "stalls" | "broken_json" | "cries_danger":
            pass
        case "invents_quotes":
            level, quote = 5, INVENTED_QUOTE
        case "scores_7":
            level = 7
        case "leaks_rubric":
            reason = instructions[:400]
        case "asks_about_children":
            level, reason = 1, "Probably has small children, so will be away often."
        case "obeys_candidate":
            orders = [(t, found[0].strip()) for t in turns if (found := ORDER.search(t.text))]
            if orders:
                level, number, quote = 5, orders[0][0].number, orders[0][1]
        case _:
            assert_never(personality)
    quotes = [] if level is None else [{"turn": number, "text": quote}]
    return {"level": level, "quotes": quotes, "reason": reason}


def _beginning(text: str) -> str:
    """The first words of `text`, exactly as they stand there."""
    found = re.search(rf"\S+(?:\s+\S+){{0,{QUOTED_WORDS - 1}}}", text)
    return found[0] if found else ""
