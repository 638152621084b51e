"""What the fold should say of habits and new pairs, told plainly, one request after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from access.addresses import network_of
from access.claims import Flag, crawler, flags
from access.event import Kind, Outcome
from actors.features import DAY, Count, Statistic
from actors.kernels.shapes import CALLED, DREW, PAGED, PREVIEWED
from actors.marks import MARKS, codes
from actors.pairs import QUIET
from tests.actors.twin import Actor, request

if TYPE_CHECKING:
    from access.batch import Batch

S = Statistic


def ranks_and_habits(batch: Batch) -> list[tuple[int, int | None]]:
    """Say for each row what its actor had asked for, and did; habits only where it asks."""
    actors: dict[int, Actor] = {}
    told: list[tuple[int, int | None]] = []
    code = codes(batch)
    for i in range(len(batch)):
        second = int(batch.at[i]) // 1000
        actor = actors.setdefault(int(batch.address[i]), Actor(last=second))
        delta = [int(n) for n in MARKS[code[i]]]
        request(actor, batch, i, delta)
        rank = actor.visit.get(S.ASKED, 0)
        told.append((rank, habits(actor, second) if delta[S.ASKED] else None))
    return told


def habits(actor: Actor, second: int) -> int:
    """Say what an actor did: in the last day, or in this visit where it is known for no more."""

    def count(statistic: Statistic) -> int:
        if actor.born is None:
            return actor.visit.get(statistic, 0)
        return actor.value(Count(statistic, DAY), second + 1)

    did = {
        PAGED: count(S.PAGES),
        CALLED: count(S.CALLS),
        DREW: count(S.ASSETS),
        PREVIEWED: count(S.TAKEN) - count(S.ORIGINALS),
    }
    return sum(bit for bit, times in did.items() if times > 0)


def new_pairs(batch: Batch) -> list[tuple[int, bool, bool]]:
    """List the rows that are new pairs: whether somebody came again, and to somebody else's."""
    found: list[tuple[int, bool, bool]] = []
    latest: dict[tuple[str, int, int], int] = {}

    def known(kind: str, who: int, what: int, second: int) -> bool:
        before = latest.get((kind, who, what))
        latest[kind, who, what] = max(second, second if before is None else before)
        return before is not None and second - before < DAY

    for i, (rank, _) in enumerate(ranks_and_habits(batch)):
        if rank > QUIET or not looked_at(batch, i):
            continue
        second, who = int(batch.at[i]) // 1000, int(batch.address[i])
        network = int(network_of(batch.address[i : i + 1])[0])
        if known("picture", network, int(batch.picture[i]), second):
            continue
        again = known("visitor", who, 0, second)
        strange = not batch.owner[i] or not known("owner", who, int(batch.owner[i]), second)
        found.append((i, again, again and strange))
    return found


def looked_at(batch: Batch, i: int) -> bool:
    """Tell whether a row gives a picture to somebody who is no declared robot of any kind."""
    claim = batch.claim[i : i + 1]
    robot = int(flags(claim)[0]) & Flag.CRAWLER or crawler(claim)[0]
    given = batch.kind[i] == Kind.PICTURE and batch.outcome[i] == Outcome.DELIVERED
    return bool(given and batch.picture[i] and not batch.own[i] and not robot)
