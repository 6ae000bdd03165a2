"""Reports: where words can be heard, and the document in every language."""

import json
import tomllib
import unicodedata
from datetime import timedelta
from decimal import Decimal
from typing import get_args
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from interview.adapters.report import FOLDER, as_shown, languages, told_in, typeset, words_of
from interview.by_people import By, DecisionReason, Outcome, TurnCorrected
from interview.events import Event, Word
from interview.hostile import Flag
from interview.ids import EventId, ScorecardId, TurnId
from interview.lifecycle import State
from interview.report import (
    AskedQuestion,
    Assessment,
    Contest,
    Evidence,
    FlaggedWords,
    Proof,
    Report,
    ReportedCard,
    ReportedCorrection,
    ReportedDecision,
    flagged_words,
    heard_at_ms,
)
from interview.scoring import NotAssessed, Quote, Scorecard, Stamp, Verdict
from interview.turns import Correction, Span, Turn
from tests.fakes.clock import NOON

pytestmark = pytest.mark.unit
TURN = TurnId(UUID(int=1))


def turn(spoken: str, words: int) -> Turn:
    said = tuple(
        Word(text=word, start_ms=100 * at, end_ms=100 * at + 90, confidence=0.9)
        for at, word in enumerate(spoken.split()[:words], start=1)
    )
    return Turn(
        turn_id=TURN,
        seq=3,
        speaker="candidate",
        identity="cand-1",
        question="outage",
        line=None,
        spoken=spoken,
        generated=None,
        words=said,
        started_ms=50,
        ended_ms=900,
        confidence=0.9,
        cut_off=False,
        withdrawn=False,
        complete=True,
    )


@pytest.mark.parametrize(
    ("quoted", "start", "begins_ms"),
    [("we", 0, 100), ("drained the", 3, 200), ("rained", 4, 200), ("queue", 15, 400)],
)
def test_a_quote_is_heard_where_its_first_word_begins(
    quoted: str, start: int, begins_ms: int
) -> None:
    said = turn("we drained the queue", 4)

    assert begins_ms == heard_at_ms(Quote(turn_id=TURN, text=quoted, start=start), said)


@pytest.mark.parametrize(("spoken", "words"), [("we drained a queue", 4), ("we drained it", 2)])
def test_a_quote_of_other_or_untimed_words_is_heard_with_its_turn(spoken: str, words: int) -> None:
    said = turn(spoken, words)

    assert 50 == heard_at_ms(Quote(turn_id=TURN, text="drained the", start=3), said)


def written(said: Turn, before: str, **other: object) -> Turn:
    """With words in writing before what was said."""
    text, span = f"{before} {said.spoken}".strip(), Span(start=0, end=len(before))
    return said.model_copy(update={"typed": True, "spoken": text, "written": (span,), **other})


@pytest.mark.parametrize(
    ("quoted", "begins_ms"),
    [("In short:", None), ("short: we", 100), ("the queue", 300), ("we drained", 100)],
)
def test_a_quote_is_heard_where_the_first_of_it_was_said(
    quoted: str, begins_ms: int | None
) -> None:
    mixed = written(turn("we drained the queue", 4), "In short:")
    start = mixed.spoken.index(quoted)

    assert begins_ms == heard_at_ms(Quote(turn_id=TURN, text=quoted, start=start), mixed)


def test_of_what_was_written_and_said_alike_the_words_that_were_said_are_heard() -> None:
    mixed = written(turn("we drained it", 3), "we drained it")
    first, second = (Quote(turn_id=TURN, text="we drained it", start=at) for at in (0, 14))

    assert (None, 100) == (heard_at_ms(first, mixed), heard_at_ms(second, mixed))


def test_a_turn_that_was_all_in_writing_is_heard_nowhere() -> None:
    silent = written(turn("", 0), "we drained it")
    old = silent.model_copy(update={"written": ()})
    quote = Quote(turn_id=TURN, text="it", start=11)

    assert (None, None) == (heard_at_ms(quote, silent), heard_at_ms(quote, old))


def test_a_corrected_quote_is_heard_with_its_turn_where_it_stands_in_writing() -> None:
    by = By(kind="key", id="k1", name="Ada")
    correction = Correction(seq=9, text="In short: we drained it", reason="", by=by, at=NOON)
    mixed = written(turn("we drained the queue", 4), "In short:", correction=correction)

    quote = Quote(turn_id=TURN, text="In short:", start=0)

    assert 50 == heard_at_ms(quote, mixed, corrected=True)
    assert None is heard_at_ms(quote, mixed), "whoever quoted it had not read the correction"


