"""About: what is told of an address or a range, by itself and by ranges around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enforcement.cover import holds, span
from streams.crowdsec.remedy import PLACED, placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from access.addresses import Network
    from streams.crowdsec.remedy import Remedy


def about(place: Network, told: Mapping[str, Remedy], widest: int = 0) -> Iterator[Remedy]:
    """Find what holds for all of a place; ranges shorter than *widest* are not looked for."""
    for prefix in range(place.prefixlen, widest - 1, -1):
        _, name = placed(str(place.supernet(new_prefix=prefix)))
        if remedy := told.get(name):
            yield remedy


def inside(place: Network, told: Mapping[str, Remedy]) -> Iterator[Remedy]:
    """Find what holds for a part of a place, or for all of it."""
    for remedy in told.values():
        if remedy.scope in PLACED and holds([span(str(place))], span(remedy.value)):
            yield remedy
