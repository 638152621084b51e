"""`hedgerow topics` says what it made, what differs, and what is wrong with the call."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from streams.commands.topics import topics_command
from streams.topics import TOPICS

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from tests.services.kafka import KafkaBroker


def called(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(topics_command, words, env=environment)


def test_what_was_created_passes_the_check(own_kafka: KafkaBroker) -> None:
    place = {"HEDGEROW_BROKER_BOOTSTRAP": own_kafka.bootstrap}

    before = called("check", **place)
    created = called("create", **place)
    again = called("create", **place)
    after = called("check", **place)
    other = called("check", **place, HEDGEROW_BROKER_SHARDS="3")

    assert (1, "access-log: missing") == (before.exit_code, before.output.splitlines()[0])
    assert "access-log: created\n" in created.output
    assert created.output.endswith(after.output)
    assert again.output == after.output == "11 topics, all as they should be\n"
    assert [created.exit_code, again.exit_code, after.exit_code] == [0, 0, 0]
    assert (1, "requests: partitions 12, expected 3") == (
        other.exit_code,
        other.output.splitlines()[0],
    )


@pytest.mark.parametrize("verb", ["create", "check"])
def test_a_broker_that_cannot_be_reached_is_one_line(verb: str) -> None:
    result = called(verb, HEDGEROW_BROKER_BOOTSTRAP="127.0.0.1:1")

    assert result.exit_code == 1
    assert result.output.startswith("Error: Kafka at 127.0.0.1:1 (plaintext): ")
    assert result.output.count("\n") == 1


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("HEDGEROW_BROKER_PROTOCOL", "tls", "broker.protocol: expected one of"),
        ("HEDGEROW_BROKER_PARTITIONS", "six", "HEDGEROW_BROKER.partitions: expected int"),
    ],
)
def test_a_wrong_setting_is_a_mistake_of_the_call(variable: str, value: str, said: str) -> None:
    result = called("check", **{variable: value})

    assert result.exit_code == 2
    assert result.output.startswith(f"Error: {said}")


def test_a_password_that_everybody_can_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text("made up")
    path.chmod(0o644)

    result = called("describe", HEDGEROW_BROKER_PASSWORD_FILE=str(path))

    assert f"every user of this machine can read {path}\n" in result.output


def test_every_topic_is_described() -> None:
    shown = called("describe").output
    told = json.loads(called("describe", "--json", HEDGEROW_BROKER_PARTITIONS="24").output)

    assert [topic.name for topic in TOPICS if topic.name not in shown] == []
    assert [topic.name for topic in TOPICS] == [row["name"] for row in told]
    assert told[0]["partitions"] == 24
