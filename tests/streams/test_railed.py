"""A folder, a guard that follows and a replay hold the same rails; people halt and reset them."""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from access.site import Site
from actors.frame import Scope
from enforcement.blocklist import BlockList
from enforcement.railing import Railing
from enforcement.rails import Cap, Rails
from streams.commands.halt import halt_command
from streams.commands.rails import rails_command
from streams.commands.resume import resume_command
from streams.folder import standing_in
from streams.guarding import Guard
from streams.publishing import LIST, Published
from streams.records import ENCODER, decision_record
from streams.run import Run
from streams.settings import Settings
from streams.sources import open_source
from tests.enforcement.test_blocklist import decision
from tests.streams.deciders import NOON
from tests.streams.test_publishing import listed

if TYPE_CHECKING:
    from pathlib import Path

    from click import Command

    from enforcement.decision import Decision

FEW = Rails(blocks_a_minute=2)
WHY = ("--reason", "because")
STORM = [decision(f"203.0.113.{n}", at=NOON + n, until=NOON + 90_000) for n in range(1, 6)]


def folder_of(path: Path, decisions: list[Decision] = STORM) -> Path:
    (path / "decisions.ndjson").write_bytes(ENCODER.encode_lines(map(decision_record, decisions)))
    told = {"to": "2026-11-24T12:00:10Z", "rails": asdict(FEW)}
    (path / "summary.json").write_bytes(ENCODER.encode(told))
    return path


def run(command: Command, *arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_a_folder_lists_what_got_through_and_says_what_did_not(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)

    said = run(rails_command, "show", "--in", str(folder)).output

    assert len(standing_in(folder, NOON + 10).refused) == 2
    assert "address in shadow: new blocks and challenges in a minute: 3, the most is 2." in said
    assert "Not acted on since: 3 decisions" in said


def test_a_halt_empties_a_folders_list_and_a_resume_fills_it(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    halted = run(halt_command, "--in", str(folder), *WHY)
    during = listed(folder)
    resumed = run(resume_command, "--in", str(folder), *WHY)

    assert (halted.exit_code, resumed.exit_code) == (0, 0)
    assert (during, listed(folder)) == ([], ["203.0.113.1/32", "203.0.113.2/32"])


def test_a_guards_list_obeys_halts_and_resets(tmp_path: Path) -> None:
    told = Published(tmp_path, BlockList(), (), Railing(FEW))
    (tmp_path / "decisions.ndjson").touch()
    told.begin()
    told.add(STORM[:3], NOON + 10)
    before = listed(tmp_path)
    run(halt_command, "--in", str(tmp_path), *WHY)
    told.obey()
    halted = listed(tmp_path)
    run(resume_command, "--in", str(tmp_path), *WHY)
    later = decision("203.0.113.99", at=NOON + 600, until=NOON + 90_000)
    told.obey()
    told.add([later], NOON + 600)

    assert (before, halted) == (["203.0.113.1/32", "203.0.113.2/32"], [])
    assert listed(tmp_path) == before
    assert [trip.cap for trip in told.railing.trips] == [Cap.RATE]


def test_after_a_reset_in_a_folder_machines_act_again(tmp_path: Path) -> None:
    told = Published(tmp_path, BlockList(), (), Railing(FEW))
    old = [replace(each, at=1000, until=10**10) for each in STORM]
    told.add(old, 1000)
    (tmp_path / "decisions.ndjson").touch()
    run(rails_command, "reset", "address", "--in", str(tmp_path), *WHY)
    told.obey()
    told.add([decision("203.0.113.99", at=2000, until=10**10)], 2000)

    assert told.railing.trips == ()
    assert "203.0.113.99/32" in listed(tmp_path)


def minutes(count: int, begin: int) -> list[Decision]:
    return [decision(f"198.51.100.{n}", at=begin, until=10**10) for n in range(1, count + 1)]


def test_a_guard_and_its_folder_hold_a_raised_cap_for_its_hours_and_say_so(tmp_path: Path) -> None:
    told, later = (Published(tmp_path, BlockList(), (), Railing(FEW)) for _ in range(2))
    folder_of(tmp_path, [])
    told.begin()
    now = int(time.time())  # noqa: TID251 - orders are dated by the clock
    words = ("address", "rate", "4", "--for=1h", "--in", str(tmp_path))
    raised = run(rails_command, "raise", *words, *WHY)
    during = minutes(9, now + 60)
    for each, decisions in ((told, during), (later, minutes(9, now + 3_700))):
        each.obey()
        each.add(decisions, decisions[0].at)
    folder_of(tmp_path, during)
    shown = run(rails_command, "show", "--in", str(tmp_path)).output
    lowered = run(rails_command, "lower", "address", "rate", "--in", str(tmp_path), *WHY)

    assert (raised.exit_code, lowered.exit_code) == (0, 0)
    assert (len(told.blocks), len(later.blocks)) == (4, 2)
    assert len(standing_in(tmp_path, now + 60).refused) == 2  # once it is lowered, from then on
    assert "address rate: the most is 4, by the settings 2, until 20" in shown


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (("address", "rate", "2"), "rate is 2 by the settings"),
        (("address", "rate", "many"), "'many' is not a valid integer"),
        (("address", "rate", "0"), "0 is not in the range"),
        (("address", "prefix", "16"), "'prefix' is not one of"),
        (("adress", "rate", "9"), "'adress' is not one of"),
        (("address", "rate", "9", "--for=25h"), "for a day at most"),
        (("address", "rate", "9", "--for=tomorrow"), "expected a duration"),
    ],
)
def test_a_slip_about_a_cap_is_refused_and_nothing_is_ordered(
    tmp_path: Path, typed: tuple[str, ...], why: str
) -> None:
    folder = folder_of(tmp_path)
    said = run(rails_command, "raise", *typed, "--in", str(folder), *WHY)

    assert said.exit_code == 2
    assert why in said.output
    assert not (folder / "pardons.ndjson").exists()


@pytest.mark.parametrize(
    "rails", [Rails(), Rails(blocks_a_minute=0)], ids=["usual", "none a minute"]
)
def test_a_guard_and_a_replay_hold_the_same_rails(log: Path, tmp_path: Path, rails: Rails) -> None:
    settings = replace(Settings(), rails=rails)
    out, followed = tmp_path / "out", tmp_path / "followed"
    run_ = Run([open_source(str(log))], Site.default(), settings, out)
    for _ in run_.steps():
        pass
    guard = Guard.start([log], Site.default(), settings, followed)
    guard.followers[0].linger = 0
    for _ in range(4):
        while guard.look():
            pass
    guard.close()
    again = Guard.start([log], Site.default(), settings, followed)
    again.close()

    assert (out / LIST).read_bytes() == (followed / LIST).read_bytes()
    assert guard.published.railing.trips == run_.railing.trips == again.published.railing.trips
    assert bool(run_.railing.trips) == (rails.blocks_a_minute == 0)
    assert bool(listed(out)) == (rails.blocks_a_minute > 0)


def test_a_slip_in_a_scope_is_refused() -> None:
    said = run(rails_command, "reset", "adress", *WHY)

    assert said.exit_code == 2
    assert "address" in said.output
    assert Scope.ADDRESS in said.output
