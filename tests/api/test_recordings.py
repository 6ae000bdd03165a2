"""The recording in ranges, joined once, and by links that are good for minutes."""

import asyncio
import threading
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest

from api import joining
from api.playback import Joined, Piece, join_pieces
from interview.accounts import Role, Scope, parse_api_key
from interview.errors import Forbidden
from interview.ids import InterviewId
from interview.sharing import Lender, admit, sign
from interview.use_cases import joined
from tests.api.house import House, Json
from tests.fakes.clock import NOON
from tests.sounds import ogg, tone

pytestmark = pytest.mark.api

LISTENERS = 12
"""More than a process has threads for whatever comes."""

WITHIN_S = 20.0
STRANGER = {"email": "nobody@example.com", "password": "a password of some length"}


def path(interview: Json, what: str = "/recording") -> str:
    return f"/v1/interviews/{interview['id']}{what}"


async def recorded(house: House, *, end: bool = True) -> tuple[Json, Json]:
    """An interview with two seconds of sound, and its lease."""
    interview, _, claim = await house.led()
    who = claim["candidate_identity"]
    for index in range(2):
        body = ogg(tone(440 + 220 * index, 1.0))
        said = {"participant": who, "index": index, "started_ms": 1000 * index}
        assert 201 == (await house.hand_in(claim, body, **said)).status
    if end:
        await house.tell(claim, house.report("interview_ended", reason="completed"))
    return interview, claim


async def play(house: House, where: str, asked: str = "", **options: Json) -> tuple[Json, bytes]:
    headers = {"Range": asked} if asked else {}
    answer = await house.call("GET", where, headers=headers | options.pop("more", {}), **options)
    return answer, await answer.read()


async def test_ranges_are_parts_of_one_file_that_is_joined_once(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joined, "PIECE_BYTES", 1000)
    interview, _ = await recorded(house)
    where = path(interview)

    first, whole = await play(house, where)
    etag, size, kept = first.headers["ETag"], len(whole), set(house.objects.kept)
    assert (200, "bytes", b"OggS") == (first.status, first.headers["Accept-Ranges"], whole[:4])
    assert size > 3000
    for asked, wanted in (
        ("bytes=0-99", whole[:100]),
        ("bytes=990-2010", whole[990:2011]),
        ("bytes=1000-1999", whole[1000:2000]),
        ("bytes=2500-", whole[2500:]),
        ("bytes=-7", whole[-7:]),
    ):
        answer, part = await play(house, where, asked)
        assert (206, wanted, etag) == (answer.status, part, answer.headers["ETag"])
        start = whole.index(wanted)
        assert f"bytes {start}-{start + len(wanted) - 1}/{size}" == answer.headers["Content-Range"]
    again, same = await play(house, where)

    assert (200, whole, etag) == (again.status, same, again.headers["ETag"])
    assert kept == set(house.objects.kept)
    assert [] == [key for key, shut in house.objects.kept.items() if b"OggS" in shut]


async def test_a_range_behind_the_end_is_told_the_size(house: House) -> None:
    interview, _ = await recorded(house)
    _, whole = await play(house, path(interview))

    answer, _ = await play(house, path(interview), f"bytes={len(whole)}-")

    assert (416, f"bytes */{len(whole)}") == (answer.status, answer.headers["Content-Range"])
    assert "range_not_satisfiable" == (await answer.json())["code"]


async def test_a_late_part_makes_another_file_and_ranges_of_the_old_one_are_not_mixed_in(
    house: House,
) -> None:
    interview, claim = await recorded(house)
    old, before = await play(house, path(interview))
    late = ogg(tone(880, 1.0))
    said = {"participant": claim["candidate_identity"], "index": 2, "started_ms": 2000}
    assert 201 == (await house.hand_in(claim, late, **said)).status

    answer, whole = await play(
        house, path(interview), "bytes=10-19", more={"If-Range": old.headers["ETag"]}
    )

    assert (200, True) == (answer.status, len(whole) > len(before))
    assert old.headers["ETag"] != answer.headers["ETag"]


