"""Checking: how `/check` of `hedgerow serve` is told who visits; it judges nothing."""

from __future__ import annotations

from dataclasses import dataclass

from streams.bounds import check_networks

# What proxies say: those that set it themselves, and never pass on what the visitor sent alone.
ADDRESSES = ("x-forwarded-for", "x-real-ip", "x-envoy-external-address")


@dataclass(frozen=True, slots=True)
class Checking:
    """Which headers of a proxy that asks are believed, and no others."""

    address: str = "x-forwarded-for"  # header that holds the visitor; its last that is no proxy
    proxies: tuple[str, ...] = ()  # addresses and CIDRs of proxies between visitors and who asks
    session: str = ""  # header that holds the session as the log does; empty: none is looked at
    account: str = ""  # … the account


def check_checking(checking: Checking, place: str) -> None:
    """Refuse headers that no proxy sets, and proxies that are no addresses."""
    if checking.address not in ADDRESSES:
        known = ", ".join(ADDRESSES)
        msg = f"{place}.address: expected one of {known}, saw {checking.address!r}"
        raise ValueError(msg)
    check_networks(checking.proxies, f"{place}.proxies")
