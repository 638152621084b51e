"""/check: a proxy is told in a word what is done about who visits, and nobody is refused by us."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis.strategies import lists, one_of, sampled_from, text

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.standing import entry_of, pardon_of
from streams.admission import Admission
from streams.appeals import Appealing
from streams.bouncing.heard import Heard, Mailbox
from streams.checking import ADDRESSES, Checking, check_checking
from streams.infrastructure import Broker
from streams.serving.keyring import changing, made
from streams.serving.keys import Role
from streams.serving.service import Serving
from streams.serving.visitor import Reading
from streams.settings import Settings
from streams.subscription import Subscription
from tests.enforcement.test_blocklist import decision
from tests.streams.serving.callers import keyring

if TYPE_CHECKING:
    from pathlib import Path

    from enforcement.standing import Entry
    from streams.serving.gate import Gate

NOW = 1_795_521_600.0
PASS = {"x-hedgerow-action": "pass"}
NAMED = Checking(session="X-Session", account="X-Account")
HELD = (
    entry_of(decision("203.0.113.7")),
    entry_of(decision("198.51.100.0/24", scope=Scope.NETWORK)),
    pardon_of("198.51.100.9", "order"),
    entry_of(decision("2001:db8:1:2::/64", action=Action.THROTTLE)),
    entry_of(decision("sid", scope=Scope.SESSION, action=Action.CHALLENGE)),
    entry_of(decision("ann", scope=Scope.ACCOUNT, action=Action.DEGRADE)),
)


def serving(
    *held: Entry,
    knows: bool = True,
    **more: Any,  # noqa: ANN401 - fields of Serving
) -> tuple[Serving, Gate]:
    """Make a service that was told some entries, without a broker."""
    made = Serving(Broker(), lambda: NOW, **more)
    opened = made.guarded()
    news = [each for entry in held for each in made.posted.take(entry, NOW + 60, NOW)]
    for hear in made.subscription.hearers:
        hear(news)
    if isinstance(made.subscription, Subscription):
        made.subscription.current = NOW if knows else 0.0
    return made, opened


def ask(
    opened: Gate, path: str = "/check", method: str = "GET", **headers: str
) -> tuple[int, str, dict[str, str]]:
    """Ask once; of a header's name, _ stands for -; give status, body and our own headers."""
    given = [(n.replace("_", "-").encode(), v.encode("latin-1")) for n, v in headers.items()]
    scope: dict[str, Any] = {
        "type": "http", "method": method, "path": path, "headers": given, "root_path": "",
        "client": ("127.0.0.1", 1), "query_string": b"",
    }  # fmt: skip
    said: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:  # noqa: ANN401 - a message of ASGI
        said.append(message)

    asyncio.run(opened(scope, receive, send))
    ours = {n.decode(): v.decode() for n, v in said[0]["headers"] if n.startswith(b"x-hedgerow")}
    return said[0]["status"], said[1]["body"].decode(), ours


def answers(made: Serving) -> dict[str, float]:
    """Count what was answered."""
    (metric,) = made.meters.check_requests.collect()
    found = metric.samples
    return {s.labels["answer"]: s.value for s in found if s.value and s.name.endswith("_total")}


@pytest.mark.parametrize(
    ("address", "status", "word"),
    [
        ("192.0.2.1", 200, "pass"),
        ("203.0.113.7", 403, "block"),
        ("198.51.100.1", 403, "block"),
        ("198.51.100.9", 200, "pass"),
        ("2001:db8:1:2::9", 200, "throttle"),
        ("::ffff:203.0.113.7", 403, "block"),
    ],
)
def test_a_visitor_is_answered_by_the_hardest_that_is_in_force_around_it(
    address: str, status: int, word: str
) -> None:
    _, opened = serving(*HELD)
    got = ask(opened, x_forwarded_for=address)

    assert (got[0], got[2]) == (status, {"x-hedgerow-action": word})
    assert got[1] == ("refused\n" if status == 403 else "")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE", "PROPFIND"])
@pytest.mark.parametrize("path", ["/check", "/check/i/orig/1.jpg", "/check/"])
def test_a_proxy_may_pass_on_the_method_and_the_path_of_the_visit(method: str, path: str) -> None:
    _, opened = serving(*HELD)

    assert ask(opened, path, method, x_forwarded_for="203.0.113.7")[0] == 403


def test_sessions_and_accounts_count_where_the_settings_name_their_headers() -> None:
    _, opened = serving(*HELD, check=NAMED)
    _, deaf = serving(*HELD)
    given = {"x_forwarded_for": "192.0.2.1", "x_session": "sid", "x_account": "ann"}

    assert ask(opened, **given)[2] == {"x-hedgerow-action": "challenge"}
    assert ask(opened, x_account="ann")[2] == {"x-hedgerow-action": "degrade"}
    assert ask(deaf, **given)[2] == PASS


