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

from streams.commands.block import block_command
from streams.commands.orders import orders_command
from streams.commands.pardon import pardon_command
from streams.commands.release import release_command
from streams.commands.serve import serve_command
from streams.deciding import Deciding
from streams.infrastructure import Broker
from streams.ordering import orders, send
from streams.records import ENCODER
from streams.wire.orders import Verb, Wish, ordered
from tests.services.ports import HOST, free_port, listening
from tests.streams.deciders import words

if TYPE_CHECKING:
    from click import Command

    from tests.services.kafka import KafkaBroker
    from tests.services.shared import SharedKafka

ONE = "203.0.113.7"
WHY = ("--reason", "because")


def run(command: Command, *arguments: str, bootstrap: str = "127.0.0.1:1") -> Result:
    return CliRunner().invoke(command, arguments, env={"HEDGEROW_BROKER_BOOTSTRAP": bootstrap})


def test_orders_are_kept_with_who_when_and_why(kafka: SharedKafka) -> None:
    topic = kafka.fresh("orders")
    broker = Broker(kafka.bootstrap)
    about = {Verb.RESET: "address"}
    wishes = [Wish(verb, about.get(verb, ONE), "because") for verb in Verb]
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
