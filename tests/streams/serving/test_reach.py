"""Beyond this machine `serve` wants keys and TLS, and says so instead of starting."""

from __future__ import annotations

import pytest

from streams.admission import Admission, check_reach
from streams.infrastructure import Service

KEYS = Admission(keys_file="keys")
TLS = Service("0.0.0.0", certificate_file="server.pem")  # noqa: S104 - nothing is bound
PLAIN = Service("0.0.0.0")  # noqa: S104


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_on_this_machine_nothing_is_needed(host: str) -> None:
    check_reach(host, Service(), Admission())


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "2001:db8::1"])  # noqa: S104
def test_elsewhere_both_are(host: str) -> None:
    check_reach(host, TLS, KEYS)
    with pytest.raises(ValueError, match=r"admission\.keys_file names no file: make keys"):
        check_reach(host, TLS, Admission())
    with pytest.raises(ValueError, match=r"service\.certificate_file names no file"):
        check_reach(host, PLAIN, KEYS)


def test_or_somebody_says_who_else_keeps_strangers_out() -> None:
    check_reach("192.0.2.1", PLAIN, Admission(guarded_by="a proxy"))
