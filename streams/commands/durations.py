"""Durations: how long, as people type it."""

from __future__ import annotations

import re

import click

PARTS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000}  # milliseconds


def given_duration(_: click.Context, __: click.Parameter, text: str | None) -> int | None:
    """Read "90s" as milliseconds; a bare number is seconds."""
    if text is None:
        return None
    found = re.fullmatch(r"(\d+)(ms|s|m|h|)", text)
    if not found:
        msg = f"expected a duration such as 60s, 5m or 250ms, saw {text!r}"
        raise click.BadParameter(msg)
    return int(found[1]) * PARTS[found[2] or "s"]
