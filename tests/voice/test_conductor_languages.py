"""A whole interview in every language: what is said, what is understood, and how long we wait."""

from dataclasses import dataclass

import pytest

from agent.script import Script
from interview.events import AnswerEnded, InterviewEnded, LineStarted
from interview.languages import SPOKEN
from interview.patience import WAITS
from interview.plan import Plan
from tests.fakes.leaping import leap
from tests.fakes.stage import Stage, asked_first, on_stage
from tests.fakes.talk import plan

pytestmark = pytest.mark.voice

KEYS = ["first", "second", "third"]


@dataclass(frozen=True)
class Said:
    """What a candidate of that language says."""

    answer: str
    broken: str
    rest: str
    repeat: str
    think: str
    done: str
    listening: str


CANDIDATES = {
    "en": Said(
        answer="I asked the customer what had happened and we solved it the next day.",
        broken="I asked the customer because",
        rest="nobody knew what had happened.",
        repeat="Sorry, could you repeat the question?",
        think="Let me think about that.",
        done="That's all.",
        listening="Mm-hm.",
    ),
    "de": Said(
        answer="Ich habe den Kunden gefragt, was passiert war, und wir haben es gelöst.",
        broken="Ich habe gefragt, weil der Kunde",
        rest="sehr unzufrieden war.",
        repeat="Entschuldigung, könnten Sie die Frage wiederholen?",
        think="Da muss ich kurz überlegen.",
        done="Das war's.",
        listening="Ja, genau.",
    ),
    "es": Said(
        answer="Le pregunté al cliente qué había pasado y lo resolvimos al día siguiente.",
        broken="Le pregunté porque mi jefe",
        rest="no sabía nada del problema.",
        repeat="Perdone, ¿puede repetir la pregunta?",
        think="Déjeme pensar un momento.",
        done="Eso es todo.",
        listening="Sí, claro.",
    ),
    "fr": Said(
        answer="J'ai demandé au client ce qui s'était passé et on a réglé ça le lendemain.",
        broken="J'ai demandé parce qu'on n'avait",
        rest="aucune information sur la panne.",
        repeat="Excusez-moi, pouvez-vous répéter la question ?",
        think="Laissez-moi réfléchir.",
        done="C'est tout.",
        listening="Oui, d'accord.",
    ),
}


def plan_in(language: str) -> Plan:
    return plan().model_copy(update={"language": language})


def test_there_is_a_candidate_for_every_language() -> None:
    assert SPOKEN == set(CANDIDATES)


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_an_interview_is_held_from_the_greeting_to_the_goodbye(language: str) -> None:
    async def scene() -> Stage:
        async with on_stage(plan_in(language)) as stage:
            await stage.to_the_end(CANDIDATES[language].answer)
        return stage

    stage = leap(scene())

    said = Script.load(plan_in(language)).phrases
    lines = {fact.line: fact.text for fact in stage.facts(LineStarted)}
    assert KEYS == stage.asked()
    assert InterviewEnded(reason="completed") == stage.journal.events[-1].fact
    assert lines["greeting"].startswith(said["greeting"].split(" {")[0])
    assert lines["closing"].endswith(said["closing"].split("{closing} ")[1])
    assert said["candidate_questions"] in lines["candidate_questions"]


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_the_question_is_repeated_for_whoever_asks(language: str) -> None:
    async def scene() -> Stage:
        async with on_stage(plan_in(language)) as stage:
            await asked_first(stage)
            await stage.speaks(CANDIDATES[language].repeat)
            await stage.hears("repeat")
        return stage

    stage = leap(scene())

    assert ["greeting", "question", "repeat"] == stage.lines()
    assert ["repeat"] == [fact.intent for fact in stage.facts(AnswerEnded)]


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_a_clause_that_breaks_off_is_waited_out_and_makes_one_answer(language: str) -> None:
    said = CANDIDATES[language]

    async def scene() -> tuple[Stage, float]:
        async with on_stage(plan_in(language)) as stage:
            await asked_first(stage)
            await stage.speaks(said.broken)
            await _passes(stage, WAITS.short_longest + 0.5)
            assert stage.is_listening
            await stage.speaks(f"{said.rest} {said.answer} {said.done}")
            ended = stage.now()
            await stage.hears_begin("probe")
            return stage, stage.now() - ended

    stage, waited = leap(scene())

    (turn,) = stage.candidate_turns()
    assert f"{said.broken} {said.rest} {said.answer} {said.done}" == turn.spoken
    assert waited < WAITS.whole + 0.3


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_who_asks_for_time_is_left_in_peace(language: str) -> None:
    async def scene() -> Stage:
        async with on_stage(plan_in(language)) as stage:
            await asked_first(stage)
            await stage.speaks(CANDIDATES[language].think)
            await _passes(stage, 30.0)
        return stage

    assert ["greeting", "question"] == leap(scene()).lines()


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_a_listening_sound_does_not_stop_a_question(language: str) -> None:
    async def scene() -> Stage:
        async with on_stage(plan_in(language)) as stage:
            await stage.hears("greeting")
            await stage.hears_begin("question")
            await stage.speaks(CANDIDATES[language].listening)
            await stage.until(lambda: stage.ended("question"))
        return stage

    assert [False] == [ended.cut_off for ended in leap(scene()).ended("question")]


async def _passes(stage: Stage, seconds: float) -> None:
    end = stage.now() + seconds
    await stage.until(lambda: stage.now() >= end, within_s=seconds + 1)
