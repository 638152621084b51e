"""Certificates for a test: an authority, a server on 127.0.0.1 and a client, by openssl."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


def certify(folder: Path) -> None:
    """Write authority.pem, server.pem (key and certificate), client.pem and client.key.

    Nobody else can read the keys.
    """
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    made = ("req", "-x509", *curve, "-days", "2")
    openssl(
        folder, *made, "-subj", "/CN=made-up authority",
        "-keyout", "authority.key", "-out", "authority.pem",
    )  # fmt: skip
    signed = ("-CA", "authority.pem", "-CAkey", "authority.key")
    for name in ("server", "client"):
        openssl(
            folder, *made, *signed, "-subj", f"/CN={name}",
            "-addext", "subjectAltName=IP:127.0.0.1",
            "-addext", "basicConstraints=critical,CA:false",
            "-keyout", f"{name}.key", "-out", f"{name}.pem",
        )  # fmt: skip
    server = folder / "server.pem"  # Kafka wants key and certificate in one file
    server.write_bytes((folder / "server.key").read_bytes() + server.read_bytes())
    server.chmod(0o600)
