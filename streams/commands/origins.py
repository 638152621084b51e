"""Origins: what `--from` names, as sources: files, folders of them, topics."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from streams.commands import Failure, Mistake
from streams.commands.given import given_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from streams.infrastructure import Broker
    from streams.sources import Source

SCHEME = "kafka://"
TOPIC = re.compile(r"kafka://([\w.-]+)(?:@(.+))?")


def given_origins(names: Sequence[str], broker: Broker) -> list[Source]:
    """Open everything that is named, or say in a line what is wrong with a name."""
    return [source for name in names for source in opened(name, broker)]


def opened(name: str, broker: Broker) -> Iterator[Source]:
    """Open what one name stands for."""
    if name.startswith(SCHEME):
        yield from given_topic(name, broker)
    elif name != "-" and Path(name).is_dir():
        files = sorted(path for path in Path(name).rglob("*") if path.is_file())
        shown = [path for path in files if not _hidden(path.relative_to(name))]
        if not shown:
            msg = f"--from: there is no file in {name}"
            raise Mistake(msg)
        yield from (given_source(str(path)) for path in shown)
    else:
        yield given_source(name)


def _hidden(path: Path) -> bool:
    """Tell what is no log: Spark writes `_SUCCESS` and `_metadata` beside its parts."""
    return any(part.startswith((".", "_")) for part in path.parts)


def given_topic(name: str, broker: Broker) -> Sequence[Source]:
    """Open the partitions of a topic, from the offset or time that is named."""
    from streams.consumed import consumed  # noqa: PLC0415 - Kafka's client

    match = TOPIC.fullmatch(name)
    if not match:
        msg = f"--from: expected kafka://topic@offset or kafka://topic@time, saw {name!r}"
        raise Mistake(msg)
    begin, timed = begin_of(match[2] or "0")
    try:
        return consumed(broker, match[1], begin, timed=timed)
    except ConnectionError as error:
        raise Failure(str(error)) from None
    except ValueError as error:
        raise Mistake(str(error)) from None


def begin_of(text: str) -> tuple[int, bool]:
    """Read an offset, or a time in milliseconds; tell which it is."""
    if text.isascii() and text.isdigit():
        return int(text), False
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        msg = f"--from: expected an offset or a time as 2026-11-24T12:00:00Z, saw {text!r}"
        raise Mistake(msg) from None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() * 1000), True