async def test_a_recording_that_still_grows_is_not_kept(house: House) -> None:
    interview, _ = await recorded(house, end=False)
    before = set(house.objects.kept)

    answers = [(await play(house, path(interview), "bytes=0-3"))[0].status for _ in range(2)]

    assert ([206, 206], before) == (answers, set(house.objects.kept))


async def test_who_listens_at_once_waits_for_one_file_and_keeps_nobody_else_waiting(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview, _ = await recorded(house)
    begun, may_end = [], threading.Event()

    def slowly(pieces: list[Piece], is_over: Callable[[], bool]) -> Joined:
        begun.append(len(pieces))
        may_end.wait()
        return join_pieces(pieces, is_over)

    monkeypatch.setattr(joining, "join_pieces", slowly)
    listening = [asyncio.create_task(play(house, path(interview))) for _ in range(LISTENERS)]
    try:
        async with asyncio.timeout(WITHIN_S):
            while not begun:
                await asyncio.sleep(0.01)
            # Whoever turns the page on again goes away, and asks anew.
            listening.pop(0).cancel()
            # Passwords are hashed in threads, of which the process has few.
            made = await house.call("POST", "/v1/sessions", json=STRANGER, key="")
            assert 401 == made.status
    finally:
        may_end.set()
    heard = [await each for each in listening]

    assert [2] == begun
    assert {200} == {answer.status for answer, _ in heard}
    assert 1 == len({body for _, body in heard})


async def test_a_recording_is_joined_though_whoever_asked_has_gone(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview, _ = await recorded(house)
    before, begun, may_end = set(house.objects.kept), threading.Event(), threading.Event()

    def slowly(pieces: list[Piece], is_over: Callable[[], bool]) -> Joined:
        begun.set()
        may_end.wait()
        return join_pieces(pieces, is_over)

    monkeypatch.setattr(joining, "join_pieces", slowly)
    listening = asyncio.create_task(play(house, path(interview)))
    try:
        assert await asyncio.to_thread(begun.wait, WITHIN_S)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    finally:
        may_end.set()

    async with asyncio.timeout(WITHIN_S):
        while before == set(house.objects.kept):
            await asyncio.sleep(0.01)
    monkeypatch.setattr(joining, "join_pieces", None)
    assert 200 == (await play(house, path(interview)))[0].status


# ---- links ----


async def link(house: House, interview: Json) -> str:
    made = await house.post(path(interview, "/recording/url"), status=200)
    parts = urlsplit(made["url"])
    assert "127.0.0.1:8080" == parts.netloc
    return f"{parts.path}?{parts.query}"


async def test_a_link_plays_without_a_key_and_leaves_no_trace(house: House) -> None:
    interview, _ = await recorded(house)
    where = await link(house, interview)

    answer, whole = await play(house, where, key="")
    part, some = await play(house, where, "bytes=0-3", key="")

    assert (200, "audio/ogg") == (answer.status, answer.content_type)
    assert (206, whole[:4]) == (part.status, some)
    for name, value in (("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store")):
        assert value == answer.headers[name] == part.headers[name]
    [entry] = (await house.get("/v1/audit"))["items"][-1:]
    assert ("create_recording_url", interview["id"]) == (entry["action"], entry["subject"])
    assert "signature" not in str(entry)


async def test_a_link_is_good_for_five_minutes(house: House) -> None:
    interview, _ = await recorded(house)
    where = await link(house, interview)

    house.clock.advance(299)
    assert 200 == (await play(house, where, key=""))[0].status
    house.clock.advance(1)

    assert (403, "forbidden") == await house.refusal("GET", where, key="")


async def test_a_link_is_for_one_interview_and_one_end(house: House) -> None:
    one, _ = await recorded(house)
    other, _ = await recorded(house)
    where = await link(house, one)
    expires = int(where.partition("expires=")[2].partition("&")[0])
    signature = where.partition("signature=")[2]

    for changed in (
        where.replace(one["id"], other["id"]),
        where.replace(one["id"], str(uuid4())),
        where.replace(str(expires), str(expires + 1)),
        where.replace(signature, "A" * 43),
        where.replace("by=key.", "by=key.x"),
        where.replace("by=key.", "by=session."),
        where.replace("by=key.", f"by=session.{uuid4()}&").partition("&")[0]
        + "&expires"
        + where.partition("&expires")[2],
    ):
        assert (403, "forbidden") == await house.refusal("GET", changed, key="")
    for broken in (where.partition("&expires")[0], where + "A", where.replace("expires", "until")):
        assert (422, "invalid") == await house.refusal("GET", broken, key="")


def test_a_link_made_with_another_pepper_is_not_ours() -> None:
    which, lender = InterviewId(uuid4()), Lender(kid="ours")
    expires = int((NOON + timedelta(minutes=1)).timestamp())

    admit(b"one", which, lender, expires, sign(b"one", which, lender, expires), NOON)
    with pytest.raises(Forbidden):
        admit(b"one", which, lender, expires, sign(b"two", which, lender, expires), NOON)


async def lent(house: House, interview: Json, **by: Json) -> str:
    """A link that was made by another key or session."""
    made = await house.post(path(interview, "/recording/url"), status=200, **by)
    return str(made["url"]).removeprefix("http://127.0.0.1:8080")


async def test_a_link_ends_with_the_key_that_made_it(house: House) -> None:
    interview, _ = await recorded(house)
    soon = house.clock.now() + timedelta(minutes=1)
    keys = [
        await house.new_key(Scope.REVIEW_READ),
        await house.new_key(Scope.REVIEW_READ),
        await house.new_key(Scope.REVIEW_READ, expires_at=soon),
    ]
    revoked, kept, short = [await lent(house, interview, key=key) for key in keys]
    for where in (revoked, kept, short):
        assert 200 == (await play(house, where, key=""))[0].status

    gone = await house.call("DELETE", f"/v1/keys/{parse_api_key(keys[0])}")
    house.clock.advance(60)

    assert 204 == gone.status
    for where in (revoked, short):
        assert (403, "forbidden") == await house.refusal("GET", where, key="")
    assert 200 == (await play(house, kept, key=""))[0].status


@pytest.mark.parametrize("ends", ["session", "member"])
async def test_a_link_ends_with_the_session_and_the_member_that_made_it(
    house: House, ends: str
) -> None:
    interview, _ = await recorded(house)
    member, other = [await house.new_member(Role.REVIEWER) for _ in range(2)]
    headers, others = await house.signed_in(member), await house.signed_in(other)
    theirs = await lent(house, interview, key="", headers=headers)
    another = await lent(house, interview, key="", headers=others)
    for where in (theirs, another):
        assert 200 == (await play(house, where, key=""))[0].status

    if ends == "session":
        answer = await house.call("DELETE", "/v1/sessions/current", key="", headers=headers)
    else:
        answer = await house.call("DELETE", f"/v1/members/{member}")

    assert 204 == answer.status
    assert (403, "forbidden") == await house.refusal("GET", theirs, key="")
    assert 200 == (await play(house, another, key=""))[0].status


async def test_there_is_no_link_to_nothing_and_none_that_outlives_an_erasure(
    house: House,
) -> None:
    silent = await house.invited()
    assert (404, "not_found") == await house.refusal("POST", path(silent, "/recording/url"))
    interview, _ = await recorded(house)
    where = await link(house, interview)
    await play(house, where, key="")
    async with house.store.transaction(house.tenants[house.key]) as tx:
        which = InterviewId(UUID(interview["id"]))
        await tx.keys.destroy_interview(which, house.clock.now())

    assert (410, "sealed") == await house.refusal("GET", where, key="")
    assert (410, "sealed") == await house.refusal("GET", path(interview))
