"""`hedgerow orders`: say what people ordered, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from streams.commands.given import settings_option
from streams.commands.live import given_broker
from streams.commands.wishes import given_orders, named

if TYPE_CHECKING:
    from pathlib import Path

    from streams.wire.orders import OrderRecord


@click.command("orders")
@settings_option
def orders_command(settings_file: Path | None) -> None:
    """List all orders given to the live system, the oldest first.

    Those wider than /24, or /48 of IPv6, and those that raise or reset a cap, are obeyed once
    `hedgerow approve` says so.
    """
    for order in given_orders(given_broker(settings_file)):
        click.echo(line(order))


def line(order: OrderRecord) -> str:
    """Write an order as a line."""
    what = f"{order.action} for {order.lasts} s" if order.action else order.verb.value
    what = f"approve {order.approves}" if order.approves else what
    return f"{order.at}  {order.id}  {order.by}  {named(order)}  {what}: {order.reason}"
