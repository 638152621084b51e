"""`hedgerow doctor` tells what of the platform answers, and what to do about the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from streams.commands.doctor import doctor_command
from streams.commands.topics import topics_command
from tests.access.site.mmdb import mmdb

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from tests.services.kafka import KafkaBroker
    from tests.services.redis import RedisServer

NOWHERE = "127.0.0.1:1"


def doctor(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(doctor_command, words, env=environment)


def test_it_asks_for_no_broker_where_none_is_named() -> None:
    result = doctor()

    assert result.exit_code == 0
    assert "Kafka at" not in result.output


def test_topics_that_are_missing_are_told_until_they_are_created(
    own_kafka: KafkaBroker, redis_server: RedisServer
) -> None:
    place = {
        "HEDGEROW_BROKER_BOOTSTRAP": own_kafka.bootstrap,
        "HEDGEROW_REDIS_URL": redis_server.url,
    }

    before = doctor(**place)
    CliRunner().invoke(topics_command, ["create"], env=place)
    after = doctor(**place)
    other = doctor(**place, HEDGEROW_BROKER_SHARDS="3")

    assert [1, 0, 0] == [before.exit_code, after.exit_code, other.exit_code]
    assert f"ok  Kafka at {own_kafka.bootstrap} (plaintext)\n" in before.output
    assert "!!  topic access-log: missing  →  hedgerow topics create\n" in before.output
    assert "ok  11 topics\n" in after.output
    assert "--  Redis  →  no worker has written to it yet\n" in after.output
    assert "--  topic requests: partitions 12, expected 3  →  meant so?\n" in other.output


def test_what_does_not_answer_is_told_with_what_to_do(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("made up")
    secret.chmod(0o644)

    result = doctor(
        HEDGEROW_BROKER_BOOTSTRAP=NOWHERE,
        HEDGEROW_REDIS_URL=f"redis://{NOWHERE}",
        HEDGEROW_REDIS_PASSWORD_FILE=str(secret),
    )
    told = " ".join(result.output.split())

    assert result.exit_code == 1
    assert f"!! Kafka at {NOWHERE} (plaintext): " in told
    assert "→ start it, or correct [broker]" in told
    assert "→ start it, or correct [redis]" in told
    assert f"→ chmod o-r {secret}" in told


def test_whether_hosters_are_known_is_told(tmp_path: Path) -> None:
    site, lookups = tmp_path / "site.toml", '[lookups]\nsystems = "as.mmdb"\n'
    (tmp_path / "as.mmdb").write_bytes(mmdb({"192.0.2.0/24": {"asn": 64500}}))
    (tmp_path / "hosters.txt").write_text("AS64500  # rents out machines\n")

    def told(text: str) -> str:
        site.write_text(text)
        return doctor("--site", str(site)).output

    assert "--  no file of systems; `hosting` is silent, fleets have no system" in told("")
    assert "--  systems: the file names no hosters; `hosting` is silent" in told(lookups)
    assert "ok  systems: hosters are told apart" in told(f'{lookups}hosters = "hosters.txt"\n')


def test_whether_the_age_of_accounts_is_known_is_told(tmp_path: Path) -> None:
    site, table = tmp_path / "site.toml", tmp_path / "accounts.csv"
    site.write_text('[lookups]\naccounts = "accounts.csv"\n')

    def told(text: str) -> str:
        table.write_text(text)
        return doctor("--site", str(site)).output

    assert "--  no age of any account; `tenure` is silent" in told("account\n7\n")
    assert "ok  accounts: their age is told" in told("account,age\n7,40\n")
    assert "ok  accounts: their age is told" in told("account,created\n7,2026-11-01\n")


def test_whether_it_is_known_how_many_pictures_owners_have_is_told(tmp_path: Path) -> None:
    site = tmp_path / "site.toml"
    (tmp_path / "owners.csv").write_text("picture,owner\na,ann\nb,ann\n")
    (tmp_path / "galleries.csv").write_text("owner,pictures\nann,12\nbob,9\n")

    def told(text: str) -> str:
        site.write_text(text)
        return doctor("--site", str(site)).output

    assert "--  no number of pictures of any owner; `depth` is silent" in told("")
    lookups = '[lookups]\nowners = "owners.csv"\n'
    assert "ok  galleries: of 1 owners it is told how many pictures" in told(lookups)
    galleries = f'{lookups}galleries = "galleries.csv"\n'
    assert "ok  galleries: of 2 owners it is told how many pictures" in told(galleries)


def test_a_wrong_setting_is_told() -> None:
    result = doctor(HEDGEROW_BROKER_PROTOCOL="tls", HEDGEROW_REDIS_URL="http://x")

    assert "broker.protocol: expected one of" in result.output
    assert "Redis: Redis URL must specify" in result.output
