"""Admission: who may ask `hedgerow serve` for what, and how often; it judges nothing."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streams.infrastructure import Service


@dataclass(frozen=True, slots=True)
class Admission:
    """Keys, limits, and where it is written down who did what; a rate of 0 sets no limit."""

    keys_file: str = ""  # of `hedgerow keys`; empty: whoever is on this machine may read
    audit_file: str = ""  # what was done by key, or to keys; empty: only the topic audit tells
    guarded_by: str = ""  # who else keeps strangers out: then serve listens anywhere, without keys
    key_rate: int = 50  # requests a second of one key; a firewall asks once, or each bouncer of ten
    key_burst: int = 200  # requests at once; chosen: four seconds of it
    address_rate: int = 100  # … of one address, of IPv6 its /64; chosen: two keys behind it
    address_burst: int = 400


def check_reach(host: str, service: Service, admission: Admission) -> None:
    """Refuse to listen beyond this machine without keys and TLS; ValueError says how to have them.

    *host* is where it listens, as the socket says it.
    """
    if is_own(host) or admission.guarded_by:
        return
    for place, given, mend in (
        ("admission.keys_file", admission.keys_file, "make keys with `hedgerow keys create`"),
        ("service.certificate_file", service.certificate_file, "give a certificate and its key"),
    ):
        if not given:
            msg = (
                f"service.host: {service.host} is reached from other machines, and {place} names"
                f" no file: {mend}, or say in admission.guarded_by who else keeps strangers out"
            )
            raise ValueError(msg)


def is_own(host: str) -> bool:
    """Tell whether only programs of this machine reach an address."""
    return host == "localhost" or (bool(host) and ip_address(host).is_loopback)
