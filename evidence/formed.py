"""Formed: by what the visitors of a cohort were taken together, besides how they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.meetings import Trait
from enforcement.claimed import spelt

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_BROWSER = "no browser that is known"


def formed(seen: Mapping[str, float]) -> str:
    """Say by which trait a fleet's cohort was formed; "" where by nothing but its habits.

    Of a handshake stand the last 8 digits of what decisions about its members carry as `ja4`.
    """
    value = int(seen.get("cohort_value", 0))
    match Trait(int(seen.get("cohort_trait", Trait.HABIT))):
        case Trait.HABIT:
            return ""
        case Trait.BROWSER:
            return f"Formed by browser: {spelt(value) or NO_BROWSER}."
        case Trait.AGENT:
            return f"Formed by user agent: one, whose hash ends in {value:08x}."
        case Trait.WIDE:
            return "Formed by wider network: one /16, or /32 of IPv6."
        case Trait.SYSTEM:
            return f"Formed by autonomous system: AS{value}."
        case Trait.HANDSHAKE:
            return f"Formed by handshake: one way to begin TLS, whose hash ends in {value:08x}."
