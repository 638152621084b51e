"""From a line of a log, by Kafka, to each firewall: refused, served, released, and restarted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.services.java import NEEDS_KAFKA
from tests.services.ports import until
from tests.services.programs import needs
from tests.services.town import NEEDS_TOWN
from tests.streams.bouncing.chain import CHAINS, chain, firewall, looked_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.services.process import Process
    from tests.streams.bouncing.chain import Chain
    from tests.streams.bouncing.gated import Gate

pytestmark = [NEEDS_TOWN, NEEDS_KAFKA, pytest.mark.usefixtures("compiled")]
EVERY = pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=needs(*CHAINS[kind])) for kind in CHAINS]
)
SOON = 120.0  # seconds, on a busy machine
# Behind the service, and so the same for every firewall: killed beneath one of them.
BEHIND, WHOLE = ("the worker", "the broker"), "nftables"
KEPT = (True, True)  # the harvester is refused, the reader is served


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    with chain(tmp_path_factory.mktemp("chain")) as made:
        yield made


@EVERY
def test_a_harvester_is_refused_until_released_whatever_is_restarted(
    whole: Chain, kind: str
) -> None:
    address = f"198.18.{list(CHAINS).index(kind)}.7"
    whole.town.move_in(address)
    with firewall(kind, whole) as (held, bouncer):
        until(lambda: held.served(address), "a site")
        whole.come(address)
        until(lambda: looked_at(held, address) == KEPT, "a refusal", SOON)
        for part, restart in restarts(whole, held, bouncer).items():
            if part in BEHIND and kind != WHOLE:
                continue
            restart()
            until(lambda: looked_at(held, address) == KEPT, f"{part} again", SOON)
        if kind != "crowdsec":
            until(lambda: held.target.held() == whole.published(), "one set everywhere", SOON)
        whole.release(address)
        until(lambda: held.served(address), "a release", SOON)


def restarts(whole: Chain, held: Gate, bouncer: Process) -> dict[str, Callable[[], None]]:
    """Say how each part of the way is started again, after it was killed."""

    def again() -> None:
        bouncer.kill9()
        bouncer.start()

    return {
        "the firewall": held.lose,
        "the bouncer": again,
        "the worker": whole.restart_worker,
        "the service": whole.restart_service,
        "the broker": whole.restart_broker,
    }
