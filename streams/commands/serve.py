"""`hedgerow serve`: tell firewalls and programs over HTTP who is refused."""

from __future__ import annotations

import asyncio
import socket
import time
from typing import TYPE_CHECKING

import click

from streams.admission import check_reach
from streams.commands import Failure, Mistake
from streams.commands.given import denied, settings_option
from streams.commands.live import given_live
from streams.metering import show_program, show_state
from streams.secret import secret
from streams.serving.service import Serving

if TYPE_CHECKING:
    from pathlib import Path

    from streams.infrastructure import Service
    from streams.settings import Settings

CLOCK = time.time  # noqa: TID251 - entries end by the clock, whatever the log's time is


@click.command("serve")
@settings_option
def serve_command(settings_file: Path | None) -> None:
    """Serve /blocklist.txt and what else firewalls read, and /events; /openapi.json lists all.

    Where it listens stands under [service] in the settings: on this machine only, if nothing else
    is said. Beyond this machine it asks for keys (`hedgerow keys`), and speaks TLS: it shows
    sessions and accounts. docs/access.md says who may do what.
    """
    settings = given_live(settings_file)
    check_secret(settings.appeals.secret_file)
    opened = listening(settings.service)
    host, port = opened.getsockname()[:2]
    with opened:
        try:
            check_reach(host, settings.service, settings.admission)
            made = serving(settings)
            click.echo(f"Serving {shown(settings, host, port)}; Ctrl-C stops.", err=True)
            asyncio.run(made.answer(opened))
        except ValueError as error:
            raise Mistake(str(error)) from None
        except OSError as error:
            raise Failure(denied(error.filename, error)) from None


def shown(settings: Settings, host: str, port: int) -> str:
    """Say where to ask."""
    kind = "https" if settings.service.certificate_file else "http"
    return f"{kind}://{f'[{host}]' if ':' in host else host}:{port}/blocklist.txt"


def check_secret(path: str) -> None:
    """Say at the start, not to whoever appeals, that the secret cannot be read."""
    try:
        if path:
            secret(path, "appeals.secret_file")
    except ValueError as error:
        raise Mistake(str(error)) from None


def serving(settings: Settings) -> Serving:
    """Make the service, and let it say what is running."""
    made = Serving(
        settings.broker,
        CLOCK,
        crowdsec=settings.crowdsec,
        service=settings.service,
        admission=settings.admission,
        check=settings.check,
        appeals=settings.appeals,
        rails=settings.rails,
    )
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
