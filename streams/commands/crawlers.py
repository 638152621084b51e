"""`hedgerow crawlers`: print who is known, how each is verified, and how it is received."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
from rich import box
from rich.markup import escape
from rich.table import Table

from access.agents.taxonomy import KNOWN
from access.site.origins import Origin
from enforcement.moments import moment
from streams.commands.given import given_settings, given_site, settings_option, site_option
from streams.commands.terminal import console

if TYPE_CHECKING:
    from pathlib import Path

    from access.agents.known import Known
    from access.site import Site
    from enforcement.reception import Reception

NOWHERE = Origin()
COLUMNS = ("crawler", "operator", "category", "received", "told by", "known", "read")


def described(known: Known, site: Site, reception: Reception) -> dict[str, str]:
    """Say one crawler's line."""
    found = site.origins.get(known.token.lower(), NOWHERE)
    told_by = ["ranges"] * bool(known.lists) + list(known.names)
    count = {
        "ranges": found.ranges,
        "confirmed": found.confirmed,
        "denied": found.denied,
    }
    said = [f"{len(held):,} {what}" for what, held in count.items() if held]
    return {
        "crawler": known.token,
        "operator": known.operator,
        "category": known.category.value,
        "received": reception.manner(known.category).value,
        "told by": ", ".join(told_by) or "nothing: unverifiable",
        "known": ", ".join(said) or "nothing yet" * bool(told_by),
        "read": moment(found.fetched)[:10] if found.fetched else "",
    }


@click.command("crawlers")
@site_option
@settings_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def crawlers_command(site_file: Path | None, settings_file: Path | None, *, as_json: bool) -> None:
    """List the known crawlers: what each is for, how it is verified, and how it is received.

    Those of site.toml, which come before these, stand there. Received "welcome" are only those that
    are verified: who comes from published ranges, or whose name leads there and back.
    """
    reception, site = given_settings(settings_file).crawlers, given_site(site_file)
    rows = [described(known, site, reception) for known in KNOWN]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    table = Table(*COLUMNS, box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*map(escape, row.values()))
    console().print(table)
