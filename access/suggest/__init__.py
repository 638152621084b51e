"""Suggest: write a first `site.toml` from a log; nothing of this is on the path of a line."""

from __future__ import annotations

from access.suggest.suggestion import suggest

__all__ = ["suggest"]
