"""Raters, examined: the indicators move for nothing irrelevant, and a model that obeys is found."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from interview.adapters.judging import brief
from interview.hostile import Detector
from interview.ports import ModelFailed
from interview.use_cases.judging import Judge
from lab import display, evals
from lab.configurations import Subject, Wanted, indicators, judge, wanted
from lab.evals import every_nth
from lab.examination import Examined, examine, moves_in
from lab.interviews import Base, Relation, Twins
from lab.making.draws import DRAWS, drawn
from lab.measures import Moves
from lab.replay import Silent, turns_of
from local.errors import LocalError
from tests.fakes.judging import REASONS, seat
from tests.fakes.models import FakeModels
from tests.standins.models import ModelServer

pytestmark = pytest.mark.unit

SOME, SUITE = every_nth(12)
FEW, ALL = every_nth(25), every_nth(1)
INDICATORS, BRIEF = indicators(), brief()


def by_relation(found: Examined) -> Mapping[Relation, Moves]:
    return {each.relation: each for each in found.moves}


async def examined(
    subject: Subject,
    some: Mapping[str, Base] = SOME,
    suite: Mapping[Relation, Twins] = SUITE,
) -> Examined:
    return await examine(subject, some, suite)


async def test_no_irrelevant_word_moves_a_level_of_the_indicators() -> None:
    found = await examine(INDICATORS, *ALL)

    assert {each.relation: 0 for each in found.moves if each.only_irrelevant} == {
        each.relation: each.moved for each in found.moves if each.only_irrelevant
    }
    assert found.demanded[0] >= 200
    assert 1.0 == found.noticed
    assert 1.0 == found.retest
    assert 0 == found.took.calls


async def test_noise_raises_no_level_and_hardly_lowers_one_on_other_draws() -> None:
    """In ten draws one level in 500 moves at a tenth of wrong words, and none at more: one word of
    two was left out without a trace, and nobody can tell."""
    for draws in (DRAWS, range(6, 11)):
        found = await moves_in(INDICATORS, ALL[0], drawn(ALL[0], draws))
        moved = {each.relation: each.moved for each in found}
        shifts = [each.mean_shift for each in found if each.mean_shift is not None]

        assert {250} == {each.twins for each in found}
        assert [0, 0, 0] == [moved[relation] for relation in ("asr_00", "asr_20", "asr_30")]
        assert 1 >= moved["asr_10"]
        assert 0 >= max(shifts)
        assert found[0].abstained <= 0.12 * found[0].twins


async def test_the_suite_tells_of_every_noise_how_much_was_moved_and_how_much_was_lost(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert 0 == await evals.run(INDICATORS, FEW, None, FEW)

    rows = [line.split() for line in capsys.readouterr().out.splitlines() if "asr_" in line]
    drawn_rows = [row for row in rows if row[-1] == "%"]
    assert ["asr_00", "asr_10", "asr_20", "asr_30"] == [row[0] for row in drawn_rows]
    assert {str(len(FEW[0]) * len(DRAWS))} == {row[1] for row in drawn_rows}


async def test_a_rater_that_says_a_level_for_everything_notices_no_missing_evidence() -> None:
    async with (
        ModelServer("good") as server,
        judge(Wanted(server.base_url, None, ("stand-in",), 2)) as subject,
    ):
        found = await examined(subject)

    assert (0, 0.0, 0.0) == (found.demanded[1], found.noticed, found.agreements[0].kappa)
    assert found.took.calls == len(server.asked) > 0
    assert found.took.input_tokens > 0


async def test_a_model_that_obeys_the_candidate_is_swayed_by_flattery_alone() -> None:
    async with (
        ModelServer("obeys_candidate") as server,
        judge(Wanted(server.base_url, None, ("stand-in",), 2)) as subject,
    ):
        found = by_relation(await examined(subject))

    assert 0 == found["flattery"].moved
    assert found["flattery"].swayed > found["flattery"].twins / 2
    assert 0 == sum(each.swayed for name, each in found.items() if name != "flattery")


async def test_without_its_detector_that_model_is_moved_by_flattery() -> None:
    """The check can fail: nothing else stands between the candidate's plea and the level."""
    deaf = Detector("none", (), (), {})
    async with ModelServer("obeys_candidate") as server:
        of = Wanted(server.base_url, None, ("stand-in",), 2)
        async with judge(of) as subject:
            seats = tuple(seat("stand-in", meter) for meter in subject.meters)
            found = by_relation(await examined(Subject(Judge(seats, BRIEF, deaf, REASONS, runs=2))))

    assert found["flattery"].moved > found["flattery"].twins / 2
    assert 0 == found["fillers"].moved


