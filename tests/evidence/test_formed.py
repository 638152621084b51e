"""A cohort says by what it was formed, in words, and nothing where by its habits alone."""

from __future__ import annotations

import pytest

from access.claims import Family
from actors.meetings import Trait
from evidence.formed import formed


@pytest.mark.parametrize(
    ("trait", "value", "said"),
    [
        (Trait.HABIT, 0, ""),
        (Trait.BROWSER, int(Family.CHROME) | 109 << 8, "browser: chrome/109."),
        (Trait.BROWSER, 0, "browser: no browser that is known."),
        (Trait.AGENT, 0xBEEF, "hash ends in 0000beef."),
        (Trait.WIDE, 9, "one /16, or /32 of IPv6."),
        (Trait.SYSTEM, 64500, "autonomous system: AS64500."),
        (Trait.HANDSHAKE, 0xBEEF, "handshake: one way to begin TLS, whose hash ends in 0000beef."),
    ],
)
def test_each_trait_has_its_words(trait: Trait, value: int, said: str) -> None:
    words = formed({"cohort_trait": float(trait), "cohort_value": float(value)})

    assert words.endswith(said)
    assert bool(words) == bool(said)


def test_of_a_decision_that_does_not_say_nothing_is_said() -> None:
    assert formed({"cohort_networks": 60.0}) == ""
