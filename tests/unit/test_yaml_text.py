"""YAML as it is taken: what JSON can say, nothing that grows, nothing that is a type of its own."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.yaml_text import MAX_BYTES, MAX_DEPTH, NotYaml, Value, as_json, as_yaml, parse

pytestmark = pytest.mark.unit

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False, width=32)
    | st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abc01", min_size=1, max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_read_as_the_same(value: Value) -> None:
    assert value == parse(as_yaml(value))


@pytest.mark.parametrize(
    "text", ["1", "1.5", ".5", "1e3", "012", "-7", "~", "null", "true", "", "no"]
)
def test_a_text_that_looks_like_something_else_stays_a_text(text: str) -> None:
    assert {"a": text} == parse(as_yaml({"a": text}))


def test_words_are_words_and_levels_are_names() -> None:
    said = b"language: no\non: yes\nday: 2026-03-02\ntime: 12:30:00\n1: one\nweight: 1.5\nnone:\n"

    assert {
        "language": "no",
        "on": "yes",
        "day": "2026-03-02",
        "time": "12:30:00",
        "1": "one",
        "weight": 1.5,
        "none": None,
    } == parse(said)


def test_exact_numbers_are_written_as_they_are() -> None:
    assert b"weight: 1.50\n" == as_yaml({"weight": Decimal("1.50")})


LAUGHS = b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (LAUGHS, "line 1: anchors and aliases"),
        (b"a: 1\nb: *a", "line 2: anchors and aliases"),
        (b"a: &x 1", "anchors and aliases"),
        (b"a: !!python/object/apply:os.system [id]", "tags are not taken"),
        (b"a: !!binary aGk=", "tags are not taken"),
        (b"a: !!str 1", "tags are not taken"),
        (b"!!set {a}", "tags are not taken"),
        (b"a: 1\nb: 2\na: 3", "line 3: every name may appear once"),
        (b"1: x\n'1': y", "every name may appear once"),
        (b"? [a]\n: b", "expected a name"),
        (b"a: 1\n---\nb: 2", "one document"),
        (b"", "one document"),
        (b"a: [1", "line 2"),
        (b"a: b: c", "mapping values"),
        (b"\ta: 1", "cannot start"),
        (b"a: \xff", "UTF-8"),
        (b"a: \x07", "printable"),
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "less deep"),
        (b"[" * 100_000, "less deep"),
        (b"- " * 100_000, "less deep"),
        (b"[" + b"1," * 30_000 + b"]", "less"),
        (b"a" * (MAX_BYTES + 1), "at most"),
    ],
)
def test_what_is_not_taken_is_refused_with_its_line(raw: bytes, what: str) -> None:
    with pytest.raises(NotYaml, match=what) as refused:
        parse(raw)

    assert "body" == refused.value.field


def test_a_merge_key_is_a_name_like_any_other() -> None:
    assert {"<<": {"a": 1}} == parse(b"<<: {a: 1}")


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_read_or_refused(raw: bytes) -> None:
    with suppress(NotYaml):
        assert as_json(raw)
