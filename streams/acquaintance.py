"""Acquaintance: what site and settings together say of who is known, for whoever judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enforcement.callers import callers_of
from enforcement.clemency import pardons_for
from enforcement.informed import informed

if TYPE_CHECKING:
    from access.site import Site
    from detectors.base import Detector
    from enforcement.pardons import Pardon
    from streams.settings import Settings


def granted(site: Site, settings: Settings) -> tuple[Pardon, ...]:
    """List whom nobody touches."""
    own = settings.pardons
    return pardons_for(site, own.addresses, own.agents, settings.crawlers)


def heard(site: Site, settings: Settings) -> tuple[Detector, ...]:
    """List the detectors, those told about crawlers that want to know of them."""
    callers = callers_of(site, settings.pardons.agents, settings.crawlers)
    return informed(settings.detectors, callers, site)
