"""Spoken: what is written is what CrowdSec writes, and what its bouncers can read."""

from __future__ import annotations

import msgspec
import pytest

from enforcement.decision import Action
from streams.crowdsec.asked import Asked
from streams.crowdsec.spoken import listed, number, spoken
from streams.crowdsec.turns import Delta, Turns
from tests.streams.crowdsec.scene import NETWORK, ONE, START, TWO, Platform, short


def platform() -> Platform:
    made = Platform()
    made.decide(ONE)
    made.decide(TWO, Action.CHALLENGE)
    made.decide(NETWORK, Action.THROTTLE)
    made.decide("session:x")
    return made


def test_durations_are_whole_seconds_and_what_has_less_is_left_out() -> None:
    told = list(platform().board.told.values())[:1]

    assert [s.duration for s in listed(told, START + 0.9) or []] == ["599s"]
    assert listed(told, START + 599.5) is None


def test_nothing_is_null() -> None:
    assert spoken(Delta([], []), START) == b'{"deleted":null,"new":null}'
    assert msgspec.json.encode(listed([], START)) == b"null"


def test_a_stream_has_the_shape_that_bouncers_know() -> None:
    made = Platform()
    made.decide(ONE)
    told = Turns(made.board).whole("a").new
    ours = {"id": number(told[0]), "origin": "hedgerow", "scenario": "hedgerow/ban"}
    one = {**ours, "scope": "Ip", "type": "ban", "value": ONE}

    assert msgspec.json.decode(spoken(Delta(told, told), START)) == {
        "deleted": [{"duration": "-1s", **one}],
        "new": [{"duration": "600s", **one}],
    }


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({}, [f"ban {ONE}", f"captcha {TWO}"]),
        ({"type": "throttle"}, [f"throttle {NETWORK}"]),
        ({"scope": "Range", "type": "ban,throttle"}, [f"throttle {NETWORK}"]),
        ({"scopes": "session"}, ["ban session:x"]),
        ({"scope": "username", "value": "x"}, []),
        ({"value": TWO}, [f"captcha {TWO}"]),
        ({"origins": "cscli,hedgerow", "type": "ban"}, [f"ban {ONE}"]),
        ({"origins": "cscli"}, []),
        ({"scenarios_containing": "cap,nothing"}, [f"captcha {TWO}"]),
        ({"scenarios_not_containing": "cap"}, [f"ban {ONE}"]),
    ],
)
def test_filters_let_pass_what_they_name(query: dict[str, str], told: list[str]) -> None:
    asked = Asked.of(query, ("ban", "captcha"))
    passed = filter(asked.wants, platform().board.told.values())

    assert sorted(map(short, passed)) == told
