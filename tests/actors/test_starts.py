"""A start is the first eight pictures of a newcomer whom no page led, however a log is cut."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.event import Kind
from access.ties import settled
from actors.capacity import Capacity
from actors.census import Census
from actors.features import MINUTE, Count, Statistic
from actors.kernels.starts import FIRST, KEPT
from actors.shards import Home
from actors.starts import Starts
from actors.steps import LEADING, asked_rows, steps_of
from streams.columns import packed, unpacked
from tests.actors.traffic import START, batch_of, crowd

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from access.batch import Batch

SMALL = Capacity(
    addresses=512, networks=64, sessions=64, accounts=64, slots=128, group_slots=64,
    sights=1 << 14, group_sights=1 << 12, pair_sights=1 << 14,
)  # fmt: skip
SLOTS = 1 << 15  # so many places that no two addresses of a test meet in one
HOME = (0xFFFF << 32) + 0xC6120001


class Fold:
    """A census, and the starts that it shows."""

    def __init__(self) -> None:
        self.census = Census((Count(Statistic.TAKEN, MINUTE),), SMALL, tick=1, seed=7)
        self.starts = Starts(SLOTS, 7)

    def note(self, batch: Batch) -> NDArray[np.void]:
        """Fold a batch, and give its starts."""
        return self.found(batch, Home.of_all(batch))

    def found(self, batch: Batch, home: Home) -> NDArray[np.void]:
        """Fold a batch of which some is remembered here, and give its starts."""
        self.census.fold(batch, batch.at // 1000, home)
        folded, resident = self.census.folded, self.census.resident
        return self.starts.note(folded, resident, asked_rows(folded, resident))


def pictures(count: int, **columns: ArrayLike) -> Batch:
    """Ask for one picture after the other, one a second."""
    at = START + np.arange(count) * 1000
    things: dict[str, ArrayLike] = {
        "kind": Kind.PICTURE,
        "picture": 1 + np.arange(count),
        "serial": np.arange(count),
    }
    return batch_of({"at": at, "address": HOME, **things, **columns})


def twin(batch: Batch) -> dict[int, list[int]]:
    """Find the starts of a batch visitor by visitor: serials by key."""
    fold = Fold()
    fold.note(batch)
    folded, found = fold.census.folded, {}
    rows = asked_rows(folded, fold.census.resident)
    steps = steps_of(folded, rows)
    for key in np.unique(batch.address[rows]).tolist():
        mine = steps[batch.address[rows] == key][:FIRST]
        quick = len(mine) == FIRST
        if quick and not mine["habit"][-1] & LEADING:
            found[key] = mine["serial"].tolist()
    return found


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 2**32 - 1), cuts=st.lists(st.integers(0, 400), max_size=5))
def test_starts_are_the_first_pictures_of_each_visitor_for_any_cut(
    seed: int, cuts: list[int]
) -> None:
    made = crowd(seed, 400, hours=0.5)
    paged = np.isin(made.address % np.uint64(3), 0) & (made.kind < Kind.PICTURE)
    made = made.take(np.flatnonzero(~paged))  # some visitors open no page at all
    made = made.take(settled(made, made.at))
    edges = sorted({0, len(made), *(cut for cut in cuts if cut < len(made))})
    edges = [e for e in edges if e in {0, len(made)} or made.at[e] // 1000 > made.at[e - 1] // 1000]
    fold = Fold()

    found = [fold.note(made.take(slice(a, b))) for a, b in pairwise(edges)]

    told = {s["key"]: s["steps"]["serial"].tolist() for part in found for s in part}
    assert told == twin(made)


def test_eight_pictures_are_a_start_and_seven_are_none() -> None:
    assert len(Fold().note(pictures(FIRST))) == 1
    assert len(Fold().note(pictures(FIRST - 1))) == 0


def test_what_a_page_led_to_is_no_start() -> None:
    page = pictures(FIRST + 1, kind=np.r_[Kind.PAGE, np.full(FIRST, Kind.PICTURE)])

    assert len(Fold().note(page)) == 0


@pytest.mark.parametrize("kind", [Kind.API, Kind.ASSET])
def test_an_app_or_a_browser_that_draws_is_no_start(kind: Kind) -> None:
    led = pictures(FIRST + 1, kind=np.r_[kind, np.full(FIRST, Kind.PICTURE)])

    assert len(Fold().note(led)) == 0


def test_one_s_own_pictures_are_no_start() -> None:
    assert len(Fold().note(pictures(FIRST, own=True))) == 0


def test_what_another_shard_remembers_is_no_start() -> None:
    fold, batch = Fold(), pictures(FIRST)
    nobody = Home(np.zeros(FIRST, np.uint64), batch.session, batch.account)

    assert len(fold.found(batch, nobody)) == 0


def test_starts_survive_a_restart() -> None:
    before, after = Fold(), Fold()
    whole = pictures(FIRST)
    before.note(whole.take(slice(0, 5)))
    after.census.restore(unpacked(packed(before.census.state())))
    after.starts.restore(unpacked(packed(before.starts.state())))

    assert len(after.note(whole.take(slice(5, FIRST)))) == 1


def test_a_start_that_comes_no_further_makes_room_after_an_hour() -> None:
    fold = Fold()
    fold.starts = Starts(FIRST, 7)  # eight places or one: everybody shares
    addresses = HOME + 256 * np.arange(64)
    for number, address in enumerate(addresses.tolist()):
        fold.note(pictures(2, address=address, at=START + np.arange(2) + number))
    crowded = fold.note(pictures(FIRST, address=HOME + 1, at=START + 2000 + np.arange(FIRST)))
    later = START + 1000 * (KEPT + 60) + np.arange(FIRST)
    roomy = fold.note(replace(pictures(FIRST, address=HOME + 2), at=later))

    assert (len(crowded), len(roomy)) == (0, 1)
