"""Granting: give a client the part of what is in force that it asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feeds.hosts import hosts, is_host
from feeds.items import behind
from feeds.wish import Wish

if TYPE_CHECKING:
    from enforcement.decision import Action
    from enforcement.rungs import Rung
    from enforcement.standing import Standing
    from feeds.items import Item

ALL = Wish()


def granted(standing: Standing, wish: Wish) -> Standing:
    """Narrow a standing to what is wished for; what does not fit is counted in `left_out`."""
    if wish == ALL:
        return standing
    action = wish.action or standing.action
    asked = [rung for rung in standing.rungs if wish.action in (None, rung.action)]
    meant = [rung for rung in asked if wish.version in (0, 6 if ":" in rung.cidr else 4)]
    shaped, left_out = fitted(meant, wish.shape)
    kept = most(shaped, wish.most, standing)
    return replace(
        standing,
        refused=tuple(rung.cidr for rung in kept if rung.action is action),
        milder=tuple(rung for rung in kept if rung.action is not action),
        until=standing.until if action is standing.action else first_end(standing, action),
        action=action,
        left_out=left_out + len(shaped) - len(kept),
    )


def fitted(rungs: list[Rung], shape: str) -> tuple[list[Rung], int]:
    """Bring rungs into a shape; say how many cannot be."""
    if shape == "hosts":
        return hosts(rungs)
    return [rung for rung in rungs if not (shape and is_host(rung.cidr))], 0


def most(rungs: list[Rung], slots: int, standing: Standing) -> list[Rung]:
    """Give the slots to those that save most pictures; the order stays."""
    if not slots or len(rungs) <= slots:
        return rungs
    found = behind(rungs, standing.entries)
    ranked = sorted(range(len(found)), key=lambda at: worth(found[at]), reverse=True)
    return [rungs[at] for at in sorted(ranked[:slots])]


def worth(item: Item) -> tuple[Action, bool, int]:
    """Rank: a block before a challenge, a person's word before a machine's, then pictures."""
    return item.action, item.ordered, item.pictures


def first_end(standing: Standing, action: Action) -> int | None:
    """Tell when the first entry with an action ends, at the earliest."""
    return min((e.until for e in standing.entries if e.action is action and e.until), default=None)
