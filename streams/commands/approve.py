"""`hedgerow approve ID --reason …`: be the second person of an order that takes two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from streams.approving import nothing, waiting
from streams.commands import Mistake
from streams.commands.given import settings_option
from streams.commands.live import given_broker
from streams.commands.wishes import given_orders, hand_over, instant_now, named, reason_option, user
from streams.wire.orders import approval

if TYPE_CHECKING:
    from pathlib import Path


@click.command("approve")
@click.argument("name", metavar="ID")
@reason_option
@settings_option
def approve_command(name: str, reason: str, settings_file: Path | None) -> None:
    """Have the order ID obeyed, which somebody else gave less than an hour ago.

    Blocks and pardons of what is wider than /24, or /48 of IPv6, wait for it, as do a block of
    a system (AS64500), and caps that are raised or reset; `hedgerow orders` lists them.
    """
    broker, now = given_broker(settings_file), instant_now()
    try:
        order = waiting(given_orders(broker), now).check(name, user())
        second = approval(order, user(), reason, now)
    except KeyError:
        raise Mistake(nothing(name)) from None
    except ValueError as error:
        raise Mistake(str(error)) from None
    hand_over(broker, second)
    click.echo(f"Order {second.id}: approve {order.verb} {named(order)}")
