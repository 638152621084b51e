"""MISP: the refused as a feed of one event, for MISP instances: manifest, event and hashes."""

from __future__ import annotations

from hashlib import md5
from typing import TYPE_CHECKING, Any

import msgspec

from enforcement.moments import moment
from feeds.feed import JSON, Feed
from feeds.identifier import identifier
from feeds.items import Item, items
from feeds.lines import lines, short

if TYPE_CHECKING:
    from enforcement.standing import Standing

EVENT = identifier("misp", "event")
MAKER = {"name": "Hedgerow", "uuid": identifier("misp", "organisation")}
TAGS = [{"name": "tlp:amber", "colour": "#FFC000"}]  # addresses of people, perhaps: not for all


def manifest(standing: Standing) -> bytes:
    """Say which events there are."""
    return encoded({EVENT: said(standing)})


def event(standing: Standing) -> bytes:
    """Write the event, an attribute for each CIDR."""
    attributes = [attribute(item) for item in items(standing)]
    head = {**said(standing), "uuid": EVENT, "published": True}
    return encoded({"Event": {**head, "Attribute": attributes}})


def hashes(standing: Standing) -> bytes:
    """Write MD5 of each value with its event, by which MISP finds what two feeds share."""
    digests = (
        md5(short(cidr).encode(), usedforsecurity=False).hexdigest() for cidr in standing.refused
    )
    return lines(f"{digest},{EVENT}" for digest in digests) or b"\n"


def said(standing: Standing) -> dict[str, Any]:
    """Tell of the event what the manifest tells as well; its time is that of the newest entry."""
    newest = max((e.since for e in standing.entries if e.action is standing.action), default=0)
    return {
        "info": f"Hedgerow: {standing.action.name.lower()} (set {standing.name})",
        "date": moment(newest)[:10],
        "timestamp": str(newest),
        "threat_level_id": "3",  # low: a harvester breaks into nothing
        "analysis": "2",  # completed
        "Orgc": MAKER,
        "Tag": TAGS,
    }


def attribute(item: Item) -> dict[str, Any]:
    """Say of a CIDR that whoever comes from it is refused."""
    return {
        "uuid": identifier("misp", item.cidr, item.action.name),
        "type": "ip-src",
        "category": "Network activity",
        "to_ids": True,
        "value": short(item.cidr),
        "timestamp": str(item.since),
        "comment": f"pictures: {item.pictures}; {item.reference}",
    }


def encoded(told: object) -> bytes:
    """Write JSON."""
    return msgspec.json.encode(told) + b"\n"


MANIFEST = Feed("misp/manifest.json", JSON, manifest, "A MISP feed: which events there are.", ())
MISP = Feed(f"misp/{EVENT}.json", JSON, event, "A MISP feed: its event, with each CIDR.", ())
HASHES = Feed(
    "misp/hashes.csv",
    "text/csv; charset=utf-8",
    hashes,
    "A MISP feed: MD5 of each value.",
    (),
)
