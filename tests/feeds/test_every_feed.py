"""What holds for every feed: whatever its format, a firewall is told exactly whom to refuse."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actors.frame import Scope
from enforcement.blocklist import BlockList
from enforcement.decision import Action, Decision
from feeds.granting import granted
from feeds.roster import FEEDS, LISTED
from feeds.wish import Wish
from tests.feeds.reading import READ

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enforcement.standing import Standing
    from feeds.feed import Feed
    from tests.feeds.reading import Read

Network: TypeAlias = IPv4Network | IPv6Network

BLOCK = Decision(
    id="",
    at=0,
    action=Action.BLOCK,
    scope=Scope.ADDRESS,
    key=1,
    target="",
    until=100,
    score=12.0,
    families=("shape", "volume"),
    signals=(),
    pictures=400,
    owners=3,
    rules="r",
    settings="s",
)
OTHERS = (
    replace(BLOCK, id="challenge", target="192.0.2.1", action=Action.CHALLENGE),
    replace(BLOCK, id="session", target="session-9", scope=Scope.SESSION),
    replace(BLOCK, id="account", target="account-9", scope=Scope.ACCOUNT),
)
UNIT = {4: 0, 6: 64}  # bits within what one visitor may have
FEW = settings(max_examples=25)  # a feed: what is in force is drawn alike for all of them
MOMENTS = st.integers(0, 120)
MOST = 640  # bytes an entry: STIX says the most words


every = pytest.mark.parametrize(
    ("feed", "read"), [(feed, READ[feed.name]) for feed in LISTED], ids=READ
)


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    """Draw a block of one of few neighbours, so that many overlap, touch, and come again."""
    target, scope = draw(
        st.one_of(
            st.integers(0, 9).map(lambda n: (f"203.0.113.{n}", Scope.ADDRESS)),
            st.integers(0, 9).map(lambda n: (f"2001:db8:0:{n}::/64", Scope.ADDRESS)),
            st.sampled_from(["203.0.113.0/24", "203.0.112.0/24", "2001:db8::/60"]).map(
                lambda text: (text, Scope.NETWORK)
            ),
        )
    )
    at = draw(st.integers(0, 90))
    until = at + draw(st.integers(1, 60))
    return replace(
        BLOCK, id=f"{target} {at} {until}", at=at, scope=scope, target=target, until=until
    )


def held(blocked: Iterable[Decision]) -> BlockList:
    blocks = BlockList()
    for decision in blocked:
        blocks.apply(decision)
    return blocks


def told_by(feed: Feed, blocks: BlockList, at: int) -> bytes:
    return feed.render(blocks.standing(at))


def networks(texts: Iterable[str]) -> list[Network]:
    return [ip_network(text) for text in texts]


def order(network: Network) -> tuple[int, int]:
    return network.version, int(network.network_address)


def refused(told: Iterable[Network], target: str) -> bool:
    wanted = ip_network(target)
    return any(n.version == wanted.version and wanted.subnet_of(n) for n in told)  # type: ignore[arg-type]  # same version


def units(network: Network) -> int:
    """Count what one visitor may have: an address, or of IPv6 a /64."""
    return network.num_addresses >> UNIT[network.version]


def units_of(target: str) -> set[tuple[int, int]]:
    network = ip_network(target)
    first = int(network.network_address) >> UNIT[network.version]
    return {(network.version, first + n) for n in range(units(network))}


@every
@FEW
@given(blocked=st.lists(decisions(), max_size=12), at=MOMENTS)
def test_it_refuses_whom_a_block_in_force_names_and_nobody_else(
    feed: Feed, read: Read, blocked: list[Decision], at: int
) -> None:
    told = networks(read(told_by(feed, held([*blocked, *OTHERS]), at)))
    meant = [d for d in blocked if d.at <= at < d.until]

    assert all(refused(told, decision.target) for decision in meant)
    assert sum(map(units, told)) == len({unit for d in meant for unit in units_of(d.target)})


@every
@FEW
@given(blocked=st.lists(decisions(), max_size=12), at=MOMENTS)
def test_its_entries_are_sorted_and_disjoint(
    feed: Feed, read: Read, blocked: list[Decision], at: int
) -> None:
    told = networks(read(told_by(feed, held(blocked), at)))

    assert told == sorted(told, key=order)
    assert not any(a.overlaps(b) for a, b in pairwise(told) if a.version == b.version)


@every
@FEW
@given(blocked=st.lists(decisions(), max_size=12), at=MOMENTS)
def test_order_and_repetition_change_no_byte(
    feed: Feed, read: Read, blocked: list[Decision], at: int
) -> None:
    once, again = held(blocked), held([*reversed(blocked), *blocked])

    assert told_by(feed, once, at) == told_by(feed, again, at)
    assert read(told_by(feed, once, at)) == list(once.cover(at))


@every
def test_an_entry_ends_by_itself(feed: Feed, read: Read) -> None:
    blocks = held([replace(BLOCK, id="a", target="203.0.113.7", until=20)])

    assert [read(told_by(feed, blocks, at)) for at in (19, 20)] == [["203.0.113.7/32"], []]


@every
def test_a_pardon_takes_out_its_target_and_leaves_the_rest(feed: Feed, read: Read) -> None:
    network = replace(BLOCK, id="n", target="203.0.113.0/24", scope=Scope.NETWORK)
    blocks = held([network, replace(BLOCK, id="a", target="198.51.100.9")])
    blocks.release("198.51.100.9", "appeal")
    blocks.release("203.0.113.128/25", "office")

    assert read(told_by(feed, blocks, 0)) == ["203.0.113.0/25"]


@every
def test_who_is_spared_was_never_there(feed: Feed, read: Read) -> None:
    blocks = BlockList(["203.0.113.0/30"])
    blocks.apply(replace(BLOCK, id="n", target="203.0.113.0/29", scope=Scope.NETWORK))

    assert read(told_by(feed, blocks, 0)) == ["203.0.113.4/30"]


@every
def test_an_empty_list_is_still_a_list(feed: Feed, read: Read) -> None:
    text = told_by(feed, BlockList(), 0)

    assert read(text) == []
    assert text.endswith(b"\n")


@every
def test_only_public_addresses_are_told(feed: Feed, read: Read) -> None:
    wide = replace(BLOCK, id="w", target="172.0.0.0/8", scope=Scope.NETWORK)
    private = replace(BLOCK, id="p", target="10.1.2.3")
    told = networks(read(told_by(feed, held([wide, private]), 0)))

    assert sum(n.num_addresses for n in told) == 2**24 - 2**20
    assert not any(network.overlaps(ip_network("172.16.0.0/12")) for network in told)


@pytest.mark.parametrize("feed", FEEDS, ids=lambda feed: feed.name)
def test_it_is_never_an_empty_body(feed: Feed) -> None:
    assert told_by(feed, BlockList(), 0).endswith(b"\n")


@pytest.mark.parametrize(
    "feed", [feed for feed in LISTED if "most" in feed.takes], ids=lambda feed: feed.name
)
@FEW
@given(blocked=st.lists(decisions(), max_size=12), slots=st.integers(1, 4))
def test_it_keeps_within_a_budget_and_invents_nobody(
    feed: Feed, blocked: list[Decision], slots: int
) -> None:
    read, standing = READ[feed.name], held(blocked).standing(45)
    told = read(feed.render(granted(standing, Wish(most=slots))))

    assert len(told) == min(slots, len(standing.refused))
    assert set(told) <= set(standing.refused)


@cache
def many() -> tuple[list[str], Standing]:
    """Block every second address, so that no two join; built once for all feeds."""
    targets = [f"203.{n >> 15}.{n >> 7 & 255}.{n << 1 & 254}" for n in range(100_000)]
    return targets, held(replace(BLOCK, id=each, target=each) for each in targets).standing(0)


@every
def test_a_hundred_thousand_entries_are_told_in_full_and_little_space(
    feed: Feed, read: Read
) -> None:
    targets, standing = many()
    text = feed.render(standing)

    assert read(text) == [f"{target}/32" for target in targets]
    assert len(text) < len(targets) * MOST
