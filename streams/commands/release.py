"""`hedgerow release TARGET --reason …`: undo what is in force now; later decisions act again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from streams.commands import Mistake
from streams.commands.given import given_site, settings_option, site_option
from streams.commands.wishes import give, reason_option
from streams.wire.orders import Verb, Wish

if TYPE_CHECKING:
    from pathlib import Path

HASHED = re.compile("[0-9a-f]{12}")  # `ja4` of a decision; no JA4 looks like it


@click.command("release")
@click.argument("target", required=False)
@click.option("--agent", help="All that was decided about whoever claimed this: chrome/126, tool.")
@click.option("--ja4", help="All that was decided about whoever began TLS like this.")
@reason_option
@site_option
@settings_option
def release_command(  # noqa: PLR0913 - what is released, why, and two files
    *,
    target: str | None,
    agent: str | None,
    ja4: str | None,
    reason: str,
    site_file: Path | None,
    settings_file: Path | None,
) -> None:
    """Undo what is in force about TARGET, or inside it: an address, a CIDR, session:… or account:….

    cohort:… is a campaign, and lifts what was decided about its members; rules:HASH and
    detector:NAME lift all that rested on that set of rules, or on that detector; --agent, or
    agent:NAME, all about whoever claimed that user agent, as `agent` in a decision says it; --ja4,
    or ja4:HASH, all about whoever began TLS so: give --site, or `ja4` as a decision says it.
    AS64500 lifts what people blocked as that system, and order:ID what that order blocked.

    Machines leave TARGET alone for an hour then (rails.grace), lest they judge by what was before.
    A pardon of TARGET ends too. A block that reaches beyond TARGET stays: release that one, or
    pardon TARGET.
    """
    named = {"": target, "agent:": agent, "ja4:": ja4}
    found = [(word, text) for word, text in named.items() if text is not None]
    if len(found) != 1:
        msg = "expected one of TARGET, --agent and --ja4"
        raise Mistake(msg)
    [(word, text)] = found
    told = fingerprint(text, site_file) if word == "ja4:" else text
    give(Wish(Verb.RELEASE, f"{word}{told}", reason), settings_file)


def fingerprint(ja4: str, site_file: Path | None) -> str:
    """Say how decisions name a JA4: by its hash, under the key of the site."""
    if HASHED.fullmatch(ja4):
        return ja4
    if site_file is None:
        msg = "--ja4: a JA4 is kept as a keyed hash: give --site, or `ja4` as a decision says it"
        raise Mistake(msg)
    from access.headers import handshake_of  # noqa: PLC0415 - kernels load slowly
    from enforcement.claimed import shaken  # noqa: PLC0415

    return shaken(handshake_of(ja4, given_site(site_file).key))
