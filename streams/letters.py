"""Letters: which researchers took three times what was agreed, so that somebody writes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.frame import Scope
from enforcement.clemency import LANE
from enforcement.cover import holds, joined, span
from enforcement.decision import Action
from enforcement.targets import ADDRESSED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from access.site import Site
    from access.site.file import Researcher
    from enforcement.decision import Decision


def letters(site: Site, decisions: Iterable[Decision]) -> list[str]:
    """Say, once each, who is slowed down and is registered; by name, without any address."""
    slowed = [d for d in decisions if d.action is Action.THROTTLE]
    return [
        f"researcher {each.name} took more than {LANE} times the {each.pictures_a_day:,} pictures "
        "a day that were agreed, and is slowed down: write to them"
        for each in site.researchers
        if any(is_of(each, decision) for decision in slowed)
    ]


def is_of(researcher: Researcher, decision: Decision) -> bool:
    """Tell whether a decision is about a researcher, while that is agreed."""
    if decision.at * 1000 >= researcher.ends:
        return False
    if decision.scope is Scope.ACCOUNT:
        return bool(researcher.account) and decision.target == researcher.account
    places = joined(map(span, researcher.addresses))
    return decision.scope in ADDRESSED and holds(places, span(decision.target))
