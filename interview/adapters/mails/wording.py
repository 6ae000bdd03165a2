"""The words of mails: template files read once, and filled with what cannot break out of them."""

import html
import math
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from string import Template
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field

from interview.languages import language_of
from interview.mails import Letter, MailKind, link_of
from interview.use_cases.candidate_door import EARLY

FOLDER = files(__package__)
ENGLISH = "en"
WORDS = "words.toml"
ENTRY = "entry"
FILES = frozenset({*MailKind, ENTRY})
"""Every text that a language has: the kinds of mails, and the entry in a calendar."""

ENCODED = "=?"
"""How an encoded word begins."""

LONGEST = 200
"""Longer names and titles are cut, so that what matters is still seen."""

Paragraph = tuple[str, ...]


class Words(BaseModel):
    """What is put together in code: `first` is how the first of a month is written, `answer` how
    somebody is told to answer, and `turn` whom to turn to where no answer would be read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    button: str
    moment: str
    answer: str
    turn: str
    weekdays: tuple[str, ...] = Field(min_length=7, max_length=7)
    months: tuple[str, ...] = Field(min_length=12, max_length=12)
    first: str = "1"


@dataclass(frozen=True, slots=True)
class Wording:
    """One language: a template for each text, by its name."""

    language: str
    texts: Mapping[str, str]
    words: Words

    def moment(self, at: datetime, zone: str) -> str:
        """A moment as people of this language write it, in that zone; UTC for an unknown one."""
        try:
            local = at.astimezone(ZoneInfo(zone))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            local, zone = at, "UTC"
        return Template(self.words.moment).substitute(
            weekday=self.words.weekdays[local.weekday()],
            day=self.words.first if local.day == 1 else local.day,
            month=self.words.months[local.month - 1],
            year=local.year,
            time=f"{local:%H:%M}",
            zone=zone if zone == "UTC" else f"{zone}, {_offset(local)}",
        )

    def values(self, letter: Letter, public_url: str) -> dict[str, str]:
        """What stands for each placeholder that there is something to say for."""

        def moment(at: datetime) -> str:
            return self.moment(at, letter.time_zone)

        found = {
            "name": one_line(letter.name),
            "tenant": one_line(letter.tenant),
            "job": one_line(letter.job),
            "minutes": str(math.ceil(letter.minutes)),
            "early": str(EARLY // timedelta(minutes=1)),
        }
        ask = self.words.turn if letter.reply_to is None else self.words.answer
        found |= {"ask": ask, "Ask": ask[0].upper() + ask[1:]}
        if letter.mail.token is not None:
            found["link"] = link_of(public_url, letter.mail.token)
        if letter.starts_at is not None:
            found["starts"] = moment(letter.starts_at)
        if letter.until is not None:
            found["good_until" if letter.starts_at else "until"] = moment(letter.until)
        return found


def load() -> Mapping[str, Wording]:
    """Every language in this folder. Reads files: call it once, at the start."""
    return {name: _wording(name) for name in _languages()}


def chosen(wordings: Mapping[str, Wording], language: str) -> Wording:
    """The language that was asked for, or else its base, or else English."""
    for name in (language, language.partition("-")[0]):
        if name in wordings:
            return wordings[name]
    return wordings[ENGLISH]


def subject_and_text(text: str) -> tuple[str, str]:
    """The two parts of a template file."""
    subject, _, rest = text.partition("\n")
    return subject, rest.strip()


def paragraphs(text: str, values: Mapping[str, str]) -> Iterator[Paragraph]:
    """The filled lines, paragraph by paragraph; what nothing is left of is no paragraph."""
    for part in text.split("\n\n"):
        if lines := tuple(_filled(part.splitlines(), values)):
            yield lines


def _filled(lines: Iterable[str], values: Mapping[str, str]) -> Iterator[str]:
    for line in lines:
        template = Template(line)
        if set(template.get_identifiers()) <= values.keys():
            yield template.substitute(values)


def as_html(wording: Wording, text: str, values: Mapping[str, str]) -> str:
    """The same text as a page: its link a button, and nothing of the values is markup."""
    shapes = {name: _read(f"{name}.html") for name in ("layout", "paragraph", "link")}
    subject, rest = subject_and_text(text)
    shown = _escaped(values, html.escape)
    isolated = shown | _escaped(
        {name: values[name] for name in ("name", "tenant", "job")},
        lambda text: f"<bdi>{html.escape(text)}</bdi>",
    )
    link = {"link": shown.get("link", ""), "button": html.escape(wording.words.button)}
    parts = []
    for part in paragraphs(html.escape(rest, quote=False), isolated):
        is_link = part == (link["link"],)
        shape = shapes["link"] if is_link else shapes["paragraph"]
        parts.append(Template(shape).substitute(link, lines="<br>\n".join(part)).strip())
    return Template(shapes["layout"]).substitute(
        language=wording.language,
        direction=language_of(wording.language).direction,
        subject=Template(html.escape(subject, quote=False)).substitute(shown),
        body="\n".join(parts),
    )


def one_line(text: str) -> str:
    """Without controls, overrides of direction among them, without line breaks, and not endless.

    Nor is it an encoded word (RFC 2047): the library would open it when a header is set, line
    breaks and all.
    """
    printable = "".join(each if each.isprintable() else " " for each in text)
    printable = printable.replace(ENCODED, " ".join(ENCODED))
    line = " ".join(printable.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _escaped(values: Mapping[str, str], escape: Callable[[str], str]) -> dict[str, str]:
    return {name: escape(value) for name, value in values.items()}


def _offset(local: datetime) -> str:
    hours_minutes = f"{local:%z}"
    return f"UTC{hours_minutes[:3]}:{hours_minutes[3:5]}"


def _languages() -> Iterator[str]:
    return (entry.name for entry in FOLDER.iterdir() if (entry / WORDS).is_file())


def _wording(language: str) -> Wording:
    folder = FOLDER / language
    texts = {name: (folder / f"{name}.txt").read_text("utf-8") for name in sorted(FILES)}
    words = Words.model_validate(tomllib.loads((folder / WORDS).read_text("utf-8")))
    return Wording(language, texts, words)


def _read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")
