"""Lines: what text feeds have in common, a head of comments and one line an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enforcement.moments import moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enforcement.standing import Standing


def head(standing: Standing) -> tuple[str, ...]:
    """Say how many, which set, and until when the list stands as it is, should nobody be added.

    Equal sets have equal names. Times are event times.
    """
    until = "further notice" if standing.until is None else moment(standing.until)
    left_out = f"# left out: {standing.left_out}"
    return (
        f"# Hedgerow {word(standing)} list",
        f"# entries: {len(standing.refused)}",
        f"# set: {standing.name}",
        f"# in force until: {until}",
        *([left_out] if standing.left_out else []),
    )


def word(standing: Standing) -> str:
    """Say what is done about the refused."""
    return standing.action.name.lower()


def lines(*parts: Iterable[str]) -> bytes:
    """Write texts, one a line."""
    return "".join(f"{text}\n" for part in parts for text in part).encode()


def bare(texts: Iterable[str]) -> bytes:
    """Write entries for a reader that knows no comments; none is a line end, no empty body."""
    return lines(texts) or b"\n"


def short(cidr: str) -> str:
    """Write a single address without its mask."""
    return cidr.removesuffix("/32") if ":" not in cidr else cidr
