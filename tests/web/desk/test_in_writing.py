"""Who reviews a talk reads which answers came in writing, and cannot be heard."""

from dataclasses import replace
from uuid import uuid4

import pytest
from playwright.async_api import expect

from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit
from tests.web.desk.talk import TALK

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

MARIA = "Maria Sánchez"
ANSWERS = [at for at, said in enumerate(TALK) if said.speaker == "candidate"][:3]


async def test_what_came_in_writing_is_told_at_its_turn(desk: DeskHouse, sit: Sit) -> None:
    """The first answer was written, of the second a part, the third was said."""
    written, in_part, said = ANSWERS
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    made, claim = await desk.live(MARIA)
    mixed = replace(TALK[in_part], written="In short:")
    for n, line in enumerate((*TALK[:in_part], mixed, *TALK[in_part + 1 : said + 1])):
        who = (claim["candidate_identity"],) if line.speaker == "candidate" else ()
        heard, *rest = desk.reports(line, str(uuid4()), 9000 * n, 9000 * n + 8000, *who)
        if n == written:
            heard["fact"] |= {"typed": True, "words": []}
        await desk.house.tell(claim, heard, *rest)
    await desk.house.tell(claim, desk.house.report("interview_ended", reason="completed"))

    at = await sit("grace@example.com")
    await at.open(f"/interviews/{made['id']}/review", MARIA)

    turns = [at.page.locator(f"[data-turn='{n}']") for n in ANSWERS]
    await expect(turns[0]).to_contain_text("in writing; there is nothing to hear")
    await expect(turns[1]).to_contain_text("some of it in writing")
    await expect(turns[2]).not_to_contain_text("in writing")
    await at.look("1-in-writing")
    assert [] == at.wrong
