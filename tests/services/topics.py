"""Topics on a broker that many tests share: each takes names that nobody else has."""

from __future__ import annotations

import os
from itertools import count

from kafka import KafkaAdminClient
from kafka.admin import NewTopic

from tests.services.ports import until

NUMBERS = count()


def fresh(bootstrap: str, prefix: str, partitions: int = 1, **configuration: str) -> str:
    """Create a topic that nobody else uses and return its name once it can be written to.

    *configuration* as Kafka names it with _ for the points: max_message_bytes="2097152".
    """
    name = f"{prefix}-{os.getpid()}-{next(NUMBERS)}"
    create(bootstrap, name, partitions, **configuration)
    return name


def create(bootstrap: str, name: str, partitions: int = 1, **configuration: str) -> None:
    """Create a topic of this very name, and wait until it can be written to."""
    configs = {key.replace("_", "."): value for key, value in configuration.items()}
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    try:
        admin.create_topics([NewTopic(name, partitions, 1, topic_configs=configs)])
        until(lambda: led(admin, name) == partitions, f"leaders of {name}")
    finally:
        admin.close()


def led(admin: KafkaAdminClient, name: str) -> int:
    """Count the partitions that have a leader."""
    described = admin.describe_topics([name])
    return sum(p["leader_id"] >= 0 for topic in described for p in topic["partitions"])
