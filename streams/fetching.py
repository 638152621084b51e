"""Fetching: read what stands at an address on the web, bounded in time and size."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from collections.abc import Iterable

PATIENCE = 20  # seconds without a byte; chosen
LARGEST = 4 << 20  # bytes; chosen: the largest list in use has 150 KiB
TOGETHER = 8  # addresses that are asked at once
AGENT = {"User-Agent": "hedgerow (refreshes published crawler ranges)"}


def fetch(url: str, patience: float = PATIENCE) -> str:
    """Give the text at *url*; OSError and ValueError say why there is none."""
    if urlsplit(url).scheme not in {"http", "https"}:
        msg = f"{url}: not http or https"
        raise ValueError(msg)
    try:
        with urlopen(Request(url, headers=AGENT), timeout=patience) as answer:  # noqa: S310 - checked above
            _check_secure(url, answer.url)
            data: bytes = answer.read(LARGEST + 1)
            left = answer.length  # bytes that were announced and did not come
    except HTTPError as error:
        error.close()
        msg = f"{url}: HTTP {error.code} {error.reason}"
        raise ValueError(msg) from None
    except HTTPException as error:
        msg = f"{url}: broken answer: {error!r}"
        raise ValueError(msg) from None
    if len(data) > LARGEST:
        msg = f"{url}: longer than {LARGEST:,} bytes"
        raise ValueError(msg)
    if left:
        msg = f"{url}: broke off {left:,} bytes before its end"
        raise ValueError(msg)
    return data.decode()


def fetch_all(urls: Iterable[str], patience: float = PATIENCE) -> dict[str, str | Exception]:
    """Fetch many at once; the error where there is no text."""
    each = list(dict.fromkeys(urls))
    with ThreadPoolExecutor(TOGETHER) as pool:
        return dict(zip(each, pool.map(lambda url: _tried(url, patience), each), strict=True))


def _tried(url: str, patience: float) -> str | Exception:
    try:
        return fetch(url, patience)
    except (OSError, ValueError) as error:
        return error


def _check_secure(asked: str, answered: str) -> None:
    """Refuse an answer that anybody on the way could have written."""
    if asked.startswith("https:") and not answered.startswith("https:"):
        msg = f"{asked}: led to {answered}, which is not https"
        raise ValueError(msg)
