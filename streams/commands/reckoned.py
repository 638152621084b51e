"""Reckoned: how the rails of the live system stand, from what was decided and ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.commands import Failure, Mistake

if TYPE_CHECKING:
    from enforcement.rails import Trip
    from streams.settings import Settings


def reckoned(settings: Settings) -> tuple[Trip, ...]:
    """Read both topics as the deciding agent does; say in one line why that cannot be."""
    from kafka.errors import KafkaError  # noqa: PLC0415 - loads slowly

    from streams.reckoning import standing_rails  # noqa: PLC0415
    from streams.rereading import recorded  # noqa: PLC0415

    try:
        decisions, orders = (recorded(settings.broker, t) for t in ("decisions", "orders"))
    except KafkaError as error:
        msg = f"no broker at {settings.broker.bootstrap} said what was decided ({error})"
        raise Failure(msg) from None
    except ValueError as error:
        raise Mistake(str(error)) from None
    return standing_rails(decisions, orders, settings.rails)
