"""TLS: the certificate of `hedgerow serve`, which clients it takes, and what it refuses as weak."""

from __future__ import annotations

import asyncio
import logging  # noqa: TID251 - an edge: it runs unattended
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from streams.secret import exposed
from streams.watchedfile import WatchedFile

if TYPE_CHECKING:
    from streams.infrastructure import Service

LOG = logging.getLogger("hedgerow")
LOOK = 5.0  # seconds between two looks whether the certificate was renewed
# TLS 1.2 with forward secrecy and authenticated encryption; level 2 refuses RSA below 2048 bits,
# curves below 224, and signatures by SHA-1. TLS 1.3 has nothing weak to leave out.
STRONG = "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL:@SECLEVEL=2"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A context, and the files it was made of."""

    context: ssl.SSLContext
    service: Service
    files: tuple[WatchedFile, ...]

    @classmethod
    def of(cls, service: Service) -> Credentials | None:
        """Read them; None where TLS is not asked for. ValueError names the setting."""
        check(service)
        if not service.certificate_file:
            return None
        made = strong()
        load(made, service)
        names = [name for name in (service.certificate_file, service.key_file) if name]
        return cls(made, service, tuple(WatchedFile.of(Path(name)) for name in names))

    async def keep(self) -> None:
        """Take a renewed certificate for new connections; keep the former while it is no use."""
        while True:
            await asyncio.sleep(LOOK)
            self.renew()

    def renew(self) -> bool:
        """Take up what has changed; tell whether that was possible."""
        if not any([file.changed() for file in self.files]):  # noqa: C419 - each has to look
            return False
        try:
            load(strong(), self.service)  # so that half of a pair stays out
            load(self.context, self.service)
        except ValueError as error:
            LOG.error("the certificate is kept as it was: %s", error)  # noqa: TRY400 - says all
            return False
        return True


def strong() -> ssl.SSLContext:
    """Refuse what is weak."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.set_ciphers(STRONG)
    return made


def check(service: Service) -> None:
    """Refuse files without a certificate, that are not there, or whose key is no secret."""
    for name in ("key_file", "authority_file"):
        if getattr(service, name) and not service.certificate_file:
            msg = f"service.{name}: is of no use without service.certificate_file"
            raise ValueError(msg)
    for name in ("certificate_file", "key_file", "authority_file"):
        path = getattr(service, name)
        if path and not Path(path).is_file():
            msg = f"service.{name}: there is no file {path}"
            raise ValueError(msg)
    place = "key_file" if service.key_file else "certificate_file"
    if exposed(path := getattr(service, place)):
        msg = f"service.{place}: every user of this machine can read the key in {path}: chmod o-r"
        raise ValueError(msg)


def load(context: ssl.SSLContext, service: Service) -> None:
    """Take certificate and key, and the authority whose clients alone are let in."""
    try:
        context.load_cert_chain(service.certificate_file, service.key_file or None)
    except (ssl.SSLError, OSError) as error:
        why = getattr(error, "reason", None) or error.strerror
        place = f"service.certificate_file: {service.certificate_file}"
        msg = f"{place} and its key cannot be used ({why})"
        raise ValueError(msg) from None
    if not service.authority_file:
        return
    try:
        context.load_verify_locations(service.authority_file)
    except (ssl.SSLError, OSError):
        msg = f"service.authority_file: no PEM certificates in {service.authority_file}"
        raise ValueError(msg) from None
    context.verify_mode = ssl.CERT_REQUIRED
