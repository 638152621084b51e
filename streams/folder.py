"""Folder: read back what a replay or a guard left, and add what people order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from access.addresses import as_network, key_of
from actors.frame import Scope
from enforcement.blocklist import BlockList
from enforcement.decision import Action, Decision, Reach, Signal
from enforcement.moments import seconds
from enforcement.rails import Cap, Rails
from enforcement.standing import Standing
from feeds.listing import listing
from streams.outputs import replace_file
from streams.railed import is_halted, railed
from streams.records import ENCODER, DecisionRecord
from streams.wire.orders import Verb

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")

ORDERS = "pardons.ndjson"  # what people ordered
PLACES = (Scope.ADDRESS, Scope.NETWORK)


@dataclass(frozen=True, slots=True)
class Order:
    """Somebody's order: to spare a target, or another one of `Verb` that folders know."""

    at: str  # when it was given, ISO 8601, UTC; the clock of the machine
    by: str  # the user who gave it
    target: str  # an address, a CIDR, a session or account as in a decision; for rails a scope
    reason: str
    verb: str = "pardon"  # or halt, resume, reset, raise, lower
    cap: Cap | UnsetType = UNSET  # the last three: of a raise; the first one of a lower, too
    most: int | UnsetType = UNSET
    lasts: int | UnsetType = UNSET  # seconds


class Named(msgspec.Struct):
    """The part of a decision that tells it from all others."""

    id: str


class Summary(msgspec.Struct):
    """The part of summary.json that is read back."""

    to: str | None = None
    spared: tuple[str, ...] = ()
    rails: dict[str, float] = {}  # what stands under [rails]; empty: there were none

    @property
    def limits(self) -> Rails | None:
        """Give the rails that the run had."""
        return msgspec.convert(self.rails, Rails, strict=False) if self.rails else None


def decisions_in(folder: Path) -> list[Decision]:
    """Read all decisions, without the signals behind them; raises OSError, ValueError."""
    return [decision_of(record) for record in lines_of(folder / "decisions.ndjson", DecisionRecord)]


def decided_after(folder: Path, length: int) -> frozenset[str]:
    """Name the decisions behind the first *length* bytes; one that is torn counts as none."""
    path = folder / "decisions.ndjson"
    if not path.exists():
        return frozenset()
    whole = path.read_bytes()[length:].rpartition(b"\n")[0]
    return frozenset(named.id for named in msgspec.json.Decoder(Named).decode_lines(whole))


def orders_in(folder: Path) -> list[Order]:
    """Read what people ordered so far."""
    path = folder / ORDERS
    return lines_of(path, Order) if path.exists() else []


def lines_of(path: Path, kind: type[T]) -> list[T]:
    """Read one JSON object a line; ValueError says which file and what was seen."""
    try:
        return msgspec.json.Decoder(kind).decode_lines(path.read_bytes())
    except msgspec.DecodeError as error:
        msg = f"{path}: {error}"
        raise ValueError(msg) from None


def decision_of(record: DecisionRecord) -> Decision:
    """Turn a record back into a decision, without evidence; ValueError where none is."""
    scope = Scope(record.scope)
    if record.action.upper() not in Action.__members__:
        msg = f"expected an action, saw {record.action!r}"
        raise ValueError(msg)
    place = as_network(record.target) if scope in PLACES else None
    return Decision(
        id=record.id,
        at=seconds(record.at),
        action=Action[record.action.upper()],
        scope=scope,
        key=key_of(str(place.network_address)) if place else 0,
        target=record.target,
        until=seconds(record.until),
        score=record.score,
        families=record.families,
        signals=tuple(
            Signal(seconds(record.at), scope, record.target, s.detector, "", s.score, 0.0, {})
            for s in record.signals
        ),
        pictures=record.pictures,
        owners=record.owners,
        rules=record.rules,
        settings=record.settings,
        campaign=record.campaign,
        members=record.members,
        reach=Reach(**msgspec.structs.asdict(record.reach)),
        quiet=record.quiet,
        agent=record.agent,
        continues=record.continues,
        ja4=record.ja4,
    )


def blocks_in(folder: Path) -> BlockList:
    """Rebuild the block list from decisions and orders."""
    summary, decisions, orders = summary_in(folder), decisions_in(folder), orders_in(folder)
    if rails := summary.limits:
        decisions, _ = railed(decisions, orders, rails)
    blocks = BlockList(summary.spared)
    for decision in decisions:
        blocks.apply(decision)
    for order in orders:
        if order.verb == Verb.PARDON:
            blocks.release(order.target, order.reason)
    return blocks


def standing_in(folder: Path, at: int) -> Standing:
    """Say what is in force at a time, as the folder knows it; nothing while all is halted."""
    return Standing.of(()) if is_halted(orders_in(folder)) else blocks_in(folder).standing(at)


def end_of(folder: Path) -> int:
    """Say up to which event time the folder knows, in seconds since 1970 UTC."""
    latest = max((decision.at for decision in decisions_in(folder)), default=0)
    told = summary_in(folder).to
    return max(latest, seconds(told) if told else 0)


def summary_in(folder: Path) -> Summary:
    """Read the summary; a run that was broken off has none yet."""
    path = folder / "summary.json"
    return msgspec.json.decode(path.read_bytes(), type=Summary) if path.exists() else Summary()


def add_order(folder: Path, order: Order) -> None:
    """Write an order down, then the block list without its target, at once."""
    with (folder / ORDERS).open("ab") as file:
        file.write(ENCODER.encode_lines([order]))
    replace_file(folder / "blocklist.txt", listing(standing_in(folder, end_of(folder))))
