"""Scenes: batches and decisions made by hand, for whoever keeps cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from access.addresses import address_text, key_of, network_of, network_text
from access.batch import COLUMNS, PAD, Batch
from access.event import FIELDS, Field, Kind, Outcome, Rendition
from actors.frame import Scope
from enforcement.decision import Action, Decision, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

AT = 1_795_521_600  # 2026-11-24 12:00 UTC
ADDRESS = "192.0.2.1"
NEIGHBOUR = "192.0.2.9"
AGENT = b"curl/8.5.0"


class Asked(NamedTuple):
    """One request."""

    second: int  # after AT
    address: str = ADDRESS
    picture: int = 1
    owner: int = 0
    session: int = 0
    size: int = 100
    kind: Kind = Kind.PICTURE
    outcome: Outcome = Outcome.DELIVERED
    rendition: Rendition = Rendition.ORIGINAL
    line: bytes = b"a line"


def batch(requests: Sequence[Asked]) -> Batch:
    """Put requests into columns; they are numbered from 1."""
    buffer, spans = bytearray(), np.zeros((len(requests), 2 * FIELDS), np.int32)
    for row, request in enumerate(requests):
        for field, text in ((Field.LINE, request.line), (Field.AGENT, AGENT)):
            spans[row, 2 * field : 2 * field + 2] = len(buffer), len(buffer) + len(text)
            buffer += text
    columns = {name: np.zeros(len(requests), dtype) for name, dtype in COLUMNS.items()}
    columns["at"][:] = [(AT + request.second) * 1000 for request in requests]
    columns["number"][:] = np.arange(len(requests)) + 1
    columns["address"][:] = [key_of(request.address) for request in requests]
    for name in ("picture", "owner", "session", "size", "kind", "outcome", "rendition"):
        columns[name][:] = [getattr(request, name) for request in requests]
    return Batch(np.frombuffer(bytes(buffer) + bytes(PAD), np.uint8), spans, **columns)


def decision(
    begins: int = 0,
    lasts: int = 60,
    *,
    action: Action = Action.BLOCK,
    scope: Scope = Scope.ADDRESS,
    address: str = ADDRESS,
    session: int = 0,
    signals: Sequence[Signal] = (),
) -> Decision:
    """Decide about an address, its network, or a session; times are seconds after AT."""
    key = key_of(address)
    if scope is Scope.NETWORK:
        key = int(network_of(np.array([key], np.uint64))[0])
    target = network_text(key) if scope is Scope.NETWORK else address_text(key)
    return Decision(
        id=f"{scope}-{target}-{begins}-{action}",
        at=AT + begins,
        action=action,
        scope=scope,
        key=session or key,
        target=f"session {session}" if session else target,
        until=AT + begins + lasts,
        score=12.0,
        families=("shape", "volume"),
        signals=tuple(signals),
        pictures=200,
        owners=0,
        rules="rules",
        settings="settings",
    )
