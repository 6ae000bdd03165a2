"""Who reviews a talk reads what a model alone took for a wish, beside the words."""

from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit
from tests.web.desk.talk import TALK, Said

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

MARIA = "Maria Sánchez"
TURN = 2
WISH = Said("candidate", "Honestly let somebody real do this.", question=TALK[1].question)
SAYS = "a model (m-1) took “somebody real” for a wish for a person"


async def test_a_wish_that_a_model_read_is_told_at_its_turn(desk: DeskHouse, sit: Sit) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made, claim = await desk.live(MARIA)
    house, turn = desk.house, str(uuid4())
    about = {"question": WISH.question, "wish": "person", "words": "somebody real", "model": "m-1"}
    for n, said in enumerate(TALK[:TURN]):
        await house.tell(claim, *desk.reports(said, str(uuid4()), 9000 * n, 9000 * n + 8000))
    heard, ended = desk.reports(WISH, turn, 20_000, 22_000, claim["candidate_identity"])
    ended["fact"]["intent"] = "person"
    await house.tell(claim, heard, house.report("wish_read", turn_id=turn, **about), ended)
    await house.tell(claim, house.report("interview_ended", reason="human_path"))

    at = await sit("grace@example.com")
    await at.open(f"/interviews/{made['id']}/review", MARIA)

    await expect(at.page.locator(f"[data-turn='{TURN}']")).to_contain_text(SAYS)
    assert 1 == await at.page.get_by_text("took “").count()
    await at.look("1-understood")
    assert [] == at.wrong
