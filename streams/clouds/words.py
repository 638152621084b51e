"""Words: which lists of a cloud an operator has named, by what is done about those on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.bouncing.plan import REFUSED
from streams.bouncing.slots import Room

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streams.clouds.knobs import Clouds

KEPT = (REFUSED, "challenge")  # a cloud's rules know no others that a list could serve


def words(clouds: Clouds, cloud: str) -> dict[str, str]:
    """Give the name or id of each list that is set, by word."""
    named = {word: getattr(clouds, f"{cloud}_{word}") for word in KEPT}
    return {word: name for word, name in named.items() if name}


def room_of(slots: int, found: Mapping[str, str], *, apart: bool = False) -> Room:
    """Say what these lists can hold."""
    return Room(slots, apart, tuple(found))
