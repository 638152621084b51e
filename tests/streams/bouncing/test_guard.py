"""One machine without a broker: a guard serves its list, and its firewall holds it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from streams.bouncing.nftables import Nftables
from streams.bouncing.plan import plan
from tests.services.ports import until
from tests.services.process import Process
from tests.services.programs import needs
from tests.services.town import HARVESTER, NEEDS_TOWN, READER, town
from tests.streams.bouncing.crowd import harvest, look_in
from tests.streams.bouncing.gated import PATIENCE
from tests.streams.bouncing.gates import gate
from tests.streams.bouncing.origin import clock, ending

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.services.town import Town

HOME = Path(__file__).parents[3]
PROGRAM = [sys.executable, "-m", "streams.commands"]
SERVED = "127.0.0.1:8087"

pytestmark = [NEEDS_TOWN, needs("nft", "curl"), pytest.mark.usefixtures("compiled")]


@contextmanager
def guarding(built: Town, folder: Path) -> Iterator[Process]:
    """Run a guard on the firewall host."""
    words = ["guard", "access.log", "--serve", SERVED, "--bouncer", "nftables"]
    program = ["env", f"PYTHONPATH={HOME}", *PROGRAM, *words]
    guard = Process(built.at_firewall(*program), folder, "guard.log")
    guard.start()
    try:
        yield guard
    finally:
        guard.stop()


def test_a_guard_alone_refuses_serves_and_lets_go_and_a_kill_changes_nothing(
    tmp_path: Path,
) -> None:
    log = tmp_path / "access.log"
    log.touch()
    with town() as built, gate("nftables", built, tmp_path) as made:

        def refused() -> bool:
            look_in(log, clock())
            return made.refused(HARVESTER)

        with guarding(built, tmp_path) as guard:
            harvest(log, HARVESTER, 450, clock())
            until(refused, "a refusal")
            served = built.ran("curl", "-s", f"http://{SERVED}/blocklist.txt")
            until(lambda: '"state":"current"' in asked(built, "/v1/acks"), "an acknowledgement")
            during = made.served(READER, PATIENCE), made.target.held()
            guard.kill9()
            made.lose()
            guard.start()
            until(refused, "a refusal again")
            ordered = [*PROGRAM, "pardon", HARVESTER, "--in", "guard", "--reason", "it was us"]
            subprocess.run(ordered, cwd=tmp_path, check=True, env={"PYTHONPATH": str(HOME)})
            until(lambda: made.served(HARVESTER), "a release")
            after = made.served(READER, PATIENCE)

    assert f"{HARVESTER}/32\n" in served
    assert during == (True, served.partition("# set: ")[2][:16]), guard.said()
    assert after


def asked(built: Town, path: str) -> str:
    return built.ran("curl", "-s", f"http://{SERVED}{path}")


def test_remove_takes_the_table_away_and_what_was_kept(tmp_path: Path) -> None:
    with town() as built:
        target = Nftables(nft=tuple(built.at_firewall("nft")))
        words = ["bouncer", "--to", "nftables", "--remove", "--state", str(tmp_path)]
        program = built.at_firewall("env", f"PYTHONPATH={HOME}", *PROGRAM, *words)
        subprocess.run(program, check=True, cwd=tmp_path)
        built.ran("nft", "add", "table", "inet", "hedgerow")
        (tmp_path / "bouncer-nftables.json").touch()
        subprocess.run(program, check=True, cwd=tmp_path)

        assert target.held() is None
        assert not (tmp_path / "bouncer-nftables.json").exists()


def test_a_chain_of_the_operators_in_the_table_stays_and_slows_down_whom_it_is_told(
    tmp_path: Path,
) -> None:
    slow = "ip saddr @throttle4 limit rate over 1/hour burst 1 packets drop"
    with town() as built, gate("nftables", built, tmp_path) as made:
        made.target.apply(plan([ending(HARVESTER, "throttle")], [], clock()), clock())
        before = made.served(HARVESTER, PATIENCE)
        hook = "{ type filter hook prerouting priority -290; }"
        built.ran("nft", f"add chain inet hedgerow slow {hook}")
        built.ran("nft", f"add rule inet hedgerow slow {slow}")
        made.target.apply(plan([ending(HARVESTER, "throttle")], [], clock()), clock())
        during = made.served(HARVESTER), made.served(READER, PATIENCE)
        made.target.apply(plan([], [], clock()), clock())

        assert (before, during, made.served(HARVESTER, PATIENCE)) == (True, (False, True), True)
