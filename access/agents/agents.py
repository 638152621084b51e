"""Agents: read what user agents claim to be, from their text alone, as fast as it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.agents.automaton import Word, compiled
from access.agents.contradictions import CONTRADICTIONS, FAMILIES, TWICE
from access.agents.hints import Hint, Number
from access.agents.lexicon import WORDS
from access.claims import Flag
from access.event import Field
from access.kernels.agents import claims_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

SLOTS = 1 << 16  # agents remembered, 12 bytes each; forgetting one costs reading it again
CRAWLERS = 255  # what fits into a byte of the claim, with 0 for none


class Agents:
    """Reads the user agents of requests, and remembers those it has read; not shared by threads."""

    __slots__ = ("_memory", "_rules", "_tables")

    def __init__(self, crawlers: Sequence[str] = ()) -> None:
        """Take the tokens of known crawlers, such as `Googlebot`; case does not matter.

        More than 255 of them, or an empty one, is a ValueError.
        """
        self._tables = compiled(_words(crawlers)).tables
        families, contradictions, twice = map(_columns, (FAMILIES, CONTRADICTIONS, TWICE))
        self._rules = (families, contradictions, twice, int(Flag.IMPOSSIBLE))
        self._memory = (
            np.zeros(SLOTS, np.uint64),
            np.zeros(SLOTS, np.uint32),
            np.zeros(len(Number), np.int64),
        )

    def of(
        self,
        buffer: NDArray[np.uint8],
        words: NDArray[np.uint64],
        spans: NDArray[np.int32],
        seed: int,
    ) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
        """Give each row's hash (0 when it has no agent) and claim (`access.claims`).

        `words` is `words_of(buffer)`, `spans` is (rows, 2 * FIELDS) as in a Batch.
        """
        agent = spans[:, 2 * Field.AGENT : 2 * Field.AGENT + 2]
        hashes, claims = np.empty(len(spans), np.uint64), np.empty(len(spans), np.uint32)
        known = (self._tables, self._rules, self._memory)
        claims_of(buffer, words, agent, np.uint64(seed), *known, hashes, claims)
        return hashes, claims


def _words(crawlers: Sequence[str]) -> Iterator[Word]:
    """List the words of the lexicon and of the site."""
    if len(crawlers) > CRAWLERS:
        msg = f"{len(crawlers)} known crawlers: at most {CRAWLERS} can be told apart"
        raise ValueError(msg)
    for means, number, spellings in WORDS:
        yield from (Word.of(spelling, means, number) for spelling in spellings.split())
    for place, token in enumerate(crawlers, 1):
        if not token.strip():
            msg = f"known crawler {place} has no name"
            raise ValueError(msg)
        yield Word(token.encode().lower(), means=Hint.CRAWLER, crawler=place)


def _columns(rules: Sequence[tuple[int, ...]]) -> NDArray[np.int64]:
    return np.array(rules, np.int64)


def describe(agent: bytes) -> str:
    """Name a user agent for people, `Chrome 120 on Windows 10`; takes about 1 ms."""
    from user_agents import parse  # noqa: PLC0415 - loading it takes longer than reading a log

    if not agent:
        return "no user agent"
    seen = parse(agent.decode(errors="replace"))
    browser = f"{seen.browser.family} {'.'.join(map(str, seen.browser.version[:1]))}".strip()
    system = f"{seen.os.family} {seen.os.version_string}".strip()
    return browser if seen.os.family == "Other" else f"{browser} on {system}"
