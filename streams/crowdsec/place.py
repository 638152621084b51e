"""Place: how CrowdSec's bouncers are answered, and the CrowdSec that is told by `hedgerow push`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CrowdSec:
    """What stands under [crowdsec] in the settings."""

    keys_file: str = ""  # hashed keys of bouncers, one a line; empty: bouncers are not answered
    memory_file: str = ""  # what bouncers were told; empty: forgotten when `serve` ends
    types: tuple[str, ...] = ("ban", "captcha")  # also throttle, degrade: some bouncers ban these
    hosts: int = 256  # addresses of a range that crowdsec-firewall-bouncer is told one by one
    url: str = ""  # http://127.0.0.1:8080/ of the CrowdSec that is pushed to
    machine: str = "hedgerow"  # who we are there: `cscli machines add hedgerow`
    password_file: str = ""  # a file that holds the password and nothing else
