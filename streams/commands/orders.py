"""`hedgerow orders`: say what people ordered, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from streams.commands import Failure, Mistake
from streams.commands.given import settings_option
from streams.commands.live import given_broker
from streams.wire.orders import about

if TYPE_CHECKING:
    from pathlib import Path

    from streams.wire.orders import OrderRecord


@click.command("orders")
@settings_option
def orders_command(settings_file: Path | None) -> None:
    """List all orders given to the live system, the oldest first."""
    from kafka.errors import KafkaError  # noqa: PLC0415 - loads slowly

    from streams.ordering import orders  # noqa: PLC0415

    broker = given_broker(settings_file)
    try:
        for order in orders(broker):
            click.echo(line(order))
    except KafkaError as error:
        msg = f"no broker at {broker.bootstrap} said what was ordered ({error})"
        raise Failure(msg) from None
    except ValueError as error:
        raise Mistake(str(error)) from None


def line(order: OrderRecord) -> str:
    """Write an order as a line."""
    what = f"{order.action} for {order.lasts} s" if order.lasts else order.verb.value
    return f"{order.at}  {order.id}  {order.by}  {about(order)}  {what}: {order.reason}"
