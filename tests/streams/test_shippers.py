"""The shippers of deploy/shippers send an access log to Kafka line by line, as it is."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.services.ports import until
from tests.services.programs import needs
from tests.services.rsyslog import NEEDS_RSYSLOG, configuration, rsyslog
from tests.streams.reading import held

if TYPE_CHECKING:
    from tests.services.kafka import KafkaBroker
    from tests.services.shared import SharedKafka

SHIPPERS = Path(__file__).parents[2] / "deploy/shippers"
# What may go wrong on the way: quotes, backslashes, what is no UTF-8, tabs, percents, length.
ODD = [
    b'203.0.113.5 - - [23/Nov/2026:22:24:26 +0000] "GET /a.jpg HTTP/1.1" 200 5 "-" "curl/8"',
    b'{"msec":"1795472666.934","request":"GET /\\"%41%n.jpg HTTP/1.1","agent":"\xff\xc3"}',
    b"  leading\tblanks and \x01 control \\x16\\x03 bytes \xe2\x82\xac  ",
    b"long " + b"x" * 9_000,  # rsyslog cuts at 8 KiB unless it is told
    b"<13>Nov 25 01:02:03 host tag: looks like syslog",
]


def numbered(first: int, count: int) -> list[bytes]:
    return [b"%d %s" % (number, ODD[number % len(ODD)]) for number in range(first, first + count)]


def arrived(bootstrap: str, topic: str) -> list[bytes]:
    return [value for values in held(bootstrap, topic) for value in values]


@NEEDS_RSYSLOG
def test_rsyslog_sends_every_line_byte_for_byte_to_all_partitions(
    kafka: SharedKafka, tmp_path: Path
) -> None:
    topic, log = kafka.fresh("rsyslog", partitions=3), tmp_path / "access.log"
    first, second = numbered(0, 2000), numbered(2000, 2000)
    log.write_bytes(b"\n".join(first) + b"\n")

    with rsyslog(tmp_path / "rsyslog", configuration(kafka.bootstrap, topic, log)):
        until(lambda: set(arrived(kafka.bootstrap, topic)) == set(first), "what was there")
        with log.open("ab") as file:
            file.write(b"\n".join(second) + b"\n")
        until(lambda: len(set(arrived(kafka.bootstrap, topic))) >= 4000, "what was written")

    assert set(first + second) == set(arrived(kafka.bootstrap, topic))
    assert all(len(values) > 500 for values in held(kafka.bootstrap, topic))


@NEEDS_RSYSLOG
def test_rsyslog_loses_nothing_when_kafka_is_killed(own_kafka: KafkaBroker, tmp_path: Path) -> None:
    topic, log = own_kafka.fresh("rsyslog"), tmp_path / "access.log"
    log.write_bytes(b"\n".join(numbered(0, 500)) + b"\n")

    with rsyslog(tmp_path / "rsyslog", configuration(own_kafka.bootstrap, topic, log)):
        until(lambda: len(arrived(own_kafka.bootstrap, topic)) == 500, "what was there")
        own_kafka.kill9()
        with log.open("ab") as file:
            file.write(b"\n".join(numbered(500, 500)) + b"\n")
        own_kafka.start()
        until(lambda: len(set(arrived(own_kafka.bootstrap, topic))) == 1000, "the rest")

    assert set(numbered(0, 1000)) == set(arrived(own_kafka.bootstrap, topic))


@pytest.mark.parametrize(
    "name", ["vector.yaml", "fluent-bit.yaml", "filebeat.yml", "otel-collector.yaml"]
)
def test_every_other_shipper_has_a_file_that_parses_and_names_the_topic(name: str) -> None:
    text = (SHIPPERS / name).read_text()

    assert isinstance(yaml.safe_load(text), dict)
    assert "access-log" in text
    assert "could not be run" in text


@needs("kcat")
def test_kcat_sends_every_line_byte_for_byte_to_all_partitions(
    kafka: SharedKafka, tmp_path: Path
) -> None:
    topic, log = kafka.fresh("kcat", partitions=3), tmp_path / "access.log"
    lines = numbered(0, 3000)
    log.write_bytes(b"\n".join(lines) + b"\n")
    where = os.environ | {"KCAT_BROKERS": kafka.bootstrap, "KCAT_TOPIC": topic}

    with log.open("rb") as file:
        subprocess.run([SHIPPERS / "kcat.sh"], stdin=file, env=where, check=True, timeout=60)

    assert sorted(lines) == sorted(arrived(kafka.bootstrap, topic))
    assert all(len(values) > 500 for values in held(kafka.bootstrap, topic))


@needs("kcat", "tail")
def test_kcat_goes_on_with_what_is_written_but_for_the_newest_kilobyte(
    kafka: SharedKafka, tmp_path: Path
) -> None:
    topic, log = kafka.fresh("kcat"), tmp_path / "access.log"
    first, second = ([b"%d %s" % (n, ODD[0]) for n in range(m, m + 100)] for m in (0, 100))
    log.write_bytes(b"\n".join(first) + b"\n")
    where = os.environ | {"KCAT_BROKERS": kafka.bootstrap, "KCAT_TOPIC": topic}
    running = subprocess.Popen(
        [SHIPPERS / "kcat.sh", log], env=where, start_new_session=True, stderr=subprocess.DEVNULL
    )
    try:
        until(lambda: arrived(kafka.bootstrap, topic)[:90] == first[:90], "what was there")
        with log.open("ab") as file:
            file.write(b"\n".join(second) + b"\n")
        until(lambda: arrived(kafka.bootstrap, topic)[:190] == (first + second)[:190], "more")
    finally:
        os.killpg(running.pid, 15)
        running.wait(60)
