"""Browsers of interviewers that die or stand still with the floor in their hands; and cameras,
which are off."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from livekit import rtc
from playwright.async_api import expect

from interview.adapters.system import SystemClock
from local.candidate.clips import Clip
from tests.room.house import Platform, Talk, clips, kit, until
from tests.room.panel import sound_after
from tests.web.browser import SCREENSHOTS, Browsers
from tests.web.cockpit import Cockpit, cockpit

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(300),
]

FIRST, SECOND = "Where did you work before?", "What would you do differently today?"
OFFERED = "Who held the floor is not in the room any more."
GONE = "Your interviewer seems to have lost the connection."
TAKEN = "Ben Okri has taken the floor, and your microphone is off."
RETURNS_AFTER_S = 10
MISSED_WITHIN_S = 40.0
"""A browser that is dead says no goodbye: so long the SFU may take it for a broken line."""


def browser_of(clip: Clip) -> int:
    """The process of the browser whose microphone hears `clip`."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            said = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:  # it ends meanwhile
            continue
        is_browser = any(each.endswith(f"/{clip.id}.wav%noloop".encode()) for each in said)
        if is_browser and not any(each.startswith(b"--type=") for each in said):
            return int(process.name)
    raise AssertionError(f"no browser hears {clip.id}")


def kill(clip: Clip) -> float:
    """`kill -9` for the browser whose microphone hears `clip`; when it was done."""
    os.kill(browser_of(clip), signal.SIGKILL)
    return time.monotonic()


