"""What a place in the room may do: read along unseen, and tick what will not be asked again."""

import re
from dataclasses import replace
from typing import cast

import pytest
from livekit import rtc
from playwright.async_api import Route, expect

from interview.adapters.system import SystemClock
from tests.room.house import Platform, Talk, clips, kit, spoken, words
from tests.web.browser import Browsers
from tests.web.cockpit import Cockpit, cockpit

pytestmark = [
    pytest.mark.web,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.timeout(300),
]

FIRST, SECOND = "Where did you work before?", "What would you do differently today?"
THIRD = "Which project taught you patience?"
ANYTHING = "Is there anything"
AGAIN = "Will be asked again anyway"
UNCONFIRMED = "The service could not be reached: it confirms this once it is back."
STOPPED = "The AI has stopped, and your microphone is on."
NOBODY_HEARS = "Your microphone is off: nobody hears you."
READ_WITHIN_S = 0.3
LONG_GOODBYE = " ".join(["Thank you very much for all the time that you took for us."] * 20)


async def test_an_observer_whom_nobody_sees_reads_along_as_it_is_said(
    platform: Platform, browsers: Browsers
) -> None:
    async with platform.store.transaction(platform.tenant) as tx:
        changed = replace(await tx.settings.get(), observers_may_hide=True)
        await tx.settings.put(changed, SystemClock().now())
    answers = clips()["finished_03"], clips()["finished_04"]
    async with platform.talk(kit(FIRST, SECOND, expected_words=60)) as talk:
        await talk.is_asked(FIRST)
        olga = await cockpit(platform, await browsers.start(), "Olga Ruiz")
        await olga.comes_in(talk.id, "Observer", hidden=True)
        await olga.has_read("AI", FIRST)
        # What she missed is sent once the agent knows of her.
        await olga.seen.page.wait_for_timeout(3000)
        begun = len(platform.speech.told)
        for answer, then in zip(answers, (SECOND, ANYTHING), strict=True):
            await talk.candidate.say(talk.will_say(answer))
            await olga.has_read("Robin Sample", words(answer))
            await talk.is_asked(then)

        late = await late_by(platform, olga, begun)
        p50, p95 = late[len(late) // 2], late[round(0.95 * (len(late) - 1))]
        print(f"word to unseen page: n={len(late)} p50 {p50:.3f} s p95 {p95:.3f} s")
        assert len(late) >= 8
        assert p50 <= READ_WITHIN_S
        await olga.look("unseen")
        assert "Olga" not in " ".join(one.name for one in people_of(talk))
        assert not any("Olga" in one.content for one in talk.candidate.captions.received)
        assert [] == olga.wrong


def people_of(talk: Talk) -> list[rtc.RemoteParticipant]:
    return list(talk.candidate.room.remote_participants.values())


async def late_by(platform: Platform, who: Cockpit, begun: int) -> list[float]:
    """From the recogniser's word to the page, of everything that was seen there; sorted."""
    shown: list[tuple[str, float]] = await who.seen.page.evaluate("[...globalThis.firstSeen]")
    at = dict(shown)
    first = {text: told for told, text in reversed(platform.speech.told[begun:])}
    return sorted(at[text] - told for text, told in first.items() if text in at)


async def test_what_the_kit_wants_in_its_own_words_has_no_tick_and_is_asked_again(
    platform: Platform, browsers: Browsers
) -> None:
    questions = kit(FIRST, SECOND)
    cast(list[dict[str, object]], questions["questions"])[1]["covered_if_asked_by_human"] = False
    async with platform.talk(questions) as talk:
        await talk.is_asked(FIRST)
        room = await browsers.start(clips()["finished_01"])
        anna = await cockpit(platform, room, "Anna Berg")
        await anna.comes_in(talk.id)
        page = anna.seen.page
        await page.keyboard.press("f")
        await anna.floor_is("You have the floor.")
        await page.keyboard.press("f")
        dialog = page.get_by_role("dialog", name="Give the floor to the AI")
        await expect(dialog.get_by_text(AGAIN)).to_be_visible()
        await expect(dialog.get_by_text(SECOND)).to_be_visible()
        assert 1 == await dialog.get_by_role("checkbox").count()
        await anna.look("giving-again")
        await dialog.get_by_label(FIRST).check()
        await dialog.get_by_role("button", name="Give the floor to the AI").click()
        await talk.is_asked(SECOND)

        (_, given) = await talk.has("floor_changed", times=2)
        assert ["q1"] == given["covered"]
        assert [] == anna.wrong


async def test_what_is_found_out_while_the_floor_is_given_back_is_not_asked_again(
    platform: Platform, browsers: Browsers
) -> None:
    """She asks while the form is open, or a model has just judged: of that she has said nothing."""
    question = spoken(clips()["finished_02"], SECOND)
    async with platform.talk(kit(FIRST, SECOND, THIRD)) as talk:
        await talk.is_asked(FIRST)
        anna = await cockpit(platform, await browsers.start(question), "Anna Berg")
        await anna.comes_in(talk.id)
        page = anna.seen.page
        platform.speech.will_hear(question.entry.words)
        await page.keyboard.press("f")
        await anna.floor_is("You have the floor. The AI is silent")
        await page.keyboard.press("f")
        dialog = page.get_by_role("dialog", name="Give the floor to the AI")
        asked = dialog.get_by_label(SECOND)
        await expect(asked).not_to_be_checked()
        left = page.get_by_text("left", exact=True)
        await expect(left.locator("..")).to_have_text(re.compile("^(59|60) min left$"))
        await expect(asked).to_be_checked()
        await dialog.get_by_label(FIRST).check()
        await page.keyboard.press("f")
        await talk.is_asked(THIRD)

        (_, given) = await talk.has("floor_changed", times=2)
        assert ["q1", "q2"] == given["covered"]
        assert [] == await talk.facts("question_ticked")
        assert [("question", "q1"), ("question", "q3")] == await talk.lines("question")
        assert [] == anna.wrong


async def test_who_takes_the_floor_is_heard_though_the_service_never_answers(
    platform: Platform, browsers: Browsers
) -> None:
    held: list[Route] = []

    async def holds(route: Route) -> None:
        held.append(route)

    async with platform.talk(kit(FIRST, SECOND)) as talk:
        await talk.is_asked(FIRST)
        anna = await cockpit(platform, await browsers.start(clips()["finished_01"]), "Anna Berg")
        await anna.comes_in(talk.id)
        page = anna.seen.page
        here = page.get_by_role("list", name="Who is here")
        await page.route("**/v1/interviews/*/floor", holds)
        await page.keyboard.press("f")
        await expect(here).to_contain_text("You microphone on")
        assert 1 == len(held)
        await expect(page.get_by_text(UNCONFIRMED)).to_be_visible()
        await anna.floor_is("You have the floor. The AI is silent")
        await page.keyboard.press("m")
        await anna.floor_is(NOBODY_HEARS)
        await anna.look("unheard")
        await page.keyboard.press("m")
        await anna.floor_is("You have the floor. The AI is silent")
        await page.keyboard.press("f")
        await page.get_by_role("dialog").get_by_label(FIRST).check()
        await page.keyboard.press("f")
        await talk.is_asked(SECOND)

        assert 2 == len(held)
        changes = await talk.has("floor_changed", times=2)
        assert ["asked", "asked"] == [fact["reason"] for fact in changes]
        await expect(here).to_contain_text("You microphone off")
        await talk.verified()


async def test_a_goodbye_that_was_pressed_by_mistake_is_stopped_by_one_key(
    platform: Platform, browsers: Browsers
) -> None:
    async with platform.talk(kit(FIRST, SECOND) | {"closing": LONG_GOODBYE}) as talk:
        await talk.is_asked(FIRST)
        anna = await cockpit(platform, await browsers.start(clips()["finished_01"]), "Anna Berg")
        await anna.comes_in(talk.id)
        page = anna.seen.page
        await page.keyboard.press("f")
        await anna.floor_is("You have the floor. The AI is silent")
        await page.keyboard.press("f")
        await page.get_by_role("button", name="Have the AI say goodbye").click()
        await expect(page.get_by_role("button", name="Stop the goodbye")).to_be_visible()
        await talk.begins_to_hear("Thank you")
        await page.keyboard.press("f")
        await anna.floor_is("You have the floor. The AI is silent")
        await expect(page.get_by_text(STOPPED)).to_be_visible()
        await page.keyboard.press("f")
        await page.get_by_role("dialog").get_by_label(FIRST).check()
        await page.keyboard.press("f")
        await talk.is_asked(SECOND)

        begun, ended = await talk.facts("line_started"), await talk.facts("line_ended")
        (goodbye,) = [fact["turn_id"] for fact in begun if "closing" == fact["line"]]
        assert [True] == [fact["cut_off"] for fact in ended if goodbye == fact["turn_id"]]
        assert [] == anna.wrong
        await talk.verified()
