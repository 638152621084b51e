"""CrowdSec's bouncer API over a real broker: keys, filters, cursors, and a restart."""

from __future__ import annotations

import json
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from streams.crowdsec.keyfile import Keyfile
from streams.crowdsec.place import CrowdSec
from tests.services.ports import free_port, until
from tests.streams.serving.served import send, serving, tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.services.shared import SharedKafka
    from tests.streams.serving.served import Answer, Client

KEY = "a-long-random-key"
ONE, TWO, NETWORK = "203.0.113.7", "203.0.113.99", "198.51.100.0/24"


def place(tmp_path: Path) -> CrowdSec:
    keys = tmp_path / "keys"
    keys.write_text(f"# bouncers\n\n{sha256(KEY.encode()).hexdigest()}  -\n")
    return CrowdSec(keys_file=str(keys), memory_file=str(tmp_path / "memory"))


@contextmanager
def asked(bootstrap: str, topic: str, crowdsec: CrowdSec) -> Iterator[Client]:
    with serving(bootstrap, topic, crowdsec) as (client, _):
        until(lambda: client.ask("/ready").status == 200, "readiness")
        yield client


def ask(client: Client, path: str, method: str = "GET", key: str = KEY) -> Answer:
    return client.ask(f"/v1/{path}", method, x_api_key=key)


def values(answer: Answer) -> list[str]:
    return sorted(each["value"] for each in json.loads(answer.body) or [])


def stream(client: Client, *, startup: bool = False) -> dict[str, list[str]]:
    """Read a stream as values, by what happened to them."""
    path = f"decisions/stream?startup={str(startup).lower()}"
    told: dict[str, list[Any]] = json.loads(ask(client, path).body)
    return {what: sorted(each["value"] for each in said or []) for what, said in told.items()}


def test_a_bouncer_is_told_all_then_what_changes_also_after_a_restart(
    kafka: SharedKafka, tmp_path: Path
) -> None:
    topic, crowdsec = kafka.fresh("blocklist"), place(tmp_path)
    tell(kafka.bootstrap, topic, ONE, TWO)
    with asked(kafka.bootstrap, topic, crowdsec) as client:
        first, second = stream(client, startup=True), stream(client)
    send(kafka.bootstrap, topic, (ONE, None))
    with asked(kafka.bootstrap, topic, crowdsec) as client:
        third = stream(client)
        stream(client)

        assert first == {"new": [ONE, TWO], "deleted": []}
        assert second == {"new": [], "deleted": []}
        assert third == {"new": [], "deleted": [ONE]}
        assert ask(client, "decisions/stream").body == b'{"deleted":null,"new":null}'


def test_a_visitor_is_looked_up_with_the_ranges_around_and_null_is_nobody(
    kafka: SharedKafka, tmp_path: Path
) -> None:
    topic = kafka.fresh("blocklist")
    tell(kafka.bootstrap, topic, ONE)
    tell(kafka.bootstrap, topic, NETWORK, network=True)
    with asked(kafka.bootstrap, topic, place(tmp_path)) as client:
        assert values(ask(client, f"decisions?ip={ONE}")) == [ONE]
        assert values(ask(client, "decisions?ip=198.51.100.9")) == [NETWORK]
        assert values(ask(client, "decisions?range=198.51.100.0/25")) == [NETWORK]
        assert values(ask(client, "decisions?range=203.0.113.0/24&contains=false")) == [ONE]
        assert values(ask(client, "decisions")) == [NETWORK, ONE]
        assert values(ask(client, "decisions?scopes=range")) == [NETWORK]
        assert ask(client, "decisions?ip=192.0.2.1").body == b"null"
        assert ask(client, "decisions?ip=2001:db8::1").body == b"null"
        assert ask(client, "decisions?origins=cscli").body == b"null"
        wrong = ask(client, "decisions?ip=nonsense")

    assert wrong.status == 400
    assert "not an address or CIDR: 'nonsense'" in json.loads(wrong.body)["message"]


def test_head_moves_no_cursor_and_metrics_are_taken(kafka: SharedKafka, tmp_path: Path) -> None:
    topic = kafka.fresh("blocklist")
    tell(kafka.bootstrap, topic, ONE)
    with asked(kafka.bootstrap, topic, place(tmp_path)) as client:
        heads = [ask(client, path, "HEAD") for path in ("decisions", "decisions/stream")]
        after = stream(client)
        said = client.ask(
            "/v1/usage-metrics", "POST", b'{"remediation_components":[]}', x_api_key=KEY
        )
        wrong = client.ask("/v1/usage-metrics", "POST", b"{", x_api_key=KEY)
        counted = client.ask("/metrics").body.decode()

    assert [(a.status, a.body) for a in heads] == [(200, b"")] * 2
    assert after["new"] == [ONE]
    assert (said.status, wrong.status) == (201, 400)
    assert 'hedgerow_feed_requests_total{feed="crowdsec",status="2xx"} 4.0' in counted


def test_who_shows_no_key_is_told_nothing(kafka: SharedKafka, tmp_path: Path) -> None:
    paths = ("decisions", "decisions/stream", "decisions?ip=203.0.113.7")
    with asked(kafka.bootstrap, kafka.fresh("blocklist"), place(tmp_path)) as client:
        answers = [ask(client, path, key=key) for path in paths for key in ("", "other", "ä")]

    forbidden = (403, b'{"message":"access forbidden"}')
    assert [(a.status, a.body) for a in answers] == [forbidden] * 9


def test_without_keys_bouncers_are_not_answered_and_before_all_is_known_neither(
    tmp_path: Path,
) -> None:
    nowhere = f"127.0.0.1:{free_port()}"
    with serving(nowhere, "blocklist") as (client, _):
        until(lambda: client.ask("/health").status == 200, "an answer")
        off = ask(client, "decisions")
    with serving(nowhere, "blocklist", place(tmp_path)) as (client, _):
        until(lambda: client.ask("/health").status == 200, "an answer")
        unknown = ask(client, "decisions/stream")

    assert (off.status, unknown.status) == (404, 503)


@pytest.mark.parametrize("text", ["secret", f"{'g' * 64}  name", "0" * 63])
def test_a_file_that_holds_something_else_than_hashes_is_an_error(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "keys").write_text(f"# ours\n{text}\n")

    with pytest.raises(ValueError, match="line 2: expected a SHA-256") as error:
        Keyfile(str(tmp_path / "keys"))
    assert text not in str(error.value)


def test_a_key_is_for_bouncers_and_for_nothing_else(tmp_path: Path) -> None:
    keys = Keyfile(place(tmp_path).keys_file)

    assert keys.allows(KEY, "bouncer")
    assert not keys.allows(KEY, "approver")
