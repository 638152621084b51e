"""Informed: detectors that are told what the platform knows, besides what it remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enforcement.forgery import Forgery
from enforcement.hosting import Hosting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from access.site.systems import Systems
    from detectors.base import Detector
    from enforcement.pardons import Pardon

KNOWING: tuple[Detector, ...] = (Forgery(), Hosting())  # they stand behind the roster


def informed(
    detectors: Iterable[Detector], pardons: Sequence[Pardon], systems: Systems
) -> tuple[Detector, ...]:
    """Tell the detectors that want to know it where crawlers come from, and where anybody."""
    return tuple(_told(detectors, pardons, systems))


def _told(
    detectors: Iterable[Detector], pardons: Sequence[Pardon], systems: Systems
) -> Iterator[Detector]:
    for detector in detectors:
        if isinstance(detector, Forgery):
            yield detector.knowing(pardons)
        elif isinstance(detector, Hosting):
            yield detector.knowing(systems)
        else:
            yield detector
