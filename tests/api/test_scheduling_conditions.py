"""Another time is given to the interview that somebody has read, and to no other form of it."""

import asyncio

import pytest

from tests.api.house import House, Json

pytestmark = pytest.mark.api
TOMORROW, LATER = "2026-03-03T12:00:00Z", "2026-03-05T12:00:00Z"
TURN = "018f3c1e-0000-7000-8000-000000000001"
BODIES: dict[str, Json] = {
    "reschedule": {"starts_at": None, "expires_at": LATER},
    "extend": {"expires_at": LATER},
    "cancel": {"reason": "scheduling"},
}


async def read(house: House) -> tuple[str, str]:
    """An interview that waits: its path, and its tag."""
    path = f"/v1/interviews/{(await house.invited(expires_at=TOMORROW))['id']}"
    return path, (await house.call("GET", path)).headers["ETag"]


@pytest.mark.parametrize("what", BODIES)
async def test_a_stale_tag_moves_nothing(house: House, what: str) -> None:
    path, tag = await read(house)
    until = {"expires_at": "2026-03-04T12:00:00Z"}
    await house.post(f"{path}/extend", until, status=200)
    before, said = await house.get(path), {"json": BODIES[what]}

    for stale in (tag, f"W/{tag}"):
        assert (412, "precondition_failed") == await house.refusal(
            "POST", f"{path}/{what}", headers={"If-Match": stale}, **said
        )
    assert before == await house.get(path)


@pytest.mark.parametrize("what", BODIES)
@pytest.mark.parametrize("said", ["its tag", "*", None])
async def test_the_tag_of_what_is_there_any_or_none_moves_it(
    house: House, what: str, said: str | None
) -> None:
    path, tag = await read(house)
    headers = {"If-Match": tag if said == "its tag" else said} if said else {}

    moved = await house.post(f"{path}/{what}", BODIES[what], status=200, headers=headers)

    assert moved == await house.get(path)
    assert tag != (await house.call("GET", path)).headers["ETag"]


@pytest.mark.parametrize("what", ["extend", "cancel"])
async def test_what_is_said_meanwhile_makes_no_tag_stale(house: House, what: str) -> None:
    """Events come several times a second: they are no part of what was read."""
    interview, _, claim = await house.led(expires_at=TOMORROW)
    path = f"/v1/interviews/{interview['id']}"
    first = await house.call("GET", path)
    tag = first.headers["ETag"]
    await house.tell(claim, house.line("Tell me about an outage.", TURN))
    await house.tell(claim, house.speech("I read the logs"), house.speech("again"))
    assert 200 == (await house.beat(claim)).status

    again = await house.call("GET", path)
    known = await house.call("GET", path, headers={"If-None-Match": tag})
    moved = await house.post(f"{path}/{what}", BODIES[what], status=200, headers={"If-Match": tag})

    assert (await first.json(), tag) == (await again.json(), again.headers["ETag"])
    assert (304, b"") == (known.status, await known.read())
    assert moved == await house.get(path)
    now = await house.call("GET", path, headers={"If-None-Match": tag})
    assert (200, moved) == (now.status, await now.json())


async def test_a_change_that_is_shown_makes_the_tag_of_a_live_interview_stale(
    house: House,
) -> None:
    interview = await house.invited()
    path = f"/v1/interviews/{interview['id']}"
    tags = [(await house.call("GET", path)).headers["ETag"]]
    session = await house.consented(interview)
    tags.append((await house.call("GET", path)).headers["ETag"])
    await house.post("/v1/candidate/join", status=200, key=session)
    await house.errands_done()
    claim = await house.claimed(interview)
    now = await house.call("GET", path)
    tags.append(now.headers["ETag"])
    assert "live" == (await now.json())["state"]
    await house.tell(claim, house.report("paused", reason="silence"))
    tags.append((await house.call("GET", path)).headers["ETag"])

    assert 4 == len(set(tags))
    for stale in tags[:-1]:
        assert 200 == (await house.call("GET", path, headers={"If-None-Match": stale})).status
        assert (412, "precondition_failed") == await house.refusal(
            "POST", f"{path}/cancel", json=BODIES["cancel"], headers={"If-Match": stale}
        )
    await house.post(f"{path}/cancel", BODIES["cancel"], status=200, headers={"If-Match": tags[-1]})


async def test_a_repeat_with_its_key_is_answered_again_though_the_tag_has_gone_stale(
    house: House,
) -> None:
    path, tag = await read(house)
    headers = {"If-Match": tag, "Idempotency-Key": "once"}

    first, again = [
        await house.post(f"{path}/extend", BODIES["extend"], status=200, headers=headers)
        for _ in range(2)
    ]

    assert first == again


async def test_of_many_who_move_what_they_read_one_does(house: House) -> None:
    path, tag = await read(house)

    answers = await asyncio.gather(
        *(
            house.call("POST", f"{path}/{what}", json=body, headers={"If-Match": tag})
            for what, body in BODIES.items()
        )
    )

    assert [200, 412, 412] == sorted(answer.status for answer in answers)


async def test_what_is_not_there_is_not_found_before_any_condition(house: House) -> None:
    path, _ = await read(house)
    nobody = path[:-4] + "0000"

    assert (404, "not_found") == await house.refusal(
        "POST", f"{nobody}/cancel", json=BODIES["cancel"], headers={"If-Match": '"9"'}
    )
