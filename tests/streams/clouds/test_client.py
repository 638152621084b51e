"""A token comes from a file that only we can read or from the environment, and goes by HTTPS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from streams.clouds.client import confidential, needed, token
from streams.clouds.exact import bare, exact, starred
from streams.clouds.fitting import CLOUDS
from streams.clouds.knobs import Clouds, check_clouds
from streams.clouds.statuses import waiting

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "token"
    made.write_text("from a file\n")
    made.chmod(0o600)
    return made


def test_a_file_comes_before_the_environment(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_TOKEN", "from outside")

    assert token(str(file), "SOME_TOKEN", "here") == "from a file"
    assert token("", "SOME_TOKEN", "here") == "from outside"


def test_a_file_that_others_can_read_is_refused(file: Path) -> None:
    file.chmod(0o640)

    with pytest.raises(ValueError, match=r"here: other users can read .*: chmod 600") as told:
        token(str(file), "SOME_TOKEN", "here")
    assert "from a file" not in str(told.value)


def test_without_a_token_one_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOME_TOKEN", raising=False)

    with pytest.raises(ValueError, match="here: names no file, and SOME_TOKEN is not set"):
        token("", "SOME_TOKEN", "here")


@pytest.mark.parametrize("url", ["https://api.example/v4/", "http://127.0.0.1:8/", "http://[::1]"])
def test_a_token_goes_by_https_or_stays_here(url: str) -> None:
    assert confidential(url, "here") == url.rstrip("/")


@pytest.mark.parametrize("url", ["http://api.example", "ftp://127.0.0.1", "api.example", ""])
def test_a_token_goes_nowhere_else(url: str) -> None:
    with pytest.raises(ValueError, match="here: expected https"):
        confidential(url, "here")


def test_a_client_that_is_not_installed_is_named_with_how_to_install_it() -> None:
    with pytest.raises(
        ValueError, match=r"no_such is not installed: pip install 'hedgerow\[aws\]'"
    ):
        needed("no_such.client", "aws")


@pytest.mark.parametrize("kind", CLOUDS)
def test_a_cloud_that_is_not_set_up_says_what_is_missing(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_REGION", raising=False)

    with pytest.raises(ValueError, match=r"clouds\.\w+: not set"):
        CLOUDS[kind](Clouds(aws_block=""))


@pytest.mark.parametrize(
    ("clouds", "words"),
    [
        (Clouds(aws_scope="GLOBAL"), "expected REGIONAL or CLOUDFRONT, saw 'GLOBAL'"),
        (Clouds(fastly_slots=0), "fastly_slots: expected a number from 1 up"),
    ],
)
def test_knobs_that_nothing_could_work_with_are_refused(clouds: Clouds, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        check_clouds(clouds, "clouds")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bad item 203.0.113.7/32, and more", "bad item *, and more"),
        ("2001:db8::/64 and 2001:0db8:0000:0000:0000:0000:0000:0009", "* and *"),
        ("::1 or fe80::1%eth0", "* or *%eth0"),
        ('{"msg":"Bad request","detail":null}', '{"msg":"Bad request","detail":null}'),
        ("x" * 500, "x" * 160),
    ],
)
def test_what_a_cloud_says_is_repeated_without_addresses(text: str, said: str) -> None:
    assert starred(text) == said


def test_cidrs_have_one_spelling() -> None:
    spelt = ["203.0.113.7", "203.0.113.7/24", "2001:DB8:0::/64", "nonsense"]

    assert [*map(exact, spelt)] == ["203.0.113.7/32", "203.0.113.0/24", "2001:db8::/64", "nonsense"]
    assert [*map(bare, ("203.0.113.7/32", "203.0.113.0/24", "2001:db8::/64"))] == [
        "203.0.113.7",
        "203.0.113.0/24",
        "2001:db8::/64",
    ]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"Retry-After": "30"}, 30),
        ({"retry-after": "999999"}, 3600),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, 0),
        ({"Fastly-RateLimit-Reset": "12"}, 0),
    ],
)
def test_how_long_to_wait_is_read_and_nonsense_is_not(
    headers: dict[str, str], seconds: float
) -> None:
    assert waiting(headers) == seconds
