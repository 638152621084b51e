"""Settings of a broker become what clients want, or a sentence that names the setting."""

from __future__ import annotations

import ssl
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from streams.broker import aiokafka, faust_credentials, faust_urls, kafka_python
from streams.infrastructure import Broker
from tests.services.certificates import certify
from tests.services.programs import needs

if TYPE_CHECKING:
    from pathlib import Path

ASKED = Broker(protocol="sasl_plaintext", user="hedgerow")
PASSWORD = "made up"  # noqa: S105 - made up
ELSEWHERE: dict[str, Any] = {"password_file": "/no/file"}


@pytest.fixture
def asked(tmp_path: Path) -> Broker:
    path = tmp_path / "password"
    path.write_text(f"{PASSWORD}\n")
    return replace(ASKED, password_file=str(path))


def test_by_default_nothing_is_asked() -> None:
    expected = {"bootstrap_servers": ["127.0.0.1:9092"], "security_protocol": "PLAINTEXT"}

    assert aiokafka(Broker()) == expected
    assert kafka_python(Broker()) == {**expected, "reconnect_backoff_max_ms": 1000}
    assert faust_credentials(Broker()) is None


def test_there_may_be_several_places_to_begin() -> None:
    broker = Broker(bootstrap="one.example:9092, [2001:db8::1]:9093")

    assert kafka_python(broker)["bootstrap_servers"] == ["one.example:9092", "[2001:db8::1]:9093"]
    assert faust_urls(broker) == ["kafka://one.example:9092", "kafka://[2001:db8::1]:9093"]


def test_a_login_reaches_every_client(asked: Broker) -> None:
    given = kafka_python(asked)
    faust = faust_credentials(asked)

    assert aiokafka(asked).items() < given.items()
    assert given["security_protocol"] == "SASL_PLAINTEXT" == faust.protocol.value
    assert given["sasl_mechanism"] == "SCRAM-SHA-512" == faust.mechanism.value
    assert given["sasl_plain_username"] == "hedgerow" == faust.username
    assert given["sasl_plain_password"] == faust.password == PASSWORD


@needs("openssl")
def test_an_encrypted_connection_checks_who_the_broker_is(tmp_path: Path) -> None:
    certify(tmp_path)
    broker = Broker(
        protocol="ssl",
        authority_file=f"{tmp_path}/authority.pem",
        certificate_file=f"{tmp_path}/client.pem",
        key_file=f"{tmp_path}/client.key",
    )

    context = kafka_python(broker)["ssl_context"]

    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert len(context.get_ca_certs()) == 1
    assert faust_credentials(broker).protocol.value == "SSL"


@pytest.mark.parametrize(
    ("broker", "said"),
    [
        (Broker(bootstrap="kafka"), "broker.bootstrap: expected host:port"),
        (Broker(bootstrap=""), "broker.bootstrap: expected host:port"),
        (Broker(bootstrap="a:1,,b:2"), "broker.bootstrap: expected host:port"),
        (Broker(protocol="SSL"), "broker.protocol: expected one of plaintext, ssl"),
        (Broker(protocol="sasl_ssl"), "broker.user: protocol 'sasl_ssl' needs one"),
        (ASKED, "broker.password_file: names no file"),
        (replace(ASKED, **ELSEWHERE), "broker.password_file: cannot read /no/file"),
        (replace(ASKED, mechanism="GSSAPI"), "broker.mechanism: expected one of SCRAM-SHA-512"),
        (Broker(**ELSEWHERE), "broker.password_file: is not used by protocol 'plaintext'"),
        (Broker(authority_file="/a"), "broker.authority_file: is not used by protocol 'plain"),
        (Broker(protocol="ssl", authority_file="/no/file"), "broker.authority_file: there is no"),
        (Broker(protocol="ssl", key_file="/no/file"), "broker.key_file: there is no file /no/file"),
    ],
)
@pytest.mark.parametrize("client", [kafka_python, faust_credentials])
def test_what_is_wrong_is_told_by_the_name_of_the_setting(
    client: object, broker: Broker, said: str
) -> None:
    if client is faust_credentials and "bootstrap" in said:
        client = faust_urls

    with pytest.raises(ValueError, match=f"^{said}"):
        client(broker)  # type: ignore[operator]  # three functions of one shape


@pytest.mark.parametrize("name", ["authority_file", "certificate_file"])
def test_a_file_without_certificates_is_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / "made-up.pem"
    path.write_text("no certificate\n")

    with pytest.raises(ValueError, match=f"^broker.{name}: .*made-up.pem"):
        kafka_python(Broker(protocol="ssl", **{name: str(path)}))  # type: ignore[arg-type]
