"""The languages of the interviewer: a row for each, and no word that it lacks."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path
from string import Formatter, punctuation

import pytest
from livekit.agents.inference.eot.languages import LOCAL_LANGUAGES

from agent.lexicon import ways
from agent.provision import hearing_for, voice_for, waits_for
from agent.script import Script
from api.notices import NOTICES, notice_in
from api.starter_kits import STARTER_KITS
from api.v1 import reports
from interview.adapters import report
from interview.adapters.judging import brief
from interview.adapters.lexicons import indicator_rater
from interview.adapters.mails import wording
from interview.addresses import Reach
from interview.clauses import Grammar
from interview.errors import Invalid
from interview.indicators import Wording
from interview.languages import ENGLISH, LANGUAGES, SPOKEN, language_of
from interview.patience import WAITS, Lexicon
from interview.providers import Given, Provider, chain_of
from interview.session import Say
from tests.fakes.talk import plan

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]
PHRASES, LEXICONS = ROOT / "agent" / "phrases", ROOT / "agent" / "lexicons"
REASONS = ROOT / "interview" / "adapters" / "lexicons" / "reasons"
HOSTILE = ROOT / "interview" / "adapters" / "hostile"
REPORT = ROOT / "interview" / "adapters" / "report" / "words"
JUDGED = ROOT / "interview" / "adapters" / "judging" / "reasons"
SENTENCES = ROOT / "tests" / "sentences"
OTHERS = sorted(SPOKEN - {ENGLISH})
OWN = {"grammar"}
"""What a language has only if its clauses need it."""

APART = {"wishes"}
"""What lies in files of its own."""

RATER = indicator_rater()


def templates(language: str) -> dict[str, str]:
    return {file.stem: file.read_text() for file in (PHRASES / language).glob("*.txt")}


def sections(language: str) -> dict[str, object]:
    return tomllib.loads((LEXICONS / f"{language}.toml").read_text())


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def names(folder: Path, ending: str) -> set[str]:
    return {file.name.removesuffix(ending) for file in folder.glob(f"*{ending}")}


# ---- every language has everything ----


def test_every_language_has_a_file_of_everything_and_every_file_a_language() -> None:
    spoken = set(SPOKEN)
    assert spoken == {folder.name for folder in PHRASES.iterdir() if folder.is_dir()}
    assert spoken == names(LEXICONS, ".toml")
    assert spoken == names(REASONS, ".toml")
    assert spoken == set(NOTICES) == names(ROOT / "api" / "notices", ".md")
    assert spoken == set(wording.load())
    assert spoken == names(HOSTILE, ".toml") - {"common"}
    assert spoken == names(REPORT, ".toml") == report.languages()
    assert spoken == names(JUDGED, ".toml") == set(brief().reasons)
    assert spoken <= set(RATER.lexicons)
    assert set(OTHERS) == names(SENTENCES, ".toml")


def in_english() -> list[Path]:
    """Every file and folder, anywhere in our packages, that is called after English."""
    rooms = (ROOT / name for name in ("agent", "api", "interview", "local", "worker"))
    found = (path for room in rooms for path in room.rglob(f"{ENGLISH}*"))
    return sorted(p for p in found if p.name.partition(".")[0] == ENGLISH and p.suffix != ".pyc")


@pytest.mark.parametrize("path", in_english(), ids=lambda path: str(path.relative_to(ROOT)))
@pytest.mark.parametrize("language", OTHERS)
def test_wherever_there_is_something_in_english_it_is_there_in_every_language(
    path: Path, language: str
) -> None:
    twin = path.with_name(language + path.suffix)

    assert twin.exists()
    if path.is_dir():
        assert {each.name for each in path.iterdir()} == {each.name for each in twin.iterdir()}
        assert [] == [file for file in twin.iterdir() if not file.read_text().strip()]
    elif path.suffix == ".toml":
        theirs, ours = tomllib.loads(path.read_text()), tomllib.loads(twin.read_text())
        assert theirs.keys() - OWN == ours.keys() - OWN
        assert {name: type(value) for name, value in theirs.items()} == {
            name: type(value) for name, value in ours.items() if name not in OWN
        }
    else:
        assert twin.read_text().strip()
        assert path.read_text() != twin.read_text()


def test_what_is_in_english_is_found() -> None:
    lists = {folder / "en.toml" for folder in (LEXICONS, REASONS, HOSTILE, REPORT, JUDGED)}
    assert {*lists, PHRASES / "en"} <= set(in_english())


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_templates_of_english_with_the_same_fields(language: str) -> None:
    english, theirs = templates(ENGLISH), templates(language)

    assert english.keys() == theirs.keys()
    assert [] == [n for n in english if placeholders(english[n]) != placeholders(theirs[n])]
    spoken = {
        name for name, text in english.items() if text.strip(" \n{}") not in placeholders(text)
    }
    assert [] == [name for name in spoken if english[name] == theirs[name]]


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_every_template_is_spoken_in_sentences_with_nothing_left_to_fill(language: str) -> None:
    script = Script.load(plan().model_copy(update={"language": language}))
    lines = {name for name in script.phrases if not name.startswith("lead_")}
    leads = {name.removeprefix("lead_") for name in script.phrases} - lines
    values = dict.fromkeys({f for t in script.phrases.values() for f in placeholders(t)}, "Ok.")

    for name, text in script.phrases.items():
        filled = text.format(**values)
        assert filled[-1] in ".?!", name
        assert not set(filled) & set("{}[]<>*_#|\n\t"), name
        assert "  " not in filled, name
    assert {"greeting", "question", "closing"} <= lines
    assert leads
    greeting = " ".join(script.sentences(Say("greeting", None, None)))
    assert script.phrases["greeting"].split(" {")[0] in greeting


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_every_section_of_a_lexicon_is_known_and_filled_in_every_language(language: str) -> None:
    known = {field.name for field in fields(Lexicon)}

    assert known - OWN - APART == sections(language).keys() - OWN
    assert [] == [name for name, words in sections(language).items() if not words]
    grammar = sections(language).get("grammar", {})
    assert isinstance(grammar, dict)
    assert grammar.keys() <= {field.name for field in fields(Grammar)}


def words_in(section: object) -> set[str]:
    match section:
        case str():
            return {section}
        case dict():
            return {word for key, value in section.items() for word in {key} | words_in(value)}
        case list():
            return {word for value in section for word in words_in(value)}
        case _:
            raise AssertionError(section)


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_no_word_of_a_lexicon_is_written_as_nobody_hears_it(language: str) -> None:
    """Words are compared in small letters and without marks around them."""
    parts = (part for name, part in sections(language).items() if name not in OWN)
    heard = {way for part in parts for word in words_in(part) for way in ways(word)}
    marks = punctuation.replace("'", "").replace("-", "") + "¿¡«»„“”’…"

    assert [] == [w for w in sorted(heard) if w != w.lower() or set(w) & set(marks)]


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_the_reasons_of_a_rating_are_told_in_every_language(language: str) -> None:
    ours, english = RATER.wording(language), RATER.wording(ENGLISH)

    for field in fields(Wording):
        text = getattr(ours, field.name)
        assert placeholders(getattr(english, field.name)) == placeholders(text)
        assert (language == ENGLISH) == (text == getattr(english, field.name))
    assert ours == RATER.wording(f"{language}-XX")


@pytest.mark.parametrize("language", OTHERS)
def test_why_there_was_nothing_to_judge_is_told_in_every_language(language: str) -> None:
    ours, english = brief().reasons[language], brief().reasons[ENGLISH]

    assert english.keys() == ours.keys()
    assert [] == [why for why, text in ours.items() if not text or text == english[why]]


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_words_to_whoever_rates_are_looked_for_by_every_rule_in_every_language(
    language: str,
) -> None:
    english, ours = (
        tomllib.loads((HOSTILE / f"{each}.toml").read_text())["phrases"]
        for each in (ENGLISH, language)
    )

    assert english.keys() == ours.keys()
    assert [] == [rule for rule, phrases in ours.items() if not phrases]


def test_a_report_may_be_asked_for_in_every_language() -> None:
    asked = [each for each in (*sorted(SPOKEN), "xx", "en-US") if re.search(reports.SPOKEN, each)]

    assert sorted(SPOKEN) == asked


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_the_notice_says_as_much_in_every_language(language: str) -> None:
    ours, english = notice_in(language), notice_in(ENGLISH)

    assert len(english.text.splitlines()) == len(ours.text.splitlines())
    assert english.text.count("**") == ours.text.count("**")
    assert ours == notice_in(f"{language}-XX")
    assert len(SPOKEN) == len({notice.version for notice in NOTICES.values()})


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_there_is_a_kit_to_begin_with_in_every_language(language: str) -> None:
    assert language in {starter.kit.language for starter in STARTER_KITS.values()}


# ---- what follows from a row ----


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_a_voice_that_surely_goes_on_is_known_by_the_threshold_of_its_language(
    language: str,
) -> None:
    share = WAITS.unlikely / LOCAL_LANGUAGES[ENGLISH]

    expected = pytest.approx(share * LOCAL_LANGUAGES[language], abs=0.01)
    assert expected == LANGUAGES[language].waits.unlikely


@pytest.mark.parametrize(
    ("tag", "row"), [("de", "de"), ("de-AT", "de"), ("es-MX", "es"), ("xx", "en"), ("xx-DE", "en")]
)
def test_a_regional_form_falls_back_to_its_base_and_an_unknown_one_to_english(
    tag: str, row: str
) -> None:
    assert LANGUAGES[row] is language_of(tag)


@pytest.mark.parametrize(
    ("tag", "heard"),
    [
        ("en", "en-US"),
        ("en-GB", "en-GB"),
        ("en-ZA", "en-US"),
        ("es", "es"),
        ("es-ES", "es"),
        ("es-MX", "es-419"),
        ("de-AT", "de"),
        ("de-CH", "de-CH"),
        ("fr-BE", "fr"),
        ("fr-CA", "fr-CA"),
    ],
)
def test_the_recogniser_is_told_the_form_that_it_knows(tag: str, heard: str) -> None:
    assert heard == language_of(tag).heard_as(tag)


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_a_voice_speaks_the_language_of_its_row(language: str) -> None:
    assert LANGUAGES[language].tts_voice.endswith(f"-{language}")


def test_recogniser_and_patience_follow_the_language() -> None:
    assert "nova-3" == hearing_for("de-AT", "")
    assert "one-for-all" == hearing_for("de-AT", "one-for-all")
    assert LANGUAGES["de"].waits.unlikely == waits_for("de-AT", 20.0).unlikely
    assert 7.0 == waits_for("de", 7.0).nudge


@pytest.mark.parametrize(
    ("named", "language", "voice"),
    [
        ("", "fr", LANGUAGES["fr"].tts_voice),
        ("aura-2-julius-de", "de-CH", "aura-2-julius-de"),
        ("aura-2-julius-de", "fr", LANGUAGES["fr"].tts_voice),
        ("aura-2-julius-de, aura-2-agathe-fr", "fr", "aura-2-agathe-fr"),
        ("one-for-all", "es", "one-for-all"),
        ("one-for-all aura-2-julius-de", "de", "aura-2-julius-de"),
    ],
)
def test_the_operators_voice_speaks_the_language_that_its_name_ends_with(
    named: str, language: str, voice: str
) -> None:
    assert voice == voice_for(language, named)


def test_a_tenants_two_voices_for_one_language_are_refused_and_named() -> None:
    twice = Provider("own", "https://tts.example/v1/speak", "aura-2-a-de, aura-2-b-de")

    with pytest.raises(Invalid, match="aura-2-a-de and aura-2-b-de") as refused:
        chain_of("tts", (Given(twice),), (), Reach())

    assert "tts.0.model" == refused.value.field
    assert (twice,) == chain_of("stt", (Given(twice),), (), Reach())
