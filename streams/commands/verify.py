"""`hedgerow verify LOG…`: ask the names of those that claim to be crawlers, and write them down."""

from __future__ import annotations

import time
from collections import Counter
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click

from streams.claimants import claimants
from streams.commands.given import (
    LOG,
    given_crawlers,
    given_folder,
    given_site,
    given_source,
    site_option,
)
from streams.commands.refresh import ranges_option
from streams.confirming import Verdict, confirm
from streams.verdicts import ASKED, noted, open_claims

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from streams.confirming import Claim


def given_servers(
    _context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]
) -> tuple[str, ...]:
    """Refuse what is no address with a port."""
    for text in texts:
        host, _, port = text.rpartition(":")
        try:
            ip_address(host.strip("[]"))
            int(port)
        except ValueError:
            msg = f"expected an address and a port, such as 192.0.2.53:53, saw {text!r}"
            raise click.BadParameter(msg) from None
    return texts


@click.command("verify")
@click.argument("logs", nargs=-1, required=True, type=LOG, metavar="LOG…")
@site_option
@ranges_option
@click.option(
    "--resolver",
    multiple=True,
    metavar="ADDRESS:PORT",
    callback=given_servers,
    help="Ask this name server, not those of the machine.",
)
@click.option("--wait", type=float, default=4.0, show_default=True, help="Seconds for an answer.")
def verify_command(
    logs: tuple[str, ...],
    site_file: Path | None,
    path: Path,
    resolver: tuple[str, ...],
    wait: float,
) -> None:
    """Ask the names of the addresses in logs that call themselves crawlers.

    Verified is whose name lies in the crawler's domain and leads back to the address; forged, whose
    name is somebody else's. Where DNS is down or knows no name nothing is said. The answers go into
    the file that site.toml names under `ranges`: judging reads them there, and never asks itself.
    """
    now = int(time.time())  # noqa: TID251 - answers age by the clock
    file, sources = given_crawlers(path), [given_source(log) for log in logs]
    claims = open_claims(claimants(sources, given_site(site_file)), file, now)
    verdicts = confirm(claims, resolver, wait)
    with given_folder(path, "write"):
        noted(file, verdicts, now).write(path)
    tell(verdicts)
    if len(claims) == ASKED:
        click.echo(f"Asked about the first {ASKED:,}; run it again for the rest.", err=True)


def tell(verdicts: Mapping[Claim, Verdict]) -> None:
    """Say how it went, a line a crawler; addresses stand in the file."""
    counts = Counter((claim.token, verdict) for claim, verdict in verdicts.items())
    for token in sorted({claim.token for claim in verdicts}):
        said = ", ".join(f"{counts[token, verdict]:,} {verdict.value}" for verdict in Verdict)
        click.echo(f"{token}: {said}")
    if not verdicts:
        click.echo("Nobody to ask about: no claims, or all of them answered lately.")
