"""Conditions: what a client has already, and what it can unpack (RFC 9110, sections 12 and 13)."""

from __future__ import annotations

import gzip
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


SMALL = 1 << 10  # bytes that are not worth packing
QUICK = 1  # level of gzip for what is sent once


def packed(body: bytes, accepted: str) -> tuple[bytes, dict[str, str]]:
    """Pack a body for one client, by its Accept-Encoding; give the headers that say so."""
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if len(body) < SMALL or not unpacks(accepted):
        return body, headers
    return gzip.compress(body, QUICK, mtime=0), {**headers, "Content-Encoding": "gzip"}


def unpacks(accepted: str) -> bool:
    """Tell whether a client takes gzip, by its Accept-Encoding."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return weights.get("gzip", weights.get("*", False))


def has_it(headers: Mapping[str, str], tag: str, modified: str) -> bool:
    """Tell whether a client has this very page; a tag, where it gives any, decides alone."""
    tags = headers.get("if-none-match")
    if tags is not None:
        known = {each.strip().removeprefix("W/") for each in tags.split(",")}
        return bool(known & {"*", tag})
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
        return parsedate_to_datetime(modified) <= since
    except (TypeError, ValueError):
        return False
