"""Shipping: send messages to Kafka so that each is acknowledged, in order, whatever breaks."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kafka.errors import KafkaError, KafkaTimeoutError

from streams.producer import HOPELESS, let_go
from streams.stopping import POLL

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafka import KafkaProducer
    from kafka.producer.future import FutureRecordMetadata

    from streams.parcels import Parcel

HELD = 32 << 20  # bytes sent and not yet acknowledged; then the reader waits
PATIENCE = 600.0  # seconds without an acknowledgement, after which it is given up


class Bound(NamedTuple):
    """A message and where it goes; the partition of one with a key follows from the key."""

    parcel: Parcel
    partition: int | None


class Sent(NamedTuple):
    """A message that was handed to the producer."""

    bound: Bound
    future: FutureRecordMetadata


@dataclass(slots=True)
class Shipper:
    """Sends to the partitions of a topic in turn; counts what was acknowledged.

    At least once: what was under way when a producer failed is sent again, in its order, by a new
    one. The old one is never used again: one refused message and kafka-python's idempotent producer
    fails with the same error for every later message of any topic.
    """

    connect: Callable[[], KafkaProducer]
    say: Callable[[str], None]  # tells people what is wrong while it is tried again
    topic: str
    partition: int | None = None  # the only one to use; None: all in turn
    patience: float = PATIENCE
    lines: int = 0  # acknowledged
    rejects: int = 0  # … lines that were too long
    messages: int = 0
    size: int = 0  # bytes acknowledged
    held: int = 0  # bytes of `waiting` and `underway`
    turn: int = 0
    waiting: deque[Bound] = field(default_factory=deque)
    underway: deque[Sent] = field(default_factory=deque)
    producer: KafkaProducer | None = None
    partitions: int = 0
    moved: float = 0.0  # when something was acknowledged, or sent after all was
    said: str = ""  # since then

    def open(self) -> None:
        """Connect; ConnectionError says in a line why not."""
        try:
            self.producer = self.connect()
            known = self.producer.partitions_for(self.topic)
        except KafkaError as error:
            msg = f"cannot send to topic {self.topic}: {error}; see `hedgerow topics check`"
            raise ConnectionError(msg) from None
        if self.partition is not None and self.partition not in known:
            msg = f"topic {self.topic} has no partition {self.partition}, only 0 to {max(known)}"
            raise ConnectionError(msg)
        self.partitions = len(known)

    def send(self, parcel: Parcel) -> None:
        """Send a message; wait where too much is under way, or the broker is gone.

        ConnectionError: it is not taken, and asking again will not help, or has not for long.
        """
        partition = None
        if not parcel.reject:
            partition = self.turn % self.partitions if self.partition is None else self.partition
            self.turn += 1
        if not self.held:
            self.moved = time.monotonic()  # noqa: TID251 - how long a broker has been gone
        self.waiting.append(Bound(parcel, partition))
        self.held += len(parcel.value)
        self.settle(HELD)

    def settle(self, most: int = 0) -> None:
        """Wait until at most so many bytes are under way; ConnectionError as for `send`."""
        while self.waiting or (self.underway and (self.held > most or self._answered())):
            try:
                self._step()
            except KafkaError as error:
                self._bear(error)

    def close(self) -> None:
        """Let go of the broker; of what is under way nobody will know whether it arrived."""
        if self.producer is not None:
            let_go(self.producer)
        self.producer = None

    def _answered(self) -> bool:
        return bool(self.underway[0].future.is_done)

    def _step(self) -> None:
        """Post what waits, or wait a little for the answer to the oldest."""
        self.producer = self.producer or self.connect()
        if self.waiting:
            bound = self.waiting[0]
            where, what = bound.parcel.topic, bound.parcel
            future = self.producer.send(where, what.value, what.key, partition=bound.partition)
            self.underway.append(Sent(self.waiting.popleft(), future))
            return
        future = self.underway[0].future
        try:
            future.get(timeout=POLL)
        except KafkaTimeoutError:
            if future.is_done or self._tired():
                raise
        else:
            self._acknowledged(self.underway.popleft().bound.parcel)

    def _acknowledged(self, parcel: Parcel) -> None:
        self.held -= len(parcel.value)
        self.size += len(parcel.value)
        self.lines += 0 if parcel.reject else parcel.lines
        self.rejects += parcel.lines if parcel.reject else 0
        self.messages += 1
        self.moved, self.said = time.monotonic(), ""  # noqa: TID251 - see `send`

    def _bear(self, error: KafkaError) -> None:
        """Get ready to send again whatever was not acknowledged, or give up."""
        if isinstance(error, HOPELESS) or self._tired():
            long = f"nothing acknowledged for {self.patience:g} s, " if self._tired() else ""
            msg = f"topic {self.topic}: {long}{error}; see `hedgerow topics check`"
            raise ConnectionError(msg) from None
        if str(error) != self.said:
            self.say(f"topic {self.topic}: {error}; trying again")
            self.said = str(error)
        self.close()
        self._take_back()
        time.sleep(POLL)

    def _take_back(self) -> None:
        """Put what was not acknowledged before what waits, in its order."""
        arrived = [sent.future.succeeded() for sent in self.underway]
        unanswered = []
        for (bound, _), done in zip(self.underway, arrived, strict=True):
            if done:
                self._acknowledged(bound.parcel)
            else:
                unanswered.append(bound)
        self.underway.clear()
        self.waiting.extendleft(reversed(unanswered))

    def _tired(self) -> bool:
        return time.monotonic() - self.moved > self.patience  # noqa: TID251 - see `send`
