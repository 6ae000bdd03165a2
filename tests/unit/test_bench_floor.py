"""What is measured of a floor that changes hands, and what must hold of it."""

from uuid import UUID

import pytest

from bench.floor.figures import AT_LEAST, AT_MOST, figures, holds, last_line, missed
from bench.floor.measures import MISSED_S, Measured, Passed, Said, Talk, measure
from bench.floor.plan import CANDIDATE, PERSON, changes
from bench.floor.run import HERE, notes, table
from bench.guard import Load
from bench.latency.corpora import STANDARD
from interview.by_room import FloorChanged
from interview.events import AnswerEnded, LineKind, LineStarted
from interview.ids import TurnId
from interview.turns import Turn
from local.candidate.clips import load_clips
from local.candidate.ear import Sound

pytestmark = pytest.mark.unit

CLIPS = load_clips(STANDARD.folder)
CHANGE = changes(CLIPS, 0, 1)[0]
ANNA, CAND = "int-1", "cand-1"
TAKEN, BACK = 100.0, 110.0
FLOOR = f"human:{1:032x}"


def talk(*sounds: Sound, said: tuple[Said, ...] = (), turns: tuple[Turn, ...] = ()) -> Talk:
    return Talk(CAND, (Passed(CHANGE, TAKEN, BACK),), said, sounds, turns)


def said(identity: str, text: str, at: float = 105.0) -> Said:
    return Said(identity, tuple(text.split()), at, at + 1.0)


def turn(identity: str, spoken: str) -> Turn:
    return Turn(
        turn_id=TurnId(UUID(int=1)),
        seq=1,
        speaker="interviewer" if identity == ANNA else "candidate",
        identity=identity,
        question=None,
        line=None,
        spoken=spoken,
        generated=None,
        words=(),
        started_ms=0,
        ended_ms=1,
        confidence=None,
        cut_off=False,
        withdrawn=False,
        complete=True,
    )


@pytest.mark.parametrize(
    ("sound", "silence_s"),
    [
        (Sound(98.0, 100.2), [0.2]),
        (Sound(98.0, 99.9), []),
        (Sound(100.1, 100.6), [0.6]),
        (Sound(98.0, None), [MISSED_S]),
        (Sound(100.5, 101.0), []),
    ],
)
def test_silence_counts_from_the_click_where_the_ai_was_heard(
    sound: Sound, silence_s: list[float]
) -> None:
    assert pytest.approx(silence_s) == measure([talk(sound)]).silence_s


@pytest.mark.parametrize(
    ("begins_at", "utterances"), [(99.0, 0), (100.2, 0), (100.4, 1), (109.9, 1), (110.1, 0)]
)
def test_what_begins_while_a_person_leads_is_an_utterance(
    begins_at: float, utterances: int
) -> None:
    assert utterances == measure([talk(Sound(begins_at, begins_at + 0.5))]).utterances


@pytest.mark.parametrize(
    ("begins_at", "speaking_until", "sound_s"),
    [
        (110.4, None, 0.4),
        (112.5, 112.0, 0.5),
        (110.4, 112.0, 0.4),
        (119.0, None, MISSED_S),
    ],
)
def test_who_was_speaking_when_the_floor_came_back_may_finish(
    begins_at: float, speaking_until: float | None, sound_s: float
) -> None:
    spoken = (Said(CAND, ("yes",), 109.0, speaking_until),) if speaking_until else ()

    assert [sound_s] == pytest.approx(
        measure([talk(Sound(begins_at, begins_at + 1.0), said=spoken)]).sound_s
    )


@pytest.mark.parametrize(
    ("turns", "attributed"),
    [
        ((turn(ANNA, "Why did you?"), turn(CAND, "Because of you."), turn(CAND, "Yes.")), 3),
        ((turn(ANNA, "Why did you?"), turn(CAND, "Because of"), turn(CAND, "you. Yes.")), 3),
        ((turn(CAND, "Why did you?"), turn(CAND, "Because of you. Yes.")), 2),
        ((turn(ANNA, "Why did you?"), turn(CAND, "Why did you? Because of you. Yes.")), 2),
        ((turn(ANNA, "Why did you?"), turn(CAND, "Yes. Because of you.")), 2),
        ((turn(ANNA, "Why did"), turn(CAND, "Because of you.")), 1),
        ((), 0),
    ],
)
def test_words_are_right_under_the_name_of_who_said_them_alone(
    turns: tuple[Turn, ...], attributed: int
) -> None:
    spoken = (said(ANNA, "why did you"), said(CAND, "because of you"), said(CAND, "yes"))

    found = measure([talk(said=spoken, turns=turns)])

    assert (3, attributed) == (found.turns, found.attributed)


