"""Form: what two workers must have in common to take up each other's snapshots."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from streams.knobs import told

if TYPE_CHECKING:
    from access.site import Site
    from streams.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """What a broker says of the topics that a worker has to know."""

    inputs: int  # partitions of access-log
    shards: int  # partitions of requests


def form_of(site: Site, settings: Settings, place: Place) -> str:
    """Name what two workers must have in common to take up each other's snapshots.

    Thresholds and trust may change between them: memory is the same.
    """
    shape = {
        "site": site.key,
        "shards": place.shards,
        "tables": [told(table) for table in (settings.time, settings.lateness, settings.memory)],
        "detectors": [(d.name, [str(f) for f in d.reads]) for d in settings.detectors],
        "half_life": settings.policy.half_life,
        "version": 8,
    }
    return blake2b(msgspec.json.encode(shape, order="sorted"), digest_size=8).hexdigest()
