"""A fleet is told as one campaign: in the table, the summary, the page, and by `explain`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from click.testing import CliRunner, Result

from streams.commands import main
from tests.cast.passersby import PASSERSBY
from tests.cast.schemes import Scheme
from tests.cast.world import World

if TYPE_CHECKING:
    from pathlib import Path

FLEET = "pageless fleet"


class Told(NamedTuple):
    """A platform that a fleet harvests, and what a replay of it left and printed."""

    world: World
    out: Path
    printed: str

    @property
    def campaign(self) -> dict[str, Any]:
        """Give what the summary says of the largest fleet."""
        found: dict[str, Any] = json.loads((self.out / "summary.json").read_text())["campaigns"][0]
        return found


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("fleets")
    world = World(
        20_271, scheme=Scheme.OWNED, people=600, hours=10, harvesters=(FLEET,), passersby=PASSERSBY
    )
    log, out, page = folder / "access.log", folder / "out", folder / "page.html"
    world.write(log)
    site = world.write_site(folder)
    ran = hedgerow("replay", log, "--site", site, "--out", out, "--report", page)
    assert ran.exit_code == 0, ran.output
    return Told(world, folder / "out", ran.output)


def hedgerow(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="hedgerow")


def test_the_summary_says_whose_pictures_a_fleet_was_given(told: Told) -> None:
    asked = told.world.requests_of(FLEET)
    taken = np.unique(asked.slot[asked.pictures])
    owners = np.unique(told.world.owner_of(taken))

    assert 0.7 * len(taken) < told.campaign["pictures"] < 1.1 * len(taken)
    assert 0.7 * len(owners) < told.campaign["owners"] < 1.1 * len(owners)
    assert not told.campaign["at_least"]


def test_the_table_and_the_page_have_a_row_for_it(told: Told) -> None:
    row = next(line for line in told.printed.splitlines() if told.campaign["target"] in line)
    page = (told.out.parent / "page.html").read_text()

    assert f"{told.campaign['pictures']:,}" in row.split()
    assert f"{told.campaign['owners']:,}" in row.split()
    assert f"<td>{told.campaign['target']}</td>" in page


@pytest.mark.parametrize("form", ["{}", "cohort:{}"])
def test_it_is_explained_by_the_name_that_orders_take(told: Told, form: str) -> None:
    said = hedgerow("explain", form.format(told.campaign["target"]), "--in", told.out).output

    assert "readers would have" in " ".join(said.split())
