"""A table is read on a telephone as at a desk: each cell says which column it is of."""

from collections import Counter
from typing import Any

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.api.test_agreement import GRACE, LINUS, rated
from tests.web.desk.house import DeskHouse
from tests.web.desk.sitting import Sit

pytestmark = [pytest.mark.web, pytest.mark.timeout(200)]

NARROW: ViewportSize = {"width": 320, "height": 720}
SLACK_PX = 0.5

SEEN = """cells => cells.map(cell => {
    const probe = document.createElement("span");
    const {content, width, font, whiteSpace, overflowWrap} = getComputedStyle(cell, "::before");
    Object.assign(probe.style, {font, whiteSpace, overflowWrap, width, position: "absolute"});
    probe.textContent = cell.dataset.name;
    cell.append(probe);
    const {left} = cell.getBoundingClientRect();
    const name = {right: left + probe.scrollWidth, height: probe.offsetHeight};
    probe.remove();
    const range = document.createRange();
    range.selectNodeContents(cell);
    const value = [...range.getClientRects()].filter(each => each.width > 0);
    return {
        column: cell.dataset.name,
        named: content,
        name_right: name.right,
        value_left: Math.min(...value.map(each => each.left)),
        name_height: name.height,
        height: cell.offsetHeight,
    };
})"""
"""Where each cell's name and its value stand, in px. What CSS writes has no box of its own: a word
of the same form, as wide, is measured in its place."""


async def told(page: Page) -> tuple[list[str], list[str]]:
    """The columns and the cells of all tables, as the browser tells readers of the screen."""
    session = await page.context.new_cdp_session(page)
    tree: Any = await session.send("Accessibility.getFullAXTree")
    await session.detach()
    found = [(each["role"]["value"], each) for each in tree["nodes"] if not each["ignored"]]

    def of(role: str) -> list[str]:
        return [each["name"]["value"] for said, each in found if role == said]

    return of("columnheader"), of("cell")


async def test_each_cell_is_told_by_its_columns_name_on_a_telephone(
    desk: DeskHouse, sit: Sit
) -> None:
    """In sight, with figures of several parts beside names of several words; and aloud."""
    await desk.member("grace@example.com", "recruiter")
    kit = await rated(desk.house, 24, GRACE, LINUS)
    at = await sit("grace@example.com")
    await at.open(f"/agreement?job={kit['job_id']}", "Agreement")
    tables = at.page.get_by_role("table")
    await expect(tables).to_have_count(3)
    await at.look("1-agreement")
    await at.page.set_viewport_size(NARROW)

    seen = await tables.locator("td:not([data-kind=lead])").evaluate_all(SEEN)
    said = Counter(each["column"] for each in seen)
    assert {"Weighted kappa", "Distance from others", "To talk about"} <= {*said}
    assert [] == [each for each in seen if f'"{each["column"]}"' != each["named"]]
    over = [each for each in seen if each["value_left"] < each["name_right"] - SLACK_PX]
    assert [] == [(each["column"], each["name_right"], each["value_left"]) for each in over]
    assert [] == [each for each in seen if each["height"] < each["name_height"]]
    columns, cells = await told(at.page)
    assert {"Part", "Rater", *said} == {*columns}
    for column in said:
        assert said[column] == sum(cell.startswith(f"{column} ") for cell in cells), column
    assert [] == at.wrong
