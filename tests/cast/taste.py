"""Taste: what one class of people does when it looks at pictures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taste:
    """What one class of people does. Depth: distinct pictures of a visit, log-normal."""

    visits: float = 2.0  # mean in the whole span, at least one each
    depth: float = 2.2  # median
    breadth: float = 1.5  # sigma of its logarithm
    most: int = 116  # the 99.9 % of real ten-minute windows (science.md 2)
    least: int = 1
    grid: int = 24  # thumbnails that come at once
    pause: float = 7.0  # seconds between grids, median
    album: float = 0.5  # share of visits that stay in one album
    opens: float = 0.06  # share of thumbnails opened
    originals: float = 0.25  # share of opened ones looked at in full
    referers: bool = True
    app: bool = False  # asks an API, never a page
    thumbs: bool = True  # False: a text browser
    cold: float = 0.4  # share of visits that load the assets (the rest has them)
    warm: float = 0.04  # share of thumbnails that come from the cache: 304
