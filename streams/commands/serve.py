"""`hedgerow serve`: tell firewalls and programs over HTTP who is refused."""

from __future__ import annotations

import asyncio
import socket
import time
from typing import TYPE_CHECKING

import click

from streams.commands import Failure, Mistake
from streams.commands.given import settings_option
from streams.commands.live import given_live
from streams.metering import show_program, show_state
from streams.secret import secret
from streams.serving.service import Serving

if TYPE_CHECKING:
    from pathlib import Path

    from streams.infrastructure import Service
    from streams.settings import Settings

CLOCK = time.time  # noqa: TID251 - entries end by the clock, whatever the log's time is
ANYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - not bound here, but warned of


@click.command("serve")
@settings_option
def serve_command(settings_file: Path | None) -> None:
    """Serve /blocklist.txt, /blocklist.json and /events; /openapi.json says the rest.

    Where it listens stands under [service] in the settings: on this machine only, if nothing else
    is said. It asks nobody for a password, and shows sessions and accounts: let nobody reach it but
    your own firewalls and applications.
    """
    settings = given_live(settings_file)
    check_secret(settings.appeals.secret_file)
    opened = listening(settings.service)
    host, port = opened.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Serving http://{shown}:{port}/blocklist.txt; Ctrl-C stops.", err=True)
    if host in ANYWHERE:
        click.echo(
            "Anyone who reaches this machine can read it: it asks for no password.", err=True
        )
    with opened:
        try:
            asyncio.run(serving(settings).answer(opened))
        except ValueError as error:
            raise Mistake(str(error)) from None


def check_secret(path: str) -> None:
    """Say at the start, not to whoever appeals, that the secret cannot be read."""
    try:
        if path:
            secret(path, "appeals.secret_file")
    except ValueError as error:
        raise Mistake(str(error)) from None


def serving(settings: Settings) -> Serving:
    """Make the service, and let it say what is running."""
    made = Serving(settings.broker, CLOCK, appeals=settings.appeals)
    show_program(made.meters, settings)
    show_state(made.meters, "running")
    return made


def listening(service: Service) -> socket.socket:
    """Open the socket, or say who is in the way."""
    family = socket.AF_INET6 if ":" in service.host else socket.AF_INET
    try:
        return socket.create_server((service.host, service.port), family=family, backlog=512)
    except OSError as error:
        msg = f"cannot listen at {service.host}:{service.port}: {error.strerror}; see [service]"
        raise Failure(msg) from None
