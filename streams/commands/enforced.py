"""Enforced: what `hedgerow bouncer` and a guard with a bouncer set up alike."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click
from prometheus_client import CollectorRegistry

from streams.bouncing.acknowledging import Acknowledging
from streams.bouncing.asking import Place
from streams.bouncing.enforcing import Enforcing
from streams.bouncing.own import never_refused
from streams.bouncing.telling import Telling
from streams.clouds.fitting import CLOUDS
from streams.commands import Failure
from streams.exposing import expose
from streams.metering import show_program, show_state
from streams.metrics import Meters

if TYPE_CHECKING:
    from streams.bouncing.knobs import Bouncer
    from streams.bouncing.target import Target
    from streams.settings import Settings


def enforcing_of(
    fitted: tuple[str, Target],
    knobs: Bouncer,
    service: str,
    meters: Meters | None,
    heard: tuple[str, ...] = (),
) -> Enforcing:
    """Keep a target of a kind, which acknowledges to a service where there is one.

    *heard* are the other places that must never be refused: what is heard comes from there.
    OSError and ValueError say what is wrong with the state's folder, or the service's URL.
    """
    kind, target = fitted
    state = state_of(knobs, kind)
    state.parent.mkdir(parents=True, exist_ok=True)
    sender = Acknowledging(Place.of(service, knobs)) if service else None
    if sender:
        sender.start()
    telling = Telling(knobs.name or named(kind), kind, shown, meters, sender)
    return Enforcing(target, knobs, never_refused(service, *heard), telling.tell, state)


def named(kind: str) -> str:
    """Name a firewall that has no name: its host; a cloud's lists are kept from some host."""
    host = socket.gethostname()
    return f"{kind}.{host}" if kind in CLOUDS else host


def state_of(knobs: Bouncer, kind: str) -> Path:
    """Name the file of the last good list; two bouncers of a host have one each."""
    return Path(knobs.state) / f"bouncer-{kind}.json"


def meters_at(settings: Settings, port: int | None) -> Meters | None:
    """Let Prometheus ask at a port, if one is given."""
    if port is None:
        return None
    registry, host = CollectorRegistry(), settings.metrics.host
    meters = Meters.of(registry)
    show_program(meters, settings)
    show_state(meters, "running")
    try:
        exposure = expose(registry, host, port)
    except OSError as error:
        msg = f"--metrics-port: cannot listen at {host}:{port}: {error.strerror}"
        raise Failure(msg) from None
    shown(f"Metrics: http://{host}:{exposure.port}/metrics")
    return meters


def shown(line: str) -> None:
    """Say something to whoever looks on."""
    click.echo(line, err=True)
