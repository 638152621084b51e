"""Headline: what happened, in three sentences that can be forwarded as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence.words import counted, dated, percent

if TYPE_CHECKING:
    from evidence.findings import Findings

UNKNOWN = "whose pictures they are, the log does not say"


def headline(found: Findings) -> tuple[str, ...]:
    """Say what was seen, who was found, and what a block would have changed."""
    if not found.pictures:
        return ("No picture was delivered in what could be read, so there is nothing to judge.",)
    when = f"Between {dated(found.first)} and {dated(found.last)} UTC"
    seen = f"{when}, visitors were given {counted(found.pictures, 'picture')}."
    if not found.blocked:
        return seen, _nobody(found)
    return seen, _who(found), _saved(found)


def _nobody(found: Findings) -> str:
    if not found.challenged:
        return (
            "Nobody was found to collect pictures in a way that calls for a block or a challenge."
        )
    return (
        "Nobody was found to collect pictures in a way that calls for a block; "
        f"{counted(len(found.challenged), 'visitor')} would have been asked to show that they are "
        "people."
    )


def _who(found: Findings) -> str:
    """Say how many were found and what was gone by then."""
    gone = sum(case.because.pictures for case in found.blocked)
    owners = sum(case.because.owners for case in found.blocked)
    whose = f"of at most {counted(owners, 'owner')}" if owners else UNKNOWN
    return (
        f"{counted(len(found.blocked), 'visitor')} collected pictures the way harvesting programs "
        "do, and not the way people look at them; before there was enough evidence to refuse "
        f"them, they had taken {counted(gone, 'picture')} ({whose})."
    )


def _saved(found: Findings) -> str:
    share = percent(found.saved, found.pictures)
    more = counted(len(found.challenged), "further visitor")
    return (
        f"Had the blocks been in force, {found.saved:,} later deliveries ({share} of all) would "
        f"have been refused; {more} would have been asked to show that they are people."
    )
