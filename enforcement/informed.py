"""Informed: detectors that are told what the platform knows, besides what it remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enforcement.forgery import Forgery
from enforcement.hosting import Hosting
from enforcement.tenure import Tenure
from enforcement.unwelcome import Unwelcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from access.site import Site
    from detectors.base import Detector
    from enforcement.callers import Caller

# They stand behind the roster.
KNOWING: tuple[Detector, ...] = (Forgery(), Unwelcome(), Tenure(), Hosting())


def informed(
    detectors: Iterable[Detector], callers: Sequence[Caller], site: Site
) -> tuple[Detector, ...]:
    """Tell the detectors that want to know it what the site says, and who may call by a name."""
    return tuple(_told(detectors, callers, site))


def _told(
    detectors: Iterable[Detector], callers: Sequence[Caller], site: Site
) -> Iterator[Detector]:
    for detector in detectors:
        if isinstance(detector, Forgery | Unwelcome):
            yield detector.knowing(callers)
        elif isinstance(detector, Hosting):
            yield detector.knowing(site.systems)
        elif isinstance(detector, Tenure):
            yield detector.knowing(site.accounts)
        else:
            yield detector
