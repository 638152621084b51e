"""Mapping: a plan as one table of networks and actions, for whoever takes the narrowest match."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.bouncing.plan import Plan


def pairs(plan: Plan) -> Iterator[tuple[str, str]]:
    """Give each CIDR with its action; none lies in another."""
    for word, held in plan.lists.items():
        for cidr, _ in held:
            yield cidr, word
