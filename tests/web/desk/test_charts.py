"""What a chart says can be read on a telephone as at a desk."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pytest
from playwright.async_api import Locator, Route, expect

from tests.api.test_agreement import GRACE, LINUS, rated
from tests.web.browser import WIDTHS
from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

LEAST_TEXT_PX, LEAST_MARK_PX = 11, 8
SLACK_PX = 1
NAMES = ("Maria Sánchez", "Wilhelmina Papadopoulou-Featherstonehaugh of Abergavenny", "Ji-woo")
SPOKEN_S = (({"candidate": 1308, "ai": 280, "people": 212}), ({"candidate": 660, "ai": 331}))
"""Of the first two candidates; the others as it was."""

DRAWN = """figure => {
    const boxOf = ({left, top, right, bottom}) => [left, top, right, bottom];
    const cutOff = (element, [left, top, right, bottom]) => {
        for (let at = element; at !== figure.parentElement; at = at.parentElement) {
            const {overflowX, overflowY} = getComputedStyle(at);
            if (overflowX === "visible" && overflowY === "visible") continue;
            const by = at.getBoundingClientRect();
            if (left < by.left - 1 || right > by.right + 1) return true;
            if (top < by.top - 1 || bottom > by.bottom + 1) return true;
        }
        return false;
    };
    const words = [];
    const walker = document.createTreeWalker(figure, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const [within, range] = [node.parentElement, document.createRange()];
        range.selectNodeContents(node);
        const {width} = range.getBoundingClientRect();
        if (node.data.trim() === "" || width === 0) continue;
        const scale = within.getScreenCTM === undefined ? 1 : within.getScreenCTM().a;
        const box = boxOf(range.getBoundingClientRect());
        const px = scale * parseFloat(getComputedStyle(within).fontSize);
        words.push({said: node.data.trim(), px, box, cut_off: cutOff(within, box)});
    }
    const marks = [...figure.querySelectorAll("rect, circle")].map(each => {
        const box = boxOf(each.getBoundingClientRect());
        return {said: each.tagName, px: box[3] - box[1], box, cut_off: cutOff(each, box)};
    });
    return {words, marks};
}"""
"""The words and marks of a figure with their height, by which they are read, and place on the
page, in px as they are rendered."""


@dataclass(frozen=True, slots=True)
class Drawn:
    said: str
    px: float
    box: tuple[float, float, float, float]
    cut_off: bool

    def covers(self, other: "Drawn") -> bool:
        left, top, right, bottom = self.box
        of_other = other.box
        across = min(right, of_other[2]) - max(left, of_other[0])
        down = min(bottom, of_other[3]) - max(top, of_other[1])
        return across > SLACK_PX and down > SLACK_PX


async def drawn(figure: Locator) -> tuple[list[Drawn], list[Drawn]]:
    found = await figure.evaluate(DRAWN)
    return [Drawn(**each) for each in found["words"]], [Drawn(**each) for each in found["marks"]]


async def legible(figure: Locator, width: int) -> list[str]:
    """Reads a chart at `width`; returns what all its words say."""
    page = figure.page
    await page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    words, marks = await drawn(figure)
    assert words
    assert marks
    assert [] == [each for each in words if each.px < LEAST_TEXT_PX]
    assert [] == [each for each in marks if each.px < LEAST_MARK_PX]
    everything = [*words, *marks]
    assert [] == [each for each in everything if each.cut_off]
    assert [] == [each for each in everything if each.box[0] < 0 or each.box[2] > width]
    apart = [*combinations(words, 2), *((word, mark) for word in words for mark in marks)]
    assert [] == [(one, other) for one, other in apart if one.covers(other)]
    return [each.said for each in words]


async def spoke_longer(route: Route) -> None:
    """What is told of a talk of half an hour, in place of one of seconds."""
    answer = await route.fetch()
    page: Any = await answer.json()
    for entry, spoken in zip(page["items"], SPOKEN_S, strict=False):
        ledger = entry["ledger"]
        ledger["candidate_spoke_s"], ledger["ai_spoke_s"] = spoken["candidate"], spoken["ai"]
        ledger["people"]["spoke_s"] = spoken.get("people", 0)
    await route.fulfill(response=answer, json=page)


async def test_the_chart_of_who_spoke_how_long_is_legible_at_every_width(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    await desk.published()
    for name in NAMES:
        await desk.told(name, heard=0)
    at = await sit("grace@example.com")
    await at.page.route("**/v1/kits/*/parity?*", spoke_longer)
    await at.open(f"/parity?kit={desk.kit['id']}", "Parity")
    figure = at.page.get_by_role("figure")
    for name in NAMES:
        chart = figure.get_by_role("img", name=f"{name}: candidate")
        await expect(chart).to_be_visible()
    await at.look("1-spoken")

    for width in WIDTHS:
        said = await legible(figure, width)
        assert set(NAMES) <= set(said)
        assert {"0", "5", "10", "15", "20", "25", "30"} <= set(said)
    assert [] == at.wrong


async def test_the_charts_of_agreement_are_legible_at_every_width(
    desk: DeskHouse, sit: Sit
) -> None:
    await desk.member("grace@example.com", "recruiter")
    kit = await rated(desk.house, 24, GRACE, LINUS)
    at = await sit("grace@example.com")
    await at.open(f"/agreement?job={kit['job_id']}", "Agreement")
    figures = at.page.get_by_role("figure")
    await expect(figures).to_have_count(2)
    await at.look("1-agreement")

    for width in WIDTHS:
        for figure in await figures.all():
            said = await legible(figure, width)
            assert {"All together", "0", "0.2", "0.4", "0.6", "0.8", "1"} <= set(said)
    assert [] == at.wrong
