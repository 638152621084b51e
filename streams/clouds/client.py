"""Client: a cloud's own client, loaded when it is needed, and a token that only we can read."""

from __future__ import annotations

import os
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from streams.secret import secret

OTHERS = 0o077
PATIENCE = 20.0  # seconds in which a cloud answers; chosen: the clients' own are minutes


def needed(module: str, extra: str) -> Any:  # noqa: ANN401 - clients are imported as they come
    """Load a client; ValueError says how it is installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        name = error.name
    msg = f"{name} is not installed: pip install 'hedgerow[{extra}]'"
    raise ValueError(msg)


def token(file: str, variable: str, place: str) -> str:
    """Read a token from its file, or from the environment; ValueError where neither has one."""
    if not file:
        if said := os.environ.get(variable):
            return said
        msg = f"{place}: names no file, and {variable} is not set"
        raise ValueError(msg)
    said = secret(file, place)
    if Path(file).stat().st_mode & OTHERS:
        msg = f"{place}: other users can read {file}: chmod 600"
        raise ValueError(msg)
    return said


def confidential(url: str, place: str) -> str:
    """Take a URL to which a token may be sent: by HTTPS, or to this machine itself."""
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and here(parts.hostname or "")):
        return url.rstrip("/")
    msg = f"{place}: expected https://…, saw {url!r}"
    raise ValueError(msg)


def here(host: str) -> bool:
    """Tell whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def given(value: str, place: str) -> str:
    """Take what an operator has to set."""
    if not value:
        msg = f"{place}: not set; see docs/firewalls/clouds.md"
        raise ValueError(msg)
    return value
