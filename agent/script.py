"""The script: every sentence the AI says, from template files in the kit's language."""

import re
from dataclasses import dataclass
from pathlib import Path

from interview.plan import Plan
from interview.session import Say

FOLDER = Path(__file__).parent / "phrases"
ANSWERED = frozenset({"fact", "noted", "noted_down"})
"""Leads that deal with a question of the candidate's: another one may follow."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Script:
    """Renders lines. A kit's language falls back to its base language, then to English."""

    plan: Plan
    phrases: dict[str, str]

    @classmethod
    def load(cls, plan: Plan) -> "Script":
        return cls(plan, phrases(FOLDER, plan.language))

    def sentences(self, say: Say) -> tuple[str, ...]:
        """What is spoken for `say`, sentence by sentence, its lead first."""
        lead = (self._lead(say),) if say.lead else ()
        text = self.phrases[say.line].format(
            intro=self.plan.intro or "",
            closing=self.plan.closing or self.phrases["closing_default"],
            question=self._question(say),
            probe=self._probe(say),
            again=self._again(say),
        )
        spoken = " ".join((*lead, text.strip()))
        return tuple(s for s in _SENTENCE_END.split(spoken) if s)

    def _lead(self, say: Say) -> str:
        if say.lead != "fact":
            return self.phrases[f"lead_{say.lead}"]
        fact = self.plan.fact(say.fact) if say.fact else None
        return fact.text if fact else self.phrases["lead_noted"]

    def _again(self, say: Say) -> str:
        if say.question is None:
            more = say.lead in ANSWERED
            return self.phrases["more_questions" if more else "repeat_invitation"]
        rephrasing = self.plan.question(say.question).rephrasing
        if say.lead == "rephrase" and rephrasing:
            return rephrasing
        return self._probe(say) or self._question(say)

    def _question(self, say: Say) -> str:
        return self.plan.question(say.question).text if say.question else ""

    def _probe(self, say: Say) -> str:
        if say.question is None or say.probe is None:
            return ""
        return say.text or self.plan.question(say.question).probes[say.probe]


def phrases(folder: Path, language: str) -> dict[str, str]:
    """The texts of a language in a folder that has one for each."""
    own = _folder(folder, language)
    return {path.stem: path.read_text().strip() for path in sorted(own.glob("*.txt"))}


def _folder(folder: Path, language: str) -> Path:
    for name in (language, language.split("-", maxsplit=1)[0], "en"):
        if (folder / name).is_dir():
            return folder / name
    raise FileNotFoundError(folder)
