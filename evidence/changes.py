"""Changes: who would be acted upon otherwise, where the same traffic was judged twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enforcement.decision import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NOBODY = -1  # the rung of somebody about whom nothing was decided


@dataclass(frozen=True, slots=True)
class Fate:
    """What came to one target under one of the settings."""

    action: Action
    saved: int  # deliveries that a block in force would have refused
    people: int  # who looked at pages while a block or challenge held them


@dataclass(frozen=True, slots=True)
class Change:
    """One target that fares otherwise."""

    scope: str
    target: str
    before: Fate | None
    after: Fate | None

    @property
    def milder(self) -> bool:
        """Tell whether less is done, or nothing any more."""
        return rung(self.after) < rung(self.before)

    @property
    def saved(self) -> int:
        """Count the deliveries that would be refused in addition; below 0, no longer."""
        return sum(f.saved for f in (self.after,) if f) - sum(f.saved for f in (self.before,) if f)

    @property
    def people(self) -> int:
        """Count the people whom the harder of the two meets."""
        harder = self.before if self.milder else self.after
        return harder.people if harder else 0


def rung(fate: Fate | None) -> int:
    """Place it on the ladder."""
    return NOBODY if fate is None else int(fate.action)


def changes(
    before: Mapping[tuple[str, str], Fate], after: Mapping[tuple[str, str], Fate]
) -> list[Change]:
    """List who fares otherwise: who is met harder first, the strongest actions first."""
    told = [Change(*place, before.get(place), after.get(place)) for place in {**before, **after}]
    changed = [each for each in told if rung(each.before) != rung(each.after)]
    return sorted(changed, key=_order)


def _order(change: Change) -> tuple[object, ...]:
    strongest = max(rung(change.before), rung(change.after))
    return change.milder, -strongest, -abs(change.saved), change.scope, change.target


def counted(told: Iterable[Change]) -> dict[tuple[str, str, bool], tuple[int, int, int]]:
    """Sum up by scope, action and whether it is no longer taken: targets, pictures, people.

    The action is that of the harder side: one that is blocked instead of slowed down is a block
    in addition.
    """
    sums: dict[tuple[str, str, bool], tuple[int, int, int]] = {}
    for change in told:
        action = Action(max(rung(change.before), rung(change.after))).name.lower()
        place = change.scope, action, change.milder
        targets, saved, people = sums.get(place, (0, 0, 0))
        sums[place] = targets + 1, saved + change.saved, people + change.people
    return sums