def test_who_is_refused_learns_a_reference_and_never_the_decision(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("of ours\n")
    secret.chmod(0o600)
    made, opened = serving(*HELD, appeals=Appealing(str(secret)))
    _, body, headers = ask(opened, x_forwarded_for="203.0.113.7")
    reference = headers["x-hedgerow-reference"]

    assert body == f"refused; reference {reference}\n"
    assert made.appeal_desk.meant(reference) == HELD[0].reference
    assert HELD[0].reference not in f"{body}{headers}"


def test_the_secret_gone_who_is_refused_is_refused(tmp_path: Path) -> None:
    _, opened = serving(*HELD, appeals=Appealing(str(tmp_path / "none")))

    assert ask(opened, x_forwarded_for="203.0.113.7") == (
        403, "refused\n", {"x-hedgerow-action": "block"},
    )  # fmt: skip


def test_what_is_not_known_lets_pass_and_is_counted() -> None:
    unready, opened = serving(*HELD, knows=False)
    unnamed, asked = serving(*HELD)
    told = [ask(opened, x_forwarded_for="203.0.113.7")]
    told += [ask(asked), ask(asked, x_forwarded_for="unknown"), ask(asked, x_real_ip="203.0.113.7")]

    assert [(got[0], got[2]) for got in told] == [
        (200, {**PASS, "x-hedgerow-unknown": "list"}),
        *[(200, {**PASS, "x-hedgerow-unknown": "address"})] * 3,
    ]
    assert answers(unready) == {"unready": 1.0}
    assert answers(unnamed) == {"unnamed": 3.0}


def test_a_key_that_is_no_use_refuses_nobody_and_is_told_nothing(tmp_path: Path) -> None:
    texts = keyring(tmp_path / "keys")
    made, opened = serving(*HELD, admission=Admission(str(tmp_path / "keys"), address_rate=1))
    given = {"x_forwarded_for": "203.0.113.7"}
    shown = {name: ask(opened, **given, x_api_key=text)[0] for name, text in texts.items()}
    strangers = [ask(opened, **given), ask(opened, **given, x_api_key="hr_0_0")]

    assert shown == {"ann": 403, "bob": 403, "kim": 403, "edl": 403, "fw1": 403, "sue": 200}
    assert [(got[0], got[2]) for got in strangers] == [
        (200, {**PASS, "x-hedgerow-unknown": "key"})
    ] * 2
    assert answers(made) == {"block": 5.0, "stranger": 3.0}


def test_a_revoked_key_is_a_strangers(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    with changing(path) as keys:
        key, text = made("edge", Role.FEED, int(NOW * 1000), int(NOW * 1000) - 1)
        keys[key.id] = key
    _, opened = serving(*HELD, admission=Admission(str(path)))

    assert ask(opened, x_forwarded_for="203.0.113.7", x_api_key=text)[0] == 200


def test_what_has_ended_is_answered_no_more() -> None:
    service, opened = serving(*HELD)
    news = service.posted.expire(NOW + 60)
    for hear in service.subscription.hearers:
        hear(news)

    assert ask(opened, x_forwarded_for="203.0.113.7")[0] == 200


@pytest.mark.parametrize(
    ("said", "visitor"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("1.1.1.1, 203.0.113.7", "203.0.113.7"),
        ("203.0.113.7, 192.0.2.5", "203.0.113.7"),
        ("1.1.1.1, 203.0.113.7,192.0.2.5 , 192.0.2.6:443", "203.0.113.7"),
        ("203.0.113.7, unknown, 192.0.2.5", ""),
        ("203.0.113.7:4242", "203.0.113.7"),
        ("[2001:db8::1]:4242", "2001:db8::1"),
        ("192.0.2.5", ""),
        ("203.0.113.0/24", ""),
        ("203.0.113.7/32", ""),
        ("", ""),
    ],
)
def test_the_last_address_that_is_no_proxys_is_the_visitor(said: str, visitor: str) -> None:
    reading = Reading(Checking(proxies=("192.0.2.0/29",)))

    assert reading.visitor([(b"x-forwarded-for", said.encode())]).address == visitor


def test_of_a_header_that_comes_twice_the_nearest_proxys_counts() -> None:
    reading = Reading(Checking("x-real-ip"))
    headers = [(b"x-real-ip", b"1.1.1.1"), (b"x-real-ip", b"203.0.113.7")]

    assert reading.visitor(headers).address == "203.0.113.7"


def test_only_headers_that_proxies_set_can_be_named() -> None:
    with pytest.raises(ValueError, match=r"check\.address: expected one of .* saw 'forwarded'"):
        Settings.from_toml('[check]\naddress = "forwarded"')
    with pytest.raises(ValueError, match=r"check\.proxies: not an address"):
        check_checking(Checking(proxies=("x",)), "check")


ODD = (
    "203.0.113.7",
    "203.0.113.0/24",
    "::1",
    "[",
    "]",
    "/24",
    "%eth0",
    ":",
    ",",
    " ",
    "1e3",
    "0x7f",
    "\xff",
    "\x00",
)


@given(lists(one_of(sampled_from(ODD), text(max_size=6)), max_size=5), sampled_from(ADDRESSES))
@settings(max_examples=200, deadline=None)
def test_whatever_a_header_holds_it_is_answered(pieces: list[str], header: str) -> None:
    said = "".join(pieces).encode("latin-1", "replace").decode("latin-1")
    _, opened = serving(*HELD, check=Checking(header, ("::/1",), "x-session"))

    shown = {header.replace("-", "_"): said, "x_session": said}
    assert ask(opened, **shown)[0] in {200, 403}


def test_beside_a_guard_it_answers_from_what_the_guard_has_in_force() -> None:
    box = Mailbox()
    made, opened = serving(beside=box)
    before = ask(opened, x_forwarded_for="203.0.113.7")[2]["x-hedgerow-unknown"]

    async def hears(*held: Entry) -> None:
        box.put(Heard(tuple((entry, NOW + 60) for entry in held), "1"), NOW)
        with suppress(TimeoutError):
            await asyncio.wait_for(made.subscription.keep(), 0.1)

    statuses = []
    for held in (HELD, ()):
        asyncio.run(hears(*held))
        statuses.append(ask(opened, x_forwarded_for="203.0.113.7")[0])

    assert (before, statuses) == ("list", [403, 200])
