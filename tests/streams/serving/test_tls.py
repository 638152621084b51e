"""TLS: nothing weak, no stranger where clients show certificates, and renewals hold."""

from __future__ import annotations

import ssl
import subprocess
import sys
import warnings
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from streams.infrastructure import Service
from streams.serving.tls import Credentials
from tests.services.certificates import certify, openssl
from tests.services.ports import free_port, listening, until
from tests.services.programs import needs
from tests.streams.serving.callers import Caller
from tests.streams.serving.served import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.serving.service import Serving

pytestmark = needs("openssl")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    certify(tmp_path)
    return tmp_path


def service(folder: Path, key_file: str = "", authority_file: str = "") -> Service:
    return Service(
        certificate_file=str(folder / "server.pem"),
        key_file=key_file,
        authority_file=authority_file,
    )


@contextmanager
def served(folder: Path, **more: str) -> Iterator[tuple[int, Serving]]:
    """Serve by TLS; no broker is needed to say that one is well."""
    nowhere = f"127.0.0.1:{free_port()}"
    with serving(nowhere, "blocklist", service=service(folder, **more)) as (client, made):
        until(lambda: listening(client.port), "a socket")
        yield client.port, made


def trusting(folder: Path, shows: str = "") -> ssl.SSLContext:
    made = ssl.create_default_context(cafile=str(folder / "authority.pem"))
    if shows:
        made.load_cert_chain(folder / f"{shows}.pem", folder / f"{shows}.key")
    return made


def well(port: int, context: ssl.SSLContext | None) -> bool:
    try:
        return Caller(port, tls=context).ask("GET", "/health").status == 200
    except (OSError, HTTPException):
        return False


def test_who_trusts_the_authority_is_answered_and_plain_words_are_not(folder: Path) -> None:
    with served(folder) as (port, _):
        assert well(port, trusting(folder))
        assert not well(port, ssl.create_default_context())
        assert not well(port, None)


@pytest.mark.parametrize("weakness", ["TLSv1_1", "AES128-SHA", "ECDHE-ECDSA-AES128-SHA"])
def test_what_is_weak_is_not_spoken(folder: Path, weakness: str) -> None:
    old = trusting(folder)
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with served(folder) as (port, _):
        assert well(port, old)
        if weakness == "TLSv1_1":
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
            old.set_ciphers("ALL:@SECLEVEL=0")
        else:
            old.set_ciphers(f"{weakness}:@SECLEVEL=0")
        assert not well(port, old)


def test_where_clients_show_certificates_only_those_of_the_authority_are_let_in(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    strange = tmp_path_factory.mktemp("strange")
    certify(strange)
    stranger = trusting(folder)
    stranger.load_cert_chain(strange / "client.pem", strange / "client.key")
    with served(folder, authority_file=str(folder / "authority.pem")) as (port, _):
        assert well(port, trusting(folder, "client"))
        assert not well(port, trusting(folder))
        assert not well(port, stranger)


def test_a_renewed_certificate_is_shown_and_a_broken_one_is_not(folder: Path) -> None:
    def serial(port: int) -> str:
        return ssl.get_server_certificate(("127.0.0.1", port))

    with served(folder) as (port, made):
        credentials = made.credentials
        assert credentials
        before = serial(port)
        (folder / "server.pem").write_text("nonsense")
        broken = credentials.renew(), serial(port)
        certify(folder)
        renewed = credentials.renew(), serial(port)

        assert broken == (False, before)
        assert renewed[0]
        assert renewed[1] != before
        assert not credentials.renew()
        assert well(port, trusting(folder))


def test_half_of_a_renewed_pair_is_not_shown(folder: Path) -> None:
    pair = folder / "own.pem", folder / "own.key"
    for name, path in zip(("client.pem", "client.key"), pair, strict=True):
        path.write_bytes((folder / name).read_bytes())
        path.chmod(0o600)
    credentials = Credentials.of(Service(certificate_file=str(pair[0]), key_file=str(pair[1])))
    assert credentials
    pair[0].write_bytes((folder / "authority.pem").read_bytes())

    assert not credentials.renew()
    assert spoken(credentials.context, trusting(folder)) == "client"


def spoken(server: ssl.SSLContext, client: ssl.SSLContext) -> str:
    """Let both shake hands; give the name on the server's certificate."""
    client.check_hostname = False
    to, fro = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = client.wrap_bio(fro, to), server.wrap_bio(to, fro, server_side=True)
    for end in ends * 3:
        with suppress(ssl.SSLWantReadError):
            end.do_handshake()
    subject: Any = (ends[0].getpeercert() or {})["subject"]
    return str(dict(pair for [pair] in subject)["commonName"])


def test_a_container_is_asked_how_it_is_by_tls_as_well(folder: Path) -> None:
    health = Path(__file__).parents[3] / "deploy" / "health"
    with served(folder) as (port, _):
        asked = [sys.executable, str(health), str(port)]
        well_ = subprocess.run(asked, capture_output=True, text=True, check=False)
    gone = subprocess.run(asked, capture_output=True, text=True, check=False)

    assert (well_.returncode, well_.stdout) == (0, "ok\n")
    assert gone.returncode == 1


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (("rsa:1024",), "KEY_TOO_SMALL"),
        (("ec", "-pkeyopt", "ec_paramgen_curve:prime192v1"), "KEY_TOO_SMALL"),
    ],
)
def test_a_weak_key_is_refused_at_the_start(folder: Path, key: tuple[str, ...], words: str) -> None:
    openssl(
        folder, "req", "-x509", "-newkey", *key, "-nodes", "-subj", "/CN=weak",
        "-keyout", "weak.key", "-out", "weak.pem",
    )  # fmt: skip
    weak = Service(certificate_file=str(folder / "weak.pem"), key_file=str(folder / "weak.key"))

    with pytest.raises(ValueError, match=rf"service\.certificate_file: .*{words}"):
        Credentials.of(weak)


def test_a_key_that_others_read_is_refused(folder: Path) -> None:
    (folder / "server.pem").chmod(0o644)

    with pytest.raises(ValueError, match="every user of this machine can read the key"):
        Credentials.of(service(folder))


def test_what_is_missing_or_no_pair_is_said(folder: Path) -> None:
    wrong = {
        "service.key_file: there is no file": service(folder, key_file="/none"),
        "service.key_file: is of no use": Service(key_file="x"),
        "and its key cannot be used": service(folder, key_file=str(folder / "client.key")),
        "no PEM certificates in": service(folder, authority_file=str(folder / "client.key")),
    }
    for words, each in wrong.items():
        with pytest.raises(ValueError, match=words):
            Credentials.of(each)


def test_without_a_certificate_there_is_no_tls() -> None:
    assert Credentials.of(Service()) is None
