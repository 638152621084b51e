"""Sentences: turn rungs of the ladder into actions that begin, rise, end, and come back longer.

While an action is in force, only a higher rung says anything new. Once it has ended, held evidence
may still lead higher, but the same again takes fresh evidence: whoever was blocked starts anew,
and the next sentence is twice as long. Where `policy.quiet` is set an action ends that early, and
is renewed for as long as its target asks for anything at all while hardly less speaks against it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from enforcement.decision import Action
from enforcement.policy import NOTHING
from enforcement.rounds import firsts, later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from enforcement.policy import Policy, Rungs


class Sentence(NamedTuple):
    """What is to be done about the actor of one row."""

    row: int
    action: int
    until: int  # seconds since 1970 UTC
    fresh: bool  # it repeats what had ended, and rests on fresh evidence alone


def sentences(
    slot: NDArray[np.intp],
    at: NDArray[np.int64],
    rungs: tuple[Rungs, Rungs],
    entries: NDArray[Any],
    policy: Policy,
) -> Iterator[Sentence]:
    """Go through rows grouped by ascending *slot*, each in order of time, and update *entries*.

    *rungs* are those of held and of fresh evidence.
    """
    pending = np.flatnonzero(rungs[0] > NOTHING)
    while len(pending):
        known, now = entries[slot[pending]], at[pending]
        returning = _ended(known, now) & (now - known["until"] < policy.forgiven)
        repeated = returning & (rungs[0][pending] <= known["action"])
        rung = np.where(repeated, rungs[1][pending], rungs[0][pending])
        renewed = _due(known, now, rungs[0][pending], policy)
        rung = np.where(renewed, np.maximum(rung, known["action"]), rung)
        raised = renewed | (rung > np.where(_ended(known, now), NOTHING, known["action"]))
        if not raised.any():
            return
        said = firsts(slot, pending[raised])
        where = np.searchsorted(pending, said)
        until = _impose(entries, slot[said], now[where], rung[where], policy)
        told = (said, rung[where], until, repeated[where])
        yield from map(Sentence, *(column.tolist() for column in told))
        pending = later(slot, pending, said)


def _ended(known: NDArray[Any], now: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.asarray(known["until"] <= now)


def _due(
    known: NDArray[Any], now: NDArray[np.int64], rung: Rungs, policy: Policy
) -> NDArray[np.bool_]:
    """Tell which actions in force are to be renewed: half of their time without a word is over.

    As evidence fades a little with each minute, it may have fallen by a rung.
    """
    action, returns = known["action"], known["returns"]
    if not policy.quiet:
        return np.zeros(len(known), np.bool_)
    goes_on = (action > Action.OBSERVE) & (rung >= action - 1) & ~_ended(known, now)
    lease = policy.leases(np.where(goes_on, action, 0).astype(np.int8), returns)
    due: NDArray[np.bool_] = goes_on & (2 * (known["until"] - now) <= lease)
    return due


def _impose(
    entries: NDArray[Any],
    slot: NDArray[np.intp],
    now: NDArray[np.int64],
    rung: Rungs,
    policy: Policy,
) -> NDArray[np.int64]:
    """Write down what is in force from now on; give its ends."""
    known = entries[slot]
    again = np.where(now - known["until"] < policy.forgiven, known["returns"] + 1, 0)
    returns = np.where(_ended(known, now), again, known["returns"]).astype(np.int32)
    # What holds is never shortened; of what was only observed nothing holds that could be.
    acts = (known["action"] > Action.OBSERVE) | (policy.quiet == 0)
    holds = np.where(acts, known["until"], now)
    until: NDArray[np.int64] = np.maximum(holds, now + policy.leases(rung, returns))
    entries["returns"][slot] = returns
    entries["action"][slot] = rung
    entries["until"][slot] = until
    return until
