"""`hedgerow bouncer`: make one firewall hold what Hedgerow decided, and say what it holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from streams.bouncing.fitting import KINDS, TOPIC, is_url, source_of, target_of
from streams.bouncing.knobs import Bouncer, check_bouncer
from streams.bouncing.running import run
from streams.bouncing.target import Refused
from streams.commands import Failure, Mistake
from streams.commands.enforced import enforcing_of, meters_at, shown, state_of
from streams.commands.given import denied, settings_option
from streams.commands.live import given_live
from streams.stopping import Stop

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FROM = (
    "`hedgerow serve` (server-sent events), a URL that ends in .json or .txt (polled), kafka, or "
    "a list on this machine."
)


@click.command("bouncer")
@click.option("--to", "kind", type=click.Choice(KINDS), required=True, help="Which firewall.")
@click.option("--from", "origin", default="http://127.0.0.1:8087", show_default=True, help=FROM)
@click.option("--ack", "ack_url", help="`hedgerow serve`, where --from is not it.")
@click.option("--name", help="Of this firewall; else the host's.")
@click.option("--on-loss", help="keep, or 'clear-after 1h', while Hedgerow is not heard.")
@click.option("--state", help="A folder for the list that a restart begins with.")
@click.option("--metrics-port", type=int, help="Tell Prometheus here how it fares; 0: a free one.")
@click.option("--remove", is_flag=True, help="Take away what was put there, and end.")
@settings_option
@click.argument("command", nargs=-1, metavar="[-- COMMAND…]")
def bouncer_command(  # noqa: PLR0913 - an option is an argument
    kind: str,
    settings_file: Path | None,
    command: tuple[str, ...],
    *,
    origin: str,
    ack_url: str | None,
    metrics_port: int | None,
    remove: bool,
    **typed: str | None,
) -> None:
    """Keep a firewall, a proxy, a list of a cloud or a command at the block list, within a second.

    A list is believed only if it is whole. Private ranges, this host's own addresses and anything
    wider than /16 or, of IPv6, /32 are never refused. While Hedgerow is not heard, what is in
    force stays until it ends; so it does when this program stops. --remove takes it away.
    """
    settings, stop = given_live(settings_file), Stop.when_asked()
    try:
        knobs = turned(settings.bouncer, typed)
        settings = replace(settings, bouncer=knobs)
        target = target_of(kind, settings, command)
        if remove:
            target.remove()
            state_of(knobs, kind).unlink(missing_ok=True)
            return
        source = source_of(origin, settings)
        place = ack_url or (origin if is_url(origin) else "")
        meters = meters_at(settings, metrics_port)
        hosts = settings.broker.bootstrap.split(",") if origin == TOPIC else [origin]
        heard = tuple(hosts) if origin == TOPIC or is_url(origin) else ()
        enforcing = enforcing_of((kind, target), knobs, place, meters, heard)
        run(enforcing, source, lambda: stop.asked, shown)
    except Refused as error:
        raise Failure(str(error)) from None
    except OSError as error:
        raise Failure(denied(error.filename or knobs.state, error, "write")) from None
    except ValueError as error:
        raise Mistake(str(error)) from None


def turned(knobs: Bouncer, typed: Mapping[str, str | None]) -> Bouncer:
    """Take what was typed over what is set; ValueError says what is wrong."""
    given = {name: value for name, value in typed.items() if value is not None}
    changed = replace(knobs, **given)  # type: ignore[arg-type] # all of these are texts
    check_bouncer(changed, "bouncer")
    return changed
