"""Reckoning: go through what was decided and ordered once more; pure, records come in."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from streams.deciding import Deciding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enforcement.railing import Railing
    from enforcement.rails import Rails

    Stamped = tuple[bytes, int]  # a record, and its timestamp in milliseconds


def standing_rails(
    decisions: Iterable[Stamped], orders: Iterable[Stamped], rails: Rails
) -> Railing:
    """Say how the rails stand after all of it, in the order in which it was written."""
    deciding = Deciding((), rails)
    deciding.quiet = True
    taken = [(at, 0, record, deciding.decide) for record, at in decisions]
    given = [(at, 1, record, deciding.order) for record, at in orders]
    for at, _, record, take in sorted([*taken, *given], key=lambda each: each[:2]):
        with suppress(ValueError):
            take(record, at)
    return deciding.railing
