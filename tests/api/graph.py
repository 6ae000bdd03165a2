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
          turns(limit: 20) { items { speaker spoken words { text } } }
          scorecards { total stamp { rater } ratings { competency level evidence { text } } }
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


async def held(house: House) -> Json:
    """An interview in which something was said and rated."""
    interview, _, claim = await house.led()
    await judged(house, interview, claim)
    return interview