@pytest.mark.parametrize(("quoted", "begins_ms"), [("Kurz: über alles", None), ("zurück", 200)])
def test_a_quote_is_placed_however_its_accents_are_written(
    quoted: str, begins_ms: int | None
) -> None:
    mixed = written(turn("wir zurück gingen", 3), "Kurz: über alles")
    start = mixed.spoken.index(quoted)
    apart = unicodedata.normalize("NFD", quoted)

    assert begins_ms == heard_at_ms(Quote(turn_id=TURN, text=apart, start=start), mixed)


@pytest.mark.parametrize("text", ["25 of us agreed", "twenty 5 of us agreed at once"])
def test_words_that_have_no_time_are_heard_with_their_turn(text: str) -> None:
    said = turn("twenty five of us agreed", 5).model_copy(update={"spoken": text})
    quote = Quote(turn_id=TURN, text="agreed", start=text.index("agreed"))

    assert 50 == heard_at_ms(quote, said)


def assessment(level: int | None, why: NotAssessed | None, name: str) -> Assessment:
    quote = Evidence(
        turn_id=TURN,
        question="outage",
        text=f"{name} said",
        start=0,
        heard_at_ms=3_725_000,
        typed=False,
    )
    return Assessment(
        competency="debugging",
        name=name,
        definition="Finds the cause.",
        weight=Decimal("1.5"),
        evidence=(quote,) if level else (),
        not_assessed=why,
        level=level,
        anchor="Says why." if level else None,
        reason=name,
        runs=3,
        spread=1,
        with_flagged=Verdict(level=None, not_assessed=why)
        if why
        else Verdict(level=5, not_assessed=None),
    )


def card_of(text: str) -> ReportedCard:
    reasons = tuple(assessment(None, why, text) for why in get_args(NotAssessed))
    stamp = Stamp(
        kit_version=2,
        rater="model",
        rater_version="1",
        model=text,
        prompt_hash="ab",
        transcript_seq=9,
    )
    return ReportedCard(
        scorecard_id=UUID(int=2),
        created_at=NOON,
        stamp=stamp,
        rated_by=None,
        sha256="ab" * 32,
        assessments=(assessment(4, None, text), *reasons),
        total=Decimal("4.00"),
        coverage=Decimal("0.50"),
        flags=(FlaggedWords(turn_id=TURN, text=text, rule="en:instructions"),),
    )


def question_of(text: str) -> AskedQuestion:
    return AskedQuestion(
        key="q",
        text=text,
        asked=True,
        asked_by="ai",
        probes=(text,),
        most_probes=2,
        repeats=1,
        answer_words=9,
    )


def report(
    *, text: str = "Ada", outcome: Outcome = "advance", reason: DecisionReason = "other"
) -> Report:
    card = card_of(text)
    question = question_of(text)
    return Report(
        interview_id=UUID(int=3),
        state=State.DECIDED,
        language="en",
        company=text,
        job=text,
        kit=text,
        candidate_id=UUID(int=4),
        candidate=text,
        began_at=NOON,
        ended_at=NOON + timedelta(minutes=20),
        questions=(question, question.model_copy(update={"asked": False, "asked_by": None})),
        cards=(
            card,
            card.model_copy(update={"rated_by": text, "total": None}),
            *(card.model_copy(update={"released": passed}) for passed in (False, True)),
        ),
        corrections=(
            ReportedCorrection(
                turn_id=TURN,
                seq=8,
                at=NOON,
                corrected_by=text,
                reason=text,
                recognised=text,
                heard=text,
            ),
        ),
        decision=ReportedDecision(
            at=NOON, decided_by=text, outcome=outcome, reason_code=reason, opened=()
        ),
        contest=Contest(reply_to="jobs@acme.example"),
        proof=Proof(
            events=9,
            head="cd" * 32,
            kit_id=UUID(int=5),
            kit_version=2,
            notice_version=None,
            agents=({"stt": text},),
        ),
    )


@pytest.mark.parametrize("language", sorted(languages()))
@pytest.mark.parametrize("reason", get_args(DecisionReason))
def test_every_language_has_words_for_everything_that_may_stand_in_a_report(
    language: str, reason: DecisionReason
) -> None:
    for outcome in get_args(Outcome):
        pdf = typeset(report(outcome=outcome, reason=reason), language)

        assert pdf.startswith(b"%PDF-")


def test_the_document_says_that_a_models_configuration_had_not_passed_the_gate() -> None:
    def pages(released: bool | None) -> bytes:
        card = card_of("Ada").model_copy(update={"released": released})
        return typeset(report().model_copy(update={"cards": (card,)}), "en")

    assert 3 == len({pages(None), pages(False), pages(True)})


