"""Every page of the desk, by the router's own list: no barrier, and strangers' words stay text."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.api.house import Json
from tests.web.desk.house import DeskHouse, furnish
from tests.web.desk.sitting import Sit, Sitting
from tests.web.desk.talk import HOSTILE, LONG_WORD, STRANGE, STRANGE_NAME, TALK

pytestmark = [pytest.mark.web, pytest.mark.timeout(600)]

ROUTER = Path(__file__).parents[3] / "web" / "src" / "desk" / "router.tsx"
ROUTE = re.compile(r"getParentRoute: \(\) => (\w+),\s+path: \"([^\"]+)\"")
GROUPS = {"/house": ""}
"""Routes that hold others and show nothing by themselves."""


def routes() -> list[str]:
    """What the router knows, in its order."""
    found = ROUTE.findall(ROUTER.read_text(encoding="utf-8"))
    whole = [f"{'/house' if parent == 'house' else ''}{path}" for parent, path in found]
    return [path.rstrip("/") or "/" for path in whole if path not in GROUPS]


def pages(
    interview: Json, live: Json, kit: Json, draft: Json, webhook: Json
) -> dict[str, tuple[str, str]]:
    """For each route an address, and the heading that is found there."""
    at, job = f"/interviews/{interview['id']}", f"/jobs/{kit['job_id']}"
    return {
        "/": ("", "Interviews"),
        "/interviews": ("/interviews", "Interviews"),
        "/interviews/$interview": (at, ""),
        "/interviews/$interview/review": (f"{at}/review", ""),
        "/interviews/$interview/room": (f"/interviews/{live['id']}/room", ""),
        "/live": ("/live", "Live"),
        "/jobs": ("/jobs", "Jobs"),
        "/jobs/$job": (job, ""),
        "/kits/$kit": (f"/kits/{draft['id']}", ""),
        "/kits/$kit/changes": (f"/kits/{draft['id']}/changes?base={kit['id']}", "Changes"),
        "/kits/$kit/mock": (f"/kits/{draft['id']}/mock", "Mock interview"),
        "/candidates": ("/candidates", "Candidates"),
        "/requests": ("/requests", "Requests"),
        "/invite": ("/invite", "Invite candidates"),
        "/agreement": (f"/agreement?job={kit['job_id']}", "Agreement"),
        "/parity": (f"/parity?kit={kit['id']}", "Parity"),
        "/house": ("/house", "Members"),
        "/house/keys": ("/house/keys", "Keys"),
        "/house/webhooks": ("/house/webhooks", "Webhooks"),
        "/house/webhooks/$webhook": (f"/house/webhooks/{webhook['id']}", "Webhook"),
        "/house/audit": ("/house/audit", "Audit"),
        "/house/settings": ("/house/settings", "Settings"),
    }


async def visit(at: Sitting, path: str, heading: str) -> None:
    """Opens a page and waits until all of it is there."""
    await at.answered()
    await at.page.goto(f"{at.url}/desk{path}")
    found = at.page.get_by_role("heading", level=1)
    await found.wait_for()
    if heading:
        await expect(found).to_have_text(heading)
    await expect(at.page.locator("[aria-busy=true]")).to_have_count(0)


async def with_everything(desk: DeskHouse) -> dict[str, tuple[str, str]]:
    await furnish(desk)
    maria = desk.interviews["Maria Sánchez"]
    await desk.asked_for(maria, TALK[2].text.replace("payments", "payment"))
    drafted = {"job_id": desk.kit["job_id"], "kit_id": desk.kit["id"]}
    draft = await desk.house.post("/v1/kits/drafts", drafted)
    hook = {"url": "https://hooks.example.com", "event_types": ["interview.ended"]}
    webhook = await desk.house.post("/v1/webhooks", hook)
    return pages(maria, desk.interviews["Amara Okafor"], desk.kit, draft, webhook)


async def test_every_page_is_shown_to_an_owner_without_a_barrier(desk: DeskHouse, sit: Sit) -> None:
    """A new route without an address above fails, too."""
    known = await with_everything(desk)
    at = await sit("olga@example.com")
    for route in routes():
        path, heading = known[route]
        await visit(at, path, heading)
        await at.look(route.strip("/").replace("/", "-").replace("$", "") or "home")

    assert sorted(known) == sorted(routes())
    assert [] == at.wrong


@pytest.mark.parametrize("email", ["ravi@example.com", "aude@example.com"])
async def test_who_may_less_is_shown_less_and_no_broken_page(
    desk: DeskHouse, sit: Sit, email: str
) -> None:
    """A reviewer and an auditor: what is not theirs is told, and what is theirs has no barrier."""
    known = await with_everything(desk)
    at = await sit(email)
    for route, (path, _) in known.items():
        await visit(at, path, "")
        await at.look(route.strip("/").replace("/", "-").replace("$", "") or "home")

    assert [] == at.wrong


async def test_what_strangers_wrote_is_only_ever_text_on_every_page(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("olga@example.com", "owner")
    await desk.published(title=STRANGE_NAME[:190], hostile=True)
    made = await desk.told(STRANGE_NAME[:190], HOSTILE, heard=1)
    await desk.scored(made)
    await desk.asked_for(made, STRANGE + LONG_WORD[:3500])
    note = {"text": STRANGE + LONG_WORD[:3500], "person": STRANGE_NAME[:190]}
    await desk.house.post(f"/v1/interviews/{made['id']}/notes", note)
    drafted = {"job_id": desk.kit["job_id"], "kit_id": desk.kit["id"]}
    draft = await desk.house.post("/v1/kits/drafts", drafted)
    hook = {
        "url": f"https://hooks.example.com/{'w' * 300}",
        "event_types": ["interview.ended"],
        "description": STRANGE_NAME[:190],
    }
    webhook = await desk.house.post("/v1/webhooks", hook)
    await desk.house.post("/v1/keys", {"name": STRANGE_NAME[:90], "scopes": ["interviews:read"]})
    live, claim = await desk.live(f"{STRANGE_NAME[:150]} live")
    await desk.house.tell(claim, *desk.reports(HOSTILE[1], HOSTILE_TURN, 1000, 4000))
    at = await sit("olga@example.com")
    for route, (path, _) in pages(made, live, desk.kit, draft, webhook).items():
        await visit(at, path, "")
        await at.look(route.strip("/").replace("/", "-").replace("$", "") or "home")
        strange = await at.page.locator("main :is(script, iframe, img, b)").count()
        assert 0 == strange, f"markup of a stranger on {route}"
        assert None is await at.page.evaluate("globalThis.hacked ?? null"), route

    assert [] == at.wrong


HOSTILE_TURN = "01920000-0000-7000-8000-00000000abcd"
