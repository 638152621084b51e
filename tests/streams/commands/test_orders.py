"""People order: what they type reaches the broker, or they are told why it does not."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from kafka import KafkaAdminClient
from kafka.admin import NewTopic

from enforcement.rails import Cap
from streams.commands.approve import approve_command
from streams.commands.block import block_command
from streams.commands.orders import orders_command
from streams.commands.pardon import pardon_command
from streams.commands.release import release_command
from streams.commands.serve import serve_command
from streams.deciding import Deciding
from streams.infrastructure import Broker
from streams.ordering import orders, send
from streams.records import ENCODER
from streams.wire.orders import RAILED, Verb, Wish, milliseconds, ordered
from tests.services.ports import HOST, free_port, listening
from tests.streams.deciders import words

if TYPE_CHECKING:
    from click import Command

    from tests.services.kafka import KafkaBroker
    from tests.services.shared import SharedKafka

ONE, WIDE = "203.0.113.7", "203.0.0.0/16"
WHY = ("--reason", "because")
WISHED = [verb for verb in Verb if verb is not Verb.APPROVE]  # which needs an order


def run(command: Command, *arguments: str, bootstrap: str = "127.0.0.1:1") -> Result:
    return CliRunner().invoke(command, arguments, env={"HEDGEROW_BROKER_BOOTSTRAP": bootstrap})


def test_orders_are_kept_with_who_when_and_why(kafka: SharedKafka) -> None:
    topic = kafka.fresh("orders")
    broker = Broker(kafka.bootstrap)
    wishes = [
        Wish(verb, "address" if verb in RAILED else ONE, "because", cap=Cap.RATE, most=900)
        for verb in WISHED
    ]
    given = [ordered(wish, "ann", n) for n, wish in enumerate(wishes)]
    for order in [*given, given[0]]:
        send(broker, order, topic)
    found = orders(broker, topic)

    assert found == sorted([*given, given[0]], key=lambda order: order.at)


def test_what_is_typed_is_ordered_listed_and_obeyed(own_kafka: KafkaBroker) -> None:
    own_kafka_topic(own_kafka)
    bootstrap = own_kafka.bootstrap
    typed = [
        run(block_command, ONE, *WHY, "--for", "30m", bootstrap=bootstrap),
        run(release_command, ONE, *WHY, bootstrap=bootstrap),
        run(pardon_command, "session:s", *WHY, bootstrap=bootstrap),
    ]
    listed = run(orders_command, bootstrap=bootstrap).output.splitlines()
    deciding = Deciding()
    obeyed = [
        words(deciding.order(ENCODER.encode(order), 1_800_000_000_000 + n))
        for n, order in enumerate(orders(Broker(bootstrap)))
    ]

    assert [result.exit_code for result in typed] == [0, 0, 0]
    assert [line.split("  ")[3] for line in listed] == [ONE, ONE, "session:s"]
    assert "block for 1800 s: because" in listed[0]
    assert obeyed == [{ONE: "block"}, {ONE: None}, {"session:s": "pardon"}]


def test_what_hits_many_is_obeyed_once_somebody_else_approves(
    own_kafka: KafkaBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_kafka_topic(own_kafka)
    bootstrap = own_kafka.bootstrap
    monkeypatch.setenv("LOGNAME", "ann")
    asked = run(block_command, WIDE, *WHY, bootstrap=bootstrap)
    name = asked.stdout.split()[1][:-1]
    alone = run(approve_command, name, *WHY, bootstrap=bootstrap)
    monkeypatch.setenv("LOGNAME", "bob")
    second = run(approve_command, name, *WHY, bootstrap=bootstrap)
    again = run(approve_command, name, *WHY, bootstrap=bootstrap)
    deciding = Deciding()
    obeyed = [
        words(deciding.order(ENCODER.encode(order), milliseconds(order.at)))
        for order in orders(Broker(bootstrap))
    ]

    assert f"hedgerow approve {name}" in asked.output
    assert "65,536 addresses of IPv4" in asked.stderr
    assert (alone.exit_code, second.exit_code, again.exit_code) == (2, 0, 2)
    assert "takes a second person" in alone.output
    assert obeyed == [{}, {WIDE: "block"}]
    assert f"approve {name}" in run(orders_command, bootstrap=bootstrap).output


def own_kafka_topic(kafka: KafkaBroker) -> None:
    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    admin.create_topics([NewTopic("orders", 1, 1)])
    admin.close()


@pytest.mark.parametrize(
    ("command", "target"),
    [
        (block_command, "10.0.0.1"),
        (block_command, "202.0.0.0/8"),
        (pardon_command, "0.0.0.0/0"),
        (release_command, "ann"),
        (release_command, "0.0.0.0/0"),
        (release_command, "::/0"),
        (block_command, "203.0.113.7/24"),
        (block_command, "::ffff:203.0.113.7"),
        (block_command, "3405803783"),
        (block_command, "2001:db8::1%eth0"),
    ],
)
def test_a_slip_is_refused_before_anything_is_asked(command: Command, target: str) -> None:
    result = run(command, target, *WHY)

    assert result.exit_code == 2
    assert target in result.output


def test_an_order_needs_a_reason() -> None:
    assert run(block_command, ONE).exit_code == 2


def test_a_broker_that_is_not_there_is_said_in_one_line() -> None:
    nobody = f"{HOST}:{free_port()}"
    # In a process of its own: Kafka's client leaves sockets open where it cannot connect.
    program = "from streams.commands.block import block_command; block_command()"
    result = subprocess.run(
        [sys.executable, "-c", program, ONE, *WHY],
        env={**os.environ, "HEDGEROW_BROKER_BOOTSTRAP": nobody},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 1
    assert result.stderr.startswith(f"Error: no broker at {nobody} took the order")
    assert result.stderr.count("\n") == 1


def test_serving_where_somebody_else_listens_is_said_in_one_line(kafka: SharedKafka) -> None:
    port = kafka.bootstrap.rpartition(":")[2]
    result = CliRunner().invoke(serve_command, env={"HEDGEROW_SERVICE_PORT": port})

    assert listening(int(port))
    assert result.exit_code == 1
    assert f"cannot listen at 127.0.0.1:{port}" in result.output
