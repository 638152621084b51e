"""Conditions are read as RFC 9110 says."""

from __future__ import annotations

import pytest

from streams.serving.conditions import has_it, unpacks

NOON, LATER = "Tue, 24 Nov 2026 12:00:00 GMT", "Tue, 24 Nov 2026 12:00:01 GMT"


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.5", "GZIP", "*", "deflate, *;q=0.1"])
def test_gzip_is_taken(accepted: str) -> None:
    assert unpacks(accepted)


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "gzip; q=0.0, *", "br"])
def test_gzip_is_not_taken(accepted: str) -> None:
    assert not unpacks(accepted)


@pytest.mark.parametrize(
    "headers",
    [
        {"if-none-match": '"a"'},
        {"if-none-match": 'W/"a"'},
        {"if-none-match": '"b", "a"'},
        {"if-none-match": "*"},
        {"if-modified-since": NOON},
        {"if-modified-since": LATER},
    ],
)
def test_a_client_has_it(headers: dict[str, str]) -> None:
    assert has_it(headers, '"a"', NOON)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"if-none-match": '"b"'},
        {"if-none-match": '"b"', "if-modified-since": LATER},
        {"if-modified-since": NOON.replace("12:00:00", "11:59:59")},
        {"if-modified-since": "yesterday"},
    ],
)
def test_a_client_has_it_not(headers: dict[str, str]) -> None:
    assert not has_it(headers, '"a"', NOON)
