"""Targets: one way to name an address, a network, a session or an account."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network

from access.addresses import as_network
from actors.frame import Scope

ADDRESSED = (Scope.ADDRESS, Scope.NETWORK)
NAMED = {
    f"{scope}:": scope for scope in (Scope.SESSION, Scope.ACCOUNT, Scope.COHORT)
}  # prefix → scope


def key_of(scope: Scope, target: str) -> str:
    """Name a target among those of all scopes: "203.0.113.7", "session:…", "account:…"."""
    return target if scope in ADDRESSED else f"{scope}:{target}"


def aimed(key: str) -> tuple[Scope, str]:
    """Read such a name, in any of the ways people write addresses, as decisions write targets.

    Of IPv6 an address is its /64. ValueError shows what is no address, CIDR, session or account.
    """
    for prefix, scope in NAMED.items():
        if key.startswith(prefix) and len(key) > len(prefix):
            return scope, key.removeprefix(prefix)
    network = as_network(key)
    if isinstance(network, IPv4Network) and network.prefixlen == 32:
        return Scope.ADDRESS, str(network.network_address)
    one = isinstance(network, IPv6Network) and network.prefixlen == 64
    return (Scope.ADDRESS if one else Scope.NETWORK), str(network)


def is_place(target: str) -> bool:
    """Tell whether a target is an address or CIDR; sessions and accounts are none."""
    try:
        as_network(target)
    except ValueError:
        return False
    return True
