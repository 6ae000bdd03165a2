"""Loads the words of a language that turn-taking looks at."""

import tomllib
from pathlib import Path

from interview.patience import Lexicon

FOLDER = Path(__file__).parent / "lexicons"


def load_lexicon(language: str) -> Lexicon:
    """The lexicon of the base language; an unknown language has an empty one, so that pauses are
    judged by length and voice alone."""
    path = FOLDER / f"{language.split('-', maxsplit=1)[0]}.toml"
    words: dict[str, list[str]] = tomllib.loads(path.read_text()) if path.exists() else {}
    sets = {
        name: frozenset(words.get(name, ()))
        for name in (
            "open_words",
            "fillers",
            "backchannels",
            "acknowledgements",
            "determiners",
            "modifiers",
            "starters",
            "verbs",
        )
    }
    return Lexicon(
        **sets,
        think_phrases=tuple(words.get("think_phrases", ())),
        done_phrases=tuple(words.get("done_phrases", ())),
        repeat_phrases=tuple(words.get("repeat_phrases", ())),
        modifier_endings=tuple(words.get("modifier_endings", ())),
        verb_endings=tuple(words.get("verb_endings", ())),
    )