def family(process: int) -> list[int]:
    """A process and all that it has started, itself first."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(one for child in children for one in family(int(child)))]


@contextmanager
def frozen(clip: Clip) -> Iterator[None]:
    """The browser whose microphone hears `clip` stands still meanwhile, as on a laptop that was
    closed."""
    stopped = family(browser_of(clip))
    for process in stopped:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in stopped:
            os.kill(process, signal.SIGCONT)


async def two(platform: Platform, browsers: Browsers, talk: Talk) -> tuple[Cockpit, Cockpit]:
    """Anna and Ben in the room, each at a browser of their own, by the first two clips."""
    anna, ben = [
        await cockpit(platform, await browsers.start(clips()[clip]), name)
        for clip, name in (("finished_01", "Anna Berg"), ("finished_02", "Ben Okri"))
    ]
    for one in (anna, ben):
        await one.comes_in(talk.id)
    return anna, ben


async def test_a_floor_whose_holders_browser_is_killed_is_offered_and_then_returns_aloud(
    platform: Platform, browsers: Browsers
) -> None:
    async with platform.store.transaction(platform.tenant) as tx:
        changed = replace(await tx.settings.get(), floor_returns_after_s=RETURNS_AFTER_S)
        await tx.settings.put(changed, SystemClock().now())
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        await talk.is_asked(FIRST)
        anna, ben = await two(platform, browsers, talk)
        await anna.seen.page.keyboard.press("f")
        await anna.floor_is("You have the floor.")
        await ben.floor_is("Anna Berg has the floor. The AI is silent.")

        died_at = kill(clips()["finished_01"])
        offer = ben.seen.page.get_by_role("alert").filter(has_text=OFFERED)
        await expect(offer).to_be_visible(timeout=1000 * MISSED_WITHIN_S)
        offered_s = time.monotonic() - died_at
        print(f"offered after {offered_s:.1f} s")
        await ben.floor_is("Anna Berg has the floor and has lost the connection.")
        await ben.seen.page.screenshot(path=SCREENSHOTS / "cockpit" / "ben-lost-offered.png")
        await ben.seen.page.keyboard.press("f")
        await ben.floor_is("You have the floor.")
        await expect(offer).to_have_count(0)

        died_at = kill(clips()["finished_02"])
        async with asyncio.timeout(MISSED_WITHIN_S):
            while len(await talk.facts("holder_lost")) < 2:
                await asyncio.sleep(0.2)
        missed_at = time.monotonic()
        sound_s = await sound_after(talk, missed_at)
        await talk.hears(GONE)

        print(f"missed after {missed_at - died_at:.1f} s, the AI heard {sound_s:.1f} s later")
        assert RETURNS_AFTER_S - 1.0 <= sound_s <= RETURNS_AFTER_S + 2.0
        changes = await talk.has("floor_changed", times=3)
        assert ["asked", "asked", "gone"] == [fact["reason"] for fact in changes]
        assert [1, 2, "ai"] == [_who(str(fact["floor"]), changes) for fact in changes]
        await talk.verified()


def _who(floor: str, changes: list[dict[str, object]]) -> int | str:
    """People by the order in which they first held the floor."""
    known = list(dict.fromkeys(str(fact["floor"]) for fact in changes))
    return floor if floor == "ai" else 1 + known.index(floor)


async def test_who_finds_the_floor_taken_is_told_and_their_microphone_is_off(
    platform: Platform, browsers: Browsers
) -> None:
    async with platform.talk(kit(FIRST, SECOND)) as talk:
        await talk.is_asked(FIRST)
        anna, ben = await two(platform, browsers, talk)
        page = anna.seen.page
        await page.keyboard.press("f")
        await anna.floor_is("You have the floor.")
        here = page.get_by_role("list", name="Who is here")
        await expect(here).to_contain_text("You microphone on")
        (identity,) = {str(fact["floor"]) for fact in await talk.facts("floor_changed")}
        with frozen(clips()["finished_01"]):
            async with asyncio.timeout(MISSED_WITHIN_S):
                while not await talk.facts("holder_lost"):
                    await asyncio.sleep(0.2)
            await ben.seen.page.keyboard.press("f")
            await ben.floor_is("You have the floor.")

        await anna.floor_is("Ben Okri has the floor.")
        await expect(page.get_by_text(TAKEN)).to_be_visible(timeout=20_000)
        await expect(here).to_contain_text("You microphone off", timeout=20_000)
        name = identity.replace("human:", "int-")
        await until(lambda: _is_silent(talk, name))
        await asyncio.sleep(3.0)
        assert _is_silent(talk, name)
        await expect(here).to_contain_text("You microphone off")
        await anna.look("taken")
        await talk.verified()


def _is_silent(talk: Talk, identity: str) -> bool:
    """Nobody in the room hears a microphone of theirs."""
    person = talk.candidate.room.remote_participants.get(identity)
    if person is None:
        return False
    tracks = person.track_publications.values()
    return all(each.muted for each in tracks if each.kind == rtc.TrackKind.KIND_AUDIO)


async def test_a_camera_is_off_until_it_is_turned_on_and_off_again_when_it_is_turned_off(
    platform: Platform, browsers: Browsers
) -> None:
    async with platform.talk(kit(FIRST)) as talk:
        await talk.is_asked(FIRST)
        anna, ben = await two(platform, browsers, talk)
        seen = [one.seen.page.get_by_role("list", name="Cameras") for one in (anna, ben)]
        people = talk.candidate.room.remote_participants
        await until(lambda: 2 == sum(one.startswith("int-") for one in people))
        assert [] == _pictures(talk)
        for cameras in seen:
            await expect(cameras).to_have_count(0)

        await anna.seen.page.get_by_role("button", name="Camera on").click()
        await expect(seen[0]).to_contain_text("You")
        await expect(seen[1]).to_contain_text("Anna Berg")
        await ben.seen.page.wait_for_function(
            "() => document.querySelector('video')?.videoWidth > 0"
        )
        await ben.look("camera")
        assert 1 == len(_pictures(talk))

        await anna.seen.page.get_by_role("button", name="Camera off").click()
        for cameras in seen:
            await expect(cameras).to_have_count(0)
        assert [] == [*anna.wrong, *ben.wrong]


def _pictures(talk: Talk) -> list[str]:
    """Whose picture is sent in the room."""
    people = talk.candidate.room.remote_participants
    return [
        identity
        for identity, person in people.items()
        for track in person.track_publications.values()
        if track.kind == rtc.TrackKind.KIND_VIDEO
    ]
