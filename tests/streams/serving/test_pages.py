"""Pages: whoever waits gets a page as of when it asked, and the same one as all who wait."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from enforcement.standing import entry_of
from feeds.listing import LISTING
from streams.posted import Posted
from streams.serving import pages
from streams.serving.pages import Pages
from tests.enforcement.test_blocklist import decision

if TYPE_CHECKING:
    import pytest

WAITING = 50
LONG = 600.0


def test_while_changes_come_quicker_than_pages_are_written_few_are_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posted, written = Posted(), []
    write = pages.written

    def noted(*asked: object) -> pages.Page:
        written.append(1)
        block = entry_of(decision(f"203.0.113.{len(written)}"))
        posted.take(block, LONG, 0.0)  # what is in force changes while a page is written
        return write(*asked)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(pages, "written", noted)
    monkeypatch.setattr(pages, "REST", 0.0)

    async def scene() -> set[int]:
        made = Pages(posted, lambda: 0.0)
        found = await asyncio.gather(*(made.page(LISTING) for _ in range(WAITING)))
        return {page.count for page in found}

    assert asyncio.run(scene()) == {0}
    assert len(written) == 1


def test_who_asks_after_a_change_is_told_it() -> None:
    posted = Posted()

    async def scene() -> list[int]:
        made = Pages(posted, lambda: 0.0)
        counts = [(await made.page(LISTING)).count]
        posted.take(entry_of(decision("203.0.113.7")), LONG, 0.0)
        return [*counts, (await made.page(LISTING)).count]

    assert asyncio.run(scene()) == [0, 1]
