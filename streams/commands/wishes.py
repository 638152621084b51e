"""Wishes: turn what somebody typed about a target into an order, and hand it to the broker."""

from __future__ import annotations

import getpass
import os
import time
from typing import TYPE_CHECKING

import click

from streams.commands import Failure, Mistake
from streams.commands.live import given_broker
from streams.wire.orders import about, ordered, takes_two

if TYPE_CHECKING:
    from pathlib import Path

    from streams.infrastructure import Broker
    from streams.wire.orders import OrderRecord, Wish

reason_option = click.option("--reason", required=True, help="Why; it is kept with who and when.")


def user() -> str:
    """Name whoever types; a container may give its user no name, but a number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def give(wish: Wish, settings_file: Path | None) -> None:
    """Order it of the live system, or say in one line why that cannot be."""
    broker = given_broker(settings_file)
    try:
        order = ordered(wish, user(), instant_now())
    except ValueError as error:
        raise Mistake(str(error)) from None
    hand_over(broker, order)
    click.echo(f"Order {order.id}: {order.verb} {named(order)}: {order.reason}")
    if takes_two(order):
        click.echo(
            f"It waits for a second person: within an hour, hedgerow approve {order.id}", err=True
        )


def named(order: OrderRecord) -> str:
    """Say what an order is about, in a line."""
    if order.cap is None:
        networks = f" ({len(order.networks):,} networks)" if order.networks else ""
        return f"{about(order)}{networks}"
    most = f" to {order.most:,} for {order.lasts} s" if order.most else ""
    return f"{about(order)} {order.cap}{most}"


def instant_now() -> int:
    """Say when people act, in milliseconds since 1970: that is no event of the log."""
    return time.time_ns() // 1_000_000  # noqa: TID251 - see above


def hand_over(broker: Broker, order: OrderRecord) -> None:
    """Hand an order to the broker, or say in one line why that cannot be."""
    from kafka.errors import KafkaError  # noqa: PLC0415 - loads slowly, and slips need none

    from streams.ordering import send  # noqa: PLC0415

    try:
        send(broker, order)
    except KafkaError as error:
        msg = f"no broker at {broker.bootstrap} took the order ({error}): nothing has changed"
        raise Failure(msg) from None
    except ValueError as error:
        raise Mistake(str(error)) from None


def given_orders(broker: Broker) -> list[OrderRecord]:
    """Read what people ordered, or say in one line why that cannot be."""
    from kafka.errors import KafkaError  # noqa: PLC0415 - loads slowly

    from streams.ordering import orders  # noqa: PLC0415

    try:
        return orders(broker)
    except KafkaError as error:
        msg = f"no broker at {broker.bootstrap} said what was ordered ({error})"
        raise Failure(msg) from None
    except ValueError as error:
        raise Mistake(str(error)) from None