def asks(question: str, line: LineKind = "question") -> LineStarted:
    return LineStarted(
        turn_id=TurnId(UUID(int=2)),
        line=line,
        question=question,
        probe=None,
        text="",
        identity="ai-1",
        started_ms=0,
    )


def answered(question: str) -> AnswerEnded:
    return AnswerEnded(
        turn_id=TurnId(UUID(int=3)),
        question=question,
        signal="patience",
        words=5,
        intent="answer",
    )


def covered(*questions: str) -> FloorChanged:
    return FloorChanged(floor="ai", before=FLOOR, covered=questions)


@pytest.mark.parametrize(
    ("facts", "repeated"),
    [
        ((asks("q1"), asks("q1"), asks("q2")), 0),
        ((asks("q1"), covered("q1"), asks("q2")), 0),
        ((asks("q1"), covered("q1"), asks("q1")), 1),
        ((asks("q1"), covered("q1"), asks("q1", "repeat")), 1),
        ((asks("q1"), answered("q1"), asks("q1")), 1),
    ],
)
def test_a_question_is_repeated_when_it_was_covered_or_answered(
    facts: tuple[LineStarted | FloorChanged | AnswerEnded, ...], repeated: int
) -> None:
    assert repeated == measure([Talk(CAND, (), (), (), (), facts)]).repeated


def test_the_moments_are_random_and_the_same_in_every_run() -> None:
    drawn = changes(CLIPS, 1, 200)

    assert drawn == changes(CLIPS, 1, 200)
    assert drawn != changes(CLIPS, 2, 200)
    assert {"line", "answer", "after"} == {one.taken for one in drawn}
    assert {"quiet", "answer"} == {one.back for one in drawn}
    assert {"room", "api"} == {one.way for one in drawn}
    assert 150 < len({one.taken_after_s for one in drawn})


def test_two_voices_speak() -> None:
    assert [{"slt"}, {"rms"}] == [
        {CLIPS[name].entry.voice for name in names} for names in (CANDIDATE, PERSON)
    ]


def good() -> Measured:
    return Measured(40, [0.2] * 30, [0.5] * 40, turns=90, attributed=90, confirmed=80)


def test_the_last_line_has_these_keys() -> None:
    assert {
        "takeovers": 40,
        "takeover_silence_s": {"p50": 0.2, "p95": 0.2},
        "handback_sound_s": {"p50": 0.5, "p95": 0.5},
        "agent_utterances_while_human_holds": 0,
        "turns": 90,
        "turns_attributed": 1.0,
        "questions_repeated": 0,
    } == last_line(figures(good()))


@pytest.mark.parametrize(
    ("spoils", "name"),
    [
        ({"silence_s": [0.2] * 9 + [0.31]}, "silence_p95_s"),
        ({"silence_s": []}, "silence_p95_s"),
        ({"sound_s": [0.5] * 9 + [0.71]}, "sound_p95_s"),
        ({"utterances": 1}, "utterances"),
        ({"attributed": 89}, "attributed"),
        ({"repeated": 1}, "repeated"),
        ({"takeovers": 39}, "takeovers"),
        ({"confirmed": 79}, "confirmed"),
    ],
)
def test_every_bar_can_be_missed(spoils: dict[str, object], name: str) -> None:
    spoiled = Measured(**{**vars(good()), **spoils})

    assert [] == missed(figures(good()))
    assert name in missed(figures(spoiled))


def test_every_figure_stands_in_the_table_with_its_bar() -> None:
    found = figures(good())
    names = [line.split()[0] for line in (HERE / "table.txt").read_text().splitlines()]

    rows = table(found).splitlines()

    assert list(found) == names
    assert {*AT_MOST, *AT_LEAST} == {name for name in names if holds(found, name) is not None}
    assert len(AT_MOST) + len(AT_LEAST) == sum("holds" in row for row in rows)


@pytest.mark.parametrize(("late", "warns"), [(0.0, False), (0.5, True)])
def test_the_notes_say_how_it_was_measured(late: float, warns: bool) -> None:
    told = notes(3, 14, Load(late, 0.1, 0.1, 1.0))

    assert "3 talks of 14 changes" in told
    assert warns is ("WARNING" in told)
