"""`hedgerow push crowdsec` against a real CrowdSec: told, taken back, and told again if lost."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import pytest
from prometheus_client import CollectorRegistry

from streams.commands import push as pushed
from streams.crowdsec.asked import Asked
from streams.crowdsec.lapi import Lapi
from streams.crowdsec.place import CrowdSec
from streams.crowdsec.pushing import Pushing
from streams.infrastructure import Broker
from streams.metrics import Meters
from streams.posted import Posted
from streams.subscription import Subscription
from tests.services.crowdsec import MACHINE, PASSWORD, local_api
from tests.services.ports import until
from tests.services.programs import needs
from tests.streams.crowdsec.scene import NETWORK, ONE, TWO, Platform

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.services.crowdsec import LocalApi

NEEDS_CROWDSEC = needs("crowdsec", "cscli")
clock = time.time  # noqa: TID251 - a real program judges it by its own
OURS = {f"hedgerow {ONE}", f"hedgerow {NETWORK}"}
TYPES = ("ban", "captcha")


def place(folder: Path, url: str, password: str = PASSWORD) -> CrowdSec:
    (folder / "password").write_text(f"{password}\n")
    return CrowdSec(url=url, machine=MACHINE, password_file=str(folder / "password"))


@contextmanager
def pushing(folder: Path) -> Iterator[tuple[Platform, LocalApi, Pushing]]:
    platform = Platform(clock())
    with local_api(folder / "crowdsec") as api:
        lapi = Lapi(place(folder, api.url))
        yield platform, api, Pushing(platform.board, lapi, Asked.of({}, TYPES))


def push(it: Pushing) -> tuple[int, int]:
    delta = asyncio.run(it.push())
    return len(delta.new), len(delta.deleted)


@NEEDS_CROWDSEC
def test_it_is_told_once_and_what_is_released_is_taken_back_but_nothing_of_others(
    tmp_path: Path,
) -> None:
    with pushing(tmp_path) as (platform, api, it):
        api.command("decisions", "add", "--ip", ONE, "--duration", "1h")
        platform.decide(ONE)
        platform.decide(NETWORK)
        first, again = push(it), push(it)
        anew = push(Pushing(it.board, it.lapi, it.asked))
        told = api.decisions()
        platform.release(ONE)
        released = push(it)

        assert (first, again, anew, released) == ((2, 0), (0, 0), (0, 0), (0, 1))
        assert told.keys() == {f"cscli {ONE}", *OURS}
        assert told[f"hedgerow {NETWORK}"]["scope"] == "Range"
        assert told[f"hedgerow {NETWORK}"]["duration"] > "9m"
        assert api.decisions().keys() == {f"cscli {ONE}", f"hedgerow {NETWORK}"}


@NEEDS_CROWDSEC
def test_a_restart_loses_nothing_and_what_it_forgot_is_told_again(tmp_path: Path) -> None:
    with pushing(tmp_path) as (platform, api, it):
        platform.decide(ONE)
        platform.decide(NETWORK)
        push(it)
        api.stop()
        platform.decide(TWO)
        with pytest.raises(OSError, match="refused"):
            push(it)
        api.start()
        after = push(it)
        told = api.decisions().keys()
        api.stop()
        api.forget()
        api.start()
        it.looked = 0.0

        assert after == (1, 0)
        assert told == {*OURS, f"hedgerow {TWO}"}
        assert push(it) == (3, 0)
        assert api.decisions().keys() == told


@NEEDS_CROWDSEC
def test_all_are_let_go_in_one_call_but_nothing_of_others(tmp_path: Path) -> None:
    with pushing(tmp_path) as (platform, api, it):
        api.command("decisions", "add", "--ip", ONE, "--duration", "1h")
        targets = [f"203.0.113.{number}" for number in range(200)]
        for target in targets:
            platform.decide(target)
        told = push(it)
        for target in targets:
            platform.release(target)

        assert (told, push(it)) == ((200, 0), (0, 200))
        assert api.decisions().keys() == {f"cscli {ONE}"}


@NEEDS_CROWDSEC
def test_what_lasts_longer_now_is_told_so(tmp_path: Path) -> None:
    with pushing(tmp_path) as (platform, api, it):
        platform.decide(ONE)
        push(it)
        platform.decide(ONE, lasts=7200)
        push(it)

        assert api.decisions()[f"hedgerow {ONE}"]["duration"].startswith(("1h59m", "2h"))


@NEEDS_CROWDSEC
def test_a_wrong_password_is_said_without_it(tmp_path: Path) -> None:
    with local_api(tmp_path / "crowdsec") as api:
        lapi = Lapi(place(tmp_path, api.url, "wrong-one"))
        with pytest.raises(PermissionError) as error:
            list(lapi.ours())

    assert "/v1/watchers/login: HTTP 40" in str(error.value)
    assert "wrong-one" not in str(error.value)


@NEEDS_CROWDSEC
def test_pushes_and_troubles_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushed, "AGAIN", 0.1)
    registry = CollectorRegistry()
    meters, current = Meters.of(registry), Subscription(Broker(), Posted(), clock)
    monkeypatch.setattr(Subscription, "knows", True)

    def count(name: str, **labels: str) -> float:
        return registry.get_sample_value(f"hedgerow_{name}_total", labels) or 0

    def kept(it: Pushing, outcome: str, times: int) -> None:
        async def some() -> None:
            keeping = asyncio.create_task(pushed.kept(it, current, meters))
            seen = partial(count, "pushes", outcome=outcome)
            await asyncio.to_thread(until, lambda: seen() >= times, f"{times} {outcome}")
            keeping.cancel()
            await asyncio.wait({keeping})

        asyncio.run(some())

    with pushing(tmp_path) as (platform, api, it):
        platform.decide(ONE)
        kept(it, "told", 1)
        api.stop()
        platform.decide(TWO)
        kept(it, "refused", 2)

    assert count("pushes", outcome="told") == 1
    assert count("pushes", outcome="refused") > 1
    assert count("pushed_remedies", change="told") == 1
