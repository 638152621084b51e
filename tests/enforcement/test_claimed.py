"""A claim is spelt so that a person can order by it."""

from __future__ import annotations

import pytest

from access.claims import Family, Flag
from enforcement.claimed import spelt
from streams.wire.orders import Verb, Wish, ordered


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (Family.CHROME | 126 << 8, "chrome/126"),
        (Family.CHROME | 126 << 8 | Flag.HTTP_1 << 18, "chrome/126"),  # no word of the agent's
        (Family.SAFARI | 17 << 8 | Flag.CRAWLER << 18 | 3 << 24, "safari/17+crawler"),
        (Family.TOOL | Flag.TOOL << 18, "tool"),
        (Family.OTHER | Flag.EMPTY << 18, "empty"),
        (Family.OTHER, ""),
    ],
)
def test_a_claim_is_spelt_in_words(claim: int, words: str) -> None:
    assert spelt(int(claim)) == words
    if words:
        order = ordered(Wish(Verb.RELEASE, f"agent:{words}", "why"), "ann", 0)
        assert (order.scope, order.target) == (None, f"agent:{words}")
