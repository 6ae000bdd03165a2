"""The demo says in one line what a whole interview lacked, and ends clearly whatever happens."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import pytest

from local.candidate.candidate import Answered
from local.candidate.clips import load_clips
from local.candidate.doors import DoorRefused
from local.candidate.ear import Sound
from local.candidate.script import DEMO_VOICES
from local.candidate.talk import Happened, Talk
from local.candidate.voice import Spoken
from local.demo import __main__ as demo
from local.demo.display import show_line, step
from local.demo.interview import Outcome
from local.demo.recruiter import Json
from local.demo.result import Record, asked, result, shortfalls
from local.errors import LocalError, NotReady
from local.setup.lock import alone
from local.up.stack import Stack

pytestmark = pytest.mark.unit

LASTS = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"]
FAILS = [sys.executable, "-c", "print('out of tape'); raise SystemExit(7)"]
CLIP = load_clips(DEMO_VOICES)["broke_main_page"]
CUT_OFF = Sound(4.0, 5.0)


def turn(number: int, speaker: str, spoken: str, question: str | None = None) -> Json:
    line = "question" if question else None
    return {
        "turn_id": str(number),
        "speaker": speaker,
        "spoken": spoken,
        "question": question,
        "line": line,
        "withdrawn": False,
    }


QUESTION = turn(1, "ai", "What broke?", "broke")
ANSWER = turn(2, "candidate", CLIP.text)
QUOTE: Json = {"turn_id": "2", "text": " ".join(CLIP.text.split()[2:6])}


def rating(level: int | None, *quotes: Json) -> Json:
    return {"competency": "ownership", "level": level, "quotes": list(quotes)}


GOOD: tuple[Json, ...] = (rating(5, QUOTE), rating(3, QUOTE), rating(4, QUOTE), rating(None))


def outcome(
    turns: tuple[Json, ...] = (QUESTION, ANSWER),
    ratings: tuple[Json, ...] = GOOD,
    chain: str = "verified",
    cut_off: Sound | None = None,
    ended: str = "goodbye",
) -> Outcome:
    answered = Answered(Spoken(1.0, 6.0, complete=True), 7.2, cut_off)
    talk = Talk(answers=[(CLIP, answered)])
    talk.ended = "goodbye" if ended == "goodbye" else "agent_gone"
    record = Record("i", ("broke",), turns, {"ratings": list(ratings)}, 12, chain)
    return Outcome(result(record, talk, 0.5, 61.23), record)


def lacking(of: Outcome) -> list[str]:
    return shortfalls(of.figures, of.record)


def test_a_whole_interview_lacks_nothing_and_its_figures_are_those_of_the_talk() -> None:
    good = outcome()

    assert [] == lacking(good)
    assert {
        "interview_id": "i",
        "questions_planned": 1,
        "questions_asked": ["broke"],
        "turns": 2,
        "candidate_script_words": len(CLIP.text.split()),
        "word_error_rate": 0.0,
        "first_sound_s": 0.5,
        "turn_latency_s": {"p50": 1.2, "p95": 1.2},
        "cut_offs": 0,
        "ended": "goodbye",
        "events": 12,
        "chain": "verified",
        "scorecard": {"ratings": list(GOOD)},
        "wall_s": 61.2,
    } == good.figures


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (outcome(ended="agent_gone"), "the interviewer did not say goodbye"),
        (outcome(turns=(ANSWER,)), "not every planned question was asked once and in order"),
        (
            outcome(turns=(QUESTION, QUESTION, ANSWER)),
            "not every planned question was asked once and in order",
        ),
        (outcome(chain="broken: event 3"), "the event log is broken: event 3"),
        (outcome(cut_off=CUT_OFF), "the candidate was cut off 1 times"),
        (outcome(ratings=(*GOOD[:2], rating(None))), "only 2 of 3 competencies were rated"),
        (
            outcome(ratings=(*GOOD, rating(2, {"turn_id": "2", "text": "never said"}))),
            "a quote is not what the candidate said in its turn",
        ),
        (
            outcome(ratings=(*GOOD, rating(2, {"turn_id": "1", "text": "What broke"}))),
            "a quote is not what the candidate said in its turn",
        ),
        (
            outcome(turns=(QUESTION, ANSWER, turn(3, "candidate", "some words " * 9))),
            "is above 0.15",
        ),
    ],
)
def test_whatever_a_whole_interview_must_have_is_missed(bad: Outcome, said: str) -> None:
    (missing,) = lacking(bad)

    assert said in missing


def test_a_question_that_was_taken_back_was_not_asked() -> None:
    assert ["broke"] == asked([{**QUESTION, "withdrawn": True}, QUESTION, ANSWER])


async def test_a_process_that_dies_ends_the_demo_with_its_name(tmp_path: Path) -> None:
    stack = Stack(tmp_path, table={"speech": LASTS, "api": FAILS})

    async def course() -> Outcome:
        stack.children["api"] = stack._launch("api", FAILS)
        await asyncio.sleep(600)
        raise AssertionError

    with pytest.raises(NotReady, match="api ended with code 7: out of tape"):
        await demo.run(stack, course())

    assert {} == stack.children


async def test_a_demo_that_takes_too_long_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "WITHIN_S", 0.05)

    async def course() -> Outcome:
        await asyncio.sleep(600)
        raise AssertionError

    with pytest.raises(LocalError, match="not done within 0 s"):
        await demo.run(Stack(tmp_path), course())


async def test_ctrl_c_stops_it_without_a_complaint(tmp_path: Path) -> None:
    stack = Stack(tmp_path, table={"one": LASTS})

    async def course() -> Outcome:
        await stack.start()
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(600)
        raise AssertionError

    assert await demo.run(stack, course()) is None
    assert {} == stack.children


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(demo, "DATA", tmp_path)
    monkeypatch.setattr(demo, "FOLDER", tmp_path / "demo")
    monkeypatch.setattr(demo, "keep_log", lambda path: None)
    return tmp_path


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (DoorRefused(410, "invitation_used", "Ask for a new link."), "^demo: 410 invitation_used"),
        (LocalError("no port is free"), "^demo: no port is free$"),
        (TimeoutError(), "^demo: an answer did not come in time"),
    ],
)
def test_a_failure_is_one_line(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, line: str
) -> None:
    async def fails(stack: Stack, kit: Json) -> Outcome:
        raise error

    monkeypatch.setattr(demo, "interview", fails)

    with pytest.raises(SystemExit, match=line):
        demo.main()


@pytest.mark.parametrize(("of", "is_well"), [(outcome(), True), (outcome(chain="torn"), False)])
def test_the_figures_are_kept_and_a_bad_interview_fails(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch, of: Outcome, is_well: bool
) -> None:
    async def held(stack: Stack, kit: Json) -> Outcome:
        return of

    monkeypatch.setattr(demo, "interview", held)

    if is_well:
        demo.main()
    else:
        with pytest.raises(SystemExit, match="^demo: the event log is torn$"):
            demo.main()
    assert of.figures == json.loads((own_folder / "demo" / "result.json").read_text())


def test_a_second_demo_touches_nothing_of_the_first(own_folder: Path) -> None:
    (own_folder / "demo").mkdir()
    (own_folder / "demo" / "result.json").touch()

    with (
        alone(own_folder / "demo.lock", "demo"),
        pytest.raises(SystemExit, match="^demo: another one is running"),
    ):
        demo.main()

    assert (own_folder / "demo" / "result.json").exists()


def test_a_step_ticks_while_it_lasts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("local.demo.display.TICK_S", 0.001)
    printed = ""

    with step("Baking"):
        while ".." not in printed:
            printed += capsys.readouterr().out

    assert printed.startswith("Baking ….")
    assert capsys.readouterr().out.endswith(" s\n")


def test_a_line_of_the_talk_says_when_who_how_long_and_how_soon(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_line(Happened("candidate", "Yes.", 61.0, 0.6, latency_s=0.812))

    assert "1:01  Candidate    0.6s  Yes.  [answered after 0.81 s]\n" == capsys.readouterr().out
