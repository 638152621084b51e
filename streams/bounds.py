"""Bounds: refuse settings with which nothing could work, by the name of the knob."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from access.addresses import as_network
from detectors.base import Family

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enforcement.policy import Policy


def check_positive(values: Any, place: str) -> None:  # noqa: ANN401 - any dataclass of numbers
    """Refuse a zero where nothing could work with it."""
    for knob in fields(values):
        if getattr(values, knob.name) < 1:
            msg = f"{place}.{knob.name}: expected a number from 1 up, saw 0"
            raise ValueError(msg)


def check_ladder(policy: Policy) -> None:
    """Refuse a ladder whose harder rung takes less."""
    if list(policy.thresholds) != sorted(policy.thresholds):
        seen = ", ".join(str(threshold) for threshold in policy.thresholds)
        msg = f"policy: observe to block must rise, saw {seen}"
        raise ValueError(msg)


def check_bounds(policy: Policy) -> None:
    """Refuse what would let nothing fade, nothing end, or nobody ever be blocked."""
    most = {"families_needed": len(Family), "people_share": 1.0, "faint": 1.0, "step": 1.0}
    for knob in fields(policy):
        value, bound = getattr(policy, knob.name), most.get(knob.name, math.inf)
        if knob.name != "quiet" and not 0 < value <= bound:  # which 0 switches off
            msg = f"policy.{knob.name}: expected more than 0, {bound:g} at most, saw {value:g}"
            raise ValueError(msg)


def check_networks(texts: Iterable[str], place: str) -> None:
    """Refuse what is no address and no CIDR."""
    for text in texts:
        try:
            as_network(text)
        except ValueError as error:
            msg = f"{place}: {error}"
            raise ValueError(msg) from None
