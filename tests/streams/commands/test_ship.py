"""`hedgerow ship` sends logs whole, however they are stored, and says what arrived."""

from __future__ import annotations

import gzip
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from kafka import KafkaAdminClient
from kafka.admin import NewTopic

from streams.commands.ship import ship_command
from tests.services.ports import until
from tests.streams.reading import held

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from click.testing import Result

    from tests.services.kafka import KafkaBroker
    from tests.services.shared import SharedKafka

LINES = [b"line %d\n" % number for number in range(1000)]
LOG = b"".join(LINES)
PROGRAM = "from streams.commands.ship import ship_command; ship_command()"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "access.log"
    path.write_bytes(LOG)
    return path


def ship(
    kafka: SharedKafka | KafkaBroker, topic: str, *words: object, given: bytes = b""
) -> Result:
    call = ["--topic", topic, *map(str, words)]
    where = {"HEDGEROW_BROKER_BOOTSTRAP": kafka.bootstrap}
    done = CliRunner(env=where).invoke(ship_command, call, input=given)
    assert isinstance(done.exception, SystemExit | None), done.exception
    return done


def start(kafka: SharedKafka, topic: str, *words: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--topic", topic, *map(str, words)],
        env={"HEDGEROW_BROKER_BOOTSTRAP": kafka.bootstrap},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def count(kafka: SharedKafka, topic: str) -> int:
    return sum(value.count(b"\n") for values in held(kafka.bootstrap, topic) for value in values)


def create(bootstrap: str, topic: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    admin.create_topics([NewTopic(topic, 1, 1)])
    admin.close()


def flat(found: Sequence[Sequence[bytes]]) -> list[bytes]:
    return [value for values in found for value in values]


def test_a_log_goes_as_few_messages_and_is_counted(kafka: SharedKafka, log: Path) -> None:
    topic = kafka.fresh("ship")
    done = ship(kafka, topic, log)

    assert [LOG] == flat(held(kafka.bootstrap, topic))
    assert f"1,000 lines in 1 messages, {len(LOG):,} bytes acknowledged\n" == done.stdout


@pytest.mark.parametrize("compression", ["zstd", "gzip", "none"])
def test_one_line_a_message_in_every_compression(
    kafka: SharedKafka, log: Path, compression: str
) -> None:
    topic = kafka.fresh("ship")
    ship(kafka, topic, log, "--one", "--compression", compression)

    assert LINES == flat(held(kafka.bootstrap, topic))


def test_several_logs_are_sent_one_after_the_other_also_packed_and_from_standard_input(
    kafka: SharedKafka, log: Path, tmp_path: Path
) -> None:
    packed = tmp_path / "access.log.1.gz"
    packed.write_bytes(gzip.compress(b"older\n"))
    topic = kafka.fresh("ship", partitions=2)
    ship(kafka, topic, packed, log, "--partition", 1, "--bytes", "1KiB")

    sent = held(kafka.bootstrap, topic)
    assert (b"", b"older\n" + LOG) == tuple(b"".join(values) for values in sent)
    assert max(map(len, sent[1])) <= 1024


def test_a_line_that_is_too_long_is_said_and_counted(own_kafka: KafkaBroker, log: Path) -> None:
    log.write_bytes(b"a\n" + b"x" * 1_100_000 + b"\nb\n")
    topic = own_kafka.fresh("ship")
    create(own_kafka.bootstrap, "rejects")
    done = ship(own_kafka, topic, log)

    assert [b"a\n", b"b\n"] == flat(held(own_kafka.bootstrap, topic))
    assert 3 == len(flat(held(own_kafka.bootstrap, "rejects")))
    assert "longer than 1 MiB" in done.stderr
    assert "1 too long and among the rejects" in done.stdout


def test_a_damaged_archive_is_sent_as_far_as_it_goes_and_is_a_failure(
    kafka: SharedKafka, tmp_path: Path
) -> None:
    path = tmp_path / "access.log.gz"
    path.write_bytes(gzip.compress(LOG)[:-8])
    topic = kafka.fresh("ship")
    done = ship(kafka, topic, path)

    assert (1, 1000) == (done.exit_code, count(kafka, topic))
    assert "cut off" in done.stderr


def test_what_is_written_while_it_follows_arrives_and_sigterm_ends_it_well(
    kafka: SharedKafka, log: Path
) -> None:
    topic = kafka.fresh("ship")
    running = start(kafka, topic, log, "--follow")
    until(lambda: count(kafka, topic) == 1000, "what was there")
    with log.open("ab") as file:
        file.write(b"one more\n")
    until(lambda: count(kafka, topic) == 1001, "what was written")
    running.send_signal(signal.SIGTERM)
    said, _ = running.communicate(timeout=60)

    assert (0, True) == (running.returncode, said.startswith(b"1,001 lines"))


def test_a_rate_is_kept_and_ctrl_c_says_what_arrived(kafka: SharedKafka, log: Path) -> None:
    topic = kafka.fresh("ship")
    running = start(kafka, topic, log, "--rate", 100)
    until(lambda: count(kafka, topic) >= 50, "some lines")
    begun, before = time.monotonic(), count(kafka, topic)  # noqa: TID251 - a rate is measured
    time.sleep(1)
    running.send_signal(signal.SIGINT)
    said, _ = running.communicate(timeout=60)
    gone = time.monotonic() - begun  # noqa: TID251 - as above

    assert 50 <= count(kafka, topic) - before <= 100 * gone + 50
    assert said.startswith(b"%d lines" % count(kafka, topic))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--bytes", "2MiB"], "expected 1 to 1048576 bytes"),
        (["--bytes", "much"], "such as 256KiB, saw 'much'"),
        (["--partition", "4"], "no partition 4"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(
    kafka: SharedKafka, log: Path, words: list[str], said: str
) -> None:
    done = ship(kafka, kafka.fresh("ship"), log, *words)

    assert done.exit_code > 0
    assert said in done.stderr


def test_a_topic_that_is_not_there_is_told_in_a_line(kafka: SharedKafka, log: Path) -> None:
    done = ship(kafka, "nowhere", log)

    assert 1 == done.exit_code
    assert done.stderr.startswith("Error: cannot send to topic nowhere")
