"""A cloud in trouble keeps what it holds; the bouncer says why, waits, and mends it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ConnectTimeoutError, HTTPClientError, ReadTimeoutError

from streams.bouncing.target import Refused
from tests.services import cloudflare, fastly
from tests.services.ports import allowed, until
from tests.streams.bouncing.origin import clock, ending
from tests.streams.clouds.scenes import Bounced, Scene, bounced, scene
from tests.streams.clouds.test_every_cloud import put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from streams.bouncing.acknowledging import Ack
    from tests.services.answering import Said

ONE, TWO = "203.0.113.7", "203.0.113.8"
HTTP = ("cloudflare", "fastly")


@pytest.fixture(params=HTTP)
def cloud(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    with scene(request.param, monkeypatch) as made:
        yield made


def wrong(kind: str, status: int, **headers: str) -> Said:
    if kind == "cloudflare":
        return cloudflare.wrong(status, 1, "203.0.113.9 or 2001:db8::9 is bad", **headers)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return fastly.wrong(status, "203.0.113.9 or 2001:db8::9 is bad", **named)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "cannot take that"),
        (401, "token is refused"),
        (403, "may not do that"),
        (404, "no such list"),
        (409, "something else"),
        (429, "too many requests, or another"),
        (500, "in trouble"),
        (503, "in trouble"),
    ],
)
def test_what_a_status_means_is_said_without_tokens_and_addresses(
    cloud: Scene, status: int, words: str
) -> None:
    target = cloud.target()
    put(target, ONE)
    cloud.played.troubles.append(wrong(cloud.kind, status))
    with pytest.raises(Refused, match=words) as told:
        put(target, TWO)
    during = cloud.played.held()
    put(target, TWO)

    said = str(told.value)
    assert f"HTTP {status}" in said
    assert all(secret not in said for secret in ("203.0.113", "2001:db8", "a-token-of-the-test"))
    assert (during, cloud.played.held()) == ({f"{ONE}/32"}, {f"{TWO}/32"})


def test_one_waits_as_long_as_one_is_told(cloud: Scene) -> None:
    target = cloud.target()
    cloud.played.troubles.append(wrong(cloud.kind, 429, Retry_After="77"))

    with pytest.raises(Refused) as told:
        put(target, ONE)

    assert told.value.wait == 77


def test_attempts_come_ever_less_often_and_begin_anew_after_success(cloud: Scene) -> None:
    target, waits = cloud.target(), []
    for _ in range(8):
        cloud.played.troubles.append(wrong(cloud.kind, 500))
        with pytest.raises(Refused) as told:
            put(target, ONE)
        waits.append(told.value.wait)
    put(target, ONE)

    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]
    assert target.failed == 0


def looked(made: Bounced) -> Ack:
    made.enforcing.look()
    return made.acks[-1]


def test_a_trouble_is_acknowledged_and_is_no_drift(cloud: Scene, tmp_path: Path) -> None:
    made = bounced(cloud.target(), tmp_path)
    made.hear(ending(ONE))
    cloud.played.troubles += [wrong(cloud.kind, 500)] * 2
    until(lambda: bool(looked(made).trouble), "a complaint")
    lost = made.acks[-1]
    until(lambda: not looked(made).trouble, "all well again")

    assert "in trouble" in lost.trouble
    assert (lost.set, lost.drifted) == ("", False)
    assert made.acks[-1].set == made.acks[0].set
    assert not any(ack.drifted for ack in made.acks)


def test_a_token_that_is_refused_is_said_in_the_acknowledgement(
    cloud: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{cloud.kind.upper()}_API_TOKEN", "wrong")
    made = bounced(cloud.target(), tmp_path)
    made.hear(ending(ONE))

    said = made.acks[-1].said("edge", cloud.kind)
    assert "the token" in said.trouble
    assert "wrong" not in said.trouble
    assert cloud.played.held() == set()


def test_a_cloud_that_is_not_there_is_said(cloud: Scene) -> None:
    with socket.create_server(("127.0.0.1", 0)) as opened:
        port = opened.getsockname()[1]
    target = cloud.target(**{f"{cloud.kind}_url": f"http://127.0.0.1:{port}"})

    with pytest.raises(Refused, match=r"(Cloudflare|Fastly): .*: \w*Error"):
        target.held()


def test_a_cloud_that_says_nothing_is_not_waited_for(
    cloud: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"streams.clouds.{cloud.kind}.PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        target = cloud.target(**{f"{cloud.kind}_url": url})
        began = clock()
        with pytest.raises(Refused, match=r"Time|time"):
            target.held()

    assert clock() - began < allowed(5)


def test_a_bouncer_that_is_told_to_wait_does(cloud: Scene, tmp_path: Path) -> None:
    made = bounced(cloud.target(), tmp_path)
    cloud.played.troubles.append(wrong(cloud.kind, 429, Retry_After="77"))
    made.hear(ending(ONE))
    began = clock()
    while clock() < began + 3:
        made.enforcing.look()

    assert cloud.played.changes() == []
    assert "too many requests" in made.acks[-1].trouble


@pytest.fixture
def waf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    with scene("aws-waf", monkeypatch) as made:
        yield made


def failing(target: object, call: str, error: Exception, times: int = 1) -> None:
    """Let a call of boto3's client fail so many times, before it is sent to moto."""
    waf, left = target.books["block"].waf, [error] * times  # type: ignore[attr-defined] # of a target
    true = getattr(waf, call)

    def once(**asked: object) -> object:
        if left:
            raise left.pop()
        return true(**asked)

    setattr(waf, call, once)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("AccessDeniedException", "may not do that"),
        ("UnrecognizedClientException", "credentials are refused"),
        ("ExpiredTokenException", "have expired"),
        ("ThrottlingException", "too many requests"),
        ("WAFLimitsExceededException", "lower clouds.aws_slots"),
        ("WAFInvalidParameterException", "WAFInvalidParameterException"),
        ("WAFInternalErrorException", "WAFInternalErrorException"),
    ],
)
def test_what_aws_means_is_said_without_addresses(waf: Scene, code: str, words: str) -> None:
    target = waf.target()
    put(target, ONE)
    made = target.books["block"].waf.exceptions.ClientError  # type: ignore[attr-defined] # of boto3
    error = made({"Error": {"Code": code, "Message": f"{TWO}/32 is bad"}}, "UpdateIPSet")
    failing(target, "update_ip_set", error)
    with pytest.raises(Refused, match=words) as told:
        put(target, TWO)
    during = waf.played.held()
    put(target, TWO)

    assert TWO not in str(told.value)
    assert told.value.wait > 0
    assert (during, waf.played.held()) == ({f"{ONE}/32"}, {f"{TWO}/32"})


@pytest.mark.parametrize("error", [ConnectTimeoutError, ReadTimeoutError])
def test_aws_that_does_not_answer_is_said(waf: Scene, error: type[HTTPClientError]) -> None:
    target = waf.target()
    failing(target, "list_ip_sets", error(endpoint_url="https://wafv2.example"))

    with pytest.raises(Refused, match=r"ListIPSets: .*TimeoutError"):
        put(target, ONE)


def test_no_credentials_are_said(waf: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boto3.DEFAULT_SESSION", None)
    monkeypatch.setattr("botocore.credentials.CredentialResolver.load_credentials", lambda _: None)

    with pytest.raises(Refused, match="NoCredentialsError"):
        waf.target().held()