def test_every_language_has_the_same_words_and_fills_in_the_same_values() -> None:
    def shape(words: dict[str, object]) -> dict[str, object]:
        return {
            name: shape(value) if isinstance(value, dict) else sorted(_values(str(value)))
            for name, value in words.items()
        }

    shapes = {
        language: shape(tomllib.loads(FOLDER.joinpath("words", f"{language}.toml").read_text()))
        for language in languages()
    }

    assert {"en", "es", "de", "fr"} <= shapes.keys()
    for language, found in shapes.items():
        assert shapes["en"] == found, language


def _values(text: str) -> set[str]:
    return {piece.partition("}")[0] for piece in text.split("{")[1:]}


@pytest.mark.parametrize(
    "text",
    ['#panic("read as markup")', "$x^2$ *a* _b_ @c <d> `e`", "#import", '"\\', "\u202e{name}{at}"],
)
def test_what_people_write_is_never_read_as_markup(text: str) -> None:
    assert typeset(report(text=text), "en").startswith(b"%PDF-")


def test_a_regional_form_is_told_in_its_base_and_an_unknown_language_in_english() -> None:
    assert ("de", "en", "en") == (told_in("de-AT"), told_in("en"), told_in("nl"))
    assert "Bericht über das Interview" == words_of("de")["title"]


def test_the_document_tells_times_in_the_tenants_zone_and_data_tells_them_in_utc() -> None:
    told = report().model_copy(update={"time_zone": "Europe/Berlin"})
    local = NOON.astimezone(ZoneInfo("Europe/Berlin"))

    assert f"{local:%Y-%m-%d %H:%M} Europe/Berlin" == json.loads(as_shown(told))["began_at"]
    assert f"{NOON:%Y-%m-%d %H:%M} UTC" == json.loads(as_shown(report()))["began_at"]
    assert NOON == told.began_at


def with_assessment(told: Report, **changes: object) -> Report:
    """With another first assessment on the first card."""
    (card, *others) = told.cards
    (first, *rest) = card.assessments
    assessments = (first.model_copy(update=changes), *rest)
    return told.model_copy(
        update={"cards": (card.model_copy(update={"assessments": assessments}), *others)}
    )


def test_the_document_shows_what_flagged_words_would_change_and_nothing_where_they_would_not() -> (
    None
):
    told = report()

    def pages(verdict: Verdict | None) -> bytes:
        return typeset(with_assessment(told, with_flagged=verdict), "en")

    none, same = pages(None), pages(Verdict(level=4, not_assessed=None))
    other = [
        pages(Verdict(level=5, not_assessed=None)),
        pages(Verdict(level=None, not_assessed="no_evidence")),
    ]

    assert none == same
    assert 3 == len({none, *other})


def with_card(told: Report, **changes: object) -> Report:
    (card, *others) = told.cards
    return told.model_copy(update={"cards": (card.model_copy(update=changes), *others)})


def with_correction(told: Report, **changes: object) -> Report:
    (correction,) = told.corrections
    return told.model_copy(update={"corrections": (correction.model_copy(update=changes),)})


def test_the_document_shows_what_was_corrected_taken_over_and_replaced() -> None:
    told = report()
    quote = told.cards[0].assessments[0].evidence[0].model_copy(update={"corrected": True})
    changed = [
        with_assessment(told, evidence=(quote,)),
        with_assessment(told, carried_from=told.cards[1].scorecard_id),
        with_assessment(told, carried_from=UUID(int=9)),
        with_card(told, replaced_by=told.cards[1].scorecard_id),
        with_correction(told, recognised="red"),
        with_correction(told, heard="read"),
    ]

    documents = {typeset(each, "en") for each in (told, *changed)}

    assert 1 + len(changed) == len(documents)


@pytest.mark.parametrize(("read", "words"), [(3, "we said so"), (4, "he said no")])
def test_flagged_words_are_those_that_the_rater_of_the_card_saw(read: int, words: str) -> None:
    fact = TurnCorrected(
        turn_id=TURN, text="he said no", reason="misheard", by=By(kind="key", id="1")
    )
    corrected = Event(seq=4, event_id=EventId(UUID(int=9)), epoch=0, at=NOON, fact=fact)
    card = Scorecard(
        scorecard_id=ScorecardId(UUID(int=2)),
        stamp=card_of("").stamp.model_copy(update={"transcript_seq": read}),
        ratings=(),
        total=None,
        coverage=Decimal(0),
        created_at=NOON,
        flags=(Flag(turn_id=TURN, start=0, end=10, rule="en:x"),),
    )

    (found,) = flagged_words(card, [turn("we said so", 3)], [corrected])

    assert (TURN, words, "en:x") == (found.turn_id, found.text, found.rule)
