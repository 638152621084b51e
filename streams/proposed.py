"""Proposed: thresholds as a settings file that holds what changes and why, and nothing else."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from evidence.proposals import Proposal

HEAD = """\
# Thresholds that `hedgerow calibrate` proposes, in place of those of settings {settings}.
# Higher thresholds spare people, and let slow harvesters take more. Put the lines that you agree
# with into a copy of your settings, and see whom it would meet: `hedgerow backtest`.
"""
NONE = (
    "# Nothing changes: what people do here is below every threshold by as much as it should be.\n"
)


def settings_text(proposed: Iterable[Proposal], settings: str, remarks: Sequence[str]) -> str:
    """Write the file; *settings* is the hash of those in place, *remarks* become comments."""
    changes = [proposal for proposal in proposed if proposal.changes]
    said = "".join(f"# {remark}\n" for remark in remarks)
    tables = groupby(changes, key=attrgetter("rule.detector"))
    told = [table(name, each) for name, each in tables]
    return HEAD.format(settings=settings) + said + ("".join(told) or NONE)


def table(name: str, changes: Iterable[Proposal]) -> str:
    """Write the thresholds of one detector."""
    lines = [f"{p.rule.knob} = {p.value:g}  # was {p.now:g}; {p.reason}" for p in changes]
    return "\n".join(["", f"[detectors.{name}]", *lines, ""])
