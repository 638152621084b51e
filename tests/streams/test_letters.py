"""A researcher is left alone up to three times the quota, then slowed down and written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from access.site import Site
from actors.frame import Scope
from enforcement.decision import Action
from streams.letters import letters
from streams.run import Run
from streams.settings import Settings
from streams.sources import open_source
from tests.enforcement.test_blocklist import decision
from tests.streams.deciders import NOON
from tests.streams.test_poisoned import WITH_PROXY, text

if TYPE_CHECKING:
    from pathlib import Path

LAB = "203.0.113.66"


def site(until: str = "2027-12-31") -> Site:
    return Site.from_toml(
        f'[[researchers]]\nname = "Lab"\naddresses = ["{LAB}"]\naccount = "lab"\n'
        f"pictures_a_day = 400\nuntil = {until}\n"
    )


def harvested(pictures: int, where: Site, folder: Path) -> tuple[Action | None, list[str]]:
    """Take so many pictures; say the hardest that came of it, and whom somebody writes to."""
    log = folder / "access.log"
    log.write_text("".join(text(LAB, number) for number in range(pictures)))
    run = Run([open_source(str(log))], where, Settings())
    acted = [d.action for step in run.steps() for d in step.decisions]
    return max(acted, default=None), list(run.letters)


@pytest.mark.parametrize("pictures", [400, 1200])
def test_up_to_three_times_the_quota_nothing_is_done_and_to_others_all(
    pictures: int, tmp_path: Path
) -> None:
    assert harvested(pictures, site(), tmp_path) == (None, [])
    assert harvested(pictures, WITH_PROXY, tmp_path) == (Action.BLOCK, [])


def test_beyond_it_the_study_is_slowed_down_and_somebody_is_told_once(tmp_path: Path) -> None:
    done, [letter] = harvested(1600, site(), tmp_path)

    assert done is Action.THROTTLE
    assert letter.startswith("researcher Lab took more than 3 times the 400 pictures a day")
    assert LAB not in letter


def test_after_the_end_they_are_as_anyone(tmp_path: Path) -> None:
    assert harvested(400, site("2026-11-23"), tmp_path) == (Action.BLOCK, [])


def test_an_account_and_an_address_of_a_study_are_known_and_nobody_else() -> None:
    slow = {"at": NOON, "until": NOON + 60, "action": Action.THROTTLE}
    lab = decision("lab", scope=Scope.ACCOUNT, **slow)  # type: ignore[arg-type]  # three kinds
    other = decision("lab", scope=Scope.SESSION, **slow)  # type: ignore[arg-type]  # three kinds
    near = decision("203.0.113.67", **slow)  # type: ignore[arg-type]  # three kinds

    assert len(letters(site(), [lab])) == 1
    assert letters(site(), [other, near, decision(LAB, at=NOON)]) == []
