"""A whole platform on a broker and a Redis that demand secrets; all are read from files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redis import Redis

from tests.services.guarded import Guarded
from tests.services.java import NEEDS_KAFKA
from tests.services.ports import until
from tests.services.programs import needs
from tests.services.redis import NEEDS_REDIS, redis
from tests.streams.platform import platform
from tests.streams.test_stream import replayed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast.world import World

pytestmark = [NEEDS_KAFKA, NEEDS_REDIS, needs("openssl")]

DEMANDING = Guarded("SASL_SSL", "SCRAM-SHA-512", mutual=True)
HEADER = 4  # lines of a block list before its entries
PASSWORD = "made-up,too"  # noqa: S105 - of a Redis of one test


def test_a_worker_with_certificates_and_passwords_decides_what_a_replay_decides(
    tmp_path: Path, world: World, log: Path
) -> None:
    secret = tmp_path / "redis-password"
    secret.write_text(PASSWORD)
    with (
        redis(tmp_path / "redis", PASSWORD) as kept,
        platform(
            tmp_path,
            world,
            guarded=DEMANDING,
            redis_url=kept.url,
            redis_password_file=secret,
        ) as running,
    ):
        expected = replayed(running, log)
        running.ship(log, "--lines-a-message=200")
        worker = running.start()
        running.await_judged(running.close_ticks(int(world.requests.at.max()) // 1000))

        assert expected
        assert expected == running.decisions()
        with Redis.from_url(kept.url, password=PASSWORD) as client:
            listed = len(running.blocklist().splitlines()) - HEADER
            until(lambda: len(client.keys("hedgerow:block:*")) >= listed > 0, "blocks in Redis")
        assert PASSWORD not in worker.log.read_text()
        assert DEMANDING.password not in worker.log.read_text()
