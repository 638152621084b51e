"""Every firewall refuses whom it is told to, serves the rest, and lets go at once."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.services.ports import until
from tests.services.process import Process
from tests.services.programs import needs
from tests.services.town import HARVESTER, NEEDS_TOWN, READER, opened_at, town
from tests.streams.bouncing.gated import PATIENCE
from tests.streams.bouncing.gates import GATES, PROGRAMS, gate
from tests.streams.bouncing.origin import ending, origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.streams.bouncing.gated import Gate
    from tests.streams.bouncing.origin import Origin

HOME = Path(__file__).parents[3]
EVERY = pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=needs(*PROGRAMS[kind])) for kind in GATES]
)

pytestmark = NEEDS_TOWN


@contextmanager
def scene(kind: str, folder: Path) -> Iterator[tuple[Gate, Origin, Process]]:
    """Set up a firewall with a bouncer that hears a service on its own host."""
    port = 8087
    with (
        town() as built,
        gate(kind, built, folder) as made,
        origin(lambda: opened_at(built.firewall, "127.0.0.1", port)) as said,
    ):
        (folder / "settings.toml").write_text(f"[bouncer]\ncheck = 1\n{made.settings}")
        words = ["bouncer", "--to", kind, "--name", "gate", "--state", str(folder)]
        program = [sys.executable, "-m", "streams.commands", *words, "--settings", "settings.toml"]
        env = (f"PYTHONPATH={HOME}", *made.environment)
        bouncer = Process(built.at_firewall("env", *env, *program), folder, "bouncer.log")
        bouncer.start()
        try:
            yield made, said, bouncer
        finally:
            bouncer.stop()


def meddle(made: Gate) -> None:
    """Take away what is in force, behind the bouncer's back."""
    if made.kind in {"nftables", "ipset"}:
        made.lose()
    else:
        made.target.remove()


@EVERY
def test_who_is_banned_is_refused_and_who_is_released_is_let_in(kind: str, tmp_path: Path) -> None:
    with scene(kind, tmp_path) as (made, said, bouncer):
        name = said.say(ending(HARVESTER), ending("192.0.2.0/24"), ending("2001:db8:1::/48"))
        until(lambda: made.refused(HARVESTER), "a refusal")
        until(lambda: said.firewalls() == {"gate": "current"}, "an acknowledgement")
        during = made.served(READER, PATIENCE), made.target.held()
        bouncer.pause()  # else it may mend the gap before anybody looked
        meddle(made)
        until(lambda: made.served(HARVESTER), "a gap, after somebody took it away by hand")
        bouncer.resume()
        until(lambda: made.refused(HARVESTER), "a refusal again")
        said.say(ending("192.0.2.0/24"))
        until(lambda: made.served(HARVESTER), "a release")

        assert during == (True, name), bouncer.said()


@EVERY
def test_a_restart_of_any_part_keeps_the_truth(kind: str, tmp_path: Path) -> None:
    with scene(kind, tmp_path) as (made, said, bouncer):
        name = said.say(ending(HARVESTER))
        until(lambda: made.refused(HARVESTER), "a refusal")
        until((tmp_path / f"bouncer-{kind}.json").exists, "a state")
        said.stop()
        bouncer.kill9()
        made.lose()
        bouncer.start()
        until(lambda: made.target.held() == name, "what was good, from the state")
        until(lambda: made.served(READER), "the site again")
        alone = made.refused(HARVESTER), made.served(READER, PATIENCE)
        said.start()
        said.say(ending(READER))
        until(lambda: made.served(HARVESTER) and made.refused(READER), "news")

        assert alone == (True, True), bouncer.said()
