"""What a scripted candidate answers to which line of the interviewer."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict
from rapidfuzz import fuzz

from local.candidate.clips import Clip, load_clips

FOLDER = Path(__file__).parent
DEMO_VOICES = FOLDER / "voices" / "demo"
DEMO_INTERVIEW = DEMO_VOICES / "interview.yaml"
DEMO_KIT = FOLDER / "kits" / "backend_engineer.json"

ALIKE = 85.0
"""A line holds a known text when this much of it, in percent, is found there."""


class _ScriptedAnswer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    answer: str
    follow_ups: tuple[str, ...]


class _Cue(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    heard: tuple[str, ...]
    clip: str


class _ScriptFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    answers: dict[str, _ScriptedAnswer]
    cues: tuple[_Cue, ...]
    goodbye: tuple[str, ...]
    otherwise: str


class _KitQuestion(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    key: str
    text: str
    probes: tuple[str, ...] = ()


class _Kit(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    questions: tuple[_KitQuestion, ...]


@dataclass(frozen=True)
class Topic:
    """A question with what the candidate has to say to it and to its probes."""

    key: str
    question: str
    probes: tuple[str, ...]
    answer: Clip
    follow_ups: tuple[Clip, ...]


@dataclass(frozen=True)
class Script:
    """Everything a candidate is prepared for. `cues` are phrases of other lines and their clips."""

    topics: tuple[Topic, ...]
    cues: tuple[tuple[tuple[str, ...], Clip], ...]
    goodbye: tuple[str, ...]
    otherwise: Clip


@dataclass
class Prompter:
    """Follows one interview and picks the next thing to say."""

    script: Script
    topic: Topic | None = None
    follow_ups_said: dict[str, int] = field(default_factory=dict)

    def is_goodbye(self, line: str) -> bool:
        return any(_holds(line, phrase) for phrase in self.script.goodbye)

    def reply_to(self, line: str) -> Clip | None:
        """What to say to a line; `None` for a statement that asks for nothing."""
        for topic in self.script.topics:
            if _holds(line, topic.question):
                self.topic = topic
                return topic.answer
        for phrases, clip in self.script.cues:
            if any(_holds(line, phrase) for phrase in phrases):
                return clip
        for topic in self.script.topics:
            if any(_holds(line, probe) for probe in topic.probes):
                self.topic = topic
                return self._follow_up()
        return self._follow_up() if line.rstrip().endswith("?") else None

    def _follow_up(self) -> Clip:
        """The topic's next follow-up; what serves everywhere when there is none left."""
        if self.topic is None:
            return self.script.otherwise
        said = self.follow_ups_said.get(self.topic.key, 0)
        self.follow_ups_said[self.topic.key] = said + 1
        if said < len(self.topic.follow_ups):
            return self.topic.follow_ups[said]
        return self.script.otherwise


def load_script(interview: Path, kit: Path) -> Script:
    """The script in `interview` (YAML beside its clips) for the questions of `kit` (JSON).

    Raises pydantic's `ValidationError` for a malformed file, `KeyError` for an unknown clip or a
    question without an answer.
    """
    clips = load_clips(interview.parent)
    written = _ScriptFile.model_validate(yaml.safe_load(interview.read_text()))
    questions = _Kit.model_validate_json(kit.read_bytes()).questions
    return Script(
        topics=tuple(
            _topic(question, written.answers[question.key], clips) for question in questions
        ),
        cues=tuple((cue.heard, clips[cue.clip]) for cue in written.cues),
        goodbye=written.goodbye,
        otherwise=clips[written.otherwise],
    )


def demo_script() -> Script:
    """The demo's candidate, prepared for `demo_kit`."""
    return load_script(DEMO_INTERVIEW, DEMO_KIT)


def demo_kit() -> dict[str, object]:
    """The demo's kit, as `POST /v1/kits` takes it (without `job_id`)."""
    kit: dict[str, object] = json.loads(DEMO_KIT.read_bytes())
    return kit


def _topic(question: _KitQuestion, said: _ScriptedAnswer, clips: dict[str, Clip]) -> Topic:
    return Topic(
        key=question.key,
        question=question.text,
        probes=question.probes,
        answer=clips[said.answer],
        follow_ups=tuple(clips[name] for name in said.follow_ups),
    )


def _holds(line: str, phrase: str) -> bool:
    """Whether `phrase` is said within `line`, give or take a word."""
    line, phrase = _plain(line), _plain(phrase)
    return len(line) >= ALIKE / 100 * len(phrase) and fuzz.partial_ratio(phrase, line) >= ALIKE


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.lower()))
