"""Site: what a platform says of itself, compiled once, before the first line is read."""

from __future__ import annotations

from access.site.site import Site

__all__ = ["Site"]
