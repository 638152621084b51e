"""Raised: raise a cap or end that, on the live system or in a folder; nothing lower than it is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click
from msgspec import UNSET

from actors.frame import Scope
from enforcement.moments import moment
from enforcement.railing import Railing
from enforcement.raising import usual
from streams.capping import check_order
from streams.commands import Mistake
from streams.commands.given import given_folder, given_settings
from streams.commands.live import given_live
from streams.commands.reckoned import ordered_rails
from streams.commands.wishes import give, instant_now, user
from streams.folder import Order, add_order, decisions_in, orders_in, summary_in
from streams.railed import railed, raise_in
from streams.wire.orders import Verb, ordered

if TYPE_CHECKING:
    from pathlib import Path

    from streams.wire.orders import Wish


def raise_live(wish: Wish, settings_file: Path | None) -> None:
    """Order it of the live system, once it is known to raise what its orders have left."""
    settings, now = given_live(settings_file), instant_now()
    try:
        order = ordered(wish, user(), now)
        check_order(Railing(settings.rails), order, now)
        check_order(ordered_rails(settings), order, now)
    except ValueError as error:
        raise Mistake(str(error)) from None
    give(wish, settings_file)


def cap_in(folder: Path, wish: Wish, settings_file: Path | None) -> None:
    """Raise or lower it in a folder, where there is no second person."""
    with given_folder(folder):
        railing = rails_in(folder, settings_file)
    order = order_of(wish)
    if wish.verb is Verb.RAISE:
        try:
            railing.check(Scope(wish.target), raise_in(order))
        except ValueError as error:
            raise Mistake(str(error)) from None
    with given_folder(folder, "write"):
        add_order(folder, order)


def order_of(wish: Wish) -> Order:
    """Write a wish about a cap as folders keep it; what makes no sense is a mistake."""
    try:
        sound = ordered(wish, user(), instant_now())
    except ValueError as error:
        raise Mistake(str(error)) from None
    now = moment(int(time.time()))  # noqa: TID251 - when people act is no event of the log
    said = (UNSET if each is None else each for each in (sound.most, sound.lasts))
    return Order(now, sound.by, wish.target, wish.reason, wish.verb, sound.cap or UNSET, *said)


def rails_in(folder: Path, settings_file: Path | None) -> Railing:
    """Work out how the rails stand in a folder, by the settings of the run if it told them."""
    rails = summary_in(folder).limits or given_settings(settings_file).rails
    return railed(decisions_in(folder), orders_in(folder), rails)[1]


def say_raised(railing: Railing, at: int) -> None:
    """Say which caps are raised at a time by the clock (ms), to what, by whom and until when."""
    for scope, each in railing.raised:
        if each.until > at:
            until = moment(each.until // 1000)
            usually = usual(railing.rails, each.cap)
            click.echo(
                f"{scope} {each.cap}: the most is {each.most:,}, by the settings {usually:,}, "
                f"until {until}: order {each.order}"
            )
