"""People order by key what their role lets them; where it takes two, somebody else agrees."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from evidence.audit import broken
from streams.deciding import Deciding
from streams.ordering import orders
from streams.records import ENCODER
from streams.wire.orders import milliseconds
from tests.enforcement.test_exact import SMUGGLED
from tests.streams.deciders import words
from tests.streams.serving.callers import Caller, desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.services.shared import SharedKafka
    from tests.streams.serving.callers import Desk

ONE, WIDE = "203.0.113.7", "203.0.0.0/16"
ORDERS = [
    ("pardon", ONE),
    ("release", ONE),
    ("pardon", "2001:db8:1:2::7"),
    ("pardon", "203.0.113.0/24"),
    ("release", "203.0.113.0/24"),
    ("pardon", "session:s"),
    ("release", "account:a"),
    ("block", ONE),
]
MILD = ORDERS[:3]


@pytest.fixture(scope="module")
def served(kafka: SharedKafka, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(kafka, tmp_path_factory.mktemp("desk")) as made:
        yield made


def obeyed(served: Desk) -> list[dict[str, str | None]]:
    """Say what a decider makes of all orders, one after the other."""
    deciding = Deciding()
    found = orders(served.serving.broker, served.serving.orders)
    return [words(deciding.order(ENCODER.encode(o), milliseconds(o.at))) for o in found]


@pytest.mark.parametrize(("verb", "target"), ORDERS)
def test_an_approver_orders_all_an_analyst_spares_addresses_and_others_nothing(
    served: Desk, verb: str, target: str
) -> None:
    statuses = {name: caller.order(verb, target)[0] for name, caller in served.people.items()}
    statuses["nobody"] = Caller(served.port).order(verb, target)[0]

    assert statuses == {
        "ann": 201, "bob": 201, "kim": 201 if (verb, target) in MILD else 403,
        "edl": 403, "fw1": 403, "sue": 403, "nobody": 401,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "who"),
    [
        ("GET", "/blocklist.txt", {"ann", "bob", "kim", "edl", "fw1"}),
        ("GET", "/metrics", {"ann", "bob", "kim", "edl"}),
        ("GET", "/orders", {"ann", "bob", "kim", "sue"}),
        ("GET", "/audit", {"sue"}),
    ],
)
def test_each_reads_what_is_theirs(served: Desk, method: str, path: str, who: set[str]) -> None:
    found = {name: caller.ask(method, path).status for name, caller in served.people.items()}

    assert {name for name, status in found.items() if status == 200} == who
    assert set(found.values()) == {200, 403}


def test_an_order_is_kept_with_the_name_of_the_key_and_obeyed(
    kafka: SharedKafka, tmp_path: Path
) -> None:
    with desk(kafka, tmp_path) as served:
        status, said = served.people["ann"].order("block", ONE, lasts=60, action="throttle")
        [order] = orders(served.serving.broker, served.serving.orders)

        assert (status, said["waits"], said["order"]["id"]) == (201, False, order.id)
        assert (order.by, order.target, order.lasts, order.action) == ("ann", ONE, 60, "throttle")
        assert obeyed(served) == [{ONE: "throttle"}]


def test_only_approvers_halt_resume_and_reset(kafka: SharedKafka, tmp_path: Path) -> None:
    with desk(kafka, tmp_path) as served:
        wanted = [("halt", "everything"), ("resume", "everything"), ("reset", "network")]
        answers = {who: [served.people[who].order(*w)[0] for w in wanted] for who in ("kim", "ann")}

        assert answers == {"kim": [403, 403, 403], "ann": [201, 201, 202]}


def test_two_approvers_raise_a_cap_and_one_lowers_it(kafka: SharedKafka, tmp_path: Path) -> None:
    with desk(kafka, tmp_path) as served:
        ann, bob, kim = (served.people[name] for name in ("ann", "bob", "kim"))
        more = {"cap": "rate", "most": 900, "lasts": 3600}
        analyst = kim.order("raise", "address", **more)[0]
        status, said = ann.order("raise", "address", **more)
        answers = [who.approve(said["order"]["id"])[0] for who in (ann, kim, bob)]
        lowered = [who.order("lower", "address", cap="rate")[0] for who in (kim, ann)]
        slips = [
            ann.order("raise", "address", **{**more, **slip})[0]
            for slip in ({"most": 300}, {"cap": "prefix"}, {"cap": None}, {"lasts": 86_401})
        ]

        assert (analyst, status, said["waits"]) == (403, 202, True)
        assert (answers, lowered, slips) == ([400, 403, 201], [403, 201], [400] * 4)


def test_what_hits_many_takes_two_approvers(kafka: SharedKafka, tmp_path: Path) -> None:
    with desk(kafka, tmp_path) as served:
        ann, bob, kim = (served.people[name] for name in ("ann", "bob", "kim"))
        status, said = ann.order("block", WIDE)
        name = said["order"]["id"]
        listed = json.loads(kim.ask("GET", "/orders").body)["waiting"]
        answers = [who.approve(name)[0] for who in (ann, kim, bob, bob)]
        unknown = bob.approve("0123456789abcdef")

        assert (status, said["waits"], listed) == (202, True, [name])
        assert answers == [400, 403, 201, 404]
        assert (unknown[0], "no order" in unknown[1]["error"]) == (404, True)
        assert obeyed(served) == [{}, {WIDE: "block"}]


@pytest.mark.parametrize("verb", ["block", "pardon", "release"])
def test_a_target_that_could_be_mistaken_is_refused_and_never_reaches_the_topic(
    kafka: SharedKafka, tmp_path: Path, verb: str
) -> None:
    with desk(kafka, tmp_path) as served:
        refused = [each for each in SMUGGLED if (verb, each[0]) != ("release", "AS64500")]
        answers = [(served.people["ann"].order(verb, text), text, why) for text, why in refused]

        assert [text for (status, _), text, _ in answers if status != 400] == []
        assert [
            text for (_, said), text, why in answers if text and len(text) < 600
            and why not in said["error"]
        ] == []  # fmt: skip
        assert orders(served.serving.broker, served.serving.orders) == []


@pytest.mark.parametrize(
    ("said", "words_"),
    [
        (b"", "truncated"),
        (b"[]", "Expected `object`"),
        (b'{"verb":"approve","target":"203.0.113.7","reason":"x"}', "verb"),
        (b'{"verb":"block","target":"203.0.113.7"}', "reason"),
        (b'{"verb":"block","target":"203.0.113.7","reason":"x","by":"eve"}', "by"),
        (b'{"verb":"block","target":"203.0.113.7","reason":"a\\nb"}', "one line"),
        (b'{"verb":"block","target":"203.0.113.7","reason":"x","lasts":0}', "lasts"),
        (b'{"verb":"block","target":"203.0.113.7","reason":"x","action":"observe"}', "action"),
        (b'{"verb":"block","target":"10.0.0.1","reason":"x"}', "private"),
        (b'{"verb":"block","target":"203.0.113.7","reason":"' + b"x" * 20_000, "at most 16,384"),
        (b'{"verb":"block","target":"203.0.113.\xff","reason":"x"}', "utf-8"),
    ],
)
def test_what_is_no_order_is_refused_in_words(served: Desk, said: bytes, words_: str) -> None:
    got = served.people["ann"].ask("POST", "/orders", said)

    assert got.status == 400
    assert words_.lower() in json.loads(got.body)["error"].lower()


def test_what_was_done_is_told_to_auditors_only_and_that_they_asked_as_well(
    kafka: SharedKafka, tmp_path: Path
) -> None:
    with desk(kafka, tmp_path) as served:
        served.people["ann"].order("block", ONE)
        served.people["kim"].order("block", ONE)
        first = json.loads(served.people["sue"].ask("GET", "/audit").body)
        again = json.loads(served.people["sue"].ask("GET", "/audit?by=kim").body)
        file = served.serving.audit_file
        assert file

        told = [(act["by"], act["role"], act["what"], act["target"]) for act in first["acts"]]
        assert told == [("ann", "approver", "block", ONE), ("kim", "analyst", "refused", ONE)]
        assert [act["by"] for act in again["acts"]] == ["kim"]
        assert [act.what for act in file.acts()][2:] == ["read audit", "read audit"]
        assert broken(file.acts()) == ""
