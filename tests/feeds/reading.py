"""Reading: how the CIDRs that each feed refuses are read back, as its machines would."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any, TypeAlias

import msgspec

from feeds.misp import MISP

Read: TypeAlias = Callable[[bytes], list[str]]


def entries(text: bytes) -> list[str]:
    return [line for line in text.decode().splitlines() if line and not line.startswith("#")]


def masked(texts: list[str]) -> list[str]:
    return [str(ip_network(text)) for text in texts]


def words_before(end: str) -> Read:
    """Read the first word of each line that ends so."""
    return lambda text: [line.removesuffix(end) for line in entries(text) if line.endswith(end)]


def found(pattern: str) -> Read:
    """Read what a pattern finds, in order."""
    return lambda text: masked(re.findall(pattern, "\n".join(entries(text)), re.MULTILINE))


def decoded(text: bytes) -> Any:  # noqa: ANN401 - JSON
    return msgspec.json.decode(text)


def elements(text: bytes) -> list[str]:
    sets = re.findall(r"^add element inet \w+ \w+ \{ (.*) \}$", text.decode(), re.MULTILINE)
    return masked([word for listed in sets for word in listed.split(", ")])


def dropped(text: bytes) -> list[str]:
    told = [decoded(line) for line in text.splitlines()]
    assert told[-1]["type"] == "metadata"
    assert told[-1]["records"] == len(told) - 1
    return [line["cidr"] for line in told[:-1]]


def indicated(text: bytes) -> list[str]:
    patterns = [each["pattern"] for each in decoded(text)["objects"] if "pattern" in each]
    return [pattern.split("'")[1] for pattern in patterns]


# A new feed adds a line: how its entries are read back.
READ: dict[str, Read] = {
    "blocklist.txt": entries,
    "blocklist.json": lambda text: list(decoded(text)["refused"]),
    "blocklist.edl": lambda text: masked(entries(text)),
    "blocklist.ndjson": dropped,
    "blocklist.geo": words_before(" 1;"),
    "answers.geo": words_before(" block;"),
    "blocklist.acl": entries,
    "answers.map": words_before(" block"),
    "blocklist.nft": elements,
    "blocklist.ipset": found(r"^add hedgerow-block[46]-new (\S+)$"),
    "blocklist.rsc": found(r"address=(\S+) "),
    "blocklist.f5": lambda text: [
        line.replace(",", "/").removesuffix("/bl/hedgerow_block") for line in entries(text)
    ],
    "blocklist.juniper": entries,
    MISP.name: lambda text: masked([e["value"] for e in decoded(text)["Event"]["Attribute"]]),
    "blocklist.stix.json": indicated,
}
