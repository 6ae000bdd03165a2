"""The last line and the table."""

import json
from dataclasses import replace
from typing import cast

import pytest

from bench.guard import Load
from bench.latency.corpora import HELD_OUT, STANDARD
from bench.latency.display import notes, table
from bench.latency.figures import BARS, Figure, figures, holds, last_line, missed
from bench.latency.measures import Said
from bench.latency.plan import StepKind
from bench.latency.stored import Record
from bench.latency.talk import Talk
from interview.plan import USED_SHARE, WORDS_PER_MINUTE
from local.candidate.ear import Sound

pytestmark = pytest.mark.unit

EVERY_S = 20.0
STANDARD_BARS = BARS["standard"]


def near(value: float, n: int) -> Figure:
    """Equal to a figure but for the last digits of its value."""
    return Figure(cast("float", pytest.approx(value)), n)


class Room:
    """Builds a talk: every step begins 20 s after the one before, and sounds for 4 s."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.sounds: list[Sound] = []

    def says(
        self, kind: str, *sounds: tuple[float, float | None], step: StepKind = "answer"
    ) -> "Room":
        """The agent's `sounds` are counted from the beginning of what is said."""
        at = EVERY_S * (1 + len(self.said))
        one = Said(step, kind, kind, ("word",), began_at=at, last_loud_at=at + 4.0)
        if step == "goes_on" or kind in STANDARD.paused:
            one = replace(one, resumes_at=(at + 3.0,))
        if step == "done":
            one = replace(one, clicked_at=at + 4.2)
        self.said.append(one)
        self.sounds += [Sound(at + begin, end and at + end) for begin, end in sounds]
        return self

    def talk(self, record: Record | None = None) -> Talk:
        return Talk("ours", tuple(self.said), tuple(self.sounds), 0.8, record)


def good() -> Talk:
    room = Room()
    for _ in range(4):
        room.says("finished", (4.9, 8.0))
    for kind in STANDARD.paused:
        room.says(kind, (5.0, 8.0))
    room.says("goes_on", (2.0, 3.3), (4.9, 8.0), step="goes_on")
    room.says("barge_in", (-2.0, 0.4), (5.0, 8.0), step="barge_in")
    room.says("head", (4.5, 8.0), step="done")
    return room.talk()


def test_the_last_line_has_the_names_that_were_promised_and_how_many_got_no_reply() -> None:
    line = last_line(figures(STANDARD, [good()]))

    names = ["turns", "p50_s", "p95_s", "cut_offs", "yield_s", "barge_in_s", "done_s"]
    assert [*names, "first_sound_s", "unanswered"] == list(line)
    cut_offs = line["cut_offs"]
    assert isinstance(cut_offs, dict)
    assert ["clause_1.5", "clause_2.5", "sentence_1.5", "sentence_2.5"] == list(cut_offs)


def test_the_figures_are_those_of_the_talk() -> None:
    line = last_line(figures(STANDARD, [good()]))

    assert {
        "turns": 11,
        "p50_s": 0.9,
        "p95_s": 0.9,
        "cut_offs": dict.fromkeys(STANDARD.paused, 0.0),
        "yield_s": 0.3,
        "barge_in_s": 0.4,
        "done_s": 0.3,
        "first_sound_s": 0.8,
        "unanswered": 0.0,
    } == line


def test_what_was_not_measured_is_null_and_holds_no_bar() -> None:
    empty = figures(STANDARD, [])
    line = last_line(empty)

    assert 0 == line["turns"]
    assert line["p50_s"] is None
    assert list(STANDARD_BARS) == missed(empty, STANDARD_BARS)
    json.dumps(line)


def test_latencies_are_those_of_finished_answers_that_nobody_cut_off() -> None:
    room = Room().says("finished", (4.9, 8.0)).says("clause_1.5", (9.0, 9.5))
    room.says("finished", (2.0, 2.5), (9.9, 10.0))

    found = figures(STANDARD, [room.talk()])

    assert near(0.9, 1) == found["p50_s"]
    assert near(5.0, 1) == found["paused_p50_s"]
    assert Figure(0.5, 2) == found["cut_offs.finished"]


def test_the_tail_is_the_nearest_rank_not_a_mean_with_the_rest() -> None:
    room = Room()
    for _ in range(19):
        room.says("finished", (4.9, 8.0))
    room.says("finished", (7.0, 8.0))

    found = figures(STANDARD, [room.talk()])

    assert near(0.9, 20) == found["p95_s"]
    assert near(3.0, 20) == found["worst_s"]


def test_cut_offs_are_shares_of_the_answers_of_their_kind() -> None:
    room = Room().says("clause_2.5", (2.0, 3.4), (5.0, 8.0)).says("clause_2.5", (5.0, 8.0))

    found = figures(STANDARD, [room.talk()])

    assert Figure(0.5, 2) == found["cut_offs.clause_2.5"]
    assert near(0.4, 1) == found["yield_s"]


