"""The gate: each role is refused what is another's, and whoever asks too often."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest
from starlette.responses import Response

from streams.admission import Admission
from streams.infrastructure import Broker
from streams.serving.application import application
from streams.serving.doors import EACH, OPEN, WITHIN, needed
from streams.serving.gate import Gate, home
from streams.serving.keyring import made
from streams.serving.keys import RIGHTS, Keys, Right, Role
from streams.serving.service import Serving

if TYPE_CHECKING:
    from starlette.types import Message

NOW = 1_795_521_600.0
MADE = {role: made(role.value, role, int(NOW * 1000)) for role in Role}
TEXTS = {role: text for role, (_, text) in MADE.items()}
KEPT = {key.id: key for key, _ in MADE.values()}
FREE = Admission(key_rate=0, address_rate=0)
ASKED = {
    ("GET", "/blocklist.txt"): Right.FEEDS,
    ("GET", "/blocklist.json"): Right.FEEDS,
    ("GET", "/events"): Right.FEEDS,
    ("GET", "/v1/decisions"): Right.BOUNCER,
    ("GET", "/v1/decisions/stream"): Right.BOUNCER,
    ("POST", "/v1/acks"): Right.BOUNCER,
    ("GET", "/metrics"): Right.METRICS,
    ("GET", "/appeal/203.0.113.7"): Right.FEEDS,
    ("GET", "/orders"): Right.LOOK,
    ("HEAD", "/orders"): Right.LOOK,
    ("POST", "/orders"): Right.SPARE,
    ("DELETE", "/orders"): Right.SPARE,
    ("POST", "/orders/0123/approval"): Right.ACT,
    ("GET", "/audit"): Right.AUDIT,
    ("GET", "/what/nobody/knows"): Right.ACT,
    ("GET", "/audit/"): Right.ACT,
    ("GET", "//audit"): Right.ACT,
    ("GET", "/AUDIT"): Right.ACT,
}


def gate(admission: Admission = FREE, *, keyed: bool = True) -> tuple[Gate, list[str]]:
    refused: list[str] = []
    keys = Keys(lambda: KEPT, lambda: NOW) if keyed else None
    return Gate(Response("in"), admission, keys, lambda: NOW, refused.append), refused


def ask(
    opened: Gate, path: str, method: str = "GET", address: str = "203.0.113.7", **headers: str
) -> tuple[int, dict[str, str], str]:
    given = [(n.replace("_", "-").encode(), v.encode("latin-1")) for n, v in headers.items()]
    scope: dict[str, Any] = {
        "type": "http", "method": method, "path": path, "headers": given,
        "client": (address, 1), "query_string": b"",
    }  # fmt: skip
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        said.append(message)

    asyncio.run(opened(scope, receive, send))
    names = {n.decode(): v.decode() for n, v in said[0]["headers"]}
    return said[0]["status"], names, said[1]["body"].decode()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("method", "path"), list(ASKED))
def test_each_role_is_let_through_to_what_is_its_own_and_refused_the_others(
    role: Role, method: str, path: str
) -> None:
    status, _, _ = ask(gate()[0], path, method, x_api_key=TEXTS[role])

    assert status == (200 if ASKED[method, path] in RIGHTS[role] else 403)


@pytest.mark.parametrize(("method", "path"), list(ASKED))
def test_nobody_is_let_through_without_a_key(method: str, path: str) -> None:
    opened, refused = gate()
    status, headers, said = ask(opened, path, method)
    wrong, _, _ = ask(opened, path, method, x_api_key="hr_00000000_secret")

    assert status == wrong == (403 if path.startswith("/v1") else 401)
    assert ("www-authenticate" in headers) == (status == 401)
    assert "secret" not in said
    assert refused == ["key", "key"]


@pytest.mark.parametrize("path", sorted(OPEN))
def test_some_doors_are_open(path: str) -> None:
    assert ask(gate()[0], path)[0] == 200


def test_without_keys_whoever_is_on_this_machine_reads_and_does_nothing_else() -> None:
    opened, _ = gate(keyed=False)
    found = {asked: ask(opened, asked[1], asked[0])[0] for asked in ASKED}

    assert {right for asked, right in ASKED.items() if found[asked] == 200} == {
        Right.FEEDS, Right.BOUNCER, Right.METRICS,
    }  # fmt: skip
    assert set(found.values()) == {200, 403}


def test_a_key_is_taken_as_header_as_bearer_and_as_password() -> None:
    text = TEXTS[Role.FEED]
    basic = b64encode(f"anyone:{text}".encode()).decode()
    shown = [
        {"x_api_key": text},
        {"authorization": f"Bearer {text}"},
        {"authorization": f"basic {basic}"},
    ]

    assert [ask(gate()[0], "/blocklist.txt", **each)[0] for each in shown] == [200] * 3


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Basic !", "Basic /w==", "Digest x", "Bearer \xff", "Bearer " + "x" * 9999],
)
def test_nonsense_in_place_of_a_key_is_no_key(header: str) -> None:
    assert ask(gate()[0], "/blocklist.txt", authorization=header)[0] == 401


def test_bouncers_of_crowdsec_are_refused_in_their_own_words() -> None:
    assert ask(gate()[0], "/v1/decisions")[2] == '{"message":"access forbidden"}'


def test_who_asks_too_often_waits_as_long_as_it_is_told() -> None:
    opened, refused = gate(Admission(key_rate=1, key_burst=3, address_rate=0))
    asked = [ask(opened, "/blocklist.txt", x_api_key=TEXTS[Role.FEED]) for _ in range(4)]
    other = ask(opened, "/blocklist.txt", x_api_key=TEXTS[Role.ANALYST])

    assert [status for status, _, _ in asked] == [200, 200, 200, 429]
    assert asked[3][1]["retry-after"] == "1"
    assert (other[0], refused) == (200, ["rate"])


def test_guessing_keys_is_limited_by_address_and_a_home_has_one_limit() -> None:
    opened, _ = gate(Admission(address_rate=1, address_burst=2))
    addresses = ("2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2::3", "2001:db8:1:3::1")
    asked = [ask(opened, "/audit", address=each, x_api_key="hr_a_b")[0] for each in addresses]

    assert asked == [401, 401, 429, 401]
    assert home("::ffff:203.0.113.7") == home("203.0.113.7")


def test_health_and_visits_are_told_however_often_one_asks() -> None:
    opened, _ = gate(Admission(address_rate=1, address_burst=1))

    for path in ("/health", "/check", "/check/i/1.jpg"):
        assert [ask(opened, path)[0] for _ in range(5)] == [200] * 5


def test_every_route_has_a_door() -> None:
    routes = application(Serving(Broker(), lambda: NOW)).routes
    paths = {route.path for route in routes}  # type: ignore[attr-defined] # all are Routes
    known = {*OPEN, *EACH, "/orders", "/orders/{name}/approval", "/check/{visited:path}"}
    within = tuple(f"{folder}/" for folder in WITHIN)

    assert {path for path in paths - known if not path.startswith(within)} == set()
    assert needed("GET", "/orders/x") is Right.ACT
