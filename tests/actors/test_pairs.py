"""Pairs are noted once a day each, with how their visitor came, whatever the cut of the stream."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.addresses import network_of
from access.claims import Flag
from access.event import Kind, Outcome, Referrer, Rendition
from access.ties import settled
from actors.capacity import Capacity
from actors.census import Census
from actors.features import DAY, MINUTE, Count, Statistic
from actors.pairs import Habits
from actors.shards import Home
from tests.actors.pairs_twin import new_pairs, ranks_and_habits
from tests.actors.traffic import START, batch_of, crowd

if TYPE_CHECKING:
    from access.batch import Batch
    from actors.pairs import Noted

SMALL = Capacity(
    addresses=512, networks=64, sessions=64, accounts=64, slots=128, group_slots=64,
    sights=1 << 14, group_sights=1 << 12, pair_sights=1 << 14,
)  # fmt: skip
SPREAD = np.uint64(0x9E3779B97F4A7C15)  # things are hashes, as in a real batch
HOME = (0xFFFF << 32) + 0xC6120001


def census() -> Census:
    return Census((Count(Statistic.TAKEN, MINUTE),), SMALL, tick=1, seed=7)


def strangers(seed: int, rows: int, hours: float = 3.0) -> Batch:
    """Draw a crowd over some networks, some of it crawlers, in the order in which it is folded."""
    made, rng = crowd(seed, rows, hours=hours), np.random.default_rng(seed)
    crawlers = np.uint32(Flag.CRAWLER << 18) * (rng.random(rows) < 0.05).astype(np.uint32)
    drawn = replace(
        made,
        address=made.address + (made.address % np.uint64(5) << np.uint64(8)),
        picture=made.picture * SPREAD,
        owner=made.owner * (SPREAD - np.uint64(2)),
        claim=made.claim | crawlers | (np.uint32(1 << 24) * (rng.random(rows) < 0.05)),
    )
    return drawn.take(settled(drawn, drawn.at))


def noted(held: Census, batch: Batch) -> Noted:
    held.fold(batch, batch.at // 1000, Home.of_all(batch))
    return held.noted


def told(noted: Noted, first: int = 0) -> list[tuple[int, bool, bool, bytes]]:
    """Put a table into words, whose rows begin with the *first* of a longer batch."""
    columns = noted.row + first, noted.again, noted.elsewhere, noted.pairs
    return [
        (int(row), bool(again), bool(elsewhere), pair.tobytes())
        for row, again, elsewhere, pair in zip(*columns, strict=True)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_habits_and_ranks_are_what_their_plain_twin_says(seed: int) -> None:
    batch, held = strangers(seed, 1500, hours=[0.1, 1, 30, 200][seed]), census()

    noted(held, batch)

    ranks, habits = zip(*ranks_and_habits(batch), strict=True)
    asked = [i for i, told in enumerate(habits) if told is not None]
    assert list(ranks) == held.folded.rank.tolist()
    assert [habits[i] for i in asked] == held.folded.habits[asked].tolist()
    assert len({habits[i] for i in asked}) > 5


@pytest.mark.parametrize("seed", range(4))
def test_new_pairs_are_what_their_plain_twin_says(seed: int) -> None:
    batch = strangers(seed, 1500, hours=[0.1, 1, 30, 200][seed])

    found = [words[:3] for words in told(noted(census(), batch))]

    assert new_pairs(batch) == found
    assert {words[1:] for words in found} == {(False, False), (True, False), (True, True)}


@settings(max_examples=25)
@given(seed=st.integers(0, 999), cuts=st.lists(st.integers(1, 699), max_size=6))
def test_any_cut_gives_the_same_pairs(seed: int, cuts: list[int]) -> None:
    batch, held = strangers(seed, 700, hours=30), census()
    tick = batch.at // 1000
    edges = sorted({0, 700, *(int(np.searchsorted(tick, tick[cut])) for cut in cuts)})

    pieces = [
        words
        for a, b in pairwise(edges)
        for words in told(noted(held, batch.take(slice(a, b))), first=a)
    ]

    assert told(noted(census(), batch)) == pieces


def test_a_pair_holds_who_what_and_how_as_pseudonyms() -> None:
    batch = strangers(9, 400)

    found = noted(census(), batch)

    row, pairs = found.row, found.pairs
    ends = batch.at[row] // 1000 + 1
    assert ((ends - 1) // MINUTE).tolist() == pairs["minute"].tolist()
    assert batch.picture[row].astype(np.uint32).tolist() == pairs["picture"].tolist()
    networks = network_of(batch.address[row]).tolist()
    named = set(zip(networks, pairs["network"].tolist(), strict=True))
    assert len(set(networks)) == len(named) == len({name for _, name in named}) > 3
    assert len(set(pairs["wide"].tolist())) == 1
    whole = batch.rendition[row] == Rendition.ORIGINAL
    assert whole.tolist() == (pairs["habit"] & Habits.WHOLE > 0).tolist()
    for referrer, habit in ((Referrer.NONE, Habits.UNREFERRED), (Referrer.ROOT, Habits.ROOTED)):
        sent = batch.referrer[row] == referrer
        assert sent.tolist() == (pairs["habit"] & habit > 0).tolist()


def one(**columns: object) -> Batch:
    """Have one home ask for pictures of one owner, one every ten seconds."""
    asked = {"at": START + 10_000 * np.arange(3), "address": HOME, "kind": Kind.PICTURE}
    things = {"picture": [11, 12, 13], "owner": 5, "outcome": Outcome.DELIVERED}
    return batch_of({**asked, **things, **columns})  # type: ignore[dict-item]


def test_a_pair_tells_the_system_of_its_address_where_that_is_known() -> None:
    known = Census((), SMALL, tick=1, seed=7, asn_of=lambda at: (at % np.uint64(97)).astype("u4"))

    assert noted(census(), one()).pairs["system"].tolist() == [0, 0, 0]
    assert noted(known, one()).pairs["system"].tolist() == [HOME % 97] * 3


def test_a_pair_tells_how_its_request_began_tls_where_a_log_does() -> None:
    """Of the keyed hash the lower half: what decisions carry as `ja4` ends in it."""
    shaken = one(handshake=np.array([0xABCD_1234_5678, 0, (1 << 63) + 5], np.uint64))

    assert noted(census(), one()).pairs["handshake"].tolist() == [0, 0, 0]
    assert noted(census(), shaken).pairs["handshake"].tolist() == [0x1234_5678, 0, 5]


def test_who_stays_with_one_owner_comes_again_but_goes_nowhere_else() -> None:
    found = noted(census(), one())

    assert found.again.tolist() == [False, True, True]
    assert found.elsewhere.tolist() == [False, False, False]


def test_a_picture_of_nobody_known_is_elsewhere_each_time() -> None:
    assert noted(census(), one(owner=0)).elsewhere.tolist() == [False, True, True]


def test_neighbours_in_one_network_are_given_a_picture_once() -> None:
    assert noted(census(), one(address=HOME + np.arange(3), picture=11)).row.tolist() == [0]


def test_a_pair_is_new_again_after_a_day() -> None:
    at = START + 1000 * np.array([0, DAY - 1, 2 * DAY - 1])

    assert noted(census(), one(at=at, picture=11)).row.tolist() == [0, 2]


@pytest.mark.parametrize(
    "innocent",
    [
        {"own": True},
        {"claim": Flag.CRAWLER << 18},
        {"claim": 1 << 24},
        {"outcome": Outcome.MISSING},
        {"picture": 0},
        {"address": 0},
    ],
    ids=str,
)
def test_who_is_known_or_is_given_nothing_is_in_no_pair(innocent: dict[str, object]) -> None:
    assert len(noted(census(), one(**innocent)).row) == 0


def test_whoever_takes_more_than_is_quiet_is_noted_no_further() -> None:
    rows = np.arange(100)
    many = one(at=START + 10_000 * rows, picture=1 + rows)

    assert len(noted(census(), many).row) == 64


def test_who_met_whom_survives_a_restart() -> None:
    batch, before, after = strangers(4, 800), census(), census()
    tick = batch.at // 1000
    middle = int(np.searchsorted(tick, tick[400]))

    first = told(noted(before, batch.take(slice(0, middle))))
    after.restore(before.state())
    rest = told(noted(after, batch.take(slice(middle, None))), first=middle)

    assert told(noted(census(), batch)) == first + rest


def test_without_sights_nobody_is_looked_at_whatever_was_remembered() -> None:
    full, none = census(), Census((), replace(SMALL, pair_sights=0), tick=1, seed=7)
    noted(full, one())

    none.restore(full.state())

    assert len(noted(none, one()).row) == 0


def fronted(batch: Batch) -> Noted:
    """Note pairs where every address is an edge's."""
    held = Census((), SMALL, tick=1, seed=7, fronted=lambda at: at != 0)
    return noted(held, batch)


def test_an_edge_is_many_people_and_never_too_busy_to_be_noted() -> None:
    rows = np.arange(100)

    assert len(fronted(one(at=START + 10_000 * rows, picture=1 + rows)).row) == 100


def test_behind_an_edge_each_user_agent_is_a_client() -> None:
    found = fronted(one(picture=11, agent=[1, 2, 2]))

    assert found.row.tolist() == [0, 1]
    assert len(set(found.pairs["network"].tolist())) == 2


def test_neighbouring_edges_are_one_client_of_a_user_agent() -> None:
    found = fronted(one(address=HOME + np.arange(3), agent=5))

    assert len(set(found.pairs["network"].tolist())) == 1


def test_of_who_came_through_an_edge_only_the_request_tells() -> None:
    at = START + 10_000 * np.arange(2)
    visit = one(at=at, kind=[Kind.PAGE, Kind.PICTURE], picture=[0, 12], referrer=Referrer.NONE)

    assert noted(census(), visit).pairs["habit"][0] & Habits.PAGED
    asked = Habits(int(fronted(visit).pairs["habit"][0]))
    assert asked & ~Habits.UNNAMED == Habits.EDGED | Habits.UNREFERRED
