"""How large a question may be: refused before anything is looked up, however it is folded."""

import pytest

from api.graph.limits import MAX_ALIASES, MAX_COST, MAX_DEPTH, MAX_TOKENS
from tests.api.graph import ask, refused
from tests.api.house import House

pytestmark = pytest.mark.api
LARGE = [(None, "too_large")]
DOUBLED = "".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }} " for n in range(70))


async def test_a_question_may_be_fourteen_levels_deep(house: House) -> None:
    def deep(times: int) -> str:
        inner = "title"
        for _ in range(times):
            inner = f"kits(limit: 1) {{ items {{ job {{ {inner} }} }} }}"
        return f"{{ jobs(limit: 1) {{ items {{ {inner} }} }} }}"

    assert "errors" not in await ask(house, deep(3))
    assert LARGE == await refused(house, deep(4))
    assert 14 == MAX_DEPTH


async def test_depth_counts_through_fragments(house: House) -> None:
    parts = "".join(
        f"fragment J{n} on Job {{ kits(limit: 1) {{ items {{ job {{ ...J{n + 1} }} }} }} }} "
        for n in range(4)
    )
    query = f"{{ jobs(limit: 1) {{ items {{ ...J0 }} }} }} {parts} fragment J4 on Job {{ title }}"

    assert LARGE == await refused(house, query)


async def test_aliases_are_counted_wherever_a_fragment_is_spread(house: House) -> None:
    aliased = " ".join(f"a{n}: next" for n in range(10))
    spread = " ".join(f"b{n}: jobs(limit: 1) {{ ...Page }}" for n in range(3))
    fragment = f"fragment Page on JobPage {{ {aliased} }}"
    plain = " ".join(f"a{n}: jobs(limit: 1) {{ next }}" for n in range(MAX_ALIASES))

    assert LARGE == await refused(house, f"{{ {spread} }} {fragment}")
    assert "errors" not in await ask(house, f"{{ {plain} }}")
    assert LARGE == await refused(house, f"{{ more: jobs {{ next }} {plain} }}")


@pytest.mark.parametrize(
    "query",
    [
        "{ jobs(limit: 101) { items { kits(limit: 100) { items { id } } } } }",
        "query($n: Int!) { jobs(limit: $n) { items { kits(limit: 100) { items { id } } } } }",
        "query($m: Int = 101) { jobs(limit: $m) { items { kits(limit: 100) { items { id } } } } }",
        """{ jobs(limit: 101) { ...on JobPage { ...P } } }
           fragment P on JobPage { items { ...K } }
           fragment K on Job { kits(limit: 100) { items { id } } }""",
        "{ interviews(limit: 200) { items { turns(limit: 50) { items { id } } } } }",
        "{ kits(limit: 200) { items { interviews(limit: 50) { next items { id } } } } }",
    ],
)
async def test_the_sizes_of_pages_are_multiplied_before_anything_is_read(
    house: House, query: str
) -> None:
    assert LARGE == await refused(house, query, n=101)


async def test_what_fits_the_budget_is_answered(house: House) -> None:
    query = "{ jobs(limit: 99) { items { kits(limit: 99) { items { id } } } } }"

    assert 99 + 99 * 99 <= MAX_COST
    assert "errors" not in await ask(house, query)


async def test_a_question_of_too_many_words_is_not_even_parsed(house: House) -> None:
    names = "{ " + "next " * MAX_TOKENS + "}"

    assert [(None, "invalid")] == await refused(house, f"{{ jobs {names} }}")


@pytest.mark.parametrize(
    "query",
    [
        "{" + "a{" * 740,
        "{ jobs(after: " + "[" * 1400 + " }",
        "{ jobs { items { ...A } } } fragment A on Job { ...B } fragment B on Job { ...A }",
        "{ ...Nobody }",
        "{ jobs { ...On } } fragment On on Nothing { id }",
        "{ jobs { items } }",
        "{ jobs { next { next } } }",
        "{ jobs(limit: [1]) { next } }",
        "{ jobs(limit: 1.5) { next } }",
        "fragment A on Job { title }",
    ],
    ids=lambda query: query[:30],
)
async def test_documents_that_make_no_sense_are_refused_and_never_our_fault(
    house: House, query: str
) -> None:
    answer = await house.call("POST", "/graphql", json={"query": query})
    said = await answer.json(content_type=None)

    found = [said] if answer.status == 422 else [each["extensions"] for each in said["errors"]]
    assert {each["code"] for each in found} <= {"invalid", "too_large"}


async def test_fragments_that_double_one_another_are_weighed_once_each(house: House) -> None:
    query = f"{{ ...F0 }} {DOUBLED} fragment F70 on Query {{ a: jobs(limit: 1) {{ next }} }}"

    assert LARGE == await refused(house, query)


@pytest.mark.parametrize(
    "query",
    [
        "{ " + "jobs(limit: 1) { next } " * 81 + "}",
        "{ jobs { next } } " + "".join(f"fragment A{n} on Job {{ id }} " for n in range(80)),
        "{ jobs(limit: 1) { " + "next " * 32 + "} }",
    ],
)
async def test_saying_the_same_again_and_again_is_refused_before_it_is_compared(
    house: House, query: str
) -> None:
    assert LARGE == await refused(house, query)
