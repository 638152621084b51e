"""Lists: read the ranges that a crawler publishes, and refuse what cannot be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from access.addresses import NEVER_ACTORS, as_network

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from access.addresses import Network

KEYS = ("ipv4Prefix", "ipv6Prefix")  # as nearly all publish their ranges
LONGEST = 20_000  # ranges in a list; chosen: the longest in use has 1,600
WIDEST = {4: 12, 6: 24}  # prefix length; chosen: the widest in use are a /14 and a /29
MOST = 1 << 22  # IPv4 addresses in a list; chosen: the most in use are 600,000
LEAST = 0.5  # share of the former list's addresses; chosen: no crawler moved so far at once
NEVER = tuple(map(as_network, NEVER_ACTORS))


def listed(text: str) -> list[str]:
    """Read the ranges in an answer: JSON with prefixes, or one a line, CSV with them first.

    ValueError shows what was seen.
    """
    if text.lstrip().startswith("{"):
        return list(_in_json(text))
    lines = (line.split("#")[0].split(",")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def checked(texts: Sequence[str], before: Sequence[str] = ()) -> tuple[str, ...]:
    """Give the ranges sorted, each once; ValueError says why a list cannot be meant.

    It must not be empty or endless, hold private or very wide networks, or be less than half of
    what it was *before*.
    """
    if not texts:
        msg = "no ranges in it"
        raise ValueError(msg)
    if len(texts) > LONGEST:
        msg = f"{len(texts):,} ranges, at most {LONGEST:,} are believed"
        raise ValueError(msg)
    networks = {as_network(text) for text in texts}
    for network in networks:
        _check(network)
    _check_sizes(_size(networks), _size(map(as_network, before)))
    return tuple(str(n) for n in sorted(networks, key=lambda n: (n.version, n)))


def _in_json(text: str) -> Iterator[str]:
    try:
        entries = msgspec.json.decode(text).get("prefixes")
    except msgspec.DecodeError as error:
        msg = f"not JSON: {error}"
        raise ValueError(msg) from None
    for entry in entries if isinstance(entries, list) else [entries]:
        found = _prefixes(entry)
        if not found:
            msg = f'expected {{"prefixes": [{{"ipv4Prefix": …}}]}}, saw {text[:60]!r}'
            raise ValueError(msg)
        yield from found


def _prefixes(entry: Any) -> list[str]:  # noqa: ANN401 - whatever the answer holds
    return [str(entry[key]) for key in KEYS if key in entry] if isinstance(entry, dict) else []


def _check(network: Network) -> None:
    if network.prefixlen < WIDEST[network.version]:
        msg = f"{network} is wider than any crawler's, at most /{WIDEST[network.version]}"
        raise ValueError(msg)
    for never in NEVER:
        if never.version == network.version and never.overlaps(network):
            msg = f"{network} lies in {never}, where nobody on the internet is"
            raise ValueError(msg)


def _size(networks: Iterable[Network]) -> dict[int, int]:
    """Count the addresses of each version; networks that overlap count twice."""
    sizes = {4: 0, 6: 0}
    for network in networks:
        sizes[network.version] += network.num_addresses
    return sizes


def _check_sizes(now: dict[int, int], before: dict[int, int]) -> None:
    if now[4] > MOST:
        msg = f"{now[4]:,} IPv4 addresses, at most {MOST:,} are believed"
        raise ValueError(msg)
    for version, was in before.items():
        if now[version] < LEAST * was:
            share = now[version] / was
            msg = f"only {share:.0%} of the IPv{version} addresses that it had before"
            raise ValueError(msg)
