"""Nobody is harmed on real logs: they hold readers, a CDN and a hotlinked blog, and no harvest."""

from __future__ import annotations

import gzip
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.addresses import key_of, network_of
from access.claims import Flag, flags
from access.event import Kind, Outcome
from access.lateness import Lateness
from access.site import Site
from actors.frame import Scope
from enforcement.decision import Action
from streams.replay import replay
from streams.settings import Settings
from streams.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from access.batch import Batch
    from enforcement.decision import Decision
    from streams.pipeline import Step

DATA = Path(os.environ.get("HEDGEROW_DATA", Path(__file__).parents[2] / "../shared/data"))
LOGS = {log.name.removesuffix(".log.gz"): log for log in sorted(DATA.glob("logs/*.log.gz"))}
CRAWL = DATA / "formats/crowdsec_hub"
CRAWL /= "tests__envoy-http-crawl-non_statics__envoy-http-crawl-non_statics.log"
pytestmark = pytest.mark.skipif(not LOGS, reason="the shared logs are not here (HEDGEROW_DATA)")

ORDERS = {"as_it_is": 2_000, "put_in_order": 10**12}  # milliseconds a line may be late
each_log = pytest.mark.parametrize("log", LOGS)
each_order = pytest.mark.parametrize("lateness", ORDERS.values(), ids=ORDERS)

TEXT = rb'"(?:[^"\\]|\\.)*"'
READABLE = re.compile(rb"\S+ \S+ .*\[[^\]]+\] %s \d{3} (\d+|-)( %s %s)?\s*" % (TEXT, TEXT, TEXT))


@cache
def replayed(path: Path, lateness: int) -> Sequence[Step]:
    """Replay as `hedgerow replay` does for somebody who describes and sets nothing else."""
    patient = Settings(lateness=Lateness(whole_seconds=lateness, milliseconds=lateness))
    return list(replay([open_source(str(path))], Site.default(), patient))


def decisions(steps: Sequence[Step]) -> list[Decision]:
    return [decision for step in steps for decision in step.decisions]


def readers(steps: Sequence[Step]) -> set[int]:
    """List who loaded pages and what draws them, with a browser, and got most of it."""
    batches = [step.batch for step in steps]
    kind, claim = (np.concatenate([getattr(b, n) for b in batches]) for n in ("kind", "claim"))
    given = np.concatenate([b.outcome for b in batches]) == Outcome.DELIVERED
    address, who = np.unique(np.concatenate([b.address for b in batches]), return_inverse=True)
    pages, assets, odd, delivered, asked = (
        np.bincount(who[rows], minlength=len(address))
        for rows in (
            given & (kind == Kind.PAGE),
            given & (kind == Kind.ASSET),
            flags(claim) & np.uint32(Flag.TOOL | Flag.CRAWLER) > 0,
            given,
            kind >= 0,
        )
    )
    human = (address > 0) & (pages > 0) & (assets > 0) & (odd == 0) & (delivered > asked / 2)
    return set(address[human].tolist())


def met(steps: Sequence[Step], least: Action) -> set[int]:
    """List the addresses that an action of at least this rung met, in whatever scope."""
    hard = [d for d in decisions(steps) if d.action >= least]
    found: set[int] = set()
    for step in steps:
        for scope, column in columns(step.batch).items():
            keys = np.array([d.key for d in hard if d.scope is scope], np.uint64)
            found.update(step.batch.address[np.isin(column, keys)].tolist())
    return found


def columns(batch: Batch) -> dict[Scope, NDArray[np.uint64]]:
    return {
        Scope.ADDRESS: batch.address,
        Scope.NETWORK: network_of(batch.address),
        Scope.SESSION: batch.session,
        Scope.ACCOUNT: batch.account,
    }


@each_log
@each_order
def test_no_reader_is_blocked_or_challenged(log: str, lateness: int) -> None:
    steps = replayed(LOGS[log], lateness)

    assert readers(steps)
    assert readers(steps) & met(steps, Action.CHALLENGE) == set()


@each_order
def test_nobody_is_blocked_where_a_cdn_fetches_and_a_blog_is_hotlinked(lateness: int) -> None:
    assert met(replayed(LOGS["airisdata"], lateness), Action.CHALLENGE) == set()


@each_order
def test_the_fetchers_of_an_image_cdn_are_at_most_observed(lateness: int) -> None:
    lines = gzip.decompress(LOGS["airisdata"].read_bytes()).splitlines()
    fetchers = {key_of(line.split()[0].decode()) for line in lines if b'"Photon/' in line}

    assert len(fetchers) == 83
    assert fetchers & met(replayed(LOGS["airisdata"], lateness), Action.DEGRADE) == set()


@each_order
def test_the_visitors_of_a_hotlinked_blog_are_at_most_observed(lateness: int) -> None:
    steps = replayed(LOGS["airisdata"], lateness)
    bursts: Counter[tuple[int, int]] = Counter()
    for batch in (step.batch for step in steps):
        failed = (batch.kind == Kind.PICTURE) & (batch.status == 500)
        seconds = batch.at[failed] // 1000
        bursts.update(zip(batch.address[failed].tolist(), seconds.tolist(), strict=True))
    visitors = {address for (address, _), pictures in bursts.items() if pictures > 20}

    assert len(visitors) == 5
    assert visitors & met(steps, Action.DEGRADE) == set()


@each_log
@each_order
def test_only_what_nobody_can_read_is_rejected(log: str, lateness: int) -> None:
    steps = replayed(LOGS[log], lateness)
    rejects = [reject.line for step in steps for reject in step.rejects]
    lines = gzip.decompress(LOGS[log].read_bytes()).count(b"\n")

    assert [line for line in rejects if READABLE.fullmatch(line)] == []
    assert sum(len(step.batch) for step in steps) + len(rejects) == lines


@pytest.mark.skipif(not CRAWL.exists(), reason="the shared logs are not here (HEDGEROW_DATA)")
@each_order
def test_a_crawl_of_pages_takes_no_picture_and_is_left_alone(lateness: int, tmp_path: Path) -> None:
    """The log as its container wrote it, from outside: inside machines are no actors."""
    written = [line[line.index(b"{") :] for line in CRAWL.read_bytes().splitlines()]
    log = tmp_path / "crawl.log"
    log.write_bytes(b"\n".join(written).replace(b"10.0.0.13", b"203.0.113.13"))

    steps = replayed(log, lateness)

    kinds = Counter(kind for step in steps for kind in step.batch.kind.tolist())
    assert (kinds, decisions(steps)) == ({Kind.PAGE: len(written)}, [])
