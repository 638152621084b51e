"""On a live platform halts, resets, appeals and the release of a campaign reach whoever asks."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from kafka import KafkaProducer

from actors.frame import Scope
from enforcement.decision import Action
from streams.records import ENCODER, decision_record
from tests.enforcement.test_blocklist import decision
from tests.services.java import NEEDS_KAFKA
from tests.services.ports import allowed, until
from tests.streams.deciders import ONE
from tests.streams.platform import Platform, platform
from tests.streams.serving.served import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enforcement.decision import Decision
    from tests.cast.world import World

pytestmark = NEEDS_KAFKA

SOON = 2.0  # seconds, promised
PATIENCE = 60.0  # seconds for what comes first
REBALANCED = 120.0  # seconds until Kafka gives what a killed worker held to the next
WHY = "--reason=seen by a test"
NOW = int(time.time())  # noqa: TID251 - nothing here may have ended
COHORT = "0123456789ab"


class Live(NamedTuple):
    """A platform whose decisions the test writes itself, and whoever asks it."""

    running: Platform
    client: Client

    def decide(self, *decisions: Decision) -> None:
        """Write decisions as a detecting agent does."""
        producer = KafkaProducer(bootstrap_servers=self.running.broker.open_bootstrap)
        for each in decisions:
            producer.send("decisions", ENCODER.encode(decision_record(each)), each.target.encode())
        producer.flush()
        producer.close()

    def keys(self) -> set[str]:
        """Say who is acted upon."""
        listed = json.loads(self.client.ask("/blocklist.json").body)["entries"]
        return {entry["target"] for entry in listed if entry["action"] != "pardon"}

    def await_keys(self, *keys: str) -> None:
        """Wait until exactly these are acted upon, and no longer than is promised."""
        began = time.monotonic()  # noqa: TID251 - how long a person waits
        until(lambda: self.keys() == set(keys), f"{keys} in force, saw {self.keys()}", PATIENCE)
        assert time.monotonic() - began < allowed(SOON)  # noqa: TID251 - as above

    def await_deed(self, what: str, by: str) -> None:
        """Wait until the audit log tells of somebody's order."""

        def told() -> bool:
            lines = self.running.run("audit", "--by", by, "--json").splitlines()
            return any(json.loads(line)["what"] == what for line in lines)

        until(told, f"{what} by {by} in the audit log", PATIENCE)

    def fails(self, *words: str) -> str:
        """Order something that is refused; give what is said."""
        with pytest.raises(subprocess.CalledProcessError) as refused:
            self.order(*words)
        return str(refused.value.stderr)

    def order(self, *words: str) -> str:
        """Order something; the promise counts from when it was given."""
        return self.running.run(*words, WHY)


def fresh(target: str, action: Action = Action.BLOCK, scope: Scope = Scope.ADDRESS) -> Decision:
    made = decision(target, at=NOW, until=NOW + 3000, action=action, scope=scope)
    return replace(made, reach=replace(made.reach, requests=9))


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, world: World) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("undo")
    (folder / "secret").write_text("made up")
    with platform(folder, world, partitions=1, shards=1) as running:
        running.environment["HEDGEROW_APPEALS_SECRET_FILE"] = str(folder / "secret")
        running.await_held(running.start())
        found = Live(running, Client(running.serve().port))
        until(lambda: found.client.ask("/ready").status == 200, "a service that knows", PATIENCE)
        yield found


def test_a_halt_empties_what_is_served_and_says_so_and_a_resume_fills_it(live: Live) -> None:
    live.decide(fresh(ONE))
    until(lambda: live.keys() == {ONE}, "a block", PATIENCE)
    with pytest.raises(Exception, match="returned non-zero exit status 1"):
        live.order("halt")  # nobody here acknowledges, and it says that
    live.await_keys()
    halted = live.client.ask("/blocklist.txt")
    live.order("resume")
    live.await_keys(ONE)

    assert (halted.status, len(halted.headers["x-hedgerow-halted"])) == (200, 16)
    assert "x-hedgerow-halted" not in live.client.ask("/blocklist.txt").headers


