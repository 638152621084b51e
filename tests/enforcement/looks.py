"""Made-up cohorts, as they are measured, for whoever judges them."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np

from actors.cohorts import Look
from actors.meetings import Sizes, Trait
from enforcement.campaigns import Campaign
from tests.actors.given import BARE, NOON

if TYPE_CHECKING:
    from collections.abc import Mapping

FLEET = {
    "trait": int(Trait.HABIT), "habits": BARE, "value": 0,
    "pairs": 200, "networks": 60, "spans": 3, "met": 0.0, "expected": 30.0, "browser": 0,
}  # fmt: skip
CAMPAIGN = Campaign(
    number=0xC0FFEE, trait=Trait.HABIT, habits=BARE, value=0,
    since=NOON, until=NOON + 360, people=0.1, networks=60, pairs=200, met=0.0, expected=30.0,
)  # fmt: skip


def sizes(*cohorts: Mapping[str, float]) -> Sizes:
    """Make a table of cohorts; what is not given is a fleet's."""
    full = [{**FLEET, **cohort} for cohort in cohorts]
    return Sizes(
        *(np.array([one[f.name] for one in full]).astype(_dtype(f.name)) for f in fields(Sizes))
    )


def look(minute: int, *cohorts: Mapping[str, float]) -> Look:
    """Look at cohorts, so many minutes after noon."""
    return Look(NOON + minute, sizes(*cohorts))


def campaign(**known: int | float | Trait) -> Campaign:
    """Make a campaign of whoever takes bare originals."""
    return replace(CAMPAIGN, **known)  # type: ignore[arg-type]


def _dtype(name: str) -> type:
    return np.float64 if name in {"met", "expected"} else np.int64
