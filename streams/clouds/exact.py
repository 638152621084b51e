"""Exact: how a cloud spells a CIDR, and what it says, without the addresses in it."""

from __future__ import annotations

import re
from ipaddress import ip_network

# What has two dots or colons, as addresses have; of times of day and versions nothing is missed.
PLACES = re.compile(r"[0-9A-Fa-f]*(?:[.:][0-9A-Fa-f]*){2,}(?:/\d+)?")
LONGEST = 160  # characters of what a cloud says that are repeated


def exact(text: str) -> str:
    """Give a CIDR in the one spelling that plans have; what is none, as it is."""
    try:
        return str(ip_network(text, strict=False))
    except ValueError:
        return text


def bare(cidr: str) -> str:
    """Write a single IPv4 address without its mask."""
    return cidr.removesuffix("/32") if ":" not in cidr else cidr


def starred(text: str) -> str:
    """Shorten what a cloud says, with all that looks like an address starred out."""
    return PLACES.sub("*", " ".join(text.split()))[:LONGEST]
