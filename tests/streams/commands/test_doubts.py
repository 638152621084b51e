"""Whoever gets an empty answer is told why, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from streams.commands import main

if TYPE_CHECKING:
    from pathlib import Path

LINE = '{} - - [24/Nov/2026:12:00:{:02} +0000] "GET {} HTTP/1.1" 200 512 "-" "Mozilla/5.0"\n'
PAGES, PICTURES = "no picture was delivered", "came from private addresses or own machines"


def said(folder: Path, *requests: tuple[str, str]) -> str:
    """Replay requests, an address and a target each; tell what is printed."""
    path = folder / "access.log"
    lines = (LINE.format(address, n, target) for n, (address, target) in enumerate(requests))
    path.write_text("".join(lines))
    return CliRunner().invoke(main, ["replay", str(path)]).output


def test_a_log_of_an_unnamed_proxy_is_doubted(tmp_path: Path) -> None:
    told = said(tmp_path, ("172.17.0.1", "/i/1.jpg"), ("172.17.0.1", "/i/2.jpg"))

    assert f"2 of 2 requests (100%) {PICTURES}" in told
    assert "trusted_proxies" in told
    assert PAGES not in told


def test_some_requests_of_own_machines_raise_no_doubt(tmp_path: Path) -> None:
    told = said(tmp_path, ("172.17.0.1", "/i/1.jpg"), ("203.0.113.1", "/i/2.jpg"))

    assert PICTURES not in told


@pytest.mark.parametrize(("target", "doubted"), [("/photo?id=1", True), ("/i/1.jpg", False)])
def test_a_log_without_pictures_is_doubted(tmp_path: Path, target: str, *, doubted: bool) -> None:
    assert (PAGES in said(tmp_path, ("203.0.113.1", target))) is doubted