def test_an_appeal_that_a_person_grants_releases_and_counts_against_the_detectors(
    live: Live,
) -> None:
    url = f"http://127.0.0.1:{live.client.port}/appeal"
    reference = live.client.ask(f"/appeal/{ONE}").body.decode().strip()
    form = urlencode({"reference": reference, "text": "my own album \x1b[2J"}).encode()
    with urlopen(Request(url, form), timeout=10) as answer:
        taken = answer.read().decode().split()[1].rstrip(";")
    listed = live.running.run("appeals", "list")
    live.order("appeals", "close", taken, "overturned")
    live.await_keys()

    assert "my own album \\x1b[2J" in listed
    assert "Overturned, by detector: volume 1" in live.running.run("appeals", "list")
    assert "overturned by" in live.running.run("appeals", "list", "--all")
    told = json.loads(live.running.run("trust", "--json"))
    assert {each["detector"]: each["overturned"] for each in told if each["overturned"]} == {
        "volume": 1,
    }


def test_the_release_of_a_campaign_lifts_its_members_and_the_edge(live: Live) -> None:
    edge = replace(fresh(COHORT, Action.THROTTLE, Scope.COHORT), campaign=COHORT)
    members = [replace(fresh(f"203.0.113.{n}"), campaign=COHORT) for n in (1, 2)]
    live.decide(edge, *members, fresh("198.51.100.9"))
    until(lambda: len(live.keys()) == 4, "a campaign", PATIENCE)
    live.order("release", f"cohort:{COHORT}")
    live.await_keys("198.51.100.9")
    live.order("release", "detector:volume")
    live.await_keys()


def test_a_rail_that_tripped_is_told_and_reset(live: Live) -> None:
    wide = fresh("198.51.0.0/16", scope=Scope.NETWORK)
    live.decide(wide, fresh("198.51.100.0/24", scope=Scope.NETWORK), fresh("198.51.100.10"))
    until(lambda: live.keys() == {"198.51.100.10"}, "only the address", PATIENCE)
    told = live.running.run("rails", "show")
    name = live.order("rails", "reset", "network").split()[1].rstrip(":")
    live.running.environment["LOGNAME"] = "bob"
    live.order("approve", name)
    live.decide(fresh("203.0.113.0/24", scope=Scope.NETWORK))
    live.await_keys("198.51.100.10", "203.0.113.0/24")

    assert "network in shadow: a network as wide as /16, the most is 24." in told
    assert "No cap was reached" in live.running.run("rails", "show")


def test_a_raised_cap_waits_for_a_second_person_and_outlives_the_worker(live: Live) -> None:
    refused = live.fails("rails", "raise", "account", "rate", "9")
    name = live.order("rails", "raise", "account", "rate", "900", "--for=2h").split()[1].rstrip(":")
    live.running.environment["LOGNAME"] = "carol"
    waits = live.running.run("rails", "show")
    live.order("approve", name)
    worker = live.running.workers[0]
    worker.kill9()
    live.running.await_held(live.running.start())
    accounts = [fresh(f"a{n}", scope=Scope.ACCOUNT) for n in range(400)]
    before = live.keys()
    live.decide(*accounts)
    until(lambda: len(live.keys() - before) == 400, "more than 300 in a minute", REBALANCED)
    shown = live.running.run("rails", "show")
    lower = live.fails("rails", "raise", "account", "rate", "899")
    live.order("rails", "lower", "account", "rate")
    live.await_deed("lower", "carol")
    acts = [json.loads(line) for line in live.running.run("audit", "--json").splitlines()]
    told = [(a["what"], a["before"], a["after"][:8]) for a in acts if a["target"] == "account"]

    assert "rate is 300 by the settings: 9 would not raise it" in refused
    assert "rate is raised to 900 already" in lower
    assert "account rate" not in waits
    assert "account rate: the most is 900, by the settings 300, until " in shown
    assert f"order {name}" in shown
    assert "account rate" not in live.running.run("rails", "show")
    assert told == [
        ("raise", "rate 300", "rate 300"),
        ("raise", "rate 300", "rate 900"),
        ("lower", told[2][1], "rate 300"),
    ]
