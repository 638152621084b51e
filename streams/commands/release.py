"""`hedgerow release TARGET --reason …`: undo what is in force now; later decisions act again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from streams.commands.given import settings_option
from streams.commands.wishes import give, reason_option
from streams.wire.orders import Verb, Wish

if TYPE_CHECKING:
    from pathlib import Path


@click.command("release")
@click.argument("target")
@reason_option
@settings_option
def release_command(target: str, reason: str, settings_file: Path | None) -> None:
    """Undo what is in force about TARGET, or inside it: an address, a CIDR, session:… or account:….

    cohort:… is a campaign, and lifts what was decided about its members; rules:HASH and
    detector:NAME lift all that rested on that set of rules, or on that detector.

    Machines leave TARGET alone for an hour then (rails.grace), lest they judge by what was before.
    A pardon of TARGET ends too. A block that reaches beyond TARGET stays: release that one, or
    pardon TARGET.
    """
    give(Wish(Verb.RELEASE, target, reason), settings_file)
