"""The agent kernel agrees with a plain search for each word and a plain reading of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from access.agents import Agents
from access.agents.agents import _words
from access.agents.automaton import Word, compiled
from access.agents.contradictions import CONTRADICTIONS, FAMILIES, TWICE
from access.agents.hints import Number
from access.batch import PAD
from access.claims import Flag
from access.event import FIELDS, Field
from access.kernels.agents import read
from access.kernels.hashing import hash_bytes, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

CRAWLERS = ("Googlebot", "Googlebot-Image", "bingbot", "bot", "süß")
LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = b"0123456789"
KNOWN = list(_words(CRAWLERS))


def stands(word: Word, text: bytes, first: int) -> bool:
    before, behind = text[:first][-1:], text[first + len(word.text) :][:1]
    if before and (word.front == 2 or (word.front == 1 and before in LETTERS + DIGITS)):
        return False
    return not (word.back == 1 and behind and behind in LETTERS)


def number_at(text: bytes) -> int:
    digits = text[: len(text) - len(text.lstrip(DIGITS))][:4]
    return min(int(digits or b"0"), 1023)


def twin_read(words: Sequence[Word], text: bytes) -> tuple[int, int, list[int]]:
    unique: dict[bytes, Word] = {}
    for word in words:
        unique[word.text] = word.joined(unique[word.text]) if word.text in unique else word
    means, named, numbers = 0, (0, 0), [-1] * len(Number)
    for end in range(1, len(text) + 1):
        here = [w for w in unique.values() if text[:end].lower().endswith(w.text)]
        word = max(here, key=lambda w: len(w.text), default=Word(b""))
        if not word.text or not stands(word, text, end - len(word.text)):
            continue
        means |= word.means
        if word.number and numbers[word.number] < 0:
            numbers[word.number] = number_at(text[end:])
        if word.crawler and len(word.text) > named[0]:
            named = len(word.text), word.crawler
    return means, named[1], numbers


def twin(text: bytes) -> int:
    if not text:
        return int(Flag.EMPTY) << 18
    means, crawler, numbers = twin_read(KNOWN, text)

    def fits(needed: int, refused: int) -> bool:
        return means & needed == needed and not means & refused

    named = (
        (family, numbers[kind] + plus if numbers[kind] >= 0 else 0)
        for needed, refused, kind, plus, family in FAMILIES
        if fits(needed, refused)
    )
    family, major = next(named, (0, 0))
    wrong = any(fits(a, b) and numbers[kind] >= least for a, b, kind, least in CONTRADICTIONS)
    for a, b, one, other, least, frozen, last in TWICE:
        x, y = numbers[one], numbers[other]
        differ = x != y and not (y == frozen and frozen < x <= last)
        wrong |= fits(a, b) and min(x, y) >= least and differ
    flags = means & 63 | (Flag.IMPOSSIBLE if wrong else 0)
    return int(family | major << 8 | flags << 18 | crawler << 24)


pieces = st.one_of(
    st.sampled_from([word.text for word in KNOWN]),
    st.sampled_from([word.text.upper() for word in KNOWN]),
    st.sampled_from([b"mozilla/5.0 (", b") ", b"; ", b" ", b"109", b"115", b"7.0", b"a", b"cubot"]),
    st.integers(0, 2000).map(lambda n: str(n).encode()),
    st.binary(max_size=3),
)
texts = st.lists(pieces, max_size=14).map(b"".join)


@given(st.lists(texts, max_size=6), st.integers(0, 2**64 - 1))
def test_every_agent_is_read_as_the_plain_twin_reads_it(rows: list[bytes], seed: int) -> None:
    rows = [*rows, *rows]  # they are remembered the second time
    buffer = np.frombuffer(b"\n".join(rows) + bytes(PAD), np.uint8)
    spans, start = np.zeros((len(rows), 2 * FIELDS), np.int32), 0
    for row, text in enumerate(rows):
        spans[row, 2 * Field.AGENT : 2 * Field.AGENT + 2] = start, start + len(text)
        start += len(text) + 1

    hashes, claims = READER.of(buffer, words_of(buffer), spans, seed)

    assert [hash_bytes(text, seed) if text else 0 for text in rows] == hashes.tolist()
    assert [twin(text) for text in rows] == claims.tolist()


READER = Agents(CRAWLERS)

few = st.text("ab", min_size=1, max_size=4).map(str.encode)
edge, bits = st.integers(0, 1), st.integers(0, 3)
dense = st.lists(
    st.builds(Word, few, bits.map(lambda n: n % 3), edge, bits, bits, bits), max_size=8
)


@given(dense, st.text("abAB1 ", max_size=30).map(str.encode))
def test_words_inside_words_are_all_found(words: list[Word], text: bytes) -> None:
    numbers, buffer = np.zeros(len(Number), np.int64), np.frombuffer(text + b" ", np.uint8)

    found = read(buffer, 0, len(text), compiled(words).tables, numbers)

    assert twin_read(words, text) == (*found, numbers.tolist())
