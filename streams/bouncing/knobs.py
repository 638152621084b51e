"""Knobs of a bouncer: where its firewall is, and what holds while Hedgerow is not heard."""

from __future__ import annotations

import re
from dataclasses import dataclass

KEEP = "keep"
CLEARS = re.compile(r"clear-after[ =](\d+)(s|m|h|d)")
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}  # seconds


@dataclass(frozen=True, slots=True)
class Bouncer:
    """How `hedgerow bouncer` runs on a firewall host."""

    name: str = ""  # of this firewall, in acknowledgements; empty: the host's
    on_loss: str = KEEP  # each entry until it ends; or "clear-after 1h": then nobody is refused
    silence: int = 30  # seconds without a word that count as loss; three heartbeats of serve
    lease: int = 3600  # seconds that entries without an end of their own outlast the last word
    poll: int = 1  # seconds between two questions, where the list is polled
    check: int = 10  # seconds between two looks whether the firewall still holds what it was told
    key_file: str = ""  # a file that holds the API key for `hedgerow serve`
    authority_file: str = ""  # PEM of who signed its certificate; empty: the system's
    state: str = "/var/lib/hedgerow"  # a folder for the last good list, which a restart begins with
    table: str = "hedgerow"  # of nftables; of ipset, what its sets begin with
    haproxy_socket: str = "/run/haproxy/admin.sock"
    haproxy_map: str = "/etc/haproxy/hedgerow.map"
    nginx_include: str = "/etc/nginx/hedgerow.conf"
    nginx: str = "nginx"  # how it is called, options included

    @property
    def clear_after(self) -> float | None:
        """Say after how many seconds of silence all is let go; None: it is kept until it ends."""
        if self.on_loss == KEEP:
            return None
        found = CLEARS.fullmatch(self.on_loss)
        if not found:
            msg = f"on_loss: expected keep or clear-after 1h, saw {self.on_loss!r}"
            raise ValueError(msg)
        return float(int(found[1]) * UNITS[found[2]])


def check_bouncer(bouncer: Bouncer, place: str) -> None:
    """Refuse what nothing could work with."""
    for name in ("silence", "lease", "poll", "check"):
        if getattr(bouncer, name) < 1:
            msg = f"{place}.{name}: expected a number from 1 up, saw {getattr(bouncer, name)}"
            raise ValueError(msg)
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,15}", bouncer.table):
        msg = f"{place}.table: expected a short name of letters and digits, saw {bouncer.table!r}"
        raise ValueError(msg)
    try:
        _ = bouncer.clear_after
    except ValueError as error:
        msg = f"{place}.{error}"
        raise ValueError(msg) from None
