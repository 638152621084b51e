"""Roster: the detectors that judge, in the order in which they are shown; a new one adds a line."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from detectors.blind import Blind
from detectors.breadth import Breadth
from detectors.cadence import Cadence
from detectors.cold import Cold
from detectors.depth import Depth
from detectors.disguise import Disguise
from detectors.enumeration import Enumeration
from detectors.fleet import Fleet
from detectors.mismatch import Mismatch
from detectors.orphans import Orphans
from detectors.referrers import Referrers
from detectors.sequel import Sequel
from detectors.sleepless import Sleepless
from detectors.stray import Stray
from detectors.trap import Trap
from detectors.twin import Twin
from detectors.undrawn import Undrawn
from detectors.unfetched import Unfetched
from detectors.volume import Volume

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detectors.base import Detector

ROSTER: tuple[Detector, ...] = (
    Volume(),
    Cold(),
    Depth(),
    Breadth(),
    Orphans(),
    Undrawn(),
    Referrers(),
    Enumeration(),
    Blind(),
    Cadence(),
    Sleepless(),
    Disguise(),
    Mismatch(),
    Unfetched(),
    Trap(),
    Fleet(),
    Stray(),
    Sequel(),
    Twin(),
)


def rules_hash(detectors: Iterable[Detector]) -> str:
    """Name a set of detectors: 16 hex digits from their names, versions and settings, in order."""
    told = [(d.name, getattr(d, "version", 0), _thresholds(d)) for d in detectors]
    return blake2b(repr(told).encode(), digest_size=8).hexdigest()


def _thresholds(detector: object) -> list[tuple[str, float]]:
    """List the numbers that a detector was set to; 150 and 150.0 are the same number."""
    if not is_dataclass(detector):
        return []
    values = ((f.name, getattr(detector, f.name)) for f in fields(detector))
    return [(name, float(value)) for name, value in values if isinstance(value, int | float)]
