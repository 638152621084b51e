"""Write small files in MaxMind's format, as its specification says, to read them back."""

from __future__ import annotations

from ipaddress import IPv4Network, ip_network
from typing import TYPE_CHECKING, TypeAlias

from access.site.systems import METADATA

if TYPE_CHECKING:
    from collections.abc import Mapping

    Value: TypeAlias = str | int | bool | Mapping[str, "Value"]

TEXT, UINT32, MAP, BOOLEAN = 2, 6, 7, 14
FORMAT: dict[str, Value] = {
    "binary_format_major_version": 2,
    "binary_format_minor_version": 0,
    "build_epoch": 1_795_521_600,
    "database_type": "Made-up",
    "description": {},
    "languages": {},
}
EMPTY = -1  # where a tree leads to nothing


def mmdb(records: Mapping[str, Value], *, bits: int = 28, version: int = 6) -> bytes:
    """Write a file that says one thing of each network."""
    tree: list[list[int]] = [[EMPTY, EMPTY]]
    data, ends = b"", {}
    for network, value in records.items():
        place = len(data)
        data += written(value)
        node, path = 0, path_of(network, version)
        for bit in path[:-1]:
            if tree[node][int(bit)] == EMPTY:
                tree.append([EMPTY, EMPTY])
                tree[node][int(bit)] = len(tree) - 1
            node = tree[node][int(bit)]
        ends[node, int(path[-1])] = place
    nodes = len(tree)
    full = [[nodes if child == EMPTY else child for child in pair] for pair in tree]
    for (node, side), place in ends.items():
        full[node][side] = nodes + 16 + place
    told: dict[str, Value] = {
        **FORMAT,
        "node_count": nodes,
        "record_size": bits,
        "ip_version": version,
    }
    walked = b"".join(packed(left, right, bits) for left, right in full)
    return walked + bytes(16) + data + METADATA + written(told)


def path_of(network: str, version: int) -> str:
    """Spell a network as the turns that lead to it."""
    read = ip_network(network)
    width = 32 if isinstance(read, IPv4Network) else 128
    turns = f"{int(read.network_address):0{width}b}"[: read.prefixlen]
    return "0" * 96 + turns if width == 32 and version == 6 else turns


def packed(left: int, right: int, bits: int) -> bytes:
    """Write one node."""
    if bits == 28:
        middle = (left >> 24) << 4 | right >> 24
        ends = [(side & 0xFFFFFF).to_bytes(3, "big") for side in (left, right)]
        return ends[0] + bytes([middle]) + ends[1]
    return left.to_bytes(bits // 8, "big") + right.to_bytes(bits // 8, "big")


def written(value: Value) -> bytes:
    """Write one value of the data section."""
    if isinstance(value, bool):
        return bytes([int(value), BOOLEAN - 7])
    if isinstance(value, int):
        return bytes([UINT32 << 5 | 4]) + value.to_bytes(4, "big")
    if isinstance(value, str):
        assert len(value) < 29
        return bytes([TEXT << 5 | len(value)]) + value.encode()
    pairs = b"".join(written(key) + written(held) for key, held in value.items())
    return bytes([MAP << 5 | len(value)]) + pairs
