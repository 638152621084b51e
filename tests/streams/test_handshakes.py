"""A decision says how its client began TLS, and a person undoes all that was decided about it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from enforcement.moments import moment
from streams.commands import Mistake, main
from streams.commands.release import fingerprint, release_command
from streams.deciding import Deciding
from streams.folder import decisions_in
from streams.records import ENCODER, decision_record
from streams.wire.orders import Verb
from tests.enforcement.test_blocklist import decision
from tests.streams.deciders import NOON, ONE, wished

if TYPE_CHECKING:
    from pathlib import Path

MS = NOON * 1000
JA4, OTHER = "t13d1516h2_8daaf6152771_e5627efa2ab1", "t13d1517h2_8daaf6152771_b0da82dd1658"
HARVESTERS = {"203.0.113.7": JA4, "203.0.113.99": OTHER, "198.51.100.9": ""}


def line(address: str, number: int) -> str:
    told = {
        "time": moment(NOON + 2 * number),
        "remote_addr": address,
        "request": f"GET /photo/{number % 97}/{number}.jpg HTTP/1.1",
        "http_referer": "-",
        "status": 200,
        "http_user_agent": "python-requests/2.32.3",
    }
    return json.dumps(told | ({"ssl_ja4": HARVESTERS[address]} if HARVESTERS[address] else {}))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ja4")
    (folder / "site.toml").write_text('secret = "made up"\n')
    lines = (line(address, n) for n in range(600) for address in HARVESTERS)
    (folder / "access.log").write_text("".join(f"{each}\n" for each in lines))
    words = ["replay", str(folder / "access.log"), "--site", str(folder / "site.toml")]
    ran = CliRunner().invoke(main, [*words, "--out", str(folder / "out")])
    assert ran.exit_code == 0, ran.output
    return folder


def test_a_decision_carries_the_hash_by_which_a_person_finds_it(folder: Path) -> None:
    found = decisions_in(folder / "out")
    expected = {
        address: fingerprint(ja4, folder / "site.toml") if ja4 else ""
        for address, ja4 in HARVESTERS.items()
    }

    assert {d.target: d.ja4 for d in found if d.target in HARVESTERS} == expected
    assert len(set(expected.values())) == 3
    assert JA4 not in (folder / "out" / "decisions.ndjson").read_text()


def test_all_that_one_fingerprint_was_decided_for_is_undone() -> None:
    deciding, other = Deciding(), "203.0.113.8"
    for target, ja4 in ((ONE, "0123456789ab"), (other, "ba9876543210")):
        made = replace(decision(target, at=NOON, until=NOON + 60), ja4=ja4)
        deciding.decide(ENCODER.encode(decision_record(made)), MS)

    assert deciding.order(wished(Verb.RELEASE, "ja4:0123456789ab"), MS + 1) == [(ONE, None)]
    assert [entry.target for entry in deciding.told.entries] == [other]


def test_a_hash_is_taken_as_it_is_and_a_ja4_needs_the_key_of_the_site() -> None:
    assert fingerprint("0123456789ab", None) == "0123456789ab"
    with pytest.raises(Mistake, match="give --site"):
        fingerprint(JA4, None)


@pytest.mark.parametrize("words", [(), (ONE, "--agent=tool"), ("--agent=tool", "--ja4=x")])
def test_a_release_is_by_one_thing(words: tuple[str, ...]) -> None:
    said = CliRunner().invoke(release_command, [*words, "--reason=because"])

    assert said.exit_code == 2
    assert "expected one of TARGET, --agent and --ja4" in said.output
