"""A text is found in a line however the line spells it."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.stars import covered, spans

PLAIN = st.characters(exclude_categories=["Cs"], exclude_characters="x")
TEXTS = st.text(PLAIN, min_size=1, max_size=12)


def cover(line: str, text: str) -> bytes:
    return covered(line.encode(), spans(line.encode(), text.encode()))


@given(TEXTS, st.sampled_from(["", "%"]), st.lists(st.sampled_from(["narrow", "wide"]), max_size=3))
def test_a_text_is_covered_however_often_it_was_escaped(
    text: str, coded: str, escaped: list[str]
) -> None:
    line = quote(text, safe="") if coded else text
    for width in escaped:
        line = json.dumps(line, ensure_ascii=width == "narrow")[1:-1]

    assert b"x" + b"*" * len(line.encode()) + b"x" == cover(f"x{line}x", text)


def test_half_a_pair_of_surrogates_is_covered_as_what_it_was_read_as() -> None:
    assert b'"********"' == cover(r'"a\ud83db"', "a\ufffdb")


@pytest.mark.parametrize("line", [r"\uZZZZ anna", r"anna \u00", "anna \\", "%zz anna %"])
def test_what_is_no_escape_stands_for_itself(line: str) -> None:
    assert line.replace("anna", "****").encode() == cover(line, "anna")


def test_an_escape_that_a_text_ends_inside_of_is_covered_whole() -> None:
    line = rb'"\u00e9"'

    assert b'"******"' == covered(line, spans(line, b"\xc3"))


def test_apart_spares_the_middle_of_words() -> None:
    assert {(0, 4), (11, 15)} == spans(b"anna hanna anna", b"anna", apart=True)
