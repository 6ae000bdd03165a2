"""The page for people shows what the document says: who may call, examples, codes, age."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from api import contract
from api.aging import Aging
from api.docs_page import page
from api.openapi import document
from api.problems import TITLES
from api.rights import RIGHTS
from interview.accounts import Role
from tests.api.house import House

pytestmark = pytest.mark.api


def rows(of: str, heading: str) -> dict[str, list[str]]:
    """The cells of the table below a heading, by the first cell of each row."""
    table = of.partition(f'id="{heading}"')[2].partition("</table>")[0]
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("</tr>")]
    plain = [[re.sub(r"<[^>]+>", "", cell) for cell in cells] for cells in found if cells]
    return {cells[0]: cells[1:] for cells in plain}


def test_every_role_and_operation_stands_in_one_table() -> None:
    table = rows(page(document()), "roles")

    heads = table.pop("call")
    assert ["scope", *Role] == heads
    assert {
        name: [right.scope, *("✓" if role in right.roles else "" for role in Role)]
        for name, right in RIGHTS.items()
        if name in {operation.name for operation in contract.PUBLIC}
    } == table


def test_every_code_stands_with_its_status_and_meaning() -> None:
    table = rows(page(document()), "problems")

    assert set(TITLES) == set(table)
    assert ["422", "The request does not have the expected form."] == table["invalid"]


def test_bodies_have_an_example() -> None:
    assert "&quot;title&quot;: &quot;Backend engineer&quot;" in page(document())


def test_what_is_deprecated_is_marked_and_names_its_successor() -> None:
    ages = Aging(since=date(2026, 10, 1), sunset=date(2027, 10, 1), instead="list_interviews")
    aged = [replace(o, ages=ages) if o.name == "list_jobs" else o for o in contract.PUBLIC]

    whole = page(document(aged))

    assert 'Deprecated: use <a href="#list_interviews">' in whole
    assert "Deprecated" not in page(document())


class Outside(HTMLParser):
    """What a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found = list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "link", "img", "iframe", "object", "embed", "base", "form"}:
            self.found.append(tag)
        self.found += [name for name, _ in attrs if name.startswith("on") or name == "src"]


async def test_the_page_fetches_nothing_and_runs_nothing(house: House) -> None:
    answer = await house.call("GET", "/docs", key="")
    outside = Outside()
    outside.feed(await answer.text())

    assert [] == outside.found
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
