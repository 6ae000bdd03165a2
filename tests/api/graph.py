"""Questions in GraphQL, as tests ask them again and again."""

from typing import Any
from uuid import UUID, uuid4

from interview.ids import InterviewId, TurnId
from tests.api.house import House, Json
from tests.store.world import SAID, scorecard

WHOLE = """
    query Whole($jobs: Int!, $after: String) {
      jobs(limit: $jobs, after: $after) { next items { title kits(limit: 2) { items {
        name version job { title } questions { key }
        interviews(limit: 5) { next items { id state
          candidate { name email } kit { version }
          turns(limit: 20) { items {
            speaker spoken recognised words { text } correction { text reason by { name } }
          } }
          scorecards { total stamp { rater } person { kind name }
            ratings { competency level evidence { text } }
          }
          decision { outcome reasonCode note evidence { kind id } by { name } }
          notes(limit: 5) { next items { text atMs by { name } } }
          invitations { state }
        } }
      } } } }
    }
"""


async def ask(house: House, query: str, *, key: str | None = None, **variables: Json) -> Json:
    """The whole answer, `data` and `errors`."""
    body = {"query": query, "variables": variables}
    return await house.post("/graphql", body, status=200, key=key)


async def refused(
    house: House, query: str, *, key: str | None = None, **variables: Json
) -> list[tuple[Any, str]]:
    """Path and code of every error."""
    errors = (await ask(house, query, key=key, **variables))["errors"]
    return [(error.get("path"), error["extensions"]["code"]) for error in errors]


async def judged(house: House, interview: Json, claim: Json) -> None:
    """Something is said in the interview, and rated."""
    turn = str(uuid4())
    await house.tell(claim, house.speech(SAID, turn=turn))
    async with house.store.transaction(house.tenants[house.key]) as tx:
        card = scorecard(TurnId(UUID(turn)))
        await tx.scorecards.add(InterviewId(UUID(interview["id"])), card)


PERSON = "Grace Hopper"


async def judged_by_everybody(house: House) -> dict[str, str]:
    """One interview after all that people do about it: corrected, rated, decided, noted."""
    interview, _, claim = await house.led()
    turn = str(uuid4())
    await house.tell(claim, house.speech("I red the logs", turn=turn, at_ms=200))
    await house.hand_in(claim, b"OggS")
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    await judged_by_a_person(house, interview, turn)
    kit = await house.get(f"/v1/kits/{interview['kit_id']}")
    return {
        "job": kit["job_id"],
        "kit": kit["id"],
        "candidate": interview["candidate_id"],
        "interview": interview["id"],
        "turn": turn,
    }


async def judged_by_a_person(house: House, interview: Json, turn: str) -> None:
    """Somebody corrects what was recognised, rates it, writes a note and decides."""
    at = f"/v1/interviews/{interview['id']}"
    correction = {"text": "I read the logs", "reason": "Misheard.", "heard": True}
    await house.post(f"{at}/turns/{turn}/corrections", correction | {"person": PERSON})
    quote = {"turn_id": turn, "text": "read the logs"}
    rating = {"competency": "debugging", "level": 4, "quotes": [quote], "reason": "Did."}
    card = await house.post(f"{at}/ratings", {"ratings": [rating], "person": PERSON})
    await house.post(f"{at}/notes", {"text": "Calm.", "at_ms": 1200, "person": PERSON})
    decision = {
        "outcome": "advance",
        "reason_code": "meets_requirements",
        "evidence": [{"kind": "scorecard", "id": card["id"]}],
        "person": PERSON,
    }
    await house.post(f"{at}/decision", decision)


async def held(house: House) -> Json:
    """An interview in which something was said and rated."""
    interview, _, claim = await house.led()
    await judged(house, interview, claim)
    return interview
