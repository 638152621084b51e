"""Whoever is refused can say so; what they say is kept, and nothing else of them."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest
from kafka.errors import KafkaError

from actors.frame import Scope
from enforcement.standing import entry_of
from streams.appeals import Appealing, cases, overturned
from streams.posted import Posted
from streams.serving.appealing import AppealDesk, Words, worded
from streams.wire.appeals import Appeal, Closing, Outcome, opaque, read_appeal, write_appeal
from streams.wire.entries import written
from tests.enforcement.test_blocklist import decision
from tests.streams.deciders import NOON, ONE

if TYPE_CHECKING:
    from pathlib import Path

FORM = "application/x-www-form-urlencoded"


class Street:
    """A desk with one block in force, its clock, and what it sent."""

    def __init__(self, folder: Path, **settings: int) -> None:
        file = folder / "secret"
        file.write_text("made up\n")
        self.sent: list[bytes] = []
        self.clock = float(NOON)
        self.down = False
        posted = Posted()
        for target in (ONE, "203.0.113.8", "203.0.113.9"):
            value = written(entry_of(decision(target, until=600)), 0)
            posted.hear(target.encode(), value, NOON * 1000, NOON)
        self.desk = AppealDesk(
            Appealing(secret_file=str(file), **settings), posted, lambda: self.clock, self.send
        )

    def send(self, _: str, value: bytes) -> None:
        """Keep a record, as the broker does."""
        if self.down:
            raise KafkaError
        self.sent.append(value)

    def take(self, reference: str, text: str = "I only looked at my album") -> int:
        """Post an appeal; give the status."""
        return asyncio.run(self.desk.take(Words(reference, text))).status_code


@pytest.fixture
def street(tmp_path: Path) -> Street:
    return Street(tmp_path)


def test_an_appeal_is_kept_with_the_decision_it_means_and_nothing_of_the_sender(
    street: Street,
) -> None:
    reference = street.desk.reference(ONE)

    assert street.take(f" {reference.lower()} ") == 202
    [value] = street.sent
    assert json.loads(value).keys() == {"kind", "id", "at", "reference", "text"}
    assert json.loads(value)["reference"] == f"{ONE} 0 BLOCK"


def test_whoever_is_in_a_blocked_network_has_its_reference(street: Street) -> None:
    for target in ("198.51.100.0/24", "2001:db8:5::/48"):
        entry = entry_of(decision(target, until=600, scope=Scope.NETWORK))
        street.desk.posted.hear(target.encode(), written(entry, 0), NOON * 1000, NOON)

    for target, where in (
        ("198.51.100.9", "198.51.100.0/24"),
        ("2001:db8:5::9", "2001:db8:5::/48"),
    ):
        reference = street.desk.reference(target)
        assert street.desk.meant(reference) == f"{where} 0 BLOCK"
    assert street.desk.reference("no address") == ""


def test_a_reference_tells_nothing_and_is_another_under_another_secret(street: Street) -> None:
    reference = street.desk.reference(ONE)

    assert (len(reference), reference.isalnum()) == (16, True)
    assert reference == opaque(f"{ONE} 0 BLOCK", "made up") != opaque(f"{ONE} 0 BLOCK", "else")
    assert street.desk.reference("192.0.2.1") == ""


@pytest.mark.parametrize(("text", "status"), [("", 400), ("x" * 2001, 400), ("x" * 2000, 202)])
def test_words_have_a_length(street: Street, text: str, status: int) -> None:
    assert street.take(street.desk.reference(ONE), text) == status


def test_what_is_not_in_force_cannot_be_appealed_against(street: Street) -> None:
    assert street.take("AAAAAAAAAAAAAAAA") == 404
    assert street.take(f"{ONE} 0 BLOCK") == 404


def test_one_appeal_an_hour_for_each_decision(street: Street) -> None:
    reference = street.desk.reference(ONE)
    first = street.take(reference), street.take(reference)
    street.clock += 3601

    assert (*first, street.take(reference)) == (202, 429, 202)


def test_so_many_a_minute_in_all(tmp_path: Path) -> None:
    street = Street(tmp_path, a_minute=2)
    names = [street.desk.reference(target) for target in (ONE, "203.0.113.8", "203.0.113.9")]
    said = [street.take(name) for name in names]
    street.clock += 61

    assert said == [202, 202, 429]
    assert street.take(names[2]) == 202


def test_what_the_broker_did_not_keep_may_be_said_again(street: Street) -> None:
    street.down = True
    before = street.take(street.desk.reference(ONE))
    street.down = False

    assert (before, street.take(street.desk.reference(ONE))) == (503, 202)


def test_forms_and_json_are_read_and_nothing_else() -> None:
    assert worded(FORM, b"reference=AB&text=a+b%26c") == Words("AB", "a b&c")
    assert worded("application/json", b'{"reference": "AB", "text": "x"}') == Words("AB", "x")
    for media, text in ((FORM, b"reference=AB"), ("", b"\xff"), (FORM, b"\xff"), ("", b"[]")):
        with pytest.raises(ValueError, match=r"."):
            worded(media, text)


def test_only_the_first_answer_counts_and_an_overturned_one_against_its_detectors() -> None:
    appeal = Appeal("a", "t", "r", "x")
    closing = Closing("a", "t", "ann", Outcome.OVERTURNED, "wrong", ("volume", "blind"))
    second = Closing("a", "t", "bob", Outcome.UPHELD, "right", ("volume",))
    nobodys = Closing("b", "t", "bob", Outcome.OVERTURNED, "?", ("volume",))
    told = [write_appeal(each) for each in (nobodys, appeal, closing, second)]

    found = cases([*told, b"no record", told[1]])

    assert [(case.appeal, case.closing) for case in found] == [(appeal, closing)]
    assert overturned(found) == {"volume": 1, "blind": 1}
    assert read_appeal(told[2]) == closing
