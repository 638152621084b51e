"""Verdict: how everybody fared on one platform, by Hedgerow, by parts of it, and by its peers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.quality.peers.roster import PEERS
from benchmarks.quality.peers.traffic import Traffic
from benchmarks.quality.trial import Replay
from benchmarks.quality.witness import witnesses
from tests.cast.effects import Rows
from tests.cast.outcome import Outcome
from tests.cast.score import standings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.quality.trial import Trial
    from benchmarks.quality.witness import Witness
    from streams.settings import Settings
    from tests.cast.score import Standing
    from tests.cast.world import World

HEDGEROW = "Hedgerow"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one trial came to."""

    trial: Trial
    hedgerow: list[Standing]
    without: Mapping[str, list[Standing]]  # by the detector that nobody believed
    believed: Mapping[str, list[Standing]]  # by the detector in shadow that was believed
    peers: Mapping[str, list[Standing]]  # by the peer that judged instead
    witnesses: list[Witness]


def verdict(trial: Trial, settings: Settings, *, ablated: bool = True) -> Verdict:
    """Judge a platform in every way.

    If *ablated*, also without each detector, and with each that *settings* have in shadow.
    """
    world = trial.world()
    rows, replay = Rows.of(world.columns()), Replay.of(world, trial.written, settings)
    names = [detector.name for detector in settings.detectors]
    trust = {name: 0.0 if settings.trust[name] else 1.0 for name in names if ablated}
    judged = {
        name: standings(Outcome.of(rows, decisions), world)
        for name, decisions in replay.trusting(trust).items()
    }
    return Verdict(
        trial,
        standings(Outcome.of(rows, replay.decisions), world),
        {name: told for name, told in judged.items() if not trust[name]},
        {name: told for name, told in judged.items() if trust[name]},
        peered(world),
        witnesses(replay.signals, names, rows, world.truth.guilty),
    )


def peered(world: World) -> dict[str, list[Standing]]:
    """Let each peer judge a world instead."""
    traffic = Traffic.of(world)
    return {peer.name: standings(peer.outcome(traffic), world) for peer in PEERS}
