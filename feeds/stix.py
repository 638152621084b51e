"""STIX: the refused as indicators of STIX 2.1, for threat intelligence platforms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from enforcement.moments import moment
from feeds.feed import Feed
from feeds.identifier import identifier
from feeds.items import Item, items

if TYPE_CHECKING:
    from enforcement.standing import Standing

MEDIA = "application/stix+json;version=2.1"
BORN = "2026-01-01T00:00:00.000Z"  # of the identity: a time that never changes
MAKER = f"identity--{identifier('identity')}"
IDENTITY = {
    "type": "identity",
    "spec_version": "2.1",
    "id": MAKER,
    "created": BORN,
    "modified": BORN,
    "name": "Hedgerow",
    "identity_class": "system",
}


def stix(standing: Standing) -> bytes:
    """Write a bundle of an indicator for each CIDR, and of who says so."""
    found = objects(standing)
    name = f"bundle--{identifier('bundle', *(each['id'] for each in found))}"
    return msgspec.json.encode({"type": "bundle", "id": name, "objects": found}) + b"\n"


def objects(standing: Standing) -> list[dict[str, Any]]:
    """List what a bundle or a TAXII collection holds."""
    return [IDENTITY, *map(indicator, items(standing))]


def indicator(item: Item) -> dict[str, Any]:
    """Say of a CIDR that whoever comes from it is refused.

    Its id follows from the times as well, so that no object of STIX ever changes.
    """
    begun = written(item.since)
    kind = "ipv6-addr" if ":" in item.cidr else "ipv4-addr"
    word = item.action.name.lower()
    return {
        "type": "indicator",
        "spec_version": "2.1",
        "id": f"indicator--{identifier(item.cidr, word, item.since, item.until)}",
        "created_by_ref": MAKER,
        "created": begun,
        "modified": begun,
        "name": f"{word} {item.cidr}",
        "description": f"Mass image harvesting; pictures taken: {item.pictures}",
        "indicator_types": ["anomalous-activity"],
        "labels": ["scraper", word],
        "pattern": f"[{kind}:value = '{item.cidr}']",
        "pattern_type": "stix",
        "pattern_version": "2.1",
        "valid_from": begun,
        **({} if item.until is None else {"valid_until": written(item.until)}),
    }


def written(seconds: int) -> str:
    """Write a time as STIX does, to the millisecond."""
    return f"{moment(seconds).removesuffix('Z')}.000Z"


STIX = Feed(
    "blocklist.stix.json",
    MEDIA,
    stix,
    "A STIX 2.1 bundle: an indicator for each CIDR.",
)
