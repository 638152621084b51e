"""What a whole site shows is found by the minute, the same however it was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actors.meetings import Trait
from enforcement.campaigns import Fleets
from enforcement.finding import Finding
from tests.actors.given import BARE, NOON, people, queue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from enforcement.finding import Found

    Rows = NDArray[np.void]

MINUTES = 240


def site(seed: int = 1, *, workers: int = 200) -> Rows:
    """Have people read for four hours, while workers share a list out."""
    rng = np.random.default_rng(seed)
    return np.concatenate([people(rng, 300, MINUTES), queue(rng, workers, MINUTES)])


def told(rows: Rows, steps: Iterable[int], finding: Finding | None = None) -> list[Found]:
    """Tell pairs as they come, and close minutes in steps."""
    finding, found, last = finding or Finding(Fleets()), [], -1
    for step in steps:
        finding.add(rows[(rows["minute"] > NOON + last) & (rows["minute"] <= NOON + step)])
        found += finding.close(NOON + step)
        last = step
    return found


def test_a_work_queue_among_people_is_a_campaign_before_half_of_it_is_gone() -> None:
    found = told(site(), range(MINUTES))

    first = found[0]
    assert first.minute < NOON + MINUTES // 2
    assert {c.number for each in found for c in each.campaigns} == {first.campaigns[0].number}
    assert {(c.habits, c.since) for c in first.campaigns} == {(BARE, first.minute)}


@pytest.mark.parametrize("seed", range(4))
def test_people_who_look_at_bare_pictures_are_no_campaign(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = np.concatenate([people(rng, 300, MINUTES), people(rng, 200, MINUTES, BARE, first=300)])

    assert told(rows, range(MINUTES)) == []


def shaken(rows: Rows, handshake: int, rng: np.random.Generator) -> Rows:
    """Begin TLS alike, under any of thirty user agents of fifteen browsers."""
    rows["handshake"], rows["agent"] = handshake, rng.integers(1, 31, len(rows))
    rows["browser"] = rows["agent"] // 2 + 1
    return rows


def bare(seed: int, *, workers: int = 60, library: int = 99) -> Rows:
    """Have 300 people open bare links, two of three in Chrome (1), among a fleet of one library."""
    rng = np.random.default_rng(seed)
    readers, linked = people(rng, 300, MINUTES), people(rng, 300, MINUTES, BARE, each=3, first=300)
    linked = shaken(linked, 0, rng)
    linked["handshake"] = np.where(linked["network"] % 3, 1, 2)
    fleet = [shaken(queue(rng, workers, MINUTES), library, rng)] if workers else []
    return np.concatenate([readers, linked, *fleet])


@pytest.mark.parametrize("seed", range(3))
def test_a_fleet_that_changes_its_name_is_told_by_its_handshake(seed: int) -> None:
    found = told(bare(seed), range(MINUTES))

    seen = {(c.trait, c.value) for each in found for c in each.campaigns}
    assert seen == {(Trait.HANDSHAKE, 99)}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("library", "why"), [(0, "no log tells it"), (1, "it is Chrome's")])
def test_it_is_missed_where_its_handshake_says_nothing(seed: int, library: int, why: str) -> None:
    rows = bare(seed, library=library)
    rows["handshake"] *= library > 0

    assert told(rows, range(MINUTES)) == [], why


@pytest.mark.parametrize("seed", range(6))
def test_people_of_one_browser_begin_tls_alike_and_are_no_campaign(seed: int) -> None:
    assert told(bare(seed, workers=0), range(MINUTES)) == []


def test_without_people_to_compare_with_nothing_is_found() -> None:
    assert told(queue(np.random.default_rng(1), 400, MINUTES), range(MINUTES)) == []


@settings(max_examples=15, deadline=None)
@given(steps=st.lists(st.integers(0, MINUTES - 2), max_size=12, unique=True))
def test_how_minutes_are_closed_changes_nothing(steps: list[int]) -> None:
    rows = site()

    assert told(rows, range(MINUTES)) == told(rows, [*sorted(steps), MINUTES - 1])


def test_pairs_of_a_minute_that_is_not_over_wait_for_it() -> None:
    rows, finding = site(), Finding(Fleets())
    finding.add(np.random.default_rng(2).permutation(rows))

    found = [each for minute in range(MINUTES) for each in finding.close(NOON + minute)]

    assert told(rows, range(MINUTES)) == found


@pytest.mark.parametrize("minute", [3, 100, 200])
def test_what_was_found_survives_a_restart(minute: int) -> None:
    rows, before, after = site(), Finding(Fleets()), Finding(Fleets())
    early = rows[rows["minute"] <= NOON + minute + 1]
    before.add(early)
    found = [each for m in range(minute) for each in before.close(NOON + m)]

    after.restore(before.state())
    found += [each for m in (minute, minute + 1) for each in after.close(NOON + m)]
    late = rows[rows["minute"] > NOON + minute + 1]
    found += told(late, range(minute + 2, MINUTES), after)

    assert told(rows, range(MINUTES)) == found
