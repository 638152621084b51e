"""Two people block an autonomous system: one order, one deed, and one release that lets all go."""

from __future__ import annotations

import json

import pytest

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.standing import Standing
from streams.deciding import Deciding
from streams.records import ENCODER
from streams.topics import TOPICS
from streams.wire.orders import Verb, Wish, approval, ordered, read_order, takes_two
from streams.wire.sense import NETWORKS
from tests.streams.deciders import NOON, decided, shown, wished, words

MS = NOON * 1000
AS = "AS64500"
PARTS = ("198.51.100.0/23", "203.0.113.7/32", "2001:db8::/32")
KEYS = {"198.51.100.0/23", "203.0.113.7", "2001:db8::/32"}


def asking(networks: tuple[str, ...] = PARTS, *, at: int = MS, lasts: int = 600) -> bytes:
    wish = Wish(Verb.BLOCK, AS, "a hoster", lasts, Action.BLOCK, networks=networks)
    return ENCODER.encode(ordered(wish, "ann", at))


def agreed(order: bytes, at: int = MS + 1_000) -> bytes:
    return ENCODER.encode(approval(read_order(order), "bob", "yes", at))


def blocking(networks: tuple[str, ...] = PARTS) -> Deciding:
    deciding, order = Deciding(), asking(networks)
    deciding.order(order, MS)
    deciding.order(agreed(order), MS + 1_000)
    return deciding


def test_however_small_it_waits_for_a_second_person_and_then_holds_all_of_it() -> None:
    deciding, order = Deciding(), asking(("203.0.113.7",))

    assert takes_two(read_order(order))
    assert deciding.order(order, MS) == []
    assert words(deciding.order(agreed(order), MS + 1_000)) == {"203.0.113.7": "block"}


def test_all_of_it_names_one_order_and_ends_together() -> None:
    deciding, order = blocking(), read_order(asking())
    entries = deciding.told.entries
    ended = deciding.clock(NOON, NOON + 601)

    assert {entry.key for entry in entries} == KEYS
    assert {entry.reference for entry in entries} == {order.id}
    assert dict(ended) == dict.fromkeys(KEYS)


@pytest.mark.parametrize("by", [AS, "order"])
def test_a_release_of_the_system_or_of_its_order_lets_all_of_it_go_and_nobody_else(by: str) -> None:
    deciding, ground = blocking(), AS if by == AS else f"order:{read_order(asking()).id}"
    deciding.order(wished(Verb.BLOCK, "192.0.2.1", lasts=600), MS)
    deciding.decide(decided(), MS)  # a machine's, of one of the addresses
    changes = words(deciding.order(wished(Verb.RELEASE, ground), MS + 2_000))

    assert changes == {"198.51.100.0/23": None, "2001:db8::/32": None, "203.0.113.7": "block"}
    assert {entry.key for entry in deciding.told.entries} == {"192.0.2.1", "203.0.113.7"}


def test_a_release_of_another_system_or_order_changes_nothing() -> None:
    deciding = blocking()

    for ground in ("AS64501", "order:0123456789abcdef", "rules:person"):
        assert deciding.order(wished(Verb.RELEASE, ground), MS + 2_000) == []


def test_pardons_and_spared_addresses_stay_holes_in_it() -> None:
    deciding, order = Deciding(("203.0.113.7", "198.51.100.128/25")), asking()
    known = shown(deciding.settle())
    for record in (wished(Verb.PARDON, "198.51.101.9"), order, agreed(order)):
        known = shown(deciding.order(record, MS + 1_000), known)
    refused = Standing.of(known.values()).refused

    assert "203.0.113.7" not in {e.key for e in known.values() if e.action is not None}
    assert not {"198.51.100.128/25", "198.51.101.9/32"} & set(refused)
    assert "198.51.100.0/25" in refused


def test_each_of_what_is_done_to_it_is_one_deed_that_says_how_many_networks() -> None:
    deciding, order = blocking(), read_order(asking())
    deciding.order(wished(Verb.HALT, "everything"), MS + 2_000)
    deciding.order(wished(Verb.RESUME, "everything"), MS + 3_000)
    deciding.order(wished(Verb.RELEASE, AS), MS + 4_000)
    told = [(d.by, d.what, d.before, d.after) for d in deciding.deeds if d.target == AS]

    assert told == [
        ("ann", "block", "", ""),
        ("bob", "block", "", "block"),
        ("ann", "release", "block", ""),
        ("ann", "block", "", "block"),
        ("ann", "release", "block", ""),
    ]
    assert [d.target for d in deciding.deeds if d.target != AS] == ["everything"] * 2
    assert deciding.deeds[1].why.endswith(f"yes; it approves {order.id}; networks: 3")


def test_its_end_by_the_clock_is_one_deed_after_a_restart_too() -> None:
    deciding, again = blocking(), Deciding()
    again.restore(deciding.state())
    order = asking()
    repeated = [again.order(record, MS + 5_000) for record in (order, agreed(order))]
    again.deeds.clear()
    again.clock(NOON, NOON + 601)

    assert repeated == [[], []]
    assert [(d.by, d.what, d.target) for d in again.deeds] == [("clock", "end", AS)]


@pytest.mark.parametrize(
    ("networks", "why"),
    [
        ((), "expected its networks"),
        (("10.0.0.0/24",), "private"),
        (("8.0.0.0/8",), "wider than /16"),
        (("203.0.113.0/23",), "host bits"),
        (("session:s",), "expected a network"),
        (("203.0.113.7",) * (NETWORKS + 1), "saw 10,001"),
    ],
)
def test_networks_that_nobody_can_have_ordered_are_not_taken(
    networks: tuple[str, ...], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        asking(networks)
    forged = json.loads(asking()) | {"networks": networks}
    with pytest.raises(ValueError, match=why):
        read_order(json.dumps(forged).encode())


def test_only_a_block_of_a_system_carries_networks_and_an_approval_need_not() -> None:
    release = json.loads(wished(Verb.RELEASE, AS)) | {"networks": PARTS}
    forged = json.loads(wished(Verb.BLOCK, lasts=60)) | {"networks": PARTS}

    assert b'"networks"' not in agreed(asking())
    assert read_order(asking()).scope is None
    for each in (release, forged):
        with pytest.raises(ValueError, match="expected no networks"):
            read_order(json.dumps(each).encode())


@pytest.mark.parametrize(
    ("verb", "text"),
    [
        (Verb.PARDON, AS),
        (Verb.BLOCK, "as64500"),
        (Verb.RELEASE, "ASN64500"),
        (Verb.RELEASE, "AS 64500"),
        (Verb.RELEASE, "AS064500"),
        (Verb.RELEASE, "AS0"),
        (Verb.RELEASE, "AS4294967296"),
        (Verb.RELEASE, "AS\u0661"),
    ],
)
def test_other_spellings_and_pardons_of_a_system_are_refused(verb: Verb, text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        ordered(Wish(verb, text, "because", networks=PARTS), "ann", MS)


def test_the_largest_order_fits_into_a_record_of_its_topic() -> None:
    longest = "2001:db8:ffff:ffff::/64"
    largest = len(asking((longest,) * NETWORKS))

    assert largest < next(topic.largest for topic in TOPICS if topic.name == "orders")
    assert ordered(Wish(Verb.RELEASE, AS, "x"), "ann", MS).scope is not Scope.NETWORK
