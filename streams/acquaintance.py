"""Acquaintance: what site and settings together say, for whoever judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from access.addresses import Ranges
from actors.galleries import unsized
from actors.pairs import unfronted
from enforcement.callers import callers_of
from enforcement.charge import Charge
from enforcement.clemency import pardons_for
from enforcement.docket import Docket
from enforcement.informed import informed
from enforcement.pardons import Pardons

if TYPE_CHECKING:
    from access.site import Site
    from actors.galleries import Sized
    from actors.pairs import Fronted
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


def docket_of(site: Site, settings: Settings) -> Docket:
    """Open a docket that decides as *settings* say."""
    return Docket(
        heard(site, settings),
        settings.trust,
        settings.policy,
        Pardons(granted(site, settings)),
        settings.hash,
    )


def charge_of(site: Site, settings: Settings) -> Charge:
    """Know how campaigns of a platform are decided on."""
    return Charge.of(heard(site, settings), settings.trust, settings.policy, settings.hash)


def fronted_by(site: Site) -> Fronted:
    """Tell which addresses (rows,) are edges; a site that names none pays for nothing."""
    if not site.cdn_edges:
        return unfronted
    edges = Ranges.of((text, 1) for text in site.cdn_edges)
    return lambda address: edges.label(address) != 0


def sized_by(site: Site) -> Sized:
    """Tell how many pictures owners (rows,) have; a site that does not say pays for nothing."""
    return site.galleries.sizes if len(site.galleries) else unsized
