"""A candidate at a browser: what they do, and what a test looks at on the way."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, expect

from interview.turns import Turn
from local.candidate.clips import Clip
from local.candidate.sound import RATE
from local.demo.recruiter import Json
from tests.room.house import WITHIN_S, Platform, clips, kit, words
from tests.standins.following import Sound
from tests.standins.line import Line
from tests.web.browser import LEAD_S, Browsers, Seen, open_page
from tests.web.desk.sitting import NAME_OF_FOCUS

LONGEST_TAB = 60
FIRST, SECOND = "Where did you work before?", "What would you do differently today?"


@dataclass
class BrowserTalk:
    """One interview with its candidate at a browser."""

    id: str
    url: str
    seen: Seen
    platform: Platform
    name: str

    async def look(self, step: str) -> None:
        await self.seen.look(self.name, step)

    async def tab_to(self, name: str) -> None:
        """Goes by the keyboard alone to what is called so; what has the focus is seen."""
        for _ in range(LONGEST_TAB):
            await self.seen.page.keyboard.press("Tab")
            called, _ = await self.seen.page.evaluate(NAME_OF_FOCUS)
            if called.startswith(name):
                assert await self.seen.page.evaluate(
                    "document.activeElement.matches(':focus-visible')"
                )
                return
        raise AssertionError(f"no way by the keyboard to {name}")

    async def goes_in_silently(self) -> None:
        """Turns the microphone off as soon as the room is there; its file begins anew later."""
        button = self.seen.page.get_by_role("button", name="Turn off")
        await expect(button).to_be_visible()
        await expect(self.seen.page.get_by_text("Recording", exact=True)).to_be_visible()
        await self.seen.page.keyboard.press("m")
        await expect(self.seen.page.get_by_text("Your microphone is off")).to_be_visible()

    async def is_asked(self, number: int, text: str) -> None:
        """The question can be read, and the interviewer waits for its answer."""
        page = self.seen.page
        await expect(page.get_by_text(f"Question {number} of")).to_be_visible()
        await expect(page.get_by_role("region", name="The question")).to_contain_text(text)
        await expect(page.get_by_text("Listening", exact=True)).to_be_visible()

    def will_say(self, clip: Clip) -> None:
        """The recogniser will hear the words of `clip` where their sound arrives."""
        self.platform.speech.will_hear(clip.entry.words, Sound(clip.pcm, RATE))

    async def answers(self, clip: Clip) -> None:
        """Turns the microphone on, is understood, and turns it off."""
        page, text = self.seen.page, words(clip)
        before = (await self.own_captions()).count(text)
        self.will_say(clip)
        await page.keyboard.press("m")
        await self.reads_what_was_said(text, before + 1)
        await page.keyboard.press("m")

    async def reads_what_was_said(self, text: str, times: int = 1) -> None:
        """The candidate's captions hold `text` so often, in however many lines it was understood:
        a line that stutters lets the recogniser end a sentence early."""
        captions = ""
        try:
            async with asyncio.timeout(WITHIN_S):
                while captions.count(text) < times:
                    await asyncio.sleep(0.1)
                    captions = await self.own_captions()
        except TimeoutError:
            raise AssertionError(f"{times} × {text!r} in {captions!r}") from None

    async def own_captions(self) -> str:
        """What the candidate was understood to say, as their page has it."""
        own = "[...document.querySelectorAll('[role=log] [data-who=me] [dir=auto]')]"
        return str(await self.seen.page.evaluate(f"{own}.map((it) => it.textContent).join(' ')"))

    async def log(self) -> list[Any]:
        """All that happened so far."""
        path = f"/v1/interviews/{self.id}/events?limit=200"
        items: Any = (await self.platform.recruiter.get(path))["items"]
        return [*items]

    async def kinds(self) -> list[str]:
        return [item["fact"]["kind"] for item in await self.log()]

    async def events(self, *kinds: str) -> list[Any]:
        """What the log has of these kinds so far."""
        return [item for item in await self.log() if item["fact"]["kind"] in kinds]

    async def facts(self, kind: str) -> list[Any]:
        """The facts of a kind in the log so far."""
        return [event["fact"] for event in await self.events(kind)]

    async def has(self, kind: str, times: int) -> list[Any]:
        """The facts of a kind once there are so many."""
        async with asyncio.timeout(WITHIN_S):
            while len(found := await self.facts(kind)) < times:
                await asyncio.sleep(0.1)
        return found

    async def left_s(self) -> int:
        """What the page's clock says."""
        told = await self.seen.page.get_by_role("button", name="left").inner_text()
        found = re.search(r"(\d+):(\d\d)", told)
        assert found, told
        return int(found[1]) * 60 + int(found[2])

    async def state(self) -> str:
        return str((await self.platform.recruiter.get(f"/v1/interviews/{self.id}"))["state"])

    async def leaves(self) -> None:
        """Closes the browser; nothing of the talk is left to disturb the next."""
        await self.seen.context.close()

    async def turns(self) -> list[Turn]:
        """The candidate's turns that hold a word, as the database has them."""
        path = f"/v1/interviews/{self.id}/transcript"
        told: Any = (await self.platform.recruiter.get(path))["turns"]
        turns = [Turn.model_validate(turn) for turn in told]
        return [turn for turn in turns if turn.speaker == "candidate" and turn.spoken]

    async def said(self) -> list[str]:
        return [turn.spoken for turn in await self.turns()]

    async def has_said(self, text: str) -> None:
        """The database has it, in however many turns: a caption may be there first."""
        said = ""
        try:
            async with asyncio.timeout(WITHIN_S):
                while text != (said := " ".join(await self.said())):
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(f"{text!r} in place of {said!r}") from None


async def invited(
    platform: Platform, started: Browser, questions: Json, name: str = "whole", **options: Any
) -> BrowserTalk:
    """Somebody who has just opened the link of their invitation to an interview, or to a kit's."""
    platform.speech.forget()
    interview = questions if "invitation_url" in questions else await platform.invite(questions)
    url = str(interview["invitation_url"])
    seen = await open_page(started, url, platform.stack.ports, **options)
    return BrowserTalk(str(interview["id"]), url, seen, platform, name)


async def in_first_question(
    platform: Platform,
    browsers: Browsers,
    name: str,
    line: Line | None = None,
    script: Path | None = None,
    lead_s: float = LEAD_S,
    closing: str | None = None,
) -> BrowserTalk:
    """A candidate who was asked the first question, microphone off; `script` runs before every
    page but the first. The microphone's file has `lead_s` of silence before its words. The kit
    may close in words of its own."""
    started = await browsers.start(clips()["finished_01"], lead_s=lead_s, line=line)
    questions = {**kit(FIRST, SECOND), "closing": closing}
    talk = await invited(platform, started, questions, name, line=line)
    page = talk.seen.page
    if script is not None:
        await page.add_init_script(path=script)
        await expect(page.get_by_role("button", name="I agree and go on")).to_be_visible()
        await page.reload()
    await page.get_by_role("button", name="I agree and go on").click()
    await page.get_by_role("button", name="Turn on the microphone").click()
    await page.get_by_role("button", name="Begin the interview").click()
    await talk.goes_in_silently()
    await talk.is_asked(1, FIRST)
    return talk
