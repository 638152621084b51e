"""The true client is found behind trusted proxies, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest

from access.addresses import address_text
from access.batch import PAD
from access.clients import Clients
from access.event import FIELDS, Field

PROXY = "192.0.2.1"


def who(clients: Clients, client: str, forwarded: str = "") -> str:
    spans = np.zeros((1, 2 * FIELDS), np.int32)
    spans[0, 2 * Field.CLIENT + 1] = len(client)
    spans[0, 2 * Field.FORWARDED : 2 * Field.FORWARDED + 2] = len(client), len(client + forwarded)
    buffer = np.frombuffer((client + forwarded).encode() + bytes(PAD), np.uint8)
    return address_text(int(clients.of(buffer, spans)[0]))


def test_without_trusted_proxies_what_a_visitor_says_of_itself_counts_for_nothing() -> None:
    assert who(Clients(), "203.0.113.7", "198.51.100.1") == "203.0.113.7"


def test_a_trusted_proxy_names_the_client() -> None:
    assert who(Clients([PROXY]), PROXY, "203.0.113.7") == "203.0.113.7"


def test_a_client_cannot_hide_behind_an_address_it_made_up() -> None:
    assert who(Clients([PROXY]), PROXY, "198.51.100.1, 203.0.113.7") == "203.0.113.7"


def test_a_chain_of_trusted_proxies_is_walked_to_its_end() -> None:
    clients = Clients([PROXY, "10.0.0.0/8"])

    assert who(clients, f"{PROXY}:4711", "203.0.113.7:1, 10.0.0.1, 10.0.0.2") == "203.0.113.7"


@pytest.mark.parametrize("forwarded", ["", "-", "unknown", "203.0.113.7, ", "203.0.113.7, x"])
def test_a_proxy_that_names_nobody_leaves_nobody(forwarded: str) -> None:
    assert who(Clients([PROXY]), PROXY, forwarded) == "-"


def test_a_private_address_that_is_not_declared_ends_the_walk_with_nobody() -> None:
    assert who(Clients([PROXY]), PROXY, "203.0.113.7, 10.0.0.1") == "-"


@pytest.mark.parametrize("client", ["127.0.0.1", "::1", "192.168.0.3", "fe80::1", "unix:", ""])
def test_own_networks_are_never_an_actor(client: str) -> None:
    assert who(Clients(), client) == "-"


def test_own_machines_are_never_an_actor_even_behind_a_proxy() -> None:
    clients = Clients([PROXY], ["198.51.100.0/24", "2001:db8:5::/48"])

    assert [
        who(clients, "198.51.100.8"),
        who(clients, PROXY, "198.51.100.8"),
        who(clients, "2001:db8:5:6::7"),
        who(clients, "203.0.113.7"),
    ] == ["-", "-", "-", "203.0.113.7"]


def test_a_range_that_is_none_is_shown() -> None:
    with pytest.raises(ValueError, match="'proxy'"):
        Clients(["proxy"])
