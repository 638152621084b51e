"""Report: one page that says what happened, to whom it may be forwarded, and what it cannot say."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from access.agents import describe
from enforcement.decision import Action
from evidence import words
from evidence.evasions import evasions
from evidence.grounds import shown
from evidence.headline import headline
from evidence.lack import lack
from evidence.plots import series_plot, space_plot
from evidence.portrait import portrait
from evidence.reasons import cohort, reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Template

    from detectors.base import Detector
    from enforcement.decision import Signal
    from evidence.case import Case
    from evidence.findings import Findings

TOLD = {Action.BLOCK: 40, Action.CHALLENGE: 20}  # cases told one by one: more nobody reads
LISTED = 200  # rows of the table of cases
EARLIER = (
    "Seen earlier, and held since while it fades; hedgerow explain tells what was seen and when."
)
MOSTLY = 0.8  # of a score; evidence that gives so much of it again is told as it is
AGENTS = 5  # user agents of a case that are named


def render(found: Findings) -> str:
    """Write the page: HTML that needs no network, no script and no other file."""
    listed = [*found.blocked, *found.challenged]
    in_full = [case for action, most in TOLD.items() for case in found.of(action)[:most]]
    return _template().render(
        found=found,
        headline=headline(found),
        space=space_plot(found.timeline),
        series=series_plot(found.timeline),
        listed=listed[:LISTED],
        unlisted=max(len(listed) - LISTED, 0),
        told=in_full,
        evasions=evasions(listed),
        portraits={detector.name: portrait(detector) for detector in found.detectors},
    )


def agents_of(case: Case) -> list[str]:
    """Name the user agents in a case's sample lines, and what they sent."""
    return [
        f"{words.clipped(describe(agent), 60)}: {words.clipped(agent, 160)}"
        for agent in case.agents[:AGENTS]
    ]


def told(share: Signal, detectors: Iterable[Detector]) -> str:
    """Say what a share of a decision rests on, if it shows that; else that it was seen earlier."""
    for detector in detectors:
        if detector.name == share.detector and shown(share, detector) < MOSTLY:
            return EARLIER
    return reason(share)


@cache
def _template() -> Template:
    """Read the template; everything that is put into it is escaped."""
    pages = Environment(
        loader=PackageLoader("evidence", "."),
        autoescape=select_autoescape(["html.jinja"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= _filters()
    return pages.get_template("report.html.jinja")


def _filters() -> dict[str, Any]:
    """Name what the template may write with."""
    return {
        "agents": agents_of,
        "clipped": words.clipped,
        "cohort": cohort,
        "counted": words.counted,
        "dated": words.dated,
        "lack": lack,
        "lasting": words.lasting,
        "number": "{:,.0f}".format,
        "percent": words.percent,
        "reason": told,
        "size": words.size,
    }
