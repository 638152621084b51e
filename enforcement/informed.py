"""Informed: detectors that are told what the platform knows, besides what it remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enforcement.forgery import Forgery
from enforcement.hosting import Hosting
from enforcement.tenure import Tenure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from access.site import Site
    from detectors.base import Detector
    from enforcement.pardons import Pardon

KNOWING: tuple[Detector, ...] = (Forgery(), Tenure(), Hosting())  # they stand behind the roster


def informed(
    detectors: Iterable[Detector], pardons: Sequence[Pardon], site: Site
) -> tuple[Detector, ...]:
    """Tell the detectors that want to know it what the site says of everybody."""
    return tuple(_told(detectors, pardons, site))


def _told(
    detectors: Iterable[Detector], pardons: Sequence[Pardon], site: Site
) -> Iterator[Detector]:
    for detector in detectors:
        if isinstance(detector, Forgery):
            yield detector.knowing(pardons)
        elif isinstance(detector, Hosting):
            yield detector.knowing(site.systems)
        elif isinstance(detector, Tenure):
            yield detector.knowing(site.accounts)
        else:
            yield detector
