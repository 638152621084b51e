"""Infrastructure: where the broker, Redis and the services are; changes nothing that is judged."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Broker:
    """How to reach Kafka."""

    bootstrap: str = "127.0.0.1:9092"  # host:port, several with commas between
    protocol: str = "plaintext"  # or ssl, sasl_plaintext, sasl_ssl
    mechanism: str = "SCRAM-SHA-512"  # or SCRAM-SHA-256, PLAIN; for the sasl_ protocols
    user: str = ""  # for the sasl_ protocols
    password_file: str = ""  # a file that holds the password and nothing else
    authority_file: str = ""  # PEM of who signed the broker's certificate; empty: the system's
    certificate_file: str = ""  # PEM of our own certificate, where the broker asks for one
    key_file: str = ""  # PEM of its key
    replication: int = 1  # copies of each topic; 3 where there are three brokers
    partitions: int = 6  # of access-log, where `hedgerow topics create` makes it
    shards: int = 12  # of requests; more than there will ever be workers, fixed once created


@dataclass(frozen=True, slots=True)
class Flow:
    """How a worker takes and gives."""

    linger: int = 50  # milliseconds that parsed requests wait for company
    idle: int = 2_000  # milliseconds without a line after which an input stalls the others no more
    checkpoint: int = 30  # seconds between two snapshots of a shard, at least
    stalled: int = 60  # seconds without progress, with lines waiting, after which a worker leaves


@dataclass(frozen=True, slots=True)
class Redis:
    """Where edges look up who is refused."""

    url: str = ""  # redis://host:6379/0 or rediss://…; empty: none is kept
    user: str = ""
    password_file: str = ""  # a file that holds the password and nothing else


@dataclass(frozen=True, slots=True)
class Service:
    """Where `hedgerow serve` answers."""

    host: str = "127.0.0.1"
    port: int = 8087
    certificate_file: str = ""  # PEM, with those that lead to an authority; empty: no TLS
    key_file: str = ""  # PEM of its key, for our user only; empty: it stands in certificate_file
    authority_file: str = ""  # PEM of who signed the clients' certificates; empty: none is asked


@dataclass(frozen=True, slots=True)
class Metrics:
    """Where Prometheus scrapes a worker, and the services."""

    host: str = "127.0.0.1"
    port: int = 9187  # 0: any free one, said at the start
