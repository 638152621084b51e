"""Calling a CrowdSec: what is wrong is said once, in words, and tried again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from streams.commands.push import kept
from streams.crowdsec.asked import Asked
from streams.crowdsec.lapi import Lapi
from streams.crowdsec.pushing import Pushing
from tests.services.ports import free_port
from tests.streams.crowdsec.scene import Platform
from tests.streams.crowdsec.test_push import TYPES, clock, place

if TYPE_CHECKING:
    from pathlib import Path


def test_trouble_is_said_once_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("streams.commands.push.AGAIN", 0.0)
    lapi = Lapi(place(tmp_path, f"http://127.0.0.1:{free_port()}"))
    it = Pushing(Platform(clock()).board, lapi, Asked.of({}, TYPES))

    class Knowing:
        knows = True

    async def scene() -> None:
        async with asyncio.timeout(1.0):
            await kept(it, Knowing())  # type: ignore[arg-type]  # what it needs of a subscription

    with pytest.raises(TimeoutError):
        asyncio.run(scene())
    assert capsys.readouterr().err.count("trying again") == 1


def test_an_address_that_is_no_url_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"crowdsec\.url: expected http"):
        Lapi(place(tmp_path, "127.0.0.1:8080"))
