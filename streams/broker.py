"""Broker: turn the settings of [broker] into what each Kafka client wants, or say what is wrong."""

from __future__ import annotations

import re
import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Any

from streams.secret import secret

if TYPE_CHECKING:
    from streams.infrastructure import Broker

PROTOCOLS = ("plaintext", "ssl", "sasl_plaintext", "sasl_ssl")
MECHANISMS = ("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN")
RECONNECT = 1000  # milliseconds at most between two tries; kafka-python waits up to 30 s by itself
ADDRESS = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]+):[0-9]{1,5}")


def kafka_python(broker: Broker) -> dict[str, Any]:
    """Say it to kafka-python: `KafkaProducer(**kafka_python(broker))`, admin and consumer alike.

    ValueError names the setting, what was seen and what is expected; so in all functions here.
    """
    return {**aiokafka(broker), "reconnect_backoff_max_ms": RECONNECT}


def aiokafka(broker: Broker) -> dict[str, Any]:
    """Say it to aiokafka: `AIOKafkaConsumer(**aiokafka(broker))`; it waits by no word of ours."""
    return {
        "bootstrap_servers": addresses(broker),
        "security_protocol": protocol(broker).upper(),
        **({"ssl_context": context(broker)} if encrypted(broker) else {}),
        **(login(broker) if asks_who(broker) else {}),
    }


def faust_urls(broker: Broker) -> list[str]:
    """Say to Faust where to begin: `faust.App(name, broker=faust_urls(broker))`."""
    return [f"kafka://{address}" for address in addresses(broker)]


def faust_credentials(broker: Broker) -> Any:  # noqa: ANN401 - Faust comes without types
    """Say to Faust who we are, as `broker_credentials`; None where nobody asks."""
    from faust import SASLCredentials, SSLCredentials  # noqa: PLC0415 - half a second to load

    protocol(broker)
    encryption = context(broker) if encrypted(broker) else None
    if not asks_who(broker):
        return SSLCredentials(encryption) if encryption else None
    who = login(broker)
    return SASLCredentials(
        username=who["sasl_plain_username"],
        password=who["sasl_plain_password"],
        mechanism=who["sasl_mechanism"],
        ssl_context=encryption,
    )


def addresses(broker: Broker) -> list[str]:
    """List where to begin, each as host:port."""
    found = [address.strip() for address in broker.bootstrap.split(",")]
    for address in found:
        if not ADDRESS.fullmatch(address):
            msg = f"broker.bootstrap: expected host:port, commas between, saw {broker.bootstrap!r}"
            raise ValueError(msg)
    return found


def protocol(broker: Broker) -> str:
    """Check the protocol, and that no password is given that it would not use."""
    known = one_of("broker.protocol", broker.protocol, PROTOCOLS)
    if broker.password_file and not asks_who(broker):
        msg = f"broker.password_file: is not used by protocol {known!r}; say sasl_ssl, or leave out"
        raise ValueError(msg)
    if not encrypted(broker):
        for name in ("authority_file", "certificate_file", "key_file"):
            if getattr(broker, name):
                msg = f"broker.{name}: is not used by protocol {known!r}; say ssl or sasl_ssl"
                raise ValueError(msg)
    return known


def encrypted(broker: Broker) -> bool:
    """Tell whether what is sent cannot be read on the way."""
    return broker.protocol.endswith("ssl")


def asks_who(broker: Broker) -> bool:
    """Tell whether the broker wants a user and a password."""
    return broker.protocol.startswith("sasl")


def context(broker: Broker) -> ssl.SSLContext:
    """Trust who signed the broker's certificate, check its name, and show our own where given."""
    authority = file_of("authority_file", broker.authority_file)
    certificate = file_of("certificate_file", broker.certificate_file)
    key = file_of("key_file", broker.key_file)
    try:
        made = ssl.create_default_context(cafile=authority)
    except ssl.SSLError as error:
        msg = f"broker.authority_file: no PEM certificates in {authority} ({error.reason})"
        raise ValueError(msg) from None
    if certificate is None:
        return made
    try:
        made.load_cert_chain(certificate, key)
    except ssl.SSLError as error:
        msg = f"broker.certificate_file: {certificate} and key {key} are no pair ({error.reason})"
        raise ValueError(msg) from None
    return made


def login(broker: Broker) -> dict[str, str]:
    """Say who we are, as kafka-python and aiokafka call it."""
    if not broker.user:
        msg = f"broker.user: protocol {broker.protocol!r} needs one, and a password_file"
        raise ValueError(msg)
    return {
        "sasl_mechanism": one_of("broker.mechanism", broker.mechanism, MECHANISMS),
        "sasl_plain_username": broker.user,
        "sasl_plain_password": secret(broker.password_file, "broker.password_file"),
    }


def file_of(name: str, path: str) -> str | None:
    """Take a file's name for what it is; None where none is given."""
    if path and not Path(path).is_file():
        msg = f"broker.{name}: there is no file {path}"
        raise ValueError(msg)
    return path or None


def one_of(place: str, seen: str, known: tuple[str, ...]) -> str:
    """Refuse a word that nobody knows."""
    if seen not in known:
        msg = f"{place}: expected one of {', '.join(known)}, saw {seen!r}"
        raise ValueError(msg)
    return seen
