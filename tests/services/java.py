"""Where Java and the jars of Kafka are; `make services` puts them there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.services.programs import found

JAVA = found("java")
JARS = Path(sys.prefix) / "var/kafka/libs"

LACKING = (
    "java not installed: make services"
    if JAVA is None
    else f"no Kafka broker in {JARS}: make services"
    if not JARS.is_dir()
    else ""
)
NEEDS_KAFKA = pytest.mark.skipif(bool(LACKING), reason=LACKING)


def java(*words: str, memory: str) -> list[str]:
    """Say how to run a class of Kafka's; *memory* as `512m`. What is left out starts sooner."""
    lean = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData")
    return [str(JAVA), f"-Xmx{memory}", *lean, "-cp", f"{JARS}/*", *words]
