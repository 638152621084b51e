"""`hedgerow ship FILE…`: send logs to Kafka, for trials; real platforms have shippers for it."""

from __future__ import annotations

import re
import signal
import time
from typing import TYPE_CHECKING

import click
from rich.console import Console

from streams.commands import Failure, Mistake
from streams.commands.given import LOG, given_sources, settings_option
from streams.commands.live import given_broker
from streams.commands.terminal import bar
from streams.parcels import ALONE, Packing
from streams.stopping import Stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from streams.parcels import Parcel
    from streams.shipping import Shipper
    from streams.sources import Source

SIZE = re.compile(r"([0-9]+) ?(|B|KiB|MiB)")
UNITS = {"": 1, "B": 1, "KiB": 1 << 10, "MiB": 1 << 20}
BEATS = 20  # messages a second at least, where a rate is asked for: else it would come in bursts
PARTING = 10.0  # seconds that are left for what is under way after Ctrl-C


def given_size(_: click.Context, __: click.Parameter, text: str) -> int:
    """Read a number of bytes such as 256KiB."""
    found = SIZE.fullmatch(text)
    size = int(found[1]) * UNITS[found[2]] if found else 0
    if not 1 <= size <= ALONE:
        msg = f"expected 1 to {ALONE} bytes, such as 256KiB, saw {text!r}"
        raise click.BadParameter(msg)
    return size


@click.command("ship")
@click.argument("files", nargs=-1, required=True, type=LOG, metavar="FILE…")
@settings_option
@click.option("--topic", default="access-log", show_default=True, help="Where to send it.")
@click.option("--partition", type=click.IntRange(0), help="Send all to one, in order.")
@click.option(
    "--bytes",
    "most",
    callback=given_size,
    default="256KiB",
    show_default=True,
    help="The most in a message; a line that is longer has one for itself, up to 1 MiB.",
)
@click.option(
    "--lines-a-message", "lines", type=click.IntRange(1), help="The most lines in a message."
)
@click.option("--one", is_flag=True, help="One line a message; for trials, it costs 40 times more.")
@click.option(
    "--compression",
    type=click.Choice(["zstd", "gzip", "none"]),
    default="zstd",
    show_default=True,
    help="How messages travel and lie on disk.",
)
@click.option("--rate", type=click.IntRange(1), metavar="LINES/s", help="Not faster than this.")
@click.option("--follow", is_flag=True, help="Go on with the last FILE while it is written.")
def ship_command(  # noqa: PLR0913, PLR0917 - an option is an argument
    files: tuple[str, ...],
    settings_file: Path | None,
    topic: str,
    partition: int | None,
    most: int,
    lines: int | None,
    compression: str,
    rate: int | None,
    *,
    one: bool,
    follow: bool,
) -> None:
    """Send logs to Kafka as they are, whole lines, each message acknowledged.

    FILE is a log, also .gz or .zst, or - for standard input; several are sent one after the other,
    from their beginnings. Messages go to the partitions in turn. A line longer than 1 MiB goes to
    the topic `rejects`, byte for byte.

    Where the broker goes away it waits for it up to ten minutes, and sends again what was not
    acknowledged; lines may then come twice. Ctrl-C ends it in good order. It remembers nothing: to
    ship for good take rsyslog, Vector or Fluent Bit, see deploy/shippers.
    """
    from streams.producer import producer  # noqa: PLC0415 - Kafka's client takes long to import
    from streams.shipping import Shipper  # noqa: PLC0415

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    broker = given_broker(settings_file)
    fewest = 1 if one else lines or (max(1, rate // BEATS) if rate else None)
    coding = None if compression == "none" else compression
    shipper = Shipper(lambda: producer(broker, coding), complain, topic, partition)
    try:
        shipper.open()
        sources = given_sources(files, Stop() if follow else None)
        carry(shipper, paced(packed(sources, Packing(topic, most, fewest)), rate), sources)
    except ValueError as error:
        raise Mistake(str(error)) from None
    except ConnectionError as error:
        msg = f"{error}; {told(shipper)}" if shipper.turn else str(error)
        raise Failure(msg) from None
    finally:
        shipper.close()
    click.echo(told(shipper))
    if troubles := [f"{source.name}: {source.trouble}" for source in sources if source.trouble]:
        raise Failure("; ".join(troubles))


def packed(sources: Sequence[Source], packing: Packing) -> Iterator[Parcel]:
    """Read inputs one after the other and cut them into messages."""
    for number, source in enumerate(sources):
        for chunk in source.chunks(number, packing.most):
            for parcel in packing.parcels(chunk, source.name):
                if parcel.reject and parcel.lines:
                    complain(f"{source.name}: a line longer than 1 MiB goes to the rejects")
                yield parcel


def paced(parcels: Iterator[Parcel], rate: int | None) -> Iterator[Parcel]:
    """Pass messages on, at most *rate* lines a second."""
    start, lines = time.monotonic(), 0  # noqa: TID251 - when to send; nothing is judged by it
    for parcel in parcels:
        yield parcel
        lines += parcel.lines
        if rate:
            time.sleep(max(0.0, start + lines / rate - time.monotonic()))  # noqa: TID251 - as above


def carry(shipper: Shipper, parcels: Iterator[Parcel], sources: Sequence[Source]) -> None:
    """Send all there is; show how far and how fast where standard error is seen."""
    total, start = sum(source.size for source in sources), time.monotonic()  # noqa: TID251 - shown
    with bar(Console(stderr=True)) as progress:
        task = progress.add_task("sending", total=total or None, rate="")
        try:
            for parcel in parcels:
                shipper.send(parcel)
                gone = max(time.monotonic() - start, 1e-9)  # noqa: TID251 - shown
                done = sum(source.position for source in sources)
                progress.update(task, completed=done, rate=f"{shipper.lines / gone:,.0f} lines/s")
            shipper.settle()
        except KeyboardInterrupt:
            shipper.patience = PARTING
            shipper.settle()


def complain(what: str) -> None:
    """Say what is wrong, while it is tried again."""
    click.echo(what, err=True)


def told(shipper: Shipper) -> str:
    """Say what arrived, and what nobody knows of."""
    sent = f"{shipper.lines:,} lines in {shipper.messages:,} messages, {shipper.size:,} bytes"
    open_ = sum(bound.parcel.lines for bound in shipper.waiting)
    open_ += sum(sent.bound.parcel.lines for sent in shipper.underway)
    rejected = f", {shipper.rejects:,} too long and among the rejects" if shipper.rejects else ""
    return f"{sent} acknowledged{rejected}" + (
        f"; of {open_:,} lines it is not known" if open_ else ""
    )
