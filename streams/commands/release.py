"""`hedgerow release TARGET --reason …`: undo what is in force now; later decisions act again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from streams.commands import Mistake
from streams.commands.given import settings_option
from streams.commands.wishes import give, reason_option
from streams.wire.orders import Verb, Wish

if TYPE_CHECKING:
    from pathlib import Path


@click.command("release")
@click.argument("target", required=False)
@click.option("--agent", help="All that was decided about whoever claimed this: chrome/126, tool.")
@reason_option
@settings_option
def release_command(
    target: str | None, agent: str | None, reason: str, settings_file: Path | None
) -> None:
    """Undo what is in force about TARGET, or inside it: an address, a CIDR, session:… or account:….

    cohort:… is a campaign, and lifts what was decided about its members; rules:HASH and
    detector:NAME lift all that rested on that set of rules, or on that detector; --agent, or
    agent:NAME, all about whoever claimed that user agent, as `agent` in a decision says it. AS64500
    lifts what people blocked as that system, and order:ID what that order blocked.

    Machines leave TARGET alone for an hour then (rails.grace), lest they judge by what was before.
    A pardon of TARGET ends too. A block that reaches beyond TARGET stays: release that one, or
    pardon TARGET.
    """
    if (target is None) == (agent is None):
        msg = "expected either a TARGET or --agent"
        raise Mistake(msg)
    give(Wish(Verb.RELEASE, target or f"agent:{agent}", reason), settings_file)