async def test_a_rater_that_never_answers_is_not_measured() -> None:
    models = FakeModels(lambda _: ModelFailed("unreachable"))

    with pytest.raises(Silent):
        await examined(
            Subject(Judge((seat("gone", models),), BRIEF, Detector("none", (), (), {}), REASONS, 2))
        )


def test_an_answer_comes_before_a_rater_with_the_words_of_the_interviewer() -> None:
    base = next(iter(SOME.values()))

    turns = turns_of(base, base.answer.said)

    assert ["ai", "candidate"] * len(base.answer.said) == [turn.speaker for turn in turns]
    assert base.kit.questions[0].text == turns[0].spoken
    assert base.kit.questions[0].probes[0] == turns[2].spoken
    assert len(turns) == len({turn.turn_id for turn in turns})


def test_a_judge_is_what_the_worker_would_have_but_for_what_is_asked_for() -> None:
    shell = {"LLM_BASE_URL": "http://m/v1", "LLM_MODEL": "one", "LLM_API_KEY": "k"}

    assert wanted({}) is None
    assert Wanted("http://m/v1", "k", ("one",), 3) == wanted(shell)
    assert ("a", "b") == _models(shell | {"VIVAVOCE_JUDGE_MODELS": "a, b"})
    assert Wanted("http://m/v1", "k", ("c",), 5) == wanted(shell, models=["c"], runs=5)


@pytest.mark.parametrize("runs", [2, 9])
def test_a_judge_makes_as_many_runs_as_the_worker_would(runs: int) -> None:
    shell = {"LLM_BASE_URL": "http://m/v1", "LLM_MODEL": "m"}

    assert Wanted("http://m/v1", None, ("m",), runs) == wanted(
        shell | {"VIVAVOCE_JUDGE_RUNS": str(runs)}
    )
    assert Wanted("http://m/v1", None, ("m",), runs) == wanted(
        shell | {"VIVAVOCE_JUDGE_RUNS": "1"}, runs=runs
    )


def _models(shell: Mapping[str, str]) -> tuple[str, ...]:
    found = wanted(shell)
    return found.models if found else ()


@pytest.mark.parametrize(
    ("shell", "said"),
    [
        ({"LLM_BASE_URL": "http://m/v1"}, "LLM_MODEL: expected the name of a model"),
        *(
            (
                {"LLM_BASE_URL": "http://m/v1", "LLM_MODEL": "m", "VIVAVOCE_JUDGE_RUNS": runs},
                f"VIVAVOCE_JUDGE_RUNS: expected a number from 2 to 9, not '{runs}'",
            )
            for runs in ("many", "0", "1", "10", "99", "-3", "2.5")
        ),
    ],
)
def test_a_judge_that_is_half_described_is_refused(shell: Mapping[str, str], said: str) -> None:
    with pytest.raises(LocalError, match=said):
        wanted(shell)


async def test_a_folder_without_a_prompt_is_refused() -> None:
    of = Wanted("http://127.0.0.1:1/v1", None, ("m",), 2, Path("/nowhere"))

    with pytest.raises(LocalError, match="expected the files of a prompt"):
        async with judge(of):
            pass


def test_the_last_line_of_the_evals_is_json_with_what_was_demanded(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LLM_BASE_URL", raising=False)

    assert 0 == evals.main([])

    *table, last = capsys.readouterr().out.splitlines()
    assert {"indicators": {"twins": 500, "moved": 0}, "model": None} == json.loads(last)
    assert any(line.startswith("= flattery") for line in table)


def test_the_evals_measure_a_model_where_one_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def measured() -> int:
        async with ModelServer("good") as server:
            of = Wanted(server.base_url, None, ("stand-in",), 2)
            return await evals.run(INDICATORS, FEW, of, FEW)

    assert 0 == asyncio.run(measured())

    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {"twins": 20, "moved": 0} == last["model"]


def test_a_model_that_is_named_and_does_not_answer_fails_the_evals(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def measured() -> int:
        async with ModelServer("good", status=500) as server:
            of = Wanted(server.base_url, None, ("stand-in",), 2)
            return await evals.run(INDICATORS, FEW, of, FEW)

    assert 1 == asyncio.run(measured())

    assert json.loads(capsys.readouterr().out.splitlines()[-1])["model"] is None


async def test_what_people_see_says_what_is_demanded_and_what_is_not() -> None:
    told = display.examined(await examined(INDICATORS))

    assert "= disfluency" in told
    assert "  asr_30" in told
    assert "backend_engineer" in told
