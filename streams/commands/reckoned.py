"""Reckoned: how the rails of the live system stand, from what was decided and ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.commands import Failure, Mistake

if TYPE_CHECKING:
    from enforcement.railing import Railing
    from streams.settings import Settings


def reckoned(settings: Settings) -> Railing:
    """Read both topics as the deciding agent does; say in one line why that cannot be."""
    return _gone_through(settings, ("decisions", "orders"))


def ordered_rails(settings: Settings) -> Railing:
    """Say what people's orders alone make of the rails: which caps are raised."""
    return _gone_through(settings, ("orders",))


def _gone_through(settings: Settings, topics: tuple[str, ...]) -> Railing:
    from kafka.errors import KafkaError  # noqa: PLC0415 - loads slowly

    from streams.reckoning import standing_rails  # noqa: PLC0415
    from streams.rereading import recorded  # noqa: PLC0415

    try:
        found = {topic: recorded(settings.broker, topic) for topic in topics}
    except KafkaError as error:
        msg = f"no broker at {settings.broker.bootstrap} said what was decided ({error})"
        raise Failure(msg) from None
    except ValueError as error:
        raise Mistake(str(error)) from None
    return standing_rails(found.get("decisions", ()), found["orders"], settings.rails)