def test_an_answer_that_got_no_reply_is_in_no_latency_and_misses_a_bar_of_its_own() -> None:
    room = Room().says("finished", (4.9, 8.0)).says("finished").says("clause_1.5")

    found = figures(STANDARD, [room.talk()])

    assert near(0.9, 1) == found["p50_s"]
    assert Figure(2.0, 3) == found["unanswered"]
    assert "unanswered" in missed(found, STANDARD_BARS)


def test_the_worst_yield_stands_beside_the_median_in_the_table() -> None:
    room = Room().says("clause_1.5", (2.0, 3.1), (5.0, 8.0))
    room.says("clause_1.5", (2.0, 3.2), (5.0, 8.0)).says("clause_1.5", (2.0, 5.0), (6.0, 8.0))

    found = figures(STANDARD, [room.talk()])

    assert near(0.2, 3) == found["yield_s"]
    assert near(2.0, 3) == found["yield_worst_s"]
    rows = table(found, figures(STANDARD, []), STANDARD_BARS).splitlines()
    (row,) = [row for row in rows if "last sound, worst" in row]
    assert ["2", "3"] == row.split()[8:10]


def held_out() -> Talk:
    room = Room().says("finished", (4.9, 8.0))
    return room.says("clause_1.8-2.4", (2.0, 3.3), (5.0, 8.0)).talk()


def test_held_out_cut_offs_are_told_by_the_length_of_the_pause_in_the_same_form_for_both() -> None:
    ours, stock = figures(HELD_OUT, [held_out()]), figures(HELD_OUT, [])

    cut_offs = last_line(ours)["cut_offs"]
    assert {**dict.fromkeys(HELD_OUT.paused), "clause_1.8-2.4": 1.0} == cut_offs
    assert list(last_line(figures(STANDARD, []))) == list(last_line(ours))
    assert list(last_line(ours)) == list(last_line(stock))
    rows = table(ours, stock, BARS["held-out"]).splitlines()
    assert 3 == sum("s pause inside a clause" in row for row in rows)
    assert any(row.startswith("Cut off: 1.8-2.4 s pause inside a clause (share)") for row in rows)


def test_held_out_answers_must_be_answered_soon_but_how_many_are_cut_off_is_only_told() -> None:
    talk = replace(held_out(), record=Record((), {}))

    assert ["lost_words"] == missed(figures(HELD_OUT, [talk]), BARS["held-out"])


def test_a_bar_holds_at_its_own_value_and_not_a_millisecond_above() -> None:
    at, above = {"p50_s": Figure(1.2, 1)}, {"p50_s": Figure(1.201, 1)}

    assert holds(at, "p50_s", 1.2)
    assert not holds(above, "p50_s", 1.2)


def test_a_lost_word_is_missed() -> None:
    talk = good()
    kept = replace(talk, record=Record((), {}))

    assert {"lost_words", "torn_answers"} <= set(missed(figures(STANDARD, [kept]), STANDARD_BARS))


def test_the_table_has_a_row_for_each_bar_and_says_whether_it_holds() -> None:
    found = figures(STANDARD, [good()])

    rows = table(found, figures(STANDARD, []), STANDARD_BARS).splitlines()

    (row,) = [row for row in rows if "finished answer, median" in row]
    assert ["0.90", "4", "–", "0", "≤", "1.2", "holds"] == row.split()[5:]
    assert len(STANDARD_BARS) == sum("≤" in row for row in rows)
    assert any(row.endswith("MISSED") for row in rows)


def test_the_notes_say_what_our_questions_expect_and_how_busy_the_machine_was() -> None:
    said = notes(STANDARD, 2, 13, Load(0.001, 0.03, 0.08, 0.7))

    assert "expect 13 words" in said
    assert "0.1 %" in said
    assert "WARNING" not in said


def test_the_notes_name_the_corpus_and_what_a_kit_expects_that_says_nothing() -> None:
    said = notes(HELD_OUT, 2, 65, Load(0.001, 0.03, 0.08, 0.7))

    assert "Corpus: held-out" in said
    assert "expect 65 words" in said
    for minutes, named in ((1, "32 words for one minute"), (2, "65 for two")):
        assert f"{round(minutes * WORDS_PER_MINUTE * USED_SHARE)} " in named
        assert named in said


def test_figures_of_a_busy_machine_are_called_doubtful() -> None:
    said = notes(STANDARD, 2, 13, Load(0.051, 0.3, None, 3.2))

    assert "waited for a\nprocessor unknown" in said
    assert said.splitlines()[-1].startswith("WARNING")
